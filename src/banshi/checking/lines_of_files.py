"""Files of lines: of what kind one is as a whole, and so many of its lines at a time."""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from banshi.base import limits
from banshi.files.kinds import KINDS, Kind, function
from banshi.files.reading import read_lines, unreadable
from banshi.files.regular_files import numbered_lines, open_stream
from banshi.files.shape import kind_of
from banshi.files.units import SomeLines

_TOLD_BY = 10  # how many of its first records may tell the kind of a file of lines


def kind_of_lines(path: Path) -> Kind | None:
    """The kind that a file of lines is of as a whole; None where each line is a document.

    Told by the first record that can be told: one broken line at the top hides nothing.
    """
    for reading in islice(read_lines(path), _TOLD_BY):
        record = reading.document.data if reading.document else None
        kind = next((k for k in KINDS.values() if k.fits_line and function(k.fits_line)(record)), None)
        if kind or kind_of(record)[0]:
            return kind
    return None


def some_lines(path: Path) -> Iterator[SomeLines]:
    """The lines of a file, so many at a time; one part at least."""
    held: list[tuple[int, bytes | None]] = []
    size, first, problem = 0, True, None
    try:
        with open_stream(path, limits.MAX_LINES_BYTES) as stream:
            for number, raw in numbered_lines(stream):
                held.append((number, raw))
                size += len(raw or b"")
                if size >= limits.LINES_AT_ONCE:
                    yield SomeLines(path, tuple(held), first)
                    held, size, first = [], 0, False
    except OSError as error:
        problem = unreadable(error)
    if held or first or problem:
        yield SomeLines(path, tuple(held), first, problem)
