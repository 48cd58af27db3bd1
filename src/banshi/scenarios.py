"""Scenarios: facts, a day, and what should come of them, written by people who write rules; tried with the law as it is."""

import datetime
import json
import re
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from banshi.change.deadlines import due
from banshi.change.figures import Figures, unknown_names
from banshi.change.filing import SUBJECT as CHANGE
from banshi.change.publicity import publicity_end
from banshi.change.tiers import TierDecision, decide_tier
from banshi.checking import Checker
from banshi.decisions import Decision, Reason
from banshi.documents import Document
from banshi.files import read_bytes
from banshi.folders import POLICIES
from banshi.instruments import Label
from banshi.library import Law
from banshi.limits import MAX_BYTES
from banshi.loaded import LoadedFile, Report
from banshi.loading import Loader
from banshi.locating import from_shape
from banshi.named_files import named_file
from banshi.shape import ShapeProblem
from banshi.text import Text, did_you_mean, listed

SUBJECT = "scenario"
OPEN = "不能判定"
FOLDERS = ("tests", POLICIES)  # of a project, where scenarios are looked for
_KIND = re.compile(rf"^[\"']?kind[\"']?\s*:\s*[\"']?{SUBJECT}\b".encode(), re.M)


class Due(msgspec.Struct, frozen=True, kw_only=True):
    """A step (name or id), and the days from which its limit is counted."""

    step: str
    complete_on: datetime.date
    accepted_on: datetime.date | None = None
    major: bool = False


class Publicity(msgspec.Struct, frozen=True, kw_only=True):
    """Since when a change is public, and of which tier it is (name or id), where that matters."""

    started_on: datetime.date
    tier: str | None = None


class Expected(msgspec.Struct, frozen=True, kw_only=True):
    """A tier (name or id), a last day, or rules whose findings there are: no others. ``不能判定`` may be expected too."""

    tier: str | None = None
    until: str | None = None
    findings: tuple[str, ...] | None = None


class Scenario(msgspec.Struct, frozen=True, kw_only=True):
    """One case: exactly one of ``tier``, ``due``, ``publicity``, ``filing`` and ``file`` holds its facts."""

    name: str
    expect: Expected
    on: datetime.date | None = None
    tier: Figures | None = None
    due: Due | None = None
    publicity: Publicity | None = None
    filing: dict[str, Any] | None = None
    file: str | None = None


class Scenarios(msgspec.Struct, frozen=True, kw_only=True):
    """A file of scenarios, of one jurisdiction; ``about``: the instrument on whose guide they are shown."""

    kind: str
    jurisdiction: str
    scenarios: tuple[Scenario, ...]
    about: str | None = None
    fictional: bool = False


@dataclass(frozen=True, slots=True)
class Tried:
    """A scenario as it came out: what was expected, what was found (in words), and why."""

    document: Document
    index: int
    scenario: Scenario
    expected: str
    found: str
    reasons: tuple[Reason, ...] = ()

    @property
    def holds(self) -> bool:
        """Whether what was found is what was expected."""
        return self.expected == self.found

    @property
    def line(self) -> int:
        """Where it stands in its file."""
        return self.document.place(("scenarios", self.index)).line


def files_in(folder: Path) -> list[Path]:
    """The files of scenarios in a folder and below it, in order; links are not followed."""
    return [path for path in sorted(folder.rglob("*.y*ml")) if _is_one(path)]


def _is_one(path: Path) -> bool:
    try:
        return not path.is_symlink() and path.is_file() and bool(_KIND.search(read_bytes(path, MAX_BYTES)))
    except (OSError, ValueError):
        return False


def to_scenarios(data: Any) -> Scenarios:
    """Typed scenarios from plain data that has passed its schema. Raises ``msgspec.ValidationError``."""
    own = {key: value for key, value in data.items() if key != "$schema"}
    return msgspec.convert(own, Scenarios, strict=False)


def load(document: Document, _loader: Loader, report: Report) -> Iterator[LoadedFile]:
    """A file of scenarios. Raises ``msgspec.ValidationError``."""
    found = to_scenarios(document.data)
    wrong = [(index, why) for index, each in enumerate(found.scenarios) if (why := _unfit(each))]
    for index, why in wrong:
        report.findings.append(from_shape(document, ShapeProblem("shape/wrong-value", ("scenarios", index), why)))
    if not wrong:
        yield LoadedFile(SUBJECT, found, document)


# What the facts of a scenario may be, and under which key their outcome is expected.
_OUTCOMES = {"tier": "tier", "due": "until", "publicity": "until", "filing": "findings", "file": "findings"}


def _unfit(scenario: Scenario) -> Text | None:
    """Why a scenario cannot be tried as it is written."""
    given = [key for key in _OUTCOMES if getattr(scenario, key) is not None]
    if len(given) != 1:
        several = "、".join(_OUTCOMES)
        return Text(f"事实要写、也只能写一种：{several}", f"give exactly one of {', '.join(_OUTCOMES)}")
    wanted = _OUTCOMES[given[0]]
    if getattr(scenario.expect, wanted) is None:
        return Text(
            f"{given[0]} 的应得结果写在 expect 的 {wanted}", f"what {given[0]} leads to is expected under {wanted}"
        )
    if given == ["tier"] and scenario.on is None:
        return Text("要写明日期（on）：按哪一天的规定", "on is missing: the law of which day?")
    until = scenario.expect.until
    if until is not None and until != OPEN and not _is_day(until):
        return Text(f"until 应是 YYYY-MM-DD 或 {OPEN}，写的是 {until}", f"until is a date or {OPEN}, not {until}")
    return None


def _is_day(text: str) -> bool:
    try:
        return datetime.date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def tried(document: Document, found: Scenarios, checker: Checker) -> Iterator[Tried]:
    """Every scenario of a file, tried with the law and the rules of a checker."""
    for index, scenario in enumerate(found.scenarios):
        expected, came, reasons = _try(document, found, scenario, checker)
        yield Tried(document, index, scenario, expected, came, reasons)


_Outcome = tuple[str, str, tuple[Reason, ...]]  # expected, found, why


def _try(document: Document, found: Scenarios, scenario: Scenario, checker: Checker) -> _Outcome:
    if scenario.filing is not None or scenario.file is not None:
        return _filing(document, scenario, checker)
    day = _day_of(scenario)
    law = checker.loader.library.at(day, found.jurisdiction).law(CHANGE)
    if law is None:
        why = Text(
            f"{day} 在 {found.jurisdiction} 没有施行中的工程变更文件",
            f"no instrument on changes in force in {found.jurisdiction} on {day}",
        )
        return _expected(scenario), OPEN, (Reason(why),)
    if scenario.tier is not None:
        return _tier(law, scenario, scenario.tier)
    return _until(law, scenario, checker, found.jurisdiction)


def _day_of(scenario: Scenario) -> datetime.date:
    if scenario.on:
        return scenario.on
    if scenario.due:
        return scenario.due.complete_on
    assert scenario.publicity is not None  # ``_unfit`` has looked
    return scenario.publicity.started_on


def _expected(scenario: Scenario) -> str:
    wanted = scenario.expect
    return wanted.tier or wanted.until or listed(sorted(wanted.findings or ())) or "没有问题"


def _tier(law: Law, scenario: Scenario, figures: Figures) -> _Outcome:
    wanted = scenario.expect.tier or ""
    tiers = _tiers(law)
    if wanted != OPEN:
        if wrong := _no_such(wanted, tiers, "档次"):
            return wanted, OPEN, (Reason(wrong),)
        wanted = tiers[_id(wanted, tiers)].name
    figures = _by_id(law, figures)
    if unknown := unknown_names(law, figures):
        return wanted, OPEN, (Reason(unknown),)
    decision: TierDecision = decide_tier(law, figures.question)
    return wanted, OPEN if decision.value is None else tiers[decision.value].name, decision.reasons


def _by_id(law: Law, figures: Figures) -> Figures:
    """Figures whose class and criteria are ids, where they are written by their names."""
    named = {label.name: key for table in (law.criteria, law.classes) for key, label in table.items()}
    criteria = None if figures.criteria is None else tuple(named.get(each, each) for each in figures.criteria)
    kind = figures.change_class
    return msgspec.structs.replace(figures, criteria=criteria, change_class=named.get(kind, kind) if kind else kind)


def _until(law: Law, scenario: Scenario, checker: Checker, place: str) -> _Outcome:
    days, wanted = checker.loader.days.in_place(place), scenario.expect.until or ""
    if scenario.due:
        asked = scenario.due
        steps = {step: label for version in law.versions for step, label in version.steps.items()}
        if wrong := _no_such(asked.step, steps, "环节"):
            return wanted, OPEN, (Reason(wrong),)
        step = _id(asked.step, steps)
        by = due(law, days, step, asked.complete_on, asked.accepted_on, major=asked.major)
        return wanted, _day(by), by.reasons
    assert scenario.publicity is not None
    tier, tiers = scenario.publicity.tier, _tiers(law)
    if tier is not None and (wrong := _no_such(tier, tiers, "档次")):
        return wanted, OPEN, (Reason(wrong),)
    decision = publicity_end(law, days, scenario.publicity.started_on, None if tier is None else _id(tier, tiers))
    return wanted, _day(decision), decision.reasons


def _day(decision: Decision[datetime.date]) -> str:
    return OPEN if decision.value is None else decision.value.isoformat()


def _filing(document: Document, scenario: Scenario, checker: Checker) -> _Outcome:
    """The rules whose findings a filing has."""
    with tempfile.TemporaryDirectory(prefix="banshi-") as folder:
        if scenario.file is not None:
            path = named_file(document, "scenarios", scenario.file)
            if isinstance(path, ShapeProblem):
                return _expected(scenario), OPEN, (Reason(path.message),)
        else:
            path = Path(folder) / "filing.yaml"
            path.write_text(json.dumps(scenario.filing, ensure_ascii=False, default=str), encoding="utf-8")
        before, checker.loader.as_of = checker.loader.as_of, scenario.on
        try:
            report = checker.check([path])
        finally:
            checker.loader.as_of = before
    reasons = tuple(Reason(f.message, next(iter(f.basis), None)) for f in report.findings)
    return _expected(scenario), listed(sorted({f.rule for f in report.findings})) or "没有问题", reasons


def _tiers(law: Law) -> dict[str, Label]:
    return {tier: label for version in law.versions for tier, label in version.tiers.items()}


def _id(word: str, table: Mapping[str, Label]) -> str:
    return word if word in table else next(key for key, label in table.items() if word == label.name)


def _no_such(word: str, table: Mapping[str, Label], what: str) -> Text | None:
    known = [*table, *(label.name for label in table.values())]
    if word in known:
        return None
    names = listed(label.name for label in table.values())
    return Text(f"没有{what} {word}。{did_you_mean(word, known).zh}可用：{names}", f"no {word}; known: {names}")
