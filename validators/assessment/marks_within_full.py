"""评分不超过满分

由人评的分在零分到该小项满分之间；小项的标识要是现行考核办法里有的。由人给整个考核期评的分（如自评分），要在办法写的
最低分和最高分之间；之外的不用，总分不能判定。
"""

from collections.abc import Iterator
from decimal import Decimal

from banshi.base.money import plain
from banshi.base.text import did_you_mean
from banshi.checking.rules import Problem, Text
from banshi.files.findings import Route
from banshi.subjects.assessment.book import AssessmentBook
from banshi.subjects.assessment.case import AssessmentInLaw
from banshi.subjects.assessment.forms import Window
from banshi.subjects.assessment.walks import scored

TITLE = Text("评分不超过满分", "No mark is above the full marks")
SEVERITY = "error"
BASIS = ()
GOOD = """
windows:
  - id: W01
    name: 发展改革窗口
    marks:
      tidy-window: {mark: 1.5, by: 督察科, reason: 一次巡查发现杂物}
"""
BAD = """
windows:
  - id: W01
    name: 发展改革窗口
    marks:
      tidy-window: {mark: 3, by: 督察科, reason: 保持得好}          # 满分是2分
      tidy-windows: {mark: 2, by: 督察科, reason: 巡查无问题}       # 没有这个小项
"""


def check(case: AssessmentInLaw) -> Iterator[Problem]:
    """Each mark."""
    for route, window in scored(case):
        assert case.book is not None
        yield from _for_the_period(case.book, route, window)
        sub_items = {placed.norm.id: placed for placed in case.book.sub_items}
        for key, mark in window.marks.items():
            where = (*route, "marks", key)
            placed = sub_items.get(key)
            if placed is None:
                yield _unknown(where, window.called, key, list(sub_items))
            elif mark.mark > placed.norm.marks:
                full = plain(placed.norm.marks)
                yield Problem(
                    where=(*where, "mark"),
                    message=Text(
                        f"{window.called}的{placed.provision.heading or key}评 {plain(mark.mark)} 分，满分是 {full} 分",
                        f"{window.called}, {key}: {plain(mark.mark)} marks, the full marks are {full}",
                    ),
                    fix=Text(f"改为 0 到 {full} 之间的分。", f"Enter a mark from 0 to {full}."),
                    basis=(placed.cite,),
                )


def _for_the_period(book: AssessmentBook, route: Route, window: Window) -> Iterator[Problem]:
    """The marks of people for the whole period."""
    for placed, mark in book.personal:
        fact = window.facts.get(mark.fact)
        amount = None if fact is None else fact.amount if fact.amount is not None else fact.count
        if amount is not None and not mark.at_least <= amount <= mark.at_most:
            least, most = plain(mark.at_least), plain(mark.at_most)
            yield Problem(
                where=(*route, "facts", mark.fact),
                message=Text(
                    f"{window.called}的{book.name(mark.fact)}评 {plain(Decimal(amount))} 分，应在 {least} 至 {most} 分之间，不用这个分",
                    f"{window.called}, {mark.fact}: {plain(Decimal(amount))} marks are not between {least} and {most}: not used",
                ),
                fix=Text(f"改为 {least} 到 {most} 之间的分。", f"Enter a mark from {least} to {most}."),
                basis=(placed.cite,),
            )


def _unknown(where: tuple[str | int, ...], called: str, key: str, known: list[str]) -> Problem:
    guess = did_you_mean(key, known)
    return Problem(
        where=where,
        at_key=True,
        message=Text(f"{called}：没有 {key} 这个小项，这个分不会计入", f"{called}: there is no sub-item {key}"),
        fix=Text(f"{guess.zh}改正小项的标识。", f"{guess.en} Correct the sub-item's id.".strip()),
    )
