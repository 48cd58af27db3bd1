"""Choices printed in a cell with a box at each, of which one is ticked: □是 ☑否, 是（√） 否（ ）."""

import re

from banshi.base.patterns import late

_TICKED, _EMPTY = "☑√✓✔■●◉", "□☐▢○◯"
_CROSSED = "☒×✗✘"  # a cross in a box is a choice to some, and none to others
_BOX = f"[{_TICKED}{_EMPTY}{_CROSSED}]"
_ROUND = late(rf"[(（\[［【]\s*({_BOX}?)\s*[)）\]］】]")
_BEFORE = late(rf"({_BOX})\s*([^{_TICKED}{_EMPTY}{_CROSSED}]*)")
_BEHIND = late(rf"([^{_TICKED}{_EMPTY}{_CROSSED}]+?)\s*({_BOX})\s*")
_EDGES = " \t\n、,，;；/／"


def ticked(cell: str) -> list[str] | None:
    """The choices of a cell that are ticked; None where it is no list of choices with boxes, or nobody can say which are meant.

    None too where every box has the same mark and there is only one: √ alone is an answer of its own.
    """
    text = _ROUND.sub(lambda found: found[1] or "□", cell).strip(_EDGES)
    if not re.search(_BOX, text):
        return None
    before = _BEFORE.fullmatch(text) is not None or re.match(_BOX, text) is not None
    found = [(mark, name) for mark, name in _BEFORE.findall(text)] if before else []
    if not before:
        if _BEHIND.sub("", text):
            return None
        found = [(mark, name) for name, mark in _BEHIND.findall(text)]
    choices = [(mark, name.strip(_EDGES)) for mark, name in found]
    if any(not name for _, name in choices) or any(mark in _CROSSED for mark, _ in choices):
        return None
    return [name for mark, name in choices if mark in _TICKED]
