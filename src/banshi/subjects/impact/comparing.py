"""Deciding recorded cases twice: which answers move, from what to what, by how much, and by which norm."""

import datetime
from collections import Counter
from collections.abc import Callable, Iterable
from decimal import Decimal

from msgspec import Struct, field

from banshi.base.money import plain
from banshi.base.repeats import Repeats, in_brief
from banshi.checking.checker import Checker
from banshi.checking.jobs import shared
from banshi.checking.loaded import LoadedFile
from banshi.checking.told_places import Telling
from banshi.files.findings import Citation
from banshi.files.report import Report
from banshi.files.units import Unit
from banshi.law.decisions import Reason
from banshi.subjects.assessment.case import AssessmentInLaw as Assessment
from banshi.subjects.impact.answers import CaseAnswer, longer_periods
from banshi.subjects.impact.deciding import DecidingTwice, Second, named, unit_answers
from banshi.subjects.impact.kept_moves import KeptMoves


class Move(Struct, frozen=True):
    """An answer that is another one under the second law; None: there is no such answer under it."""

    before: CaseAnswer | None
    after: CaseAnswer | None

    @property
    def answer(self) -> CaseAnswer:
        """Either of them, for what they have in common."""
        found = self.after or self.before
        assert found is not None
        return found

    @property
    def by(self) -> str:
        """By how much, where both are figures or days and not the same: as many findings may be other ones."""
        old, new = (each.amount if each else None for each in (self.before, self.after))
        if old == new:
            return ""
        if isinstance(old, datetime.date) and isinstance(new, datetime.date):
            days = (new - old).days
            return f"{'晚' if days > 0 else '早'} {abs(days)} 天"
        if isinstance(old, Decimal) and isinstance(new, Decimal):
            return f"{'+' if new > old else '−'}{plain(abs(new - old).normalize())}"
        return ""

    @property
    def why(self) -> tuple[tuple[Reason, ...], tuple[Reason, ...]]:
        """The reasons that only one side has."""
        old, new = (each.reasons if each else () for each in (self.before, self.after))
        texts = {reason.text.zh for reason in old}, {reason.text.zh for reason in new}
        return (
            tuple(reason for reason in old if reason.text.zh not in texts[1]),
            tuple(reason for reason in new if reason.text.zh not in texts[0]),
        )

    @property
    def basis(self) -> tuple[Citation, ...]:
        """The norms that those reasons cite; where none does, all that are cited."""
        differing = [reason.basis for own in self.why for reason in own if reason.basis]
        every = [reason.basis for each in (self.before, self.after) if each for reason in each.reasons if reason.basis]
        return tuple(dict.fromkeys(differing or every))


class Impact(Struct):
    """What came of it: answers and moves by subject, the moves themselves, and where values moved.

    ``cases``, ``touched``: the cases that something was asked of, and those of which an answer moved, each in brief;
    ``scored``: the assessments among what was decided, by the law; ``folders``: where they lie.
    """

    answers: Counter[str] = field(default_factory=Counter)
    moved: Counter[str] = field(default_factory=Counter)
    moves: list[Move] | KeptMoves = field(default_factory=list)
    flows: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    norms: set[tuple[str, str]] = field(default_factory=set)
    cases: set[bytes] | Repeats = field(default_factory=set)
    touched: set[bytes] | Repeats = field(default_factory=set)
    reports: tuple[Report, Report] = field(default_factory=lambda: (Report(), Report()))
    scored: tuple[list[Assessment], list[Assessment]] = field(default_factory=lambda: ([], []))
    folders: set[str] = field(default_factory=set)

    @classmethod
    def whole(cls) -> "Impact":
        """Of a whole run, which may be longer than memory: what grows with it lies on the disk."""
        return cls(moves=KeptMoves(), cases=Repeats(), touched=Repeats())

    @property
    def many_cases(self) -> tuple[int, int]:
        """How many cases something was asked of, and of how many of them an answer moved."""
        every, touched = (sum(1 for _ in each) for each in (self.cases, self.touched))
        return every, touched

    def take(self, before: Iterable[CaseAnswer], after: Iterable[CaseAnswer]) -> None:
        """Compare what was decided of the same cases."""
        old, new = ({answer.key: answer for answer in own} for own in (before, after))
        for key in dict.fromkeys((*old, *new)):
            move = Move(old.get(key), new.get(key))
            answer = move.answer
            self.answers[answer.subject] += 1
            case = in_brief((answer.path, answer.case))
            self.cases.add(case)
            if move.before is None or move.after is None or not move.before.agrees(move.after):
                self.touched.add(case)
                self._moved(move)

    def _moved(self, move: Move) -> None:
        answer = move.answer
        self.moved[answer.subject] += 1
        self.norms |= {(cited.instrument, cited.norm) for cited in move.basis}
        was, now = (each.value if each else "（没有）" for each in (move.before, move.after))
        if not isinstance(answer.amount, datetime.date):
            self.flows[answer.question, was, now] += 1
        self.moves.append(move)

    def add(self, other: "Impact") -> None:
        """What came of further cases."""
        self.answers.update(other.answers)
        self.moved.update(other.moved)
        self.flows.update(other.flows)
        self.moves.extend(other.moves)
        self.norms |= other.norms
        for own, others in ((self.cases, other.cases), (self.touched, other.touched)):
            own.update(others)
        for number in (0, 1):
            self.reports[number].add(other.reports[number])
            self.scored[number].extend(other.scored[number])
        self.folders |= other.folders


class Comparing:
    """Decides what a unit of work holds under two laws; what other processes may be given to do (``jobs.Work``)."""

    def __init__(self, checkers: tuple[Checker, Checker]) -> None:
        """``checkers``: each with its law."""
        self._checkers, self._deciding = checkers, DecidingTwice(checkers)

    def of_one(self, unit: Unit) -> Impact:
        """What comes of one unit of work."""
        found, checkers = Impact(), self._checkers
        second = Second(checkers[1], unit, found.reports[1])
        for number, one in enumerate(checkers[0].loader.load(unit, found.reports[0])):
            other = second.of(number, one)
            found.take(*self._deciding.both(one, other, named(unit, one, number)))
            for cases, each in zip(found.scored, (one, other), strict=True):
                if isinstance(each, LoadedFile) and isinstance(each.value, Assessment):
                    cases.append(each.value)
                    found.folders.add(unit.path.parent.as_posix())
        found.take((), unit_answers(checkers[1], unit, second.rest()))
        return found

    def of_one_apart(self, unit: Unit) -> Impact | None:
        """The same without the rest of the run; None where other files bear on it: periods that several make up."""
        for checker in self._checkers:
            checker.loader.told.clear()
        self._checkers[0].loader.tellings.apart()
        found = self.of_one(unit)
        together = any(found.scored) or any(checker.loader.told for checker in self._checkers)
        return None if together else found

    def packed(self, found: Impact) -> tuple[Impact, list[Telling], list[set[tuple[str, str]]]]:
        """It travels as it is, with what was told of, and the texts that each law was asked."""
        return found, self._checkers[0].loader.tellings.new(), [each.loader.library.asked for each in self._checkers]

    def unpacked(self, packed: tuple[Impact, list[Telling], list[set[tuple[str, str]]]]) -> Impact:
        """What came of it; what was told of, and asked, is heard."""
        found, tellings, asked = packed
        for checker, texts in zip(self._checkers, asked, strict=True):
            checker.loader.library.asked |= texts
        self._checkers[0].loader.tellings.take(tellings)
        return found

    def lost(self, unit: Unit, error: Exception) -> Impact:
        """What is said of a unit of work that could not be decided."""
        return Impact(reports=(self._checkers[0].lost(unit, error), Report()))


def impact(
    checkers: tuple[Checker, Checker], units: Iterable[Unit], done: Callable[[Unit], None], jobs: int = 1
) -> Impact:
    """Decide everything in ``units`` under the laws of two checkers; what is decided is not kept in memory.

    ``done`` is told of each unit of work that is decided. ``jobs``: how many processes may share the work.
    """
    found = Impact.whole()
    parts = (part for unit in units for part in checkers[0].loader.parts(unit))
    for unit, one in shared(Comparing(checkers), parts, jobs):
        done(unit)
        found.add(one)
    scored = found.scored
    if any(case.combined for own in scored for case in own) or len(scored[0]) > 1:
        found.take(*(longer_periods(own, "、".join(sorted(found.folders))) for own in scored))
    return found
