"""Does the leave of a period become a factor of its assessment (D3 第十七条 to 第十九条)? Literal, independent tests."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from banshi.attendance.periods import Days
from banshi.attendance.rulebook import Rules
from banshi.attendance.words import KINDS
from banshi.decisions import Alternative, Decision, Reason
from banshi.instruments import Placed
from banshi.money import plain
from banshi.norms import Factor
from banshi.text import Text


@dataclass(frozen=True, slots=True)
class Tally:
    """One person's leave in a period: days and approved times by kind; raw irregular arrivals and departures."""

    days: Mapping[str, Decimal]
    times: Mapping[str, int]
    raw: int = 0


@dataclass(frozen=True, slots=True)
class FactorDecision(Decision[bool]):
    """Whether the bound is reached; ``amount`` is what was counted. None: the register does not cover the period."""

    norm: Placed[Factor] | None = None
    amount: Decimal = Decimal(0)


def factors(rules: Rules, group: str, period: Days, tally: Tally, *, covered: bool) -> tuple[FactorDecision, ...]:
    """Each factor that the rules of the period's last day state for its length, as a test of its own."""
    stated = [p for p in rules.all(Factor, group) if p.norm.per == period.per]
    return tuple(_test(placed, tally, covered=covered) for placed in stated)


def _test(placed: Placed[Factor], tally: Tally, *, covered: bool) -> FactorDecision:
    norm = placed.norm
    amount = _amount(norm, tally)
    reached = norm.bound.contains(amount)
    bound, what = norm.bound.phrase({}), "、".join(KINDS[kind].zh for kind in norm.of)
    kinds = " and ".join(KINDS[kind].en for kind in norm.of)
    text = Text(
        f"{what}{plain(amount)}{norm.bound.unit}，{'属于' if reached else '不属于'}“{bound}”",
        f"{kinds}: {plain(amount)} {norm.counted}, {'within' if reached else 'not within'} {bound}",
    )
    reasons = [Reason(text, placed.cite)]
    if not covered:
        reasons.append(Reason(_NOT_COVERED))
    certain = covered or (reached and norm.bound.upper is None)
    return FactorDecision(reached if certain else None, tuple(reasons), _others(placed, tally), placed, amount)


def _amount(norm: Factor, tally: Tally) -> Decimal:
    if norm.counted == "times":
        return Decimal(sum(tally.times.get(kind, 0) for kind in norm.of))
    return sum((tally.days.get(kind, Decimal(0)) for kind in norm.of), Decimal(0))


def _others(placed: Placed[Factor], tally: Tally) -> tuple[Alternative[bool], ...]:
    """Where the recorded question has another answer: raw lateness counted (AMB-26), each kind alone (AMB-27)."""
    norm = placed.norm
    if norm.counted == "times":
        return _other(placed, "late-early-leave", "with_raw_punches", lambda: [_amount(norm, tally) + tally.raw])
    alone = [tally.days.get(kind, Decimal(0)) for kind in norm.of]
    return _other(placed, "sick-and-personal", "each_kind", lambda: alone)


def _other(
    placed: Placed[Factor], reading_id: str, option: str, amounts: Callable[[], list[Decimal]]
) -> tuple[Alternative[bool], ...]:
    reading = next((r for r in placed.version.readings if r.id == reading_id), None)
    if reading is None or option not in reading.options:
        return ()
    reached = any(placed.norm.bound.contains(amount) for amount in amounts())
    said = reading.options[option]
    text = Text(
        f"若按“{said}”，则{'是' if reached else '不是'}考核因素",
        f"under the reading “{option}”: {'a factor' if reached else 'not a factor'}",
    )
    return (Alternative(reading_id, option, reached, text),)


_NOT_COVERED = Text("登记没有覆盖整个期间", "the register does not cover the whole period")
