"""Punches of a plain table are read column by column, and are what they are row by row."""

import random
from pathlib import Path
from typing import Any

import pytest
from lengths import longer, some

from banshi.files.tables import delimited, together
from banshi.files.tables.plain_rows import NOT_PLAIN, PlainRows
from banshi.files.tables.reading import Table
from banshi.subjects.attendance.columns import PARTS
from banshi.subjects.attendance.sources import PartSource, read_part

HEADS = (
    ["人员编号", "日期", "时刻", "方式"],
    ["日期", "姓名", "工号", "时间"],
    ["工号", "打卡日期", "打卡时刻", "打卡时间", "方式"],
    ["工号", "日期", "时刻", "时刻", "备注"],
    ["工号", "日期", "上班打卡", "下班打卡"],
    ["工号", "日期时间"],
    ["姓名", "工号", "日期时间", "方式", "日期"],
)
CELLS = {
    "人员编号": ("S01", "S02", "T01", "张三", "'007", " S03"), "工号": ("S01", "S02", "９", "n1"), "姓名": ("张三", "", "合计"),
    "日期": ("2010-03-01", "2010/3/2", "2010年3月3日", "2010-03-05 星期五"), "打卡日期": ("2010-03-01", ""),
    "方式": ("指纹", "密码", "", "Password"), "打卡时间": ("", "", "2010-03-04 08:31"),
    "日期时间": ("2010-03-04 08:31", "2010/3/5 17:30:09", "2010-03-08 08:31 17:20", "", "08:31", "2010-03-09"), "备注": ("", "", "作废", "迟到", "说明"),
}  # fmt: skip
CLOCKS = ("08:31", "8:31:05", "下午5:30", "08:31 17:20", "")
SPOILT = ("？", "2010-13-01", "25:00", " ", "合计", "说明：样例", "-", '"a', '"x,y"', "a\nb", "#REF!")


def a_table(seed: int) -> bytes:
    chance = random.Random(seed)
    head = chance.choice(HEADS)
    often = chance.choice((0, 0, 0.02, 0.2))
    lines = [",".join(head)]
    for _ in range(chance.choice((1, 40, 200))):
        row = [
            chance.choice(CELLS[name][: chance.choice((1, 9))] if name in CELLS else CLOCKS[: chance.choice((2, 5))])
            for name in head
        ]
        if chance.random() < often:
            n = chance.randrange(len(row))
            row = chance.choice(
                (
                    [*row[:n], chance.choice(SPOILT), *row[n + 1 :]],
                    row[:n],
                    [*row, "多"],
                    chance.choice(HEADS),
                    head,
                    [chance.choice(SPOILT)],
                )
            )
        lines.append(",".join(row))
    raw = chance.choice(("\n", "\n", "\r\n", "\r")).join(lines).encode()
    at = chance.randrange(len(raw))
    return raw[:at] + b"\xff" + raw[at:] if chance.random() < 0.05 else raw


def said(table: Table) -> Any:
    pieces = [(piece.first, piece.columns, piece.more, piece.head) for piece in table.sheet.pieces]
    told = (table.usable, table.unread, table.lost, table.lacking, table.flawed, table.accounts)
    return table.rows, list(table.sheet.first_lines), pieces, table.findings, told


@longer
@pytest.mark.parametrize("seed", some(range(240), 40))
def test_punches_read_in_columns_are_those_read_row_by_row(
    seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "打卡.csv"
    path.write_bytes(a_table(seed))
    monkeypatch.setattr(together, "_AT_ONCE", random.Random(seed).choice((60, 500, 1 << 17)))
    source = PartSource(PARTS["punches"], path, None)
    at_once = said(read_part(source))
    kept = delimited._grid

    def row_by_row(*args: Any) -> Any:
        grid = kept(*args)
        for each in (grid, *grid.others):
            each.together = None
        return grid

    monkeypatch.setattr(delimited, "_grid", row_by_row)
    assert at_once == said(read_part(source))


@pytest.mark.parametrize(("heads", "between"), [("日期,时刻", ","), ("打卡时间", " ")])
def test_plain_punches_are_not_looked_at_one_by_one(
    heads: str, between: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "打卡.csv"
    rows = [f"S{n % 30:03},2010-03-{n % 28 + 1:02}{between}08:{n % 60:02}:07,指纹" for n in range(500)]
    path.write_text("\n".join([f"人员编号,{heads},方式", *rows]), encoding="utf-8")
    asked: list[Any] = []
    monkeypatch.setattr(PlainRows, "made", lambda self, row: asked.append(row) or NOT_PLAIN)
    table = read_part(PartSource(PARTS["punches"], path, None))
    assert len(table.rows) == len(rows)
    assert not asked
