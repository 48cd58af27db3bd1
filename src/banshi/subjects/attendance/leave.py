"""Is a leave in order? Who approves it, in which form, when, with which papers: by the rules of its first day.

Before 2009-12-01 the kind of leave decides, from then on its length; which of the two is in force the library says.
"""

from collections.abc import Iterator
from decimal import Decimal

from banshi.base.text import Text, listed
from banshi.law.decisions import Reason
from banshi.law.instruments import Placed
from banshi.law.norms import Consequence, Cover, LeaveApproval, called
from banshi.law.otherwise import about, elsewhere
from banshi.subjects.attendance.forms import Leave, has_time, minutes, moment
from banshi.subjects.attendance.leave_question import LeaveDecision, LeaveQuestion, Shortcoming
from banshi.subjects.attendance.papers_of_leave import certificate_lacking, papers_doubtful, papers_lacking, papers_late
from banshi.subjects.attendance.punch_windows import due, windows_on
from banshi.subjects.attendance.rulebook import Rules
from banshi.subjects.attendance.spans import is_short
from banshi.subjects.attendance.words import FORMS, days_zh, role_name

_WRITTEN_OR_LESS = {
    "written": ("written",),
    "oral_or_phone": ("oral", "phone", "written"),
    "report": ("report", "oral", "phone", "written"),
}


def decide(question: LeaveQuestion) -> LeaveDecision:
    """Whether the leave meets every requirement; not determined where no rule speaks or a time cannot be compared."""
    approval = question.approval
    if question.spell.length == 0 and not is_short(question.leave):
        return LeaveDecision(True, (Reason(_NO_WORKING_DAY),))
    if approval is None:
        return LeaveDecision(None, (Reason(_no_rule(question)),))
    why = Reason(_which(question), approval.cite)
    short = tuple(_shortcomings(question, approval))
    doubts = tuple(_doubts(question, approval))
    value = False if short else None if doubts else True
    return LeaveDecision(value, (why, *(Reason(s.text, s.basis) for s in short), *doubts), (), short, doubts, approval)


def _shortcomings(question: LeaveQuestion, approval: Placed[LeaveApproval]) -> Iterator[Shortcoming]:
    yield from _approver(question, approval)
    yield from _form(question, approval)
    yield from _late(question, approval)
    yield from _sudden(question)
    yield from _told(question, approval)
    leave, norm = question.leave, approval.norm
    if norm.unit_consent and not leave.unit_consent:
        yield Shortcoming("unit_consent", "unit_consent", _NO_CONSENT, _GET_CONSENT, approval.cite)
    yield from _filing(question)
    yield from _proofs(question)
    yield from certificate_lacking(question)
    yield from papers_lacking(question)
    yield from papers_late(question)
    yield from _substitute(question)


# who


def accepted(question: LeaveQuestion, approval: Placed[LeaveApproval]) -> tuple[str, ...] | None:
    """The roles that may approve; None: whoever consented need only be recorded."""
    norm, rules = approval.norm, question.rules
    if norm.approver is None and norm.form == "report":
        return (norm.report_to,) if norm.report_to else None
    if norm.approver is None:
        return _consenting(rules, approval)
    instead = norm.stands_in.get(question.person.group)
    roles = (instead,) if instead else (norm.approver, norm.deputy)
    return tuple(dict.fromkeys(role for role in roles if role))


def approver_of(question: LeaveQuestion) -> str | None:
    """The role that approves in the first place, of those with whom the person's group stands; None: no norm says."""
    approval = question.approval
    if approval is None or approval.norm.approver is None:
        return None
    return approval.norm.stands_in.get(question.person.group, approval.norm.approver)


def _consenting(rules: Rules, approval: Placed[LeaveApproval]) -> tuple[str, ...] | None:
    """Where the text does not say who consents, whoever consents under the reading taken or another; None: anybody may."""
    laws = [other.law for other in elsewhere(rules, about(rules, LeaveApproval))]
    read = [p.norm for law in laws for p in law.all(LeaveApproval) if p.norm.id == approval.norm.id]
    named = tuple(dict.fromkeys(norm.consent_by for norm in (approval.norm, *read)))
    return None if None in named else tuple(role for role in named if role)


def leaders(rules: Rules) -> list[str]:
    """The roles at the head of a group."""
    return [role for role, office in rules.offices.items() if office.leads_group]


def _approver(question: LeaveQuestion, approval: Placed[LeaveApproval]) -> Iterator[Shortcoming]:
    leave, rules = question.leave, question.rules
    if approval.norm.form == "report":
        return
    roles = accepted(question, approval)
    wanted = listed(role_name(rules, role) for role in roles) if roles else ""
    wanted_en = " or ".join(roles) if roles else ""
    if leave.approver is None:
        text = Text(
            f"没有记下由谁同意{f'，应由{wanted}批准' if wanted else ''}",
            f"no approver is recorded{f'; {wanted_en} approves' if roles else ''}",
        )
        yield Shortcoming("approver", "approver", text, _RECORD_APPROVER, approval.cite)
    elif roles is not None and leave.approver not in roles:
        text = Text(
            f"由{role_name(rules, leave.approver)}批准，应由{wanted}批准",
            f"approved by {leave.approver}, but {wanted_en} approves",
        )
        fix = Text(
            f"由{wanted}补办批准；登记有误的，改正“批准人”（approver）。",
            f"Have {wanted_en} approve it; if the entry is wrong, correct approver.",
        )
        yield Shortcoming("approver", "approver", text, fix, approval.cite)


# in which form, and when


def _form(question: LeaveQuestion, approval: Placed[LeaveApproval]) -> Iterator[Shortcoming]:
    leave, wanted = question.leave, approval.norm.form
    if wanted is None or leave.form in _WRITTEN_OR_LESS[wanted]:
        return
    names = listed(FORMS[form].zh for form in _WRITTEN_OR_LESS[wanted])
    how = Text(f"是{FORMS[leave.form].zh}", f"is {leave.form}") if leave.form else Text("没有记下", "is not recorded")
    text = Text(f"请假方式{how.zh}，应是{names}", f"the form {how.en}, expected {wanted}")
    fix = Text(f"补办{names}手续，或改正“请假方式”（form）。", "Complete the formalities, or correct form.")
    yield Shortcoming("form", "form", text, fix, approval.cite)


def excused(question: LeaveQuestion) -> Placed[Consequence] | None:
    """The norm under which the centre allowed the formalities to be completed afterwards, where it did."""
    if question.leave.special_approval is None:
        return None
    own = question.rules.all(Consequence, question.person.group)
    return next((p for p in own if p.norm.of == "leave_rules_broken" and p.norm.unless), None)


def _must_be_early(question: LeaveQuestion, approval: Placed[LeaveApproval]) -> bool:
    if approval.norm.form == "oral_or_phone" and question.leave.form == "phone":
        return False  # who cannot ask beforehand telephones (第十条)
    norm, leave = approval.norm, question.leave
    sudden = norm.after_report and leave.sudden and leave.reported_to is not None
    return norm.in_advance and not sudden and excused(question) is None


def _late(question: LeaveQuestion, approval: Placed[LeaveApproval]) -> Iterator[Shortcoming]:
    if not _must_be_early(question, approval):
        return
    leave = question.leave
    times = [("requested_at", Text("申请", "requested"), leave.requested_at)]
    if approval.norm.form == "written":
        times.append(("approved_at", Text("批准", "approved"), leave.approved_at))
    for key, done, at in times:
        if at and before_leaving(question, at) is False:
            text = Text(
                f"{at} 才{done.zh}，{_start_zh(leave)} 已经离岗",
                f"{done.en} at {at}, after the leave began ({leave.start} {leave.left_at or leave.from_half})",
            )
            yield Shortcoming("advance", key, text, _REGULARISE, approval.cite)
            return


def _doubts(question: LeaveQuestion, approval: Placed[LeaveApproval]) -> Iterator[Reason]:
    yield from papers_doubtful(question)
    if not _must_be_early(question, approval):
        return
    at = question.leave.requested_at
    if at is None:
        yield Reason(_NO_REQUEST_TIME, approval.cite)
    elif before_leaving(question, at) is None:
        yield Reason(_same_day(at), approval.cite)


def _same_day(at: str) -> Text:
    if not has_time(at):
        zh = f"{at} 申请，当天离岗，没有记下申请的时刻，是否事前不能判定"
        return Text(zh, f"requested on {at}, the day itself, at an unknown time: it is not determined whether before")
    return Text(
        f"{at} 申请，当天离岗而没有记下离岗时刻，上班时刻也没有载明，是否事前不能判定",
        f"requested at {at} on the day itself; without the time of leaving it is not determined whether before",
    )


def before_leaving(question: LeaveQuestion, at: str) -> bool | None:
    """Whether something done ``at`` came before the leave began; None where that cannot be told."""
    (first, half), leave, done = question.start, question.leave, moment(at)
    if done.date() != first:
        return done.date() < first
    if not has_time(at):
        return None
    minute = done.hour * 60 + done.minute
    if leave.left_at and leave.start == first:
        return minute <= minutes(leave.left_at)
    return _by_windows(question, half, minute)


def _by_windows(question: LeaveQuestion, half: str, minute: int) -> bool | None:
    """Working hours are stated nowhere; only what no day's work can contradict is decided."""
    windows = windows_on(question.rules, question.person.group, question.start[0])
    if not windows or (question.leave.short and question.leave.covers != "arrival"):
        return None
    if windows.state_hours:
        own = [due(p.norm) // 60 for p, at in zip(windows.placed, windows.halves, strict=True) if at == half]
        return minute <= own[0] if own else None
    first, last = windows.placed[0].norm, windows.placed[-1].norm
    assert first.start and first.end and last.start
    opens, closes = minutes(first.start), minutes(first.end)
    if question.leave.covers == "arrival":
        return minute <= closes
    if half == "am":
        return True if minute <= opens else False if minute > closes else None
    return True if minute <= closes else False if minute >= minutes(last.start) else None


def _sudden(question: LeaveQuestion) -> Iterator[Shortcoming]:
    leave, rules = question.leave, question.rules
    if not leave.sudden:
        return
    report = next((p for p in question.approvals if p.norm.form == "report"), None)
    if report is None:
        return
    approval = question.approval
    told = [role for role in (report.norm.report_to, report.norm.report_or) if role]
    too = _told_too(rules) if approval is not None and approval.norm.after_report else []
    roles = list(dict.fromkeys((*told, *too)))
    if leave.reported_to not in roles:
        names = listed(role_name(rules, role) for role in roles)
        text = Text(f"突发疾病，没有记下已向{names}报告", f"sudden illness, not reported to {roles[0]}")
        yield Shortcoming("report", "reported_to", text, _RECORD_REPORT, report.cite)


def _told(question: LeaveQuestion, approval: Placed[LeaveApproval]) -> Iterator[Shortcoming]:
    """Somebody else was told of the leave than the norm says that it is reported to."""
    told, to, rules = question.leave.reported_to, approval.norm.report_to, question.rules
    if approval.norm.form == "report" or question.leave.sudden or to is None or told in (None, to):
        return
    assert told is not None
    text = Text(f"向{role_name(rules, told)}报告，应向{role_name(rules, to)}报告", f"reported to {told}, not to {to}")
    yield Shortcoming("report", "reported_to", text, _RECORD_REPORT, approval.cite)


def _told_too(rules: Rules) -> list[str]:
    """Who may be told instead: whoever leads the group, or stands in for that."""
    return [*leaders(rules), *(role for p in rules.all(LeaveApproval) for role in p.norm.stands_in.values())]


# with which papers


def _filing(question: LeaveQuestion) -> Iterator[Shortcoming]:
    for placed in question.approvals:
        place = placed.norm.filed_with
        if place and place not in question.leave.filed_with:
            name = role_name(question.rules, place)
            text = Text(f"没有报{name}备案", f"not filed with {place}")
            fix = Text(f"报{name}备案，并记入“备案处”（filed_with）。", f"File it with {place} and record that.")
            yield Shortcoming("filing", "filed_with", text, fix, placed.cite)


def _proofs(question: LeaveQuestion) -> Iterator[Shortcoming]:
    for placed in question.approvals:
        for paper in placed.norm.proofs:
            if paper not in question.leave.papers:
                name = called(placed.version.names, "papers", paper)
                text = Text(f"没有{name}", f"{paper} is missing")
                fix = Text(f"补交{name}，并记入“其他凭据”（papers）。", f"Hand in {paper} and record it under papers.")
                yield Shortcoming("proof", "papers", text, fix, placed.cite)


def substitute_norm(question: LeaveQuestion) -> Placed[Cover] | None:
    """The norm that asks for a substitute, where one does."""
    if question.person.window is None:
        return None
    for placed in question.rules.all(Cover, question.person.group):
        norm = placed.norm
        long = norm.leave_length is None or norm.leave_length.contains(question.spell.length)
        few = norm.staff is None or (question.on_duty is not None and norm.staff.contains(Decimal(question.on_duty)))
        if norm.substitute and long and few:
            return placed
    return None


def _substitute(question: LeaveQuestion) -> Iterator[Shortcoming]:
    placed, sent = substitute_norm(question), question.leave.substitute
    if placed is None:
        return
    if sent is None:
        yield Shortcoming("substitute", "substitute", _NO_SUBSTITUTE, _SEND_SUBSTITUTE, placed.cite)
    elif placed.norm.before_leaving and sent.dispatched_at and before_leaving(question, sent.dispatched_at) is False:
        text = Text(
            f"代岗人员 {sent.dispatched_at} 才派出，{_start_zh(question.leave)} 已经离岗",
            f"the substitute was sent at {sent.dispatched_at}, after the leave began",
        )
        yield Shortcoming("substitute", "substitute", text, _SEND_SUBSTITUTE, placed.cite)


# words


def _which(question: LeaveQuestion) -> Text:
    leave, length = question.leave, question.spell.length
    kind = question.rules.words.kind(leave.kind)
    if length == 0:
        return Text(f"{leave.start} {kind.zh}，不满半天", f"{leave.start} {kind.en}, shorter than half a day")
    since = question.spell.begins
    joined = f"，与相连的请假合计自 {since} 起" if since < leave.start else ""
    return Text(
        f"{leave.start} 起{kind.zh}{joined}，离岗 {days_zh(length)}",
        f"{kind.en} from {leave.start}, an absence of {length} days in all",
    )


def _no_rule(question: LeaveQuestion) -> Text:
    leave = question.leave
    return Text(
        f"{leave.start} 没有施行中的规定管这类请假（{question.rules.words.kind(leave.kind).zh}）",
        f"no rule in force on {leave.start} speaks of this leave ({question.rules.words.kind(leave.kind).en})",
    )


def _start_zh(leave: Leave) -> str:
    return f"{leave.start} {leave.left_at or ('上午' if leave.from_half == 'am' else '下午')}"


_NO_WORKING_DAY = Text("不占工作日，无须请假", "no working day, so no leave is needed")
_NO_CONSENT = Text("没有所在单位签署同意", "without the unit's signed consent")
_GET_CONSENT = Text(
    "请所在单位在申请上签署同意，并在“单位签署同意”填 是（unit_consent: true）。",
    "Have the unit sign the application and set unit_consent: true.",
)
_RECORD_APPROVER = Text("按假条补填“批准人”（approver）。", "Enter approver from the application.")
_RECORD_REPORT = Text("按实填“向谁报告”（reported_to）。", "Enter reported_to as it was.")
_REGULARISE = Text(
    "时间填错的，改正；特殊情况经中心同意补办的，填“补办同意者”和“补办同意日”（special_approval）；"
    "突发疾病的，填“突发疾病”和“向谁报告”（sudden、reported_to）。",
    "Correct a wrong time; if the centre agreed to formalities afterwards, state special_approval; if illness was "
    "sudden, state sudden and reported_to.",
)
_NO_REQUEST_TIME = Text(
    "没有记下申请时间，是否事前申请不能判定", "no time of request is recorded, so it is not determined whether before"
)
_NO_SUBSTITUTE = Text("没有代岗人员", "without a substitute")
_SEND_SUBSTITUTE = Text(
    "由原单位派人代岗后再离岗；已派的，填“代岗人员”（substitute）。",
    "The unit sends a substitute before the leave; if it did, enter substitute.",
)
