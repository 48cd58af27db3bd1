"""Tiers of many forms counted: how they stand to those that were declared, by tier, jurisdiction and month."""

from collections.abc import Iterable

from banshi.base.text import Text
from banshi.files.findings import UNKNOWN, About
from banshi.files.not_stated import NotStated
from banshi.output.summaries import CountedFindings, Sorts
from banshi.subjects.change.filing import FiledForm
from banshi.subjects.change.tiers import TierDecision

SORTS = Sorts(
    Text("应走档次汇总", "Tiers in summary"),
    "outcomes",
    {
        "same": Text("与申报相同", "as declared"),
        "stricter": Text("应走更严的", "stricter than declared"),
        "looser": Text("申报偏严", "looser than declared"),
        "other": Text("申报的档次不认识", "declared tier not known"),
        "open": Text("不能判定", "not determined"),
    },
    {
        "tier": Text("按应走档次", "by tier"),
        "declared": Text("按申报档次", "by declared tier"),
        "jurisdiction": Text("按辖区", "by jurisdiction"),
        "month": Text("按月份", "by month"),
    },
    Text("没有报批表", "no forms"),
)


def tiers_counted(decided: Iterable[tuple[FiledForm, TierDecision | Text]]) -> CountedFindings:
    """Forms with the tier that each needs, or why there is none."""
    counted = CountedFindings(SORTS)
    for case, decision in decided:
        about = _about(case)
        tier = decision.value if isinstance(decision, TierDecision) else None
        counted.add(_outcome(decision, about.tier), (tier or "", about.tier, about.jurisdiction, about.month))
    return counted


def _about(case: FiledForm) -> About:
    try:
        return case.about
    except NotStated:
        return UNKNOWN


def _outcome(decision: TierDecision | Text, declared: str) -> str:
    if isinstance(decision, Text) or decision.value is None:
        return "open"
    if declared == decision.value:
        return "same"
    if declared not in decision.order:
        return "other"
    return "stricter" if decision.looser(declared, decision.value) else "looser"
