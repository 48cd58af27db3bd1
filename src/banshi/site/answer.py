"""What a guide says first: how long a tier takes in all, what it asks for, and which elements nobody stated.

Totals are sums of the limits that the law gives for each step; of steps side by side the longest counts. Where a step has
no limit the sum says so and is no total.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from banshi.law.norms import Length
from banshi.output.flowchart import FlowStep

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


@dataclass(frozen=True, slots=True)
class StepTaken:
    """A step with its limit (None where the law gives none)."""

    name: str
    length: Length | None


@dataclass(frozen=True, slots=True)
class TotalTime:
    """How long all stages take: a sum for each unit, and the steps that have no limit."""

    sums: tuple[Length, ...]
    open: tuple[str, ...]

    @property
    def said(self) -> str:
        """合计24个工作日; 有时限的环节合计10个工作日，政府批准的时限原文未载明; empty where no step has a limit."""
        if not self.sums:
            return ""
        added = "、".join(length.phrase({}) for length in self.sums)
        return f"有时限的环节合计{added}，{'、'.join(self.open)}的时限{UNSTATED}" if self.open else f"合计{added}"


def total(stages: Iterable[Iterable[StepTaken]]) -> TotalTime:
    """The sum over stages one after the other, of which each is steps side by side."""
    sums: dict[str, int] = {}
    unlimited: list[str] = []
    for stage in map(list, stages):
        unlimited += [step.name for step in stage if step.length is None]
        longest: dict[str, int] = {}
        for length in (step.length for step in stage if step.length):
            longest[length.unit] = max(longest.get(length.unit, 0), length.value)
        for unit, value in longest.items():
            sums[unit] = sums.get(unit, 0) + value
    return TotalTime(tuple(Length(value=v, unit=u) for u, v in sums.items()), tuple(dict.fromkeys(unlimited)))


def chart_steps(stages: Iterable[list[StepTaken]]) -> list[FlowStep]:
    """The boxes of a tier's chart."""
    return [_box(stage) for stage in stages]


def _box(stage: list[StepTaken]) -> FlowStep:
    told = [f"{step.name}（{step.length.phrase({})}）" if step.length else step.name for step in stage]
    if len(stage) > 1:
        return FlowStep("同时办理", tuple(told))
    note = f"{stage[0].length.phrase({})}内" if stage[0].length else ""
    return FlowStep(stage[0].name, note=note)
