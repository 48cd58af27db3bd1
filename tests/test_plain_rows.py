"""Rows of tables that go the short road become what they become on the long one, and the same is told of everything else."""

import csv
import datetime
import io
import random
from collections.abc import Callable
from pathlib import Path

import pytest
from lengths import LONG, longer
from openpyxl import Workbook
from openpyxl.styles import Font

from banshi.files.tables.plain_rows import NOT_PLAIN, PlainRows
from banshi.files.tables.reading import Table, read_table
from banshi.law.library import Library
from banshi.subjects.attendance.columns import PARTS
from banshi.subjects.attendance.facts import Punches
from banshi.subjects.attendance.forms import Punch
from banshi.subjects.attendance.periods import Days
from banshi.subjects.cases import columns as of_cases
from banshi.subjects.cases.vocabulary import vocabulary

ROOT = Path(__file__).resolve().parent.parent
Row = list[str]
PUNCHES = ["人员编号", "日期", "时刻", "方式", "备注"]
CASES = ["编号", "类别", "部门", "窗口", "受理日期", "办结日期", "事项", "随便一列"]
ODD: tuple[Callable[[random.Random, Row], Row], ...] = (
    lambda _, row: [*row[:-1], "作废"],
    lambda _, row: [*row[:-1], "备用"],
    lambda _, row: [*row, "多一格"],
    lambda _, row: row[: len(row) // 2],
    lambda _, row: ["", *row[1:]],
    lambda _, row: [" ", *row[1:]],
    lambda _, row: [row[0]] * len(row),
    lambda _, row: ["张三", *row[1:]],
    lambda _, row: ["注册科", "注册科", *row[2:]],
    lambda _, row: [""] * len(row),
    lambda _, row: ["合计", *([""] * (len(row) - 2)), "3"],
    lambda _, row: ["小计", *row[1:]],
    lambda _, row: ["Total", *row[1:]],
    lambda _, row: ["T01", *row[1:]],
    lambda _, row: ["备注：以上为样例", *([""] * (len(row) - 1))],
    lambda _, row: ["制表人：某某", "", "", "审核：某某"],
    lambda _, row: ["共 12 条"],
    lambda _, row: ["第 1 页"],
    lambda _, row: ["*说明", *row[1:]],
    lambda _, row: ["#1", *row[1:]],
    lambda _, row: ["（一）样例中心"],
    lambda chance, row: _at(row, chance, "2012-02-31"),
    lambda chance, row: _at(row, chance, "25:61"),
    lambda chance, row: _at(row, chance, "#REF!"),
    lambda chance, row: _at(row, chance, "好些\n字"),
    lambda chance, row: _at(row, chance, 'a"b'),
    lambda chance, row: _at(row, chance, ""),
    lambda chance, row: _at(row, chance, "　"),
    lambda chance, row: _at(row, chance, "08:01 12:02，17:31"),
)


def _at(row: Row, chance: random.Random, cell: str) -> Row:
    place = chance.randrange(len(row))
    return [*row[:place], cell, *row[place + 1 :]]


def punch(chance: random.Random) -> Row:
    day, who = chance.randrange(1, 29), chance.choice(("A01", "B2", "P7", "李四", "注一", "合计员", "12"))
    clock = f"{chance.randrange(24):02}:{chance.randrange(60):02}"
    return [who, f"2012-03-{day:02}", clock, chance.choice(("指纹", "密码", "")), ""]


def case(chance: random.Random) -> Row:
    day = chance.randrange(1, 29)
    done = chance.choice((f"2012-04-{day:02}", "", "未办结"))
    who = chance.choice(("样例局", "某部门"))
    return [
        f"{chance.choice('BTNP（')}-{chance.randrange(999)}",
        "其他",
        who,
        "W1",
        f"2012-03-{day:02}",
        done,
        "事",
        "",
    ]


def drawn(chance: random.Random, heading: Row, make: Callable[[random.Random], Row]) -> list[Row]:
    """A table in which some rows are odd, or the heading once more."""
    rows = [["样例登记"]] * chance.randrange(2) + [heading]
    odd = chance.choice((0, 0.05, 0.3))
    for _ in range(chance.randrange(1, 40)):
        row = make(chance)
        rows.append(chance.choice(ODD)(chance, row) if chance.random() < odd else row)
        if chance.random() < odd / 20:
            rows.append(heading)
    return rows


def as_text(path: Path, rows: list[Row]) -> None:
    stream = io.StringIO()
    csv.writer(stream).writerows(rows)
    path.write_text(stream.getvalue(), encoding="utf-8")


def as_book(path: Path, rows: list[Row], chance: random.Random) -> None:
    book = Workbook()
    for row in rows:
        book.active.append(row)  # type: ignore[union-attr]
        for cell in book.active[book.active.max_row]:  # type: ignore[union-attr,index]
            if chance.random() < 0.01:
                cell.font = Font(strike=True)
    book.save(path)


def punches_in(path: Path) -> Table:
    part = PARTS["punches"]
    return read_table(path, part.columns, part.make, part.enough)


def cases_in(path: Path) -> Table:
    words = vocabulary(Library([ROOT / "policies"]), "luzhou")
    return read_table(
        path,
        of_cases.columns(words),
        lambda values: of_cases.to_case(values, None, words),
        of_cases.enough,  # type: ignore[arg-type]
    )


def told(table: Table) -> tuple[object, ...]:
    own = (
        table.rows,
        table.findings,
        table.usable,
        table.unread,
        table.lost,
        table.lacking,
        table.flawed,
        table.accounts,
    )
    return *(repr(each) for each in own), list(table.sheet.first_lines)


@longer
@pytest.mark.parametrize(("heading", "make", "read"), [(PUNCHES, punch, punches_in), (CASES, case, cases_in)])
def test_the_short_road_leads_where_the_long_one_does(
    heading: Row,
    make: Callable[[random.Random], Row],
    read: Callable[[Path], Table],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    chance, short = random.Random(18), 0
    quickly = PlainRows.made

    def counted(self: PlainRows, row: object) -> object:
        nonlocal short
        made = quickly(self, row)  # type: ignore[arg-type]
        short += made is not NOT_PLAIN
        return made

    findings = rows = 0
    for number in range(600 if LONG else 100):
        path = tmp_path / ("x.xlsx" if number % 10 == 0 else "x.csv")
        drawn_rows = drawn(chance, heading, make)
        if path.suffix == ".csv":
            as_text(path, drawn_rows)
        else:
            as_book(path, drawn_rows, chance)
        monkeypatch.setattr(PlainRows, "made", counted)
        found = read(path)
        monkeypatch.setattr(PlainRows, "made", lambda *_: NOT_PLAIN)
        assert told(found) == told(read(path)), drawn_rows
        findings, rows = findings + len(found.findings), rows + len(found.rows)
        path.unlink()
    assert findings > 100 and rows > 500 and rows / 2 < short  # both roads were gone


def test_punches_are_found_by_day() -> None:
    chance = random.Random(18)
    start = datetime.date(2012, 2, 27)
    for _ in range(300):
        some = [
            Punch(
                chance.choice("ab"),
                start + datetime.timedelta(chance.randrange(9)),
                f"{chance.randrange(24):02}:{chance.randrange(60):02}:07",
                chance.choice(("fingerprint", "fingerprint", "password")),
            )
            for _ in range(chance.randrange(30))
        ]
        first, last = sorted(chance.randrange(9) for _ in range(2))
        period = Days("month", "x", start + datetime.timedelta(first), start + datetime.timedelta(last))
        for who in "abc":
            own = [each for each in some if each.staff == who and each.day in period]
            days = sorted({each.day for each in own})
            expected = [
                (
                    day,
                    sorted(each.second for each in own if each.day == day),
                    sum(each.method == "password" for each in own if each.day == day),
                )
                for day in days
            ]
            assert list(Punches(some).days(who, period)) == expected
