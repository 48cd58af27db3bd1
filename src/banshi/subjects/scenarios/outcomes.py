"""What came of a scenario, beside what was expected of it."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from banshi.base.money import plain
from banshi.base.text import Text
from banshi.law.decisions import Reason
from banshi.subjects.scenarios.forms import OPEN

UNUSABLE = "事实不能用"  # never what is expected


class ScenarioOutcome(NamedTuple):
    """What is expected, what was found (both in the same words), and why."""

    expected: str
    found: str
    reasons: Sequence[Reason] = ()


class OutcomeParts:
    """An outcome of several parts, each with its label; only what is expected is looked at."""

    def __init__(self) -> None:
        """Without parts yet."""
        self._expected: list[str] = []
        self._found: list[str] = []
        self.reasons: list[Reason] = []

    def add(self, label: str, expected: Any, found: Any, reasons: Iterable[Reason] = ()) -> None:
        """A part; values as ``said`` says them. Not added where nothing is expected."""
        if expected is None:
            return
        self._expected.append(f"{label} {said(expected)}".strip())
        self._found.append(f"{label} {said(found)}".strip())
        self.reasons += [reason for reason in reasons if reason not in self.reasons]

    @property
    def outcome(self) -> ScenarioOutcome:
        """All parts together."""
        return ScenarioOutcome("；".join(self._expected), "；".join(self._found), tuple(self.reasons))


def said(value: Any) -> str:
    """A value in words: None is not determined; noughts at the end of a figure do not matter."""
    if value is None:
        return OPEN
    if isinstance(value, Decimal):
        return plain(value.normalize())
    return str(value)


def unusable(expected: str, whys: Iterable[Text]) -> ScenarioOutcome:
    """Facts that cannot be used, and why."""
    return ScenarioOutcome(expected, UNUSABLE, tuple(Reason(why) for why in whys))
