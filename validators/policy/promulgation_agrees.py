"""文件的日期和文号前后一致

文件头的成文日、施行日、文号，正文的印发、施行条款又写一遍；引用的文件，文号在关系里和正文里各写一遍。两处要一致。
优先于此前规定的，不会早于本文件施行；补充别的文件的，从那个文件施行之日起。
"""

import datetime
from collections.abc import Iterator

from banshi.checking.loaded import PolicyFile
from banshi.checking.rules import Problem, Text
from banshi.law.library import Library
from banshi.law.norms import CitationNorm, Promulgation

TITLE = Text("文件的日期和文号前后一致", "Dates and numbers agree")
SUBJECT = "policy"
SEVERITY = "error"
BASIS = ()
_TEXT = """
provisions:
  - id: "9"
    label: 第九条
    heading: 施行
    source: {lines: [9, 9]}
    norms:
      - {id: in-force, kind: promulgation, statement: "自{in_force}起施行。", in_force: 2012-01-DAY}
readings: []
"""
GOOD = _TEXT.replace("DAY", "01")
BAD = _TEXT.replace("DAY", "02")
_NAMES = {"issued": "成文日", "in_force": "施行日", "number": "文号", "forwarded_by": "转发机关"}


def check(policy: PolicyFile) -> Iterator[Problem]:
    """Norms on promulgation against the head, cited numbers against relations, relations against dates in force."""
    version = policy.version
    head = {
        "issued": version.dates.issued,
        "in_force": version.dates.in_force if version.dates.precision == "day" else None,
        "number": version.number or None,
        "forwarded_by": version.forwarded_by,
    }
    for route, norm in policy.norms():
        if isinstance(norm, Promulgation):
            for key, stated in head.items():
                own = getattr(norm, key)
                if own is not None and own != stated and (stated is not None or key in ("issued", "in_force")):
                    yield _problem((*route, key), _NAMES[key], own, stated)
    yield from _numbers(policy)
    yield from _relations(policy)


def _numbers(policy: PolicyFile) -> Iterator[Problem]:
    related = {r.title: r.number for r in policy.version.relations if r.title and r.number}
    for route, norm in policy.norms():
        for n, cited in enumerate(norm.documents if isinstance(norm, CitationNorm) else ()):
            number = related.get(cited.title or "")
            if cited.number and number and cited.number != number:
                yield _problem((*route, "documents", n, "number"), f"《{cited.title}》的文号", cited.number, number)


def _relations(policy: PolicyFile) -> Iterator[Problem]:
    version = policy.version
    begins = version.dates.in_force
    for n, relation in enumerate(version.relations):
        where, since = ("relations", n, "since"), relation.since
        if since is None:
            continue
        if relation.kind == "prevails_over" and begins and since < begins:
            yield _problem(where, "优先的起始日（不早于施行日）", since, begins)
        other = _begins(policy.library, relation.instrument) if relation.kind == "supplements" else None
        if other is not None and since != other:
            yield _problem(where, f"补充的起始日（{relation.instrument} 的施行日）", since, other)


def _begins(library: Library, instrument: str | None) -> datetime.date | None:
    """The first day of an instrument; None where the library does not hold it."""
    versions = [library.load(path) for path in library.files(instrument)] if instrument else []
    return min((version.begins for version in versions if version.normative), default=None)


def _problem(where: tuple[str | int, ...], what: str, own: object, stated: object) -> Problem:
    return Problem(
        where=where,
        message=Text(
            f"{what}：这里是 {own}，另一处是 {stated or '（没有写）'}",
            f"{own} here, but {stated or 'nothing'} elsewhere",
        ),
        fix=Text("对照原文，把两处改成一致。", "Compare both with the source."),
    )
