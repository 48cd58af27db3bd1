"""Reads the sheets of an assessment's workbook into one document, and notes where everything stands."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct, field

from banshi.base.text import Text, did_you_mean
from banshi.files.documents import Place, PlaceTree
from banshi.files.findings import Route, Severity
from banshi.files.locating import from_input
from banshi.files.reading import InputProblem
from banshi.files.report import Report
from banshi.files.tables.cells import NOTHING, CellUnreadable, is_blank, yes_or_no
from banshi.files.tables.left_over import LeftSheet, left_sheets, not_taken, open_columns
from banshi.files.tables.reading import Table, TableColumn, heading, read_table
from banshi.subjects.assessment.book import AssessmentBook
from banshi.subjects.assessment.table_columns import (
    ABOUT,
    COVER,
    COVER_READERS,
    DETAILS,
    FACTS,
    LISTS,
    MARKS,
    ON_COVER,
    AssessmentColumns,
    column,
    named,
    text,
)
from banshi.subjects.assessment.table_documents import PartSpot, WorkbookDocument
from banshi.subjects.assessment.table_rows import (
    Row,
    add_detail,
    as_group,
    detail,
    entry,
    legible_entry,
    mark,
    said_before,
    some,
    stated,
)
from banshi.subjects.assessment.unread import UnreadEntry, UnreadOfWindow
from banshi.subjects.assessment.walks import PARTS, Scale


class AssessmentReader(Struct):
    """Reads the sheets of one file, and notes where everything stands."""

    path: Path
    report: Report
    sheets: frozenset[str]
    spots: dict[Route, PartSpot] = field(default_factory=dict)
    windows: list[Row] = field(default_factory=list)
    index: dict[str, int] = field(default_factory=dict)
    lost: set[str] = field(default_factory=set)
    unread: dict[str, UnreadOfWindow] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)
    adrift: bool = False  # whether something was not read that may be anything of any window
    strays: dict[str, None] = field(default_factory=dict)  # windows that rows name and the facts do not

    def cover(self) -> Row | None:
        """What the cover says; of a file without one, what every row of the facts says."""
        if COVER in self.sheets:
            table = self._read(_COVER_COLUMNS, lambda row: (row["key"], row.get("value", "")), COVER)
            for n, (key, _value) in enumerate(table.rows):
                self.spots.setdefault((key,), PartSpot(table.sheet, n))
            said: Row = {}
            for n, (key, written) in enumerate(table.rows):
                value = COVER_READERS.get(key, text)(written)
                if value and said.setdefault(key, value) != value:
                    self._say(PartSpot(table.sheet, n), "value", _two(ON_COVER[key], said[key], value), _CORRECT_ONE)
            return said
        columns = {key: column(name, COVER_READERS.get(key, text)) for key, name in ON_COVER.items()}
        table = read_table(self.path, dict(columns), dict, lambda found: bool({"quarter", "period"} & set(found)))
        return dict(table.rows[0]) if table.rows else None

    def document(self, cover: Row, columns: AssessmentColumns) -> WorkbookDocument:
        """The whole workbook as plain data of the kind ``assessment``."""
        self._facts(columns, cover)
        self._details(columns)
        self._marks(columns)
        for scale in LISTS:
            self._entries(columns, scale)
        self._sheets_left()
        data = {"kind": "assessment", **head_of(cover), "windows": self.windows}
        made = WorkbookDocument(self.path.as_posix(), data, lambda: PlaceTree(1, 1, 2, None), "", spots=self.spots)
        self.adrift |= not self.lost <= set(self.index)
        if self.adrift:
            self.report.findings.append(from_input(self.path.as_posix(), _ADRIFT))
        self._without_unread()
        for own in self.strays:  # there may be such a window, which nobody scores
            self._add({"id": own, "name": own}, None)
            self.lost.add(own)
        made.unread = {self.index[own]: each for own, each in self.unread.items() if own in self.index}
        made.broken = frozenset(n for n, w in enumerate(self.windows) if self.adrift or w["id"] in self.lost)
        return made

    def _read(self, columns: Mapping[str, TableColumn], make: Any, sheet: str | None) -> Table:
        most = self.report.findings.most
        table = read_table(self.path, dict(columns), make, lambda found: next(iter(columns)) in found, sheet, most=most)
        self.report.findings += table.findings
        what = Text(sheet or FACTS, "assessment")
        self.report.reading.took_table(table, what, {key: _title(each) for key, each in columns.items()})
        self.used |= {account.sheet for account in table.accounts if account.status == "read"}
        if sheet != COVER:
            self._columns_left(table, columns)
        # Rows that a note counts and that are not there are lost rows too.
        own = ("input/row-unreadable", "input/note-row")
        wrong = any(f.severity is Severity.ERROR and f.rule not in own for f in table.findings)
        self.adrift |= wrong or len(table.lost) < table.unread - table.lacking
        return table

    def _columns_left(self, table: Table, columns: Mapping[str, TableColumn]) -> None:
        """Columns that may have been meant for one that is not there: their windows are not scored.

        Of a fact that no column states nothing is said anyhow, so that those of the facts bear on nothing.
        """
        bearing = {key for key in columns if "/" not in key}
        for found in open_columns(table, columns, not_taken(columns, bearing)):
            self.report.leave(found.said(self.path.as_posix()))
            window = next(each.column for each in found.account.taken if each.key == "window")
            self.lost |= {row.cells[window].strip() for row, _ in found.rows() if len(row.cells) > window}

    def _sheets_left(self) -> None:
        """Sheets that were not read: one that may speak of windows may speak of any."""
        for sheet in left_sheets(self.path, self.used):
            about = bool(sheet.broken) or (sheet.name not in ABOUT and self._speaks_of_windows(sheet))
            finding = sheet.said(_OF_WINDOWS if about else None)
            if about:
                self.adrift = True
                self.report.leave(finding)
            else:
                self.report.reading.left(finding)

    def _speaks_of_windows(self, sheet: LeftSheet) -> bool:
        if sheet.name in (COVER, FACTS, DETAILS, MARKS, *LISTS.values()):
            return True
        named = {heading("窗口编号"), heading("窗口"), *map(heading, self.index)}
        rows = (cells for cells in sheet.rows if sum(bool(cell.strip()) for cell in cells) > 1)
        return any(not named.isdisjoint(map(heading, cells)) for cells in rows)

    def _facts(self, columns: AssessmentColumns, cover: Row) -> None:
        sheet = FACTS if FACTS in self.sheets else None
        table = self._read(columns.facts, lambda row: (row["window"], row["name"], row), sheet)
        flaws = {flaw.row: flaw.keys for flaw in table.flawed}
        for n, (own, name, row) in enumerate(table.rows):
            if keys := flaws.get(table.sheet.first_lines[n]):
                self._of(own).facts |= {key.partition("/")[0] for key in keys}
                self._of(own).rows += 1
            self._same_quarter(row, cover, PartSpot(table.sheet, n))
            window: Row = {"id": own, "name": name, "facts": stated(row)}
            window |= {key: row[key] for key in ("kind", "group") if key in row}
            self._add(window, PartSpot(table.sheet, n))
        for row in table.lost:  # it has its place among the windows, but is not scored
            own = row.get("window", "").strip() or "?"
            self._add({"id": own, "name": row.get("name", "").strip() or "?"}, None)
            self.lost.add(own)
        for _ in range(1, min(table.lacking, _LACKING)):  # whose one row above stands for all of them
            self._add({"id": "?", "name": "?"}, None)

    def _of(self, window: str) -> UnreadOfWindow:
        return self.unread.setdefault(window, UnreadOfWindow())

    def _without_unread(self) -> None:
        """Leave out the facts and marks of which a part was not read: what remains of them would be too little."""
        for own, unread in self.unread.items():
            if own in self.index:
                window = self.windows[self.index[own]]
                for part, slugs in (("facts", unread.facts), ("marks", unread.marks)):
                    window[part] = {key: value for key, value in window.get(part, {}).items() if key not in slugs}

    def _lose(
        self, row: Mapping[str, str], columns: Mapping[str, TableColumn], table: Table, sheet: str, book: AssessmentBook
    ) -> None:
        """A row that was not read: its window's, as far as it says what it bears on; of one that names none, any window's."""
        own = text(row.get("window", ""))
        said = {key: value for key in row if (value := _legible(columns, row, key)) is not None}
        there = {key for piece in table.sheet.pieces for key in piece.columns}
        illegible = {key for key in there if key not in said and not is_blank(row.get(key, "?"))}
        self._bears(own, sheet, said, illegible, book)

    def _bears(self, own: str, sheet: str, said: Row, illegible: set[str], book: AssessmentBook) -> None:
        """Note what a row bears on, of its window; of one that nobody knows, of every window."""
        if own and own not in self.index:
            self.strays[own] = None
        for window in (own,) if own in self.index else tuple(self.index):
            _note(self._of(window), sheet, said, illegible, book)
            self._of(window).rows += 1

    def _same_quarter(self, row: Row, cover: Row, spot: PartSpot) -> None:
        """Rows of a file without a cover say of which quarter they are; all must say the same."""
        for key, name in ON_COVER.items():
            if key in row and row[key] != cover.get(key):
                self.lost.add(row["window"])
                self._say(spot, key, _two(name, cover.get(key, ""), row[key]), _CORRECT_ONE)

    def _add(self, window: Row, spot: PartSpot | None) -> None:
        n = len(self.windows)
        self.windows.append(window)
        self.index.setdefault(window["id"], n)
        if spot is not None:
            self.spots["windows", n] = spot

    def _rows(
        self, columns: Mapping[str, TableColumn], sheet: str, make: Any, book: AssessmentBook
    ) -> Iterator[tuple[int, Row, PartSpot]]:
        """The rows of a sheet that belong to a window: its place, the row, where it stands."""
        if sheet not in self.sheets:
            return
        table = self._read(columns, lambda row: make({"window": row["window"], **row}), sheet)
        # So many lost rows of no window that any number may be there are noted once.
        strange = [lost for lost in table.lost if text(lost.get("window", "")) not in self.index]
        for lost in (lost for lost in table.lost if text(lost.get("window", "")) in self.index):
            self._lose(lost, columns, table, sheet, book)
        for lost in strange[:_STRANGE]:
            self._lose(lost, columns, table, sheet, book)
        if len(strange) > _STRANGE:
            self._lose({}, columns, table, sheet, book)
        for n, row in enumerate(table.rows):
            spot = PartSpot(table.sheet, n)
            if row["window"] in self.index:
                yield self.index[row["window"]], row, spot
            else:
                self._stray(sheet, row["window"], spot)
                known = {key: row[key] for key in _SAYS.get(sheet, ()) if key in row}
                self._bears(row["window"], sheet, known, set(), book)

    def _stray(self, sheet: str, window: str, spot: PartSpot) -> None:
        guess = did_you_mean(window, self.index)
        message = Text(f"“{sheet}”里的窗口 {window}，“{FACTS}”里没有", f"{sheet}: {FACTS} has no window {window}")
        fix = Text(
            f"{guess.zh}改正窗口编号，或补进“{FACTS}”。", f"{guess.en} Correct the id, or add the window.".strip()
        )
        self._say(spot, "window", message, fix)

    def _contradicts(self, n: int, spot: PartSpot, key: str, message: Text, part: str, slug: str) -> None:
        """Two cells that do not go together: the fact or mark is left out, for nobody knows which is right."""
        own = self.windows[n]["id"]
        getattr(self._of(own), part).add(slug)
        self._of(own).rows += 1
        self._say(spot, key, Text(f"{own}：{message.zh}", f"{own}: {message.en}"), _ONE_OF_THEM)

    def _say(self, spot: PartSpot, key: str, message: Text, fix: Text) -> None:
        place = spot.sheet.place(("", spot.row, key))
        problem = InputProblem("input/row-unreadable", place, message, fix, spot.sheet.line(place.line))
        self.report.findings.append(from_input(self.path.as_posix(), problem))

    def _details(self, columns: AssessmentColumns) -> None:
        none = {(n, slug) for n, w in enumerate(self.windows) for slug, f in w.get("facts", {}).items() if f == _NO_DAY}
        for n, row, spot in self._rows(columns.details, DETAILS, lambda row: detail(row, columns.book), columns.book):
            slug, facts = row["fact"], self.windows[n].setdefault("facts", {})
            fact, name = as_group(facts.get(slug)), columns.book.name(slug)
            if "day" in row and (n, slug) in none:
                said = Text(
                    f"“{FACTS}”里的{name}填的是 0，这里又有 {row['day']}", f"{slug} is none, and has {row['day']}"
                )
                self._contradicts(n, spot, "day", said, "facts", slug)
            elif twice := said_before(fact, row):
                self._contradicts(
                    n, spot, twice, Text(f"{name}的这一项填了两次", f"{slug}: {twice} is entered twice"), "facts", slug
                )
            else:
                facts[slug] = fact
                for route in add_detail(fact, row):
                    self.spots[("windows", n, "facts", slug, *route)] = spot

    def _marks(self, columns: AssessmentColumns) -> None:
        for n, row, spot in self._rows(columns.marks, MARKS, mark, columns.book):
            key, marks = row["sub_item"], self.windows[n].setdefault("marks", {})
            if key in marks:
                self._contradicts(n, spot, "sub_item", Text("这个小项评了两次", f"{key} is marked twice"), "marks", key)
            else:
                marks[key] = some(row, "mark", "by", "reason", "on")
                self.spots["windows", n, "marks", key] = spot

    def _entries(self, columns: AssessmentColumns, scale: Scale) -> None:
        known = columns.cases(scale)
        for n, row, spot in self._rows(
            columns.entries(scale), LISTS[scale], lambda row: entry(row, scale, known, columns.book), columns.book
        ):
            entries = self.windows[n].setdefault(PARTS[scale], [])
            self.spots["windows", n, PARTS[scale], len(entries)] = spot
            entries.append({key: value for key, value in row.items() if key != "window"})


def _legible(columns: Mapping[str, TableColumn], row: Mapping[str, str], key: str) -> Any:
    """What stands in a cell; None where nothing does, or nothing that can be read."""
    if key not in columns or is_blank(row[key]):
        return None
    try:
        found = columns[key].read(row[key])
    except CellUnreadable:
        return None
    return None if found is NOTHING else found


# Cells of an entry for which everything that they may say is tried, or that bear on no points.
_STRANGE, _LACKING = 20, 1000
_SAYS = {DETAILS: ("fact",), MARKS: ("sub_item",)}  # what a row about a window that nobody knows is used for
VARIED = {"fact", "on", "count", "matter", "event", "evidence", "text", "document"}


def _note(unread: UnreadOfWindow, sheet: str, said: Row, illegible: set[str], book: AssessmentBook) -> None:
    """Note what a row bears on."""
    if sheet == DETAILS:
        unread.facts |= {said["fact"]} if "fact" in said else set(book.sorts)
    elif sheet == MARKS:
        unread.marks |= {said["sub_item"]} if "sub_item" in said else {item.norm.id for item in book.sub_items}
    else:
        scale: Scale = next(scale for scale, name in LISTS.items() if name == sheet)
        row = legible_entry(said, scale, book)
        if row is None:
            unread.anything.add(scale)
        else:
            unread.add(UnreadEntry(scale, row, frozenset(illegible - VARIED)))


def head_of(cover: Row) -> Row:
    """What a cover says as keys of an assessment; what cannot be read stays as it is, for the schema to refuse."""
    found = {key: value for key, value in cover.items() if key in ON_COVER}
    try:
        return {**found, "fictional": yes_or_no(found["fictional"])} if "fictional" in found else found
    except CellUnreadable:
        return found


def _title(each: TableColumn) -> str:
    return getattr(each, "title", "") or each.headings[0]


def _two(name: str, first: str, second: str) -> Text:
    return Text(f"{name}写了两样：{first}、{second}", f"two different values: {first}, {second}")


_ADRIFT = InputProblem(
    "input/incomplete-assessment",
    Place(1, 1, 2),
    Text(
        "有没有读出的内容说不清是哪个窗口的，各窗口都可能少算，所以一个也没有计分",
        "what was not read may be any window's, so none is scored",
    ),
    Text("先改好上面列出的各处，再算一次。", "Correct what is listed above, then compute again."),
)
_OF_WINDOWS = Text("窗口的事实、评分或加减分", "facts, marks or points of windows")
_CORRECT_ONE = Text(
    "一个文件是一个中心一个季度的；改正写错的一处。", "A file is of one centre and one quarter; correct one."
)


_NO_DAY: Row = {"days": {}}
_ONE_OF_THEM = Text(
    "只留对的一处；改好以前按没有读出算，这个窗口的总分只写得出范围。",
    "Keep the right one; until then the total is a range.",
)
_COVER_COLUMNS = {
    "key": column("项目", named({name: key for key, name in ON_COVER.items()}, Text(COVER, "cover"))),
    "value": column("内容", text),
}
