"""分次的请假每次的长短

有额度的假可以分次，每次多长由规定写明（pieces），见下面的依据。比最短的一次还短的，不是这种假，按规定里的短假登记。

额度是待遇而不是上限的（entitlement），不核对每次的长短。
"""

from collections.abc import Iterator
from decimal import Decimal

from banshi.base.money import plain
from banshi.checking.rules import Problem, Text
from banshi.law.instruments import Placed
from banshi.law.norms import Quota
from banshi.law.otherwise import about
from banshi.subjects.attendance.case import LeaveEntry, RegisterInLaw
from banshi.subjects.attendance.spans import HALF

TITLE = Text("分次的请假每次的长短", "Each piece of a leave is of a length that the rule knows")
SEVERITY = "warning"
BASIS = ("quota pieces=*",)
GOOD = """
leave:
  - {staff: A02, kind: official, from: 2010-03-10, to_half: am, requested_at: 2010-03-01 10:00,
     form: written, approver: group_leader, filed_with: [supervision_section]}
"""
BAD = """
leave:
  - {staff: A02, kind: official, from: 2010-03-10, days: 0.25, requested_at: 2010-03-01 10:00,
     form: oral, approver: group_leader}     # 每次半天或一天
"""


def check(case: RegisterInLaw) -> Iterator[Problem]:
    """Each leave; what is longer than the whole quota is told by the rule on the quota."""
    for entry in case.entries:
        asked = entry.question
        if asked is None:
            continue
        for placed in asked.rules.all(Quota, asked.person.group):
            norm, days = placed.norm, _days(entry)
            whole = norm.pieces and not norm.entitlement
            if entry.leave.kind == norm.of and whole and 0 < days <= norm.at_most and days not in norm.pieces:
                yield _problem(case, entry, placed)


def _days(entry: LeaveEntry) -> Decimal:
    declared = entry.leave.days
    return HALF * len(entry.halves) if declared is None else declared


def _problem(case: RegisterInLaw, entry: LeaveEntry, placed: Placed[Quota]) -> Problem:
    norm, leave, days = placed.norm, entry.leave, _days(entry)
    sizes, kind = "、".join(plain(piece) for piece in norm.pieces), case.words.kind(leave.kind)
    short = [case.words.kind(slug).zh for slug in case.words.short_kinds]
    shorter = f"不满半天的，按{'、'.join(short[:-1])}{'或' if short[1:] else ''}{short[-1]}登记；" if short else ""
    return Problem(
        where=("leave", entry.index, "days" if leave.days is not None else "from"),
        message=Text(
            f"{leave.staff} {leave.start} {kind.zh}{plain(days)}{norm.unit}，每次可以是 {sizes} {norm.unit}",
            f"{leave.staff}: {kind.en} of {plain(days)} days on {leave.start}; it may be {sizes.replace('、', ' or ')}",
        ),
        fix=Text(
            f"{shorter}天数填错的，改正“申报天数”（days）。",
            "What is shorter than half a day is leave of a short kind, where there is one; correct wrong days.",
        ),
        basis=(placed.cite,),
        reading_dependent=bool(about(case.book.at(leave.start), Quota)),
    )
