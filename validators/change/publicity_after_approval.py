"""批准之后公示

公示的是已经批准的变更，所以公示开始日不得早于政府批准环节的办结日；同一天可以。
政府还没有批准就公示的，也是错误。状态写已批准而缺政府意见的，由“各环节意见齐全”查对，这里不重复。
"""

from collections.abc import Iterator

from banshi.checking.rules import Problem, Text
from banshi.subjects.change.filing import FiledForm

TITLE = Text("批准之后公示", "Publicity follows approval")
SEVERITY = "error"
BASIS = ("publicity",)
ONLY_WITH = ("publicity",)
EXAMPLE = "full-procedure"
GOOD = """
changes:
  - publicity: {started_on: 2012-04-09, ended_on: 2012-04-16}     # 政府 4 月 9 日批准
"""
BAD = """
changes:
  - publicity: {started_on: 2012-04-05, ended_on: 2012-04-12}     # 政府 4 月 9 日才批准
"""


def check(case: FiledForm) -> Iterator[Problem]:
    """The day of posting against the day of approval."""
    law, progress, record = case.law, case.progress, case.change.publicity
    if law is None or progress is None or record is None or case.drafted:
        return
    publicity = progress.procedures.publicity(case.change.tier)
    step = publicity.norm.after if publicity else ""
    if step not in progress.steps:
        return
    approved, name = progress.agreed_on(step), law.step_name(step)
    if (approved is None and case.must_be_complete) or (approved and record.started_on >= approved):
        return
    yield Problem(
        where=("publicity", "started_on"),
        message=Text(
            f"{record.started_on} 开始公示，“{name.zh}”{f'于 {approved} 才同意' if approved else '还没有同意'}",
            f"made public on {record.started_on}, but “{name.en}” {f'agreed on {approved}' if approved else 'is open'}",
        ),
        fix=Text(
            "批准后重新公示；日期填错的，按公示网页和批复改正。",
            "Make it public again after approval; if a date is wrong, correct it from the posting and the reply.",
        ),
    )
