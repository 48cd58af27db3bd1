"""What a terminal needs: nothing that steers it but our own colours."""

import io
import os
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import IO, Any

from msgspec import Struct

from banshi.base.patterns import late
from banshi.base.text import Lang, Text, escaped, visible, visible_lines

_CODES = {"bold": "1", "red": "31", "green": "32", "yellow": "33", "cyan": "36"}
# A painted word says so in a way that no file can imitate; ``Shown`` turns it into the terminal's code.
_OURS = f"\033{os.urandom(6).hex()}"
_OURS_SHOWN = visible(_OURS)
_ORDER = late(r"^(\s*)::", re.MULTILINE)
_JSON = ("json", "jsonl", "sarif")


class Style(Struct, frozen=True):
    """Paints words, or leaves them plain."""

    colour: bool

    def paint(self, text: str, name: str) -> str:
        """``text`` in a colour, if colour is wanted."""
        return f"{_OURS}{_CODES[name]}m{text}{_OURS}0m" if self.colour else text


def style_for(stream: IO[str]) -> Style:
    """Colour for a terminal, unless NO_COLOR says otherwise."""
    return Style(stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb")


class ShownStream:
    """A stream for people or programs through which no unseen character passes; the rest is the stream's own."""

    def __init__(self, bare: IO[str], show: Callable[[str], str]) -> None:
        """``show``: see ``shown``."""
        self.bare, self._show = bare, show

    def write(self, text: str) -> int:
        """Write what can be seen of ``text``."""
        self.bare.write(self._show(text).replace(_OURS_SHOWN, "\033["))
        return len(text)

    def writelines(self, lines: list[str]) -> None:
        """Write one after the other."""
        for line in lines:
            self.write(line)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.bare, name)


def shown(form: str) -> Callable[[str], str]:
    """What makes an answer of a form (``json``, ``text`` …) safe to look at."""
    if form == "text":
        return _no_orders
    return escaped if form in _JSON else visible_lines


def _no_orders(text: str) -> str:
    """Text for a terminal, and for the log of a code host, which takes lines that begin with ``::`` for orders."""
    return _ORDER.sub(r"\1⟨U+003A⟩:", visible_lines(text))


@contextmanager
def guarded_streams() -> Iterator[None]:
    """Everything printed inside the block goes through ``ShownStream``, as text; ``printing`` says otherwise."""
    before = sys.stdout, sys.stderr
    sys.stdout, sys.stderr = (ShownStream(stream, shown("text")) for stream in before)
    try:
        yield
    finally:
        sys.stdout, sys.stderr = before


def printing(form: str) -> None:
    """Standard output carries an answer of this form from here on; what programs read is UTF-8 in any language."""
    own = bare(sys.stdout)
    if form != "text" and isinstance(own, io.TextIOWrapper):
        own.reconfigure(encoding="utf-8")
    sys.stdout = ShownStream(own, shown(form))


def complain(why: str) -> None:
    """One plain line on standard error, whatever the names in it hold."""
    with suppress(OSError):  # there is nobody left to tell
        print(f"banshi: {visible(why)}", file=sys.stderr, flush=True)


def refuse(why: Text, lang: Lang, status: int = 2) -> int:
    """The same of a reason in both languages; the exit status that it calls for."""
    complain(why.say(lang))
    return status


def bare(stream: IO[str]) -> IO[str]:
    """The stream itself, below what makes it safe to look at."""
    return stream.bare if isinstance(stream, ShownStream) else stream
