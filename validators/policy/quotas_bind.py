"""额度起得了作用

额度写得比那段时间里可能有的还多，永远超不了；长一段时间的额度比短一段的还少，短的那条永远到不了：多半是数写错了，或者期间写错了。
额度的单位要和那种假的计算单位（leave_kinds 的 unit）一致，否则数的不是写的那种天。
晚到、早走一类不满半天的假（short）按次数计，写成几天的额度不会有人用完。一并计入的假写了它自己、从自己的天数里扣，都等于没有写。
考核因素、迟到的折算也一样：一个季度里累计不到的天数、一个月里到不了的次数，谁也够不上。
"""

from collections.abc import Iterator
from decimal import Decimal
from itertools import permutations

from banshi.base.money import plain
from banshi.checking.loaded import PolicyFile
from banshi.checking.rules import Problem, Text
from banshi.files.findings import Route
from banshi.law.norms import Conversion, Factor, Offset, Quota
from banshi.law.terms import LeaveKind

TITLE = Text("额度起得了作用", "Quotas can be reached")
SUBJECT = "policy"
SEVERITY = "error"
BASIS = ()
_QUOTAS = """
governs: [attendance]
leave_kinds: {personal: {name: 事假}}
provisions:
  - id: "7"
    label: 第七条
    heading: 事假
    source: {lines: [1, 2]}
    norms:
      - {id: a-month, kind: quota, statement: "每月不超过{at_most}天。", of: personal, at_most: 3, unit: 工作日, per: person_month}
      - {id: a-year, kind: quota, statement: "每年不超过{at_most}天。", of: personal, at_most: YEAR, unit: 工作日, per: person_year}
readings: []
"""
GOOD = _QUOTAS.replace("YEAR", "20")
BAD = _QUOTAS.replace("YEAR", "2")  # 一年只有 2 天，一个月 3 天的那条永远到不了
_DAYS = {"person_month": 31, "person_quarter": 92, "person_year": 366, "each_leave": 366}
_FACTOR_DAYS = {"month": 31, "quarter": 92, "year": 366}
_LENGTH = {"person_month": 1, "person_quarter": 3, "person_year": 12}
_TIMES_OF = {"person_month": 124, "person_quarter": 368, "person_year": 1464}  # four times a day
_TIMES = "次"


def check(policy: PolicyFile) -> Iterator[Problem]:
    """Every quota, factor and offset of the file, quotas beside the others of the law."""
    if "attendance" not in policy.version.subjects:
        return
    law = policy.law("attendance")
    kinds = {kind: leave for version in law.versions for kind, leave in version.leave_kinds.items()}
    routes = {norm.id: route for route, norm in policy.norms()}
    for route, norm in policy.norms():
        if isinstance(norm, Quota):
            yield from _own(norm, route, kinds)
        elif isinstance(norm, Factor) and norm.counted == "days" and norm.bound.lower:
            yield from _too_long(norm.bound.lower.value, _FACTOR_DAYS[norm.per], (*route, "bound", "lower"), norm.id)
        elif isinstance(norm, Offset) and norm.leave == norm.taken_from:
            yield _problem(
                (*route, "taken_from"), f"{norm.id} 从它自己的天数里扣", f"{norm.id} takes a leave from itself"
            )
        elif isinstance(norm, Conversion) and norm.every > _TIMES_OF["person_month"]:
            yield from _too_often(norm.every, _TIMES_OF["person_month"], (*route, "every"), norm.id)
    quotas = [p for p in law.all(Quota) if not p.norm.entitlement and p.norm.per in _LENGTH]
    for one, other in permutations(quotas, 2):
        if one.norm.id in routes and one.version is policy.version and _never_reached(one.norm, other.norm):
            yield _problem(
                (*routes[one.norm.id], "at_most"),
                f"{one.norm.id} 的 {plain(Decimal(one.norm.at_most))}{one.norm.unit} 永远到不了：更长的一段时间，{other.norm.id} 只有 "
                f"{plain(Decimal(other.norm.at_most))}{other.norm.unit}",
                f"{one.norm.id} is never reached: {other.norm.id} allows less in a longer time",
            )


def _own(norm: Quota, route: Route, kinds: dict[str, LeaveKind]) -> Iterator[Problem]:
    own = kinds.get(norm.of)
    if norm.unit != _TIMES:
        if own and not own.short and norm.unit != own.unit and norm.at_most > 1:  # a day is a day in either count
            yield _problem(
                (*route, "unit"),
                f"{norm.id} 的单位是 {norm.unit}，而{own.name}（{norm.of}）按{own.unit}计",
                f"{norm.id} is in {norm.unit}, but {norm.of} is counted in {own.unit}",
            )
        yield from _too_long(Decimal(norm.at_most), _DAYS[norm.per], (*route, "at_most"), norm.id)
        if own and own.short:
            yield _problem(
                (*route, "unit"),
                f"{norm.id} 按天数计，而 {norm.of} 不满半天（short），按次数计：额度写 次",
                f"{norm.id} counts days of {norm.of}, which is shorter than half a day and counted in times",
            )
    elif norm.per in _TIMES_OF:
        yield from _too_often(Decimal(norm.at_most), _TIMES_OF[norm.per], (*route, "at_most"), norm.id)
    if norm.of in norm.also_counted:
        yield _problem(
            (*route, "also_counted"),
            f"{norm.id} 一并计入的假写了它自己（{norm.of}）",
            f"{norm.id} counts {norm.of} twice over",
        )


def _too_long(value: Decimal, most: int, where: Route, name: str) -> Iterator[Problem]:
    if value > most:
        yield _problem(
            where,
            f"{name} 的 {plain(value)}天 比那段时间还长（最多 {most} 天），永远到不了",
            f"{name}: {plain(value)} days never come together",
        )


def _too_often(value: Decimal, most: int, where: Route, name: str) -> Iterator[Problem]:
    if value > most:
        yield _problem(
            where,
            f"{name} 的 {plain(value)}次 太多，那段时间里到不了（一天四次也只有 {most} 次）",
            f"{name}: never so often",
        )


def _never_reached(one: Quota, other: Quota) -> bool:
    """Whether the other one, of a longer time and of the same leave and people, allows less."""
    same = (one.of, one.unit, frozenset(one.also_counted)) == (other.of, other.unit, frozenset(other.also_counted))
    people = not other.groups or (bool(one.groups) and set(one.groups) <= set(other.groups))
    return same and people and _LENGTH[one.per] < _LENGTH[other.per] and Decimal(other.at_most) < Decimal(one.at_most)


def _problem(where: Route, zh: str, en: str) -> Problem:
    return Problem(
        where=where,
        message=Text(zh, en),
        fix=Text("对照原文核对数、单位、期间和假别。", "Compare figure, unit, period and leave with the source."),
    )
