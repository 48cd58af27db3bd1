"""指南是按旧文本写的

规范点里的数字随文本自己变，指南里人写的话（导语、常见问题、小标题）不会。文本改了，写指南的人要重看一遍。

指南用 written_for 写明按哪一天施行的规定写成（或核对过）。那天之后，它取用的规范点、理解口径在现行文本里变了的，逐节列出。
依据的文件有过不止一个文本，而指南没有写明的，也提示补上。
"""

import datetime
from collections.abc import Iterator, Mapping

from banshi.base.text import listed
from banshi.checking.loaded import GuideFile
from banshi.checking.rules import Problem, Text
from banshi.files.findings import Citation, Route
from banshi.law.guides import Pick, Section
from banshi.law.instruments import Placed, PolicyVersion
from banshi.law.library import Law
from banshi.law.norms import Norm

TITLE = Text("指南是按旧文本写的", "A guide written against an older text")
SUBJECT = "guide"
SEVERITY = "warning"
BASIS = ()
GOOD = """
written_for: 2012-01-01
"""
BAD = """
written_for: 2011-01-01   # 那天它依据的文件还没有施行
"""

_FIX = Text(
    "对照 banshi diff 列出的改变重看这一节的话，改好后把 written_for 写成现行文本施行的那天。",
    "Read it again beside banshi diff; then set written_for to the first day of the text in force.",
)
_SHOWN = 4
_NOTHING = ("", None)


def check(file: GuideFile) -> Iterator[Problem]:
    """Each instrument that the guide draws on: its text then, and the one that is shown."""
    for instrument in file.guide.instruments:
        begun = [each for each in file.library.versions(instrument) if each.since <= file.library.on]
        now = file.library.shown(instrument)
        if now is None or not begun:
            continue
        if (since := file.guide.written_for) is None:
            if len(begun) > 1:
                yield _unstated(now, begun[-1].since)
        elif since < begun[-1].since:
            yield from _behind(file, instrument, since, now)


def _unstated(now: PolicyVersion, since: datetime.date) -> Problem:
    return Problem(
        where=("instrument",),
        message=Text(
            f"《{now.title}》{since} 起有新的文本，指南没有写明（written_for）按哪天的规定写成",
            f"{now.instrument} has another text since {since}; the guide does not say for which it was written",
        ),
        fix=_FIX,
        basis=(now.cite,),
    )


def _behind(file: GuideFile, instrument: str, since: datetime.date, now: PolicyVersion) -> Iterator[Problem]:
    then = file.library.version_at(instrument, since)
    if then is None:
        said = f"《{now.title}》{since} 还没有施行", f"{instrument} was not in force on {since}"
        yield Problem(where=("written_for",), message=Text(*said), fix=_FIX, basis=(now.cite,))
        return
    laws = tuple(Law((text,), text.jurisdiction) for text in (then, now))
    for where, pick in _picks(file):
        if (pick.instrument or file.guide.instrument) == instrument:
            old, new = (_said(pick, law) for law in laws)
            if keys := [key for key in {**old, **new} if old.get(key, _NOTHING)[0] != new.get(key, _NOTHING)[0]]:
                yield _changed(where, since, now, [(new.get(key) or old[key])[1] for key in keys])


def _picks(file: GuideFile) -> Iterator[tuple[Route, Pick]]:
    for n, section in enumerate(file.guide.sections):
        yield ("sections", n), section
        yield from ((("sections", n, "steps", m), box) for m, box in enumerate(section.steps))
    for name, element in file.guide.elements.items():
        if not element.section:  # what a section says is told there
            yield ("elements", name), element


def _said(pick: Pick, law: Law) -> Mapping[str, tuple[str, Citation]]:
    """What a pick finds in a law: each norm and reading in words, with where it stands."""
    placed: list[Placed[Norm]] = pick.of(law)
    found = {p.norm.id: (p.statement, p.cite) for p in placed}
    asked = pick.readings if isinstance(pick, Section) else ()
    for reading in (law.reading(each) for each in asked):
        if reading:
            found[reading.id] = f"{reading.question} {reading.options} {reading.default}", law.versions[0].cite
    return found


def _changed(where: Route, since: datetime.date, now: PolicyVersion, cited: list[Citation]) -> Problem:
    labels = list(dict.fromkeys(each.label or now.title for each in cited))
    more = f"等 {len(labels)} 处" if len(labels) > _SHOWN else ""
    return Problem(
        where=where,
        message=Text(
            f"指南按 {since} 的规定写成，这里取自的{listed(labels[:_SHOWN])}{more}后来改了",
            f"written for the law of {since}; since then {', '.join(labels[:_SHOWN])} changed ({len(cited)} norms)",
        ),
        fix=_FIX,
        basis=tuple(dict.fromkeys(cited)),
    )
