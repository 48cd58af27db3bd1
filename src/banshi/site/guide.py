"""A guide as its page prints it: sections with their norms and readings, tiers with stages, limits and publicity."""

from collections.abc import Iterator
from functools import cached_property

import msgspec
from markupsafe import Markup
from msgspec import Struct

from banshi.base.text import Text
from banshi.law.guide_elements import said
from banshi.law.guides import Box, Element, Guide, Pick, Section, law_of
from banshi.law.instruments import Placed, PolicyVersion
from banshi.law.library import Law, Library
from banshi.law.norms import (
    ApprovalGate,
    ApprovalTier,
    ClassTier,
    Consultation,
    Duties,
    Enumeration,
    JointApplication,
    Names,
    Norm,
    Ordering,
    Period,
    Procedure,
    Publicity,
    ReportAfter,
    Scope,
    Target,
    TierChoice,
    TimeLimit,
    called,
)
from banshi.law.version_parts import Reading
from banshi.output.flowchart import FlowStep, flow
from banshi.site.answer import ASKED, StepTaken, TotalTime, chart_steps, taken, total
from banshi.site.scoring import ScoringView
from banshi.subjects.attendance import needs_tables
from banshi.subjects.change.deadlines import limit_for
from banshi.subjects.change.procedure import Procedures
from banshi.subjects.change.publicity import period

# What the layouts of tiers show of a law, whatever a section picks.
_LAID_OUT = {
    "tiers": ["approval_gate", "approval_tier", "class_tier", "consultation", "procedure", "publicity", "period"],
    "procedure": [
        "approval_gate",
        "approval_tier",
        "class_tier",
        "consultation",
        "procedure",
        "publicity",
        "period",
        "report_after",
        "ordering",
        "time_limit",
    ],
}

_WORDLESS = "leave"  # the layout that answers from norms and prints no statement of them


class StepView(Struct, frozen=True):
    """A step: its name, who takes it (empty where the text names nobody), by when, and whether only where called for."""

    name: str
    office: str
    limit: Placed[TimeLimit] | None
    optional: bool


class StageView(Struct, frozen=True):
    """Steps taken side by side, the papers that open them, and the norm that lays them down."""

    steps: list[StepView]
    ids: tuple[str, ...]
    papers: list[str]
    placed: Placed[Procedure]


class TierView(Struct, frozen=True):
    """A tier: the norms that say when it applies, its consultation or its stages, its publicity and what is reported."""

    id: str
    name: str
    gate: Placed[ApprovalGate] | None
    amounts: list[Placed[ApprovalTier]]
    classes: list[Placed[ClassTier]]
    consultation: Placed[ApprovalGate] | Placed[Consultation] | None
    reports: list[Placed[ReportAfter]]
    stages: list[StageView]
    publicity: Placed[Publicity] | None
    period: Placed[Period] | None
    orderings: list[Placed[Ordering]]
    taken: list[list[StepTaken]]

    @property
    def shown_at(self) -> int:
        """Before which of the stages (from 0) it is made public; behind the last of them: their number."""
        norm = self.publicity.norm if self.publicity else None
        before, after = (norm.before, norm.after) if norm else (None, None)
        found = (n if before else n + 1 for n, stage in enumerate(self.stages) if (before or after) in stage.ids)
        return next(found, 0 if before else len(self.stages))

    @property
    def total(self) -> TotalTime:
        """How long its steps and its publicity take together."""
        return total(self.taken)

    @property
    def counted(self) -> list[Placed[Norm]]:
        """The norms whose lengths its total adds up."""
        steps = [step for stage in self.stages for step in stage.steps if not step.optional]
        limits: list[Placed[Norm]] = [step.limit for step in steps if step.limit]
        return [*limits, *([self.period] if self.period else [])]

    @property
    def chart(self) -> Markup:
        """Its steps as a flow chart; empty where it has none."""
        return flow(f"{self.name}：办理流程", chart_steps(self.taken)) if self.stages else Markup("")

    @property
    def decided_by(self) -> list[str]:
        """Who has the last word: the parties of the consultation, or the office of the last step."""
        if self.consultation:
            names = self.consultation.version.names
            return [called(names, "offices", party) for party in self.consultation.norm.parties]
        return [step.office for step in self.stages[-1].steps] if self.stages else []


class PaperView(Struct, frozen=True):
    """A paper, when it is needed, and on what ground."""

    name: str
    form: str
    when: str
    placed: Placed[Norm]


class BoxView(Struct, frozen=True):
    """A step of a flow chart: its title, what runs side by side in it, and the norms that say so."""

    title: str
    beside: tuple[str, ...]
    norms: list[Placed[Norm]]


class GuideView(Struct, frozen=True, dict=True):
    """A guide together with the law that it speaks of."""

    guide: Guide
    law: Law
    library: Library

    @property
    def versions(self) -> list[PolicyVersion]:
        """The newest version of each of the guide's instruments, its own first."""
        return [_own_version(self.law_for(name), name) for name in self.guide.instruments]

    def law_for(self, instrument: str) -> Law:
        """The law that a section speaks of: the guide's own, unless it names another."""
        other = law_of(self.guide, self.library, instrument) if instrument else None
        return other or self.law

    @property
    def version(self) -> PolicyVersion:
        """The version of the guide's own instrument."""
        return _own_version(self.law, self.guide.instrument)

    @cached_property
    def names(self) -> Names:
        """What the ids in the norms are called."""
        return {key: name for version in self.law.versions for key, name in version.names.items()}

    def version_for(self, instrument: str) -> PolicyVersion:
        """The text that a section draws on: of the guide's own instrument, unless it names another."""
        return _own_version(self.law_for(instrument), instrument or self.guide.instrument)

    def norms(self, pick: Pick) -> list[Placed[Norm]]:
        """The norms of a section or element."""
        return pick.of(self.law_for(pick.instrument))

    @cached_property
    def told(self) -> list[tuple[Placed[Norm], bool]]:
        """The norms of all its sections, each once, and whether some section prints what it states in words."""
        every = [(placed, section.show) for section in self.guide.sections for placed in self.norms(section)]
        found = {(p.version.instrument, p.norm.id): p for p, _ in every}
        in_words = {(p.version.instrument, p.norm.id) for p, show in every if show != _WORDLESS}
        return [(placed, key in in_words) for key, placed in found.items()]

    def shown(self, section: Section) -> Section:
        """A section that picks all that its layout shows of the law."""
        return msgspec.structs.replace(section, kinds=(*section.kinds, *_LAID_OUT.get(section.show, ())))

    def readings(self, section: Section) -> list[tuple[PolicyVersion, Reading]]:
        """The readings that matter in a section, each with the version that records it."""
        versions = self.law_for(section.instrument).versions
        return [(v, reading) for v in versions for reading in v.readings if reading.id in section.readings]

    @cached_property
    def said(self) -> dict[str, list[str]]:
        """What the office itself says of the standard elements."""
        return said(self.guide.service) if self.guide.service else {}

    def section(self, element: Element) -> Section | None:
        """The section that an element points to."""
        return next((s for s in self.guide.sections if s.id == element.section), None)

    def left(self, section: Section) -> list[Placed[Norm]]:
        """The norms picked for a section that its layout has no place for: they are printed in a line each."""
        return [placed for placed in self.norms(section) if placed.norm.kind not in _LAID_OUT.get(section.show, ())]

    @cached_property
    def choices(self) -> list[Placed[TierChoice]]:
        """Which tier is taken where several measures lead to different ones."""
        return self.law.all(TierChoice)

    @cached_property
    def untold(self) -> list[str]:
        """The kinds of norm in the guide's own instrument of which it shows none, in the order of the text."""
        told = {placed.norm.kind for pick in self.guide.picks for placed in self.norms(pick)}
        told |= {kind for section in self.guide.sections for kind in _LAID_OUT.get(section.show, ())}
        told |= {"tier_choice"} if self.tiers else set()
        # The head of the page says when it holds, that of the text what it rests on.
        told |= {"promulgation", "citation"}
        return [kind for kind in dict.fromkeys(self.version.kinds.values()) if kind not in told]

    @cached_property
    def scoring(self) -> ScoringView:
        """The rules of assessment."""
        return ScoringView(self.law)

    @cached_property
    def tiers(self) -> list[TierView]:
        """The tiers, from the loosest to the strictest."""
        return [self._tier(tier) for tier in self.law.tiers]

    def _tier(self, tier: str) -> TierView:
        procedures = Procedures(self.law)
        gate = self.law.one(ApprovalGate)
        publicity = procedures.publicity(tier)
        shown = period(self.law, tier) if publicity else None
        return TierView(
            tier,
            self.law.tier_name(tier).zh,
            gate if gate and gate.norm.tier == tier else None,
            [p for p in self.law.all(ApprovalTier) if p.norm.tier == tier],
            [p for p in self.law.all(ClassTier) if p.norm.tier == tier],
            procedures.consultation(tier),
            [p for p in self.law.all(ReportAfter) if p.norm.tier == tier],
            [self._stage(placed, n) for placed in procedures.of(tier) for n in range(len(placed.norm.stages))],
            publicity,
            None if isinstance(shown, Text) else shown,
            [p for p in self.law.all(Ordering) if p.norm.tier == tier],
            taken(self.law, tier),
        )

    def _stage(self, placed: Placed[Procedure], index: int) -> StageView:
        names = self.names
        steps = [
            StepView(
                called(names, "steps", s.step),
                called(names, "offices", s.office) if s.office else "",
                self._limit(s.step),
                s.optional,
            )
            for s in placed.norm.stages[index].steps
        ]
        papers = [] if index else [called(names, "papers", paper) for paper in placed.norm.papers]
        return StageView(steps, tuple(s.step for s in placed.norm.stages[index].steps), papers, placed)

    def _limit(self, step: str) -> Placed[TimeLimit] | None:
        return limit_for(self.law, step, major=False)

    @cached_property
    def applicants(self) -> list[tuple[str, list[Placed[Norm]]]]:
        """Who applies, each with the norms that say so."""
        found: dict[str, list[Placed[Norm]]] = {}
        for placed in self.law.placed.values():
            if isinstance(placed.norm, Procedure):
                parties = placed.norm.applicants
            elif isinstance(placed.norm, JointApplication):
                parties = tuple(p for p in placed.norm.parties if p == placed.norm.when)
            else:
                continue
            for party in parties:
                found.setdefault(called(self.names, "offices", party), []).append(placed)
        return list(found.items())

    def applicants_of(self, tier: TierView) -> list[tuple[str, list[Placed[Norm]]]]:
        """Who applies in a tier, each with the norms that say so; nobody where a section of its own tells all applicants."""
        if self.shows("applicants"):
            return []
        stages = {stage.placed.norm.id for stage in tier.stages}
        own = ((name, [p for p in norms if p.norm.id in stages]) for name, norms in self.applicants)
        return [(name, norms) for name, norms in own if norms]

    def limits(self, section: Section) -> list[Placed[TimeLimit]]:
        """The time limits of a section."""
        return [p for p in self.norms(section) if isinstance(p.norm, TimeLimit)]  # type: ignore[misc]

    def papers(self, section: Section) -> list[PaperView]:
        """The papers that the norms of a section ask for, in the order of the text."""
        return [paper for placed in self.norms(section) for paper in self._papers(placed)]

    def papers_of(self, tier: TierView) -> list[PaperView]:
        """The papers that a tier asks for, each once."""
        asking: list[Placed[Norm]] = [
            p for p in (tier.consultation, *(s.placed for s in tier.stages), tier.publicity) if p
        ]
        return list({paper.name: paper for placed in asking for paper in self._papers(placed)}.values())

    @cached_property
    def all_papers(self) -> list[str]:
        """The names of every paper that some section asks for, each once."""
        asked = (paper.name for s in self.guide.sections if s.show == "papers" for paper in self.papers(s))
        return list(dict.fromkeys(asked))

    @cached_property
    def unstated(self) -> list[str]:
        """The standard elements that neither the guide nor the office states, by key."""
        return [
            key for key in ASKED if key not in self.guide.elements and key not in self.said and not self._known(key)
        ]

    def _known(self, key: str) -> bool:
        """Whether a section answers an element that the guide does not name."""
        return bool(
            (key == "served" and self.applicants)
            or (key == "body" and any(tier.decided_by for tier in self.tiers))
            or (key == "materials" and self.all_papers)
        )

    @cached_property
    def audience(self) -> list[str]:
        """Who comes with it: the applicants that the law names, else those that the office says it serves, else those it applies to."""
        served = self.guide.elements.get("served")
        scopes = [placed.norm for placed in (self.norms(served) if served else ()) if isinstance(placed.norm, Scope)]
        applies = [called(self.names, "offices", subject) for scope in scopes for subject in scope.subjects]
        return [name for name, _ in self.applicants] or self.said.get("served", []) or applies

    def shows(self, part: str) -> Section | None:
        """The first section that is printed by a part of the templates."""
        return next((section for section in self.guide.sections if section.show == part), None)

    def _papers(self, placed: Placed[Norm]) -> list[PaperView]:
        norm, names = placed.norm, self.names
        form = (norm.form,) if isinstance(norm, Publicity) and norm.form else ()
        wanted: tuple[str, ...] = form or getattr(norm, "papers", ())
        forms = {form.id for form in placed.version.forms}
        when = self.law.tier_name(norm.tier).zh if isinstance(norm, ApprovalGate | Procedure | Publicity) else ""
        return [
            PaperView(
                called(names, "papers", p),
                p if p in forms else "",
                when or placed.provision.heading,
                placed,
            )
            for p in wanted
        ]

    @cached_property
    def leave_tables(self) -> list[needs_tables.NeedsTable]:
        """What each leave needs, one table for each stretch of days with the same answers."""
        return needs_tables.tables(self.library, self.guide.instruments, self.law.jurisdiction)

    def boxes(self, section: Section) -> list[BoxView]:
        """The steps of a section's flow chart."""
        return [view for box in section.steps for view in self._boxes(box)]

    def _boxes(self, box: Box) -> Iterator[BoxView]:
        law = self.law_for(box.instrument)
        listed = law.placed.get(box.each_of)
        names = [v.name for v in listed.norm.values] if listed and isinstance(listed.norm, Enumeration) else []
        norms = [*([listed] if listed else []), *(p for p in box.of(law) if p is not listed)]
        if box.in_turn:
            yield from (BoxView(f"{box.title}：{name}", (), norms) for name in names)
        else:
            yield BoxView(box.title, tuple(names), norms)

    def chart(self, section: Section) -> Markup:
        """A section's flow chart as SVG."""
        return flow(f"{self.guide.short}：{section.title}", [FlowStep(b.title, b.beside) for b in self.boxes(section)])

    def targets(self, section: Section) -> list[Placed[Target]]:
        """The targets of a section."""
        return [p for p in self.norms(section) if isinstance(p.norm, Target)]  # type: ignore[misc]

    def duties(self, section: Section) -> dict[str, list[tuple[str, Placed[Norm]]]]:
        """Who (as named in the norm, or by the duty before it) does what, each with its norm."""
        found: dict[str, list[tuple[str, Placed[Norm]]]] = {}
        for placed in self.norms(section):
            office = ""
            for duty in placed.norm.duties if isinstance(placed.norm, Duties) else ():
                office = called(placed.version.names, "offices", duty.office) if duty.office else office
                found.setdefault(office, []).append((duty.task, placed))
        return found


def _own_version(law: Law, instrument: str) -> PolicyVersion:
    """An instrument's own version among those that amend it or that it overlays."""
    return next((v for v in reversed(law.versions) if v.instrument == instrument), law.versions[-1])
