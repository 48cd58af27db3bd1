"""Does the leave of a period become a factor of its assessment (D3 第十七条 to 第十九条)? Literal, independent tests."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from banshi.base.money import plain
from banshi.base.text import Text
from banshi.law.decisions import Alternative, Decision, Reason
from banshi.law.instruments import Placed
from banshi.law.norms import Factor
from banshi.law.otherwise import Elsewhere, elsewhere
from banshi.subjects.attendance.periods import Days
from banshi.subjects.attendance.rulebook import Rules


@dataclass(frozen=True, slots=True)
class Tally:
    """One person's leave in a period: days and approved times by kind; raw irregular arrivals and departures.

    ``raw_open``: some days are not judged, so that there may have been more of the latter.
    """

    days: Mapping[str, Decimal]
    times: Mapping[str, int]
    raw: int = 0
    raw_open: bool = False


@dataclass(frozen=True, slots=True)
class FactorDecision(Decision[bool]):
    """Whether the bound is reached; ``amount`` is what was counted. None: the register does not cover the period."""

    norm: Placed[Factor] | None = None
    amount: Decimal = Decimal(0)


def factors(rules: Rules, group: str, period: Days, tally: Tally, *, covered: bool) -> tuple[FactorDecision, ...]:
    """Each factor that the rules of the period's last day state for its length, as a test of its own."""
    stated = [p for p in rules.all(Factor, group) if p.norm.per == period.per]
    return tuple(_test(placed, rules, tally, covered=covered) for placed in stated)


_WITH_RAW = "with_raw_punches"
# The answers to a question that a factor of this sort rests on, and which reading of the text each of them is.
_QUESTIONS = {
    "times": ("late-early-leave", ("approved_only", _WITH_RAW)),
    "days": ("sick-and-personal", ("sum", "each_kind")),
}


def _test(placed: Placed[Factor], rules: Rules, tally: Tally, *, covered: bool) -> FactorDecision:
    norm, words, taken = placed.norm, rules.words, _taken(rules, placed)
    covered = covered and not (tally.raw_open and taken == _WITH_RAW)
    amount = _amount(norm, taken, tally)
    reached = norm.bound.contains(amount)
    joined = "、或" if taken == "each_kind" else "、"
    bound, what = norm.bound.phrase({}), joined.join(words.kind(kind).zh for kind in norm.of)
    kinds = (" or " if taken == "each_kind" else " and ").join(words.kind(kind).en for kind in norm.of)
    text = Text(
        f"{what}{plain(amount)}{norm.bound.unit}，{'属于' if reached else '不属于'}“{bound}”",
        f"{kinds}: {plain(amount)} {norm.counted}, {'within' if reached else 'not within'} {bound}",
    )
    reasons = [Reason(text, placed.cite)]
    if not covered:
        reasons.append(Reason(_NOT_COVERED))
    certain = covered or _for_good(norm, amount)
    return FactorDecision(
        reached if certain else None, tuple(reasons), _others(rules, placed, tally, covered=covered), placed, amount
    )


def _for_good(norm: Factor, amount: Decimal) -> bool:
    """Whether more than was counted would change nothing: reached without an upper end, or beyond it already."""
    high = norm.bound.upper
    if high is None:
        return norm.bound.contains(amount)
    return amount > high.value or (amount == high.value and not high.inclusive)


def _taken(rules: Rules, placed: Placed[Factor]) -> str:
    """The option taken on the question that the factor rests on; the plain one where nobody asks it."""
    question, options = _QUESTIONS[placed.norm.counted]
    taken = rules.taken(question)
    return taken if taken in options else options[0]


def _amount(norm: Factor, option: str, tally: Tally) -> Decimal:
    """What is counted: approved times, with raw lateness (reading ``late-early-leave``); days in all, or of the kind with most (reading ``sick-and-personal``)."""
    if norm.counted == "times":
        approved = sum(tally.times.get(kind, 0) for kind in norm.of)
        return Decimal(approved + (tally.raw if option == "with_raw_punches" else 0))
    days = [tally.days.get(kind, Decimal(0)) for kind in norm.of]
    return max(days, default=Decimal(0)) if option == "each_kind" else sum(days, Decimal(0))


def _others(rules: Rules, placed: Placed[Factor], tally: Tally, *, covered: bool) -> tuple[Alternative[bool], ...]:
    """What the answers that were not taken lead to, where the question is recorded and that is determined."""
    question, options = _QUESTIONS[placed.norm.counted]
    others = [other for other in elsewhere(rules, (question,)) if other.option in options]
    return tuple(
        _other(placed, other, tally)
        for other in others
        if (covered and not (tally.raw_open and other.option == _WITH_RAW))
        or _for_good(placed.norm, _amount(placed.norm, other.option, tally))
    )


def _other(placed: Placed[Factor], other: Elsewhere, tally: Tally) -> Alternative[bool]:
    reached = placed.norm.bound.contains(_amount(placed.norm, other.option, tally))
    text = Text(
        f"若按“{other.said}”，则{'是' if reached else '不是'}考核因素",
        f"under the reading “{other.option}”: {'a factor' if reached else 'not a factor'}",
    )
    return Alternative(other.question, other.option, reached, text)


_NOT_COVERED = Text(
    "登记不全：没有覆盖整个期间，或有请假读不出，实际可能更多",
    "the register is not complete: it does not cover the whole period, or leave could not be read",
)
