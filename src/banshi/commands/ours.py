"""Which files are this tool's business: in a repository full of other YAML, JSON and tables the rest is left alone."""

import re
from pathlib import Path

import msgspec

from banshi.files.kinds import KINDS, function
from banshi.files.reading import LINES_SUFFIXES, YAML_SUFFIXES, read, read_text
from banshi.files.regular_files import open_regular

_BEGINNING = 1 << 16
_KEY = re.compile(rb"""(?m)(?:^|[{,])\s*["']?([a-z_]+)["']?\s*:""")
_NEAR = 0.75
_KIND = re.compile(rb"""(?m)(?:^|[{,])\s*["']?kind["']?\s*:\s*["']?([a-z-]+)["']?\s*(?:[,}#]|$)""")


def ours(path: Path) -> bool:
    """Whether a file says that it is of a kind of ours, or means one as its other keys show; of a table, whether its headings fit one."""
    if path.is_dir():
        return True
    if path.suffix in (*YAML_SUFFIXES, *LINES_SUFFIXES):
        text = _beginning(path)
        stated = _stated(path, text)
        kinds = [found.decode() for found in _KIND.findall(text)] if stated is None else [stated]
        return any(kind in KINDS for kind in kinds) or any(_meant(kind, text) for kind in kinds)
    from banshi.files.tables.reading import heads

    found_heads = heads(path).heads
    return bool(found_heads) and any(kind.fits and function(kind.fits)(found_heads) for kind in KINDS.values())


def _stated(path: Path, text: bytes) -> str | None:
    """The kind that a file (its first line, where each line is a file) says it is of; None where it cannot be read whole."""
    if path.suffix in LINES_SUFFIXES:
        found = read_text(text.partition(b"\n")[0].decode("utf-8", "replace"), "")
    else:
        found = read(path)
    if found.document is None or found.problems:
        return None
    data = found.document.data
    return str(data.get("kind", "")) if isinstance(data, dict) else ""


def _meant(kind: str, text: bytes) -> bool:
    """Whether a kind is one of ours misspelt: most keys that the right one must have stand there too."""
    from difflib import get_close_matches  # late: most kinds are known

    for near in get_close_matches(kind, KINDS, n=1, cutoff=_NEAR):
        fields = msgspec.structs.fields(function(KINDS[near].typed))
        needed = {field.encode_name for field in fields if field.required}
        return 2 * len(needed & {key.decode() for key in _KEY.findall(text)}) > len(needed)
    return False


def _beginning(path: Path) -> bytes:
    try:
        with open_regular(path) as stream:
            return stream.read(_BEGINNING)
    except OSError:
        return b""
