"""The words of a text for search: pairs of Han characters, figures with their units, Latin words.

``site_templates/assets/search.js`` does the same to what a reader types; a test compares the two.
The table of traditional characters comes from OpenCC (Apache-2.0): those of Big5 whose simplified form is in GB 2312.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from banshi.base.numerals import DIGITS, TIMES, value

_CHINESE = f"[{''.join(DIGITS)}十拾][{''.join((*DIGITS, *TIMES))}]*"
_ARABIC = r"\d+(?:,\d{3})*(?:\.\d+)?[十百千万亿]*"
_UNIT = "元|个?工作日|天|日|个?小时|个?月|年|条|章|款|项|号|次|人|分|%"
_FIGURE = re.compile(f"第?({_ARABIC}|{_CHINESE})({_UNIT})")
_DATE = re.compile(r"(\d{4})[-./](\d{1,2})[-./](\d{1,2})(?!\d)")
_LABEL = re.compile(r"([一二三四五六七八九十]+)条?\(([一二三四五六七八九十]+)\)(\d*)")
_HAN = re.compile(r"[\u3400-\u9fff]+")
_LATIN = re.compile(r"\d+(?:\.\d+)*|[a-z]+")


@cache
def traditional() -> dict[str, str]:
    """Traditional characters and their simplified forms."""
    before, after = (Path(__file__).parent / "traditional.txt").read_text(encoding="utf-8").split()
    return dict(zip(before, after, strict=True))


def fold(text: str) -> str:
    """One writing for what is written in several: width, case, traditional characters."""
    simpler = traditional()
    return "".join(simpler.get(c, c) for char in text for c in unicodedata.normalize("NFKC", char).lower())


def words(text: str) -> Counter[str]:
    """The words of a text and how often each stands in it."""
    folded = _DATE.sub(r"\1年\2月\3日", fold(text))
    return Counter((*_figures(folded), *_labels(folded), *_LATIN.findall(folded), *_pairs(folded)))


def _figures(folded: str) -> Iterator[str]:
    """3万元, 三万元 and 30,000元 all give 30000元."""
    for found in _FIGURE.finditer(folded):
        yield number(found[1]) + found[2].removeprefix("个")


def _labels(folded: str) -> Iterator[str]:
    """三(四)6 gives 3.4.6, and 3.4 with it; 第二十条(十) gives 20.10."""
    for found in _LABEL.finditer(folded):
        article = f"{number(found[1])}.{number(found[2])}"
        yield article
        if found[3]:
            yield f"{article}.{found[3]}"


def _pairs(folded: str) -> Iterator[str]:
    for run in _HAN.findall(folded):
        yield from (run[n : n + 2] for n in range(len(run) - 1))


def number(text: str) -> str:
    """The value of a figure in Arabic or Chinese numerals, to two decimals at most, as plain digits."""
    return f"{round(value(text), 2).normalize():f}"
