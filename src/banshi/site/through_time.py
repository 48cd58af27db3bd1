"""When each text is in force, what each norm was before and will be: said on every page that shows it."""

import datetime
from collections.abc import Set as AbstractSet
from functools import cached_property
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from banshi.files.findings import Citation
from banshi.law.amending import NOT_AMENDED, Amended, Dropped, come_about
from banshi.law.guides import Pick
from banshi.law.instruments import Placed, PolicyVersion
from banshi.law.law import Law
from banshi.law.library import Library
from banshi.law.norms import Norm
from banshi.law.repealed import Spans, repealed, without
from banshi.law.revisions.lineage import Names, lineage
from banshi.law.texts import Edition

_TEXTS, _BESIDE = 16, 5  # texts that are all shown; of more, how many on each side of the one that is looked at
_ONE_DAY = datetime.timedelta(days=1)


class Turn(Struct, frozen=True):
    """What a norm says from, or said until, another day; ``placed`` None: it does not stand there.

    ``suspended``: because that is put off, by what and until when.
    """

    day: datetime.date
    placed: Placed[Norm] | None
    suspended: Amended | None = None


class AwayNorms(Struct, frozen=True):
    """Norms of a provision that a guide picks and the text of the day does not have: as they stood, or will stand.

    ``by``: what took them out (None: they have not stood there yet); ``comes``: when they do (again), where that is known.
    """

    norms: list[Placed[Norm]]
    by: Amended | None
    comes: datetime.date | None


class MadeText(Struct, frozen=True):
    """What an amending instrument made of a text: the text, from which day, the norms it changed, what it took out."""

    text: PolicyVersion
    since: datetime.date
    norms: list[Placed[Norm]]
    dropped: list[Dropped]


class ThroughTime(Struct, frozen=True, dict=True):
    """The texts of some instruments in time, seen from the library's day."""

    library: Library
    instruments: list[str]

    @property
    def on(self) -> datetime.date:
        """The day whose law the site shows."""
        return self.library.on

    @cached_property
    def _editions(self) -> dict[tuple[str, str], tuple[Edition, int]]:
        every = [(edition, n) for name in self.instruments for n, edition in enumerate(self.line(name))]
        # Of a text that comes back the span of the site's day counts, else the last that has begun.
        every.sort(key=lambda each: (each[0].holds(self.on), each[0].since <= self.on))
        return {(edition.text.instrument, edition.text.version): (edition, n) for edition, n in every}

    def line(self, instrument: str) -> tuple[Edition, ...]:
        """The texts of an instrument in the order of their days, without those on which another repealed it."""
        return without(self.library.versions(instrument), self._repealed.get(instrument, []))

    def around(self, version: PolicyVersion) -> list[Edition | int]:
        """The texts of its instrument; of many the first, the last and those next to it, and how many are left out between."""
        line = self.line(version.instrument)
        here = self._editions.get((version.instrument, version.version), (None, len(line) - 1))[1]
        shown = [
            n for n in range(len(line)) if len(line) <= _TEXTS or n in (0, len(line) - 1) or abs(n - here) <= _BESIDE
        ]
        found: list[Edition | int] = []
        for before, n in pairwise((-1, *shown)):
            found += [n - before - 1] * (n - before > 1) + [line[n]]
        return found

    @cached_property
    def _repealed(self) -> dict[str, Spans]:
        """When another instrument shown puts an end to one as a whole."""
        return repealed(self.library, self.instruments)

    def edition(self, version: PolicyVersion) -> Edition | None:
        """When a text is in force; None for a paper that never is."""
        found = self._editions.get((version.instrument, version.version))
        return found[0] if found else None

    def holds(self, version: PolicyVersion) -> bool:
        """Whether a text is in force on the site's day."""
        edition = self.edition(version)
        return edition is not None and edition.holds(self.on)

    def not_in_force(self, version: PolicyVersion) -> str:
        """In words that a text is still to come, or no longer holds; nothing where it is in force, or never would be."""
        edition = self.edition(version)
        if edition is None or edition.holds(self.on):
            return ""
        return "还没有施行" if edition.since > self.on else "已不施行"

    def current(self, version: PolicyVersion) -> PolicyVersion | None:
        """The text of the same instrument that is in force on the site's day."""
        return next((each.text for each in self.line(version.instrument) if each.holds(self.on)), None)

    def coming(self, placed: Placed[Norm]) -> Turn | None:
        """What the norm will be from the day on which it is next changed; None: nothing is known to come."""
        return self._turn(placed, 1)

    def former(self, placed: Placed[Norm]) -> Turn | None:
        """What the norm was before it last changed, and the day on which it did; None: it has never been otherwise."""
        return self._turn(placed, -1)

    def _turn(self, placed: Placed[Norm], way: int) -> Turn | None:
        found = self._editions.get((placed.version.instrument, placed.version.version))
        if found is None:
            return None
        here, (line, n) = found[0], (self.line(placed.version.instrument), found[1])
        names = self._names(placed.version.instrument)
        own = names[n].get(placed.norm.id)
        while 0 <= n + way < len(line):
            other = line[n + way]
            there = next((p for p in other.text.placed if names[n + way][p.norm.id] == own), None)
            if there is None or there.statement != placed.statement:
                return Turn(other.since if way > 0 else here.since, there, _suspended(other.text, placed))
            here, n = other, n + way
        return None

    def _names(self, instrument: str) -> list[Names]:
        """What the norms of each text of an instrument are called throughout, whatever their ids there."""
        if instrument not in self._known:
            self._known[instrument] = lineage([edition.text for edition in self.line(instrument)])
        return self._known[instrument]

    @cached_property
    def _known(self) -> dict[str, list[Names]]:
        return {}

    def away(self, version: PolicyVersion, pick: Pick) -> list[AwayNorms]:
        """The picked norms that an amendment has taken out of a text, and those that stand in a later one alone."""
        edition, n = self._editions.get((version.instrument, version.version), (None, 0))
        if edition is None:
            return []
        line, names = self.line(version.instrument), self._names(version.instrument)
        there = {names[n][placed.norm.id] for placed in version.placed}
        found: dict[str, tuple[Placed[Norm], Amended | None]] = {}
        for earlier, own in reversed([*zip(line, names, strict=True)][:n]):
            for placed in _absent(earlier.text, own, pick, there | found.keys()):
                if by := _taken_out(version, placed):
                    found[own[placed.norm.id]] = placed, by
        comes: dict[str, datetime.date] = {}
        for later, own in [*zip(line, names, strict=True)][n + 1 :]:
            for placed in _absent(later.text, own, pick, there | comes.keys()):
                found.setdefault(own[placed.norm.id], (placed, None))
                comes[own[placed.norm.id]] = later.since
        groups: dict[object, AwayNorms] = {}
        for norm, (placed, by) in found.items():
            key = placed.provision.id, by, comes.get(norm)
            groups.setdefault(key, AwayNorms([], by, comes.get(norm))).norms.append(placed)
        return list(groups.values())

    def whence(self, version: PolicyVersion) -> tuple[list[Citation], list[Amended]]:
        """What made a text of the one before it: the amending instruments, each once, and the suspensions that are over."""
        found = self._editions.get((version.instrument, version.version))
        before = self.line(version.instrument)[found[1] - 1].text.amended if found and found[1] else NOT_AMENDED
        anew, over = come_about(before.by, version.amended.by)
        every = {cited.instrument: replace(cited, provision="", label="") for _, by in anew for cited in by}
        return list(every.values()), [each for each in over if each.until]

    def made_by(self, version: PolicyVersion) -> list[MadeText]:
        """What an amending instrument changes: each text that first shows it, with its norms that read otherwise for it."""
        targets = dict.fromkeys(entry.instrument for entry in version.amends)
        made = (
            self._made(edition, version) for name in targets for edition in self._first_shown(name, version.instrument)
        )
        return [each for each in made if each]

    def _first_shown(self, name: str, by: str) -> list[Edition]:
        """The texts of an instrument with whose day the amendments of another begin."""
        if name not in self._amending:
            found: dict[str, list[Edition]] = {}
            for edition in self.line(name):
                days: dict[str, datetime.date] = {}
                for each in edition.text.amended.by:
                    days.setdefault(each.by.instrument, each.since)
                for other in (other for other, day in days.items() if day == edition.since):
                    found.setdefault(other, []).append(edition)
            self._amending[name] = found
        return self._amending[name].get(by, [])

    @cached_property
    def _amending(self) -> dict[str, dict[str, list[Edition]]]:
        """By text and by what amends it."""
        return {}

    def _made(self, edition: Edition, version: PolicyVersion) -> MadeText | None:
        """What an instrument did to one text; None where it did nothing that is seen in it."""
        amended = edition.text.amended
        since = next((each.since for each in amended.by if each.by.instrument == version.instrument), None)
        if since is None:
            return None
        norms = [
            placed
            for placed in edition.text.placed
            if any(each.by.instrument == version.instrument for each in amended.norms.get(placed.norm.id, ()))
        ]
        dropped = [each for each in amended.dropped if each.by.by.instrument == version.instrument]
        return MadeText(edition.text, since, norms, dropped)


def _absent(text: PolicyVersion, names: Names, pick: Pick, there: AbstractSet[str]) -> list[Placed[Norm]]:
    """The picked norms of a text, but for some, by the names that they have throughout."""
    return [placed for placed in pick.of(Law((text,), text.jurisdiction)) if names[placed.norm.id] not in there]


def _suspended(text: PolicyVersion, placed: Placed[Norm]) -> Amended | None:
    """What has put off a norm, or the provision that it stands in."""
    by = _taken_out(text, placed)
    return by if by and by.do == "suspend" else None


def _taken_out(text: PolicyVersion, placed: Placed[Norm]) -> Amended | None:
    """What has taken a norm out of a text, or the provision that it stood in; a suspension before all else."""
    own = {("norm", placed.norm.id), ("provision", placed.provision.id)}
    found = [each.by for each in text.amended.dropped if (each.kind, each.id) in own]
    return next((by for by in found if by.do == "suspend"), found[0] if found else None)
