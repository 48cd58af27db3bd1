"""Nothing written is ignored: take a norm away, or write anything of it otherwise, and some answer changes, or it is refused.

By default a sample of each instrument's norms and of what they state, drawn by chance, once for all; ``make uses`` takes every
norm away, and writes every figure, bound, unit, word, office and step of all five centres otherwise.
"""

import csv
import hashlib
import json
import os
import time
from collections.abc import Hashable, Iterator
from functools import cache
from itertools import islice, product
from typing import Any

import pytest
from asking import Probe, cited, first
from conftest import ROOT
from edited import Edited
from lengths import longer, some
from mutations import Path, general, otherwise, places, pools
from probes import PROBES, probes

from banshi.checking.declared_uses import taking
from banshi.law.norms import Norm
from banshi.law.uses import GUIDES, said_in_statement

WHOLE = bool(os.environ.get("BANSHI_WHOLE"))
NORMS, PLACES = 1, 1  # of each instrument, in a sample
ENOUGH = 8  # ways to write one thing otherwise
WIDEST = 0  # the probe that sees most for its cost
LIKELY = 6  # probes that cite a norm, asked of all that may stand in it before the rules are asked whether it may
# What cannot show, with the reason; the list may only shrink.
with open(ROOT / "tests/data/norms_unseen.csv", encoding="utf-8", newline="") as stream:
    UNSEEN = {(row["instrument"], row["norm"], row["place"]): row["why"] for row in csv.DictReader(stream)}
MOST_UNSEEN = 5


@cache
def computed(instrument: str) -> list[Norm]:
    """The norms from which something is computed, or against which something is held."""
    version = first(instrument)
    norms = (placed.norm for placed in version.placed)
    return [norm for norm in norms if any(use.by != GUIDES for use in taking(norm, version.subjects))]


@cache
def words() -> dict[tuple[str, Path], set[Any]]:
    """What norms of a kind say at a place, in whatever centre."""
    return pools(placed.norm for instrument in PROBES for placed in first(instrument).placed)


def shown(path: Path) -> str:
    return ".".join(map(str, path))


def drawn(*words: str) -> str:
    """By chance, and yet the same whatever else is written."""
    return hashlib.sha256(" ".join(words).encode()).hexdigest()


def of_norms() -> Iterator[tuple[str, Norm]]:
    for instrument in PROBES:
        norms = [norm for norm in computed(instrument) if (instrument, norm.id, "") not in UNSEEN]
        few = norms if WHOLE else sorted(norms, key=lambda norm: drawn(instrument, norm.id))[:NORMS]
        yield from ((instrument, norm) for norm in few)


def of_places() -> Iterator[tuple[str, Norm, Path]]:
    for instrument in PROBES:
        subjects = first(instrument).subjects
        every = [(norm, path) for norm in computed(instrument) for path in places(norm)]
        every = [(norm, path) for norm, path in every if read(norm, path, subjects)]
        every = [(norm, path) for norm, path in every if not unseen(instrument, norm, path)]
        few = every if WHOLE else sorted(every, key=lambda one: drawn(instrument, one[0].id, shown(one[1])))[:PLACES]
        yield from ((instrument, norm, path) for norm, path in few)


def read(norm: Norm, path: Path, subjects: tuple[str, ...]) -> bool:
    """Whether a computation or a rule reads the field; what the statement alone says, everybody sees there."""
    fields = {field for use in taking(norm, subjects) if use.by != GUIDES for field in use.fields}
    return path[0] in fields or not said_in_statement(norm, str(path[0]))


def unseen(instrument: str, norm: Norm, path: Path) -> bool:
    """Whether it is listed; one row without a norm stands for a place of every norm of a kind."""
    rows = ((instrument, norm.id, ""), (instrument, norm.id, shown(path)), ("", norm.kind, shown(general(path))))
    return any(row in UNSEEN for row in rows)


def ways(instrument: str, norm: Norm, path: Path) -> list[Norm | None]:
    """The norm with something else at a place: what others of its kind say there, or another office."""
    pool = words().get((norm.kind, general(path)), set())
    offices = set(first(instrument).offices)
    return [*islice(otherwise(norm, path, pool | offices if pool & offices else pool), ENOUGH)]


class Asking:
    """The probes of an instrument, asked in the order in which they are likely to see a difference, until one does.

    What is answered with everything in its place is asked once. Where everything is tried, all is asked beforehand: what a
    probe costs, and which norms it cites, says whether to ask it first of a norm. Before that comes what last saw a
    difference in the norm, or at this place of another one.
    """

    def __init__(self, edited: Edited, instrument: str) -> None:
        self.edited, self.instrument = edited, instrument
        self.probes: list[Probe] = [*probes(instrument), self._noted]
        self.before: dict[int, Any] = {}
        self.costs: dict[int, float] = {}
        self.cites: dict[int, str] = {}
        self.seen_by: dict[Hashable, int] = {}
        self.not_seen: set[Hashable] = set()  # places that were refused whatever stood there
        self.found: dict[str, bool] = {}
        edited.put()
        self.sound = edited.refused(instrument)[1]
        self.order = [*range(len(self.probes))]
        if WHOLE:
            self.order.sort(key=self._cost)

    def _cost(self, n: int) -> float:
        self._before(n)
        return self.costs[n]

    def _before(self, n: int) -> Any:
        if n not in self.before:
            self.edited.put()
            cited.clear()
            start = time.process_time()
            status, said = self.before[n] = self.probes[n]()
            assert (status != 2 and said) or self.probes[n] == self._noted, f"asks in vain: {self.probes[n]}"
            self.costs[n] = time.process_time() - start
            self.cites[n] = "".join(cited)
            cited.clear()
        return self.before[n]

    def honours(self, norm: Norm, path: Path, others: list[Norm | None]) -> bool:
        """Whether one of these in place of a norm changes an answer, or not one of them may be written."""
        place = (norm.kind, general(path))
        self.found.clear()
        if place in self.not_seen and self._all_refused(norm, others):
            return True
        if self.changes(norm, others, place):
            self.not_seen.discard(place)
            return True
        self.not_seen.add(place)
        return self._all_refused(norm, others)

    def changes(self, norm: Norm, others: list[Norm | None], place: Hashable = None) -> bool:
        """Whether one of these that may be written in place of a norm changes an answer."""
        last = [self.seen_by[key] for key in (norm.id, place) if key in self.seen_by]
        citing = [n for n in self.order if f'"{norm.id}"' in self.cites.get(n, "")]
        likely = [*dict.fromkeys([*last, *(citing[:LIKELY] if WHOLE else (WIDEST,))])]
        if self._one_differs(likely, norm, others, place):
            return True
        rest = [n for n in dict.fromkeys([*citing, *self.order]) if n not in likely]
        return self._one_differs(rest, norm, [other for other in others if not self.refused(norm, other)], place)

    def _one_differs(self, asked: list[int], norm: Norm, others: list[Norm | None], place: Hashable) -> bool:
        for n, other in product(asked, others):
            if self._differs(n, norm, other):
                self.seen_by[norm.id] = self.seen_by[place] = n
                return True
        return False

    def _differs(self, n: int, norm: Norm, other: Norm | None) -> bool:
        """Whether a probe answers otherwise, without anything breaking."""
        before = self._before(n)
        self.edited.put(self.instrument, norm.id, other)
        now = self.probes[n]()
        cited.clear()
        return now != before and self._sound(now)

    def _all_refused(self, norm: Norm, others: list[Norm | None]) -> bool:
        return all(self.refused(norm, other) for other in others)

    def refused(self, norm: Norm, other: Norm | None) -> bool:
        """Whether the rules on policies find an error that is not there otherwise."""
        if (key := repr(other)) not in self.found:
            self.edited.put(self.instrument, norm.id, other)
            errors = [each for each in self.edited.refused(self.instrument)[1] if each["severity"] == "error"]
            self.found[key] = any(error not in self.sound for error in errors)
        return self.found[key]

    def _noted(self) -> Any:
        """What the rules on policies say of it without finding it wrong."""
        status, found = self.edited.refused(self.instrument)
        return status, [each for each in found if each["severity"] != "error"]

    @staticmethod
    def _sound(said: Any) -> bool:
        """The tool did its work; what it cannot work with is refused by the rules on policies, which come last."""
        return said[0] != 2 and "engine/" not in json.dumps(said[1], ensure_ascii=False)


def every_one(cases: Iterator[Any]) -> list[Any]:
    """All that were drawn, of which a short run takes a few."""
    found = list(cases)
    return found if WHOLE else some(found, 8)


@pytest.fixture(scope="module")
def edited() -> Iterator[Edited]:
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)
        yield Edited(patch)


@pytest.fixture(scope="module")
def asking(edited: Edited) -> dict[str, Asking]:
    return {}


def asked(asking: dict[str, Asking], edited: Edited, instrument: str) -> Asking:
    if instrument not in asking:
        asking[instrument] = Asking(edited, instrument)
    return asking[instrument]


@longer
@pytest.mark.parametrize(("instrument", "norm"), every_one(of_norms()), ids=lambda value: getattr(value, "id", value))
def test_without_a_norm_some_answer_is_another(
    asking: dict[str, Asking], edited: Edited, instrument: str, norm: Norm
) -> None:
    own = asked(asking, edited, instrument)
    found = own.honours(norm, (), [None])
    # What holds anyway, or what others are held against, is seen where it says something else.
    found = found or any(own.honours(norm, path, ways(instrument, norm, path)) for path in places(norm))
    assert found, f"nothing changes without {norm.id} ({norm.kind}): no computation honours it, or no probe looks there"


@longer
@pytest.mark.parametrize(
    ("instrument", "norm", "path"),
    every_one(of_places()),
    ids=lambda value: shown(value) if isinstance(value, tuple) else getattr(value, "id", value),
)
def test_what_is_written_otherwise_changes_some_answer(
    asking: dict[str, Asking], edited: Edited, instrument: str, norm: Norm, path: Path
) -> None:
    own = asked(asking, edited, instrument)
    others = ways(instrument, norm, path)
    assert own.honours(norm, path, others), (
        f"{shown(path)} of {norm.id} ({norm.kind}) may say anything: it is ignored, or no probe looks there"
    )


def test_what_no_probe_sees_is_there_and_grows_no_longer() -> None:
    assert len(UNSEEN) <= MOST_UNSEEN
    for instrument, norm_id, place in UNSEEN:
        if instrument:
            norm = next(norm for norm in computed(instrument) if norm.id == norm_id)
            assert not place or place in map(shown, places(norm)), (instrument, norm_id, place)
