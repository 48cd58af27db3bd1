"""A cell that cannot be read costs what rests on it: exactly what the same wrong value costs in YAML or JSON Lines."""

import copy
import csv
import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from conftest import ROOT, banshi
from lengths import longer, some
from test_change_missing import project
from test_filing_damage import JUNK, TYPED, told

from banshi.checking.checker import Checker
from banshi.checking.loading import Loader
from banshi.files.documents import Place
from banshi.files.report import Report
from banshi.subjects.change.loading import LoadedFiling

Way = tuple[Any, ...]
Said = set[tuple[Any, ...]]


def typed(node: Any, where: Way = ()) -> Iterator[Way]:
    """The way to every value that must be an amount, a day or a word of a list."""
    for key, value in node.items() if isinstance(node, dict) else enumerate(node):
        if isinstance(value, dict | list):
            yield from typed(value, (*where, key))
        elif key in TYPED and value is not None:
            yield (*where, key)


def filing(rng: random.Random) -> Any:
    """A project of several forms, each of a tier that is not the right one, so that something is said of every one."""
    return project([rng.choice((60_000, 300_000, 80_000)) for _ in range(rng.randint(2, 4))], ["full_procedure"] * 4)


def said(path: Path) -> Said:
    report = Checker(ROOT).check([path])
    assert not report.failed
    return {(f.rule, f.where, f.severity) for f in report.findings if not told(f)}


def told_at(path: Path, place: Place) -> bool:
    found = Checker(ROOT).check([path]).findings
    return any((f.sheet, f.line, f.severity) == (place.sheet, place.line, "error") for f in found)


def as_book(data: Any, folder: Path) -> Path:
    (folder / "a.yaml").write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    assert banshi("convert", str(folder / "a.yaml"), str(folder / "a.xlsx"), "--force").returncode == 0
    (folder / "a.yaml").unlink()
    return folder / "a.xlsx"


def cell_of(path: Path, where: Way) -> Place:
    loader = Loader(ROOT)
    [unit] = loader.units([path])
    [filing] = [each for each in loader.load(unit, Report()) if isinstance(each, LoadedFiling)]
    return filing.place.document.place(where)


def put(path: Path, place: Place, value: str) -> None:
    book = openpyxl.load_workbook(path)
    book[place.sheet].cell(place.line, place.column).value = value
    book.save(path)


@longer
@pytest.mark.parametrize("seed", some(range(60), 6))
def test_a_cell_costs_what_the_value_costs(seed: int, tmp_path: Path) -> None:
    rng = random.Random(seed)
    data = filing(rng)
    where, junk = rng.choice(list(typed(data))), rng.choice(JUNK[:3])
    book = as_book(data, tmp_path)
    place = cell_of(book, where)
    put(book, place, junk)
    spoilt: Any = copy.deepcopy(data)
    holder = spoilt
    for step in where[:-1]:
        holder = holder[step]
    holder[where[-1]] = junk
    text = json.dumps(spoilt, ensure_ascii=False)
    for name in ("b.yaml", "c.jsonl"):
        (tmp_path / name).write_text(text, encoding="utf-8")
    yaml, lines, cells = (said(tmp_path / name) for name in ("b.yaml", "c.jsonl", "a.xlsx"))
    assert yaml == lines == cells, (where, junk)
    assert told_at(book, place)


def alone(book: Path, folder: Path) -> tuple[Path, Path]:
    """The first sheet of a workbook, as a workbook and as CSV."""
    opened = openpyxl.load_workbook(book)
    for sheet in opened.worksheets[1:]:
        del opened[sheet.title]
    opened.save(folder / "one.xlsx")
    with (folder / "one.csv").open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows(opened.worksheets[0].iter_rows(values_only=True))
    return folder / "one.xlsx", folder / "one.csv"


@longer
@pytest.mark.parametrize("seed", some(range(40), 4))
def test_a_ledger_of_one_table_keeps_what_rests_on_no_bad_cell(seed: int, tmp_path: Path) -> None:
    rng = random.Random(seed)
    data = filing(rng)
    book = as_book(data, tmp_path)
    sheet = openpyxl.load_workbook(book).worksheets[0]
    whole = said(alone(book, tmp_path)[0])
    row, column = rng.randint(2, sheet.max_row), rng.randint(1, sheet.max_column)
    put(book, Place(row, column, column + 1, sheet.title), "#REF!")
    one, other = alone(book, tmp_path)
    assert said(one) == said(other)
    new = {each for each in said(one) - whole if each[0] != "change/tier-matches-amount"}
    assert not new, (sheet.cell(1, column).value, new)
