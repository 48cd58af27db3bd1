"""服务对象与主题分类一致

服务对象有自然人的，要有面向个人的主题；有法人或其他组织的，要有面向单位的主题；反过来也一样。
服务对象或主题没有写的，不判断。
"""

from collections.abc import Iterator

from banshi.checking.rules import Problem, Text
from banshi.law.guide_elements import NATURAL_PERSON, ServiceAt

TITLE = Text("服务对象与主题分类一致", "Those served match the themes")
SUBJECT = "service"
SEVERITY = "error"
BASIS = ()
GOOD = """
service:
  served: [自然人, 企业法人]
  themes: {persons: [住房保障], organisations: [设立变更]}
"""
BAD = """
service:
  served: [企业法人]
  themes: {persons: [住房保障]}   # 不面向个人，却归在个人主题
"""


def check(services: tuple[ServiceAt, ...]) -> Iterator[Problem]:
    """Persons and organisations, in those served and in the themes."""
    for at in services:
        served, themes = at.service.served, at.service.themes
        if not served or themes is None:
            continue
        for key, wanted in (("persons", NATURAL_PERSON in served), ("organisations", set(served) != {NATURAL_PERSON})):
            if wanted != bool(getattr(themes, key)):
                yield Problem(where=(*at.where, "themes"), message=_said(key, wanted=wanted), fix=_FIX)


def _said(key: str, *, wanted: bool) -> Text:
    who = Text("个人", "persons") if key == "persons" else Text("单位", "organisations")
    if wanted:
        return Text(f"服务对象有{who.zh}，没有面向{who.zh}的主题", f"serves {who.en}, but has no theme for {who.en}")
    return Text(f"服务对象没有{who.zh}，却归在面向{who.zh}的主题", f"has a theme for {who.en}, but does not serve them")


_FIX = Text("改正服务对象或主题分类。", "Correct served or themes.")
