"""Parts of a form that its file has no place for (a ledger without a column), or that may stand under a key that nobody knows.

Asked for, they raise, and nothing is judged by them.
"""

import types
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import suppress
from functools import lru_cache
from typing import Any, TypeVar

import msgspec

from banshi.files.schema_parts import Field

T = TypeVar("T", bound=msgspec.Struct)
V = TypeVar("V")
Way = tuple[str | int, ...]  # numbers: of the entries of lists


class NotStated(Exception):
    """A value that nothing was said of; ``way`` leads to it."""

    def __init__(self, way: Way) -> None:
        super().__init__(".".join(map(str, way)))
        self.way = way


def as_far_as_stated(values: Iterable[V]) -> Iterator[V]:
    """What is computed up to the first value that is not stated: for comparisons of which each is worth something."""
    try:
        yield from values
    except NotStated:
        return


def if_stated(value: Callable[[], V]) -> V | None:
    """A value; None where it is not stated."""
    with suppress(NotStated):
        return value()
    return None


def without(form: T, ways: Collection[Way]) -> T:
    """The same form, of which the values at ``ways`` are not stated."""
    return _hollow(form, frozenset(ways), ()) if ways else form


_SOMETHING: dict[str, Any] = {"date": "1900-01-01", "boolean": False, "integer": 1, "array": [], "jurisdiction": "cn"}


def something(part: Field, ways: Collection[Way], at: Way) -> Any:
    """What stands in a place that must be filled and that nothing states: nobody ever reads it."""
    if part.sort == "object":
        return {each.key: something(each, ways, (*at, each.key)) for each in part.fields() if each.required}
    if part.sort == "enum":
        return next(iter(part.labels))
    return _SOMETHING.get(part.sort, "0")


def _hollow(form: Any, ways: frozenset[Way], at: Way) -> Any:
    if isinstance(form, tuple):
        return tuple(_hollow(entry, ways, (*at, n)) for n, entry in enumerate(form))
    names = {field.encode_name: field.name for field in msgspec.structs.fields(form)}
    missing = frozenset((name, (*at, key)) for key, name in names.items() if (*at, key) in ways)
    inner = {
        name: _hollow(getattr(form, name), ways, (*at, key))
        for key, name in names.items()
        if isinstance(getattr(form, name), msgspec.Struct | tuple)
        and any(way[: len(at) + 1] == (*at, key) and len(way) > len(at) + 1 for way in ways)
    }
    if not missing and not inner:
        return form
    values = {name: inner.get(name, getattr(form, name)) for name in names.values()}
    base: Any = type(form)
    return _kind(base, missing)(**values)


@lru_cache(maxsize=256)
def _kind(base: Any, missing: frozenset[tuple[str, Way]]) -> Any:
    """A form of the same kind that raises where a missing value is asked for."""
    ways = dict(missing)

    def body(space: dict[str, Any]) -> None:
        space["__getattribute__"] = _guarded(base, ways)

    return types.new_class(base.__name__, (base,), {"frozen": True}, body)


def _guarded(base: Any, ways: dict[str, Way]) -> Callable[[Any, str], Any]:
    def get(self: Any, name: str) -> Any:
        if name in ways:
            raise NotStated(ways[name])
        return base.__getattribute__(self, name)

    return get
