"""Parts of a form that its file has no place for (a ledger without a column), or that may stand under a key that nobody knows.

Asked for, they raise, and nothing is judged by them.
"""

import types
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache
from types import NoneType
from typing import Any, TypeVar

import msgspec

from banshi.files.schema_parts import SchemaField

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


def each_apart(parts: Iterable[Iterable[V]]) -> Iterator[V]:
    """What each part comes to, as far as it is stated; that one is not is raised when all others have been asked."""
    missing: NotStated | None = None
    for part in parts:
        try:
            yield from part
        except NotStated as error:
            missing = missing or error
    if missing is not None:
        raise missing


def if_stated(value: Callable[[], V]) -> V | None:
    """A value; None where it is not stated."""
    try:
        return value()
    except NotStated:
        return None


_AT, _MISSING = "way to the form", "_not_stated"
_VALUES = frozenset((str, Decimal, NoneType, date, bool, int))


def plain(form: Any) -> Any:
    """A form, or a part of one, as plain data. Raises ``NotStated`` where anything in it is not stated.

    What msgspec itself makes of a form knows nothing of that, and holds what stands in its place.
    """
    if type(form) in _VALUES:
        return form
    if isinstance(form, msgspec.Struct):
        named = zip(form.__struct_encode_fields__, form.__struct_fields__, strict=True)
        return {key: plain(getattr(form, name)) for key, name in named}
    if isinstance(form, tuple):
        return [plain(each) for each in form]
    return {key: plain(value) for key, value in form.items()} if isinstance(form, dict) else form


def without(form: T, ways: Collection[Way], at: Way = ()) -> T:
    """The same form, of which the values at ``ways`` are not stated; ``at``: the way to the form itself."""
    return _hollow(form, _tree(ways), at) if ways else form


def restated(form: T, **changes: Any) -> T:
    """The same form with other values: what is not stated and not among them stays so, which msgspec knows nothing of."""
    made = msgspec.structs.replace(form, **changes)
    missing: frozenset[tuple[str, str]] | None = getattr(type(form), _MISSING, None)
    if missing is None:
        return made
    base: Any = type(form).__base__
    values = {name: base.__getattribute__(made, name) for name in form.__struct_fields__}
    left = frozenset((name, key) for name, key in missing if name not in changes)
    kept: T = _marked(base, left, values, base.__getattribute__(form, "__dict__")[_AT])
    return kept


_SOMETHING: dict[str, Any] = {"date": "1900-01-01", "boolean": False, "integer": 1, "array": [], "jurisdiction": "cn"}


def something(part: SchemaField, ways: Collection[Way], at: Way) -> Any:
    """What stands in a place that must be filled and that nothing states: nobody ever reads it."""
    if part.sort == "object":
        return {each.key: something(each, ways, (*at, each.key)) for each in part.fields() if each.required}
    if part.sort == "enum":
        return next(iter(part.labels))
    return _SOMETHING.get(part.sort, "0")


Tree = dict[str | int, "Tree | None"]  # None: not stated as a whole


def _tree(ways: Iterable[Way]) -> Tree:
    """The ways by their first steps: of a long list each entry has its own."""
    tree: Tree = {}
    for way in ways:
        at: Tree | None = tree
        for step in way[:-1]:
            at = at.setdefault(step, {}) if at is not None else None
        if at is not None and way:
            at[way[-1]] = None
    return tree


class _Open(dict[str, Any]):
    """A mapping of which the values under some keys are not stated: nor is, then, which keys it has."""

    def __init__(self, known: dict[str, Any], ways: dict[str | int, Way]) -> None:
        super().__init__(known)
        self._ways = ways

    def _whole(self) -> None:
        raise NotStated(next(iter(self._ways.values())))

    def _at(self, key: str) -> None:
        if key in self._ways:
            raise NotStated(self._ways[key])

    def __getitem__(self, key: str) -> Any:
        self._at(key)
        return super().__getitem__(key)

    def __contains__(self, key: object) -> bool:
        self._at(str(key))
        return super().__contains__(key)

    def get(self, key: str, default: Any = None) -> Any:
        self._at(key)
        return super().get(key, default)

    def __iter__(self) -> Iterator[str]:
        self._whole()
        return super().__iter__()

    def __len__(self) -> int:
        self._whole()
        return super().__len__()

    def keys(self) -> Any:
        self._whole()
        return super().keys()

    def values(self) -> Any:
        self._whole()
        return super().values()

    def items(self) -> Any:
        self._whole()
        return super().items()


def stated_in(mapping: Mapping[str, V]) -> dict[str, V]:
    """The entries of a mapping that are stated, whatever may be under its other keys."""
    return dict(dict.items(mapping)) if isinstance(mapping, _Open) else dict(mapping)


def not_stated_in(mapping: Mapping[str, Any]) -> dict[str, Way]:
    """The keys of a mapping whose values are not stated, each with the way to it."""
    return {str(key): way for key, way in mapping._ways.items()} if isinstance(mapping, _Open) else {}


def all_stated(mapping: Mapping[str, V]) -> Iterator[tuple[str, V]]:
    """The entries that are stated; that others are not is raised when these have been handed on."""
    yield from stated_in(mapping).items()
    for way in not_stated_in(mapping).values():
        raise NotStated(way)


def _hollow(form: Any, ways: Tree, at: Way) -> Any:
    if isinstance(form, tuple):
        inner = ((n, ways.get(n)) for n in range(len(form)))
        return tuple(_hollow(form[n], own, (*at, n)) if own else form[n] for n, own in inner)
    if isinstance(form, dict):
        return _Open(form, {key: (*at, key) for key in ways})
    missing, values = set(), {}
    for name, key in _keys(form):
        value = getattr(form, name)
        own = ways.get(key, {})
        if own is None:
            missing.add((name, key))
        elif own and isinstance(value, msgspec.Struct | tuple | dict):
            value = _hollow(value, own, (*at, key))
        values[name] = value
    return _marked(type(form), frozenset(missing), values, at)


def _marked(base: Any, missing: frozenset[tuple[str, str]], values: dict[str, Any], at: Way) -> Any:
    """A form of some kind, of which the values of ``missing`` are not stated."""
    if not missing:
        return base(**values)
    hollow = _kind(base, missing)(**values)
    hollow.__dict__[_AT] = at
    return hollow


def _keys(form: msgspec.Struct) -> Iterator[tuple[str, str]]:
    """The fields of a form: their names, and what they are called in files."""
    return zip(form.__struct_fields__, form.__struct_encode_fields__, strict=True)


@lru_cache(maxsize=256)
def _kind(base: Any, missing: frozenset[tuple[str, str]]) -> Any:
    """A form of the same kind that raises where a missing value is asked for; where it stands each such form says itself.

    ``missing``: fields, and what they are called in files.
    """
    keys = dict(missing)

    def body(space: dict[str, Any]) -> None:
        space["__getattribute__"] = _guarded(base, keys)
        space[_MISSING] = missing

    return types.new_class(base.__name__, (base,), {"frozen": True, "dict": True, "gc": True}, body)


def _guarded(base: Any, keys: dict[str, str]) -> Callable[[Any, str], Any]:
    def get(self: Any, name: str) -> Any:
        if name in keys:
            raise NotStated((*base.__getattribute__(self, "__dict__")[_AT], keys[name]))
        return base.__getattribute__(self, name)

    return get
