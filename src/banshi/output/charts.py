"""Charts as SVG for pages that are printed: black on white, told apart by pattern and letter rather than by colour.

Each chart carries its title and a description for those who hear it read; it needs no script and no style sheet.
"""

import zlib
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from markupsafe import Markup
from msgspec import Struct

from banshi.base.text import visible_lines

_WIDE = 360  # a phone's width, so that text keeps its size there
_LINE = 18
_SEEN = Decimal(2)  # 2 late cases of 5000 are a tenth of a point wide, and the ones that matter
_INK = "#000"
_FONT = "font-family:sans-serif;font-size:12px"
# Fills that stay apart on a black-and-white printer, in the order in which they are given out.
FILLS = ("#000", "#fff", "url(#{id}-lines)", "#999", "url(#{id}-dots)", "#ddd")


class Bar(Struct, frozen=True):
    """A bar: what it stands for, its length, and the figure as people write it."""

    label: str
    value: Decimal | int
    text: str = ""


class Stack(Struct, frozen=True):
    """A bar made of parts, by the name of each part."""

    label: str
    parts: Mapping[str, Decimal | int]
    text: str = ""


class GridMark(Struct, frozen=True):
    """What a cell of a grid shows: a name for the legend, a letter or sign in the cell, and a grey (or none)."""

    name: str
    sign: str = ""
    fill: str = "#fff"


class GridLine(Struct, frozen=True):
    """A row of a grid: its label and a mark's key for each column ("" leaves the cell out)."""

    label: str
    cells: Sequence[str]


def bars(title: str, rows: Sequence[Bar], *, desc: str = "", most: Decimal | int | None = None) -> Markup:
    """Horizontal bars from 0 to ``most`` (default: the longest). Negative values run from 0 as well, in outline."""
    longest = max((abs(Decimal(row.value)) for row in rows), default=Decimal(0))
    top = (longest if most is None else Decimal(most)) or Decimal(1)
    body = Markup("").join(_bar(n, row, top) for n, row in enumerate(rows))
    said = desc or "；".join(f"{row.label} {row.text or row.value}" for row in rows)
    return _svg(title, said, _WIDE, 2 * _LINE * len(rows) + 4, body)


def stacked(title: str, rows: Sequence[Stack], parts: Sequence[str], *, desc: str = "") -> Markup:
    """Bars made of parts, with a legend; ``parts`` gives the order."""
    own = _id(title, desc)
    fills = {part: FILLS[n % len(FILLS)].format(id=own) for n, part in enumerate(parts)}
    totals = [sum((Decimal(row.parts.get(part, 0)) for part in parts), Decimal(0)) for row in rows]
    top = max(totals, default=Decimal(0)) or Decimal(1)
    legend, height = _legend([(part, fills[part], "") for part in parts], _WIDE)
    body = Markup("").join(_stack(n, row, parts, fills, top) for n, row in enumerate(rows))
    body = _patterns(own) + legend + Markup('<g transform="translate(0 {})">{}</g>').format(height, body)
    said = desc or "；".join(f"{row.label}：" + "、".join(f"{p} {row.parts.get(p, 0)}" for p in parts) for row in rows)
    return _svg(title, said, _WIDE, height + 2 * _LINE * len(rows) + 4, body, own)


def grid(
    title: str, rows: Sequence[GridLine], columns: Sequence[str], marks: Mapping[str, GridMark], *, desc: str = ""
) -> Markup:
    """A table of small cells, such as people by days; ``marks`` tells what each key in the rows looks like."""
    left = min(140, max((_text_width(row.label) for row in rows), default=0)) + 8
    size = 17
    width = max(_WIDE, left + size * len(columns) + 2)
    legend, top = _legend([(m.name, m.fill, m.sign) for m in marks.values()], _WIDE)  # in view before one scrolls
    heads = Markup("").join(_text(left + size * n + size / 2, top + 13, c, middle=True) for n, c in enumerate(columns))
    lines = (_line(row, left, top + _LINE + size * n, size, marks) for n, row in enumerate(rows))
    said = desc or _told(rows, columns, marks)
    return _svg(title, said, width, top + _LINE + size * len(rows) + 2, legend + heads + Markup("").join(lines))


def _bar(n: int, row: Bar, top: Decimal) -> Markup:
    y = 2 * _LINE * n
    length = _units(abs(Decimal(row.value)), top)
    fill = _INK if row.value >= 0 else "#fff"
    return _labels(y, row.label, row.text or str(row.value)) + _rect(1, y + _LINE, length, 12, fill)


def _stack(n: int, row: Stack, parts: Sequence[str], fills: Mapping[str, str], top: Decimal) -> Markup:
    y, x, drawn = 2 * _LINE * n, Decimal(1), Markup("")
    lengths = _visible([_units(Decimal(row.parts.get(part, 0)), top) for part in parts], row, parts)
    for part, length in zip(parts, lengths, strict=True):
        if length:
            drawn += _rect(x, y + _LINE, length, 12, fills[part])
            x += length
    return _labels(y, row.label, row.text) + drawn


def _visible(lengths: Sequence[Decimal], row: Stack, parts: Sequence[str]) -> list[Decimal]:
    """The lengths of a bar's parts, where one that is not nought can be seen; the longest part gives what it takes."""
    own = [max(length, _SEEN) if row.parts.get(part) else length for part, length in zip(parts, lengths, strict=True)]
    taken, longest = sum(own) - sum(lengths), max(range(len(own)), key=own.__getitem__, default=0)
    if own and own[longest] - taken >= _SEEN:
        own[longest] -= taken
    return own


def _line(row: GridLine, left: float, y: float, size: int, marks: Mapping[str, GridMark]) -> Markup:
    drawn = _text(0, y + 13, _clipped(row.label, left - 6))
    for n, key in enumerate(row.cells):
        if key:
            mark, x = marks[key], left + size * n
            drawn += _rect(x, y, size, size, mark.fill)
            drawn += _text(x + size / 2, y + 13, mark.sign, middle=True, light=mark.fill in ("#000", "#333"))
    return drawn


def _units(value: Decimal, top: Decimal) -> Decimal:
    return (value / top * (_WIDE - 2)).quantize(Decimal("0.1"))


def _labels(y: float, label: str, text: str) -> Markup:
    return _text(0, y + 14, label) + Markup('<text x="{}" y="{}" text-anchor="end">{}</text>').format(
        _WIDE, y + 14, text
    )


def _rect(x: object, y: object, width: object, height: object, fill: str) -> Markup:
    return Markup('<rect x="{}" y="{}" width="{}" height="{}" fill="{}" stroke="#000" stroke-width="0.7"/>').format(
        x, y, width, height, fill
    )


def _text(x: float, y: float, text: str, *, middle: bool = False, light: bool = False) -> Markup:
    if not text:
        return Markup("")
    look = Markup(' text-anchor="middle"') if middle else Markup("")
    look += Markup(' fill="#fff"') if light else Markup("")
    return Markup('<text x="{:g}" y="{:g}"{}>{}</text>').format(x, y, look, text)


def _legend(entries: Sequence[tuple[str, str, str]], width: float) -> tuple[Markup, int]:
    drawn, x, y = Markup(""), 0.0, 0
    for name, fill, sign in entries:
        wide = 20 + _text_width(name) + 10
        if x and x + wide > width:
            x, y = 0.0, y + _LINE
        drawn += _rect(x + 1, y + 2, 14, 14, fill)
        drawn += _text(x + 8, y + 13, sign, middle=True, light=fill in ("#000", "#333")) + _text(x + 20, y + 13, name)
        x += wide
    return drawn, y + _LINE + 6 if entries else 0


def _patterns(own: str) -> Markup:
    return Markup(
        '<defs><pattern id="{id}-lines" width="5" height="5" patternUnits="userSpaceOnUse">'
        '<path d="M0 5L5 0" stroke="#000" stroke-width="1"/></pattern>'
        '<pattern id="{id}-dots" width="5" height="5" patternUnits="userSpaceOnUse">'
        '<circle cx="2" cy="2" r="1"/></pattern></defs>'
    ).format(id=own)


def _svg(title: str, desc: str, width: float, height: float, body: Markup, own: str = "") -> Markup:
    own = own or _id(title, desc)
    drawn = Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {w:g} {h:g}" width="{w:g}" height="{h:g}" role="img" '
        'aria-labelledby="{id}-t {id}-d" style="{font}"><title id="{id}-t">{title}</title>'
        '<desc id="{id}-d">{desc}</desc>{body}</svg>'
    ).format(w=width, h=height, id=own, font=_FONT, title=title, desc=desc, body=body)
    return Markup(visible_lines(drawn))  # noqa: S704 - escaped already; only what cannot be seen is written out


def _id(title: str, desc: str) -> str:
    return f"c{zlib.crc32(f'{title} {desc}'.encode()):08x}"


def _told(rows: Sequence[GridLine], columns: Sequence[str], marks: Mapping[str, GridMark]) -> str:
    return "；".join(f"{row.label}：{'、'.join(_counted(row, columns, marks)) or '无'}" for row in rows)


def _counted(row: GridLine, columns: Sequence[str], marks: Mapping[str, GridMark]) -> Iterator[str]:
    for key, mark in marks.items():
        at = [column for column, cell in zip(columns, row.cells, strict=False) if cell == key]
        if at:
            yield f"{mark.name} {len(at)}"


def _text_width(text: str) -> int:
    return sum(12 if ord(c) > 0x2E7F else 7 for c in text)


def _clipped(text: str, width: float) -> str:
    while _text_width(text) > width and len(text) > 1:
        text = text[:-2] + "…"
    return text
