"""By when must an office have decided? As its limit counts: from which day, in which days, with what left out."""

import datetime
from collections.abc import Callable, Sequence
from functools import partial

from msgspec import Struct

from banshi.base.text import Text
from banshi.files.not_stated import NotStated
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


class DueDecision(Decision[datetime.date], frozen=True):
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
    received_on: datetime.date | None = None,
    major: bool = False,
) -> DueDecision:
    """The due date of a step whose papers were complete on ``complete_on``.

    ``accepted_on`` and ``received_on`` matter only where a limit counts from them; where it does and they are not given,
    ``complete_on`` is taken and the reasons say so. Not determined where no limit applies (the government's approval
    has none) or the calendar of a year is not entered.
    """
    given = {"complete_on": complete_on, "accepted_on": accepted_on, "received_on": received_on}
    return _decided(law, days, _Asked(step, given.__getitem__, major))


def due_as_filed(law: Law, days: WorkingDays, opinion: Opinion, *, major: bool) -> DueDecision:
    """The same by what is filed of a step: its days, what does not count, the reason of an extension.

    Of the days only those that the limit counts from are asked for: another one may be unreadable.
    """
    return _decided(law, days, _Asked(opinion.step, partial(getattr, opinion), major, opinion))


def due_of(law: Law, days: WorkingDays, change: Change, opinion: Opinion) -> DueDecision:
    """The due date of a step as recorded in a form; where that does not state whether it is major, what both come to alike."""
    try:
        return due_as_filed(law, days, opinion, major=change.major_design_change.is_major)
    except NotStated:
        usual, major = (due_as_filed(law, days, opinion, major=major) for major in (False, True))
        if usual.limit != major.limit or _elsewhere(usual) != _elsewhere(major):
            raise
        return usual


def _elsewhere(due: DueDecision) -> list[tuple[str, str, datetime.date | None]]:
    return [(other.reading, other.option, other.value) for other in due.alternatives]


class _Asked(Struct, frozen=True):
    """A step, the days that its limit may count from (``day`` of a key: None where not given), and what is filed of it."""

    step: str
    day: Callable[[str], datetime.date | None]
    major: bool
    record: Opinion | None = None


def _decided(law: Law, days: WorkingDays, asked: _Asked) -> DueDecision:
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


def _due(law: Law, days: WorkingDays, asked: _Asked, others: Sequence[Alternative[datetime.date]] = ()) -> DueDecision:
    placed, record = limit_for(law, asked.step, major=asked.major), asked.record
    if placed is None:
        return DueDecision(None, (Reason(no_limit(law, asked.step)),), others)
    given = asked.day(placed.norm.counted_from)
    start = given or asked.day("complete_on")
    assert start is not None  # the day of complete papers is always given
    if record is None or not record.pauses:
        reason, last = _without_pauses(law, days, start, placed)
    else:
        reason, last = _counted(days, start, placed, left_out(placed.norm, record))
    reasons = (reason,) if given else (reason, Reason(supposed(placed.norm.counted_from, start), placed.cite))
    if record is None or record.extension_reason is None:
        return DueDecision(last, reasons, others, placed, start)
    more, later = _extended(law, days, placed, last, record)
    return DueDecision(later, (*reasons, *more), others, placed, start)


STARTS = {
    "received_on": Text("收件日", "the day of receipt"),
    "complete_on": Text("资料齐备日", "the day of complete papers"),
    "accepted_on": Text("接受日", "the day of acceptance"),
}


def supposed(counted_from: str, day: datetime.date | str) -> Text:
    """Which day is taken for the one that a limit counts from, where that was not given: that of complete papers."""
    start = STARTS[counted_from]
    return Text(
        f"时限自{start.zh}起算；没有给出这一天，按资料齐备日 {day} 计",
        f"the limit counts from {start.en}; as that was not given, {day} is taken, when the papers were complete",
    )


def of_no_use(decision: DueDecision, **given: datetime.date | None) -> tuple[Reason, ...]:
    """Which of the days ``given`` beside that of complete papers the limit does not count from, so that they change nothing."""
    idle = [
        STARTS[key] for key, day in given.items() if day and decision.limit and key != decision.limit.norm.counted_from
    ]
    if decision.limit is None or not idle:
        return ()
    start = STARTS[decision.limit.norm.counted_from]
    text = Text(
        f"时限自{start.zh}起算，给出的{'、'.join(day.zh for day in idle)}用不上",
        f"the limit counts from {start.en}; {' and '.join(day.en for day in idle)} given changes nothing",
    )
    return (Reason(text, decision.limit.cite),)


def no_limit(law: Law, step: str) -> Text:
    """That a law sets no limit for a step."""
    name = law.step_name(step)
    return law.lacking(Text(f"“{name.zh}”没有规定时限", f"“{name.en}” has no time limit"), TimeLimit)


def _otherwise_said(other: OtherAnswer, why: Text) -> Text:
    return Text(f"若按“{other.said}”，{why.zh}", f"under the reading “{other.option}”: {why.en}")


def left_out(limit: TimeLimit, record: Opinion | None) -> list[Stretch]:
    """The stretches that do not count towards a limit, as filed with the opinion."""
    return [(p.start, p.end) for p in (record.pauses if record else ()) if p.reason in limit.pauses]


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
