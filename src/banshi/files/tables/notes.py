"""What stands around the rows of a table without being one: notes, signatures, dates of printing, numbers of pages.

Such a row is left aside, and told, where it can be no record: its words are those of a note, and it could not be read as a row.
"""

import re
from collections.abc import Collection, Sequence
from functools import lru_cache
from itertools import groupby
from typing import Literal

from msgspec import Struct, field

from banshi.base.patterns import late
from banshi.base.text import NOTHING, Text
from banshi.files.reading import InputProblem
from banshi.files.tables.cells import is_blank, plain_text
from banshi.files.tables.grids import GridRow
from banshi.files.tables.headings import heading
from banshi.files.tables.money_units import unit_in_note
from banshi.files.tables.row_problems import place_of
from banshi.files.tables.sheet import Piece, where

Sort = Literal["", "remark", "signed", "maybe", "unit"]
_REMARK = late(
    r"[*※#(\[【<《]*(?:(?:填表|填报|填写|编制|使用|特别|补充|数据)?(?:说明|备注|附注|注释|注意|注|提示|来源|notes?|remarks?)(?:事项)?)[)\]】>》]*"
    r"[0-9一二三四五六七八九十]{0,2}[)\]】>》]*(?:[:、.;]|$|(?<=[)\]】>》]))",
    re.I,
)
_WHO = r"人员?|员|者|机构|部门|单位|领导|负责人|日期|时间|时刻|电话|方式|意见|签字|签名|签章|盖章|公章"
_DOES = (
    "制表|填表|填报|填写|编制|统计|报送|上报|呈报|打印|导出|下载|生成|查询|输出|经办|承办|审核|复核|审定|审签|初审|终审|核对|校对|校核"
    "|核准|核实|签发|批准|审批|负责|分管|主[管办任]|领导|[组处科局部所班]长|联系|联络|录入|登记|汇总|考勤|签字|签名|签章|盖章|公章"
)
_SEAL = r"\((?:盖章|公章|签章|签字|签名|章|签字盖章)\)"
_SIGNED = late(
    rf"(?:(?:{_DOES})(?:{_WHO})*(?:{_SEAL})?|(?:单位|部门|科室|中心|机构|窗口)(?:负责人|领导|签字|签章|盖章|公章|{_SEAL})+)"
    r"(?::|(?<=[)字名章人])(?=_|年月日|\d{4}年|$))"
)
_PAGE = late(r"-?第?\d{1,5}页(?:[,/、]?共\d{1,5}页)?-?|共\d{1,5}页|-\d{1,5}-|page\d{1,5}(?:of\d{1,5})?", re.I)
_LABEL = late(r"([^:\d][^:]{0,19}):")
_NUMBERED = late(r"[(\[]?(?:\d{1,2}|[一二三四五六七八九十]{1,2})[)\].、]")
_MARKED = late(r"[*※★●△▲◆(【\[《“-]")
_DATE = late(
    r"(?:[\d〇○零一二三四五六七八九十]{2,4}|_*)年(?:[\d一二三四五六七八九十]{1,3}|_*)月(?:[\d一二三四五六七八九十]{1,3}|_*)日"
)
_DAY = late(r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}")
_BESIDE = late(r"(?:日期|时间|电话):")  # beside who signed
_COUNT = late(r"(?:合计|总计|共计|总共|共|计):?(\d{1,9})(条|行|件|笔|人次|人|次|项|个)(?:记录|数据|信息)?[.。]?")
_OF_ROWS = ("条", "行", "件", "笔")
_BODY = late(r"[\u4e00-\u9fff]{4,}(?:中心|政府|委员会|局|委|办|厅|处|科|室|公司|院|所)")
_SENTENCE = late("[,;。!?、]")
_CHINESE = late("[\u4e00-\u9fff]")
NOTES_BEGIN = frozenset("-(*#[pPnNrR")  # what a note may begin with that is not Chinese
_MONEY = late("(?:千|万|亿)元")
_LETTERS = 8  # Chinese ones that a sentence holds at least
_MOST = 50  # rows in doubt that are kept until it is seen whether rows follow
_SHOWN = 40


@lru_cache(maxsize=4096)
def _plainly(cell: str) -> str:
    return re.sub(r"\s", "", plain_text(cell))


def _texts(row: GridRow) -> list[str]:
    """What stands in the row from left to right, merged cells once."""
    return [text for text, _ in groupby(_plainly(cell) for cell in row.cells if not is_blank(cell))]


@lru_cache(maxsize=4096)
def _begins(cell: str) -> bool:
    text = _plainly(cell)
    return bool(_REMARK.match(text) or _SIGNED.match(text) or _PAGE.fullmatch(text))


def begins_a_note(cell: str) -> bool:
    """Whether a row whose first cell this is may be a note although another cell says something else."""
    return not (cell.isascii() and cell[0] not in NOTES_BEGIN) and _begins(cell)


def may_be_note(row: GridRow) -> bool:
    """Whether to look closer: a row of a table seldom begins so, or says one thing alone."""
    cells = row.cells
    first = cells[0] if cells and cells[0] else next((cell for cell in cells if cell and not is_blank(cell)), "")
    if not first or row.bad or row.struck or (first.isascii() and first[0] not in NOTES_BEGIN):
        return False
    if _begins(first):
        return True
    for cell in row.cells:  # noqa: SIM110 - asked of every row of a table
        if cell != first and not is_blank(cell):
            return False
    return True


def note_sort(row: GridRow, headings: Collection[str]) -> Sort:
    """What note a row has the words of: one in any place (``remark``, ``signed``), or one below the last row alone (``maybe``),
    or one that states the unit of amounts (``unit``).

    ``headings``: those of the table, as they are compared. What speaks of money otherwise is none: it would bear on amounts.
    """
    texts = _texts(row)
    if texts and unit_in_note(row):
        return "unit"
    if not texts or any(_MONEY.search(text) for text in texts):
        return ""
    if len(texts) == 1 and (_PAGE.fullmatch(texts[0]) or _COUNT.fullmatch(texts[0])):
        return "signed"
    if _signed(texts, headings):
        return "signed"
    if _REMARK.match(texts[0]) and (len(texts) == 1 or all(_CHINESE.search(text) for text in texts)):
        return "remark"
    return "maybe" if len(texts) == 1 and _trailing(texts[0], headings) else ""


def _signed(texts: Sequence[str], headings: Collection[str]) -> bool:
    """Whether all that stands there is labels of who made or signed something, each with one value at most beside it."""
    free = False  # whether a value may come next
    for n, text in enumerate(texts):
        if _SIGNED.match(text) and heading(text.partition(":")[0]) not in headings:
            free = text.endswith((":", ")")) or "签" in text[-2:]
        elif free or (n and (_DATE.fullmatch(text) or _DAY.fullmatch(text) or _BESIDE.match(text))):
            free = text.endswith(":")
        else:
            return False
    return True


def _trailing(text: str, headings: Collection[str]) -> bool:
    """Whether a text that stands alone reads like a note, where no row follows."""
    if label := _LABEL.match(text):
        return heading(label[1]) not in headings
    if _DATE.fullmatch(text) or _BODY.fullmatch(text):
        return True
    if _NUMBERED.match(text):
        return bool(_CHINESE.search(text))
    return len(_CHINESE.findall(text)) >= _LETTERS and bool(_SENTENCE.search(text) or _MARKED.match(text))


class TableNotes(Struct):
    """The notes of a sheet. ``waiting``: rows that are notes if no row follows them."""

    rows: list[GridRow] = field(default_factory=list)
    waiting: list[GridRow] = field(default_factory=list)

    def take(self, row: GridRow, sort: Sort) -> bool:
        """Take in a row; False where too many wait."""
        if sort != "maybe" or (self.rows and not self.waiting and _follows(self.rows[-1], row)):
            self.rows.append(row)
            return True
        if len(self.waiting) < _MOST:
            self.waiting.append(row)
            return True
        return False

    def none(self) -> list[GridRow]:
        """A row follows: those that waited are no notes."""
        found, self.waiting = self.waiting, []
        return found

    def end(self) -> list[GridRow]:
        """No row follows: every note."""
        self.rows = sorted([*self.rows, *self.none()], key=lambda row: row.number)
        return self.rows


def _follows(above: GridRow, row: GridRow) -> bool:
    """Whether a row is the next point of a numbered note."""
    return row.number == above.number + 1 and bool(_NUMBERED.match(_texts(row)[0]))


def note_said(row: GridRow, piece: Piece, bearing: bool = False) -> InputProblem:
    """What is told of a note. ``bearing``: whether it may take rows back, correct them, or say how they are counted."""
    zh, en = where(piece.grid, row.number)
    shown = " ".join(plain_text(next(cell for cell in row.cells if not is_blank(cell))).split())[:_SHOWN]
    said = Text(
        f"{zh}是表外的说明或签字（{shown}），没有当作一行内容读", f"{en} is a note ({shown}), not read as an entry"
    )
    place, source = place_of(row, piece, None)
    return InputProblem("input/note-row", place, said, _CHANGES if bearing else _NEEDLESS, source)


def unit_said(row: GridRow, piece: Piece, unit: str) -> InputProblem:
    """What is told of a note that states the unit of amounts, where they are read by it."""
    zh, en = where(piece.grid, row.number)
    said = Text(
        f"{zh}写明金额单位“{unit}”：没有另写单位的金额按它读", f"{en} states the unit {unit}: amounts are read so"
    )
    place, source = place_of(row, piece, None)
    return InputProblem("input/note-row", place, said, NOTHING, source)


def off_count(row: GridRow, piece: Piece, rows: int) -> tuple[InputProblem, int] | None:
    """What is told of a note that says how many rows there are, where there are not so many; and how many are lacking."""
    found = _COUNT.fullmatch(_texts(row)[0])
    if found is None or found[2] not in _OF_ROWS or int(found[1]) == rows:
        return None
    zh, en = where(piece.grid, row.number)
    said = Text(
        f"{zh}写着共 {found[1]} {found[2]}，这张表有 {rows} 行：可能漏了行",
        f"{en} says {found[1]} rows, there are {rows}",
    )
    place, source = place_of(row, piece, None)
    return InputProblem("input/note-row", place, said, _ALL_THERE, source), int(found[1]) - rows


_CHANGES = Text(
    "说明里说到作废、更正、重复或怎样计量：没有据以改动任何一行；照它改好各行（作废的删去），或确认不影响。",
    "It speaks of rows taken back, corrected, or of how they are counted: nothing was changed by it; change them yourself.",
)
_ALL_THERE = Text("核对各行是不是都在。", "See whether all rows are there.")
_NEEDLESS = Text("不必理会；是一行内容的，按列名填写。", "Ignore it; if it is an entry, fill it in under the headings.")
