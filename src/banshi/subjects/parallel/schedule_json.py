"""A schedule for programs."""

from typing import Any

from banshi.base.text import Lang
from banshi.files.not_stated import if_stated
from banshi.law.decisions import Decision
from banshi.output.saying import reasons_json
from banshi.subjects.parallel.answer import ScheduleAnswer
from banshi.subjects.parallel.combined import kinds_not_counted
from banshi.subjects.parallel.savings import Saving
from banshi.subjects.parallel.schedule import Plan
from banshi.subjects.parallel.schedule_rows import ScheduleRow, rows


def as_json(found: ScheduleAnswer, lang: Lang) -> dict[str, Any]:
    """One case; dates as ``YYYY-MM-DD``, null where not determined."""
    case = found.file.case
    return {
        "case": if_stated(lambda: case.id),
        "name": if_stated(lambda: case.name),
        "starts_on": str(case.starts_on),
        "as_of": _day(found.file.as_of),
        "plan": _plan(found.plan),
        "stands": _plan(found.stands),
        "one_after_another": _plan(found.serial),
        "saved": _saving(found.saved, lang),
        "saved_by_promise": _saving(found.saved_by_promise, lang),
        "items": [_item(row) for row in rows(found)],
        "holdups": [{"item": h.item, "status": h.status, "text": h.text.say(lang)} for h in found.holdups],
        "combined_limit": [
            {
                "span": span.name,
                "working_days": span.length,
                "verdict": decision.value,
                "reasons": reasons_json(decision.reasons, lang),
            }
            for span, decision in found.combined
        ],
        "not_counted": {
            "values": kinds_not_counted(found.file),
            "reasons": reasons_json([found.not_counted] if found.not_counted else [], lang),
        },
        "notes": reasons_json(found.notes, lang),
    }


def _plan(plan: Plan) -> dict[str, Any]:
    return {"ends_on": _day(plan.ends_on), "working_days": plan.length, "path": list(plan.path)}


def _saving(decision: Decision[Saving], lang: Lang) -> dict[str, Any]:
    value = decision.value
    said = {"days": value.days, "percent": None if value.percent is None else str(value.percent)} if value else None
    return {"value": said, "reasons": reasons_json(decision.reasons, lang)}


def _item(row: ScheduleRow) -> dict[str, Any]:
    slot, item = row.slot, row.item
    return {
        "item": item.id,
        "name": item.name,
        "department": item.department,
        "stage": item.stage,
        "limit": {"days": slot.limit.days, "unit": slot.limit.unit} if slot.limit else None,
        "accepted": _day(slot.accepted),
        "due": _day(slot.due),
        "finished": _day(slot.finished),
        "expected": _day(slot.end),
        "status": row.status,
        "slack": slot.slack,
        "critical": slot.critical,
        "on_path": row.on_path,
        "requires": list(item.requires),
    }


def _day(day: object) -> str | None:
    return None if day is None else str(day)
