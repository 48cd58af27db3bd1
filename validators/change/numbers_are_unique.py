"""报批表编号不重复

编号是批复、公示、结算时指认一份报批表的依据，同一项目内不得重复。未批准、已撤回的编号也不再用。
重复的报在后一份上。
"""

from collections.abc import Iterator

from banshi.checking.rules import Problem, Text
from banshi.subjects.change.filing import FiledForm

TITLE = Text("报批表编号不重复", "Form numbers are unique")
SEVERITY = "error"
BASIS = ("form of=change",)
GOOD = """
changes:
  - number: 变-2012-样例-001
"""
BAD = """
changes:
  - number: 变-2012-样例-001
  - number: 变-2012-样例-001
    sequence: 2
    filed_on: 2012-06-01
    status: submitted
    implemented_on: null
    opinions: []
    consultation: [{party: owner, conclusion: 同意, signed_on: 2012-06-01}]
    amounts: {cumulative_before: 80000.00, cumulative: 160000.00}
"""


def check(case: FiledForm) -> Iterator[Problem]:
    """The first form with the same number."""
    number = case.change.number.strip()
    first = next((c for c in case.filing.in_order if c.change.number.strip() == number), case)
    if first is not case:
        yield Problem(
            where=("number",),
            message=Text(
                f"编号 {number} 已用于第 {first.change.sequence} 次变更",
                f"{number} is the number of change {first.change.sequence}",
            ),
            fix=Text("给这一份另编一个号。", "Give this form a number of its own."),
        )
