"""Who comes first where results are equal: those without leave, then those with less.

Times and days have no common measure: where one person has fewer times and another fewer days, neither comes first,
and that is said. The leave that counts is the leave that the factors of the same articles count.
"""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Protocol

from msgspec import Struct

from banshi.base.text import Text
from banshi.law.decisions import Decision, Reason
from banshi.law.instruments import Placed
from banshi.law.norms import Factor, TieBreak
from banshi.subjects.attendance.periods import Days
from banshi.subjects.attendance.rulebook import Rules

_ZERO = Decimal(0)


class HasLeave(Protocol):
    """A person's leave in a period."""

    @property
    def staff(self) -> str:
        """The person's id."""

    @property
    def group(self) -> str:
        """Window staff or centre staff."""

    @property
    def leave(self) -> dict[str, Decimal]:
        """Days by kind."""

    @property
    def times(self) -> dict[str, int]:
        """Times by kind."""


class PlaceInOrder(Struct, frozen=True):
    """Those with the same leave: ``place`` counts from 1; ``unclear``: with some others no order is determined."""

    place: int
    staff: tuple[str, ...]
    times: Decimal
    days: Decimal
    unclear: bool = False


class OrderAmongEquals(Decision[tuple[PlaceInOrder, ...]], frozen=True):
    """The order among equals; None where the register does not cover the period."""


_Load = tuple[Decimal, Decimal]  # times and days


def precedence(rules: Rules, period: Days, people: Iterable[HasLeave], *, covered: bool) -> OrderAmongEquals | None:
    """The order in a period; None where no rule of its last day states one for its length."""
    rule = next(iter(rules.all(TieBreak)), None)
    factors = [p for p in rules.all(Factor) if p.norm.per == period.per]
    if rule is None or not factors:
        return None
    if not covered:
        return OrderAmongEquals(None, (Reason(_NOT_COVERED, rule.cite),))
    loads: dict[_Load, list[str]] = {}
    for person in people:
        own = [p.norm for p in factors if not p.norm.groups or person.group in p.norm.groups]
        if own:
            loads.setdefault((_sum(own, "times", person), _sum(own, "days", person)), []).append(person.staff)
    standings = tuple(_standings(rule, loads))
    reasons = [Reason(_how(rule), rule.cite)]
    if any(s.unclear for s in standings):
        reasons.append(Reason(_UNCLEAR))
    return OrderAmongEquals(standings, tuple(reasons))


def _sum(factors: list[Factor], counted: str, person: HasLeave) -> Decimal:
    kinds = dict.fromkeys(kind for norm in factors if norm.counted == counted for kind in norm.of)
    if counted == "times":
        return Decimal(sum(person.times.get(kind, 0) for kind in kinds))
    return sum((person.leave.get(kind, _ZERO) for kind in kinds), _ZERO)


def _standings(rule: Placed[TieBreak], loads: dict[_Load, list[str]]) -> Iterator[PlaceInOrder]:
    prefer = rule.norm.prefer
    found = []
    for load, staff in loads.items():
        before = sum(len(others) for other, others in loads.items() if _first(prefer, other, load))
        unclear = any(_crossed(other, load) for other in loads) and "less_leave" in prefer
        found.append(PlaceInOrder(before + 1, tuple(staff), *load, unclear))
    return iter(sorted(found, key=lambda s: (s.place, s.times, s.days)))


def _first(prefer: tuple[str, ...], one: _Load, other: _Load) -> bool:
    """Whether ``one`` comes before ``other`` by the first preference that tells them apart."""
    for preference in prefer:
        if preference == "no_leave" and any(one) != any(other):
            return not any(one)
        if preference == "less_leave" and one != other:
            return one[0] <= other[0] and one[1] <= other[1]
    return False


def _crossed(one: _Load, other: _Load) -> bool:
    return (one[0] < other[0] and one[1] > other[1]) or (one[0] > other[0] and one[1] < other[1])


def _how(rule: Placed[TieBreak]) -> Text:
    """In which order equals stand, as the norm prefers."""
    first, *others = (_PREFERRED[each] for each in rule.norm.prefer)
    then, then_en = "".join(f"，其次{each.zh}" for each in others), "".join(f", then {each.en}" for each in others)
    return Text(
        f"考核出现并列时，{first.zh}在先{then}；只计考核因素所列的假",
        f"where results are equal, {first.en} come first{then_en}; only leave that may be a factor",
    )


_PREFERRED = {
    "no_leave": Text("无假者", "those without leave"),
    "less_leave": Text("少假者", "those with less"),
}
_UNCLEAR = Text(
    "有人次数少、有人天数少的，孰先原文未载明，不排先后",
    "where one has fewer times and another fewer days, the text gives no order between them",
)
_NOT_COVERED = Text(
    "登记没有覆盖整个期间，或有请假读不出，先后不能判定",
    "the register does not cover the whole period: no order is determined",
)
