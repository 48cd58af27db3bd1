"""From which day may a change be carried out? After its tier's procedure, or in an emergency after consent."""

import datetime
from functools import partial

from banshi.base.text import Text, listed
from banshi.law.decisions import Decision, Reason
from banshi.law.instruments import Placed
from banshi.law.library import Law
from banshi.law.norms import ApprovalGate, Consultation, Emergency, Publicity
from banshi.subjects.change.filing import FiledForm
from banshi.subjects.change.progress import last_signature, step_names
from banshi.subjects.change.step_forms import PublicityRecord, agrees

_DAY = datetime.timedelta(days=1)
Day = Decision[datetime.date]


def may_begin(case: FiledForm, law: Law) -> Day:
    """The first day on which the change may be carried out; where not determined, the reasons say what is missing."""
    norm = law.one(Emergency)
    if case.change.emergency is None or norm is None:
        return approved(case, law)
    last = norm.norm.sequence[-1]
    day: datetime.date | None = getattr(case.change.emergency, last.key)
    if day is None:
        return Decision(None, (Reason(Text(f"紧急变更没有写{last.name}的日期", f"{last.key} is missing"), norm.cite),))
    return Decision(day, (Reason(Text(f"紧急变更，{last.name}于 {day}", f"emergency, {last.key} {day}"), norm.cite),))


def approved(case: FiledForm, law: Law) -> Day:
    """As ``may_begin``, but by the ordinary procedure of the declared tier (三（一）–（四）)."""
    return case.once(_approved) if law is case.law else _by_procedure(case, law)


def _approved(case: FiledForm) -> Day:
    assert case.law is not None
    return _by_procedure(case, case.law)


def _by_procedure(case: FiledForm, law: Law) -> Day:
    progress, procedures = case.progress, case.procedures
    assert progress is not None and procedures is not None
    consultation = procedures.consultation(case.change.tier)
    if consultation:
        return _consulted(case, law, consultation)
    through = _stepped(case, law)
    publicity = procedures.publicity(case.change.tier)
    return _publicised(case, publicity, through) if through.determined and publicity else through


def _consulted(case: FiledForm, law: Law, gate: Placed[ApprovalGate] | Placed[Consultation]) -> Day:
    signed = {party: last_signature(case.change, party) for party in gate.norm.parties}
    missing = [party for party, found in signed.items() if found is None or not agrees(found[1].conclusion)]
    if missing:
        who = listed(law.office_name(party) for party in missing)
        return Decision(None, (Reason(Text(f"{who}没有签署同意", f"not signed by {', '.join(missing)}"), gate.cite),))
    last = max(found[1].signed_on for found in signed.values() if found)
    return Decision(last, (Reason(partial(_signed, last), gate.cite),))


def _signed(last: datetime.date) -> Text:
    return Text(f"各方最后于 {last} 签署同意", f"the last party signed on {last}")


def _stepped(case: FiledForm, law: Law) -> Day:
    progress = case.progress
    assert progress is not None
    days = {step: progress.agreed_on(step) for step in progress.steps}
    missing = [step for step, day in days.items() if day is None and step not in progress.optional]
    if missing or not days:
        said = partial(_not_agreed, law, missing) if missing else _NO_PROCEDURE
        return Decision(None, (Reason(said, progress.steps[missing[0]].cite if missing else None),))
    last = max(day for day in days.values() if day)
    step = next(step for step in reversed(days) if days[step] == last)
    return Decision(last, (Reason(partial(_agreed, law, step, last), progress.steps[step].cite),))


def _not_agreed(law: Law, steps: list[str]) -> Text:
    names = step_names(law, steps)
    return Text(f"{names.zh}没有同意的意见", f"no agreement in {names.en}")


def _agreed(law: Law, step: str, day: datetime.date) -> Text:
    name = law.step_name(step)
    return Text(f"“{name.zh}”于 {day} 同意", f"“{name.en}” agreed on {day}")


def _publicised(case: FiledForm, publicity: Placed[Publicity], through: Day) -> Day:
    assert case.procedures is not None
    record, ordering = case.change.publicity, case.procedures.ordering("publicity_without_objection")
    basis = ordering.cite if ordering else publicity.cite
    if record is None:
        return Decision(None, (Reason(Text("没有公示", "not made public"), publicity.cite),))
    if publicity.norm.before:  # it had to end before that step, which comes later than any of its days
        return through
    if record.conclusion == "failed" or open_objections(record):
        return Decision(None, (Reason(Text("公示有异议没有处理完", "objections are not resolved"), basis),))
    if record.ended_on == datetime.date.max:
        return Decision(None, (Reason(Text("公示没有结束", "publicity does not end"), basis),))
    text = Text(f"公示于 {record.ended_on} 结束，次日起方可实施", f"publicity ended on {record.ended_on}")
    return Decision(record.ended_on + _DAY, (Reason(text, basis),))


def open_objections(record: PublicityRecord) -> list[int]:
    """Which objections are not resolved."""
    return [n for n, objection in enumerate(record.objections) if objection.resolved_on is None]


_NO_PROCEDURE = Text("这一档次没有规定的程序", "no procedure is laid down for this tier")
