"""分段减分的各段首尾相接

一条细则按事实落在哪一段减分的（effect: banded），各段之间没有空当，也不重叠：重叠的地方先写的一段算了，后写的白写；
有空当的，落在里面的不减分，多半是漏了一段。两头以外不减分，那是原文的意思。中间一段减的分比前后两段都多、都少的，多半是数写错了，是警告。
"""

from collections.abc import Iterator
from decimal import Decimal

from banshi.base.money import plain
from banshi.checking.loaded import PolicyFile
from banshi.checking.rules import Problem, Severity, Text
from banshi.files.findings import Route
from banshi.law.intervals import seams
from banshi.law.norms import Norm, ScoreRule

TITLE = Text("分段减分的各段首尾相接", "Bands of a loss tile")
SUBJECT = "policy"
SEVERITY = "error"
BASIS = ()
_BANDS = """
governs: [assessment]
facts: {rate: {name: 网办率, unit: "%"}}
provisions:
  - id: "7"
    label: 第七条
    heading: 网办
    source: {lines: [1, 2]}
    norms:
      - {id: online, kind: score_sub_item, statement: "满分{marks}分。", item: "7", marks: 10}
      - id: low
        kind: score_rule
        statement: "{bands}。"
        sub_item: online
        effect: banded
        fact: rate
        per: 月
        if_none: keep
        bands:
          - {bound: {upper: {value: 60, inclusive: false}, unit: "%"}, points: 5}
          - {bound: {lower: {value: FROM, inclusive: true}, upper: {value: 80, inclusive: false}, unit: "%"}, points: 2}
tiers: {}
steps: {}
readings: []
"""
GOOD = _BANDS.replace("FROM", "60")
BAD = _BANDS.replace("FROM", "50")


def check(policy: PolicyFile) -> Iterator[Problem]:
    """The bands of each rule."""
    for route, norm in policy.norms():
        bands = norm.bands if isinstance(norm, ScoreRule) else ()
        for seam in seams([band.bound for band in bands]):
            said, english = ("哪一段都不管", "neither") if seam.kind == "gap" else ("有两段都管", "both")
            yield Problem(
                where=(*route, "bands", seam.second),
                message=Text(
                    f"{seam.where} {said}：第 {seam.first + 1} 段与第 {seam.second + 1} 段没有首尾相接",
                    f"{seam.where} falls into {english} of bands {seam.first + 1} and {seam.second + 1}",
                ),
                fix=Text("对照原文，让前一段的终点与后一段的起点相同，只有一个含本数。", "Make both ends meet."),
            )
        yield from _up_and_down(norm, route)


def _up_and_down(norm: Norm, route: Route) -> Iterator[Problem]:
    """Bands of which a middle one takes more, or less, than those on both sides of it."""
    bands = list(enumerate(norm.bands)) if isinstance(norm, ScoreRule) else []
    order = sorted(bands, key=lambda pair: pair[1].bound.lower.value if pair[1].bound.lower else Decimal("-Infinity"))
    for (_, one), (n, two), (_, three) in zip(order, order[1:], order[2:], strict=False):
        if (two.points - one.points) * (three.points - two.points) < 0:
            yield Problem(
                where=(*route, "bands", n, "points"),
                message=Text(
                    f"{norm.id} 的第 {n + 1} 段减 {plain(two.points)} 分，前后两段减 {plain(one.points)} 分、{plain(three.points)} 分：忽高忽低",
                    f"{norm.id}: band {n + 1} takes {plain(two.points)}, its neighbours {plain(one.points)} and {plain(three.points)}",
                ),
                fix=Text(
                    "对照原文核对各段的分；原文确是这样的，不用改。", "Compare the points of the bands with the source."
                ),
                severity=Severity.WARNING,
            )
