"""次序连着编

一个档次的几段程序（position）、一套等次（rank）从 1 起连着编号。编号只说先后；跳过一个号的，多半是漏了一段或者写错了，
而结果还和原来一样，看不出来。
"""

from collections.abc import Iterator

from banshi.base.text import listed
from banshi.checking.loaded import PolicyFile
from banshi.checking.rules import Problem, Text
from banshi.files.findings import Route
from banshi.law.norms import Grade, Norm, Procedure

TITLE = Text("次序连着编", "Numbers follow one another")
SUBJECT = "policy"
SEVERITY = "error"
BASIS = ()
_PARTS = """
provisions:
  - id: "1"
    label: 一
    heading: 程序
    source: {lines: [1, 4]}
    norms:
      - {id: first-part, kind: procedure, statement: "业主申请，{stages}。", tier: finance, position: 1,
         applicants: [owner], stages: [{steps: [{step: competent_review, office: competent_authority}]}]}
      - {id: second-part, kind: procedure, statement: "再经{stages}。", tier: finance, position: SECOND,
         applicants: [owner], stages: [{steps: [{step: finance_approval, office: finance}]}]}
"""
GOOD = _PARTS.replace("SECOND", "2")
BAD = _PARTS.replace("SECOND", "3")


def check(policy: PolicyFile) -> Iterator[Problem]:
    """Each number with those before it, of this text and of what it supplements."""
    rows: dict[tuple[str, str], dict[int, Route | None]] = {}
    for route, norm in policy.norms():
        if own := _numbered(norm):
            rows.setdefault(own[:2], {}).setdefault(own[2], route)
    kinds = {"position": "procedure", "rank": "grade"}
    for placed in (
        p for kind in {kinds[field] for _, field in rows} for v in policy.beside for p in v.by_kind.get(kind, ())
    ):
        if (other := _numbered(placed.norm)) and other[:2] in rows:
            rows[other[:2]].setdefault(other[2], None)
    for (_, field), found in rows.items():
        for number, route in found.items():
            missing = [each for each in range(1, number) if each not in found]
            if missing and route is not None:
                yield _skipped((*route, field), number, missing)


def _numbered(norm: Norm) -> tuple[str, str, int] | None:
    """The row that a norm stands in, the field that says where, and its number there."""
    if isinstance(norm, Procedure):
        return norm.tier, "position", norm.position
    return ("", "rank", norm.rank) if isinstance(norm, Grade) else None


def _skipped(where: Route, number: int, missing: list[int]) -> Problem:
    return Problem(
        where=where,
        message=Text(
            f"编到 {number}，前面没有 {listed(map(str, missing))}",
            f"numbered {number}, but there is no {', '.join(map(str, missing))}",
        ),
        fix=Text("补上缺的，或者从 1 起连着编。", "Add what is missing, or number on from 1."),
    )
