"""What every leave needs, as rows of kinds and lengths, and as tables of the days between which they hold."""

import datetime
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import groupby, pairwise

from msgspec import Struct
from msgspec.structs import replace

from banshi.base.text import listed
from banshi.law.library import Library
from banshi.law.norms import Bound, Bounds, Cover, LeaveApproval, Record
from banshi.subjects.attendance.needs import Needs, Said, needs
from banshi.subjects.attendance.rulebook import Rulebook, Rules

_DAY = datetime.timedelta(days=1)
Groups = tuple[str | None, ...]


class NeedsRow(Struct, frozen=True):
    """The leaves of some kinds (``sudden``: sudden illness) and of some lengths (None: of any), and what they need.

    ``of_groups``: what they need of each group of staff that was asked about, in turn; ``groups``: what those are called
    ("" of no group: as ``needs`` has it).
    """

    kinds: tuple[str, ...]
    names: tuple[str, ...]
    needs_no_half_day: bool
    sudden: bool
    length: Bounds | None
    of_groups: tuple[Needs, ...]
    groups: tuple[str, ...]

    @property
    def needs(self) -> Needs:
        """What they need of the first group that was asked about."""
        return self.of_groups[0]

    @property
    def ruled(self) -> bool:
        """Whether any norm says who approves it of anybody."""
        return any(each.ruled for each in self.of_groups)

    @property
    def cells(self) -> list["NeedsCell"]:
        """Each part but the limits, with whom it is said of where that is not everybody.

        Who approves is said as ``needs`` has it, which names the other groups; a group of which nothing is ruled is named there.
        """
        asked = self._asked()
        lacking = listed(name for name, each in asked if not each.ruled)
        found = []
        for n, (label, said, nothing) in enumerate(self.needs.answers):
            if n == 0 and self.needs.ruled:
                of = [SaidOf("", said, nothing), *([SaidOf(lacking, (), self.unruled)] if lacking else [])]
            else:
                of = _by_whom([(name, each.answers[n][1]) for name, each in asked if each.ruled], nothing)
                of += [SaidOf(lacking, (), self.unruled)] if lacking and n == 0 else []
            found.append(NeedsCell(label, tuple(of)))
        return found

    @property
    def limits(self) -> list["SaidOf"]:
        """What it holds for and how much of it there may be, each with whom that is said of where that is not everybody."""
        asked = self._asked()
        found: list[Said] = []
        for _, each in asked:
            found += [said for said in each.limits if said not in found]
        whom = [[name for name, each in asked if said in each.limits] for said in found]
        return [
            SaidOf("" if len(of) == len(asked) else listed(of), (said,), "")
            for said, of in zip(found, whom, strict=True)
        ]

    def _asked(self) -> list[tuple[str, Needs]]:
        own = list(zip(self.groups, self.of_groups, strict=True))
        return [(name, each) for name, each in own if name] or own

    @property
    def short(self) -> bool:
        """Whether it is about coming late, leaving early or going out."""
        return self.needs_no_half_day

    @property
    def unruled(self) -> str:
        """What there is to say where no norm says who approves."""
        return "没有单独规定，按所请的假别办理。" if self.short else "这一种假原文未载明。"

    @property
    def called(self) -> str:
        """The kinds; with （突发疾病） of sudden illness."""
        return listed(self.names) + ("（突发疾病）" if self.sudden else "")

    @property
    def long(self) -> str:
        """不满半天; 不论长短."""
        return "不论长短" if self.length is None else self.length.phrase({}).replace("0.5天", "半天")


class SaidOf(Struct, frozen=True):
    """What is said of some groups of staff ("": of everybody), or what it means that nothing is."""

    whom: str
    said: tuple[Said, ...]
    nothing: str


class NeedsCell(Struct, frozen=True):
    """One part of what a leave needs: what it is called, and what is said of whom."""

    label: str
    of: tuple[SaidOf, ...]


def _by_whom(asked: list[tuple[str, tuple[Said, ...]]], nothing: str) -> list[SaidOf]:
    """What is said, each with all of whom it is said; of everybody where it is the same of all."""
    found: list[tuple[list[str], tuple[Said, ...]]] = []
    for name, said in asked:
        same = next((names for names, other in found if other == said), None)
        if same is None:
            found.append(([name], said))
        else:
            same.append(name)
    alone = len(found) == 1
    return [SaidOf("" if alone else listed(names), said, nothing) for names, said in found]


class NeedsTable(Struct, frozen=True):
    """The rows that hold from ``start`` to ``end`` (None: no end is known), and those that held before."""

    start: datetime.date
    end: datetime.date | None
    rows: tuple[NeedsRow, ...]
    before: tuple[NeedsRow, ...] = ()

    @property
    def changed(self) -> list[tuple[str, list[NeedsRow]]]:
        """The rows by kind, of the kinds that are not as they were before."""
        was = dict(_by_kind(self.before))
        return [(called, rows) for called, rows in _by_kind(self.rows) if was.get(called) != rows]

    @staticmethod
    def limits(rows: Sequence[NeedsRow]) -> list[SaidOf]:
        """The limits that are said of each of some rows."""
        return [each for each in rows[0].limits if all(each in row.limits for row in rows)]

    @property
    def unchanged(self) -> list[str]:
        """The kinds that are as they were before."""
        changed = {called for called, _ in self.changed}
        return [called for called, _ in _by_kind(self.rows) if called not in changed]


def _by_kind(rows: Sequence[NeedsRow]) -> list[tuple[str, list[NeedsRow]]]:
    return [(called, list(own)) for called, own in groupby(rows, key=lambda row: row.called)]


def tables(library: Library, instruments: Sequence[str], jurisdiction: str) -> list[NeedsTable]:
    """One table for each stretch of days with the same answers, the oldest first."""
    book, found = Rulebook(library, jurisdiction), list[NeedsTable]()
    days = _changes(library, instruments)
    for day, following in pairwise([*days, None]):
        assert day is not None
        rules = book.at(day)
        rows = tuple(rows_of(rules, day, (None, *rules.words.groups)))
        end = following - _DAY if following else None
        if found and found[-1].rows == rows:
            found[-1] = replace(found[-1], end=end)
        elif any(row.ruled for row in rows):
            found.append(NeedsTable(day, end, rows, found[-1].rows if found else ()))
    return found


def _changes(library: Library, instruments: Sequence[str]) -> list[datetime.date]:
    editions = [edition for name in instruments for edition in library.versions(name)]
    ended = [edition.until + _DAY for edition in editions if edition.until]
    return sorted({*(edition.since for edition in editions), *ended})


def rows_of(rules: Rules, day: datetime.date, groups: Groups = (None,)) -> Iterator[NeedsRow]:
    """What each kind of leave needs on a day, by its length; of these groups (None: as ``needs`` has it)."""
    reports = {kind for p in rules.all(LeaveApproval) if p.norm.form == "report" for kind in p.norm.leave}
    long_kinds = [kind for kind in rules.words.kinds if kind not in rules.words.short_kinds]
    for kind in long_kinds:
        yield from _of_kind(rules, day, kind, groups, sudden=False)
        if kind in reports:
            yield from _of_kind(rules, day, kind, groups, sudden=True)
    yield from _short(rules, day, groups)


def _of_kind(rules: Rules, day: datetime.date, kind: str, groups: Groups, *, sudden: bool) -> Iterator[NeedsRow]:
    """The rows of one kind: neighbouring lengths with the same answer make one."""
    answers = [
        (length, tuple(needs(rules, day, kind, at, sudden=sudden, group=group) for group in groups))
        for length, at in _lengths(rules)
    ]
    for answer, group in groupby(answers, key=lambda each: each[1]):
        spans = [length for length, _ in group]
        name = rules.words.kind(kind).zh
        yield NeedsRow((kind,), (name,), False, sudden, _joined(spans), answer, _names(rules, groups))


def _short(rules: Rules, day: datetime.date, groups: Groups) -> Iterator[NeedsRow]:
    """Coming late, leaving early, going out: shorter than the shortest length that a norm names."""
    shortest, at = next(iter(_lengths(rules)))
    answers = [
        (kind, tuple(needs(rules, day, kind, at, group=group) for group in groups)) for kind in rules.words.short_kinds
    ]
    for answer, group in groupby(answers, key=lambda each: each[1]):
        own = tuple(kind for kind, _ in group)
        names = tuple(rules.words.kind(kind).zh for kind in own)
        yield NeedsRow(own, names, True, False, _joined([shortest]), answer, _names(rules, groups))


def _names(rules: Rules, groups: Groups) -> tuple[str, ...]:
    return tuple(rules.words.group(group).zh if group else "" for group in groups)


def _lengths(rules: Rules) -> list[tuple[Bounds, Decimal]]:
    """The lengths between which the norms may tell, each with one length that stands for it."""
    bounds = [p.norm.length for p in rules.all(LeaveApproval) if p.norm.length]
    bounds += [p.norm.leave_length for p in rules.all(Cover) if p.norm.leave_length]
    bounds += [p.norm.length for p in rules.all(Record) if p.norm.length]
    ends = sorted({end.value for bound in bounds for end in (bound.lower, bound.upper) if end})
    unit = bounds[0].unit if bounds else ""
    if not ends:
        return [(Bounds(unit=unit), Decimal(1))]
    found = [(Bounds(unit=unit, upper=Bound(value=ends[0], inclusive=False)), ends[0] / 2)]
    for here, following in pairwise([*ends, None]):
        assert here is not None
        point = Bound(value=here, inclusive=True)
        found.append((Bounds(unit=unit, lower=point, upper=point), here))
        upper = Bound(value=following, inclusive=False) if following else None
        found.append(
            (Bounds(unit=unit, lower=Bound(value=here, inclusive=False), upper=upper), _beyond(here, following))
        )
    return found


def _beyond(here: Decimal, following: Decimal | None) -> Decimal:
    return (here + following) / 2 if following else here + 1


def _joined(spans: list[Bounds]) -> Bounds | None:
    """Neighbouring lengths as one; None where they are all there are."""
    lower, upper = spans[0].lower, spans[-1].upper
    return None if lower is None and upper is None else Bounds(unit=spans[0].unit, lower=lower, upper=upper)


def shortest(rules: Rules) -> Decimal:
    """A length below every one that a norm names."""
    return _lengths(rules)[0][1]
