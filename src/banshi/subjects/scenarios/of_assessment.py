"""Scenarios of assessment: a window's facts in a period, and its marks, score, grade and place."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from banshi.base.text import Text, did_you_mean, listed
from banshi.checking.checker import Checker
from banshi.files.documents import Document
from banshi.files.named_files import named_file
from banshi.files.report import Report
from banshi.files.shape import ShapeProblem
from banshi.law.assessment_periods import asked
from banshi.law.decisions import Decision, Reason
from banshi.law.library import Law
from banshi.subjects.assessment.case import AssessmentInLaw
from banshi.subjects.assessment.combining import RankedWindow, combined
from banshi.subjects.assessment.names import facts_and_items, headings
from banshi.subjects.assessment.results import WindowScore
from banshi.subjects.assessment.walks import PARTS, SCALES, Scale
from banshi.subjects.scenarios.forms import Assessment, Expected
from banshi.subjects.scenarios.in_words import as_file, by_keys, faults, loaded
from banshi.subjects.scenarios.outcomes import OutcomeParts, ScenarioOutcome, unusable


def try_assessment(
    document: Document, facts: Assessment, expect: Expected, place: str, checker: Checker
) -> ScenarioOutcome:
    """What the facts of a window come to."""
    found = _cases(document, facts, place, checker)
    if whys := [why for why in found if isinstance(why, Text)]:
        return unusable(_said(expect), whys)
    cases = [case for case in found if isinstance(case, AssessmentInLaw)]
    wanted = asked(facts.period)
    own = [case for case in cases if wanted is not None and asked(case.assessment.asked) == wanted]
    longer = [each for each in combined(cases) if each.period.asked == wanted] if cases else []
    law = longer[0].law if longer else own[0].law if own else None
    if law is None:
        no_law = f"{facts.period}：{place} 没有施行中的考核办法，或没有这一期的事实"
        return unusable(_said(expect), [Text(no_law, f"{facts.period}: no measures in force in {place}, or no facts")])
    rows = [row for each in longer for row in each.rows]
    scores = [score for case in own for score in case.scores]
    window = _window(facts, [*(row.window for row in rows), *(score.window for score in scores)])
    if isinstance(window, Text):
        return unusable(_said(expect), [window])
    row = next((row for row in rows if row.window.id == window), None)
    score = next((score for score in scores if score.window.id == window), None)
    return _compared(expect, law, row, score, own[0] if own else None)


def _said(expect: Expected) -> str:
    return listed(f"{key} {getattr(expect, key)}" for key in expect.given)


def _cases(document: Document, facts: Assessment, place: str, checker: Checker) -> list[AssessmentInLaw] | list[Text]:
    """The assessments that hold the facts, or why they cannot be used."""
    report, paths = Report(), [named_file(document, "scenarios", name, checker.loader.project) for name in facts.files]
    if outside := [path.message for path in paths if isinstance(path, ShapeProblem)]:
        return outside
    if facts.files:
        found = loaded(checker, [path for path in paths if isinstance(path, Path)], report)
    else:
        found = as_file(checker, _assessment(facts, place, checker), report)
    cases = [each.value for each in found if isinstance(each.value, AssessmentInLaw)]
    return faults(report) or [why for case in cases for why in _unknown(case)] or cases


def _unknown(case: AssessmentInLaw) -> Iterator[Text]:
    """Facts and sub-items that no norm looks at."""
    if case.book is None:
        return
    items = {placed.norm.id for placed in case.book.sub_items}
    for window in case.assessment.windows:
        for what, given, known in (("事实", window.facts, case.book.sorts), ("小项", window.marks, items)):
            for slug in given:
                scale = next((scale for scale in SCALES if (scale, slug) in case.book.adjustments), None)
                if what == "事实" and scale and slug not in known:
                    yield _one_by_one(case.book.name(slug), slug, scale)
                elif slug not in known:
                    names = [case.book.name(each) for each in known]
                    guess = did_you_mean(slug, names)
                    yield Text(
                        f"没有{what} {slug}。{guess.zh}可用：{listed(names) or '（规定里一个也没有）'}",
                        f"no {slug}; known: {listed(known)}",
                    )


def _one_by_one(name: str, slug: str, scale: Scale) -> Text:
    """Of a bonus or a deduction that is stated like a fact."""
    what, part = SCALES[scale], PARTS[scale]
    return Text(
        f"“{name}”是{what.zh}的情形，写在 facts 里不会计入：逐笔写在 {part} 里，写情形（fact）、日期（on）、事项、件次（count）",
        f"{slug} is a {what.en}, and does not count among the facts: enter each in {part}",
    )


def _assessment(facts: Assessment, place: str, checker: Checker) -> dict[str, Any]:
    windows = by_keys(checker.loader.shapes, "assessment", facts.windows, "windows")
    facts_named, items_named = facts_and_items(checker.loader.library, place)
    for n, window in enumerate(windows, 1):
        own = window.get("id") or window.get("name") or f"窗口{n}"
        window.setdefault("id", own)
        window.setdefault("name", own)
        for key, names in (("facts", facts_named), ("marks", items_named)):
            if isinstance(window.get(key), dict):
                window[key] = {names.get(each, each): value for each, value in window[key].items()}
        for entry in (*window.get("bonus", ()), *window.get("deductions", ())):
            entry["fact"] = facts_named.get(entry.get("fact", ""), entry.get("fact"))
    return {"kind": "assessment", "jurisdiction": place, "centre": "情景", "period": facts.period, "windows": windows}


def _window(facts: Assessment, windows: list[Any]) -> str | Text:
    known = {window.id: window.id for window in windows} | {window.name: window.id for window in windows}
    if facts.window is None and len({window.id for window in windows}) == 1:
        return str(windows[0].id)
    if facts.window in known:
        return str(known[facts.window])
    if facts.window is None:
        return Text("窗口不止一个，要写明看哪一个（window）", "which window (window) is not said")
    guess = did_you_mean(facts.window, known)
    return Text(
        f"没有窗口 {facts.window}。{guess.zh}可用：{listed(known) or '（一个也没有）'}", f"no window {facts.window}"
    )


def _compared(
    expect: Expected, law: Law, row: RankedWindow | None, score: WindowScore | None, case: AssessmentInLaw | None
) -> ScenarioOutcome:
    parts = OutcomeParts()
    total = row.total.decision if row else score.total if score else _NOTHING
    vetoes = row.total.vetoes if row else score.vetoed if score else ()
    parts.add("得分", _figure(expect.score), total.value, (*vetoes, *total.reasons))
    names = headings(law.placed.values())
    titles = {slug: name for name, slug in names.items()}
    lines = {line.id: line.mark for line in score.lines} if score else {}
    for name, mark in (expect.marks or {}).items():
        slug = names.get(name, name)
        own = lines.get(slug, Decision(None, (Reason(Text(f"没有小项 {name}", f"no sub-item {name}")),)))
        parts.add(titles.get(slug, slug), _figure(mark), own.value, own.reasons)
    for label, wanted, key in (("加分", expect.bonus, "bonus"), ("减分", expect.deductions, "deduction")):
        whole: Decision[Decimal] = getattr(score, f"{key}_total") if score else _NOTHING
        entries = (score.bonus if key == "bonus" else score.deductions) if score else ()
        parts.add(label, _figure(wanted), whole.value, (*(r for e in entries for r in e.reasons), *whole.reasons))
    grade = row.grade if row else None
    parts.add("等次", expect.grade, grade.said.zh if grade else "没有等次", grade.reasons if grade else ())
    parts.add("名次", expect.place, _place_of(row, score, case))
    return parts.outcome


_NOTHING: Decision[Decimal] = Decision(None, (Reason(Text("这一期没有这样的得分", "there is no such score")),))
_UNRANKED = "不排名"


def _figure(expected: Any) -> Any:
    """An expected figure as a figure, where it is one."""
    try:
        return None if expected is None else Decimal(str(expected))
    except ArithmeticError:
        return expected


def _place_of(row: RankedWindow | None, score: WindowScore | None, case: AssessmentInLaw | None) -> str:
    """The place as the ranking of the period gives it."""
    if score is not None and case is not None:
        rank = next((rank for rank in case.ranking if rank.score.index == score.index), None)
        place, best, worst = (rank.place, rank.best, rank.worst) if rank else (None, None, None)
    else:
        place, (best, worst) = (row.place, row.places or (None, None)) if row else (None, (None, None))
    if place is None and best is not None:
        return f"{best}–{worst}"
    return _UNRANKED if place is None else str(place)


def said(facts: Assessment, names: Mapping[str, str]) -> Iterator[str]:
    """The facts in words; ``names``: what the ids of the instrument are called."""
    yield f"{facts.period}"
    if facts.window:
        yield f"窗口 {facts.window}"
    for window in facts.windows:
        own = "" if len(facts.windows) == 1 else f"{window.get('name') or window.get('id')}："
        told = (f"{names.get(key, key)} {_told(value)}" for key, value in window.get("facts", {}).items())
        yield own + "、".join(told)
        for key, word in (("bonus", "加分"), ("deductions", "减分")):
            for entry in window.get(key, ()):
                yield f"{word} {names.get(entry.get('fact', ''), entry.get('fact', ''))}"
    if facts.files:
        yield f"事实见 {listed(facts.files)}"


def _told(value: Any) -> str:
    if isinstance(value, bool):
        return "有" if value else "没有"
    if isinstance(value, dict) and "of" in value:
        return f"{value.get('count')}/{value['of']}"
    return str(value.get("count", value.get("amount", ""))) if isinstance(value, dict) else str(value)
