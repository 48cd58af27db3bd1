"""A log that was read and counted: what the commands print and the rules look at."""

import datetime
from collections.abc import Iterator
from functools import cached_property

from msgspec import Struct

from banshi.base.text import Text
from banshi.files.findings import About, Citation, Problem
from banshi.law.decisions import Decision, Reason
from banshi.law.gaps import nothing_in_force
from banshi.law.instruments import Placed
from banshi.law.library import Law, Library
from banshi.law.norms import Classification, Enumeration, Target
from banshi.subjects.cases.beside import Beside, LogBeside
from banshi.subjects.cases.faults import CaseFaults, Noted
from banshi.subjects.cases.forms import Case, Log
from banshi.subjects.cases.groups import cells_for
from banshi.subjects.cases.judged_target import JudgedTarget
from banshi.subjects.cases.measures import MEASURES, Counts, Left, resolved, share
from banshi.subjects.cases.quarter import QuarterTally
from banshi.subjects.cases.tally import CaseTally
from banshi.subjects.cases.targets import OVERDUE, addressed, holding_from, judge, of_projects, touches
from banshi.subjects.cases.vocabulary import SUBJECT, Vocabulary, vocabulary


class CaseLog(Struct, dict=True):
    """A log, its counts, and the library whose targets it is held to.

    ``broken``: entries that could not be used; ``unread``: whether there is more, nobody knows how much, that was not
    read; ``doubtful``: whether the cases that were counted may be otherwise finished or limited; ``quarter``: what an assessment needs, if it was asked for; ``files``: those that it was read from;
    ``beside``: other logs that hold cases of the same time, or finished in the same months, which this one lacks.
    ``contested``: cases that another log tells otherwise.
    """

    log: Log
    tally: CaseTally
    library: Library
    broken: int = 0
    quarter: QuarterTally | None = None
    unread: bool = False
    files: tuple[str, ...] = ()
    doubtful: bool = False
    beside: tuple[LogBeside, ...] = ()
    contested: int = 0

    @property
    def about(self) -> About:
        """The place, and the month of the report."""
        return About(self.log.jurisdiction or "", month=f"{self.as_of:%Y-%m}" if self.as_of else "")

    @property
    def words(self) -> Vocabulary:
        """What its cases may state."""
        return self.tally.words

    @property
    def left(self) -> Left:
        """What the figures do not count."""
        twice = self.tally.faults["twice"].count if "twice" in self.tally.faults else 0
        logs = [each for each in self.beside if each.overlaps]
        more = self.unread or any(each.open for each in logs)
        doubtful = self.tally.cases if self.doubtful else 0
        elsewhere = sum(each.known.many for each in logs if each.known)
        strange = sum(each.strange for each in logs)
        return Left(self.broken, twice + self.contested, more, doubtful, elsewhere, strange)

    @cached_property
    def as_of(self) -> datetime.date | None:
        """The day of the report: as asked for, as written in the log, or the log's last day; None for an empty log."""
        return self.tally.as_of or self.tally.last

    @property
    def as_of_said(self) -> Text:
        """Which day, and where it comes from."""
        if self.as_of is None:
            return Text("没有可计的办件", "no case to count")
        if self.tally.as_of:
            return Text(f"统计到 {self.as_of}（按指定）", f"as of {self.as_of} (as asked for)")
        those = Text("读出的办件", "among what was read") if self.left else Text("办件", "in the log")
        return Text(
            f"统计到 {self.as_of}（没有指定，取{those.zh}中最后的受理、办结日）",
            f"as of {self.as_of} (last day {those.en})",
        )

    @cached_property
    def figures(self) -> dict[str, dict[str, Counts]]:
        """Counts of all (``""``), and by kind, department, window and month."""
        return resolved(self.tally, self.as_of or datetime.date.min)

    @property
    def whole(self) -> Counts:
        """Counts of all cases."""
        return self.figures[""][""]

    @cached_property
    def law(self) -> Law | None:
        """The law on parallel approval in force on the day of the report."""
        if self.log.jurisdiction is None or self.as_of is None:
            return None
        return self.library.at(self.as_of, self.log.jurisdiction).law(SUBJECT)

    @cached_property
    def judged(self) -> tuple[JudgedTarget, ...]:
        """Every target that is set for a centre of this level."""
        return (
            tuple(judge(self.log, self.tally, self.whole, self.law, self.left, self.as_of, self._beside))
            if self.law and self.as_of
            else ()
        )

    @cached_property
    def _beside(self) -> Beside | None:
        return Beside(self.beside, self.tally, self.as_of) if self.beside and self.as_of else None

    @cached_property
    def figures_beside(self) -> dict[str, dict[str, Counts]]:
        """Counts, as ``figures`` has them, of cases of the same time that other logs hold."""
        return self._beside.by_name() if self._beside else {}

    @property
    def by_month(self) -> bool:
        """Whether some target is held to the cases of a month."""
        found = self.law.all(Target) if self.law else ()
        return any("month" in p.norm.by or (p.norm.where and p.norm.where.months) for p in found)

    @property
    def applies(self) -> Decision[bool]:
        """Whether targets are set for this centre at all, and why."""
        if self.log.jurisdiction is None:
            return Decision(None, (Reason(_NO_JURISDICTION),))
        if self.law is None:
            day = self.as_of
            return Decision(None, (Reason(_NO_DAY if day is None else self._no_law(day, self.log.jurisdiction)),))
        return addressed(self.log, self.law)

    @property
    def lawless(self) -> bool:
        """Whether the place and the day of the report are known, and nothing was in force there then."""
        return self.law is None and self.log.jurisdiction is not None and self.as_of is not None

    def _no_law(self, day: datetime.date, place: str) -> Text:
        said = Text(
            f"{day} 在 {place} 没有施行中的并联审批文件",
            f"no instrument on parallel approval in force in {place} on {day}",
        )
        return nothing_in_force(said, self.library, place, SUBJECT, day)

    @property
    def overdue(self) -> Iterator[Noted]:
        """The cases that are known to be overdue, the gravest first (as many of them as were kept)."""
        day = self.as_of
        if day is None or self.doubtful:
            return
        waiting = [n for n in self.tally.waiting.listed if n.case.limit and n.case.limit < day]
        found = [(self.days_late(noted), noted) for noted in (*self.tally.late.listed, *waiting)]
        yield from (noted for _, noted in sorted(found, key=lambda pair: (-pair[0], pair[1].case.id)))

    @property
    def overdue_count(self) -> int:
        """How many cases are known to be overdue: none where each may be finished, or limited, otherwise than was read."""
        return 0 if self.doubtful else share(self.whole, MEASURES[OVERDUE]).hits

    def finished(self, noted: Noted) -> datetime.date | None:
        """When a case was finished, as far as the day of the report knows."""
        day = noted.case.finished_on
        return None if day is None or (self.as_of and day > self.as_of) else day

    def late_on_promise_only(self, noted: Noted) -> bool:
        """Whether an overdue case is within its statutory limit: then it depends on what late means."""
        statutory = noted.case.statutory_due_on
        return statutory is not None and (self.finished(noted) or self.as_of or statutory) <= statutory

    def overdue_basis(self, case: Case) -> tuple[Citation, ...]:
        """The targets that an overdue case touches."""
        found = dict.fromkeys(
            judged.placed.cite for judged in self.judged if touches(judged.placed.norm, case, self.words)
        )
        return tuple(found)

    @cached_property
    def project_targets(self) -> list[Placed[Target]]:
        """The targets about the projects of the list."""
        found = self.law.all(Target) if self.law else []
        return [p for p in found if any(of_projects(name, self.words) for name in p.norm.cases)]

    @cached_property
    def _systems(self) -> list[Placed[Enumeration]]:
        return [placed for placed in self.law.all(Enumeration) if placed.norm.of == "case_system"] if self.law else []

    @property
    def projects_basis(self) -> tuple[Citation, ...]:
        """What asks for signed projects to be handled in parallel, and in which systems."""
        return tuple(placed.cite for placed in (*self.project_targets, *self._systems))

    @property
    def project_systems(self) -> dict[str, str]:
        """The systems in which signed projects are to be recorded, with their names."""
        return {value.value: value.name for placed in self._systems for value in placed.norm.values}

    @property
    def outside_systems(self) -> set[str]:
        """Signed projects whose cases in parallel are in none of those systems."""
        wanted = set(self.project_systems)
        if not wanted:
            return set()
        return {name for name, p in self.tally.projects.items() if p.systems and not p.systems & {None, *wanted}}

    def listed(self, sort: str) -> list[Noted]:
        """The cases with one sort of fault."""
        return self.tally.faults[sort].listed if sort in self.tally.faults else []

    def more(self, sort: str) -> Iterator[Problem]:
        """Said where there are more than are listed."""
        yield from more(self.tally.faults.get(sort))

    @property
    def noted(self) -> Iterator[Noted]:
        """Every case that a finding may point at."""
        tally = self.tally
        for faults in (*tally.faults.values(), *tally.by_departments.values()):
            yield from faults.listed
        yield from tally.late.listed
        yield from tally.waiting.listed
        yield from (project.first for project in tally.projects.values())

    def days_late(self, noted: Noted) -> int:
        """Calendar days past the limit, on the day of finishing or of the report."""
        limit, finished, day = noted.case.limit, noted.case.finished_on, self.as_of
        assert limit is not None and day is not None
        return (min(finished or day, day) - limit).days


def new_tally(log: Log, library: Library, as_of: datetime.date | None, most: int | None) -> CaseTally:
    """A tally that knows when the law and its targets begin to hold; ``as_of`` goes before the log's own."""
    words = vocabulary(library, log.jurisdiction)
    if log.jurisdiction is None:
        return CaseTally(as_of or log.as_of, words=words, most=most)
    norms = [placed.norm for version in library.versions_on(log.jurisdiction, SUBJECT) for placed in version.placed]
    begins = library.begins(log.jurisdiction, SUBJECT)
    targets = [norm for norm in norms if isinstance(norm, Target)]
    several = frozenset(norm.of for norm in norms if isinstance(norm, Classification))
    return CaseTally(
        as_of or log.as_of,
        holding_from(targets),
        begins or datetime.date.min,
        words,
        several,
        cells_for(targets),
        most=most,
    )


def more(faults: CaseFaults | None) -> Iterator[Problem]:
    """Said where there are more faults of a sort than are listed."""
    if faults is not None and faults.more:
        message = Text(f"同样的问题另有 {faults.more} 件，没有一一列出", f"{faults.more} more cases of this sort")
        fix = Text("先改好列出的，再检查一次。", "Correct those listed first, then check again.")
        yield Problem(where=(), message=message, fix=fix, stands_for=faults.more)


_NO_JURISDICTION = Text(
    "没有写明辖区（jurisdiction），不知道适用哪些指标；单独的表格可用 --jurisdiction、--level 指明",
    "the jurisdiction is not stated; for a table alone give --jurisdiction and --level",
)
_NO_DAY = Text(
    "不知道统计到哪一天（没有 as_of，也没有一件写明日期），找不到适用的并联审批文件",
    "the day of the report is not known (no as_of, and no case with a date), so no instrument can be found",
)
