"""Times with parts of the day, and characters that nobody can see."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from banshi.files.tables import cells
from banshi.files.tables.cells import CellUnreadable
from banshi.files.tables.reading import TableColumn, heading, read_table
from banshi.files.tables.times import dated_times, times

UNSEEN = ["\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\u200e", "\u200f", "\u00ad", "\u202a", "\u2066"]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("上午8:31", "08:31"),
        ("上午0:31", "00:31"),
        ("凌晨0:05", "00:05"),
        ("凌晨12:05", "00:05"),
        ("凌晨5:05", "05:05"),
        ("早上7:58", "07:58"),
        ("清晨5:10", "05:10"),
        ("中午12:05", "12:05"),
        ("中午1:05", "13:05"),
        ("中午0:30", "12:30"),
        ("中午11:58", "11:58"),
        ("下午0:30", "12:30"),
        ("下午12:05", "12:05"),
        ("下午5:20", "17:20"),
        ("下午17:20", "17:20"),
        ("傍晚6:10", "18:10"),
        ("晚上8点05分", "20:05"),
        ("晚上23:05", "23:05"),
        ("12:05 AM", "00:05"),
        ("12:05 PM", "12:05"),
        ("0:30 p.m.", "12:30"),
        ("8:31 a.m.", "08:31"),
        ("ＰＭ　５：３０", "17:30"),
        ("上午8:31 AM", "08:31"),
    ],
)
def test_parts_of_the_day(cell: str, expected: str) -> None:
    assert cells.time(cell) == expected
    assert times(cell) == (expected,)
    assert dated_times(f"2010-03-01 {cell}")[1] == (expected,)


@pytest.mark.parametrize(
    "cell",
    ["晚上12:05", "晚上0:05", "晚上1:05", "晚上4:00", "中午5:00", "中午10:00", "凌晨8:00", "上午12:05", "上午13:00", "早上12:10",
     "早上1:00", "傍晚3:00", "傍晚22:00", "13:05 AM", "上午8:31 PM", "凌晨1:05 PM", "下午24:00", "25:00 PM"],
)  # fmt: skip
def test_parts_of_the_day_that_contradict_the_hour(cell: str) -> None:
    for read in (cells.time, times, dated_times):
        with pytest.raises(CellUnreadable):
            read(cell)


@given(st.sampled_from(cells.PART_OF_DAY.split("|")), st.integers(0, 23), st.integers(0, 59))
def test_a_part_of_the_day_never_gives_noon_for_midnight(part: str, hour: int, minute: int) -> None:
    try:
        found = cells.time(f"{part}{hour}:{minute:02d}")
    except CellUnreadable:
        return
    assert int(found[:2]) % 12 == hour % 12 and int(found[3:]) == minute
    assert (part in ("凌晨", "清晨", "早晨", "早上", "上午", "am")) == (int(found[:2]) < 12) or (part, found[:2]) == (
        "中午",
        "11",
    )


def test_several_times_with_parts_of_the_day() -> None:
    assert times("上午8:31 中午12:01 下午5:20 晚上9:00") == ("08:31", "12:01", "17:20", "21:00")


# what cannot be seen


@pytest.mark.parametrize("sign", [*UNSEEN, "\u00a0", "\u3000"])
def test_what_cannot_be_seen_does_not_count(sign: str) -> None:
    assert heading(f"{sign}工{sign}号{sign}") == "工号"
    assert cells.name(f"{sign}001{sign}") == "001"
    assert cells.one_of({"是": "yes"})(f"是{sign}") == "yes"
    assert cells.day(f"{sign}2010-03-01{sign}").isoformat() == "2010-03-01"
    assert cells.free_text(f"{sign}事由{sign}") == "事由"
    assert cells.is_blank(sign) and cells.is_blank(f" {sign} ") and not cells.is_blank(f"{sign}-")


@pytest.mark.parametrize("sign", UNSEEN)
def test_headings_and_cells_with_what_cannot_be_seen_are_read(sign: str, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f"{sign}工号{sign},时{sign}刻\n001{sign},{sign}8:31\n{sign},{sign}\n", encoding="utf-8")
    columns = {"staff": TableColumn(("工号",), cells.name), "time": TableColumn(("时刻",), cells.time)}
    found = read_table(path, columns, dict, lambda known: len(known) == 2)
    assert found.rows == [{"staff": "001", "time": "08:31"}] and found.findings == []


@pytest.mark.parametrize("cell", ['="001"', '= "001"', "'001", ' ="００1"\u200b', "\u202a'001"])
def test_what_a_system_puts_around_a_number_is_no_part_of_it(cell: str) -> None:
    assert cells.name(cell) == "001"
    assert cells.day('="2010-03-01"') == cells.day("'2010-03-01") == cells.day("2010-03-01")


@pytest.mark.parametrize("cell", ["=A1", '="a"&"b"', "'", "=", "''", "'a'b", '="', "O'Neill"])
def test_what_is_not_around_a_number_stays(cell: str) -> None:
    assert cells.plain_text(cell) == cell
