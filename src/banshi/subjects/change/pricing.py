"""How may a row be priced? The bill of quantities first, then the formula (四（一）、四（二）)."""

import math
from collections import defaultdict
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal, localcontext

from msgspec import Struct

from banshi.base.money import to_cents, yuan, yuan_en
from banshi.base.text import Text, listed
from banshi.law.decisions import Decision, Reason
from banshi.law.instruments import Placed
from banshi.law.library import Law
from banshi.law.norms import BillPrice, DiscountPrice, Formula, Named, Pricing, Similarity
from banshi.subjects.change.forms import Row
from banshi.subjects.change.project_forms import BillItem, Contract, Quota

_EXACT = 80  # digits enough for the product of two amounts divided by a third


class Bill:
    """A bill of quantities; a code may stand on several lines."""

    def __init__(self, items: Iterable[BillItem]) -> None:
        """``items`` in the order of the bill."""
        self._lines: dict[str, list[BillItem]] = defaultdict(list)
        for item in items:
            self._lines[item.item].append(item)

    def __bool__(self) -> bool:
        return bool(self._lines)

    def __contains__(self, code: object) -> bool:
        return code in self._lines

    def lines(self, code: str | None) -> list[BillItem]:
        """The lines with a code."""
        return self._lines.get(code or "", [])


class Bases(Struct, frozen=True):
    """Which norm speaks of which pricing basis of a form."""

    bill: Placed[BillPrice] | None
    similarity: Placed[Similarity] | None
    formula: Placed[Formula] | None

    @classmethod
    def of(cls, law: Law | None) -> "Bases":
        """Under the law in force; nothing where there is none."""
        return law.once(_bases) if law else cls(None, None, None)

    def same(self, row: Row) -> Placed[BillPrice] | None:
        """The norm by which a row takes the price of the same item in the bill."""
        wanted = self.bill and row.pricing_basis in self.bill.norm.bases and not self.similar(row)
        return self.bill if wanted else None

    def similar(self, row: Row) -> Placed[Similarity] | None:
        """The norm by which a row takes the price of a similar item, where the bill's prices are for such items."""
        basis = self.similarity and self.similarity.norm.basis
        priced = self.bill is None or basis in self.bill.norm.bases
        return self.similarity if row.pricing_basis == basis and priced else None

    def by_formula(self, row: Row) -> Placed[Formula] | None:
        """The norm by which a row's price is computed."""
        return self.formula if self.formula and row.pricing_basis == self.formula.norm.basis else None


def _bases(law: Law) -> Bases:
    return Bases(law.one(BillPrice), law.one(Similarity), law.one(Formula))


def similar(placed: Placed[Similarity], ours: Quota, other: Quota) -> Decision[bool]:
    """Whether two quotas make similar items: the same code, or else every named cost alike."""
    norm = placed.norm
    code, mine, theirs = norm.names.get(norm.same_key, norm.same_key), *_both(norm.same_key, ours, other)
    if mine == theirs:
        return Decision(True, (Reason(Text(f"{code}同为 {mine}", f"same {norm.same_key} {mine}"), placed.cite),))
    unlike = [key for key in norm.equal_keys if getattr(ours, key) != getattr(other, key)]
    said = listed(_unlike(norm, key, ours, other).zh for key in (norm.same_key, *unlike))
    said_en = "; ".join(_unlike(norm, key, ours, other).en for key in (norm.same_key, *unlike))
    return Decision(not unlike, (Reason(Text(said, said_en), placed.cite),))


def _both(key: str, ours: Quota, other: Quota) -> tuple[str, str]:
    return str(getattr(ours, key)), str(getattr(other, key))


def _unlike(norm: Similarity, key: str, ours: Quota, other: Quota) -> Text:
    mine, theirs = _both(key, ours, other)
    return Text(f"{norm.names.get(key, key)} {mine} 与 {theirs} 不同", f"{key} {mine} against {theirs}")


def formula_price(placed: Placed[Formula], row: Row, contract: Contract) -> Decision[Decimal]:
    """The unit price by the formula, to the cent; not determined where a figure is missing or the divisor is zero."""
    norm = placed.norm
    figures = {key.key: _figure(key.key, row, contract) for key in (*norm.factors, norm.divisor)}
    missing = [key for key in (*norm.factors, norm.divisor) if figures[key.key] is None]
    if missing or not figures[norm.divisor.key]:
        return Decision(None, (_cannot(placed, missing[0].name if missing else norm.divisor.name, missing != []),))
    price = _quotient([figures[f.key] or Decimal(0) for f in norm.factors], figures[norm.divisor.key] or Decimal(1))
    return Decision(price, (_computed(placed, figures, price),))


def _figure(key: str, row: Row, contract: Contract) -> Decimal | None:
    figure: Decimal | None = getattr(row, key) if hasattr(row, key) else _of_contract(key, contract)
    return figure


def _quotient(factors: list[Decimal], divisor: Decimal) -> Decimal:
    with localcontext(prec=_EXACT):
        product = Decimal(1)
        for factor in factors:
            product *= factor
        return to_cents(product / divisor)


def _cannot(placed: Placed[Formula], name: str, missing: bool) -> Reason:
    said = Text(f"没有填写“{name}”", f"“{name}” is missing") if missing else Text(f"“{name}”为零", f"“{name}” is zero")
    return Reason(said, placed.cite)


def _computed(placed: Placed[Formula], figures: dict[str, Decimal | None], price: Decimal) -> Reason:
    norm = placed.norm
    factors = [figures[f.key] or Decimal(0) for f in norm.factors]
    divisor = figures[norm.divisor.key] or Decimal(0)
    zh = f"{norm.expression} ＝ {'×'.join(map(yuan, factors))} ÷ {yuan(divisor)} ＝ {yuan(price)}"
    en = f"{' × '.join(map(yuan_en, factors))} ÷ {yuan_en(divisor)} = {yuan_en(price)}"
    return Reason(Text(zh, en), placed.cite)


def reduction(placed: Placed[Formula], contract: Contract) -> Decimal | None:
    """The share of the reviewed price that the formula leaves (bid ÷ reviewed price); None if the divisor is zero."""
    divisor = _of_contract(placed.norm.divisor.key, contract)
    factors = [_of_contract(f.key, contract) for f in placed.norm.factors]
    return math.prod((f for f in factors if f is not None), start=Decimal(1)) / divisor if divisor else None


def _of_contract(key: str, contract: Contract) -> Decimal | None:
    return getattr(contract, key, None)


def discounted(law: Law, row: Row) -> Placed[DiscountPrice] | None:
    """The norm by which a row's price is a reference price less the discount of the bid."""
    return next((p for p in law.all(DiscountPrice) if p.norm.basis == row.pricing_basis), None)


def amount_digits(law: Law | None, row: Row) -> int:
    """To how many decimals a row's amount is rounded."""
    placed = discounted(law, row) if law else None
    return placed.norm.amount_digits if placed else 2


def discount_price(placed: Placed[DiscountPrice], row: Row, contract: Contract) -> Decision[Decimal]:
    """The unit price to the cent; not determined where a figure is missing or the ceiling is zero."""
    norm = placed.norm
    keys = (norm.price, norm.bid, norm.ceiling)
    price, bid, ceiling = (_figure(key.key, row, contract) for key in keys)
    missing = next((key.name for key, figure in zip(keys, (price, bid, ceiling), strict=True) if figure is None), None)
    if missing or price is None or bid is None or not ceiling:
        text = Text(f"没有填写“{missing or norm.ceiling.name}”", f"“{missing or norm.ceiling.name}” is missing or zero")
        return Decision(None, (Reason(text, placed.cite),))
    with localcontext(prec=_EXACT):
        discount = (1 - bid / ceiling).quantize(Decimal(1).scaleb(-norm.discount_digits), rounding=ROUND_HALF_UP)
        found = to_cents(price * (1 - discount))
    text = Text(
        f"下浮率 ＝ 1 − {norm.bid.name} {yuan(bid)} ÷ {norm.ceiling.name} {yuan(ceiling)} ＝ {discount}；"
        f"{norm.price.name} {yuan(price)} ×（1 − {discount}）＝ {yuan(found)}",
        f"discount = 1 − {yuan_en(bid)} ÷ {yuan_en(ceiling)} = {discount}; {yuan_en(price)} × (1 − {discount}) = {yuan_en(found)}",
    )
    return Decision(found, (Reason(text, placed.cite),))


def pricing_norms(law: Law, basis: str) -> list[tuple[Placed[Pricing], Named]]:
    """The norms that allow a pricing basis, with what they say of it."""
    return [(placed, named) for placed in law.all(Pricing) for named in placed.norm.bases if named.value == basis]
