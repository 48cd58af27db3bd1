"""引用的文件找得到

写明是本库文件（instrument）的引用和关系，库里要真有那个文件；取代关系里写的规范点，双方都要真有。
只写标题、文号的外部文件不查有没有，只查文号的年份不晚于本文件。
"""

from collections.abc import Iterator
from itertools import chain

from banshi.base.text import did_you_mean
from banshi.checking.loaded import PolicyFile
from banshi.checking.rules import Problem, Severity, Text
from banshi.files.findings import Route
from banshi.law.norms import CitationNorm
from banshi.law.version_parts import Relation

TITLE = Text("引用的文件找得到", "Cited instruments are found")
SUBJECT = "policy"
SEVERITY = "error"
BASIS = ()
GOOD = """
relations:
  - {kind: cites, instrument: luzhou/change-management}
"""
BAD = """
relations:
  - {kind: cites, instrument: luzhou/change-managment}   # 写错一个字母
"""


def check(policy: PolicyFile) -> Iterator[Problem]:
    """Relations and citations against the library."""
    known = policy.library.instruments()
    named: list[tuple[Route, str | None, str | None]] = []
    for n, relation in enumerate(policy.version.relations):
        named.append((("relations", n), relation.instrument, relation.number))
        if relation.instrument in known:
            yield from _replaced(policy, relation, ("relations", n, "replaces"))
    for route, norm in policy.norms():
        if isinstance(norm, CitationNorm):
            named += [((*route, "documents", n), d.instrument, d.number) for n, d in enumerate(norm.documents)]
    for route, instrument, number in named:
        if instrument and instrument not in known:
            guess = did_you_mean(instrument, known)
            yield Problem(
                where=(*route, "instrument"),
                message=Text(f"库里没有 {instrument}", f"there is no {instrument} in the library"),
                fix=Text(f"{guess.zh}外部文件只写 title 和 number。", f"{guess.en} Name others by title and number."),
            )
        yield from _later(policy, number, (*route, "number"))


def _later(policy: PolicyFile, number: str | None, where: Route) -> Iterator[Problem]:
    year = (number or "").partition("〔")[2].partition("〕")[0]
    issued = policy.version.dates.issued or policy.version.dates.in_force
    if year.isdigit() and issued and int(year) > issued.year:
        yield Problem(
            where=where,
            severity=Severity.WARNING,
            message=Text(
                f"引用的 {number} 晚于本文件的 {issued.year} 年", f"{number} is later than this text of {issued.year}"
            ),
            fix=Text("核对文号的年份。", "Check the year of the number."),
        )


def _replaced(policy: PolicyFile, relation: Relation, where: Route) -> Iterator[Problem]:
    files = policy.library.files(relation.instrument or "")
    theirs = {p.norm.id for path in files for p in policy.library.load(path).placed}
    ours = {placed.norm.id for placed in policy.version.placed}
    wanted = [(norm, theirs, relation.instrument) for norm in relation.replaces]
    wanted += [(norm, ours, policy.version.instrument) for norm in chain(*relation.replaces.values())]
    for norm, known, instrument in wanted:
        if norm not in known:
            guess = did_you_mean(norm, known)
            yield Problem(
                where=where,
                message=Text(f"{instrument} 没有规范点 {norm}", f"{instrument} has no norm {norm}"),
                fix=Text(f"{guess.zh}核对标识。", f"{guess.en} Check the id.".strip()),
            )
