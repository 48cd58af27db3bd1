"""How a mark follows from its facts, as a spreadsheet formula and as the figure that the formula gives.

A sheet shows each rule with its fact in a row: what was found, and the rule's own figures (bounds, points, floor). The
formula of a mark refers to these cells alone, so that a reader can change a fact and see what becomes of the mark.
"""

from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal

from msgspec import Struct

from banshi.law.instruments import Placed
from banshi.law.norms import Bound, ScoreRule
from banshi.subjects.assessment.facts import Facts
from banshi.subjects.assessment.results import ScoreLine

_ONE = Decimal(1)
_HUNDRED = Decimal(100)
_CENT = Decimal("0.01")
_SAID = ("zero", "multiply", "subtract")  # effects that a formula can say
_CLOSE = Decimal("1e-12")  # quotients are cut off after 28 digits
_RATE = "%"
YES = "是"


class Cells(Struct, frozen=True):
    """Where a rule's row stands: the columns of its figures, by what they hold, and its number."""

    count: str
    of: str
    rate: str
    low: str
    high: str
    points: str
    floor: str

    @staticmethod
    def in_row(number: int, columns: Mapping[str, str]) -> "Cells":
        """The cells of one row; ``columns`` gives a letter for each field."""
        return Cells(**{field: f"{letter}{number}" for field, letter in columns.items()})


class FactRow(Struct, frozen=True):
    """A rule with what was found of its fact: a count, a rate (``count`` of ``of``), or whether it is so."""

    placed: Placed[ScoreRule]
    name: str
    count: Decimal | None
    of: Decimal | None
    found: bool | None
    evidence: str

    @property
    def rule(self) -> ScoreRule:
        """The norm."""
        return self.placed.norm

    @property
    def low(self) -> Bound | None:
        """The lower bound of what the rule is about."""
        return self.rule.bound.lower if self.rule.bound else None

    @property
    def high(self) -> Bound | None:
        """The upper bound."""
        return self.rule.bound.upper if self.rule.bound else None

    @property
    def is_rate(self) -> bool:
        """Whether the fact is a rate, in percent."""
        return self.rule.bound is not None and self.rule.bound.unit == _RATE

    @property
    def rate(self) -> Decimal | None:
        """The rate in percent; None where there is none, or nothing to divide by."""
        if self.count is None or not self.of:
            return None
        return self.count / self.of * _HUNDRED

    @property
    def known(self) -> bool:
        """Whether the sheet can compute with what was found."""
        if self.rule.bound is None:
            return self.found is not None
        return (self.rate if self.is_rate else self.count) is not None

    def holds(self) -> bool:
        """Whether what was found is what the rule is about."""
        if self.rule.bound is None:
            return bool(self.found)
        value = self.rate if self.is_rate else self.count
        assert value is not None
        return self.rule.bound.contains(value)

    def holds_formula(self, cells: Cells) -> str:
        """The same for a spreadsheet."""
        if self.rule.bound is None:
            return f'{cells.count}="{YES}"'
        value = cells.rate if self.is_rate else cells.count
        ends = ((self.low, ">", cells.low), (self.high, "<", cells.high))
        tests = [f"{value}{sign}{'=' if end.inclusive else ''}{cell}" for end, sign, cell in ends if end]
        return tests[0] if len(tests) == 1 else f"AND({','.join(tests)})"

    def taken(self) -> Decimal:
        """What a ``subtract`` rule takes: its points for each unit between its bounds."""
        assert self.count is not None and self.low is not None
        most = self.count if self.high is None else min(self.count, self.high.value)
        return (self.rule.points or Decimal(0)) * max(Decimal(0), most - self.low.value + _ONE)

    def taken_formula(self, cells: Cells) -> str:
        """The same for a spreadsheet."""
        most = cells.count if self.high is None else f"MIN({cells.count},{cells.high})"
        return f"{cells.points}*MAX(0,{most}-{cells.low}+1)"

    @property
    def countable(self) -> bool:
        """Whether units can be counted between the rule's bounds: both include their ends."""
        return self.low is not None and self.low.inclusive and (self.high is None or self.high.inclusive)


def fact_row(placed: Placed[ScoreRule], name: str, facts: Facts) -> FactRow:
    """A rule's row: a count without what is exempt, of counts by day the highest, a rate, or whether something is so."""
    slug = placed.norm.fact
    stated, rate, days = facts.get(slug), facts.rate(slug), facts.days(slug)
    evidence = stated.evidence if stated else None
    if rate is not None:
        return FactRow(placed, name, Decimal(rate.part), Decimal(rate.whole), None, evidence or "")
    count = max(days.values(), default=0) if days is not None else facts.count(slug)
    net = None if count is None else Decimal(max(0, count - facts.exempt(placed)))
    return FactRow(placed, name, net, None, facts.found(slug), evidence or "")


class Way(Struct, frozen=True):
    """How a mark is computed from rows: not below ``floor`` (where ``floored``), rounded to cents where ``rounded``."""

    full: Decimal
    rows: tuple[FactRow, ...]
    floored: bool = True
    rounded: bool = False

    def value(self) -> Decimal:
        """The mark."""
        if any(row.holds() for row in self._of("zero")):
            return Decimal(0)
        mark = self.full
        for row in self._of("multiply"):
            mark = mark * (row.count or 0) / (row.of or _ONE) if row.holds() else mark
        mark -= sum((row.taken() for row in self._of("subtract")), Decimal(0))
        floor = self._floor
        if floor is not None:
            mark = max(mark, floor.rule.floor or Decimal(0))
        return mark.quantize(_CENT, rounding=ROUND_HALF_UP) if self.rounded else mark

    def formula(self, full: str, cells: Sequence[Cells]) -> str:
        """The same for a spreadsheet; ``cells``: where each row stands."""
        places = dict(zip(map(id, self.rows), cells, strict=True))
        said = full
        for row in self._of("multiply"):
            at = places[id(row)]
            said = f"{said}*IF({row.holds_formula(at)},{at.count}/{at.of},1)"
        for row in self._of("subtract"):
            said = f"{said}-{row.taken_formula(places[id(row)])}"
        if self._floor is not None:
            said = f"MAX({places[id(self._floor)].floor},{said})"
        if self.rounded:
            said = f"ROUND({said},2)"
        tests = [row.holds_formula(places[id(row)]) for row in self._of("zero")]
        if not tests:
            return f"={said}"
        any_of = tests[0] if len(tests) == 1 else f"OR({','.join(tests)})"
        return f"=IF({any_of},0,{said})"

    def _of(self, effect: str) -> list[FactRow]:
        return [row for row in self.rows if row.rule.effect == effect]

    @property
    def _floor(self) -> FactRow | None:
        if not self.floored:
            return None
        return next((row for row in self._of("subtract") if row.rule.floor is not None), None)


def way_of(line: ScoreLine, rows: Sequence[FactRow]) -> Way | None:
    """The way that leads to a line's mark; None where it rests on more than these rows (a person's judgement, say)."""
    mark = line.mark.value
    if mark is None or not rows or not all(map(_usable, rows)):
        return None
    for floored, rounded in ((True, False), (True, True), (False, False), (False, True)):
        way = Way(line.marks, tuple(rows), floored, rounded)
        if abs(way.value() - mark) < _CLOSE:
            return way
    return None


def _usable(row: FactRow) -> bool:
    """Whether a formula says all of a rule: one that agrees only by chance would go wrong when the fact is changed."""
    rule = row.rule
    whole = rule.digits is None and rule.product_digits is None and rule.at_most is None and not rule.once
    return row.known and whole and rule.effect in _SAID and (rule.effect != "subtract" or row.countable)
