"""Which approval tier does a change need? The gate first (expenditure against the bid price), then the amount."""

from dataclasses import dataclass, replace
from decimal import Decimal

from banshi.decisions import Alternative, Decision, Reason
from banshi.instruments import Placed
from banshi.library import Law
from banshi.money import ZERO, yuan, yuan_en
from banshi.norms import ApprovalGate, ApprovalTier
from banshi.readings import COMPUTED
from banshi.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class TierQuestion:
    """The figures that decide (yuan). ``provisional_sum`` is None where its amount is not stated.

    ``cumulative_governed`` counts only what was filed since the instrument came into force.
    """

    bid_price: Decimal
    provisional_sum: Decimal | None
    single: Decimal
    cumulative: Decimal
    single_gross: Decimal
    cumulative_gross: Decimal
    cumulative_governed: Decimal


@dataclass(frozen=True, slots=True)
class TierDecision(Decision[str]):
    """The tier; where the gate is not determined, ``possible`` holds the two that it may be, the looser first."""

    possible: tuple[str, ...] = ()
    order: tuple[str, ...] = ()

    @property
    def strictest(self) -> str:
        """The strictest tier among what is decided, possible, or follows from another reading."""
        candidates = [self.value, *self.possible, *(a.value for a in self.alternatives)]
        return max((c for c in candidates if c), key=self.order.index, default="")

    def looser(self, declared: str, than: str) -> bool:
        """Whether the declared tier is looser than another one."""
        return self.order.index(declared) < self.order.index(than)


@dataclass(frozen=True, slots=True)
class _Readings:
    """The readings that a computation takes: what the amount measures, how expenditure is computed, what counts."""

    amount: str
    gate: str
    earlier: str


# Each reading that bears on the tier, and the field that holds the option taken.
_BEARING = {"tier-amount": "amount", "gate-expenditure": "gate", "earlier-changes": "earlier"}


def decide_tier(law: Law, question: TierQuestion) -> TierDecision:
    """The tier under the readings that the law's version takes, and where other readings lead (三（一）–（四）)."""
    taken = _Readings(
        law.taken("tier-amount") or "net",
        law.taken("gate-expenditure") or "less_provisional",
        law.taken("earlier-changes") or "counted",
    )
    gate = law.one(ApprovalGate)
    if gate is None or not law.all(ApprovalTier):
        return TierDecision(None, (Reason(Text("适用文件没有规定审批档次", "the law in force sets no tiers")),))
    if question.provisional_sum is None and taken.gate == "less_provisional":
        return _undetermined(law, question, taken, gate)
    value, reasons = _tier(law, question, taken, gate)
    alternatives = [
        Alternative(reading, option, other, _alternative_text(law, reading, option, other))
        for reading, option, other in _others(law, question, taken, gate)
        if other is not None and other != value
    ]
    return TierDecision(value, tuple(reasons), tuple(alternatives), (), law.tiers)


def _others(
    law: Law, question: TierQuestion, taken: _Readings, gate: Placed[ApprovalGate]
) -> list[tuple[str, str, str | None]]:
    """What each reading that is not taken would decide, one changed at a time."""
    found = []
    for reading, field in _BEARING.items():
        for option in COMPUTED[reading]:
            if reading in law.readings and option != getattr(taken, field):
                other = replace(taken, **{field: option})
                found.append((reading, option, _tier(law, question, other, gate)[0]))
    return found


def _tier(
    law: Law, question: TierQuestion, taken: _Readings, gate: Placed[ApprovalGate]
) -> tuple[str | None, list[Reason]]:
    cumulative = question.cumulative if taken.earlier == "counted" else question.cumulative_governed
    kept = question.provisional_sum or ZERO
    less = kept if taken.gate == "less_provisional" else ZERO
    expenditure = question.bid_price - less + cumulative
    within = gate.norm.within(expenditure, question.bid_price)
    reasons = [_gate_reason(gate, question, expenditure, cumulative, less, within)]
    if within:
        return gate.norm.tier, reasons
    amount, why = _measured(question, taken, cumulative, expenditure)
    for placed in law.all(ApprovalTier):
        if placed.norm.amount.contains(amount):
            reasons.append(_amount_reason(placed, amount, why))
            return placed.norm.tier, reasons
    reasons.append(_no_tier_reason(amount))
    return None, reasons


def _no_tier_reason(amount: Decimal) -> Reason:
    return Reason(
        Text(f"没有档次包含 {yuan(amount)}：规则有空档，不能判定", f"no tier covers {yuan_en(amount)}: not determined")
    )


def _measured(
    question: TierQuestion, taken: _Readings, cumulative: Decimal, expenditure: Decimal
) -> tuple[Decimal, Text]:
    if taken.amount == "excess":
        return expenditure - question.bid_price, Text("支出超出中标价的部分", "the excess over the bid price")
    single, total = question.single, cumulative
    net = Text("净额", "net")
    if taken.amount == "gross":
        single, total, net = question.single_gross, question.cumulative_gross, Text("增加额", "gross")
    zh = f"单项{net.zh} {yuan(single)} 与累计{net.zh} {yuan(total)} 取大"
    en = f"the larger of single {net.en} {yuan_en(single)} and cumulative {net.en} {yuan_en(total)}"
    return max(single, total), Text(zh, en)


def _gate_reason(
    gate: Placed[ApprovalGate],
    question: TierQuestion,
    expenditure: Decimal,
    cumulative: Decimal,
    less: Decimal,
    within: bool,
) -> Reason:
    minus_zh = f" − 暂列金 {yuan(less)}" if less else ""
    minus_en = f" − provisional sum {yuan_en(less)}" if less else ""
    return Reason(
        Text(
            f"变更后支出 ＝ 中标价 {yuan(question.bid_price)}{minus_zh} ＋ 累计净额 {yuan(cumulative)} ＝ {yuan(expenditure)}，"
            f"{'未超过' if within else '超过'}中标价",
            f"expenditure = bid price {yuan_en(question.bid_price)}{minus_en} + cumulative net {yuan_en(cumulative)}"
            f" = {yuan_en(expenditure)}, {'within' if within else 'over'} the bid price",
        ),
        gate.cite,
    )


def _amount_reason(placed: Placed[ApprovalTier], amount: Decimal, why: Text) -> Reason:
    bounds = placed.norm.amount
    label = placed.version.tiers.get(placed.norm.tier)
    name, name_en = (label.name, label.name_en or placed.norm.tier) if label else (placed.norm.tier,) * 2
    return Reason(
        Text(
            f"{why.zh} ＝ {yuan(amount)}，属于“{bounds.phrase({})}”，应由“{name}”一档审批",
            f"{why.en} = {yuan_en(amount)}, within {_bounds_en(placed)}: tier “{name_en}”",
        ),
        placed.cite,
    )


def _bounds_en(placed: Placed[ApprovalTier]) -> str:
    low, high = placed.norm.amount.lower, placed.norm.amount.upper
    left = f"{'[' if low and low.inclusive else '('}{f'{low.value:,f}' if low else '-∞'}"
    right = f"{f'{high.value:,f}' if high else '∞'}{']' if high and high.inclusive else ')'}"
    return f"{left}, {right} yuan"


def _undetermined(law: Law, question: TierQuestion, taken: _Readings, gate: Placed[ApprovalGate]) -> TierDecision:
    strict, reasons = _tier(law, replace(question, provisional_sum=ZERO), taken, gate)
    if strict == gate.norm.tier:
        # Even with no provisional sum at all the price is not exceeded; a larger one only lowers the expenditure.
        return TierDecision(strict, tuple(reasons), (), (), law.tiers)
    unknown = Text(
        "中标价含暂列金但没有写明数额，“变更后支出是否超过中标价”不能判定；按暂列金为零从严算，以下供参考",
        "the bid price includes a provisional sum of unstated amount, so the first gate is not determined; "
        "what follows takes it as zero, as the strict advice",
    )
    possible = tuple(t for t in (gate.norm.tier, strict) if t)
    return TierDecision(None, (Reason(unknown, gate.cite), *reasons), (), possible, law.tiers)


def _alternative_text(law: Law, reading: str, option: str, tier: str | None) -> Text:
    label, name = law.readings[reading].options.get(option, option), law.tier_name(tier or "")
    zh, en = (name.zh, name.en) if tier else ("不能判定", "not determined")
    return Text(f"若按“{label}”，则为“{zh}”", f"under the reading “{option}”: “{en}”")
