"""A workbook to keep a month's register in: front page, people, windows, punches, leave, duty log, notes; read back it is a register.

Headings are the first of those that are read; what may be picked comes from the instruments of the place.
"""

import io
from collections.abc import Mapping, Sequence

from banshi.files.law_used import LawUsed
from banshi.files.tables.headings import TableColumn
from banshi.files.tables.written_sheets import BookPen
from banshi.subjects.attendance.carried_over import BegunRegister
from banshi.subjects.attendance.cell_names import FORM_NAMES, HALF_NAMES, METHOD_NAMES
from banshi.subjects.attendance.columns import OF_WORDS, PARTS, RegisterColumns
from banshi.subjects.attendance.forms import RegisterPart
from banshi.subjects.attendance.front_page import LABELS, NAMES
from banshi.subjects.attendance.vocabulary import RegisterWords

_ROWS = 500  # that offer choices
_ORDER = ("windows", "staff", "punches", "leave", "duty_log", "notes", "roster")
_ONE_A_PUNCH = ("staff", "day", "time", "method")  # of the ways to write punches the plainest


def template(place: str, words: RegisterWords, law: LawUsed, begun: BegunRegister | None = None) -> bytes:
    """The workbook for a place; ``words``: of its instruments. A sheet for shifts only where somebody works them.

    ``begun``: what of the last register stands in it already.
    """
    raw = io.BytesIO()
    filled = {"windows": begun.windows, "staff": begun.people} if begun else {}
    with BookPen(raw) as pen:
        pen.rows(NAMES[0], _front(place, law, begun))
        for key in _ORDER:
            if key != "roster" or len(words.shift_names) > len(set(words.shift_names.values())) - 1 > 0:
                _sheet(pen, PARTS[key], words, filled.get(key, ()))
    return raw.getvalue()


def _front(place: str, law: LawUsed, begun: BegunRegister | None) -> list[tuple[str, str]]:
    about = (
        "一个月一本。中心、月份要填；各张表的列不要改名，次序可变，不用的列可删。填好运行 banshi attendance 文件.xlsx。"
    )
    return [
        ("考勤登记", ""),
        (LABELS["centre"], begun.centre if begun else ""),
        (LABELS["jurisdiction"], place),
        (LABELS["month"], begun.month if begun else ""),
        *([(LABELS["fictional"], "是")] if begun and begun.fictional else []),
        ("填写说明", about),
        ("依据", law.said.zh),
    ]


def _sheet(pen: BookPen, part: RegisterColumns, words: RegisterWords, filled: Sequence[RegisterPart]) -> None:
    columns = {key: part.columns[key] for key in (_ONE_A_PUNCH if part.key == "punches" else part.columns)}
    rows = [[_cell(part, key, getattr(each, key), words) for key in columns] for each in filled]
    sheet = pen.rows(part.title.zh, [[column.headings[0] for column in columns.values()], *rows])
    for number, (key, column) in enumerate(columns.items()):
        pen.note(sheet, number, column.about)
        pen.offer(sheet, number, _offered(part, key, column, words), _ROWS)
    sheet.freeze_panes(1, 1)


def _cell(part: RegisterColumns, key: str, value: object, words: RegisterWords) -> str:
    """A value as a person writes it: of a declared word its first name."""
    table, _ = OF_WORDS.get(part.key, {}).get(key, ("", False))
    names: Mapping[str, str] = getattr(words, table) if table else {}
    return next((name for name, meant in names.items() if meant == value), "" if value is None else str(value))


def _offered(part: RegisterColumns, key: str, column: TableColumn, words: RegisterWords) -> Sequence[str]:
    """What may be picked in a column; of several names for one thing the first."""
    table, several = OF_WORDS.get(part.key, {}).get(key, ("", False))
    names: Mapping[str, str] = {} if several else getattr(words, table) if table else _FIXED.get(key, {})
    first: dict[str, str] = {}
    for name, meant in names.items():
        first.setdefault(meant, name)
    return ["是", "否"] if column.about.startswith("是 或 否") else list(first.values())


_FIXED: dict[str, Mapping[str, str]] = {
    "method": METHOD_NAMES,
    "form": FORM_NAMES,
    "from_half": HALF_NAMES,
    "to_half": HALF_NAMES,
}
