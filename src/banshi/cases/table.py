"""A case log in a table (CSV, XLSX), counted row by row."""

from collections.abc import Sequence
from pathlib import Path

from banshi.cases.calm import calm
from banshi.cases.columns import COLUMNS, enough, to_case
from banshi.cases.forms import Case
from banshi.cases.tally import Tally
from banshi.loaded import Report
from banshi.tables.reading import SheetHead, Table, stream_table


def fits_heads(heads: Sequence[SheetHead]) -> bool:
    """Whether one of the sheets is a case log."""
    return any(head.has(COLUMNS, enough) for head in heads)


def count_table(path: Path, tally: Tally, report: Report) -> Table | None:
    """Count every row of a table; None where it cannot be used. Rows that cannot be read are findings."""
    number = -1

    def count(case: Case) -> None:
        nonlocal number
        number += 1
        tally.add(case, number)

    with calm():
        table = stream_table(path, COLUMNS, to_case, enough, count)
    report.findings += table.findings
    return table if table.usable else None
