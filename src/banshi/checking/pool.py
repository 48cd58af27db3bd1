"""Processes that share a check. One that dies (for want of memory, say) costs its own unit of work alone."""

import multiprocessing
import signal
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Self

from banshi.checking.jobs import Checks, Found
from banshi.checking.rules import Rule
from banshi.files.discovery import Unit
from banshi.files.findings import Findings
from banshi.files.locating import from_failure
from banshi.files.report import Report

_WAITING = 3  # shares in hand for each process: none of them idles, and memory stays bounded
_Told = tuple[Report, list[str]] | None  # None: for the process that sees the whole run


class Pool:
    """Processes at work, and what they were given, in order."""

    def __init__(self, checks: Checks, jobs: int) -> None:
        self._checks, self._jobs = checks, jobs
        self._waiting: deque[tuple[list[Unit], Future[list[_Told]]]] = deque()
        self._processes = self._started(jobs)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_stopped: object) -> None:
        """Nothing more is begun, and nothing goes on."""
        self._processes.shutdown(cancel_futures=True)

    def _started(self, jobs: int) -> ProcessPoolExecutor:
        context = multiprocessing.get_context("fork")  # the law and the rules are there already
        return ProcessPoolExecutor(jobs, context, _begin, (self._checks,))

    def take(self, share: list[Unit]) -> Iterator[Found]:
        """Hand out one more share; what is ready by then comes back."""
        self._waiting.append((share, self._processes.submit(_of_share, share)))
        if len(self._waiting) > self._jobs * _WAITING:
            yield from self._next()

    def rest(self) -> Iterator[Found]:
        """What is still being worked on."""
        while self._waiting:
            yield from self._next()

    def _next(self) -> Iterator[Found]:
        share, waited_for = self._waiting.popleft()
        try:
            found = waited_for.result()
        except BrokenProcessPool:
            found = self._one_by_one(share)
        for unit, told in zip(share, found, strict=True):
            if told is None:
                yield unit, self._checks.of_one(unit)
                continue
            report, rules = told
            report.rules = {rule_id: self._rule(rule_id) for rule_id in rules}
            yield unit, report

    def _one_by_one(self, share: list[Unit]) -> list[_Told]:
        """A process died, and with it the work of all: each unit again in a process of its own; the rest, afresh."""
        self._processes.shutdown(cancel_futures=True)
        found = [self._in_its_own(unit) for unit in share]
        self._processes = self._started(self._jobs)
        self._waiting = deque((each, self._processes.submit(_of_share, each)) for each, _ in self._waiting)
        return found

    def _in_its_own(self, unit: Unit) -> _Told:
        with self._started(1) as process:
            try:
                return process.submit(_of_share, [unit]).result()[0]
            except BrokenProcessPool as error:
                report = Report(Findings())
                report.failed = True
                report.findings.append(from_failure(unit.path.as_posix(), error))
                return report, []

    def _rule(self, rule_id: str) -> Rule:
        return next(rule for rule in self._checks.rules(rule_id.partition("/")[0]) if rule.id == rule_id)


_own: list[Checks] = []  # of a process that was started for this work


def _begin(checks: Checks) -> None:
    """In a new process: an interrupt is a matter of the one that handed out the work."""
    _own[:] = [checks]
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _of_share(share: list[Unit]) -> list[_Told]:
    return [_travelling(_own[0].of_one_apart(unit)) for unit in share]


def _travelling(report: Report | None) -> _Told:
    """What was found, and the ids of the rules that found it: their code does not travel."""
    if report is None:
        return None
    rules, report.rules = list(report.rules), {}
    return report, rules
