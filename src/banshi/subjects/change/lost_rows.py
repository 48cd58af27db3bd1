"""Rows of a table of changes that were not read: which project, and which form of it, each leaves open; the others are judged."""

from collections.abc import Iterator, Mapping, Sequence

from banshi.files.tables.cells import plain_text
from banshi.files.tables.entries import Entries
from banshi.files.tables.listings import Way
from banshi.subjects.change.filed_projects import FiledChange, FiledProject
from banshi.subjects.change.missing import Missing
from banshi.subjects.change.table_kinds import CHANGES, PROJECT

_LINK = "link:0"
_NUMBER = "link:1"
_OWN = ("project/id", "project/name")
Projects = Mapping[str, FiledProject]


def lose(found: Entries, projects: Projects) -> bool:
    """Note in the projects what the rows that were not read of a sheet leave open; False where that may be anything."""
    table, way = found.table, found.listing.way
    if not table.usable or len(table.lost) < table.unread - table.lacking:
        return False
    for name, row in _named(found):
        if way == CHANGES:
            for project in _of(row, projects) or projects.values():
                project.missing.append(Missing(str(row.get("number") or "").strip() or name, _sequence(row)))
        elif not _lose_in(row, way, projects):
            return False
    return True


def _named(found: Entries) -> Iterator[tuple[str, Mapping[str, str]]]:
    """Each lost row with what to call it."""
    table = found.table
    numbers = [(each.sheet, n) for each in table.accounts if each.status == "read" for n in each.unread]
    known = not table.lacking and len(numbers) == len(table.lost)
    for n, row in enumerate(table.lost):
        yield f"{numbers[n][0]}第 {numbers[n][1]} 行" if known else "没有读出的一行", row


def _of(row: Mapping[str, str], projects: Projects) -> Sequence[FiledProject] | None:
    """The project of a row, none where the file knows no such one; None where the row does not say."""
    said = next((key for name in (_LINK, *_OWN) if (key := plain_text(row.get(name, "")))), "")
    if not said or said.startswith("#"):
        return None
    return [each for key, each in projects.items() if said in (key, each.data.get("id"), each.data.get("name"))]


def _sequence(row: Mapping[str, str]) -> int | None:
    text = plain_text(row.get("sequence", ""))
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 6 and int(text) else None


def _lose_in(row: Mapping[str, str], way: Way, projects: Projects) -> bool:
    """A row of a table inside of projects or forms: of its owner that list is not known any more."""
    own = _of(row, projects)
    if own is None or len(own) != 1:
        return False
    if way[:1] == PROJECT:
        own[0].unread.add(way[1:])
        return len(way) > 1
    number = plain_text(row.get(_NUMBER, ""))
    forms: Sequence[FiledChange] = own[0].numbered.get(number, ())
    if len(way) != 2 or not forms:
        return bool(number) and any(each.name == number for each in own[0].missing)
    for form in forms:
        form.unread |= {way[1:]}
    return True
