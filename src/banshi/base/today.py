"""Which day it is: today's, or the day that a receipt tells of while it is done again."""

import contextlib
import datetime
from collections.abc import Iterator
from contextvars import ContextVar

_TAKEN: ContextVar[datetime.date | None] = ContextVar("day", default=None)


def today() -> datetime.date:
    """The day that counts as today wherever nobody has named one."""
    return _TAKEN.get() or datetime.date.today()


@contextlib.contextmanager
def taken_for_today(day: datetime.date | None) -> Iterator[None]:
    """Inside the block it is ``day`` (None: as it is)."""
    token = _TAKEN.set(day)
    try:
        yield
    finally:
        _TAKEN.reset(token)
