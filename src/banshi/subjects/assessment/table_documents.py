"""A workbook of an assessment as one document: routes into the assessment lead to the rows of its sheets."""

from msgspec import Struct, field

from banshi.files.documents import Document, Place
from banshi.files.findings import Route
from banshi.files.tables.sheet import SheetDocument
from banshi.subjects.assessment.unread import UnreadOfWindow


class RowNumber(int):
    """The number of a row, and the sheet that it stands in: sheets of a workbook count alike."""

    sheet: SheetDocument

    @classmethod
    def of(cls, number: int, sheet: SheetDocument) -> "RowNumber":
        """A row's number in a sheet."""
        made = cls(number)
        made.sheet = sheet
        return made


class PartSpot(Struct):
    """Where a part of the assessment stands: the ``row``-th readable row of a sheet."""

    sheet: SheetDocument
    row: int


class WorkbookDocument(Document):
    """The whole workbook; ``spots``: where routes begin to lead into a row of their own.

    ``unread``: by window, what of it could not be read.
    """

    spots: dict[Route, PartSpot] = field(default_factory=dict)
    unread: dict[int, UnreadOfWindow] = field(default_factory=dict)

    def place(self, route: Route, at_key: bool = False) -> Place:
        """The cell; the row where there is no such column; the top where the route leads into no row."""
        for depth in range(len(route), 0, -1):
            spot = self.spots.get(tuple(route[:depth]))
            if spot is not None:
                return _in_row(spot, tuple(route[depth:]), at_key)
        return Place(1, 1, 2)

    def line(self, number: int) -> str:
        """The row in words, with its sheet."""
        return number.sheet.line(int(number)) if isinstance(number, RowNumber) else ""


def _in_row(spot: PartSpot, rest: Route, at_key: bool) -> Place:
    place = spot.sheet.place(("", spot.row), at_key)
    for key in _keys(rest):
        found = spot.sheet.place(("", spot.row, key), at_key)
        if found.column != place.column:
            place = found
            break
    return Place(RowNumber.of(place.line, spot.sheet), place.column, place.end_column, place.sheet)


def _keys(rest: Route) -> list[str]:
    """Columns in which what a route leads to may stand, the nearest first."""
    if rest and rest[0] == "facts" and len(rest) > 1:
        parts = [str(rest[2])] if len(rest) > 2 else []
        return [f"{rest[1]}/{part}" for part in (*parts, "count", "found", "days")]
    return [str(rest[0])] if rest else ["value"]  # which only the cover has
