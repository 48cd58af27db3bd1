"""The tiers of filings, or of figures, as an answer in sections: what is said of them, for every face alike."""

from collections.abc import Iterable
from typing import Any

from msgspec import Struct

from banshi.base.text import NOTHING, Lang, Text
from banshi.files.law_used import LawUsed
from banshi.law.library import Law
from banshi.output.saying import alternatives_json, reasons_json
from banshi.output.sections import LinesSection, Printout, ReasonsSection, Section
from banshi.subjects.change.tiers import TierDecision


class TierAnswer(Struct, frozen=True):
    """What is said of a form, or of figures (``number`` is empty): the tier that it declares, if any; the decision and the law
    that it rests on, or why there is none. ``lawless``: nothing was in force on the day.
    """

    number: str
    declared: str | None
    law: Law | None
    decision: TierDecision | Text
    lawless: bool = False


def tiers_printout(answers: Iterable[TierAnswer], law: LawUsed, *, fictional: bool = False) -> Printout:
    """A section for each; ``fictional``: forms among them are."""
    return Printout(_TIER.zh, NOTHING, sections=[_section(each) for each in answers], fictional=fictional, law=law)


def as_json(answer: TierAnswer, lang: Lang) -> dict[str, Any]:
    """The answer as plain data."""
    decision, head = answer.decision, {"change": answer.number, "declared": answer.declared}
    if answer.law is None or isinstance(decision, Text):
        unknown = decision.say(lang) if isinstance(decision, Text) else ""
        return {**head, "tier": None, "reasons": [{"text": unknown, "basis": None}]}
    return {
        **head,
        "tier": decision.value,
        "possible": list(decision.possible),
        "at_least": decision.least,
        "advice": decision.strictest,
        "reading_dependent": decision.reading_dependent,
        "reasons": reasons_json(decision.reasons, lang),
        "alternatives": alternatives_json(decision.alternatives, lang),
    }


def _section(answer: TierAnswer) -> Section:
    label, decision, law = f"{answer.number}  " if answer.number else "", answer.decision, answer.law
    if law is None or isinstance(decision, Text):
        why = decision if isinstance(decision, Text) else NOTHING
        return LinesSection([Text(f"{label}{_OPEN.zh}：{why.zh}", f"{label}{_OPEN.en}: {why.en}")])
    said = _verdict(law, decision)
    if answer.declared and answer.declared != decision.value:
        declared = law.tier_name(answer.declared)
        said = Text(f"{said.zh}；申报的是 {declared.zh}", f"{said.en}; declared: {declared.en}")
    head = Text(f"{label}{_TIER.zh}：{said.zh}", f"{label}{_TIER.en}：{said.en}")
    strictest = law.tier_name(decision.strictest) if decision.reading_dependent else None
    warning = strictest and Text(
        f"口径不同结论不同，从严为“{strictest.zh}”", f"depends on the reading; strictest: {strictest.en}"
    )
    return ReasonsSection(head, decision.reasons, decision.alternatives, head=head, warning=warning or NOTHING)


def _verdict(law: Law, decision: TierDecision) -> Text:
    """The tier, the tiers that it may be, or the least that it is."""
    if decision.least is not None:
        least = law.tier_name(decision.least)
        return Text(f"至少“{least.zh}”（{decision.least}）", f"at least {least.en} ({decision.least})")
    if decision.value is not None:
        name = law.tier_name(decision.value)
        return Text(f"{name.zh}（{decision.value}）", f"{name.en}（{decision.value}）")
    if not decision.possible:
        return _OPEN
    names, strict = [law.tier_name(tier) for tier in decision.possible], law.tier_name(decision.strictest)
    return Text(
        f"不能判定（可能是 {'、'.join(name.zh for name in names)}；从严为 {strict.zh}）",
        f"not determined (may be {'、'.join(name.en for name in names)}; strictly {strict.en})",
    )


_TIER, _OPEN = Text("应走档次", "tier"), Text("不能判定", "not determined")
