"""Two-language text: everything a person reads exists in Chinese first, and in English."""

import re
from collections.abc import Callable, Iterable
from typing import Literal, NamedTuple

from banshi.base.patterns import late

Lang = Literal["zh", "en"]


class Text(NamedTuple):
    """One message in both languages."""

    zh: str
    en: str

    def say(self, lang: Lang) -> str:
        """The message in the wanted language."""
        return self.zh if lang == "zh" else self.en

    def __bool__(self) -> bool:
        return bool(self.zh)


NOTHING = Text("", "")


class Spoken:
    """What says something; its text may be handed over as a function, for most of it is never read."""

    __slots__ = ("_said",)

    def __init__(self, said: Text | Callable[[], Text]) -> None:
        self._said = said

    @property
    def text(self) -> Text:
        """What it says."""
        if not isinstance(self._said, Text):
            self._said = self._said()
        return self._said


# What a reader cannot see, or what moves what he sees: controls, marks of direction, separators of lines, characters
# without width, halves of a pair, and two that no XML may hold. A tab is seen, and so is what a variation selector does.
_UNSEEN = (
    "\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u034f\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u115f\u1160\u17b4\u17b5"
    "\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ud800-\udfff\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff"
    "\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e00ff"
    "\U000e01f0-\U000e0fff"
)
_IN_LINES = late(f"[{_UNSEEN}]")
_IN_A_LINE = late(f"[\n{_UNSEEN}]")


def same(text: str) -> Text:
    """A proper name or a figure that reads alike in both languages."""
    return Text(text, text)


def did_you_mean(word: str, known: Iterable[str]) -> Text:
    """“您是不是想写 X？”, or nothing when no known word is close."""
    from difflib import get_close_matches  # late: most words are known

    close = get_close_matches(word, [str(k) for k in known], n=1, cutoff=0.6)
    return Text(f"您是不是想写 {close[0]}？", f"Did you mean {close[0]}?") if close else NOTHING


def visible(text: str) -> str:
    """Every character that cannot be seen written out (⟨U+202E⟩), line breaks too: one line that steers nothing."""
    return _IN_A_LINE.sub(_written_out, text)


def visible_lines(text: str) -> str:
    """The same for text of several lines: its line breaks stay."""
    return _IN_LINES.sub(_written_out, text.replace("\r\n", "\n"))


def escaped(serialized: str) -> str:
    """The same for JSON that is already serialized: such a character becomes its escape, and the value stays."""
    return _IN_LINES.sub(_escape, serialized)


def _written_out(found: re.Match[str]) -> str:
    return f"⟨U+{ord(found[0]):04X}⟩"


def _escape(found: re.Match[str]) -> str:
    units = found[0].encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[n] << 8 | units[n + 1]:04x}" for n in range(0, len(units), 2))


def listed(words: Iterable[str]) -> str:
    """Words joined the Chinese way: 甲、乙、丙."""
    return "、".join(words)
