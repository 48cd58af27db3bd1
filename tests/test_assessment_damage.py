"""What is damaged in an assessment never leads to another score or place: it is the same, a range that holds it, or none."""

import io
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from assessing import DAYS, LIBRARY, bonus, case_of, deduction, window
from conftest import ROOT, write_yaml
from hypothesis import given
from hypothesis import strategies as st
from lengths import examples, longer, some

from banshi.checking.checker import Checker
from banshi.checking.loaded import LoadedFile
from banshi.files.findings import Finding
from banshi.files.reading import read
from banshi.files.report import Report
from banshi.subjects.assessment.case import AssessmentInLaw
from banshi.subjects.assessment.results import WindowScore
from banshi.subjects.assessment.template import template
from banshi.subjects.assessment.unread import UnreadEntry, UnreadOfWindow

CHECKER = Checker(ROOT)
TABLES = ("窗口与事实", "事实明细", "人工评分", "加分", "减分")
JUNK = ("？？", "#REF!", "若干", "2012-13-45", "25:99", "见附件", "-")
Books = dict[str, bytes]


def loaded(path: Path) -> tuple[AssessmentInLaw | None, list[Finding]]:
    report = Report()
    found = [
        x.value
        for u in CHECKER.loader.units([path])
        for x in CHECKER.loader.load(u, report)
        if isinstance(x, LoadedFile)
    ]
    return (found[0] if found else None), report.findings


@pytest.fixture(scope="module")
def sound() -> dict[str, tuple[bytes, AssessmentInLaw]]:
    found = {}
    for quarter in ("2012-Q1", "2012-Q2"):
        case, _ = loaded(ROOT / f"examples/assessment/{quarter}.yaml")
        assert case is not None and case.law is not None
        found[quarter] = template(case.law, quarter, case.assessment), case
    return found


def _filled(book: Any, rng: random.Random) -> tuple[Any, Any]:
    """A sheet, and one of its cells in which something stands."""
    sheets = [name for name in TABLES if book[name].max_row > 1 and book[name]["A2"].value]
    sheet = book[rng.choice(sheets)]
    cells = [cell for row in sheet.iter_rows(min_row=2) for cell in row if cell.value is not None]
    return sheet, rng.choice(cells)


def _a_cell(book: Any, rng: random.Random) -> None:
    _filled(book, rng)[1].value = rng.choice(JUNK)


def _a_unit(book: Any, rng: random.Random) -> None:
    cell = _filled(book, rng)[1]
    cell.value = f"{cell.value}{rng.choice(['元', '%', '分钟', '？'])}"


def _a_row(book: Any, rng: random.Random) -> None:
    sheet, cell = _filled(book, rng)
    for other in sheet[cell.row]:
        if other.value is not None and rng.random() < 0.6:
            other.value = rng.choice(JUNK)


def _a_heading(book: Any, rng: random.Random) -> None:
    sheet = book[rng.choice(TABLES)]
    cell = rng.choice([cell for cell in sheet[1] if cell.value])
    cell.value = rng.choice(("甲列", "", f"{cell.value}x", "某某数量"))


def _a_column_twice(book: Any, rng: random.Random) -> None:
    sheet, cell = _filled(book, rng)
    last = sheet.max_column + 1
    for row in sheet.iter_rows(min_col=cell.column, max_col=cell.column):
        sheet.cell(row[0].row, last, row[0].value if row[0].row == 1 or rng.random() < 0.7 else rng.choice(JUNK))


def _a_sheet(book: Any, rng: random.Random) -> None:
    book[rng.choice(TABLES)].title = rng.choice(("表2", "明细"))


HARMS: list[Callable[[Any, random.Random], None]] = [_a_cell, _a_unit, _a_row, _a_heading, _a_column_twice, _a_sheet]


def holds(true: WindowScore, given: WindowScore) -> None:
    if true.total.value is not None:
        assert given.at_least <= true.total.value <= given.at_most, true.window.id
        assert given.total.value in (None, true.total.value)
    else:
        assert given.total.value is None
        assert given.at_least <= true.at_least and true.at_most <= given.at_most
    for right, found in zip(true.lines, given.lines, strict=True):
        assert found.at_least <= right.at_least and right.at_most <= found.at_most, right.id
        assert found.mark.value in (None, right.mark.value), right.id
    for right_one, found_one in ((true.bonus_total, given.bonus_total), (true.deduction_total, given.deduction_total)):
        assert found_one.value in (None, right_one.value)


@pytest.mark.parametrize("harm", HARMS)
@longer
@pytest.mark.parametrize("seed", some(range(12), 4))
def test_no_score_and_no_place_changes(
    harm: Callable[[Any, random.Random], None],
    seed: int,
    sound: dict[str, tuple[bytes, AssessmentInLaw]],
    tmp_path: Path,
) -> None:
    rng = random.Random(seed)
    data, whole = sound[rng.choice(sorted(sound))]
    book = openpyxl.load_workbook(io.BytesIO(data))
    harm(book, rng)
    path = tmp_path / "考核.xlsx"
    book.save(path)
    case, findings = loaded(path)
    if case is None:
        assert any(f.severity == "error" for f in findings)
        return
    true = {score.window.id: score for score in whole.scores}
    for score in case.scores:
        if score.window.id in true:
            holds(true[score.window.id], score)
    places = {rank.score.window.id: rank for rank in whole.ranking}
    for rank in case.ranking:
        there = places.get(rank.score.window.id)
        if rank.best is not None and rank.worst is not None and there is not None and there.best is not None:
            assert rank.best <= there.best and (there.worst or 0) <= rank.worst, rank.score.window.id


def _places(data: Any, at: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place in plain data, by its route."""
    own = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    return [at, *(place for key, value in own for place in _places(value, (*at, key)))]


def _spoil(data: Any, rng: random.Random) -> None:
    """Something wrong at one place of a window: another value, a key too many, a key that is gone."""
    (*way, last) = rng.choice([place for place in _places(data["windows"]) if len(place) > 1])
    own = data["windows"]
    for step in way:
        own = own[step]
    sort = rng.choice(["value", "key", "gone"]) if isinstance(own, dict) else "value"
    if sort == "gone" and last in ("id", "name", "mark", "on", "fact", "matter", "event", "evidence", "by", "reason"):
        del own[last]
    elif sort == "key":
        own[rng.choice(["备注", "note", "deduction"])] = rng.choice(["好", {"甲": 1}, [{"fact": "quarrels"}]])
    else:
        own[last] = rng.choice(["？？", [], {"甲": "乙"}, -3, [{"甲": 1}], "2012-13-45", 1.5])


@longer
@pytest.mark.parametrize("seed", some(range(60), 15))
def test_a_window_that_is_written_wrongly_keeps_all_that_is_right(
    seed: int, sound: dict[str, tuple[bytes, AssessmentInLaw]], tmp_path: Path
) -> None:
    rng = random.Random(seed)
    quarter = rng.choice(sorted(sound))
    document = read(ROOT / f"examples/assessment/{quarter}.yaml").document
    assert document is not None
    for _ in range(rng.choice([1, 1, 1, 4])):
        _spoil(document.data, rng)
    path = tmp_path / "考核.yaml"
    write_yaml(path, document.data)
    case, findings = loaded(path)
    if case is None:
        assert any(f.severity == "error" for f in findings)
        return
    whole = sound[quarter][1]
    true = {score.window.id: score for score in whole.scores}
    if not any(f.severity == "error" for f in findings):  # what was put there is a fact like others, or none at all
        return
    for score in case.scores:
        if score.window.id in true and score.scored == true[score.window.id].scored:
            holds(true[score.window.id], score)
    for rank in case.ranking:
        there = next((own for own in whole.ranking if own.score.window.id == rank.score.window.id), None)
        if rank.best is not None and rank.worst is not None and there is not None and there.best is not None:
            assert rank.best <= there.best and (there.worst or 0) <= rank.worst, rank.score.window.id


FACTS = {
    "bonus": ["suggestions_adopted", "articles_on_provincial_sites", "extra_matters_concentrated", "banners"],
    "deduction": ["quarrels", "idle_acts", "criticisms_by_superiors", "cases_corrected_repeatedly"],
}


@examples(8)
@given(st.data())
def test_whatever_an_unread_entry_says_the_range_holds_it(data: st.DataObject) -> None:
    """Any completion of the row lies within; both ends are totals of completions by the way that they are computed."""
    scale: Any = data.draw(st.sampled_from(["bonus", "deduction"]))
    group, key = ("matter", "bonus") if scale == "bonus" else ("event", "deductions")
    make = bonus if scale == "bonus" else deduction
    written = window(**{key: [make(FACTS[scale][0], **{group: "甲"})]})
    row = {
        "fact": data.draw(st.sampled_from(FACTS[scale])),
        "on": data.draw(st.sampled_from(["2011-11-30", "2012-01-10", "2012-02-29", "2012-03-01"])),
        "count": data.draw(st.sampled_from([1, 2, 40])),
        group: data.draw(st.sampled_from(["甲", "乙"])),
    }
    approved = {"approved_on": "2012-02-20"} if scale == "bonus" else {}
    whole = case_of({**written, key: [*written[key], make(**{**row, **approved})]}).scores[0]
    legible = {name: value for name, value in row.items() if data.draw(st.booleans())} | approved
    part = case_of(written)
    weak = AssessmentInLaw(
        part.assessment, LIBRARY, DAYS, unread={0: UnreadOfWindow(entries=[UnreadEntry(scale, legible)], rows=1)}
    ).scores[0]
    assert weak.at_least <= whole.at_least <= whole.at_most <= weak.at_most
    assert weak.total.value in (None, whole.total.value)
