"""Text tables: which separator, where a field stands, and a quotation mark that is never closed."""

import csv
import io
import random
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from banshi.files.tables import cells, delimited
from banshi.files.tables import records as parsing
from banshi.files.tables.quantities import count_in
from banshi.files.tables.reading import Table, TableColumn, heads, read_table
from banshi.files.tables.records import open_at, records, spots
from banshi.files.tables.times import times

COLUMNS = {
    "staff": TableColumn(("工号",), count_in("")),
    "day": TableColumn(("日期",), cells.day),
    "times": TableColumn(("打卡记录",), times),
}


def read(path: Path) -> Table:
    return read_table(
        path, COLUMNS, lambda row: tuple(row[key] for key in COLUMNS if key in row), lambda found: "staff" in found
    )


def of(text: str | bytes, folder: Path) -> Table:
    path = folder / "a.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read(path)


def places(table: Table) -> list[tuple[int, int, str]]:
    return [(finding.line, finding.column, finding.source_line) for finding in table.findings]


FIELDS = st.text(st.sampled_from('甲a1 ,;\t"\n\r\u2028'), max_size=6)


@given(
    rows=st.lists(st.lists(FIELDS, min_size=1, max_size=4), min_size=1, max_size=5),
    delimiter=st.sampled_from(delimited.SEPARATORS),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
)
def test_fields_are_what_csv_reads_and_stand_where_they_are_said_to(
    rows: list[list[str]], delimiter: str, quoting: Any
) -> None:
    stream = io.StringIO(newline="")
    csv.writer(stream, delimiter=delimiter, quoting=quoting, lineterminator="\n").writerows(rows)
    text = stream.getvalue()
    found = list(records(io.StringIO(text, newline=""), delimiter))
    assert [record.cells for record in found] == list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    lines = list(io.StringIO(text, newline=""))
    for record in found:
        assert list(record.lines) == lines[record.number - 1 : record.number - 1 + len(record.lines)]
        stands = spots(record.lines, delimiter)
        assert len(stands) == max(1, len(record.cells)) and open_at(record.lines, delimiter) is None
        for spot, field in zip(stands, record.cells, strict=False):
            written = record.lines[spot.line][spot.column - 1 :]
            assert written.startswith(
                '"' + field.split("\n")[0].split("\r")[0].replace('"', '""') if written.startswith('"') else field
            )


def test_findings_stand_at_their_cells(tmp_path: Path) -> None:
    found = of('部门,工号\n"发改,窗口",x\n"甲\n乙",y\n"丙\u2028丁",z\n"a""b",w\r\n戊\n', tmp_path)
    assert places(found)[:4] == [(2, 9, '"发改,窗口",x'), (4, 4, '乙",y'), (5, 7, '"丙\u2028丁",z'), (6, 8, '"a""b",w')]


def test_a_place_of_the_document_is_that_of_the_cell(tmp_path: Path) -> None:
    found = of('部门,工号\n"甲\n乙",1\n"丙,丁",2\n', tmp_path)
    assert [found.sheet.place(("", n, "staff"))[:2] for n in (0, 1)] == [(3, 4), (4, 7)]


# separators


@pytest.mark.parametrize(
    "text",
    [
        "工号,日期,打卡记录\n1,2010-03-01,08:31;12:01;13:30;17:20\n",
        "工号,日期,打卡记录\n" + "1,2010-03-01,08:31;12:01;13:30;17:20\n" * 60,
        "工号\t,日期\t,打卡记录\t\n1\t,2010-03-01\t,08:31\t\n",
        "工号\t日期\t打卡记录\n1\t2010-03-01\t08:31,12:01\n1\t2010-03-01\t08:31,12:01\n",
        "工号;日期;打卡记录\n1;2010-03-01;08:31,17:20\n",
        "考勤,3月;4月\n工号;日期;打卡记录\n1;2010-03-01;08:31,17:20\n",
        '"工号","日期","打卡记录"\n"1","2010-03-01","08:31\t17:20"\n',
        "\ufeff工号,日期,打卡记录\n1,2010-03-01,08:31，12:01；17:20\n",
    ],
)
def test_the_separator_is_the_one_of_the_headings(text: str, tmp_path: Path) -> None:
    found = of(text, tmp_path)
    assert found.findings == [] and found.rows[0][0] == 1 and found.rows[0][2][0] == "08:31"
    assert heads(tmp_path / "a.csv").heads[0].has(COLUMNS, lambda known: len(known) == 3)


@pytest.mark.parametrize(("mark", "name"), [("，", "全角逗号"), ("；", "全角分号"), ("|", "竖线")])
def test_an_unusual_separator_is_told(mark: str, name: str, tmp_path: Path) -> None:
    found = of(f"工号{mark}日期\n1{mark}2010-03-01\n", tmp_path)
    assert len(found.rows) == 1
    assert [f.rule for f in found.findings] == ["input/separator"] and name in found.findings[0].message.zh


# quotation marks


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ('工号,日期,备注\n1,2010-03-01,"补登\n2,2010-03-01,x\n', (2, 14, '1,2010-03-01,"补登')),
        ('工号,备注\n1,"a\nb"\n2,"\n3,\n', (4, 3, '2,"')),
        ('"工号,日期\n1,2010-03-01\n', (1, 1, '"工号,日期')),
        ('工号,备注\n1,"' + "x\n" * 100_000, (2, 3, '1,"x')),
        ('工号,备注\n1,"a"b\n2,c\n', (2, 1, "")),
        ('工号,备注\n1,"a\n2,"b"\n3,\n', (2, 1, "")),
    ],
)
def test_a_table_with_an_open_quotation_mark_is_not_used(
    text: str, place: tuple[int, int, str], tmp_path: Path
) -> None:
    found = of(text, tmp_path)
    assert [f.rule for f in found.findings] == ["input/quote-not-closed"] and places(found) == [place]
    assert not found.usable and found.rows == []
    assert "没有读" in found.findings[0].message.zh
    if place[0] > 1 and found.accounts:
        assert found.accounts[-1].stopped == place[0]


@pytest.mark.parametrize("text", ['工号,备注\n1,5" 屏\n', '工号,备注\n1,"说""好"""\n', '工号,备注\n1,""\n'])
def test_quotation_marks_that_are_in_order(text: str, tmp_path: Path) -> None:
    found = of(text, tmp_path)
    assert found.findings == [] and len(found.rows) == 1


# limits and encodings


def test_a_line_without_an_end_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (parsing, delimited):
        monkeypatch.setattr(module, "LONGEST_LINE", 100)
    at = "工号,备注\n1," + "x" * 98
    assert of(at, tmp_path).usable
    above = of(at + "x\n", tmp_path)
    assert not above.usable and [f.line for f in above.findings] == [2]


@pytest.mark.parametrize("before", [0, 70_000])
def test_a_wrong_encoding_is_told_where_it_begins(before: int, tmp_path: Path) -> None:
    found = of("工号,备注\n".encode() + b"1,x\n" * before + "2,甲\n".encode("gbk"), tmp_path)
    assert [(f.rule, f.line, f.column) for f in found.findings] == [("input/not-utf8", before + 2, 3)]


def test_line_ends_of_every_sort(tmp_path: Path) -> None:
    found = of("工号,备注\r\n1,a\r2,b\nx,c\r\n", tmp_path)
    assert [row[0] for row in found.rows] == [1, 2]
    assert [(f.line, f.column) for f in found.findings if f.rule == "input/row-unreadable"] == [(4, 1)]


def test_lines_without_quotation_marks_are_split_as_csv_splits_them() -> None:
    chance, ends = random.Random(18), ("\n", "\r\n", "\r", "")
    for _ in range(400):
        marks = "".join(chance.choices('a,; \t"甲', weights=(4, 4, 1, 1, 1, 1, 2), k=chance.randrange(30)))
        lines = [f"{line}{chance.choice(ends[:3])}" for line in marks.split(";")]
        lines[-1] = lines[-1].rstrip("\r\n") + chance.choice(ends)
        lines = [line for line in lines if line]
        wanted: list[list[str]] | None = None
        with suppress(csv.Error):
            wanted = list(csv.reader(lines, strict=True))
        found: list[list[str]] | None = None
        with suppress(ValueError):
            read = list(records(lines, ","))
            found = [record.cells for record in read]
            assert [line for record in read for line in record.lines] == lines
            assert [record.number for record in read] == [
                1 + sum(len(each.lines) for each in read[:n]) for n in range(len(read))
            ]
        assert found == wanted, lines
