"""On which days do the steps of a tier fall, if each takes all of its time? The days of the whole procedure, one after the other.

A stage begins on the day on which the one before it ends, its papers being complete; of steps side by side the last one
counts. Publicity begins on the day on which it may. A step without a limit ends on a day that only people know.
"""

import datetime
from collections.abc import Mapping, Sequence

from msgspec import Struct

from banshi.base.text import Text
from banshi.law.decisions import Decision, Reason
from banshi.law.library import Law
from banshi.law.norms import Stage
from banshi.law.working_days import WorkingDays
from banshi.subjects.change.deadlines import due
from banshi.subjects.change.procedure import Procedures
from banshi.subjects.change.publicity import publicity_end

PUBLICITY = "publicity"  # stands among the steps under this id


class Timed(Struct, frozen=True):
    """A step: its name, the day on which it begins, the last day on which it may end (None: not determined), and why."""

    step: str
    name: Text
    begins: datetime.date | None
    ends: datetime.date | None
    reasons: Sequence[Reason]


class Timetable(Struct, frozen=True):
    """The stages in order, each with its steps; ``last``: the day on which the last one ends (None: not determined)."""

    stages: tuple[tuple[Timed, ...], ...]
    last: datetime.date | None


class Planned(Struct, frozen=True):
    """What a timetable is made of: a stage's steps (``PUBLICITY`` alone for the publicity), those that may be left out."""

    steps: tuple[str, ...]
    optional: frozenset[str] = frozenset()


def planned(law: Law, tier: str) -> list[Planned]:
    """The stages of a tier in order, its publicity at its place among them."""
    procedures = Procedures(law)
    stages = [stage for stage, _ in procedures.stages(tier)]
    made = [
        Planned(tuple(s.step for s in stage.steps), frozenset(s.step for s in stage.steps if s.optional))
        for stage in stages
    ]
    public = procedures.publicity(tier)
    if public is None or not made:
        return made
    before = public.norm.before
    place = _stage_of(stages, before, 0) if before else _stage_of(stages, public.norm.after, len(stages) - 1) + 1
    return [*made[:place], Planned((PUBLICITY,)), *made[place:]]


def _stage_of(stages: Sequence[Stage], step: str | None, otherwise: int) -> int:
    return next((n for n, stage in enumerate(stages) if any(s.step == step for s in stage.steps)), otherwise)


def timetable(
    law: Law,
    days: WorkingDays,
    tier: str,
    complete_on: datetime.date,
    done: Mapping[str, datetime.date] | None = None,
    *,
    major: bool = False,
) -> Timetable:
    """The days of a tier whose papers are complete on ``complete_on``.

    ``done``: days on which steps were in fact decided. ``major``: a major design change, whose limits are others.
    """
    asked, decided = _Asked(law, days, tier, major), done or {}
    day: datetime.date | None = complete_on
    waiting, found = Text("", ""), []
    for stage in planned(law, tier):
        timed = tuple(_timed(asked, step, day, decided.get(step), waiting) for step in stage.steps)
        needed = [each for each in timed if each.step not in stage.optional or each.step in decided]
        waiting = next((each.name for each in needed if each.ends is None), waiting)
        ends = [each.ends for each in needed]
        day = None if None in ends else max((end for end in ends if end is not None), default=day)
        found.append(timed)
    return Timetable(tuple(found), day if found else None)


class _Asked(Struct, frozen=True):
    law: Law
    days: WorkingDays
    tier: str
    major: bool

    def name(self, step: str) -> Text:
        return _PUBLICITY if step == PUBLICITY else self.law.step_name(step)

    def ends(self, step: str, day: datetime.date) -> Decision[datetime.date]:
        if step == PUBLICITY:
            return publicity_end(self.law, self.days, day, self.tier)
        return due(self.law, self.days, step, day, major=self.major)


def _timed(asked: _Asked, step: str, day: datetime.date | None, decided: datetime.date | None, waiting: Text) -> Timed:
    name = asked.name(step)
    if day is None:
        return Timed(step, name, None, decided, (Reason(_until(waiting)) if decided is None else _as_told(decided),))
    if decided is not None and decided < day:
        return Timed(step, name, day, None, (Reason(_too_soon(decided, day)),))
    found = asked.ends(step, day)
    if decided is None:
        return Timed(step, name, day, found.value, found.reasons)
    return Timed(step, name, day, decided, (*found.reasons, _as_told(decided)))


def _until(waiting: Text) -> Text:
    return Text(f"要等“{waiting.zh}”办结，哪天办结推算不出", f"waits for “{waiting.en}”, whose day is not determined")


def _too_soon(decided: datetime.date, day: datetime.date) -> Text:
    return Text(f"所填的办结日 {decided} 早于这一步开始的 {day}", f"decided on {decided}, before it began on {day}")


def _as_told(day: datetime.date) -> Reason:
    return Reason(Text(f"按所填的办结日 {day}", f"as decided on {day}"))


_PUBLICITY = Text("公示", "publicity")
