"""项目代码合乎编码规则

项目代码是投资项目在线审批监管平台给的：前四位是年份（较早的）或年月，后面六位是行政区划代码，头两位是省。
这些对不上的，多半是抄错了一位。还没有项目代码的项目不填。
"""

from collections.abc import Iterator

from banshi.base.codes import project_code_fault
from banshi.checking.rules import Problem, Text
from banshi.subjects.change.filing import Filing

TITLE = Text("项目代码合乎编码规则", "The project's code follows its rule")
SUBJECT = "project"
SEVERITY = "error"
BASIS = ()
GOOD = """
project: {code: 2018-510502-04-01-123456}
"""
BAD = """
project: {code: 2413-510502-04-01-123456}  # 没有十三月
"""


def check(filing: Filing) -> Iterator[Problem]:
    """The code, where one is given."""
    code = filing.project.code
    why = project_code_fault(code) if code else None
    if why:
        yield Problem(
            where=("code",),
            message=Text(f"项目代码 {code}：{why.zh}", f"the project's code {code}: {why.en}"),
            fix=Text(
                "照平台给的代码核对；没有的，删去这一行。",
                "Compare it with the code that was given; leave it out if none.",
            ),
        )
