r"""YAML 1.2 for a parser of YAML 1.1: characters that it would take otherwise are read through stand-ins.

U+0085, U+2028 and U+2029 end no line since YAML 1.2, and JSON writes a character beyond the first plane as two escapes
(``\ud83d\ude00``) where YAML knows one. Each of them is replaced, character for character, by one that the text does
not use, so that every place stays as it is; in the values the stand-ins are undone.
"""

import re
from collections.abc import Iterator

from msgspec import Struct, field

from banshi.base.patterns import late

_NO_LINE_ENDS = "\x85\u2028\u2029"
_SIGNS = (*_NO_LINE_ENDS, "\\ud", "\\uD")
# The backslash of the escape of half a pair; one that is itself escaped belongs to another.
_HALF_ESCAPE = late(r"((?<!\\)(?:\\\\)*)\\(?=u[dD][89a-fA-F][0-9a-fA-F]{2})")
_ESCAPE = late(
    r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}"  # a pair: nothing is wrong with it
    r"|\\(?:x(?P<two>[0-9a-fA-F]{2})|u(?P<four>[0-9a-fA-F]{4})|U(?P<eight>[0-9a-fA-F]{8})|(?P<one>.))|(?P<raw>[^\\])",
    re.DOTALL,
)
_NAMED = {"0": "\0", "a": "\a", "b": "\b", "e": "\x1b", "f": "\f", "v": "\v"}
# Control characters, halves of pairs and two code points that are no characters: no form has a use for them.
UNSEEN = late("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


class StandIns(Struct):
    """The text for the parser, and the way back from its values."""

    text: str
    escape: str = ""  # stands for the backslash
    _back: dict[int, str] = field(default_factory=dict)

    def plain(self, value: str) -> str:
        """A value in single quotes, in a block or without quotes: what was written."""
        return value.translate(self._back)

    def quoted(self, value: str) -> str:
        """A value in double quotes: pairs become their character, halves stay halves."""
        if self.escape and self.escape in value:
            value = re.sub(f"{self.escape}u(....)", lambda half: chr(int(half[1], 16)), value)
            value = value.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")
        return value.translate(self._back)


def stand_ins(text: str) -> StandIns | None:
    """Stand-ins for a text that needs them; None for nearly every text."""
    if not any(sign in text for sign in _SIGNS):
        return None
    free = _free_characters(text)
    if len(free) <= len(_NO_LINE_ENDS):
        return None  # no text of a form uses up every character that there is
    escape, *others = free
    back = {ord(escape): "\\", **dict(zip(map(ord, others), _NO_LINE_ENDS, strict=True))}
    text = text.translate(dict(zip(map(ord, _NO_LINE_ENDS), others, strict=True)))
    return StandIns(_HALF_ESCAPE.sub(lambda found: found[1] + escape, text), escape, back)


def _free_characters(text: str) -> list[str]:
    used = set(text)
    free = (c for area in (range(0xE000, 0xF900), range(0xF0000, 0xFFFFE)) for n in area if (c := chr(n)) not in used)
    return [character for character, _ in zip(free, range(len(_NO_LINE_ENDS) + 1), strict=False)]


def unseen_in(source: str) -> Iterator[tuple[int, str]]:
    """The unseen characters in a value in double quotes as it stands in its file: offset in ``source``, character."""
    for found in _ESCAPE.finditer(source):
        code = found["two"] or found["four"] or found["eight"]
        character = chr(min(int(code, 16), 0x10FFFF)) if code else found["raw"] or _NAMED.get(found["one"] or "", "")
        if character and UNSEEN.match(character):
            yield found.start(), character


def seen(value: str) -> str:
    """The value with a mark in place of each unseen character, so that the rest can be looked at."""
    return UNSEEN.sub("\ufffd", value)
