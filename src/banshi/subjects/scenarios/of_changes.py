"""Scenarios of changes: an approval tier, a last day, or the findings of a filing."""

import datetime
import json
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from banshi.base.money import yuan
from banshi.base.text import listed
from banshi.checking.checker import Checker
from banshi.files.documents import Document
from banshi.files.named_files import named_file
from banshi.files.shape import ShapeProblem
from banshi.law.decisions import Decision, Reason
from banshi.law.library import Law
from banshi.law.norms import called
from banshi.subjects.change.deadlines import due, of_no_use
from banshi.subjects.change.figures import STEP, TIER, Figures, by_id, contradiction, id_of, no_such, unknown_names
from banshi.subjects.change.filing import SUBJECT as CHANGE
from banshi.subjects.change.no_law import no_law
from banshi.subjects.change.publicity import not_public, publicity_end
from banshi.subjects.change.tiers import TierDecision, decide_tier
from banshi.subjects.scenarios.forms import OPEN, Scenario
from banshi.subjects.scenarios.outcomes import UNUSABLE, ScenarioOutcome


def try_change(document: Document, place: str, scenario: Scenario, checker: Checker) -> ScenarioOutcome:
    """What the facts of a change come to."""
    if scenario.filing is not None or scenario.file is not None:
        return _filing(document, scenario, checker)
    day = _day_of(scenario)
    law = checker.loader.library.at(day, place).law(CHANGE)
    if law is None:
        why = no_law(checker.loader.library, day, place)
        return ScenarioOutcome(_expected(scenario), OPEN, (Reason(why),))
    if scenario.tier is not None:
        return _tier(law, scenario, scenario.tier)
    return _until(law, scenario, checker, place)


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


def _tier(law: Law, scenario: Scenario, figures: Figures) -> ScenarioOutcome:
    wanted = scenario.expect.tier or ""
    tiers = law.tier_labels
    if wanted != OPEN:
        if wrong := no_such(wanted, tiers, TIER):
            return ScenarioOutcome(wanted, OPEN, (Reason(wrong),))
        wanted = tiers[id_of(wanted, tiers) or wanted].name
    figures = by_id(law, figures)
    if unknown := unknown_names(law, figures) or contradiction(figures):
        return ScenarioOutcome(wanted, UNUSABLE, (Reason(unknown),))
    decision: TierDecision = decide_tier(law, figures.question)
    return ScenarioOutcome(wanted, OPEN if decision.value is None else tiers[decision.value].name, decision.reasons)


def _until(law: Law, scenario: Scenario, checker: Checker, place: str) -> ScenarioOutcome:
    days, wanted = checker.loader.days.in_place(place), scenario.expect.until or ""
    if scenario.due:
        asked = scenario.due
        if wrong := no_such(asked.step, law.steps, STEP):
            return ScenarioOutcome(wanted, UNUSABLE, (Reason(wrong),))
        step = id_of(asked.step, law.steps) or asked.step
        accepted, received = asked.accepted_on, asked.received_on
        by = due(law, days, step, asked.complete_on, accepted, received_on=received, major=asked.major)
        idle = of_no_use(by, received_on=received, accepted_on=accepted)
        return ScenarioOutcome(wanted, _day(by), (*by.reasons, *idle))
    assert scenario.publicity is not None
    tier, tiers = scenario.publicity.tier, law.tier_labels
    if tier is not None and (wrong := no_such(tier, tiers, TIER)):
        return ScenarioOutcome(wanted, UNUSABLE, (Reason(wrong),))
    tier = id_of(tier, tiers) if tier else None
    if nothing := not_public(law, tier):
        return ScenarioOutcome(wanted, OPEN, (Reason(nothing),))
    decision = publicity_end(law, days, scenario.publicity.started_on, tier)
    return ScenarioOutcome(wanted, _day(decision), decision.reasons)


def _day(decision: Decision[datetime.date]) -> str:
    return OPEN if decision.value is None else decision.value.isoformat()


def _filing(document: Document, scenario: Scenario, checker: Checker) -> ScenarioOutcome:
    """The rules whose findings a filing has."""
    with tempfile.TemporaryDirectory(prefix="banshi-") as folder:
        if scenario.file is not None:
            path = named_file(document, "scenarios", scenario.file, checker.loader.project)
            if isinstance(path, ShapeProblem):
                return ScenarioOutcome(_expected(scenario), UNUSABLE, (Reason(path.message),))
        else:
            path = Path(folder) / "filing.yaml"
            path.write_text(json.dumps(scenario.filing, ensure_ascii=False, default=str), encoding="utf-8")
        before, checker.loader.as_of = checker.loader.as_of, scenario.on
        try:
            report = checker.check([path])
        finally:
            checker.loader.as_of = before
    reasons = tuple(Reason(f.message, next(iter(f.basis), None)) for f in report.findings)
    return ScenarioOutcome(
        _expected(scenario), listed(sorted({f.rule for f in report.findings})) or "没有问题", reasons
    )


def said(scenario: Scenario, names: Mapping[str, str]) -> Iterator[str]:
    """The facts in words; ``names``: what the ids of the instrument are called."""
    if scenario.tier:
        for key, name in _FIGURES.items():
            if (amount := getattr(scenario.tier, key)) is not None:
                yield f"{name} {yuan(amount)}"
        if scenario.tier.criteria:
            yield f"符合 {listed(called(names, 'criteria', one) for one in scenario.tier.criteria)}"
        if scenario.tier.change_class:
            yield f"类别 {called(names, 'classes', scenario.tier.change_class)}"
    if scenario.due:
        yield f"“{called(names, 'steps', scenario.due.step)}”的资料 {scenario.due.complete_on} 齐备"
        if scenario.due.received_on:
            yield f"{scenario.due.received_on} 收件"
        if scenario.due.accepted_on:
            yield f"{scenario.due.accepted_on} 接受"
        if scenario.due.major:
            yield "是重大设计变更"
    if scenario.publicity:
        of = f"（{called(names, 'tiers', scenario.publicity.tier)}）" if scenario.publicity.tier else ""
        yield f"{scenario.publicity.started_on} 开始公示{of}"
    if scenario.file:
        yield f"见 {scenario.file}"


_FIGURES = {
    "bid_price": "中标价",
    "contract_price": "合同价",
    "provisional_sum": "其中暂列金",
    "net": "本次净额",
    "cumulative": "累计净额",
    "increase": "增加额",
    "decrease": "减少额",
    "cumulative_increase": "累计增加额",
    "cumulative_decrease": "累计减少额",
}
