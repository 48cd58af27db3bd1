"""应公示的已经公示

走全程审批的变更，政府批准之后要公示，公示结束无异议才能实施。
状态为已实施、已结算的，必须有公示记录；已批准、还没有公示的，不算错误。其他档次不要求公示。
紧急变更已实施、手续还在补办的，由“紧急变更补办手续”提示。
"""

from collections.abc import Iterator

from banshi.checking.rules import Problem, Text
from banshi.subjects.change.filing import DONE, FiledForm

TITLE = Text("应公示的已经公示", "Changes that must be made public were")
SEVERITY = "error"
BASIS = ("publicity", "ordering first=publicity_without_objection")
EXAMPLE = "full-procedure"
GOOD = """
changes:
  - status: approved      # 已批准，尚未公示
    implemented_on: null
    publicity: null
"""
BAD = """
changes:
  - status: implemented
    publicity: null
"""


def check(case: FiledForm) -> Iterator[Problem]:
    """Carried-out changes of a tier with publicity that have no record of it."""
    law, procedures = case.law, case.procedures
    if law is None or procedures is None or case.change.publicity or not case.must_be_complete:
        return
    publicity, name = procedures.publicity(case.change.tier), law.tier_name(case.change.tier)
    if publicity is None or case.change.status not in DONE:
        return
    norm = publicity.norm
    yield Problem(
        where=("status",),
        message=Text(
            f"“{name.zh}”的变更应在{norm.platform}公示，状态已是 {case.change.status_name}，没有公示记录",
            f"a change of tier “{name.en}” must be made public on {norm.platform}; status {case.change.status}, no record",
        ),
        fix=Text(
            "填上 publicity；没有公示的，先公示，期满无异议再实施。",
            "Fill in publicity; if it was not held, hold it before carrying out the change.",
        ),
    )
