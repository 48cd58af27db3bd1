"""标识不重复

条款、规范点、理解口径、勘误、表格各有标识，同一文件里不能重复：依据、链接和修订比较都靠它。
清单编号（inventory）也只能用一次。
"""

from collections.abc import Iterable, Iterator
from itertools import pairwise

from banshi.checking.loaded import PolicyFile
from banshi.checking.rules import Problem, Severity, Text
from banshi.files.findings import Route

TITLE = Text("标识不重复", "Ids are unique")
SUBJECT = "policy"
SEVERITY = "error"
BASIS = ()
GOOD = """
title: 样例变更办法（虚构，标识各不相同）
"""
BAD = """
readings:
  - {id: days, question: 哪一种日？, options: {a: 日历日}, default: a, ground: 样例。}
  - {id: days, question: 哪一天起？, options: {a: 次日}, default: a, ground: 样例。}
"""


def check(policy: PolicyFile) -> Iterator[Problem]:
    """Every sort of id once."""
    version = policy.version
    for table in ("provisions", "readings", "errata", "forms"):
        yield from _repeated(((table, n, "id"), part.id) for n, part in enumerate(getattr(version, table)))
    yield from _labels(policy)
    yield from _repeated(((*route, "id"), norm.id) for route, norm in policy.norms())
    yield from _repeated(((*route, "inventory"), norm.inventory) for route, norm in policy.norms() if norm.inventory)


def _labels(policy: PolicyFile) -> Iterator[Problem]:
    """Provisions are cited by their labels: two of one label cannot be told apart."""
    seen: dict[str, str] = {}
    for n, provision in enumerate(policy.version.provisions):
        if seen.setdefault(provision.label, provision.id) != provision.id:
            yield Problem(
                where=("provisions", n, "label"),
                severity=Severity.WARNING,
                message=Text(
                    f"条款 {seen[provision.label]} 也写作“{provision.label}”，引用时分不清",
                    f"the provision {seen[provision.label]} is called {provision.label}, too",
                ),
                fix=Text("对照原文改正条款的写法。", "Correct the label."),
            )


def _repeated(ids: Iterable[tuple[Route, str]]) -> Iterator[Problem]:
    seen: dict[str, Route] = {}
    for where, name in ids:
        if name in seen:
            first, zh = "/".join(str(step) for step in seen[name]), _named(seen[name])
            yield Problem(
                where=where,
                message=Text(f"标识 {name} 用了两次，前一次是{zh}的", f"the id {name} is used twice, first at {first}"),
                fix=Text("给后一个换一个标识。", "Give the later one another id."),
            )
        seen.setdefault(name, where)


_TABLES = {"provisions": "条款", "norms": "规范点", "readings": "理解口径", "errata": "勘误", "forms": "表格"}


def _named(where: Route) -> str:
    """第 2 个条款的第 1 个规范点."""
    return "的".join(f"第 {n + 1} 个{_TABLES[table]}" for table, n in pairwise(where) if isinstance(n, int))  # type: ignore[index]
