"""Which files are this tool's business: in a repository full of other YAML, JSON and tables the rest is left alone."""

import re
from pathlib import Path

from banshi.files.kinds import KINDS, function
from banshi.files.reading import LINES_SUFFIXES, YAML_SUFFIXES
from banshi.files.regular_files import open_regular

_BEGINNING = 1 << 16
_KIND = re.compile(rb"""(?m)(?:^|[{,])\s*["']?kind["']?\s*:\s*["']?([a-z-]+)["']?\s*(?:[,}#]|$)""")


def ours(path: Path) -> bool:
    """Whether a file says that it is of a kind of ours; of a table, whether its headings fit one."""
    if path.is_dir():
        return True
    if path.suffix in (*YAML_SUFFIXES, *LINES_SUFFIXES):
        return any(found.decode() in KINDS for found in _KIND.findall(_beginning(path)))
    from banshi.files.tables.reading import heads

    found_heads = heads(path).heads
    return bool(found_heads) and any(kind.fits and function(kind.fits)(found_heads) for kind in KINDS.values())


def _beginning(path: Path) -> bytes:
    try:
        with open_regular(path) as stream:
            return stream.read(_BEGINNING)
    except OSError:
        return b""
