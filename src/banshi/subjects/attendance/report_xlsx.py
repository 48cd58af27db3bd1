"""The account as a workbook: the sheets that came in, each row with what is said of it, and the account's own sheets."""

from collections.abc import Iterable
from decimal import Decimal

from banshi.base.text import listed
from banshi.checking.checker import Checker
from banshi.checking.loaded import LoadedFile
from banshi.files.findings import Finding
from banshi.files.law_used import LawUsed
from banshi.files.report import Report
from banshi.law.decisions import Decision, Reason
from banshi.output.workbooks import Book, Cell, add_reading
from banshi.subjects.attendance.account import Account, PersonAccount
from banshi.subjects.attendance.annotations import Remark, Remarks, remarks, said
from banshi.subjects.attendance.case import RegisterInLaw
from banshi.subjects.attendance.columns import PARTS
from banshi.subjects.attendance.cover import PART, WindowAccount
from banshi.subjects.attendance.report_html import exceptions, lost_marks
from banshi.subjects.attendance.report_text import differing, quota_kinds
from banshi.subjects.attendance.sheet_rows import given_tables
from banshi.subjects.attendance.words import HALVES, TYPES

_ADDED = ["问题", "依据", "怎么改"]
_WIDE = [48.0, 30.0, 40.0]
_LARGE = 20_000  # rows from which a workbook is written as it goes
_TYPES = [kind for kind in TYPES if kind != "normal"]


def account_book(
    files: list[LoadedFile], accounts: list[Account], checker: Checker, report: Report, law: LawUsed | None = None
) -> bytes:
    """The workbook of registers and their accounts; ``report``: what reading them gave. Rules are run here."""
    rows = sum(len(file.value.register.punches) for file in files)
    book = Book("考勤情况", large=rows > _LARGE, law=law)
    add_reading(book, report.reading)
    found = [(file, _remarks(file, accounts, checker, report.findings)) for file in files]
    for file, own in found:
        for part in PARTS:
            _given(book, file, part, own)
    _accounts(book, accounts)
    _windows(book, accounts)
    _exceptions(book, accounts, [each for _, own in found for each in own.elsewhere])
    _lost_marks(book, accounts)
    _factors(book, accounts)
    _order(book, accounts)
    _conversions(book, accounts)
    _quotas(book, accounts)
    _undetermined(book, accounts)
    return book.bytes()


def _remarks(file: LoadedFile, accounts: list[Account], checker: Checker, findings: list[Finding]) -> Remarks:
    report = Report()
    checker.hold(file, report)
    own = [found for found in accounts if _centre(found.case) == _centre(file.value)]  # joined of several registers
    return remarks(file, [*findings, *report.findings], own)


def _centre(case: RegisterInLaw) -> tuple[str, str]:
    return case.register.jurisdiction, case.register.centre


def _given(book: Book, file: LoadedFile, part: str, found: Remarks) -> None:
    """The sheets that came in, with what is said of each row; a sheet that is full goes on in another one."""
    for table in given_tables(file, part):
        columns, sheet = len(table.headings), None
        for row in table.rows:
            if sheet is None or sheet.full:
                sheet = book.sheet(table.name, [*table.headings, *_ADDED], [14.0] * columns + _WIDE)
            blank = [None] * (columns - len(row.cells))
            sheet.row([*row.cells[:columns], *blank, *_added(found.of(part, table, row))])


def _added(own: list[Remark]) -> list[Cell]:
    if not own:
        return []
    columns = zip(*((remark.problem, remark.basis, remark.fix) for remark in own), strict=True)
    return ["\n".join(dict.fromkeys(filter(None, column))) or None for column in columns]


# the account's own sheets


def _place(found: Account) -> list[Cell]:
    days = found.period.value
    return [found.case.register.centre, days.label if days else None]


def _accounts(book: Book, accounts: list[Account]) -> None:
    long, short = _kinds(accounts)
    spent = [f"{name}（天）" for name in long.values()]
    times = [f"{name}（次）" for name in short.values()]
    counted = [TYPES[kind].zh for kind in _TYPES]
    head = [
        "中心",
        "期间",
        "人员编号",
        "姓名",
        "窗口",
        "工作日",
        "正常",
        "不作判定（天）",
        *counted,
        *spent,
        *times,
        "减分（次）",
        "待认定（次）",
    ]
    sheet = book.sheet("账目", head, [20, 10, 12, 10, 16] + [9] * (len(head) - 5))
    for found in accounts:
        names = {window.id: window.name for window in found.case.register.windows}
        for person in found.people:
            sheet.row([*_place(found), *_person(person, names, long, short)])


def _kinds(accounts: list[Account]) -> tuple[dict[str, str], dict[str, str]]:
    """The kinds of leave with their names: those counted in days, and those counted in times."""
    every = [found.case.words for found in accounts]
    named = {slug: words.kind(slug).zh for words in every for slug in words.kinds}
    short = {slug for words in every for slug in words.short_kinds}
    return ({s: n for s, n in named.items() if s not in short}, {s: n for s, n in named.items() if s in short})


def _person(person: PersonAccount, windows: dict[str, str], long: Iterable[str], short: Iterable[str]) -> list[Cell]:
    own, by_type = person.person, person.by_type
    lost = sum(breach.counts for breach in person.breaches)
    return [
        own.id,
        own.name,
        windows.get(own.window or "", own.window),
        person.days,
        person.normal,
        len(person.open),
        *(by_type.get(kind, 0) for kind in _TYPES),
        *(person.leave.get(kind, Decimal(0)) for kind in long),
        *(person.times.get(kind, 0) for kind in short),
        lost,
        len(person.breaches) - lost,
    ]


def _windows(book: Book, accounts: list[Account]) -> None:
    head = [
        "中心",
        "期间",
        "窗口代号",
        "窗口",
        "值班人数",
        "应有人在岗的工作日",
        "空岗（半天）",
        "空岗时段",
        "不能判定的工作日",
        "依据",
        "减分（人次）",
        "待认定（人次）",
    ]
    sheet = book.sheet("窗口", head, [20, 10, 10, 18, 9, 12, 9, 40, 30, 30, 9, 9])
    for found in accounts:
        for window in found.windows:
            lost = [b.counts for p in found.people if p.person.window == window.id for b in p.breaches]
            sheet.row([*_place(found), *_window(window), sum(lost), len(lost) - sum(lost)])


def _window(window: WindowAccount) -> list[Cell]:
    words = {PART: "有一段时间", **{half: name.zh for half, name in HALVES.items()}}
    whole = sum(half != PART for _, half in window.empty)
    spans = listed(f"{day} {words[half]}" for day, half in window.empty) or None
    basis = window.basis.say() if window.basis else None
    undecided = listed(map(str, sorted(window.open))) or None
    return [window.id, window.name, window.serving, len(window.judged), whole, spans, undecided, basis]


def _exceptions(book: Book, accounts: list[Account], elsewhere: Iterable[Finding]) -> None:
    head = ["中心", "期间", "人员", "情况", "结论", "理由和依据", "怎么改"]
    sheet = book.sheet("例外", head, [20, 10, 14, 26, 18, 70, 40])
    for found in accounts:
        for person in found.people:
            for each in exceptions(person):
                sheet.row(
                    [*_place(found), each.who, each.what, each.outcome, "\n".join(each.reasons), each.fix or None]
                )
    for finding in elsewhere:
        where = f"{finding.path}:{finding.line}"
        reasons = "；".join(filter(None, (finding.message.zh, said(finding.basis))))
        sheet.row([None, None, None, where, finding.severity.label.zh, reasons, finding.fix.zh or None])


def _lost_marks(book: Book, accounts: list[Account]) -> None:
    every = [(found, each) for found in accounts for person in found.people for each in lost_marks(person)]
    if not every:
        return
    head = ["中心", "期间", "人员", "事项", "是否减分", "理由和依据"]
    sheet = book.sheet("减窗口考核分", head, [20, 10, 14, 26, 12, 80])
    for found, each in every:
        sheet.row([*_place(found), each.who, each.what, each.outcome, "\n".join(each.reasons)])


def _factors(book: Book, accounts: list[Account]) -> None:
    head = ["中心", "期间", "人员", "计什么", "计得", "是否考核因素", "理由和依据", "其他口径"]
    sheet = book.sheet("考核因素", head, [20, 10, 14, 16, 8, 12, 60, 50])
    for found in accounts:
        for person in found.people:
            for factor in person.factors:
                assert factor.norm is not None
                kinds = listed(found.case.words.kind(kind).zh for kind in factor.norm.norm.of)
                other = "\n".join(each.text.zh for each in differing(factor)) or None
                row: list[Cell] = [kinds, factor.amount, _decided(factor), _reasons(factor.reasons), other]
                sheet.row([*_place(found), person.person.called, *row])


def _decided(decision: Decision[bool]) -> str:
    return {True: "是", False: "否", None: "不能判定"}[decision.value]


def _reasons(reasons: Iterable[Reason]) -> str:
    return "\n".join(_said(reason) for reason in reasons)


def _said(reason: Reason) -> str:
    return reason.text.zh + (f"（{reason.basis.say()}）" if reason.basis else "")


def _order(book: Book, accounts: list[Account]) -> None:
    ordered = [found for found in accounts if found.order is not None]
    if not ordered:
        return
    sheet = book.sheet("并列先后", ["中心", "期间", "名次", "人员", "次数", "天数", "说明"], [20, 10, 8, 14, 8, 8, 60])
    for found in ordered:
        assert found.order is not None
        if found.order.value is None:
            sheet.row([*_place(found), None, None, None, None, _reasons(found.order.reasons)])
        for standing in found.order.value or ():
            note = "与另一些人孰先不定" if standing.unclear else None
            for staff in standing.staff:
                sheet.row([*_place(found), standing.place, staff, standing.times, standing.days, note])


def _conversions(book: Book, accounts: list[Account]) -> None:
    every = [(found, person, each) for found in accounts for person in found.people for each in person.converted]
    if not every:
        return
    into = {kind: person.words.kind(kind).zh for _, person, each in every for kind in each.leave}
    head = [
        "中心",
        "期间",
        "人员",
        "月份",
        "次数",
        "旷工（天）",
        *(f"折{name}（天）" for name in into.values()),
        "理由和依据",
    ]
    sheet = book.sheet("迟到早退折算", head, [20, 10, 14, 10, 8, 10, *(12 for _ in into), 80])
    for found, person, each in every:
        days = (each.leave.get(kind, Decimal(0)) for kind in into)
        row: list[Cell] = [f"{each.year}-{each.month:02d}", each.times, each.absence, *days, _reasons(each.reasons)]
        sheet.row([*_place(found), person.person.called, *row])


def _quotas(book: Book, accounts: list[Account]) -> None:
    used = [(found, use) for found in accounts for person in found.people for use in person.quotas]
    if not used:
        return
    monthly = all(use.norm.norm.per == "person_month" for _, use in used)
    limit_of = "每月额度（天）" if monthly else "额度"
    head = ["中心", "期间", "人员", "月份", "已用（天）", "各次（天）", limit_of, "余（天）", "依据"]
    sheet = book.sheet(f"{quota_kinds(accounts)}额度", head, [20, 10, 14, 10, 9, 16, 9, 9, 40])
    for found, use in used:
        pieces = listed(f"{days:f}" for _, days in use.pieces) or None
        limit: list[Cell] = [use.norm.norm.at_most, use.left] if use.capped else [None, None]
        month = use.period.en
        sheet.row([*_place(found), use.person.called, month, use.counted, pieces, *limit, use.norm.cite.say()])


def _undetermined(book: Book, accounts: list[Account]) -> None:
    sheet = book.sheet("不能判定", ["中心", "期间", "事项", "依据"], [20, 10, 80, 40])
    for found in accounts:
        for reason in found.undetermined:
            sheet.row([*_place(found), reason.text.zh, reason.basis.say() if reason.basis else None])
