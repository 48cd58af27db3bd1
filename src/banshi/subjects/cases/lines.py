"""JSON Lines: a first line that says whose log it is, then one case a line, read as fast as it comes.

A line that the fast reader refuses is read again by the slower one, which says what is wrong and where.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import chain
from operator import methodcaller
from pathlib import Path
from typing import Any, BinaryIO, cast

import msgspec
from msgspec.structs import astuple, replace

from banshi.base.calm import calm
from banshi.base.limits import MAX_LINES_BYTES
from banshi.base.text import Text
from banshi.checking.loaded import LoadedFile
from banshi.checking.loading import Loader
from banshi.checking.wrong_shapes import keep_strange_blanks, without_lost_head
from banshi.files.blanks import drop_blanks, put_back, strange_blanks
from banshi.files.documents import Document, Place, PlaceTree
from banshi.files.findings import Finding, Route, Severity
from banshi.files.locating import from_input, from_shape
from banshi.files.reading import InputProblem, decode, read_text, too_large
from banshi.files.regular_files import lines_together, open_stream
from banshi.files.report import Report
from banshi.files.schema_parts import root
from banshi.files.shape import ShapeProblem, Shapes, kind_of
from banshi.files.understanding import explained, note, understand
from banshi.subjects.cases.case_log import CaseLog
from banshi.subjects.cases.first_records import SUBJECT, a_case
from banshi.subjects.cases.forms import Case, Log
from banshi.subjects.cases.in_bulk import AT_ONCE, InBulk
from banshi.subjects.cases.loading import (
    CASES,
    begin,
    beside_others,
    day_is_open,
    header,
    to_case,
    whose_is_known,
    worded,
)
from banshi.subjects.cases.vocabulary import Vocabulary

_Source = tuple[int, bytes]  # the number of a line, and the line
_SET_ASIDE = "input/byte-order-mark"


class Lines(Document):
    """A file of lines: the place of a case is in its own line. ``cases``: the lines of the cases worth pointing at."""

    cases: dict[int, _Source] = field(default_factory=dict)

    def place(self, route: Route, at_key: bool = False) -> Place:
        """The place in the line of a case; else the first line."""
        found = self.cases.get(route[1]) if len(route) > 1 and isinstance(route[1], int) else None
        if found is None:
            return Place(1, 1, 2)
        number, raw = found
        reading = read_text(raw.decode("utf-8", "replace").rstrip("\r\n"), self.path, number)
        return reading.document.place(route[2:], at_key) if reading.document else Place(number, 1, 2)

    def line(self, number: int) -> str:
        """The text of a line that holds such a case."""
        raw = next((raw for n, raw in self.cases.values() if n == number), b"")
        return raw.decode("utf-8", "replace").rstrip("\r\n")


def _may_be_heading(record: Any) -> bool:
    """Whether a first line is a heading, perhaps with its ``kind`` misspelt, and no case."""
    return isinstance(record, dict) and not a_case(record)


def _elsewhere(heading: dict[str, Any]) -> Iterator[ShapeProblem]:
    """Said of cases that a heading lists or names a table for: in a file of lines they would not be counted."""
    for key in ("cases", "log"):
        if key in heading:
            yield ShapeProblem("input/two-sources", (key,), _ON_LINES, _ONE_A_LINE, at_key=True)


def load_lines(path: Path, loader: Loader, report: Report) -> Iterator[LoadedFile]:
    """The log of a file of lines (``-``: standard input)."""
    name = path.as_posix()
    with calm(), open_stream(path, MAX_LINES_BYTES) as stream:
        reader = _Reader(name, loader, report)
        found = reader.read(stream)
    if found is not None:
        document = reader.document(found)
        beside_others(found, document, loader, report)
        yield LoadedFile(SUBJECT, found, document, found.law)


@dataclass(slots=True)
class _Reader:
    name: str
    loader: Loader
    report: Report
    wrong: int = 0
    index: int = -1
    torn: bool = False
    decode: Callable[[bytes], Case] = field(init=False)
    _shapes: Shapes | None = None

    def read(self, stream: BinaryIO) -> CaseLog | None:
        """Count every line; None where there is none. What cannot be used of them becomes findings."""
        together = self._lines(stream)
        first, rest = _first_filled(together)
        if first is None:
            return None
        document = self._document(first)
        is_case = document is not None and not _may_be_heading(document.data)
        heading = self._heading(document) if document and not is_case else Log()
        log, tally, quarter = begin(heading, self.loader, self.name, known=document is None or whose_is_known(document))
        self.decode = msgspec.json.Decoder(tally.words.case).decode
        bulk = InBulk(tally)
        if is_case:
            self._count(first, bulk)
        for number, own in chain([rest], together):
            self._count_all(number, own, bulk)
            if len(own) < _FEW:  # long lines
                bulk.flush()
        bulk.close()
        self._say_more()
        self.report.reading.took_records(self.name, CASES, self.index + 1 - self.wrong, self.wrong)
        torn = self.torn or (document is not None and day_is_open(document, tally))
        return CaseLog(log, tally, self.loader.library, self.wrong, quarter, torn, (self.name,))

    def _heading(self, document: Document) -> Log:
        """What the first line says of the log, without what is wrong in it."""
        kind, problem = kind_of(document.data)
        if kind != SUBJECT:
            self.report.findings += [from_shape(document, problem or _NO_HEADING)]
            self.torn = True
            return Log()
        blanks, shapes = document.data, self.loader.shapes
        document.data = drop_blanks(blanks)
        keep_strange_blanks(document, blanks, SUBJECT, shapes)
        elsewhere = [*_elsewhere(document.data)]
        told = [*shapes.check(document.data, SUBJECT), *elsewhere]
        self.report.findings += [from_shape(document, problem) for problem in told]
        document.set_aside(shapes.strange(document.data, SUBJECT))
        # A key that was meant may be missing.
        problems = list(shapes.check(document.data, SUBJECT))
        problems = [*without_lost_head(document, SUBJECT, shapes, problems), *elsewhere]
        wrong = {problem.where[0] for problem in problems if problem.where}
        # Cases that stand there are not counted.
        self.torn = any(not problem.where or problem.where[0] in wrong for problem in problems)
        return header({key: value for key, value in document.data.items() if key not in wrong})

    def _count_all(self, number: int, lines: list[bytes], bulk: InBulk) -> None:
        """Take lines that follow each other, the first of that number; those that are read at once are counted together."""
        cases: list[Case] = []
        take, decode = cases.append, self.decode
        for n, raw in enumerate(lines):
            try:
                take(decode(raw))
            except (msgspec.MsgspecError, UnicodeDecodeError):
                start = n - len(cases)
                self._count_together(number + start, lines[start:n], cases, bulk)
                self._count((number + n, raw), bulk)
                cases.clear()
        start = len(lines) - len(cases)
        self._count_together(number + start, lines[start:], cases, bulk)

    def _count_together(self, number: int, lines: list[bytes], cases: list[Case], bulk: InBulk) -> None:
        for start in range(0, len(cases), AT_ONCE):
            own, raws = cases[start : start + AT_ONCE], lines[start : start + AT_ONCE]
            columns = list(zip(*map(astuple, own), strict=True))
            stated = len(own) * len(columns) - sum(map(_UNSTATED, columns))
            if len(own) >= _FEW and sum(map(_COLONS, raws)) == stated:  # so no key stands twice in any
                bulk.take(own, columns, self.index + 1, lambda n, first=number + start, raws=raws: (first + n, raws[n]))  # type: ignore[misc]
                self.index += len(own)
                continue
            for n, raw in enumerate(raws, start=number + start):
                self._count((n, raw), bulk)

    def _count(self, source: _Source, bulk: InBulk) -> None:
        raw = source[1]
        if not raw.strip():
            return
        self.index += 1
        try:
            case = self.decode(raw)
        except (msgspec.MsgspecError, UnicodeDecodeError):
            self._count_slowly(source, bulk)
            return
        if _plain(raw, case):
            bulk.add(case, self.index, source)
        else:
            self._explain(source, bulk)

    def _lines(self, stream: BinaryIO) -> Iterator[tuple[int, list[bytes]]]:
        for number, lines in lines_together(stream):
            if None not in lines:
                yield number, cast(list[bytes], lines)
                continue
            for n, raw in enumerate(lines, start=number):
                if raw is None:
                    self._note([from_input(self.name, too_large(n))])
                else:
                    yield n, [raw]

    def _count_slowly(self, source: _Source, bulk: InBulk) -> None:
        """A line that is wrong, or right in a way of its own (blanks, whole numbers as names)."""
        words = bulk.tally.words
        try:
            record = self._without_blanks(msgspec.json.decode(source[1]), words)
            words.spelled(record)
            case = to_case(record, words)
        except (msgspec.MsgspecError, UnicodeDecodeError, AttributeError):
            self._explain(source, bulk)
            return
        if _plain(source[1], case):
            bulk.add(case, self.index, source)
        else:
            self._explain(source, bulk)

    def _explain(self, source: _Source, bulk: InBulk) -> None:
        """Say what is wrong with a line, as long as there is room."""
        if (most := self.loader.most) is not None and self.wrong >= most:
            self.wrong += 1
            return
        before = self.wrong
        document = self._document(source)
        if document is None:
            return
        words = bulk.tally.words
        record, shapes = self._without_blanks(document.data, words), self._worded(words)
        words.spelled(record)
        problems = list(shapes.check({**_WHOLE, "cases": [record]}, SUBJECT))
        if problems:
            problems = self._understood(record, shapes, problems, document)
        if not problems:
            if self.wrong == before:
                bulk.add(to_case(record, words), self.index, source)
            return
        self.wrong = before + 1  # once, whatever else is wrong with it
        own = [replace(problem, where=problem.where[2:]) for problem in problems]
        found = [from_shape(document, problem) for problem in own]
        self._note([replace(each, where=(SUBJECT, self.index, *each.where)) for each in found], counted=False)

    def _worded(self, words: Vocabulary) -> Shapes:
        self._shapes = self._shapes or worded(self.loader, words)
        return self._shapes

    def _without_blanks(self, record: Any, words: Vocabulary) -> Any:
        """A case without what is left blank, but for keys that nobody knows."""
        bare = drop_blanks(record)
        cases = root(self._worded(words), SUBJECT).field("cases") if bare is not record else None
        if cases is not None and cases.entry is not None:
            put_back(bare, strange_blanks(record, cases.entry))
        return bare

    def _understood(
        self, record: Any, shapes: Shapes, problems: list[ShapeProblem], document: Document
    ) -> list[ShapeProblem]:
        """What is still wrong once values that have one meaning are taken as such (in ``record``); that they were is said."""
        whole = {**_WHOLE, "cases": [record]}
        found, doubtful = understand(whole, SUBJECT, shapes, {})
        if found:
            if told := note([replace(each, where=each.where[2:]) for each in found]):
                self._note([from_shape(document, told, Severity.NOTE)], counted=False)
            problems = list(shapes.check(whole, SUBJECT))
        return [explained(problem, doubtful) for problem in problems]

    def _document(self, source: _Source) -> Document | None:
        text, problems = decode(source[1], source[0])
        found = [from_input(self.name, problem) for problem in problems]
        document = None
        if text is not None:
            reading = read_text(text.rstrip("\r\n"), self.name, source[0])
            document = reading.document
            found += [from_input(self.name, problem, document) for problem in reading.problems]
        if found:
            self._note(found, counted=any(finding.rule != _SET_ASIDE for finding in found))
        return document

    def _note(self, findings: list[Finding], *, counted: bool = True) -> None:
        self.wrong += counted
        self.report.findings += findings

    def _say_more(self) -> None:
        if (most := self.loader.most) is not None and self.wrong > most:
            untold = self.wrong - most
            self.report.findings.append(replace(from_input(self.name, _more(untold)), stands_for=untold))

    def document(self, found: CaseLog) -> Lines:
        """The document with the lines of the cases that may be pointed at."""
        sources = {n.index: n.source for n in found.noted if n.source}
        sources |= {kept.index: source for kept, source in found.tally.kept if source}
        return Lines(self.name, None, _no_marks, "", cases=sources)


def _plain(raw: bytes, case: Case) -> bool:
    """Whether no key stands twice in a line, which the fast reader would not say.

    With no more colons than values there is none; else each key is looked at.
    """
    stated = astuple(case)
    if raw.count(b":") == len(stated) - stated.count(None):
        return True
    doubled = []
    json.loads(raw, object_pairs_hook=lambda pairs: doubled.append(len(dict(pairs)) < len(pairs)))
    return not any(doubled)


def _first_filled(together: Iterator[tuple[int, list[bytes]]]) -> tuple[_Source | None, tuple[int, list[bytes]]]:
    """The first line that holds anything, and those that were read with it and follow it."""
    for number, lines in together:
        for n, raw in enumerate(lines):
            if raw.strip():
                return (number + n, raw), (number + n + 1, lines[n + 1 :])
    return None, (1, [])


_UNSTATED, _COLONS = methodcaller("count", None), methodcaller("count", b":")
_FEW = 16  # cases that are counted one by one as fast as together


def _no_marks() -> PlaceTree:
    return PlaceTree(1, 1, 2, None)


def _more(number: int) -> InputProblem:
    message = Text(f"另有 {number} 行读不出，没有一一列出", f"{number} more lines cannot be read")
    return InputProblem("input/row-unreadable", Place(1, 1, 1), message, _FIRST)


_WHOLE = {"kind": SUBJECT, "jurisdiction": "cn", "centre": "-", "level": "city"}
_NO_HEADING = ShapeProblem(
    "shape/wrong-kind",
    ("kind",),
    Text("第一行不是办件登记的题头，也不是办件", "the first line is neither the heading of a case log nor a case"),
    Text("第一行写 kind: cases 的题头，或直接写办件。", "Start with a heading of kind cases, or with a case."),
)
_ON_LINES = Text(
    "逐行写的办件登记，第一行不再写 cases 或 log；写在里面的办件没有计入",
    "in a log on lines the heading gives neither cases nor log; cases given there are not counted",
)
_ONE_A_LINE = Text("一行写一件。", "Write one case a line.")
_FIRST = Text("先改好列出的，再检查一次。", "Correct those listed first, then check again.")
