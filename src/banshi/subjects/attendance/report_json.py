"""The account as plain data for other programs."""

from typing import Any

from banshi.base.money import plain
from banshi.base.text import Lang
from banshi.law.instruments import Placed
from banshi.law.norms import Record, called
from banshi.output.reports.json_report import citation
from banshi.output.saying import alternatives_json, reasons_json
from banshi.subjects.attendance.account import Account, LeaveFault, PersonAccount
from banshi.subjects.attendance.breaches import Breach
from banshi.subjects.attendance.conversion import Converted
from banshi.subjects.attendance.cover import WindowAccount
from banshi.subjects.attendance.factors import FactorDecision
from banshi.subjects.attendance.irregular import Irregularity
from banshi.subjects.attendance.quotas import QuotaUse


def account_json(found: Account, lang: Lang) -> dict[str, Any]:
    """The account of one register and period; people and windows come as they are asked for (see ``json_parts``)."""
    days = found.period.value
    return {
        "centre": found.case.register.centre,
        "period": days and {"per": days.per, "label": days.label, "from": str(days.start), "to": str(days.end)},
        "period_reasons": reasons_json(found.period.reasons, lang),
        "people": (_person_json(person, lang) for person in found.people),
        "windows": (_window_json(window) for window in found.windows),
        "order_among_equals": _order_json(found, lang),
        "not_determined": reasons_json(found.undetermined, lang),
        "to_hand_in": [_handed_in(placed) for placed in _of_period(found)],
    }


_EACH = {"month": "every_month", "quarter": "every_quarter", "year": "every_year"}


def _of_period(found: Account) -> list[Placed[Record]]:
    """The norms on papers that are handed in for each period of this sort."""
    days = found.period.value
    rules = found.case.book.at(days.end) if days else None
    return [p for p in rules.all(Record) if p.norm.when == _EACH.get(days.per)] if days and rules else []


def _handed_in(placed: Placed[Record]) -> dict[str, Any]:
    norm, names = placed.norm, placed.version.names
    return {
        "papers": [called(names, "papers", paper) for paper in norm.papers],
        "by": norm.by and called(names, "offices", norm.by),
        "to": norm.filed_with and called(names, "offices", norm.filed_with),
        "basis": citation(placed.cite),
    }


def _order_json(found: Account, lang: Lang) -> dict[str, Any] | None:
    order = found.order
    if order is None:
        return None
    places = [
        {
            "place": s.place,
            "staff": list(s.staff),
            "times": plain(s.times),
            "days": plain(s.days),
            "unordered_with_some": s.unclear,
        }
        for s in order.value or ()
    ]
    return {"determined": order.determined, "places": places, "reasons": reasons_json(order.reasons, lang)}


def _person_json(person: PersonAccount, lang: Lang) -> dict[str, Any]:
    return {
        "staff": person.person.id,
        "days": person.days,
        "normal": person.normal,
        "irregular": person.by_type,
        "not_judged": [{"day": str(day), "unread": sorted(parts)} for day, parts in sorted(person.open.items())],
        "leave_complete": not person.leave_open,
        "leave": {kind: plain(days) for kind, days in sorted(person.leave.items())},
        "times": dict(sorted(person.times.items())),
        "factors": [_factor_json(factor, lang) for factor in person.factors],
        "exceptions": [_irregular_json(each, lang) for each in person.irregular],
        "leave_faults": [_fault_json(fault, lang) for fault in person.faults],
        "quotas": [_quota_json(use) for use in person.quotas],
        **({"converted": [_converted_json(each, lang) for each in person.converted]} if person.converted else {}),
        "breaches": [_breach_json(breach, lang) for breach in person.breaches],
    }


def _converted_json(month: Converted, lang: Lang) -> dict[str, Any]:
    return {
        "month": f"{month.year}-{month.month:02d}",
        "times": plain(month.times),
        "absence": plain(month.absence),
        "leave": {kind: plain(days) for kind, days in month.leave.items()},
        "reasons": reasons_json(month.reasons, lang),
    }


def _quota_json(use: QuotaUse) -> dict[str, Any]:
    norm = use.norm.norm
    return {
        "norm": norm.id,
        "month": use.period.en,
        "used": plain(use.counted),
        "pieces": [plain(days) for _, days in use.pieces],
        "at_most": plain(norm.at_most) if use.capped else None,
        "left": plain(use.left) if use.capped else None,
        "basis": citation(use.norm.cite),
    }


def _breach_json(breach: Breach, lang: Lang) -> dict[str, Any]:
    return {
        "day": str(breach.day),
        "kind": breach.kind,
        "window": breach.window,
        "counts": breach.decision.value,
        "reasons": reasons_json(breach.decision.reasons, lang),
    }


def _factor_json(factor: FactorDecision, lang: Lang) -> dict[str, Any]:
    assert factor.norm is not None
    return {
        "norm": factor.norm.norm.id,
        "amount": plain(factor.amount),
        "factor": factor.value,
        "reading_dependent": factor.reading_dependent,
        "reasons": reasons_json(factor.reasons, lang),
        "alternatives": alternatives_json(factor.differing, lang),
    }


def _irregular_json(each: Irregularity, lang: Lang) -> dict[str, Any]:
    return {
        "day": str(each.day),
        "type": each.type,
        "moment": each.moment or None,
        "outcome": each.outcome.value,
        "reasons": reasons_json(each.outcome.reasons, lang),
    }


def _fault_json(fault: LeaveFault, lang: Lang) -> dict[str, Any]:
    lacks = [
        {"lacks": s.code, "text": s.text.say(lang), "basis": citation(s.basis) if s.basis else None}
        for s in fault.shortcomings
    ]
    leave = {"kind": fault.leave.kind, "from": str(fault.leave.start), "to": str(fault.leave.last)}
    return {**leave, "shortcomings": lacks, "not_determined": reasons_json(fault.doubts, lang)}


def _window_json(window: WindowAccount) -> dict[str, Any]:
    return {
        "window": window.id,
        "serving": window.serving,
        "empty": [{"day": str(day), "half": half} for day, half in window.empty],
        "not_judged": [str(day) for day in sorted(window.open)],
        "basis": citation(window.basis) if window.basis else None,
    }
