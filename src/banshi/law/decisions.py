"""Decisions: a value together with the reasons that led to it, each reason citing a norm and the figures used."""

from dataclasses import dataclass, field
from typing import Generic, TypeVar

from banshi.base.text import Text
from banshi.files.findings import Citation

V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class Reason:
    """One step of the way to a decision; ``basis`` is None where arithmetic alone speaks."""

    text: Text
    basis: Citation | None = None


@dataclass(frozen=True, slots=True)
class Alternative(Generic[V]):
    """What another reading of an unclear place would lead to."""

    reading: str
    option: str
    value: V
    text: Text


@dataclass(frozen=True, slots=True)
class Decision(Generic[V]):
    """A value, or None where it is not determined (the reasons say why); other readings that lead elsewhere."""

    value: V | None
    reasons: tuple[Reason, ...]
    alternatives: tuple[Alternative[V], ...] = field(default=())

    @property
    def determined(self) -> bool:
        """Whether there is a value."""
        return self.value is not None

    @property
    def reading_dependent(self) -> bool:
        """Whether another reading leads to another value."""
        return any(a.value != self.value for a in self.alternatives)

    @property
    def basis(self) -> tuple[Citation, ...]:
        """Every norm that a reason cites, once."""
        return tuple(dict.fromkeys(r.basis for r in self.reasons if r.basis is not None))
