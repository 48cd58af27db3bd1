"""The papers that belong to a leave: which are asked for, by when, which of them are lacking."""

from collections.abc import Iterator

from banshi.base.text import Text, listed
from banshi.law.decisions import Reason
from banshi.law.instruments import Placed
from banshi.law.norms import Record, called
from banshi.law.time_limits import Counting, Ends, ends
from banshi.subjects.attendance.leave_question import LeaveQuestion, Shortcoming
from banshi.subjects.attendance.rulebook import Rules


def certificate_lacking(question: LeaveQuestion) -> Iterator[Shortcoming]:
    """A hospital's certificate that a norm asks for."""
    leave = question.leave
    for placed in papers_asked(question):
        if not placed.norm.insured_hospital:
            continue
        name = listed(called(placed.version.names, "papers", paper) for paper in placed.norm.papers)
        if leave.certificate is None:
            text = Text(
                f"{question.rules.words.kind(leave.kind).zh}没有{name}", "sick leave without a hospital's certificate"
            )
            yield Shortcoming("certificate", "certificate", text, _BRING_CERTIFICATE, placed.cite)
        elif not leave.certificate.insurance:
            text = Text(
                f"证明由{leave.certificate.hospital}出具，不是{name}",
                f"{leave.certificate.hospital} does not meet the rules of medical insurance",
            )
            yield Shortcoming("certificate", "certificate", text, _BRING_CERTIFICATE, placed.cite)


def papers_lacking(question: LeaveQuestion) -> Iterator[Shortcoming]:
    """Papers that a norm asks for with a kind of leave, a hospital's certificate apart."""
    leave = question.leave
    for placed in papers_asked(question):
        for paper in placed.norm.papers:
            if not placed.norm.insured_hospital and paper not in leave.papers:
                name = called(placed.version.names, "papers", paper)
                text = Text(
                    f"{question.rules.words.kind(leave.kind).zh}没有{name}",
                    f"{question.rules.words.kind(leave.kind).en} without {paper}",
                )
                fix = Text(f"补交{name}，并记入“其他凭据”（papers）。", f"Hand in {paper} and record it under papers.")
                yield Shortcoming("papers", "papers", text, fix, placed.cite)


def papers_asked(question: LeaveQuestion) -> list[Placed[Record]]:
    """The norms that ask this person for papers with a leave of this kind and length."""
    rules, group, kind = question.rules, question.person.group, question.leave.kind
    own = [placed for placed in rules.all(Record, group) if placed.norm.when == kind]
    return [placed for placed in own if asked_of(rules, placed.norm.by, group) and _long_enough(question, placed)]


def asked_of(rules: Rules, by: str | None, group: str) -> bool:
    """Whether those of a group are meant."""
    office = rules.offices.get(by or "")
    return by in (None, group) or (office is not None and office.everyone)


def _long_enough(question: LeaveQuestion, placed: Placed[Record]) -> bool:
    length = placed.norm.length
    return length is None or length.contains(question.spell.length)


def papers_late(question: LeaveQuestion) -> Iterator[Shortcoming]:
    """Papers that came after the day by which a norm asks for them."""
    leave = question.leave
    for placed in _dated(question):
        last = papers_due(question, placed).last
        if leave.papers_on and last and leave.papers_on > last:
            text = Text(
                f"凭据 {leave.papers_on} 才交，应在 {last} 以前交", f"papers came on {leave.papers_on}, due {last}"
            )
            yield Shortcoming("papers", "papers_on", text, _DATE_OF_PAPERS, placed.cite)


def papers_doubtful(question: LeaveQuestion) -> Iterator[Reason]:
    """Why it is not determined whether papers came in time."""
    for placed in _dated(question):
        due = papers_due(question, placed)
        if question.leave.papers_on is None:
            yield Reason(_NO_DATE_OF_PAPERS, placed.cite)
        elif due.last is None:
            yield Reason(due.text, placed.cite)


def _dated(question: LeaveQuestion) -> Iterator[Placed[Record]]:
    """The norms that set a day for papers which were handed in with this leave."""
    yield from (placed for placed in papers_asked(question) if placed.norm.due and question.leave.papers)


def papers_due(question: LeaveQuestion, placed: Placed[Record]) -> Ends:
    """By when papers are due: so long after the last day of the leave."""
    assert placed.norm.due is not None and question.calendar is not None
    return ends(question.calendar, question.leave.last, placed.norm.due, Counting())


_BRING_CERTIFICATE = Text(
    "补交符合医保规定的医院出具的证明，并填“医院”和“符合医保规定”（certificate）。",
    "Hand in a certificate of a hospital under medical insurance and enter certificate.",
)


_DATE_OF_PAPERS = Text("日期填错的，改正“凭据交来日”（papers_on）。", "Correct papers_on if it is wrong.")


_NO_DATE_OF_PAPERS = Text(
    "没有记下凭据交来的日期，是否按时交不能判定",
    "no day is recorded on which the papers came: not determined whether in time",
)
