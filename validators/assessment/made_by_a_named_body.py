"""作出的机关是规定列举的

表扬、表彰、通报批评、检查指导，要由规定列举的机关或人作出才计分，例如上级的通报。没有写由谁作出的，不能判断。
级别不同的同类情形各有各的标识：上级中心的简报、本中心的简报，不要填到一起。
"""

from collections.abc import Iterator

from banshi.base.text import listed as joined
from banshi.checking.rules import Problem, Text
from banshi.subjects.assessment.case import AssessmentInLaw
from banshi.subjects.assessment.walks import listed

TITLE = Text("作出的机关是规定列举的", "The body is one that the measures name")
SEVERITY = "warning"
BASIS = ()
GOOD = """
windows:
  - id: W01
    name: 发展改革窗口
    bonus:
      - {fact: written_commendations, on: 2012-01-12, matter: 表彰, evidence: 表彰决定, by: 国家有关部委,
         approved_on: 2012-02-28}
"""
BAD = """
windows:
  - id: W01
    name: 发展改革窗口
    bonus:
      - {fact: written_commendations, on: 2012-01-12, matter: 表彰, evidence: 表彰决定, by: 市政府,
         approved_on: 2012-02-28}     # 市政府的表彰不在列举之内
"""


def check(case: AssessmentInLaw) -> Iterator[Problem]:
    """Each entry whose norm names those whose act it is."""
    for item in listed(case):
        asked = item.asks.by if item.asks else ()
        by = item.entry.by
        if not asked or case.book is None or (by and any(by in case.book.offices.get(role, ()) for role in asked)):
            continue
        who = joined(case.book.name(role) for role in asked)
        said = Text(f"写的是“{by}”", f"“{by}” is entered") if by else Text("没有写由谁作出", "nobody is entered")
        fate = item.fate(bool(by))
        yield Problem(
            where=(*item.route, "by") if by else item.route,
            message=Text(
                f"{item.called.zh}须由{who}作出，{said.zh}，{fate.zh}",
                f"{item.called.en} must be an act of {who}; {said.en}, so {fate.en}",
            ),
            fix=Text(
                f"在“由谁作出”（by）里写明是哪一个（{who}）；是别的机关作出的，改用那一项的标识，没有那一项的删去。",
                f"Enter {who} in by; if another body acted, use that body's fact, or delete the entry.",
            ),
            basis=item.basis,
        )
