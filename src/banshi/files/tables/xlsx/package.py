"""The parts of a workbook, found by their relationships as spreadsheet programs find them: names do not matter."""

import io
import posixpath
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import IO

from msgspec import Struct, field

from banshi.base.limits import ANY_RATIO, LIKELY_RATIO, MAX_LISTING, MAX_UNPACKED, MOST_PARTS, MOST_SHEETS
from banshi.files.regular_files import open_stream
from banshi.files.tables.xlsx.limits import BookTooLarge, Broken
from banshi.files.tables.xlsx.xml import elements

Open = Callable[[str], IO[bytes]]
_BOOK = "xl/workbook.xml"


class Locked(Exception):
    """Parts of the archive are encrypted."""


class NoBook(Exception):
    """A sound archive without a workbook in it."""


class SheetPart(Struct, frozen=True):
    """A sheet as the workbook lists it; ``part`` is its name in the archive."""

    name: str
    part: str
    hidden: bool


class Package(Struct, frozen=True):
    """What a workbook consists of; ``strings`` and ``styles`` are empty where it has none.

    ``archive`` stays open until ``close``, so that its list of parts is read once.
    """

    archive: zipfile.ZipFile
    sheets: list[SheetPart] = field(default_factory=list)
    strings: str = ""
    styles: str = ""
    system_1904: bool = False
    book: str = ""

    def close(self) -> None:
        """Let go of the file."""
        close(self.archive)


def package(path: Path) -> Package:
    """The parts of the workbook. Raises ``OSError``, ``Broken``, ``BookTooLarge``, ``Locked``, ``NoBook``, or what zipfile raises."""
    archive = archive_of(path)
    try:
        return _package(archive)
    except BaseException:
        close(archive)
        raise


def archive_of(path: Path) -> zipfile.ZipFile:
    """An archive whose list of parts is within the limits; whoever asks closes it. Raises like ``package``."""
    opened = open_stream(path)
    raw = opened.detach() if isinstance(opened, io.BufferedReader) else opened  # standard input is in memory
    stream = _Careful(raw)  # type: ignore[arg-type]
    try:
        archive = zipfile.ZipFile(stream)
        _within_limits(archive.infolist())
    except BaseException:
        stream.close()
        raise
    return archive


def close(archive: zipfile.ZipFile) -> None:
    """Let go of its file."""
    stream = archive.fp
    archive.close()
    if stream is not None:  # zipfile leaves open what it was given
        stream.close()


class _Careful(io.BufferedReader):
    """Refuses to read an archive's list of parts at once where it is longer than any workbook's."""

    def read(self, size: int | None = -1, /) -> bytes:
        if size is not None and size > MAX_LISTING:
            raise BookTooLarge("MAX_LISTING")
        return super().read(size)


def _package(archive: zipfile.ZipFile) -> Package:
    names = {plain_part(name): name for name in reversed(archive.namelist())}

    def opened(part: str) -> IO[bytes]:
        return archive.open(names[part.lower()])

    book = main_part(names, opened)
    if book.lower() not in names:
        raise NoBook
    related = _related(book, names, opened)
    return _listed(archive, book, related, names, opened)


def _within_limits(parts: list[zipfile.ZipInfo]) -> None:
    unpacked, packed = sum(part.file_size for part in parts), sum(part.compress_size for part in parts)
    for over, limit in (
        (len(parts) > MOST_PARTS, "MOST_PARTS"),
        (unpacked > MAX_UNPACKED, "MAX_UNPACKED"),
        (unpacked > max(ANY_RATIO, packed * LIKELY_RATIO), "LIKELY_RATIO"),
    ):
        if over:
            raise BookTooLarge(limit)
    if any(part.flag_bits & 1 for part in parts):
        raise Locked
    if any(part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for part in parts):
        raise zipfile.BadZipFile  # no office program packs so


def plain_part(name: str) -> str:
    """A part's name as it is compared: letter case and the sort of slash do not count."""
    return posixpath.normpath(name.replace("\\", "/").lstrip("/")).lower()


def main_part(names: dict[str, str], opened: Open, otherwise: str = _BOOK) -> str:
    """The part that the archive is about, as its root names it."""
    if "_rels/.rels" not in names:
        return otherwise
    with opened("_rels/.rels") as stream:
        for _, of in elements(stream, "SMALL_PART", "Relationship"):
            if of.get("Type", "").endswith("/officeDocument"):
                return target_of("", of)
    return otherwise


def target_of(base: str, of: dict[str, str]) -> str:
    """The part that a relationship leads to; one that begins with a slash counts from the root."""
    return posixpath.normpath(posixpath.join("/", base, of.get("Target", "").replace("\\", "/"))).lstrip("/")


def _related(book: str, names: dict[str, str], opened: Open) -> dict[str, tuple[str, str]]:
    """The parts that belong to the workbook: id → sort of part, name."""
    folder, own = posixpath.split(book)
    rels = posixpath.join(folder, "_rels", f"{own}.rels")
    if rels.lower() not in names:
        raise Broken
    with opened(rels) as stream:
        found = [of for _, of in elements(stream, "SMALL_PART", "Relationship") if of.get("TargetMode") != "External"]
    return {of.get("Id", ""): (of.get("Type", "").rpartition("/")[2], target_of(folder, of)) for of in found}


def _listed(
    archive: zipfile.ZipFile, book: str, related: dict[str, tuple[str, str]], names: dict[str, str], opened: Open
) -> Package:
    sorts = {sort: names[part.lower()] for sort, part in related.values() if part.lower() in names}
    sheets, system_1904 = [], False
    with opened(book) as stream:
        for tag, of in elements(stream, "SMALL_PART", "sheet", "workbookPr"):
            if tag == "workbookPr":
                system_1904 = of.get("date1904") in ("1", "true", "on")
                continue
            sort, part = related.get(of.get("id", ""), ("", ""))
            if sort == "worksheet" or not sort:
                hidden = of.get("state", "visible") != "visible"
                sheets.append(SheetPart(of.get("name", ""), names.get(part.lower(), ""), hidden))
    if len(sheets) > MOST_SHEETS:
        raise BookTooLarge("MOST_SHEETS")
    return Package(
        archive, sheets, sorts.get("sharedStrings", ""), sorts.get("styles", ""), system_1904, names[book.lower()]
    )
