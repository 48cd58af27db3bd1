"""From an assessment's file to a case: windows that cannot be read are reported, and the others are kept."""

import datetime
from collections.abc import Iterator
from typing import Any

import msgspec

from banshi.base.text import Text, listed
from banshi.checking.loaded import LoadedFile
from banshi.checking.loading import Loader
from banshi.files.discovery import discover
from banshi.files.documents import Document
from banshi.files.findings import Route, Severity
from banshi.files.locating import from_shape
from banshi.files.named_files import named_file
from banshi.files.report import Report
from banshi.files.shape import ShapeProblem
from banshi.files.typed import to_form
from banshi.subjects.assessment.case import AssessmentInLaw
from banshi.subjects.assessment.faulty import usable
from banshi.subjects.assessment.forms import Assessment, Window
from banshi.subjects.assessment.names import to_ids
from banshi.subjects.assessment.register import NamedRegisters
from banshi.subjects.assessment.table_documents import WorkbookDocument
from banshi.subjects.assessment.told_twice import told_twice
from banshi.subjects.assessment.unread import UnreadOfWindow
from banshi.subjects.attendance.case import RegisterInLaw as AttendanceCase
from banshi.subjects.attendance.joining import together


def load(document: Document, loader: Loader, report: Report) -> Iterator[LoadedFile]:
    """An assessment with its law, calendar and register. Raises ``msgspec.ValidationError``."""
    data = document.data
    if ("windows",) in document.astray:
        return
    if wrong_head := _unclear_period(data):
        report.findings.append(from_shape(document, wrong_head))
        return
    if not isinstance(document, WorkbookDocument):  # of which each sheet was told
        report.reading.took_document(document, Text("窗口考核", "assessment of windows"))
    report.findings += [from_shape(document, problem) for problem in to_ids(document, loader.library)]
    register = _register(document, loader, report)
    found = _windows(document, report)
    lost = {n: _id_of(written) for n, written in enumerate(data["windows"]) if n not in found}
    report.reading.took_records(document.path, Text("窗口", "windows"), len(found), len(lost))
    if lost:
        report.findings.append(
            from_shape(document, _incomplete([own or f"第{n + 1}个窗口" for n, own in lost.items()]), Severity.NOTE)
        )
    unread = {n: each for n, (_, each) in found.items() if each is not None}
    if unread:
        report.findings.append(from_shape(document, _in_part([found[n][0].id for n in sorted(unread)]), Severity.NOTE))
    head = {key: value for key, value in data.items() if key != "windows"}
    windows = tuple(window for window, _ in found.values())
    assessment = msgspec.structs.replace(to_form({**head, "windows": []}, Assessment), windows=windows)
    case = AssessmentInLaw(
        assessment,
        loader.library,
        loader.days,
        indexes=tuple(found),
        register=register,
        lost=tuple(lost.values()),
        unread=unread,
    )
    report.findings += [from_shape(document, each) for each in told_twice(case, _stands_in(document), loader.told)]
    yield LoadedFile("assessment", case, document, case.law)


def to_window(written: dict[str, Any]) -> Window:
    """Typed window from plain data that has passed its schema. Raises ``msgspec.ValidationError``."""
    facts = {slug: _fact(value) for slug, value in written.get("facts", {}).items()}
    window = to_form({**written, "facts": facts}, Window)  # which leaves out ``kind``, as at the top of a file
    return msgspec.structs.replace(window, kind=written.get("kind", window.kind))


def _fact(value: Any) -> dict[str, Any]:
    """A bare count or yes/no as the group that it is short for."""
    if isinstance(value, dict):
        return value
    if isinstance(value, bool):
        return {"found": value}
    return {"count": value} if isinstance(value, int) else {"amount": value}


def _windows(document: Document, report: Report) -> dict[int, tuple[Window, UnreadOfWindow | None]]:
    """By their place, the windows that can be used, each with what of it was not read (None: nothing)."""
    found: dict[int, tuple[Window, UnreadOfWindow | None]] = {}
    noted = document.unread if isinstance(document, WorkbookDocument) else {}
    for n, written in enumerate(document.data["windows"]):
        wrong = [where[2:] for where in document.astray if where[:2] == ("windows", n)]
        part = usable(written, wrong) if n not in document.broken else None
        if part is not None and (days := list(_wrong_days(n, part[0]))):
            report.findings += [from_shape(document, problem) for problem in days]
            wrong += [problem.where[2:] for problem in days]
            part = usable(written, wrong)
        if part is not None:
            unread = noted.get(n, UnreadOfWindow())
            unread.add_all(part[1])
            found[n] = to_window(part[0]), unread if unread.bears or unread.group else None
    return found


def _wrong_days(n: int, written: dict[str, Any]) -> Iterator[ShapeProblem]:
    """Days of counts by day that are no days."""
    for slug, value in written.get("facts", {}).items():
        for day in value.get("days", ()) if isinstance(value, dict) else ():
            if not _is_day(day):
                message = Text(f"写的是 {day}：没有这一天", f"{day}: there is no such day")
                where: Route = ("windows", n, "facts", slug, "days", day)
                yield ShapeProblem("shape/wrong-value", where, message, _WRITE_DAY, at_key=True)


def _is_day(text: object) -> bool:
    try:
        datetime.date.fromisoformat(str(text))
    except ValueError:
        return False
    return len(str(text)) == len("2012-01-05")


def _unclear_period(data: dict[str, Any]) -> ShapeProblem | None:
    """That a file does not say of which period it is, or says it twice."""
    if ("quarter" in data) != ("period" in data):
        return None
    if "quarter" in data:
        message = Text("“季度”（quarter）和“考核期”（period）都写了", "both quarter and period are given")
        return ShapeProblem("shape/wrong-value", ("period",), message, _ONE_PERIOD, at_key=True)
    message = Text("缺少“季度”（quarter）或“考核期”（period）", "quarter or period is missing")
    return ShapeProblem("shape/missing-key", (), message, _ONE_PERIOD)


_ONE_PERIOD = Text(
    "写明是哪一期：quarter: 2012-Q1，或 period: 2026-03（月）、2026-H1（半年）、2026（年），只写一处。",
    "Give one of them: quarter: 2012-Q1, or period: 2026-03, 2026-H1, 2026.",
)


def _register(document: Document, loader: Loader, report: Report) -> NamedRegisters | None:
    """The attendance registers that the file names; their own faults are reported where they are checked."""
    named = document.data.get("attendance")
    if named is None:
        return None
    path, apart = named_file(document, "attendance", str(named), loader.within), Report()
    if isinstance(path, ShapeProblem):
        report.findings.append(from_shape(document, path))
        return None
    every = (loaded for unit in discover([path]) for loaded in loader.load(unit, apart))
    values = [loaded.value for loaded in every if isinstance(loaded, LoadedFile)]
    report.reading.add(apart.reading)
    found = [value for value in values if isinstance(value, AttendanceCase)]
    if not found:
        report.findings.append(from_shape(document, _no_register(str(named), apart)))
        return None
    if any(finding.severity is Severity.ERROR for finding in apart.findings):
        report.findings.append(from_shape(document, _register_in_part(str(named))))
        return None
    return NamedRegisters(str(named), tuple(together(found)))


def _no_register(named: str, apart: Report) -> ShapeProblem:
    why = next((f.message for f in apart.findings if f.severity is Severity.ERROR), None)
    zh, en = (f"：{why.zh}", f": {why.en}") if why else ("", "")
    message = Text(f"{named} 里没有能用的考勤登记{zh}", f"there is no usable attendance register in {named}{en}")
    fix = Text(
        "改正路径（相对本文件所在的文件夹），并用 banshi check 检查那份登记；没有登记的，删去这一行。",
        "Correct the path (relative to this file's folder) and check that register; delete the line if there is none.",
    )
    return ShapeProblem("input/no-register", ("attendance",), message, fix)


def _register_in_part(named: str) -> ShapeProblem:
    """Said of a register of which not everything was read: its counts would be too low."""
    message = Text(
        f"{named} 没有全部读出，不能用它的违规人次；没有写明的按没有写明算",
        f"{named} could not be read as a whole, so its breaches are not used",
    )
    fix = Text(
        f"用 banshi check 检查 {named}，改好再算一次。", f"Check {named} with banshi check, correct it, and run again."
    )
    return ShapeProblem("input/no-register", ("attendance",), message, fix)


_WRITE_DAY = Text("日期写成 YYYY-MM-DD。", "Write days as YYYY-MM-DD.")
_NAMED = 10  # how many windows one message names


def _id_of(written: object) -> str:
    """A window's id, as far as it says one."""
    own = written.get("id") if isinstance(written, dict) else None
    return str(own) if isinstance(own, str | int) else ""


def _in_part(windows: list[str]) -> ShapeProblem:
    named = listed(windows[:_NAMED]) + (f"等 {len(windows)} 个窗口" if len(windows) > _NAMED else "")
    message = Text(
        f"{named} 有没有读出的行、格或写得不对的地方，涉及的得分、总分和名次只写得出范围",
        f"{len(windows)} windows were read in part: ranges only",
    )
    fix = Text("先改好这些地方，再算一次。", "Correct those places first, then compute again.")
    return ShapeProblem("input/incomplete-assessment", (), message, fix)


def _incomplete(lost: list[str]) -> ShapeProblem:
    named = listed(lost[:_NAMED]) + (f"等 {len(lost)} 个窗口" if len(lost) > _NAMED else "")
    message = Text(
        f"{named} 读不出或格式不对，没有计分；它们会排在哪里不知道，其余窗口的名次只写得出范围",
        f"{len(lost)} windows cannot be used and are not scored; the others have ranges of places",
    )
    fix = Text("先改好这些窗口，再算一次。", "Correct those windows first, then compute again.")
    return ShapeProblem("input/incomplete-assessment", (), message, fix)


def _stands_in(document: Document) -> str:
    """The file, and of a file with a document a line which line."""
    return document.path if document.first_line == 1 else f"{document.path}:{document.first_line}"
