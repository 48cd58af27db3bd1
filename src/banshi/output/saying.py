"""How decisions are printed: the value, the reasons with their provisions, and where other readings lead."""

import json
from collections.abc import Sequence
from typing import Any

from banshi.base.text import Lang
from banshi.files.law_used import LawUsed
from banshi.law.decisions import Alternative, Reason
from banshi.output.reports.json_report import citation


def reasons_json(reasons: Sequence[Reason], lang: Lang) -> list[dict[str, Any]]:
    """Each reason with its basis."""
    return [{"text": r.text.say(lang), "basis": citation(r.basis) if r.basis else None} for r in reasons]


def alternatives_json(alternatives: Sequence[Alternative[Any]], lang: Lang) -> list[dict[str, Any]]:
    """Each reading that leads elsewhere."""
    return [
        {"reading": a.reading, "option": a.option, "value": str(a.value), "text": a.text.say(lang)}
        for a in alternatives
    ]


def reasons_text(reasons: Sequence[Reason], lang: Lang) -> list[str]:
    """One line a reason, with the provision as officials cite it."""
    return [f"  · {r.text.say(lang)}" + (f"（{r.basis.say()}）" if r.basis else "") for r in reasons]


def alternatives_text(alternatives: Sequence[Alternative[Any]], lang: Lang) -> list[str]:
    """One line a reading that leads elsewhere."""
    return [f"  ? {a.text.say(lang)}" for a in alternatives]


def dumped(decisions: list[dict[str, Any]], law: LawUsed) -> str:
    """The decisions as JSON, with the law that was asked; the same input gives the same bytes."""
    return json.dumps({"version": 1, "law": law.as_json(), "decisions": decisions}, ensure_ascii=False, indent=2)
