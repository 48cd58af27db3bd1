"""What if an unclear place were read otherwise? The law with another reading taken, and the same decision asked of it.

A computation that rests on readings is run again under each reading that is recorded, can be computed and is not taken.
Which those are follows from the norms that it reads: a reading tells what norms say under it. No computation knows a
question by its name.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from typing import TypeVar

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from banshi.law.decisions import Decision
from banshi.law.instruments import Placed, PolicyVersion
from banshi.law.library import Law
from banshi.law.norms import Norm
from banshi.law.version_parts import Reading

V = TypeVar("V")


class OtherAnswer(Struct, frozen=True, dict=True):
    """A question that a law asks, and an answer to it that is not taken."""

    asked_by: Law
    question: str
    option: str

    @cached_property
    def law(self) -> Law:
        """The law in which it is taken."""
        return under(self.asked_by, self.question, self.option)

    @property
    def said(self) -> str:
        """The answer in words."""
        return self.asked_by.readings[self.question].options[self.option]


def under(law: Law, question: str, option: str) -> Law:
    """The law with one question answered by ``option``; the law itself where it does not ask it."""
    if law.taken(question) == option or question not in law.readings:
        return law
    if (question, option) not in law.read_otherwise:
        versions = tuple(_answered(version, question, option) for version in law.versions)
        law.read_otherwise[question, option] = replace(law, versions=versions)
    return law.read_otherwise[question, option]


def about(law: Law, *kinds: type[Norm]) -> list[str]:
    """The questions whose answers make norms of these kinds say something else."""
    if kinds not in law.asked_about:
        tags = {str(kind.__struct_config__.tag) for kind in kinds}
        law.asked_about[kinds] = [
            question
            for question in law.readings
            for version in law.versions
            if any(version.kinds.get(norm_id) in tags for norm_id in _reached(version, question))
        ]
    return law.asked_about[kinds]


def said_of(placed: Placed[Norm], field: str) -> Reading | None:
    """The question whose answers make a field of a norm something else; None where there is none."""
    for reading in placed.version.readings:
        said = [fields for norms in reading.norms.values() for own, fields in norms.items() if own == placed.norm.id]
        if any(path.partition(".")[0] == field for fields in said for path in fields):
            return reading
    return None


def elsewhere(law: Law, questions: Iterable[str]) -> tuple[OtherAnswer, ...]:
    """Each answer that is not taken to the questions that a law asks, one changed at a time."""
    key, known = tuple(questions), law.answered_otherwise
    if key not in known:
        known[key] = tuple(_elsewhere(law, key))
    found: tuple[OtherAnswer, ...] = known[key]
    return found


def _elsewhere(law: Law, questions: Iterable[str]) -> Iterator[OtherAnswer]:
    for question in dict.fromkeys(questions):
        reading = law.readings.get(question)
        for option in computable(reading) if reading else ():
            if reading and option != reading.default:
                yield OtherAnswer(law, question, option)


def computable(reading: Reading) -> tuple[str, ...]:
    """The options of a question that a computation obeys; none where it is recorded for people only."""
    return tuple(reading.options) if reading.norms or reading.ends else ()


def otherwise(
    law: Law, questions: Iterable[str], decide: Callable[[Law], Decision[V]], taken: Decision[V] | None = None
) -> Iterator[tuple[OtherAnswer, Decision[V]]]:
    """The other answers that lead ``decide`` to another value, with what it decides there.

    ``taken``: what it decides in ``law`` itself, where that is known.
    """
    taken = taken or decide(law)
    for other in elsewhere(law, questions):
        found = decide(other.law)
        if taken.determined and found.determined and found.value != taken.value:
            yield other, found


def _reached(version: PolicyVersion, question: str) -> Iterator[str]:
    for reading in version.readings:
        if reading.id == question:
            yield from (norm_id for said in reading.norms.values() for norm_id in said)


def _answered(version: PolicyVersion, question: str, option: str) -> PolicyVersion:
    if not any(reading.id == question for reading in version.readings):
        return version
    readings = tuple(
        msgspec.structs.replace(reading, default=option) if reading.id == question else reading
        for reading in version.readings
    )
    return msgspec.structs.replace(version, readings=readings)
