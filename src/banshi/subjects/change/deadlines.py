"""By when must an office have decided? As its limit counts: from which day, in which days, with what left out."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from banshi.base.text import Text
from banshi.law.decisions import Alternative, Decision, Later, Reason
from banshi.law.instruments import Placed
from banshi.law.library import Law, forget_beyond
from banshi.law.norms import Extension, TimeLimit
from banshi.law.otherwise import OtherAnswer, about, otherwise
from banshi.law.time_limits import Counting, ends
from banshi.law.time_limits import Pause as Stretch
from banshi.law.working_days import WorkingDays
from banshi.subjects.change.forms import Change
from banshi.subjects.change.procedure import Procedures
from banshi.subjects.change.step_forms import Opinion


@dataclass(frozen=True, slots=True)
class DueDecision(Decision[datetime.date]):
    """The last day on which a step may be decided; ``limit`` is the norm, None where no limit applies."""

    limit: Placed[TimeLimit] | None = None
    counted_from: datetime.date | None = None

    @property
    def soft(self) -> bool:
        """Whether the limit holds “in principle” only."""
        return self.limit is not None and self.limit.norm.soft


def limit_for(law: Law, step: str, *, major: bool) -> Placed[TimeLimit] | None:
    """The limit for a step: that for major design changes where the law has one, else the step's own, else the general one."""
    known: dict[tuple[str, bool], Placed[TimeLimit] | None] = law.once(_limits_by_step)
    if (step, major) not in known:
        forget_beyond(known)
        known[step, major] = _limit_for(law, step, major=major)
    return known[step, major]


def _limits_by_step(_law: Law) -> dict[tuple[str, bool], Placed[TimeLimit] | None]:
    return {}  # filled as it is asked


def _limit_for(law: Law, step: str, *, major: bool) -> Placed[TimeLimit] | None:
    office = law.once(Procedures).office(step)
    limits = [placed for placed in law.all(TimeLimit) if office not in placed.norm.offices_without_limit]
    if major and any(p.norm.when == "major_design_change" for p in law.all(TimeLimit)):
        return next((p for p in limits if p.norm.when == "major_design_change"), None)
    ordinary = [p for p in limits if p.norm.when is None]
    return next((p for p in ordinary if step in p.norm.steps), None) or next(
        (p for p in ordinary if not p.norm.steps), None
    )


def due(
    law: Law,
    days: WorkingDays,
    step: str,
    complete_on: datetime.date,
    accepted_on: datetime.date | None = None,
    *,
    major: bool = False,
    record: Opinion | None = None,
) -> DueDecision:
    """The due date of a step whose papers were complete on ``complete_on``.

    ``accepted_on`` matters only where a limit counts from it (and falls back to ``complete_on``). ``record``: what is
    filed of the step: the day of receipt, what does not count, the reason of an extension. Not determined where
    no limit applies (the government's approval has none) or the calendar of a year is not entered.
    """
    asked = _Asked(step, complete_on, accepted_on, major, record)

    def decide(read: Law) -> DueDecision:
        return _due(read, days, asked)

    others = Later(
        lambda: (
            Alternative(other.question, other.option, found.value, _otherwise_said(other, found.reasons[0].text))
            for other, found in otherwise(law, about(law, TimeLimit, Extension), decide)
            if found.value is not None
        )
    )
    return _due(law, days, asked, others)


@dataclass(frozen=True, slots=True)
class _Asked:
    """A step, the days that its limit may count from, and what is filed of it."""

    step: str
    complete_on: datetime.date
    accepted_on: datetime.date | None
    major: bool
    record: Opinion | None


def _due(law: Law, days: WorkingDays, asked: _Asked, others: Sequence[Alternative[datetime.date]] = ()) -> DueDecision:
    placed, record, complete_on = limit_for(law, asked.step, major=asked.major), asked.record, asked.complete_on
    if placed is None:
        return DueDecision(None, (Reason(no_limit(law, asked.step)),), others)
    received = record.received_on if record else complete_on
    start = {"received_on": received, "accepted_on": asked.accepted_on or complete_on}.get(
        placed.norm.counted_from, complete_on
    )
    if record is None or not record.pauses:
        reason, last = _without_pauses(law, days, start, placed)
    else:
        reason, last = _counted(days, start, placed, left_out(placed.norm, record))
    if record is None or record.extension_reason is None:
        return DueDecision(last, (reason,), others, placed, start)
    more, later = _extended(law, days, placed, last, record)
    return DueDecision(later, (reason, *more), others, placed, start)


def no_limit(law: Law, step: str) -> Text:
    """That a law sets no limit for a step."""
    name = law.step_name(step)
    return law.lacking(Text(f"“{name.zh}”没有规定时限", f"“{name.en}” has no time limit"), TimeLimit)


def _otherwise_said(other: OtherAnswer, why: Text) -> Text:
    return Text(f"若按“{other.said}”，{why.zh}", f"under the reading “{other.option}”: {why.en}")


def left_out(limit: TimeLimit, record: Opinion | None) -> list[Stretch]:
    """The stretches that do not count towards a limit, as filed with the opinion."""
    return [(p.start, p.end) for p in (record.pauses if record else ()) if p.reason in limit.pauses]


def due_of(law: Law, days: WorkingDays, change: Change, opinion: Opinion) -> DueDecision:
    """The due date of a step as recorded in a form."""
    major = change.major_design_change.is_major
    return due(law, days, opinion.step, opinion.complete_on, opinion.accepted_on, major=major, record=opinion)


_Counted = tuple[Reason, datetime.date | None]


def _without_pauses(law: Law, days: WorkingDays, start: datetime.date, placed: Placed[TimeLimit]) -> _Counted:
    """The end of a limit of which nothing is left out: there are only so many days on which it may start."""
    known, key = law.once(_ends_known), (days, id(placed), start)  # the law holds its norms
    if key not in known:
        forget_beyond(known)
        known[key] = _counted(days, start, placed)
    return known[key]


def _ends_known(_law: Law) -> dict[tuple[WorkingDays, int, datetime.date], _Counted]:
    return {}  # filled as it is asked


def _counted(
    days: WorkingDays, start: datetime.date, placed: Placed[TimeLimit], pauses: Sequence[Stretch] = ()
) -> _Counted:
    norm = placed.norm
    counting = Counting(norm.first_day, norm.moved, principle="原则上" if norm.soft else "")
    found = ends(days, start, norm.length, counting, pauses)
    if found.last is None:
        text = Text(f"{found.text.zh}，不能推算工作日", f"{found.text.en}, so working days cannot be counted")
        return Reason(text, placed.cite), None
    return Reason(lambda: found.text, placed.cite), found.last


def _extended(
    law: Law, days: WorkingDays, placed: Placed[TimeLimit], last: datetime.date | None, record: Opinion
) -> tuple[tuple[Reason, ...], datetime.date | None]:
    """The end after one extension, where the law states how long that is and all that it asks for is stated."""
    norms = (p for p in law.all(Extension) if p.norm.of == placed.norm.id)
    extension = next((p for p in norms if p.norm.length is not None), None)
    if extension is None or extension.norm.length is None or last is None:
        return (), last
    if missing := [key for key in extension.norm.requires if not getattr(record, key, None)]:
        text = Text(
            f"延长要在意见中写明 {'、'.join(missing)}，没有写，不延长", f"not extended without {', '.join(missing)}"
        )
        return (Reason(text, extension.cite),), last
    length = extension.norm.length
    found = ends(days, last, length, Counting(moved=placed.norm.moved, said=f"延长{length.phrase({})}"))
    return (Reason(lambda: found.text, extension.cite),), found.last
