"""What a number format adds to a number that people see: a unit (0"万元"), per cent, thousands left away, noughts in front.

A cell is read as it is shown: 5 in the format 0"万元" is 5万元, as somebody who types it means it. Rounding does not count.
"""

import re
from decimal import Decimal

from msgspec import Struct

from banshi.base.text import Text
from banshi.files.tables.quantities import UNIT

_PIECE = re.compile(r'"([^"]*)"|[\\!](.)|\[([^\]]*)\]|[_*].|(General|G/通用格式)|(.)', re.S | re.I)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?\d+(?:\.\d+)?)")
_COUNTED = re.compile(rf"[/每]?(?:{UNIT}|[千万亿]|百万)")
_DIGITS = "0#?"
_MOST = 8  # sections and the like beyond any format that people make
_PLACES = 15


class NotAsShown(ValueError):
    """A number that is shown as another one without a unit that says so; ``text`` says it."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


class Section(Struct, frozen=True):
    """A part of a format: for which numbers, the unit behind them, what they are divided by (``hundredths``: times 100), how many
    digits they have at least.
    """

    condition: tuple[str, Decimal] | None = None
    unit: str = ""
    divisor: int = 1
    hundredths: bool = False
    digits: int = 0

    @property
    def plain(self) -> bool:
        """Whether it shows a number as it is."""
        return not self.unit and self.divisor == 1 and not self.digits

    def holds(self, value: Decimal) -> bool:
        """Whether its condition holds of a number."""
        if self.condition is None:
            return False
        sign, bound = self.condition
        return {
            "<": value < bound,
            ">": value > bound,
            "=": value == bound,
            "<=": value <= bound,
            ">=": value >= bound,
            "<>": value != bound,
        }[sign]

    def shown(self, value: Decimal, figure: str) -> str:
        """A number as it is shown (``figure``: as it is stored). Raises ``NotAsShown``."""
        if self.divisor != 1 and not self.unit:
            raise NotAsShown(_otherwise(figure, self.divisor))
        if self.hundredths:
            return f"{_written(value * 100 / self.divisor)}{self.unit}"
        if self.digits and figure.isdecimal():
            figure = figure.zfill(self.digits)
        return f"{figure if self.divisor == 1 else _written(value / self.divisor)}{self.unit}"


Sections = tuple[Section, ...]


def sections_of(code: str) -> Sections:
    """The parts of a format; none where it shows every number as it is."""
    found = tuple(_section(pieces) for pieces in _parts(code)[:_MOST])
    return () if all(section.plain for section in found) else found


def as_shown(sections: Sections, value: Decimal, figure: str) -> str:
    """A number as a format shows it (``figure``: as it is stored). Raises ``NotAsShown``."""
    return _fitting(sections, value).shown(value, figure)


def _fitting(sections: Sections, value: Decimal) -> Section:
    if any(section.condition for section in sections):
        return next((each for each in sections if each.holds(value)), sections[-1])
    numbers = sections[:3]
    if value < 0 and len(numbers) > 1:
        return numbers[1]
    return numbers[2] if value == 0 and len(numbers) > 2 else numbers[0]


def _parts(code: str) -> list[list[re.Match[str]]]:
    """The pieces of a format, by its sections; the fourth is of texts."""
    found: list[list[re.Match[str]]] = [[]]
    for piece in _PIECE.finditer(code):
        if piece[5] == ";":
            found.append([])
        else:
            found[-1].append(piece)
    return found


def _section(pieces: list[re.Match[str]]) -> Section:
    """What a section says, from its first digit on: literal texts behind the last one are the unit."""
    condition = next((_condition(piece[3]) for piece in pieces if piece[3]), None)
    places = [n for n, piece in enumerate(pieces) if piece[4] or (piece[5] and piece[5] in _DIGITS)]
    if not places:
        return Section(condition)
    body, behind = pieces[places[0] : places[-1] + 1], pieces[places[-1] + 1 :]
    divisor = 10 ** (3 * _thousands(behind) + _behind_a_false_point(body))
    literal = "".join(_said(piece) for piece in behind).strip()
    hundredths = any(piece[5] == "%" for piece in pieces)
    unit = "%" if hundredths else literal if _COUNTED.fullmatch(literal) else ""
    code = "".join(piece[0] for piece in pieces if not piece[3])
    digits = len(code) if len(code) > 1 and set(code) == {"0"} else 0
    return Section(condition, unit, divisor, hundredths, min(digits, _PLACES))


def _condition(said: str) -> tuple[str, Decimal] | None:
    found = _CONDITION.fullmatch(said.strip())
    return (found[1], Decimal(found[2])) if found else None


def _thousands(behind: list[re.Match[str]]) -> int:
    """How many commas follow the last digit: each leaves a thousand away."""
    count = 0
    for piece in behind:
        if piece[5] != ",":
            break
        count += 1
    return min(count, 4)


def _behind_a_false_point(body: list[re.Match[str]]) -> int:
    """How many digits stand behind a point that is only printed (0!.0000): the number is shown as so many places smaller."""
    at = next((n for n, piece in enumerate(body) if (piece[1] or piece[2]) == "."), None)
    if at is None:
        return 0
    return min(_PLACES, sum(1 for piece in body[at:] if piece[5] and piece[5] in _DIGITS))


def _said(piece: re.Match[str]) -> str:
    """The text that a piece prints as it stands."""
    said = piece[1] if piece[1] is not None else piece[2]
    if said is not None:
        return said
    return piece[5] if piece[5] and piece[5] not in ",.%" else ""


def _written(value: Decimal) -> str:
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _otherwise(figure: str, divisor: int) -> Text:
    return Text(
        f"存的是 {figure}，按单元格格式显示的是它的 {divisor:,} 分之一，格式里又没有单位，说不清是哪一个；把格式改为“常规”，写明单位",
        f"{figure} is stored, and shown divided by {divisor:,} without a unit; use the format General, and say the unit",
    )
