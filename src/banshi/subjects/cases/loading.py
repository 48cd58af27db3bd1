"""From files to a counted log: YAML, a table (alone or beside a YAML file), or JSON Lines."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from banshi.base.text import Text
from banshi.checking.loaded import LoadedFile
from banshi.checking.loading import Loader
from banshi.files.account_of_reading import bears
from banshi.files.documents import Document
from banshi.files.findings import Severity
from banshi.files.locating import Located, from_shape
from banshi.files.named_files import named_file
from banshi.files.regular_files import STDIN
from banshi.files.report import Report
from banshi.files.shape import ShapeProblem, Shapes
from banshi.files.typed import to_form
from banshi.law.assessment_periods import PeriodAsked
from banshi.law.library import NATION
from banshi.subjects.cases.case_log import CaseLog, new_tally
from banshi.subjects.cases.first_records import SUBJECT
from banshi.subjects.cases.forms import Case, Log
from banshi.subjects.cases.quarter import QuarterTally, quarter_tally
from banshi.subjects.cases.same_case import said_of
from banshi.subjects.cases.tally import CaseTally
from banshi.subjects.cases.told_twice import afresh_said, elsewhere, listen, numbered_afresh, telling_of, told_apart
from banshi.subjects.cases.vocabulary import Vocabulary, place_of, vocabulary

LOG, CASES = Text("办件登记", "case log"), Text("办件", "cases")


class LogLoader(Loader):
    """A loader that is told what a table leaves open (``given``), and of which period facts are wanted.

    ``own``: what holds of a log that states neither its jurisdiction nor its level: it is of the project's own centre.
    """

    given: Log = Log()
    own: Log = Log()
    quarter: PeriodAsked | None = None


def prepare(data: Any, loader: Loader) -> Shapes:
    """Put values in place of their names in a log that was read; the schemas that know the words of its centre."""
    given = loader.given.jurisdiction if isinstance(loader, LogLoader) and "jurisdiction" not in data else None
    words = vocabulary(loader.library, place_of(data) or given)
    for record in data["cases"] if isinstance(data.get("cases"), list) else ():
        words.spelled(record)
    return worded(loader, words)


def worded(loader: Loader, words: Vocabulary) -> Shapes:
    """The schemas, with that of case logs as these words make it."""
    return loader.shapes.varied(SUBJECT, words.schema(loader.shapes.schema(SUBJECT)))


def may_be_head(document: Document) -> bool:
    """Whether a key that nobody knows may be meant for something that a log states of itself."""
    return any(not isinstance(value, list | dict) for value in document.strange.values())


def whose_is_known(document: Document) -> bool:
    """Whether it is known of which place and level a log says it is, if of any."""
    return not may_be_head(document) and not document.lost & {"jurisdiction", "level"}


def day_is_open(document: Document, tally: CaseTally) -> bool:
    """Whether the day up to which it counts may be another one: a case more or less then counts."""
    return tally.as_of is None and ("as_of" in document.lost or may_be_head(document))


def begin(log: Log, loader: Loader, place: str, *, known: bool = True) -> tuple[Log, CaseTally, QuarterTally | None]:
    """The log with what it leaves open filled in, and the tallies that its cases go into.

    ``place``: where it stands. ``known``: whether it is known all that it says of itself; else nobody supposes that it is of the project's own centre.
    """
    wanted: PeriodAsked | None = None
    if isinstance(loader, LogLoader):
        log, wanted = filled(log, loader.given), loader.quarter
        if known and log.jurisdiction is None and log.level is None:
            log = filled(log, loader.own)
    tally = new_tally(log, loader.library, loader.as_of, loader.most)
    listen(tally, log, place, loader.tellings, lambda: new_tally(log, loader.library, None, loader.most))
    quarter = quarter_tally(log, loader.library, loader.days, wanted, tally.as_of, tally.words) if wanted else None
    if quarter is not None:
        tally.watchers.append(quarter.add)
    return log, tally, quarter


def filled(log: Log, given: Log) -> Log:
    """The log, with what it does not say taken from ``given``."""
    changes = {key: getattr(given, key) for key in ("jurisdiction", "level", "centre") if getattr(log, key) is None}
    return msgspec.structs.replace(log, **changes)


def load(document: Document, loader: Loader, report: Report) -> Iterator[LoadedFile]:
    """The log of a YAML file, with the table that it names. Raises ``msgspec.ValidationError``."""
    log, tally, quarter = begin(header(document.data), loader, document.path, known=whose_is_known(document))
    report.reading.took_document(document, LOG)
    if wrong := _one_place(document, log):
        report.findings.append(from_shape(document, wrong))
        return
    found = CaseLog(log, tally, loader.library, len(document.broken), quarter, files=(document.path,))
    found.unread = day_is_open(document, tally)
    if log.log is None:
        _count_list(document, tally)
        broken = len(document.broken)
        report.reading.took_records(document.path, CASES, len(document.data["cases"]) - broken, broken)
        beside_others(found, document, loader, report)
        yield LoadedFile(SUBJECT, found, document, found.law)
        return
    path = named_file(document, "log", log.log, loader.within)
    if isinstance(path, ShapeProblem):
        report.findings.append(from_shape(document, path))
    elif (sheet := _counted(path, found, loader, report)) is not None:
        report.files += 1
        beside_others(found, document, loader, report)
        yield LoadedFile(SUBJECT, found, document, found.law, {SUBJECT: Located(sheet)})


def beside_others(found: CaseLog, document: Document, loader: Loader, report: Report) -> None:
    """Tell of what other logs of the run hold of the same centre and time, where that bears on it; the log then knows."""
    own = telling_of(found.log, found.tally, found.left, document.path)
    if own is None or not (others := loader.tellings.add(own)):
        return
    differ = list(told_apart(own, others))
    found.contested = len({mine.id for _, mine, _, _ in differ})
    for place, mine, its, facts in differ:
        titled = [(key, loader.shapes.title_of(SUBJECT, (SUBJECT, 0, key)) or key, a, b) for key, a, b in facts]
        report.findings.append(from_shape(document, said_of(mine, its, place, titled)))
    if afresh := numbered_afresh(own, others):
        report.findings.append(from_shape(document, afresh_said(afresh), Severity.WARNING))
    told = elsewhere(own, others)
    if told is None:
        return
    found.beside = tuple(each for each in told.logs if each.overlaps or found.by_month)
    if found.log.jurisdiction is not None and (
        found.beside or not told.logs
    ):  # else nothing is judged by what they share
        severity = Severity.ERROR if found.beside else Severity.WARNING
        report.findings.append(from_shape(document, told.problem, severity))


def _counted(path: Path, found: CaseLog, loader: Loader, report: Report) -> Document | None:
    """The table as a document, its rows counted; None where it cannot be used."""
    from banshi.subjects.cases.columns import columns  # late: a log in YAML never needs them
    from banshi.subjects.cases.left_over import left_over
    from banshi.subjects.cases.table import count_table, long_sheet, torn

    loader.take(path)
    table = count_table(path, found.tally, report, loader.days.in_place(found.log.jurisdiction or NATION))
    if table is None:
        return None
    known = columns(found.words)
    report.reading.took_table(table, CASES, {key: column.headings[0] for key, column in known.items()})
    for aside, of_counted in left_over(path, table, known):
        if bears(aside):
            found.unread |= not of_counted
            found.doubtful |= of_counted
            report.leave(aside)
        else:
            report.reading.left(aside)
    found.broken, found.unread = found.broken + table.unread, found.unread or torn(table)
    found.files += (table.sheet.path,)
    return long_sheet(table, lambda: [noted.index for noted in found.noted])


def _count_list(document: Document, tally: CaseTally) -> None:
    for n, record in enumerate(document.data["cases"]):
        if n not in document.broken:
            tally.add(to_case(record, tally.words), n)


def header(data: dict[str, Any]) -> Log:
    """A log without its cases. Raises ``msgspec.ValidationError``."""
    return to_form({key: value for key, value in data.items() if key != "cases"}, Log)


def to_case(record: dict[str, Any], words: Vocabulary) -> Case:
    """A case from checked plain data (its ``kind`` is its own). Raises ``msgspec.ValidationError``."""
    return msgspec.convert({k: str(v) if type(v) is int else v for k, v in record.items()}, words.case)


def fits(heads: list[Any]) -> bool:
    """Whether a table with these headings is a case log."""
    from banshi.subjects.cases.table import fits_heads

    return fits_heads(heads)


def load_table(path: Path, loader: Loader, report: Report) -> Iterator[LoadedFile]:
    """A table alone: whose log it is, is not stated."""
    log, tally, quarter = begin(Log(), loader, path.as_posix())
    found = CaseLog(log, tally, loader.library, 0, quarter)
    sheet = _counted(path, found, loader, report)
    if sheet is not None:
        beside_others(found, sheet, loader, report)
        yield LoadedFile(SUBJECT, found, sheet, found.law)


def _one_place(document: Document, log: Log) -> ShapeProblem | None:
    """Said where the cases stand nowhere, in two places, or beside a file that has no folder."""
    listed = "cases" in document.data
    if listed == (log.log is not None):
        message = _BOTH if listed else _NOWHERE
        return ShapeProblem(
            "input/two-sources" if listed else "shape/missing-key", ("log",), message, _ONE, at_key=True
        )
    if log.log is not None and document.path == STDIN:
        return ShapeProblem("input/unreadable", ("log",), _NO_FOLDER, _ONE)
    return None


_BOTH = Text("办件写在这里，又写了另一张表（log）", "cases stand here, and there is another table (log)")
_NOWHERE = Text("没有写办件（cases），也没有写办件表（log）", "neither cases nor a table of them (log) is given")
_ONE = Text("办件写在 cases 下，或放在旁边的表格里并在 log 写它的文件名，取一处。", "Give cases, or log, one of them.")
_NO_FOLDER = Text("标准输入旁边没有表格", "there is no table beside standard input")
