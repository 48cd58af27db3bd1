"""A case log in a table (CSV, XLSX), counted row by row."""

import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import islice
from pathlib import Path

from msgspec import Struct, field

from banshi.base.calm import calm
from banshi.files.findings import Severity
from banshi.files.regular_files import open_stream
from banshi.files.report import Report
from banshi.files.tables.headings import Columns
from banshi.files.tables.reading import SheetHead, Table, stream_table
from banshi.files.tables.sheet import SheetDocument, shown_row
from banshi.law.working_days import WorkingDays
from banshi.subjects.cases.columns import GENERAL, LIMITS, RENAMED, columns, enough, to_case
from banshi.subjects.cases.first_records import NEEDED
from banshi.subjects.cases.forms import Case
from banshi.subjects.cases.in_bulk import InBulk
from banshi.subjects.cases.tally import CaseTally

ROW_UNREADABLE = "input/row-unreadable"


def fits_heads(heads: Sequence[SheetHead]) -> bool:
    """Whether one of the sheets is a case log."""
    return any(head.has(GENERAL, enough) for head in heads)


class _Counted(Struct):
    """Counts the rows of a table, one by one or many at a time."""

    bulk: InBulk
    rows: int = 0

    def one(self, case: Case) -> None:
        """Count a row that was made a case."""
        self.bulk.add(case, self.rows)
        self.rows += 1

    def apart(self, columns: Columns, count: int) -> Iterator[int]:
        """Rows that are no case as they stand: something is lacking, or a limit is a number of days."""
        for key in NEEDED:
            own = columns.get(key)
            if own is None:
                yield from range(count)
            elif None in own:
                yield from (n for n, value in enumerate(own) if value is None)
        for key in LIMITS.values():
            if key in columns:
                yield from (n for n, value in enumerate(columns[key]) if value is not None)

    def take(self, columns: Columns, count: int) -> Iterable[Case]:
        """Count rows that are cases as they stand; nothing of them is kept."""
        bulk, nothing, first = self.bulk, (None,) * count, self.rows
        named = {RENAMED.get(key, key): own for key, own in columns.items()}
        known = {key: named[key] for key in bulk.fields if key in named}

        def case_at(n: int) -> Case:
            return bulk.tally.words.case(**{key: own[n] for key, own in known.items()})

        self.rows += count
        every = {key: known.get(key, nothing) for key in bulk.fields}
        bulk.take_columns(every, case_at, range(first, first + count), nothing.__getitem__)
        return ()


def count_table(path: Path, tally: CaseTally, report: Report, days: WorkingDays) -> Table | None:
    """Count every row of a table; None where it cannot be used. Rows that cannot be read are findings."""
    words, counted = tally.words, _Counted(InBulk(tally))
    with calm():
        make, most = partial(to_case, days=days, words=words), report.findings.most
        table = stream_table(path, columns(words), make, enough, counted.one, most, counted)
        counted.bulk.close()
    report.findings += table.findings
    return table if table.usable else None


def torn(table: Table) -> bool:
    """Whether more than single rows was left unread: then nobody knows how many cases there are."""
    return any(f.severity is Severity.ERROR and f.rule != ROW_UNREADABLE for f in table.findings)


class LongSheet(SheetDocument):
    """A table of which only some lines are in memory: ``wanted`` tells which rows may be pointed at, when one is."""

    wanted: Callable[[], Iterable[int]] = tuple
    kept: dict[int, str] = field(default_factory=dict)

    def line(self, number: int) -> str:
        """The text of the heading's line, or of a line that may be pointed at."""
        if not self.kept:
            lines = {1, *(self.first_lines[row] for row in self.wanted())}
            self.kept = dict(self._lines_of(lines))
        return self.kept.get(number, "")

    def _lines_of(self, wanted: set[int]) -> Iterator[tuple[int, str]]:
        if any(piece.grid.in_book for piece in self.pieces):
            for piece in self.pieces:
                rows = (row for row in piece.grid.rows() if row.number in wanted)
                yield from ((row.number, shown_row(piece.grid.name, row.number, row.cells)) for row in rows)
            return
        with open_stream(Path(self.path)) as raw:
            stream = io.TextIOWrapper(raw, encoding="utf-8-sig", errors="replace", newline="")
            numbered = enumerate(islice(stream, max(wanted)), start=1)
            yield from ((n, text.rstrip("\r\n")) for n, text in numbered if n in wanted)


def long_sheet(table: Table, wanted: Callable[[], Iterable[int]]) -> LongSheet:
    """A table's document, for a table too long to be kept."""
    own = table.sheet
    return LongSheet(
        own.path, own.data, own.find_marks, own.text, first_lines=own.first_lines, pieces=own.pieces, wanted=wanted
    )
