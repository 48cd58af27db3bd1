"""What is damaged in a case log never changes a verdict: it is the same, a range that holds it, open, or the log is refused."""

import csv
import datetime
import io
import random
from collections.abc import Callable
from pathlib import Path

import pytest
from lengths import longer, some
from test_cases_unread import SYSTEM, inside, loaded

from banshi.files.report import Report
from banshi.subjects.cases.case_log import CaseLog
from banshi.subjects.cases.measures import CaseShare
from banshi.subjects.cases.summary import tables, total

JUNK = ("？？", "#REF!", "若干", "2011-13-45", "见附件", "去年")
Row = list[str]
HEAD = [
    "办件编号",
    "类别",
    "事项",
    "部门",
    "窗口",
    "是否并联",
    "受理日期",
    "承诺办结日",
    "办结日期",
    "是否现场办结",
    "所用系统",
    "群众评议",
]
START = datetime.date(2011, 12, 1)


def sound(rng: random.Random) -> list[Row]:
    rows = [list(HEAD)]
    for n in range(rng.randint(2, 8)):
        accepted = START + datetime.timedelta(rng.randint(0, 40))
        due = accepted + datetime.timedelta(rng.randint(1, 10))
        done = accepted + datetime.timedelta(rng.randint(0, 14))
        kind = rng.choice(("投资建设项目", "企业设立登记", "其他"))
        system, rating = rng.choice((SYSTEM, "无")), rng.choice(("满意", "满意", "不满意", "未评议"))
        yes = rng.choice("是否"), rng.choice("是否")
        finished = str(done) if rng.random() < 0.9 else ""
        rows.append(
            [
                str(n),
                kind,
                "甲",
                rng.choice("乙丙"),
                "W1",
                yes[0],
                str(accepted),
                str(due),
                finished,
                yes[1],
                system,
                rating,
            ]
        )
    return rows


def _a_cell(rng: random.Random, rows: list[Row]) -> None:
    row = rng.choice(rows[1:])
    row[
        rng.choice([n for n, cell in enumerate(row) if cell and HEAD[n] not in ("事项", "窗口", "部门", "办件编号")])
    ] = rng.choice(JUNK)


def _a_row(rng: random.Random, rows: list[Row]) -> None:
    row = rng.choice(rows[1:])
    row[:] = [rng.choice(JUNK) for _ in row]


def _a_heading(rng: random.Random, rows: list[Row]) -> None:
    n = rng.randrange(len(HEAD))
    rows[0][n] = rng.choice(("甲列", "", f"{rows[0][n]}x", "时间"))


def _a_column_twice(rng: random.Random, rows: list[Row]) -> None:
    n = rng.randrange(len(HEAD))
    for row in rows:
        row.append(row[n] if row is rows[0] or rng.random() < 0.6 else rng.choice(JUNK))


def _a_quote(rng: random.Random, rows: list[Row]) -> None:
    rng.choice(rows[1:])[2] = '"甲'


def text(rows: list[Row], raw: bool = False) -> bytes:
    if raw:
        return "".join(",".join(row) + "\n" for row in rows).encode()
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue().encode()


def read(folder: Path, data: bytes) -> tuple[CaseLog, Report] | None:
    path = folder / "办件.csv"
    path.write_bytes(data)
    try:
        return loaded(path)
    except ValueError:  # nothing was loaded: the log is refused
        return None


def holds(part: CaseShare, whole: CaseShare) -> None:
    """Whatever the whole may come to, the part's range holds it; of a share that is open nothing is said."""
    if not part.left.open:
        inside(part, whole)


def check(whole: CaseLog, part: CaseLog) -> None:
    for one, other in zip(part.judged, whole.judged, strict=True):
        assert one.met.value is None or one.met.value == other.met.value, one.placed.norm.id
        holds(one.share, other.share)
    known = dict(tables(whole))
    for dimension, found in tables(part):
        theirs = {row.key: row for row in known[dimension]}
        for row in found:
            if row.key in theirs:
                holds(row.many, theirs[row.key].many)
    holds(total(part).many, total(whole).many)


HARMS: list[Callable[[random.Random, list[Row]], None]] = [_a_cell, _a_row, _a_heading, _a_column_twice, _a_quote]


@pytest.mark.parametrize("harm", HARMS)
@longer
@pytest.mark.parametrize("seed", some(range(15), 5))
def test_no_verdict_changes(harm: Callable[[random.Random, list[Row]], None], seed: int, tmp_path: Path) -> None:
    rng = random.Random(seed)
    rows = sound(rng)
    one = read(tmp_path, text(rows))
    assert one is not None and not one[0].left
    harm(rng, rows)
    other = read(tmp_path, text(rows, raw=harm is _a_quote))
    if other is not None:
        check(one[0], other[0])


@longer
@pytest.mark.parametrize("seed", some(range(25), 10))
def test_a_log_that_is_cut_off(seed: int, tmp_path: Path) -> None:
    """Cut between rows nothing can be seen; cut within one, its row is not read as if it were whole."""
    rng = random.Random(seed)
    rows = sound(rng)
    data = text(rows)
    one = read(tmp_path, data)
    start = data.rindex(b"\n", 0, len(data) - 2) + 1
    other = read(tmp_path, data[: rng.randrange(start + 1, len(data) - 8)])
    assert one is not None
    if other is not None and other[0].left:
        check(one[0], other[0])
