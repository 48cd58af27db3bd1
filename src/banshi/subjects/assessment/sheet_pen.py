"""Writing a window's sheet: rows under one set of columns, and figures as formulas wherever a formula gives them."""

from collections.abc import Sequence
from decimal import Decimal

from msgspec import Struct

from banshi.law.decisions import Decision, Reason
from banshi.law.library import Law
from banshi.output.workbooks import Sheet
from banshi.subjects.assessment.sheets import NOT_DETERMINED, reason_said

SHOWN = "0.00"  # what a mark looks like; the cell holds the exact figure
WIDTHS = (6, 17, 30, 10, 10, 10, 10, 10, 10, 10, 26, 60)
MARK, COUNTED = 4, 8  # the columns of a line's mark and of what an entry counts
_REST = [""] * (len(WIDTHS) - 1)
_CLOSE = Decimal("1e-12")
_KEPT = Decimal("1e-10")  # more digits than a spreadsheet keeps apart in a score


class SheetPen(Struct, frozen=True):
    """A sheet that is being written, and the law that its reasons cite."""

    sheet: Sheet
    law: Law

    def block(self, title: str, headings: Sequence[str], *, any_row: bool = True) -> None:
        """The title of a block with its headings, or that there is nothing in it.

        They are plain rows: real headings would stand above the other blocks too when the sheet is printed.
        """
        self.sheet.row([title if any_row else f"{title}：没有", *_REST], bold=True)
        if any_row and headings:
            self.sheet.row(headings, bold=True)

    def sum(self, title: str, label: str = "") -> int:
        """A row for a sum; its number."""
        return self.sheet.row(["", label, title], bold=True)

    def figure(self, row: int, column: int, value: Decimal | None, *, bold: bool = False) -> None:
        """A figure as it is, or that it is not determined."""
        if value is None:
            self.sheet.cell(row, column, NOT_DETERMINED.zh, bold=bold)
        else:
            self.sheet.cell(row, column, exact(value), bold=bold, shown=SHOWN)

    def formula(
        self,
        row: int,
        column: int,
        formula: str | None,
        gives: Decimal | None,
        wanted: Decimal | None,
        *,
        bold: bool = False,
    ) -> None:
        """A formula where what it ``gives`` is what is ``wanted``; else the wanted figure as it is."""
        if formula is not None and gives is not None and wanted is not None and abs(gives - wanted) < _CLOSE:
            self.sheet.formula(row, column, formula, exact(wanted), bold=bold, shown=SHOWN)
        else:
            self.figure(row, column, wanted, bold=bold)

    def why(self, reasons: Sequence[Reason]) -> str:
        """Reasons with their provisions, each once and on its own line."""
        return "\n".join(dict.fromkeys(reason_said(reason, self.law) for reason in reasons))


def exact(value: Decimal) -> Decimal:
    """A value that a cell can hold: a periodic fraction is cut off far behind what counts."""
    return value if value == value.quantize(_KEPT) else value.quantize(_KEPT)


def known(*decisions: Decision[Decimal]) -> list[Decimal] | None:
    """The values of decisions; None where one of them is not determined."""
    values = [decision.value for decision in decisions if decision.value is not None]
    return values if len(values) == len(decisions) else None
