"""What lies among the forms of a project and is none: attachments that a form names, and files that may be forms."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from banshi.base.text import Text
from banshi.files.discovery import trouble_of
from banshi.files.documents import Place
from banshi.files.findings import Severity
from banshi.files.locating import from_input
from banshi.files.reading import LINES_SUFFIXES, TABLE_SUFFIXES, InputProblem
from banshi.files.report import Report
from banshi.files.unread_files import UnreadFiles, unread
from banshi.subjects.change.missing import Missing


def unread_forms(changes: Path, others: list[Path], forms: list[Any], report: Report) -> Iterator[Missing]:
    """Say which ``others`` in ``changes`` are not read; each that may be a form is an error, and as good as missing.

    ``forms``: what there is of the forms: what they say is attached to them is no matter.
    """
    attached = {name for data in forms for name in _attached_names(data)}
    rest = [path for path in others if path.name not in attached]
    tables = [path for path in rest if path.suffix.lower() in (*TABLE_SUFFIXES, *LINES_SUFFIXES)]
    found = [UnreadFiles(path, _NO_FORM, grave=True) for path in tables]
    found += unread(changes, (path for path in rest if path not in tables))
    for each in sorted(found, key=lambda one: one.path):
        said = trouble_of(each, Severity.ERROR)
        report.leave(from_input(said.path.as_posix(), said.problem, severity=said.severity))
        if each.grave:
            yield Missing(each.path.name)


def _attached_names(data: Any) -> Iterator[str]:
    """The names of the files that a form says are attached to it, however much else is wrong with it."""
    listed_ones = data.get("attachments") if isinstance(data, dict) else None
    for one in listed_ones if isinstance(listed_ones, list) else ():
        name = one.get("file") if isinstance(one, dict) else None
        if isinstance(name, str):
            yield name.replace("\\", "/").rsplit("/", 1)[-1]


_NO_FORM = InputProblem(
    "input/left-aside",
    Place(1, 1, 1),
    Text("changes/ 里的报批表用 YAML 填写，这个文件没有读", "forms in changes/ are YAML; this file was not read"),
    Text(
        "是报批表的，填成 YAML；是附件的，写进那份报批表的 attachments；都不是的，移到别处。",
        "Write a form as YAML; list an attachment in its form; move anything else elsewhere.",
    ),
)
