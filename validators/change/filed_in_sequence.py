"""申报日期与序次先后一致

序次在后的，申报日期不得早于前一份；同一天可以。次序颠倒时，累计从哪一份算起就说不清，必有一处填错。
早于合同签订的，多半填错了一个日期，是警告。只与紧接着的前一份比较，一处填错只报一次；重号的由“序次连续”报告。
"""

from collections.abc import Iterator

from banshi.checking.rules import Problem, Severity, Text
from banshi.subjects.change.filing import FiledForm

TITLE = Text("申报日期与序次先后一致", "Forms are filed in order of sequence")
SEVERITY = "error"
BASIS = ("ordering first=earlier_steps", "approval_tier")
GOOD = """
changes:
  - {sequence: 1, filed_on: 2012-03-05}
"""
BAD = """
changes:
  - {sequence: 1, filed_on: 2012-03-05}
  - number: 变-2012-样例-002
    sequence: 2
    filed_on: 2012-02-20     # 早于第 1 次
    amounts: {cumulative_before: 80000.00, cumulative: 160000.00}
"""


def check(case: FiledForm) -> Iterator[Problem]:
    """The day of filing against that of the form before."""
    own, previous = case.change, case.previous
    signed = case.project.contract.signed_on
    if own.filed_on < signed:
        yield Problem(
            where=("filed_on",),
            severity=Severity.WARNING,
            message=Text(
                f"{own.filed_on} 申报，早于合同签订的 {signed}：还没有合同，谈不上变更",
                f"filed on {own.filed_on}, before the contract was signed on {signed}",
            ),
            fix=Text("核对申报日期和合同签订日期。", "Check the day of filing and that of the contract."),
        )
    if previous is not None and not case.settled and own.sequence != previous.change.sequence + 1:
        return  # a form that could not be read may stand between them
    if previous is None or previous.change.sequence == own.sequence or own.filed_on >= previous.change.filed_on:
        return
    other = previous.change
    yield Problem(
        where=("filed_on",),
        message=Text(
            f"第 {own.sequence} 次于 {own.filed_on} 申报，早于第 {other.sequence} 次（{other.number}）的 {other.filed_on}",
            f"no. {own.sequence} was filed on {own.filed_on}, before no. {other.sequence} ({other.filed_on})",
        ),
        fix=Text(
            "核对两份的申报日期；日期无误的，按先后重排序次，并重算累计。",
            "Check both dates; if they are right, renumber in order and recompute the cumulative amounts.",
        ),
    )
