"""Comments of a sheet: the part that holds them and the drawing that shows them, new or with more in them."""

from itertools import islice

from banshi.base.limits import MAX_NOTES
from banshi.files.findings import Finding
from banshi.files.tables.grids import letters
from banshi.files.tables.xlsx.comments import OWN
from banshi.output.annotating.marks import SheetMarks, columns_of, in_xml
from banshi.output.annotating.spans import Edit, edited, inside_end, spans

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_SHAPES = 900_000


def said(marks: SheetMarks) -> tuple[list[tuple[int, int, str]], int]:
    """Row, column and text of each comment, and how many cells have none for all that is wrong there."""
    cells = ((row, *cell) for row, cells in sorted(marks.rows.items()) for cell in sorted(cells.items()))
    found = [(row, column, _text(findings)) for row, column, findings in islice(cells, MAX_NOTES)]
    return found, sum(1 for _ in cells)


def _text(findings: list[Finding]) -> str:
    problem, basis, fix = columns_of(findings)
    parts = [problem, f"依据：{basis}" if basis else "", f"改法：{fix}" if fix else ""]
    return "\n".join(part for part in parts if part)


def comments_part(notes: list[tuple[int, int, str]], own: bytes = b"") -> bytes:
    """The comments of a sheet with more; a cell that has one keeps it."""
    if not own:
        listed = b"".join(_comment("", row, column, 0, text) for row, column, text in notes)
        return (
            (
                f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<comments xmlns="{_MAIN}">'
                f"<authors><author>{OWN}</author></authors><commentList>"
            ).encode()
            + listed
            + b"</commentList></comments>"
        )
    found = spans(own, "authors", "author", "commentList", "comment")
    there = {span.attributes.get("ref") for span in found if span.name == "comment"}
    number = sum(span.name == "author" for span in found)
    edits: list[Edit] = []
    for span in found:
        p = span.prefix
        if span.name == "authors":
            edits += inside_end(span, own, f"<{p}author>{OWN}</{p}author>".encode())
        elif span.name == "commentList":
            new = [
                _comment(p, row, column, number, text) for row, column, text in notes if _ref(row, column) not in there
            ]
            edits += inside_end(span, own, b"".join(new))
    return b"".join(edited(own, edits))


def drawing_part(notes: list[tuple[int, int, str]], sheet: int, own: bytes = b"", there: bytes = b"") -> bytes:
    """The drawing with a box for each comment. ``sheet``: its number; ``there``: the comments that have boxes already."""
    taken = {span.attributes.get("ref") for span in spans(there, "comment")} if there else set()
    new = [each for each in notes if _ref(*each[:2]) not in taken]
    shapes = "".join(_shape(row, column, sheet, n) for n, (row, column, _) in enumerate(new)).encode()
    if own:
        end = own.rindex(b"</xml>")
        return own[:end] + shapes + own[end:]
    return _HEAD.replace("{sheet}", str(900 + sheet)).encode() + shapes + b"</xml>"


def _ref(row: int, column: int) -> str:
    return f"{letters(column - 1)}{row}"


def _comment(p: str, row: int, column: int, author: int, text: str) -> bytes:
    return (
        f'<{p}comment ref="{_ref(row, column)}" authorId="{author}"><{p}text><{p}t xml:space="preserve">'
        f"{in_xml(text)}</{p}t></{p}text></{p}comment>"
    ).encode()


def _shape(row: int, column: int, sheet: int, number: int) -> str:
    left, top = column, max(row - 2, 0)
    return (
        f'<v:shape id="_x0000_s{_SHAPES + sheet * 10_000 + number}" type="#_banshi_note" '
        'style="position:absolute;margin-left:60pt;margin-top:2pt;width:260pt;height:110pt;z-index:1;visibility:hidden" '
        'fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/><v:shadow on="t" color="black" obscured="t"/>'
        '<v:path o:connecttype="none"/><v:textbox style="mso-direction-alt:auto"/><x:ClientData ObjectType="Note">'
        f"<x:MoveWithCells/><x:SizeWithCells/><x:Anchor>{left}, 15, {top}, 2, {left + 5}, 15, {top + 7}, 4</x:Anchor>"
        f"<x:AutoFill>False</x:AutoFill><x:Row>{row - 1}</x:Row><x:Column>{column - 1}</x:Column></x:ClientData></v:shape>"
    )


_HEAD = (
    '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="{sheet}"/>'
    '</o:shapelayout><v:shapetype id="_banshi_note" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
