"""Less work for the collector of reference cycles while rows, forms or pages stream by: it would look at each."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_SELDOM = 2**19
OF_FORMS = 2**14  # a project and its forms refer to each other, so that only the collector frees them


@contextmanager
def calm(seldom: int = _SELDOM) -> Iterator[None]:
    """Let the collector run seldom inside the block: each time that so many things came to be that may hold others."""
    before = gc.get_threshold()
    gc.set_threshold(seldom, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)
