"""One thing of a norm written otherwise: every figure, bound, unit, word, office and step in turn, of what a norm states."""

import datetime
import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import cache
from typing import Any, get_args

import msgspec

from banshi.law.norms import AnyNorm, Norm
from banshi.law.uses import to_be_read

Path = tuple[str | int, ...]
_CLOCK = re.compile(r"\d\d:\d\d")
_GONE = object()


def written(value: Any) -> Any:
    """What a norm states, as plain data; what is as it is by default is not written."""
    if isinstance(value, msgspec.Struct):
        defaults = dict(zip(reversed(value.__struct_fields__), reversed(value.__struct_defaults__), strict=False))
        stated = {name: getattr(value, name) for name in value.__struct_fields__}
        return {
            k: written(v) for k, v in stated.items() if v is not None and v != _plain_default(defaults.get(k, _GONE))
        }
    if isinstance(value, dict):
        return {k: written(v) for k, v in value.items()}
    return [written(v) for v in value] if isinstance(value, tuple) else value


def _plain_default(default: Any) -> Any:
    return default.factory() if hasattr(default, "factory") else default


def places(norm: Norm) -> list[Path]:
    """Where a norm says something that is there to be computed from, or to be held against something."""
    fields = {k: v for k, v in written(norm).items() if not to_be_read(norm.kind, k)}
    return [path for path in _leaves(fields, ()) if not _names_only(path)]


def _leaves(value: Any, path: Path) -> Iterator[Path]:
    parts: Iterable[Any] = ()
    if isinstance(value, dict):
        parts = value.items()
    elif isinstance(value, list | tuple):
        parts = enumerate(value)
    found = False
    for key, part in parts:
        found = True
        if part is not None:
            yield from _leaves(part, (*path, key))
    if not found and value not in ([], {}, ()):
        yield path


def _names_only(path: Path) -> bool:
    """What a part is called: it shows in sentences."""
    return path[-1] == "name" and len(path) > 1


def otherwise(norm: Norm, path: Path, pool: Iterable[Any] = ()) -> Iterator[Norm]:
    """The norm with another value at a place, in several ways; a member of a list is also left out."""
    plain = {**msgspec.to_builtins(norm, builtin_types=(Decimal, datetime.date))}
    value = _at(plain, path)
    others = (other for other in _others(norm, path, value, pool) if other != value)
    for other in [*others, _GONE]:
        if other is _GONE and not any(isinstance(step, int) for step in path) and len(path) != 2:
            continue
        try:
            yield msgspec.convert(_put(plain, path, other), type(norm))
        except (msgspec.ValidationError, KeyError):
            continue


def _others(norm: Norm, path: Path, value: Any, pool: Iterable[Any]) -> Iterator[Any]:
    if isinstance(value, bool):
        yield not value
    elif isinstance(value, int):
        yield from (value + 1, value - 1, value * 2 + 1, value + 7)
    elif isinstance(value, Decimal):
        yield from (
            value * Decimal("1.01"),
            value * Decimal("0.99"),
            value + 1,
            value - 1,
            value * 2,
            value / 2,
            Decimal(0),
        )
    elif isinstance(value, datetime.date):
        yield from (value + datetime.timedelta(days=n) for n in (1, -1, 365, -365))
    elif isinstance(value, str):
        yield from _words(norm, path, value, pool)


def _words(norm: Norm, path: Path, value: str, pool: Iterable[Any]) -> Iterator[str]:
    if _CLOCK.fullmatch(value):
        minutes = int(value[:2]) * 60 + int(value[3:])
        yield from (f"{m // 60 % 24:02}:{m % 60:02}" for m in (minutes + 1, minutes - 1, minutes + 61, minutes - 61))
        return
    yield from (other for other in literals(type(norm), path) if other != value)
    yield from sorted({other for other in pool if isinstance(other, str) and other != value})
    yield value + "x" if value.isascii() else value + "改"


@cache
def literals(kind: type[Norm], path: Path) -> list[str]:
    """The words that the type allows at a place, where it allows only some."""
    return _literals(msgspec.inspect.type_info(kind), path)


def _literals(info: Any, path: Path) -> list[str]:
    if isinstance(info, msgspec.inspect.UnionType):
        return [word for one in info.types for word in _literals(one, path)]
    if isinstance(info, msgspec.inspect.Metadata):
        return _literals(info.type, path)
    if not path:
        return [str(word) for word in info.values] if isinstance(info, msgspec.inspect.LiteralType) else []
    if isinstance(info, msgspec.inspect.StructType):
        return [word for f in info.fields if f.name == path[0] for word in _literals(f.type, path[1:])]
    if isinstance(info, msgspec.inspect.VarTupleType):
        return _literals(info.item_type, path[1:])
    return _literals(info.value_type, path[1:]) if isinstance(info, msgspec.inspect.DictType) else []


def general(path: Path) -> Path:
    """A place without the numbers in it: members of a list stand for one another."""
    return tuple(step for step in path if isinstance(step, str))


def pools(norms: Iterable[Norm]) -> dict[tuple[str, Path], set[Any]]:
    """What norms of a kind say at a place."""
    found: dict[tuple[str, Path], set[Any]] = {}
    for norm in norms:
        plain = msgspec.to_builtins(norm, builtin_types=(Decimal, datetime.date))
        for path in _leaves(written(norm), ()):
            found.setdefault((norm.kind, general(path)), set()).add(_at(plain, path))
    return found


def _at(data: Any, path: Path) -> Any:
    for step in path:
        data = data[step]
    return data


def _put(data: Any, path: Path, value: Any) -> Any:
    head, *rest = path
    if rest:
        put = _put(data[head], tuple(rest), value)
        return {**data, head: put} if isinstance(data, dict) else [*data[: int(head)], put, *data[int(head) + 1 :]]
    if isinstance(data, dict):
        return {k: (value if k == head else v) for k, v in data.items() if k != head or value is not _GONE}
    return [v if n != head else value for n, v in enumerate(data) if n != head or value is not _GONE]


KINDS = {str(kind.__struct_config__.tag): kind for kind in get_args(AnyNorm)}
