"""The forms of a place's instruments: which there are, and which one is meant by a name."""

from collections.abc import Iterator, Sequence

from banshi.files.tables.headings import heading
from banshi.law.instruments import PolicyVersion
from banshi.law.library import Library, places_above
from banshi.law.version_parts import Form

Found = tuple[PolicyVersion, Form]


def forms_of(library: Library, place: str | None, fills: str | None = None) -> Iterator[Found]:
    """Every form of a place's instruments (of every place where none is given), the newest version of each first.

    ``fills``: only those that fill in such a file.
    """
    own = [each for above in places_above(place) for each in library.in_place(above)] if place else []
    for instrument in own if place else library.instruments():
        for version in reversed(library.texts(instrument)):
            yield from ((version, form) for form in version.forms if fills is None or form.fills == fills)


def named(name: str, forms: Sequence[Found]) -> Found | None:
    """The form of an id, a title or an alias; of ``instrument@version#id`` that one, or the instrument's newest."""
    whose, _, own = name.rpartition("#")
    instrument, _, since = whose.partition("@")
    wanted = heading(own)
    fitting = [each for each in forms if instrument in ("", each[0].instrument) and wanted in names_of(each[1])]
    return next((each for each in fitting if each[0].version == since), fitting[0] if fitting else None)


def whole_name(version: PolicyVersion, form: Form) -> str:
    """What tells a form from every other: ``instrument@version#id``."""
    return f"{version.instrument}@{version.version}#{form.id}"


def names_of(form: Form) -> list[str]:
    """How a form may be asked for, as headings are compared."""
    return [heading(each) for each in (form.id, form.title, *form.aliases)]
