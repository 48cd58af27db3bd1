"""What loading gives: files with what the rules on them look at."""

import datetime
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from msgspec import Struct, field

from banshi.checking.rules import Rule
from banshi.files.documents import Document
from banshi.files.findings import Route
from banshi.files.kinds import SUBJECTS
from banshi.files.locating import Located
from banshi.law.ending import places_of
from banshi.law.instruments import PolicyVersion
from banshi.law.library import Law, Library
from banshi.law.norms import Norm
from banshi.law.places import places_above
from banshi.law.working_days import WorkingDays, Year

if TYPE_CHECKING:
    from banshi.law.guides import Guide

# One thing for a rule to look at: the subject itself, the document it came from, the law it is judged by.
Subject = tuple[Any, Located, Law | None]
_BY_NAME = attrgetter("instrument")


class Loaded(Protocol):
    """What loading gives of any kind of file: ``looked_at`` by the rules of a folder under ``validators``, those of one sort alike.

    ``place``: where a finding about the whole stands; ``sources``: parts (by the first key of a route) with tables of their own.
    """

    @property
    def rules(self) -> str: ...  # noqa: D102
    @property
    def place(self) -> Located: ...  # noqa: D102
    @property
    def sources(self) -> Mapping[str, Located]: ...  # noqa: D102
    def looked_at(self, rule: Rule) -> Sequence[Subject]: ...  # noqa: D102


class LoadedFile(Struct, frozen=True):
    """A file of one kind: ``value`` is what the rules of ``subject`` look at, ``law`` what it is judged by.

    ``sources``: parts of it (by the first key of a route) that stand in tables of their own.
    """

    subject: str
    value: Any
    document: Document
    law: Law | None = None
    sources: dict[str, Located] = field(default_factory=dict)

    @property
    def rules(self) -> str:
        """The folder of the rules that look at it."""
        return SUBJECTS[self.subject].rules

    @property
    def place(self) -> Located:
        """The file itself."""
        return Located(self.document)

    def looked_at(self, rule: Rule) -> Sequence[Subject]:
        """Its value, where the rule looks at such files."""
        return [(self.value, self.place, self.law)] if rule.subject == self.subject else []


class YearFile(Struct, frozen=True):
    """What a rule on working days receives: a year as its file at ``path`` has it, and the calendar of the place above.

    ``above``: None for the nation's own.
    """

    path: str
    year: Year
    above: WorkingDays | None


class PolicyFile(Struct, frozen=True, dict=True):
    """What a policy rule receives: the version typed and as written, its file's path, and the library it lives in."""

    path: str
    version: PolicyVersion
    data: Any
    library: Library

    @cached_property
    def beside(self) -> tuple[PolicyVersion, ...]:
        """The versions that it stands together with from its first day: on the same subjects, itself in its place among them."""
        own, there = self.version, self.library.standing
        places = places_above(own.jurisdiction)
        lists = [found for subject in own.subjects for place in places if (found := there(place, own.begins, subject))]
        every = lists[0] if len(lists) == 1 else list({id(v): v for found in lists for v in found}.values())
        others = [v for v in every if v.instrument != own.instrument]
        outer, beside = list[PolicyVersion](), others
        if places_of(others) - {own.jurisdiction}:  # most often all are of one place
            outer = [v for v in others if v.jurisdiction != own.jurisdiction]
            beside = [v for v in others if v.jurisdiction == own.jurisdiction]
        same = sorted([own, *beside], key=_BY_NAME)
        return (*outer, *same)

    def law(self, subject: str) -> Law:
        """The law on a subject from its first day, itself included (whether or not it lies where laws are found)."""
        if subject not in self._laws:
            own = self.version
            versions = self.beside  # all on its one subject, or on any of several
            if len(own.subjects) > 1 or subject not in own.subjects:
                versions = tuple(v for v in versions if subject in v.subjects)
            self._laws[subject] = self.library.law(versions, own.jurisdiction, own.begins)
        return self._laws[subject]

    @cached_property
    def _laws(self) -> dict[str, Law]:
        return {}  # every rule asks for the same

    def laws_above(self) -> Iterator[tuple[datetime.date, Law]]:
        """The law of the place above, on each subject: of its first day, and of each day on which that changes while it is in force."""
        own, library = self.version, self.library
        outer, _, _ = own.jurisdiction.rpartition("/")
        later = [each.since for each in library.versions(own.instrument) if each.since > own.begins]
        end = min([*later, *([own.dates.ended] if own.dates.ended else [])], default=datetime.date.max)
        for subject in own.subjects if outer else ():
            above = {v.since for text in library.versions_on(outer, subject) for v in library.versions(text.instrument)}
            for day in (own.begins, *sorted(day for day in above if own.begins < day < end)):
                if law := library.at(day, outer).law(subject):
                    yield day, law

    def norms(self) -> Iterator[tuple[Route, Norm]]:
        """Every norm with the route that leads to it."""
        for p, provision in enumerate(self.version.provisions):
            for n, norm in enumerate(provision.norms):
                yield ("provisions", p, "norms", n), norm


class GuideFile(Struct, frozen=True):
    """What a guide rule receives: the guide, the library that its references lead into, the project's folder."""

    guide: "Guide"
    library: Library
    project: Path

    @property
    def law(self) -> Law | None:
        """What the guide speaks of; None where its instrument does not exist."""
        from banshi.law.guides import law_of  # late: most runs look at no guide

        return law_of(self.guide, self.library)
