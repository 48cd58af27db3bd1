"""The account of reading: what every file and sheet was taken for, and what was left aside, shown before any result.

One for every subject. While loading, a subject notes in ``report.reading``

- ``took_document(document, what)`` for a YAML or JSON file, ``took_records(path, what, rows, unread)`` for what it
  lists (or for a file of lines), ``took_table(table, what)`` for the sheets of a table, after it was read, from its
  ``accounts``: which heading was taken for which meaning, how many rows were read and how many were not;
- ``leave(finding)`` for whatever was not read: a file, a sheet, a column, rows, the bytes behind an open quote. The
  finding goes into ``report.findings`` as well, so that ``banshi check`` says the same. An error there means: it could
  bear on a judgement, and then the subject must not judge what it could touch. A note means that it could not.

Commands print it first: ``reading_text``, ``reading_json`` (under the key ``reading``), ``add_reading`` (the first sheet
of a workbook), and ``reading=report.reading`` among what ``report_page`` is given.
"""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from msgspec import Struct, field
from msgspec.structs import replace

from banshi.base.text import Lang, Text
from banshi.files.findings import Finding, Severity

if TYPE_CHECKING:
    from banshi.files.documents import Document
    from banshi.files.tables.account import SheetAccount
    from banshi.files.tables.reading import Table

SHEET = "读取情况"
HEADINGS = ("文件", "工作表", "读作", "读出（行）", "读不出（行）", "列", "没有用的列或没有读的原因")


class TakenFile(Struct, frozen=True):
    """A file, or a sheet of one, and what it was taken for.

    ``columns``: headings as written, each with the heading that it was taken for; ``unused``: headings of which
    nothing was taken; ``rows`` and ``unread``: how many rows were read, and how many could not be (None: no table);
    ``notes``: the numbers of rows that are notes around the table, and no entries.
    """

    path: str
    what: Text
    sheet: str = ""
    columns: tuple[tuple[str, str], ...] = ()
    unused: tuple[str, ...] = ()
    rows: int | None = None
    unread: int = 0
    notes: tuple[int, ...] = ()

    @property
    def place(self) -> str:
        """File and sheet: 考勤.xlsx“打卡”."""
        return f"{self.path}“{self.sheet}”" if self.sheet else self.path


class AccountOfReading(Struct):
    """What was taken for what, in the order of reading, and the findings about what was left aside; each once."""

    taken: dict[TakenFile, None] = field(default_factory=dict)
    aside: dict[Finding, None] = field(default_factory=dict)

    def took_document(self, document: "Document", what: Text) -> None:
        """A file without rows: a YAML or JSON document."""
        self._take(TakenFile(document.path, what))

    def took_sheet(self, path: str, sheet: str, what: Text) -> None:
        """A sheet without rows of its own: a cover."""
        self._take(TakenFile(path, what, sheet))

    def took_records(self, path: str, what: Text, rows: int, unread: int) -> None:
        """The records of a document or of a file of lines: how many were read, and how many could not be."""
        self._take(TakenFile(path, what, rows=rows, unread=unread))

    def took_table(self, table: "Table", what: Text, names: Mapping[str, str] | None = None) -> None:
        """The sheets of a table that was read. ``names``: by key of a column, what to call its meaning."""
        for sheet in table.accounts:
            if sheet.status == "read":
                self._take(_of_sheet(table.sheet.path, sheet, what, names or {}))

    def left(self, finding: Finding) -> None:
        """Something that was not read; use ``Report.leave``, which keeps the finding as well."""
        self.aside[finding] = None

    def add(self, other: "AccountOfReading") -> None:
        """Take in another account."""
        self.taken |= other.taken
        self.aside |= other.aside

    def _take(self, taken: TakenFile) -> None:
        self.taken[taken] = None


def _of_sheet(path: str, sheet: "SheetAccount", what: Text, names: Mapping[str, str]) -> TakenFile:
    columns = tuple((" ".join(each.heading.split()), names.get(each.key, each.key)) for each in sheet.taken)
    unused = tuple(" ".join(each.heading.split()) or each.letters for each in sheet.left)
    unread = len(sheet.unread) + sheet.unread_more
    return TakenFile(path, what, sheet.sheet, columns, unused, sheet.rows, unread, sheet.notes)


# how it is shown


def reading_text(account: AccountOfReading, lang: Lang) -> list[str]:
    """Lines for a terminal; none where nothing was read."""
    if not account.taken and not account.aside:
        return []
    lines = [_TITLE.say(lang), *(f"  {_said(taken).say(lang)}" for taken in account.taken)]
    for finding in account.aside:
        mark = "!" if bears(finding) else "·"
        lines.append(
            f"  {mark} {finding.path}：{finding.message.say(lang)}{_BEARS.say(lang) if bears(finding) else ''}"
        )
    return lines


def reading_json(account: AccountOfReading, lang: Lang) -> dict[str, Any]:
    """The account as plain data: ``taken`` and ``left_aside``."""
    return {
        "taken": [_taken_json(taken, lang) for taken in account.taken],
        "left_aside": [
            {
                "path": finding.path,
                "line": finding.line,
                "rule": finding.rule,
                "message": finding.message.say(lang),
                "bears_on_judgements": bears(finding),
            }
            for finding in account.aside
        ],
    }


def reading_rows(account: AccountOfReading) -> Iterator[list[str | int | None]]:
    """Rows under ``HEADINGS``, for a sheet or a table of a page."""
    for taken in account.taken:
        columns = "、".join(_column(column) for column in taken.columns)
        unused = "；".join(filter(None, ("、".join(taken.unused), *_unused(replace(taken, unused=())))))
        unread = taken.unread if taken.rows is not None else None
        yield [taken.path, taken.sheet or None, taken.what.zh, taken.rows, unread, columns or None, unused or None]
    for finding in account.aside:
        why = finding.message.zh + (_BEARS.zh if bears(finding) else "")
        yield [finding.path, None, "没有读", None, None, None, why]


def bears(finding: Finding) -> bool:
    """Whether what was left aside could bear on a judgement."""
    return finding.severity is Severity.ERROR


def _said(taken: TakenFile) -> Text:
    if taken.rows is None:
        return Text(f"{taken.place}：{taken.what.zh}", f"{taken.place}: {taken.what.en}")
    zh = [f"{taken.place}：{taken.what.zh} {taken.rows} 行", *([f"读不出 {taken.unread} 行"] if taken.unread else [])]
    en = f"{taken.place}: {taken.what.en}, {taken.rows} rows, {taken.unread} unread"
    if not taken.columns:  # records, which have keys
        return Text("，".join(part.replace(" 行", " 项") for part in zh), en)
    zh += ["；".join((f"列：{'、'.join(map(_column, taken.columns))}", *_unused(taken)))]
    columns = ", ".join(map(_column, taken.columns))
    notes = f"; notes left aside: rows {_numbers(taken)}" if taken.notes else ""
    return Text("，".join(zh), f"{en}; columns: {columns}; not used: {', '.join(taken.unused) or '–'}{notes}")


def _unused(taken: TakenFile) -> list[str]:
    columns = [f"没有用：{'、'.join(taken.unused)}"] if taken.unused else []
    return [*columns, *([f"表外的说明、签字：第 {_numbers(taken)} 行"] if taken.notes else [])]


def _numbers(taken: TakenFile) -> str:
    return "、".join(map(str, taken.notes[:_SHOWN])) + ("…" if len(taken.notes) > _SHOWN else "")


_SHOWN = 8


def _column(column: tuple[str, str]) -> str:
    written, meaning = column
    return written if written == meaning else f"{written}＝{meaning}"


def _taken_json(taken: TakenFile, lang: Lang) -> dict[str, Any]:
    return {
        "path": taken.path,
        "sheet": taken.sheet or None,
        "as": taken.what.say(lang),
        "rows": taken.rows,
        "unread_rows": taken.unread if taken.rows is not None else None,
        "columns": [{"heading": written, "as": meaning} for written, meaning in taken.columns],
        "unused_columns": list(taken.unused),
        **({"note_rows": list(taken.notes)} if taken.notes else {}),
    }


_TITLE = Text("读了什么：", "What was read:")
_BEARS = Text("（可能关系到判断，涉及的不作判定）", " (may bear on judgements: what it could touch is not decided)")
