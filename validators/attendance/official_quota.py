"""因公请假不超过每月额度

因公请假每人每月有额度，用于回单位办事，可以分次。后来的考勤办法没有写额度，仍依较早的请假制度。

额度是上限还是待遇、开会等公假算不算在内，有不同理解：这里取回单位办事的上限，公假不算在内，并注明与口径有关。
只在把公假也算进去才超的，是提示。额度按请假所在的月份计，只计工作日。口径改为“只是待遇”的，不核对额度。
"""

from collections.abc import Iterator

from banshi.attendance.case import Case, QuotaUse
from banshi.money import plain
from banshi.rules import Problem, Severity, Text

TITLE = Text("因公请假不超过每月额度", "Official errands stay within the month's quota")
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


def check(case: Case) -> Iterator[Problem]:
    """Each person and month against the quota."""
    for use in case.quotas:
        most = use.norm.norm.at_most
        if not use.capped:
            continue
        if use.counted > most:
            yield _over(use, Text("", ""), None)
        elif use.all_official > most:
            yield _over(use, _WITH_DUTY, Severity.NOTE)


def _over(use: QuotaUse, how: Text, severity: Severity | None) -> Problem:
    norm = use.norm.norm
    days = use.all_official if how else use.counted
    return Problem(
        where=("leave", use.last.index, "kind"),
        message=Text(
            f"{use.person.id} {use.year}年{use.month}月因公请假{how.zh}共{plain(days)}{norm.unit}，每月只有{plain(norm.at_most)}{norm.unit}",
            f"{use.person.id}: {plain(days)} days of official errands{how.en} in {use.year}-{use.month:02d}, "
            f"the quota is {plain(norm.at_most)}",
        ),
        fix=_FIX,
        severity=severity,
        basis=(use.norm.cite,),
        reading_dependent=True,
    )


_WITH_DUTY = Text("（连同公假）", " (official duty included)")
_FIX = Text(
    "核对假别；开会、评估、勘验等凭通知的，改为公假（official_duty）；超出的，改为事假或年休假并按其手续办理。",
    "Check the kind; meetings and inspections with papers are official_duty; what is beyond the quota is personal "
    "or annual leave, with their formalities.",
)
