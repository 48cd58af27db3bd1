"""A plain table for a terminal: columns lined up, a Chinese character taking two places."""

import unicodedata
from collections.abc import Sequence


def lined_up(rows: Sequence[Sequence[str]], gap: str = "  ") -> list[str]:
    """One line a row; the last column is not padded."""
    rows = [[" ".join(cell.splitlines()) if len(cell.splitlines()) > 1 else cell for cell in row] for row in rows]
    widths = [max(map(width, column)) for column in zip(*rows, strict=True)]
    return [
        gap.join(cell + " " * (w - width(cell)) for cell, w in zip(row, widths, strict=True)).rstrip() for row in rows
    ]


def width(text: str) -> int:
    """Places that the text takes on a terminal."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)
