"""A case that two logs of a centre hold: which of its facts differ.

A first run tells the ids alone; where several logs tell of the same, the next one notes every case in eight bytes, the one after
that what the cases are that differ, and the last one compares them.
"""

import datetime
import sys
import zlib
from array import array
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any

import msgspec
from msgspec import Struct, field

from banshi.base.text import Text, listed
from banshi.files.shape import ShapeProblem

LATER = ("evaluation", "system")  # of which a log of an earlier day may say that there is none yet
NONE = "none"


class KeptCase(Struct, frozen=True):
    """A case of a log that another log tells otherwise: its id, its number among the cases, and its facts as JSON."""

    id: str
    index: int
    said: bytes


def brief(case_id: str) -> int:
    """An id in 32 bits; what two of them have in common is looked at again."""
    return zlib.crc32(case_id.encode("utf-8", "surrogatepass"))


def briefs_of(ids: Collection[str]) -> "array[int]":
    """All ids in brief."""
    try:
        return array("I", map(zlib.crc32, map(str.encode, ids)))
    except UnicodeEncodeError:
        return array("I", map(brief, ids))


def packed(ids: "array[int]", facts: "array[int]") -> bytes:
    """Every case: its id and its facts in brief; nothing of the facts where none were noted."""
    pairs = array("I", bytes(2 * ids.itemsize * len(ids)))
    high = sys.byteorder == "little"
    pairs[high::2] = ids
    if facts:
        pairs[1 - high :: 2] = facts
    return pairs.tobytes()


def told_otherwise(own: bytes, others: Iterable[bytes]) -> frozenset[int]:
    """The ids, in brief, of cases that another log holds with other facts."""
    mine = _unpacked(own)
    found: set[int] = set()
    for other in others:
        its = set(_unpacked(other))
        ids = {each >> 32 for each in its}
        found |= {each >> 32 for each in mine if each not in its and each >> 32 in ids}
    return frozenset(found)


@lru_cache(maxsize=8)
def ids_of(cases: bytes) -> frozenset[int]:
    """The ids, in brief, of packed cases."""
    return frozenset(each >> 32 for each in _unpacked(cases))


def in_order(cases: bytes) -> "array[int]":
    """Packed cases, each with its id and its facts in brief, sorted."""
    return array("Q", sorted(_unpacked(cases)))


def lacking(own: bytes, other: bytes) -> int:
    """How many cases another log holds that one does not hold alike."""
    return len(set(_unpacked(other)) - set(_unpacked(own)))


def _unpacked(cases: bytes) -> "array[int]":
    found = array("Q")
    found.frombytes(cases)
    return found


class SideOfCase(Struct, frozen=True):
    """A log's cases that another tells otherwise; ``day``: the one up to which it tells things.

    ``beyond``: by the place of another log, those that it does not hold. ``noted``: whether the facts of each were noted.
    """

    place: Hashable
    day: datetime.date | None
    kept: tuple[KeptCase, ...]
    beyond: Mapping[str, Any] = field(default_factory=dict)
    noted: bool = True


def differing(own: SideOfCase, other: SideOfCase) -> Iterator[tuple[KeptCase, KeptCase, list[tuple[str, Any, Any]]]]:
    """The cases that cannot be as both say, and the facts in which they differ: key, here, there."""
    there = {each.id: each for each in other.kept}
    for mine in own.kept:
        its = there.get(mine.id)
        if its is not None and (facts := list(_facts(mine.said, its.said, own.day, other.day))):
            yield mine, its, facts


def _facts(
    one: bytes, other: bytes, day: datetime.date | None, its_day: datetime.date | None
) -> Iterator[tuple[str, Any, Any]]:
    here, there = msgspec.json.decode(one), msgspec.json.decode(other)
    for key in {**here, **there}:
        a, b = here.get(key), there.get(key)
        if a == b:
            continue
        if key == "finished_on" and None in (a, b):
            asked = day if a is None else its_day
            if asked is not None and str(a or b) <= asked.isoformat():
                yield key, a, b
        elif None not in (a, b) and not (key in LATER and _not_yet(a, b, day, its_day)):
            yield key, a, b


def _not_yet(a: Any, b: Any, day: datetime.date | None, its_day: datetime.date | None) -> bool:
    """Whether there was nothing yet on the day of the log that says so."""
    if day is None or its_day is None:
        return NONE in (a, b)
    return (a == NONE and day < its_day) or (b == NONE and its_day < day)


def said_of(mine: KeptCase, its: KeptCase, place: str, facts: list[tuple[str, str, Any, Any]]) -> ShapeProblem:
    """The finding at a case; ``facts``: key, title, here, there."""
    zh = "；".join(f"{title}这里是 {_shown(a).zh}，那里是 {_shown(b).zh}" for _, title, a, b in facts)
    en = "; ".join(f"{key} is {_shown(a).en} here, {_shown(b).en} there" for key, _, a, b in facts)
    message = Text(
        f"办件 {mine.id} 在 {place}（第 {its.index + 1} 件）里也有，写得不一样：{zh}；以哪个为准不知道，各项数字和判定都留出余地",
        f"the case {mine.id} is in {place} too (number {its.index + 1}), told otherwise: {en}; which is right is not known,"
        " and figures and verdicts leave room for it",
    )
    return ShapeProblem("input/told-twice", ("cases", mine.index, facts[0][0]), message, _FIX)


def _shown(value: Any) -> Text:
    if value is None:
        return Text("没有办结", "not finished")
    if isinstance(value, bool):
        return Text("是" if value else "否", "true" if value else "false")
    shown = listed(map(str, value)) if isinstance(value, list) else str(value)
    return Text(shown, shown)


_FIX = Text(
    "核对哪一份是对的，改正另一份；是两件的，改正编号。", "Correct the wrong log; give different cases different ids."
)
