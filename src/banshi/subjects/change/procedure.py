"""The procedure of each tier: stages in order, the steps that run side by side, and who takes them."""

from functools import cached_property

from banshi.law.instruments import Placed
from banshi.law.library import Law
from banshi.law.norms import ApprovalGate, Consultation, Ordering, Procedure, Publicity, Stage


class Procedures:
    """What the law in force lays down for each tier."""

    def __init__(self, law: Law) -> None:
        """``law`` on the topic of changes."""
        self.law = law

    def of(self, tier: str) -> list[Placed[Procedure]]:
        """The stretches of a tier's procedure, in order."""
        return sorted((p for p in self.law.all(Procedure) if p.norm.tier == tier), key=lambda p: p.norm.position)

    def stages(self, tier: str) -> list[tuple[Stage, Placed[Procedure]]]:
        """The stages of a tier in order, each with the norm that lays it down; not to be changed."""
        if tier not in self._stages:
            self._stages[tier] = [(stage, placed) for placed in self.of(tier) for stage in placed.norm.stages]
        return self._stages[tier]

    @cached_property
    def _stages(self) -> dict[str, list[tuple[Stage, Placed[Procedure]]]]:
        return {}

    def steps(self, tier: str) -> dict[str, Placed[Procedure]]:
        """The steps of a tier in order, each with the norm that lays it down; not to be changed."""
        if tier not in self._steps:
            self._steps[tier] = {step.step: placed for stage, placed in self.stages(tier) for step in stage.steps}
        return self._steps[tier]

    @cached_property
    def _steps(self) -> dict[str, dict[str, Placed[Procedure]]]:
        return {}

    def optional(self, tier: str) -> frozenset[str]:
        """Steps of a tier that are taken only where they are called for."""
        return frozenset(s.step for stage, _ in self.stages(tier) for s in stage.steps if s.optional)

    def office(self, step: str, tier: str = "") -> str:
        """The role that takes a step, in a tier where one is given, or an empty string where the text names none."""
        own = self.steps(tier).get(step) if tier else None
        if own is None:
            return self._offices.get(step, "")
        return next(s.office or "" for stage in own.norm.stages for s in stage.steps if s.step == step)

    @cached_property
    def _offices(self) -> dict[str, str]:
        procedures = self.law.all(Procedure)
        return {s.step: s.office or "" for p in procedures for stage in p.norm.stages for s in stage.steps}

    @cached_property
    def known_steps(self) -> dict[str, list[str]]:
        """Every step that a procedure names, with the tiers that have it, the loosest first."""
        found: dict[str, list[str]] = {}
        for tier in self.law.tiers:
            for step in self.steps(tier):
                found.setdefault(step, []).append(tier)
        return found

    @cached_property
    def gate(self) -> Placed[ApprovalGate] | None:
        """The norm for changes that stay within the price."""
        return self.law.one(ApprovalGate)

    def consultation(self, tier: str) -> Placed[ApprovalGate] | Placed[Consultation] | None:
        """The norm on whose parties' consultation a tier rests; None where it has steps of approval instead."""
        if self.gate and self.gate.norm.tier == tier:
            return self.gate
        return next((p for p in self.law.all(Consultation) if p.norm.tier == tier), None)

    def publicity(self, tier: str) -> Placed[Publicity] | None:
        """The norm that asks for publicity in a tier, or None."""
        return next((p for p in self.law.all(Publicity) if p.norm.tier == tier), None)

    def ordering(self, first: str) -> Placed[Ordering] | None:
        """The norm that puts ``first`` before something."""
        return next((p for p in self.law.all(Ordering) if p.norm.first == first), None)
