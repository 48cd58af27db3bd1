"""指南的引用都有着落

指南不写内容，只写取自哪里：依据的文件、规范点、规范点种类、口径、见哪一节。
引用写错了，指南会悄悄少一段，或把载明的内容印成“原文未载明”，所以是错误。
"""

from collections.abc import Iterable, Iterator

from banshi.findings import Route
from banshi.guides import Pick
from banshi.library import Law
from banshi.loaded import GuideFile
from banshi.rules import Problem, Text
from banshi.text import did_you_mean

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


def check(file: GuideFile) -> Iterator[Problem]:
    """Each reference against the newest version of the instrument, or against the guide's own sections."""
    guide, law = file.guide, file.law
    if law is None:
        yield from _missing([guide.instrument], file.library.instruments(), _INSTRUMENT, ("instrument",))
        return
    for index, section in enumerate(guide.sections):
        yield from _picked(section, law, ("sections", index))
        yield from _missing(section.readings, law.readings, _READING, ("sections", index, "readings"))
    sections = [section.id for section in guide.sections]
    for name, element in guide.elements.items():
        yield from _picked(element, law, ("elements", name))
        if element.section:
            yield from _missing([element.section], sections, _SECTION, ("elements", name, "section"))


def _picked(pick: Pick, law: Law, where: Route) -> Iterator[Problem]:
    kinds = {placed.norm.kind for placed in law.placed.values()}
    yield from _missing(pick.norms, law.placed, _NORM, (*where, "norms"))
    yield from _missing(pick.kinds, kinds, _KIND, (*where, "kinds"))


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
