"""超期件都列入减分

超期未办结、超期办结的件，除有关小项不得分以外，每件还要减分，应当逐件列在减分里，写明办件编号。
没有列的也照件数减分，但说不出是哪几件；列的比件数还多，说明件数填少了，按多的算。
"""

from collections.abc import Iterator

from banshi.checking.rules import Problem, Text
from banshi.files.findings import Route, Severity
from banshi.subjects.assessment.book import AssessmentBook
from banshi.subjects.assessment.case import AssessmentInLaw
from banshi.subjects.assessment.forms import Window
from banshi.subjects.assessment.walks import Listed, listed, scored

TITLE = Text("超期件都列入减分", "Every overdue case is listed as a deduction")
SEVERITY = "error"
BASIS = ("adjustment fact.role=overdue", "score_rule fact.role=overdue")
GOOD = """
windows:
  - id: W01
    name: 发展改革窗口
    facts: {overdue_cases: 1}
    deductions:
      - {fact: overdue_cases, on: 2012-01-20, event: 办件-0012, evidence: 超期清单}
"""
BAD = """
windows:
  - id: W01
    name: 发展改革窗口
    facts: {overdue_cases: 2}     # 下面只列了一件
    deductions:
      - {fact: overdue_cases, on: 2012-01-20, event: 办件-0012, evidence: 超期清单}
"""


def check(case: AssessmentInLaw) -> Iterator[Problem]:
    """Each window's count of overdue cases against what it lists, of every kind."""
    book = case.book
    if book is None or ("deduction", book.overdue) not in book.adjustments:
        return
    for route, window in scored(case):
        for slug, count, stated in _counts(window, book):
            more = count < (stated or 0) and _may_list_more(case, route, book)
            if stated is not None and count != stated and not more:
                yield _problem(case, (*route, "facts", slug), window, slug, (stated, count))
                break  # what is amiss with all of them is amiss with a kind of them too
    for own in listed(case):
        if own.entry.fact != book.overdue and (key := next((k for k in _KINDS if getattr(own.entry, k)), None)):
            yield _not_overdue(own, key)


def _may_list_more(case: AssessmentInLaw, route: Route, book: AssessmentBook) -> bool:
    """Whether what was not read of the window's list may be overdue cases."""
    unread = case.unread.get(int(route[1]))
    return unread is not None and unread.may_list("deduction", book.overdue)


def _counts(window: Window, book: AssessmentBook) -> Iterator[tuple[str, int, int | None]]:
    """A fact about overdue cases, how many of it are listed, how many are stated."""
    own = [d for d in window.deductions if d.fact == book.overdue and not d.analogy]
    kinds = {book.overdue: own, **{slug: [d for d in own if getattr(d, key)] for key, slug in book.touched.items()}}
    for slug, entries in kinds.items():
        fact = window.facts.get(slug)
        yield slug, sum(entry.count for entry in entries), fact.count if fact else None


def _problem(case: AssessmentInLaw, where: Route, window: Window, slug: str, figures: tuple[int, int]) -> Problem:
    assert case.book is not None
    (stated, count), name = figures, case.book.name(slug)
    return Problem(
        where=where,
        message=Text(
            f"{window.called}的{name}是 {stated} 件，减分里列了 {count} 件",
            f"{window.called}: {slug} is {stated}, but {count} are listed as deductions",
        ),
        fix=_LIST if stated > count else _COUNT,
    )


def _not_overdue(own: Listed, key: str) -> Problem:
    return Problem(
        where=(*own.route, key),
        severity=Severity.WARNING,
        message=Text(
            f"{own.called.zh}不是超期件，写了“{_KINDS[key]}”，不起作用",
            f"{own.called.en} is not an overdue case: {key} has no effect",
        ),
        fix=Text("是超期件的，情形改为超期；不是的，删去这一栏。", f"Make it an overdue case, or delete {key}."),
    )


_KINDS = {"parallel": "并联审批件", "online": "网上件", "promised_only": "只超承诺时限"}
_LIST = Text(
    "在减分（deductions）里逐件补列超期件（overdue_cases；并联件写 parallel: true，网上件写 online: true，表格里填“是”），写明办件编号和凭据。",
    "List each of them under deductions as overdue_cases (with parallel: true or online: true where it is so).",
)
_COUNT = Text("核对件数；重复列的，删去。", "Check the count; delete what is listed twice.")
