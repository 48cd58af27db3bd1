"""Parts of a form that its file has no place for (a ledger without a column): asked for, they raise, and nothing is judged."""

import types
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import lru_cache
from typing import Any, TypeVar

import msgspec

T = TypeVar("T", bound=msgspec.Struct)
V = TypeVar("V")
Way = tuple[str, ...]


class NotStated(Exception):
    """A value that nothing was said of; ``way`` leads to it."""

    def __init__(self, way: Way) -> None:
        super().__init__(".".join(way))
        self.way = way


def as_far_as_stated(values: Iterable[V]) -> Iterator[V]:
    """What is computed up to the first value that is not stated: for comparisons of which each is worth something."""
    try:
        yield from values
    except NotStated:
        return


def without(form: T, ways: Collection[Way]) -> T:
    """The same form, of which the values at ``ways`` are not stated."""
    return _hollow(form, frozenset(ways), ()) if ways else form


def _hollow(form: Any, ways: frozenset[Way], at: Way) -> Any:
    names = {field.encode_name: field.name for field in msgspec.structs.fields(form)}
    missing = frozenset((name, (*at, key)) for key, name in names.items() if (*at, key) in ways)
    inner = {
        name: _hollow(getattr(form, name), ways, (*at, key))
        for key, name in names.items()
        if isinstance(getattr(form, name), msgspec.Struct) and any(way[: len(at) + 1] == (*at, key) for way in ways)
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
