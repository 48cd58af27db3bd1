"""A folder that takes another's place in one step: killed at any moment, the old or the new one is there, whole."""

import ctypes
import errno
import os
import shutil
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

from banshi.base.folders import files_below
from banshi.base.writing import beside, leftovers, settle

NEW, _OLD = "banshi-new", "banshi-old"
_AT_ONCE = 16  # files that are written out at the same time
_HERE = -100  # AT_FDCWD
_EXCHANGE = 2  # RENAME_EXCHANGE
_UNKNOWN = (errno.ENOSYS, errno.EINVAL, errno.ENOTSUP)


def prepared(place: Path) -> Path:
    """An empty folder beside ``place`` for what shall take its place; what a killed build left is cleared up first.

    ``place`` is without links. Raises ``OSError``.
    """
    new = beside(place, NEW)
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        recover(place)
        new.mkdir()
    except OSError as error:  # of our own names nobody has heard
        raise OSError(error.errno, error.strerror, str(place)) from error
    return new


def recover(place: Path) -> None:
    """Where a build was killed between two steps, the old folder comes back; nothing else of it stays."""
    if not place.parent.is_dir():
        return
    for old in leftovers(place, _OLD):
        if place.exists():
            shutil.rmtree(old)
        else:
            old.rename(place)
    discard(*leftovers(place, NEW))


def discard(*folders: Path) -> None:
    """Remove folders that were not finished."""
    for folder in folders:
        shutil.rmtree(folder, ignore_errors=True)


def swap(new: Path, place: Path) -> None:
    """Put a finished folder in the place of another, which is removed. Hidden files of the old one's top are kept.

    All of the new one is on the disk before it gets there, and there before the old one goes. Raises ``OSError``, and
    then the old one stands.
    """
    if not place.exists():
        _onto_the_disk(new)
        new.rename(place)
        settle(place.parent)
        return
    _keep_hidden(place, new)
    _onto_the_disk(new)
    gone = new if exchange(new, place) else _in_two_steps(new, place)
    settle(place.parent)
    discard(gone)


def _in_two_steps(new: Path, place: Path) -> Path:
    """Where the old folder is now."""
    old = beside(place, _OLD)
    place.rename(old)
    try:
        new.rename(place)
    except OSError:
        old.rename(place)
        raise
    return old


def _onto_the_disk(folder: Path) -> None:
    """Every file below a folder, then every name; many at once, for a disk puts them together."""
    files = [path for path in files_below(folder) if path.is_file() and not path.is_symlink()]
    folders = {folder}
    for above in {path.parent for path in files}:
        while above not in folders:
            folders.add(above)
            above = above.parent  # noqa: PLW2901 - up to the first that is known
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        list(pool.map(_flush, files))
        list(pool.map(settle, folders))


def _flush(path: Path) -> None:
    if sys.platform != "win32":  # which does this only for what is open to be written
        with open(path, "rb") as stream:
            os.fsync(stream.fileno())


def exchange(one: Path, other: Path) -> bool:
    """Let two folders change names in one step; False where the system or the disk cannot. Raises ``OSError``."""
    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError, TypeError):
        return False
    if rename(_HERE, os.fsencode(one), _HERE, os.fsencode(other), _EXCHANGE) == 0:
        return True
    number = ctypes.get_errno()
    if number in _UNKNOWN:
        return False
    raise OSError(number, os.strerror(number), str(other))


def _keep_hidden(place: Path, new: Path) -> None:
    """Publishers keep things of their own there, such as ``.git`` or ``.nojekyll``."""
    for path in place.iterdir():
        if not path.name.startswith(".") or os.path.lexists(new / path.name):
            continue
        if path.is_dir() and not path.is_symlink():
            shutil.copytree(path, new / path.name, symlinks=True)
        else:
            shutil.copy2(path, new / path.name, follow_symlinks=False)
    with suppress(OSError):
        shutil.copymode(place, new)
