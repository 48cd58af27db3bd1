"""A centre's days that are told in several registers of one run: each may hold a part of what happened, or tell it otherwise."""

import datetime
from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence
from itertools import combinations

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from banshi.base.limits import MAX_LEAVE_TABLES
from banshi.base.text import Text, listed
from banshi.checking.told_places import Telling, Tellings
from banshi.files.documents import Document
from banshi.files.findings import Finding, Severity
from banshi.files.locating import Located, from_shape
from banshi.files.report import Report
from banshi.files.shape import ShapeProblem
from banshi.subjects.attendance.case import RegisterInLaw
from banshi.subjects.attendance.clashes import Clash, between, leave_between, not_compared
from banshi.subjects.attendance.entry_places import Entries, entries_of, of_table, placed, stands
from banshi.subjects.attendance.forms import Leave, Register
from banshi.subjects.attendance.joining import may_be_one_centre
from banshi.subjects.attendance.several_tables import LeaveTable

PARTS_TOLD = ("staff", "windows", "roster", "leave")  # of which two tellings may contradict each other
_Told = tuple[LeaveTable, list[int]]  # a table, and the numbers of somebody's leave in it
_NO_RULE = frozenset(("windows", "roster"))  # of which no rule says that one list tells something twice
_NAMED = 3  # how many registers one message names


class RegisterTold(Struct, frozen=True):
    """Of which centre and days a register is, what it tells of them beside its punches, and where.

    ``start``, ``end``: the days that it covers; ``first``, ``last``: those that its leave reaches too.
    """

    place: str
    names: tuple[Hashable, ...]
    start: datetime.date
    end: datetime.date
    first: datetime.date
    last: datetime.date
    register: Register
    entries: Entries

    def is_of(self, other: Telling) -> bool:
        """Whether another register that may be of the same centre tells of some same days."""
        if not isinstance(other, RegisterTold) or not may_be_one_centre(self.register, other.register):
            return False
        return self.first <= other.last and other.first <= self.last

    def shares_days(self, other: "RegisterTold") -> bool:
        """Whether both cover some same days."""
        return self.start <= other.end and other.start <= self.end


def _telling_of(case: RegisterInLaw, document: Document, sources: Mapping[str, Located]) -> RegisterTold:
    """What a register is of, and tells."""
    register = case.register
    names = (("register", register.jurisdiction),)
    first = min((register.start, *(leave.start for leave in register.leave)))
    last = max((register.end, *(leave.last for leave in register.leave)))
    slim = msgspec.structs.replace(register, punches=(), notes=(), duty_log=())
    entries = {part: entries_of(part, document, sources) for part in PARTS_TOLD}
    return RegisterTold(document.path, names, register.start, register.end, first, last, slim, entries)


def _told_twice(own: RegisterTold, others: Sequence[RegisterTold]) -> ShapeProblem | None:
    """Said of a register that is not the only one of its days."""
    places = [each.place for each in others if own.shares_days(each)]
    if not places:
        return None
    more = "等" if len(places) > _NAMED else ""
    message = Text(
        f"同一中心、同一时段在 {listed(places[:_NAMED])}{more} 里也有考勤登记：一份里没有的打卡、请假，可能在另一份里；核算时合在一起算",
        f"the same centre and days are in {', '.join(places[:_NAMED])} too: what one lacks the other may hold; they are taken together",
    )
    return ShapeProblem("input/told-twice", (), message, _ONE)


def held_together(
    case: RegisterInLaw,
    document: Document,
    sources: Mapping[str, Located],
    leave: Sequence[LeaveTable],
    tellings: Tellings,
    report: Report,
) -> RegisterInLaw:
    """The case, with what is told otherwise in it, in another of its tables or in another register left open, and told."""
    own = _telling_of(case, document, sources)
    others = [each for each in tellings.add(own) if isinstance(each, RegisterTold)]
    if same_days := _told_twice(own, others):
        report.findings.append(from_shape(document, same_days, Severity.WARNING))
    for clash in case.clashes:
        (here, said), (there, said_there) = (stands(own.entries[clash.part], n) for n in (clash.here, clash.there))
        if clash.part in _NO_RULE or (clash.part == "staff" and here is not there):
            both = in_both(said, said_there)
            report.findings.append(_finding(clash, both, *placed(clash.part, clash.here, document, sources)))
    tables = list(_between_tables(case, leave))
    for clash, sheet, both in tables:
        report.findings.append(_finding(clash, both, sheet, clash.here))
    elsewhere = list(_told_otherwise(case, own, others))
    for clash, both in elsewhere:
        report.findings.append(_finding(clash, both, *placed(clash.part, clash.here, document, sources)))
    return case.leaving_open([(clash, both) for clash, _, both in tables], elsewhere)


def _between_tables(case: RegisterInLaw, tables: Sequence[LeaveTable]) -> Iterator[tuple[Clash, Document, Text]]:
    """What two tables or sheets of leave tell otherwise: the entry in one of them, and both places."""
    of_person: dict[str, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
    for place, table in enumerate(tables if len(tables) > 1 else ()):
        for n, leave in enumerate(table.rows):
            of_person[leave.staff][place].append(n)
    for rows in of_person.values():
        # Places that tell the same of somebody need not be compared twice.
        tellings = {tuple(tables[place].rows[n] for n in own): (tables[place], own) for place, own in rows.items()}
        if len(tellings) > MAX_LEAVE_TABLES:
            yield _not_compared(tellings)
            continue
        for (its, others), (mine, own) in combinations(tellings.values(), 2):
            here_told = _only(case.register, [mine.rows[n] for n in own])
            there_told = _only(case.register, [its.rows[n] for n in others])
            for clash in leave_between(here_told, there_told, case.words, case.may_work):
                here, there = mine.first + own[clash.here], its.first + others[clash.there]
                both = in_both(stands(of_table(mine.sheet), here)[1], stands(of_table(its.sheet), there)[1])
                yield replace(clash, here=here, there=there), mine.sheet, both


def _not_compared(tellings: Mapping[tuple[Leave, ...], _Told]) -> tuple[Clash, Document, Text]:
    (mine, own), (its, others) = list(tellings.values())[:2]
    here, there = mine.first + own[0], its.first + others[0]
    both = in_both(stands(of_table(mine.sheet), here)[1], stands(of_table(its.sheet), there)[1])
    return not_compared([leave for each in tellings for leave in each], here, there, len(tellings)), mine.sheet, both


def _only(register: Register, leave: Sequence[Leave]) -> Register:
    """The register with this leave and nothing else."""
    return Register(
        jurisdiction=register.jurisdiction,
        centre=register.centre,
        start=register.start,
        end=register.end,
        leave=tuple(leave),
    )


def _told_otherwise(
    case: RegisterInLaw, own: RegisterTold, others: Sequence[RegisterTold]
) -> Iterator[tuple[Clash, Text]]:
    """What other registers tell otherwise, each with both places."""
    for other in others:
        for clash in between(case.register, other.register, case.words, case.may_work):
            here, there = (
                stands(own.entries[clash.part], clash.here)[1],
                stands(other.entries[clash.part], clash.there)[1],
            )
            yield clash, in_both(here, there)


def in_both(here: Text, there: Text) -> Text:
    """Of two places, what is said of what they tell."""
    return Text(f"{here.zh} 与 {there.zh} ", f"in {here.en} and {there.en}")


def _finding(clash: Clash, both: Text, document: Document, n: int) -> Finding:
    """The finding at the entry that is number ``n`` of a document."""
    return from_shape(document, ShapeProblem("input/told-twice", (clash.part, n, clash.key), clash.text(both), _RIGHT))


_ONE = Text("合成一份登记，或者分清各是哪些天的。", "Make them one register, or tell their days apart.")
_RIGHT = Text("核对哪一处是对的，改正另一处。", "Find out which is right, and correct the other.")
