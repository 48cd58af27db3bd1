"""按时限办结

每个环节要在适用文件规定的时限内办结：从收件、资料齐备还是接受那天起算（没有填接受日的，从齐备日），当日算不算，
按工作日还是日历日，末日是休息日顺延不顺延，补正等期间计不计，都按它。末日当天办结不算超期；调休上班的周末是工作日。

超期的，是错误。说明理由可以延长的，写明 extension_reason 才延长；“原则上”的时限写明了的只作提示。
文件记有两种理解的：只在从严的一种下超期的，是警告，并注明与口径有关。当年放假安排没有录入、推算不出的，是警告。
还没有办结的，只在指定核对日期（--as-of）时查，已过时限的是警告。
"""

import datetime
from collections.abc import Iterator

from banshi.checking.rules import Problem, Severity, Text
from banshi.files.findings import Citation
from banshi.law.instruments import Placed
from banshi.law.library import Law
from banshi.law.norms import Extension
from banshi.law.time_limits import no_sooner_than, used
from banshi.subjects.change.deadlines import DueDecision, due_of, left_out
from banshi.subjects.change.filing import FiledForm
from banshi.subjects.change.progress import FormProgress, GivenOpinion

TITLE = Text("按时限办结", "Steps are decided in time")
SEVERITY = "error"
BASIS = ("time_limit", "extension")
GOOD = """
changes:
  - filed_on: 2011-12-27
    consultation: [{party: owner, conclusion: 同意, signed_on: 2011-12-27}]
    opinions:
      - {step: competent_review, office: 市住房城乡建设局, received_on: 2011-12-28, complete_on: 2011-12-28,
         decided_on: 2011-12-31, conclusion: agree}     # 12 月 31 日（星期六）调休上班，正好第 3 个工作日
      - {step: finance_approval, office: 市财政局, received_on: 2012-01-04, complete_on: 2012-01-04,
         decided_on: 2012-01-06, conclusion: agree}
"""
BAD = """
changes:
  - opinions:
      - {step: competent_review, office: 市住房城乡建设局, received_on: 2012-03-06, complete_on: 2012-03-06,
         decided_on: 2012-03-12, conclusion: agree}     # 3 个工作日到 3 月 9 日为止
      - {step: finance_approval, office: 市财政局, received_on: 2012-03-12, complete_on: 2012-03-12,
         decided_on: 2012-03-15, conclusion: agree}
"""


def check(case: FiledForm) -> Iterator[Problem]:
    """Each opinion against the day on which it was due."""
    law, progress = case.law, case.progress
    if law is None or progress is None or case.drafted:
        return
    for step in progress.given:
        if step not in progress.procedures.known_steps:
            continue
        for given in progress.given[step]:
            due = due_of(law, case.days, case.change, given.opinion)
            if given.opinion.decided_on:
                yield from _decided(case, law, given, due, given.opinion.decided_on)
            elif _pending(case, progress, given):
                yield from _overdue(case, law, given, due)


def _pending(case: FiledForm, progress: FormProgress, given: GivenOpinion) -> bool:
    """Whether an open step is somebody's to decide now."""
    return not given.decided and given == progress.last(given.opinion.step) and case.counts


def _decided(case: FiledForm, law: Law, given: GivenOpinion, due: DueDecision, day: datetime.date) -> Iterator[Problem]:
    if due.limit is None or due.counted_from is None:
        return
    if due.value is None:
        # Until then it is in time, whatever the calendar says.
        if day > no_sooner_than(case.days, due.counted_from, due.limit.norm.length, due.limit.norm.first_day):
            yield _undetermined(law, given, due)
    elif day > due.value:
        yield _late(case, law, given, due, day)


def _late(case: FiledForm, law: Law, given: GivenOpinion, due: DueDecision, day: datetime.date) -> Problem:
    name, why, took = law.step_name(given.opinion.step), _why(due), _took(case, given, due, day)
    allowed = next((a for a in due.alternatives if a.value and day <= a.value), None)
    severity, fix, basis = _excused(law, given, due)
    other = Text(f"；{allowed.text.zh}", f"; {allowed.text.en}") if allowed else Text("", "")
    return Problem(
        where=(*given.where, "decided_on"),
        severity=Severity.WARNING if allowed and severity is Severity.ERROR else severity,
        message=Text(
            f"“{name.zh}”{why.zh}，{day} 才办结{took.zh}{other.zh}",
            f"“{name.en}”: {why.en}, decided on {day}{took.en}{other.en}",
        ),
        fix=fix,
        basis=(*due.basis, *basis),
        reading_dependent=allowed is not None,
    )


def _why(due: DueDecision) -> Text:
    """How the last day was found: the limit, and what extended it."""
    return Text("；".join(r.text.zh for r in due.reasons), "; ".join(r.text.en for r in due.reasons))


def _took(case: FiledForm, given: GivenOpinion, due: DueDecision, day: datetime.date) -> Text:
    assert due.counted_from is not None and due.limit is not None
    norm = due.limit.norm
    stretches = left_out(norm, given.opinion)
    return used(case.days, due.counted_from, day, norm.length.unit, norm.first_day, stretches)


def _excused(law: Law, given: GivenOpinion, due: DueDecision) -> tuple[Severity, Text, tuple[Citation, ...]]:
    """How grave it is to be late, what to do, and the norm that allows more time, where one does."""
    extension = _extension(law, due)
    if extension is None:
        return Severity.ERROR, _REGISTER, ()
    missing = [key for key in extension.norm.requires if not getattr(given.opinion, key, None)]
    if missing:
        keys = "、".join(missing)
        fix = Text(
            f"确有特殊情况而延长的，在意见中写明 {keys}；日期填错的，按登记改正。",
            f"If it was extended for special reasons, state {', '.join(missing)}; if a date is wrong, correct it.",
        )
        return Severity.ERROR, fix, (extension.cite,)
    return Severity.NOTE, _EXTENDED, (extension.cite,)


def _extension(law: Law, due: DueDecision) -> Placed[Extension] | None:
    limit = due.limit.norm.id if due.limit and due.soft else ""
    return next((p for p in law.all(Extension) if p.norm.of == limit), None)


def _undetermined(law: Law, given: GivenOpinion, due: DueDecision) -> Problem:
    name, why = law.step_name(given.opinion.step), due.reasons[0].text
    return Problem(
        where=(*given.where, "decided_on"),
        severity=Severity.WARNING,
        message=Text(f"“{name.zh}”是否超期不能判定：{why.zh}", f"“{name.en}”: not determined: {why.en}"),
        fix=Text(
            "把当年的放假安排录入 policies/cn/working-days/ 后再查；日期填错的，改正日期。",
            "Enter that year's arrangement in policies/cn/working-days/; if a date is wrong, correct it.",
        ),
        basis=due.basis,
    )


def _overdue(case: FiledForm, law: Law, given: GivenOpinion, due: DueDecision) -> Iterator[Problem]:
    today = case.filing.as_of
    if today is None or due.value is None or today <= due.value:
        return
    name, why = law.step_name(given.opinion.step), _why(due)
    allowed = next((a for a in due.alternatives if a.value and today <= a.value), None)
    yield Problem(
        where=(*given.where, "complete_on"),
        severity=Severity.WARNING,
        message=Text(
            f"“{name.zh}”{why.zh}，到 {today} 还没有办结{f'；{allowed.text.zh}' if allowed else ''}",
            f"“{name.en}”: {why.en}, still open on {today}{f'; {allowed.text.en}' if allowed else ''}",
        ),
        fix=Text("催办；已经办结的，补填办结日和结论。", "Press for a decision; if there is one, enter its day."),
        basis=due.basis,
        reading_dependent=allowed is not None,
    )


_REGISTER = Text(
    "按登记核对齐备日和办结日，填错的改正；确实超期的，由该部门说明。",
    "Check both days against the register; if they are right, the office has to account for the delay.",
)
_EXTENDED = Text("已写明延长理由，由审批部门掌握。", "The reason for the extension is stated; nothing to correct.")
