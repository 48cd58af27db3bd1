"""等次的分数段首尾相接

同一种考核期里，不靠名额的等次各管一段分数：一段到哪里为止，下一段就从哪里起，最低的一段没有下限，最高的一段没有上限。
重叠的，指南上同一个分数写着两个等次；有空当的，那样的得分没有等次。各等次的先后（rank）各不相同。
最后的一个等次不写分数段的，其余的得分都归它，别的各段就可以有空当，只不能重叠。
靠名额的等次（前百分之几）是从这些段里再挑的，不在此列；百分之几要大于 0、不超过 100。
"""

from collections import Counter
from collections.abc import Iterator

from banshi.checking.loaded import PolicyFile
from banshi.checking.rules import Problem, Text
from banshi.files.findings import Route
from banshi.law.intervals import seams
from banshi.law.norms import Bounds, Grade

TITLE = Text("等次的分数段首尾相接", "Bands of grades tile")
SUBJECT = "policy"
SEVERITY = "error"
BASIS = ()
_GRADES = """
governs: [assessment]
provisions:
  - id: "14"
    label: 第十四条
    heading: 等次
    source: {lines: [1, 2]}
    norms:
      - {id: fit, kind: grade, statement: "{band}的，为{name}。", grade: fit, name: 合格, rank: 1, periods: [year],
         band: {lower: {value: 70, inclusive: true}, unit: 分}}
      - {id: unfit, kind: grade, statement: "{band}的，为{name}。", grade: unfit, name: 不合格, rank: 2, periods: [year],
         band: {upper: {value: BELOW, inclusive: false}, unit: 分}}
tiers: {}
steps: {}
readings: []
"""
GOOD = _GRADES.replace("BELOW", "70")
BAD = _GRADES.replace("BELOW", "75")
_Grades = list[tuple[Route, Grade]]


def check(policy: PolicyFile) -> Iterator[Problem]:
    """The grades of each kind of period."""
    every = [(route, norm) for route, norm in policy.norms() if isinstance(norm, Grade)]
    yield from (_no_share(route) for route, norm in every if norm.share and not 0 < norm.share.percent <= 100)
    told: set[str] = set()
    for period in dict.fromkeys(period for _, norm in every for period in norm.periods):
        own = [(route, norm) for route, norm in every if period in norm.periods]
        for problem in (*_ranks(own), *_bands([pair for pair in own if pair[1].share is None])):
            if problem.message.zh not in told:
                told.add(problem.message.zh)
                yield problem


def _no_share(route: Route) -> Problem:
    text = Text("前百分之几要大于 0、不超过 100", "a share lies above 0 and is at most 100 percent")
    return Problem(
        where=(*route, "share", "percent"), message=text, fix=Text("写成 20 这样的数。", "Write 20 for 20%.")
    )


def _ranks(own: _Grades) -> Iterator[Problem]:
    seen = Counter(norm.rank for _, norm in own)
    for route, norm in own:
        if seen[norm.rank] > 1:
            text = Text(f"有几个等次的先后都是 {norm.rank}", f"several grades have the rank {norm.rank}")
            yield Problem(where=(*route, "rank"), message=text, fix=Text("各写一个数，最好的写 1。", "Number them."))


def _bands(own: _Grades) -> Iterator[Problem]:
    last = max(own, key=lambda pair: pair[1].rank, default=None)
    rest = last is not None and last[1].band is None and len(own) > 1  # it takes whatever the others leave
    own = [pair for pair in own if pair is not last] if rest else own
    bounds = [norm.band or Bounds(unit="分") for _, norm in own]
    for seam in (seam for seam in seams(bounds) if not (rest and seam.kind == "gap")):
        (_, first), (route, second) = own[seam.first], own[seam.second]
        said, english = ("没有等次", "neither") if seam.kind == "gap" else ("有两个等次", "both")
        text = Text(
            f"{seam.where}{said}：{first.name}与{second.name}没有首尾相接",
            f"{seam.where} belongs to {english} of {first.grade} and {second.grade}",
        )
        yield Problem(where=(*route, "band"), message=text, fix=_MEET)
    if rest:
        return
    for end, said, english in (("lower", "低", "lowest"), ("upper", "高", "highest")):
        if own and all(getattr(bound, end) is not None for bound in bounds):
            pick = min if end == "lower" else max
            route, norm = pick(own, key=lambda pair: getattr(pair[1].band, end).value)
            text = Text(
                f"最{said}的一段（{norm.name}）还有{'下' if end == 'lower' else '上'}限，再{said}的得分没有等次",
                f"the {english} band ({norm.grade}) has an end: scores beyond it have no grade",
            )
            yield Problem(where=(*route, "band", end), message=text, fix=Text(f"删去它的 {end}。", f"Delete {end}."))


_MEET = Text("对照原文，让前一段的终点与后一段的起点相同，只有一个含本数。", "Make both ends meet.")
