"""CSV and TSV: the separator is guessed, the encoding must be UTF-8, another one is named."""

import csv
import io
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from banshi.documents import Place
from banshi.reading import InputProblem, decode, unreadable
from banshi.tables.contents import told
from banshi.tables.grids import Grid, Row, Unusable
from banshi.text import Text
from banshi.writing import note_read

_HEAD = 4096


def delimited(path: Path) -> Grid:
    """The only grid of a text file. Raises ``Unusable`` where it cannot be opened."""
    try:
        with open(path, "rb") as raw:
            note_read(os.fstat(raw.fileno()))
            head = raw.read(_HEAD)
    except OSError as error:
        raise Unusable(unreadable(error)) from None
    if problem := told(path, "text"):
        raise Unusable(problem)
    delimiter = max(",", "\t", ";", key=lambda mark: head.count(mark.encode()))
    return Grid("", lambda: _rows(path, delimiter), delimiter)


def _rows(path: Path, delimiter: str) -> Iterator[Row]:
    last = 1
    try:
        with open(path, "rb") as raw:
            stream = io.TextIOWrapper(raw, encoding="utf-8-sig", newline="")
            reader, start = csv.reader(stream, delimiter=delimiter), 1
            for cells in reader:
                last, start = start, reader.line_num + 1
                yield Row(last, cells, {})
    except UnicodeDecodeError:
        _, problems = decode(path.read_bytes())
        raise Unusable(*(replace(problem, fix=_SAVE_AGAIN) for problem in problems)) from None
    except OSError as error:
        raise Unusable(unreadable(error)) from None
    except csv.Error as error:
        text = Text(f"第 {last} 行以后读不下去：{error}", f"cannot be read after line {last}: {error}")
        raise Unusable(InputProblem("input/row-unreadable", Place(last, 1, 2), text, _CLOSE_QUOTES)) from None


_SAVE_AGAIN = Text(
    "用 Excel 或 WPS 打开，“另存为”选“CSV UTF-8（逗号分隔）”或“Excel 工作簿（.xlsx）”；"
    "用记事本打开的，“另存为”时编码选 UTF-8。再检查一次。",
    "Open it in a spreadsheet program, save it as CSV UTF-8 or as .xlsx, and check again.",
)
_CLOSE_QUOTES = Text("多半是引号没有成对。", "Most likely a quotation mark is not closed.")
