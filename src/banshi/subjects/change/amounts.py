"""Do the amounts of a form agree, and are they in yuan at all? Signs that a figure was written in 万元."""

from collections.abc import Iterable, Iterator
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from banshi.base.amount_words import AmountInWords, WordsError, parse_words, write_words
from banshi.base.money import CENT, TEN_THOUSAND, ZERO, to_cents
from banshi.base.text import Text
from banshi.files.findings import Route
from banshi.files.not_stated import NotStated, as_far_as_stated, if_stated
from banshi.subjects.change.forms import Change, Row
from banshi.subjects.change.project_forms import Contract

if TYPE_CHECKING:
    from banshi.subjects.change.filing import FiledForm

CENTS = 2  # decimals of an amount
ROUNDING = CENT  # rows are rounded to the cent, by hand or in a spreadsheet: their products and sums may be a cent off
_NEAR = Decimal("0.01")  # one per cent: rounding to 万元 loses no more than that in practice
_LARGE = Decimal("0.5")  # half the bid price: no rule of law, only a reason to look twice
_PRICES_APART = Decimal(1000)  # no bid is a thousand times the reviewed price, or a thousandth of it


class Doubt(Struct, frozen=True):
    """A figure that looks as if its unit were wrong: where it stands, its value, and what it was compared with.

    ``ratio``: ten thousand times the other, or a ten-thousandth; ``beyond``: more than the bid price; ``large``: more
    than half of it.
    """

    where: Route
    value: Decimal
    against: Decimal
    kind: Literal["ratio", "beyond", "large"]
    what: Text

    @property
    def grave(self) -> bool:
        """Whether a tier computed from such a figure would mean nothing."""
        return self.kind != "large"


def doubts(case: "FiledForm") -> list[Doubt]:
    """Figures of a form that may be in 万元 instead of yuan, or the other way round."""
    found = case.own_doubts
    if not found and not case.unit_doubtful and case.settled:
        computed = Text("此前各次净额之和", "the sum of the earlier nets")
        found = _ratios([(("amounts", "cumulative_before"), _declared_before(case), case.cumulative_before, computed)])
    return found


def own_doubts(case: "FiledForm") -> list[Doubt]:
    """The doubts that a form raises by itself, whatever the other forms say."""
    change = case.change
    try:  # in most forms all is stated
        found = _ratios([*_row_pairs(case), *_net_pair(change), *_total_pairs(change), *_other_pairs(case)])
    except NotStated:
        pairs = (_row_pairs(case), _net_pair(change), _total_pairs(change), _other_pairs(case))
        found = _ratios(pair for some in pairs for pair in as_far_as_stated(some))
    price = if_stated(lambda: case.project.contract.bid_price)
    return found or ([] if price is None or case.filing.contract_doubtful else _too_large(change.amounts.net, price))


def net_well_written(change: Change) -> bool:
    """Whether the net amount stands in words as it should be written: then nothing needs to be read."""
    amounts = change.amounts
    try:
        return amounts.net_in_words is not None and amounts.net_in_words == write_words(amounts.net)
    except ValueError:  # more than two decimals, or beyond what words can say
        return False


def unit_doubtful(case: "FiledForm") -> bool:
    """Whether a unit is so doubtful, here or in an earlier form, that a tier computed from it would mean nothing."""
    return case.unit_doubtful


def contract_doubtful(contract: Contract) -> bool:
    """Whether bid price and reviewed price are so far apart that one of them must be in 万元."""
    try:
        if contract.review_price is None:
            return False
        low, high = sorted((contract.bid_price, contract.review_price))
    except NotStated:  # a ledger without one of them: there is nothing to compare
        return False
    return low > 0 and high >= low * _PRICES_APART


def impossible(contract: Contract) -> bool:
    """Whether a bid price is nothing, or less than the provisional sum in it: no tier can rest on them."""
    try:
        price, kept = contract.bid_price, contract.provisional_sum or ZERO
    except NotStated:
        return False
    return price is not None and (not price or kept > price)


def bid_price_doubtful(contract: Contract, changes: Iterable[Change], *, beyond: int = 0, within: int = 0) -> bool:
    """Whether several forms, and most of them, come to more than the bid price: then it is the price that is wrong.

    ``beyond``, ``within``: how many forms that could not be read are supposed to be beyond it, or within.
    """
    price = if_stated(lambda: contract.bid_price)
    found = [price is not None and abs(change.amounts.net) > price for change in changes]
    return sum(found) + beyond > max(1, (len(found) + beyond + within) / 2)


def off(declared: Decimal, computed: Decimal, tolerance: Decimal = ZERO) -> bool:
    """Whether two figures differ; a ten-thousandfold difference is a matter of units and reported as such."""
    if declared == computed:
        return False
    return abs(declared - computed) > tolerance and not ten_thousandfold(declared, computed)


def ten_thousandfold(one: Decimal, other: Decimal) -> bool:
    """Whether one figure is ten thousand times the other, give or take one per cent."""
    if one == other:  # most are what they should be
        return False
    low, high = sorted((abs(one), abs(other)))
    return low > 0 and abs(high / low / TEN_THOUSAND - 1) <= _NEAR


def row_amount(row: Row, digits: int = CENTS) -> Decimal:
    """What a row comes to: the change of its quantity times its unit price, to the cent; negative for a decrease.

    ``digits``: decimals, where the law rounds such rows further.
    """
    exact = (row.quantity_after - row.quantity_before) * row.unit_price
    return to_cents(exact if digits == CENTS else exact.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP))


def row_off(row: Row, digits: int = CENTS) -> bool:
    """Whether a row's amount is not what its quantities and price come to."""
    return off(row.increase - row.decrease, row_amount(row, digits), ROUNDING)


def rows_total(change: Change, name: Literal["increase", "decrease"]) -> Decimal:
    """The sum of a column of the rows."""
    if name == "increase":
        return sum([row.increase for row in change.items], ZERO)
    return sum([row.decrease for row in change.items], ZERO)


def corrected_total(change: Change, name: Literal["increase", "decrease"]) -> Decimal:
    """The sum of a column once every row that does not add up is put right."""
    return sum((max(_SIGN[name] * _right_amount(row), ZERO) for row in change.items), ZERO)


def totals_off(change: Change) -> bool:
    """Whether a stated total is not the sum of its column."""
    return any(off(getattr(change.amounts, name), rows_total(change, name), ROUNDING) for name in _SIGN)


def difference(change: Change) -> Decimal:
    """Increase less decrease, as stated."""
    return change.amounts.increase - change.amounts.decrease


def _right_amount(row: Row) -> Decimal:
    return row_amount(row) if row_off(row) else row.increase - row.decrease


def row_name(index: int, row: Row) -> Text:
    """A row as messages call it."""
    return Text(f"第 {index + 1} 行“{row.name}”（{row.item}）", f"row {index + 1} ({row.item})")


def words_of(change: Change) -> AmountInWords | None:
    """The net amount in words, where it is written and can be read."""
    try:
        return parse_words(change.amounts.net_in_words) if change.amounts.net_in_words else None
    except WordsError:
        return None


_SIGN: dict[Literal["increase", "decrease"], int] = {"increase": 1, "decrease": -1}
_Pair = tuple[Route, Decimal, Decimal, Text]  # two that should be the same, and are not or may not be


def _ratios(pairs: Iterable[_Pair]) -> list[Doubt]:
    return [
        Doubt(where, one, other, "ratio", what) for where, one, other, what in pairs if ten_thousandfold(one, other)
    ]


def _too_large(net: Decimal, bid_price: Decimal) -> list[Doubt]:
    if bid_price and abs(net) > bid_price * _LARGE:
        kind: Literal["beyond", "large"] = "beyond" if abs(net) > bid_price else "large"
        return [Doubt(("amounts", "net"), net, bid_price, kind, Text("中标价", "the bid price"))]
    return []


_PRODUCT, _IN_BILL = Text("数量差×单价", "change of quantity × unit price"), Text("清单单价", "the price in the bill")
_SUBTRACTED, _OF_ROWS = Text("增加减去减少", "increase less decrease"), Text("明细各行之和", "the sum of the rows")
_ADDED, _WORDS = Text("以前累计加本次净额", "cumulative before plus net"), Text("大写金额", "the amount in words")
_OF_NET = Text("本次净额", "the net amount")


def _row_pairs(case: "FiledForm") -> Iterator[_Pair]:
    bill = case.filing.bill
    for n, row in enumerate(case.change.items):
        stated, computed = row.increase - row.decrease, row_amount(row)
        if stated != computed:
            yield ("items", n, "increase" if row.increase else "decrease"), stated, computed, _PRODUCT
        price = row.unit_price
        for line in bill.lines(row.reference) or bill.lines(row.item):
            if line.unit_price != price:
                yield ("items", n, "unit_price"), price, line.unit_price, _IN_BILL


def _net_pair(change: Change) -> Iterator[_Pair]:
    stated, computed = change.amounts.net, difference(change)
    if stated != computed:
        yield ("amounts", "net"), stated, computed, _SUBTRACTED


def _total_pairs(change: Change) -> Iterator[_Pair]:
    for name in _SIGN:
        stated, computed = getattr(change.amounts, name), rows_total(change, name)
        if stated != computed:
            yield ("amounts", name), stated, computed, _OF_ROWS


def _other_pairs(case: "FiledForm") -> Iterator[_Pair]:
    change, amounts = case.change, case.change.amounts
    words = None if case.net_well_written else words_of(change)
    total = amounts.cumulative_before + amounts.net
    if amounts.cumulative != total:
        yield ("amounts", "cumulative"), amounts.cumulative, total, _ADDED
    if words:
        yield ("amounts", "net"), amounts.net, words.value, _WORDS
    if change.review:
        yield ("review", "submitted_price"), change.review.submitted_price, amounts.net, _OF_NET


def _declared_before(case: "FiledForm") -> Decimal:
    return case.change.amounts.cumulative_before
