"""Change filings from tables: ledgers (a row a form), linked sheets, one form a sheet; judged like the same in YAML."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from banshi.base.folders import is_project
from banshi.base.text import Text
from banshi.centre.settings import Settings
from banshi.checking.filled_forms import hints, printed, unknown
from banshi.checking.loading import Loader
from banshi.files.documents import Place
from banshi.files.findings import Route, Severity
from banshi.files.locating import from_input
from banshi.files.reading import InputProblem
from banshi.files.report import Report
from banshi.files.tables.entries import Entries, Names, TableEntry, read_entries
from banshi.files.tables.filed import FiledSource, RowSpot
from banshi.files.tables.form_labels import FormLabels, row_of_labels
from banshi.files.tables.form_sheets import FormSheet, read_form
from banshi.files.tables.grids import Grid, GridRow, Unusable
from banshi.files.tables.headings import heading
from banshi.files.tables.left_over import left_sheets
from banshi.files.tables.listings import Listing, Way
from banshi.files.tables.opening import opened
from banshi.files.tables.reading import heads
from banshi.law.forms_in_force import forms_of
from banshi.output.forms.layout import OTHER
from banshi.subjects.change.filed_projects import FiledChange, FiledProject, asked_for, document_of, loaded
from banshi.subjects.change.instrument_forms import labels_of
from banshi.subjects.change.law_words import field_names, names_in
from banshi.subjects.change.loading import LoadedFiling
from banshi.subjects.change.lost_rows import lose
from banshi.subjects.change.table_kinds import (
    CHANGES,
    FORM,
    PROJECT,
    must_have,
    sections_of,
    sort_of,
    sort_of_head,
    tables_of,
)
from banshi.subjects.change.table_place import stated_places
from banshi.subjects.change.unknown_sheets import aside

_WHAT = Text("工程变更", "changes")


@dataclass
class _Book:
    """A file while it is read."""

    path: Path
    loader: Loader
    report: Report
    known: list[Listing]
    names: Names
    sections: dict[str, str]
    projects: dict[str, FiledProject] = field(default_factory=dict)
    sheets: dict[Way, list[Entries]] = field(default_factory=dict)
    torn: bool = False  # whether rows were lost that nobody can attribute
    source: FiledSource = field(init=False)

    def __post_init__(self) -> None:
        self.source = FiledSource(self.path)

    def listing(self, way: Way) -> Listing:
        return next(each for each in self.known if each.way == way)

    def tell(self, problem: InputProblem, severity: Severity = Severity.ERROR) -> None:
        self.report.findings.append(from_input(self.path.as_posix(), problem, severity=severity))


def load_table(path: Path, loader: Loader, report: Report) -> Iterator[LoadedFiling]:
    """The projects that a file of tables holds, each with its forms; what does not say of which place it is, is the centre's own."""
    book = _read(path, loader, report)
    loader.of_place = Settings.read(loader.project).jurisdiction if is_project(loader.project) else None
    for project in book.projects.values():
        project.torn = book.torn
        yield from loaded(project, path, book.source, book.known, book.names, loader, report)
    loader.of_place = None


def ledgers_in(path: Path, loader: Loader, report: Report) -> list[dict[str, Any]]:
    """The same as plain data of ledgers, unjudged; what could not be read is in ``report``."""
    book = _read(path, loader, report)
    found = []
    for project in book.projects.values():
        document = document_of(project, path, book.source, book.known, book.names, loader)
        found.append(document.data)
    return found


def _read(path: Path, loader: Loader, report: Report) -> _Book:
    places = stated_places(path) or frozenset([loader.of_place] if loader.of_place else [])
    labels = labels_of(loader.library, next(iter(places)) if len(places) == 1 else None)
    known = tables_of(loader.shapes, labels, field_names(loader.library, *sorted(places)))
    names = names_in(loader.library, *sorted(places))
    book = _Book(path, loader, report, known, names, {OTHER: OTHER, **sections_of(known, labels)})
    forms: list[FormSheet] = []
    unknown: list[Grid] = []
    on_a_form = _on_a_form(book)
    grids = {grid.name: grid for grid in reversed(opened(path).grids)}
    for head in heads(path).heads:
        sort = sort_of_head(head, known)
        if isinstance(sort, Listing):
            _entries(book, head.sheet, sort)
        elif sort == FORM:
            forms += _form(book, grids[head.sheet], on_a_form)
        else:
            unknown.append(grids[head.sheet])
    _left(book, {head.sheet for head in heads(path).heads})
    _take_projects(book)
    _take_changes(book)
    lost = [each for sheets in book.sheets.values() for each in sheets if each.table.unread or not each.table.usable]
    for each in sorted(lost, key=lambda found: len(found.listing.way)):  # forms before what stands in them
        book.torn |= not lose(each, book.projects)
    _take_lists(book)
    for form in forms:
        _take_form(book, form)
    for grid in unknown:
        _unknown_sheet(book, grid)
    return book


def _unknown_sheet(book: _Book, grid: Grid) -> None:
    """A sheet of which nothing is known: one with rows about a project or form that is read leaves open what they are."""
    known = {text for p in book.projects.values() for text in (p.key, p.data.get("name")) if text}
    known |= {str(number) for p in book.projects.values() for number in p.numbered}
    problem, severity = aside(grid, known)
    book.tell(problem, severity)
    book.torn |= severity is Severity.ERROR


def _left(book: _Book, visible: set[str]) -> None:
    """Hidden sheets: one that holds forms or a table of theirs leaves open what the projects are."""
    for sheet in left_sheets(book.path, visible):
        sort = sort_of(sheet.name, sheet.headings, book.known)
        what = sort.title if isinstance(sort, Listing) else "报批表" if sort or sheet.broken else ""
        book.report.findings.append(sheet.said(Text(what, what) if what else None))
        book.torn |= bool(what)


def _entries(book: _Book, sheet: str, listing: Listing) -> None:
    found = read_entries(book.path, sheet, listing, must_have(listing), book.names, book.report.findings.most)
    book.report.findings += found.table.findings
    book.report.reading.took_table(found.table, Text(listing.title, listing.title))
    book.sheets.setdefault(listing.way, []).append(found)


def _on_a_form(book: _Book) -> FormLabels:
    """What may stand on the sheet of a form."""
    inner = [each for each in book.known if each.way not in ((), CHANGES)]
    own = [each for each in forms_of(book.loader.library, None) if each[1].fills == "ledger"]
    texts = printed(form for _, form in own)
    return FormLabels([book.known[0], book.listing(CHANGES)], inner, book.sections, texts, hints(own))


def _form(book: _Book, sheet: Grid, labels: FormLabels) -> list[FormSheet]:
    changes = book.listing(CHANGES)
    try:
        grid = sheet.read_once()
        if grid.in_book and grid is not sheet:
            book.source.keep(grid)
        if row := row_of_labels(grid, labels.outer):
            raise Unusable(_no_ledger(row, grid, changes))
        form = read_form(book.path, grid, labels, book.names)
    except Unusable as unusable:
        for problem in unusable.problems:
            book.tell(problem)
        return []
    for problem in form.problems:
        book.tell(problem)
    for remark in form.remarks:
        book.tell(remark, Severity.WARNING)
    if form.unknown:
        book.tell(unknown(form), Severity.NOTE)
    for note in grid.notes:
        book.tell(note, Severity.NOTE)
    return [form]


def _no_ledger(row: GridRow, grid: Grid, changes: Listing) -> InputProblem:
    """Said of headings of a ledger that lack one without which its rows are no forms: they are not taken for a form's labels."""
    known = {heading(cell) for cell in row.cells}
    lacking = [name for name in must_have(changes) if not known & _spellings(changes, name)]
    where = f"工作表“{grid.name}”第 {row.number} 行" if grid.in_book else f"第 {row.number} 行"
    message = Text(
        f"{where}像报批表台账的列名，缺少{'、'.join(f'“{name}”' for name in sorted(lacking)) or '认得的列'}，这张表没有读",
        f"row {row.number} looks like the headings of a ledger and lacks {', '.join(sorted(lacking))}: nothing was read",
    )
    return InputProblem("input/column-missing", Place(row.number, 1, 1, grid.name), message, _HEADINGS)


def _spellings(listing: Listing, name: str) -> set[str]:
    """What a column may be called."""
    way = listing.names[heading(name)].way
    return {written for written, leaf in listing.names.items() if leaf.way == way}


_HEADINGS = Text(
    "改列名（如“序号”就是第几次变更的，写“序次”），或补上这一列；各列可以怎样写，见网站上的格式页。",
    "Rename or add the column; the site's page of formats says how each may be called.",
)


# projects


def _take_projects(book: _Book) -> None:
    for found in book.sheets.get((), []):
        for entry in found.entries:
            data = entry.data.get("project", {})
            key = str(data.get("id") or data.get("name") or "")
            project = book.projects.setdefault(key, FiledProject(key))
            project.take(data, _spot(found, entry, PROJECT))
            project.unread |= _within(entry, PROJECT)
            project.stated |= _ways(found, PROJECT)


def _of(book: _Book, link: str, data: Mapping[str, Any], place: Place) -> FiledProject | None:
    """The project that a form belongs to; told where it is not clear."""
    key = link or str(data.get("id") or data.get("name") or "")
    if link.startswith("#"):
        at = int(link[1:]) - 1 if link[1:].isdecimal() else -1
        return list(book.projects.values())[at] if 0 <= at < len(book.projects) else None
    if key:
        named = book.projects.get(key) or next((p for p in book.projects.values() if p.data.get("name") == key), None)
        return named or book.projects.setdefault(key, FiledProject(key))
    if len(book.projects) == 1:
        return next(iter(book.projects.values()))
    if not book.projects:
        return book.projects.setdefault("", FiledProject(""))
    book.tell(InputProblem("input/row-unreadable", place, _WHOSE[0], _WHOSE[1]))
    return None


# forms


def _take_changes(book: _Book) -> None:
    beside = {way[1:] for way in book.sheets if way[:1] == CHANGES and len(way) > 1}
    for found in book.sheets.get(CHANGES, []):
        theirs, stated = _ways(found, PROJECT), frozenset(found.columns) | beside
        for entry in found.entries:
            own = entry.data.pop("project", {})
            spot = _spot(found, entry, ())
            project = _of(book, entry.links[0], own, spot.at(None))
            if project is None:
                book.torn = True
                continue
            project.stated |= theirs
            if own:
                for problem in project.take(own, _spot(found, entry, PROJECT)):
                    book.tell(problem)
            project.unread |= _within(entry, PROJECT)
            change = FiledChange(entry.data, spot, stated=stated, unread=_outside(entry.unread, PROJECT))
            project.changes.append(change)
        found.entries.clear()  # they are forms now


def _take_lists(book: _Book) -> None:
    """Rows of the tables inside of projects and forms, put where they belong."""
    for listing in book.known:
        if listing.way in ((), CHANGES):
            continue
        for found in book.sheets.get(listing.way, []):
            _begin(book, listing)
            for entry in found.entries:
                _place_entry(book, found, listing, entry)


def _begin(book: _Book, listing: Listing) -> None:
    """A table that is there says of every form that there is nothing but its rows."""
    for project in book.projects.values():
        if listing.way[:1] == PROJECT:
            project.stated.add(listing.way[1:])
            project.data.setdefault(listing.way[-1], [])
        elif listing.above is not None and listing.above.way == CHANGES:
            for change in project.changes:
                change.begin(listing.way[1:], required=asked_for(listing))


def _place_entry(book: _Book, found: Entries, listing: Listing, entry: TableEntry) -> None:
    project = _of(book, entry.links[0], {}, _spot(found, entry, ()).at(None))
    if project is None:
        book.torn = True
        return
    spot = _spot(found, entry, ())
    if listing.way[:1] == PROJECT:
        project.add(listing.way[1:], entry, spot)
        return
    number = entry.links[1]
    if any(each.name == number for each in project.missing):
        return  # of a form that was not read itself
    owners = _owners(project, number)
    if len(owners) != 1 or not owners[0].add(listing.way[1:], entry.links[2:], entry, spot):
        book.tell(InputProblem("input/row-unreadable", spot.at(0), _no_owner(found, entry, number, len(owners)), _LINK))
        book.torn = True


def _owners(project: FiledProject, number: str) -> list[FiledChange]:
    """The forms of a number, or the one of a place."""
    if number.startswith("#"):
        at = int(number[1:]) - 1 if number[1:].isdecimal() else -1
        return project.changes[at : at + 1] if at >= 0 else []
    return project.numbered.get(number, [])


def _take_form(book: _Book, form: FormSheet) -> None:
    own = form.data.get((), {}).get("project", {})
    changed = form.data.get(CHANGES, {})
    own |= changed.pop("project", {}) if isinstance(changed.get("project"), dict) else {}
    first = next(iter(form.cells.values()), Place(1, 1, 2))
    project = _of(book, "", own, first)
    if project is None:
        project = book.projects.setdefault(str(first.sheet), FiledProject(str(first.sheet)))
    cells = {
        tuple(route[1:]): place
        for (of, route), place in form.cells.items()
        if route[:1] == PROJECT and of in ((), CHANGES)
    }
    for problem in project.take_cells(own, cells):
        book.tell(problem)
    change = FiledChange(changed, first, stated=None)
    for (of, route), place in form.cells.items():
        unread = (of, route) in form.unread
        if route[:1] == PROJECT and of in ((), CHANGES):
            project.unread |= {tuple(route[1:])} if unread else set()
        elif of[:1] == CHANGES:
            change.cells[(*of[1:], *route)] = place
            change.unread |= {(*of[1:], *route)} if unread else set()
        elif of[:1] == PROJECT and len(of) > 1:
            project.cells.setdefault((*of[1:], *route), place)
            project.unread |= {(*of[1:], *route)} if unread else set()
    for way, entries in form.lists.items():
        if not entries and not asked_for(book.listing(way)):
            continue  # an empty table of a form says nothing
        if way[:1] == CHANGES and len(way) > 1:
            change.put_list(way[1:], entries)
        elif way[:1] == PROJECT:
            project.data.setdefault(way[-1], entries)
    project.changes.append(change)


# where things stand


def _within(entry: TableEntry, under: Way) -> set[Route]:
    """What of an entry cannot be read of a part of it, by the way from there."""
    return {way[len(under) :] for way in entry.unread if way[: len(under)] == under}


@lru_cache(maxsize=64)
def _outside(unread: tuple[Way, ...], under: Way) -> frozenset[Route]:
    """The same of what lies in no such part; most rows lack nothing, or the same."""
    return frozenset(way for way in unread if way[: len(under)] != under)


def _spot(found: Entries, entry: TableEntry, under: Way) -> RowSpot:
    """Where an entry stands; ``under``: only the values there, by the way below it."""
    return RowSpot(found, entry.row, found.below(under))


def _ways(found: Entries, under: Way) -> set[Way]:
    return set(found.below(under))


# what is said


def _no_owner(found: Entries, entry: TableEntry, number: str, owners: int) -> Text:
    why = "有几份" if owners > 1 else "没有这一份"
    return Text(
        f"工作表“{found.listing.title}”第 {entry.row} 行写的是属于“{number or '（空）'}”，{why}，不知道归哪一份",
        f"{found.listing.title}, row {entry.row}: it is not known which form {number or '(blank)'} is",
    )


_WHOSE = (
    Text("没有写项目，文件里有几个项目，不知道属于哪一个", "no project is given, and there are several"),
    Text("在“项目标识”或“项目名称”一列写明。", "Give it in the column 项目标识."),
)
_LINK = Text("照“报批表”里的编号改正。", "Correct it to the number of a form.")
