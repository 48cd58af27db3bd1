"""What is said of a workbook that cannot be read, and of what it hides; alike for those of both formats."""

import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from xml.parsers import expat

from banshi.base.text import Text, listed
from banshi.files.documents import Place
from banshi.files.reading import InputProblem, unreadable
from banshi.files.tables.contents import OPEN_AND_SAVE
from banshi.files.tables.grids import Unusable, WordsBeside, letters
from banshi.files.tables.xlsx.cells import Hidden
from banshi.files.tables.xlsx.comments import COMMENT
from banshi.files.tables.xlsx.drawings import BOX, Drawn
from banshi.files.tables.xlsx.limits import BookTooLarge, Broken, too_large
from banshi.files.tables.xlsx.margins import FOOT, HEAD
from banshi.files.tables.xlsx.package import Locked, NoBook

_SHOWN = 8
_LONGEST = 40  # characters of a comment that are shown
# What broken parts make the readers of zip and XML raise.
_BAD = (zipfile.BadZipFile, zlib.error, expat.ExpatError, ValueError, KeyError, NotImplementedError, EOFError)


@contextmanager
def told_unusable(sheet: str = "") -> Iterator[None]:
    """What goes wrong within, said as ``Unusable``."""
    try:
        yield
    except BookTooLarge as error:
        raise Unusable(_problem(too_large(_TOO_WIDE if sheet else _TOO_LARGE, error.limit, sheet))) from None
    except Locked:
        raise Unusable(_problem(_LOCKED)) from None
    except NoBook:
        raise Unusable(_problem(_NO_BOOK)) from None
    except Broken as error:
        raise Unusable(_problem(_contradicting(sheet, str(error)) if str(error) else _BAD_BOOK)) from None
    except OSError as error:
        raise Unusable(unreadable(error)) from None
    except (*_BAD, RuntimeError):
        raise Unusable(_problem(_BAD_BOOK)) from None


def _problem(text: tuple[Text, Text], rule: str = "input/not-a-table") -> InputProblem:
    return InputProblem(rule, Place(1, 1, 1), *text)


def hidden_sheets(names: Sequence[str]) -> list[InputProblem]:
    """A note on sheets that were left out."""
    if not names:
        return []
    said = Text(f"隐藏的工作表没有读：{listed(names[:_SHOWN])}", f"hidden sheets are not read: {listed(names)}")
    fix = Text("要读的，取消隐藏；不需要的，不必理会。", "Unhide what should be read.")
    return [InputProblem("input/hidden-sheet", Place(1, 1, 1), said, fix)]


def hiding(sheet: str, hidden: Hidden) -> list[InputProblem]:
    """A note on hidden rows and columns: they count all the same."""
    if not hidden.rows and not hidden.columns:
        return []
    rows, columns = sorted(hidden.rows), sorted(set(hidden.columns))
    parts = [
        *([f"第 {_ranges([str(n + 1) for n in rows], rows)} 行"] if rows else []),
        *([f"{_ranges([letters(n) for n in columns], columns)} 列"] if columns else []),
    ]
    said = Text(
        f"工作表“{sheet}”有隐藏的{listed(parts)}，照样读入、计算",
        f"{sheet}: hidden rows or columns are read and counted",
    )
    fix = Text("不应计算的行，请删去，不要隐藏。", "Delete rows that should not count; do not hide them.")
    at = Place(rows[0] + 1, 1, 2, sheet) if rows else Place(1, columns[0] + 1, columns[0] + 2, sheet)
    return [InputProblem("input/hidden-rows", at, said, fix)]


def commented(sheet: str, words: Sequence[WordsBeside]) -> list[InputProblem]:
    """A note on comments that people attached to cells: nothing is read from them."""
    comments = [each for each in words if each.what is COMMENT]
    if not comments:
        return []
    short = [(_name(each.cell), " ".join(each.text.split())[:_LONGEST]) for each in comments[:_SHOWN]]
    shown = [f"{ref}（{text}）" if text else ref for ref, text in short]
    more = f"等 {len(comments)} 处" if len(comments) > _SHOWN else ""
    said = Text(
        f"工作表“{sheet}”的批注没有读：{listed(shown)}{more}",
        f"{sheet}: {len(comments)} comments on cells are not read",
    )
    fix = Text(
        "批注说某格作废、更正的，照它改好那一格；不影响的，不必理会。", "Where a comment corrects a cell, do so."
    )
    row, column = comments[0].cell or (1, 0)
    return [InputProblem("input/left-aside", Place(row, column + 1, column + 2, sheet), said, fix)]


def _name(cell: tuple[int, int] | None) -> str:
    return f"{letters(cell[1])}{cell[0]}" if cell else "某格"


def in_the_margins(sheet: str, words: Sequence[WordsBeside]) -> list[InputProblem]:
    """A note on what stands at the head or foot of a sheet's pages: nothing is read from it."""
    found = [each for each in words if each.what in (HEAD, FOOT)]
    if not found:
        return []
    shown = listed(f"{each.what.zh}“{' '.join(each.text.split())[:_LONGEST]}”" for each in found[:_SHOWN])
    said = Text(f"工作表“{sheet}”的{shown}没有读", f"{sheet}: heads and feet of pages are not read")
    fix = Text("要算数的，写进格里；不影响的，不必理会。", "Write into cells what should count.")
    return [InputProblem("input/left-aside", Place(1, 1, 1, sheet), said, fix)]


def drawn(sheet: str, words: Sequence[WordsBeside], found: Drawn) -> list[InputProblem]:
    """A note on text boxes and pictures: nothing is read from them."""
    texts = [each.text for each in words if each.what is BOX]
    boxes = listed(f"“{' '.join(text.split())[:_LONGEST]}”" for text in texts[:_SHOWN])
    parts = [
        *([f"文本框 {len(texts)} 个（{boxes}{'……' if len(texts) > _SHOWN else ''}）"] if texts else []),
        *([f"图片 {found.pictures} 张"] if found.pictures else []),
        *(["读不出的图形"] if found.unknown else []),
    ]
    if not parts:
        return []
    said = Text(
        f"工作表“{sheet}”上有{listed(parts)}，没有读",
        f"{sheet}: {len(texts)} text boxes, {found.pictures} pictures are not read",
    )
    fix = Text("要算数的，写进格里；不影响的，不必理会。", "Write into cells what should count.")
    return [InputProblem("input/left-aside", Place(1, 1, 1, sheet), said, fix)]


def _ranges(names: list[str], numbers: list[int]) -> str:
    """Neighbours put together: 3–5、9; many are cut short."""
    found: list[list[int]] = []
    for place, number in enumerate(numbers):
        if found and numbers[found[-1][1]] == number - 1:
            found[-1][1] = place
        else:
            found.append([place, place])
    said = [names[a] if a == b else f"{names[a]}–{names[b]}" for a, b in found[:_SHOWN]]
    return listed(said) + ("…" if len(found) > _SHOWN else "")


def _contradicting(sheet: str, where: str) -> tuple[Text, Text]:
    if not sheet:
        return Text(f"工作簿读不出：{where}", "the workbook cannot be read"), OPEN_AND_SAVE
    return (
        Text(f"工作表“{sheet}”自相矛盾：{where}，没有读取", f"{sheet} contradicts itself; it was not read"),
        OPEN_AND_SAVE,
    )


_LOCKED = (
    Text("工作簿有密码，读不出", "the workbook is protected by a password"),
    Text("取消打开密码后另存一份，再检查。", "Remove the password for opening it, and check again."),
)
_NO_BOOK = (Text("这是压缩包，里面没有工作簿", "this is an archive without a workbook in it"), OPEN_AND_SAVE)
_BAD_BOOK = (Text("工作簿已损坏，读不出", "the workbook is damaged and cannot be read"), OPEN_AND_SAVE)
_TOO_WIDE = (
    Text("超过限额", "exceeds a limit"),
    Text(
        "多半是远处有零星内容：删去表格以外的行和列；确有这么多行的，存成 CSV。",
        "Delete what stands far away from the table; save a table of that size as CSV.",
    ),
)
_TOO_LARGE = (
    Text("工作簿超过限额", "the workbook exceeds a limit"),
    Text("删去不相干的工作表和图片；行数很多的，存成 CSV。", "Remove what does not belong; save a long table as CSV."),
)
