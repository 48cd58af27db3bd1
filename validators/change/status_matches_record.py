"""状态与记录相符

已实施、已结算的，要有实施日期。填了实施日期的，状态应是已实施或已结算：
状态是草稿、已申报、未批准、已撤回的，是错误（没有批准就实施的，由“批准之后实施”报告）；
状态是已批准的，是警告，多半是忘了改。紧急变更可以边报批边实施，已申报而有实施日期不算错；
补办时没有批准的，是警告。

状态是未批准，却没有一个不同意的意见或签署的，提示核对。

状态是草稿或已撤回，而申报档次的各环节都已同意的，是警告：草稿、已撤回的不计入累计，批准了的应当计入。
"""

from collections.abc import Iterator

from banshi.checking.rules import Problem, Severity, Text
from banshi.law.library import Law
from banshi.law.norms import ApprovalTier
from banshi.subjects.change.filing import DONE, PASSED, FiledForm
from banshi.subjects.change.implementation import may_begin
from banshi.subjects.change.step_forms import agrees

TITLE = Text("状态与记录相符", "The status matches the record")
SEVERITY = "error"
BASIS = ("ordering first=approval",)
GOOD = """
changes:
  - status: approved
    implemented_on: null
"""
BAD = """
changes:
  - status: implemented
    implemented_on: null     # 已实施，没有实施日期
"""


def check(case: FiledForm) -> Iterator[Problem]:
    """The status against the day of implementation and the conclusions."""
    status, done = case.change.status, case.change.implemented_on
    if status in DONE and done is None:
        yield _no_day(case)
    elif done and status not in DONE and not _expected(case):
        yield _behind(case, status)
    elif status == "rejected" and not _refused(case):
        yield _nobody_refused()
    elif status in ("draft", "withdrawn") and case.law and _approved(case):
        yield _left_out(case.law, status)


def _approved(case: FiledForm) -> bool:
    """Whether every step of the declared tier agreed; signatures alone may come before a form is submitted."""
    progress = case.progress
    return progress is not None and bool(progress.steps) and all(map(progress.agreed_on, progress.steps))


def _expected(case: FiledForm) -> bool:
    """Whether the day of implementation is in order, or is what another rule reports."""
    law, status = case.law, case.change.status
    if case.change.emergency is not None:
        return status in ("draft", "submitted")
    return law is not None and status not in PASSED and not may_begin(case, law).determined


def _refused(case: FiledForm) -> bool:
    change = case.change
    return any(o.conclusion == "disagree" for o in change.opinions) or any(
        not agrees(s.conclusion) for s in change.consultation
    )


def _no_day(case: FiledForm) -> Problem:
    change = case.change
    return Problem(
        where=("status",),
        message=Text(f"状态为 {change.status_name}，没有填实施日期", f"status {change.status} without implemented_on"),
        fix=Text(
            "填上 implemented_on；还没有实施的，status 写 approved。", "State implemented_on, or set status: approved."
        ),
    )


def _behind(case: FiledForm, status: str) -> Problem:
    done = case.change.implemented_on
    mild = status == "approved" or case.change.emergency is not None
    return Problem(
        where=("status",),
        severity=Severity.WARNING if mild else Severity.ERROR,
        message=Text(f"{done} 已实施，状态还是 {status}", f"carried out on {done}, but the status is {status}"),
        fix=Text(
            "确已批准并实施的，status 改为 implemented；没有实施的，删去 implemented_on；不予批准而已实施的，按规定处理。",
            "If approved and carried out, set status: implemented; if not carried out, leave implemented_on out.",
        ),
    )


def _nobody_refused() -> Problem:
    return Problem(
        where=("status",),
        severity=Severity.NOTE,
        message=Text(
            "状态为 未批准（rejected），没有不同意的意见或签署", "status rejected, but nobody is recorded as refusing"
        ),
        fix=Text(
            "填上不同意的意见；业主自己撤回的，status 写 withdrawn。",
            "Enter the refusing opinion; if the owner took it back, set status: withdrawn.",
        ),
    )


def _left_out(law: Law, status: str) -> Problem:
    return Problem(
        where=("status",),
        severity=Severity.WARNING,
        message=Text(
            f"各环节都已同意，状态还是 {status}，净额没有计入累计",
            f"every step agreed, but the status is {status}, so the net does not count towards the cumulative amount",
        ),
        fix=Text(
            "已批准的，status 改为 approved（已实施的 implemented）；批准后确实撤回的，不用改，核对以后各次的累计。",
            "If approved, set status: approved (or implemented); if taken back afterwards, check the later cumulatives.",
        ),
        basis=tuple(placed.cite for placed in law.all(ApprovalTier)),
    )
