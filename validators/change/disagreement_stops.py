"""不同意即停办

某一环节的结论是不同意，或者要求补正而没有补正后的意见，办理就停在这里：
后面的环节不得接着办，状态也不能是已批准、已实施或已结算。

补正后重新报送并同意的，在意见中再填一次同一环节，就不是问题。
紧急变更已实施、补办时未获同意的，由“紧急变更补办手续”提示。
"""

from collections.abc import Iterator

from banshi.checking.rules import Problem, Text
from banshi.law.library import Law
from banshi.subjects.change.filing import FiledForm
from banshi.subjects.change.progress import FormProgress, GivenOpinion

TITLE = Text("不同意即停办", "A step that does not agree stops the procedure")
SEVERITY = "error"
BASIS = ("ordering first=approval", "ordering first=earlier_steps")
GOOD = """
changes:
  - opinions:
      - {step: competent_review, office: 市住房城乡建设局, received_on: 2012-03-06, complete_on: 2012-03-06,
         decided_on: 2012-03-07, conclusion: supplement}
      - {step: competent_review, office: 市住房城乡建设局, received_on: 2012-03-08, complete_on: 2012-03-08,
         decided_on: 2012-03-08, conclusion: agree}     # 补正后同意
      - {step: finance_approval, office: 市财政局, received_on: 2012-03-09, complete_on: 2012-03-09,
         decided_on: 2012-03-13, conclusion: agree}
"""
BAD = """
changes:
  - opinions:
      - {step: competent_review, office: 市住房城乡建设局, received_on: 2012-03-06, complete_on: 2012-03-06,
         decided_on: 2012-03-08, conclusion: disagree}
      - {step: finance_approval, office: 市财政局, received_on: 2012-03-09, complete_on: 2012-03-09,
         decided_on: 2012-03-13, conclusion: agree}     # 主管部门不同意，不应再报财政
"""
_SAID = {"disagree": Text("不同意", "disagree"), "supplement": Text("补正，没有补正后的意见", "supplement")}


def check(case: FiledForm) -> Iterator[Problem]:
    """Steps that ended without agreement, and what was done all the same."""
    law, progress = case.law, case.progress
    if law is None or progress is None or case.drafted:
        return
    for given in progress.stopped:
        later = _went_on(progress, given)
        if later or case.must_be_complete:
            yield _problem(case, law, progress, given, later)


def _went_on(progress: FormProgress, stopped: GivenOpinion) -> GivenOpinion | None:
    """The first later opinion that was taken up after the refusal, or without any agreement before it."""
    agreed, day = progress.agreed_on(stopped.opinion.step), stopped.opinion.decided_on
    later = progress.after(stopped.opinion.step)
    return next((g for g in later if agreed is None or (day and g.opinion.received_on >= day)), None)


def _problem(
    case: FiledForm, law: Law, progress: FormProgress, given: GivenOpinion, later: GivenOpinion | None
) -> Problem:
    name, said = law.step_name(given.opinion.step), _SAID[str(given.opinion.conclusion)]
    did = Text(f"状态却是 {case.change.status_name}", f"yet the status is {case.change.status}")
    if later:
        next_name = law.step_name(later.opinion.step)
        did = Text(f"后面的“{next_name.zh}”却接着办理", f"yet “{next_name.en}” was taken up after it")
    ordering = progress.procedures.ordering("earlier_steps" if later else "approval")
    step = progress.steps[given.opinion.step]
    return Problem(
        where=(*given.where, "conclusion"),
        message=Text(f"“{name.zh}”的结论是{said.zh}，{did.zh}", f"“{name.en}” concluded {said.en}, {did.en}"),
        fix=Text(
            "改好后重新报这一环节，把新的意见填在后面；没有通过的到此为止，status 写 rejected，后面不再填。",
            "Submit this step again and enter its new opinion below; if it was refused, stop there: status: rejected.",
        ),
        basis=(step.cite, *((ordering.cite,) if ordering else ())),
    )
