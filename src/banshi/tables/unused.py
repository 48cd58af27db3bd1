"""Columns that nothing is read from; those that would hold what nobody may keep there are told apart."""

import re
from collections.abc import Iterator

from banshi.documents import Place
from banshi.findings import Severity
from banshi.reading import InputProblem
from banshi.tables.grids import Row
from banshi.tables.headings import heading
from banshi.tables.row_problems import source_of
from banshi.tables.sheet import Piece
from banshi.text import Text, listed


def of_the_body(name: str) -> bool:
    """Whether a heading is that of biometric data, which is neither read nor written anywhere."""
    return bool(_BODY.search(heading(name)))


def unused(piece: Piece, head: Row) -> Iterator[tuple[InputProblem, Severity]]:
    """Columns that nothing is read from; those that would hold what nobody may keep there are told apart."""
    used = set(piece.columns.values())
    names = {cell.strip(): None for n, cell in enumerate(head.cells) if n not in used and cell.strip()}
    body = [name for name in names if of_the_body(name)]
    unknown = [name for name in names if name not in body and heading(name) not in _IDLE]
    at, source = Place(head.number, 1, 2), source_of(head, piece)
    if body:
        said = Text(f"这些列像是生物特征，没有读：{listed(body)}", f"biometric columns are not read: {', '.join(body)}")
        yield InputProblem("input/biometric-column", at, said, _NOT_HERE, source), Severity.WARNING
    if unknown:
        said = Text(f"没有用到这些列：{listed(unknown)}", f"these columns are not used: {', '.join(unknown)}")
        yield InputProblem("input/column-unused", at, said, _MISSPELT, source), Severity.NOTE


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
_BODY = re.compile(
    r"指纹(模板|特征|图|数据|码|值)|^指纹$|人脸|面部|刷脸(模板|特征|图|数据)|虹膜|掌纹|掌静脉|指静脉|声纹|抓拍|照片|生物特征"
    r"|template|biometric|face|iris|fingerprint_?(data|image)"
)
_MISSPELT = Text("列名写错的，改正；不需要的，不必理会。", "Correct a misspelt heading; ignore what is not needed.")
_NOT_HERE = Text(
    "指纹、人脸等生物特征不应放在考勤表里：从文件里删去这些列。",
    "Fingerprints, faces and the like should not be kept in this file: delete these columns.",
)
