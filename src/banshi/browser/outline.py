"""What a file is like, without a word of what it holds: what may be shown to whoever mends the tool."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from banshi import __version__
from banshi.browser.sheets import ShownFile, ShownSheet
from banshi.files.findings import Finding

_DIGITS = frozenset("0123456789.-")


def outline(files: Iterable[tuple[ShownFile, int]], findings: Iterable[Finding]) -> dict[str, Any]:
    """By file its kind, its size and its sheets in numbers; by rule how often it found something."""
    every = [(shown, size) for shown, size in files]
    return {
        "banshi": __version__,
        "files": [
            {"kind": shown.path.rpartition(".")[2].lower()[:5], "bytes": size, "sheets": [*map(_sheet, shown.sheets)]}
            for shown, size in every
        ],
        "findings": dict(sorted(Counter(finding.rule for finding in findings).items())),
    }


def _sheet(sheet: ShownSheet) -> dict[str, Any]:
    cells = Counter(_sort(cell) for _, row in sheet.rows for cell in row)
    return {
        "rows": len(sheet.rows) + sheet.left,
        "columns": max((len(row) for _, row in sheet.rows), default=0),
        "cells": dict(sorted(cells.items())),
    }


def _sort(cell: str) -> str:
    if not cell.strip():
        return "blank"
    if not set(cell) - _DIGITS:
        return "number"
    return "text" if cell.isprintable() else "unusual"
