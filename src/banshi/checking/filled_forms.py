"""Filled forms of instruments, in workbooks and documents: recognised, and read as the file that each is, or is a part of.

A form is known by the name that it hides, or by its title. Forms on changes stand among ledgers in one file, and are read
with them (``subjects.change.tables``).
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol

from msgspec import Struct

from banshi.base.limits import MAX_SHOWN
from banshi.base.text import Text, listed
from banshi.checking.loaded import Loaded
from banshi.checking.loading import Loader
from banshi.files.findings import Route, Severity
from banshi.files.kinds import KINDS, function, module
from banshi.files.locating import from_input, shortened
from banshi.files.reading import InputProblem, ReadOutcome
from banshi.files.report import Report
from banshi.files.tables.filed import FiledDocument, FiledSource, filed, titles_of, wording_of
from banshi.files.tables.form_labels import FormLabels
from banshi.files.tables.form_sheets import FormSheet, read_form
from banshi.files.tables.grids import Grid, Unusable
from banshi.files.tables.headings import SheetHead, heading
from banshi.files.tables.hidden_names import read_name
from banshi.files.tables.listings import Listing, Way
from banshi.files.tables.opening import opened
from banshi.files.tables.xlsx.comments import how_to_fill
from banshi.law.form_places import Places, way_of
from banshi.law.forms_in_force import Found, forms_of, named, names_of
from banshi.law.instruments import PolicyVersion
from banshi.law.library import Library
from banshi.law.version_parts import Form

OWN = "form"  # the kind of a form that rules its own fields
_CHANGES = "ledger"
_SHOWN = 8


class FormKind(Protocol):
    """What a module says of the forms of a kind of file."""

    def places(self, loader: Loader, version: PolicyVersion, form: Form) -> Places:
        """What the fields of a form are."""

    def document(self, data: dict[str, Any], version: PolicyVersion, form: Form) -> tuple[dict[str, Any], Route]:
        """The document that a filled form is, and the way to what was filled in."""

    def apart(self, data: dict[str, Any]) -> Iterator[dict[str, Any]]:
        """The forms that a document would fill, each as a document of its own (what ``places`` leads into)."""


def form_kind(form: Form) -> FormKind:
    """The module of the kind that a form fills in."""
    found: FormKind = module(KINDS[form.fills or OWN].forms)
    return found


class FilledSheet(Struct, frozen=True):
    """A sheet (or a document) that is a form."""

    sheet: str
    version: PolicyVersion
    form: Form


def filled_in(heads: Sequence[SheetHead], grids: Sequence[Grid], loader: Loader) -> list[FilledSheet]:
    """The sheets that are forms, by the names that they hide or by their titles; those on changes are left out."""
    found = []
    for head in heads:
        grid = next((each for each in grids if each.name == head.sheet), None)
        form = _form_of(head, grid, loader) if grid else None
        if form is not None and form[1].fills != _CHANGES:
            found.append(FilledSheet(head.sheet, *form))
    return found


def _form_of(head: SheetHead, grid: Grid, loader: Loader) -> Found | None:
    said = (read_name(name) for name in grid.named().values())
    own = next((way[0] for each in said if each and each[0] == "form" for way in [each[1]]), None)
    known, by_title = _known(loader.library)
    if own is not None:
        return named(own, known) or of_an_item(own, loader)
    return next((by_title[name] for cell in head.headings if (name := heading(cell)) in by_title), None)


def of_an_item(name: str, loader: Loader) -> Found | None:
    """The application form of an item of a catalogue, by its whole name."""
    ruling = (function(kind.item_forms) for kind in KINDS.values() if kind.item_forms)
    return next((found for each in ruling if (found := each(name, loader))), None)


@lru_cache(maxsize=8)
def _known(library: Library) -> tuple[list[Found], dict[str, Found]]:
    """Every form, and those that no ledger is, by what they are called: ids are no titles."""
    known = list(forms_of(library, None))
    by_title: dict[str, Found] = {}
    for version, form in known:
        for name in names_of(form)[1:] if form.fills != _CHANGES else ():
            by_title.setdefault(name, (version, form))
    return known, by_title


def load_filled(path: Path, found: Sequence[FilledSheet], loader: Loader, report: Report) -> Iterator[Loaded]:
    """Each form as the file of its kind; what could not be read is told, and costs what rests on it."""
    for each in found:
        document = read_filled(path, each, loader, report)
        if document is not None and (kind := loader.shaped(ReadOutcome(path.as_posix(), document), report)[1]):
            yield from function(KINDS[kind].load)(document, loader, report)


def read_filled(path: Path, found: FilledSheet, loader: Loader, report: Report) -> FiledDocument | None:
    """The document that a form is, of which nobody may rely on what could not be read; None where none of it could be."""
    own = form_kind(found.form)
    places = own.places(loader, found.version, found.form)
    known = places.called(found.form)
    outer = [each for each in known if each.way in places.ones]
    inner = [each for each in known if each.way not in places.ones]
    grid = next(each for each in opened(path).grids if each.name == found.sheet)
    try:
        sections = {**places.sections(found.form), **_groups(found.form)}
        own_hints = hints([(found.version, found.form)])
        labels = FormLabels(outer, inner, sections, printed([found.form]), own_hints)
        form = read_form(path, grid, labels, places.names)
    except Unusable as unusable:
        report.findings += [from_input(path.as_posix(), problem) for problem in unusable.problems]
        return None
    document = _document(path, form, found, places, known)
    report.reading.took_document(document, Text(found.form.title, found.form.id))
    report.findings += [from_input(path.as_posix(), problem) for problem in form.problems]
    report.findings += [from_input(path.as_posix(), each, severity=Severity.WARNING) for each in form.remarks]
    if form.unknown:
        report.leave(from_input(path.as_posix(), unknown(form), severity=Severity.NOTE))
    report.findings += [from_input(path.as_posix(), note, severity=Severity.NOTE) for note in grid.notes]
    return document


def printed(forms: Iterable[Form]) -> dict[str, set[Way]]:
    """What stands on blank forms: titles, notes, labels; each with the ways that it labels, none for what is written by hand."""
    found: dict[str, set[Way]] = {}
    for form in forms:
        for text in (form.title, form.note or ""):
            found.setdefault(text, set())
        for each in form.fields:
            found.setdefault(each.label, set()).update([way_of(each.key)] if each.key else [])
    return found


def hints(forms: Iterable[Found]) -> set[str]:
    """What the comments on blank forms say."""
    return {
        how_to_fill(version.offices[who].name if who in version.offices else who, each.hint)
        for version, form in forms
        for each in form.fields
        for who in [each.filled_by]
    }


def _groups(form: Form) -> dict[str, str]:
    """Titles of groups that only the form has."""
    return {each.group: each.group for each in form.fields if each.group}


def _document(
    path: Path, form: FormSheet, found: FilledSheet, places: Places, known: Sequence[Listing]
) -> FiledDocument:
    data: dict[str, Any] = {}
    for listing in known:
        if listing.way in places.ones and (entry := form.data.get(listing.way)):
            _put(data, listing.way, entry, places, one=True)
    for way, entries in form.lists.items():
        if entries:
            _put(data, way, entries, places, one=False)
    whole, prefix = form_kind(found.form).document(data, found.version, found.form)
    document = filed(path, whole, FiledSource(path))
    for (way, rest), cell in form.cells.items():
        document.cells[(*prefix, *_route(way, places), *rest)] = cell
    document.cannot_read((*prefix, *_route(way, places), *rest) for way, rest in sorted(form.unread, key=str))
    document.titles = {(*_steps(prefix), *way): title for way, title in titles_of(known).items() if way}
    for listing in known:
        for leaf in listing.leaves:
            for label in leaf.also[:1]:
                document.titles[(*_steps(prefix), *listing.way, *leaf.way)] = label
    document.wording = wording_of(known, places.names)
    return document


def _put(data: dict[str, Any], way: Way, value: Any, places: Places, *, one: bool) -> None:
    """An entry, or the entries of a table, at the place of a listing."""
    if not way:
        data.update({key: each for key, each in value.items() if key not in data})
        return
    holder: Any = data
    for depth, step in enumerate(way[:-1], start=1):
        if way[:depth] in places.ones:
            entries = holder.setdefault(step, [{}])
            holder = entries[0]
        else:
            holder = holder.setdefault(step, {})
    if not one:
        holder[way[-1]] = value
    elif way[-1] in holder:
        holder[way[-1]][0].update(value)
    else:
        holder[way[-1]] = [value]


def _route(way: Way, places: Places) -> Route:
    """The way to a listing's entries, in the one entry of each list above and at it."""
    found: list[str | int] = []
    for depth, step in enumerate(way, start=1):
        found += [step, 0] if way[:depth] in places.ones else [step]
    return tuple(found)


def _steps(route: Route) -> Way:
    return tuple(step for step in route if isinstance(step, str))


def unknown(form: FormSheet) -> InputProblem:
    """Said of what stands on a form and was not used."""
    shown = listed(shortened(name, MAX_SHOWN) for name, _ in form.unknown[:_SHOWN])
    more = f"等 {len(form.unknown)} 处" if len(form.unknown) > _SHOWN else ""
    said = Text(f"没有用到这些栏：{shown}{more}", f"{len(form.unknown)} labels or texts are not used: {shown}")
    return InputProblem("input/column-unused", form.unknown[0][1], said, _MISSPELT)


_MISSPELT = Text("写错的，改正；不需要的，不必理会。", "Correct what is misspelt; ignore what is not needed.")
