"""Every declared use of norms, and what follows: which norms and fields nothing would use, in which units they count."""

import importlib
from collections.abc import Iterable
from functools import cache

from banshi.law.norms import Norm
from banshi.law.uses import Single, Unit, Use, executable, said_in_statement, to_be_read

SUBJECTS = ("change", "attendance", "assessment", "cases", "parallel")  # rooms; each declares what it computes from
_DECLARED = [importlib.import_module(f"banshi.subjects.{subject}.uses") for subject in SUBJECTS]
USES: tuple[Use, ...] = tuple(use for subject in _DECLARED for use in subject.USES)
SINGLE: tuple[Single, ...] = tuple(one for subject in _DECLARED for one in subject.SINGLE)
UNITS: tuple[Unit, ...] = tuple(unit for subject in _DECLARED for unit in subject.UNITS)


@cache
def of_kind(kind: str) -> tuple[Use, ...]:
    """The uses of a kind of norm, on whatever subject."""
    return tuple(use for use in USES if use.kind == kind)


def taking(norm: Norm, subjects: Iterable[str]) -> list[Use]:
    """The uses that take a norm of an instrument which governs these subjects."""
    known = tuple(subjects)
    return [use for use in of_kind(norm.kind) if use.takes(norm, known)]


def read_fields(norm: Norm, subjects: Iterable[str]) -> frozenset[str]:
    """The fields of a norm that a use reads, those by which it is selected among them."""
    return frozenset(
        field
        for use in taking(norm, subjects)
        for field in (*use.fields, *(condition for condition, _ in use.selector.conditions))
    )


def ignored_fields(norm: Norm, stated: Iterable[str], subjects: Iterable[str]) -> list[str]:
    """Of the fields that a file states, those that nothing reads."""
    known = read_fields(norm, subjects)
    left = [field for field in stated if field not in known and not to_be_read(norm.kind, field)]
    return [field for field in left if executable(norm.kind) or not said_in_statement(norm, field)]


def unmet(norm: Norm, subjects: Iterable[str]) -> tuple[Use, dict[str, str]] | None:
    """The use that comes nearest to taking a norm, and the conditions that the norm does not meet; None: none reads its kind."""
    known = tuple(subjects)
    near = [
        (use, {field: wanted for field, wanted in use.selector.conditions if not use.selector.meets(norm, field)})
        for use in of_kind(norm.kind)
        if not use.subject or use.subject in known
    ]
    return min(near, key=lambda found: len(found[1]), default=None)


def units_of(norm: Norm) -> dict[str, Unit]:
    """The units that are computed, by field of a norm; a field that is not named here has no unit that counts."""
    return {unit.field: unit for unit in UNITS if unit.selector.takes(norm)}
