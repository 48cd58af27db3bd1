"""除外有规定，有凭据

只有规定写明的情形可以不计，各项的条件不同，互不通用；规定只许某个环节不在现场的，写明是哪个环节。
要有凭据；不计的不会比查明的还多。
"""

from collections.abc import Iterator

from banshi.base.text import listed
from banshi.checking.rules import Problem, Text
from banshi.files.findings import Route
from banshi.law.instruments import Placed
from banshi.law.norms import ScoreRule
from banshi.subjects.assessment.case import AssessmentInLaw
from banshi.subjects.assessment.forms import Exempt, Fact, Window
from banshi.subjects.assessment.walks import facts

TITLE = Text("除外有规定，有凭据", "Every exemption is one that the measures know")
SEVERITY = "error"
BASIS = ("score_rule effect=exempt", "score_rule unless=*")
GOOD = """
windows:
  - id: W01
    name: 发展改革窗口
    facts:
      offsite_stages:
        count: 1
        exempt: [{count: 1, stage: 审批, ground: 确需集体决定、报市政府同意的重大事项, evidence: 市政府同意文件}]
"""
BAD = """
windows:
  - id: W01
    name: 发展改革窗口
    facts:
      offsite_stages:
        count: 1
        exempt: [{count: 1, stage: 受理, ground: 确需集体决定、报市政府同意的重大事项, evidence: 市政府同意文件}]
"""


def check(case: AssessmentInLaw) -> Iterator[Problem]:
    """Each fact with exemptions."""
    for route, window, slug, fact in facts(case):
        if not fact.exempt:
            continue
        known = _known(case, slug)
        assert case.book is not None
        name = case.book.name(slug)
        if not known:
            yield _problem((*route, "exempt"), window, Text(f"{name}没有可以除外的规定", f"nothing exempts {slug}"), [])
            continue
        for n, exempt in enumerate(fact.exempt):
            yield from _stage((*route, "exempt", n), window, exempt, known)
        yield from _too_many(route, window, name, fact, known)


def _known(case: AssessmentInLaw, slug: str) -> list[Placed[ScoreRule]]:
    assert case.law is not None
    rules = [p for p in case.law.all(ScoreRule) if p.norm.fact == slug]
    return [p for p in rules if p.norm.effect == "exempt" or p.norm.unless]


def _stage(where: Route, window: Window, exempt: Exempt, known: list[Placed[ScoreRule]]) -> Iterator[Problem]:
    stages = [value for p in known for value in p.norm.values if p.norm.effect == "exempt"]
    if stages and exempt.stage not in stages:
        said = f"写的是“{exempt.stage}”" if exempt.stage else "没有写环节"
        what = Text(f"只有{listed(stages)}环节可以除外，{said}", f"only the stages {listed(stages)} may be exempt")
        yield _problem((*where, "stage") if exempt.stage else where, window, what, known)


def _too_many(route: Route, window: Window, name: str, fact: Fact, known: list[Placed[ScoreRule]]) -> Iterator[Problem]:
    total = sum(exempt.count for exempt in fact.exempt)
    if fact.count is not None and total > fact.count:
        what = Text(f"{name}是 {fact.count}，除外的却有 {total}", f"{total} are exempt of {fact.count}")
        yield _problem((*route, "exempt"), window, what, known)


def _problem(where: Route, window: Window, what: Text, known: list[Placed[ScoreRule]]) -> Problem:
    return Problem(
        where=where,
        message=Text(f"{window.called}：{what.zh}", f"{window.called}: {what.en}"),
        fix=Text("核对除外的条件、环节和凭据；不合条件的，删去 exempt。", "Check the exemption, or delete it."),
        basis=tuple(placed.cite for placed in known),
    )
