"""须核实的加分、减分写明核实

有的加分要经指定的机关核实才计，有的减分要经查属实才减；由谁核实，原文没有写明的也照此记录。
没有核实、不是由规定的机构核实的，不计分；比照这些情形的也一样。
"""

from collections.abc import Iterator

from banshi.base.text import listed as joined
from banshi.checking.rules import Problem, Text
from banshi.files.findings import Route
from banshi.subjects.assessment.case import AssessmentInLaw
from banshi.subjects.assessment.walks import Listed, listed

TITLE = Text("须核实的加分、减分写明核实", "What needs verifying is verified")
SEVERITY = "warning"
BASIS = ("adjustment verified_by=*", "adjustment must_be_verified=true")
GOOD = """
windows:
  - id: W01
    name: 发展改革窗口
    bonus:
      - {fact: holiday_appointment_cases, on: 2012-01-22, matter: 春节预约, evidence: 预约登记,
         verified_by: 督察科, verified_on: 2012-01-30, approved_on: 2012-02-28}
"""
BAD = """
windows:
  - id: W01
    name: 发展改革窗口
    bonus:
      - {fact: holiday_appointment_cases, on: 2012-01-22, matter: 春节预约, evidence: 预约登记,
         verified_by: 窗口, verified_on: 2012-01-30, approved_on: 2012-02-28}     # 应由督察科核实
"""


def check(case: AssessmentInLaw) -> Iterator[Problem]:
    """Each entry whose norm asks for somebody's verification."""
    for item in listed(case):
        norm, by = item.placed.norm if item.placed else None, item.entry.verified_by
        if norm is None or not norm.asks_verification or case.book is None:
            continue
        asked, dated = norm.verified_by, item.entry.verified_on is not None
        who = joined(case.book.name(role) for role in asked)
        if by is None and (asked or not dated):
            what = Text(f"须经{who}核实，没有写明，不计分", "is not said to be verified, and does not count")
            yield _problem(item, item.route, what, who)
        elif asked and not any(by in case.book.offices.get(role, ()) for role in asked):
            what = Text(f"须经{who}核实，写的是“{by}”，不计分", f"is verified by “{by}”, and does not count")
            yield _problem(item, (*item.route, "verified_by"), what, who)
        elif item.entry.verified_on is None:
            yield _problem(item, item.route, Text("没有写核实日", "does not say when it was verified"), who)
        elif item.entry.verified_on < item.entry.on:
            what = Text(f"的核实日 {item.entry.verified_on} 更早", f"was verified earlier, on {item.entry.verified_on}")
            yield _problem(item, (*item.route, "verified_on"), what, who)


def _problem(item: Listed, where: Route, what: Text, who: str) -> Problem:
    return Problem(
        where=where,
        message=Text(f"{item.called.zh}{what.zh}", f"{item.called.en} {what.en}"),
        fix=Text(
            f"经{who}核实后，补核实者（verified_by）和核实日（verified_on）。",
            "Add verified_by and verified_on once it is verified.",
        ),
        basis=item.basis,
    )
