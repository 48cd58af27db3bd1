"""批准之后实施

工程变更未经批准不得实施。实施日期要在申报档次规定的最后一步之后：
会商确定的，在各方都签署同意之后；要审批的，在最后一个环节同意之后；这两种同一天可以。
批准后要公示的，在公示结束的次日或以后。紧急变更，在政府同意之日或以后。

没有批准、状态也不是已批准，却填了实施日期的，是擅自实施。
状态写已批准、已实施而意见、会商或公示不全的，由相应的规则查对，这里不重复。
"""

from collections.abc import Iterator

from banshi.checking.rules import Problem, Text
from banshi.files.findings import Citation
from banshi.law.library import Law
from banshi.law.norms import Ordering
from banshi.subjects.change.filing import PASSED, FiledForm
from banshi.subjects.change.implementation import Day, may_begin

TITLE = Text("批准之后实施", "A change is carried out after approval")
SEVERITY = "error"
BASIS = ("ordering then=implementation", "approval_gate", "procedure", "emergency")
ONLY_WITH = ("implemented_on",)
GOOD = """
changes:
  - implemented_on: 2012-03-13     # 财政部门当天同意
"""
BAD = """
changes:
  - implemented_on: 2012-03-12     # 财政部门 3 月 13 日才同意
"""


def check(case: FiledForm) -> Iterator[Problem]:
    """The day of implementation against the first day on which it was allowed."""
    law, done = case.law, case.change.implemented_on
    if law is None or done is None:
        return
    allowed = may_begin(case, law)
    if allowed.value is not None:
        if done < allowed.value:
            why = _why(allowed)
            message = Text(
                f"{done} 实施，早于可以实施的 {allowed.value}：{why.zh}",
                f"carried out on {done}, before {allowed.value}, the first day allowed: {why.en}",
            )
            yield Problem(where=("implemented_on",), message=message, fix=_FIX, basis=(*_first(law), *allowed.basis))
    elif case.change.status not in PASSED:
        why = _why(allowed)
        message = Text(f"没有批准，{done} 已实施：{why.zh}", f"carried out on {done} without approval: {why.en}")
        yield Problem(where=("implemented_on",), message=message, fix=_STOP, basis=(*_first(law), *allowed.basis))


def _why(allowed: Day) -> Text:
    return Text("；".join(r.text.zh for r in allowed.reasons), "; ".join(r.text.en for r in allowed.reasons))


def _first(law: Law) -> tuple[Citation, ...]:
    orderings = law.all(Ordering)
    return tuple(p.cite for p in orderings if (p.norm.first, p.norm.then) == ("approval", "implementation"))


_FIX = Text(
    "日期填错的，按开工记录改正；确实先实施的，停工补办，并按规定处理。",
    "If the date is wrong, correct it; if the change was begun too early, stop and complete the procedure.",
)
_STOP = Text(
    "还没有实施的，删去 implemented_on；已经实施的，停工补办审批；紧急变更填 emergency。",
    "Leave implemented_on out if nothing was done yet; else stop and apply; fill in emergency if it was one.",
)
