"""What does a leave need, by its kind and length: who approves, in which form, when, with what?

Asked of the norms that ``leave.decide`` uses, in the same words; the guide prints the answers as a table.
"""

import datetime
from collections.abc import Iterator
from decimal import Decimal

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from banshi.base.text import listed
from banshi.law.instruments import Placed, PolicyVersion
from banshi.law.norms import Bounds, Enumeration, LeaveApproval, Norm, Offset, Quota, Record, called
from banshi.law.otherwise import said_of
from banshi.law.version_parts import Reading
from banshi.subjects.attendance.forms import Leave, Person
from banshi.subjects.attendance.leave import accepted, leaders, substitute_norm
from banshi.subjects.attendance.leave_question import LeaveQuestion
from banshi.subjects.attendance.papers_of_leave import asked_of, papers_asked
from banshi.subjects.attendance.rulebook import Rules
from banshi.subjects.attendance.spans import Spell
from banshi.subjects.attendance.words import FORMS, role_name

_REPORT_ENOUGH = "报告即可，不须先批准"
# More than any window has: whether a substitute is needed depends on how many serve there.
_MOST_AT_A_WINDOW = 9


class Said(Struct, frozen=True):
    """A part of an answer, the norms that it rests on, and the reading (with its version) that fills a gap in them."""

    text: str
    norms: tuple[Placed[Norm], ...] = ()
    reading: tuple[PolicyVersion, Reading] | None = None


class Needs(Struct, frozen=True):
    """What a leave needs; an empty part needs nothing. ``ruled``: whether any norm says who approves it.

    Where none does, ``approver`` may say who approves it for other groups of staff.
    """

    ruled: bool
    approver: tuple[Said, ...] = ()
    form: tuple[Said, ...] = ()
    when: tuple[Said, ...] = ()
    consent: tuple[Said, ...] = ()
    filed: tuple[Said, ...] = ()
    papers: tuple[Said, ...] = ()
    substitute: tuple[Said, ...] = ()
    limits: tuple[Said, ...] = ()

    @property
    def answers(self) -> list[tuple[str, tuple[Said, ...], str]]:
        """Each part but the limits: what it is called, what is said of it, and what an empty one means."""
        return [
            ("谁批准", self.approver, _REPORT_ENOUGH),
            ("怎么请", self.form, "原文未载明"),
            ("什么时候", self.when, "原文未载明"),
            ("单位同意", self.consent, "不要求"),
            ("报谁备案", self.filed, "不要求"),
            ("证明", self.papers, "不要求"),
            ("代岗", self.substitute, "不要求"),
        ]


# kinds and lengths


# what it needs


def needs(
    rules: Rules, day: datetime.date, kind: str, length: Decimal, *, sudden: bool = False, group: str | None = None
) -> Needs:
    """What a leave of a kind and a length (in days) needs of somebody of a group of staff.

    ``group`` None: of somebody who serves a window, with what is otherwise for other groups.
    """
    question = ask(rules, day, kind, length, sudden=sudden, group=group)
    approval = question.approval
    others = tuple(_other_groups(question)) if group is None else ()
    if approval is None:
        return Needs(False, others)
    reported = (Said(_REPORT_ENOUGH, (approval,)),) if others and approval.norm.form == "report" else ()
    return Needs(
        True,
        (*_approver(question, approval), *reported, *others),
        tuple(_form(question, approval)),
        tuple(_when(question, approval)),
        (Said("要", (approval,)),) if approval.norm.unit_consent else (),
        tuple(_filed(question)),
        tuple(_papers(question)),
        tuple(_substitute(question)),
        tuple(_limits(question)),
    )


def ask(
    rules: Rules,
    day: datetime.date,
    kind: str,
    length: Decimal,
    *,
    sudden: bool = False,
    group: str | None = None,
    on_duty: int = 1,
) -> LeaveQuestion:
    """The question that the decision answers, about somebody for whom nothing has been done yet.

    ``group``: the first that serves windows, where none is given.
    """
    group = next(iter(_groups(rules, at_windows=True)), "") if group is None else group
    window = "window" if rules.words.at_windows(group) else None
    leave = Leave(staff="", kind=kind, start=day, days=length, sudden=sudden)
    person = Person(id="", group=group, window=window)
    return LeaveQuestion(leave, person, Spell(((day, "am"),), length), rules, (day, "am"), on_duty)


def _approver(question: LeaveQuestion, approval: Placed[LeaveApproval]) -> Iterator[Said]:
    rules, norm = question.rules, approval.norm
    if norm.form == "report":
        return
    if norm.approver is None:
        yield _consented(question, approval)
        return
    first, *others = accepted(question, approval) or (norm.approver,)
    yield Said(role_name(rules, first), (approval,))
    for deputy in others:
        yield Said(f"不在时{role_name(rules, deputy)}", (), _recorded(approval, "deputy"))


def _consented(question: LeaveQuestion, approval: Placed[LeaveApproval]) -> Said:
    """Where the text does not say who consents: what the reading taken says."""
    if approval.norm.consent_by is None:
        return Said("由谁同意原文未载明", (approval,))
    return Said(role_name(question.rules, approval.norm.consent_by), (approval,), _recorded(approval, "consent_by"))


def _other_groups(question: LeaveQuestion) -> Iterator[Said]:
    """Who approves for other groups of staff, where that is somebody else, by the same norm or by one of their own."""
    leave, rules, approval = question.leave, question.rules, question.approval
    here = accepted(question, approval) if approval and approval.norm.form != "report" else None
    for group in (*_groups(rules, at_windows=True), *_groups(rules, at_windows=False)):
        other = ask(rules, leave.start, leave.kind, question.spell.length, sudden=leave.sudden, group=group)
        own = other.approval
        roles = accepted(other, own) if own and own.norm.form != "report" else None
        if own is None or not roles or roles == here:
            continue
        name, first = rules.words.group(group).zh, role_name(rules, roles[0])
        if own == approval:
            names = listed(role_name(rules, role) for role in roles)
            yield Said(f"{name}由{names}批准", (), _recorded(approval, "stands_in"))
        else:
            how = (
                f"，{_FORM_NAMES[own.norm.form]}"
                if own.norm.form in _FORM_NAMES and (approval is None or own.norm.form != approval.norm.form)
                else ""
            )
            yield Said(f"{name}由{first}批准{how}", (own,))


_FORM_NAMES = {"written": FORMS["written"].zh, "oral_or_phone": f"{FORMS['oral'].zh}或{FORMS['phone'].zh}"}


def _groups(rules: Rules, *, at_windows: bool) -> list[str]:
    return [slug for slug, group in rules.words.groups.items() if group.at_windows == at_windows]


def _form(question: LeaveQuestion, approval: Placed[LeaveApproval]) -> Iterator[Said]:
    report = _report(question)
    if report is not None:
        yield from _reported(question, report)
    if approval.norm.form in _FORM_NAMES:
        yield Said(_FORM_NAMES[approval.norm.form], (approval,))
        if approval.norm.report_to:
            yield Said(f"向{role_name(question.rules, approval.norm.report_to)}报告", (approval,))


def _reported(question: LeaveQuestion, report: Placed[LeaveApproval]) -> Iterator[Said]:
    rules, to = question.rules, report.norm.report_to
    yield Said(f"向{role_name(rules, to) if to else '值班的人'}报告", (report,))
    approval = question.approval
    if approval is not None and approval.norm.after_report:
        names = "、".join(role_name(rules, role) for role in leaders(rules))
        yield Said(f"或电话告知{names}", (), _recorded(approval, "after_report"))
    if question.approval is report:
        yield from _afterwards(question)


def _afterwards(question: LeaveQuestion) -> Iterator[Said]:
    """Where a report is all that is asked: when the papers of an ordinary leave follow."""
    usual = replace(question, leave=msgspec.structs.replace(question.leave, sudden=False)).approval
    if usual is not None and usual.norm.conditions:
        whom = f"向{role_name(question.rules, usual.norm.approver)}" if usual.norm.approver else ""
        said = f"{'、'.join(usual.norm.conditions)}的，随后{whom}补假条"
        yield Said(said, (usual,), _recorded(question.approval, "suffices"))


def _report(question: LeaveQuestion) -> Placed[LeaveApproval] | None:
    return next((p for p in question.approvals if p.norm.form == "report"), None)


def _when(question: LeaveQuestion, approval: Placed[LeaveApproval]) -> Iterator[Said]:
    report = _report(question)
    if report is not None:
        if approval is report:
            yield Said("发病时", (report,))
        else:
            yield Said("先报告，离岗后补手续", (report,), _recorded(approval, "after_report"))
    elif approval.norm.form == "oral_or_phone" and approval.norm.in_advance:
        yield Said("事前；来不及的，用电话说明", (approval,))
    else:
        early = tuple(p for p in question.approvals if p.norm.in_advance)
        yield from (Said("事前，同意后方可离岗", (p,)) for p in early[:1])


def _filed(question: LeaveQuestion) -> Iterator[Said]:
    places: dict[str, tuple[Placed[Norm], ...]] = {}
    for placed in question.approvals:
        if placed.norm.filed_with:
            places[placed.norm.filed_with] = (*places.get(placed.norm.filed_with, ()), placed)
    for place, norms in places.items():
        yield Said(role_name(question.rules, place), norms)


def _papers(question: LeaveQuestion) -> Iterator[Said]:
    for placed in question.approvals:
        for paper in placed.norm.proofs:
            yield Said(called(placed.version.names, "papers", paper), (placed,))
    asked = papers_asked(question)
    for record in question.rules.all(Record, question.person.group):
        if record in asked:
            yield Said(_names(record), (record,))
        elif _afterwards_asked(question, record):
            to = record.norm.filed_with
            yield Said(f"事后交{_names(record)}" + (f"给{role_name(question.rules, to)}" if to else ""), (record,))


def _afterwards_asked(question: LeaveQuestion, record: Placed[Record]) -> bool:
    """Whether papers are asked of this person once a leave of this kind is over."""
    rules, kind, norm = question.rules, question.leave.kind, record.norm
    return norm.when != kind and kind in _kinds_at(rules, record) and asked_of(rules, norm.by, question.person.group)


def _names(record: Placed[Record]) -> str:
    return listed(called(record.version.names, "papers", paper) for paper in record.norm.papers)


def _kinds_at(rules: Rules, record: Placed[Record]) -> set[str]:
    """The kinds of leave of which the provision of a record speaks."""
    here = (p for p in rules.all(LeaveApproval) if p.provision.id == record.provision.id)
    return {kind for p in here if p.version.instrument == record.version.instrument for kind in p.norm.leave}


def _substitute(question: LeaveQuestion) -> Iterator[Said]:
    """Whether somebody must stand in, and at which windows."""
    wanted = [substitute_norm(replace(question, on_duty=staff)) for staff in range(1, _MOST_AT_A_WINDOW + 1)]
    placed = next((p for p in wanted if p), None)
    if placed is None:
        return
    where = "" if None not in wanted else f"窗口只有{_phrase(placed.norm.staff)}值班的，"
    first = "，先派人再离岗" if placed.norm.before_leaving else ""
    yield Said(f"{where}要{first}", (placed,))


def _phrase(staff: Bounds | None) -> str:
    return staff.phrase({}) if staff else ""


def _limits(question: LeaveQuestion) -> Iterator[Said]:
    """For what a kind of leave may be asked, how much of it there is, and what it is taken from."""
    kind, rules = question.leave.kind, question.rules
    for placed in rules.all(LeaveApproval, question.person.group):
        if kind in placed.norm.leave and placed.norm.conditions and placed.norm.form is None:
            yield Said(placed.statement, (placed,))
    for placed in question.approvals:
        if placed.norm.conditions and placed.norm.form is not None:
            yield Said(f"适用于：{listed(placed.norm.conditions)}。", (placed,))
    for quota in rules.all(Quota, question.person.group):
        if quota.norm.of == kind:
            yield Said(quota.statement + _for_what(quota), (quota,))
    for offset in rules.all(Offset, question.person.group):
        if offset.norm.leave == kind:
            yield Said(offset.statement, (offset,), _recorded(offset, "taken_off"))


def _for_what(quota: Placed[Quota]) -> str:
    """The reasons for which a leave may be asked, by the names that an enumeration of the version gives them."""
    listings = [placed.norm for placed in quota.version.placed if isinstance(placed.norm, Enumeration)]
    names = {value.value: value.name for listing in listings for value in listing.values}
    return f"事由：{listed(names.get(each, each) for each in quota.norm.reasons)}。" if quota.norm.reasons else ""


def _recorded(placed: Placed[Norm] | None, field: str) -> tuple[PolicyVersion, Reading] | None:
    """The reading that a field of a norm rests on, with the version that records it."""
    reading = said_of(placed, field) if placed else None
    return (placed.version, reading) if placed and reading else None
