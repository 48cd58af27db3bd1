"""申报之日有适用的文件

每份报批表按申报之日、项目所在辖区施行的文件核对；区、县没有自己规定的，适用市的规定。
那一天没有适用文件的，档次、环节、时限、作价都无从核对，只核对了算术和前后衔接：没有作出的判断不能当作通过，所以是错误。
两个文件之间的空档、第一个文件施行以前，都是这样；提示里写出前后相邻的文件，便于看出日期是否填错。

申报在施行之后、合同签订在施行之前的，照常适用，不提示。辖区根本没有文件的，只在项目上报一次，是警告。
"""

from collections.abc import Iterator

from banshi.checking.rules import Problem, Severity, Text
from banshi.law.gaps import nothing_in_force
from banshi.subjects.change.filing import SUBJECT as CHANGE
from banshi.subjects.change.filing import FiledForm

TITLE = Text("申报之日有适用的文件", "An instrument is in force on the day of filing")
SEVERITY = "error"
BASIS = ("promulgation in_force=*",)
GOOD = """
changes:
  - filed_on: 2012-03-05
"""
BAD = """
changes:
  - filed_on: 2011-10-20     # 早于施行之日
"""


def check(case: FiledForm) -> Iterator[Problem]:
    """No law on the day of filing."""
    begins = case.filing.law_begins
    if begins is None:
        if case is case.filing.in_order[0]:
            yield _unknown_place(case.project.jurisdiction)
    elif case.law is None:
        day, place = case.change.filed_on, case.project.jurisdiction
        none = Text(
            f"申报之日 {day} 没有适用的工程变更文件",
            f"no instrument on changes was in force on the day of filing {day}",
        )
        said = nothing_in_force(none, case.filing.library, place, CHANGE, day)
        yield Problem(
            where=("filed_on",),
            message=Text(f"{said.zh}，只核对了算术", f"{said.en}; only the arithmetic was checked"),
            fix=Text(
                "核对申报日期；日期无误的，请人工按当时的规定审核，或在 policies/ 补录当时的文件。",
                "Check the date; if it is right, review by hand, or enter the instrument of that time under policies/.",
            ),
        )


def _unknown_place(jurisdiction: str) -> Problem:
    return Problem(
        where=("jurisdiction",),
        on="project",
        severity=Severity.WARNING,
        message=Text(
            f"辖区 {jurisdiction} 没有工程变更文件，只核对了算术",
            f"there is no instrument on changes for {jurisdiction}; only the arithmetic was checked",
        ),
        fix=Text(
            "核对 jurisdiction（市写拼音名，区、县写 市/区县）；写得不错的，在 policies/ 录入该辖区的文件。",
            "Check jurisdiction (city, or city/county); if right, enter its instrument under policies/.",
        ),
    )
