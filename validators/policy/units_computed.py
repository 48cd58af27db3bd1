"""单位是算得出的单位

数字后面的单位也要照着算：时限写“分钟”推算不出哪一天，评分的界限写的单位和事实的单位不同就比不成。
每一种规范点只收算得出的单位；事实、假别的单位，照它自己声明的写。写别的单位，算起来不会理会，所以是错误。
"""

from collections.abc import Iterator
from typing import Any

from banshi.base.text import listed
from banshi.checking.declared_uses import units_of
from banshi.checking.loaded import PolicyFile
from banshi.checking.rules import Problem, Text
from banshi.files.findings import Route
from banshi.law.norms import Norm
from banshi.law.uses import Unit

TITLE = Text("单位是算得出的单位", "Units are those that are computed")
SUBJECT = "policy"
SEVERITY = "error"
BASIS = ()
_LIMIT = """
provisions:
  - id: "1"
    label: 一
    heading: 时限
    source: {lines: [1, 1]}
    norms:
      - {id: answer, kind: period, statement: "{length}内答复。", of: objection_answer, inclusive: true,
         length: {value: 3, unit: UNIT}}
readings: []
tiers: {}
steps: {}
"""
GOOD = _LIMIT.replace("UNIT", "工作日")
BAD = _LIMIT.replace("UNIT", "分钟")
_TIMES, _DAYS = "次", "天"  # of a leave: how often it is taken, or days as its own kind counts them


def check(policy: PolicyFile) -> Iterator[Problem]:
    """Each length and each interval."""
    for route, norm in policy.norms():
        for field, unit in units_of(norm).items():
            for where, written, counted in _written(getattr(norm, field), (*route, field), _named(norm, unit)):
                known = unit.units or _known(policy, counted)
                if known is not None and written not in known:
                    yield _problem(norm, where, written, known, counted)


def _named(norm: Norm, unit: Unit) -> str:
    return str(getattr(norm, unit.of)) if unit.of else ""


def _written(value: Any, route: Route, counted: str) -> Iterator[tuple[Route, str, str]]:
    """Every unit in a field, where it stands, and what is counted in it."""
    if isinstance(value, str):
        yield route, value, counted
    elif isinstance(value, tuple):
        for n, part in enumerate(value):
            yield (*route, n, "bound", "unit"), part.bound.unit, getattr(part, "measure", counted)
    elif value is not None:
        yield (*route, "unit"), value.unit, counted


def _known(policy: PolicyFile, counted: str) -> tuple[str, ...] | None:
    """The units that may be written of a fact or a leave; None where it is declared nowhere: another rule says that."""
    for version in (policy.version, *policy.beside):
        if counted in version.facts:
            return (version.facts[counted].unit,)
        if counted in version.leave_kinds:
            return _TIMES, _DAYS, version.leave_kinds[counted].unit
    return None


def _problem(norm: Norm, where: Route, written: str, known: tuple[str, ...], counted: str) -> Problem:
    able = listed(dict.fromkeys(word for word in known if word)) or "没有"
    own = f"（{counted} 声明的单位）" if counted else ""
    return Problem(
        where=where,
        message=Text(
            f"{norm.id} 的单位写的是“{written}”，能算的是：{able}{own}",
            f"the unit of {norm.id} is {written}; what can be computed: {able}",
        ),
        fix=Text("换成能算的单位，数值照着换算。", "Use a unit that can be computed, and convert the figure."),
    )
