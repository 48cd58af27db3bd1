"""A timeline of a schedule as SVG: black on white, a row an item, its label over its bar, all on one axis of days.

It keeps its size on a phone and on paper, carries its title and a description for those who hear it read, and needs
neither script nor style sheet.
"""

import datetime
import zlib
from collections.abc import Iterator, Sequence

from markupsafe import Markup
from msgspec import Struct

Day = datetime.date
_WIDE, _LINE, _BAR = 360, 17, 11
_ONE_DAY = datetime.timedelta(days=1)
_FONT = "font-family:sans-serif;font-size:12px"
MOST_ROWS = 24  # of one picture, so that it stays on one page

# How a bar looks, and what the legend calls it.
LOOKS = {
    "critical": ("关键", "#000"),
    "ordinary": ("不在关键线路", "#fff"),
    "finished": ("已办结", "#bbb"),
    "late": ("超期", "url(#{id}-lines)"),
}


class TimelineRow(Struct, frozen=True):
    """An item: its label, what is said at the right, from which day to which it runs (None: not determined).

    ``latest``: the last day to which it may slip without moving the end.
    """

    label: str
    text: str
    look: str
    start: Day | None
    end: Day | None
    latest: Day | None = None


class Axis(Struct, frozen=True):
    """The days that a picture spans; several pictures of one case share one."""

    start: Day
    end: Day
    today: Day | None = None

    def at(self, day: Day) -> float:
        """Where the evening of a day lies."""
        whole = max(1, (self.end - self.start).days + 1)
        return round(1 + ((day - self.start).days + 1) / whole * (_WIDE - 2), 1)


def timeline(title: str, rows: Sequence[TimelineRow], axis: Axis, *, desc: str = "") -> Markup:
    """The picture of some rows on an axis."""
    own = f"t{zlib.crc32(f'{title} {desc} {rows}'.encode()):08x}"
    legend, top = _legend(rows, axis, own)
    height = top + _LINE + 2 * _LINE * len(rows) + 4
    body = _patterns(own) + legend + _months(axis, top, height) + _today(axis, top + _LINE, height)
    for n, row in enumerate(rows):
        body += _row(row, axis, top + _LINE + 2 * _LINE * n, own)
    return Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {w} {h}" width="{w}" height="{h}" role="img" '
        'aria-labelledby="{id}-t {id}-d" style="{font}"><title id="{id}-t">{title}</title>'
        '<desc id="{id}-d">{desc}</desc>{body}</svg>'
    ).format(w=_WIDE, h=height, id=own, font=_FONT, title=title, desc=desc or told(rows), body=body)


def told(rows: Sequence[TimelineRow]) -> str:
    """The rows in words: 项目核准，9月20日至9月27日，关键."""
    return "；".join(f"{row.label}，{_told_days(row)}，{LOOKS[row.look][0]}" for row in rows) + "。"


def _told_days(row: TimelineRow) -> str:
    if row.start is None or row.end is None:
        return "日期不能推算"
    return f"{_short(row.start)}至{_short(row.end)}"


def _short(day: Day) -> str:
    return f"{day.month}月{day.day}日"


def _row(row: TimelineRow, axis: Axis, y: int, own: str) -> Markup:
    room = _WIDE - _width(row.text) - 8
    drawn = _text(0, y + 13, _clipped(row.label, room), halo=True) + _text(_WIDE, y + 13, row.text, end=True, halo=True)
    if row.start is None or row.end is None:
        return drawn
    x, end = axis.at(row.start), axis.at(row.end)
    if row.latest is not None and row.latest > row.end:
        drawn += Markup('<path d="M{} {y}H{}" stroke="#000" stroke-width="1" stroke-dasharray="2 2"/>').format(
            end, axis.at(row.latest), y=y + _LINE + _BAR / 2
        )
    fill = LOOKS[row.look][1].format(id=own)
    return drawn + _rect(x, y + _LINE, max(3.0, round(end - x, 1)), _BAR, fill)


def _months(axis: Axis, top: int, height: int) -> Markup:
    """A thin line where each month begins, with its name over it; the first day has one too."""
    drawn, free = Markup(""), 0.0
    for day in (axis.start, *_firsts(axis)):
        x = axis.at(day - _ONE_DAY)
        drawn += Markup('<path d="M{} {}V{}" stroke="#bbb" stroke-width="0.7"/>').format(x, top + 3, height)
        name = _short(day) if day == axis.start else f"{day.month}月"
        if x >= free and x + 7 * len(name) + 8 < _WIDE:
            drawn += _text(x + 2, top + 13, name)
            free = x + 10 * len(name) + 8
    return drawn


def _firsts(axis: Axis) -> Iterator[Day]:
    day = axis.start
    while day < axis.end:
        day += _ONE_DAY
        if day.day == 1:
            yield day


def _today(axis: Axis, top: int, height: int) -> Markup:
    if axis.today is None or not axis.start <= axis.today <= axis.end:
        return Markup("")
    return Markup('<path d="M{} {}V{}" stroke="#000" stroke-width="1.2" stroke-dasharray="5 3"/>').format(
        axis.at(axis.today), top, height
    )


def _legend(rows: Sequence[TimelineRow], axis: Axis, own: str) -> tuple[Markup, int]:
    """The looks that occur, and the lines."""
    drawn, x = Markup(""), 0
    for look, (name, fill) in LOOKS.items():
        if any(row.look == look for row in rows):
            drawn += _rect(x + 1, 3, 14, _BAR, fill.format(id=own)) + _text(x + 20, 13, name)
            x += 30 + 12 * len(name)
    y = 0
    if x > 240:
        x, y = 0, _LINE
    if any(row.latest for row in rows):
        drawn += Markup('<path d="M{} {y}h16" stroke="#000" stroke-dasharray="2 2"/>').format(x + 1, y=y + 9)
        drawn += _text(x + 20, y + 13, "可以推后")
        x += 78
    if axis.today is not None:
        drawn += Markup('<path d="M{} {}v13" stroke="#000" stroke-width="1.2" stroke-dasharray="5 3"/>').format(
            x + 8, y + 2
        )
        drawn += _text(x + 15, y + 13, f"{_short(axis.today)}（截至）")
    return drawn, y + _LINE + 4


def _patterns(own: str) -> Markup:
    return Markup(
        '<defs><pattern id="{id}-lines" width="5" height="5" patternUnits="userSpaceOnUse">'
        '<rect width="5" height="5" fill="#fff"/><path d="M0 5L5 0" stroke="#000" stroke-width="1.4"/></pattern></defs>'
    ).format(id=own)


def _rect(x: float, y: float, width: float, height: float, fill: str) -> Markup:
    return Markup('<rect x="{}" y="{}" width="{}" height="{}" fill="{}" stroke="#000" stroke-width="0.8"/>').format(
        x, y, width, height, fill
    )


def _text(x: float, y: float, text: str, *, end: bool = False, halo: bool = False) -> Markup:
    look = Markup(' text-anchor="end"') if end else Markup("")
    if halo:  # a white rim keeps letters apart from the lines behind them
        look += Markup(' stroke="#fff" stroke-width="3" paint-order="stroke"')
    return Markup('<text x="{:g}" y="{:g}"{}>{}</text>').format(x, y, look, text)


def _width(text: str) -> int:
    """Units that a text takes, more or less."""
    return sum(12 if ord(sign) > 0x2E7F else 7 for sign in text)


def _clipped(text: str, room: int) -> str:
    while _width(text) > room and len(text) > 1:
        text = text[:-2] + "…"
    return text
