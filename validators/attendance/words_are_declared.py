"""登记用的词规定里都有

假别、批准人、备案处、凭据、人员类别、班次，要写所在辖区的规定里声明过的标识、名称或其他写法
（假别在 leave_kinds，机关和职务在 offices，材料在 papers，人员类别在 staff_groups，班次在 shifts）。
规定里没有的词，没有哪一条管它，写了也不起作用。
"""

from collections.abc import Iterable, Iterator, Mapping

from banshi.base.text import did_you_mean, listed
from banshi.checking.rules import Problem, Text
from banshi.files.findings import Citation, Route
from banshi.subjects.attendance.case import RegisterInLaw
from banshi.subjects.attendance.vocabulary import OTHER, REST

TITLE = Text("登记用的词规定里都有", "Registers use the words that the instruments declare")
SEVERITY = "error"
BASIS = ()
GOOD = """
leave:
  - {staff: A02, kind: 事假, from: 2010-03-10, requested_at: 2010-03-09 10:00, approved_at: 2010-03-09 15:00,
     form: written, approver: 督察科, unit_consent: true, filed_with: [所在小组]}
"""
BAD = """
leave:
  - {staff: A02, kind: 探亲假, from: 2010-03-10, requested_at: 2010-03-09 10:00, approved_at: 2010-03-09 15:00,
     form: written, approver: 督察科, unit_consent: true, filed_with: [所在小组]}     # 规定里没有这种假
"""
_SHOWN = 12


def check(case: RegisterInLaw) -> Iterator[Problem]:
    """Each word of the register, which by now is a slug where somebody declares it; it rests on what should declare it."""
    basis = tuple(version.cite for version in case.book.at(case.register.start).versions)
    for word, names, where, table in _words(case):
        known = {*names.values(), *((REST,) if table == "shifts" else ()), *((OTHER,) if table == "offices" else ())}
        if word is not None and word not in known:
            yield _undeclared(word, names, known, where, table, basis)


def _words(case: RegisterInLaw) -> Iterator[tuple[str | None, Mapping[str, str], Route, str]]:
    """Each word, the names of its table, where it stands, and the table."""
    words, register = case.words, case.register
    roles, papers = words.role_names, words.paper_names
    for n, leave in enumerate(register.leave):
        at: Route = ("leave", n)
        yield leave.kind, words.kind_names, (*at, "kind"), "leave_kinds"
        yield leave.approver, roles, (*at, "approver"), "offices"
        yield leave.reported_to, roles, (*at, "reported_to"), "offices"
        yield from ((place, roles, (*at, "filed_with", m), "offices") for m, place in enumerate(leave.filed_with))
        yield from ((paper, papers, (*at, "papers", m), "papers") for m, paper in enumerate(leave.papers))
    for n, note in enumerate(register.notes):
        yield note.recorded_by, roles, ("notes", n, "recorded_by"), "offices"
    for n, person in enumerate(register.staff):
        yield person.group, words.group_names, ("staff", n, "group"), "staff_groups"
    for n, entry in enumerate(register.roster):
        yield entry.shift, words.shift_names, ("roster", n, "shift"), "shifts"


def _undeclared(
    word: str, names: Mapping[str, str], known: set[str], where: Route, table: str, basis: tuple[Citation, ...]
) -> Problem:
    guess = did_you_mean(word, [*names, *known])
    said = _shown(names)
    return Problem(
        where=where,
        basis=basis,
        message=Text(f"规定里没有“{word}”（{table}）", f"no instrument declares {word!r} ({table})"),
        fix=Text(
            f"{guess.zh}可写：{said}。规定里确有的，在 {table} 里补上。"
            if names
            else f"规定没有声明 {table}，先在规定里补上。",
            f"{guess.en} Write one of: {', '.join(sorted(known))}; or declare it under {table}.".strip(),
        ),
    )


def _shown(names: Iterable[str]) -> str:
    every = list(names)
    return listed(every[:_SHOWN]) + ("等" if len(every) > _SHOWN else "")
