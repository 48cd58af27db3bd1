"""同一项只写一次

一个规范点列出的各方、人员、情形、材料、组别、环节，各写一次。写了两次的，多半是有一个写错了：该签的一方漏了，
该有的一组没有，同一个环节在一份程序里办两回。程序照着列出的算，不会知道少了谁。
"""

from collections.abc import Iterator
from typing import Any

import msgspec

from banshi.checking.loaded import PolicyFile
from banshi.checking.rules import Problem, Text
from banshi.files.findings import Route
from banshi.law.norms import Norm, Procedure

TITLE = Text("同一项只写一次", "Nothing is listed twice")
SUBJECT = "policy"
SEVERITY = "error"
BASIS = ()
_CONSULT = """
provisions:
  - id: "1"
    label: 一
    heading: 会商
    source: {lines: [1, 1]}
    norms:
      - {id: who, kind: consultation, statement: "由{parties}会商。", tier: consultation, parties: [owner, PARTY]}
"""
GOOD = _CONSULT.replace("PARTY", "designer")
BAD = _CONSULT.replace("PARTY", "owner")  # 设计单位漏了


def check(policy: PolicyFile) -> Iterator[Problem]:
    """Every list of every norm."""
    for route, norm in policy.norms():
        for where, names in _lists(norm, route):
            seen: set[str] = set()
            for place, name in zip(where, names, strict=True):
                if name in seen:
                    yield Problem(
                        where=place,
                        message=Text(f"{norm.id} 里 {name} 写了两次", f"{norm.id} names {name} twice"),
                        fix=Text(
                            "对照原文：重复的删去，写错的改正。",
                            "Delete what is repeated, or correct what is mistaken.",
                        ),
                    )
                seen.add(name)


def _lists(norm: Norm, route: Route) -> Iterator[tuple[list[Route], list[str]]]:
    for field in norm.__struct_fields__:
        value: Any = getattr(norm, field)
        if isinstance(value, msgspec.Struct):
            for name in value.__struct_fields__:
                own = getattr(value, name)
                if isinstance(own, tuple) and own and all(isinstance(each, str) for each in own):
                    yield [(*route, field, name, n) for n in range(len(own))], [*own]
        if isinstance(value, tuple) and value:
            for part in ("value", "name"):
                names = [each if isinstance(each, str) else getattr(each, part, None) for each in value]
                if all(isinstance(name, str) for name in names) and (part == "value" or not isinstance(value[0], str)):
                    yield [(*route, field, n) for n in range(len(names))], [str(name) for name in names]
    if isinstance(norm, Procedure):
        steps = [
            ((*route, "stages", s, "steps", n), each.step)
            for s, stage in enumerate(norm.stages)
            for n, each in enumerate(stage.steps)
        ]
        yield [where for where, _ in steps], [step for _, step in steps]
