"""先公示，后批准

有的文件要求在批准之前公示：公示期满以后，才能作出批准。批准的办结日期要晚于公示的最后一天。
没有公示就批准的，也是错误。规定批准之后公示的，由“批准之后公示”查对。
"""

from collections.abc import Iterator

from banshi.checking.rules import Problem, Text
from banshi.law.instruments import Placed
from banshi.law.library import Law
from banshi.law.norms import Publicity
from banshi.subjects.change.filing import FiledForm

TITLE = Text("先公示，后批准", "Approval follows publicity where the law says so")
SEVERITY = "error"
BASIS = ("publicity before=*",)
EXAMPLE = "elsewhere-before"
GOOD = """
changes:
  - publicity: {started_on: 2012-03-01, ended_on: 2012-03-08}      # 3 月 20 日批准
"""
BAD = """
changes:
  - publicity: {started_on: 2012-03-15, ended_on: 2012-03-22}      # 3 月 20 日批准时，公示还没有结束
"""


def check(case: FiledForm) -> Iterator[Problem]:
    """The day of approval against the last day of publicity."""
    law, progress = case.law, case.progress
    publicity = progress.procedures.publicity(case.change.tier) if progress else None
    if law is None or progress is None or publicity is None or publicity.norm.before is None or case.drafted:
        return
    step = publicity.norm.before
    approved = progress.agreed_on(step)
    record = case.change.publicity
    if approved is None or (record is not None and record.ended_on < approved):
        return
    yield _problem(law, publicity, step, case)


def _problem(law: Law, publicity: Placed[Publicity], step: str, case: FiledForm) -> Problem:
    record, name, norm = case.change.publicity, law.step_name(step), publicity.norm
    ended = f"公示到 {record.ended_on} 才结束" if record else "没有公示"
    ended_en = f"publicity ended on {record.ended_on}" if record else "there was no publicity"
    return Problem(
        where=("publicity", "ended_on") if record else ("opinions",),
        message=Text(
            f"“{name.zh}”之前应在{norm.host}{norm.platform}公示期满，{ended}",
            f"publicity must end before “{name.en}”, but {ended_en}",
        ),
        fix=Text(
            "核对公示和批准的日期；没有公示就批准的，补公示后重新批准。",
            "Check both dates; where nothing was made public, make it public and decide again.",
        ),
        basis=(publicity.cite,),
    )
