"""What is raised where a workbook is larger than the limits (``base/limits.py``), or is not what it says."""

from banshi.base import limits
from banshi.base.text import Text

_CALLED = {
    "MAX_UNPACKED": "展开后的字节数",
    "LIKELY_RATIO": "展开后是原来的倍数",
    "MAX_LISTING": "目录的字节数",
    "MOST_PARTS": "部件数",
    "MOST_SHEETS": "工作表数",
    "SMALL_PART": "样式、关系等一个部件的字节数",
    "MAX_CELLS": "一张工作表的格数",
    "MAX_TEXT": "文字合起来的字节数",
    "MOST_TEXTS": "不同文字的条数",
    "LONGEST_TEXT": "一格的字数",
    "LONGEST_TOKEN": "一个标记的字节数",
    "MOST_NAMES": "标记和属性的不同名字数",
    "MOST_MERGED": "合并的区域数",
    "MAX_OLD_BOOK": "旧格式的工作簿的字节数",
    "MAX_DOCUMENT_ROWS": "段落和表格的行数",
    "MAX_DOCUMENT_CELLS": "表格的格数",
    "MAX_FIELDS_DEEP": "域套域的层数",
}


class BookTooLarge(Exception):
    """The workbook takes more room than a table may: which limit is in its way, by its name there."""

    def __init__(self, limit: str) -> None:
        super().__init__(limit)
        self.limit = limit


class Broken(ValueError):
    """The workbook contradicts itself, or is not what it says; the message tells where (in Chinese) if that is known."""


def too_large(said: tuple[Text, Text], limit: str, sheet: str = "") -> tuple[Text, Text]:
    """What is said of a file beyond a limit, and what to do, with the limit's name and value; ``sheet``: of one of its sheets."""
    value = f"{getattr(limits, limit):,}"
    message = Text(
        f"{f'工作表“{sheet}”' if sheet else ''}{said[0].zh}（{_CALLED[limit]}最多 {value}，{limit}），没有读取",
        f"{f'{sheet} ' if sheet else ''}{said[0].en} ({limit}: {value}); not read",
    )
    return message, said[1]
