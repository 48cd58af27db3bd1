"""指南的引用都有着落

指南不写内容，只写取自哪里：依据的文件、规范点、规范点种类、口径、见哪一节。
引用写错了，指南会悄悄少一段，或把载明的内容印成“原文未载明”，所以是错误。两节同一个标识，链接只到得了前一节，也是错误。
引用的内容今天没有，但这个文件从前或将来的文本里有（暂停、删去、还没有施行）的，是警告：页面上写明从哪天起没有、哪天起再有。
"""

import datetime
from collections.abc import Callable, Iterable, Iterator

from banshi.base.text import did_you_mean
from banshi.checking.loaded import GuideFile
from banshi.checking.rules import Problem, Severity, Text
from banshi.files.findings import Route
from banshi.law.guides import Pick, law_of
from banshi.law.library import Law
from banshi.law.norms import Enumeration

TITLE = Text("指南的引用都有着落", "Every reference of a guide resolves")
SUBJECT = "guide"
SEVERITY = "error"
BASIS = ()
GOOD = """
elements:
  level: {norms: [own-level]}
"""
BAD = """
elements:
  level: {norms: [own-levl]}   # 规范点的标识写错
"""

_NORM = Text("规范点", "norm")
_KIND = Text("这一种类的规范点", "norm of kind")
_READING = Text("理解口径", "reading")
_SECTION = Text("这一节：", "section")
_INSTRUMENT = Text("文件", "instrument")
_CASES = Text("办件类别", "kind of case")
_LIST = Text("列举性规范点", "enumeration")
_ONE_DAY = datetime.timedelta(days=1)


_Names = Callable[[Law], Iterable[str]]  # what of a law may be named


def check(file: GuideFile) -> Iterator[Problem]:
    """Each reference against the text of its instrument on the library's day, or against the guide's own sections."""
    guide, known = file.guide, file.library.instruments()
    yield from _missing([guide.instrument], known, _INSTRUMENT, ("instrument",))
    yield from _missing(guide.also, known, _INSTRUMENT, ("also",))
    for index, section in enumerate(guide.sections):
        where: Route = ("sections", index)
        yield from _picked(file, section, where)
        yield from _absent(file, section, section.readings, _readings, _READING, (*where, "readings"))
        for step, box in enumerate(section.steps):
            yield from _picked(file, box, (*where, "steps", step))
            each_of = [box.each_of] if box.each_of else []
            yield from _absent(file, box, each_of, _lists, _LIST, (*where, "steps", step, "each_of"))
    sections = [section.id for section in guide.sections]
    yield from (_twice(name, index) for index, name in enumerate(sections) if name in sections[:index])
    for name, element in guide.elements.items():
        yield from _picked(file, element, ("elements", name))
        if element.section:
            yield from _missing([element.section], sections, _SECTION, ("elements", name, "section"))


def _twice(name: str, index: int) -> Problem:
    return Problem(
        where=("sections", index, "id"),
        message=Text(f"另一节也叫 {name}", f"another section is called {name} too"),
        fix=Text("各节用不同的标识。", "Give each section an id of its own."),
    )


def _picked(file: GuideFile, pick: Pick, where: Route) -> Iterator[Problem]:
    if pick.instrument:
        yield from _missing([pick.instrument], file.guide.instruments, _INSTRUMENT, (*where, "instrument"))
    yield from _absent(file, pick, pick.norms, _norms, _NORM, (*where, "norms"))
    yield from _absent(file, pick, pick.kinds, _kinds, _KIND, (*where, "kinds"))
    yield from _absent(file, pick, pick.cases, _cases, _CASES, (*where, "cases"))


def _norms(law: Law) -> Iterable[str]:
    return law.placed


def _kinds(law: Law) -> Iterable[str]:
    return {placed.norm.kind for placed in law.placed.values()}


def _readings(law: Law) -> Iterable[str]:
    return law.readings


def _cases(law: Law) -> Iterable[str]:
    """The kinds of case of which norms speak, and those that the instrument tells apart."""
    spoken_of = {case for placed in law.placed.values() for case in getattr(placed.norm, "cases", ())}
    lists = [placed.norm for placed in law.all(Enumeration) if placed.norm.of == "case_kind"]
    return spoken_of | {value.value for norm in lists for value in norm.values}


def _lists(law: Law) -> Iterable[str]:
    return [norm_id for norm_id, placed in law.placed.items() if isinstance(placed.norm, Enumeration)]


def _absent(
    file: GuideFile, pick: Pick, names: Iterable[str], known: _Names, what: Text, where: Route
) -> Iterator[Problem]:
    """What the text of the day does not have; where another text of the instrument has it, that is said instead."""
    law = law_of(file.guide, file.library, pick.instrument)
    there = set(known(law)) if law else set(names)
    for name in names:
        if name not in there:
            yield _at_another_time(file, pick, name, known, what, where) or _unknown(name, there, what, where)


def _at_another_time(file: GuideFile, pick: Pick, name: str, known: _Names, what: Text, where: Route) -> Problem | None:
    """That it stood in an earlier text of the instrument, or will stand in a later one; None where it never does."""
    editions = file.library.versions(pick.instrument or file.guide.instrument)
    having = [each for each in editions if name in known(Law((each.text,), each.text.jurisdiction))]
    earlier = [each.until for each in having if each.until and each.until < file.library.on]
    later = [each.since for each in having if each.since > file.library.on]
    if not earlier and not later:
        return None
    said = [Text(f"{gone} 起没有", f"gone since {gone}") for gone in (day + _ONE_DAY for day in earlier[-1:])]
    said += [Text(f"{day} 起{'再' if earlier else '才'}有", f"there from {day}") for day in later[:1]]
    zh, en = "，".join(each.zh for each in said), ", ".join(each.en for each in said)
    return Problem(
        where=where,
        message=Text(f"{what.zh} {name} 现在没有：{zh}", f"{what.en} {name} is not in force now: {en}"),
        fix=Text(
            "页面会写明这一点；不再需要的，删去这一处引用。",
            "The page says so; drop this reference if it is not wanted.",
        ),
        severity=Severity.WARNING,
        basis=(having[-1].text.cite,),
    )


def _missing(names: Iterable[str], known: Iterable[str], what: Text, where: Route) -> Iterator[Problem]:
    known = list(known)
    yield from (_unknown(name, known, what, where) for name in names if name not in known)


def _unknown(name: str, known: Iterable[str], what: Text, where: Route) -> Problem:
    return Problem(
        where=where,
        message=Text(f"没有{what.zh} {name}", f"there is no {what.en} {name}"),
        fix=did_you_mean(name, known)
        or Text("改成已有的，或删去这一处引用。", "Name an existing one, or drop this reference."),
    )
