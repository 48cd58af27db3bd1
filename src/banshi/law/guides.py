"""Service guides as typed data: which norms a guide speaks of, in which order; it holds no figures of its own."""

import datetime
from collections.abc import Iterable
from pathlib import Path

import msgspec

from banshi.files.reading import read
from banshi.law.guide_elements import Service
from banshi.law.instruments import Placed
from banshi.law.library import Law, Library
from banshi.law.norms import Norm
from banshi.law.unusable import unfit, unread

FOLDER = "guides"


class Pick(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Norms by id, and norms by kind (``cases``: of those only such as speak of these kinds of case).

    ``instrument``: another of the guide's instruments than its own.
    """

    norms: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    cases: tuple[str, ...] = ()
    instrument: str = ""

    def of(self, law: Law) -> list[Placed[Norm]]:
        """The picked norms, in the order of the text."""
        return [p for p in law.placed.values() if p.norm.id in self.norms or self._is_of_a_kind(p.norm)]

    def _is_of_a_kind(self, norm: Norm) -> bool:
        speaks = not self.cases or bool(set(self.cases) & set(getattr(norm, "cases", ())))
        return norm.kind in self.kinds and speaks


class Box(Pick, frozen=True, kw_only=True):
    """A step of a flow chart: its title, the norms that say so.

    ``each_of``: a list whose values run side by side, or with ``in_turn`` one after the other.
    """

    title: str
    each_of: str = ""
    in_turn: bool = False


class Section(Pick, frozen=True, kw_only=True):
    """A section of the guide; ``show`` names the part of the templates that prints it."""

    id: str
    title: str
    show: str
    lead: str = ""
    readings: tuple[str, ...] = ()
    steps: tuple[Box, ...] = ()


class Element(Pick, frozen=True, kw_only=True):
    """Where one of the standard elements comes from: norms, a field of the instrument, a section, or our own words."""

    text: str = ""
    field: str = ""
    section: str = ""


class Guide(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A guide; see ``schemas/guide.schema.json`` for each key."""

    kind: str
    id: str
    instrument: str
    title: str
    short: str
    summary: str
    sections: tuple[Section, ...]
    elements: dict[str, Element]
    also: tuple[str, ...] = ()
    written_for: datetime.date | None = None
    service: Service | None = None

    @property
    def instruments(self) -> tuple[str, ...]:
        """Every instrument that it draws on, its own first."""
        return tuple(dict.fromkeys((self.instrument, *self.also)))

    @property
    def picks(self) -> list[Pick]:
        """Everything in it that picks norms."""
        boxes = (box for section in self.sections for box in section.steps)
        return [*self.sections, *boxes, *self.elements.values()]


def to_guide(data: object) -> Guide:
    """Typed guide from plain data that has passed its schema. Raises ``msgspec.ValidationError``."""
    own = {key: value for key, value in data.items() if key != "$schema"} if isinstance(data, dict) else data
    return msgspec.convert(own, Guide)


def law_of(guide: Guide, library: Library, instrument: str = "") -> Law | None:
    """What a guide speaks of: its instrument's text on the library's day, over what its jurisdiction's parents decided.

    ``instrument``: another one of its instruments. None where there is no such instrument.
    """
    wanted = instrument or guide.instrument
    shown = library.shown(wanted)
    if shown is None:
        return None
    law = library.at(library.on, shown.jurisdiction).about(wanted, beside=guide.instruments)
    if law is None or shown not in law.versions:  # its text has ended, or is still to come: it has to be shown as it is
        return Law((shown,), shown.jurisdiction)
    return law


def load_guides(folders: Iterable[Path]) -> list[Guide]:
    """The guides of policy folders in order of id; the first folder that has a file counts.

    Raises ``PolicyUnreadable``.
    """
    files: dict[Path, Path] = {}
    for folder in folders:
        for path in folder.rglob(f"{FOLDER}/*.y*ml"):
            files.setdefault(path.relative_to(folder), path)
    return sorted((_load(path) for path in files.values()), key=lambda guide: guide.id)


def _load(path: Path) -> Guide:
    reading = read(path)
    if reading.document is None or reading.problems:
        raise unread(path, reading)
    try:
        return to_guide(reading.document.data)
    except msgspec.ValidationError as error:
        raise unfit(path, reading.document.data, "guide", error) from None
