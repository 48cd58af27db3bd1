"""What a conversion does not take with it, and says: files of a project's folder that are no forms, comments."""

from collections.abc import Container
from pathlib import Path

from banshi.base.text import Lang, Text
from banshi.files.discovery import PROJECT_FILE, change_files, discover
from banshi.files.documents import Place
from banshi.files.findings import Severity
from banshi.files.kinds import KINDS
from banshi.files.locating import from_input
from banshi.files.reading import LINES_SUFFIXES, TABLE_SUFFIXES, YAML_SUFFIXES, InputProblem
from banshi.files.report import Report
from banshi.files.units import Trouble
from banshi.output.terminal import complain

_SHOWN = 30  # characters of a comment
_OTHER = InputProblem(
    "input/left-aside",
    Place(1, 1, 1),
    Text(
        "不是这个项目的 project.yaml 和 changes/ 里的报批表，没有转换", "no form of this project; it was not converted"
    ),
    Text("要的，另外转换。", "Convert it by itself if it matters."),
)


_FORM = InputProblem(
    "input/left-aside",
    Place(1, 1, 1),
    Text("表格和文档里的报批表没有转换", "forms in tables and documents are not converted with a folder"),
    Text("另外转换，并进结果。", "Convert it by itself, and put it into the result."),
)


def files_left(folder: Path, report: Report) -> None:
    """Tell of what lies in a project's folder beside its own files; what may be forms of it is an error."""
    for path in change_files(folder)[1]:
        report.findings.append(from_input(path.as_posix(), _FORM))
    for unit in discover([folder]):
        if isinstance(unit, Trouble):
            report.findings.append(from_input(unit.path.as_posix(), unit.problem, severity=unit.severity))
        elif unit.path != folder:
            report.findings.append(from_input(unit.path.as_posix(), _OTHER, severity=Severity.WARNING))


def tables_left(path: Path, kinds: Container[str], report: Report) -> None:
    """Tell of the tables beside a document of a kind that may have its rows in them: they are not converted with it."""
    if path.suffix.lower() not in (*YAML_SUFFIXES, *LINES_SUFFIXES) or not any(
        kind.name in kinds and kind.tables_beside for kind in KINDS.values()
    ):
        return
    for each in sorted(path.parent.iterdir()):
        if each.suffix.lower() in TABLE_SUFFIXES and each.is_file():
            report.findings.append(from_input(each.as_posix(), _ROWS, severity=Severity.WARNING))


_ROWS = InputProblem(
    "input/left-aside",
    Place(1, 1, 1),
    Text("在旁边，可能是它的内容，没有一并转换", "beside it; it may hold rows of it, and was not converted with it"),
    Text("是它的内容的，和转换的结果放在一起。", "If it does, put it beside the result."),
)


def say_comments(path: Path, lang: Lang) -> None:
    """Say that comments of YAML stay behind: they are no content, but may hold reasons."""
    from banshi.files.yaml_round_trip import comments_in  # late: only who converts asks

    if left := comments_in([path] if not path.is_dir() else [path / PROJECT_FILE, *change_files(path)[0]]):
        zh = f"原文件里的注释 {len(left)} 行没有带过去（{left[0][:_SHOWN]}……）：还要用的，留着原文件"
        complain(Text(zh, f"{len(left)} lines of comments stay behind: keep the file if they matter").say(lang))
