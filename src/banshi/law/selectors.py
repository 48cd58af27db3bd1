"""Selectors of norms: by kind and fields, in whatever law is in force.

A selector is a kind of norm, and conditions on its fields: ``procedure``, ``record when=emergency``,
``leave_approval filed_with=*`` (stated, whatever it says), ``time_limit when=-`` (not stated). A field with several
values meets a condition with one of them. ``score_rule fact.role=overdue``: the fact that the field names has a role. So a rule finds its basis in any centre's instruments, whatever ids they use.
"""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any, get_args

from msgspec import Struct

from banshi.law.instruments import Placed
from banshi.law.norms import AnyNorm, Norm

_KINDS: dict[str, type[Norm]] = {str(kind.__struct_config__.tag): kind for kind in get_args(AnyNorm)}
STATED, NOT_STATED = "*", "-"
_ROLE = ".role"


class Selector(Struct, frozen=True):
    """A kind of norm, with the values that its fields must have."""

    kind: type[Norm]
    conditions: tuple[tuple[str, str], ...]
    roles: tuple[tuple[str, str], ...] = ()

    def finds(self, placed: Placed[Norm]) -> bool:
        """Whether a norm in its version is one of those meant: the facts that its fields name have the roles asked for."""
        if not self.takes(placed.norm):
            return False
        return all(role in _roles(placed, getattr(placed.norm, field)) for field, role in self.roles)

    def takes(self, norm: Norm) -> bool:
        """Whether a norm is one of those meant."""
        return isinstance(norm, self.kind) and all(self.meets(norm, field) for field, _ in self.conditions)

    def meets(self, norm: Norm, field: str) -> bool:
        """Whether a norm of the kind meets what is said of a field."""
        return all(_meets(getattr(norm, name), wanted) for name, wanted in self.conditions if name == field)


@lru_cache(maxsize=1024)
def selector(text: str) -> Selector:
    """The selector that ``text`` writes. Raises ``ValueError`` for a kind or a field that does not exist."""
    name, *conditions = text.split(" ")
    kind = _KINDS.get(name)
    if kind is None:
        raise ValueError(f"no kind of norm {name!r} (BASIS: {text!r})")
    pairs = tuple((field, value) for field, _, value in (condition.partition("=") for condition in conditions))
    for field, _ in pairs:
        if field.removesuffix(_ROLE) not in kind.__struct_fields__:
            raise ValueError(f"a {name} has no field {field!r} (BASIS: {text!r})")
    roles = tuple((field.removesuffix(_ROLE), role) for field, role in pairs if field.endswith(_ROLE))
    return Selector(kind, tuple(pair for pair in pairs if not pair[0].endswith(_ROLE)), roles)


def _roles(placed: Placed[Norm], named: Any) -> set[str]:
    """The roles of the facts that a field names."""
    return {placed.role(slug) for slug in ((named,) if isinstance(named, str) else named or ())}


def _meets(value: Any, wanted: str) -> bool:
    stated = value not in (None, (), {}, "")
    if wanted in (STATED, NOT_STATED):
        return stated == (wanted == STATED)
    if isinstance(value, bool):
        return str(value).lower() == wanted
    return wanted in value if isinstance(value, (tuple, dict)) else stated and str(value) == wanted


def select(norms: Iterable[Placed[Norm]], basis: Iterable[str]) -> list[Placed[Norm]]:
    """The norms that a BASIS selects, in the order of its selectors."""
    known, found = list(norms), dict[int, Placed[Norm]]()
    for text in basis:
        one = selector(text)
        found.update({id(placed.norm): placed for placed in known if one.finds(placed)})
    return list(found.values())
