"""How long the tests look: at a few examples always, at all of them by ``make long``, which ``.ci/run`` calls too.

Tests whose examples Hypothesis draws try five times as many there; a test marked ``longer`` says itself what more it does.
"""

import os
from collections.abc import Sequence
from typing import TypeVar

import pytest
from hypothesis import settings

T = TypeVar("T")
LONG = bool(os.environ.get("BANSHI_LONG"))
DRAWN = 100 if LONG else 20  # examples of a test that asks for no number
longer = pytest.mark.longer


def examples(many: int, few: int | None = None) -> settings:
    """So many drawn examples in a long run, a fifth of them (or ``few``) in any other."""
    return settings(max_examples=many if LONG else few or max(5, many // 5))


def some(cases: Sequence[T], few: int) -> list[T]:
    """So few of the cases, from the first to the last at even distances; all of them in a long run."""
    return list(cases) if LONG else few_of(cases, few)


def few_of(cases: Sequence[T], few: int) -> list[T]:
    """So few of the cases, from the first to the last at even distances, in any run."""
    if len(cases) <= few:
        return list(cases)
    return [cases[n * (len(cases) - 1) // max(1, few - 1)] for n in range(few)]
