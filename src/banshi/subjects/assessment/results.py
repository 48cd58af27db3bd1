"""What an assessment comes to: lines of the base score, entries of bonus and deduction, a window's score, its rank.

Every mark and every point carries reasons that cite norms. Marks and points are exact ``Decimal`` values; they are
rounded only where they are shown (``shown``).
"""

from decimal import ROUND_HALF_UP, Decimal

from msgspec import Struct

from banshi.base.text import Text
from banshi.files.findings import Route
from banshi.law.assessment_periods import YearPeriod
from banshi.law.decisions import Decision, Reason
from banshi.law.instruments import Placed
from banshi.law.norms import Adjustment, RateBonus, ScoreSubItem
from banshi.subjects.assessment.forms import Window

_ENDLESS = Decimal(1_000_000)
_SHOWN, _KEPT, _EXACT = Decimal("0.01"), Decimal("0.0001"), Decimal(1).scaleb(-20)


def shown(points: Decimal) -> str:
    """Points as sheets and messages print them: two decimals, halves away from zero."""
    return f"{points.quantize(_SHOWN, rounding=ROUND_HALF_UP)}"


def end(points: Decimal) -> Decimal | None:
    """The least or the most that something can be; None where it only says that any number may be lost or given."""
    return points if abs(points) < _ENDLESS else None


def between(least: Decimal, most: Decimal) -> Text:
    """Between what points lie: 在 3.00 至 5.00 分之间, 至少 3.00 分."""
    low, high = end(least), end(most)
    if low is None or high is None:
        zh = [f"至少 {shown(low)} 分"] if low is not None else [f"至多 {shown(high)} 分"] if high is not None else []
        en = [f"at least {shown(low)}"] if low is not None else [f"at most {shown(high)}"] if high is not None else []
        return Text(*(zh or ["有多少都不知道"]), *(en or ["anything"]))
    return Text(f"在 {shown(low)} 至 {shown(high)} 分之间", f"between {shown(low)} and {shown(high)}")


def kept(points: Decimal) -> Decimal:
    """A product with the four decimals that are kept of it."""
    return points.quantize(_KEPT, rounding=ROUND_HALF_UP)


def exact(points: Decimal) -> Decimal:
    """A quotient with twenty decimals, which stand for its exact value: sums of such values lose nothing more."""
    value = points.quantize(_EXACT, rounding=ROUND_HALF_UP).normalize()
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value  # never 1E+1


def half_up(value: Decimal, digits: int) -> Decimal:
    """A value with so many decimals, halves away from zero."""
    return value.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)


class FactUse(Struct, frozen=True):
    """A fact that a line looked at: its slug and Chinese name, what was said (empty: nothing), evidence, its place."""

    slug: str
    name: str
    said: str
    evidence: str | None
    route: Route

    @property
    def stated(self) -> bool:
        """Whether anything was said."""
        return bool(self.said)


class ScoreLine(Struct, frozen=True):
    """One sub-item: its mark (None: not determined) and, for all that is known, the least and the most that it can be.

    ``forfeited``: a rule takes the whole mark for the quarter. ``suggested``: what the data suggest of a mark that a person
    gives.
    """

    placed: Placed[ScoreSubItem]
    mark: Decision[Decimal]
    facts: tuple[FactUse, ...]
    at_least: Decimal
    at_most: Decimal
    forfeited: bool = False
    suggested: Decimal | None = None

    @property
    def id(self) -> str:
        """The norm's id."""
        return self.placed.norm.id

    @property
    def marks(self) -> Decimal:
        """The full marks."""
        return self.placed.norm.marks

    @property
    def lost(self) -> Decimal | None:
        """What was lost of the full marks; None where the mark is not determined."""
        return None if self.mark.value is None else self.marks - self.mark.value


class ScoreEntry(Struct, frozen=True):
    """One bonus or deduction.

    ``placed`` is None where no norm knows the fact. ``full``: by the norm alone; ``points``: as counted, after
    highest-only and the item's own cap (0 when not counted). ``counted`` is False where it does not count, None where
    that is not determined. ``group``: its matter or event. ``route``: its place in the file.
    """

    fact: str
    name: str
    placed: Placed[Adjustment] | Placed[RateBonus] | None
    full: Decimal
    points: Decimal
    counted: bool | None
    reasons: tuple[Reason, ...]
    evidence: str | None
    group: str | None
    route: Route


class WindowScore(Struct, frozen=True):
    """A window's period. ``index``: its place in the file's list of windows.

    ``deduction_total`` is not negative and is taken off. ``total`` is None where a part is not determined; it lies
    between ``at_least`` and ``at_most``, provided that every bonus and deduction is listed. ``effects``: what overdue
    cases touch at once. ``notes``: what else has to be known. ``vetoed``: why the period is decided by a fact alone.
    """

    index: int
    window: Window
    period: YearPeriod
    lines: tuple[ScoreLine, ...]
    base: Decision[Decimal]
    bonus: tuple[ScoreEntry, ...]
    bonus_total: Decision[Decimal]
    deductions: tuple[ScoreEntry, ...]
    deduction_total: Decision[Decimal]
    total: Decision[Decimal]
    at_least: Decimal
    at_most: Decimal
    effects: tuple[Reason, ...] = ()
    notes: tuple[Reason, ...] = ()
    scored: bool = True
    vetoed: tuple[Reason, ...] = ()

    def line(self, sub_item: str) -> ScoreLine:
        """The line of a sub-item. Raises ``KeyError``."""
        for line in self.lines:
            if line.id == sub_item:
                return line
        raise KeyError(sub_item)

    @property
    def undetermined(self) -> tuple[ScoreLine, ...]:
        """Lines whose mark is not determined."""
        return tuple(line for line in self.lines if line.mark.value is None)


class Rank(Struct, frozen=True):
    """A window's place: 1 is the best, ties share a place; None: not ranked, or not determined (``why`` says so).

    ``best``, ``worst``: between which places it lies, as far as is known; None where it is not ranked at all.
    """

    place: int | None
    score: WindowScore
    why: Reason | None = None
    best: int | None = None
    worst: int | None = None
