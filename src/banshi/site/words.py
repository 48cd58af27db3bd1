"""The words of a text for search: pairs of Han characters, figures with their units, times of day, articles, Latin words.

``site_templates/assets/search-words.js`` does the same to what a reader types; a test compares the two.
The table of traditional characters comes from OpenCC (Apache-2.0): those of Big5 whose simplified form is in GB 2312.

A word is written so that different sorts never meet: ``审批`` a pair, ``章`` one character, ``50000元`` a figure with its
unit, ``#50000`` its bare value, ``t9:30`` a time of day, ``@19.8`` an article, ``excel`` a Latin word.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import cache, lru_cache
from operator import add
from pathlib import Path

from banshi.base.numerals import DIGITS, TIMES, value

_CHINESE = f"[{''.join(DIGITS)}十拾][{''.join((*DIGITS, *TIMES))}]*"
_ARABIC = r"\d+(?:,\d{3})*(?:\.\d+)?\s?[十百千万亿]*"
UNITS = (
    *(
        "元",
        "个?工作日",
        "天",
        "日",
        "个?小时",
        "分钟",
        "个?月",
        "个?季度",
        "年",
        "条",
        "章",
        "款",
        "个?大项",
        "个?小项",
        "个?项",
    ),
    *("号", "人次", "次", "个?人", "个?百分点", "分", "%", "件", "篇", "起", "个"),
)
# Units that a reader takes for one another: figures in them are found under the common one too.
_FAMILY = {"工作日": "天", "日": "天", "大项": "项", "小项": "项", "人次": "次"}
_ORDINAL = frozenset(("条", "章", "款", "月", "季度"))  # a place in a document or in the year, not a quantity
_FIGURE = re.compile(f"(?:(第)?({_ARABIC}|{_CHINESE})({'|'.join(UNITS)})|({_ARABIC}|{_CHINESE}))")
_SHARE = re.compile(f"百分之({_CHINESE}|{_ARABIC})")
_MONEY = re.compile(r"[¥￥]\s?(\d+(?:,\d{3})*(?:\.\d+)?[万亿]?)元?")
_DATE = re.compile(r"(\d{4})[-./](\d{1,2})[-./](\d{1,2})(?!\d)")
_HALF = re.compile("半(天|日|个?月|年|个?小时)")
_SMALL = r"\d{1,3}|[一二三四五六七八九十]{1,3}"
_ARTICLE = re.compile(
    rf"(?:第?({_SMALL})条|第({_SMALL})(?=\()|(?<![a-z])art(?:icle)?\.?\s?(\d{{1,3}}))"
    rf"(?:第?\(?({_SMALL})\)?款)?(?:第?\(?({_SMALL})\)?项|\.?\(({_SMALL})\))?"
)
_LABEL = re.compile(rf"({_SMALL})条?[、,.]?\s?\(({_SMALL})\)\s?(\d{{0,2}})(?!\d)")
_ANNEX = re.compile(rf"(附件|附表|注)({_SMALL})(?!册)")
_TIME = re.compile(
    rf"(凌晨|早上|早晨|上午|中午|下午|傍晚|晚上|晚)?(?:(\d{{1,2}}):(\d\d)(?::\d\d)?|({_SMALL})[点时](?:钟|整)?(?:(半)|({_SMALL})分)?)"
)
_LATER = frozenset(("下午", "傍晚", "晚上", "晚"))
_RANGE = frozenset(("至", "到", "-", "—", "~"))
_HAN = re.compile(r"[\u3400-\u9fff]+")
_LATIN = re.compile(r"[a-z]+(?:\d+)?")
# What stands between the parts of a list or around a word: a reader leaves it out.
_BETWEEN = re.compile(r"(?<=[\u3400-\u9fff])[、,·/\s“”\"'《》()\[\]-]+(?=[\u3400-\u9fff])")


@cache
def traditional() -> dict[str, str]:
    """Traditional characters and their simplified forms."""
    before, after = (Path(__file__).parent / "traditional.txt").read_text(encoding="utf-8").split()
    return dict(zip(before, after, strict=True))


@cache
def _simpler() -> dict[int, str]:
    return str.maketrans(traditional() | {"〔": "(", "〕": ")", "[": "(", "]": ")"})


@lru_cache(maxsize=16)  # a section's texts are looked at several times, one after another
def fold(text: str) -> str:
    """One writing for what is written in several: width, case, traditional characters, brackets."""
    return unicodedata.normalize("NFKC", text).lower().translate(_simpler())


# Where no word goes over: after a sentence, and at a space between two Han characters, but for 九点 至 五点 (one time of day
# says of the next which part of the day is meant).
_PIECES = re.compile(r"(?<=[。；？！;?!]) ?|(?<=[\u3400-\u9fff])(?<![至到]) (?![至到])(?=[\u3400-\u9fff])")


def words(text: str) -> Counter[str]:
    """The words of a text and how often each stands in it."""
    found, end = list[str](), ""
    for piece in filter(None, _PIECES.split(text)):
        first, held, last = _of_piece(piece)
        if first and end:  # a space was between them
            found.append(end + first)
        found += held
        end = last
    return Counter(found)


@lru_cache(maxsize=4096)  # sites say much the same on every page: headings, columns, what is not stated
def _of_piece(piece: str) -> tuple[str, list[str], str]:
    """The words of a piece of a text, between its first and its last character where these are Han."""
    given = plain(fold(piece))
    found = [*_figures(given), *_times(given), *_articles(given), *_LATIN.findall(given), *_joined(given)]
    for run in _HAN.findall(given):
        found += map(add, run, run[1:])  # pairs
        found += run
    return _han(given[0]), found, _han(given[-1])


def _han(char: str) -> str:
    return char if "\u3400" <= char <= "\u9fff" else ""


def plain(folded: str) -> str:
    """A folded text with shares, sums of money and dates in one writing: 百分之五 is 5%, ¥500 is 500元."""
    text = _DATE.sub(r"\1年\2月\3日", folded)
    text = _MONEY.sub(r"\1元", text.replace("﹪", "%"))
    return _SHARE.sub(lambda found: f"{number(found[1])}%", text)


def _figures(text: str) -> Iterator[str]:
    """3万元, 三万元 and 30,000元 all give 30000元, and #30000 that is found without a unit."""
    for found in _HALF.finditer(text):
        yield from _with_unit("0.5", found[1])
    for found in _FIGURE.finditer(text):
        if found[3]:
            yield from _with_unit(number(found[2]), found[3])
        elif bare(found[4]):
            yield f"#{number(found[4])}"


def _with_unit(figure: str, unit: str) -> Iterator[str]:
    unit = unit.removeprefix("个") or "个"
    yield figure + unit
    if unit in _FAMILY:
        yield figure + _FAMILY[unit]
    if unit not in _ORDINAL:
        yield f"#{figure}"


def family(unit: str) -> str:
    """The unit under which figures in ``unit`` are found by those who write another: 工作日 is 天."""
    unit = unit.removeprefix("个") or "个"
    return _FAMILY.get(unit, unit)


def bare(figure: str) -> bool:
    """Whether a figure without a unit is one: digits are; Chinese numerals only where they count (二十九, not 一 or 千)."""
    return figure[0].isdigit() or bool(set(figure) & set(DIGITS) and set(figure) & set(TIMES))


def _times(text: str) -> Iterator[str]:
    """下午五点至六点 gives t17:00 and t18:00."""
    before, end = "", -1
    for found in _TIME.finditer(text):
        part = found[1] or (before if text[end : found.start()].strip() in _RANGE and end >= 0 else "")
        yield clock(part, found)
        before, end = part, found.end()


def clock(part: str, found: re.Match[str]) -> str:
    """A time of day as a word, in the 24 hours: ``part`` says which part of the day is meant."""
    hour = int(found[2] or number(found[4]))
    minutes = int(found[3] or (30 if found[5] else number(found[6] or "0")))
    return f"t{hour + 12 if part in _LATER and hour < 12 else hour}:{minutes:02}"


def _articles(text: str) -> Iterator[str]:
    """三(四)6 gives @3.4 and @3.4.6; 第二十条第十项 gives @20 and @20.10; 附件1 gives @附件1."""
    for found in _ARTICLE.finditer(text):
        article = number(found[1] or found[2] or found[3])
        yield f"@{article}"
        yield from (f"@{article}.{number(part)}" for part in found.groups()[3:] if part)
    for found in _LABEL.finditer(text):
        article = f"@{number(found[1])}.{number(found[2])}"
        yield article
        if found[3]:
            yield f"{article}.{found[3]}"
    for found in _ANNEX.finditer(text):
        yield f"@{found[1]}{number(found[2])}"


def unbroken(folded: str) -> str:
    """The text without what stands between the parts of a list: 推诿、扯皮 is 推诿扯皮."""
    return _BETWEEN.sub("", folded)


def _joined(text: str) -> Iterator[str]:
    """Pairs over what stands between: 推诿、扯皮 gives 诿扯."""
    for found in _BETWEEN.finditer(text):
        yield text[found.start() - 1] + text[found.end()]


def number(text: str) -> str:
    """The value of a figure in Arabic or Chinese numerals, to two decimals at most, as plain digits."""
    return f"{round(value(text.replace(' ', '')), 2).normalize():f}"
