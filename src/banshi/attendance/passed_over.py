"""Files beside a register that look like its tables but are not read: said, lest everybody seem to be absent."""

from collections.abc import Iterator
from pathlib import Path

from banshi.attendance.columns import PARTS
from banshi.discovery import not_followed
from banshi.documents import Place
from banshi.findings import Finding
from banshi.locating import from_input
from banshi.reading import InputProblem
from banshi.tables.reading import is_table
from banshi.text import Text

_OTHER_BOOKS = (".xls", ".et", ".ods", ".xlsb", ".numbers")
_TEXTS = (".txt", ".dat", ".prn")


def passed_over(folder: Path, taken: set[Path], books: tuple[str, ...]) -> Iterator[Finding]:
    """Each file of the folder that is named like a part of the register but is none of ``taken``."""
    for path in sorted(folder.iterdir()):
        if path in taken or not path.is_file() or not_followed(path, folder) or path.name.startswith(("~$", ".")):
            continue
        stem = path.stem.lower()
        if (stem in books or looks_named(stem)) and (fix := _fix(path)):
            said = Text(f"旁边的 {path.name} 没有读：{fix[0].zh}", f"{path.name} beside the register is not read")
            yield from_input(path.as_posix(), InputProblem("input/not-a-table", Place(1, 1, 1), said, fix[1]))


def looks_named(stem: str) -> bool:
    """Whether a file's name, in lower case, has that of a part in it: 3月打卡."""
    return any(part.called(stem) for part in PARTS.values())


def _fix(path: Path) -> tuple[Text, Text] | None:
    """Why it is not read, and what to do."""
    suffix = path.suffix.lower()
    if suffix in _OTHER_BOOKS:
        return Text(f"{suffix} 格式读不了", "its format is not read"), _SAVE_AS_BOOK
    if suffix in _TEXTS:
        return Text("后缀不是表格的", "its suffix is not that of a table"), _RENAME
    if is_table(path):
        return Text("列名不够，认不出是登记的哪一部分", "its headings are not those of a part"), _NAME
    return None


_NAMES = "、".join(part.names[0] for part in PARTS.values())
_SAVE_AS_BOOK = Text(
    "用 Excel 或 WPS 打开，另存为“Excel 工作簿（.xlsx）”，再检查一次。", "Save it as .xlsx and check again."
)
_RENAME = Text(
    "第一行有列名、用逗号或制表符隔开的，把后缀改为 .csv；否则从考勤机重新导出。",
    "Rename it to .csv if its first row holds headings; otherwise export it again.",
)
_NAME = Text(
    f"在前几行写一行列名（各部分要哪些列，见网站上的格式页），文件名用 {_NAMES}；不是这份登记的，移到别处。",
    "Write the headings of a part in one of its top rows, or move it elsewhere.",
)
