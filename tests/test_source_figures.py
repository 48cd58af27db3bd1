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


SAID_WITHOUT_A_FIGURE = {Decimal(figure) for figure in ("0", "0.5", "1", "100")}  # none, half a day, each, all
UNITS_OF_MONEY_AND_SHARES = (Decimal(1), Decimal(10000), Decimal("0.01"), Decimal(10), Decimal(100))
NAMES = ("id", "kind", "statement", "inventory")


def stated(part: Any) -> Iterator[Decimal]:
    """The figures of a norm's fields; what names it, and its sentence (whose places they fill), apart."""
    if isinstance(part, dict):
        for key, value_of in part.items():
            yield from stated(value_of) if key not in NAMES else ()
    elif isinstance(part, list):
        for each in part:
            yield from stated(each)
    elif isinstance(part, int | Decimal) and not isinstance(part, bool):
        yield Decimal(part)
    elif isinstance(part, str):
        yield from list(_decimal(part))[:1]


def test_every_figure_of_the_data_stands_in_the_lines_that_its_provision_names() -> None:
    source: dict[int, set[Decimal]] = {}
    for row in rows("source_figures.csv"):
        source.setdefault(int(row["line"]), set()).add(value(row["figure"]))
    seen, invented = 0, []
    for placed in (placed for version in VERSIONS for placed in version.placed):
        lines = placed.provision.source.lines
        assert lines or placed.provision.source.note, placed.cite
        if not lines:  # from elsewhere than the source file, as the note says
            continue
        whole = placed.version.source.lines
        assert whole and whole[0] <= lines[0] <= lines[1] <= whole[1], placed.cite
        there = set().union(*(source.get(line, set()) for line in range(lines[0], lines[1] + 1)))
        own = Decimal(found) if (found := placed.provision.id.partition(".")[0]).isdigit() else None
        for figure in stated(msgspec.to_builtins(placed.norm)):
            seen += 1
            ways = {abs(figure) / unit for unit in UNITS_OF_MONEY_AND_SHARES} | {abs(figure) * 100}
            if figure not in SAID_WITHOUT_A_FIGURE and figure != own and not ways & there:
                invented.append((str(placed.cite), figure))
    assert invented == [] and seen > 200


def test_every_provision_of_every_centre_says_where_it_comes_from() -> None:
    for centre in ("linjiang", "qinghe"):
        library = Library([ROOT / "examples" / centre / "policies"])
        for version in (library.load(path) for name in library.instruments() for path in library.files(name)):
            assert all(provision.source.lines or provision.source.note for provision in version.provisions)
