"""The law, the schemas and the rules of a project, packed to travel with a job; unpacked, they are a project again."""

import hashlib
import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

from banshi import __version__
from banshi.base.folders import POLICIES, SETTINGS, files_below, layered, shipped
from banshi.base.limits import MAX_BYTES
from banshi.files.regular_files import read_bytes

PARTS = (POLICIES, "schemas", "validators")
_FIRST = (1980, 1, 1, 0, 0, 0)  # the same bytes whenever they are packed


def packed(project: Path, *, own_rules: bool) -> bytes:
    """What a project brings of its own, and may be used; what is shipped is installed wherever the job runs."""
    parts = [part for part in PARTS if part != "validators" or own_rules]
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        for part in parts:
            own = (project / part).resolve()
            if own.is_dir() and own != shipped(part).resolve():
                for path in _files(own):
                    archive.writestr(
                        zipfile.ZipInfo(f"{part}/{path.relative_to(own).as_posix()}", _FIRST),
                        read_bytes(path, MAX_BYTES),
                    )
        if (project / SETTINGS).is_file():
            archive.writestr(zipfile.ZipInfo(SETTINGS, _FIRST), read_bytes(project / SETTINGS, MAX_BYTES))
    return whole.getvalue()


def unpack(bundle: bytes, folder: Path) -> Path:
    """Put it into an empty folder."""
    with zipfile.ZipFile(io.BytesIO(bundle)) as archive:
        archive.extractall(folder)
    return folder


def digest(project: Path, *, own_rules: bool) -> str:
    """SHA-256 over the engine's version and every text of law, schema and rule that applies, own and shipped."""
    whole = hashlib.sha256(__version__.encode())
    for part in PARTS:
        own = part != "validators" or own_rules
        files: dict[str, Path] = {}
        for folder in reversed(layered(project, part) if own else [shipped(part).resolve()]):
            files.update((path.relative_to(folder).as_posix(), path) for path in _files(folder))
        for name in sorted(files):
            whole.update(f"{part}/{name}\0{hashlib.sha256(read_bytes(files[name], MAX_BYTES)).hexdigest()}\n".encode())
    return whole.hexdigest()


def _files(folder: Path) -> Iterator[Path]:
    return (p for p in sorted(files_below(folder)) if p.is_file() and "__pycache__" not in p.parts)
