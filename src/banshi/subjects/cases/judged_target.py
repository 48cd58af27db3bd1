"""A target with what the log gives, and whether that meets it."""

from fractions import Fraction
from typing import Literal

from msgspec import Struct

from banshi.base.text import Text
from banshi.law.decisions import Decision, Reason
from banshi.law.instruments import Placed
from banshi.law.norms import Target
from banshi.subjects.cases.groups import Group
from banshi.subjects.cases.measures import CaseMeasure, CaseShare
from banshi.subjects.cases.ranges import compared_with, in_unit, reach, rounded_share, undecided_by

Verdict = Literal["met", "missed", "soft_missed", "not_applicable", "undetermined"]
VERDICTS: dict[Verdict, Text] = {
    "met": Text("达到", "met"),
    "missed": Text("未达到", "missed"),
    "soft_missed": Text("软目标未达到（提示）", "soft target missed (note)"),
    "not_applicable": Text("不适用", "not applicable"),
    "undetermined": Text("不能判定", "not determined"),
}


class JudgedTarget(Struct, frozen=True):
    """A target with the share that the log gives, and whether it is met (None: not determined).

    ``group``: which of its groups of cases this is about; ``inapplicable``: nothing to count, and so no target; ``saved``: by
    how much parallel handling is faster, less than nought where it is slower.
    """

    placed: Placed[Target]
    share: CaseShare
    met: Decision[bool]
    rate: bool = True
    group: Group | None = None
    inapplicable: bool = False
    saved: Fraction | None = None

    @property
    def verdict(self) -> Verdict:
        """达到, 未达到, 软目标未达到（提示）, 不适用 or 不能判定."""
        if self.inapplicable:
            return "not_applicable"
        if self.met.value is None:
            return "undetermined"
        if self.met.value:
            return "met"
        return "soft_missed" if self.placed.norm.soft else "missed"

    @property
    def value(self) -> Fraction | int | None:
        """The share, or the count; of time saved, by how much."""
        if self.saved is not None:
            return self.saved
        if not self.rate:
            return self.share.hits if self.share.complete else None
        return rounded_share(self.share.value, self.placed.norm)


def compared(found: CaseShare, measure: CaseMeasure, target: Target) -> Decision[bool]:
    """A share against its bound; where not all is stated, the least and the most that it can be are compared."""
    bound = target.bound
    if bound is None:
        return Decision(None, (Reason(NO_FIGURE),))
    ends = reach(found, rate=measure.rate)
    if ends is None:
        return _zero_denominator(target)
    met = compared_with(bound, in_unit(ends, bound, target.rounding, rate=measure.rate))
    return Decision(met, () if met is not None else (Reason(undecided_by(found)),))


def _zero_denominator(target: Target) -> Decision[bool]:
    met, said = OF_NOTHING.get(target.zero_denominator or "", _NO_RATE)
    return Decision(met, (Reason(Text(f"没有可计的件，{said.zh}", f"nothing to count, so {said.en}")),))


OPEN: tuple[bool | None, Text] = (None, Text("不能判定", "not determined"))
_NO_RATE: tuple[bool | None, Text] = (None, Text("比率不能判定", "the rate is not determined"))
OF_NOTHING: dict[str, tuple[bool | None, Text]] = {
    "full": (True, Text("按规定算达到", "it counts as met")),
    "zero": (False, Text("按规定算没有达到", "it counts as missed")),
    "not_applicable": (None, Text("不适用", "the target does not apply")),
}
NO_FIGURE = Text("原文没有幅度或数字，只列出，不判定", "the text gives no figure; reported, not judged")
