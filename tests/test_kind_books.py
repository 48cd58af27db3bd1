"""Documents of every kind as workbooks of linked tables: back they are the same, and checked the same."""

import copy
import itertools
import json
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from conftest import ROOT, banshi
from hypothesis import given
from hypothesis import strategies as st

from banshi.checking.checker import Checker
from banshi.files.reading import read
from banshi.files.shape import Shapes
from banshi.files.tables.kind_books import book_of, documents_in, kind_in

SHAPES = Shapes([ROOT / "schemas"])
EXAMPLES = {
    "attendance": "examples/attendance/2010-02/register.yaml",
    "assessment": "examples/linjiang/assessment/2026-01.yaml",
    "cases": "tests/cases/cases/log-that-contradicts-itself.yaml",
    "catalogue": "examples/parallel/template/catalogue.yaml",
    "parallel-case": "examples/parallel/investment/case.yaml",
    "guide": "policies/luzhou/guides/change-approval.yaml",
    "scenario": "examples/linjiang/tests/window-assessment.yaml",
    "policy": "tests/cases/policy/unknown-kind-of-norm.yaml",
    "working-days": "policies/cn/working-days/2012.yaml",
    "change": "examples/change/binhe-road/changes/001.yaml",
    "project": "examples/change/binhe-road/project.yaml",
}
ODD = st.sampled_from(
    [
        None,
        "",
        "=1+1",
        "是",
        "无",
        "0123",
        "1e3",
        "甲\n乙",
        "乙、丙",
        "2012-02-30",
        [],
        {},
        [[]],
        {"k": 1},
        True,
        7,
        "#2",
        "x" * 70000,
    ]
)


def data_of(kind: str) -> dict[str, Any]:
    document = read(ROOT / EXAMPLES[kind]).document
    assert document is not None
    found = {key: value for key, value in document.data.items() if key != "$schema"}
    assert found["kind"] == kind
    return found


def again(kind: str, documents: list[dict[str, Any]], folder: Path) -> list[Any]:
    path = folder / "b.xlsx"
    path.write_bytes(book_of(kind, documents, SHAPES))
    assert kind_in(path) == kind
    made, found, _ = documents_in(path, kind, SHAPES)
    assert not found, [each.message.zh for each in found]
    return [each.data for each in made]


@pytest.mark.parametrize("kind", EXAMPLES)
def test_one_document_and_several_come_back(kind: str, tmp_path: Path) -> None:
    own = data_of(kind)
    assert again(kind, [own], tmp_path) == [own]
    bare = {key: value for key, value in own.items() if not isinstance(value, list | dict)}
    assert again(kind, [own, bare, own], tmp_path) == [own, bare, own]


def places(data: Any, where: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    return [*((where,) if where else ()), *(place for key, value in inner for place in places(value, (*where, key)))]


@given(st.data())
def test_whatever_stands_in_it(made: st.DataObject) -> None:
    """Values that are not as they should be, keys that do not exist, lists that are empty or no lists."""
    kind = made.draw(st.sampled_from(["attendance", "cases", "catalogue", "parallel-case", "project"]))
    own = copy.deepcopy(data_of(kind))
    for _ in range(made.draw(st.integers(1, 4))):
        route = made.draw(st.sampled_from([place for place in places(own) if place != ("kind",)]))
        holder = own
        for step in route[:-1]:
            holder = holder[step]
        how = made.draw(st.sampled_from(["put", "drop", "add"]))
        if how == "put":
            holder[route[-1]] = copy.deepcopy(made.draw(ODD))
        elif how == "drop":
            del holder[route[-1]]
        elif isinstance(holder, dict):
            holder["自拟"] = copy.deepcopy(made.draw(ODD))
        else:
            holder.append(copy.deepcopy(holder[0]))
    with tempfile.TemporaryDirectory() as name:
        assert again(kind, [own], Path(name)) == [own]


@pytest.mark.parametrize("kind", ["attendance", "assessment", "catalogue", "parallel-case"])
def test_convert_goes_all_ways_round(kind: str, tmp_path: Path) -> None:
    source = ROOT / EXAMPLES[kind]
    project = ROOT / "examples/linjiang" if "linjiang" in EXAMPLES[kind] else ROOT
    steps = [source, *(tmp_path / name for name in ("a.xlsx", "b.jsonl", "c.xlsx", "d.yaml"))]
    for one, other in itertools.pairwise(steps):
        done = banshi("convert", str(one), str(other), "--project", str(project))
        assert done.returncode == 0, done.stderr
    back = read(steps[-1]).document
    assert back is not None and back.data == json.loads(json.dumps(data_of(kind)))


@pytest.mark.parametrize("kind", ["assessment", "catalogue"])
def test_a_workbook_is_checked_like_the_file(kind: str, tmp_path: Path) -> None:
    project = ROOT / "examples/linjiang" if "linjiang" in EXAMPLES[kind] else ROOT
    path = tmp_path / "b.xlsx"
    path.write_bytes(book_of(kind, [data_of(kind)], SHAPES))
    book, plain = (Checker(project).check([each]) for each in (path, ROOT / EXAMPLES[kind]))
    assert Counter(f.rule for f in book.findings) == Counter(f.rule for f in plain.findings)


def test_a_cell_that_cannot_be_read_is_told_there(tmp_path: Path) -> None:
    path = tmp_path / "b.xlsx"
    path.write_bytes(book_of("catalogue", [data_of("catalogue")], SHAPES))
    book = openpyxl.load_workbook(path)
    sheet = book["事项"]
    head = {cell.value: cell.column for cell in sheet[1]}
    column = head["办理时限·承诺时限"]
    sheet.cell(3, column).value = "三天左右"
    book.save(path)
    found = [f for f in Checker(ROOT).check([path]).findings if f.severity.rank == 0]
    assert [(f.sheet, f.line, f.column) for f in found] == [("事项", 3, column)]
    assert banshi("convert", str(path), str(tmp_path / "c.yaml")).returncode == 2
    assert not (tmp_path / "c.yaml").exists()


def hidden(book: openpyxl.Workbook) -> None:
    book["减分"].sheet_state = "hidden"


def very_hidden(book: openpyxl.Workbook) -> None:
    book["窗口"].sheet_state = "veryHidden"


def once_more(book: openpyxl.Workbook) -> None:
    book.copy_worksheet(book["减分"]).title = "减分(2)"


def continued(book: openpyxl.Workbook) -> None:
    rows = [[cell.value for cell in row] for row in book["窗口"]]
    book["窗口"].delete_rows(8, len(rows))
    for row in (rows[0], *rows[7:]):
        (book["续"] if "续" in book.sheetnames else book.create_sheet("续")).append(row)


@pytest.mark.parametrize("change", [hidden, very_hidden, once_more, continued])
def test_a_sheet_that_is_hidden_or_there_twice_leaves_nothing_judged(change: Any, tmp_path: Path) -> None:
    data = read(ROOT / "examples/assessment/2012-Q1.yaml").document
    assert data is not None
    (tmp_path / "考核.xlsx").write_bytes(book_of("assessment", [data.data], SHAPES))
    book = openpyxl.load_workbook(tmp_path / "考核.xlsx")
    change(book)
    book.save(tmp_path / "考核.xlsx")
    found = Checker(ROOT).check([tmp_path]).findings
    (said,) = [f.message.zh for f in found if f.rule == "input/left-aside" and f.severity == "error"]
    assert said.endswith("里面可能有减分" if "减分" in said else "里面可能有窗口")
    assert not [f for f in found if f.rule.startswith("assessment/")]
    assert banshi("assess", str(tmp_path / "考核.xlsx")).stdout == ""


def test_another_sheet_is_named_and_no_more(tmp_path: Path) -> None:
    data = read(ROOT / "examples/assessment/2012-Q1.yaml").document
    assert data is not None
    (tmp_path / "考核.xlsx").write_bytes(book_of("assessment", [data.data], SHAPES))
    book = openpyxl.load_workbook(tmp_path / "考核.xlsx")
    book.create_sheet("通讯录").append(["姓名", "电话"])
    book.create_sheet("空")
    book.save(tmp_path / "考核.xlsx")
    found = [f for f in Checker(ROOT).check([tmp_path]).findings if f.rule == "input/left-aside"]
    assert [(f.severity, "通讯录" in f.message.zh) for f in found] == [("warning", True)]
