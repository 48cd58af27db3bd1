"""数与单位相称

数写对了、单位写错一档，规定仍然算得出来，只是错了一百倍、一万倍：写“0.667”而单位是 %，写“5”而单位是元不是万元，
写“8”而单位是分钟不是小时。这里查那些在办事规定里几乎不会有的搭配：

- 百分数的下限不到 1%，或者上限超过 0.5%、不到 1% 的（“0.95%”多半是 95%）；审批档次按比例的，界限都不到 1% 的；等次的比例不到 1% 的；
- 审批档次按金额的，界限都不到一百元，或者到了一百亿元的；
- 时限、公示期一类长度超过一年半的（日、工作日）、五年的（月）、三十天的（小时）；
- 不到一天的公示期；延长的时间比时限本身还长；
- 每日工时不到一小时，扣去的休息超过四小时，宽限超过一小时的；
- 一次迟到按旷工、折假超过五天的，请一天假扣别的假超过五天的。

这只是警告：规定确实如此的，不用改。
"""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import msgspec

from banshi.base.money import plain
from banshi.checking.loaded import PolicyFile
from banshi.checking.rules import Problem, Text
from banshi.files.findings import Route
from banshi.law.norms import (
    ApprovalTier,
    Bounds,
    Conversion,
    Extension,
    LatenessWeight,
    Norm,
    Offset,
    Period,
    PunchWindow,
    TimeLimit,
    WorkingTime,
)
from banshi.law.norms.assessment_periods import Share
from banshi.law.norms.change import PER_CENT
from banshi.law.norms.values import Length

TITLE = Text("数与单位相称", "Figures go with their units")
SUBJECT = "policy"
SEVERITY = "warning"
BASIS = ()
_SHARE = """
provisions:
  - id: "1"
    label: 一
    heading: 档次
    source: {lines: [1, 4]}
    norms:
      - id: small
        kind: approval_tier
        statement: "累计占中标价{amount}的，由财政部门批准。"
        tier: finance
        measure: cumulative
        base: bid_price
        amount: {upper: {value: SHARE, inclusive: true}, unit: "%"}
      - id: large
        kind: approval_tier
        statement: "累计占中标价{amount}的，由市政府批准。"
        tier: government
        measure: cumulative
        base: bid_price
        amount: {lower: {value: SHARE, inclusive: false}, unit: "%"}
"""
GOOD = _SHARE.replace("SHARE", "66.7")
BAD = _SHARE.replace("SHARE", "0.667")
_ZERO, _HALF, _ONE = Decimal(0), Decimal("0.5"), Decimal(1)
_YUAN = {"元": Decimal(1), "万元": Decimal(10_000)}
_LITTLE, _MUCH = Decimal(100), Decimal(10) ** 10  # yuan
_LONG = {"天": 550, "日": 550, "工作日": 370, "月": 60, "年": 10, "小时": 720}
_MINUTES = {"小时": 60, "分钟": 1}
_AT_ONCE: tuple[tuple[type[Norm], str], ...] = (
    (LatenessWeight, "absence_days"),
    (Conversion, "days"),
    (Offset, "ratio"),
)
_FIVE_DAYS = Decimal(5)
Told = tuple[Route, Text]


def check(policy: PolicyFile) -> Iterator[Problem]:
    """Every share, amount and length."""
    amounts = [(route, norm) for route, norm in policy.norms() if isinstance(norm, ApprovalTier)]
    found = [*_amounts([(route, norm) for route, norm in amounts if norm.amount.unit in _YUAN])]
    shares = [told for route, norm in amounts for told in _shares(norm.amount, (*route, "amount"), _ZERO)]
    found += (
        shares if len(shares) == _ends([norm.amount for _, norm in amounts if norm.amount.unit == PER_CENT]) else []
    )
    for route, norm in policy.norms():
        found += _of_a_day(norm, route)
        found += _hours_public(norm, route)
        found += _longer_than_it(policy, norm, route)
        for where, value in _parts(norm, route):
            if isinstance(value, Share):
                found += _few(value, where)
            elif isinstance(value, Bounds):
                found += _shares(value, where) if not isinstance(norm, ApprovalTier) else ()
            elif isinstance(value, Length) and not isinstance(norm, PunchWindow | WorkingTime):
                found += _lengths(value, where)
    for where, said in found:
        yield Problem(where=where, message=said, fix=_FIX)


def _parts(value: Any, route: Route) -> Iterator[tuple[Route, Any]]:
    """Every bound and length in a norm."""
    if isinstance(value, Bounds | Length | Share):
        yield route, value
    elif isinstance(value, msgspec.Struct):
        for field in value.__struct_fields__:
            yield from _parts(getattr(value, field), (*route, field))
    elif isinstance(value, tuple):
        for n, part in enumerate(value):
            yield from _parts(part, (*route, n))


def _ends(several: list[Bounds]) -> int:
    """How many ends there are, nought apart."""
    return sum(1 for bounds in several for end in (bounds.lower, bounds.upper) if end and end.value)


def _shares(bounds: Bounds, route: Route, at_most: Decimal = _HALF) -> Iterator[Told]:
    """Ends below one in a hundred; an upper one only beyond ``at_most``: few faults are few."""
    if bounds.unit != PER_CENT:
        return
    for key, end, least in (("lower", bounds.lower, _ZERO), ("upper", bounds.upper, at_most)):
        if end and least < end.value < _ONE:
            said = plain(end.value)
            yield (
                (*route, key),
                Text(
                    f"{said}% 还不到百分之一，是不是 {plain((end.value * 100).normalize())}%",
                    f"{said}% is less than one in a hundred: is {plain((end.value * 100).normalize())}% meant?",
                ),
            )


def _few(share: Share, route: Route) -> Iterator[Told]:
    if _ZERO < share.percent < _ONE:
        said, meant = plain(share.percent), plain((share.percent * 100).normalize())
        yield (
            (*route, "percent"),
            Text(f"前 {said}% 还不到百分之一，是不是 {meant}%", f"the first {said}%: is {meant}% meant?"),
        )


def _amounts(tiers: list[tuple[Route, ApprovalTier]]) -> Iterator[Told]:
    """Bounds of tiers in yuan: all of them very small, or one very large."""
    ends = [
        ((*route, "amount", key), end.value * _YUAN[norm.amount.unit], f"{plain(end.value)}{norm.amount.unit}")
        for route, norm in tiers
        for key, end in (("lower", norm.amount.lower), ("upper", norm.amount.upper))
        if end and end.value
    ]
    small = ends if ends and all(abs(amount) < _LITTLE for _, amount, _ in ends) else []
    for where, _, said in small[:1] + [end for end in ends if abs(end[1]) >= _MUCH]:
        yield where, Text(f"{said} 作审批档次的界限，单位是不是写错了", f"{said} bounds a tier: is the unit right?")


def _lengths(length: Length, route: Route) -> Iterator[Told]:
    if length.value > _LONG.get(length.unit, length.value):
        said = f"{length.value}{length.unit}"
        yield (*route, "unit"), Text(f"期限 {said}，单位是不是写错了", f"a limit of {said}: is the unit right?")


def _of_a_day(norm: Norm, route: Route) -> Iterator[Told]:
    """What is less than an hour of work, or a pause or a grace of hours."""
    if isinstance(norm, WorkingTime):
        if _minutes(norm.at_least) < 60:
            yield (*route, "at_least", "unit"), _odd("每日工时", "hours of a day", norm.at_least)
        if norm.pause and _minutes(norm.pause) > 240:
            yield (*route, "pause", "unit"), _odd("扣去的休息", "a pause", norm.pause)
    elif isinstance(norm, PunchWindow) and norm.grace and _minutes(norm.grace) > 60:
        yield (*route, "grace", "unit"), _odd("宽限", "a grace", norm.grace)
    for kind, field in _AT_ONCE:
        if isinstance(norm, kind) and Decimal(getattr(norm, field)) > _FIVE_DAYS:
            said = plain(Decimal(getattr(norm, field)))
            yield (
                (*route, field),
                Text(f"一次就是 {said} 天，数是不是写错了", f"{said} days at once: is the figure right?"),
            )


def _hours_public(norm: Norm, route: Route) -> Iterator[Told]:
    """Less than a day of publicity."""
    if isinstance(norm, Period) and norm.of == "publicity" and norm.length.unit == "小时" and norm.length.value < 24:
        yield (*route, "length", "unit"), _odd("公示期", "publicity", norm.length)


def _longer_than_it(policy: PolicyFile, norm: Norm, route: Route) -> Iterator[Told]:
    """An extension that is longer than the limit that it extends."""
    if not isinstance(norm, Extension) or norm.length is None:
        return
    limit = next(
        (p.norm for p in policy.version.placed if isinstance(p.norm, TimeLimit) and p.norm.id == norm.of), None
    )
    if limit is not None and _days(norm.length) > _days(limit.length):
        said, whole = (f"{length.value}{length.unit}" for length in (norm.length, limit.length))
        yield (
            (*route, "length"),
            Text(
                f"延长 {said}，比原来的 {whole} 还长，数和单位是不是写错了",
                f"an extension of {said} of a limit of {whole}: are figure and unit right?",
            ),
        )


def _days(length: Length) -> float:
    """About how many days, to compare by."""
    return length.value * _ABOUT[length.unit]


_ABOUT = {"分钟": 1 / 1440, "小时": 1 / 24, "天": 1, "日": 1, "工作日": 1.45, "月": 30, "年": 365}


def _minutes(length: Length) -> int:
    return length.value * _MINUTES[length.unit]


def _odd(what: str, what_en: str, length: Length) -> Text:
    said = f"{length.value}{length.unit}"
    return Text(f"{what} {said}，单位是不是写错了", f"{what_en} of {said}: is the unit right?")


_FIX = Text(
    "对照原文核对数和单位；原文确是这样的，不用改。",
    "Compare figure and unit with the source; if it says so, nothing is to be changed.",
)
