"""From files to scenarios: where they are looked for, and what cannot be tried as it is written."""

import datetime
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from banshi.base.folders import POLICIES, files_below
from banshi.base.limits import MAX_BYTES
from banshi.base.text import Text, listed
from banshi.checking.loaded import LoadedFile
from banshi.checking.loading import Loader
from banshi.files.documents import Document
from banshi.files.findings import Severity
from banshi.files.locating import from_shape
from banshi.files.not_stated import without
from banshi.files.regular_files import read_bytes
from banshi.files.report import Report
from banshi.files.shape import ShapeProblem
from banshi.subjects.scenarios.forms import FACTS, OPEN, SUBJECT, Scenario, Scenarios

FOLDERS = ("tests", POLICIES)  # of a project, where scenarios are looked for
_KIND = re.compile(rf"^[\"']?kind[\"']?\s*:\s*[\"']?{SUBJECT}\b".encode(), re.M)


def files_in(folder: Path) -> list[Path]:
    """The files of scenarios in a folder and below it, in order; links are not followed."""
    return [path for path in sorted(p for p in files_below(folder) if p.match("*.y*ml")) if _is_one(path)]


def _is_one(path: Path) -> bool:
    try:
        return not path.is_symlink() and path.is_file() and bool(_KIND.search(read_bytes(path, MAX_BYTES)))
    except PermissionError:
        return True  # nobody knows: it is said that it cannot be read
    except (OSError, ValueError):
        return False


def to_scenarios(data: Any) -> Scenarios:
    """Typed scenarios from plain data that has passed its schema. Raises ``msgspec.ValidationError``."""
    own = {key: value for key, value in data.items() if key != "$schema"}
    return msgspec.convert(_texts(own), Scenarios, strict=False)


# What is handed on to others as it is written.
_AS_WRITTEN = (
    *("leave", "notes", "duty_log", "windows", "signed_projects", "rows", "filing"),
    *("score", "marks", "bonus", "deductions", "place", "value"),
)


def _texts(data: Any) -> Any:
    """Unquoted whole numbers as text: a year is a period, and numbers are read from text as well."""
    if isinstance(data, dict):
        return {key: each if key in _AS_WRITTEN else _texts(each) for key, each in data.items()}
    if isinstance(data, list):
        return [_texts(each) for each in data]
    return str(data) if type(data) is int else data


def load(document: Document, _loader: Loader, report: Report) -> Iterator[LoadedFile]:
    """A file of scenarios; those that cannot be tried as they are written are left out. Raises ``msgspec.ValidationError``."""
    data = document.to_type
    known = {n: _known(each) for n, each in enumerate(data["scenarios"]) if n not in document.broken}
    for n, unfit in ((n, each) for n, each in known.items() if isinstance(each, Text)):
        report.findings.append(from_shape(document, ShapeProblem("shape/wrong-value", ("scenarios", n), unfit)))
        document.broken |= {n}
    if document.broken:
        report.findings.append(from_shape(document, _left_out(len(document.broken)), Severity.NOTE))
    if fit := tuple(each for each in known.values() if isinstance(each, Scenario)):
        found = msgspec.structs.replace(to_scenarios({**data, "scenarios": []}), scenarios=fit)
        yield LoadedFile(SUBJECT, without(found, document.unstated), document)


def _known(data: Any) -> Scenario | Text:
    """A scenario, or why it cannot be tried as it is written."""
    try:
        found = msgspec.convert(_texts(data), Scenario, strict=False)
    except msgspec.ValidationError as error:
        return Text(f"内容不能使用：{error}", str(error))
    return _unfit(found) or found


def _left_out(many: int) -> ShapeProblem:
    message = Text(f"有 {many} 个情景写得不对，没有试；其余照常试", f"{many} scenarios cannot be tried; the others are")
    fix = Text("先改好上面列出的各处，再试一次。", "Correct what is listed above first, then try again.")
    return ShapeProblem("input/not-judged", ("scenarios",), message, fix)


def _unfit(scenario: Scenario) -> Text | None:
    """Why a scenario cannot be tried as it is written."""
    if len(scenario.given) != 1:
        several = "、".join(FACTS)
        return Text(f"事实要写、也只能写一种：{several}", f"give exactly one of {', '.join(FACTS)}")
    [facts] = scenario.given
    wanted = FACTS[facts]
    if foreign := [key for key in scenario.expect.given if key not in wanted] or not scenario.expect.given:
        named = f"，不能写 {listed(foreign)}" if isinstance(foreign, list) else ""
        return Text(
            f"{facts} 的应得结果写在 expect 的 {'、'.join(wanted)}{named}",
            f"what {facts} leads to is expected under {', '.join(wanted)}",
        )
    if facts == "tier" and scenario.on is None:
        return Text("要写明日期（on）：按哪一天的规定", "on is missing: the law of which day?")
    return _unfit_facts(scenario) or _unfit_day(scenario.expect.until)


def _unfit_facts(scenario: Scenario) -> Text | None:
    attendance, assessment, cases = scenario.attendance, scenario.assessment, scenario.cases
    if attendance and not (attendance.punches or attendance.shifts or attendance.leave):
        return Text("要写 punches、shifts 或 leave：是哪几天的事", "punches, shifts or leave is missing: which days?")
    if assessment and bool(assessment.windows) == bool(assessment.files):
        return Text("事实写在 windows 里或 files 里，取一处", "the facts stand in windows or in files, one of them")
    if cases and bool(cases.rows) == bool(cases.file):
        return Text("办件写在 rows 里或 file 里，取一处", "the cases stand in rows or in a file, one of them")
    if any(target.verdict is None and target.value is None for target in scenario.expect.targets or ()):
        return Text("每项指标要写应得的 verdict 或 value", "each target needs a verdict or a value")
    if scenario.on and (attendance or assessment or cases):
        return Text("不写 on：事实里已有日期", "on does not belong here: the facts have days of their own")
    return None


def _unfit_day(until: str | None) -> Text | None:
    if until is None or until == OPEN or _is_day(until):
        return None
    return Text(f"until 应是 YYYY-MM-DD 或 {OPEN}，写的是 {until}", f"until is a date or {OPEN}, not {until}")


def _is_day(text: str) -> bool:
    try:
        return datetime.date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
