"""From a register's file, with the tables beside it or inside it, to typed values; and where each part stands."""

import datetime
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct, field

from banshi.base.text import NOTHING, Text, listed
from banshi.checking.loaded import LoadedFile
from banshi.checking.loading import Loader
from banshi.files.discovery import not_followed
from banshi.files.documents import Document, Place
from banshi.files.findings import Finding, Severity
from banshi.files.locating import Located, from_input, from_shape
from banshi.files.reading import TABLE_SUFFIXES, YAML_SUFFIXES, InputProblem, read
from banshi.files.regular_files import STDIN
from banshi.files.report import Report
from banshi.files.shape import ShapeProblem
from banshi.files.tables.contents import LOGS, attlog, is_table
from banshi.files.tables.grids import Unusable
from banshi.files.tables.headings import SheetHead
from banshi.files.tables.opening import grids_of, heads
from banshi.files.tables.reading import Table
from banshi.files.tables.sheet import SheetDocument, blank_sheet
from banshi.files.typed import to_form
from banshi.files.units import OneFile
from banshi.law.working_days import WorkingDays
from banshi.subjects.attendance.case import RegisterInLaw
from banshi.subjects.attendance.columns import PARTS, RegisterColumns, of_month, part_of, worded
from banshi.subjects.attendance.day_columns import by_days
from banshi.subjects.attendance.entry_places import own_entries
from banshi.subjects.attendance.forms import Register
from banshi.subjects.attendance.front_page import LABELS, NAMES, FrontPage, front_page
from banshi.subjects.attendance.leave_days import Months, months_between
from banshi.subjects.attendance.left_aside import LeftAside, neighbours, sheets
from banshi.subjects.attendance.left_columns import left_columns, missing_days
from banshi.subjects.attendance.lost_dates import covered_by_punches, lost_dates, no_dates
from banshi.subjects.attendance.own_entries import readable, wrong_moments
from banshi.subjects.attendance.rulebook import Rulebook
from banshi.subjects.attendance.several_tables import LeaveTable, added, leave_of_sheets, rows_of_sheets
from banshi.subjects.attendance.sources import PartSource, laid_out, read_as, read_part, sheets_of, sources_of
from banshi.subjects.attendance.tables_below import tables_below
from banshi.subjects.attendance.told_twice import held_together
from banshi.subjects.attendance.uncounted import punched
from banshi.subjects.attendance.unread import NO_PUNCHES, UnreadRow, unread_rows, whole_part
from banshi.subjects.attendance.vocabulary import RegisterWords
from banshi.subjects.attendance.whole_book import register_of_book

_NEEDED = ("staff", "windows")


class Read(Struct):
    """What was read of a register's tables; ``usable`` is False where it is not known who is on the staff."""

    values: dict[str, tuple[object, ...]] = field(default_factory=dict)
    sources: dict[str, Located] = field(default_factory=dict)
    unread: list[UnreadRow] = field(default_factory=list)
    tables: list[tuple[RegisterColumns, Table]] = field(default_factory=list)
    leave: list[LeaveTable] = field(default_factory=list)
    usable: bool = True

    def read(self, source: PartSource, months: Months, words: RegisterWords, report: Report) -> None:
        """Read the table of a part, as it is laid out, in the words of the instruments."""
        part = worded(of_month(laid_out(source, months), months), words)
        table = read_as(part, source, report.findings.most)
        self.tables.append((part, table))
        findings = report.findings
        findings += [finding for finding in table.findings if finding not in findings[-50:]]
        report.reading.took_table(table, part.title, {key: each.headings[0] for key, each in part.columns.items()})
        if again := self._take(part.key, table, words):
            findings.append(from_input(table.sheet.path, _told_before(part, again), severity=Severity.NOTE))
        self.unread += unread_rows(part, table)
        if not table.usable:
            self.lose(part, f"{source.path.name} ")

    def own(self, key: str, values: tuple[Any, ...], document: Document) -> None:
        """Take in what stands of a part in the register itself, before the tables that hold more of it."""
        sheet = own_entries(key, len(values), document)
        self.values[key], self.sources[key] = values, Located(sheet)
        if key == "leave":
            self.leave.append(LeaveTable(sheet, 0, values))

    def _take(self, key: str, table: Table, words: RegisterWords) -> int:
        """Take in the rows of a table; what stands in an earlier one, or the register, too counts once. How many rows that is."""
        if key == "leave":
            table.rows[:] = map(words.of_leave, table.rows)
            self.leave += leave_of_sheets(table)
        held, new = self.values.get(key, ()), []
        for first, rows in rows_of_sheets(table) if key != "punches" else ((0, table.rows),):
            held, own = added(key, held, rows)
            new += [first + n for n in own]
        again = len(table.rows) - len(new)
        if again:
            table.rows[:] = [table.rows[n] for n in new]
            table.sheet.keep(new)
        self.values[key] = held
        before = self.sources.setdefault(key, Located(table.sheet)).document
        assert isinstance(before, SheetDocument)
        if before is not table.sheet:
            _, last = list(before.files())[-1]
            last.then = table.sheet
        return again

    def lose(self, part: RegisterColumns, source: str) -> None:
        """A part of which nothing could be used. Nobody can be judged without the staff."""
        self.unread += whole_part(part, source)
        self.usable = self.usable and part.key != "staff"

    def look_around(
        self, register: Register, days: WorkingDays, report: Report, beside: Path | None, page: FrontPage | None = None
    ) -> list[str]:
        """See what was left aside in the tables, and beside the register's own file, and what that bears on.

        Gives the paths of what was told. ``page``: what was read as the front page.
        """
        front = page.rest if page else {}
        found: list[LeftAside] = []
        days = days.in_place(register.jurisdiction)
        paths = {Path(table.sheet.path) for _, table in self.tables}
        for path in sorted(paths):
            used = {
                piece.grid.name for _, t in self.tables if t.sheet.path == path.as_posix() for piece in t.sheet.pieces
            }
            found += sheets(path, used, register, front)
        for part, table in self.tables:
            found += left_columns(part, table, register)
            found += tables_below(part, table, register)
        found += missing_days(self.tables, register, days)
        if beside is not None:
            found += neighbours(beside.parent, paths, beside.stem, register)
        for each in found:
            self.unread += each.unread
            if each.unread and each.finding not in report.findings:
                report.leave(each.finding)
            else:
                report.reading.left(each.finding)
        return [each.finding.path for each in found]


def load(document: Document, loader: Loader, report: Report) -> Iterator[LoadedFile]:
    """A register with its rules and calendar. Raises ``msgspec.ValidationError``."""
    report.reading.took_document(document, Text("考勤登记", "attendance register"))
    wrong = list(wrong_moments(document))
    report.findings += [from_shape(document, problem) for problem in wrong]
    report.findings += _links_out(document)
    places, written, dates = list(_beside(document)), frozenset(document.data), lost_dates(document)
    loader.take(*(source.path for source in places))
    document, lost = readable(document, (*document.astray, *(problem.where for problem in wrong)))
    found = Read(unread=lost, usable="staff" in document.data or "staff" not in written)
    words = _words(loader, document.data["jurisdiction"])
    own = words.resolved(to_form({**dates, **document.data}, Register))
    for key in PARTS.keys() & {source.part.key for source in places} & document.data.keys():
        found.own(key, getattr(own, key), document)
    for source in places:
        found.read(source, _months_of(document.data), words, report)
    for path in dict.fromkeys(source.path for source in places if source.sheets):
        report.findings += _left_out(path)
    report.files += len({source.path for source in places})
    found.unread += _strange(document, written | found.values.keys())
    lacking = [key for key in _NEEDED if key not in written | found.values.keys()]
    report.findings += [from_shape(document, _lacks(PARTS[key])) for key in lacking]
    if found.usable and not lacking:
        register = msgspec.structs.replace(own, **found.values)
        if dates:
            covered, beyond = covered_by_punches(register, dates)
            report.findings.append(from_shape(document, no_dates(covered, beyond), Severity.NOTE))
            if covered is None:
                return
            register, found.unread = covered, [*found.unread, *beyond]
        beside = Path(document.path) if _may_have_tables(document) else None
        loader.take(*found.look_around(register, loader.days, report, beside))
        yield _loaded(register, found, document, loader, report)


def _strange(document: Document, there: frozenset[str] | set[str]) -> Iterator[UnreadRow]:
    """What is lost under keys that nobody knows: each of them may be any part that is not there, if it holds one."""
    for key, value in document.strange.items():
        if isinstance(value, list | dict):
            for name in PARTS.keys() - there:
                yield from whole_part(PARTS[name], f"登记里不认识的键 {key} ")


def _words(loader: Loader, jurisdiction: str | None) -> RegisterWords:
    return Rulebook(loader.library, jurisdiction).words if jurisdiction else RegisterWords(())


def _front(path: Path, sheets: list[str]) -> FrontPage | None:
    """The front page; None where the file cannot be used."""
    try:
        return front_page(path, sheets)
    except Unusable:
        return None


def _loaded(register: Register, found: Read, document: Document, loader: Loader, report: Report) -> LoadedFile:
    if not punched(register):  # nobody punched, or nobody handed the punches in: nothing follows of it
        found.unread.append(UnreadRow("punches", source=NO_PUNCHES))
    case = RegisterInLaw(register, loader.library, loader.days, tuple(found.unread))
    case = held_together(case, document, found.sources, found.leave, loader.tellings, report)
    return LoadedFile("attendance", case, document, case.book.at(register.start), found.sources)


__all__ = ["PartSource", "fits", "load", "load_table", "read_part"]


def _months_of(data: Any) -> Months:
    """The months that a register says to cover."""
    try:
        return months_between(*(datetime.date.fromisoformat(str(data.get(key))) for key in ("from", "to")))
    except ValueError:
        return ()


# tables beside a register


def _beside(document: Document) -> Iterator[PartSource]:
    """The tables in the register's folder that are named as its parts, and the sheets of its workbook."""
    if not _may_have_tables(document):
        return
    logs: list[PartSource] = []
    others = "punches" in document.data
    for path in sorted(Path(document.path).parent.iterdir()):
        if path.is_file() and not path.name.startswith("~$") and not _out(path) and is_table(path):
            for source in sources_of(path, Path(document.path).stem, _months_of(document.data)):
                if attlog(path):
                    logs.append(source)
                else:
                    others = others or source.part.key == "punches"
                    yield source
    if not others:  # a machine's log beside a table made of it is told as left aside, with what it bears on
        yield from logs


def _may_have_tables(document: Document) -> bool:
    """Whether tables beside it may be parts of it: standard input has no folder, and a filled form is whole in itself."""
    return document.path != STDIN and Path(document.path).suffix.lower() in YAML_SUFFIXES


def _out(path: Path) -> InputProblem | None:
    return not_followed(path, path.parent)


def _links_out(document: Document) -> Iterator[Finding]:
    """Said of links to tables elsewhere: what they lead to is no part of the register."""
    for path in sorted(Path(document.path).parent.iterdir()) if _may_have_tables(document) else ():
        if path.suffix.lower() in (*TABLE_SUFFIXES, LOGS) and (problem := _out(path)):  # not opened to see what it is
            yield from_input(path.as_posix(), problem)


def _left_out(path: Path) -> list[Finding]:
    """Notes on the hidden sheets of a workbook."""
    try:
        _, notes = grids_of(path)
    except Unusable:
        return []  # said where its parts are read
    return [from_input(path.as_posix(), note, severity=Severity.NOTE) for note in notes]


def _told_before(part: RegisterColumns, again: int) -> InputProblem:
    said = Text(
        f"这里的 {again} 行{part.title.zh}，登记或另一张表里也有，只算一次",
        f"{again} rows of {part.title.en} stand in the register or another table too, and count once",
    )
    return InputProblem("input/told-twice", Place(1, 1, 1), said, NOTHING)


def _lacks(part: RegisterColumns) -> ShapeProblem:
    message = Text(f"缺少“{part.title.zh}”（{part.key}）", f"{part.key} is missing")
    fix = Text(
        f"补上 {part.key}: …，或在旁边放 {part.names[0]}.csv、{part.names[0]}.xlsx。",
        f"Add {part.key}: …, or put {part.names[-1]}.csv beside it.",
    )
    return ShapeProblem("shape/missing-key", (part.key,), message, fix)


# a table by itself


def fits(tables: list[SheetHead]) -> bool:
    """Whether one of the sheets is unmistakably a part of an attendance register."""
    rows = any(part.unmistakable(head) for head in tables for part in PARTS.values())
    return rows or by_days(tables, _ANY_MONTH) is not None


_ANY_MONTH = (2000, 1)  # whose columns of days they are, the register beside the table says


def load_table(path: Path, loader: Loader, report: Report) -> Iterator[LoadedFile]:
    """A table: as a part of the register that it stands beside, or as a whole register, or just read."""
    document = _register_beside(path)
    if document is not None:
        loaded = list(loader.load(OneFile(document), report))
        yield from (each for each in loaded if isinstance(each, LoadedFile))
        return
    found = heads(path).heads
    read_in = Read()
    report.findings += _left_out(path)
    front = [head.sheet for head in found if part_of(head) is None or head.sheet in NAMES]
    page = _front(path, front)
    months = page.months if page else ()
    words = _words(loader, page.values.get("jurisdiction") if page else None)
    for source in sheets_of(path, found, months):
        read_in.read(source, months, words, report)
    if page is None:
        return  # said when the parts were read
    report.findings += [from_input(path.as_posix(), problem) for problem in page.problems]
    lacking = [*(PARTS[key].title.zh for key in _NEEDED if key not in read_in.values)]
    lacking += [LABELS[key] for key in ("centre", "jurisdiction") if key not in page.values]
    if set(lacking) - {LABELS["centre"]}:  # without that alone all of it can be decided
        report.findings.append(_alone(path, read_in, lacking))
    elif read_in.usable and page.counts and "jurisdiction" not in page.wrong:
        register, beyond = register_of_book(path, page, read_in.values, report)
        read_in.unread += beyond
        if register is not None:
            read_in.look_around(register, loader.days, report, None, page)
            yield _loaded(register, read_in, blank_sheet(path), loader, report)


def _register_beside(path: Path) -> Path | None:
    """The register whose part the table is: an attendance register in the same folder."""
    if path.as_posix() == STDIN:
        return None
    for beside in sorted(path.parent.iterdir()):
        if beside.suffix.lower() in YAML_SUFFIXES and not _out(beside):
            document = read(beside).document
            data = document.data if document else None
            known = isinstance(data, dict) and data.get("kind") == "attendance"
            if known and any(sources_of(path, beside.stem, _months_of(data))):
                return beside
    return None


def _alone(path: Path, found: Read, lacking: list[str]) -> Finding:
    said = [_counted(PARTS[key], values, found) for key, values in found.values.items()]
    message = Text(
        f"只读了表格（{listed(said)}）；没有{listed(lacking)}，单凭它不能判断考勤",
        f"the table was read, but cannot be judged by itself: {', '.join(found.values)}",
    )
    fix = Text(
        "和考勤登记（kind: attendance 的 YAML）放在同一文件夹；或在工作簿里加 人员、窗口、封面 工作表。",
        "Put it beside a register (kind: attendance), or add sheets for staff, windows and a front page.",
    )
    problem = InputProblem("input/table-alone", Place(1, 1, 1), message, fix)
    return from_input(path.as_posix(), problem, severity=Severity.NOTE)


def _counted(part: RegisterColumns, values: tuple[object, ...], found: Read) -> str:
    document = found.sources[part.key].document
    columns = len(document.pieces[0].columns) if isinstance(document, SheetDocument) and document.pieces else 0
    days = [getattr(value, "day", None) or getattr(value, "start", None) for value in values]
    dated = sorted(day for day in days if day)
    span = f"，{dated[0]} – {dated[-1]}" if dated else ""
    return f"{part.title.zh} {len(values)} 行 {columns} 列{span}"
