"""What a case log's table holds besides the cases that were read, and whether it could change what the log adds up to."""

import re
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from banshi.base.text import Text
from banshi.files.documents import Place
from banshi.files.findings import Finding
from banshi.files.locating import from_input
from banshi.files.reading import InputProblem
from banshi.files.tables.cells import CellUnreadable, day_of, plain_text
from banshi.files.tables.headings import TableColumn, known_columns
from banshi.files.tables.left_over import LeftSheet, left_sheets, not_taken, open_columns
from banshi.files.tables.reading import Table
from banshi.subjects.cases.columns import GENERAL
from banshi.subjects.cases.limits import limit_or_day

_DATES = frozenset(("accepted_on", "due_on", "statutory_due_on", "finished_on"))
_FEWEST = 3  # filled cells of a row that may be a case
_YEAR = re.compile(r"(19|20|21)\d\d")
_UNIT = re.compile(r"[天日场办时]")


def left_over(path: Path, table: Table, columns: Mapping[str, TableColumn]) -> Iterator[tuple[Finding, bool]]:
    """Findings about sheets and columns that were not read; an error where they may hold cases, or change some.

    With each: whether it may change the cases that were counted.
    """
    used = {account.sheet for account in table.accounts if account.status == "read"}
    for sheet in left_sheets(path, used):
        yield sheet.said(_CASES if _may_hold_cases(sheet) else None), False
    taken = {each.key for account in table.accounts for each in account.taken}
    probed = {**columns, "promised_limit": replace(columns["promised_limit"], read=_with_unit)}
    said = set()
    for column in open_columns(table, probed, not_taken(probed, _bearing(taken))):
        said.add(column.account.sheet)
        yield column.said(table.sheet.path), True
    yield from ((finding, True) for finding in _never_finished(table, said))


def _never_finished(table: Table, said: Collection[str]) -> Iterator[Finding]:
    """Sheets without a column of the days of finishing: nobody knows which of their cases are finished.

    ``said``: sheets of which that was said already.
    """
    for account in table.accounts:
        if (
            account.status == "read"
            and account.sheet not in said
            and "finished_on" not in {each.key for each in account.taken}
        ):
            at = Place(account.head, 1, 2, account.sheet)
            yield from_input(table.sheet.path, InputProblem("input/left-aside", at, _NOT_SAID, _ADD))


def _bearing(taken: set[str]) -> set[str]:
    """The keys that mean something where they are blank; without the others a case only does not say something.

    A case without a day of finishing is open; without a promise the statutory limit counts.
    """
    promised = {"due_on", "promised_limit"} & taken or not {"statutory_due_on", "statutory_limit"} & taken
    return {"finished_on"} if promised else {"finished_on", "due_on", "promised_limit"}


def _with_unit(cell: str) -> Any:
    """A length with its unit: a bare number may be anything."""
    if not _UNIT.search(plain_text(cell)):
        raise CellUnreadable(Text("没有单位", "no unit"))
    return limit_or_day(cell)


def _may_hold_cases(sheet: LeftSheet) -> bool:
    return any(_names_days(cells) or _is_like_a_case(cells) for cells in sheet.rows)


def _names_days(cells: list[str]) -> bool:
    """Whether these are headings of a log: one of the days, and another column."""
    known = known_columns(cells, GENERAL)
    return len(known) > 1 and not _DATES.isdisjoint(known)


def _is_like_a_case(cells: list[str]) -> bool:
    filled = [cell for cell in cells if cell.strip()]
    return len(filled) >= _FEWEST and any(_is_day(cell) for cell in filled)


def _is_day(cell: str) -> bool:
    try:
        day_of(cell)
    except CellUnreadable:
        return False
    return bool(_YEAR.search(plain_text(cell)))


_CASES = Text("办件", "cases")
_NOT_SAID = Text(
    "没有“办结日期”这一列，各件办没办结不知道，超期和比率都没有判定",
    "there is no column of the days of finishing, so whether cases are overdue is not decided",
)
_ADD = Text(
    "补上“办结日期”一列，没有办结的空着；都没有办结的，也要有这一列。", "Add the column; leave it blank where open."
)
