"""The workbook of ``banshi assess``: it shows the marks of the answer, and computes them again."""

import re
import tempfile
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, write_yaml
from formulas import Workbook
from hypothesis import given
from hypothesis import strategies as st
from lengths import examples
from test_assess_command import CAP, EXAMPLE, SUB_ITEMS, asked, example, scored, window, workbook, written

from banshi.checking.checker import Checker
from banshi.checking.loaded import LoadedFile
from banshi.files.discovery import discover
from banshi.files.report import Report
from banshi.subjects.assessment.case import AssessmentInLaw
from banshi.subjects.assessment.score_book import as_workbook
from banshi.subjects.assessment.sheets import Sheets


@pytest.mark.parametrize("path", ["examples/assessment/2012-Q1.yaml", "examples/assessment"])
def test_formulas_give_what_is_stored(tmp_path: Path, path: str) -> None:
    computed = workbook(tmp_path, path).computed()
    assert len(computed) > 300
    assert {cell: found for cell, found in computed.items() if abs(found[0] - found[1]) > 1e-9} == {}


def test_the_workbook_has_the_marks_of_the_answer(tmp_path: Path) -> None:
    book = workbook(tmp_path, EXAMPLE)
    for each in scored(asked(EXAMPLE)):
        sheet = book.stored[f"{each['id']} {each['name']}"]
        rows = {row[2].value: row for row in sheet.iter_rows(min_row=6, max_row=5 + SUB_ITEMS)}
        assert len(rows) == SUB_ITEMS
        for line in each["lines"]:
            full, mark = rows[line["heading"]][3].value, rows[line["heading"]][4].value
            assert full == pytest.approx(float(line["full_marks"]))
            value = line["mark"]["value"]
            assert mark == ("不能判定" if value is None else pytest.approx(float(value)))


def test_marks_that_rules_decide_are_formulas_and_marks_by_people_are_figures(tmp_path: Path) -> None:
    book = workbook(tmp_path, EXAMPLE, "--window", "W01")
    sheet = book.formulas["W01 发展改革窗口"]
    kinds = [sheet.cell(row, 5).data_type for row in range(6, 6 + SUB_ITEMS)]
    assert (kinds.count("f"), kinds.count("n")) == (17, 12)


def cell_of(sheet: Any, text: str, column: int) -> Any:
    """The cell in a column of the last row whose third cell is ``text``."""
    return [row[column] for row in sheet.iter_rows() if row[2].value == text][-1]


def test_a_changed_fact_changes_mark_total_and_rank(tmp_path: Path) -> None:
    book = workbook(tmp_path, EXAMPLE.replace("Q1", "Q2"))  # where every total is known
    sheet = book.formulas["W01 发展改革窗口"]
    counts = [row[3] for row in sheet.iter_rows() if row[2].value == "有效投诉件数"]
    for count in counts:
        count.value = 3
    mark = next(row[4] for row in sheet.iter_rows() if row[2].value == "有效投诉")
    assert book.value(sheet.title, mark.coordinate) == 2
    assert book.value(sheet.title, cell_of(sheet, "总分", 4).coordinate) == Decimal("96.5")
    summary = book.formulas.worksheets[1]  # the first says what was read
    place = next(row[0] for row in summary.iter_rows() if row[1].value == "W01 发展改革窗口")
    assert book.value(summary.title, place.coordinate) == 6


def test_a_changed_cap_changes_the_bonus(tmp_path: Path) -> None:
    book = workbook(tmp_path, EXAMPLE)
    sheet = book.formulas["W07 税务窗口"]
    counted = cell_of(sheet, "加分计入", 8)
    assert book.value(sheet.title, counted.coordinate) == CAP
    cell_of(sheet, "加分封顶", 8).value = 21
    assert book.value(sheet.title, counted.coordinate) == 21


def test_a_rate_between_is_multiplied(tmp_path: Path) -> None:
    """98.76 % of 12 marks, as the table of expected results has it."""
    book = workbook(tmp_path, EXAMPLE)
    sheet = book.formulas["W03 住房建设窗口"]
    mark = next(row[4] for row in sheet.iter_rows() if row[2].value == "现场办结率")
    assert book.value(sheet.title, mark.coordinate) == pytest.approx(11.8512)


def test_text_is_never_a_formula(tmp_path: Path) -> None:
    data = example()
    bad = '=HYPERLINK("http://x",1)'
    data["centre"] = bad
    first = data["windows"][0]
    first["name"] = "=1+1"
    first["marks"]["tidy-window"] = {"mark": 2, "by": "@SUM(A1)", "reason": bad}
    first["facts"]["offsite_stages"] = {"count": 0, "evidence": "+cmd|x"}
    first["bonus"] = [
        {"fact": "banners", "on": "2012-01-09", "matter": "-1+1", "evidence": bad, "approved_on": "2012-02-01"}
    ]
    book = workbook(tmp_path, written(tmp_path, data))
    ours = re.compile(r"=[-+*/(),$:<>=\"A-Z0-9. '一-鿿!（）]+")
    for sheet in book.formulas.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    assert ours.fullmatch(cell.value) and "HYPERLINK" not in cell.value, cell.value
                elif isinstance(cell.value, str) and cell.value[:1] in "=+-@":
                    assert cell.data_type == "s"
    assert book.computed()


def test_an_odd_window_name_still_links(tmp_path: Path) -> None:
    data = example()
    data["windows"] = data["windows"][:2]
    data["windows"][0]["name"] = "甲'乙[丙]:*?/\\很长很长很长很长很长很长很长很长很长的名字"
    computed = workbook(tmp_path, written(tmp_path, data)).computed()
    assert {cell: found for cell, found in computed.items() if abs(found[0] - found[1]) > 1e-9} == {}


def test_it_prints_on_a4(tmp_path: Path) -> None:
    for sheet in workbook(tmp_path, EXAMPLE).formulas.worksheets:
        assert int(sheet.page_setup.paperSize) == 9
        assert sheet.page_setup.fitToWidth in (None, 1)


def test_what_if_stands_in_the_workbook_too(tmp_path: Path) -> None:
    sheet = workbook(tmp_path, EXAMPLE, "--what-if").formulas["W04 公安窗口"]
    assert any("若没有“有效投诉件数”" in str(row[0].value) for row in sheet.iter_rows())


COUNTS = st.integers(0, 4)


RATES = st.integers(1, 300).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of)))


COUNTED = [slug for slug, fact in window(example(), "W01")["facts"].items() if type(fact) is int]


RATED = ("on_site_rate", "satisfaction_rate", "online_review_satisfaction_rate")


BONUSES = ("banners", "written_commendations", "online_reviews_passed", "leader_visits")


DEDUCTIONS = ("overdue_cases", "quarrels", "idle_acts", "idle_acts_with_serious_consequence", "illegal_charges")


def entries(facts: tuple[str, ...], group: str, **more: str) -> Any:
    entry = st.tuples(st.sampled_from(facts), st.integers(1, 40), st.sampled_from("甲乙丙丁"))
    made = entry.map(lambda e: {"fact": e[0], "on": "2012-01-09", "count": e[1], group: e[2], "evidence": "x", **more})
    return st.lists(made, max_size=6)


@examples(40)
@given(
    counts=st.fixed_dictionaries(dict.fromkeys(COUNTED, COUNTS)),
    rates=st.fixed_dictionaries(dict.fromkeys(RATED, RATES)),
    missing=st.booleans(),
    bonus=entries(BONUSES, "matter", approved_on="2012-02-28"),
    deductions=entries(DEDUCTIONS, "event", verified_by="督察科"),
)
def test_the_workbook_computes_what_we_compute(
    counts: dict[str, int], rates: dict[str, Any], missing: bool, bonus: Any, deductions: Any
) -> None:
    data = example()
    own = {**window(data, "W01"), "bonus": bonus, "deductions": deductions}
    own["facts"] |= counts | {slug: {"count": part, "of": of} for slug, (part, of) in rates.items()}
    own["facts"]["online_consultation_windows"] = 1
    if missing:
        del own["facts"]["upheld_complaints"]
    case = loaded({**data, "windows": [own]})
    (score,) = case.scores
    book = Workbook(as_workbook([Sheets("a.yaml", case)], []))
    computed = book.computed()
    assert {cell: found for cell, found in computed.items() if abs(found[0] - found[1]) > 1e-9} == {}
    sheet = book.formulas["W01 发展改革窗口"]
    ruled = [line.mark.determined and not line.placed.norm.manual for line in score.lines]
    assert [sheet.cell(row, 5).data_type == "f" for row in range(6, 6 + SUB_ITEMS)] == ruled


def loaded(data: dict[str, Any]) -> AssessmentInLaw:
    with tempfile.TemporaryDirectory() as folder:
        path, report = Path(folder) / "a.yaml", Report()
        write_yaml(path, data)
        (unit,) = discover([path])
        (found,) = Checker(ROOT).loader.load(unit, report)
    assert isinstance(found, LoadedFile) and report.findings == []
    case: AssessmentInLaw = found.value
    return case
