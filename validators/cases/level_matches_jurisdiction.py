"""登记的层级与辖区相符

level（市 city，区、县 county 的中心）和 jurisdiction（辖区）说的是同一件事，要对得上：区、县的中心，辖区是市以下的
区、县（市/区县）；市的中心，辖区是制定文件的市。

指标是不是适用看层级，适用哪些文件看辖区：一处填错，比较的就可能不是自己的指标。
区、县没有自己的文件、登记按市写的，核对后可以不改。辖区没有适用文件的，无从比较，不查。
"""

from collections.abc import Iterator

from banshi.checking.rules import Problem, Severity, Text
from banshi.subjects.cases.case_log import CaseLog

TITLE = Text("登记的层级与辖区相符", "The level of a log matches its jurisdiction")
SEVERITY = Severity.WARNING.value
BASIS = ("scope",)
GOOD = """
jurisdiction: luzhou/yangliqu
level: county
"""
BAD = """
jurisdiction: luzhou     # 区、县的中心，辖区写的是市
level: county
"""


def check(log: CaseLog) -> Iterator[Problem]:
    """The level against the depth of the jurisdiction below the one that made the law."""
    place, level, law = log.log.jurisdiction, log.log.level, log.law
    if place is None or level is None or law is None or "/" in law.outermost:
        return
    if (level == "county") == (place != law.outermost):
        return
    below = level == "county"
    wanted, other = (f"{law.outermost}/…", "city") if below else (law.outermost, "county")
    said = Text("区、县", "a county's") if below else Text("市", "a city's")
    yield Problem(
        where=("level",),
        message=Text(
            f"写的是{said.zh}的中心（{level}），辖区 {place} {'是市' if below else '是区、县'}",
            f"level {level}, but {place} is a {other}",
        ),
        fix=Text(
            f"确是{said.zh}的中心，jurisdiction 写 {wanted}{'（…是区、县名的拼音）' if below else ''}；层级填错的，改为 level: {other}。",
            f"If it is {said.en} centre, write jurisdiction: {wanted}; if the level is wrong, level: {other}.",
        ),
        basis=log.applies.basis if log.applies.value is not None else (),
    )
