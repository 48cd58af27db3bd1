"""项目层级与辖区相符

project.yaml 的 level（市级 city，区、县级 county）和 jurisdiction（辖区）说的是同一件事，要对得上：

- 市级项目，辖区是制定文件的市（市的拼音名）；
- 区、县级项目，辖区是市以下的区、县（市/区县）。

对不上的是错误：审批机关按层级判断，适用的文件按辖区判断，一处填错，批准的政府和适用的规定就可能不对。
辖区没有适用文件的，无从比较，不查。
"""

from collections.abc import Iterator

from banshi.checking.rules import Problem, Severity, Text
from banshi.law.norms import Locality
from banshi.subjects.change.filing import Filing

TITLE = Text("项目层级与辖区相符", "The level matches the jurisdiction")
SEVERITY = "error"
SUBJECT = "project"
BASIS = ("locality",)
GOOD = """
project: {level: city, jurisdiction: luzhou}
"""
BAD = """
project: {level: county, jurisdiction: luzhou}     # 区、县级项目，辖区写的是市
"""


def check(filing: Filing) -> Iterator[Problem]:
    """The level against the depth of the jurisdiction below the one that made the law."""
    project, law = filing.project, filing.any_law
    placed = law.one(Locality) if law else None
    if law is None:
        return
    outer = law.outermost
    if "/" in outer:  # a law that a county made for itself says nothing on the levels above it
        return
    if (project.level == "county") == (project.jurisdiction != outer):
        return
    below = project.level == "county"
    wanted, other = (f"{outer}/…", "city") if below else (outer, "county")
    level = Text("区、县级", "county") if below else Text("市级", "city")
    yield Problem(
        where=("level",),
        message=Text(
            f"层级是{level.zh}（{project.level}），辖区 {project.jurisdiction} {'是市' if below else '是区、县'}",
            f"level {project.level}, but {project.jurisdiction} is a {other}",
        ),
        fix=Text(
            f"确是{level.zh}项目的，jurisdiction 写 {wanted}{'（…是区、县名的拼音）' if below else ''}；"
            f"层级填错的，改为 level: {other}。",
            f"If it is a {level.en} project, write jurisdiction: {wanted}; if the level is wrong, level: {other}.",
        ),
        basis=(placed.cite,) if placed else (),
        severity=None if placed else Severity.WARNING,  # no text says what hangs on the level
    )
