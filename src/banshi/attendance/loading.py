"""From a register's file, with the tables beside it, to typed values; and where each part stands."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import msgspec

from banshi.attendance.case import Case
from banshi.attendance.forms import Register, moment
from banshi.attendance.tables import Table, read_leave, read_punches
from banshi.change.loading import to_form
from banshi.documents import Document
from banshi.findings import Finding
from banshi.loaded import LoadedFile, Report
from banshi.loading import Loader
from banshi.locating import Located, from_shape
from banshi.reading import STDIN
from banshi.shape import ShapeProblem
from banshi.text import Text

# A part of the register that may stand in a table beside it: the names of the table, and how it is read.
TABLES: dict[str, tuple[tuple[str, ...], Callable[[Path], Table]]] = {
    "punches": (("打卡.csv", "punches.csv"), read_punches),
    "leave": (("请假.csv", "leave.csv"), read_leave),
}


@dataclass(frozen=True, slots=True)
class RegisterRead:
    """A register, the documents that hold its parts (a table's part is in the table), and how many files were read."""

    register: Register
    sources: dict[str, Located]
    files: int = 1


def load(document: Document, loader: Loader, report: Report) -> Iterator[LoadedFile]:
    """A register with its rules and calendar. Raises ``msgspec.ValidationError``."""
    found = load_register(document, report.findings)
    if found is not None:
        report.files += found.files - 1
        case = Case(found.register, loader.library, loader.days)
        yield LoadedFile("attendance", case, document, sources=found.sources)


def load_register(document: Document, findings: list[Finding]) -> RegisterRead | None:
    """The register; None where a part of it could not be used (``findings`` say why).

    Raises ``msgspec.ValidationError``.
    """
    wrong = list(_wrong_moments(document))
    findings += [from_shape(document, problem) for problem in wrong]
    register = None if wrong else to_form(document.data, Register)
    sources: dict[str, Located] = {}
    for part, (names, read) in TABLES.items():
        path = _beside(document, names)
        if path is None:
            continue
        if part in document.data:
            findings.append(from_shape(document, _both(part, path)))
            return None
        table = read(path)
        findings += table.findings
        sources[part] = Located(table.sheet)
        register = msgspec.structs.replace(register, **{part: tuple(table.rows)}) if register and table.usable else None
    return RegisterRead(register, sources, 1 + len(sources)) if register else None


def _beside(document: Document, names: tuple[str, ...]) -> Path | None:
    if document.path == STDIN:
        return None
    return next((path for name in names if (path := Path(document.path).parent / name).is_file()), None)


def _both(part: str, path: Path) -> ShapeProblem:
    message = Text(f"{part} 写在这里，旁边又有 {path.name}", f"{part} stands here, and there is {path.name} beside it")
    fix = Text("只留一处，免得重复。", "Keep one of them, lest rows count twice.")
    return ShapeProblem("input/two-sources", (part,), message, fix, at_key=True)


def _wrong_moments(document: Document) -> Iterator[ShapeProblem]:
    """Moments that the schema takes for well written, but that never were: 2010-02-30 08:00."""
    for n, leave in enumerate(document.data.get("leave", ())):
        given = [((key,), leave[key]) for key in ("requested_at", "approved_at") if key in leave]
        sent = leave.get("substitute", {}).get("dispatched_at")
        for keys, text in [*given, *([(("substitute", "dispatched_at"), sent)] if sent else [])]:
            try:
                moment(text)
            except ValueError:
                message = Text(f"写的是 {text}：没有这一天", f"{text}: there is no such day")
                fix = Text("核对年、月、日。", "Check year, month and day.")
                yield ShapeProblem("shape/wrong-value", ("leave", n, *keys), message, fix)
