"""Breaches of attendance that cost a window marks: late, early, out without regular leave.

They are counted from the day on which a rule says that they cost marks; before that there are none to count.
"""

import datetime
from collections.abc import Iterable, Iterator

from msgspec import Struct
from msgspec.structs import replace

from banshi.base.text import Text
from banshi.law.decisions import Decision, Reason
from banshi.law.instruments import Placed
from banshi.law.norms import ScoreRule
from banshi.subjects.attendance.case import LeaveEntry, RegisterInLaw
from banshi.subjects.attendance.forms import Person
from banshi.subjects.attendance.irregular import Irregularity
from banshi.subjects.attendance.judged import days_of, judge_days, ruled_days
from banshi.subjects.attendance.periods import Days
from banshi.subjects.attendance.rulebook import Rules
from banshi.subjects.attendance.vocabulary import RegisterWords

ROLE = "attendance_breaches"  # of the fact that the rule on marks counts
NAMES = {
    "late": Text("迟到", "late"),
    "early_leaving": Text("早退", "left early"),
    "irregular_leave": Text("非正常请假外出", "out without regular leave"),
}
_KIND_OF = {
    "late": "late",
    "early_leaving": "early_leaving",
    "log_late": "late",
    "log_early_leaving": "early_leaving",
    "absent_from_post": "irregular_leave",
    "absent": "irregular_leave",
}
_KIND_OF_MOMENT = {"arrival": "late", "departure": "early_leaving", "present": "irregular_leave"}
# What a leave lacks without which nobody may leave; of what is filed or handed in, the centre judges.
_BEFORE_LEAVING = ("approver", "form", "advance", "unit_consent", "report", "substitute")


class Breach(Struct, frozen=True):
    """One occurrence of one person: ``kind`` is late, early_leaving or irregular_leave.

    ``decision``: True counts; None is for the centre to decide (the reasons say why).
    """

    staff: str
    window: str | None
    day: datetime.date
    kind: str
    decision: Decision[bool]

    @property
    def counts(self) -> bool:
        """Whether it counts; what is not determined does not."""
        return self.decision.value is True

    @property
    def called(self) -> Text:
        """The kind in words."""
        return NAMES[self.kind]


def breaches_by_window(case: RegisterInLaw, start: datetime.date, end: datetime.date) -> dict[str, list[Breach]]:
    """The breaches from ``start`` to ``end`` inclusive by window, in order of day and person; every window has a list.

    Those of window staff for whom no window is recorded stand under "", if there are any. Days outside the register,
    or in a year without a calendar, are not looked at: ask ``case.register`` and ``case.unknown_years``.
    """
    found: dict[str, list[Breach]] = {window.id: [] for window in case.register.windows}
    period = Days("span", "", start, end)
    ruled = ruled_days(case, case.working_days(start, end))
    for person in case.register.people.values():
        irregular = judge_days(case, person, period, days_of(case, person, ruled, period)).irregular
        for breach in breaches(case, person, period, irregular):
            found.setdefault(breach.window or "", []).append(breach)
    return {window: sorted(own, key=lambda b: (b.day, b.staff, b.kind)) for window, own in found.items()}


def undecided_by_window(case: RegisterInLaw, start: datetime.date, end: datetime.date) -> dict[str, int]:
    """How many days of people of each window are not judged, for what was not read, and may hold breaches that count."""
    found: dict[str, int] = {}
    if not case.unread:
        return found
    period = Days("span", "", start, end)
    ruled = ruled_days(case, case.working_days(start, end))
    for person in case.register.people.values():
        if case.words.at_windows(person.group):
            days = judge_days(case, person, period, days_of(case, person, ruled, period)).open
            counted = sum(costs(case.book.at(day)) is not None for day in days)
            lost = case.may_lack_leave(person.id) and costs(case.book.at(end)) is not None
            found[person.window or ""] = found.get(person.window or "", 0) + (counted or int(lost))
    if case.doubts.who_is_listed:
        return {window.id: found.get(window.id, 0) + 1 for window in case.register.windows}
    return found


def breaches(
    case: RegisterInLaw, person: Person, period: Days, irregular: Iterable[Irregularity]
) -> tuple[Breach, ...]:
    """One person's breaches in a period; two records of the same occurrence count once."""
    once: dict[tuple[datetime.date, str, object], Breach] = {}
    for n, breach in enumerate(_found(case, person, period, irregular)):
        key = (breach.day, breach.kind, n if breach.kind == "irregular_leave" else None)
        known = once.get(key)
        once[key] = breach if known is None else _both(known, breach)
    return tuple(sorted(once.values(), key=lambda b: (b.day, b.kind)))


def _both(one: Breach, other: Breach) -> Breach:
    value = True if one.counts or other.counts else None
    reasons = tuple(dict.fromkeys((*one.decision.reasons, *other.decision.reasons)))
    return Breach(one.staff, one.window, one.day, one.kind, Decision(value, reasons))


def of_day(rules: Rules, person: Person, each: Irregularity) -> Breach | None:
    """The breach that something irregular is, of somebody who serves a window; None where it costs no marks."""
    rule, kind = costs(rules), kind_of(each.type, each.moment)
    if rule is None or kind is None or not rules.words.at_windows(person.group):
        return None
    value, why = of_irregularity(each.type, each.entered) if each.outcome.value else (None, None)
    known = each.outcome.reasons[: 2 if value is None and why is None else 1]
    reasons = (*known, *([Reason(why)] if why else []), costs_marks(rule))
    return Breach(person.id, person.window, each.day, kind, Decision(value, reasons))


def _found(case: RegisterInLaw, person: Person, period: Days, irregular: Iterable[Irregularity]) -> Iterator[Breach]:
    if not case.words.at_windows(person.group):
        return
    for each in irregular:
        if each.day in period:
            at = case.person_on(person.id, each.day) or person
            if found := of_day(case.book.at(each.day), person, each):
                yield replace(found, window=at.window)
    for entry in case.entries_of.get(person.id, ()):
        rule = costs(case.book.at(entry.leave.start))
        if (
            rule
            and entry.leave.start in period
            and (breach := _of_leave(case.person_on(person.id, entry.leave.start) or person, entry, rule, case.words))
        ):
            yield breach


def costs(rules: Rules) -> Placed[ScoreRule] | None:
    """The rule by which a breach costs marks, where one is in force."""
    return next((p for p in rules.all(ScoreRule) if p.role(p.norm.fact) == ROLE), None)


def kind_of(irregular: str, moment: str) -> str | None:
    """What something irregular would be a breach of; punching outside the windows on their other sides is none."""
    return _KIND_OF_MOMENT[moment] if irregular == "missing" else _KIND_OF.get(irregular)


def of_irregularity(irregular: str, entered: str) -> tuple[bool | None, Text | None]:
    """Explained or not, lateness costs marks; what was entered as something else is for the centre."""
    if irregular == "absent":
        return None, _ABSENT
    if entered in ("late", "early_leaving"):
        return True, _EXPLAINED
    if entered:
        return None, _ENTERED_AS_OTHER
    return (None, _MISSING) if irregular == "missing" else (True, None)


def _of_leave(person: Person, entry: LeaveEntry, rule: Placed[ScoreRule], words: RegisterWords) -> Breach | None:
    """A leave that was not in order."""
    decision, leave = entry.decision, entry.leave
    if decision is None or decision.value is True:
        return None
    grave = [s for s in decision.shortcomings if s.code in _BEFORE_LEAVING]
    why = [Reason(s.text, s.basis) for s in grave or decision.shortcomings] or list(decision.doubts or decision.reasons)
    if not grave and decision.shortcomings:
        why.append(Reason(_PAPERS_ONLY))
    kind = words.kind(leave.kind)
    what = Reason(Text(f"{leave.start} {kind.zh}手续不全", f"{kind.en} of {leave.start} is not in order"))
    reasons = (*([what] if decision.shortcomings else []), *why, costs_marks(rule))
    value = True if grave else None
    return Breach(person.id, person.window, leave.start, "irregular_leave", Decision(value, reasons))


def costs_marks(rule: Placed[ScoreRule]) -> Reason:
    """That it costs the window marks."""
    return Reason(_COSTS, rule.cite)


_COSTS = Text("每人每次减窗口考核分", "costs the window marks, per person and time")
_ABSENT = Text(
    "全天无打卡也无请假，是否旷工、是否另按外出减分，由中心认定",
    "no punch and no leave all day; the centre decides what it is",
)
_EXPLAINED = Text("已说明并录入的迟到、早退同样减分", "lateness that was explained costs marks all the same")
_ENTERED_AS_OTHER = Text(
    "录入的说明不是迟到、早退（送件、请假等），是否减分由中心认定",
    "entered as something other than lateness; the centre decides",
)
_MISSING = Text("缺打卡不等于迟到、早退，由中心认定", "a missing punch is not lateness in itself; the centre decides")
_PAPERS_ONLY = Text(
    "只缺备案或凭据，是否属于非正常请假由中心认定", "only filing or papers are missing; the centre decides what it is"
)
