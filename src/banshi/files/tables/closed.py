"""Files that no reader opens, looked into all the same: rows of a web page, and whether an archive may hold tables or documents."""

import html
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from banshi.base.limits import MAX_ARCHIVE_NAMES, MAX_PAGE_BYTES
from banshi.base.patterns import late
from banshi.files.reading import LINES_SUFFIXES, TABLE_SUFFIXES, YAML_SUFFIXES
from banshi.files.regular_files import open_regular

PAGES = (".html", ".htm", ".mht", ".mhtml")
ARCHIVES = (".zip", ".rar", ".7z", ".tar", ".gz", ".tgz", ".bz2", ".xz")
_ROW, _CELL = re.compile(r"</tr\s*>", re.I), re.compile(r"</t[dh]\s*>", re.I)
_TAG = late(r"<[^<>]*>")
_OURS = '<a class="skip" href="#content">'  # as every report that stands alone begins
_CHARSET = late(rb"charset\s*=\s*[\"']?\s*(gb2312|gbk|gb18030|utf-16)", re.I)
_TAKEN = (*YAML_SUFFIXES, *LINES_SUFFIXES, *TABLE_SUFFIXES)


def page_rows(path: Path) -> Iterator[list[str]]:
    """The rows of a web page's tables in cells; none of a report of ours. Raises ``OSError``."""
    with open_regular(path, MAX_PAGE_BYTES) as raw:
        data = raw.read()
    found = _CHARSET.search(data[:4096])
    text = data.decode(found[1].decode() if found else "utf-8-sig", errors="replace")
    for row in () if _OURS in text[: 1 << 16] else _ROW.split(text)[:-1]:
        yield [html.unescape(_TAG.sub("", cell)).strip() for cell in _CELL.split(row)[:-1]]


def may_hold_input(path: Path, closed: tuple[str, ...]) -> bool | None:
    """Whether an archive holds tables or documents, by the names in it; None for one that cannot be looked into.

    ``closed``: suffixes of other files that may hold rows.
    """
    try:
        with open_regular(path) as raw, zipfile.ZipFile(raw) as archive:
            names = archive.namelist()
    except (OSError, zipfile.BadZipFile, NotImplementedError, ValueError):
        return None
    wanted = (*_TAKEN, *closed)
    return len(names) > MAX_ARCHIVE_NAMES or any(PurePosixPath(name).suffix.lower() in wanted for name in names)
