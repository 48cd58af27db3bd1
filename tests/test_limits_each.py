"""Each limit of ``base/limits.py``, exactly at it and just above it: what is read at it is refused above, and told so.

Where its size would make a slow test, a limit is lowered, so that a case which another limit decides fails.
"""

import argparse
import datetime
import io
import re
import runpy
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import old_books
import openpyxl
import pytest
import yaml
from conftest import ROOT
from fuzzing import answer
from test_amendment_attacks import RULES, TITLE, centre, checked, limit, name
from test_annotate import faulty
from test_fuzz_documents import body, document
from test_table_claims import of as table_of

from banshi.base import limits
from banshi.base.amount_words import WordsError, parse_words
from banshi.base.text import Text
from banshi.browser.edits import NotWritable, changed
from banshi.browser.session import Session
from banshi.browser.sheets import shown_file
from banshi.centre.mkdocs_settings import _plain, wanted
from banshi.centre.own_code import own_code
from banshi.checking.checker import Checker
from banshi.checking.lines_of_files import some_lines
from banshi.commands.impact_said import _unread
from banshi.commands.jobs_asked import _number as jobs
from banshi.files.documents import Place
from banshi.files.findings import Finding, Findings
from banshi.files.git import NoGit, Repository
from banshi.files.locating import finding_at, from_input
from banshi.files.reading import InputProblem, read, read_lines, read_text
from banshi.files.regular_files import TooLarge, _copied, open_regular
from banshi.files.report import Report
from banshi.files.shape import Shapes
from banshi.files.shape_explained import shown_value
from banshi.files.tables.closed import may_hold_input, page_rows
from banshi.files.tables.delimited import delimited
from banshi.files.tables.docx import document_grids
from banshi.files.tables.grids import Unusable
from banshi.files.tables.opening import opened
from banshi.files.tables.workbook import workbook
from banshi.files.tables.xlsx import limits as xlsx
from banshi.files.tables.xlsx.package import _within_limits
from banshi.files.tables.xlsx.xml import Feed, new_parser
from banshi.law.dotted import Nowhere, find
from banshi.law.revisions.matching import _alike
from banshi.law.revisions.words import SchemaWords
from banshi.output.annotating import notes
from banshi.output.annotating.first_page import first_page
from banshi.output.annotating.marks import SheetMarks, text_cell
from banshi.output.summaries import CountedFindings
from banshi.site.atom import Channel, FeedEntry, atom
from banshi.site.revisions import Revisions
from banshi.subjects.attendance import left_columns
from banshi.subjects.attendance.forms import Leave, Register
from banshi.subjects.attendance.glimpse import Roster, glimpse
from banshi.subjects.attendance.leave_clashes import leave_clashes
from banshi.subjects.attendance.unread import UnreadRow
from banshi.subjects.change.table_place import stated_places

Case = Callable[[int, Path], str]  # a size and a folder: what is said of an input of that size


def said(*problems: InputProblem) -> str:
    return " ".join(f"{problem.rule} {problem.message.zh}" for problem in problems)


def trying(ask: Callable[[], Any], *errors: type[Exception]) -> str:
    try:
        return f"{ask()}"
    except Unusable as why:
        return said(*why.problems)
    except errors as why:
        return f"{type(why).__name__}: {why}"


# Files and folders


def of_file(size: int, folder: Path) -> str:
    (folder / "a.json").write_bytes(b'{"a": 1}'.ljust(size))
    return said(*read(folder / "a.json").problems)


def of_settings(size: int, folder: Path) -> str:
    (folder / "banshi.toml").write_bytes(b'jurisdiction = "luzhou"\n'.ljust(size, b"#"))
    (folder / "a.yaml").write_text("kind: ledger\n", "utf-8")
    return answer(["check", str(folder / "a.yaml"), "--project", str(folder)])


def of_table(size: int, folder: Path) -> str:
    with open(folder / "a.csv", "wb") as stream:
        stream.truncate(size)  # sparse
    return trying(lambda: open_regular(folder / "a.csv").close(), TooLarge)


def of_lines_file(size: int, folder: Path) -> str:
    (folder / "a.jsonl").write_bytes(b'{"kind": "ledger"}\n'.ljust(size, b"\n"))
    report = Checker(ROOT).check([folder / "a.jsonl"])
    return str({finding.rule for finding in report.findings})


def of_passed_over(size: int, folder: Path) -> str:
    beyond = limits.MAX_BYTES + 2  # a line is cut there, and what follows passed over
    (folder / "a.jsonl").write_bytes(b"0" * (beyond + size - 1) + b"\n{}")
    return said(*(problem for each in read_lines(folder / "a.jsonl") for problem in each.problems))


def of_old_book(size: int, folder: Path) -> str:
    sheet = old_books.container(old_books.stream([("a", old_books.label(0, 0, "x"))]))
    (folder / "a.xls").write_bytes(sheet.ljust(size, b"\0"))
    return str([problem.message.zh for problem in refusals(folder / "a.xls")])


def refusals(path: Path) -> list[InputProblem]:
    try:
        for grid in opened(path).grids:
            assert list(grid.rows())
    except Unusable as unusable:
        return list(unusable.problems)
    return []


def of_lines(size: int, folder: Path) -> str:
    (folder / "a.jsonl").write_bytes(b"[]\n" * ((size - 1) // 2) + b"[]")
    return f"{len(list(some_lines(folder / 'a.jsonl')))} parts"


def of_long_line(size: int, folder: Path) -> str:
    (folder / "a.csv").write_text("编号,说明\n1," + "字" * (size - 3) + "\n", "utf-8")  # its end counts
    return trying(lambda: [row.cells for row in delimited(folder / "a.csv").rows()])


def of_amount(size: int, _folder: Path) -> str:
    return trying(lambda: parse_words("壹元整".ljust(size, "　")), WordsError)


def of_jobs(size: int, _folder: Path) -> str:
    return trying(lambda: jobs(str(size)), argparse.ArgumentTypeError)


def of_levels(size: int, _folder: Path) -> str:
    return said(*read_text("[" * size + "]" * size, "x").problems)


def of_folders(size: int, folder: Path) -> str:
    deep = folder / "top" / "/".join("d" * size)
    deep.mkdir(parents=True)
    (deep / "a.yaml").write_text("kind: ledger\n", "utf-8")
    return answer(["check", str(folder / "top")])


def of_aliases(size: int, _folder: Path) -> str:
    return said(*read_text(f"a: &a 1\nb: [{', '.join(['*a'] * size)}]\n", "x").problems)


def of_page(size: int, folder: Path) -> str:
    (folder / "a.html").write_bytes(b"<tr><td>1</td></tr>".ljust(size))
    return trying(lambda: list(page_rows(folder / "a.html")), TooLarge)


def of_archive(size: int, folder: Path) -> str:
    with zipfile.ZipFile(folder / "a.zip", "w") as made:
        for n in range(size):
            made.writestr(f"{n}.txt", "")
    return str(may_hold_input(folder / "a.zip", ()))


def of_folder_beside(size: int, folder: Path) -> str:
    shutil.copytree(ROOT / "examples/attendance/2010-02", folder / "a")
    for n in range(size):
        (folder / "a/旧").mkdir(exist_ok=True)
        (folder / f"a/旧/{n}.csv").write_text("甲,乙\n1,2\n", "utf-8")
    return answer(["check", str(folder / "a")])


def of_glimpse(size: int, _folder: Path) -> str:
    people = {"001": SimpleNamespace(name="张三", id="001"), "002": SimpleNamespace(name="李四", id="002")}
    register = SimpleNamespace(people=people, start=None, end=None)
    rows = [["工号", "打卡时间"]] + [["001", "2010-02-01 08:55"]] * (size - 1)
    found = glimpse(rows, "打卡", Roster(register))  # type: ignore[arg-type]
    return "anybody" if any(each.staff is None for each in found) else "001"


def of_title(size: int, folder: Path) -> str:
    (folder / "a.csv").write_text("说明,\n" * (size - 1) + "辖区,编号\nluzhou,1\n", "utf-8")
    return str(sorted(stated_places(folder / "a.csv")))


# Registers of attendance

DAY = datetime.date(2012, 3, 1)


def leave(staff: str, number: int) -> Leave:
    return Leave(staff=staff, kind="sick", start=DAY + number * datetime.timedelta(days=2), end=None)


def of_leave_pairs(size: int, _folder: Path) -> str:
    here, there = (
        Register(jurisdiction="a", centre="a", start=DAY, end=DAY, leave=tuple(each))
        for each in ([leave("A", 2 * n) for n in range(size)], [leave("A", 1)])
    )
    return f"{len(list(leave_clashes(here, there, lambda *_: True)))} left open"


def of_leave_tables(size: int, folder: Path) -> str:
    shutil.copytree(ROOT / "examples/attendance/2010-02", folder / "a")
    register = next((folder / "a").glob("*.yaml"))
    data = yaml.safe_load(register.read_text("utf-8"))
    staff = data["staff"][0]["id"] if "staff" in data else "A01"
    for n in range(size - 1):  # beside what the register says itself
        (folder / f"a/请假{n}.csv").write_text(
            f"工号,假别,开始日,结束日\n{staff},病假,2010-02-0{n + 1},2010-02-0{n + 1}\n", "utf-8"
        )
    return answer(["check", str(folder / "a")])


def of_unread_rows(size: int, _folder: Path) -> str:
    column = SimpleNamespace(
        rows=lambda: ((SimpleNamespace(cells=[]), (n,)) for n in range(size)), account=SimpleNamespace(taken=[])
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(left_columns, "of_cells", lambda _part, keys, *_: [UnreadRow("punches", f"{keys[0]}")])
        found = [*left_columns._of_column(None, column, "")]  # type: ignore[arg-type]
    return "anybody" if any(each.staff is None for each in found) else "some"


def of_long_leave(size: int, _folder: Path) -> str:
    return str(UnreadRow("leave", "A", DAY, DAY + datetime.timedelta(days=size)).days == [None])


# Workbooks

RELS = '<Relationships xmlns="r">{}</Relationships>'
REL = '<Relationship Id="{}" Type="x/{}" Target="{}"/>'


def book(path: Path, rows: str = "", strings: str = "", sheets: int = 1, **more: Any) -> dict[str, bytes]:
    """The parts of a workbook, written to a path; ``more``: ``size`` of the part ``padded``, other parts (``parts``)."""
    listed = "".join(f'<sheet name="{n}" id="s{n}"/>' for n in range(sheets))
    related = "".join(REL.format(f"s{n}", "worksheet", f"s{n}.xml") for n in range(sheets))
    parts = {
        "_rels/.rels": RELS.format(REL.format("a", "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f"<workbook>{listed}</workbook>",
        "xl/_rels/workbook.xml.rels": RELS.format(related + REL.format("t", "sharedStrings", "t.xml")),
        "xl/t.xml": f"<sst>{strings}</sst>",
        **{
            f"xl/s{n}.xml": f"<worksheet><sheetData>{rows}</sheetData>{more.get('after', '')}</worksheet>"
            for n in range(sheets)
        },
        **more.get("parts", {}),
    }
    raw = {name: data.encode() for name, data in parts.items()}
    with zipfile.ZipFile(path, "w") as made:
        for part, data in raw.items():
            made.writestr(part, data.ljust(more["size"]) if part == more.get("padded") else data)
    return raw


def read_book(path: Path) -> str:
    return trying(lambda: [row.cells for grid in workbook(path).grids for row in grid.rows()])


def a_book(make: Callable[[int], dict[str, Any]]) -> Case:
    """A workbook of so much of something."""

    def case(size: int, folder: Path) -> str:
        book(folder / "a.xlsx", **make(size))
        return read_book(folder / "a.xlsx")

    return case


def of_unpacked(size: int, folder: Path) -> str:
    own = sum(map(len, book(folder / "a.xlsx").values()))
    book(folder / "b.xlsx", parts={"pad.xml": "x" * (size - own)})
    return read_book(folder / "b.xlsx")


def of_ratio(packed: Callable[[int], tuple[int, int]]) -> Case:
    def case(size: int, _folder: Path) -> str:
        info = zipfile.ZipInfo("a")
        info.file_size, info.compress_size = packed(size)
        return trying(lambda: _within_limits([info]), xlsx.BookTooLarge)

    return case


def of_listing(size: int, folder: Path) -> str:
    own = book(folder / "a.xlsx")
    length = size - sum(46 + len(part) for part in own) - 46
    book(folder / "b.xlsx", parts={"p" * length: ""})
    return read_book(folder / "b.xlsx")


def of_parts(size: int, folder: Path) -> str:
    own = book(folder / "a.xlsx")
    book(folder / "b.xlsx", parts={f"p{n}": "" for n in range(size - len(own))})
    return read_book(folder / "b.xlsx")


def cells(size: int) -> str:
    return "".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in range(1, size + 1))


def last(row: int, column: str) -> str:
    return f'<row r="{row}"><c r="{column}{row}"><v>1</v></c></row>'


def merged(size: int) -> str:
    ranges = "".join(f'<mergeCell ref="B{n}:C{n}"/>' for n in range(1, size + 1))
    return f"<mergeCells>{ranges}</mergeCells>"


def letters(number: int) -> str:
    found = ""
    while number:
        number, rest = divmod(number - 1, 26)
        found = chr(65 + rest) + found
    return found


def of_token(size: int, _folder: Path) -> str:
    feed = Feed(new_parser())
    feed(b"<r>")
    return trying(lambda: feed(b"<a".ljust(size)), xlsx.BookTooLarge)


def of_names(size: int, _folder: Path) -> str:
    parser = new_parser()
    parser.StartElementHandler = lambda *_: None
    feed = Feed(parser)
    return trying(lambda: feed(b"<r>" + b"".join(b"<a%d/>" % n for n in range(size - 1))), xlsx.BookTooLarge)


# Documents


def a_document(make: Callable[[int], str]) -> Case:
    def case(size: int, folder: Path) -> str:
        path = document(folder / "a.docx", body(make(size)))
        return trying(lambda: max(len(row.cells) for row in document_grids(path)[0].rows()))

    return case


P, CELL = "<w:p><w:r><w:t>a</w:t></w:r></w:p>", "<w:tc><w:p/></w:tc>"


def spanning(size: int) -> str:
    return f'<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="{size}"/></w:tcPr>{P}</w:tc><w:tc>{P}</w:tc></w:tr></w:tbl>'


def fields(size: int) -> str:
    return P + "<w:sdt><w:sdtContent>" * size + "</w:sdtContent></w:sdt>" * size


# Git, settings, code


def git(folder: Path, *words: str) -> None:
    own = ("-c", "user.name=a", "-c", "user.email=a@b.invalid")
    subprocess.run(["git", "-C", str(folder), *own, *words], check=True, capture_output=True)


def repository(folder: Path, files: dict[str, bytes]) -> tuple[Repository, str]:
    git(folder, "init", "-q")
    for file, data in files.items():
        (folder / file).write_bytes(data)
    git(folder, "add", ".")
    git(folder, "commit", "-q", "-m", "a")
    return Repository(folder), Repository(folder).commit("HEAD")


def of_git_files(size: int, folder: Path) -> str:
    asked, commit = repository(folder, {str(n): b"" for n in range(size)})
    return trying(lambda: len(list(asked.files(commit, "."))), NoGit)


def of_git_bytes(size: int, folder: Path) -> str:
    asked, commit = repository(folder, {"a": b"1" * size})
    blobs = [blob for _, blob in asked.files(commit, ".")]
    return trying(lambda: list(asked.contents(blobs)), NoGit)


def of_git_seconds(size: int, folder: Path) -> str:
    slow = folder / "bin/git"
    slow.parent.mkdir()
    slow.write_text(
        f"#!{sys.executable}\nimport time\ntime.sleep({0 if size == LOWERED['GIT_SECONDS'] else 30})\n", "utf-8"
    )
    slow.chmod(0o755)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PATH", str(slow.parent))
        return trying(lambda: Repository(folder).ask("x"), NoGit)


def of_setting(size: int, _folder: Path) -> str:
    return str(_plain(["a"] * (size - 1)))


def of_setting_text(size: int, folder: Path) -> str:
    (folder / "banshi.toml").write_text(f'jurisdiction = "luzhou"\ncontact = "{"字" * size}"\n', "utf-8")
    (folder / "a.yaml").write_text("kind: ledger\n", "utf-8")
    return answer(["check", str(folder / "a.yaml"), "--project", str(folder)])


def of_commits(size: int, folder: Path) -> str:
    shutil.copytree(ROOT / "policies/luzhou/change-management", folder / "policies/luzhou/change-management")
    git(folder, "init", "-q")
    version = next((folder / "policies/luzhou/change-management").glob("2*.yaml"))
    for n in range(size):
        version.write_text(f"{version.read_text('utf-8')}# {n}\n", "utf-8")
        git(folder, "add", ".")
        git(folder, "commit", "-q", "-m", f"第 {n} 次")
    return answer(["history", "luzhou/change-management", "--project", str(folder)])


def of_inherited(size: int, folder: Path) -> str:
    for n in range(size):
        above = f"INHERIT: {n + 1}.yml\n" if n + 1 < size else ""
        (folder / f"{n}.yml").write_text(f"site_name: a\n{above}", "utf-8")
    return wanted(folder / "0.yml").broken


def of_code(size: int, folder: Path) -> str:
    deep = folder / "validators" / "/".join("d" * size)
    deep.mkdir(parents=True)
    (deep / "a.py").touch()
    return f"unfit: {len(own_code(folder, 'validators').unfit)}"


# Law, and what is said


def of_amended(size: int, folder: Path) -> str:
    notices = [[(name(n + 1), TITLE)] for n in range(size - 1)]
    return " ".join(f.message.zh for f in checked(centre(folder, [*notices, [(RULES, limit(9))]])).findings)


def of_path(size: int, _folder: Path) -> str:
    data: object = 1
    for _ in range(size):
        data = {"a": data}
    return trying(lambda: find(data, ".".join(["a"] * size)), Nowhere)


def of_digits(size: int, _folder: Path) -> str:
    document = read_text(f"a: {'9' * size}", "x").document
    assert document is not None
    return type(document.data["a"]).__name__


def of_findings(size: int, _folder: Path) -> str:
    found = Findings()
    problem = InputProblem("a/b", Place(1, 1, 1), Text("一", "one"))
    for n in range(size):
        found.append(from_input("a", problem.__class__("a/b", Place(n + 1, 1, 1), problem.message)))
    return f"{len(found)} listed, {sum(left.total() for left in found.left.values())} counted"


def of_marked(size: int, folder: Path) -> str:
    """Of a row some things are told: at the limit that many are marked, above it one of them is not."""
    path = faulty(folder / "a.xlsx", 1)
    told = len(Checker(ROOT, most=None).check([path]).findings)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("banshi.commands.check.MAX_MARKED", told + LOWERED["MAX_MARKED"] - size)
        answer(["check", str(path), "--annotate", str(folder / "out.xlsx")])
    front = openpyxl.load_workbook(folder / "out.xlsx").worksheets[0]
    return " ".join(str(row[0]) for row in front.iter_rows(values_only=True))


def of_counted(size: int, _folder: Path) -> str:
    shapes = Shapes([ROOT / "schemas"])
    else_wrong = sum(1 for _ in shapes.check({"kind": "project"}, "project"))
    unknown = {f"k{n}": 1 for n in range(limits.MAX_FINDINGS + size - 1 - else_wrong)}
    return f"counted {max(p.more for p in shapes.check({'kind': 'project', **unknown}, 'project'))}"


def of_said(size: int, _folder: Path) -> str:
    return from_input("a", InputProblem("a/b", Place(1, 1, 1), Text("字" * size, "a"))).message.zh


def of_step(size: int, _folder: Path) -> str:
    found = finding_at(
        "a", Place(1, 1, 1), "", rule="a", severity="error", message=Text("一", "a"), where=("字" * size,)
    )
    return str(found.where[0])


def findings_of(size: int) -> list[Finding]:
    return [from_input("a", InputProblem("a/b", Place(n + 1, 1, 1), Text("一", "one"))) for n in range(size)]


def of_numbered(size: int, folder: Path) -> str:
    account = table_of("工号,日期,姓名\n" + "A01,x,\n" * size, folder).accounts[0]
    return f"{len(account.unread)} told, {account.unread_more} counted"


def of_unread_told(size: int, _folder: Path) -> str:
    found = SimpleNamespace(reports=[Report(Findings(findings_of(size)))])
    return " ".join(_unread(found, "zh"))


def of_values_shown(size: int, _folder: Path) -> str:
    counted = CountedFindings()
    for n in range(size):
        counted.add("error", (f"a/r{n}", "", "", ""))
    return f"{counted.rows('rule', 'zh')[-1]}"


def of_notes(size: int, _folder: Path) -> str:
    rows = {n + 1: {1: [finding]} for n, finding in enumerate(findings_of(size))}
    return f"{notes.said(SheetMarks(rows))[1]} without"


def of_front_lines(size: int, _folder: Path) -> str:
    return first_page(Report(), findings_of(size), [], None).decode()


def of_mark(size: int, _folder: Path) -> str:
    return text_cell("", 1, 1, None, "字" * size).decode()


def of_entries(size: int, _folder: Path) -> str:
    day = datetime.date(2012, 1, 1)
    found = [FeedEntry(f"a{n}", str(n), day, f"{n}/", ()) for n in range(size)]
    told = atom(Channel("a", "甲", "乙", "a.xml", "a/"), found, day).decode()
    return f"{size - told.count('<entry>')} left out"


def of_in_force(size: int, _folder: Path) -> str:
    day = datetime.date(2012, 1, 1)
    text = SimpleNamespace(jurisdiction_name="甲")
    texts = [SimpleNamespace(text=text, since=day, holds=lambda _day: True) for _ in range(size)]
    time: Any = SimpleNamespace(instruments=["a"], line=lambda _name: texts)
    (own,) = Revisions(time, SchemaWords(Shapes([ROOT / "schemas"]))).in_force(day)
    return f"{len(own.listed)} listed, {own.left} counted"


def of_alike(size: int, _folder: Path) -> str:
    parts = {str(n): {"statement": "单项增减之和5万元以内的，为一般变更"} for n in range(size)}
    return f"{_alike({'old': parts['0']}, parts, {'old': 'norm'}, dict.fromkeys(parts, 'norm'))}"


def of_chosen(size: int, folder: Path) -> str:
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        return Session(ROOT, folder / "files").open([(f"{n}.yaml", b"kind: x\n") for n in range(size)])


def of_edited(size: int, folder: Path) -> str:
    (folder / "a.yaml").write_bytes(b"kind: x\n".ljust(size, b"#"))
    return trying(lambda: changed(folder / "a.yaml", "", 1, 1, "kind: y"), NotWritable)


def of_shown_bytes(size: int, folder: Path) -> str:
    (folder / "a.yaml").write_bytes(b"kind: x\n".ljust(size, b"#"))
    return f"{len(shown_file(folder / 'a.yaml', ()).sheets)} sheets"


def shown(text: str, folder: Path, lines: int = 0) -> str:
    """What of a table is shown of which so many lines are marked."""
    (folder / "a.csv").write_text(text, "utf-8")
    name = delimited(folder / "a.csv").name
    (sheet,) = shown_file(folder / "a.csv", [(name, n + 1, 1) for n in range(lines)]).sheets
    return f"{sheet.rows[0]} {sheet.left} left"


def of_shown_cell(size: int, folder: Path) -> str:
    """Shown in part above it, and then not changed there."""
    told = shown(f"{'字' * size},1\n2,3\n", folder)
    kept = trying(lambda: changed(folder / "a.csv", delimited(folder / "a.csv").name, 1, 1, "甲"), NotWritable)
    assert ("只显示开头" in told) == ("NotWritable" in kept)
    return told


def of_shown(size: int, _folder: Path) -> str:
    return shown_value("k" * size)


MANY = "没有读取"
CASES: dict[str, tuple[Case, str]] = {
    "MAX_BYTES": (of_file, "input/too-large"),
    "MAX_SETTINGS_BYTES": (of_settings, "banshi.toml 读不出"),
    "MAX_STDIN_BYTES": (lambda size, _: trying(lambda: _copied(io.BytesIO(b"1" * size)), TooLarge), "TooLarge"),
    "MAX_TABLE_BYTES": (of_table, "TooLarge"),
    "MAX_LINES_BYTES": (of_lines_file, "input/too-large"),
    "MAX_PASSED_OVER": (of_passed_over, "还没有结束"),
    "LINES_AT_ONCE": (of_lines, "2 parts"),
    "LONGEST_LINE": (of_long_line, "个字符"),
    "MAX_TITLE_ROWS": (of_title, "[]"),
    "MAX_AMOUNT_WORDS": (of_amount, "limit of 100 characters"),
    "MAX_JOBS": (of_jobs, "1 到 64"),
    "MAX_DEPTH": (of_levels, "嵌套超过 40 层"),
    "MAX_FOLDERS": (of_folders, "文件夹套了 60 层以上"),
    "MAX_ALIASED_NODES": (of_aliases, "input/alias-expansion"),
    "MAX_PAGE_BYTES": (of_page, "TooLarge"),
    "MAX_ARCHIVE_NAMES": (of_archive, "True"),
    "MAX_BESIDE": (of_folder_beside, "里的文件超过 3 个"),
    "MAX_GLIMPSED": (of_glimpse, "anybody"),
    "MAX_LEAVE_PAIRS": (of_leave_pairs, "1 left open"),
    "MAX_LEAVE_TABLES": (of_leave_tables, "没有两两比对"),
    "MAX_UNREAD_ROWS": (of_unread_rows, "anybody"),
    "LONGEST_LEAVE": (of_long_leave, "True"),
    "MAX_UNPACKED": (of_unpacked, "MAX_UNPACKED"),
    "LIKELY_RATIO": (of_ratio(lambda size: ((1 << 20) * size, 1 << 20)), "LIKELY_RATIO"),
    "ANY_RATIO": (of_ratio(lambda size: (size, 1)), "LIKELY_RATIO"),
    "MAX_LISTING": (of_listing, "MAX_LISTING"),
    "MOST_PARTS": (of_parts, "MOST_PARTS"),
    "MOST_SHEETS": (a_book(lambda size: {"sheets": size}), "MOST_SHEETS"),
    "SMALL_PART": (a_book(lambda size: {"padded": "xl/workbook.xml", "size": size}), "SMALL_PART"),
    "ROWS": (a_book(lambda size: {"rows": last(size, "A")}), "最多 1048576 行"),
    "COLUMNS": (a_book(lambda size: {"rows": last(1, letters(size))}), "最多 16384 列"),
    "MAX_CELLS": (a_book(lambda size: {"rows": cells(size)}), "MAX_CELLS"),
    "MAX_TEXT": (a_book(lambda size: {"strings": f"<si><r><t>{'a' * size}</t></r></si>"}), "MAX_TEXT"),
    "MOST_TEXTS": (a_book(lambda size: {"strings": "<si><t>a</t></si>" * size}), "MOST_TEXTS"),
    "LONGEST_TEXT": (a_book(lambda size: {"strings": f"<si><t>{'a' * size}</t></si>"}), "LONGEST_TEXT"),
    "LONGEST_TOKEN": (of_token, "LONGEST_TOKEN"),
    "MOST_NAMES": (of_names, "MOST_NAMES"),
    "MOST_MERGED": (
        a_book(lambda size: {"rows": cells(1), "after": merged(size)}),
        "MOST_MERGED",
    ),
    "MAX_OLD_BOOK": (of_old_book, "MAX_OLD_BOOK"),
    "MAX_DOCUMENT_ROWS": (a_document(lambda size: P * size), "MAX_DOCUMENT_ROWS"),
    "MAX_DOCUMENT_CELLS": (
        a_document(lambda size: f"<w:tbl><w:tr>{CELL * (size - 1)}<w:tc>{P}</w:tc></w:tr></w:tbl>"),
        "MAX_DOCUMENT_CELLS",
    ),
    "MAX_SPANNED": (lambda size, folder: f"{a_document(spanning)(size, folder)} of {size + 1}", "101 of 102"),
    "MAX_FIELDS_DEEP": (a_document(fields), "MAX_FIELDS_DEEP"),
    "GIT_SECONDS": (of_git_seconds, "git 超过 1 秒没有答复"),
    "GIT_FILES": (of_git_files, "超过 3 个"),
    "GIT_BYTES": (of_git_bytes, "合起来超过"),
    "MOST_SETTINGS": (of_setting, "False"),
    "MOST_INHERITED": (of_inherited, "more than 20 files INHERIT"),
    "LONGEST_SETTING": (of_setting_text, "不超过 200 字"),
    "CODE_DEEP": (of_code, "unfit: 1"),
    "MAX_AMENDED": (of_amended, "一层改一层"),
    "MAX_PATH": (of_path, "Nowhere"),
    "MAX_ALIKE": (of_alike, "{}"),
    "MAX_DIGITS": (of_digits, "str"),
    "MAX_FINDINGS": (of_findings, "200 listed, 1 counted"),
    "MAX_MARKED": (of_marked, "处没有标出"),
    "MAX_COUNTED": (of_counted, "counted 5"),
    "MAX_COMMITS": (of_commits, "只列最近 2 次"),
    "MAX_NUMBERED": (of_numbered, "1 counted"),
    "MAX_UNREAD_TOLD": (of_unread_told, "还有 1 处读不出"),
    "MAX_VALUES_SHOWN": (of_values_shown, "其余 1 个"),
    "MAX_NOTES": (of_notes, "1 without"),
    "MAX_FRONT_LINES": (of_front_lines, "其余 1 处"),
    "MAX_MARK": (of_mark, "…"),
    "MAX_ENTRIES": (of_entries, "1 left out"),
    "MAX_IN_FORCE": (of_in_force, "200 listed, 1 counted"),
    "MAX_CHOSEN": (of_chosen, "一次最多选 3 个文件"),
    "MAX_EDITED": (of_edited, "NotWritable"),
    "MAX_SHOWN_BYTES": (of_shown_bytes, "0 sheets"),
    "MAX_SHOWN_ROWS": (lambda size, folder: shown("1,2\n" * size, folder), "1 left"),
    "MAX_SHOWN_MARKED": (lambda size, folder: shown("1,2\n" * size, folder, size), "1 left"),
    "MAX_SHOWN_COLUMNS": (lambda size, folder: shown(",".join("1" * size) + "\n", folder), "右边还有 1 栏"),
    "MAX_SHOWN_CELL": (of_shown_cell, "只显示开头"),
    "MAX_SAID": (of_said, "…"),
    "MAX_STEP": (of_step, "…"),
    "MAX_SHOWN": (of_shown, "…"),
}
LOWERED = {
    "MAX_BYTES": 1000,
    "MAX_SETTINGS_BYTES": 500,
    "MAX_STDIN_BYTES": 10,
    "MAX_LINES_BYTES": 300,
    "MAX_PASSED_OVER": 3000,
    "LINES_AT_ONCE": 30,
    "LONGEST_LINE": 50,
    "MAX_LEAVE_PAIRS": 3,
    "MAX_LEAVE_TABLES": 2,
    "MAX_UNREAD_ROWS": 4,
    "MAX_COMMITS": 2,
    "MAX_PAGE_BYTES": 300,
    "MAX_ARCHIVE_NAMES": 5,
    "MAX_BESIDE": 3,
    "MAX_GLIMPSED": 6,
    "MAX_UNPACKED": 2000,
    "MAX_LISTING": 600,
    "MOST_PARTS": 9,
    "MOST_SHEETS": 3,
    "SMALL_PART": 900,
    "MAX_CELLS": 12,
    "MAX_TEXT": 40,
    "MOST_TEXTS": 5,
    "LONGEST_TEXT": 30,
    "LONGEST_TOKEN": 50,
    "MOST_NAMES": 10,
    "MOST_MERGED": 3,
    "MAX_OLD_BOOK": 8192,
    "MAX_DOCUMENT_ROWS": 30,
    "MAX_DOCUMENT_CELLS": 20,
    "GIT_SECONDS": 1,
    "GIT_FILES": 3,
    "GIT_BYTES": 10,
    "MAX_COUNTED": 5,
    "MAX_MARKED": 7,
    "MAX_NUMBERED": 3,
    "MAX_UNREAD_TOLD": 2,
    "MAX_NOTES": 3,
    "MAX_FRONT_LINES": 4,
    "MAX_ALIKE": 4,
    "MAX_CHOSEN": 3,
    "MAX_EDITED": 100,
    "MAX_SHOWN_BYTES": 100,
    "MAX_SHOWN_ROWS": 5,
}
KNOWN = {name: value for name, value in vars(limits).items() if name.isupper()}


def lower(name: str, monkeypatch: pytest.MonkeyPatch) -> int:
    """The limit that a case is tried against; a lowered one is so wherever it is used."""
    value: int = LOWERED.get(name, KNOWN[name])
    for module in [m for key, m in sys.modules.items() if key.startswith("banshi.") and hasattr(m, name)]:
        if getattr(module, name) == KNOWN[name]:
            monkeypatch.setattr(module, name, value)
    return value


@pytest.mark.parametrize("over", [0, 1])
@pytest.mark.parametrize("name", KNOWN)
def test_at_it_and_above_it(name: str, over: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    case, mark = CASES[name]
    heard = case(lower(name, monkeypatch) + over, tmp_path)
    assert (mark in heard) == bool(over), heard[:2000]


def test_security_says_them_all() -> None:
    """The table in SECURITY.md is that of the module: ``make limits`` writes it."""
    told = runpy.run_path(str(ROOT / "tools/write_limits.py"))
    text = (ROOT / "SECURITY.md").read_text("utf-8")
    assert told["page"](text) == text
    assert all(f"| `{name}` | {value:,} | " in text for name, value in KNOWN.items())


def test_no_limit_of_what_is_read_stands_elsewhere() -> None:
    """A constant that bounds what a reader takes; what only a picture or a kept answer holds is no such limit."""
    named = re.compile(
        r"^_?(MAX|MOST|LIMIT|LARGEST|LONGEST|DEEPEST|SECONDS|BYTES)[A-Z_]* *(?::[^=]*)?= |^_[A-Z_]*(_BYTES|_SECONDS|_DEEP)\b *= ",
        re.M,
    )
    rooms = ("base", "files", "centre", "law", "checking", "batch", "subjects", "commands", "browser", "output", "site")
    found = {
        f"{path.parent.name}/{path.name} {match[0].split()[0].rstrip(':')}"
        for room in rooms
        for path in (ROOT / "src/banshi" / room).rglob("*.py")
        for match in named.finditer(path.read_text("utf-8"))
        if path.name != "limits.py"
    }
    assert (
        found - ELSEWHERE == set()
    )  # it belongs to base/limits.py with a case above; what refuses nothing is named below


# Of these nothing is refused: what is kept for speed, what a format has room for, and what is told one by one.
ELSEWHERE = {
    "files/regular_files.py _MOST_LOOKED_AT",
    "tables/apart.py _LONGEST",
    "tables/body.py _MOST_TABLES",
    "tables/remarks.py _LONGEST",
    "tables/workbook_said.py _LONGEST",
    "xlsx/drawings.py _LONGEST",
    "tables/delimited.py _LARGEST_HEAD",
    "tables/kind_books.py _MOST",
    "tables/notes.py _MOST",
    "tables/records.py _LONGEST_FIELD",
    "tables/kind_books.py _LONGEST",
    "tables/quantities.py _LONGEST",
    "tables/sheet.py _LONGEST_RECORD",
    "xlsx/merged.py _LONGEST_TAG",
    "xlsx/numbers.py _LONGEST_DURATION",
    "xlsx/plain_rows.py _LONGEST",
    "xlsx/refs.py _LONGEST_ROW",
    "xlsx/shown.py _MOST",
    "files/unread_files.py _LARGEST_LOCK",
    "files/yaml_faults.py _TOO_DEEP",
    "law/assessment_periods.py _MOST",
    "law/law.py _LIMIT",
    "assessment/lost_points.py MOST",
    "attendance/account_said.py _MOST_DAYS",
    "attendance/matters_said.py _MOST_NAMED",
    "attendance/needs.py _MOST_AT_A_WINDOW",
    "attendance/working_time.py _SECONDS",
    "cases/columns.py LIMITS",
    "cases/columns.py _LIMIT",
    "checking/told_places.py MOST_SEEN",
    "forms/writing.py _LONGEST",
    "impact/deciding.py _MOST_KEPT",
    "parallel/answer.py _MOST",
    "checking/told_places.py _MOST_HELD",
    # What a page, a picture or another program's format has room for.
    "output/flowchart.py _MOST_BESIDE",
    "output/timeline.py MOST_ROWS",
    "output/workbooks.py MOST_ROWS",
    "output/workbooks.py _LONGEST_TEXT",
    "output/workbooks.py _LONGEST_NAME",
    "output/workbooks.py _LONGEST_FOOT",
    "forms/document.py _MOST_COLUMNS",
    "forms/document.py _LONGEST_TITLE",
    "forms/workbook.py _LONGEST_HINT",
    "site/front_matter.py _MOST",
    "site/search_files.py LARGEST",
    "site/search_files.py LARGEST_ENTRY",
    "site/spelling.py _LONGEST_PHRASE",
}
