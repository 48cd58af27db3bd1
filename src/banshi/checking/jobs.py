"""Work shared among processes: whatever their number, the same results in the same order.

Only work that needs nothing of the rest is handed out: projects in their folders, and lines of a file in which each is a
document.
"""

import os
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any, Protocol, TypeVar

from banshi.files.units import ProjectFolder, SomeLines, Unit

FOLDERS_AT_ONCE = 32

Done = TypeVar("Done")


class Work(Protocol[Done]):
    """What does one unit of work; ``of_one_apart`` without the rest of the run (None where that bears on it).

    ``packed`` and ``unpacked``: what was done, as it travels from one process to another. ``lost``: what is said of a
    unit whose process died.
    """

    def of_one(self, unit: Unit) -> Done: ...  # noqa: D102
    def of_one_apart(self, unit: Unit) -> Done | None: ...  # noqa: D102
    def packed(self, done: Done) -> object: ...  # noqa: D102
    def unpacked(self, packed: Any) -> Done: ...  # noqa: D102
    def lost(self, unit: Unit, error: Exception) -> Done: ...  # noqa: D102


def cores() -> int:
    """How many processes can work at once here; one where the system cannot share out a running one."""
    if not hasattr(os, "fork"):
        return 1
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def shared(worker: Work[Done], work: Iterable[Unit], jobs: int) -> Iterator[tuple[Unit, Done]]:
    """Each unit of work with what came of it, in order; the first share is done here, for most work is small."""
    if jobs < 2 or not hasattr(os, "fork"):  # a running process cannot be shared out there
        for unit in work:
            yield unit, worker.of_one(unit)
        return
    shares = _shares(work)
    for share in shares:
        yield from ((unit, worker.of_one(unit)) for unit in share)
        if _apart(share[0]):
            break
    following = next(shares, None)
    if following is None:
        return
    from banshi.checking.pool import Pool  # late: most runs need no other process

    with Pool(worker, jobs) as pool:
        for share in chain((following,), shares):
            if _apart(share[0]):
                yield from pool.take(share)
            else:
                yield from pool.rest()
                yield from ((unit, worker.of_one(unit)) for unit in share)
        yield from pool.rest()


def _apart(unit: Unit) -> bool:
    return isinstance(unit, ProjectFolder | SomeLines)


def _shares(work: Iterable[Unit]) -> Iterator[list[Unit]]:
    """Units that are done together: several folders, for each is little work."""
    folders: list[Unit] = []
    for unit in work:
        if isinstance(unit, ProjectFolder):
            folders.append(unit)
        if folders and (len(folders) == FOLDERS_AT_ONCE or not isinstance(unit, ProjectFolder)):
            yield folders
            folders = []
        if not isinstance(unit, ProjectFolder):
            yield [unit]
    if folders:
        yield folders
