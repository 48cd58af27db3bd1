"""The checker in the browser, but for the browser: what it is told, what it writes into a file, what a site has of it."""

import ast
import io
import json
import os
import random
import tempfile
import tomllib
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import old_books
import openpyxl
import pytest
from conftest import ROOT, banshi
from hypothesis import given
from hypothesis import strategies as st
from lengths import LONG, examples, longer

from banshi.base.limits import MAX_SHOWN_CELL, MAX_SHOWN_COLUMNS
from banshi.browser import sheets
from banshi.browser.edits import NotWritable, changed
from banshi.browser.session import Session, begun
from banshi.centre.centre import Centre
from banshi.checking.checker import Checker
from banshi.files.reading import read
from banshi.files.tables.grids import Grid, GridRow, Unusable
from banshi.output.annotating.cell_edits import SheetRows
from banshi.output.annotating.plain_sheets import plain_rows
from banshi.output.reports.json_report import as_json
from banshi.site import checker as on_site
from banshi.site.checker import engine

BOOK = ROOT / "examples/attendance/2010-03/考勤登记.xlsx"
PUNCHES = ROOT / "examples/attendance/2010-02/打卡.csv"
REGISTER = ROOT / "examples/attendance/2010-02/register.yaml"
FORM = min((ROOT / "tests/cases/change").glob("*.yaml"))


@pytest.fixture
def session(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Session:
    monkeypatch.chdir(tmp_path)
    return Session(ROOT, tmp_path / "files")


def opened(session: Session, *paths: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(session.open([(path.name, path.read_bytes()) for path in paths]))
    return found


def test_what_is_told_is_what_check_finds_at_the_place_where_it_is_shown(session: Session) -> None:
    path = next(
        path
        for path in (ROOT / "tests/cases/change").glob("*.yaml")
        if "错误" in path.with_suffix(".out").read_text("utf-8")
    )
    told = opened(session, path)
    native = Checker(ROOT).check([Path(path.name)])
    assert session.report() == as_json(native, "zh")
    (sheet,) = told["files"][0]["sheets"]
    lines = path.read_text("utf-8").splitlines()
    assert dict(map(tuple, sheet["rows"])) == {n: [line] for n, line in enumerate(lines, 1)}
    assert [(f["row"], f["message"]) for f in told["findings"]] and sheet["lines"]
    assert told["summary"]["error"] == sum(f["severity"] == "error" for f in told["findings"])


def test_rows_and_columns_are_those_of_the_workbook(session: Session) -> None:
    told = opened(session, BOOK)
    book = openpyxl.load_workbook(BOOK)
    assert [sheet["name"] for sheet in told["files"][0]["sheets"]] == [
        s.title for s in book if s.sheet_state == "visible"
    ]
    punches = next(sheet for sheet in told["files"][0]["sheets"] if sheet["name"] == "打卡")
    assert {row: cells[0] for row, cells in punches["rows"]}[3] == book["打卡"]["A3"].value


def test_a_workbook_of_the_old_format_is_shown_and_checked_and_not_written(session: Session) -> None:
    rows = [("工号", "打卡时间"), ("001", "2010-02-30 08:31")]
    cells = b"".join(old_books.label(r, c, text) for r, row in enumerate(rows) for c, text in enumerate(row))
    told = json.loads(session.open([("打卡.xls", old_books.container(old_books.stream([("打卡", cells)])))]))
    (file,) = told["files"]
    assert [row for _, row in file["sheets"][0]["rows"]] == [list(row) for row in rows]
    assert ("打卡", "B2") in [(f.get("sheet"), f.get("cell")) for f in told["findings"]]
    assert not file["editable"] and not file["annotates"]
    assert "只查不改" in session.change("打卡.xls", "打卡", 2, 2, "2010-02-28 08:31")


def test_a_changed_cell_is_found_where_it_stands_and_putting_it_back_ends_it(session: Session) -> None:
    name = BOOK.name
    assert opened(session, BOOK)["findings"] == []
    wrong = json.loads(session.change(name, "打卡", 7, 2, "2010-03-77"))
    assert [(f["sheet"], f["row"], f["at"], f["cell"]) for f in wrong["findings"] if f["severity"] == "error"] == [
        ("打卡", 7, 2, "B7")
    ]
    annotated = session.annotated(name)
    assert isinstance(annotated, bytes)
    assert "先做什么" in openpyxl.load_workbook(io.BytesIO(annotated)).sheetnames
    before = openpyxl.load_workbook(BOOK)["打卡"]["B7"].value
    assert json.loads(session.change(name, "打卡", 7, 2, str(before)[:10]))["findings"] == []


def test_files_that_belong_together_are_checked_together_and_a_text_table_tells_its_cell(session: Session) -> None:
    told = opened(session, PUNCHES, REGISTER)
    assert told["summary"] == {"files": 2, "error": 0, "warning": 0, "note": 0}
    wrong = json.loads(session.change(PUNCHES.name, "", 3, 2, 'x"y,z'))
    assert [(f["row"], f["at"]) for f in wrong["findings"]] == [(3, 2)]
    lines = session.file(PUNCHES.name).decode().splitlines()
    assert lines[2].split(",", 1)[1].startswith('"x""y,z",')
    same = PUNCHES.read_text("utf-8").splitlines()
    assert [line for n, line in enumerate(lines) if n != 2] == [line for n, line in enumerate(same) if n != 2]


def test_a_workbook_that_names_its_prefixes_at_each_sheet_is_handed_back_sound(session: Session) -> None:
    book = openpyxl.load_workbook(BOOK)
    book["打卡"]["B7"] = "2010-03-77"
    book.save(out := io.BytesIO())
    told = json.loads(session.open([("x.xlsx", out.getvalue())]))
    assert told["summary"]["error"] == 1
    annotated = session.annotated("x.xlsx")
    assert isinstance(annotated, bytes)
    names = [sheet.title for sheet in openpyxl.load_workbook(io.BytesIO(annotated))]
    assert names == ["先做什么", *book.sheetnames]


def cells_of(data: bytes) -> dict[tuple[str, str], Any]:
    book = openpyxl.load_workbook(io.BytesIO(data))
    return {
        (sheet.title, cell.coordinate): cell.value
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }


def test_one_cell_changes_and_no_other(tmp_path: Path) -> None:
    path, chance = tmp_path / "x.xlsx", random.Random(1)
    path.write_bytes(BOOK.read_bytes())
    before = cells_of(path.read_bytes())
    for text in ("12", "-3.50", "007", "2010-03-05", "<b>&\"'", "=1+1", "", "汉字", "1e5", " "):
        row, column = chance.randrange(1, 260), chance.randrange(1, 12)
        data = changed(path, "打卡", row, column, text)
        at = "打卡", f"{openpyxl.utils.get_column_letter(column)}{row}"
        after = cells_of(data)
        assert {**before, at: None} == {**after, at: None}
        value = after.get(at)
        assert (str(value) if value is not None else "") in (text, text.rstrip("0").rstrip(".")), text
        cell = openpyxl.load_workbook(io.BytesIO(data))["打卡"][at[1]]
        assert cell.data_type != "f"


WRITTEN = ("12", "-3.50", "007", "2010-03-05", "2010-03-77", "09:15", "<b>&\"'", "", "汉字", "合计", "A99", "病假")
LOG = "工号,打卡时间\n" + "".join(f"A{n % 9},2010-03-{n % 28 + 1:02} 08:{n % 60:02}\n" for n in range(400))


def another_book() -> bytes:
    """With cells merged over rows, a hidden row, a comment, and a sheet that begins where most do not."""
    book = openpyxl.load_workbook(BOOK)
    sheet = book["请假"]
    sheet.merge_cells("B3:B5")
    sheet.row_dimensions[4].hidden = True
    book["人员"]["A3"].comment = openpyxl.comments.Comment("作废", "x")
    book.save(out := io.BytesIO())
    return out.getvalue()


@longer
@pytest.mark.parametrize("which", ["book", "another", "log", "form"])
def test_after_each_edit_the_same_is_told_as_of_the_file_taken_in_anew(
    which: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was read of the rest of a file stands; nobody can tell it from a file that was never edited."""
    name, data = {
        "book": (BOOK.name, BOOK.read_bytes()),
        "another": ("登记.xlsx", another_book()),
        "log": ("打卡.csv", LOG.encode()),
        "form": (FORM.name, FORM.read_bytes()),
    }[which]
    monkeypatch.chdir(tmp_path)
    chance = random.Random(which)
    edited, fresh = Session(ROOT, tmp_path / "edited"), Session(ROOT, tmp_path / "fresh")
    told = json.loads(edited.open([(name, data)]))
    written = 0
    for _ in range(60 if LONG else 6):
        sheet = chance.choice(told["files"][0]["sheets"])
        row, column = chance.randrange(1, 3 + len(sheet["rows"])), chance.randrange(1, 8)
        os.chdir(tmp_path / "edited")
        said = edited.change(name, sheet["name"], row, column, chance.choice(WRITTEN))
        if "error" in json.loads(said):
            continue
        written += 1
        data, report = edited.file(name), edited.report()
        assert fresh.open([(name, data)]) == said
        assert fresh.report() == report
        told = json.loads(said)
    assert written


@longer
def test_a_row_is_found_as_the_parser_finds_it() -> None:
    """Where rows are written as nearly all programs do, one is parsed; whatever is written otherwise, all of them."""
    chance, plainly = random.Random(17), 0
    cells = (
        '<c r="A{0}"><v>1</v></c>',
        '<c r="C{0}" s="2" t="s"><v>3</v></c>',
        '<c r="B{0}"><f>A1</f><v>2</v></c>',
        "<c/>",
    )
    odd = (
        '<row r="{0}">',
        "<row>",
        "<row r='{0}'>",
        '<row spans="1:2" r="{0}">',
        '<row r="{0}" x:y="1" >',
        "<!-- <row r='9'> -->",
    )
    for n in range(4000 if LONG else 400):
        rows = []
        for number in sorted(chance.sample(range(1, 12), chance.randrange(6))):
            begun = chance.choice(odd) if chance.random() < 0.1 else '<row r="{0}" spans="1:3">'
            held = "".join(chance.sample(cells, chance.randrange(4)))
            end = chance.choice(("</row >", "</row\n>")) if chance.random() < 0.05 else "</row>"
            rows.append((begun + held + (end if begun.startswith("<row") else "")).format(number))
            if chance.random() < 0.1:
                rows[-1] = f'<row r="{number}"/>'
        held = "<sheetData/>" if not rows and chance.random() < 0.5 else f"<sheetData>{''.join(rows)}</sheetData>"
        more = chance.choice(("", "", '<rowBreaks count="0"/>', "<x:row/>")) if n % 3 else ""
        data = f'<?xml version="1.0"?><worksheet><cols/>{held}{more}</worksheet>'.encode()
        row, column, text = chance.randrange(1, 13), chance.randrange(1, 5), chance.choice(("9", "x", ""))
        plainly += plain_rows(data) is not None
        quick, slow = (edits_or_not(data, row, column, text, plainly=way) for way in (True, False))
        assert quick == slow, data
    assert plainly > n // 4


def edits_or_not(data: bytes, row: int, column: int, text: str, *, plainly: bool) -> Any:
    try:
        return SheetRows(data, row, plainly=plainly).edits(row, column, text)
    except NotWritable as error:
        return error.why


def test_a_formula_is_left_alone_and_the_others_are_computed_anew(tmp_path: Path, session: Session) -> None:
    book = openpyxl.Workbook()
    book.active.append([1, 2, "=A1+B1"])
    book.save(path := tmp_path / "f.xlsx")
    with pytest.raises(NotWritable, match="公式"):
        changed(path, "Sheet", 1, 3, "9")
    made = changed(path, "Sheet", 1, 1, "5")
    found = openpyxl.load_workbook(io.BytesIO(made))
    assert (found["Sheet"]["A1"].value, found["Sheet"]["C1"].value, found.calculation.fullCalcOnLoad) == (
        5,
        "=A1+B1",
        True,
    )
    assert opened(session, path)["formulas"]


@pytest.mark.parametrize("whole", ["a: 1\nb: 2\n", "a: 1\r\nb: 2\r\nc: 3", "\ufeffa: 1\nb: 2\n", "a: 1\n\nb: 2"])
def test_a_line_changes_and_no_other(whole: str, tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_bytes(whole.encode())
    made = changed(path, "", 2, 1, "x: 9").decode()
    before, after = whole.replace("\r\n", "\n").split("\n"), made.replace("\r\n", "\n").split("\n")
    assert after == [*before[:1], "x: 9", *before[2:]] and made.count("\r\n") == whole.count("\r\n")
    for row, text in ((99, "x"), (1, "x\ny")):
        with pytest.raises(NotWritable):
            changed(path, "", row, 1, text)


@pytest.mark.parametrize("name", ["../../x.csv", "/etc/x.csv", "a/../../x.csv", "..\\x.csv", "", "..", "x\0.csv"])
def test_no_file_is_written_outside(name: str, session: Session, tmp_path: Path) -> None:
    session.open([(name, b"a,b\n1,2\n")])
    assert {p.name for p in tmp_path.iterdir()} == {"files"} and any(
        p.is_file() for p in (tmp_path / "files").rglob("*")
    )


def test_what_cannot_be_read_is_told_and_what_cannot_be_done_is_refused(session: Session, tmp_path: Path) -> None:
    broken = tmp_path / "坏.xlsx"
    broken.write_bytes(b"PK\x03\x04 nothing")
    told = opened(session, broken)
    assert told["summary"]["error"] == 1 and told["files"][0]["sheets"] == [] and not told["files"][0]["editable"]
    assert json.loads(str(session.annotated("坏.xlsx")))["error"]
    assert json.loads(session.change("坏.xlsx", "打卡", 1, 1, "x"))["error"]
    assert json.loads(session.open([(f"{n}.csv", b"") for n in range(201)]))["error"]


def test_the_outline_holds_nothing_of_what_the_file_holds(session: Session) -> None:
    opened(session, BOOK)
    said = session.outline()
    words = {str(value) for value in cells_of(BOOK.read_bytes()).values() if len(str(value)) > 3}
    assert not [word for word in words if word in said]
    assert json.loads(said)["files"][0]["kind"] == "xlsx"


# What a site has of it ------------------------------------------------------------------------------------------------


@pytest.fixture
def unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    with zipfile.ZipFile(io.BytesIO(engine(Centre(ROOT / "examples/linjiang")))) as archive:
        archive.extractall(tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_archive_holds_the_engine_the_rules_and_the_centres_law_and_no_page(unpacked: Path) -> None:
    assert engine(Centre(ROOT)) == engine(Centre(ROOT))
    assert not (unpacked / "lib/banshi/site").exists() and not (unpacked / "lib/banshi/commands").exists()
    own = ROOT / "examples/linjiang/policies"
    for path in own.rglob("*.yaml"):
        kept = unpacked / "centre/policies" / path.relative_to(own)
        first, second = read(path).document, read(kept).document
        assert first is not None and second is not None
        assert first.data == second.data
    said = json.loads((unpacked / "centre/session.json").read_text("utf-8"))
    law = Centre(ROOT / "examples/linjiang").law.as_json()
    assert said == {"law": {**law, "folder": "policies"}, "own_rules": False}


def test_a_session_as_the_site_begins_it_finds_what_the_centre_finds(unpacked: Path) -> None:
    form = ROOT / "examples/linjiang/change/riverside.yaml"
    session = begun(unpacked / "centre", unpacked / "files")
    told = json.loads(session.open([(form.name, form.read_bytes().replace(b"net: ", b"net: 9"))]))
    named = [(each["label"], name) for f in told["findings"] for each, name in zip(f["basis"], f["named"], strict=True)]
    assert {name for label, name in named if not label} == {"临府办〔2025〕61号", "临府办〔2026〕30号"}  # no ids
    native = Checker(ROOT / "examples/linjiang").check([Path(form.name)])
    assert native.findings
    said = json.loads(session.report())
    assert said["findings"] == json.loads(as_json(native, "zh"))["findings"]
    assert said["law"]["digest"] == Centre(ROOT / "examples/linjiang").law.as_json()["digest"]


@pytest.mark.parametrize("fetched", [True, False])
def test_a_site_has_it_where_it_was_fetched_and_is_wanted(
    fetched: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, few_pages: set[str]
) -> None:
    few_pages.add("check.md")
    monkeypatch.setattr(on_site, "vendored", lambda: tmp_path / "vendored")
    if fetched:
        (tmp_path / "vendored").mkdir()
        (tmp_path / "vendored/manifest.json").write_text("{}")
    assert on_site.checker(wanted=True) is (on_site.BrowserChecker.HERE if fetched else on_site.BrowserChecker.ABSENT)
    assert on_site.checker(wanted=False) is on_site.BrowserChecker.LEFT_OUT
    new = tmp_path / "城西"
    assert banshi("init", str(new), "--name", "城西", "--jurisdiction", "chengxi", stdin=b"").returncode == 0
    done = banshi("build", cwd=new)
    assert done.returncode == 0, done.stdout + done.stderr
    assert ("没有“在浏览器里检查”" in done.stdout) is not fetched
    assert (new / "site/checker/engine.zip").is_file() is fetched
    page = (new / "site/check/index.html").read_text("utf-8")
    assert ('id="checker"' in page, "make checker" in page) == (fetched, not fetched)


def test_what_is_fetched_is_locked_and_named() -> None:
    lock = tomllib.loads((ROOT / "requirements/checker.toml").read_text("utf-8"))
    about = (ROOT / "requirements/README.md").read_text("utf-8")
    for each in (lock["pyodide"], *lock["package"]):
        assert len(bytes.fromhex(each["sha256"])) == 32 and each["licence"] and each["version"]
        assert not each["licence"].startswith(("GPL", "AGPL", "LGPL"))
    assert "Pyodide" in about and lock["pyodide"]["licence"] in about


def test_what_is_shown_in_part_is_not_changed(session: Session, tmp_path: Path) -> None:
    """A cell whose end is not shown would lose it; so would a column that is only told."""
    long, wide = "字" * (MAX_SHOWN_CELL + 1), ",".join("1" * (MAX_SHOWN_COLUMNS + 1))
    table, text = tmp_path / "a.csv", tmp_path / "a.yaml"
    table.write_text(f"{long},甲\n{wide}\n", "utf-8")
    text.write_text(f"kind: x\n# {long}\n", "utf-8")
    book = openpyxl.Workbook()
    book.worksheets[0].append([long, "甲"])
    book.worksheets[0].append(wide.split(","))
    book.save(tmp_path / "a.xlsx")
    for path in (table, tmp_path / "a.xlsx"):
        (shown,) = opened(session, path)["files"][0]["sheets"]
        cells = dict(map(tuple, shown["rows"]))
        assert "只显示开头" in cells[1][0] and "还有 1 栏" in cells[2][-1]
        for row, column, told in ((1, 1, True), (2, MAX_SHOWN_COLUMNS + 1, True), (1, 2, False)):
            answer = json.loads(session.change(path.name, shown["name"], row, column, "乙"))
            assert ("没有全部显示" in answer.get("error", "")) == told, (path, row, column)
    opened(session, text)
    assert "没有全部显示" in json.loads(session.change("a.yaml", "", 2, 1, "乙"))["error"]


def one_by_one(grid: Grid) -> Iterator[GridRow]:
    """The rows of a grid up to where it cannot be read any further."""
    with suppress(Unusable):
        yield from grid.rows()


@examples(60, 15)
@given(st.lists(st.sampled_from(["1,2", "a,b,c", "", '"x,y",z', '"two\nlines",3', "，"]), max_size=60), st.data())
def test_rows_looked_at_together_are_shown_as_one_by_one(lines: list[str], data: st.DataObject) -> None:
    """With room for five rows from the top and eight in all."""
    near = st.integers(1, len(lines) + 3)
    places = data.draw(st.lists(st.tuples(st.just(""), near, st.integers(1, 4)), max_size=9))
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        path = Path(folder) / "a.csv"
        path.write_text("1,2\n" + "\n".join(lines), "utf-8")
        patch.setattr(sheets, "MAX_SHOWN_ROWS", 5)
        patch.setattr(sheets, "MAX_SHOWN_MARKED", 8)
        together = sheets.shown_file(path, places)
        patch.setattr(sheets, "_readable", one_by_one)
        apart = sheets.shown_file(path, places)
    assert (together.as_json(), together.cells) == (apart.as_json(), apart.cells)


def test_the_engine_there_is_this_one_without_its_docstrings() -> None:
    with zipfile.ZipFile(io.BytesIO(engine(Centre(ROOT)))) as archive:
        for name in ("subjects/change/tiers", "files/tables/form_sheets", "checking/rules"):
            there = ast.parse(archive.read(f"lib/banshi/{name}.py"))
            own = ast.parse((ROOT / f"src/banshi/{name}.py").read_text(encoding="utf-8"))
            defined = [
                [each.name for each in ast.walk(tree) if isinstance(each, ast.FunctionDef | ast.ClassDef)]
                for tree in (own, there)
            ]
            assert defined[0] == defined[1] and defined[0]
            assert not any(
                ast.get_docstring(each)
                for each in ast.walk(there)
                if isinstance(each, ast.Module | ast.FunctionDef | ast.ClassDef)
            )
