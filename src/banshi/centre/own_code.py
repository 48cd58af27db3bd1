"""What a project brings of its own that would run: rules, templates, settings of mkdocs that name code."""

import hashlib
import os
from collections.abc import Iterator
from importlib.machinery import all_suffixes
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from banshi.base.folders import CONFIG, inside, same_folder, shipped
from banshi.base.limits import CODE_DEEP, MAX_BYTES
from banshi.files.regular_files import read_bytes

if TYPE_CHECKING:
    from banshi.centre.mkdocs_settings import WantedSettings

RULES, TEMPLATES = "validators", "site_templates"
# Tables of words: they are read and printed, never run.
_DATA = ("words.yaml", "search_terms.yaml", "usage.yaml")
PARTS = (RULES, TEMPLATES, CONFIG)
_SUFFIXES = tuple(all_suffixes())  # of what Python imports: .py, .pyc, .so …


class OwnCode(Struct, frozen=True):
    """One part of a project's own code: its files with the SHA-256 of each, and what makes it unfit to be trusted.

    ``files``: paths relative to the project, in order. ``keys``: the settings of mkdocs that need trust. ``unfit``:
    links, files outside the project and files past all size: nobody can vouch for them by looking at the project.
    """

    part: str
    files: dict[str, str]
    keys: tuple[str, ...] = ()
    unfit: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.files or self.unfit)


def own_code(project: Path, part: str) -> OwnCode:
    """The own code of one part; empty where the project has none, or where its folder is the shipped one."""
    place = project / part
    if not os.path.lexists(place) or same_folder(place, shipped(part)):
        return OwnCode(part, {})
    if part == CONFIG:
        from banshi.centre.mkdocs_settings import wanted  # late: most commands run nothing of a site

        return _of_mkdocs(project, wanted(place))
    found = [path for path in _files(place) if not (part == TEMPLATES and _is_data(path, place))]
    return _digested(project, part, found)


def _is_data(path: Path, templates: Path) -> bool:
    return path.parent == templates and path.name in _DATA and not path.is_symlink()


def _files(folder: Path, depth: int = 0) -> Iterator[Path]:
    """Every file and every link below a folder, in order; caches of the interpreter are never used, so not listed.

    A folder too deep is listed itself: it is no file, and so unfit.
    """
    if folder.is_symlink() or not folder.is_dir() or depth > CODE_DEEP:
        yield folder
        return
    for entry in sorted(folder.iterdir()):
        if entry.is_dir() and not entry.is_symlink():
            if entry.name != "__pycache__":
                yield from _files(entry, depth + 1)
        else:
            yield entry


def _of_mkdocs(project: Path, settings: "WantedSettings") -> OwnCode:
    if not settings.keys:
        return OwnCode(CONFIG, {})
    beside = [path for hook in settings.hooks for path in (hook, *_modules(hook.parent, project))]
    named = [path for place in settings.named for path in _named(place, project)]
    return _digested(project, CONFIG, [*settings.files, *beside, *named], settings.keys)


def _named(place: Path, project: Path) -> Iterator[Path]:
    """What a setting of mkdocs may run where it names a file or a folder, or a module by its name."""
    if os.path.realpath(place) == os.path.realpath(project):
        return
    if os.path.isdir(place):
        yield from _modules(place, project)
    elif os.path.lexists(place):
        yield place
    else:
        yield from (found for each in _SUFFIXES if os.path.lexists(found := Path(f"{place}{each}")))


def _modules(folder: Path, project: Path, depth: int = 0) -> Iterator[Path]:
    """Every module that could be imported from a folder of the project, compiled ones and those in packages too.

    Copies that the interpreter keeps are none: it is told to look for them elsewhere. A link to a folder is listed itself.
    """
    if not inside(folder, project):
        return
    try:
        entries = sorted(folder.iterdir()) if depth <= CODE_DEEP else None
    except OSError:
        entries = None
    if entries is None:  # nobody can look into it
        yield folder
        return
    for entry in entries:
        if not entry.is_dir():
            if entry.name.endswith(_SUFFIXES):
                yield entry
        elif entry.name.isidentifier() and entry.name != "__pycache__":
            if entry.is_symlink():
                yield entry
            else:
                yield from _modules(entry, project, depth + 1)


def _is_fit(path: Path) -> bool:
    return not path.is_symlink() and path.is_file() and path.stat().st_size <= MAX_BYTES


def _digested(project: Path, part: str, paths: list[Path], keys: tuple[str, ...] = ()) -> OwnCode:
    files, unfit = {}, []
    for path in dict.fromkeys(paths):
        name = Path(os.path.relpath(path, project)).as_posix()
        if not _is_fit(path) or not inside(path, project):
            unfit.append(name)
        else:
            files[name] = hashlib.sha256(read_bytes(path, MAX_BYTES)).hexdigest()
    return OwnCode(part, dict(sorted(files.items())), keys, tuple(unfit))
