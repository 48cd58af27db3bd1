"""加分经过审定

办法要加分经过审定的（bonus_by_approval、by_approval），没有审定记录的不计；减分不须审定。
审定日早于事情发生的日期，说明日期填错。
"""

from collections.abc import Iterator

from banshi.checking.rules import Problem, Severity, Text
from banshi.files.findings import Route
from banshi.law.norms import RateBonus
from banshi.subjects.assessment.case import AssessmentInLaw
from banshi.subjects.assessment.walks import listed

TITLE = Text("加分经过审定", "Every bonus is approved")
SEVERITY = "warning"
BASIS = ("highest_only scale=bonus",)
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
      - {fact: banners, on: 2012-01-09, matter: 锦旗-1, evidence: 照片}     # 没有审定
"""


def check(case: AssessmentInLaw) -> Iterator[Problem]:
    """Each bonus, and each rate that would bring points."""
    if case.law is None:
        return
    needed = case.book is not None and case.book.bonus_by_approval
    for item in listed(case):
        if item.scale != "bonus":
            continue
        approved, on = item.entry.approved_on, item.entry.on
        if approved is None and needed:
            yield _missing(case, item.route, item.called)
        elif approved is not None and approved < on:
            yield Problem(
                where=(*item.route, "approved_on"),
                message=Text(
                    f"{item.called.zh}：审定日 {approved} 早于 {on}",
                    f"{item.called.en}: approved earlier, on {approved}",
                ),
                fix=Text("核对两个日期。", "Check both dates."),
                severity=Severity.ERROR,
            )
    yield from _rates(case)


def _rates(case: AssessmentInLaw) -> Iterator[Problem]:
    """Rates that would bring points, and are not approved though they must be."""
    for _index, window, score in case.windows_with_scores:
        for entry in score.bonus:
            fact = window.facts.get(entry.fact)
            if fact is None or entry.placed is None or not entry.full or fact.approved_on is not None:
                continue
            if isinstance(entry.placed.norm, RateBonus) and entry.placed.norm.by_approval:
                called = Text(f"{window.called}的{entry.name}的加分", f"{window.called}, bonus for {entry.fact},")
                yield _missing(case, entry.route, called)


def _missing(case: AssessmentInLaw, where: Route, called: Text) -> Problem:
    return Problem(
        where=where,
        message=Text(f"{called.zh}没有审定，不计分", f"{called.en} is not approved, and does not count"),
        fix=Text("审定后补审定日（approved_on）；不予加分的，删去。", "Add approved_on, or delete the entry."),
        reading_dependent=bool(case.law and case.law.readings),
    )
