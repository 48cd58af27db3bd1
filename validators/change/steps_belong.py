"""意见属于本档次的环节

各档次有各自的环节，见下面的依据。意见的 step 一栏要用本档次的环节，写标识或名称。

没有这个环节的（多半是写错），是错误；是别的档次的环节，是警告，并说明属于哪一档次。
申报档次本身与金额不符、意见用的是应走档次的环节的，由“申报档次与金额一致”报告，这里不重复。
同一环节有几次意见的，只报一次。
"""

from collections.abc import Iterator

from banshi.base.text import did_you_mean, listed
from banshi.checking.rules import Problem, Severity, Text
from banshi.law.library import Law
from banshi.subjects.change.filing import FiledForm
from banshi.subjects.change.progress import FormProgress, GivenOpinion

TITLE = Text("意见属于本档次的环节", "Opinions belong to the steps of the declared tier")
SEVERITY = "error"
BASIS = ("procedure",)
GOOD = """
changes:
  - opinions:
      - {step: competent_review, office: 市住房城乡建设局, received_on: 2012-03-06, complete_on: 2012-03-06,
         decided_on: 2012-03-08, conclusion: agree}
      - {step: finance_approval, office: 市财政局, received_on: 2012-03-09, complete_on: 2012-03-09,
         decided_on: 2012-03-13, conclusion: agree}
"""
BAD = """
changes:
  - opinions:
      - {step: competent_review, office: 市住房城乡建设局, received_on: 2012-03-06, complete_on: 2012-03-06,
         decided_on: 2012-03-08, conclusion: agree}
      - {step: finance_aproval, office: 市财政局, received_on: 2012-03-09, complete_on: 2012-03-09,
         decided_on: 2012-03-13, conclusion: agree}     # 少一个 p
"""


def check(case: FiledForm) -> Iterator[Problem]:
    """Each step named against those of the declared tier."""
    law, progress = case.law, case.progress
    if law is None or progress is None or not progress.procedures.known_steps:
        return
    for step, given in progress.given.items():
        tiers = progress.procedures.known_steps.get(step)
        if not tiers:
            yield _unknown(law, progress, given[0])
        elif case.change.tier in law.tiers and step not in progress.steps and not _tier_is_wrong(case, tiers):
            yield _elsewhere(case, law, progress, given[0], tiers)


def _tier_is_wrong(case: FiledForm, tiers: list[str]) -> bool:
    """Whether the step is one of the tier that is due: then the declared tier is at fault, and reported."""
    if not case.settled:
        return True  # which tier is due is not known
    decided = case.tier.value if case.tier and not case.unit_doubtful else None
    return decided in tiers


def _unknown(law: Law, progress: FormProgress, given: GivenOpinion) -> Problem:
    step, known = given.opinion.step, progress.steps or progress.procedures.known_steps
    guess = did_you_mean(step, known)
    if not guess:
        guess = did_you_mean(step, progress.procedures.known_steps)
    names = listed(f"{key}（{law.step_name(key).zh}）" for key in known)
    return Problem(
        where=(*given.where, "step"),
        message=Text(f"没有 {step} 这个环节", f"there is no step {step}"),
        fix=Text(f"{guess.zh}可选：{names}。", f"{guess.en} One of: {', '.join(known)}.".lstrip()),
        basis=tuple(dict.fromkeys(placed.cite for placed in progress.steps.values())),
    )


def _elsewhere(case: FiledForm, law: Law, progress: FormProgress, given: GivenOpinion, tiers: list[str]) -> Problem:
    name, own = law.step_name(given.opinion.step), law.tier_name(case.change.tier)
    theirs = listed(f"“{law.tier_name(tier).zh}”" for tier in tiers)
    theirs_en = ", ".join(f"“{law.tier_name(tier).en}”" for tier in tiers)
    steps = listed(progress.steps) or "（无）"
    placed = progress.procedures.steps(tiers[0])[given.opinion.step]
    return Problem(
        where=(*given.where, "step"),
        severity=Severity.WARNING,
        message=Text(
            f"“{name.zh}”是{theirs}一档的环节，本表申报的是“{own.zh}”",
            f"“{name.en}” is a step of tier {theirs_en}; this form declares “{own.en}”",
        ),
        fix=Text(
            f"本档次的环节：{steps}。改 step；走错档次的，改 tier。",
            f"Steps of this tier: {', '.join(progress.steps) or 'none'}. Correct the step, or the tier.",
        ),
        basis=(placed.cite,),
    )
