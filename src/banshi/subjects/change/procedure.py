"""The procedure of each tier: stages in order, the steps that run side by side, and who takes them."""

from banshi.base.kept import kept
from banshi.law.instruments import Placed
from banshi.law.library import Law, forget_beyond
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
        return self._stages.get(tier, [])

    @kept
    def _stages(self) -> dict[str, list[tuple[Stage, Placed[Procedure]]]]:
        return {tier: [(stage, p) for p in self.of(tier) for stage in p.norm.stages] for tier in self._tiers}

    @kept
    def _tiers(self) -> list[str]:
        """The tiers that have a procedure; what else a form may call its tier is without number."""
        return list(dict.fromkeys(p.norm.tier for p in self.law.all(Procedure)))

    def steps(self, tier: str) -> dict[str, Placed[Procedure]]:
        """The steps of a tier in order, each with the norm that lays it down; not to be changed."""
        return self._steps.get(tier, {})

    @kept
    def _steps(self) -> dict[str, dict[str, Placed[Procedure]]]:
        return {
            tier: {step.step: placed for stage, placed in stages for step in stage.steps}
            for tier, stages in self._stages.items()
        }

    def optional(self, tier: str) -> frozenset[str]:
        """Steps of a tier that are taken only where they are called for."""
        return self._optional.get(tier, frozenset())

    @kept
    def _optional(self) -> dict[str, frozenset[str]]:
        return {
            tier: frozenset(step.step for stage, _ in stages for step in stage.steps if step.optional)
            for tier, stages in self._stages.items()
        }

    def documents(self, tier: str) -> dict[str, str]:
        """Steps of a tier whose outcome a paper of its own records, with the key of the form that holds it; not to be changed."""
        return self._documents.get(tier, {})

    @kept
    def _documents(self) -> dict[str, dict[str, str]]:
        return {
            tier: {step.step: step.document for stage, _ in stages for step in stage.steps if step.document}
            for tier, stages in self._stages.items()
        }

    def taken_by(self, role: str, tier: str) -> tuple[str, ...]:
        """The steps of a tier that a role takes, in order."""
        if (role, tier) not in self._taken_by:
            steps = self.steps(tier)
            forget_beyond(self._taken_by)
            self._taken_by[role, tier] = tuple(step for step in steps if self.office(step, tier) == role)
        return self._taken_by[role, tier]

    @kept
    def _taken_by(self) -> dict[tuple[str, str], tuple[str, ...]]:
        return {}

    def office(self, step: str, tier: str = "") -> str:
        """The role that takes a step, in a tier where one is given, or an empty string where the text names none."""
        own = self.steps(tier).get(step) if tier else None
        if own is None:
            return self._offices.get(step, "")
        if (step, tier) not in self._own_offices:
            found = (s.office or "" for stage in own.norm.stages for s in stage.steps if s.step == step)
            self._own_offices[step, tier] = next(found)
        return self._own_offices[step, tier]

    @kept
    def _own_offices(self) -> dict[tuple[str, str], str]:
        return {}

    @kept
    def _offices(self) -> dict[str, str]:
        procedures = self.law.all(Procedure)
        return {s.step: s.office or "" for p in procedures for stage in p.norm.stages for s in stage.steps}

    @kept
    def known_steps(self) -> dict[str, list[str]]:
        """Every step that a procedure names, with the tiers that have it, the loosest first."""
        found: dict[str, list[str]] = {}
        for tier in self.law.tiers:
            for step in self.steps(tier):
                found.setdefault(step, []).append(tier)
        return found

    @kept
    def gate(self) -> Placed[ApprovalGate] | None:
        """The norm for changes that stay within the price."""
        return self.law.one(ApprovalGate)

    def consultation(self, tier: str) -> Placed[ApprovalGate] | Placed[Consultation] | None:
        """The norm on whose parties' consultation a tier rests; None where it has steps of approval instead."""
        if self.gate and self.gate.norm.tier == tier:
            return self.gate
        return self._consultations.get(tier)

    @kept
    def _consultations(self) -> dict[str, Placed[Consultation]]:
        return {p.norm.tier: p for p in reversed(self.law.all(Consultation))}

    def publicity(self, tier: str) -> Placed[Publicity] | None:
        """The norm that asks for publicity in a tier, or None."""
        return self._publicity.get(tier)

    @kept
    def _publicity(self) -> dict[str, Placed[Publicity]]:
        return {p.norm.tier: p for p in reversed(self.law.all(Publicity))}

    def ordering(self, first: str) -> Placed[Ordering] | None:
        """The norm that puts ``first`` before something."""
        return next((p for p in self.law.all(Ordering) if p.norm.first == first), None)
