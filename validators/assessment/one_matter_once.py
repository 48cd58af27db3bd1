"""同一事项不重复加分

同一事项按最高的一项加分，其余不计。按口径，同一事项的同一种情形先合计再比较：一次表扬填了两遍，会计两遍。
填重了的，删去一遍；确是不同的事项，写不同的名称。减分填了两遍、同一件事又加分又减分的，也提醒核对。
没有写“每次”的加分，每个事项只加一次，数量写一。
"""

from collections import defaultdict
from collections.abc import Iterator

from banshi.checking.rules import Problem, Severity, Text
from banshi.subjects.assessment.case import AssessmentInLaw
from banshi.subjects.assessment.walks import Listed, listed

TITLE = Text("同一事项不重复加分", "One matter, one bonus")
SEVERITY = "warning"
BASIS = ("highest_only scale=bonus",)
GOOD = """
windows:
  - id: W01
    name: 发展改革窗口
    bonus:
      - {fact: banners, on: 2012-01-09, matter: 锦旗-1, evidence: 照片1, approved_on: 2012-02-28}
      - {fact: banners, on: 2012-01-10, matter: 锦旗-2, evidence: 照片2, approved_on: 2012-02-28}
"""
BAD = """
windows:
  - id: W01
    name: 发展改革窗口
    bonus:
      - {fact: banners, on: 2012-01-09, matter: 锦旗-1, evidence: 照片1, approved_on: 2012-02-28}
      - {fact: banners, on: 2012-01-09, matter: 锦旗-1, evidence: 照片1, approved_on: 2012-02-28}     # 填了两遍
"""


def check(case: AssessmentInLaw) -> Iterator[Problem]:
    """Each window's matters and events."""
    groups: dict[tuple[str, str], list[Listed]] = defaultdict(list)
    for item in listed(case):
        groups[item.window.id, item.entry.group].append(item)
        if item.placed and item.placed.norm.once_per_matter and item.entry.count > 1:
            yield _several(item)
    for items in groups.values():
        for n, item in enumerate(items):
            yield from _among(item, items[:n], case.book.overdue if case.book else "")


def _among(item: Listed, earlier: list[Listed], overdue: str) -> Iterator[Problem]:
    """An entry against the earlier ones of its matter or event."""
    group, entry = item.entry.group, item.entry
    bonuses = [other for other in earlier if other.scale == "bonus"]
    same = [other for other in earlier if other.scale == item.scale and other.entry.fact == entry.fact]
    if any(other.entry == entry for other in same) or (same and entry.fact == overdue):
        yield _problem(
            item, Text(f"（“{group}”）填了两遍，两遍都会计入", "is entered twice, and counts twice"), Severity.ERROR
        )
    elif item.scale == "deduction":
        if bonuses:
            yield _problem(item, Text(f"（“{group}”）又列在加分里", "is listed as a bonus too"), Severity.NOTE)
    elif same and not (item.placed and item.placed.norm.once_per_matter):
        what = Text(f"与前面一条同是事项“{group}”，会合计成一项", "adds to an earlier entry of the same matter")
        yield _problem(item, what, None)
    elif bonuses:
        what = Text(
            f"与前面的“{bonuses[0].name}”同是事项“{group}”，只计最高的一项", "is one matter with an earlier one"
        )
        yield _problem(item, what, Severity.NOTE)


def _problem(item: Listed, what: Text, severity: Severity | None) -> Problem:
    key = "matter" if item.scale == "bonus" else "event"
    return Problem(
        where=(*item.route, key),
        message=Text(f"{item.called.zh}{what.zh}", f"{item.called.en} {what.en}"),
        fix=_FIX,
        severity=severity,
        basis=item.basis if item.scale == "deduction" else None,
    )


def _several(item: Listed) -> Problem:
    return Problem(
        where=(*item.route, "count"),
        message=Text(
            f"{item.called.zh}每个事项只加一次，数量写的是 {item.entry.count}",
            f"{item.called.en}: a matter counts once, not {item.entry.count} times",
        ),
        fix=Text("每个事项各写一条。", "Enter every matter by itself."),
        basis=item.basis,
    )


_FIX = Text(
    "填重了的，删去；确是不同的事项，写不同的名称。", "Delete what is double; give different matters different names."
)
