"""What is there to check? Paths become units of work: one project's folder, one file, or one file of lines."""

import errno
import os
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TypeVar

from msgspec import Struct

from banshi.base.folders import OWN, POLICIES, SETTINGS, files_below, foreign_project, is_project, same_folder
from banshi.base.patterns import late
from banshi.base.text import Text, listed
from banshi.files.documents import Place
from banshi.files.findings import Severity
from banshi.files.kinds import KINDS
from banshi.files.locating import failure
from banshi.files.reading import DOCUMENT_SUFFIXES, LINES_SUFFIXES, YAML_SUFFIXES, InputProblem, unreadable
from banshi.files.regular_files import STDIN, Moved, place_of, stays_inside
from banshi.files.tables.contents import LOGS, is_table
from banshi.files.units import LinesFile, OneFile, ProjectFolder, TableFile, Trouble, Unit
from banshi.files.unread_files import UnreadFiles, kind_written, no_input, unread
from banshi.files.walking import TAKEN, walked

PROJECT_FILE = "project.yaml"
CHANGES = "changes"
_VERSION = late(r"\d{4}(-\d{2}(-\d{2})?)?\.ya?ml\Z")
_NAMING = frozenset(name for name, kind in KINDS.items() if kind.tables_beside == "named")
_Seen = TypeVar("_Seen")
_CLAIMING = frozenset(name for name, kind in KINDS.items() if kind.tables_beside == "own")


def discover(paths: list[Path], project: Path | None = None, *, apart: bool = False) -> Iterator[Unit]:
    """The units of work under the given paths, in order of path; nothing is yielded twice.

    ``project``: the folder whose law is applied; of another centre's folder it is said that its own law is not.
    ``apart``: other centres below the paths are a matter of their own, and only named.
    """
    wanted: dict[Path, set[Path] | None] = {}
    if project is not None:
        others = (_other(path, project) for path in paths if str(path) != STDIN)
        yield from (_not_applied(other, project) for other in dict.fromkeys(others) if other)
    seen: set[str] = set()
    for path in sorted(paths, key=_as_table):  # documents first, because they may say that a table is theirs
        for unit in _guarded(path, _one(path, wanted, apart=apart)):
            if isinstance(unit, _Nested):
                if project is not None and not same_folder(unit.path, project):
                    yield _kept_apart(unit.path) if apart else _not_applied(unit.path, project)
            elif isinstance(unit, Trouble) or (whole := os.path.abspath(unit.path)) not in seen:
                seen.update(() if isinstance(unit, Trouble) else (whole,))
                yield unit
    for folder in sorted(wanted):
        only = wanted[folder]
        yield ProjectFolder(folder, None if only is None else frozenset(only))


def _guarded(path: Path, units: Iterator["Unit | _Nested"]) -> Iterator["Unit | _Nested"]:
    """The units of a path that was named; where the tool fails over it, that is told there, and the other paths go on."""
    try:
        yield from units
    except Exception as error:
        yield _failed(path, error)


def _failed(path: Path, error: Exception) -> Trouble:
    if os.environ.get("BANSHI_DEBUG"):
        raise error
    return Trouble(path, failure(error), fatal=True)


def _as_table(path: Path) -> bool:
    """Whether a path that was named is a table's; of folders and of standard input it is not."""
    try:
        return str(path) != STDIN and path.suffix.lower() not in (*YAML_SUFFIXES, *LINES_SUFFIXES) and is_table(path)
    except Exception:  # told where the path is looked at
        return False


class _Looks:
    """Looks at single files of a folder, each for itself: over which of them the tool fails, is told, and not read."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.failed: dict[str, Trouble] = {}

    def at(self, name: str, look: Callable[[Path], _Seen], otherwise: _Seen) -> _Seen:
        """What a look at a file gives; ``otherwise`` where it fails, or has failed before."""
        if name in self.failed:
            return otherwise
        try:
            return look(self._folder / name)
        except Exception as error:
            self.failed[name] = _failed(self._folder / name, error)
            return otherwise

    def told(self, names: list[str]) -> Iterator[Trouble]:
        """Those that failed; they are taken off the names."""
        names[:] = [name for name in names if name not in self.failed]
        yield from self.failed.values()


class _Nested(Struct, frozen=True):
    """A centre's folder below one that is walked."""

    path: Path


def _other(path: Path, project: Path) -> Path | None:
    """The other centre's folder that a path lies in, written as the path is."""
    found = foreign_project(path, project)
    if found is None or path.is_absolute():
        return found
    return Path(os.path.relpath(found))


def _not_applied(folder: Path, project: Path) -> Trouble:
    own = listed(name + "/" * (folder / name).is_dir() for name in OWN if (folder / name).exists())
    by = Text("所在项目", "the project one stands in") if is_project(project) else Text("随附", "what is shipped")
    message = Text(
        f"这里有自己的 {own}，只当作被检查的文件，没有采用；按{by.zh}的规定判断",
        f"its own {own} are data here and not applied; judged by {by.en}",
    )
    fix = Text(f"要按它自己的规定，加 --project {folder}。", f"To apply them, add --project {folder}.")
    return Trouble(folder, InputProblem("input/not-applied", Place(1, 1, 1), message, fix), severity=Severity.NOTE)


def _kept_apart(folder: Path) -> Trouble:
    message = Text(
        "这里是另一个中心的项目，有自己的规定，没有一并检查",
        "this is another centre's project; it was not checked with the rest",
    )
    command = f"banshi check --project {folder} {folder}"
    fix = Text(f"按它自己的规定检查：{command}", f"Check it by its own law: {command}")
    return Trouble(folder, InputProblem("input/kept-apart", Place(1, 1, 1), message, fix), severity=Severity.NOTE)


def _one(path: Path, projects: dict[Path, set[Path] | None], *, apart: bool) -> Iterator[Unit | _Nested]:
    if str(path) == STDIN:
        yield OneFile(path)
        return
    try:
        is_folder, exists = path.is_dir(), path.exists()
    except (OSError, ValueError) as error:  # a name that the system cannot spell
        yield Trouble(path, unreadable(error if isinstance(error, OSError) else FileNotFoundError()), fatal=True)
        return
    if not exists:
        why = OSError(errno.ELOOP, "link") if path.is_symlink() else FileNotFoundError()
        yield Trouble(path, unreadable(why), fatal=True)
    elif is_folder:
        yield from _folder(path, projects, apart=apart)
    else:
        yield from _file(path, projects)


def _file(path: Path, projects: dict[Path, set[Path] | None]) -> Iterator[Unit]:
    form = next((p for p in path.parents if p.name == CHANGES and (p.parent / PROJECT_FILE).is_file()), None)
    project = form.parent if form else path.parent
    if path.suffix.lower() in LINES_SUFFIXES:
        yield LinesFile(path)
    elif path.suffix.lower() in DOCUMENT_SUFFIXES or is_table(path):
        yield TableFile(path)
    elif (project / PROJECT_FILE).is_file() and (path.name == PROJECT_FILE or form):
        known = projects.setdefault(project, set())
        if known is not None:
            known.add(path)
    else:
        yield OneFile(path)


def _folder(top: Path, projects: dict[Path, set[Path] | None], *, apart: bool) -> Iterator[Unit | _Nested]:
    found = 0
    if top.name == CHANGES and (top.parent / PROJECT_FILE).is_file():
        projects[top.parent] = None
        return
    for folder, names, files, error in walked(top):
        if error:
            yield Trouble(folder, unreadable(error), fatal=isinstance(error, PermissionError))
            found += 1
            continue
        if folder != top and (POLICIES in names or SETTINGS in files):
            yield _Nested(folder)
            if apart:
                names.clear()
                found += 1
                continue
        looks = _Looks(folder)
        for path in _led_out(folder, names, files, top, looks):
            yield Trouble(path, LED_OUT)
            found += 1
        if PROJECT_FILE in files or (CHANGES in names and _has_documents(folder / CHANGES)):
            projects[folder] = None
            names[:] = [n for n in names if n != CHANGES]
            files[:] = [n for n in files if n != PROJECT_FILE]
            found += 1
        belongs = any(each in projects for each in (folder, *folder.parents))
        files[:] = sorted(name for name in files if not looks.at(name, no_input, otherwise=False))
        for name in [each for each in files if looks.at(each, _is_filled_form, otherwise=False)]:
            files.remove(name)
            yield TableFile(folder / name, walked=True)
            found += 1
        kinds = _kinds(files, looks)
        tables = {name for name in files if looks.at(name, is_table, otherwise=False)}
        for failed in looks.told(files):
            yield failed
            found += 1
        for unit in _files(folder, files, tables, kinds, belongs=belongs):
            yield unit
            found += 1
        for unit in _unread(folder, files, tables, kinds, belongs=belongs):
            yield unit
            found += unit.severity is Severity.ERROR
    if not found:
        yield Trouble(top, _NOTHING)


def _is_filled_form(path: Path) -> bool:
    """Whether a document says itself that it is a form; any other may be an attachment."""
    if path.suffix.lower() not in DOCUMENT_SUFFIXES:
        return False
    from banshi.files.tables.docx import form_in  # late: hardly any folder has one

    return form_in(path)


def _kinds(names: list[str], looks: _Looks) -> frozenset[str]:
    """The kinds of the documents in a folder; not looked at where there is nothing but documents."""
    suffixes = {name: Path(name).suffix.lower() for name in names}
    if all(suffix in (*YAML_SUFFIXES, *LINES_SUFFIXES) for suffix in suffixes.values()):
        return frozenset()
    documents = (name for name, suffix in suffixes.items() if suffix in YAML_SUFFIXES)
    return frozenset(looks.at(name, kind_written, otherwise="") for name in documents)


def _files(folder: Path, names: list[str], tables: set[str], kinds: frozenset[str], *, belongs: bool) -> Iterator[Unit]:
    """Every file of a known suffix: documents first, because they may say that a table is theirs."""
    suffixes = {name: Path(name).suffix.lower() for name in names}
    for name, suffix in suffixes.items():
        if suffix in LINES_SUFFIXES:
            yield LinesFile(folder / name)
        elif suffix in YAML_SUFFIXES:
            yield OneFile(folder / name)
    severity = _severity(kinds, belongs=belongs)
    for name in suffixes:
        if name in tables:
            yield TableFile(folder / name, walked=True, claimed=kinds & _CLAIMING, severity=severity)


def _severity(kinds: frozenset[str], *, belongs: bool) -> Severity:
    """Of a file that is not read: an error, but beside documents that name no tables it may be an attachment.

    Beside a document that says itself which tables bear on it, that document says how grave it is.
    """
    may_lie_there = belongs or kinds & _CLAIMING or (kinds and not kinds & _NAMING)
    return Severity.NOTE if may_lie_there else Severity.ERROR


def _unread(
    folder: Path, names: list[str], tables: set[str], kinds: frozenset[str], *, belongs: bool
) -> Iterator[Trouble]:
    """Files that no reader takes."""
    severity = _severity(kinds, belongs=belongs)
    others = (name for name in names if Path(name).suffix.lower() not in TAKEN and name not in tables)
    for found in unread(folder, (folder / name for name in others)):
        yield trouble_of(found, severity)


def trouble_of(found: UnreadFiles, severity: Severity) -> Trouble:
    """What is said of unread files: as gravely as that where they may hold rows or a form, else as a note."""
    return Trouble(found.path, found.problem, severity=severity if found.grave else Severity.NOTE, unread=found)


def _led_out(folder: Path, names: list[str], files: list[str], top: Path, looks: _Looks) -> list[Path]:
    """The links that lead out of the folder that is walked; they are taken off the lists."""
    every = [n for n in (*names, *files) if _is_wanted(n, names)]
    out = [n for n in every if not looks.at(n, partial(_stays, top=top), otherwise=True)]
    names[:] = [n for n in names if n not in out]
    files[:] = [n for n in files if n not in out]
    return [folder / name for name in sorted(out)]


def _is_wanted(name: str, folders: list[str]) -> bool:
    return name in folders or Path(name).suffix.lower() in (*TAKEN, *DOCUMENT_SUFFIXES, LOGS)


def _stays(path: Path, top: Path) -> bool:
    return stays_inside(path, top) or not path.is_symlink()


def _has_documents(folder: Path) -> bool:
    try:
        named = (p for p in files_below(folder) if p.suffix.lower() in YAML_SUFFIXES)
        return any(not _VERSION.match(p.name) for p in named)  # an instrument's folder may have the same name
    except OSError:
        return True  # whatever is in there, it has to be said that it was not read


_NOTHING = InputProblem(
    "input/nothing-to-check",
    Place(1, 1, 1),
    Text("文件夹里没有可检查的文件", "nothing to check in this folder"),
    Text(
        "放进 YAML 文件或表格（CSV、XLSX）；各种文件怎样摆放，见 examples/。",
        "Put YAML files or tables (CSV, XLSX) into it; examples/ shows how.",
    ),
)


LED_OUT = InputProblem(
    "input/link",
    Place(1, 1, 1),
    Text("这是通到文件夹外面的链接，没有跟进去", "this link leads out of the folder and was not followed"),
    Text(
        "要检查它指向的文件，直接写那里的路径；要放在这里，换成文件本身。",
        "To check what it leads to, give that path; to keep it here, put the file itself in its place.",
    ),
)


_TO_FOLDER = InputProblem(
    "input/link",
    Place(1, 1, 1),
    Text("这是指向文件夹的链接，没有跟进去", "this is a link to a folder and was not followed"),
    Text("把报批表直接放在 changes/ 或它的子文件夹里。", "Put the forms into changes/ or a folder in it."),
)


def not_followed(path: Path, folder: Path) -> InputProblem | None:
    """Said of a link that leads out of the folder that it belongs to, or of a form that is a link to a folder."""
    if not path.is_symlink():
        stays_inside(path, folder)
        return None
    if not stays_inside(path, folder):
        return LED_OUT
    return _TO_FOLDER if path.is_dir() and path.name != CHANGES else None


def change_files(folder: Path) -> tuple[list[Path], list[Path]]:
    """The change forms of a project's folder, and what else lies among them; subfolders of ``changes`` count.

    In order of name. Links to folders are among the forms, so that it can be said that they are not followed. Raises
    ``OSError``.
    """
    changes = folder / CHANGES
    for place in (folder, changes):
        if os.path.realpath(place) != place_of(place):
            raise Moved(place)
    if not changes.is_dir():
        return [], []
    list(changes.iterdir())  # a folder that cannot be read must not look like an empty one
    found = sorted(files_below(changes))
    forms = [p for p in found if p.suffix.lower() in YAML_SUFFIXES or p.is_dir()]
    return forms, [p for p in found if p not in set(forms) and not no_input(p)]
