"""Processes that share work. One that dies (for want of memory, say) costs its own unit of work alone."""

import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Any, Generic, Self

from banshi.checking.jobs import Done, Work
from banshi.files.regular_files import place_of
from banshi.files.units import Unit

_WAITING = 3  # shares in hand for each process: none of them idles, and memory stays bounded
_Placed = tuple[Unit, str]  # with the place where it was found
_Packed = tuple[object] | None  # None: for the process that sees the whole run


class Pool(Generic[Done]):
    """Processes at work, and what they were given, in order."""

    def __init__(self, worker: Work[Done], jobs: int) -> None:
        self._worker, self._jobs = worker, jobs
        self._waiting: deque[tuple[list[Unit], Future[list[_Packed]]]] = deque()
        self._processes = self._started(jobs)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_stopped: object) -> None:
        """Nothing more is begun, and nothing goes on."""
        self._processes.shutdown(cancel_futures=True)

    def _started(self, jobs: int) -> ProcessPoolExecutor:
        context = multiprocessing.get_context("fork")  # the law and the rules are there already
        return ProcessPoolExecutor(jobs, context, _begin, (self._worker,))

    def take(self, share: list[Unit]) -> Iterator[tuple[Unit, Done]]:
        """Hand out one more share; what is ready by then comes back."""
        self._waiting.append((share, self._processes.submit(_of_share, _placed(share))))
        if len(self._waiting) > self._jobs * _WAITING:
            yield from self._next()

    def rest(self) -> Iterator[tuple[Unit, Done]]:
        """What is still being worked on."""
        while self._waiting:
            yield from self._next()

    def _next(self) -> Iterator[tuple[Unit, Done]]:
        share, waited_for = self._waiting.popleft()
        try:
            found = waited_for.result()
        except BrokenProcessPool:
            found = self._one_by_one(share)
        for unit, done in zip(share, found, strict=True):
            yield unit, self._worker.unpacked(done[0]) if done else self._worker.of_one(unit)

    def _one_by_one(self, share: list[Unit]) -> list[_Packed]:
        """A process died, and with it the work of all: each unit again in a process of its own; the rest, afresh."""
        self._processes.shutdown(cancel_futures=True)
        found = [self._in_its_own(unit) for unit in share]
        self._processes = self._started(self._jobs)
        self._waiting = deque((each, self._processes.submit(_of_share, _placed(each))) for each, _ in self._waiting)
        return found

    def _in_its_own(self, unit: Unit) -> _Packed:
        with self._started(1) as process:
            try:
                return process.submit(_of_share, _placed([unit])).result()[0]
            except BrokenProcessPool as error:
                return (self._worker.packed(self._worker.lost(unit, error)),)


_own: list[Work[Any]] = []  # of a process that was started for this work


def _begin(worker: Work[Any]) -> None:
    """In a new process: an interrupt is a matter of the one that handed out the work."""
    _own[:] = [worker]
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _placed(share: list[Unit]) -> list[_Placed]:
    return [(unit, place_of(unit.path)) for unit in share]


def _of_share(share: list[_Placed]) -> list[_Packed]:
    """What is done of each; None also where it lies elsewhere by now: the process that found it knows, and says so."""
    done = (_own[0].of_one_apart(unit) if os.path.realpath(unit.path) == place else None for unit, place in share)
    return [None if each is None else (_own[0].packed(each),) for each in done]
