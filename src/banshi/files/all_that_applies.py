"""The digest of all that a project's answers rest on: the engine's version, and every text of law, schema and rule."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

from banshi import __version__
from banshi.base.folders import POLICIES, files_below, layered, real_path, shipped
from banshi.base.limits import MAX_BYTES
from banshi.files.regular_files import read_bytes

PARTS = (POLICIES, "schemas", "validators")


def digest(project: Path, *, own_rules: bool) -> str:
    """SHA-256 over the engine's version and every text of law, schema and rule that applies, own and shipped."""
    whole = hashlib.sha256(__version__.encode())
    for part in PARTS:
        own = part != "validators" or own_rules
        files: dict[str, Path] = {}
        for folder in reversed(layered(project, part) if own else [real_path(shipped(part))]):
            files.update((path.relative_to(folder).as_posix(), path) for path in content_files(folder))
        for name in sorted(files):
            whole.update(f"{part}/{name}\0{hashlib.sha256(read_bytes(files[name], MAX_BYTES)).hexdigest()}\n".encode())
    return whole.hexdigest()


def content_files(folder: Path) -> Iterator[Path]:
    """The files below a folder, in order, without what Python keeps of them."""
    return (p for p in sorted(files_below(folder)) if p.is_file() and "__pycache__" not in p.parts)
