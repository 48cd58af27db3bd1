"""The figures of a log by kind, department, window and month, as rows for every form of output."""

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from banshi.base.text import Text, same
from banshi.subjects.cases.case_log import CaseLog
from banshi.subjects.cases.measures import MEASURES, CaseMeasure, CaseShare, Counts, Left, share
from banshi.subjects.cases.tally import OPEN
from banshi.subjects.cases.vocabulary import Vocabulary
from banshi.subjects.cases.words import DIMENSIONS, UNFINISHED

_EVERY = CaseMeasure("cases", lambda _one: True, lambda _one: True, rate=False)
_DONE = CaseMeasure("finished", lambda one: one.finished, lambda one: one.finished, rate=False)
PARTS = ("超期", "按时办结", "在办未到期", "没有写明时限")


class GroupFigures(Struct, frozen=True):
    """What the cases of one department (window, kind, month) add up to; ``many``, ``done``: how many there are, and are finished."""

    key: str
    name: Text
    cases: int
    finished: int
    shares: dict[str, CaseShare]
    many: CaseShare
    done: CaseShare

    @property
    def overdue(self) -> int:
        """Overdue cases."""
        return self.shares["overdue_cases"].hits

    @property
    def parts(self) -> dict[str, int]:
        """Every case in one of four: overdue, in time, open within the limit, without a limit."""
        in_time, unlimited = self.shares["on_time_rate"].hits, self.shares["overdue_cases"].unsure
        waiting = self.cases - in_time - self.overdue - unlimited
        return dict(zip(PARTS, (self.overdue, in_time, waiting, unlimited), strict=True))


def rows(log: CaseLog, dimension: str) -> list[GroupFigures]:
    """The rows of one dimension, in order of key; cases that are not finished come last among the months."""
    groups = log.figures[dimension]
    return [
        row(key, _name(dimension, key, log.words), groups[key], log.left, _more(log, dimension, key))
        for key in sorted(groups, key=lambda k: (k == OPEN, k))
    ]


def tables(log: CaseLog) -> Iterator[tuple[str, list[GroupFigures]]]:
    """Every dimension with its rows."""
    for dimension in DIMENSIONS:
        yield dimension, rows(log, dimension)


def total(log: CaseLog) -> GroupFigures:
    """All cases."""
    return row("", Text("合计", "total"), log.whole, log.left, _more(log, "", ""))


def _more(log: CaseLog, dimension: str, key: str) -> Counts:
    return log.figures_beside.get(dimension, {}).get(key, {})


def row(key: str, name: Text, counts: Counts, left: Left, more: Counts) -> GroupFigures:
    """The figures of some cases; ``left`` and ``more``: what was not counted, and what another log holds of the same."""
    many = share(counts, _EVERY, left=replace(left, unread=left.unread + left.twice, twice=0, doubtful=0), more=more)
    done = share(counts, _DONE, left=left, more=more)
    shares = {measure.name: share(counts, measure, left=left, more=more) for measure in MEASURES.values()}
    return GroupFigures(key, name, many.hits, done.hits, shares, many, replace(done, of=many.of))


def _name(dimension: str, key: str, words: Vocabulary) -> Text:
    if dimension == "kind":
        return words.name("kind", key)
    return UNFINISHED if dimension == "month" and key == OPEN else same(key)
