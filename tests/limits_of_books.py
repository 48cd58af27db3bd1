"""Inputs of any size, of workbooks and documents: what is said of each, for the tests of limits."""

import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from limits_of_files import Case, trying
from test_fuzz_documents import body, document

from banshi.files.tables.docx import document_grids
from banshi.files.tables.workbook import workbook
from banshi.files.tables.xlsx import limits as xlsx
from banshi.files.tables.xlsx.package import _within_limits
from banshi.files.tables.xlsx.xml import Feed, new_parser

# Workbooks

RELS = '<Relationships xmlns="r">{}</Relationships>'
REL = '<Relationship Id="{}" Type="x/{}" Target="{}"/>'


def book(path: Path, rows: str = "", strings: str = "", sheets: int = 1, **more: Any) -> dict[str, bytes]:
    """The parts of a workbook, written to a path; ``more``: ``size`` of the part ``padded``, other parts (``parts``)."""
    listed = "".join(f'<sheet name="{n}" id="s{n}"/>' for n in range(sheets))
    related = "".join(REL.format(f"s{n}", "worksheet", f"s{n}.xml") for n in range(sheets))
    parts = {
        "_rels/.rels": RELS.format(REL.format("a", "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f"<workbook>{listed}</workbook>",
        "xl/_rels/workbook.xml.rels": RELS.format(related + REL.format("t", "sharedStrings", "t.xml")),
        "xl/t.xml": f"<sst>{strings}</sst>",
        **{
            f"xl/s{n}.xml": f"<worksheet><sheetData>{rows}</sheetData>{more.get('after', '')}</worksheet>"
            for n in range(sheets)
        },
        **more.get("parts", {}),
    }
    raw = {name: data.encode() for name, data in parts.items()}
    with zipfile.ZipFile(path, "w") as made:
        for part, data in raw.items():
            made.writestr(part, data.ljust(more["size"]) if part == more.get("padded") else data)
    return raw


def read_book(path: Path) -> str:
    return trying(lambda: [row.cells for grid in workbook(path).grids for row in grid.rows()])


def a_book(make: Callable[[int], dict[str, Any]]) -> Case:
    """A workbook of so much of something."""

    def case(size: int, folder: Path) -> str:
        book(folder / "a.xlsx", **make(size))
        return read_book(folder / "a.xlsx")

    return case


def of_unpacked(size: int, folder: Path) -> str:
    own = sum(map(len, book(folder / "a.xlsx").values()))
    book(folder / "b.xlsx", parts={"pad.xml": "x" * (size - own)})
    return read_book(folder / "b.xlsx")


def of_ratio(packed: Callable[[int], tuple[int, int]]) -> Case:
    def case(size: int, _folder: Path) -> str:
        info = zipfile.ZipInfo("a")
        info.file_size, info.compress_size = packed(size)
        return trying(lambda: _within_limits([info]), xlsx.BookTooLarge)

    return case


def of_listing(size: int, folder: Path) -> str:
    own = book(folder / "a.xlsx")
    length = size - sum(46 + len(part) for part in own) - 46
    book(folder / "b.xlsx", parts={"p" * length: ""})
    return read_book(folder / "b.xlsx")


def of_parts(size: int, folder: Path) -> str:
    own = book(folder / "a.xlsx")
    book(folder / "b.xlsx", parts={f"p{n}": "" for n in range(size - len(own))})
    return read_book(folder / "b.xlsx")


def cells(size: int) -> str:
    return "".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in range(1, size + 1))


def last(row: int, column: str) -> str:
    return f'<row r="{row}"><c r="{column}{row}"><v>1</v></c></row>'


def merged(size: int) -> str:
    ranges = "".join(f'<mergeCell ref="B{n}:C{n}"/>' for n in range(1, size + 1))
    return f"<mergeCells>{ranges}</mergeCells>"


def letters(number: int) -> str:
    found = ""
    while number:
        number, rest = divmod(number - 1, 26)
        found = chr(65 + rest) + found
    return found


def of_token(size: int, _folder: Path) -> str:
    feed = Feed(new_parser())
    feed(b"<r>")
    return trying(lambda: feed(b"<a".ljust(size)), xlsx.BookTooLarge)


def of_names(size: int, _folder: Path) -> str:
    parser = new_parser()
    parser.StartElementHandler = lambda *_: None
    feed = Feed(parser)
    return trying(lambda: feed(b"<r>" + b"".join(b"<a%d/>" % n for n in range(size - 1))), xlsx.BookTooLarge)


# Documents


def a_document(make: Callable[[int], str]) -> Case:
    def case(size: int, folder: Path) -> str:
        path = document(folder / "a.docx", body(make(size)))
        return trying(lambda: max(len(row.cells) for row in document_grids(path)[0].rows()))

    return case


P, CELL = "<w:p><w:r><w:t>a</w:t></w:r></w:p>", "<w:tc><w:p/></w:tc>"


def spanning(size: int) -> str:
    return f'<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="{size}"/></w:tcPr>{P}</w:tc><w:tc>{P}</w:tc></w:tr></w:tbl>'


def fields(size: int) -> str:
    return P + "<w:sdt><w:sdtContent>" * size + "</w:sdtContent></w:sdt>" * size
