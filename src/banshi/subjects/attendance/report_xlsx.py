"""The account as a workbook: the sheets that came in, each row with what is said of it, and the account's own sheets."""

from msgspec.structs import replace

from banshi.base.text import Lang, Text
from banshi.checking.checker import Checker
from banshi.checking.loaded import LoadedFile
from banshi.files.findings import Finding
from banshi.files.law_used import LawUsed
from banshi.files.report import Report
from banshi.files.tables.remarks import WRITTEN
from banshi.output.section_book import add_sheets
from banshi.output.sections import FICTIONAL, Value
from banshi.output.workbooks import Book, Cell, add_reading
from banshi.subjects.attendance.account import Account
from banshi.subjects.attendance.account_said import accounts_printout
from banshi.subjects.attendance.annotations import Remark, Remarks, remarks, said
from banshi.subjects.attendance.case import RegisterInLaw
from banshi.subjects.attendance.columns import PARTS
from banshi.subjects.attendance.sheet_rows import given_tables

_WIDE = [48.0, 30.0, 40.0]
_LARGE = 20_000  # rows from which a workbook is written as it goes


def account_book(
    files: list[LoadedFile],
    accounts: list[Account],
    checker: Checker,
    report: Report,
    law: LawUsed | None = None,
    staff: str | None = None,
    lang: Lang = "zh",
) -> bytes:
    """The workbook of registers and their accounts; ``report``: what reading them gave. Rules are run here.

    ``staff``: of this person's records only, without the sheets that came in.
    """
    files = [] if staff else files
    rows = sum(len(file.value.register.punches) for file in files)
    book = Book("考勤情况", large=rows > _LARGE, law=law)
    fictional = any(found.case.register.fictional for found in accounts)
    add_reading(book, report.reading, [FICTIONAL.say(lang)] if fictional else [])
    found = [(file, _remarks(file, accounts, checker, report)) for file in files]
    for file, own in found:
        for part in PARTS:
            _given(book, file, part, own)
    elsewhere = [_about(finding) for _, own in found for finding in own.elsewhere]
    printout = accounts_printout(accounts, law, staff=staff, elsewhere=elsewhere)
    add_sheets(book, replace(printout, fictional=False), lang)  # the first sheet says so
    return book.bytes()


def _remarks(file: LoadedFile, accounts: list[Account], checker: Checker, report: Report) -> Remarks:
    """What is said of a register; that a rule itself failed goes into ``report`` too."""
    held = Report()
    checker.hold(file, held)
    own = [found for found in accounts if _centre(found.case) == _centre(file.value)]  # joined of several registers
    said = remarks(file, [*report.findings, *held.findings], own)
    if held.failed:
        report.failed = True
        report.findings += [finding for finding in held.findings if finding.rule.startswith("engine/")]
    return said


def _centre(case: RegisterInLaw) -> tuple[str, str]:
    return case.register.jurisdiction, case.register.centre


def _given(book: Book, file: LoadedFile, part: str, found: Remarks) -> None:
    """The sheets that came in, with what is said of each row; a sheet that is full goes on in another one."""
    for table in given_tables(file, part):
        columns, sheet = len(table.headings), None
        for row in table.rows:
            if sheet is None or sheet.full:
                sheet = book.sheet(table.name, [*table.headings, *WRITTEN], [14.0] * columns + _WIDE)
            blank = [None] * (columns - len(row.cells))
            sheet.row([*row.cells[:columns], *blank, *_added(found.of(part, table, row))])


def _added(own: list[Remark]) -> list[Cell]:
    if not own:
        return []
    columns = zip(*((remark.problem, remark.basis, remark.fix) for remark in own), strict=True)
    return ["\n".join(dict.fromkeys(filter(None, column))) or None for column in columns]


def _about(finding: Finding) -> list[Value]:
    """A finding about no row of the sheets."""
    basis = said(finding.basis)
    why = Text(*("；".join(filter(None, (message, basis))) for message in finding.message))
    return [f"{finding.path}:{finding.line}", finding.severity.label, why, finding.fix]
