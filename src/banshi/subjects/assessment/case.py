"""An assessment with the law that judges it: what sheets, rules and questions are computed from."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache, cached_property

from banshi.files.findings import About
from banshi.law.assessment_periods import YearPeriod, asked, combines, law_for
from banshi.law.library import Law, Library
from banshi.law.norms.assessment import PeriodKind
from banshi.law.working_days import WorkingDays
from banshi.subjects.assessment.book import AssessmentBook
from banshi.subjects.assessment.entries import Scale
from banshi.subjects.assessment.forms import Assessment, Window
from banshi.subjects.assessment.register import NamedRegisters
from banshi.subjects.assessment.results import Rank, WindowScore
from banshi.subjects.assessment.unread import UnreadOfWindow


@cache
def _arranged(combined: bool, kind: PeriodKind | None) -> Callable[[Law], AssessmentBook]:
    """What makes the book of a law: made once, and shared by all files that this law judges."""
    return lambda law: AssessmentBook(law, combined, kind)


class AssessmentInLaw:
    """An assessment, its period, the law in force at the period's end, the calendar and the attendance register.

    ``law`` and ``period`` are None where no measures were in force: then nothing is scored. ``indexes``: where each
    window of ``assessment.windows`` stands in the file (windows that could not be read are left out). ``register`` is
    None where the file names none. ``lost``: the windows that were left out, by id; empty where none can be read. ``unread``: by place in
    the file, what of a window was not read. ``rivals``: by place, other files that state the same window and period. ``elsewhere``: ids of
    windows of the centre and period that stand in other files alone.
    """

    def __init__(
        self,
        assessment: Assessment,
        library: Library,
        days: WorkingDays,
        *,
        indexes: tuple[int, ...] | None = None,
        register: NamedRegisters | None = None,
        lost: Sequence[str] = (),
        unread: Mapping[int, UnreadOfWindow] | None = None,
    ) -> None:
        self.assessment, self.library, self.register, self.lost = assessment, library, register, tuple(lost)
        self.unread = dict(unread or {})
        self.rivals: dict[int, dict[str, tuple[AssessmentInLaw, int]]] = {}
        self.elsewhere: set[str] = set()
        self.days = days.in_place(assessment.jurisdiction)
        self.indexes = indexes if indexes is not None else tuple(range(len(assessment.windows)))
        wanted = asked(assessment.asked)
        found = law_for(library, assessment.jurisdiction, wanted) if wanted else None
        self.law: Law | None = found[0] if found else None
        self.period: YearPeriod | None = found[1] if found else None

    @cached_property
    def book(self) -> AssessmentBook | None:
        """The norms of the law, arranged for scoring."""
        kind = self.period.kind if self.period else None
        return self.law.once(_arranged(self.combined, kind)) if self.law else None

    @property
    def about(self) -> About:
        """The place, and the month in which the period ends."""
        return About(self.assessment.jurisdiction, month=f"{self.period.end:%Y-%m}" if self.period else "")

    @property
    def combined(self) -> bool:
        """Whether the period's scores come from those of shorter periods, and the file adds what people give besides."""
        return self.law is not None and self.period is not None and combines(self.law, self.period.kind) is not None

    @cached_property
    def scores(self) -> tuple[WindowScore, ...]:
        """Every window's score, in the order of the file; empty where no law was in force, or shorter periods are scored."""
        from banshi.subjects.assessment.rivals import opposed  # late: as for the scores themselves

        return tuple(
            opposed(score, self.rivals[score.index]) if score.index in self.rivals else score for score in self.own
        )

    @cached_property
    def own(self) -> tuple[WindowScore, ...]:
        """The scores by this file alone, whatever others state of its windows."""
        from banshi.subjects.assessment.score import sheet  # late: score needs Case for its type alone

        return () if self.combined else tuple(sheet(self))

    def not_read(self, index: int) -> frozenset[str]:
        """Of the window at a place in the file: slugs and sub-items of the facts and marks that were not read."""
        unread, book = self.unread.get(index), self.book
        if unread is None or book is None:
            return frozenset()
        window = self.assessment.windows[self.indexes.index(index)]
        return frozenset(unread.facts_of(window, book) | unread.marks_of(window, book))

    def doubt(self, index: int, entry: tuple[Scale, int], other: str) -> None:
        """Another file lists an entry of a window too, by its place in its list: it counts here or there."""
        self.unread.setdefault(index, UnreadOfWindow()).perhaps[entry] = other
        self._score_again()

    def oppose(self, index: int, path: str, case: "AssessmentInLaw", its: int) -> None:
        """Another file states a window of the same period: which is right is not known."""
        self.rivals.setdefault(index, {})[path] = case, its
        self._score_again()

    def beside(self, windows: Iterable[str]) -> None:
        """Another file is of the same centre and period: its windows are ranked together with these."""
        self.elsewhere |= set(windows) - {window.id for window in self.assessment.windows}
        self._score_again()

    def _score_again(self) -> None:
        for name in ("own", "scores", "ranking"):
            self.__dict__.pop(name, None)

    @property
    def windows_with_scores(self) -> tuple[tuple[int, Window, WindowScore], ...]:
        """Every window with its place in the file and its score."""
        return tuple((score.index, score.window, score) for score in self.scores)

    @cached_property
    def ranking(self) -> tuple[Rank, ...]:
        """The windows in order of their totals."""
        from banshi.subjects.assessment.ranks import ranking

        return ranking(self.scores, self.law, len(self.lost), len(self.elsewhere))
