"""What a tier measures: amounts in yuan, or their share of a price."""

from decimal import Decimal
from functools import partial

import msgspec
from msgspec import Struct

from banshi.base.money import plain, yuan, yuan_en
from banshi.base.text import Spoken, Text
from banshi.law.norms import ApprovalTier


class TierQuestion(msgspec.Struct, frozen=True, kw_only=True):
    """The figures that decide (yuan). What is ``None`` is not stated.

    ``cumulative_governed`` counts only what was filed since the instrument came into force. ``criteria``: those of the
    law that the change meets.
    """

    single: Decimal
    cumulative: Decimal
    single_gross: Decimal
    cumulative_gross: Decimal
    cumulative_governed: Decimal
    single_absolute: Decimal | None = None
    cumulative_absolute: Decimal | None = None
    bid_price: Decimal | None = None
    contract_price: Decimal | None = None
    provisional_sum: Decimal | None = None
    change_class: str | None = None
    criteria: tuple[str, ...] | None = None


class BasePrice(Struct, frozen=True):
    """The price that a share is taken of; no amount where it (or the provisional sum to be left out) is not stated."""

    name: Text
    amount: Decimal | None


def base_of(norm: ApprovalTier, question: TierQuestion) -> BasePrice | None:
    """The base of a tier's share; None for a tier in yuan."""
    if norm.base is None:
        return None
    price = question.bid_price if norm.base.startswith("bid_price") else question.contract_price
    name = base_name(norm) or Text("", "")
    if not norm.base.endswith(_WITHOUT):
        return BasePrice(name, price)
    known = price is not None and question.provisional_sum is not None
    return BasePrice(name, price - question.provisional_sum if known else None)  # type: ignore[operator]


_WITHOUT = "without_provisional_sum"


def base_name(norm: ApprovalTier) -> Text | None:
    """What the price is called that a tier's share is taken of; None for a tier in yuan."""
    if norm.base is None:
        return None
    bid = norm.base.startswith("bid_price")
    name = Text("中标价", "the bid price") if bid else Text("合同价", "the contract price")
    if not norm.base.endswith(_WITHOUT):
        return name
    return Text(f"{name.zh}（不含暂列金）", f"{name.en} without the provisional sum")


NAMES = {
    "net": Text("净额", "net"),
    "increase": Text("增加额", "gross"),
    "absolute": Text("增减之和", "increase and decrease"),
}


def measure(
    norm: ApprovalTier, question: TierQuestion, cumulative: Decimal, excess: Decimal | None
) -> tuple[Decimal, Spoken] | None:
    """What a tier measures, in yuan; None where the figure is not stated.

    ``cumulative``: the net of all changes that count for it. ``excess``: over the price of the gate.
    """
    found = amount_measured(norm, question, cumulative, excess)
    if found is None or norm.of == "excess":
        return None if found is None else (found, Spoken(_EXCESS))
    single, total = _amounts(norm.of, question, cumulative)
    assert single is not None and total is not None
    return found, Spoken(partial(_measured, norm, single, total))


def amount_measured(
    norm: ApprovalTier, question: TierQuestion, cumulative: Decimal, excess: Decimal | None
) -> Decimal | None:
    """The same without how it is said."""
    if norm.of == "excess":
        return excess
    single, total = _amounts(norm.of, question, cumulative)
    if single is None or total is None:
        return None
    if norm.measure == "single":
        return single
    return total if norm.measure == "cumulative" else max(single, total)


_EXCESS = Text("支出超出中标价的部分", "the excess over the bid price")


def _measured(norm: ApprovalTier, single: Decimal, total: Decimal) -> Text:
    name = NAMES[norm.of]
    if norm.measure == "single":
        return Text(f"单项{name.zh} {yuan(single)}", f"single {name.en} {yuan_en(single)}")
    if norm.measure == "cumulative":
        return Text(f"累计{name.zh} {yuan(total)}", f"cumulative {name.en} {yuan_en(total)}")
    zh = f"单项{name.zh} {yuan(single)} 与累计{name.zh} {yuan(total)} 取大"
    return Text(zh, f"the larger of single {name.en} {yuan_en(single)} and cumulative {name.en} {yuan_en(total)}")


def _amounts(of: str, question: TierQuestion, cumulative: Decimal) -> tuple[Decimal | None, Decimal | None]:
    if of == "absolute":
        return question.single_absolute, question.cumulative_absolute
    if of == "increase":
        return question.single_gross, question.cumulative_gross
    return question.single, cumulative


def share(value: Decimal, why: Spoken, base: BasePrice) -> tuple[Decimal, Spoken]:
    """An amount as an unrounded share of its base, and how that is said."""
    assert base.amount
    return value / base.amount, Spoken(partial(_of_base, why, base.name, base.amount))


def _of_base(why: Spoken, name: Text, amount: Decimal) -> Text:
    return Text(f"{why.text.zh} ÷ {name.zh} {yuan(amount)}", f"{why.text.en} ÷ {name.en} {yuan_en(amount)}")


def share_said(value: Decimal) -> str:
    """A share as people read it, four decimals of a per cent at the most: 3.25%, 约3.3333%; next to a round one 略高于2%."""
    exact = value * 100
    short = exact.quantize(Decimal("0.0001"))
    if short == exact:
        return f"{plain(short)}%"
    if short == short.quantize(Decimal("0.1")):  # a bound, most likely: on which side of it matters
        return f"{'略高于' if exact > short else '略低于'}{plain(short)}%"
    return f"约{plain(short)}%"
