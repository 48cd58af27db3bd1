"""What a replay found, in words: where two results differ, and what ids of the law are called."""

import re
from collections.abc import Iterator, Mapping, Sequence

_STEP = re.compile(r"([^.\[\]]+)|\[(\d+)\]")
_SHOWN = 50  # places where the results differ that are listed
# What the keys of results are called; others are shown as they are.
_CALLED = {
    "decisions": "判定",
    "findings": "问题",
    "summary": "合计",
    "change": "变更",
    "tier": "档次",
    "declared": "申报的档次",
    "advice": "应按",
    "possible": "可能的档次",
    "at_least": "至少",
    "reasons": "理由",
    "alternatives": "别的口径",
    "reading_dependent": "看口径",
    "basis": "依据",
    "amended_by": "经谁修改",
    "instrument": "文件",
    "version": "版本",
    "provision": "条款",
    "label": "条款号",
    "norm": "规范点",
    "url": "网页",
    "text": "文字",
    "message": "说明",
    "fix": "改法",
    "rule": "规则",
    "severity": "级别",
    "line": "行",
    "column": "列",
    "step": "环节",
    "due": "到期",
    "until": "截止",
    "score": "得分",
    "errors": "错误",
    "warnings": "警告",
    "notes": "提示",
}


def in_words(
    same: bool, causes: list[str], places: list[list[str]], names: Mapping[str, str], complaints: Sequence[str] = ()
) -> Iterator[str]:
    """The lines of the answer; ``places``: where, before, after; ``names``: what ids are called.

    ``complaints``: what was said on standard error when it was done again.
    """
    yield "结果和收据一样。" if same else "结果和收据不一样。"
    if causes:
        yield "此后有变动：" if same else "为什么："
        yield from (f"  · {cause}" for cause in causes)
    elif not same:
        yield "规定、输入、口径和工具的版本号都没有变，结果却不同：收据被人改过，或者工具是同一版本号的另一份程序；"
        yield "两样都不是的，请报告这个错误。"
    if complaints:
        yield "这次重做时说："
        yield from (f"  {line}".rstrip() for line in complaints[:_SHOWN])
        if len(complaints) > _SHOWN:
            yield f"  还有 {len(complaints) - _SHOWN} 行；--format json 列出全部"
    for where, old, new in places[:_SHOWN]:
        yield f"  {_place(where)}：{_named(old, names)} → {_named(new, names)}"
    if len(places) > _SHOWN:
        yield f"  还有 {len(places) - _SHOWN} 处；--format json 列出全部"


def _place(where: str) -> str:
    """``decisions[0].reasons[1].text``: 判定第 1 项 · 理由第 2 项 · 文字."""
    found: list[str] = []
    for key, number in _STEP.findall(where):
        if key:
            found.append(_CALLED.get(key, key))
        else:
            found[-1:] = [f"{found[-1] if found else ''}第 {int(number) + 1} 项"]
    return " · ".join(found)


def _named(value: str, names: Mapping[str, str]) -> str:
    return f"{names[value]}（{value}）" if value in names else "（没有）" if value == "null" else value
