"""Two columns that claim the same meaning: never settled by their order."""

from collections.abc import Iterator, Mapping

from msgspec import Struct, field

from banshi.base.text import Text, listed
from banshi.files.reading import InputProblem
from banshi.files.tables.cells import plain_text
from banshi.files.tables.grids import GridRow, letters
from banshi.files.tables.headings import WantedTable, strange_unit
from banshi.files.tables.row_problems import place_of
from banshi.files.tables.sheet import Piece


class Claims(Struct, frozen=True):
    """Which columns are read as what, by key (several only of a column that may stand several times).

    ``clashes``: keys that two columns claim which say different things; none of them is read. ``same``: columns, with
    their key, that are not read because another says the same, or nothing stands in them.
    """

    columns: dict[str, tuple[int, ...]]
    clashes: dict[str, tuple[int, ...]] = field(default_factory=dict)
    same: dict[int, str] = field(default_factory=dict)


def claims(sheet: str, head: GridRow, rows: Iterator[GridRow], wanted: WantedTable) -> Claims:
    """What the headings name; ``rows``, those below, are only looked at where two columns claim the same.

    Columns that say the same in every row are one, and one in which nothing stands claims nothing.
    """
    named = wanted.places(sheet, head.cells)
    twice = {key: at for key, at in named.items() if len(at) > 1 and not wanted.columns[key].many}
    if not twice:
        return Claims(named)
    different = _different(twice, head, rows)
    settled = {key: different[key][:1] if key in different else at for key, at in named.items()}
    clashes = {key: at for key, at in twice.items() if len(different[key]) > 1}
    same = {n: key for key, at in twice.items() if key not in clashes for n in at if n not in settled[key]}
    return Claims({key: at for key, at in settled.items() if key not in clashes}, clashes, same)


def _different(
    twice: Mapping[str, tuple[int, ...]], head: GridRow, rows: Iterator[GridRow]
) -> dict[str, tuple[int, ...]]:
    """Of each key's columns those that say different things, the first of each; of empty ones the first."""
    places = sorted({n for at in twice.values() for n in at})
    said = dict.fromkeys(places, 0)  # a running hash of the column
    filled: set[int] = set()
    for row in rows:
        texts = {n: plain_text(row.cells[n]) if n < len(row.cells) else "" for n in places}
        if all(texts[n] == plain_text(head.cells[n]) for n in places):
            continue  # the headings once more
        for n, text in texts.items():
            said[n] = hash((said[n], text, n in row.bad))
            if text or n in row.bad:
                filled.add(n)
    found = {}
    for key, at in twice.items():
        first = {said[n]: n for n in reversed([n for n in at if n in filled])}
        found[key] = tuple(sorted(first.values())) or at[:1]
    return found


def clash_problems(found: Claims, head: GridRow, piece: Piece, wanted: WantedTable) -> Iterator[InputProblem]:
    """What is said of each clash, at the second of its columns."""
    for key, at in found.clashes.items():
        name = wanted.columns[key].headings[0]
        said = listed(f"{letters(n)} 列“{head.cells[n].strip()}”" for n in at)
        message = Text(
            f"{said}都是“{name}”，写的却不一样，都没有读",
            f"columns {', '.join(letters(n) for n in at)} all mean {key}, and differ; none of them was read",
        )
        place, source = place_of(head, piece, at[1])
        yield InputProblem("input/column-twice", place, message, _KEEP_ONE, source)


def strange_units(found: Claims, head: GridRow, piece: Piece, wanted: WantedTable) -> Iterator[InputProblem]:
    """What is said of each heading of numbers whose unit is none that is known."""
    for key, at in found.columns.items():
        for n in at if wanted.columns[key].counted else ():
            if unit := strange_unit(head.cells[n]):
                message = Text(
                    f"列名“{head.cells[n].strip()}”括号里的“{unit}”不是认识的一个单位，没有据以换算：没有另写单位的数，照不写单位的读",
                    f"{unit} in the heading is no unit that is known: numbers are read as if it said none",
                )
                place, source = place_of(head, piece, n)
                yield InputProblem("input/column-unused", place, message, _CONVERT, source)


_CONVERT = Text(
    "数是以别的单位计的，换算好再填，括号里写换算后的单位（如 人、件、天、元）；括号里不是单位的，不必理会。",
    "Convert the numbers if they are counted in another unit; ignore it if this is no unit.",
)
_KEEP_ONE = Text("只留对的一列，或改正其中一列的列名。", "Keep the right column, or correct the heading of the other.")
