"""各环节意见齐全

申报档次规定的每个环节，都要有办结的意见。状态为已批准、已实施、已结算的，一个也不能少。

已申报、还在办理中的，后面的环节可以没有；但不能跳过前面的环节先办后面的。
会商确定即可的变更没有审批环节，由“会商各方齐全”查对。
紧急变更可以边报批边实施，已实施而手续还在补办的不算错误，由“紧急变更补办手续”提示。
意见是不同意或补正的，由“不同意即停办”查对；环节名称写错的，由“意见属于本档次的环节”查对。
"""

from collections.abc import Iterator

from banshi.checking.rules import Problem, Text
from banshi.law.library import Law
from banshi.subjects.change.filing import FiledForm
from banshi.subjects.change.progress import FormProgress, step_names

TITLE = Text("各环节意见齐全", "Every step has its opinion")
SEVERITY = "error"
BASIS = ("procedure",)
GOOD = """
changes:
  - status: submitted        # 还在办理，财政部门的意见可以没有
    implemented_on: null
    opinions:
      - {step: competent_review, office: 市住房城乡建设局, received_on: 2012-03-06, complete_on: 2012-03-06,
         decided_on: 2012-03-08, conclusion: agree}
"""
BAD = """
changes:
  - status: approved
    implemented_on: null
    opinions:                # 缺财政部门审查批准
      - {step: competent_review, office: 市住房城乡建设局, received_on: 2012-03-06, complete_on: 2012-03-06,
         decided_on: 2012-03-08, conclusion: agree}
"""


def check(case: FiledForm) -> Iterator[Problem]:
    """The steps of the declared tier against the opinions given."""
    law, progress = case.law, case.progress
    if law is None or progress is None or case.drafted or case.dropped:
        return
    if case.must_be_complete:
        yield from _missing(case, law, progress)
    else:
        yield from _skipped(law, progress)


def _missing(case: FiledForm, law: Law, progress: FormProgress) -> Iterator[Problem]:
    if not progress.open:
        return
    names, tier = step_names(law, progress.open), law.tier_name(case.change.tier)
    waiting = next((last for step in progress.open if (last := progress.last(step))), None)
    yield Problem(
        where=waiting.where if waiting else ("opinions",),
        message=Text(
            f"状态为 {case.change.status_name}，按“{tier.zh}”办理还缺{names.zh}的办结意见",
            f"status {case.change.status}, but {names.en} of tier “{tier.en}” lacks a decided opinion",
        ),
        fix=Text(
            f"补上 step: {'、'.join(progress.open)} 的意见；确实没有办结的，status 改为 submitted。",
            f"Add the opinion for step {', '.join(progress.open)}; if it is still open, set status: submitted.",
        ),
        basis=tuple(dict.fromkeys(progress.steps[step].cite for step in progress.open)),
    )


def _skipped(law: Law, progress: FormProgress) -> Iterator[Problem]:
    absent = [step for step in progress.open if step not in progress.given]
    skipped = [(step, later) for step in absent if (later := progress.after(step))]
    if not skipped:
        return
    steps, first = [step for step, _ in skipped], skipped[0][1][0]
    names, name = step_names(law, steps), law.step_name(first.opinion.step)
    yield Problem(
        where=(*first.where, "step"),
        message=Text(
            f"没有{names.zh}的意见，就办理了后面的“{name.zh}”",
            f"“{name.en}” was taken up without an opinion on {names.en}, which comes before it",
        ),
        fix=Text(
            f"先办 {'、'.join(steps)}；已经办过的，补填意见。",
            f"Take step {', '.join(steps)} first; if it was taken, enter its opinion.",
        ),
        basis=tuple(dict.fromkeys(progress.steps[step].cite for step in steps)),
    )
