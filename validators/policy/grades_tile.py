"""等次的分数段首尾相接

同一种考核期里，不靠名额的等次各管一段分数：一段到哪里为止，下一段就从哪里起，最低的一段没有下限，最高的一段没有上限。
重叠的，指南上同一个分数写着两个等次；有空当的，那样的得分没有等次。各等次的先后（rank）各不相同。
最后的一个等次不写分数段的，其余的得分都归它，别的各段就可以有空当，只不能重叠。
靠名额的等次（前百分之几）是从这些段里再挑的，不在此列；百分之几要大于 0、不超过 100；哪种考核期评，那种考核期就要排名。
一种考核期里，等次的标识、名称各不相同；分数的界限，得分要到得了。
"""

from collections import Counter
from collections.abc import Iterator

from banshi.base.money import plain
from banshi.base.text import listed
from banshi.checking.loaded import PolicyFile
from banshi.checking.rules import Problem, Text
from banshi.files.findings import Route
from banshi.law.intervals import seams
from banshi.law.norms import Bounds, Grade, Ranking, ScoreCombination, ScoreTotal

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
    ranked = {period for _, norm in policy.norms() if isinstance(norm, Ranking) for period in norm.periods}
    yield from (
        _not_ranked(route, norm) for route, norm in every if norm.share and ranked and not set(norm.periods) <= ranked
    )
    told: set[str] = set()
    for period in dict.fromkeys(period for _, norm in every for period in norm.periods):
        own = [(route, norm) for route, norm in every if period in norm.periods]
        for problem in (
            *_ranks(own),
            *_alike(own),
            *_out_of_reach(own, policy),
            *_bands([pair for pair in own if pair[1].share is None]),
        ):
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


def _not_ranked(route: Route, norm: Grade) -> Problem:
    text = Text(
        f"{norm.name}按名次评，而有的考核期（{listed(norm.periods)}）没有写排名，不分组",
        f"{norm.grade} goes by places, and not all of its periods are ranked",
    )
    return Problem(
        where=(*route, "share"), message=text, fix=Text("在 ranking 的 periods 里补上。", "Add it to ranking.")
    )


def _alike(own: _Grades) -> Iterator[Problem]:
    """Grades of one period with the same id or the same name."""
    for field, called in (("grade", "标识"), ("name", "名称")):
        seen = Counter(getattr(norm, field) for _, norm in own)
        for route, norm in own:
            if seen[getattr(norm, field)] > 1:
                text = Text(
                    f"有几个等次的{called}都是 {getattr(norm, field)}",
                    f"several grades have the {field} {getattr(norm, field)}",
                )
                yield Problem(where=(*route, field), message=text, fix=Text("各写一个。", "Give each its own."))


def _out_of_reach(own: _Grades, policy: PolicyFile) -> Iterator[Problem]:
    """Bands that begin or end far beyond full marks, where the score of the period is no sum of others."""
    norms = [norm for _, norm in policy.norms()]
    full = next((n.base_marks for n in norms if isinstance(n, ScoreTotal) and n.base_marks is not None), None)
    if full is None or any(isinstance(n, ScoreCombination) and n.how == "sum" for n in norms):
        return
    for route, norm in own:
        for end in ("lower", "upper"):
            bound = getattr(norm.band, end) if norm.band else None
            if bound is not None and bound.value > 2 * full:
                text = Text(
                    f"{norm.name}的界限 {plain(bound.value)} 分，满分是 {plain(full)} 分，到不了",
                    f"{norm.grade}: {plain(bound.value)} is far beyond full marks, {plain(full)}",
                )
                fix = Text("对照原文核对界限和满分。", "Compare the bound and full marks with the source.")
                yield Problem(where=(*route, "band", end), message=text, fix=fix)


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
