"""Every declared use of norms, and what follows: which norms and fields nothing would use."""

from collections.abc import Iterable
from functools import cache

from banshi.assessment.uses import USES as ASSESSMENT
from banshi.attendance.uses import USES as ATTENDANCE
from banshi.cases.uses import USES as CASES
from banshi.catalogue.uses import USES as CATALOGUE
from banshi.change.uses import USES as CHANGE
from banshi.norms import Norm
from banshi.uses import Use, to_be_read

USES: tuple[Use, ...] = (*CHANGE, *ATTENDANCE, *ASSESSMENT, *CASES, *CATALOGUE)


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
    return [field for field in stated if field not in known and not to_be_read(norm.kind, field)]


def unmet(norm: Norm, subjects: Iterable[str]) -> tuple[Use, dict[str, str]] | None:
    """The use that comes nearest to taking a norm, and the conditions that the norm does not meet; None: none reads its kind."""
    known = tuple(subjects)
    near = [
        (use, {field: wanted for field, wanted in use.selector.conditions if not use.selector.meets(norm, field)})
        for use in of_kind(norm.kind)
        if not use.subject or use.subject in known
    ]
    return min(near, key=lambda found: len(found[1]), default=None)
