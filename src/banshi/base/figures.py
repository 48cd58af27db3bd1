"""Figures in Chinese text: Arabic and Chinese numerals with their values; words that merely contain one are left out."""

import re
from decimal import Decimal

from banshi.base.numerals import value

_WORDS = re.compile(
    "统一|一次性|一致|一般|进一步|一律|同一|一把手|专一|唯一|一系列|一项重要|一定|逐一|之一|万分|十分|三项制度|一表制|"
    "两集中|两到位|双岗|四川|五一|第[一二三四五六七八九十]+篇|篇[一二三]|十二五|三分离|西博会|十一届"
)
_FIGURE = re.compile(r"\d+(?:\.\d+)?万?|[〇○零一二三四五六七八九十百两]+")


def figures(text: str) -> list[tuple[str, Decimal]]:
    """Each figure as printed, with its value: ``3万`` is 30000, ``二十一`` is 21, ``二〇一一`` is 2011."""
    masked = _WORDS.sub(lambda match: "＿" * len(match.group()), text)
    return [(match.group(), value(match.group())) for match in _FIGURE.finditer(masked)]
