"""Read and shape: paths become typed filings and files of every other kind; whatever is wrong becomes findings.

One project is in memory at a time.
"""

import datetime
import errno
import os
from collections.abc import Collection, Hashable, Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path

import msgspec
from msgspec.structs import replace

from banshi.base.folders import files_below, inside, layered
from banshi.base.limits import MAX_FINDINGS
from banshi.base.text import NOTHING, Text, listed
from banshi.checking.lines_of_files import kind_of_lines, some_lines
from banshi.checking.loaded import Loaded
from banshi.checking.not_read import NO_PROJECT, NOT_CLAIMED, NOT_JUDGED, PLACES, beside_forms, unknown_table
from banshi.checking.places_named import unknown_places
from banshi.checking.rule_findings import unusable_policy
from banshi.checking.told_places import Tellings
from banshi.checking.wrong_shapes import keep_strange_blanks, tell, unread_in, without_the_wrong
from banshi.files.blanks import drop_blanks, in_one_line
from banshi.files.comments_said import taken_back_in_comments
from banshi.files.discovery import discover, not_followed
from banshi.files.documents import Document, Place
from banshi.files.findings import Route, Severity
from banshi.files.kinds import KINDS, function
from banshi.files.law_words import other_words
from banshi.files.locating import from_failure, from_input, from_shape
from banshi.files.reading import InputProblem, ReadOutcome, holds_lines, read, read_line, unreadable
from banshi.files.regular_files import STDIN
from banshi.files.report import Report
from banshi.files.shape import ShapeProblem, Shapes, kind_of, places_of
from banshi.files.tables.contents import has_rows, may_be_table, not_a_document
from banshi.files.units import LinesFile, OneFile, ProjectFolder, SomeLines, TableFile, Trouble, Unit
from banshi.law.library import Library, PolicyUnreadable
from banshi.law.working_days import WorkingDays


@contextmanager
def one_fate(path: str, report: Report, line: int = 1) -> Iterator[None]:
    """Whatever goes wrong inside the block is an error at this file (and line); what comes after it goes on."""
    try:
        yield
    except PolicyUnreadable as error:
        report.findings.append(unusable_policy(path, Place(line, 1, 2), "", error))
    except Exception as error:  # even memory or depth: both are free again here
        if isinstance(error, OSError) and error.errno == errno.ENAMETOOLONG:  # of a file that this one names
            report.findings.append(from_input(path, unreadable(error)))
            return
        if os.environ.get("BANSHI_DEBUG"):
            raise
        report.failed = True
        report.findings.append(from_failure(path, error, line))


class Loader:
    """Loads what a centre's folder holds, with its own schemas and policies layered over the shipped ones."""

    def __init__(
        self,
        project: Path,
        *,
        as_of: datetime.date | None = None,
        attachments: Path | None = None,
        most: int | None = MAX_FINDINGS,
    ) -> None:
        """``as_of`` (the day that is taken for today) and ``attachments`` (a folder with the attached files) are handed on to filings.

        ``most``: how many findings of one file are listed (``None``: all of them).
        """
        self.most = most
        self.project = project
        self.policies = layered(project, "policies")
        self.shapes = Shapes(layered(project, "schemas"), most)
        self.library = Library(self.policies, on=as_of)
        self.days = WorkingDays(self.policies)
        self.as_of, self._attachments = as_of, attachments
        self.of_place: str | None = None  # the place that files belong to which do not say so themselves
        self.whole = False  # whether the paths are the project's own content as a whole: other centres in it are apart
        self.within: Path | None = None  # a folder that named files may lie in beside the document's own
        self.told: dict[Hashable, str] = {}  # what files of one run state, by whichever stated it first
        self.tellings = Tellings()  # what several places of one run tell of, each of which must know the others
        self.taken: set[str] = set()  # tables that a document has read, or told to be unread, by their whole path
        self.in_lines = False  # whether the answer is text, to which nothing that a file holds may add a line

    def known_on(self, day: datetime.date | None) -> None:
        """Apply the law and the working days as they were known on a day; ``None``: as they are known now."""
        if day is not None:
            library = Library(self.policies, on=self.as_of, known_on=day)
            self.library, self.days = library, self.days.as_known_on(day)

    def begin(self) -> None:
        """A run begins: what files of another one told does not matter."""
        self.taken.clear()
        self.told.clear()
        self.tellings.begin()

    def units(self, paths: list[Path]) -> Iterator[Unit]:
        """The units of work under the given paths; what another centre's folder brings is said, not applied."""
        self.begin()
        return discover(paths, self.project, apart=self.whole)

    def parts(self, unit: Unit) -> Iterator[Unit]:
        """A unit of work in parts that do not need each other: so many lines of a file in which each is a document."""
        whole = not isinstance(unit, LinesFile) or not_a_document(unit.path) or kind_of_lines(unit.path)
        return iter((unit,)) if whole else some_lines(unit.path)

    def take(self, *paths: Path | str) -> None:
        """Tables that a document speaks for: met in a folder, they are no matter of their own."""
        self.taken.update(map(os.path.abspath, paths))

    def load(self, unit: Unit, report: Report) -> Iterator[Loaded]:
        """What a unit of work holds; its problems go into ``report``, whatever goes wrong."""
        with one_fate(unit.path.as_posix(), report):
            yield from self._load(unit, report)

    def _load(self, unit: Unit, report: Report) -> Iterator[Loaded]:
        if isinstance(unit, Trouble):
            left = unit.unread and unit.unread.without(self.taken)  # of others a document beside them has told
            report.failed |= unit.fatal
            if left or not unit.unread:
                said = left.problem if left else unit.problem
                report.leave(from_input(unit.path.as_posix(), said, severity=unit.severity))
        elif isinstance(unit, ProjectFolder):
            yield from function(KINDS["project"].load_folder)(unit.folder, self, report)
        elif isinstance(unit, TableFile):
            if os.path.abspath(unit.path) not in self.taken:
                report.files += 1
                yield from self._table(unit, report)
        elif isinstance(unit, OneFile) and str(unit.path) == STDIN and _comes_as_table():
            yield from self._load(TableFile(unit.path), report)
        elif isinstance(unit, OneFile | LinesFile) and (problem := not_a_document(unit.path)):
            report.files += 1
            report.findings.append(from_input(unit.path.as_posix(), problem))
        elif isinstance(unit, OneFile) and str(unit.path) == STDIN and holds_lines(unit.path):
            yield from self._load(LinesFile(unit.path), report)
        elif isinstance(unit, LinesFile | SomeLines):
            yield from self._lines(unit, report)
        else:
            report.files += 1
            yield from self._one(read(unit.path, most=self.most), report)

    def _lines(self, unit: LinesFile | SomeLines, report: Report) -> Iterator[Loaded]:
        if isinstance(unit, LinesFile):
            if kind := kind_of_lines(unit.path):
                report.files += 1
                yield from function(kind.load_lines)(unit.path, self, report)
            else:
                for part in some_lines(unit.path):
                    yield from self._lines(part, report)
            return
        report.files += unit.first
        name = unit.path.as_posix()
        for number, raw in unit.lines:
            with one_fate(name, report, number):
                if reading := read_line(number, raw, name, self.most):
                    yield from self._one(reading, report)
        if unit.problem:
            report.findings.append(from_input(name, unit.problem))

    def _one(self, reading: ReadOutcome, report: Report) -> Iterator[Loaded]:
        document, kind = self.shaped(reading, report)
        if document is None or kind is None:
            return
        try:
            yield from function(KINDS[kind].load)(document, self, report)
        except msgspec.ValidationError as error:
            message = Text(f"内容不能使用：{error}", str(error))
            report.findings.append(from_shape(document, ShapeProblem("shape/wrong-value", (), message, NOTHING)))

    def _tell_besides(self, document: Document, kind: str, report: Report) -> None:
        """What is to be said of a document whatever its shape."""
        for place in unknown_places(document.data, self.library) if kind != "policy" else ():
            report.findings.append(from_shape(document, place, Severity.NOTE))
        for said in taken_back_in_comments(document) if KINDS[kind].strange else ():
            report.findings.append(from_input(document.path, said, document, Severity.WARNING))

    def shaped(
        self, reading: ReadOutcome, report: Report, wanted: str | None = None
    ) -> tuple[Document | None, str | None]:
        """The document if its shape is right (and its kind the wanted one), with its kind."""
        document = reading.document
        report.findings.extend(from_input(reading.path, problem, document) for problem in reading.problems)
        report.findings.leave(reading.path, Severity.ERROR, reading.left)
        if document is None:
            return None, None
        kind, problem = _certain_kind(document, wanted)
        if problem is not None:
            report.findings.append(
                from_shape(document, problem, Severity.NOTE if problem is NOT_JUDGED else Severity.ERROR)
            )
            return None, kind
        assert kind is not None
        blanks = document.data
        document.data = drop_blanks(blanks) if document.blanks else blanks
        if self.in_lines:
            document.data = in_one_line(document.data)
        prepare = KINDS[kind].prepare
        shapes = function(prepare)(document.data, self) if prepare else self.shapes
        keep_strange_blanks(document, blanks, kind, shapes)
        self._tell_besides(document, kind, report)
        if self._nothing_amiss(document, kind):
            return document, kind
        roughly = report.findings.many(document.path) and not KINDS[kind].parts
        problems = list(
            shapes.roughly(document.data, kind) if roughly else shapes.check(document.data, kind, unread_in(document))
        )
        if not roughly and not KINDS[kind].as_written:
            problems = self._understood(document, kind, shapes, problems, report)
        tell(document, problems, report, blanks)
        if roughly and problems:
            report.findings.leave(document.path, Severity.ERROR, 0, at_least=True)
        if (problems or document.doubtful) and KINDS[kind].strange:
            problems = without_the_wrong(document, kind, shapes, problems)
        doubtful = [] if KINDS[kind].as_written else [w for w in document.doubtful if not document.lies_aside(w)]
        apart = bool(KINDS[kind].entries or KINDS[kind].parts)  # what is right in it is judged without the rest
        if apart and any(p.more for p in problems):  # not every place is told
            problems = [*problems, *shapes.roughly(document.to_type, kind)]
        places = [p.where for p in problems if not p.more] if apart else places_of(problems)
        wrong = tuple(dict.fromkeys((*places, *doubtful)))
        if entries := KINDS[kind].entries:
            document.broken = _broken_entries(wrong, entries)
        if parts := KINDS[kind].parts:
            document.astray = _within_parts(wrong, parts)
        usable = not wrong or document.broken or document.astray
        if doubtful and not usable:
            report.findings.append(from_shape(document, NOT_JUDGED, Severity.NOTE))
        return (document if usable else None), kind

    def _nothing_amiss(self, document: Document, kind: str) -> bool:
        """Whether a document is of the right shape and written canonically, as most are: then nothing is to be said of it."""
        row = KINDS[kind]
        if row.prepare or document.doubtful or not self.shapes.fits(document.data, kind):
            return False
        names = function(row.names)(document.data, self) if row.names and not row.as_written else {}
        return row.as_written or not other_words(document.data, names)

    def _understood(
        self, document: Document, kind: str, shapes: Shapes, problems: list[ShapeProblem], report: Report
    ) -> list[ShapeProblem]:
        """What is still wrong once values that have one meaning are taken as such; that they were is said."""
        of_law = KINDS[kind].names
        names = function(of_law)(document.data, self) if of_law else {}
        if not problems and not other_words(document.data, names):
            return problems
        from banshi.files.understanding import doubts, explained, note, understand  # late: most files are canonical

        found, doubtful = understand(document.data, kind, shapes, names)
        if found:
            if told := note(found):
                report.findings.append(from_shape(document, told, Severity.NOTE))
            document.understood = tuple(found)
            problems = list(shapes.check(document.data, kind))
        return [*(explained(problem, doubtful) for problem in problems), *doubts(problems, doubtful)]

    @cached_property
    def attached(self) -> frozenset[str] | None:
        """Names of the files in the attachments folder, relative to it; None where none was given."""
        folder = self._attachments
        if folder is None:
            return None
        return frozenset(
            p.relative_to(folder).as_posix() for p in files_below(folder) if p.is_file() and inside(p, folder)
        )

    def of_kind(self, path: Path, wanted: str, report: Report, folder: Path | None = None) -> Document | None:
        """The document of one file if it is of the wanted kind and of the right shape; what is wrong goes into ``report``.

        ``folder``: what the file must lie in, its links followed (its own folder if not given).
        """
        if wanted == "project" and not path.exists():
            report.findings.append(from_input(path.as_posix(), NO_PROJECT))
            return None
        if out := not_followed(path, folder or path.parent):
            report.findings.append(from_input(path.as_posix(), out))
            return None
        report.files += 1
        return self.shaped(read_document(path, self.most), report, wanted)[0]

    def _table(self, unit: TableFile, report: Report) -> Iterator[Loaded]:
        """A file of tables, of the kind that its headings fit."""
        from banshi.checking.filled_forms import filled_in, load_filled  # late: most checks meet no table
        from banshi.files.tables.kind_books import kind_in
        from banshi.files.tables.opening import heads, opened

        path = unit.path
        found = heads(path)
        for finding in found.findings:
            report.leave(replace(finding, severity=unit.severity))
        if not found.heads:
            return
        if (kind_of_book := kind_in(path)) is not None:
            yield from self._book(path, kind_of_book, report)
            return
        if forms := filled_in(found.heads, opened(path).grids, self):
            report.findings += [
                from_input(path.as_posix(), beside_forms(head.sheet))
                for head in found.heads
                if head.sheet not in {form.sheet for form in forms}
            ]
            yield from load_filled(path, forms, self, report)
            return
        kind = next((k for k in KINDS.values() if k.fits and function(k.fits)(found.heads)), None)
        if kind is None or kind.name in unit.claimed:
            said = "；".join(listed(head.headings[:8]) for head in found.heads)
            problem = unknown_table(said) if kind is None else NOT_CLAIMED
            report.leave(from_input(path.as_posix(), problem, severity=unit.severity))
            return
        yield from function(kind.load_table)(path, self, report)

    def _book(self, path: Path, kind: str, report: Report) -> Iterator[Loaded]:
        """The documents of a workbook that ``convert`` wrote; where a row of it cannot be read, none is judged.

        Nor is one in which a cell cannot be, where its rules look at what is written.
        """
        from banshi.files.tables.kind_books import documents_in  # late, as above

        documents, found, torn = documents_in(path, kind, self.shapes)
        report.findings += found
        if torn or (KINDS[kind].as_written and any(each.doubtful for each in documents)):
            report.findings += [from_shape(each, NOT_JUDGED, Severity.NOTE) for each in documents[:1]]
            return
        for document in documents:
            yield from self._one(ReadOutcome(path.as_posix(), document), report)


def _certain_kind(document: Document, wanted: str | None) -> tuple[str | None, ShapeProblem | None]:
    """The kind of a document, and why it cannot be used as that, or as the one that is wanted."""
    kind, problem = kind_of(document.data)
    if kind is not None and wanted and kind != wanted:
        said = Text(f"这里应放 kind: {wanted} 的文件，写的是 {kind}", f"expected kind {wanted} here, found {kind}")
        problem = ShapeProblem("shape/wrong-kind", ("kind",), said, PLACES)
    elif kind is not None and ("kind",) in document.doubtful and not KINDS[kind].as_written:
        problem = NOT_JUDGED  # it is written twice: of another kind it would be another file
    return kind, problem


def _comes_as_table() -> bool:
    """Whether a table comes in by standard input: by known headings, a workbook, or by how its rows look."""
    from banshi.files.tables.opening import heads, is_book  # late: most checks meet no table

    path = Path(STDIN)
    if not may_be_table(path):
        return False
    found = heads(path).heads
    known = any(kind.fits and found and function(kind.fits)(found) for kind in KINDS.values())
    return known or is_book(path) or has_rows(path)


def read_document(path: Path, most: int | None) -> ReadOutcome:
    """A file that should be YAML or JSON; what is something else is named, and not read."""
    problem = not_a_document(path) or _taken_back(path)
    return ReadOutcome(path.as_posix(), None, (problem,)) if problem else read(path, most=most)


def _broken_entries(wrong: Collection[Route], key: str) -> frozenset[int]:
    """Which entries of the list ``key`` something is wrong with, if nothing else in the file is wrong."""
    inside = [where[1] for where in wrong if len(where) > 1 and where[0] == key]
    broken = frozenset(n for n in inside if isinstance(n, int))
    return broken if len(inside) == len(wrong) else frozenset()


def _within_parts(wrong: tuple[Route, ...], parts: tuple[str, ...]) -> tuple[Route, ...]:
    """Where the parts of a document deviate, if nothing else of it does."""
    return wrong if all(where and where[0] in parts for where in wrong) else ()


def _taken_back(path: Path) -> InputProblem | None:
    """Why a file is not read whose name says that it does not count; all words that say so are Chinese."""
    if path.stem.isascii():
        return None
    from banshi.files.tables.beside import file_taken_back  # late: it knows all about tables

    return file_taken_back(path)
