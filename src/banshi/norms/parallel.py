"""Kinds of norm about parallel approval and the work around it: targets, deadlines, counts, classes of case."""

import datetime

from banshi.norms.base import Norm
from banshi.norms.values import Bounds


class Target(Norm, frozen=True, tag="target"):
    """A measure and where it should lie, for these cases; without ``bound`` the text gives no figure."""

    measure: str
    cases: tuple[str, ...] = ()
    bound: Bounds | None = None
    holds_from: datetime.date | None = None


class Deadline(Norm, frozen=True, tag="deadline"):
    """By when something must exist or be done."""

    what: str
    by: datetime.date
    inclusive: bool
    count: int | None = None


class Count(Norm, frozen=True, tag="count"):
    """How many of something the text names; ``exact`` is False where it says “mainly” or “and others”."""

    of: str
    value: int
    exact: bool


class Classification(Norm, frozen=True, tag="classification"):
    """What makes a case one of a class: a measure within a bound."""

    of: str
    measure: str
    bound: Bounds
