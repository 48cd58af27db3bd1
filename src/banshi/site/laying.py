"""Files laid into a folder: those that differ are written, those that belong there no more are removed."""

import os
import stat
from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from banshi.base.folders import files_below


def write(files: Mapping[str, bytes], out: Path, *, but: str | None = None) -> int:
    """Make the files below ``out`` be these and no others; how many were written or removed. ``but``: a folder left as it is."""
    gone = _stale(out, files, but)
    changed = [name for name, data in files.items() if not holds(out / name, data)]
    for name in changed:
        (out / name).parent.mkdir(parents=True, exist_ok=True)
        (out / name).write_bytes(files[name])
    return gone + len(changed)


def write_each(files: Iterable[tuple[str, bytes]], *folders: Path) -> int:
    """The same in each folder of files that are too many to be held at once; how many were written or removed."""
    named, changed, there = set[str](), 0, set[str]()
    for name, data in files:
        named.add(name)
        for path in (os.path.join(folder, name) for folder in folders):
            if not _holds(path, data):
                above = os.path.dirname(path)
                if above not in there:
                    os.makedirs(above, exist_ok=True)
                    there.add(above)
                with open(path, "wb") as stream:
                    stream.write(data)
                changed += 1
    return changed + sum(_stale(folder, named, None) for folder in folders)


def move(new: Path, place: Path) -> list[str]:
    """Move the files below ``new`` to the same places below ``place``, each in one step; the paths of those that differ."""
    found = {path.relative_to(new).as_posix(): path for path in new.rglob("*") if path.is_file()}
    changed = [name for name, path in found.items() if not holds(place / name, path.read_bytes())]
    for name in changed:
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        os.replace(found[name], place / name)
    return changed


def remove_others(place: Path, kept: Collection[str], *, but: str | None = None) -> int:
    """Remove what lies below ``place`` and is not ``kept``, with folders that are left empty; how many files there were."""
    gone = _stale(place, kept, but)
    for folder in sorted((p for p in place.rglob("*") if p.is_dir()), reverse=True):
        with suppress(OSError):  # what holds something stays
            folder.rmdir()
    return gone


def holds(path: Path, data: bytes) -> bool:
    """Whether a file is there and holds this."""
    return _holds(os.fspath(path), data)


def _holds(path: str, data: bytes) -> bool:
    try:
        found = os.stat(path)
        if not stat.S_ISREG(found.st_mode) or found.st_size != len(data):
            return False
        with open(path, "rb") as stream:
            return stream.read() == data
    except (FileNotFoundError, NotADirectoryError):
        return False


def _stale(out: Path, kept: Collection[str], but: str | None) -> int:
    gone = [name for name in _names(out) if name not in kept and not (but and name.startswith(f"{but}/"))]
    for name in gone:
        (out / name).unlink()
    return len(gone)


def _names(out: Path) -> list[str]:
    """The files and links below a folder, each with its path from there, with slashes."""
    top = Path(os.path.abspath(out))
    found = (
        os.fspath(path)[len(os.path.join(top, "")) :]
        for path in files_below(top)
        if path.is_file() or path.is_symlink()
    )
    return [name.replace(os.sep, "/") for name in found]
