"""A log's figures for programs."""

import json
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from banshi.base.text import Lang
from banshi.files.account_of_reading import AccountOfReading, reading_json
from banshi.files.law_used import LawUsed
from banshi.output.reports.json_report import citation
from banshi.output.saying import alternatives_json, reasons_json
from banshi.subjects.cases.case_log import CaseLog
from banshi.subjects.cases.judged_target import VERDICTS, JudgedTarget
from banshi.subjects.cases.measures import MEASURES, CaseShare, Left
from banshi.subjects.cases.ranges import count_range, percentage, rate_range
from banshi.subjects.cases.summary import GroupFigures, tables, total


def log_json(log: CaseLog, lang: Lang, law: LawUsed | None = None, reading: AccountOfReading | None = None) -> str:
    """Everything, with exact counts; rates as hits and of. ``reading``: what was read for it stands first."""
    return _written({**_begun(lang, law, reading), **_log_data(log, lang)})


def logs_json(
    logs: Sequence[CaseLog], lang: Lang, law: LawUsed | None = None, reading: AccountOfReading | None = None
) -> str:
    """The same of several logs, each with its files."""
    each = [{"files": list(log.files), **_log_data(log, lang)} for log in logs]
    return _written({**_begun(lang, law, reading), "logs": each})


def _begun(lang: Lang, law: LawUsed | None, reading: AccountOfReading | None) -> dict[str, Any]:
    read = {"reading": reading_json(reading, lang)} if reading else {}
    return {"version": 1, "law": law and law.as_json(), **read}


def _written(data: dict[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False, indent=2)


def _log_data(log: CaseLog, lang: Lang) -> dict[str, Any]:
    return {
        "centre": log.log.centre,
        "jurisdiction": log.log.jurisdiction,
        "level": log.log.level,
        "as_of": str(log.as_of) if log.as_of else None,
        "total": _row_json(total(log)),
        "by": {name: [_row_json(row) for row in found] for name, found in tables(log)},
        "applies": {"value": log.applies.value, "reasons": reasons_json(log.applies.reasons, lang)},
        "targets": [_judged_json(judged, lang) for judged in log.judged],
        "overdue": {"count": log.overdue_count, "cases": _overdue_json(log)},
        "not_counted": _left_out(log.left),
    }


def _row_json(row: GroupFigures) -> dict[str, Any]:
    shares = {name: _share_json(found, rate=MEASURES[name].rate) for name, found in row.shares.items()}
    return {"key": row.key, "name": row.name.zh, "cases": row.cases, "finished": row.finished, **shares}


def _share_json(found: CaseShare, *, rate: bool) -> dict[str, Any]:
    unstated: dict[str, Any] = {"not_stated": found.unsure + found.outside}
    if found.left:
        unstated["range"] = rate_range(found) if rate else count_range(found)
    if not rate:
        return {"count": found.hits, **unstated}
    return {
        "count": found.hits,
        "of": found.of,
        **unstated,
        "percent": percentage(found.value) if found.value is not None else None,
    }


def _judged_json(judged: JudgedTarget, lang: Lang) -> dict[str, Any]:
    norm = judged.placed.norm
    value = judged.value
    group = (
        {"group": {key: value or None if value == "" else value for key, value in judged.group.key}}
        if judged.group
        else {}
    )
    return {
        "norm": norm.id,
        **group,
        "measure": norm.measure,
        "cases": list(norm.cases),
        "target": norm.bound.phrase({}) if norm.bound else None,
        "soft": norm.soft,
        "verdict": judged.verdict,
        "verdict_name": VERDICTS[judged.verdict].say(lang),
        "count": judged.share.hits,
        "of": judged.share.of,
        "not_stated": judged.share.unsure + judged.share.outside,
        "not_read": _left_json(judged.share),
        "value": percentage(value) if isinstance(value, Fraction) else value,
        "basis": citation(judged.placed.cite),
        "reasons": reasons_json(judged.met.reasons, lang),
        "reading_dependent": judged.met.reading_dependent,
        "alternatives": alternatives_json(judged.met.alternatives, lang),
    }


def _left_json(found: CaseShare) -> dict[str, Any] | None:
    return _left_out(found.left) if found.left else None


def _left_out(left: Left) -> dict[str, Any]:
    counts = {"unreadable": left.unread, "twice": left.twice, "unknown_number": left.open, "doubtful": left.doubtful}
    beside = left.elsewhere + left.strange
    return {**counts, "in_another_log": beside} if beside else counts


def _overdue_json(log: CaseLog) -> list[dict[str, Any]]:
    return [
        {
            "id": noted.case.id,
            "department": noted.case.department,
            "window": noted.case.window,
            "due_on": str(noted.case.limit),
            "finished_on": str(log.finished(noted)) if log.finished(noted) else None,
            "days": log.days_late(noted),
            "only_promised": log.late_on_promise_only(noted),
        }
        for noted in log.overdue
    ]
