"""The norms that hold together on a day and in a place: what they are, and how they are asked for."""

import datetime
from collections.abc import Callable
from functools import cached_property
from itertools import chain
from typing import Any, TypeVar

import msgspec
from msgspec import Struct

from banshi.base.text import Text, same
from banshi.files.findings import Citation
from banshi.law.ending import Gone, places_of
from banshi.law.instruments import Placed, PolicyVersion
from banshi.law.norms import LocalLimit, Names, Norm, Scope, called
from banshi.law.overlays import may_stand
from banshi.law.terms import Label, Office
from banshi.law.version_parts import Reading

N = TypeVar("N", bound=Norm)
P = TypeVar("P")
_LIMIT = str(LocalLimit.__struct_config__.tag)


class Law(Struct, frozen=True, eq=False, dict=True):
    """The norms that hold together: the outermost jurisdiction's versions first, overlays after them.

    ``gone``: norms (instrument, id) that another instrument has put something else in place of.
    """

    versions: tuple[PolicyVersion, ...]
    jurisdiction: str
    gone: Gone = frozenset()

    @cached_property
    def norms(self) -> tuple[Placed[Norm], ...]:
        """The norms in the order of the texts; an inner jurisdiction's norm stands in the place of an outer one of its id."""
        if len(places_of(self.versions)) < 2:
            if not self.gone:
                return tuple(chain.from_iterable([version.placed for version in self.versions]))
            left = [version for version in self.versions if not version.norm_keys <= self.gone]
            return tuple(chain.from_iterable(map(self._held, left)))
        found: dict[int, Placed[Norm]] = {}  # by the place of each; what another one stands in the place of has none
        limits: list[Placed[LocalLimit]] = []
        outer: dict[str, list[int]] = {}
        here = ""
        for version in self.versions:
            if version.jurisdiction != here:
                here, outer = version.jurisdiction, _outside(found, version.jurisdiction)
            for placed in self._held(version):
                _lay_over(found, placed, outer.get(placed.norm.id), limits)
            limits += version.by_kind.get(_LIMIT, ())
        return tuple(found.values())

    def _held(self, version: PolicyVersion) -> tuple[Placed[Norm], ...]:
        """The norms of one of its texts, without those that another instrument has put something else in place of."""
        if version.norm_keys.isdisjoint(self.gone):
            return version.placed
        return tuple(each for each in version.placed if (version.instrument, each.norm.id) not in self.gone)

    @cached_property
    def placed(self) -> dict[str, Placed[Norm]]:
        """Norms by id; of several instruments with the same id the first."""
        found: dict[str, Placed[Norm]] = {}
        for placed in self.norms:
            found.setdefault(placed.norm.id, placed)
        return found

    def all(self, kind: type[N], group: str | None = None) -> "list[Placed[N]]":
        """Every norm of a kind, in the order of the texts; with ``group``, those that speak to it."""
        key = kind, group
        known = self._found.get(key)
        if known is None:
            known = [p for p in self.norms if isinstance(p.norm, kind)]
            known = self._found[key] = known if group is None else [p for p in known if self._speaks_to(p, group)]
        return known

    def one(self, kind: type[N]) -> "Placed[N] | None":
        """The only norm of a kind (the first, where there are several), or None."""
        known = self._first
        if kind not in known:
            found = self.all(kind)
            known[kind] = found[0] if found else None
        return known[kind]

    @cached_property
    def _first(self) -> dict[type[Norm], Placed[Any] | None]:
        return {}

    def once(self, prepare: "Callable[[Law], P]") -> "P":
        """What is worked out from it and nothing else: once for all who ask."""
        if prepare not in self._prepared:
            self._prepared[prepare] = prepare(self)
        found: P = self._prepared[prepare]
        return found

    @cached_property
    def _prepared(self) -> dict[object, Any]:
        return {}

    def lacking(self, said: Text, kind: type[Norm]) -> Text:
        """What is said where a norm of a kind is wanted and there is none; with what has taken such norms out of the texts."""
        tag = str(kind.__struct_config__.tag)
        away = [each for version in self.versions for each in version.amended.dropped if tag in each.kinds]
        if not away:
            return said
        zh = "；".join(f"{each.said} 自 {each.by.since} 起{each.by.done.zh}（{each.by.by.say()}）" for each in away)
        en = "; ".join(f"{each.said}, {each.by.done.en} from {each.by.since} by {each.by.by.say()}" for each in away)
        return Text(f"{said.zh}（{zh}）", f"{said.en} ({en})")

    def norm(self, norm_id: str) -> Placed[Norm] | None:
        """The norm of an id; None where it is not in force."""
        return self.placed.get(norm_id)

    def _speaks_to(self, placed: Placed[Norm], group: str) -> bool:
        subjects = self._scopes.get(placed.version.instrument)
        groups = getattr(placed.norm, "groups", ())
        return (subjects is None or group in subjects) and (not groups or group in groups)

    @cached_property
    def _found(self) -> dict[tuple[type[Norm], str | None], list[Placed[Any]]]:
        return {}  # filled as it is asked; a month asks the same of every person and day

    @cached_property
    def asked_about(self) -> dict[tuple[type[Norm], ...], list[str]]:
        """The questions that bear on norms of some kinds, by kinds; filled as it is asked."""
        return {}

    @cached_property
    def answered_otherwise(self) -> dict[tuple[str, ...], Any]:
        """The answers that are not taken to some questions, by these; filled as it is asked."""
        return {}

    @cached_property
    def read_otherwise(self) -> "dict[tuple[str, str], Law]":
        """The law with one question answered otherwise, by question and option; filled as it is asked."""
        return {}

    @cached_property
    def cited(self) -> dict[str, tuple[Citation, ...]]:
        """What rules rest on in it, by their ids; filled as it is asked."""
        return {}

    @cached_property
    def outermost(self) -> str:
        """The outermost jurisdiction that any of its texts is of."""
        return self.versions[0].jurisdiction

    @cached_property
    def begins(self) -> datetime.date:
        """The first day of the oldest of its texts."""
        return min(version.begins for version in self.versions)

    @cached_property
    def _scopes(self) -> dict[str, tuple[str, ...]]:
        return {p.version.instrument: p.norm.subjects for p in self.norms if isinstance(p.norm, Scope)}

    @cached_property
    def readings(self) -> dict[str, Reading]:
        """Recorded questions by id; the inner jurisdiction's before the outer one's, then the newer before the older."""
        versions = sorted(self.versions, key=lambda version: (version.jurisdiction.count("/"), version.begins))
        return {reading.id: reading for version in versions for reading in version.readings}

    def reading(self, reading_id: str) -> Reading | None:
        """A recorded question; None where nobody asks it."""
        return self.readings.get(reading_id)

    def taken(self, reading_id: str) -> str:
        """The option that is taken on a recorded question; empty where nobody asks it."""
        found = self.readings.get(reading_id)
        return found.default if found else ""

    def office_name(self, role: str, level: str = "") -> str:
        """What a role is called, at a level of government where that matters."""
        office = self.offices.get(role)
        return office.name_by_level.get(level, office.name) if office else role

    def role(self, role: str) -> str:
        """What a role is called; or any other id, which is no role's."""
        return called(self.names, "offices", role)

    @cached_property
    def names(self) -> Names:
        """Ids and what they are called; of several versions the first that names one."""
        return {key: name for version in reversed(self.versions) for key, name in version.names.items()}

    def tier_name(self, tier: str) -> Text:
        """What a tier is called."""
        return self.called("tiers", tier)

    def step_name(self, step: str) -> Text:
        """What a step is called."""
        return self.called("steps", step)

    def paper_name(self, paper: str) -> str:
        """What a paper is called."""
        return self.called("papers", paper).zh

    def called(self, table: str, key: str) -> Text:
        """What something is called that a table of the texts (``tiers``, ``steps``, ``papers``) holds; else its id."""
        label = next((own[key] for version in self.versions if key in (own := getattr(version, table))), None)
        return Text(label.name, label.name_en or key) if label else same(key)

    @cached_property
    def offices(self) -> dict[str, Office]:
        """Roles by id; what a text does not say of the people in one, another one may."""
        found: dict[str, Office] = {}
        for version in self.versions:
            for key, office in version.offices.items():
                found[key] = _together(found[key], office) if key in found else office
        return found

    @cached_property
    def criteria(self) -> dict[str, Label]:
        """Circumstances that decide a tier, by id."""
        return {key: label for version in self.versions for key, label in version.criteria.items()}

    @cached_property
    def classes(self) -> dict[str, Label]:
        """Classes of change, by id."""
        return {key: label for version in self.versions for key, label in version.classes.items()}

    @cached_property
    def steps(self) -> dict[str, Label]:
        """Steps of procedures, by id."""
        return {key: label for version in self.versions for key, label in version.steps.items()}

    @cached_property
    def tier_labels(self) -> dict[str, Label]:
        """The tiers with what they are called, by id."""
        return {key: label for version in self.versions for key, label in version.tiers.items()}

    @cached_property
    def tiers(self) -> tuple[str, ...]:
        """Ids of the tiers, from the loosest to the strictest."""
        return tuple(dict.fromkeys(tier for version in self.versions for tier in version.tiers))


def _together(one: Office, other: Office) -> Office:
    """A role as the latter of two texts has it, with the people's parts in it that only the former states."""
    parts = ("leads_group", "everyone")
    return msgspec.structs.replace(other, **{part: getattr(other, part) or getattr(one, part) for part in parts})


def _outside(found: dict[int, Placed[Norm]], jurisdiction: str) -> dict[str, list[int]]:
    """The places of the norms of other jurisdictions, by id."""
    outer: dict[str, list[int]] = {}
    for place, placed in found.items():
        if placed.version.jurisdiction != jurisdiction:
            outer.setdefault(placed.norm.id, []).append(place)
    return outer


def _lay_over(
    found: dict[int, Placed[Norm]], placed: Placed[Norm], same_id: list[int] | None, limits: list[Placed[LocalLimit]]
) -> None:
    """Add a norm; in the place of the outer jurisdiction's norms of its id (taken from ``same_id``), unless it may not stand there."""
    if not same_id:
        found[next(reversed(found), -1) + 1] = placed
        return
    outer = [n for n in same_id if _name_of(found[n].version) == _name_of(placed.version)] or same_id
    if all(may_stand(placed, found[n], limits) for n in outer):
        first, *others = [*outer]
        found[first] = placed
        for other in others:
            del found[other]
        for n in (first, *others):
            same_id.remove(n)


def _name_of(version: PolicyVersion) -> str:
    return version.instrument.rpartition("/")[2]
