"""Numbers of a spreadsheet written as a clerk would type them: 1001.0 is 1001, a date is a date, a time a time."""

import datetime
import re
from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache, partial

from banshi.files.tables.xlsx.shown import Sections, as_shown
from banshi.files.tables.xlsx.styles import Form, Kind

_NUMBER = re.compile(r"[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]{1,3})?")
_DAY = 86_400
_EPOCH, _EPOCH_1904 = datetime.datetime(1899, 12, 30), datetime.datetime(1904, 1, 1)
_FALSE_LEAP_DAY = 60  # 29 February 1900, which the format counts and no calendar has
_LAST, _LAST_1904 = 2_958_466, 2_957_004  # the days after 9999-12-31
_LONGEST_DURATION = 1_000_000  # days; beyond it the number stands as it is
_EXACT = 15  # digits
_HALF = 1_000_000 // 2  # microseconds


@lru_cache(maxsize=8192)
def number(text: str) -> str:
    """A number that is no more; ``text`` as it stands in the file, which is also what is given where it is none."""
    text = text.strip()
    return _plain(text) if text else ""


def writer(form: Form, system_1904: bool) -> Callable[[str], str]:
    """How numbers of a form are written. What it gives raises ``NotAsShown``."""
    if form == "number":
        return number
    if isinstance(form, tuple):
        return lru_cache(maxsize=1 << 13)(partial(_shown, form))
    return lru_cache(maxsize=1 << 16)(partial(written, form, system_1904))


def _shown(sections: Sections, text: str) -> str:
    """A number with what its format shows."""
    figure = number(text)
    return as_shown(sections, Decimal(figure), figure) if _NUMBER.fullmatch(figure) else figure


def written(kind: Kind, system_1904: bool, text: str) -> str:
    """A date, time or duration; ``text`` itself where it is no number."""
    text = text.strip()
    if not _NUMBER.fullmatch(text):
        return text
    value = float(text)
    if kind == "duration":
        return _clock(value) if abs(value) < _LONGEST_DURATION else _plain(text)
    return _moment(value, system_1904) or _plain(text)


def _plain(text: str) -> str:
    if text.isdecimal() and text.isascii() and text[0] != "0" and len(text) <= _EXACT:
        return text
    if not _NUMBER.fullmatch(text):
        return text
    exact = Decimal(repr(float(text)))
    if not exact.is_finite():
        return text
    return str(int(exact)) if exact == exact.to_integral_value() else format(exact, "f")


def _moment(value: float, system_1904: bool) -> str:
    """A time below one day, else a date, with its time unless that is midnight; rounded to the second.

    Nothing for what is no moment. A fraction of a day is never exact: 08:30:59.990 was 08:31:00.
    """
    if not 0 <= value < (_LAST_1904 if system_1904 else _LAST):
        return ""
    days, seconds = divmod(int(value) * _DAY + int((value - int(value)) * _DAY + 0.5), _DAY)
    if value < 1:
        return _time(seconds)
    if days == _FALSE_LEAP_DAY and not system_1904:
        day = "1900-02-29"
    else:
        early = 1 if days < _FALSE_LEAP_DAY and not system_1904 else 0
        try:
            day = str(((_EPOCH_1904 if system_1904 else _EPOCH) + datetime.timedelta(days=days + early)).date())
        except OverflowError:
            return ""
    return f"{day} {_time(seconds)}" if seconds else day


def _time(seconds: int) -> str:
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"


def _clock(days: float) -> str:
    seconds = int(abs(days) * _DAY + 0.5)
    sign = "-" if days < 0 and seconds else ""
    return f"{sign}{_time(seconds)}"


def iso(text: str) -> str:
    """A date or time that is stored as ISO 8601 text, written like the others."""
    try:
        at = datetime.datetime.fromisoformat(text).replace(tzinfo=None)
    except ValueError:
        return text.removeprefix("T")
    if at.microsecond >= _HALF and at.year < datetime.MAXYEAR:
        at += datetime.timedelta(seconds=1)
    at = at.replace(microsecond=0)
    return at.isoformat(" ") if at.time() != datetime.time() else str(at.date())
