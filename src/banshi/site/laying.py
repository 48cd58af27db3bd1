"""Files laid into a folder: those that differ are written, those that belong there no more are removed."""

import os
from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from pathlib import Path


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
    named, changed = set[str](), 0
    for name, data in files:
        named.add(name)
        for path in (folder / name for folder in folders):
            if not holds(path, data):
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(data)
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
    return path.is_file() and path.read_bytes() == data


def _stale(out: Path, kept: Collection[str], but: str | None) -> int:
    paths = ((path, path.relative_to(out).as_posix()) for path in out.rglob("*") if path.is_file() or path.is_symlink())
    gone = [path for path, name in paths if name not in kept and not (but and name.startswith(f"{but}/"))]
    for path in gone:
        path.unlink()
    return len(gone)
