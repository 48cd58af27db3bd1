"""凭据写的是凭据

加分、减分、除外都要写明凭什么认定：文号、抽查记录编号、照片、系统清单。写“无”“待补”的，等于没有凭据，核不了。
"""

from collections.abc import Iterator

from banshi.checking.rules import Problem, Text
from banshi.files.findings import Route
from banshi.subjects.assessment.case import AssessmentInLaw
from banshi.subjects.assessment.walks import facts, listed

TITLE = Text("凭据写的是凭据", "Evidence is evidence")
SEVERITY = "error"
BASIS = ()
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
      - {fact: banners, on: 2012-01-09, matter: 锦旗-1, evidence: 待补, approved_on: 2012-02-28}
"""
_NONE = frozenset(("无", "没有", "暂无", "待补", "待定", "未知", "不详", "略", "空", "同上", "none", "todo", "n/a"))
_MARKS = " -—－_/、.。…?？*×x0"


def check(case: AssessmentInLaw) -> Iterator[Problem]:
    """Each bonus and deduction, each exemption."""
    for item in listed(case):
        yield from _evidence((*item.route, "evidence"), item.called, item.entry.evidence)
    for route, window, slug, fact in facts(case):
        assert case.book is not None
        name = case.book.name(slug)
        for n, exempt in enumerate(fact.exempt):
            called = Text(f"{window.called}的{name}的除外", f"{window.called}, exemption of {slug}")
            yield from _evidence((*route, "exempt", n, "evidence"), called, exempt.evidence)


def _evidence(where: Route, called: Text, written: str) -> Iterator[Problem]:
    if written.strip().lower() in _NONE or not written.strip(_MARKS):
        yield Problem(
            where=where,
            message=Text(f"{called.zh}，凭据写的是“{written}”", f"{called.en}: the evidence is “{written}”"),
            fix=Text(
                "写明文号、记录编号、照片或系统清单；没有凭据的，删去这一条。", "Name the document or the record."
            ),
        )
