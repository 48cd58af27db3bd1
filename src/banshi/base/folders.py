"""Where content lives: a project's own folders first, the shipped ones after them.

The project is the one that a person stands in or names with ``--project``; a folder that is only checked is data.
"""

import errno
import os
import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NoReturn

from banshi.base.limits import MAX_FOLDERS

_PACKAGE = Path(__file__).resolve().parents[1]
POLICIES, SETTINGS = "policies", "banshi.toml"
CONFIG = "mkdocs.yml"  # the settings of a site
# What a project may bring of its own; the folder of somebody else's files that holds these brings nothing.
OWN = (POLICIES, "schemas", "validators", "site_templates", SETTINGS, CONFIG)


class TemplateBroken(Exception):
    """A template of reports cannot be used; the text says which, where, and why (in Chinese)."""


def real_path(path: str | Path) -> Path:
    """Where a path leads, links followed. (``Path.resolve`` fails where links lead in a circle.)"""
    return Path(os.path.realpath(path))


def is_project(folder: Path) -> bool:
    """Whether a folder is a centre's: it has policies or settings of its own."""
    try:
        return (folder / POLICIES).is_dir() or (folder / SETTINGS).is_file()
    except OSError:  # a name longer than any folder's
        return False


def brings_any(folder: Path) -> bool:
    """Whether a folder holds anything that a project may bring of its own."""
    return any((folder / name).exists() for name in OWN)


def project_of(start: Path) -> Path:
    """The folder of the centre that ``start`` stands in: the first that ``is_project``, going up; else ``start``.

    A folder above that anybody may write into (``/tmp``) is passed over: whoever put policies there is unknown.
    """
    above = (folder for folder in start.parents if not _open_to_all(folder))
    return next((folder for folder in (start, *above) if is_project(folder)), start)


def _open_to_all(folder: Path) -> bool:
    try:
        return os.name == "posix" and bool(folder.stat().st_mode & stat.S_IWOTH)
    except OSError:
        return True


def foreign_project(path: Path, project: Path) -> Path | None:
    """The centre's folder that ``path`` lies in (or is), where that is another one than ``project``; else None."""
    start = Path(os.path.abspath(path))
    found = next((folder for folder in (start, *start.parents) if is_project(folder)), None)
    if found is None or same_folder(found, project) or same_folder(found / POLICIES, shipped(POLICIES)):
        return None  # what is shipped applies anyway
    return found


def _stop(_folder: Path, error: OSError) -> NoReturn:
    raise error


def files_below(
    top: Path, depth: int = MAX_FOLDERS, blocked: Callable[[Path, OSError], object] = _stop
) -> Iterator[Path]:
    """Every file in a folder and those in it, links to folders not followed, as deep as is walked; in no order.

    ``blocked`` is told of a folder that the system will not list; if it does not stop, that one is passed over. Raises
    ``OSError`` if it is not given. A folder that is not there is empty, and so is what lies too deep to be named;
    ``Path.rglob`` stops with an error at a few hundred levels.
    """
    waiting = [(os.fspath(top), depth)]
    while waiting:
        folder, left = waiting.pop()
        try:
            with os.scandir(folder) as entries:
                for entry in entries:
                    if not entry.is_dir(follow_symlinks=False):
                        yield Path(entry.path)
                    elif left > 0:
                        waiting.append((entry.path, left - 1))
        except (FileNotFoundError, NotADirectoryError):
            continue
        except OSError as error:
            if error.errno != errno.ENAMETOOLONG:
                blocked(Path(folder), error)


def same_folder(one: Path, other: Path) -> bool:
    """Whether two paths lead to one folder."""
    return os.path.realpath(one) == os.path.realpath(other)


def inside(path: Path, folder: Path) -> bool:
    """Whether a path lies in a folder (or is it) once every link of both is followed."""
    return Path(os.path.realpath(path)).is_relative_to(os.path.realpath(folder))


def shipped(name: str) -> Path:
    """The shipped folder or file ``name``: inside the wheel, or at the top of a checkout."""
    inside_wheel = _PACKAGE / name
    return inside_wheel if inside_wheel.exists() else _PACKAGE.parent.parent / name


_kept_folders: dict[str, str] = {}  # folders of a project's own → where everything in them must lie


def layered(project: Path, name: str) -> list[Path]:
    """The project's own folder ``name`` (if any), then the shipped one; each at most once. For data.

    No link in the own one leads out of the project: what is opened in it is held against ``bounds``.
    """
    own, ours = real_path(project / name), real_path(shipped(name))
    if own.is_dir():
        top = real_path(project)
        _kept_folders[str(own)] = str(top if own.is_relative_to(top) else own)
    return [folder for folder in dict.fromkeys((own, ours)) if folder.is_dir()]


def bounds(path: Path) -> str | None:
    """Where a file in a folder that ``layered`` has named must lie once links are followed; None for any other file."""
    above, name = "", os.path.abspath(path)
    while name not in _kept_folders and name != above:
        above, name = name, os.path.dirname(name)
    return _kept_folders.get(name)


def code_folders(project: Path, name: str, *, own: bool) -> list[Path]:
    """The same for folders that hold code: without the project's own unless it may run (``own``)."""
    return layered(project, name) if own else [real_path(shipped(name))]


def first_file(project: Path, name: str) -> Path:
    """The project's own file ``name`` if it has one, else the shipped one."""
    own = project / name
    return own if own.is_file() else shipped(name)


def own_policies(project: Path) -> Path | None:
    """The project's own policies folder, or None when it has none."""
    own = project / POLICIES
    return own if own.is_dir() else None


def near(path: Path) -> Path:
    """A file or folder as one names it from here; as it is where that is far away (another drive, three folders up)."""
    try:
        found = os.path.relpath(path)
    except (OSError, ValueError):
        return path
    return Path(found) if found.count("..") < 3 else path
