"""What came of a share of the lines: rows as JSON, each with the number of its line, and the names that were told of."""

import datetime
import json
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

import msgspec

from banshi.base.repeats import in_brief
from banshi.batch.job import Job, judge_of
from banshi.batch.lines import Judge, failure_rows, problem_rows
from banshi.checking.told_places import Telling
from banshi.files.units import SomeLines, Unit
from banshi.output.records import DataColumn, Row, json_row

Numbered = tuple[int, bytes | None]


class LineShare(msgspec.Struct):
    """Rows of lines of one file, in order. ``told``: the names (in brief) that lines tell of. ``failed``: of the tool."""

    path: str
    lines: int = 0
    rows: list[tuple[int, list[str]]] = []
    told: list[tuple[int, bytes]] = []
    failed: bool = False
    digest: str = ""  # of all lines up to its end


def judged(job: Job, judge: Judge, path: str, lines: Iterable[Numbered]) -> LineShare:
    """Judge lines, each for itself."""
    share = LineShare(path)
    for number, raw in lines:
        share.lines += 1
        if raw is not None and not raw.strip():
            continue
        if rows := row_texts(job, judge, path, number, raw):
            share.rows.append((number, rows))
        share.told += [(number, in_brief(name)) for each in judge.tellings() for name in each.names]
    return share


def row_texts(job: Job, judge: Judge, path: str, number: int, raw: bytes | None) -> list[str]:
    """The rows of a line, each as a line of JSON."""
    return [json_row(job.columns, _clean(row)) for row in judge.rows(job.what, path, number, raw, job.lang)]


def tellings_of(job: Job, judge: Judge, path: str, number: int, raw: bytes | None) -> list[Telling]:
    """What a line tells of."""
    judge.rows(job.what, path, number, raw, job.lang)
    return judge.tellings()


def _clean(row: Row) -> Row:
    """Halves of pairs of characters, which neither Arrow nor UTF-8 knows, written out."""
    return tuple(
        value.encode("utf-8", "backslashreplace").decode() if isinstance(value, str) else value for value in row
    )


def from_json(columns: tuple[DataColumn, ...], text: str) -> Row:
    """A row as its line of JSON has it."""
    found = json.loads(text)
    return tuple(_typed(found[column.name], column.kind) for column in columns)


def _typed(value: Any, kind: str) -> Any:
    if value is None:
        return None
    if kind == "number":
        return Decimal(value)
    return datetime.date.fromisoformat(value) if kind == "day" else value


class SharedLines:
    """Judges shares of lines; what other processes may be given to do (``jobs.Work``)."""

    def __init__(self, job: Job) -> None:
        self._job, self._judge = job, judge_of(job)

    def of_one(self, unit: Unit) -> LineShare:
        """What comes of some lines."""
        assert isinstance(unit, SomeLines)
        share = judged(self._job, self._judge, unit.path.as_posix(), unit.lines)
        if unit.problem:
            number = max((number for number, _ in unit.lines), default=0) + 1
            rows = problem_rows(self._job.what, share.path, number, unit.problem, self._job.lang)
            share.rows.append((number, [json_row(self._job.columns, _clean(row)) for row in rows]))
        return share

    of_one_apart = of_one

    def packed(self, share: LineShare) -> bytes:
        """It travels as bytes."""
        return msgspec.msgpack.encode(share)

    def unpacked(self, packed: bytes) -> LineShare:
        """What came of it."""
        return msgspec.msgpack.decode(packed, type=LineShare)

    def lost(self, unit: Unit, error: Exception) -> LineShare:
        """A process died over these lines: each again would die again, so it is said of the first of them."""
        assert isinstance(unit, SomeLines)
        path, number = unit.path.as_posix(), unit.lines[0][0] if unit.lines else 1
        rows = failure_rows(self._job.what, path, number, error, self._job.lang)
        return LineShare(
            path, len(unit.lines), [(number, [json_row(self._job.columns, row) for row in rows])], failed=True
        )
