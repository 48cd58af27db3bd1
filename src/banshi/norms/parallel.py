"""Kinds of norm about parallel approval and the work around it: targets, deadlines, counts, classes of case."""

import datetime
from typing import ClassVar

from banshi.norms.base import Norm
from banshi.norms.values import Bounds, Named, Names, phrase


class ParallelNorm(Norm, frozen=True):
    """A norm of this subject."""

    subject: ClassVar[str] = "parallel"


class Target(ParallelNorm, frozen=True, tag="target"):
    """A measure and where it should lie, for these cases; without ``bound`` the text gives no figure.

    ``system`` is the one to be used, where the measure is about its use.
    """

    measure: str
    cases: tuple[str, ...] = ()
    bound: Bounds | None = None
    holds_from: datetime.date | None = None
    system: Named | None = None


class Deadline(ParallelNorm, frozen=True, tag="deadline"):
    """By when something must exist or be done."""

    what: str
    by: datetime.date
    inclusive: bool
    count: int | None = None

    def phrases(self, names: Names) -> dict[str, str]:
        """Adds ``limit``: 2011年12月31日以前（含当日）."""
        limit = f"{phrase(self.by, names)}以前（{'含' if self.inclusive else '不含'}当日）"
        return {**super().phrases(names), "limit": limit}


class Count(ParallelNorm, frozen=True, tag="count"):
    """How many of something there are; ``exact`` is False where the text says “mainly” or “and others”.

    ``named`` are those that the text calls by name.
    """

    of: str
    value: int
    exact: bool
    named: tuple[str, ...] = ()


class Classification(ParallelNorm, frozen=True, tag="classification"):
    """What makes a case one of a class: a measure within a bound."""

    of: str
    measure: str
    bound: Bounds
