"""Amounts of money: ``Decimal`` yuan with two decimals, from the text as written; never a float."""

from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")
TEN_THOUSAND = Decimal(10000)
ZERO = Decimal("0.00")
RATE = "比率"  # the unit of a share: 1 is all of it


def to_cents(amount: Decimal) -> Decimal:
    """Round to the cent, halves away from zero (四舍五入)."""
    return amount.quantize(CENT, rounding=ROUND_HALF_UP)


def yuan(amount: Decimal) -> str:
    """For messages: ``1234567.8`` gives ``1,234,567.80 元``."""
    return f"{amount:,.2f} 元"


def yuan_en(amount: Decimal) -> str:
    """For English messages: ``1,234,567.80 yuan``."""
    return f"{amount:,.2f} yuan"


def round_sum(amount: Decimal, unit: str = "元") -> str:
    """A round figure as a rule states it: ``30000`` gives ``3万元``, ``500`` gives ``500元``, a rate ``0.95`` 95%."""
    if unit == RATE:
        return f"{plain(amount * 100)}%"
    if amount and amount % TEN_THOUSAND == 0:
        return f"{plain(amount / TEN_THOUSAND)}万{unit}"
    return f"{plain(amount)}{unit}"


def plain(number: Decimal) -> str:
    """A number without exponent or trailing zeros: ``Decimal("1.50")`` gives ``1.5``."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
