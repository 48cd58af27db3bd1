"""Patterns that are compiled when they are first asked: most runs need few of those that their modules have."""

import re
from typing import Any, AnyStr, cast

_ASKED = ("match", "fullmatch", "search", "finditer", "findall", "split", "sub", "subn")


class LatePattern:
    """Stands for a pattern until something is asked of it; from then on it answers as that does."""

    def __init__(self, written: str | bytes, flags: int) -> None:
        self._written: Any = written
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):  # nothing of its own that is not there yet, as while it is copied
            raise AttributeError(name)
        made = re.compile(self._written, self._flags)
        self.__dict__.update((each, getattr(made, each)) for each in _ASKED)
        return getattr(made, name)


def late(written: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """The pattern that ``re.compile`` gives, compiled on first use. Only what one calls may be used of it, not the pattern itself.

    Where it is none, ``re.error`` is raised on first use: ``tests/test_patterns.py`` uses each once.
    """
    return cast("re.Pattern[AnyStr]", LatePattern(written, flags))
