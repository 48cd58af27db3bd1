"""The parts that stand in the register itself: an entry that cannot be read costs what it bears on, as a table's row does."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from msgspec import field

from banshi.base.text import Text
from banshi.files.documents import Document, Place
from banshi.files.findings import Route
from banshi.files.shape import ShapeProblem
from banshi.subjects.attendance.columns import CELL_OF, PARTS, RegisterColumns
from banshi.subjects.attendance.forms import Register, moment
from banshi.subjects.attendance.unread import UnreadRow, unread_entry, whole_part
from banshi.subjects.attendance.vocabulary import RegisterWords

_ILLEGIBLE = "？"
_WHOSE = ("id", "staff")


class Kept(Document):
    """A register without the entries that could not be read; places are still those of the file.

    ``numbers``: by part, the number in the file of each entry that was kept.
    """

    numbers: dict[str, list[int]] = field(default_factory=dict)

    def place(self, route: Route, at_key: bool = False) -> Place:
        """The place in the file of what a route into the kept entries leads to."""
        own = self.numbers.get(str(route[0])) if len(route) > 1 else None
        if own and isinstance(route[1], int) and route[1] < len(own):
            route = (route[0], own[route[1]], *route[2:])
        return Document.place(self, route, at_key)


def readable(document: Document, astray: Iterable[Route]) -> tuple[Document, list[UnreadRow]]:
    """The register without what deviates from its shape in its parts, and what was lost with it."""
    wrong: dict[str, list[Route]] = {}
    for where in astray:
        wrong.setdefault(str(where[0]), []).append(where[1:])
    if not wrong:
        return document, []
    data, numbers, unread = dict(document.data), {}, []
    for key, routes in wrong.items():
        if () in routes:
            del data[key]
            unread += whole_part(PARTS[key], f"登记里的 {key} ")
            continue
        entries = [_entry(PARTS[key], n, entry, routes) for n, entry in enumerate(data[key])]
        unread += [each for _, lost in entries for each in lost]
        numbers[key] = [n for n, (kept, _) in enumerate(entries) if kept is not None]
        data[key] = [kept for kept, _ in entries if kept is not None]
    kept = Kept(document.path, data, document.find_marks, document.text, document.first_line, numbers=numbers)
    return kept, unread


def _entry(part: RegisterColumns, number: int, entry: Any, routes: Sequence[Route]) -> tuple[Any, list[UnreadRow]]:
    """What can be used of an entry (None: nothing), and what is lost with the rest."""
    own = [where[1:] for where in routes if where[0] == number]
    if not own:
        return entry, []
    if () in own or not isinstance(entry, dict):
        return None, unread_entry(part, {}, ())
    keys = {key for where in own for key in _meant(part, str(where[0]), entry)}
    row = {name: str(value) for name, value in _cells(entry).items()}
    row |= {key: _ILLEGIBLE for key in keys if key not in row}
    row = {key: value for key, value in row.items() if key not in keys or key not in _WHOSE}  # then it may be anybody's
    if not all(part.columns[key].spare and not part.columns[key].many for key in keys):
        return None, unread_entry(part, row, ())
    kept = {name: value for name, value in entry.items() if _cell(name) in part.columns and _cell(name) not in keys}
    return kept, unread_entry(part, row, tuple(sorted(keys)))


def wrong_moments(document: Document) -> Iterator[ShapeProblem]:
    """Moments that the schema takes for well written, but that never were: 2010-02-30 08:00."""
    told = {where[:2] for where in document.astray if where[:1] == ("leave",)}
    for n, leave in enumerate(document.data.get("leave", ()) if ("leave",) not in told else ()):
        if ("leave", n) in told:
            continue
        given = [((key,), leave[key]) for key in ("requested_at", "approved_at") if key in leave]
        sent = leave.get("substitute", {}).get("dispatched_at")
        for keys, text in [*given, *([(("substitute", "dispatched_at"), sent)] if sent else [])]:
            try:
                moment(text)
            except ValueError:
                message = Text(f"写的是 {text}：没有这一天", f"{text}: there is no such day")
                fix = Text("核对年、月、日。", "Check year, month and day.")
                yield ShapeProblem("shape/wrong-value", ("leave", n, *keys), message, fix)


def undeclared(register: Register, words: RegisterWords) -> Iterator[UnreadRow]:
    """What entries leave open whose words no instrument declares; ``register``: with slugs for the words that are."""
    offices = {*words.role_names.values()}
    for leave in register.leave:
        roles = {leave.approver, leave.reported_to, *leave.filed_with} - {None}
        if words.kinds and leave.kind not in words.kinds:
            yield UnreadRow("leave", leave.staff, leave.start, leave.last)
        elif not roles <= offices or not {*leave.papers} <= {*words.paper_names.values()}:
            yield UnreadRow("order", leave.staff, leave.start, leave.last, cell=True)
    yield from (UnreadRow("notes", note.staff, note.day) for note in register.notes if note.recorded_by not in offices)


def _cell(name: str) -> str:
    """The column in which the value of a key would stand in a table."""
    return CELL_OF.get(name, name)


def _cells(entry: Mapping[str, Any]) -> dict[str, Any]:
    return {_cell(name): value for name, value in entry.items() if not isinstance(value, dict | list)}


def _meant(part: RegisterColumns, name: str, entry: Mapping[str, Any]) -> Iterable[str]:
    """What a key that deviates stands for: under an unknown name it may be anything that is not there."""
    if _cell(name) in part.columns:
        return (_cell(name),)
    given = {_cell(each) for each in entry}
    return [key for key in part.columns if key not in given and key not in _NO_KEYS]


# Columns for which an entry has no key: what stands inside of another key's value, and the other ways of writing punches.
_NO_KEYS = ("insurance", "dispatched_at", "special_on", "at", "all", "in", "out")
