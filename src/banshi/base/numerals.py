"""Figures as they are written in Chinese text: Arabic digits with or without 万, Chinese numerals small and capital.

Amounts in capital words, which have rules of their own, are read in ``amount_words``.
"""

from decimal import Decimal

from banshi.base.patterns import late

DIGITS = {c: n for chars in ("零一二三四五六七八九", "〇壹贰叁肆伍陆柒捌玖") for n, c in enumerate(chars)}
DIGITS |= {"○": 0, "两": 2}
TIMES = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000, "万": 10**4, "亿": 10**8}
_SECTION_ENDS = 10**4
_ARABIC = late(r"[\d,.]+")


def value(figure: str) -> Decimal:
    """The value of one figure: ``3万`` is 30000, ``二十一`` is 21, ``二〇一一`` is 2011, ``1,000`` is 1000."""
    arabic = _ARABIC.match(figure)
    if arabic:
        times = Decimal(1)
        for unit in figure[arabic.end() :]:
            times *= TIMES[unit]
        return Decimal(arabic[0].replace(",", "")) * times
    if not set(figure) & set(TIMES):
        return Decimal("".join(str(DIGITS[c]) for c in figure))
    return Decimal(_spoken(figure))


def _spoken(figure: str) -> int:
    total = section = digit = 0
    for char in figure:
        times = TIMES.get(char, 0)
        if not times:
            digit = DIGITS[char]
        elif times < _SECTION_ENDS:
            section += (digit or 1) * times
            digit = 0
        else:
            total = (total + section + digit) * times
            section = digit = 0
    return total + section + digit
