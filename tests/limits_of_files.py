"""Inputs of any size, of files, lines, folders and registers: what is said of each, for the tests of limits."""

import argparse
import datetime
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import old_books
import pytest
import yaml
from conftest import ROOT
from fuzzing import answer

from banshi.base import limits
from banshi.base.amount_words import WordsError, parse_words
from banshi.checking.checker import Checker
from banshi.checking.lines_of_files import some_lines
from banshi.commands.jobs_asked import _number as jobs
from banshi.files.reading import InputProblem, read, read_lines, read_text
from banshi.files.regular_files import TooLarge, open_regular
from banshi.files.tables.closed import may_hold_input, page_rows
from banshi.files.tables.delimited import delimited
from banshi.files.tables.grids import Unusable
from banshi.files.tables.opening import opened
from banshi.subjects.attendance import left_columns
from banshi.subjects.attendance.forms import Leave, Register
from banshi.subjects.attendance.glimpse import Roster, glimpse
from banshi.subjects.attendance.leave_clashes import leave_clashes
from banshi.subjects.attendance.unread import UnreadRow
from banshi.subjects.change.table_place import stated_places

# Smaller ones in the place of those whose size would make a slow test.
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
    "GIT_PRINTED": 1000,
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
