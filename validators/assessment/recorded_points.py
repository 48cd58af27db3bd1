"""记录的分写在该写的地方

规定写明以记录为准的加分、减分，每一笔写明记录几分（points），不超过规定的最高；别的情形分值由规定定，写了 points 不起作用。
"""

from collections.abc import Iterator

from banshi.base.money import plain
from banshi.checking.rules import Problem, Text
from banshi.subjects.assessment.case import AssessmentInLaw
from banshi.subjects.assessment.walks import Listed, listed

TITLE = Text("记录的分写在该写的地方", "Recorded points stand where they count")
SEVERITY = "error"
BASIS = ("adjustment as_recorded=true",)
GOOD = """
windows:
  - id: W01
    name: 发展改革窗口
    bonus:
      - {fact: banners, on: 2012-01-09, matter: 锦旗-1, evidence: 照片, approved_on: 2012-02-28}
"""
BAD = """
windows:
  - id: W01
    name: 发展改革窗口
    bonus:
      - {fact: banners, on: 2012-01-09, matter: 锦旗-1, evidence: 照片, approved_on: 2012-02-28, points: 3}     # 分值由规定定
"""


def check(case: AssessmentInLaw) -> Iterator[Problem]:
    """Each bonus and deduction whose norm is known."""
    for item in listed(case):
        norm = item.placed.norm if item.placed else None
        if norm is None:
            continue
        points, most = item.entry.points, plain(norm.points)
        if norm.as_recorded and points is None:
            yield _problem(item, item.route, Text("没有写明记录几分，不能判定", "states no points"))
        elif norm.as_recorded and points is not None and points > norm.points:
            what = Text(f"记录 {plain(points)} 分，最多 {most} 分，按 {most} 分计", f"is above the most, {most}")
            yield _problem(item, (*item.route, "points"), what)
        elif points is not None and not norm.as_recorded:
            what = Text("写了记录的分，规定的分值不由记录定，不起作用", "states points, which the norm fixes itself")
            yield _problem(item, (*item.route, "points"), what)


def _problem(item: Listed, where: tuple[str | int, ...], what: Text) -> Problem:
    fix = Text("核对记录；以记录为准的写 points，别的删去。", "Check the record; state points only where they count.")
    message = Text(f"{item.called.zh}{what.zh}", f"{item.called.en} {what.en}")
    return Problem(where=where, message=message, fix=fix, basis=item.basis)
