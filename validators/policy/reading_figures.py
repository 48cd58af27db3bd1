"""口径里的数字从规范点取

理解口径的问题、说明和理由里提到规范点的数字时，写占位符 {规范点.字段}（时段、界限的一端可以再往里写），由数据填入；
与别的文件有关的日期，写 {文件标识或文号.since}，取自 relations。照抄数字的，改了规范点，口径就和它对不上了。

条款的序号、文号、制度名称里的年份不查；“一种”“两端”之类不当数字看。
"""

import datetime
import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import msgspec

from banshi.base.figures import figures
from banshi.checking.loaded import PolicyFile
from banshi.checking.rules import Problem, Severity, Text
from banshi.law.instruments import Placed
from banshi.law.norms import Norm, ScoreItems
from banshi.law.reading_texts import PLACEHOLDER, texts

TITLE = Text("口径里的数字从规范点取", "Figures in readings come from the norms")
SUBJECT = "policy"
SEVERITY = "warning"
BASIS = ()
_READING = """
provisions:
  - id: "1"
    label: 一
    heading: 公示
    source: {lines: [1, 1]}
    norms:
      - {id: publicity-period, kind: period, statement: "公示期{length}。", of: publicity,
         length: {value: 5, unit: 天}, inclusive: true}
readings:
  - {id: days, at: ["1"], question: "SAID是不是工作日？", options: {working: 是}, default: working, ground: 样例。}
"""
GOOD = _READING.replace("SAID", "公示期的{publicity-period.length}")
BAD = _READING.replace("SAID", "公示期的5天")

_REFERENCE = re.compile(
    r"第[一二三四五六七八九十百零]+[条章款部季篇]|〔\d+〕\d+号|第\d+号|[一二三四五六七八九十]+（[一二三四五六七八九十]+）\d*|"
    r"（[一二三四五六七八九十]+）\d*|[注附件]{1,2}\d+|\d+行|\d{4}年(?!\d)|比\d+|\d+、(?=\d+行)"
)
_DATE = re.compile(r"(\d{4})[年./-](\d{1,2})[月./-](\d{1,2})日?")
_CLOCK = re.compile(r"\d{1,2}:\d{2}")
_ARABIC = re.compile(r"\d+(?:\.\d+)?万?")
_CHINESE = re.compile(r"[一二三四五六七八九十百两半]+(?=[天日次分件起元点]|小时|工作日|个(?:季度|小项|大项))")


def check(policy: PolicyFile) -> Iterator[Problem]:
    """Each text of each reading: its placeholders, and its literal figures against the norms."""
    written = policy.data["readings"] if policy.version.readings else ()
    stated = _stated(policy) if written else []
    for n, (raw, reading) in enumerate(zip(written, policy.version.readings, strict=True)):
        for keys, said in texts(reading):
            for left in PLACEHOLDER.finditer(said):
                yield _nowhere(("readings", n, *keys), left.group())
        for keys, said in texts(msgspec.structs.replace(reading, **{k: raw[k] for k in _TEXTS})):
            known = _known(stated, reading.at)
            for literal, kind in _literals(said):
                if literal in known[kind]:
                    yield _restated(("readings", n, *keys), literal, known[kind][literal])


_TEXTS = ("question", "options", "ground")
_Figures = dict[str, dict[str, str]]


def _literals(said: str) -> Iterator[tuple[str, str]]:
    """Figures as they would read in a norm, each with its sort: date, clock, figure (a number), count (in words)."""
    text = PLACEHOLDER.sub("＿", said)
    yield from ((f"{int(year)}年{int(month)}月{int(day)}日", "date") for year, month, day in _DATE.findall(text))
    text = _DATE.sub("＿", text)
    yield from ((found, "clock") for found in _CLOCK.findall(text))
    text = _CLOCK.sub("＿", text)
    text = _REFERENCE.sub("＿", text)
    yield from ((_plain(value), "figure") for found in _ARABIC.findall(text) for _, value in figures(found))
    for word in _CHINESE.findall(text):
        if word != "一":
            value = Decimal("0.5") if word == "半" else next((v for _, v in figures(word)), None)
            if value is not None:
                yield _plain(value), "count"


_Stated = list[tuple[Placed[Norm], list[tuple[str, str]]]]


def _stated(policy: PolicyFile) -> _Stated:
    """Every norm with the figures in it, each with its sort."""
    return [(placed, [_sorted(value) for value in _values(placed.norm)]) for placed in policy.version.placed]


def _known(stated: _Stated, at: tuple[str, ...]) -> _Figures:
    """By sort, the figures of the norms with the norm's id; what is written in words is sought where the reading is at."""
    found: _Figures = {"date": {}, "clock": {}, "figure": {}, "count": {}}
    for placed, figures_of_it in stated:
        here = any(placed.provision.id == own or placed.provision.id.startswith(f"{own}.") for own in at)
        for sort, said in figures_of_it:
            found[sort].setdefault(said, placed.norm.id)
            if sort == "figure" and here:
                found["count"].setdefault(said, placed.norm.id)
            if sort == "clock" and here:
                found["count"].setdefault(_plain(Decimal(said.split(":")[0])), placed.norm.id)
    return found


def _values(norm: Norm) -> Iterator[Any]:
    if not isinstance(norm, ScoreItems):  # whose keys are numbers of articles
        yield from _scalars({k: v for k, v in _fields(norm).items() if k not in ("id", "inventory", "statement")})


def _fields(norm: Norm) -> dict[str, Any]:
    return {field: getattr(norm, field) for field in norm.__struct_fields__}


def _scalars(value: Any) -> Iterator[Any]:
    if isinstance(value, msgspec.Struct):
        value = {field: getattr(value, field) for field in value.__struct_fields__}
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, tuple) else None
    if parts is not None:
        for part in parts:
            yield from _scalars(part)
    elif (isinstance(value, int | Decimal | datetime.date) and not isinstance(value, bool)) or (
        isinstance(value, str) and _CLOCK.fullmatch(value)
    ):
        yield value


def _sorted(value: Any) -> tuple[str, str]:
    if isinstance(value, datetime.date):
        return "date", f"{value.year}年{value.month}月{value.day}日"
    return ("clock", value) if isinstance(value, str) else ("figure", _plain(Decimal(value)))


def _plain(value: Decimal) -> str:
    return f"{value.normalize():f}"


def _nowhere(where: tuple[str | int, ...], placeholder: str) -> Problem:
    return Problem(
        where=where,
        severity=Severity.ERROR,
        message=Text(f"占位符 {placeholder} 找不到对应的数字", f"placeholder {placeholder} leads nowhere"),
        fix=Text(
            "写作 {规范点标识.字段}，或 {relations 里的文件标识或文号.since}。",
            "Write {norm.field}, or {instrument.since} for a relation's date.",
        ),
    )


def _restated(where: tuple[str | int, ...], literal: str, norm: str) -> Problem:
    return Problem(
        where=where,
        message=Text(f"照抄了规范点 {norm} 的数字 {literal}", f"repeats {literal} of norm {norm}"),
        fix=Text("改写成占位符 {规范点标识.字段}。", "Write a placeholder {norm.field} instead."),
    )
