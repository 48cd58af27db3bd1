"""The norms of assessment arranged for scoring: which rules touch a sub-item, what a fact must look like."""

from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property
from typing import TYPE_CHECKING, Literal, TypeVar

from banshi.law.instruments import Placed
from banshi.law.library import Law
from banshi.law.norms import (
    Adjustment,
    Bounds,
    Cap,
    Consequence,
    HighestOnly,
    Norm,
    PersonalMark,
    RateBonus,
    ScoreCombination,
    ScoreGroup,
    ScoreRule,
    ScoreSubItem,
    ScoreTotal,
    ScoreWeighting,
    Veto,
    called,
)
from banshi.law.norms.assessment import PeriodKind

if TYPE_CHECKING:
    from banshi.subjects.assessment.readings import Otherwise
    from banshi.subjects.assessment.results import WindowScore

K = TypeVar("K")
V = TypeVar("V")
Sort = Literal["count", "rate", "found", "days", "limits", "amount"]
PER_DAY = "工作日"  # a rule's ``per`` when its fact is counted day by day
RATE, WORKING_DAYS = "%", "个工作日"  # units of bounds
MEASURED = (
    "秒",
    "分钟",
    "小时",
    "天",
    "元",
    "万元",
)  # units in which a fact may have decimals; of others there are whole ones
# Roles of facts: what they tell besides their own rule.
OVERDUE, TOUCHED = "overdue", {"parallel": "overdue_parallel", "online": "overdue_online"}
BREACHES, TIME_SAVED = "attendance_breaches", "time_saved"


class AssessmentBook:
    """A law's norms of assessment, by what they are about.

    ``combined``: for a period whose scores come from shorter ones, so that only what people give besides is stated;
    ``kind``: of which sort the period is (None: of any). ``scored``: by place in the file, what the last one stated and its score.
    """

    def __init__(self, law: Law, combined: bool = False, kind: PeriodKind | None = None) -> None:
        self.law, self.combined, self.kind = law, combined, kind
        self.sub_items = law.all(ScoreSubItem)
        self.totals = law.all(ScoreTotal)
        self.groups = law.all(ScoreGroup)
        self.vetoes = law.all(Veto)
        self.rate_bonuses = law.all(RateBonus)
        self.caps = {p.norm.of: p for p in law.all(Cap)}
        self.highest = {p.norm.scale: p for p in law.all(HighestOnly)}
        self.scored: dict[int, tuple[object, WindowScore]] = {}

    @cached_property
    def rules(self) -> dict[str, list[Placed[ScoreRule]]]:
        """By sub-item: the rules that cost marks."""
        return _grouped((p.norm.sub_item, p) for p in self._rules if p.norm.effect != "exempt")

    @cached_property
    def also(self) -> dict[str, list[Placed[ScoreRule]]]:
        """By sub-item: rules of other sub-items that cost this one its mark too."""
        return _grouped((other, p) for p in self._rules for other in p.norm.also_sub_items)

    @cached_property
    def exemptions(self) -> dict[tuple[str, str], list[Placed[ScoreRule]]]:
        """By sub-item and fact: rules that say what does not count."""
        return _grouped(((p.norm.sub_item, p.norm.fact), p) for p in self._rules if p.norm.effect == "exempt")

    @cached_property
    def adjustments(self) -> dict[tuple[str, str], Placed[Adjustment]]:
        """By scale and fact."""
        return {(p.norm.scale, p.norm.fact): p for p in self.law.all(Adjustment)}

    @cached_property
    def sorts(self) -> dict[str, Sort]:
        """What each fact that a file may state must look like, in the order of the text."""
        found: dict[str, Sort] = {}
        for placed in self.law.placed.values():
            if isinstance(placed.norm, ScoreCombination) == self.combined and not self._of_another(placed.norm):
                own = sorts_of(placed.norm, self.roles.get(TIME_SAVED, ""))
                found.update({slug: sort for slug, sort in own if slug not in found})
        return found

    def _of_another(self, norm: Norm) -> bool:
        """Whether it weighs the scores of another sort of period."""
        return isinstance(norm, ScoreWeighting) and self.kind is not None and norm.period != self.kind

    @cached_property
    def given(self) -> list[str]:
        """The facts that are marks of people for a period which has sub-items besides."""
        return [] if self.combined else [mark.fact for _, mark in self.personal]

    @cached_property
    def personal(self) -> list[tuple[Placed[ScoreCombination] | Placed[ScoreWeighting], PersonalMark]]:
        """The marks of people for the whole period, each with the norm that asks for it."""
        if self.combined:
            return [(placed, mark) for placed in self.law.all(ScoreCombination) for mark in placed.norm.plus]
        weighing = [placed for placed in self.law.all(ScoreWeighting) if not self._of_another(placed.norm)]
        return [(placed, mark) for placed in weighing for mark in placed.norm.plus]

    def about(self, slug: str) -> list[Placed[Norm]]:
        """The norms that look at a fact."""
        time_saved = self.roles.get(TIME_SAVED, "")
        return [p for p in self.law.placed.values() if slug in dict(sorts_of(p.norm, time_saved))]

    @cached_property
    def needed(self) -> dict[str, Sort]:
        """Facts without which some sub-item that rules decide is not determined."""
        if self.combined:
            return self.sorts
        by_rule = [p.norm.fact for rules in self.rules.values() for p in rules]
        further = [f.measure for p in self.sub_items if not p.norm.manual for f in p.norm.further]
        vetoes = [p.norm.fact for p in self.vetoes]
        return {slug: self.sorts[slug] for slug in dict.fromkeys([*by_rule, *further, *vetoes, *self.given])}

    @cached_property
    def manual(self) -> dict[str, Placed[ScoreSubItem]]:
        """Sub-items whose mark a person enters, by id."""
        return {p.norm.id: p for p in self.sub_items if p.norm.manual}

    @cached_property
    def by_person(self) -> set[str]:
        """Ids of the sub-items that a person always marks: said to be so, or without any rule on how they are lost."""
        return {p.norm.id for p in self.sub_items if p.norm.manual or not self.rules.get(p.norm.id)}

    @cached_property
    def analogy(self) -> Placed[Norm] | None:
        """What lets a case be treated like one that the text names."""
        return next((p for p in self.law.all(Consequence) if p.norm.of == "case_not_named"), None)

    @cached_property
    def roles(self) -> dict[str, str]:
        """Role → the fact that has it."""
        facts = [pair for version in self.law.versions for pair in version.facts.items()]
        return {fact.role: slug for slug, fact in facts if fact.role}

    @cached_property
    def overdue(self) -> str:
        """The fact that counts late cases; empty where none does."""
        return self.roles.get(OVERDUE, "")

    @cached_property
    def touched(self) -> dict[str, str]:
        """Facts that a late case touches besides, by the key of a deduction that tells so."""
        return {key: self.roles[role] for key, role in TOUCHED.items() if role in self.roles}

    @cached_property
    def late(self) -> tuple[str, ...]:
        """Every fact about late cases."""
        return tuple(filter(None, (self.overdue, *self.touched.values())))

    @cached_property
    def breaches(self) -> str:
        """The fact that attendance registers count; empty where none is such."""
        return self.roles.get(BREACHES, "")

    @cached_property
    def read_otherwise(self) -> "tuple[Otherwise, ...]":
        """Every other answer to the questions that the norms of assessment depend on."""
        from banshi.subjects.assessment.readings import others  # late: an answer has a book of its own

        return others(self)

    @cached_property
    def bonus_by_approval(self) -> bool:
        """Whether a bonus counts only with a record of its approval."""
        return any(p.norm.bonus_by_approval for p in self.totals)

    @cached_property
    def late_where_heaviest(self) -> bool:
        """Whether a late case costs only where it costs most."""
        return any(p.norm.late_cases == "heaviest" for p in self.totals)

    @cached_property
    def forfeits_all(self) -> bool:
        """Whether a mark that is lost as a whole takes the base score of the period with it."""
        return any(p.norm.forfeited == "period" for p in self.totals)

    @cached_property
    def by_statute(self) -> bool:
        """Whether only what exceeds the statutory limit is late."""
        late = self.adjustments.get(("deduction", self.overdue))
        return late is not None and late.norm.against == "statutory"

    @cached_property
    def digits(self) -> int | None:
        """To how many decimals a total is rounded; None: not at all."""
        return next((p.norm.digits for p in self.totals if p.norm.digits is not None), None)

    @cached_property
    def parts(self) -> Placed[ScoreTotal] | None:
        """What the score is made of."""
        return next((p for p in self.totals if p.norm.parts), None)

    @cached_property
    def names(self) -> dict[str, str]:
        """Ids and what they are called."""
        return {key: name for version in self.law.versions for key, name in version.names.items()}

    def name(self, slug: str) -> str:
        """What a fact, or another id, is called."""
        return called(self.names, "facts", slug)

    def unit(self, slug: str) -> str:
        """What a fact is counted in."""
        return self._units.get(slug, "")

    @cached_property
    def _units(self) -> dict[str, str]:
        return {slug: fact.unit for version in self.law.versions for slug, fact in version.facts.items()}

    @cached_property
    def offices(self) -> dict[str, frozenset[str]]:
        """Role → everything that it may be called in a file, its id included."""
        return {
            role: frozenset((role, office.name, *office.also))
            for version in self.law.versions
            for role, office in version.offices.items()
        }

    @cached_property
    def _rules(self) -> list[Placed[ScoreRule]]:
        return self.law.all(ScoreRule)


def _grouped(pairs: Iterable[tuple[K, V]]) -> dict[K, list[V]]:
    found: defaultdict[K, list[V]] = defaultdict(list)
    for key, value in pairs:
        found[key].append(value)
    return dict(found)


def sorts_of(norm: Norm, time_saved: str) -> list[tuple[str, Sort]]:
    """What the facts that a norm looks at must look like; what does not count looks as that looks which does.

    ``time_saved``: the fact that is stated as the limits of each matter, from which the reduction follows.
    """
    if isinstance(norm, ScoreRule):
        if norm.effect == "exempt":
            return []
        own = (norm.fact, sort_of(norm))
        return [own, *([(norm.other_reading_fact, own[1])] if norm.other_reading_fact else [])]
    if isinstance(norm, RateBonus):
        return [(rate, "rate") for rate in norm.rates]
    if isinstance(norm, Veto):
        return [(norm.fact, "count" if norm.bound else "found")]
    if isinstance(norm, ScoreCombination | ScoreWeighting):
        return [(given.fact, "amount") for given in norm.plus]
    return _asked_for(norm, time_saved) if isinstance(norm, ScoreSubItem) else []


def _asked_for(norm: ScoreSubItem, time_saved: str) -> list[tuple[str, Sort]]:
    further: list[tuple[str, Sort]] = [(m.measure, _measure_sort(m.bound)) for m in norm.further]
    if norm.measure is None or norm.bound is None:
        return further
    return [(norm.measure, "limits" if norm.measure == time_saved else _measure_sort(norm.bound)), *further]


def sort_of(norm: ScoreRule) -> Sort:
    """What the fact of a rule must look like."""
    if norm.bands:
        unit = norm.bands[0].bound.unit
        return "rate" if unit == RATE else "amount" if norm.pro_rata or unit in MEASURED else "count"
    if norm.bound is None:
        return "found"
    if norm.pro_rata or (norm.bound.unit in MEASURED and norm.effect in ("zero", "by_steps")):
        return "amount"
    measured = _measure_sort(norm.bound)
    return "days" if norm.per == PER_DAY and measured == "count" else measured


def _measure_sort(bound: Bounds) -> Sort:
    return "rate" if bound.unit == RATE else "count"
