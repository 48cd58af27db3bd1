"""Does the leave of a period become a factor of its assessment? Literal, independent tests."""

from collections.abc import Mapping
from decimal import Decimal

import msgspec
from msgspec import Struct

from banshi.base.money import plain
from banshi.base.text import Text
from banshi.law.decisions import Alternative, Decision, Reason
from banshi.law.instruments import Placed
from banshi.law.norms import Factor
from banshi.law.otherwise import OtherAnswer, about, elsewhere
from banshi.subjects.attendance.periods import Days
from banshi.subjects.attendance.rulebook import Rules


class LeaveTally(Struct, frozen=True):
    """One person's leave in a period: days and approved times by kind; raw irregular arrivals and departures.

    ``raw_open``: some days are not judged, so that there may have been more of the latter.
    """

    days: Mapping[str, Decimal]
    times: Mapping[str, int]
    raw: int = 0
    raw_open: bool = False


class FactorDecision(Decision[bool], frozen=True):
    """Whether the bound is reached; ``amount`` is what was counted. None: the register does not cover the period."""

    norm: Placed[Factor] | None = None
    amount: Decimal = Decimal(0)


def factors(rules: Rules, group: str, period: Days, tally: LeaveTally, *, covered: bool) -> tuple[FactorDecision, ...]:
    """Each factor that the rules of the period's last day state for its length, as a test of its own."""
    stated = [p for p in rules.all(Factor, group) if p.norm.per == period.per]
    return tuple(_test(placed, rules, tally, covered=covered) for placed in stated)


def _test(placed: Placed[Factor], rules: Rules, tally: LeaveTally, *, covered: bool) -> FactorDecision:
    norm, words, asked = placed.norm, rules.words, covered
    covered = _covered(norm, tally, covered=covered)
    amount = _amount(norm, tally)
    reached = norm.bound.contains(amount)
    joined = "、或" if norm.each_kind else "、"
    bound, what = norm.bound.phrase({}), joined.join(words.kind(kind).zh for kind in norm.of)
    kinds = (" or " if norm.each_kind else " and ").join(words.kind(kind).en for kind in norm.of)
    text = Text(
        f"{what}{plain(amount)}{norm.bound.unit}，{'属于' if reached else '不属于'}“{bound}”",
        f"{kinds}: {plain(amount)} {norm.counted}, {'within' if reached else 'not within'} {bound}",
    )
    reasons = [Reason(text, placed.cite)]
    if not covered:
        reasons.append(Reason(_NOT_COVERED))
    certain = covered or _for_good(norm, amount)
    return FactorDecision(
        reached if certain else None, tuple(reasons), _others(rules, placed, tally, covered=asked), placed, amount
    )


def _for_good(norm: Factor, amount: Decimal) -> bool:
    """Whether more than was counted would change nothing: reached without an upper end, or beyond it already."""
    high = norm.bound.upper
    if high is None:
        return norm.bound.contains(amount)
    return amount > high.value or (amount == high.value and not high.inclusive)


def _amount(norm: Factor, tally: LeaveTally) -> Decimal:
    """What is counted: approved times or days, in all or of the kind with most; with raw lateness, where that counts."""
    if norm.counted == "times":
        counted = [Decimal(tally.times.get(kind, 0)) for kind in norm.of]
    else:
        counted = [tally.days.get(kind, Decimal(0)) for kind in norm.of]
    raw = tally.raw if norm.raw_punches and norm.counted == "times" else 0
    return (max(counted, default=Decimal(0)) if norm.each_kind else sum(counted, Decimal(0))) + raw


def _covered(norm: Factor, tally: LeaveTally, *, covered: bool) -> bool:
    return covered and not (tally.raw_open and norm.raw_punches)


def _others(rules: Rules, placed: Placed[Factor], tally: LeaveTally, *, covered: bool) -> tuple[Alternative[bool], ...]:
    """What other readings of the factor lead to, where that is determined."""
    found = []
    for other in elsewhere(rules, about(rules, Factor)):
        norm = next((p.norm for p in other.law.all(Factor) if p.norm.id == placed.norm.id), placed.norm)
        amount = _amount(norm, tally)
        alike = msgspec.structs.replace(norm, periods=placed.norm.periods) == placed.norm  # its period is told apart
        if not alike and (_covered(norm, tally, covered=covered) or _for_good(norm, amount)):
            found.append(_other(other, norm.bound.contains(amount)))
    return tuple(found)


def _other(other: OtherAnswer, reached: bool) -> Alternative[bool]:
    text = Text(
        f"若按“{other.said}”，则{'是' if reached else '不是'}考核因素",
        f"under the reading “{other.option}”: {'a factor' if reached else 'not a factor'}",
    )
    return Alternative(other.question, other.option, reached, text)


_NOT_COVERED = Text(
    "登记不全：没有覆盖整个期间，或有请假读不出，实际可能更多",
    "the register is not complete: it does not cover the whole period, or leave could not be read",
)
