"""指南的引用都有着落

指南不写内容，只写取自哪里：依据的文件、规范点、规范点种类、口径、见哪一节。
引用写错了，指南会悄悄少一段，或把载明的内容印成“原文未载明”，所以是错误。
"""

from collections.abc import Iterable, Iterator

from banshi.base.text import did_you_mean
from banshi.checking.loaded import GuideFile
from banshi.checking.rules import Problem, Text
from banshi.files.findings import Route
from banshi.law.guides import Box, Pick, law_of
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


def check(file: GuideFile) -> Iterator[Problem]:
    """Each reference against the newest version of its instrument, or against the guide's own sections."""
    guide, known = file.guide, file.library.instruments()
    yield from _missing([guide.instrument], known, _INSTRUMENT, ("instrument",))
    yield from _missing(guide.also, known, _INSTRUMENT, ("also",))
    for index, section in enumerate(guide.sections):
        where: Route = ("sections", index)
        yield from _picked(file, section, where)
        law = law_of(guide, file.library, section.instrument)
        yield from _missing(section.readings, law.readings if law else section.readings, _READING, (*where, "readings"))
        for step, box in enumerate(section.steps):
            yield from _picked(file, box, (*where, "steps", step))
            yield from _list(file, box, (*where, "steps", step, "each_of"))
    sections = [section.id for section in guide.sections]
    for name, element in guide.elements.items():
        yield from _picked(file, element, ("elements", name))
        if element.section:
            yield from _missing([element.section], sections, _SECTION, ("elements", name, "section"))


def _picked(file: GuideFile, pick: Pick, where: Route) -> Iterator[Problem]:
    if pick.instrument:
        yield from _missing([pick.instrument], file.guide.instruments, _INSTRUMENT, (*where, "instrument"))
    law = law_of(file.guide, file.library, pick.instrument)
    if law is None:
        return
    kinds = {placed.norm.kind for placed in law.placed.values()}
    yield from _missing(pick.norms, law.placed, _NORM, (*where, "norms"))
    yield from _missing(pick.kinds, kinds, _KIND, (*where, "kinds"))
    yield from _missing(pick.cases, _cases(law), _CASES, (*where, "cases"))


def _cases(law: Law) -> set[str]:
    """The kinds of case of which norms speak, and those that the instrument tells apart."""
    spoken_of = {case for placed in law.placed.values() for case in getattr(placed.norm, "cases", ())}
    lists = [placed.norm for placed in law.all(Enumeration) if placed.norm.of == "case_kind"]
    return spoken_of | {value.value for norm in lists for value in norm.values}


def _list(file: GuideFile, box: Box, where: Route) -> Iterator[Problem]:
    law = law_of(file.guide, file.library, box.instrument)
    if box.each_of and law:
        lists = [norm_id for norm_id, placed in law.placed.items() if isinstance(placed.norm, Enumeration)]
        yield from _missing([box.each_of], lists, _LIST, where)


def _missing(names: Iterable[str], known: Iterable[str], what: Text, where: Route) -> Iterator[Problem]:
    known = list(known)
    for name in names:
        if name not in known:
            guess = did_you_mean(name, known)
            yield Problem(
                where=where,
                message=Text(f"没有{what.zh} {name}", f"there is no {what.en} {name}"),
                fix=guess or Text("改成已有的，或删去这一处引用。", "Name an existing one, or drop this reference."),
            )
