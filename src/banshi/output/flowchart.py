"""Flow charts as SVG for pages that are printed: steps from top to bottom, what runs side by side in one frame.

In the colour of the text around it, the width of a phone, with the whole chart in words as its description; no script, no style sheet.
"""

import zlib
from collections.abc import Iterator, Sequence

from markupsafe import Markup, escape
from msgspec import Struct

_WIDE = 360
_LINE = 18
_PAD = 8
_ARROW = 22
_MOST_BESIDE = 4
_NARROWEST = 78
_FONT = "font-family:sans-serif;font-size:13px"


class FlowStep(Struct, frozen=True):
    """A step: its title, what runs side by side in it (if anything), and a note such as a time limit."""

    title: str
    beside: tuple[str, ...] = ()
    note: str = ""


def flow(title: str, steps: Sequence[FlowStep]) -> Markup:
    """The chart of ``steps``, from the first to the last."""
    drawn, y = Markup(""), 2
    for n, step in enumerate(steps):
        if n:
            drawn += _arrow(y)
            y += _ARROW
        body, height = _frame(step, y) if step.beside else _single(step, y)
        drawn += body
        y += height
    return _svg(title, "；".join(_told(n, step) for n, step in enumerate(steps, 1)), y + 2, drawn)


def _told(n: int, step: FlowStep) -> str:
    beside = f"，并列：{'、'.join(step.beside)}" if step.beside else ""
    note = f"（{step.note}）" if step.note else ""
    return f"第{n}步 {step.title}{note}{beside}"


def _single(step: FlowStep, y: int) -> tuple[Markup, int]:
    x, width = 40, _WIDE - 80
    lines = [*_wrapped(step.title, width - 2 * _PAD), *(_wrapped(step.note, width - 2 * _PAD) if step.note else ())]
    height = _LINE * len(lines) + 2 * _PAD
    return _rect(x, y, width, height) + _lines(lines, x + width // 2, y + _PAD), height


def _frame(step: FlowStep, y: int) -> tuple[Markup, int]:
    """A dashed frame with its title and the boxes in it, so many to a line as fit."""
    head = _wrapped(step.title + (f"：{step.note}" if step.note else ""), _WIDE - 2 * _PAD)
    body = _lines(head, _WIDE // 2, y + _PAD)
    inner = y + _PAD + _LINE * len(head) + 4
    for row in _rows(step.beside):
        width = (_WIDE - 2 * _PAD - _PAD * (len(row) - 1)) // len(row)
        texts = [_wrapped(text, width - _PAD) for text in row]
        height = _LINE * max(map(len, texts)) + _PAD
        for n, text in enumerate(texts):
            x = _PAD + n * (width + _PAD)
            body += _rect(x, inner, width, height) + _lines(text, x + width // 2, inner + _PAD // 2)
        inner += height + _PAD
    return _rect(1, y, _WIDE - 2, inner - y, dashed=True) + body, inner - y


def _rows(texts: Sequence[str]) -> Iterator[Sequence[str]]:
    longest = max(_width(text) for text in texts)
    room = max(1, (_WIDE - _PAD) // (max(_NARROWEST, min(longest, _WIDE // 2) + _PAD) + _PAD))
    count = min(_MOST_BESIDE, room)
    for start in range(0, len(texts), count):
        yield texts[start : start + count]


def _wrapped(text: str, width: int) -> list[str]:
    lines, line = [], ""
    for char in text:
        if line and _width(line + char) > width and char not in "，。、；：）":
            lines.append(line)
            line = ""
        line += char
    return [*lines, line]


def _width(text: str) -> int:
    return sum(13 if ord(char) > 0x2E7F else 8 for char in text)


# Not Markup.format, which takes ten times as long: a site has thousands of charts. Figures aside, all is escaped.
def _lines(lines: Sequence[str], x: int, y: int) -> Markup:
    return _drawn(
        "".join(
            f'<text x="{x}" y="{y + _LINE * n + 13}" text-anchor="middle" fill="currentColor">{escape(line)}</text>'
            for n, line in enumerate(lines)
        )
    )


def _rect(x: int, y: int, width: int, height: int, *, dashed: bool = False) -> Markup:
    dash = ' stroke-dasharray="4 3"' if dashed else ""
    place = f'x="{x}" y="{y}" width="{width}" height="{height}"'
    return _drawn(f'<rect {place} fill="none" stroke="currentColor"{dash}/>')


def _arrow(y: int) -> Markup:
    middle, end = _WIDE // 2, y + _ARROW - 2
    way = f"M{middle} {y + 2}V{end}M{middle - 4} {end - 6}L{middle} {end}L{middle + 4} {end - 6}"
    return _drawn(f'<path d="{way}" fill="none" stroke="currentColor"/>')


def _svg(title: str, desc: str, height: int, body: Markup) -> Markup:
    own = f"f{zlib.crc32(f'{title} {desc}'.encode()):08x}"
    size = f'viewBox="0 0 {_WIDE} {height}" width="{_WIDE}" height="{height}"'
    return _drawn(
        f'<svg xmlns="http://www.w3.org/2000/svg" class="flow" {size} role="img" '
        f'aria-labelledby="{own}-t {own}-d" style="{_FONT}"><title id="{own}-t">{escape(title)}</title>'
        f'<desc id="{own}-d">{escape(desc)}</desc>{body}</svg>'
    )


def _drawn(svg: str) -> Markup:
    return Markup(svg)  # noqa: S704 - escaped by those who call
