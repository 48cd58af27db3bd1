"""与同类相差悬殊的分值

加分、减分里性质相近的几项（写了同一个 group 的），某一项不到同类中位数的四分之一时，提示看一眼：
可能是原文或录入漏了数位，也可能就是这样。只提示，不算错；原文如此的照录，并在理解口径里说明。
四分之一是本项目自定的，不是规定。同类不满三项的不比。
"""

from collections import defaultdict
from collections.abc import Iterator
from statistics import median

from banshi.base.money import plain
from banshi.base.text import listed
from banshi.checking.loaded import PolicyFile
from banshi.checking.rules import Problem, Text
from banshi.files.findings import Route
from banshi.law.norms import Adjustment

TITLE = Text("与同类相差悬殊的分值", "A value far out of line with its like")
SUBJECT = "policy"
SEVERITY = "note"
BASIS = ()
_LIST = """
provisions:
  - id: "20"
    label: 第二十条
    heading: 减分
    source: {lines: [1, 1]}
    norms:
      - {id: a, kind: adjustment, statement: "每{per}减{points}分。", scale: deduction, fact: a, points: 2, per: 次, group: 廉洁}
      - {id: b, kind: adjustment, statement: "每{per}减{points}分。", scale: deduction, fact: b, points: 2, per: 次, group: 廉洁}
      - {id: c, kind: adjustment, statement: "每{per}减{points}分。", scale: deduction, fact: c, points: LAST, per: 次, group: 廉洁}
readings: []
"""
GOOD = _LIST.replace("LAST", "1")
BAD = _LIST.replace("LAST", "0.1")
FEW, SMALL = 3, 4


def check(policy: PolicyFile) -> Iterator[Problem]:
    """Each group of like entries."""
    groups: dict[tuple[str, str], list[tuple[Route, Adjustment]]] = defaultdict(list)
    for route, norm in policy.norms():
        if isinstance(norm, Adjustment) and norm.group:
            groups[norm.scale, norm.group].append((route, norm))
    for (_, group), entries in groups.items():
        middle = median(norm.points for _, norm in entries)
        for route, norm in entries if len(entries) >= FEW else ():
            if norm.points * SMALL < middle:
                others = listed(plain(other.points) for _, other in entries if other is not norm)
                yield Problem(
                    where=(*route, "points"),
                    message=Text(
                        f"分值 {plain(norm.points)}，同类（{group}）其余是 {others}，相差悬殊",
                        f"{plain(norm.points)} points; the others of its group have {others}",
                    ),
                    fix=Text(
                        "对照原文；原文如此的照录，并写进理解口径。",
                        "Compare with the source; if it says so, record a reading.",
                    ),
                    basis=tuple(p.cite for p in policy.version.placed if p.norm is norm),
                )
