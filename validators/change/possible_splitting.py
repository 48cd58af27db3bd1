"""几次变更是否同一事项

申报宜一事一议：不相关的不合并，同一事项不拆开。一段时间内申报的几次变更，如果同有一个增加的细目，
或者变更类型、责任归属都相同，而且每一次单独看都属于较宽的档次，金额合起来才达到较严的档次，就提示一下。

这只是提示，不是认定拆分：分批发现、分段施工都会这样。提示的意思是，请看一眼前几次要不要并在一起报。
适用文件写有多少天内算一次的，按它，是警告；没有写的看三十天，只作提示，这个天数是本项目自定的，不是规定。

草稿、未批准、已撤回的不算；变更后支出没有超过中标价的、每一次都已按较严档次申报的，不提示；其中有的已按较严档次申报的，写明是哪几次。
一组只在最后一次上报一次。
"""

from collections.abc import Iterator

from banshi.base.money import yuan, yuan_en
from banshi.checking.rules import Problem, Severity, Text
from banshi.subjects.change.filing import FiledForm
from banshi.subjects.change.splitting import split_ending_at, window

TITLE = Text("几次变更是否同一事项", "Are these changes one and the same?")
SEVERITY = "note"
NEEDS_ALL = True
BASIS = ("splitting", "approval_tier")
GOOD = """
changes:
  - {sequence: 1, filed_on: 2012-03-05}
"""
BAD = """
changes:
  - {sequence: 1, filed_on: 2012-03-05}      # 80,000 元，财政批准
  - number: 变-2012-样例-002
    sequence: 2
    filed_on: 2012-03-19                     # 两周后，同一细目，又是 80,000 元
    status: submitted
    implemented_on: null
    opinions: []
    consultation: [{party: owner, conclusion: 同意, signed_on: 2012-03-19}]
    items:
      - {item: "040101001", name: 挖一般土方, unit: m3, quantity_before: 5000, quantity_after: 9000,
         unit_price: 20.00, pricing_basis: same_item, increase: 80000.00, decrease: 0}
    amounts: {cumulative_before: 80000.00, cumulative: 160000.00}
    tier: government
"""


def check(case: FiledForm) -> Iterator[Problem]:
    """The group that ends with this form."""
    split = split_ending_at(case)
    if split is None or case.law is None:
        return
    within, rule = window(case.law)
    days = within.days
    name, shared = case.law.tier_name(split.together.norm.tier), split.shared
    stricter = [c.change.sequence for c in split.stricter]
    already = f"；第 {'、'.join(map(str, stricter))} 次已按“{name.zh}”或更严的申报" if stricter else ""
    already_en = f"; no. {', '.join(map(str, stricter))} filed as “{name.en}” or stricter" if stricter else ""
    forms = "、".join(
        f"第 {c.change.sequence} 次 {yuan(amount)}" for c, amount in zip(split.cases, split.amounts, strict=True)
    )
    forms_en = ", ".join(
        f"no. {c.change.sequence} {yuan_en(amount)}" for c, amount in zip(split.cases, split.amounts, strict=True)
    )
    yield Problem(
        where=("amounts", "net"),
        message=Text(
            f"{days} 天内的 {len(split.cases)} 次变更{shared.zh}（{forms}），单独看都不到“{name.zh}”，"
            f"合计 {yuan(split.total)} 属于“{name.zh}”{already}",
            f"{len(split.cases)} changes within {days} days, {shared.en} ({forms_en}): none alone needs"
            f" “{name.en}”, their sum {yuan_en(split.total)} does{already_en}",
        ),
        fix=_SOME if stricter else _NONE,
        severity=Severity.WARNING if rule else None,
        basis=(*((rule.cite,) if rule else ()), split.together.cite),
    )


_NONE = Text(
    "请看是不是同一事项：是的，宜合并申报；不是的，在变更原因里写明各为何事。",
    "See whether they are one matter: if so, file them together; if not, say in each reason what it is about.",
)
_SOME = Text(
    "请看是不是同一事项：是的，其余几次也宜按这一档，并在一起申报；不是的，在变更原因里写明各为何事。",
    "See whether they are one matter: if so, the others need that tier too; if not, say in each reason what it is about.",
)
