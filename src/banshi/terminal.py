"""What a terminal needs: colour where it is wanted, a progress line where somebody is watching."""

import os
import sys
import time
from dataclasses import dataclass
from typing import IO

_CODES = {"bold": "1", "red": "31", "green": "32", "yellow": "33", "cyan": "36"}


@dataclass(frozen=True, slots=True)
class Style:
    """Paints words, or leaves them plain."""

    colour: bool

    def paint(self, text: str, name: str) -> str:
        """``text`` in a colour, if colour is wanted."""
        return f"\033[{_CODES[name]}m{text}\033[0m" if self.colour else text


def style_for(stream: IO[str]) -> Style:
    """Colour for a terminal, unless NO_COLOR says otherwise."""
    return Style(stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb")


class Progress:
    """A line on standard error that counts, once the work has taken a second; silent where nobody watches."""

    def __init__(self, label: str, stream: IO[str] | None = None) -> None:
        """``label`` stands before the count."""
        self._stream = stream or sys.stderr
        self._label, self._count, self._shown = label, 0, False
        self._next = time.monotonic() + 1.0
        self.watched = self._stream.isatty()

    def step(self, _done: object = None) -> None:
        """One more is done."""
        self._count += 1
        if self.watched and (now := time.monotonic()) >= self._next:
            self._next, self._shown = now + 0.1, True
            self._stream.write(f"\r{self._label} {self._count}")
            self._stream.flush()

    def done(self) -> None:
        """Clear the line."""
        if self._shown:
            self._stream.write("\r\033[K")
            self._stream.flush()
