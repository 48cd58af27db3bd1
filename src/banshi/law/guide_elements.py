"""What a guide says of one service: the elements that the rules of the guide linter compare.

A guide states them under ``service``, a catalogue with each of its items; both are read into ``Service`` here, so that
one rule looks at both. What is not stated is None or empty: the source does not say (原文未载明).
"""

import re
from dataclasses import dataclass

import msgspec

from banshi.files.findings import Route

LICENCE = "行政许可"
NATURAL_PERSON = "自然人"
NO_RESULT = "无"
HANDLING = {"immediate": "即办件", "promised": "承诺件"}
# Service numbers (12345, 96…, 400…) and mobile numbers are dialled without an area code.
_WITHOUT_AREA_CODE = re.compile(r"(1[0-9]{2,5}|9[5-6][0-9]{3,4}|[48]00-?[0-9]{3}-?[0-9]{4}|1[3-9][0-9]{9})")
_WITH_AREA_CODE = re.compile(r"[(（]?0[1-9][0-9]{1,2}[)）]?[-－ ]?[1-9][0-9]{6,7}(-[0-9]{1,6}|转[0-9]{1,6})?")
_APART = re.compile(r"[、，,;；/]\s*")


class _Part(msgspec.Struct, frozen=True, kw_only=True):
    """A part of a service; keys that no rule compares are left alone."""


class Limits(_Part, frozen=True):
    """Time limits in ``unit`` (the promised one in ``promised_unit`` where that differs)."""

    statutory: int | None = None
    promised: int | None = None
    unit: str = "工作日"
    promised_unit: str | None = None
    basis: str | None = None


class Fee(_Part, frozen=True):
    """Whether it costs money; for what, on which basis, how much, and whether it can be paid online."""

    charged: bool
    item: str | None = None
    basis: str | None = None
    standard: str | None = None
    online_payment: bool | None = None


class Result(_Part, frozen=True):
    """What the applicant gets: its name, its sort (证照, 批文, 其他, 无), and a sample."""

    name: str | None = None
    kind: str | None = None
    sample: str | None = None


class Material(_Part, frozen=True):
    """A paper to hand in."""

    name: str


class Step(_Part, frozen=True):
    """A step of handling: its name, who takes it, and by when, in words."""

    name: str
    by: str | None = None
    limit: str | None = None


class Question(_Part, frozen=True):
    """A frequent question and its answer."""

    question: str
    answer: str


class Themes(_Part, frozen=True):
    """Where a service is listed: under themes for persons, and for organisations."""

    persons: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()


class Service(_Part, frozen=True):
    """The elements of one service; ``online``: whether any of it can be done online, ``entirely_online``: all of it."""

    name: str | None = None
    kind: str | None = None
    handling: str | None = None
    limits: Limits | None = None
    conditions: tuple[str, ...] = ()
    materials: tuple[Material, ...] = ()
    steps: tuple[Step, ...] = ()
    faq: tuple[Question, ...] = ()
    fee: Fee | None = None
    result: Result | None = None
    visits: int | None = None
    visits_reason: str | None = None
    online: bool | None = None
    entirely_online: bool | None = None
    courier: bool | None = None
    place: str | None = None
    hours: str | None = None
    phone: str | None = None
    complaint: str | None = None
    served: tuple[str, ...] = ()
    themes: Themes | None = None


@dataclass(frozen=True, slots=True)
class ServiceAt:
    """A service and the route that leads to it in its file."""

    where: Route
    service: Service


def said(service: Service) -> dict[str, list[str]]:
    """What a service says of the standard elements, by their keys in ``guide.schema.json``; what it leaves out is not there."""
    found = {
        "type": [word for word in (service.kind, HANDLING.get(service.handling or "")) if word],
        "served": list(service.served or ()),
        "conditions": list(service.conditions or ()),
        "materials": ["、".join(material.name for material in service.materials)] if service.materials else [],
        "flow": ["→".join(step.name for step in service.steps)] if service.steps else [],
        "limit": _limit(service, "statutory"),
        "promised": _limit(service, "promised"),
        "fee": _fee(service.fee),
        "result": _result(service),
        "visits": _visits(service),
        "place": [service.place] if service.place else [],
        "hours": [service.hours] if service.hours else [],
        "contact": [service.phone] if service.phone else [],
        "complaints": [service.complaint] if service.complaint else [],
    }
    return {key: lines for key, lines in found.items() if lines}


def length(number: int, unit: str) -> str:
    """3个工作日, 20天; 当场办结 for none."""
    return f"{number}{'个' if unit == '工作日' else ''}{unit}" if number else "当场办结"


def _limit(service: Service, key: str) -> list[str]:
    limits = service.limits
    number = getattr(limits, key) if limits else None
    if limits is None or number is None:
        return []
    unit = limits.promised_unit or limits.unit if key == "promised" else limits.unit
    basis = f"（{limits.basis}）" if key == "statutory" and limits.basis else ""
    return [length(number, unit) + basis]


def _fee(fee: Fee | None) -> list[str]:
    if fee is None:
        return []
    if not fee.charged:
        return ["不收费"]
    parts = (("项目", fee.item), ("依据", fee.basis), ("标准", fee.standard))
    online = [f"{'支持' if fee.online_payment else '不支持'}网上支付"] if fee.online_payment is not None else []
    return ["收费", *(f"{name}：{text or '原文未载明'}" for name, text in parts), *online]


def _result(service: Service) -> list[str]:
    result = service.result
    if result is None or not result.name:
        return []
    kind = f"（{result.kind}）" if result.kind else ""
    courier = "" if service.courier is None else "，可以快递" if service.courier else "，不能快递"
    return [f"{result.name}{kind}{courier}"]


def _visits(service: Service) -> list[str]:
    if service.visits is None:
        return []
    online = "全程网办" if service.entirely_online else "可以网办" if service.online else ""
    return [part for part in (f"{service.visits}次", service.visits_reason, online) if part]


def numbers(phones: str) -> list[str]:
    """The telephone numbers of an entry that may hold several."""
    return [number for number in _APART.split(phones.strip()) if number]


def lacks_area_code(number: str) -> bool:
    """Whether a telephone number needs an area code and has none."""
    return not (_WITHOUT_AREA_CODE.fullmatch(number) or _WITH_AREA_CODE.fullmatch(number))


def digits(number: str) -> str:
    """A telephone number without what people put between its digits."""
    return re.sub(r"\D", "", number)
