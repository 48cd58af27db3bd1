"""事实和情形，规定里都有

事实、加分、减分的标识，要是现行考核办法里有的；写错的标识不会计入任何一项，等于没有填。
办法没有写到、按规定比照的情形，写 analogy: true、like（比照哪一项）和 text（是什么情形、为什么比照）。
"""

from collections.abc import Iterable, Iterator

from banshi.base.text import did_you_mean
from banshi.checking.rules import Problem, Text
from banshi.files.findings import Route
from banshi.subjects.assessment.book import AssessmentBook
from banshi.subjects.assessment.case import AssessmentInLaw
from banshi.subjects.assessment.walks import PARTS, SCALES, Listed, Scale, facts, listed

TITLE = Text("事实和情形，规定里都有", "Every fact is one that the measures know")
SEVERITY = "error"
BASIS = ("consequence of=case_not_named",)
GOOD = """
windows:
  - id: W01
    name: 发展改革窗口
    facts:
      upheld_complaints: 0
    bonus:
      - {fact: thank_you_plaques, analogy: true, like: banners, text: 群众赠匾，比照锦旗, on: 2012-01-09,
         matter: 赠匾-1, evidence: 照片, approved_on: 2012-02-28}
"""
BAD = """
windows:
  - id: W01
    name: 发展改革窗口
    facts:
      upheld_complaint: 0                # 少了 s
    bonus:
      - {fact: thank_you_plaques, on: 2012-01-09, matter: 赠匾-1, evidence: 照片, approved_on: 2012-02-28}
"""


def check(case: AssessmentInLaw) -> Iterator[Problem]:
    """Each fact, each bonus and deduction."""
    if case.book is None:
        return
    for route, window, slug, _fact in facts(case):
        if slug in case.book.sorts:
            continue
        scale = next((scale for scale in SCALES if (scale, slug) in case.book.adjustments), None)
        if scale:
            yield _entered_one_by_one(route, window.called, slug, scale, case.book)
        else:
            what = Text("事实", "facts")
            yield _unknown(route, window.called, slug, what, case.book, case.book.sorts, at_key=True)
    for item in listed(case):
        known = [fact for scale, fact in case.book.adjustments if scale == item.scale]
        key = "like" if item.entry.analogy and item.entry.like else "fact"
        if item.placed is None and (not item.entry.analogy or item.entry.like):
            said = getattr(item.entry, key)
            yield _unknown((*item.route, key), item.window.called, said, SCALES[item.scale], case.book, known)
        elif item.entry.analogy and not (item.entry.like and item.entry.text):
            yield _bare(item)


def _entered_one_by_one(where: Route, called: str, slug: str, scale: Scale, book: AssessmentBook) -> Problem:
    """A bonus or a deduction that is stated like a fact."""
    what, part, name = SCALES[scale], PARTS[scale], book.name(slug)
    return Problem(
        where=where,
        at_key=True,
        message=Text(
            f"{called}：“{name}”是{what.zh}的情形，写在事实里不会计入",
            f"{called}: {slug} is a {what.en}, and does not count among the facts",
        ),
        fix=Text(
            f"逐笔写在{what.zh}（{part}）里：情形（fact）、日期（on）、件次（count），等等；没有的不写。",
            f"Enter each in {part}, with its fact, day (on) and count; nothing where there is none.",
        ),
        basis=(book.adjustments[scale, slug].cite,),
    )


def _unknown(
    where: tuple[str | int, ...],
    called: str,
    slug: str,
    what: Text,
    book: AssessmentBook,
    known: Iterable[str],
    *,
    at_key: bool = False,
) -> Problem:
    by_name = {book.name(own): own for own in known}
    guess = did_you_mean(by_name.get(slug, slug), by_name.values())
    return Problem(
        where=where,
        at_key=at_key,
        message=Text(
            f"{called}：现行考核办法的{what.zh}里没有 {slug}，不会计入",
            f"{called}: the measures know no {slug} among their {what.en}, so it does not count",
        ),
        fix=Text(
            f"{guess.zh}改正标识；办法没有写到、可以比照的情形，写 analogy: true、like、text。",
            f"{guess.en} Correct the slug; what the measures do not name is entered with analogy: true, like, text.".strip(),
        ),
    )


def _bare(item: Listed) -> Problem:
    return Problem(
        where=(*item.route, "analogy"),
        message=Text(
            f"{item.called.zh}是比照的，没有写明比照哪一项、是什么情形",
            f"{item.called.en} goes by analogy, but does not say like what, or what happened",
        ),
        fix=Text(
            "补“比照哪一项”（like）和“说明”（text：是什么情形、为什么比照），由人认定。",
            "Add like (the fact that it is treated like) and text (what happened, and why it is alike).",
        ),
    )
