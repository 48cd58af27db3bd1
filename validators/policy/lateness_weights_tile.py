"""迟到、早退的几段首尾相接

迟到、早退按分钟分段计次的，一段到哪里为止，下一段就从哪里起。两段之间有空当的，那样的迟到不知计几次；
重叠的，有两段都管；最长的一段不写上限，否则再久的迟到反而不计。最短的一段以下是不计的；迟到从头计起、早退却不是的，或者反过来，是警告；更久的反而计得少的，也是警告。
"""

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from banshi.base.money import plain
from banshi.checking.loaded import PolicyFile
from banshi.checking.rules import Problem, Severity, Text
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
    yield from _unlike(every)
    told: set[tuple[str, ...]] = set()
    for sort in dict.fromkeys(sort for _, norm in every for sort in norm.of):
        for group in dict.fromkeys(group for _, norm in every for group in norm.groups or ("",)):
            own = [(r, n) for r, n in every if sort in n.of and (not n.groups or group in n.groups)]
            for ids, problem in (*_seams(own), *_highest(own), *_lighter(own)):
                if ids not in told:
                    told.add(ids)
                    yield problem


def _unlike(every: _Weights) -> Iterator[Problem]:
    """A sort of lateness whose shortest stretch is not counted, where that of another one is, for the same people."""
    for group in dict.fromkeys(group for _, norm in every for group in norm.groups or ("",)):
        lowest: dict[str, tuple[Route, LatenessWeight]] = {}
        for route, norm in every:
            for sort in norm.of if not norm.groups or group in norm.groups else ():
                if sort in _NAMES and (sort not in lowest or _from(norm) < _from(lowest[sort][1])):
                    lowest[sort] = route, norm
        counted = [sort for sort, (_, norm) in lowest.items() if not _from(norm)]
        for sort, (route, norm) in lowest.items():
            if counted and _from(norm):
                name, other = _NAMES[sort], _NAMES[counted[0]]
                yield Problem(
                    where=(*route, "length"),
                    severity=Severity.WARNING,
                    message=Text(
                        f"{name.zh}从 {plain(_from(norm))} 分钟起才计，{other.zh}从头计起：{name.zh}再短的不计",
                        f"{name.en} counts from {plain(_from(norm))} minutes on, {other.en} from the first",
                    ),
                    fix=Text(
                        f"对照原文：短的{name.zh}也计的，补上一段，或在那一段的 of 里写上它；原文确实不计的，不用改。",
                        "If the source counts it too, add a stretch, or name it in the first one; else leave it.",
                    ),
                )


def _from(norm: LatenessWeight) -> Decimal:
    return norm.length.lower.value if norm.length.lower else Decimal(0)


_NAMES = {
    "late": Text("迟到", "lateness"),
    "early_leaving": Text("早退", "early leaving"),
}


def _seams(own: _Weights) -> Iterator[tuple[tuple[str, ...], Problem]]:
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


def _lighter(own: _Weights) -> Iterator[tuple[tuple[str, ...], Problem]]:
    """A longer stretch that counts for less than a shorter one, both being counted in times."""
    timed = sorted(((r, n) for r, n in own if n.times and not n.absence_days), key=lambda pair: _from(pair[1]))
    for (_, first), (route, second) in pairwise(timed):
        if first.times > second.times:
            yield (
                (first.id, second.id, "lighter"),
                Problem(
                    where=(*route, "times"),
                    severity=Severity.WARNING,
                    message=Text(
                        f"{second.id} 更久，却只计 {plain(second.times)} 次，比 {first.id} 的 {plain(first.times)} 次还轻",
                        f"{second.id} is longer, but counts {plain(second.times)} times, less than {first.id}",
                    ),
                    fix=Text(
                        "对照原文核对各段的次数；原文如此的，不用改。",
                        "Compare with the source; if it says so, leave it.",
                    ),
                ),
            )


def _highest(own: _Weights) -> Iterator[tuple[tuple[str, ...], Problem]]:
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
