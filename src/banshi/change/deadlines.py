"""By when must an office have decided? Working days after the papers are complete (三（五）)."""

import datetime
from dataclasses import dataclass

from banshi.change.forms import Change, Opinion
from banshi.change.procedure import Procedures
from banshi.decisions import Alternative, Decision, Reason
from banshi.instruments import Placed
from banshi.library import Law
from banshi.norms import Length, TimeLimit
from banshi.text import Text
from banshi.working_days import UndeterminedYear, WorkingDays


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
    """The limit for a step: that for major design changes, else the step's own, else the general one."""
    office = Procedures(law).office(step)
    limits = [placed for placed in law.all(TimeLimit) if office not in placed.norm.offices_without_limit]
    if major:
        return next((p for p in limits if p.norm.when == "major_design_change"), None)
    ordinary = [p for p in limits if p.norm.when is None]
    return next((p for p in ordinary if step in _own_steps(law, p)), None) or next(
        (p for p in ordinary if not p.norm.steps), None
    )


def _own_steps(law: Law, placed: Placed[TimeLimit]) -> tuple[str, ...]:
    wide = law.taken("fiscal-evaluation-scope") == "all_finance_steps"
    return placed.norm.steps + (placed.norm.other_reading_steps if wide else ())


def due(
    law: Law,
    days: WorkingDays,
    step: str,
    complete_on: datetime.date,
    accepted_on: datetime.date | None = None,
    *,
    major: bool = False,
) -> DueDecision:
    """The due date of a step whose papers were complete on ``complete_on``.

    ``accepted_on`` matters only where a limit counts from it (and falls back to ``complete_on``). Not determined where
    no limit applies (the government's approval has none) or the calendar of a year is not entered.
    """
    placed = limit_for(law, step, major=major)
    name = law.step_name(step)
    if placed is None:
        return DueDecision(None, (Reason(Text(f"“{name.zh}”没有规定时限", f"“{name.en}” has no time limit")),))
    start = (accepted_on or complete_on) if placed.norm.counted_from == "accepted_on" else complete_on
    reason, last = _counted(days, start, placed)
    others = _wider_scope(law, days, step, start, placed, last)
    return DueDecision(last, (reason,), others, placed, start)


def due_of(law: Law, days: WorkingDays, change: Change, opinion: Opinion) -> DueDecision:
    """The due date of a step as recorded in a form."""
    major = change.major_design_change.is_major
    return due(law, days, opinion.step, opinion.complete_on, opinion.accepted_on, major=major)


def _counted(days: WorkingDays, start: datetime.date, placed: Placed[TimeLimit]) -> tuple[Reason, datetime.date | None]:
    length: Length = placed.norm.length
    in_principle = "原则上" if placed.norm.soft else ""
    try:
        last = days.add(start, length.value)
    except UndeterminedYear as error:
        zh, en = error.said
        text = Text(f"{zh}，不能推算工作日", f"{en}, so working days cannot be counted")
        return Reason(text, placed.cite), None
    made_up = [d for d in _between(start, last) if d.weekday() >= 5 and days.is_working(d)]
    extra = f"（其中 {'、'.join(d.isoformat() for d in made_up)} 调休上班，计入）" if made_up else ""
    extra_en = f" (make-up days {', '.join(d.isoformat() for d in made_up)} count)" if made_up else ""
    text = Text(
        f"自 {start} 次日起{in_principle}{length.phrase({})}，到 {last} 为止{extra}",
        f"{length.value} working days from the day after {start}: until {last}{extra_en}",
    )
    return Reason(text, placed.cite), last


def _between(start: datetime.date, end: datetime.date) -> list[datetime.date]:
    return [start + datetime.timedelta(days=n) for n in range(1, (end - start).days + 1)]


def _wider_scope(
    law: Law,
    days: WorkingDays,
    step: str,
    start: datetime.date,
    taken: Placed[TimeLimit],
    last: datetime.date | None,
) -> tuple[Alternative[datetime.date], ...]:
    """Where the text may also mean another limit for this step, the date to which that leads."""
    reading = law.readings.get("fiscal-evaluation-scope")
    if reading is None or last is None or taken.norm.when:
        return ()
    other = next((p for p in law.all(TimeLimit) if step in p.norm.other_reading_steps), None)
    if other is None or other.norm.id == taken.norm.id:
        return ()
    reason, later = _counted(days, start, other)
    if later is None:
        return ()
    option = next(o for o in reading.options if o != reading.default)
    text = Text(f"若按“{reading.options[option]}”，{reason.text.zh}", f"under the reading “{option}”: {reason.text.en}")
    return (Alternative(reading.id, option, later, text),)
