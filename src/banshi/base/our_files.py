"""Which files are ours: the digest of what was written, kept in the user's own state folder."""

import contextlib
import hashlib
import os
import sys
from pathlib import Path

_WINDOWS = sys.platform == "win32"


def is_ours(target: Path) -> bool:
    """Whether we wrote a file, and nobody changed it since."""
    try:
        noted = _note(target).read_text(encoding="ascii")
        return digest_of(target) == noted
    except (OSError, RuntimeError, UnicodeDecodeError):
        return False


def digest_of(target: Path) -> str:
    """The SHA-256 of what stands in a file, in hexadecimal digits."""
    with open(target, "rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def remember(target: Path, digest: str) -> None:
    """Note the digest of a file of ours; where that is not possible, the file is simply not replaced next time."""
    with contextlib.suppress(OSError, RuntimeError):
        note = _note(target)
        note.parent.mkdir(parents=True, exist_ok=True)
        part = note.with_suffix(f".{os.getpid()}")
        try:
            part.write_text(digest, encoding="ascii")
            part.replace(note)
        finally:
            part.unlink(missing_ok=True)


def _note(target: Path) -> Path:
    """Where the digest of a file is kept; its name says nothing of the file."""
    name = "LOCALAPPDATA" if _WINDOWS else "XDG_STATE_HOME"
    given = os.environ.get(name, "")
    folder = Path(given) if os.path.isabs(given) else Path.home() / ".local/state"
    return folder / "banshi/written" / hashlib.sha256(os.fsencode(target)).hexdigest()
