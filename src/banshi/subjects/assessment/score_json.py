"""Assessments as JSON: English keys that do not change, marks and points as decimal text, every reason with its basis."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from banshi.base.money import plain
from banshi.base.text import Lang
from banshi.files.account_of_reading import AccountOfReading, reading_json
from banshi.files.findings import Citation
from banshi.files.law_used import LawUsed
from banshi.law.decisions import Alternative, Decision
from banshi.law.instruments import Placed
from banshi.law.norms import Norm
from banshi.output.json_parts import json_parts
from banshi.output.reports.json_report import citation
from banshi.output.saying import reasons_json
from banshi.subjects.assessment.combining import Combined, RankedWindow
from banshi.subjects.assessment.results import FactUse, Rank, ScoreEntry, ScoreLine, WindowScore, end
from banshi.subjects.assessment.sheets import Annual, Sheets
from banshi.subjects.assessment.what_if_said import what_if_json


def as_json(
    found: Sequence[Sheets],
    annual: Sequence[Annual],
    lang: Lang,
    law: LawUsed | None = None,
    longer: Sequence[Combined] = (),
    reading: AccountOfReading | None = None,
) -> Iterator[str]:
    """Version 1 of the answer in parts; the same input gives the same bytes.

    ``reading``: what was read for it stands first. ``annual``: only where asked for; ``longer``: only where shorter periods make up longer ones, or there are grades.
    """
    whole: dict[str, Any] = {
        "version": 1,
        "law": law and law.as_json(),
        **({"reading": reading_json(reading, lang)} if reading else {}),
        "assessments": (_assessment(each, lang) for each in found),
    }
    if longer:
        whole["periods"] = [_combined(each, lang) for each in longer]
    if annual:
        whole["annual"] = [_annual(each, lang) for each in annual]
    return json_parts(whole)


def _combined(found: Combined, lang: Lang) -> dict[str, Any]:
    return {
        "centre": found.centre,
        "period": str(found.period),
        "from": str(found.period.start),
        "to": str(found.period.end),
        "basis": _cite(found.period.placed),
        "windows": [_combined_row(row, lang) for row in found.rows],
    }


def _combined_row(row: RankedWindow, lang: Lang) -> dict[str, Any]:
    grade = row.grade
    return {
        "id": row.window.id,
        "name": row.window.name,
        "group": row.group,
        "place": row.place,
        **({"places": list(row.places)} if row.places else {}),
        "score": {
            **decided(row.total.decision, lang),
            **(_range(*row.total.ends) if row.places and row.total.ends else {}),
        },
        "vetoes": reasons_json(row.total.vetoes, lang),
        "grade": grade
        and {
            "value": grade.grade.grade if grade.grade else None,
            "name": grade.said.say(lang),
            "reasons": reasons_json(grade.reasons, lang),
        },
    }


def number(value: Decimal | None) -> str | None:
    """A decimal as text without exponent; None stays."""
    return None if value is None else plain(value)


def _assessment(found: Sheets, lang: Lang) -> dict[str, Any]:
    case, quarter = found.case, found.case.period
    return {
        "path": found.path,
        "jurisdiction": case.assessment.jurisdiction,
        "centre": case.assessment.centre,
        "fictional": case.assessment.fictional,
        case.assessment.asked_key: case.assessment.asked,
        "from": str(quarter.start) if quarter else None,
        "to": str(quarter.end) if quarter else None,
        "basis": _cite(quarter.placed) if quarter else None,
        "not_determined": found.no_law.say(lang) if case.law is None else None,
        "ranking": [_rank(rank, lang) for rank in found.ranks],
        "windows": (  # one by one: thousands of windows as dictionaries would take gigabytes
            _window(found, rank.score, lang) for rank in sorted(found.ranks, key=lambda rank: rank.score.index)
        ),
    }


def _rank(rank: Rank, lang: Lang) -> dict[str, Any]:
    score = rank.score
    why = reasons_json([rank.why], lang)[0] if rank.why else None
    span = {"places": [rank.best, rank.worst]} if rank.place is None and rank.best is not None else {}
    return {"place": rank.place, **span, "window": score.window.id, "total": number(score.total.value), "why": why}


def _window(found: Sheets, score: WindowScore, lang: Lang) -> dict[str, Any]:
    asked = {"what_if": what_if_json(found.case, score)} if found.what_if else {}
    return {
        "id": score.window.id,
        "name": score.window.name,
        "kind": score.window.kind,
        "scored": score.scored,
        "total": {**decided(score.total, lang), **_range(score.at_least, score.at_most)},
        "base": decided(score.base, lang),
        "bonus_total": decided(score.bonus_total, lang),
        "deduction_total": decided(score.deduction_total, lang),
        "lines": [_line(line, lang) for line in score.lines],
        "bonus": [_entry(entry, lang) for entry in score.bonus],
        "deductions": [_entry(entry, lang) for entry in score.deductions],
        "not_determined": [line.id for line in score.undetermined],
        "effects": reasons_json(score.effects, lang),
        "notes": reasons_json(score.notes, lang),
        **asked,
    }


def decided(decision: Decision[Decimal], lang: Lang) -> dict[str, Any]:
    """A decision on marks or points."""
    return {
        "value": number(decision.value),
        "reading_dependent": decision.reading_dependent,
        "reasons": reasons_json(decision.reasons, lang),
        "alternatives": [_alternative(other, lang) for other in decision.differing],
    }


def _alternative(other: Alternative[Decimal], lang: Lang) -> dict[str, Any]:
    return {
        "reading": other.reading,
        "option": other.option,
        "value": number(other.value),
        "text": other.text.say(lang),
    }


def _range(at_least: Decimal, at_most: Decimal) -> dict[str, str | None]:
    return {"at_least": number(end(at_least)), "at_most": number(end(at_most))}


def _line(line: ScoreLine, lang: Lang) -> dict[str, Any]:
    return {
        "sub_item": line.id,
        "item": line.placed.norm.item,
        "heading": line.placed.provision.heading,
        "full_marks": number(line.marks),
        "manual": line.placed.norm.manual,
        "mark": {**decided(line.mark, lang), **_range(line.at_least, line.at_most)},
        "facts": [_fact(use) for use in line.facts],
        "basis": _cite(line.placed),
    }


def _fact(use: FactUse) -> dict[str, Any]:
    return {
        "fact": use.slug,
        "name": use.name,
        "said": use.said or None,
        "evidence": use.evidence,
        "where": list(use.route),
    }


def _entry(entry: ScoreEntry, lang: Lang) -> dict[str, Any]:
    return {
        "fact": entry.fact,
        "name": entry.name,
        "group": entry.group,
        "full": number(entry.full),
        "points": number(entry.points),
        "counted": entry.counted,
        "evidence": entry.evidence,
        "where": list(entry.route),
        "reasons": reasons_json(entry.reasons, lang),
        "basis": _cite(entry.placed) if entry.placed else None,
    }


def _annual(found: Annual, lang: Lang) -> dict[str, Any]:
    means = [
        {"id": key, "name": found.names.get(key), "mean": decided(mean, lang)} for key, mean in found.means.items()
    ]
    return {"centre": found.centre, "year": found.year, "windows": means}


def _cite(placed: Placed[Norm]) -> dict[str, str]:
    cited: Citation = placed.cite
    return citation(cited)
