"""Two-language text: everything a person reads exists in Chinese first, and in English."""

import re
import unicodedata
from collections.abc import Iterable
from difflib import get_close_matches
from typing import Literal, NamedTuple

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
_CONTROL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f-\x9f]")


def same(text: str) -> Text:
    """A proper name or a figure that reads alike in both languages."""
    return Text(text, text)


def did_you_mean(word: str, known: Iterable[str]) -> Text:
    """“您是不是想写 X？”, or nothing when no known word is close."""
    close = get_close_matches(word, [str(k) for k in known], n=1, cutoff=0.6)
    return Text(f"您是不是想写 {close[0]}？", f"Did you mean {close[0]}?") if close else NOTHING


def visible(text: str) -> str:
    """Control characters made visible, so that what a file holds cannot steer the terminal that shows it."""
    if not _CONTROL.search(text):
        return text
    return "".join(f"<U+{ord(c):04X}>" if unicodedata.category(c) == "Cc" and c != "\t" else c for c in text)


def listed(words: Iterable[str]) -> str:
    """Words joined the Chinese way: 甲、乙、丙."""
    return "、".join(words)
