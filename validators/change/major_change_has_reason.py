"""重大设计变更写明理由

重大设计变更适用较长的审批时限。什么是重大设计变更，原文没有定义，由填报人注明，不从金额推定；
所以填“是”的，要写明理由，供审批部门判断。填“否”的不需要理由。草稿不查。
"""

from collections.abc import Iterator

from banshi.checking.rules import Problem, Text
from banshi.law.norms import TimeLimit
from banshi.subjects.change.filing import FiledForm

TITLE = Text("重大设计变更写明理由", "A major design change states why it is one")
SEVERITY = "error"
BASIS = ("time_limit when=major_design_change",)
GOOD = """
changes:
  - major_design_change: {is_major: true, reason: 改变基础形式，原设计单位确认属重大设计变更。}
"""
BAD = """
changes:
  - major_design_change: {is_major: true}
"""


def check(case: FiledForm) -> Iterator[Problem]:
    """A form marked as a major design change without a reason."""
    law, major = case.law, case.change.major_design_change
    if law is None or case.drafted or not major.is_major or major.reason:
        return
    limit = next((p for p in law.all(TimeLimit) if p.norm.when == "major_design_change"), None)
    if limit is None:
        return
    length = limit.norm.length
    yield Problem(
        where=("major_design_change", "is_major"),
        message=Text(
            f"注明是重大设计变更（审批时限{length.phrase({})}），没有写理由",
            f"marked as a major design change (limit {length.value} working days) without a reason",
        ),
        fix=Text(
            "在 major_design_change.reason 写明理由；不是重大设计变更的，is_major 写 false。",
            "State major_design_change.reason; if it is not one, set is_major: false.",
        ),
        basis=(limit.cite,),
    )
