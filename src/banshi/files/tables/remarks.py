"""What people remark on a row, or below a table, that bears on whether and how it counts: 作废, 已撤回, 更正为…, 重复, 见上表.

A row whose remark takes it back, or says it otherwise, is not read: what counts is unknown. One that only speaks of such
a thing is read as it stands, and that is told.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Literal, NamedTuple

from msgspec import Struct, field

from banshi.base.patterns import late
from banshi.base.text import Text
from banshi.files.documents import Place
from banshi.files.reading import InputProblem
from banshi.files.tables.cells import is_blank, plain_text
from banshi.files.tables.grids import GridRow, WordsBeside, letters
from banshi.files.tables.headings import heading
from banshi.files.tables.quantities import UNIT
from banshi.files.tables.row_problems import place_of
from banshi.files.tables.sheet import Piece, where

Says = Literal["", "void", "otherwise", "mentions"]
_WHOLE = "以上|上述|(?:[本此该整全]|这[一张份]*)(?:表|份|页|张|文件|单)|全部|所有"
_ROW = (
    rf"(?:(?:{_WHOLE})(?:各行|记录|数据|内容)*|[本此该整这]一?[行条件假格列栏]|本次|本人|申请人|当事人|业主|窗口|单位)?"
)
_TAKES_BACK = (
    rf"{_ROW}(?:已经|已|予以|请|应|主动|自行|申请|现)*(?:作废|删除|删去|废止|注销|取消|撤销|撤回|撤件|撤单|撤案|销假作废|无效|不算|不计|误录|录错|重复录入)"
    r"(?:了|申请|处理)?(?:\([^()]*\))?"
)
_VOID = late(rf"{_TAKES_BACK}(?:$|[,;:。、!(])")
# What takes back all that stands on a sheet, and not the row that it stands in.
_OF_WHOLE = late(rf"(?:{_WHOLE})")
# Before what is said, and around it: 备注：…, 张三：…, （…）, “…”, *…*.
_LABEL = late(r"(?:[^:,;。()]{1,10}:)+")
_AROUND = "()[]{}【】〔〕《》<>〈〉「」『』“”‘’\"'*※★●▲■◆—–-_~=|/\\。.,;:!"
# What parts the words of a name or title.
_PARTS = late(r"[\s()\[\]{}【】〔〕《》<>〈〉「」“”‘’_\-—–·.,、;:+*#&|/\\]+")
_IN_A_NAME = late(r"(?<![未不非])作废|已(?:废止|注销|取消|撤销|撤回|撤件|撤单|撤案|删除)")
_MATTER = late(r"取消|注销|撤销")  # of a whole name it may be what the file is about
_OF_NAMES = late(r"(?<![未不非])(?:撤回|撤销|撤件|取消|注销|废止|无效|重复|更正|订正|勘误)")
_A_CORRECTION = late(r"(?:更正|订正|勘误|改为)")
_OTHERWISE = late(
    rf"{_ROW}(?:已|予以|请)?(?:(?:更正|订正|勘误|改为|改成|应为|应是|实为|有误|写错|填错|误填|误写)(?!材料|资料|通知|补正)|以(?!上).{{1,12}}为准"
    r"|重复(?:登记|录入|填报|申报|计算|件)?(?:$|[,;:。、(]|见|于|第)|(?:与|同).{1,12}重复|(?:详)?见(?:上|前|下|另)(?:[一二三]?[表行页面栏条述文列]|$|[,;。])|同上|同前|[〃″])"
)
_NOT = "(?<!没有)(?<!不存在)(?<![未无没不非])"
_MENTIONS = late(
    rf"{_NOT}(?:作废|废止|注销|取消|撤销|撤回|撤件|撤单|退件|退回|退办|驳回|不予受理|无效|不算|不计|更正|订正|勘误|改为|应为|实为|有误|错误|失误|写错|填错|录错|误填|误录|误收|误报|重复|以(?!上)[^,;。]{1, 12}为准"
    r"|代打|替打|补登|待核|待定|待查|存疑|暂估|暂定|估计|见(?:上|前|另)[一二三]?[表行页])"
)
_BY_NUMBER = re.compile(r"第[0-9一二三四五六七八九十、,-]+(?:行|条|件|项|号|笔|次|人)|序号[:为是]?\d")
# Below a table also what its figures are counted in.
_OF_FIGURES = late(rf"以(?:上|内)?{UNIT}(?:为单位)?计|单位(?:均|一律)?(?:为|是|:){UNIT}")
# Headings under which people remark on a row, or a program says what became of it.
_REMARKS = late(
    r"备注|备考|附注|批注|(?:情况|备注|处理|补充)?说明|处理(?:情况|结果)|(?:.{0,4})状态|remarks?|notes?|comments?|status|text"
)
# Headings that ask whether a row counts, and the answers that take it back.
_ASKS_IF_VOID = late(r"(?:是否|有无)?(?:已)?(?:作废|废止|撤回|撤销|撤件|删除|取消|注销|无效|重复)(?:否|标志|标记)?")
_ASKS_IF_VALID = late(r"(?:是否)?(?:有效|生效)(?:否|性|标志|标记)?")
_YES = frozenset(("是", "y", "yes", "true", "1", "√", "✓", "✔", "有"))
_NO = frozenset(("否", "n", "no", "false", "0", "×", "x", "无", "无效"))
WRITTEN = ("问题", "依据", "怎么改")  # what a check that hands a workbook back writes behind all other columns
_LONGEST = 200
_SHOWN = 40
TAKES_BACK: frozenset[Says] = frozenset(("void", "otherwise"))


@lru_cache(maxsize=8192)
def says(cell: str) -> Says:
    """What a remark says of its row: that it is void, that it should read otherwise, or something of the kind at all."""
    text = _bare(cell)
    inner = _LABEL.sub("", text.strip(_AROUND), count=1)
    clauses = re.split("[,;。]", inner)
    if any(map(_VOID.match, clauses)):
        return "void"
    if any(map(_OTHERWISE.match, (inner, text, *clauses))):
        return "otherwise"
    return "mentions" if _MENTIONS.search(text) else ""


def says_outright(line: str) -> Says:
    """What a line says by its first words; what it tells of another that says so is nothing."""
    text = _bare(line).strip(_AROUND)
    return "void" if _VOID.match(text) else "otherwise" if _OTHERWISE.match(text) else ""


def _bare(cell: str) -> str:
    return re.sub(r"\s", "", plain_text(cell[:_LONGEST]))


def said_of_whole(cell: str) -> bool:
    """Whether a text takes back, or says otherwise, all that stands with it: 此表作废, 以上各行作废."""
    inner = _LABEL.sub("", _bare(cell).strip(_AROUND), count=1)
    return bool(_OF_WHOLE.match(inner)) and says(cell) in TAKES_BACK


@lru_cache(maxsize=1024)
def name_says(name: str) -> Says:
    """The same of a title or of the name of a sheet or file: by its parts, of which one that says 更正 may be what corrects another."""
    shown = plain_text(name[:_LONGEST])
    if _IN_A_NAME.search(re.sub(r"\s", "", shown)):
        return "void"
    parts = [part for part in _PARTS.split(shown) if part]
    if len(parts) == 1 and _MATTER.fullmatch(parts[0]):
        return "mentions"
    found = {says(part) for part in parts if not _A_CORRECTION.match(part)}
    graver: Says = "void" if "void" in found else "otherwise"
    return graver if found & TAKES_BACK else "mentions" if _OF_NAMES.search(shown) else ""


@lru_cache(maxsize=1024)
def bears(note: str) -> bool:
    """Whether a note around a table may bear on its rows: it takes some back, corrects them, or says how they are counted."""
    text = re.sub(r"\s", "", plain_text(note))
    return bool(_MENTIONS.search(text) or _OF_FIGURES.search(text))


def takes_back_of(note: str, rows: Iterable[Sequence[str]]) -> bool:
    """Whether a note around a table takes back, or corrects, what one of its rows says: it calls that row by a number or a cell.

    ``rows``: the cells of each.
    """
    text = plain_text(note[:_LONGEST])
    close = re.sub(r"\s", "", text)
    if not _MENTIONS.search(close):
        return False
    if _BY_NUMBER.search(close):
        return True
    told = {plain_text(cell) for cells in rows for cell in cells if cell in note}
    words = (cell for cell in told if len(cell) > 1 and not _MENTIONS.search(cell))
    return any(re.search(_whole_word(word), text) for word in words)


def _whole_word(word: str) -> str:
    """A pattern of a word: A3 is not called by A31."""
    before, after = (rf"{look}[A-Za-z0-9])" for look in ("(?<!", "(?!"))
    ends = (end.isascii() and end.isalnum() for end in (word[0], word[-1]))
    return f"{before if next(ends) else ''}{re.escape(word)}{after if next(ends) else ''}"


class RowRemark(NamedTuple):
    """What is remarked on a row: in which column (-1: nothing is), what it says of the row, the words, whether in a comment."""

    column: int
    says: Says
    text: str = ""
    comment: bool = False


class BesideRows(Struct):
    """What comments say of the rows below the headings of a table, by number.

    ``asked``: the rows of which it was asked. ``whole``: words that speak of taking back and stand beside no row.
    """

    rows: Mapping[int, RowRemark] = field(default_factory=dict)
    whole: Sequence[WordsBeside] = ()
    asked: set[int] = field(default_factory=set)


class RowRemarks(Struct, frozen=True):
    """The columns of a sheet in which a remark may take a row back: those that nothing is read from, and free remarks.

    ``asking``: of those whose heading asks whether the row counts, the answers that say that it does not. ``headed``: how
    many columns the row of headings has; what stands behind them is read by nobody. ``comments``: on cells of rows.
    ``ours``: the columns that a check wrote behind all others; what its words tell of is not said of the row.
    """

    beside: tuple[int, ...]
    remarking: frozenset[int]
    asking: dict[int, frozenset[str]]
    headed: int
    comments: BesideRows = field(default_factory=BesideRows)
    ours: frozenset[int] = frozenset()

    def about(self, row: GridRow) -> RowRemark:
        """Like ``of`` of a whole row, comments on its cells among what is said."""
        column, said = self.of(row.cells)
        other = self.comments.rows.get(row.number)
        if other:
            self.comments.asked.add(row.number)
            if not said or (said == "mentions" and other.says != "mentions"):
                return other
        return RowRemark(column, said, row.cells[column] if said else "")

    def of(self, cells: list[str]) -> tuple[int, Says]:
        """The column in which a row is remarked on, and what it says; (-1, "") for none. The gravest counts."""
        found: tuple[int, Says] = (-1, "")
        width = len(cells)
        for n in self.beside if width <= self.headed else (*self.beside, *range(self.headed, width)):
            said = self.says(n, cells[n]) if n < width else ""
            if said and (not found[1] or (found[1] == "mentions" and said != "mentions")):
                found = n, said
        return found

    def says(self, column: int, cell: str) -> Says:
        """What a cell of one of these columns says of its row."""
        if not cell:
            return ""
        if column in self.ours:
            return "void" if says_outright(cell) == "void" else ""
        if column in self.asking:
            return "void" if plain_text(cell).lower() in self.asking[column] else ""
        said = says(cell)
        # What other such words mean in a column of another name nobody knows.
        return said if said in ("", "void") or column in self.remarking else ""


def remarks(head: GridRow, piece: Piece, free: frozenset[int], comments: BesideRows) -> RowRemarks:
    """The columns of a sheet for remarks. ``free``: those that are read and take whatever is written."""
    names = {n: heading(cell) for n, cell in enumerate(head.cells)}
    remarking = frozenset(
        n for n, name in names.items() if _REMARKS.fullmatch(name) and (n not in piece.used or n in free)
    )
    beside = tuple(n for n in names if n not in piece.used or n in remarking)
    asking = {n: answers for n in beside if n not in piece.used and (answers := _answers(names[n])) is not None}
    return RowRemarks(beside, remarking, asking, len(head.cells), comments, _written_by_us(head))


def _written_by_us(head: GridRow) -> frozenset[int]:
    """The columns under our three headings, where all stand side by side."""
    many = len(WRITTEN)
    starts = (n for n in range(len(head.cells)) if tuple(head.cells[n : n + many]) == WRITTEN)
    return frozenset(column for start in starts for column in range(start, start + many))


def _answers(name: str) -> frozenset[str] | None:
    if _ASKS_IF_VOID.fullmatch(name):
        return _YES
    return _NO if _ASKS_IF_VALID.fullmatch(name) else None


def taken_back(row: GridRow, known: RowRemarks) -> Text | None:
    """Why a row that its remark takes back, or says otherwise, is not read; None for any other."""
    n, said, text, comment = known.about(row)
    if said not in TAKES_BACK:
        return None
    shown, column = _shown(text), letters(n)
    zh = f"{column} 列{'的批注' if comment else ''}写的是“{shown}”"
    en = f"{'a comment in ' if comment else ''}column {column} says {shown}"
    if said == "void":
        return Text(f"{zh}，没有读；作废的，请删去这一行，仍算数的，去掉标记", f"{en}; the row was not read")
    return Text(
        f"{zh}，这一行还算不算、以哪个为准不知道，没有读；照它改好这一行，再删去这句话",
        f"{en}: whether the row counts as it stands is unknown, and it was not read",
    )


def mentioned(row: GridRow, piece: Piece, known: RowRemarks) -> InputProblem | None:
    """What is told of a remark that speaks of such a thing where the row is read as it stands; None for any other."""
    n, said, text, comment = known.about(row)
    if said != "mentions":
        return None
    zh, en = where(piece.grid, row.number, n)
    shown = _shown(text)
    message = Text(
        f"{zh}{'的批注' if comment else ''}写的是“{shown}”，没有据以改动：这一行照其余各列读入",
        f"{en}{', a comment,' if comment else ''} says {shown}: nothing was changed by it, the row was read as it stands",
    )
    place, source = place_of(row, piece, n)
    return InputProblem("input/left-aside", place, message, _AS_IT_SAYS, source)


def more_of(grid: str, untold: int) -> InputProblem:
    """The same of so many more rows."""
    said = Text(f"另有 {untold} 行有这样的备注", f"{untold} more rows have such remarks")
    return InputProblem("input/left-aside", Place(1, 1, 1, grid), said, _AS_IT_SAYS)


def _shown(cell: str) -> str:
    return " ".join(plain_text(cell).split())[:_SHOWN]


def texts(row: GridRow) -> Iterator[str]:
    """What stands in a row."""
    return (cell for cell in row.cells if not is_blank(cell))


_AS_IT_SAYS = Text(
    "备注说这一行作废、更正、重复的，照它改好这一行（作废的删去）；不影响的，不必理会。",
    "Where the remark takes the row back or corrects it, do so; else ignore this.",
)
