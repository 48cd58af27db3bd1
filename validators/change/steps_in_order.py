"""各环节依次办理

前一环节同意办结之后，后一环节才能收件；同一天可以。并列的几个环节（如三部门初审）同时办理，
全部同意之后才能进入下一环节。

退回补正的那次收件不计，看补正后的那次。前一环节不同意的，由“不同意即停办”查对；
没有意见的，由“各环节意见齐全”查对。
文件对第一步既写“分别报”又写“依次报”，这里按并行理解；若改用“全部依次”的口径，并列环节也按所列顺序查对，并注明与口径有关。
"""

import datetime
from collections.abc import Iterator
from itertools import pairwise

from msgspec import Struct

from banshi.checking.rules import Problem, Text
from banshi.law.instruments import Placed
from banshi.law.library import Law
from banshi.law.norms import Procedure
from banshi.law.otherwise import about, elsewhere
from banshi.subjects.change.filing import FiledForm
from banshi.subjects.change.procedure import Procedures
from banshi.subjects.change.progress import FormProgress, GivenOpinion

TITLE = Text("各环节依次办理", "Steps follow each other")
SEVERITY = "error"
BASIS = ("ordering first=earlier_steps", "procedure")
GOOD = """
changes:
  - opinions:
      - {step: competent_review, office: 市住房城乡建设局, received_on: 2012-03-06, complete_on: 2012-03-06,
         decided_on: 2012-03-08, conclusion: agree}
      - {step: finance_approval, office: 市财政局, received_on: 2012-03-08, complete_on: 2012-03-09,
         decided_on: 2012-03-13, conclusion: agree}
"""
BAD = """
changes:
  - opinions:
      - {step: competent_review, office: 市住房城乡建设局, received_on: 2012-03-06, complete_on: 2012-03-06,
         decided_on: 2012-03-08, conclusion: agree}
      - {step: finance_approval, office: 市财政局, received_on: 2012-03-07, complete_on: 2012-03-09,
         decided_on: 2012-03-13, conclusion: agree}     # 主管部门 3 月 8 日才审核完
"""


class _TooSoon(Struct, frozen=True):
    """An opinion on a step that was begun before ``late`` steps of the stage before it had ended; the norm of its stage."""

    given: GivenOpinion
    late: list[str]
    placed: Placed[Procedure]


def check(case: FiledForm) -> Iterator[Problem]:
    """The day on which each step began against the days on which those before it ended."""
    law, progress = case.law, case.progress
    if law is None or progress is None or case.drafted:
        return
    for (before, _), (after, placed) in pairwise(progress.stages):
        for step in after.steps:
            taken, earlier = _taken(progress, step.step), [step.step for step in before.steps]
            late = _late(case, progress, taken, earlier) if taken else []
            if taken and late:
                asked = elsewhere(law, about(law, Procedure))
                others = (FormProgress(case.change, other.law.once(Procedures)) for other in asked)
                depends = any(not _late(case, other, taken, _before(other, step.step)) for other in others)
                yield _problem(law, progress, _TooSoon(taken, late, placed), depends=depends)


def _late(case: FiledForm, progress: FormProgress, taken: GivenOpinion, earlier: list[str]) -> list[str]:
    """Of earlier steps those that had not ended when an opinion's office received the papers."""
    return [step for step in earlier if _not_yet(case, progress, step, taken.opinion.received_on)]


def _before(progress: FormProgress, name: str) -> list[str]:
    """The steps of every stage before that of a step."""
    stages = [[step.step for step in stage.steps] for stage, _ in progress.stages]
    place = next((n for n, steps in enumerate(stages) if name in steps), 0)
    return [step for steps in stages[:place] for step in steps]


def _taken(progress: FormProgress, step: str) -> GivenOpinion | None:
    """The first opinion on a step that was not sent back for completion."""
    return next((g for g in progress.given.get(step, []) if g.opinion.conclusion != "supplement"), None)


def _not_yet(case: FiledForm, progress: FormProgress, step: str, day: datetime.date) -> bool:
    agreed, last = progress.agreed_on(step), progress.last(step)
    if agreed is None:
        return last is not None and not last.decided and not case.must_be_complete
    return agreed > day


def _problem(law: Law, progress: FormProgress, found: _TooSoon, *, depends: bool) -> Problem:
    taken, late = found.given, found.late
    name, received = law.step_name(taken.opinion.step), taken.opinion.received_on
    ends = [(law.step_name(step), progress.agreed_on(step)) for step in late]
    said = "、".join(f"“{n.zh}”{f'于 {day} 办结' if day else '尚未办结'}" for n, day in ends)
    said_en = ", ".join(f"“{n.en}” {f'was decided on {day}' if day else 'is still open'}" for n, day in ends)
    ordering = progress.procedures.ordering("earlier_steps")
    return Problem(
        where=(*taken.where, "received_on"),
        message=Text(
            f"“{name.zh}”于 {received} 收件，而前面的{said}",
            f"“{name.en}” was received on {received}, but {said_en}",
        ),
        fix=Text(
            "前面的环节同意办结后再报下一环节；日期填错的，按收件、办结登记改正。",
            "Go on only when the steps before have agreed; if a date is wrong, correct it from the register.",
        ),
        basis=(found.placed.cite, *((ordering.cite,) if ordering else ())),
        reading_dependent=depends,
    )
