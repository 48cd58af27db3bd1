"""Decisions: a value together with the reasons that led to it, each reason citing a norm and the figures used."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Generic, TypeVar, overload

from msgspec import Struct

from banshi.base.kept import kept
from banshi.base.text import Spoken, Text
from banshi.files.findings import Citation

V = TypeVar("V")


class Reason(Spoken):
    """One step of the way to a decision; ``basis`` is None where arithmetic alone speaks."""

    __slots__ = ("basis",)

    def __init__(self, said: Text | Callable[[], Text], basis: Citation | None = None) -> None:
        super().__init__(said)
        self.basis = basis

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Reason) and (self.text, self.basis) == (other.text, other.basis)

    def __hash__(self) -> int:
        return hash((self.text, self.basis))

    def __repr__(self) -> str:
        return f"Reason({self.text!r}, {self.basis!r})"

    def __reduce__(self) -> tuple[Any, ...]:
        """How it travels to another process: as it reads."""
        return Reason, (self.text, self.basis)


class Alternative(Struct, Generic[V], frozen=True):
    """What another reading of an unclear place would lead to."""

    reading: str
    option: str
    value: V
    text: Text


class Later(Sequence[V]):
    """Alternatives or reasons that are looked for when somebody asks: most decisions are only compared with what was filed."""

    def __init__(self, find: Callable[[], Iterable[V]]) -> None:
        """``find`` is called once, or never."""
        self._find = find

    @kept
    def _found(self) -> tuple[V, ...]:
        return tuple(self._find())

    @overload
    def __getitem__(self, at: int) -> V: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[V, ...]: ...
    def __getitem__(self, at: int | slice) -> Any:
        return self._found[at]

    def __len__(self) -> int:
        return len(self._found)

    def __eq__(self, other: object) -> bool:
        return self._found == (other._found if isinstance(other, Later) else other)

    def __hash__(self) -> int:
        return hash(self._found)

    def __repr__(self) -> str:
        return repr(self._found)


class Decision(Struct, Generic[V], frozen=True):
    """A value, or None where it is not determined (the reasons say why); other readings that lead elsewhere."""

    value: V | None
    reasons: Sequence[Reason]
    alternatives: Sequence[Alternative[V]] = ()

    @property
    def determined(self) -> bool:
        """Whether there is a value."""
        return self.value is not None

    @property
    def reading_dependent(self) -> bool:
        """Whether another reading leads to another value."""
        return bool(self.differing)

    @property
    def differing(self) -> list[Alternative[V]]:
        """The readings that lead to another value."""
        return [other for other in self.alternatives if other.value != self.value]

    @property
    def basis(self) -> tuple[Citation, ...]:
        """Every norm that a reason cites, once."""
        return tuple(dict.fromkeys(r.basis for r in self.reasons if r.basis is not None))
