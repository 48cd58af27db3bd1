"""Scenarios of case logs: some cases, and which targets they meet."""

import re
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

from banshi.base.text import Text, listed
from banshi.checking.checker import Checker
from banshi.files.documents import Document
from banshi.files.named_files import named_file
from banshi.files.report import Report
from banshi.files.shape import ShapeProblem
from banshi.law.decisions import Reason
from banshi.law.norms import Target
from banshi.subjects.cases.case_log import CaseLog
from banshi.subjects.cases.judged_target import VERDICTS, JudgedTarget
from banshi.subjects.cases.ranges import percentage
from banshi.subjects.cases.vocabulary import vocabulary
from banshi.subjects.cases.words import MEASURES
from banshi.subjects.scenarios.forms import OPEN, Cases, Expected, TargetExpected
from banshi.subjects.scenarios.in_words import as_file, by_keys, faults, loaded
from banshi.subjects.scenarios.outcomes import UNUSABLE, OutcomeParts, ScenarioOutcome, unusable

_TIMES = ("times", "件数")


def try_cases(document: Document, facts: Cases, expect: Expected, place: str, checker: Checker) -> ScenarioOutcome:
    """Which targets a log meets."""
    report = Report()
    if facts.file is not None:
        path = named_file(document, "scenarios", facts.file, checker.loader.project)
        if isinstance(path, ShapeProblem):
            return unusable(_said(expect), [path.message])
        found = loaded(checker, [path], report) if isinstance(path, Path) else []
    else:
        found = as_file(checker, _log(facts, place, checker), report)
    logs = [each.value for each in found if isinstance(each.value, CaseLog)]
    if (whys := faults(report)) or len(logs) != 1:
        return unusable(_said(expect), whys or [Text("没有办件登记", "no case log")])
    [log] = logs
    parts = OutcomeParts()
    for wanted in expect.targets or ():
        _target(parts, wanted, log)
    return parts.outcome


def _said(expect: Expected) -> str:
    return listed(f"{each.target} {each.verdict or each.value}" for each in expect.targets or ())


def _log(facts: Cases, place: str, checker: Checker) -> dict[str, Any]:
    shapes = checker.loader.shapes
    head = {key: getattr(facts, key) for key in ("as_of", "departments", "signed_projects")}
    rows = []
    for row in facts.rows:
        times = next((int(row[key]) for key in _TIMES if key in row), 1)
        one = {key: value for key, value in row.items() if key not in _TIMES}
        rows += [one] * times
    declared = vocabulary(checker.loader.library, place).flags
    flags = {name: slug for slug, word in declared.items() for name in (f"是否{word.name}", word.name, *word.also)}
    rows = [{flags.get(key, key): value for key, value in row.items()} for row in rows]
    every = by_keys(shapes, "cases", rows, "cases")
    cases = [
        {"id": f"{n:04}", "kind": "other", "department": "本部门", "window": "本窗口", **row}
        for n, row in enumerate(every, 1)
    ]
    level = facts.level or ("county" if "/" in place else "city")
    own = {key: value for key, value in head.items() if value is not None}
    return {"kind": "cases", "jurisdiction": place, "centre": "情景", "level": level, **own, "cases": cases}


def _target(parts: OutcomeParts, wanted: TargetExpected, log: CaseLog) -> None:
    """One target beside what was found of it; none is set for a centre that the law does not address."""
    every = [judged for judged in log.judged if wanted.target in _named(judged.placed.norm)]
    found = [judged for judged in every if wanted.group is None or _group(judged, log) == wanted.group]
    label = f"{wanted.target}{f'（{wanted.group}）' if wanted.group else ''}"
    if log.applies.value is False and log.law and any(wanted.target in _named(p.norm) for p in log.law.all(Target)):
        parts.add(label, wanted.verdict or wanted.value, VERDICTS["not_applicable"].zh, log.applies.reasons)
        return
    if len(found) != 1:
        why = _which(wanted, every or list(log.judged), log)
        parts.add(label, wanted.verdict or wanted.value, UNUSABLE, (*log.applies.reasons, why))
        return
    [judged] = found
    if wanted.verdict is not None:
        verdict = next((name.zh for slug, name in VERDICTS.items() if slug == wanted.verdict), wanted.verdict)
        parts.add(label, verdict, VERDICTS[judged.verdict].zh, judged.met.reasons)
    if wanted.value is not None:
        parts.add(label, _plain(wanted.value), _value(judged), judged.met.reasons)


def _plain(value: str | int) -> str | int:
    """A share as it is printed: 95.0% is 95%."""
    share = re.fullmatch(r"(\d+)\.(\d*?)0*%", str(value))
    return f"{share[1]}{f'.{share[2]}' if share[2] else ''}%" if share else value


def _named(norm: Target) -> tuple[str, ...]:
    return (norm.id, norm.measure, *((MEASURES[norm.measure].zh,) if norm.measure in MEASURES else ()))


def _group(judged: JudgedTarget, log: CaseLog) -> str:
    return judged.group.said(log.words).zh if judged.group else ""


def _which(wanted: TargetExpected, every: list[JudgedTarget], log: CaseLog) -> Reason:
    """Which targets there are to be expected."""
    known = dict.fromkeys(
        f"{judged.placed.norm.id}{f'（{group}）' if (group := _group(judged, log)) else ''}" for judged in every
    )
    zh = f"{wanted.target} 要指明是哪一项（target 写标识，分组的写 group）；有：{listed(known) or '没有'}"
    return Reason(Text(zh, f"which {wanted.target}? there are: {listed(known)}"))


def _value(judged: JudgedTarget) -> str:
    value = judged.value
    if value is None:
        return OPEN
    return percentage(value) if isinstance(value, Fraction) else str(value)


def said(facts: Cases) -> Iterator[str]:
    """The facts in words."""
    if facts.as_of:
        yield f"统计到 {facts.as_of}"
    for row in facts.rows:
        times = next((row[key] for key in _TIMES if key in row), 1)
        told = (
            ("是" if value else "否") if isinstance(value, bool) else str(value)
            for key, value in row.items()
            if key not in _TIMES
        )
        yield f"{times} 件：{' '.join(told)}"
    if facts.file:
        yield f"办件见 {facts.file}"
