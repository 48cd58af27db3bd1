"""A centre's cases that are told in several logs of one run: each of them may hold a part of the same days."""

import datetime
import hashlib
from collections.abc import Callable, Hashable, Iterator, Sequence
from pathlib import PurePath
from typing import Any, TypeGuard

from msgspec import Struct

from banshi.base.text import Text, listed
from banshi.checking.told_places import MOST_SEEN, Telling, Tellings
from banshi.files.shape import ShapeProblem
from banshi.subjects.cases.beside import BeyondTally, LogBeside
from banshi.subjects.cases.forms import Log
from banshi.subjects.cases.measures import Left
from banshi.subjects.cases.same_case import (
    KeptCase,
    SideOfCase,
    briefs_of,
    differing,
    ids_of,
    in_order,
    lacking,
    packed,
    told_otherwise,
)
from banshi.subjects.cases.tally import OPEN, CaseTally

_AFRESH = 10  # the fewest cases of the same numbers by which it is taken that numbers begin anew
_NAMED = 3  # how many logs one message names


class LogTold(Struct, frozen=True):
    """Whose cases a log holds, of which days, and what it comes to.

    ``jurisdiction``, ``level``, ``centre``: None where the log does not say. ``first``, ``last``: of the days of acceptance.
    ``months``: of finishing. ``counted``: equal for logs of the same cases. ``cases``: each in brief; ``side``: those that
    another log tells otherwise and those that it lacks, once that is known (a first run notes no facts of any). ``left``: what is in the log and was not counted.
    """

    place: str
    names: tuple[Hashable, ...]
    jurisdiction: str | None
    level: str | None
    centre: str | None
    first: datetime.date
    last: datetime.date
    months: frozenset[str]
    counted: str
    cases: bytes
    left: Left
    side: SideOfCase

    def is_of(self, other: Telling) -> bool:
        """Whether another may be a log of the same centre that holds cases of some same days or months, or some same cases."""
        if not isinstance(other, LogTold):
            return False
        own = (self.jurisdiction, self.level, self.centre)
        its = (other.jurisdiction, other.level, other.centre)
        apart = any(None not in pair and pair[0] != pair[1] for pair in zip(own, its, strict=True))
        return not apart and (self.of_one_time(other) or bool(ids_of(self.cases) & ids_of(other.cases)))

    def of_one_time(self, other: "LogTold") -> bool:
        """Whether both hold cases that were accepted in the same time, or finished in the same month."""
        return self.overlaps(other) or bool(self.months & other.months)

    def overlaps(self, other: "LogTold") -> bool:
        """Whether both hold cases that were accepted in the same time."""
        return self.first <= other.last and other.first <= self.last


def telling_of(log: Log, tally: CaseTally, left: Left, place: str) -> LogTold | None:
    """What a log tells of; None where it holds no case. One that does not say whose it is may be that of any beside it.

    ``left``: what of it was not counted.
    """
    if tally.first is None or tally.last_accepted is None:
        return None
    months = frozenset(tally.groups["month"]) - {OPEN}
    own = (log.jurisdiction, log.level, log.centre)
    beyond = {other: each.found for other, each in tally.beyond.items()}
    side = SideOfCase(place, tally.as_of or tally.last, tuple(each for each, _ in tally.kept), beyond, tally.noting)
    briefs = briefs_of(tally.ids)
    counted, cases = _counted(tally, briefs), packed(briefs, tally.facts)
    return LogTold(
        place, _names(log, place), *own, tally.first, tally.last_accepted, months, counted, cases, left, side
    )


def _names(log: Log, place: str) -> tuple[Hashable, ...]:
    beside = ("case-log", PurePath(place).parent.as_posix())
    return (beside, ("case-log", log.jurisdiction, "")) if log.jurisdiction else (beside,)


def listen(tally: CaseTally, log: Log, place: str, tellings: Tellings, begun: Callable[[], CaseTally]) -> None:
    """Let a tally note what other logs of the same centre tell otherwise, or lack, as far as a run before has met them.

    ``begun``: a tally of no case, of the same law.
    """
    tally.noting = any(place in tellings.known(name) for name in _names(log, place))
    if log.jurisdiction is None:
        return
    known = tellings.known(("case-log", log.jurisdiction, ""))
    own = known.get(place)
    if not isinstance(own, LogTold) or not own.side.noted:
        return
    others = [each for each in known.values() if each is not own and _surely(each, own) and each.side.noted]
    tally.wanted = told_otherwise(own.cases, [each.cases for each in others])
    compared = [each for each in others if own.of_one_time(each) and each.counted != own.counted][:MOST_SEEN]
    tally.beyond = {each.place: _beyond(own, each, begun()) for each in compared}


def _beyond(own: LogTold, other: LogTold, tally: CaseTally) -> BeyondTally:
    day, own_day = other.side.day, own.side.day
    assert day is not None and own_day is not None  # of a log that holds a case
    tally.as_of = day
    return BeyondTally(in_order(other.cases), frozenset(each.id for each in other.side.kept), day, own_day, tally)


def _surely(other: Telling, own: LogTold) -> TypeGuard[LogTold]:
    """Whether another is of the same place for certain, and may hold the same cases."""
    return isinstance(other, LogTold) and own.jurisdiction == other.jurisdiction is not None and own.is_of(other)


def told_apart(
    own: LogTold, others: Sequence[Telling]
) -> Iterator[tuple[str, KeptCase, KeptCase, list[tuple[str, Any, Any]]]]:
    """The cases that another log tells otherwise: where, the case here and there, and the facts in which they differ.

    A log of another time that numbers its cases afresh tells nothing of these.
    """
    for other in others:
        if _surely(other, own) and other.place not in numbered_afresh(own, others):
            for mine, its, facts in differing(own.side, other.side):
                yield other.place, mine, its, facts


def numbered_afresh(own: LogTold, others: Sequence[Telling]) -> list[str]:
    """The logs of other days in which so many of the same numbers stand for other cases that they must begin anew."""
    found = []
    for other in others:
        if _surely(other, own) and not own.of_one_time(other):
            again, fewest = len(ids_of(own.cases) & ids_of(other.cases)), min(len(own.cases), len(other.cases)) // 8
            found += [other.place] if again >= _AFRESH and 2 * again >= fewest else []
    return found


def _counted(tally: CaseTally, briefs: Sequence[int]) -> str:
    """The cases, told from others: their ids (in brief), and all that figures are made of."""
    found = hashlib.blake2b(repr((len(briefs), sum(briefs))).encode(), digest_size=16)
    for name, group in sorted(tally.groups.items()):
        for key, counts in sorted(group.items()):
            found.update(repr((name, key, len(counts))).encode())
            for each in sorted(map(str, counts.items())):
                found.update(each.encode("utf-8", "surrogatepass"))
    return found.hexdigest()


class LogElsewhere(Struct, frozen=True):
    """What other logs of a run hold of the time of one; ``logs``: those that hold cases which it lacks; and what is told."""

    problem: ShapeProblem
    logs: tuple[LogBeside, ...]


def elsewhere(own: LogTold, others: Sequence[Telling]) -> LogElsewhere | None:
    """The others of the same centre and time, if there are any; those that hold no case beyond its own change nothing."""
    logs = [each for each in others if isinstance(each, LogTold) and own.of_one_time(each)]
    if not logs:
        return None
    seen = [(each, _as_seen(own, each)) for each in logs]
    more = [(each, beside) for each, beside in seen if not beside.empty]
    if not more:
        where, where_en = _places(logs)
        same = Text(
            f"同一时段的办件在 {where} 里也有，那里的这里都有，判断不受影响",
            f"cases of the same time are in {where_en} too, all of which are here as well, so nothing changes",
        )
        return LogElsewhere(ShapeProblem("input/told-twice", (), same, _ONE), ())
    found = [beside for _, beside in more]
    if len(others) > MOST_SEEN:  # there may be yet others
        found.append(LogBeside(None, 0, True, True, frozenset()))
    return LogElsewhere(_part(*_places([each for each, _ in more]), found), tuple(found))


def _as_seen(own: LogTold, other: LogTold) -> LogBeside:
    """What another log holds beyond one; of what sort the cases are is known where both are surely of one place."""
    same = own.counted == other.counted
    known = None if other.left.doubtful or not _surely(other, own) else other.side.beyond.get(own.place)
    unlike = 0 if same or known else lacking(own.cases, other.cases)
    strange = unlike + other.left.rows + (known.open if known else 0)
    return LogBeside(known, strange, other.left.open, own.overlaps(other), own.months & other.months)


def _places(logs: Sequence[LogTold]) -> tuple[str, str]:
    named, rest = [each.place for each in logs[:_NAMED]], "等" if len(logs) > _NAMED else ""
    return f"{listed(named)}{rest}", ", ".join(named)


def _part(where: str, where_en: str, found: Sequence[LogBeside]) -> ShapeProblem:
    many = sum((each.known.many if each.known else 0) + each.strange for each in found)
    unknown = any(each.open for each in found)
    count, count_en = ("不知道多少件", "an unknown number") if unknown and not many else (f" {many} 件", str(many))
    count, count_en = (f"至少{count}", f"at least {count_en}") if unknown and many else (count, count_en)
    text = Text(
        f"同一时段的办件在 {where} 里也有（同一中心的，或没有写明是哪个中心的），其中{count}这里没有："
        "算不算进来结论都一样的才判定，其余的不能按一份判定",
        f"cases of the same time, of this centre or of one that is not stated, are in {where_en} too, {count_en} of which"
        " are not here: what holds with and without them is decided, the rest cannot be judged by one log",
    )
    return ShapeProblem("input/told-twice", (), text, _ONE)


def afresh_said(places: Sequence[str]) -> ShapeProblem:
    """Said where logs of other days give the same numbers to other cases."""
    where, more = listed(places[:_NAMED]), "等" if len(places) > _NAMED else ""
    text = Text(
        f"{where}{more} 里有许多同样编号的办件，受理、办结都在别的时候：当作编号重新起算，按不同的办件计",
        f"many cases of the same numbers are in {', '.join(places[:_NAMED])}, of other days: taken for others",
    )
    return ShapeProblem("input/told-twice", (), text, _NUMBERS)


_NUMBERS = Text("是同样的办件的，改正日期；不是的，编号最好不重复。", "Correct the dates if they are the same cases.")
_ONE = Text(
    "合成一份登记，或只检查其中一份；不是同一中心的，写明各自的中心名称（centre）。",
    "Make them one log, or check one of them alone; tell different centres apart by their names (centre).",
)
