"""CSV and TSV: the separator is decided over whole records, the encoding must be UTF-8, another one is named."""

import io
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import lru_cache, partial
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from msgspec.structs import replace

from banshi.base.limits import LONGEST_LINE
from banshi.base.text import Text
from banshi.files.documents import Place
from banshi.files.reading import InputProblem, decode, unreadable
from banshi.files.regular_files import open_stream
from banshi.files.tables.contents import told
from banshi.files.tables.grids import Grid, GridRow, Unusable
from banshi.files.tables.records import Garbled, LineTooLong, NotClosed, records
from banshi.files.tables.together import PlainLines, blocks

SEPARATORS = (",", "\t", ";", "，", "；", "|")
_LOOKED_AT = 50  # records that decide on the separator
_PIECE = 1 << 20
_LARGEST_HEAD = 1 << 18  # characters of them


def delimited(path: Path) -> Grid:
    """The only grid of a text file; its ``others`` have another separator. Raises ``Unusable`` where it cannot be opened."""
    try:
        if problem := told(path, "text"):
            raise Unusable(problem)
        begun = _begun(path)
    except OSError as error:
        raise Unusable(unreadable(error)) from None
    best, *others = _likeliest(begun)
    grid = _grid(path, best)
    grid.others += [_grid(path, mark) for mark in others if mark in begun]
    return grid


def _grid(path: Path, delimiter: str) -> Grid:
    grid = Grid("", lambda: _rows(path, delimiter), delimiter, together=lambda: _together(path, delimiter))
    if name := _UNUSUAL.get(delimiter):
        said = Text(f"各列是用{name}隔开的，照样读了", f"the columns are separated by {delimiter}")
        grid.notes.append(InputProblem("input/separator", Place(1, 1, 1), said, _USUAL))
    return grid


def _begun(path: Path) -> str:
    """The first characters; what is no UTF-8 is said when it is read."""
    with open_stream(path) as raw:
        return io.TextIOWrapper(raw, encoding="utf-8-sig", errors="replace", newline="").read(_LARGEST_HEAD)


@lru_cache(maxsize=2)  # several ask of the same file in turn
def _likeliest(begun: str) -> list[str]:
    """The separators, the likeliest first."""
    return sorted(SEPARATORS, key=lambda mark: _likelihood(begun, mark), reverse=True)


def _likelihood(begun: str, delimiter: str) -> tuple[int, int]:
    """How many of the first records have as many fields as most of them, and how many fields those are."""
    widths: Counter[int] = Counter()
    try:
        for record in islice(records(io.StringIO(begun, newline=""), delimiter), _LOOKED_AT):
            widths[_width(record, delimiter)] += 1
    except ValueError:
        pass  # cut off in the middle of a record, or no table with this separator
    return max(((times, width) for width, times in widths.items() if width > 1), default=(0, 0))


def _width(record: GridRow, delimiter: str) -> int:
    """The number of fields; none where one begins with another separator, which is then the true one."""
    others = tuple(mark for mark in SEPARATORS if mark != delimiter)
    return 0 if any(field.strip().startswith(others) for field in record.cells) else len(record.cells)


def _rows(path: Path, delimiter: str) -> Iterator[GridRow]:
    with _told(path), open_stream(path) as raw:
        stream = _text(raw)
        yield from records(iter(partial(stream.readline, LONGEST_LINE + 1), ""), delimiter)


def _together(path: Path, delimiter: str) -> Iterator[PlainLines | GridRow]:
    with _told(path), ExitStack() as streams:
        yield from blocks(lambda: _text(streams.enter_context(open_stream(path))), delimiter)


def _text(raw: BinaryIO) -> io.TextIOWrapper:
    return io.TextIOWrapper(raw, encoding="utf-8-sig", newline="")


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """What stops the reading of a file is told. Raises ``Unusable``."""
    try:
        yield
    except UnicodeDecodeError:
        raise Unusable(*(replace(problem, fix=_SAVE_AGAIN) for problem in _not_utf_8(path))) from None
    except OSError as error:
        raise Unusable(unreadable(error)) from None
    except NotClosed as error:
        line, spot = error.line + error.spot.line, error.spot
        said = Text(
            f"第 {line} 行的引号没有成对：从这里到文件末尾都没有读",
            f"the quotation mark in line {line} is never closed; nothing behind it was read",
        )
        at = Place(line, spot.column, spot.column + 1)
        raise Unusable(InputProblem("input/quote-not-closed", at, said, _CLOSE, error.source)) from None
    except LineTooLong as error:
        said = Text(
            f"第 {error.line} 行超过 {LONGEST_LINE:,} 个字符，多半是引号没有成对；从这里到文件末尾都没有读",
            f"line {error.line} has more than {LONGEST_LINE:,} characters; nothing from there on was read",
        )
        raise Unusable(InputProblem("input/quote-not-closed", Place(error.line, 1, 2), said, _CLOSE)) from None
    except Garbled as error:
        said = Text(
            f"第 {error.line} 行读不下去：引号不成对，或引号后面还有字；从这里到文件末尾都没有读",
            f"line {error.line} cannot be read (quotation marks); nothing from there on was read",
        )
        raise Unusable(InputProblem("input/quote-not-closed", Place(error.line, 1, 2), said, _CLOSE)) from None


def _not_utf_8(path: Path) -> list[InputProblem]:
    """What is wrong with the first lines that are no UTF-8."""
    line, rest = 1, b""
    with open_stream(path) as raw:
        while piece := raw.read(_PIECE):
            rest += piece
            cut = rest.rfind(b"\n") + 1 or len(rest)
            text, problems = decode(rest[:cut], line)
            if text is None:
                return problems
            line, rest = line + rest[:cut].count(b"\n"), rest[cut:]
    return decode(rest, line)[1]


_UNUSUAL = {"，": "全角逗号", "；": "全角分号", "|": "竖线"}
_USUAL = Text("最好改用半角逗号，存成 CSV UTF-8。", "Better save it with commas, as CSV UTF-8.")
_SAVE_AGAIN = Text(
    "用 Excel 或 WPS 打开，“另存为”选“CSV UTF-8（逗号分隔）”或“Excel 工作簿（.xlsx）”；"
    "用记事本打开的，“另存为”时编码选 UTF-8。再检查一次。",
    "Open it in a spreadsheet program, save it as CSV UTF-8 or as .xlsx, and check again.",
)
_CLOSE = Text(
    '补上或删去这个引号；格子里本来有引号的，写两个（""），整格再用引号括起来。',
    "Close the quotation mark or delete it; write a mark inside of a cell twice.",
)
