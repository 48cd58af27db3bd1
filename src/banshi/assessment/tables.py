"""An assessment from a workbook (or its windows and facts from CSV) to the same data as a YAML file holds.

A row that cannot be read is a located finding, and its window is neither scored nor ranked; the others are.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from banshi.assessment.book import Book
from banshi.assessment.loading import load
from banshi.assessment.quarters import law_for
from banshi.assessment.table_columns import (
    BY_ANALOGY,
    COVER,
    DETAILS,
    FACTS,
    GROUPS,
    LISTS,
    MARKS,
    ON_COVER,
    Columns,
    column,
    named,
    text,
)
from banshi.assessment.table_documents import Spot, WorkbookDocument
from banshi.assessment.walks import PARTS, Scale
from banshi.documents import Mark, Place
from banshi.findings import Route
from banshi.loaded import LoadedFile, Report
from banshi.loading import Loader
from banshi.locating import from_input, from_shape
from banshi.reading import InputProblem
from banshi.tables.cells import CellUnreadable, yes_or_no
from banshi.tables.reading import Column, SheetHead, Table, heading, heads, read_table
from banshi.text import Text, did_you_mean, listed

_Row = dict[str, Any]


def fits(tables: list[SheetHead]) -> bool:
    """Whether the sheets are those of an assessment: the sheet of facts by its name, or windows with a quarter."""
    return any(table.sheet == FACTS or _windows_with_quarter(table) for table in tables)


def _windows_with_quarter(table: SheetHead) -> bool:
    named = {heading(cell) for cell in table.headings}
    return {heading("窗口编号"), heading(ON_COVER["quarter"])} <= named


def load_table(path: Path, loader: Loader, report: Report) -> Iterator[LoadedFile]:
    """The assessment that a workbook holds. Raises nothing: what is amiss goes into ``report``."""
    reader = _Reader(path, report, frozenset(head.sheet for head in heads(path).heads))
    cover = reader.cover()
    columns = _columns(cover, loader) if cover else None
    if cover is None or columns is None:
        report.findings.append(from_input(path.as_posix(), _no_cover(cover)))
        return
    document = reader.document(cover, columns)
    problems = list(loader.shapes.check(document.data, "assessment"))
    report.findings += [from_shape(document, problem) for problem in problems]
    broken = {int(p.where[1]) for p in problems if len(p.where) > 1 and p.where[0] == "windows"}
    document.broken = document.broken | frozenset(broken)
    if all(len(p.where) > 1 and p.where[0] == "windows" for p in problems):
        yield from load(document, loader, report)


def _columns(cover: _Row, loader: Loader) -> Columns | None:
    """The columns under the law of the quarter; None where the cover does not say which, or there is none."""
    year, _, number = str(cover.get("quarter", "")).partition("-Q")
    if not (year.isdecimal() and number.isdecimal() and cover.get("jurisdiction")):
        return None
    found = law_for(loader.library, cover["jurisdiction"], int(year), int(number))
    return Columns(Book(found[0])) if found else None


@dataclass(slots=True)
class _Reader:
    """Reads the sheets of one file, and notes where everything stands."""

    path: Path
    report: Report
    sheets: frozenset[str]
    spots: dict[Route, Spot] = field(default_factory=dict)
    windows: list[_Row] = field(default_factory=list)
    index: dict[str, int] = field(default_factory=dict)
    lost: set[str] = field(default_factory=set)

    def cover(self) -> _Row | None:
        """What the cover says; of a file without one, what every row of the facts says."""
        if COVER in self.sheets:
            table = self._read(_COVER_COLUMNS, lambda row: (row["key"], row.get("value", "")), COVER)
            for n, (key, _value) in enumerate(table.rows):
                self.spots.setdefault((key,), Spot(table.sheet, n))
            said: _Row = {}
            for n, (key, value) in enumerate(table.rows):
                if value and said.setdefault(key, value) != value:
                    self._say(Spot(table.sheet, n), "value", _two(ON_COVER[key], said[key], value), _CORRECT_ONE)
            return said
        columns = {key: column(name, text) for key, name in ON_COVER.items()}
        table = read_table(self.path, dict(columns), dict, lambda found: "quarter" in found)
        return dict(table.rows[0]) if table.rows else None

    def document(self, cover: _Row, columns: Columns) -> WorkbookDocument:
        """The whole workbook as plain data of the kind ``assessment``."""
        self._facts(columns, cover)
        self._details(columns)
        self._marks(columns)
        for scale in LISTS:
            self._entries(columns, scale)
        head = {key: _value(key, value) for key, value in cover.items() if key in ON_COVER}
        data = {"kind": "assessment", **head, "windows": self.windows}
        made = WorkbookDocument(self.path.as_posix(), data, lambda: Mark(1, 1, 2, None), "", spots=self.spots)
        made.broken = frozenset(n for n, window in enumerate(self.windows) if window["id"] in self.lost)
        return made

    def _read(self, columns: Mapping[str, Column], make: Any, sheet: str | None) -> Table:
        table = read_table(self.path, dict(columns), make, lambda found: next(iter(columns)) in found, sheet)
        self.report.findings += table.findings
        return table

    def _facts(self, columns: Columns, cover: _Row) -> None:
        sheet = FACTS if FACTS in self.sheets else None
        table = self._read(columns.facts, lambda row: (row["window"], row["name"], row), sheet)
        for n, (own, name, row) in enumerate(table.rows):
            self._same_quarter(row, cover, Spot(table.sheet, n))
            window: _Row = {"id": own, "name": name, "facts": _stated(row)}
            if "kind" in row:
                window["kind"] = row["kind"]
            self._add(window, Spot(table.sheet, n))
        for row in table.lost:  # it has its place among the windows, but is not scored
            own = row.get("window", "").strip() or "?"
            self._add({"id": own, "name": row.get("name", "").strip() or "?"}, None)
            self.lost.add(own)

    def _same_quarter(self, row: _Row, cover: _Row, spot: Spot) -> None:
        """Rows of a file without a cover say of which quarter they are; all must say the same."""
        for key, name in ON_COVER.items():
            if key in row and row[key] != cover.get(key):
                self.lost.add(row["window"])
                self._say(spot, key, _two(name, cover.get(key, ""), row[key]), _CORRECT_ONE)

    def _add(self, window: _Row, spot: Spot | None) -> None:
        n = len(self.windows)
        self.windows.append(window)
        self.index.setdefault(window["id"], n)
        if spot is not None:
            self.spots["windows", n] = spot

    def _rows(self, columns: Mapping[str, Column], sheet: str, make: Any) -> Iterator[tuple[int, _Row, Spot]]:
        """The rows of a sheet that belong to a window: its place, the row, where it stands."""
        if sheet not in self.sheets:
            return
        table = self._read(columns, lambda row: make({"window": row["window"], **row}), sheet)
        self.lost |= {row.get("window", "").strip() for row in table.lost}
        for n, row in enumerate(table.rows):
            spot = Spot(table.sheet, n)
            if row["window"] in self.index:
                yield self.index[row["window"]], row, spot
            else:
                self._stray(sheet, row["window"], spot)

    def _stray(self, sheet: str, window: str, spot: Spot) -> None:
        guess = did_you_mean(window, self.index)
        message = Text(f"“{sheet}”里的窗口 {window}，“{FACTS}”里没有", f"{sheet}: {FACTS} has no window {window}")
        fix = Text(
            f"{guess.zh}改正窗口编号，或补进“{FACTS}”。", f"{guess.en} Correct the id, or add the window.".strip()
        )
        self._say(spot, "window", message, fix)

    def _contradicts(self, n: int, spot: Spot, key: str, message: Text) -> None:
        """Two cells that do not go together: the window is left out, for nobody knows which is right."""
        own = self.windows[n]["id"]
        self.lost.add(own)
        self._say(spot, key, Text(f"{own}：{message.zh}", f"{own}: {message.en}"), _ONE_OF_THEM)

    def _say(self, spot: Spot, key: str, message: Text, fix: Text) -> None:
        place = spot.sheet.place(("", spot.row, key))
        problem = InputProblem("input/row-unreadable", place, message, fix, spot.sheet.line(place.line))
        self.report.findings.append(from_input(self.path.as_posix(), problem))

    def _details(self, columns: Columns) -> None:
        none = {(n, slug) for n, w in enumerate(self.windows) for slug, f in w.get("facts", {}).items() if f == _NO_DAY}
        for n, row, spot in self._rows(columns.details, DETAILS, _detail):
            slug, facts = row["fact"], self.windows[n].setdefault("facts", {})
            fact, name = _as_group(facts.get(slug)), columns.book.name(slug)
            if "day" in row and (n, slug) in none:
                said = Text(
                    f"“{FACTS}”里的{name}填的是 0，这里又有 {row['day']}", f"{slug} is none, and has {row['day']}"
                )
                self._contradicts(n, spot, "day", said)
            elif twice := _said_before(fact, row):
                self._contradicts(n, spot, twice, Text(f"{name}的这一项填了两次", f"{slug}: {twice} is entered twice"))
            else:
                facts[slug] = fact
                for route in _add_detail(fact, row):
                    self.spots[("windows", n, "facts", slug, *route)] = spot

    def _marks(self, columns: Columns) -> None:
        for n, row, spot in self._rows(columns.marks, MARKS, _mark):
            key, marks = row["sub_item"], self.windows[n].setdefault("marks", {})
            if key in marks:
                self._contradicts(n, spot, "sub_item", Text("这个小项评了两次", f"{key} is marked twice"))
            else:
                marks[key] = _some(row, "mark", "by", "reason", "on")
                self.spots["windows", n, "marks", key] = spot

    def _entries(self, columns: Columns, scale: Scale) -> None:
        known = columns.cases(scale)
        for n, row, spot in self._rows(columns.entries(scale), LISTS[scale], lambda row: _entry(row, scale, known)):
            entries = self.windows[n].setdefault(PARTS[scale], [])
            self.spots["windows", n, PARTS[scale], len(entries)] = spot
            entries.append({key: value for key, value in row.items() if key != "window"})


def _stated(row: _Row) -> _Row:
    """A row's facts: a bare count or yes/no, or a group of parts."""
    groups: dict[str, _Row] = {}
    for key, value in row.items():
        slug, slash, part = key.partition("/")
        if slash and value is not None:
            groups.setdefault(slug, {})[part] = value
    return {slug: next(iter(g.values())) if set(g) in ({"count"}, {"found"}) else g for slug, g in groups.items()}


def _as_group(value: Any) -> _Row:
    if isinstance(value, dict):
        return value
    if value is None:
        return {}
    return {"found": value} if isinstance(value, bool) else {"count": value}


def _detail(row: _Row) -> _Row:
    """A row of details as it is. Raises ``KeyError`` for what its kind of row must have."""
    for key, needed in (("day", "count"), ("matter", "promised"), ("exempt", "ground"), ("exempt", "evidence")):
        if key in row and needed not in row:
            raise KeyError(needed)
    if "fact" not in row:
        raise KeyError("fact")
    return row


def _said_before(fact: _Row, row: _Row) -> str:
    """The column of a row of details that says again what was said; empty where none does."""
    if "day" in row:
        return "day" if row["day"] in fact.get("days", {}) else ""
    if "matter" in row or "exempt" in row:
        return ""
    return next((key for key in ("evidence", "source", "found_on", "approved_on") if key in row and key in fact), "")


def _add_detail(fact: _Row, row: _Row) -> Iterator[Route]:
    """Put a row of details into its fact; the routes (within the fact) that lead into the row."""
    if "day" in row:
        fact.setdefault("days", {})[row["day"]] = row["count"]
        yield ("days", row["day"])
    elif "matter" in row:
        items = fact.setdefault("items", [])
        yield ("items", len(items))
        items.append(_some(row, "matter", "statutory", "promised"))
    elif "exempt" in row:
        exempt = fact.setdefault("exempt", [])
        yield ("exempt", len(exempt))
        exempt.append({"count": row["exempt"], **_some(row, "ground", "stage", "evidence")})
    else:
        own = _some(row, "evidence", "source", "found_on", "approved_on")
        fact.update(own)
        yield from ((key,) for key in own)


def _some(row: _Row, *keys: str) -> _Row:
    return {key: row[key] for key in keys if key in row}


def _mark(row: _Row) -> _Row:
    for key in ("sub_item", "mark", "by", "reason"):
        row[key]  # raises KeyError, which names what the row lacks
    return row


def _entry(row: _Row, scale: Scale, known: dict[str, str]) -> _Row:
    """A bonus or deduction; what no norm names goes by analogy where the row says like what."""
    for key in ("fact", "on", GROUPS[scale][0], "evidence"):
        row[key]  # likewise
    said = row["fact"]
    try:
        return {**row, "fact": named(known, Text(f"{LISTS[scale]}的情形", scale))(said)}
    except CellUnreadable as error:
        if "like" not in row:
            raise CellUnreadable(Text(f"“情形”写的是 {said}：{error.text.zh}", f"{said}: {error.text.en}")) from None
    return {"text": said, **row, "fact": BY_ANALOGY, "analogy": True}


def _value(key: str, value: str) -> Any:
    return yes_or_no(value) if key == "fictional" else value


def _two(name: str, first: str, second: str) -> Text:
    return Text(f"{name}写了两样：{first}、{second}", f"two different values: {first}, {second}")


_CORRECT_ONE = Text(
    "一个文件是一个中心一个季度的；改正写错的一处。", "A file is of one centre and one quarter; correct one."
)


def _no_cover(cover: _Row | None) -> InputProblem:
    lacking = [
        name for key, name in ON_COVER.items() if key in ("quarter", "jurisdiction") and key not in (cover or {})
    ]
    said = f"没有写{listed(lacking)}" if lacking else "季度写得不对，或那时没有施行的考核办法"
    message = Text(
        f"“{COVER}”{said}，什么也没有算", "the cover does not say of which quarter, or no measures were in force"
    )
    fix = Text(
        f"在“{COVER}”写明辖区（例如 luzhou）和季度（例如 2012-Q1）；空表见 banshi assess --template。",
        "State jurisdiction and quarter on the cover; banshi assess --template writes an empty form.",
    )
    return InputProblem("input/no-quarter", Place(1, 1, 2), message, fix)


_NO_DAY: _Row = {"days": {}}
_ONE_OF_THEM = Text(
    "只留对的一处；改好以前这个窗口不计分。", "Keep the right one; until then the window is not scored."
)
_COVER_COLUMNS = {
    "key": column("项目", named({name: key for key, name in ON_COVER.items()}, Text(COVER, "cover"))),
    "value": column("内容", text),
}
