"""迟到、早退的几段首尾相接

迟到、早退按分钟分段计次的，一段到哪里为止，下一段就从哪里起。两段之间有空当的，那样的迟到不知计几次；
重叠的，有两段都管；最长的一段不写上限，否则再久的迟到反而不计。最短的一段以下是不计的。
"""

from collections.abc import Iterator

from banshi.checking.loaded import PolicyFile
from banshi.checking.rules import Problem, Text
from banshi.files.findings import Route
from banshi.law.intervals import seams
from banshi.law.norms import LatenessWeight

TITLE = Text("迟到、早退的几段首尾相接", "Weights of lateness tile")
SUBJECT = "policy"
SEVERITY = "error"
BASIS = ()
_WEIGHTS = """
governs: [attendance]
provisions:
  - id: "4"
    label: 第四条
    heading: 迟到
    source: {lines: [1, 2]}
    norms:
      - {id: short, kind: lateness_weight, statement: "{length}计{times}次。", of: [late], times: 0.5,
         length: {upper: {value: 30, inclusive: true}, unit: 分钟}}
      - {id: long, kind: lateness_weight, statement: "{length}计{times}次。", of: [late], times: 1,
         length: {lower: {value: FROM, inclusive: false}, unit: 分钟}}
tiers: {}
steps: {}
readings: []
"""
GOOD = _WEIGHTS.replace("FROM", "30")
BAD = _WEIGHTS.replace("FROM", "40")
_Weights = list[tuple[Route, LatenessWeight]]


def check(policy: PolicyFile) -> Iterator[Problem]:
    """The weights of each sort of lateness, for each group of people that they name."""
    every = [(route, norm) for route, norm in policy.norms() if isinstance(norm, LatenessWeight)]
    told: set[tuple[str, str]] = set()
    for sort in dict.fromkeys(sort for _, norm in every for sort in norm.of):
        for group in dict.fromkeys(group for _, norm in every for group in norm.groups or ("",)):
            own = [(r, n) for r, n in every if sort in n.of and (not n.groups or group in n.groups)]
            for ids, problem in (*_seams(own), *_highest(own)):
                if ids not in told:
                    told.add(ids)
                    yield problem


def _seams(own: _Weights) -> Iterator[tuple[tuple[str, str], Problem]]:
    for seam in seams([norm.length for _, norm in own]):
        (_, first), (route, second) = own[seam.first], own[seam.second]
        said, english = ("没有哪一段管", "neither") if seam.kind == "gap" else ("有两段都管", "both")
        yield (
            (first.id, second.id),
            Problem(
                where=(*route, "length"),
                message=Text(
                    f"{seam.where} 的迟到、早退{said}：{first.id} 与 {second.id} 没有首尾相接",
                    f"lateness of {seam.where} falls under {english} of {first.id} and {second.id}",
                ),
                fix=Text("对照原文，让前一段的终点与后一段的起点相同，只有一个含本数。", "Make both ends meet."),
            ),
        )


def _highest(own: _Weights) -> Iterator[tuple[tuple[str, str], Problem]]:
    if own and all(norm.length.upper is not None for _, norm in own):
        route, norm = max(own, key=lambda pair: pair[1].length.upper.value if pair[1].length.upper else 0)
        yield (
            (norm.id, ""),
            Problem(
                where=(*route, "length"),
                message=Text(
                    f"最长的一段 {norm.id} 有上限，再久的迟到、早退不计", f"{norm.id}, the longest, has an upper end"
                ),
                fix=Text("删去这一段的 upper，或补上更长的一段。", "Delete its upper, or add a longer one."),
            ),
        )
