"""A small evaluator of spreadsheet formulas, for tests: what our workbooks use, and nothing else.

It computes with the same binary numbers as a spreadsheet, from the cells alone, never from the stored results.
"""

import re
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property
from io import BytesIO
from typing import Any

import openpyxl

_CELL = r"\$?[A-Z]+\$?[0-9]+"
_PLACE = re.compile(rf"(?:'((?:[^']|'')+)'!)?({_CELL})(?::({_CELL}))?")
_TEXT = re.compile(r'"[^"]*"')


class Workbook:
    """The formulas of a workbook and the values that are stored with them."""

    def __init__(self, data: bytes) -> None:
        self._data = data

    @cached_property
    def formulas(self) -> Any:
        return openpyxl.load_workbook(BytesIO(self._data))

    @cached_property
    def stored(self) -> Any:
        return openpyxl.load_workbook(BytesIO(self._data), data_only=True)

    def computed(self) -> dict[tuple[str, str], tuple[Any, Any]]:
        """By sheet and cell, for every formula: what it gives, and what is stored."""
        found = {}
        for sheet in self.formulas.worksheets:
            for row in sheet.iter_rows():
                for cell in row:
                    if cell.data_type == "f":
                        stored = self.stored[sheet.title][cell.coordinate].value
                        found[sheet.title, cell.coordinate] = self.value(sheet.title, cell.coordinate), stored
        return found

    def value(self, sheet: str, place: str) -> Any:
        cell = self.formulas[sheet][place.replace("$", "")]
        return self._evaluated(sheet, str(cell.value)[1:]) if cell.data_type == "f" else cell.value

    def _evaluated(self, sheet: str, formula: str) -> Any:
        held: list[Any] = []

        def hold(value: Any) -> str:
            held.append(value)
            return f" held_({len(held) - 1}) "

        python = _TEXT.sub(lambda found: hold(found[0][1:-1]), formula)
        python = _PLACE.sub(lambda found: hold(self._referred(sheet, found)), python)
        python = re.sub(r"(?<![<>=])=(?!=)", "==", python).replace("<>", "!=")
        return eval(python, {"__builtins__": {}}, {**_FUNCTIONS, "held_": held.__getitem__})

    def _referred(self, sheet: str, found: re.Match[str]) -> Any:
        place = (found[1] or sheet).replace("''", "'")
        return self._over(place, found[2], found[3]) if found[3] else self.value(place, found[2])

    def _over(self, sheet: str, first: str, last: str) -> list[Any]:
        rows = self.formulas[sheet][f"{first}:{last}".replace("$", "")]
        return [self.value(sheet, cell.coordinate) for row in rows for cell in row]


def _numbers(given: tuple[Any, ...]) -> list[Any]:
    flat = [part for each in given for part in (each if isinstance(each, list) else [each])]
    return [each for each in flat if isinstance(each, int | float) and not isinstance(each, bool)]


def _round(number: float, digits: int) -> float:
    return float(Decimal(repr(number)).quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP))


_FUNCTIONS: dict[str, Any] = {
    "SUM": lambda *given: sum(_numbers(given)),
    "MIN": lambda *given: min(_numbers(given)),
    "MAX": lambda *given: max(_numbers(given)),
    "INT": lambda number: int(number // 1),
    "ROUND": _round,
    "IF": lambda test, yes, no: yes if test else no,
    "OR": lambda *tests: any(tests),
    "AND": lambda *tests: all(tests),
    "RANK": lambda number, numbers: 1 + sum(each > number for each in _numbers((numbers,))),
}
