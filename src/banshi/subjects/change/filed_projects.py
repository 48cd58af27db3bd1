"""A project and its forms as tables give them: collected from rows and cells, then judged like a ledger in YAML."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import cached_property, partial
from pathlib import Path
from typing import Any

from msgspec import Struct, field

from banshi.base.text import Text
from banshi.checking.loading import Loader
from banshi.checking.wrong_shapes import tell, unread_in, without_the_wrong
from banshi.files.blanks import drop_blanks
from banshi.files.documents import Place
from banshi.files.findings import Route, Severity
from banshi.files.locating import Located, from_shape
from banshi.files.not_stated import something
from banshi.files.reading import InputProblem
from banshi.files.report import Report
from banshi.files.schema_parts import SchemaField, root
from banshi.files.shape import ShapeProblem, places_of
from banshi.files.tables.entries import Names, TableEntry
from banshi.files.tables.filed import FiledDocument, FiledSource, RowSpot, filed, titles_of, wording_of
from banshi.files.tables.listings import Leaf, Listing, Way
from banshi.subjects.change.declared_fields import USUAL, declared, undeclared
from banshi.subjects.change.law_words import versions_of
from banshi.subjects.change.loading import LoadedFiling, Ways, filing_of, not_used, unstated_in
from banshi.subjects.change.missing import Missing, missing_form

_ACTS = (("budget_approval",), ("implemented_on",))
Unless = Callable[[ShapeProblem], bool]
CHANGES: Way = ("changes",)
PROJECT: Way = ("project",)


class FiledChange(Struct):
    """A form: its data, where it and its parts stand, which of them its file has a place for (None: all), which cannot be read."""

    data: dict[str, Any]
    at: RowSpot | Place
    stated: frozenset[Way] | None
    unread: frozenset[Route] = frozenset()
    rows: dict[Route, RowSpot] = field(default_factory=dict)
    cells: dict[Route, Place] = field(default_factory=dict)

    def begin(self, way: Way, *, required: bool) -> None:
        """A list of it that has no entries so far; one in a group that is not there has none."""
        holder = self._holder(way)
        if holder is not None and required:
            holder.setdefault(way[-1], [])

    def add(self, way: Way, links: Sequence[str], row: TableEntry, spot: RowSpot) -> bool:
        """An entry of one of its lists; ``links``: of those above, which. False where there is no such place."""
        holder: Any = self.data
        route: Route = ()
        steps = list(way)
        for step in steps[:-1]:
            holder = holder.setdefault(step, {}) if isinstance(holder, dict) else holder
            route = (*route, step)
            if isinstance(holder, list):
                number = int(links[0]) - 1 if links and links[0].isdecimal() else -1
                links = links[1:]
                if not 0 <= number < len(holder):
                    return False
                holder, route = holder[number], (*route, number)
        entries = holder.setdefault(steps[-1], [])
        entries.append(row.data)
        where = (*route, steps[-1], len(entries) - 1)
        self.rows[where] = spot
        self.unread |= {(*where, *each) for each in row.unread}
        return True

    def put_list(self, way: Way, entries: list[dict[str, Any]]) -> None:
        """All entries of a list that stands on a form."""
        holder = self._holder(way)
        if holder is None and entries:
            holder = self.data.setdefault(way[0], {})
        if holder is not None:
            holder[way[-1]] = entries

    def _holder(self, way: Way) -> dict[str, Any] | None:
        holder: Any = self.data
        for step in way[:-1]:
            holder = holder.get(step) if isinstance(holder, dict) else None
        return holder if isinstance(holder, dict) else None


class FiledProject(Struct, dict=True):
    """A project: its data, where they stand, which of them its file has a place for, which cannot be read, its forms."""

    key: str
    data: dict[str, Any] = field(default_factory=dict)
    stated: set[Way] = field(default_factory=set)
    whole: bool = False  # it stands on a form, which has a place for everything
    torn: bool = False
    unread: set[Route] = field(default_factory=set)
    rows: dict[Route, RowSpot] = field(default_factory=dict)
    cells: dict[Route, Place] = field(default_factory=dict)
    changes: list[FiledChange] = field(default_factory=list)
    missing: list[Missing] = field(default_factory=list)  # rows that were not read and may be forms of it

    @cached_property
    def numbered(self) -> dict[str, list[FiledChange]]:
        """Its forms by number; to be asked for once all of them are there."""
        found: dict[str, list[FiledChange]] = {}
        for change in self.changes:
            found.setdefault(str(change.data.get("number")), []).append(change)
        return found

    def take(self, data: dict[str, Any], spot: RowSpot) -> list[InputProblem]:
        """What a row says of it; what it says otherwise than before is told, and nobody may rely on it."""
        cells: dict[Route, Place] = {way: spot.at(column) for way, column in spot.columns.items()}
        self.rows.setdefault((), spot)
        return list(self._merge(data, cells))

    def take_cells(self, data: dict[str, Any], cells: Mapping[Route, Place]) -> list[InputProblem]:
        """What a form says of it."""
        self.whole = True
        return list(self._merge(data, cells))

    def _merge(self, data: dict[str, Any], cells: Mapping[Route, Place]) -> Iterator[InputProblem]:
        for way, value in _values(data, ()):
            holder = self.data
            for step in way[:-1]:
                holder = holder.setdefault(step, {})
            place = cells.get(way, Place(1, 1, 2))
            if holder.setdefault(way[-1], value) != value:
                self.unread.add(way)
                yield InputProblem("input/stated-twice", place, _differs(holder[way[-1]], value), _ONE)
        for route, place in cells.items():
            self.cells.setdefault(route, place)

    def add(self, way: Way, row: TableEntry, spot: RowSpot) -> None:
        """An entry of one of its lists."""
        entries = self.data.setdefault(way[-1], [])
        entries.append(row.data)
        where = (way[-1], len(entries) - 1)
        self.rows[where] = spot
        self.unread |= {(*where, *each) for each in row.unread}


def _values(data: Mapping[str, Any], way: Way) -> Iterator[tuple[Way, Any]]:
    for key, value in data.items():
        if isinstance(value, dict):
            yield from _values(value, (*way, key))
        else:
            yield (*way, key), value


def loaded(
    project: FiledProject,
    path: Path,
    source: FiledSource,
    known: Sequence[Listing],
    names: Names,
    loader: Loader,
    report: Report,
) -> Iterator[LoadedFiling]:
    """The project as rules look at it; what is wrong with its shape goes into ``report``."""
    document = document_of(project, path, source, known, names, loader)
    place = project.data.get("jurisdiction", loader.of_place)
    fields = declared(versions_of(loader.library, place)) if isinstance(place, str) else {}
    open_project, open_changes = _unstated(project, known, undeclared(fields))
    if loader.of_place and _of_no_place(project):
        report.findings.append(from_shape(document, _supposed(loader.of_place), Severity.NOTE))
        open_project -= {("jurisdiction",)}
    unless = partial(_is_open, project=open_project, changes=open_changes)
    problems = list(loader.shapes.check(document.data, "ledger", _either(unless, unread_in(document))))
    tell(document, problems, report)
    if problems or document.doubtful:
        problems = without_the_wrong(document, "ledger", loader.shapes, problems, unless)
    places = [*places_of(problems), *(where for where in document.doubtful if not document.lies_aside(where))]
    broken = {where[1] for where in places if where[:1] == CHANGES and len(where) > 1}
    if project.torn or any(where[:1] != CHANGES or len(where) < 2 for where in places):
        report.findings.append(from_shape(document, _NOT_JUDGED, Severity.NOTE))
        return
    yield from _judged(
        project,
        document,
        frozenset(n for n in broken if isinstance(n, int)),
        open_project,
        open_changes,
        loader,
        report,
    )


def _either(first: Unless, second: Unless) -> Unless:
    return lambda problem: first(problem) or second(problem)


def _judged(
    project: FiledProject,
    document: FiledDocument,
    broken: frozenset[int],
    open_project: Ways,
    open_changes: Sequence[Ways],
    loader: Loader,
    report: Report,
) -> Iterator[LoadedFiling]:
    data, open_in = document.to_type, unstated_in(document)
    open_project |= frozenset(open_in.get(PROJECT, ()))
    kept: dict[Ways, Ways] = {}
    more = (open_in.get((*CHANGES, n)) for n in range(len(open_changes)))
    together = (each | own if own else each for each, own in zip(open_changes, more, strict=True))
    open_changes = [kept.setdefault(each, each) for each in together]
    missing = (*(_missing(project.changes[n], data["changes"][n]) for n in sorted(broken)), *project.missing)
    if missing:
        report.findings.append(from_shape(document, not_used(missing), Severity.NOTE))
    whole = root(loader.shapes, "ledger")
    own, entry = whole.field("project"), whole.field("changes")
    assert own is not None and entry is not None and entry.entry is not None
    forms = [
        (_filled(change, entry.entry, open_changes[n], ()), Located(document, ("changes", n)), open_changes[n])
        for n, change in enumerate(data["changes"])
        if n not in broken
    ]
    yield from filing_of(
        loader,
        report,
        _filled(data["project"], own, open_project, ()),
        Located(document, PROJECT),
        forms,
        missing,
        open_project,
    )


def _missing(change: FiledChange, data: Any) -> Missing:
    place = change.at.at(None) if isinstance(change.at, RowSpot) else change.at
    return missing_form(str(data.get("number") or f"{place.sheet}第 {place.line} 行"), data)


def document_of(
    project: FiledProject,
    path: Path,
    source: FiledSource,
    known: Sequence[Listing],
    names: Names,
    loader: Loader,
) -> FiledDocument:
    """The project as a ledger, every value with its cell."""
    own = dict(project.data)
    own.setdefault("id", project.key or "—")
    if loader.of_place and _of_no_place(project):
        own["jurisdiction"] = loader.of_place
    changes = [{**change.data, "project": change.data.get("project", own["id"])} for change in project.changes]
    document = filed(path, drop_blanks({"kind": "ledger", "project": own, "changes": changes}), source)
    document.rows.update({(*PROJECT, *route): spot for route, spot in project.rows.items()})
    document.cells.update({(*PROJECT, *route): place for route, place in project.cells.items()})
    for n, change in enumerate(project.changes):
        if isinstance(change.at, RowSpot):
            document.rows[(*CHANGES, n)] = change.at
        document.rows.update({(*CHANGES, n, *route): spot for route, spot in change.rows.items()})
        document.cells.update({(*CHANGES, n, *route): place for route, place in change.cells.items()})
    document.cannot_read(_unread(project))
    document.titles, document.wording = titles_of(known), wording_of(known, names)
    return document


def _unread(project: FiledProject) -> Iterator[Route]:
    for n, change in enumerate(project.changes):
        yield from ((*CHANGES, n, *route) for route in sorted(change.unread, key=str))
    yield from ((*PROJECT, *route) for route in sorted(project.unread, key=str))


def _of_no_place(project: FiledProject) -> bool:
    """Whether its file has no place for where it is."""
    return "jurisdiction" not in project.data and ("jurisdiction",) not in project.stated and not project.whole


def _supposed(place: str) -> ShapeProblem:
    message = Text(
        f"没有“辖区”这一列，按本中心的辖区 {place} 判断", f"no column says of which place it is: taken to be of {place}"
    )
    fix = Text("是别的辖区（如下辖的区、县）的项目，补上这一列。", "Add the column where it is of another place.")
    return ShapeProblem("input/place-supposed", PROJECT, message, fix)


def _unstated(
    project: FiledProject, known: Sequence[Listing], undeclared: frozenset[Way]
) -> tuple[frozenset[Way], list[frozenset[Way]]]:
    """Of the project and of each form the ways that its file has no place for, and ought to (``undeclared``: need not)."""
    asked = (leaf for leaf in known[0].leaves if leaf.way[:2] not in undeclared and leaf.way not in undeclared)
    theirs = {leaf.way[1:] for leaf in asked if leaf.way[:1] == PROJECT and _bears(leaf)} - {("id",)}
    inner = [each for each in known if each.way[:1] == CHANGES and len(each.way) >= 2]
    linked = any(change.stated and any(each.way[1:] in change.stated for each in inner) for change in project.changes)
    if not linked:
        theirs |= {each.way[1:] for each in known if each.way[:1] == PROJECT and len(each.way) == 2}
    open_project = frozenset() if project.whole else _open(theirs, project.stated, project.data)
    changes = next(each for each in known if each.way == CHANGES)
    ways = {leaf.way for leaf in changes.leaves if leaf.way[:1] != PROJECT and _bears(leaf)}
    ways |= {each.way[1:] for each in inner if not linked or asked_for(each)}
    kept: dict[frozenset[Way], frozenset[Way]] = {}  # forms of one table lack mostly the same
    return open_project, [
        kept.setdefault(own, own)
        for change in project.changes
        for own in [frozenset[Way]() if change.stated is None else _open(ways, change.stated, change.data)]
    ]


def asked_for(listing: Listing) -> bool:
    """Whether a list must be there; beside other tables, one that need not be there and is not holds nothing."""
    above = listing.above
    part: SchemaField | None = above.field if above else None
    for step in listing.way[len(above.way if above else ()) :]:
        part = part.field(step) if part else None
    return bool(part and part.required)


def _bears(leaf: Leaf) -> bool:
    """Whether a blank says that something was not done; of what only some laws ask for, it says nothing."""
    return leaf.field.required or leaf.way in _ACTS or ".".join(leaf.way[1:]) in USUAL


def _open(ways: set[Way], stated: AbstractSet[Way], data: Mapping[str, Any]) -> frozenset[Way]:
    """The ways that nothing states; of a group of which nothing is stated the group itself."""
    missing = {way for way in ways if way not in stated and way[0] not in data} | {
        way for way in ways if way not in stated and len(way) > 1
    }
    groups = {way[:1] for way in missing if len(way) > 1 and not any(each[:1] == way[:1] for each in stated)}
    return frozenset((missing - {way for way in missing if way[:1] in groups}) | groups)


def _is_open(problem: ShapeProblem, project: frozenset[Way], changes: list[frozenset[Way]]) -> bool:
    """Whether a value is only lacking because the file has no place for it."""
    if problem.rule not in ("shape/missing-key", "shape/too-few"):
        return False
    where = problem.where
    if where[:1] == PROJECT:
        return _under(tuple(step for step in where[1:] if isinstance(step, str)), project)
    if where[:1] == CHANGES and len(where) > 2 and isinstance(where[1], int):
        return _under(tuple(step for step in where[2:] if isinstance(step, str)), changes[where[1]])
    return False


def _under(way: Way, ways: Ways) -> bool:
    return any(way[:n] in ways for n in range(1, len(way) + 1))


def _filled(data: Any, field: SchemaField, ways: Ways, at: Way) -> Any:
    """The data with something in each place that must be filled and that nothing states: nobody ever reads it."""
    if not isinstance(data, dict):
        return data
    found = dict(data)
    for part in field.fields():
        here = (*at, part.key)
        lacking = part.key not in found and part.required
        if lacking and (_under(here, ways) or any(way[: len(here)] == here for way in ways)):
            found[part.key] = something(part, ways, here)
        elif part.sort == "object" and part.key in found:
            found[part.key] = _filled(found[part.key], part, ways, here)
    return found


def _differs(one: Any, other: Any) -> Text:
    there, here = _shown(one), _shown(other)
    return Text(
        f"同一项目，别处写的是 {there.zh}，这里写的是 {here.zh}",
        f"elsewhere the same project says {there.en}, here {here.en}",
    )


def _shown(value: Any) -> Text:
    if isinstance(value, bool):
        return Text("是", "yes") if value else Text("否", "no")
    return Text(str(value), str(value))


_ONE = Text("核对后改成一样的。", "Make them agree.")
_NOT_JUDGED = ShapeProblem(
    "input/not-judged",
    PROJECT,
    Text("项目的内容有读不出、不全或归属不明的，没有判断", "the project cannot be judged by what could be read"),
    Text("先改好上面列出的各处，再检查一次。", "Correct what is listed above first, then check again."),
)
