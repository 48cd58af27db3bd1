"""Accounts as an answer in sections: people, windows, exceptions with their reasons, what cannot be determined."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from msgspec.structs import replace

from banshi.base.money import plain
from banshi.base.text import NOTHING, Lang, Text, listed, same
from banshi.files.account_of_reading import AccountOfReading
from banshi.files.law_used import LawUsed
from banshi.law.otherwise import said_of
from banshi.output.sections import (
    EVERY,
    LINES,
    PAGES,
    SHEETS,
    DrawingsSection,
    LinesSection,
    MadeRows,
    PartSection,
    Printout,
    ReasonsSection,
    Section,
    SectionColumn,
    TableSection,
    Value,
    cited,
)
from banshi.subjects.attendance.account import Account, PersonAccount
from banshi.subjects.attendance.account_tables import OWNER, TOLD, LeaveKinds, beside, place_of, sheet_of
from banshi.subjects.attendance.breaches import costs
from banshi.subjects.attendance.cover import PART, WindowAccount
from banshi.subjects.attendance.matters_said import (
    conversions,
    exceptions_of,
    exceptions_table,
    factors_of,
    lost_marks,
    order_of,
    quotas,
    yes_no,
)
from banshi.subjects.attendance.month_grid import month_grids
from banshi.subjects.attendance.rulebook import duty
from banshi.subjects.attendance.words import HALVES, TYPES


def accounts_printout(
    accounts: Sequence[Account],
    law: LawUsed | None = None,
    reading: AccountOfReading | None = None,
    staff: str | None = None,
    elsewhere: Sequence[Sequence[Value]] = (),
) -> Printout:
    """What several accounts say; ``staff``: they hold one person's records only.

    ``elsewhere``: rows of the sheet of exceptions behind those of people (what and where, how grave, why, what to do).
    """
    registers = [found.case.register for found in accounts]
    centres = "、".join(dict.fromkeys(register.centre for register in registers))
    sections: list[Section] = [LinesSection(_who_may_see(accounts, staff), faces=PAGES)]
    kinds = LeaveKinds(accounts)
    for found in accounts:
        sections += _account(found, kinds, own=staff is not None)
    blank: list[Value] = [None] * len(OWNER)
    sections.append(exceptions_table([[*blank, *row] for row in elsewhere], faces=SHEETS))
    return Printout(
        f"{centres} {f'{staff} 的考勤记录' if staff else '考勤情况'}",
        NOTHING,
        sections=sections,
        fictional=any(register.fictional for register in registers),
        law=law,
        reading=reading,
    )


def _who_may_see(accounts: Sequence[Account], staff: str | None) -> list[Text]:
    """Who may see other people's records, as the rules of each account's last day are read."""
    if staff:
        return [Text(f"本页只含 {staff} 本人的记录。", f"Records of {staff} alone.")]
    return list(dict.fromkeys(map(_may_see, accounts)))


def _may_see(found: Account) -> Text:
    end = found.period.value.end if found.period.value else found.case.register.end
    rule = duty(found.case.book.at(end), "seeing_records")
    reading = said_of(rule, "duties") if rule else None
    if rule is None or reading is None:
        return Text(
            f"本页含多人的考勤记录。{end} 施行的文件没有写谁可以查看别人的记录，分发前由中心决定。",
            f"Records of several people; nothing in force on {end} says who may see them: the centre decides.",
        )
    may = f"{reading.options[reading.default]}{cited(rule.cite)}"
    return Text(
        f"本页含多人的考勤记录。查看范围（按口径）：{may}", f"Records of several people. Who may see them: {may}"
    )


def _account(found: Account, kinds: LeaveKinds, *, own: bool) -> Iterator[Section]:
    """The sections of one register and period; ``own``: of one person."""
    days = found.period.value
    yield PartSection(_label(found), reasons=found.period.reasons, faces=TOLD)
    if days is not None:
        yield ReasonsSection(_NOT_WHOLE, found.left_out, faces=TOLD)
    yield _people(found, kinds)
    yield _windows(found)
    yield DrawingsSection(NOTHING, [(title, str(drawn)) for title, drawn in month_grids(found)], wide=True)
    yield exceptions_of(found)
    yield conversions(found, kinds)
    yield quotas(found, kinds)
    yield lost_marks(found)
    factors = [(person, factor) for person in found.people for factor in person.factors]
    yield factors_of(found, [(p, f) for p, f in factors if f.value is not False or f.differing], TOLD)
    yield factors_of(found, factors, SHEETS)
    yield from order_of(found)
    if found.undetermined:
        faces = (LINES if days is not None else frozenset()) | (frozenset() if own else PAGES)
        yield ReasonsSection(_UNDETERMINED, found.undetermined, faces=faces)
    rows = [[*place_of(found), one.text, one.basis.say() if one.basis else None] for one in found.undetermined]
    columns = (*OWNER[:2], SectionColumn(Text("事项", "what"), 80), SectionColumn(Text("依据", "basis"), 40))
    yield sheet_of(Text("不能判定", "Not determined"), columns, rows, SHEETS)


def _label(found: Account) -> Text:
    days = found.period.value
    return same(f"{found.case.register.centre}  {days.label if days else ''}".rstrip())


# people


def _people(found: Account, kinds: LeaveKinds) -> TableSection:
    some_open = any(person.open for person in found.people)
    costly = SHEETS | (PAGES if any(costs(found.case.book.at(day)) for day in found.working[-1:]) else frozenset())
    short = TOLD if found.has_short_leave else frozenset()
    columns = (
        *OWNER[:2],
        SectionColumn(Text("人员", "staff"), faces=TOLD, whole=True),
        SectionColumn(Text("人员编号", "id"), 12, faces=SHEETS),
        SectionColumn(Text("姓名", "name"), 10, faces=SHEETS),
        SectionColumn(Text("窗口", "window"), 16, faces=SHEETS),
        SectionColumn(Text("工作日", "days"), 9, figures=True),
        SectionColumn(Text("正常", "normal"), 9, figures=True),
        SectionColumn(Text("非正常", "irregular"), faces=TOLD),
        SectionColumn(_NOT_JUDGED, 9, figures=True, faces=EVERY if some_open else SHEETS),
        *(SectionColumn(TYPES[kind], 9, faces=SHEETS) for kind in _TYPES),
        *(SectionColumn(_unit(name, "天", "days"), 9, faces=SHEETS) for name in kinds.long.values()),
        *(SectionColumn(_unit(name, "次", "times"), 9, faces=SHEETS) for name in kinds.short.values()),
        SectionColumn(Text("请假（天）", "leave (days)"), faces=TOLD),
        SectionColumn(Text("迟到、早退假（次）", "late, early leave"), figures=True, faces=short),
        SectionColumn(Text("考核因素", "factors"), faces=TOLD),
        SectionColumn(Text("减分（次）", "marks lost (times)"), 9, figures=True, faces=costly),
        SectionColumn(Text("待认定（次）", "undecided (times)"), 9, figures=True, faces=costly),
    )
    names = {window.id: window.name for window in found.case.register.windows}
    rows = MadeRows(len(found.people), lambda number: _person(found, found.people[number], names, kinds))
    table = sheet_of(Text("人员", "Staff"), columns, rows)
    return replace(table, sheet=same("账目"), style="people")


def _spaced(parts: Sequence[Text]) -> Text:
    return Text(" ".join(part.zh for part in parts), " ".join(part.en for part in parts))


def _unit(name: Text, zh: str, en: str) -> Text:
    return Text(f"{name.zh}（{zh}）", f"{name.en} ({en})")


def _person(found: Account, person: PersonAccount, names: dict[str, str], kinds: LeaveKinds) -> list[Value]:
    own, by_type = person.person, person.by_type
    irregular = [beside(TYPES[kind], n) for kind, n in by_type.items()]
    spent = [beside(person.words.kind(kind), plain(days)) for kind, days in sorted(person.leave.items())]
    if person.leave_open:
        spent.append(Text("（可能没有读全）", "(perhaps not all)"))
    lost = sum(breach.counts for breach in person.breaches)
    return [
        *place_of(found),
        own.called,
        own.id,
        own.name,
        names.get(own.window or "", own.window),
        person.days,
        person.normal,
        _spaced(irregular),
        len(person.open),
        *(by_type.get(kind, 0) for kind in _TYPES),
        *(person.leave.get(kind, Decimal(0)) for kind in kinds.long),
        *(person.times.get(kind, 0) for kind in kinds.short),
        _spaced(spent),
        f"{person.short_times('arrival')} + {person.short_times('departure')}",
        _spaced([yes_no(factor) for factor in person.factors]),
        lost,
        len(person.breaches) - lost,
    ]


# windows


def _windows(found: Account) -> TableSection:
    costly = SHEETS | (PAGES if any(costs(found.case.book.at(day)) for day in found.working[-1:]) else frozenset())
    some_open = any(window.open for window in found.windows)
    columns = (
        *OWNER[:2],
        SectionColumn(Text("窗口代号", "id"), 10, faces=SHEETS),
        SectionColumn(Text("窗口", "window"), 18),
        SectionColumn(Text("值班人数", "on duty"), 9, figures=True),
        SectionColumn(Text("应有人在岗的工作日", "working days judged"), 12, figures=True, faces=SHEETS),
        SectionColumn(Text("空岗（半天）", "empty (half-days)"), 9, figures=True, faces=SHEETS),
        SectionColumn(Text("空岗时段", "empty when"), 40),
        SectionColumn(Text("不能判定的工作日", "not determined"), 30, faces=EVERY if some_open else SHEETS),
        SectionColumn(Text("依据", "basis"), 30),
        SectionColumn(Text("减分（人次）", "marks lost (times)"), 9, figures=True, faces=costly),
        SectionColumn(Text("待认定（人次）", "undecided (times)"), 9, figures=True, faces=costly),
    )
    rows = [_window(found, window) for window in found.windows]
    return sheet_of(Text("窗口", "Windows"), columns, rows, said=lambda n, lang: _empty_said(found.windows[n], lang))


def _window(found: Account, window: WindowAccount) -> list[Value]:
    lost = [b.counts for p in found.people if p.person.window == window.id for b in p.breaches]
    return [
        *place_of(found),
        window.id,
        window.name,
        window.serving,
        len(window.judged),
        sum(half != PART for _, half in window.empty),
        _empty(window),
        listed(map(str, sorted(window.open))),
        window.basis.say() if window.basis else None,
        sum(lost),
        len(lost) - sum(lost),
    ]


def _empty(window: WindowAccount) -> Text:
    part = Text("有一段时间", "for some time")
    spans = [(day, HALVES.get(half, part)) for day, half in window.empty]
    return Text(listed(f"{day} {half.zh}" for day, half in spans), listed(f"{day} {half.en}" for day, half in spans))


def _empty_said(window: WindowAccount, lang: Lang) -> list[str]:
    """When nobody was there, and when that cannot be told: of many days the first ones and how many there are."""
    lines, days = [], sorted(window.open)
    if window.empty:
        lines.append(f"{_EMPTY.say(lang)}  {window.name}：{_empty(window).say(lang)}{cited(window.basis)}")
    if days:
        more = Text(f" 等 {len(days)} 天", f" and more, {len(days)} in all").say(lang) if len(days) > _MOST_DAYS else ""
        lines.append(f"{_PERHAPS_EMPTY.say(lang)}  {window.name}：{listed(map(str, days[:_MOST_DAYS]))}{more}")
    return lines


_MOST_DAYS = 8
_TYPES = [kind for kind in TYPES if kind != "normal"]
_NOT_WHOLE = Text("注意，登记不全，以下结论可能因此有误", "The register is not complete; mind what follows")
_UNDETERMINED = Text("不能判定", "Not determined")
_NOT_JUDGED = Text("不作判定（天）", "not judged (days)")
_EMPTY = Text("窗口空岗", "window empty")
_PERHAPS_EMPTY = Text("窗口是否空岗不能判定", "not determined whether the window was empty")
