"""The law, the schemas and the rules of a project, packed to travel with a job; unpacked, they are a project again."""

import io
import zipfile
from pathlib import Path

from banshi.base.folders import SETTINGS, real_path, shipped
from banshi.base.limits import MAX_BYTES
from banshi.files.all_that_applies import PARTS, content_files
from banshi.files.regular_files import read_bytes

_FIRST = (1980, 1, 1, 0, 0, 0)  # the same bytes whenever they are packed


def packed(project: Path, *, own_rules: bool) -> bytes:
    """What a project brings of its own, and may be used; what is shipped is installed wherever the job runs."""
    parts = [part for part in PARTS if part != "validators" or own_rules]
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        for part in parts:
            own = real_path(project / part)
            if own.is_dir() and own != real_path(shipped(part)):
                for path in content_files(own):
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
