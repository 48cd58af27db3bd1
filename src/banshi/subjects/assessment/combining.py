"""Scores of longer periods from those of shorter ones: weighted, with what people give besides, ranked and graded."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from msgspec import Struct, field
from msgspec.structs import replace

from banshi.base.money import plain
from banshi.base.text import Text
from banshi.law.assessment_periods import (
    PeriodAsked,
    YearPeriod,
    asked,
    combines,
    law_for,
    parts_of,
    periods,
    scored_kinds,
)
from banshi.law.decisions import Decision, Reason
from banshi.law.instruments import Placed
from banshi.law.library import Law
from banshi.law.norms import Grade, PersonalMark, Ranking, ScoreCombination, called
from banshi.law.norms.assessment import PeriodKind
from banshi.subjects.assessment.case import AssessmentInLaw
from banshi.subjects.assessment.forms import Window
from banshi.subjects.assessment.grades import Graded, graded
from banshi.subjects.assessment.personal_marks import ends_of, given
from banshi.subjects.assessment.ranks import Ends, ends, group_of, ranking_norm
from banshi.subjects.assessment.results import half_up, shown

ZERO, _ALL = Decimal(0), Decimal(100)
_ANYTHING: Ends = (Decimal("-Infinity"), Decimal("Infinity"))


class PeriodTotal(Struct, frozen=True):
    """A window's score for a period; ``vetoes``: why a fact alone decides it, or a period that it holds.

    ``ends``: where it is not determined, between what it lies (None: anything). ``absent``: nothing was scored there.
    """

    decision: Decision[Decimal]
    vetoes: tuple[Reason, ...] = ()
    ends: Ends | None = None
    absent: bool = False

    @property
    def between(self) -> Ends | None:
        """Between what it lies; None: it may be anything."""
        value = self.decision.value
        return self.ends if value is None else (value, value)


class RankedWindow(Struct, frozen=True):
    """A window's line: its score, its place in its group and its grade (None: the law has no grades).

    ``places``: the best and the worst place where the place is not a fact (``place`` is None then).
    """

    window: Window
    group: str | None
    group_name: str
    total: PeriodTotal
    place: int | None = None
    places: tuple[int, int] | None = None
    grade: Graded | None = None


class Combined(Struct, frozen=True):
    """A centre's windows in a longer period, or in any that is graded."""

    centre: str
    fictional: bool
    period: YearPeriod
    law: Law
    rows: tuple[RankedWindow, ...]

    def only(self, window: str | None) -> "Combined":
        """With this window's line alone; None: all."""
        return self if window is None else replace(self, rows=tuple(r for r in self.rows if r.window.id == window))

    @property
    def title(self) -> Text:
        """The centre with the period."""
        days = f"{self.period.start} – {self.period.end}"
        return Text(
            f"{self.centre}  {self.period.said}（{days}）：得分、名次和等次",
            f"{self.centre}  {self.period} ({days}): scores, places and grades",
        )


def combined(cases: Sequence[AssessmentInLaw]) -> list[Combined]:
    """Every longer period that the cases are about, in the order of time; each centre by itself."""
    centres: dict[tuple[str, str], list[AssessmentInLaw]] = {}
    for case in cases:
        centres.setdefault((case.assessment.jurisdiction, case.assessment.centre), []).append(case)
    return [found for own in centres.values() for found in Combiner(own).all()]


class Combiner(Struct):
    """The cases of one centre, by period."""

    cases: Sequence[AssessmentInLaw]
    by_period: dict[PeriodAsked, list[AssessmentInLaw]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for case in self.cases:
            if (wanted := asked(case.assessment.asked)) is not None:
                self.by_period.setdefault(wanted, []).append(case)

    def all(self) -> Iterator[Combined]:
        """The periods that are combined or graded, with their windows."""
        first = self.cases[0].assessment
        for law, period in sorted(self._wanted(), key=lambda found: (found[1].end, -found[1].start.toordinal())):
            lost = max(
                (len(c.lost) for part in _inside(law, period) for c in self.by_period.get(part.asked, ())), default=0
            )
            rows = [self._row(window, law, period) for window in self._windows(law, period)]
            rows = self._placed(rows, lost, ranking_norm(law), period)
            yield Combined(first.centre, first.fictional, period, law, tuple(graded(rows, law, period, lost)))

    def _wanted(self) -> list[tuple[Law, YearPeriod]]:
        """The law and the days of every period that has a given one in it (or is given) and is combined or graded."""
        found: dict[PeriodAsked, tuple[Law, YearPeriod]] = {}
        for case in self.cases:
            if case.law is None or case.period is None:
                continue
            for wanted in _holding(case.law, case.period):
                own = law_for(case.library, case.assessment.jurisdiction, wanted)
                if own is not None and (combines(own[0], wanted.kind) or _is_graded(own[0], wanted.kind)):
                    found.setdefault(wanted, own)
        return list(found.values())

    def _windows(self, law: Law, period: YearPeriod) -> list[Window]:
        """The windows of a period and of those in it, each as it was stated last."""
        known: dict[str, Window] = {}
        for part in _inside(law, period):
            for case in self.by_period.get(part.asked, ()):
                known.update({w.id: w for w in case.assessment.windows if not w.combined})
        return [known[key] for key in sorted(known)]

    def _row(self, window: Window, law: Law, period: YearPeriod) -> RankedWindow:
        norm = ranking_norm(law)
        group = group_of(window, norm)
        names = {each.value: each.name for each in norm.norm.groups} if norm else {}
        return RankedWindow(window, group, names.get(group or "", ""), self.total(window.id, law, period))

    def total(self, window: str, law: Law, period: YearPeriod) -> PeriodTotal:
        """A window's score for a period."""
        cases, norm = self.by_period.get(period.asked, []), combines(law, period.kind)
        if len(cases) > 1:
            text = Text(f"{period} 的文件不止一个，不知道以哪一个为准", f"there is more than one file of {period}")
            return PeriodTotal(Decision(None, (Reason(text, period.placed.cite),)))
        if norm is None:
            return self._scored(window, cases[0] if cases else None, period)
        of = list(parts_of(law, period, norm.norm.of))
        parts, names = [self.total(window, law, part) for part in of], [str(part) for part in of]
        vetoes = tuple(
            Reason(_of_part(name, why.text), why.basis)
            for name, part in zip(names, parts, strict=True)
            for why in part.vetoes
        )
        case = cases[0] if cases else None
        ends = _ends(norm, parts, [_given(norm, mark, window, case).value for mark in norm.norm.plus])
        absent = case is None and all(part.absent for part in parts)
        return PeriodTotal(
            self._combined(window, norm, dict(zip(names, parts, strict=True)), case), vetoes, ends, absent
        )

    def _scored(self, window: str, case: AssessmentInLaw | None, period: YearPeriod) -> PeriodTotal:
        found = [score for score in case.scores if score.window.id == window] if case else []
        if len(found) == 1 and found[0].scored:
            return PeriodTotal(found[0].total, found[0].vetoed, ends(found[0]))
        text = Text(f"没有 {period} 的得分", f"there is no score for {period}")
        if len(found) > 1:
            text = Text(f"{period} 的文件里编号重复", f"its id is entered more than once in {period}")
        absent = not found and not (case and case.lost)  # one that was not read may be this
        return PeriodTotal(Decision(None, (Reason(text, period.placed.cite),)), absent=absent)

    def _combined(
        self, window: str, norm: Placed[ScoreCombination], parts: dict[str, PeriodTotal], case: AssessmentInLaw | None
    ) -> Decision[Decimal]:
        whole = _of_parts(norm, parts)
        marks = [_given(norm, mark, window, case) for mark in norm.norm.plus]
        missing = tuple(reason for decision in (whole, *marks) if decision.value is None for reason in decision.reasons)
        if missing:
            return Decision(None, missing)
        values = [decision.value or ZERO for decision in (whole, *marks)]
        value = half_up(sum(values, ZERO), norm.norm.digits)
        said = " ＋ ".join(plain(each) for each in values)
        text = Text(f"{said}，保留{norm.norm.digits}位小数为 {plain(value)}", f"{said}, rounded: {plain(value)}")
        return Decision(value, (*whole.reasons, *(r for one in marks for r in one.reasons), Reason(text, norm.cite)))

    def _placed(
        self, rows: list[RankedWindow], lost: int, norm: Placed[Ranking] | None, period: YearPeriod
    ) -> list[RankedWindow]:
        """The rows with their places, group by group; those without one come last.

        A row whose score is not determined may stand where its bounds let it, one of no group that is known in any,
        and each window that was not read (``lost``) anywhere. Where the law ranks no such period, nothing has a place;
        where it ranks by groups, nothing that is in none.
        """
        ranked = norm is None or period.kind in norm.norm.periods
        grouped = norm is not None and bool(norm.norm.groups)
        placed = [
            self._place(row, rows, lost) if ranked and not (grouped and row.group is None) else row for row in rows
        ]
        return sorted(placed, key=lambda row: (row.group or "~", row.place is None, row.place or 0, row.window.id))

    def _place(self, row: RankedWindow, rows: list[RankedWindow], lost: int) -> RankedWindow:
        others = [other for other in rows if other is not row]
        same = [other.total.between or _ANYTHING for other in others if other.group == row.group]
        strays = [o.total.between or _ANYTHING for o in others if o.group is None and row.group is not None]
        if row.total.between is None and not same:
            return row
        low, high = row.total.between or _ANYTHING
        best = 1 + sum(least > high for least, _ in same)
        worst = 1 + sum(most > low for _, most in (*same, *strays)) + lost
        return replace(row, place=best) if best == worst else replace(row, places=(best, worst))


def _holding(law: Law, period: YearPeriod) -> Iterator[PeriodAsked]:
    """A period itself and those that rest on it, directly or not."""
    yield period.asked
    kinds: tuple[PeriodKind, ...] = ("quarter", "half_year", "year")
    for kind in kinds:
        for year in (period.year - 1, period.year, period.year + 1):
            for number in range(1, 5):
                wanted = PeriodAsked(kind, year, number)
                found = next((p for p in _of_kind(law, wanted)), None)
                if found and found.asked != period.asked and period.asked in [p.asked for p in _inside(law, found)]:
                    yield wanted


def _of_kind(law: Law, wanted: PeriodAsked) -> list[YearPeriod]:
    return [found for found in periods(law, wanted.kind, wanted.year) if found.number == wanted.number]


def _inside(law: Law, period: YearPeriod) -> Iterator[YearPeriod]:
    """A period and all that it is made of, the innermost first."""
    norm = combines(law, period.kind)
    for part in parts_of(law, period, norm.norm.of) if norm else ():
        yield from _inside(law, part)
    yield period


def _is_graded(law: Law, kind: str) -> bool:
    return kind in scored_kinds(law) and any(kind in placed.norm.periods for placed in law.all(Grade))


def _of_part(name: str, text: Text) -> Text:
    return Text(
        text.zh if text.zh.startswith("20") else f"{name} {text.zh}",
        text.en if text.en.startswith("20") else f"{name}: {text.en}",
    )


def _of_parts(norm: Placed[ScoreCombination], parts: dict[str, PeriodTotal]) -> Decision[Decimal]:
    """The weighted mean or sum of the parts."""
    own = norm.norm
    lacking = [name for name, part in parts.items() if part.decision.value is None]
    open_ones = any(part.decision.value is None and not part.absent for part in parts.values())
    values = [part.decision.value for part in parts.values() if part.decision.value is not None]
    if not values or open_ones or (lacking and own.missing == "not_determined"):
        named = "、".join(lacking) or "所含的各期"
        text = Text(f"没有 {named} 的得分", f"there is no score for {', '.join(lacking) or 'its parts'}")
        return Decision(None, (Reason(text, norm.cite),))
    whole, weighted = _weighed(own, values)
    how = "平均" if own.how == "mean" else "合计"
    share = "" if own.weight == _ALL else f" × {plain(own.weight)}%"
    said = "、".join(f"{name} {shown(p.decision.value)}" for name, p in parts.items() if p.decision.value is not None)
    gone = f"（没有得分的不计：{'、'.join(lacking)}）" if lacking else ""
    text = Text(f"{said}，{how} {_short(whole)}{share} ＝ {_short(weighted)}{gone}", f"{said}: {_short(weighted)}")
    return Decision(weighted, (Reason(text, norm.cite),))


def _weighed(own: ScoreCombination, values: Sequence[Decimal]) -> tuple[Decimal, Decimal]:
    """The mean or the sum of some scores, and what of it counts."""
    whole = sum(values, ZERO) / (len(values) if own.how == "mean" else 1)
    if own.mean_digits is not None:
        whole = half_up(whole, own.mean_digits)
        return whole, whole * own.weight / _ALL
    return whole, sum(values, ZERO) * own.weight / (_ALL * (len(values) if own.how == "mean" else 1))


def _ends(norm: Placed[ScoreCombination], parts: Sequence[PeriodTotal], marks: Sequence[Decimal | None]) -> Ends | None:
    """Between what a combined score lies; None where a part of it may be anything."""
    own, there = norm.norm, [part.between for part in parts if not part.absent]
    known = [between for between in there if between is not None]
    if not known or len(known) < len(there) or (len(there) < len(parts) and own.missing == "not_determined"):
        return None
    plus = [ends_of(mark, value) for mark, value in zip(own.plus, marks, strict=True)]
    least, most = (
        half_up(_weighed(own, [each[n] for each in known])[1] + sum((each[n] for each in plus), ZERO), own.digits)
        for n in (0, 1)
    )
    return least, most


def _short(value: Decimal) -> str:
    """A figure on the way with six decimals, without noughts at its end."""
    return plain(half_up(value, 6).normalize())


def _given(
    norm: Placed[ScoreCombination], mark: PersonalMark, window: str, case: AssessmentInLaw | None
) -> Decision[Decimal]:
    """What people give for the whole period, weighted."""
    name = (
        next((called(v.names, "facts", mark.fact) for v in case.law.versions if mark.fact in v.names), mark.fact)
        if case and case.law
        else mark.fact
    )
    own = [w for w in case.assessment.windows if w.id == window] if case else []
    fact = own[0].facts.get(mark.fact) if len(own) == 1 else None
    amount = None if fact is None else fact.amount if fact.amount is not None else fact.count
    return given(norm, mark, name, None if amount is None else Decimal(amount))
