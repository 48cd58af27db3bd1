"""Which folders are walked for what lies in them: not what a build made, nor what programs keep for themselves."""

import errno
import os
from collections.abc import Iterator
from pathlib import Path

from banshi.base.folders import files_below, real_path
from banshi.base.limits import MAX_FOLDERS
from banshi.files.reading import LINES_SUFFIXES, TABLE_SUFFIXES, YAML_SUFFIXES

_SKIPPED = frozenset(("node_modules", "__pycache__"))
_MADE = frozenset(("site", "build"))  # what is built, where it looks so
TAKEN = (*YAML_SUFFIXES, *LINES_SUFFIXES, *TABLE_SUFFIXES)


def walked(top: Path) -> Iterator[tuple[Path, list[str], list[str], OSError | None]]:
    """Like ``os.walk`` with links followed, without what is hidden (settings of other tools); a folder that cannot be read, or a link in a circle, comes with an error."""
    refused: list[OSError] = []
    above = len(top.parts)
    # Not ``files_below``: links to folders inside are followed, and what is refused is told with its error.
    for name, folders, files in os.walk(top, followlinks=True, onerror=refused.append):
        here = Path(name)
        if len(here.parts) - above > MAX_FOLDERS:
            folders.clear()
            yield here, [], [], OSError(errno.E2BIG, "folders")
            continue
        if here.is_symlink() and real_path(here) in [real_path(p) for p in here.parents]:
            folders.clear()
            yield here, [], [], OSError(errno.ELOOP, "link")
            continue
        folders[:] = sorted(
            n for n in folders if not n.startswith(".") and n not in _SKIPPED and not _is_made(here / n)
        )
        yield here, folders, [n for n in files if not _is_setting(n)], None
    for error in refused:
        yield Path(error.filename), [], [], error


def _is_setting(name: str) -> bool:
    """Whether a file is one of a tool's own, by the dot before its name; a hidden table is data all the same."""
    return name.startswith(".") and Path(name).suffix.lower() not in TABLE_SUFFIXES


def _is_made(folder: Path) -> bool:
    """Whether a folder is what a build made: a site, or a folder of that name without anything to check."""
    if folder.name not in _MADE:
        return False
    try:
        return (folder / "index.html").is_file() or not any(p.suffix.lower() in TAKEN for p in files_below(folder))
    except OSError:
        return False
