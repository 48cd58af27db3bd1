"""What a guide says of one service: the elements that the rules of the guide linter compare.

A guide states them under ``service``, a catalogue with each of its items; both are read into ``Service`` here, so that
one rule looks at both. What is not stated is None or empty: the source does not say (原文未载明).
"""

import re
from typing import Annotated

import msgspec
from msgspec import Struct

from banshi.files.described import UNWRITTEN, FreeText, meta
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

    statutory: Annotated[int | None, meta("法定时限", "法律、法规规定的时限。", minimum=0, format="integer")] = None
    promised: Annotated[
        int | None, meta("承诺时限", "办理机关承诺的时限；即办件写 0。", minimum=0, format="integer")
    ] = None
    unit: Annotated[str, meta("单位", "两个时限共用的单位；不写的算工作日。", enum=["工作日", "天"])] = "工作日"
    promised_unit: Annotated[
        str | None, meta("承诺时限的单位", "与法定时限的单位不同时才写。", enum=["工作日", "天"])
    ] = None
    basis: Annotated[FreeText | None, meta("依据", "法定时限出自哪里。")] = None


class Fee(_Part, frozen=True):
    """Whether it costs money; for what, on which basis, how much, and whether it can be paid online."""

    charged: Annotated[bool, meta("是否收费", "true 收费，false 不收费。")]
    item: Annotated[FreeText | None, meta("收费项目", "收什么费。")] = None
    basis: Annotated[FreeText | None, meta("收费依据", "依据的文件。")] = None
    standard: Annotated[FreeText | None, meta("收费标准", "怎样收。")] = None
    online_payment: Annotated[bool | None, meta("能否网上支付", "能否在网上缴费。")] = None


class Result(_Part, frozen=True):
    """What the applicant gets: its name, its sort (证照, 批文, 其他, 无), and a sample."""

    name: Annotated[FreeText | None, meta("结果名称", "证照或批文的名称。")] = None
    kind: Annotated[str | None, meta("结果类型", "没有结果文书的写无。", enum=["证照", "批文", "其他", "无"])] = None
    sample: Annotated[FreeText | None, meta("样本", "样本的文件名或网址。")] = None


class Material(_Part, frozen=True):
    """A paper to hand in."""

    name: Annotated[FreeText, meta("名称", "材料叫什么。")]
    copies: Annotated[int | None, meta("份数", "要几份。", minimum=0, format="integer")] = None
    form: Annotated[
        str | None,
        meta("形式", "纸质、电子，或都要。", labels={"paper": "纸质", "electronic": "电子", "both": "纸质和电子"}),
    ] = None
    note: Annotated[FreeText | None, meta("备注", "格式、来源等要求。")] = None


class Step(_Part, frozen=True):
    """A step of handling: its name, who takes it, and by when, in words."""

    name: Annotated[FreeText, meta("名称", "这一步叫什么。")]
    by: Annotated[FreeText | None, meta("由谁办", "办这一步的部门或岗位。")] = None
    limit: Annotated[FreeText | None, meta("时限", "这一步多久办完。")] = None


class Question(_Part, frozen=True):
    """A frequent question and its answer."""

    question: Annotated[FreeText, meta("问题", "申请人的问题。")]
    answer: Annotated[FreeText, meta("回答", "怎样回答。")]


class Themes(_Part, frozen=True):
    """Where a service is listed: under themes for persons, and for organisations."""

    persons: Annotated[
        tuple[Annotated[FreeText, meta("主题", "主题的名称。")], ...],
        meta("面向个人的主题", "如 住房保障。", min_items=1),
    ] = ()
    organisations: Annotated[
        tuple[Annotated[FreeText, meta("主题", "主题的名称。")], ...],
        meta("面向单位的主题", "如 设立变更。", min_items=1),
    ] = ()


SERVICE_KINDS = [
    "行政许可",
    "行政处罚",
    "行政强制",
    "行政征收",
    "行政给付",
    "行政检查",
    "行政确认",
    "行政奖励",
    "行政裁决",
    "其他行政权力",
    "公共服务",
]


class Service(_Part, frozen=True):
    """The elements of one service; ``online``: whether any of it can be done online, ``entirely_online``: all of it."""

    kind: Annotated[
        str | None,
        meta(
            "事项类型",
            "各地编码不同，只写名称。",
            enum=SERVICE_KINDS,
        ),
    ] = None
    handling: Annotated[
        str | None,
        meta("办件类型", "当场办结的是即办件，其余是承诺件。", labels={"immediate": "即办件", "promised": "承诺件"}),
    ] = None
    limits: Annotated[Limits | None, meta("时限", "法定时限和承诺时限。")] = None
    served: Annotated[
        tuple[
            Annotated[
                str, meta(enum=["自然人", "企业法人", "事业法人", "社会组织法人", "非法人企业", "行政机关", "其他组织"])
            ],
            ...,
        ],
        meta("服务对象", "谁可以申请。", min_items=1),
    ] = ()
    themes: Annotated[Themes | None, meta("主题分类", "列在哪些主题之下。")] = None
    conditions: Annotated[
        tuple[Annotated[FreeText, meta("条件", "一条条件。")], ...],
        meta("受理条件", "逐条写明，不写兜底的话。", min_items=1),
    ] = ()
    materials: Annotated[
        tuple[Annotated[Material, meta("材料", "一项材料。")], ...],
        meta("申请材料", "逐项写明，不写“其他材料”。", min_items=1),
    ] = ()
    steps: Annotated[
        tuple[Annotated[Step, meta("步骤", "一步。")], ...], meta("办理步骤", "从受理到送达，依次。", min_items=1)
    ] = ()
    faq: Annotated[
        tuple[Annotated[Question, meta("问答", "一个问题和回答。")], ...],
        meta("常见问题", "申请人常问的。", min_items=1),
    ] = ()
    fee: Annotated[Fee | None, meta("收费", "是否收费；收费的写全。")] = None
    result: Annotated[Result | None, meta("结果", "办成后得到什么。")] = None
    visits: Annotated[int | None, meta("到现场次数", "申请人要到办事现场几次。", minimum=0, format="integer")] = None
    visits_reason: Annotated[FreeText | None, meta("必须到现场的原因", "要到现场的才写。")] = None
    online: Annotated[bool | None, meta("能否网办", "至少有一个环节能在网上办。")] = None
    entirely_online: Annotated[bool | None, meta("全程网办", "从申请到领取结果都不用到现场。")] = None
    courier: Annotated[bool | None, meta("是否支持快递", "材料、结果能否快递。")] = None
    place: Annotated[FreeText | None, meta("办理地点", "到哪里办。")] = None
    hours: Annotated[FreeText | None, meta("办理时间", "什么时间办。")] = None
    phone: Annotated[FreeText | None, meta("咨询电话", "带区号。")] = None
    complaint: Annotated[FreeText | None, meta("投诉电话", "带区号，不同于咨询电话。")] = None
    name: Annotated[str | None, UNWRITTEN] = None


class ServiceAt(Struct, frozen=True):
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
