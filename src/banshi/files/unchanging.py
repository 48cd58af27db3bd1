"""Maps, sets and lists of which a changed copy is made: what jsonschema asks of rpds, where there is no build of rpds.

Copies are whole: a schema refers to a dozen others, so nothing is gained by sharing their parts.
"""

import sys
from collections.abc import Iterable, Iterator, Mapping
from importlib import import_module
from types import ModuleType
from typing import Any, Self


class HashTrieMap(dict[Any, Any]):
    """A map; ``insert`` and the like give another."""

    @classmethod
    def convert(cls, value: Any) -> Self:
        """The same as such a map."""
        return value if isinstance(value, cls) else cls(value)

    def insert(self, key: Any, value: Any) -> Self:
        """With one more, or another value of it."""
        return type(self)({**self, key: value})

    def remove(self, key: Any) -> Self:
        """Without one. Raises ``KeyError``."""
        rest = type(self)(self)
        del rest[key]
        return rest

    def update(self, *others: Mapping[Any, Any] | Iterable[tuple[Any, Any]], **more: Any) -> Self:  # type: ignore[override]
        """With all of these."""
        made = type(self)(self)
        for other in (*others, more):
            dict.update(made, other)
        return made

    def __hash__(self) -> int:  # type: ignore[override]
        return hash(frozenset(self.items()))


class HashTrieSet(frozenset[Any]):
    """A set; ``insert`` and the like give another."""

    def insert(self, value: Any) -> Self:
        """With one more."""
        return type(self)(self | {value})

    def remove(self, value: Any) -> Self:
        """Without one. Raises ``KeyError``."""
        if value not in self:
            raise KeyError(value)
        return self.discard(value)

    def discard(self, value: Any) -> Self:
        """Without one, if it is there."""
        return type(self)(self - {value})

    def update(self, *others: Iterable[Any]) -> Self:
        """With all of these."""
        return type(self)(self.union(*others))


class List(tuple[Any, ...]):
    """A list whose front changes."""

    __slots__ = ()

    def __new__(cls, *elements: Any) -> Self:
        """``elements``: each, or one iterable of them."""
        return super().__new__(cls, elements[0] if len(elements) == 1 else elements)

    def push_front(self, value: Any) -> Self:
        """With one more, before the others."""
        return type(self)((value, *self))

    @property
    def first(self) -> Any:
        """The one before the others. Raises ``IndexError``."""
        return self[0]

    @property
    def rest(self) -> Self:
        """The others."""
        return type(self)(self[1:])

    def __reversed__(self) -> Iterator[Any]:
        return iter(self[::-1])


def in_place_of_rpds() -> None:
    """Lets jsonschema and referencing be imported without a build of rpds."""
    try:
        import_module("rpds")
    except ImportError:
        made = ModuleType("rpds", __doc__)
        made.__dict__.update(HashTrieMap=HashTrieMap, HashTrieSet=HashTrieSet, List=List)
        sys.modules["rpds"] = made
