"""What a guide says first: how long a tier takes in all, what it asks for, and which elements nobody stated.

Totals are sums of the limits that the law gives for each step; of steps side by side the longest counts, and limits in
different units side by side are told, not added. Where a step has no limit the sum says so and is no total.
"""

from collections.abc import Iterable, Mapping

from msgspec import Struct

from banshi.base.text import Text
from banshi.law.library import Law
from banshi.law.norms import Length
from banshi.law.time_limits import CALENDAR_DAYS
from banshi.output.flowchart import FlowStep
from banshi.subjects.change.deadlines import limit_for
from banshi.subjects.change.publicity import period
from banshi.subjects.change.timetable import PUBLICITY, planned

# Elements of schemas/guide.schema.json that a reader asks for first, and the question each answers.
ASKED = {
    "served": "谁来办",
    "body": "谁决定",
    "limit": "多久办完",
    "promised": "承诺多久",
    "materials": "交什么",
    "place": "在哪里办",
    "hours": "什么时候办",
    "fee": "多少钱",
    "contact": "问谁",
}
UNSTATED = "原文未载明"


class StepTaken(Struct, frozen=True):
    """A step with its limit (None where the law gives none); ``optional``: taken only where it is called for."""

    name: str
    length: Length | None
    optional: bool = False


class TotalTime(Struct, frozen=True):
    """How long all stages take together.

    ``sums``: of the stages that can be added, one for each unit. ``beside``: of each other stage the limits that run side by
    side in different units; which of them ends last depends on the calendar. ``open``: the steps that have no limit.
    ``spared``: the steps that are taken only where they are called for, which nothing here counts.
    """

    sums: tuple[Length, ...]
    beside: tuple[tuple[Length, ...], ...]
    open: tuple[str, ...]
    spared: tuple[str, ...]

    @property
    def said(self) -> str:
        """合计24个工作日; 有时限的环节合计10个工作日，政府批准的时限原文未载明; 合计3个工作日，另有同时办理的12个工作日与5天（以迟的为准）.

        Empty where no step that is always taken has a limit.
        """
        spared = [f"需要时才走的{'、'.join(self.spared)}没有计入"] if self.spared else []
        if not self.sums and not self.beside:
            return "" if self.open else "".join(spared)
        limited = "有时限的环节" if self.open else ""
        added = f"{limited}合计{'加'.join(map(_long, self.sums))}" if self.sums else ""
        pairs = "、".join(f"{'与'.join(map(_long, each))}" for each in self.beside)
        late = f"同时办理的{pairs}（{'各' if len(self.beside) > 1 else ''}以迟的为准）" if pairs else ""
        told = f"{added}，另有{late}" if added and late else added or limited + late
        unlimited = [f"{'、'.join(self.open)}的时限{UNSTATED}"] if self.open else []
        return "，".join([told, *unlimited, *spared])


def total(stages: Iterable[Iterable[StepTaken]]) -> TotalTime:
    """The sum over stages one after the other, of which each is steps side by side."""
    sums: dict[str, int] = {}
    beside: list[tuple[Length, ...]] = []
    unlimited: list[str] = []
    spared: list[str] = []
    for stage in map(list, stages):
        spared += [step.name for step in stage if step.optional]
        needed = [step for step in stage if not step.optional]
        unlimited += [step.name for step in needed if step.length is None]
        longest: dict[str, int] = {}
        for length in (step.length for step in needed if step.length):
            unit = _ALIKE.get(length.unit, length.unit)
            longest[unit] = max(longest.get(unit, 0), length.value)
        if len(longest) > 1:
            beside.append(_lengths(longest))
        else:
            sums |= {unit: sums.get(unit, 0) + value for unit, value in longest.items()}
    return TotalTime(_lengths(sums), tuple(beside), tuple(dict.fromkeys(unlimited)), tuple(dict.fromkeys(spared)))


def taken(law: Law, tier: str) -> list[list[StepTaken]]:
    """The stages of a tier, its publicity at its place among them, as a timetable plans them; empty where there are none."""
    return [
        [StepTaken(*_limit(law, tier, step), step in stage.optional) for step in stage.steps]
        for stage in planned(law, tier)
    ]


def _limit(law: Law, tier: str, step: str) -> tuple[str, Length | None]:
    if step == PUBLICITY:
        public = period(law, tier)
        return "公示", None if isinstance(public, Text) else public.norm.length
    limit = limit_for(law, step, major=False)
    return law.step_name(step).zh, limit.norm.length if limit else None


def _lengths(by_unit: Mapping[str, int]) -> tuple[Length, ...]:
    return tuple(Length(value=value, unit=unit) for unit, value in by_unit.items())


def _long(length: Length) -> str:
    return length.phrase({})


_ALIKE = dict.fromkeys(CALENDAR_DAYS, CALENDAR_DAYS[0])  # 天 and 日 are one unit


def chart_steps(stages: Iterable[list[StepTaken]]) -> list[FlowStep]:
    """The boxes of a tier's chart."""
    return [_box(stage) for stage in stages]


def _box(stage: list[StepTaken]) -> FlowStep:
    told = [
        [*([_long(step.length)] if step.length else []), *(["需要时才走"] if step.optional else [])] for step in stage
    ]
    if len(stage) > 1:
        named = (
            f"{step.name}（{'，'.join(more)}）" if more else step.name for step, more in zip(stage, told, strict=True)
        )
        return FlowStep("同时办理", tuple(named))
    note = [f"{_long(stage[0].length)}内"] if stage[0].length else []
    return FlowStep(stage[0].name, note="，".join([*note, *(["需要时才走"] if stage[0].optional else [])]))
