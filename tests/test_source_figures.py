"""Every figure of the source stands in the data of the provision that its line belongs to, or is listed with a reason.

``data/source_figures.csv`` holds the figures of each source line; ``data/source_figures_elsewhere.csv`` those that
belong to no norm (numbering of the page, words that only look like figures), each with its reason.
"""

import csv
import datetime
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec
from conftest import ROOT

from banshi.base.figures import figures, value
from banshi.law.instruments import PolicyVersion
from banshi.law.library import Library

DATA = Path(__file__).parent / "data"
LIBRARY = Library([ROOT / "policies"])
VERSIONS = [LIBRARY.load(path) for name in LIBRARY.instruments() for path in LIBRARY.files(name)]


def rows(name: str) -> list[dict[str, str]]:
    with open(DATA / name, encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def numbers(data: Any) -> Iterator[Decimal]:
    """Every number in data: in figures, dates, clock times, rates (as percentages too) and words."""
    if isinstance(data, dict):
        for key, part in data.items():
            yield from numbers(key)
            yield from numbers(part)
    elif isinstance(data, list | tuple):
        for part in data:
            yield from numbers(part)
    elif isinstance(data, datetime.date):
        yield from (Decimal(data.year), Decimal(data.month), Decimal(data.day))
    elif isinstance(data, str):
        yield from (v for _, v in figures(data))
        if len(data) == 5 and data[2] == ":" and data[:2].isdigit():
            yield Decimal(int(data[:2]) % 12)
        yield from _decimal(data)
    elif isinstance(data, int | Decimal) and not isinstance(data, bool):
        yield from (Decimal(data), Decimal(data) * 100)


def _decimal(text: str) -> Iterator[Decimal]:
    try:
        number = Decimal(text)
    except ArithmeticError:
        return
    if number.is_finite():
        yield from (number, number * 100, abs(number))


def by_line() -> dict[int, set[Decimal]]:
    """Source line → every number in the data of the provisions (and titles, relations, errata) that it belongs to."""
    found: dict[int, set[Decimal]] = {}
    for version in VERSIONS:
        head = {"title": version.title, "aliases": version.aliases, "number": version.number, "dates": version.dates}
        _add(found, version.source.lines, head, version)
        for provision in version.provisions:
            _add(found, provision.source.lines, provision, version)
        for erratum in version.errata:
            if erratum.lines[1] - erratum.lines[0] < 12:
                _add(found, erratum.lines, erratum, version)
    return found


def _add(found: dict[int, set[Decimal]], lines: tuple[int, int] | None, part: Any, _version: PolicyVersion) -> None:
    if lines is None:  # from elsewhere than the source file
        return
    values = set(numbers(msgspec.to_builtins(part)))
    for line in range(lines[0], lines[1] + 1):
        found.setdefault(line, set()).update(values)


def test_every_figure_of_the_source_is_in_the_data_or_listed() -> None:
    known = by_line()
    listed = {(row["line"], row["figure"]) for row in rows("source_figures_elsewhere.csv")}
    missing = [
        (row["line"], row["figure"])
        for row in rows("source_figures.csv")
        if value(row["figure"]) not in known.get(int(row["line"]), ()) and (row["line"], row["figure"]) not in listed
    ]
    assert missing == []


def test_every_listed_exception_is_needed_and_has_a_reason() -> None:
    known = by_line()
    source = {(row["line"], row["figure"]) for row in rows("source_figures.csv")}
    for row in rows("source_figures_elsewhere.csv"):
        assert row["reason"].strip()
        assert (row["line"], row["figure"]) in source
        assert value(row["figure"]) not in known.get(int(row["line"]), ()), row
