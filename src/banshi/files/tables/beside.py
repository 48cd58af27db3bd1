"""What stands beside the cells of a sheet and takes back what is in it: comments, heads of pages, text boxes, titles, names.

It counts as the same words in the sheet would: a comment on a cell of a row as a remark on that row; all else as said of the
whole, which then is not read.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path

from banshi.base.patterns import late
from banshi.base.text import Text
from banshi.files.documents import Place
from banshi.files.reading import InputProblem
from banshi.files.regular_files import STDIN
from banshi.files.tables.cells import is_blank, plain_text
from banshi.files.tables.grids import Grid, GridRow, Unusable, WordsBeside, letters
from banshi.files.tables.remarks import TAKES_BACK, BesideRows, RowRemark, Says, name_says, says, says_outright
from banshi.files.tables.sheet import where
from banshi.files.tables.xlsx.comments import COMMENT, HINT

SHEET, FILE, TITLE = Text("工作表名", "name of the sheet"), Text("文件名", "name of the file"), Text("表题", "title")
ROW, CELL = Text("这一行", "row"), Text("格", "cell")
REVISION = Text("修订", "tracked change")  # recorded, neither accepted nor rejected: which of the two counts is unknown
_NAMES = (SHEET, FILE, TITLE)
_SHORT = 30  # characters of what may be a title wherever it stands
_SHOWN = 40
_NOTE = late(r"(?:填[表写])?(?:说明|注|备注|附注)\d?[:.、]")
_GRAVEST: tuple[Says, ...] = ("void", "otherwise", "mentions")


def says_beside(words: WordsBeside, hints: Collection[str] | None = None) -> Says:
    """What some words say of what they stand beside; the gravest of what each of their lines says.

    ``hints``: what comments of ours say on the blank form; one that says otherwise was changed by somebody. None: nobody
    knows, and they count where they take something back.
    """
    if words.what is REVISION:
        return "otherwise"
    if words.what in _NAMES:
        return name_says(words.text)
    text = words.text
    if words.ours and hints is not None and text in hints:
        return ""
    if words.ours and not text.startswith(HINT):  # what a check found, perhaps with somebody's words behind
        own = {says_outright(line) for line in text.splitlines()}
        return next((each for each in _GRAVEST if each in own), "")
    parts = re.split(r"[\n；;]", text.removeprefix(HINT)) if text.startswith(HINT) else [text, *text.splitlines()]
    found = {says(part) for part in parts}
    if words.cell is None and not words.ours and len(plain_text(text)) <= _SHORT:
        found.add(name_says(text))
    known = not text.startswith(HINT) or hints is None
    return next((each for each in _GRAVEST if each in found and (each != "mentions" or not (words.ours and known))), "")


def harmless(words: Iterable[WordsBeside]) -> list[WordsBeside]:
    """Those that others wrote and that take nothing back."""
    return [each for each in words if not each.ours and not says_beside(each)]


def words_of(grid: Grid, path: Path) -> Iterator[WordsBeside]:
    """All words beside the cells of a sheet, the names of sheet and file among them."""
    yield from grid.beside()
    if grid.name:
        yield WordsBeside(SHEET, grid.name)
    if str(path) != STDIN:
        yield WordsBeside(FILE, path.stem)


def all_asked(rows: BesideRows, grid: Grid) -> None:
    """Raises ``Unusable`` where a comment takes back what was read as no row: a heading, a total, a note."""
    for number, remark in rows.rows.items():
        if remark.says in TAKES_BACK and number not in rows.asked:
            raise Unusable(taken_back(grid, WordsBeside(COMMENT, remark.text, (number, remark.column))))


def beside_table(grid: Grid, path: Path, top: Sequence[GridRow]) -> BesideRows:
    """What stands beside a table. ``top``: its first rows down to that of the headings. Raises ``Unusable`` where it is taken back."""
    bearing: list[tuple[WordsBeside, Says]] = [
        (words, said) for words in words_of(grid, path) if (said := says_beside(words))
    ]
    titles = (cell for row in top[:-1] for cell in dict.fromkeys(row.cells) if not is_blank(cell))
    bearing += [(WordsBeside(TITLE, cell), said) for cell in titles if (said := _title_says(cell)) in TAKES_BACK]
    if not bearing:
        return BesideRows()
    on_cells = [
        (words.cell[0], RowRemark(words.cell[1], said, words.text, True)) for words, said in bearing if words.cell
    ]
    numbers = {row.number for row in grid.rows() if row.number > top[-1].number} if on_cells else set()
    rows = dict(each for each in reversed(on_cells) if each[0] in numbers)
    rows |= dict(each for each in on_cells if each[0] in numbers and each[1].says in TAKES_BACK)
    whole = [(words, said) for words, said in bearing if not (words.cell and words.cell[0] in rows)]
    for words, said in whole:
        if said in TAKES_BACK:
            raise Unusable(taken_back(grid, words))
    return BesideRows(rows, [words for words, _ in whole])


def _title_says(cell: str) -> Says:
    """What a title says; a note above a table that says 以…为准 of something is a note as below it."""
    said = name_says(cell)
    return "mentions" if said == "otherwise" and _NOTE.match(plain_text(cell)) else said


def taken_back(grid: Grid, words: WordsBeside) -> InputProblem:
    """Said of what is not read, or not judged by, since words beside it take it back."""
    zh, en = _where(grid, words)
    said = Text(
        f"{zh}写着“{_shown(words)}”：里面的内容还算不算、以哪个为准不知道，没有据以判定",
        f"{en} says {_shown(words)}: whether what is in it counts as it stands is unknown; nothing is judged by it",
    )
    fix = _REVISED if words.what is REVISION else _TAKEN_BACK
    return InputProblem("input/left-aside", _place(grid, words), said, fix)


def spoken_of(grid: Grid, words: WordsBeside) -> InputProblem:
    """Said of words that only speak of taking back."""
    zh, en = _where(grid, words)
    said = Text(
        f"{zh}写着“{_shown(words)}”：没有据以改动任何内容",
        f"{en} says {_shown(words)}: nothing was changed by it",
    )
    return InputProblem("input/left-aside", _place(grid, words), said, _AS_IT_SAYS)


def file_taken_back(path: Path) -> InputProblem | None:
    """Why a file is not read whose name says that it does not count; None for any other."""
    words = WordsBeside(FILE, path.stem)
    if str(path) == STDIN or says_beside(words) not in TAKES_BACK:
        return None
    return taken_back(Grid("", lambda: iter(())), words)


def _where(grid: Grid, words: WordsBeside) -> tuple[str, str]:
    cell = f" {letters(words.cell[1])}{words.cell[0]} " if words.cell else ""
    if words.what in (SHEET, FILE):
        return words.what.zh, words.what.en
    if words.what in (ROW, CELL, REVISION) and words.cell:
        return where(grid, words.cell[0], None if words.what is ROW else words.cell[1])
    return (
        f"工作表“{grid.name}”" if grid.name else ""
    ) + f"{cell}的{words.what.zh}", f"{grid.name}{cell} {words.what.en}"


def _place(grid: Grid, words: WordsBeside) -> Place:
    row, column = words.cell or (1, 0)
    return Place(row, column + 1, column + 2, "" if words.what is FILE else grid.name)


def _shown(words: WordsBeside) -> str:
    return " ".join(words.text.split())[:_SHOWN]


_TAKEN_BACK = Text(
    "作废的，不要交；更正的，照它改好；仍算数的，去掉这些字（文件名、工作表名里的，改名）。",
    "Correct what it says, or take the words away (or rename the file or sheet) if it still counts.",
)
_REVISED = Text("在审阅里逐处接受或拒绝修订，再交。", "Accept or reject each tracked change, then hand it in again.")
_AS_IT_SAYS = Text("照它改好里面的内容；不影响的，不必理会。", "Do as it says; else ignore this.")
