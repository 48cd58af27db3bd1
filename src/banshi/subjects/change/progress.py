"""How far a form has come: the opinions on the steps of its declared tier, and what is still missing."""

import datetime
from collections.abc import Iterable

from msgspec import Struct

from banshi.base.kept import kept
from banshi.base.text import Text, listed
from banshi.files.findings import Route
from banshi.law.instruments import Placed
from banshi.law.library import Law
from banshi.law.norms import Procedure, Stage
from banshi.subjects.change.forms import Change
from banshi.subjects.change.procedure import Procedures
from banshi.subjects.change.step_forms import Opinion, Signature


class GivenOpinion(Struct, frozen=True):
    """An opinion with its place among the form's opinions."""

    index: int
    opinion: Opinion

    @property
    def where(self) -> Route:
        """Its route in the form."""
        return ("opinions", self.index)

    @property
    def agrees(self) -> bool:
        """Whether the office agreed."""
        return self.opinion.conclusion == "agree"

    @property
    def decided(self) -> bool:
        """Whether the office has concluded (a day without a conclusion, or the reverse, is another rule's matter)."""
        return self.opinion.conclusion is not None or self.opinion.decided_on is not None


class FormProgress:
    """The steps of a form's declared tier and the opinions given on them; no steps where the tier is not known."""

    def __init__(self, change: Change, procedures: Procedures) -> None:
        self.change, self.procedures = change, procedures

    @kept
    def stages(self) -> list[tuple[Stage, Placed[Procedure]]]:
        """The stages of the declared tier, in order, each with the norm that lays it down."""
        return self.procedures.stages(self.change.tier)

    @kept
    def steps(self) -> dict[str, Placed[Procedure]]:
        """The steps of the declared tier in order, each with the norm that lays it down."""
        return self.procedures.steps(self.change.tier)

    @kept
    def optional(self) -> frozenset[str]:
        """Steps that are taken only where they are called for."""
        return self.procedures.optional(self.change.tier)

    @kept
    def documents(self) -> dict[str, str]:
        """Steps whose outcome a paper of its own records, with the key of the form that holds it."""
        return self.procedures.documents(self.change.tier)

    @kept
    def given(self) -> dict[str, list[GivenOpinion]]:
        """The opinions by step, each step's in the order of the form (a step may be repeated after 补正)."""
        found: dict[str, list[GivenOpinion]] = {}
        for index, opinion in enumerate(self.change.opinions):
            found.setdefault(opinion.step, []).append(GivenOpinion(index, opinion))
        return found

    def last(self, step: str) -> GivenOpinion | None:
        """The last opinion on a step."""
        given = self.given.get(step)
        return given[-1] if given else None

    @kept
    def misspelt(self) -> dict[str, str]:
        """Opinions on steps that nobody knows, each with the step of the tier that was probably meant (or nothing)."""
        known, own = self.procedures.known_steps, self.steps
        strange = [step for step in self.given if step not in known]
        if not strange:
            return {}
        from difflib import get_close_matches  # late: most steps are known

        close = {step: get_close_matches(step, own, n=1) for step in strange}
        return {step: found[0] if found else "" for step, found in close.items()}

    @kept
    def open(self) -> list[str]:
        """Steps of the tier on which no office has concluded."""
        meant = self.misspelt.values() if self.misspelt else ()
        due = (s for s in self.steps if s not in self.optional or s in self.given)
        return [s for s in due if not ((last := self.last(s)) and last.decided) and s not in meant]

    @kept
    def stopped(self) -> list[GivenOpinion]:
        """Last opinions on a step of the tier that do not agree."""
        lasts = [given[-1] for step in self.steps if (given := self.given.get(step))]
        return [given for given in lasts if given.opinion.conclusion in ("disagree", "supplement")]

    def after(self, step: str) -> list[GivenOpinion]:
        """Opinions on the steps of later stages, in order of the procedure."""
        place = next(n for n, (stage, _) in enumerate(self.stages) if step in _names(stage))
        later = [name for stage, _ in self.stages[place + 1 :] for name in _names(stage)]
        return [given for name in later for given in self.given.get(name, [])]

    def agreed_on(self, step: str) -> datetime.date | None:
        """The first day on which a step was decided in agreement."""
        days = [g.opinion.decided_on for g in self.given.get(step, ()) if g.agrees and g.opinion.decided_on]
        return min(days) if days else None


def _names(stage: Stage) -> list[str]:
    return [step.step for step in stage.steps]


def step_names(law: Law, steps: Iterable[str]) -> Text:
    """What steps are called: “甲”、“乙”."""
    names = [law.step_name(step) for step in steps]
    return Text(listed(f"“{name.zh}”" for name in names), ", ".join(f"“{name.en}”" for name in names))


def last_signature(change: Change, party: str) -> tuple[int, Signature] | None:
    """A party's last signature, with its place in the form."""
    signed = [(n, signature) for n, signature in enumerate(change.consultation) if signature.party == party]
    return signed[-1] if signed else None
