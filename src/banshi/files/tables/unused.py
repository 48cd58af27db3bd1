"""Columns that nothing is read from; those that would hold what nobody may keep there are told apart."""

from collections.abc import Iterable, Iterator

from banshi.base.patterns import late
from banshi.base.text import Text, listed
from banshi.files.documents import Place
from banshi.files.findings import Severity
from banshi.files.reading import InputProblem
from banshi.files.tables.account import LeftColumn, TakenColumn, Why
from banshi.files.tables.claims import Claims
from banshi.files.tables.grids import GridRow
from banshi.files.tables.headings import heading
from banshi.files.tables.row_problems import source_of
from banshi.files.tables.sheet import Piece

_SHOWN = 8


def of_the_body(name: str) -> bool:
    """Whether a heading is that of biometric data, which is neither read nor written anywhere."""
    return bool(_BODY.search(heading(name)))


def taken(piece: Piece, head: GridRow) -> tuple[TakenColumn, ...]:
    """The columns that are read, from left to right."""
    places = sorted((n, key) for key, first in piece.columns.items() for n in (first, *piece.more.get(key, ())))
    return tuple(TakenColumn(head.cells[n].strip(), n, key) for n, key in places)


def left(piece: Piece, head: GridRow, found: Claims) -> dict[int, LeftColumn]:
    """The columns that nothing is read from, and why, by their place."""
    known: dict[int, tuple[Why, str]] = {n: ("claimed twice", key) for key, at in found.clashes.items() for n in at}
    known |= {n: ("said elsewhere", key) for n, key in found.same.items()}
    return {
        n: LeftColumn(cell.strip(), n, *known.get(n, (_why(cell), "")))
        for n, cell in enumerate(head.cells)
        if n not in piece.used
    }


def _why(cell: str) -> Why:
    if not cell.strip():
        return "no heading"
    if of_the_body(cell):
        return "biometric"
    return "idle" if heading(cell) in _IDLE else "unused"


def unused(columns: Iterable[LeftColumn], piece: Piece, head: GridRow) -> Iterator[tuple[InputProblem, Severity]]:
    """What is said of columns that nothing is read from; those that hold what nobody may keep there are told apart."""
    body = _names(columns, "biometric")
    unknown = _names(columns, "unused")
    at, source = Place(head.number or 1, 1, 2, piece.grid.name), source_of(head, piece)
    if body:
        said = Text(f"这些列像是生物特征，没有读：{listed(body)}", f"biometric columns are not read: {', '.join(body)}")
        yield InputProblem("input/biometric-column", at, said, _NOT_HERE, source), Severity.WARNING
    if unknown:
        said = Text(f"没有用到这些列：{listed(unknown)}", f"these columns are not used: {', '.join(unknown)}")
        yield InputProblem("input/column-unused", at, said, _MISSPELT, source), Severity.NOTE


def unnamed(columns: Iterable[LeftColumn], piece: Piece, head: GridRow) -> Iterator[InputProblem]:
    """What is said of columns in which something stands under no heading."""
    names = [column.letters for column in columns if column.why == "no heading"]
    if names:
        more = "…" if len(names) > _SHOWN else ""
        said = Text(
            f"这些列没有列名，没有读：{listed(names[:_SHOWN])}{more}",
            f"columns without a heading are not read: {', '.join(names[:_SHOWN])}{more}",
        )
        at, source = Place(head.number or 1, 1, 2, piece.grid.name), source_of(head, piece)
        yield InputProblem("input/column-unused", at, said, _NO_NAME, source)


def _names(columns: Iterable[LeftColumn], why: Why) -> list[str]:
    return list(dict.fromkeys(column.heading for column in columns if column.why == why))


# Columns that machines write and that nothing is read from.
_IDLE = frozenset(
    (
        "姓名",
        "name",
        "部门",
        "序号",
        "星期",
        "备注",
        "机器号",
        "考勤机",
        "设备号",
        "记录状态",
        "工种代码",
        "卡号",
        "窗口名称",
        "no",
        "no.",
        "问题",
        "依据",
        "怎么改",
    )
)
# Templates and pictures of the body; a column that says how somebody signed in is not among them.
_BODY = late(
    r"指纹(模板|特征|图|数据|码|值)|^指纹$|人脸|面部|刷脸(模板|特征|图|数据)|虹膜|掌纹|掌静脉|指静脉|声纹|抓拍|照片|生物特征"
    r"|template|biometric|face|iris|fingerprint_?(data|image)"
)
_MISSPELT = Text("列名写错的，改正；不需要的，不必理会。", "Correct a misspelt heading; ignore what is not needed.")
_NO_NAME = Text("要读的，写上列名；不需要的，不必理会。", "Write a heading above what should be read.")
_NOT_HERE = Text(
    "指纹、人脸等生物特征不应放在考勤表里：从文件里删去这些列。",
    "Fingerprints, faces and the like should not be kept in this file: delete these columns.",
)
