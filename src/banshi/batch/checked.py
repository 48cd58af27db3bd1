"""A check of lines that was not finished: what came of their first parts, noted beside the report that is to be written."""

import hashlib
from collections import Counter
from collections.abc import Iterator

import msgspec

from banshi.batch.state import CHANGED, Digest, NotResumed, State
from banshi.checking.checker import Checker
from banshi.files.findings import Finding, Findings, Severity
from banshi.files.report import Report
from banshi.files.units import SomeLines, Unit


class Checked(msgspec.Struct):
    """What came of some lines. ``rules``: ids of those that found something; ``told``: the names (in brief) told of."""

    path: str
    digest: str  # of the lines
    files: int
    failed: bool
    listed: list[Finding]
    left: dict[str, dict[Severity, int]]
    at_least: list[str]
    rules: list[str]
    told: list[bytes]
    asked: list[tuple[str, str]] = []  # the texts of law that were asked by then


class Unfinished:
    """Takes over what a run before has judged of lines, and notes what this one does."""

    def __init__(self, state: State[Checked]) -> None:
        """``state``: begun, or resumed."""
        self._state = state
        self._judged: Iterator[Checked] | None = state.shares()
        self._notes = True

    def taken(self, unit: Unit, checker: Checker) -> Report | None:
        """What came of the next lines; None from the first on that were not judged. Raises ``NotResumed``."""
        share = next(self._judged, None) if self._judged else None
        if share is None:
            self._judged = None
            return None
        if not isinstance(unit, SomeLines) or (share.path, share.digest) != (unit.path.as_posix(), _digest(unit)):
            raise NotResumed(CHANGED)
        checker.loader.tellings.recall(share.told)
        checker.loader.library.asked.update(share.asked)
        return _report(share, checker)

    def note(self, unit: Unit, report: Report, checker: Checker) -> None:
        """One more is judged. From the first on that others bear on in another way than by what they tell of, none is noted."""
        told = checker.loader.tellings.briefs()
        aside = report.reading.taken or report.reading.aside or checker.loader.told
        self._notes &= isinstance(unit, SomeLines) and unit.problem is None and not aside
        if self._notes:
            assert isinstance(unit, SomeLines)
            found = report.findings
            self._state.add(
                Checked(
                    unit.path.as_posix(),
                    _digest(unit),
                    report.files,
                    report.failed,
                    list(found),
                    {path: dict(counts) for path, counts in found.left.items()},
                    sorted(found.cut_short),
                    list(report.rules),
                    told,
                    sorted(checker.loader.library.asked),
                )
            )


def _digest(unit: SomeLines) -> str:
    return Digest().after(unit)


def key_of(*parts: object) -> str:
    """Of everything that a check rests on."""
    return hashlib.sha256(repr(parts).encode()).hexdigest()


def _report(share: Checked, checker: Checker) -> Report:
    found = Findings(share.listed, checker.loader.most)
    for path, counts in share.left.items():
        found.left[path] = Counter(counts)
    found.cut_short.update(share.at_least)
    report = Report(found, share.files, share.failed)
    report.rules = {rule_id: checker.rule(rule_id) for rule_id in share.rules}
    return report
