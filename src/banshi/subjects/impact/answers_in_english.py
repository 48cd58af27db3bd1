"""Questions and values of answers in English; names of the law stay as they are."""

import re

_WORDS = {
    "工程变更": "changes",
    "考勤": "attendance",
    "窗口考核": "assessment",
    "办件": "cases",
    "校验": "checks",
    "并联审批": "parallel approval",
    "全部办结": "all finished",
    "比逐项办节省": "saved against one after another",
    "应走档次": "tier",
    "公示截止": "publicity ends",
    "查出的问题": "findings",
    "没有问题": "none",
    "正常天数": "normal days",
    "非正常考勤": "irregular attendance",
    "请假手续": "leave papers",
    "得分": "score",
    "名次": "place",
    "等次": "grade",
    "指标": "target",
    "是": "yes",
    "否": "no",
    "没有": "none",
    "齐全": "complete",
    "不能判定": "not determined",
    "没有施行中的规定": "no law in force",
    "（没有）": "(nothing)",
    "达到": "met",
    "没有达到": "not met",
    "读不出": "cannot be read",
    "写得不对": "written wrong",
}
_PATTERNS = (
    (re.compile(r"“(.*)”的期限"), r"limit of “\1”"),
    (re.compile(r"不能判定（从严为(.*)）"), r"not determined (the strictest: \1)"),
    (re.compile(r"(.*)的合并办理"), r"\1 as one"),
    (re.compile(r"(\d+) 个工作日"), r"\1 working days"),
    (re.compile(r"考核因素 (.*)"), r"factor \1"),
    (re.compile(r"(\S*) 迟到早退折算"), r"\1 lateness converted"),
    (re.compile(r"晚 (\d+) 天"), r"\1 days later"),
    (re.compile(r"早 (\d+) 天"), r"\1 days earlier"),
    (re.compile(r"（晚 (\d+) 天）"), r" (\1 days later)"),
    (re.compile(r"（早 (\d+) 天）"), r" (\1 days earlier)"),
    (re.compile(r"（([+−].*)）"), r" (\1)"),
)


def in_english(said: str) -> str:
    """A question or value in English, as far as it is no name of the law."""
    if said in _WORDS:
        return _WORDS[said]
    for pattern, english in _PATTERNS:
        if pattern.fullmatch(said):
            return pattern.sub(english, said)
    return said
