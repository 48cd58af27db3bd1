"""请假不超过额度

规定给某种假定了额度（每人每月、每季度、每年）的，登记里用了多少要在额度之内。后来的文件没有写额度的，仍依较早的文件。

额度是上限还是待遇、别的假算不算在内，以规定或口径为准；与口径有关的会注明。只在把别的假也算进去才超的，是提示；
只是待遇的（entitlement），不核对。额度按请假所在的期间计，按工作日还是日历日看假别。
"""

from collections.abc import Iterator

from banshi.base.money import plain
from banshi.base.text import listed
from banshi.checking.rules import Problem, Severity, Text
from banshi.law.norms import Quota
from banshi.law.otherwise import about
from banshi.subjects.attendance.case import RegisterInLaw
from banshi.subjects.attendance.quotas import QuotaUse, widest

TITLE = Text("请假不超过额度", "Leave stays within its quota")
SEVERITY = "error"
BASIS = ("quota",)
GOOD = """
leave:
  - {staff: A02, kind: official, from: 2010-03-10, to_half: am, requested_at: 2010-03-01 10:00,
     form: written, approver: group_leader, filed_with: [supervision_section]}
  - {staff: A02, kind: official, from: 2010-03-17, to_half: am, requested_at: 2010-03-01 10:00,
     form: written, approver: group_leader, filed_with: [supervision_section]}
"""
BAD = """
leave:
  - {staff: A02, kind: official, from: 2010-03-10, to_half: am, requested_at: 2010-03-01 10:00,
     form: written, approver: group_leader, filed_with: [supervision_section]}
  - {staff: A02, kind: official, from: 2010-03-17, to_half: am, requested_at: 2010-03-01 10:00,
     form: written, approver: group_leader, filed_with: [supervision_section]}
  - {staff: A02, kind: official, from: 2010-03-24, to_half: am, requested_at: 2010-03-01 10:00,
     form: written, approver: group_leader, filed_with: [supervision_section]}     # 当月第3个半天
"""


def check(case: RegisterInLaw) -> Iterator[Problem]:
    """Each person and month against the quota."""
    for use in case.quotas:
        most = use.norm.norm.at_most
        if not use.capped:
            continue
        if use.counted > most:
            yield _over(case, use, Text("", ""), None)
        elif use.all_official > most:
            yield _over(case, use, _with_others(case, use), Severity.NOTE)


def _over(case: RegisterInLaw, use: QuotaUse, how: Text, severity: Severity | None) -> Problem:
    norm, kind = use.norm.norm, case.words.kind(use.norm.norm.of)
    days = use.all_official if how else use.counted
    return Problem(
        where=("leave", use.last.index, "kind"),
        message=Text(
            f"{use.person.id} {use.period.zh}{kind.zh}{how.zh}共{plain(days)}{norm.unit}，"
            f"{use.per.zh}只有{plain(norm.at_most)}{norm.unit}",
            f"{use.person.id}: {plain(days)} of {kind.en}{how.en} in {use.period.en}, the quota is {plain(norm.at_most)}",
        ),
        fix=_fix(case, use),
        severity=severity,
        basis=(use.norm.cite,),
        reading_dependent=bool(about(case.book.at(use.last.leave.start), Quota)),
    )


def _with_others(case: RegisterInLaw, use: QuotaUse) -> Text:
    kinds = [case.words.kind(slug) for slug in _also(case, use)]
    return Text(f"（连同{listed(kind.zh for kind in kinds)}）", f" ({', '.join(k.en for k in kinds)} included)")


def _also(case: RegisterInLaw, use: QuotaUse) -> tuple[str, ...]:
    """The kinds that count too, or would under another reading."""
    return widest(case.book.at(use.last.leave.start), use.norm)


def _fix(case: RegisterInLaw, use: QuotaUse) -> Text:
    others = listed(f"{case.words.kind(slug).zh}（{slug}）" for slug in _also(case, use))
    instead = f"应是{others}的，改正假别；" if others else ""
    return Text(
        f"核对假别和起止；{instead}超出的，改为别的假并按其手续办理。",
        "Check the kind and the days; what is beyond the quota is leave of another kind, with its formalities.",
    )
