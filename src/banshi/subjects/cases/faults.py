"""What contradicts itself in a log: counted in full, listed up to a limit, each with the place where it stands."""

import heapq
from typing import Any

from msgspec import Struct, field

from banshi.base.limits import MAX_FINDINGS
from banshi.subjects.cases.forms import Case


class Noted(Struct, frozen=True):
    """A case worth pointing at: its number in the log, its key that is meant, and where it stands (if in no document)."""

    index: int
    case: Case
    key: str
    source: Any = None


class CaseFaults(Struct):
    """Cases with one sort of fault; ``most`` of them are listed (None: all)."""

    most: int | None = MAX_FINDINGS
    listed: list[Noted] = field(default_factory=list)
    count: int = 0

    def add(self, noted: Noted) -> None:
        """Count it, and list it while there is room."""
        self.count += 1
        if self.most is None or len(self.listed) < self.most:
            self.listed.append(noted)

    def counts_unlisted(self) -> bool:
        """Whether there is no room to list one more; it is counted then."""
        full = self.most is not None and len(self.listed) >= self.most
        self.count += full
        return full

    @property
    def more(self) -> int:
        """How many are not listed."""
        return self.count - len(self.listed)


class Gravest(Struct):
    """The gravest cases by some measure, whatever the order in which they come: ``most`` of them (None: all)."""

    most: int | None = MAX_FINDINGS
    _heap: list[tuple[int, str, int, Noted]] = field(default_factory=list)

    def offer(self, gravity: int, index: int, case: Case, source: Any) -> None:
        """Keep the case if it is among the gravest so far."""
        heap = self._heap
        if self.most is None or len(heap) < self.most:
            heapq.heappush(heap, (gravity, case.id, -index, Noted(index, case, "", source)))
        elif gravity >= heap[0][0] and (gravity, case.id) > heap[0][:2]:
            heapq.heapreplace(heap, (gravity, case.id, -index, Noted(index, case, "", source)))

    @property
    def listed(self) -> list[Noted]:
        """The gravest first."""
        return [noted for *_, noted in sorted(self._heap, key=lambda entry: (-entry[0], entry[1]))]
