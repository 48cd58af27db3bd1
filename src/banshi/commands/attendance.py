"""``banshi attendance``: a month's, quarter's or year's account of a register, with reasons."""

import argparse
import datetime
import re
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from banshi.base.text import Lang, Text, did_you_mean
from banshi.centre.centre import Centre
from banshi.centre.own_code import RULES
from banshi.checking.checker import Checker
from banshi.checking.loaded import LoadedFile
from banshi.checking.told_places import knowing_all
from banshi.commands.filings import law_at_fault, print_problems, rules_heard
from banshi.commands.output import add_output, ready, write, write_data, write_parts
from banshi.commands.standing import centre_of, code_options, known_on_option, say_left_aside
from banshi.files.account_of_reading import reading_json
from banshi.files.report import Report
from banshi.output.faces import FORMATS, face
from banshi.output.json_parts import json_parts
from banshi.output.progress import Progress, size_of
from banshi.output.records import ANSWERS, DATA_FORMATS, Row
from banshi.output.terminal import refuse
from banshi.subjects.attendance.account import Account, account
from banshi.subjects.attendance.case import RegisterInLaw
from banshi.subjects.attendance.joining import joined, together
from banshi.subjects.attendance.own_record import of_one
from banshi.subjects.attendance.periods import PeriodDecision, month, quarter, whole_year

# What of a project's own code an answer of a form uses.
_Chosen = Callable[[RegisterInLaw], list[PeriodDecision]]


class Registers(Struct, frozen=True):
    """What was loaded: the registers, the accounts asked for, and the centre whose law was applied."""

    files: list[LoadedFile]
    accounts: list[Account]
    checker: Checker
    centre: Centre


def add(parser: argparse.ArgumentParser) -> None:
    """Options."""
    parser.add_argument(
        "path", type=Path, nargs="?", metavar="PATH", help="考勤登记，或放有考勤登记的文件夹（- 读标准输入）"
    )
    parser.add_argument(
        "--template",
        type=Path,
        metavar="FILE.xlsx",
        help="写出登记用的空工作簿：封面、窗口、人员、打卡、请假、值班日志、说明登记",
    )
    parser.add_argument(
        "--from",
        dest="last",
        type=Path,
        metavar="LAST",
        help="空工作簿里带上上一期登记的窗口和人员（逐一核对后再用）；打卡、请假、日志、说明不带",
    )
    parser.add_argument("--jurisdiction", metavar="PLACE", help="空工作簿的辖区（默认：项目的；有 --from 的，随它）")
    period = parser.add_mutually_exclusive_group()
    period.add_argument("--month", metavar="YYYY-MM", help="哪一个月（默认：登记所含的每个月）")
    period.add_argument("--quarter", metavar="YYYY-Qn", help="哪一个季度")
    period.add_argument("--year", metavar="YYYY", help="哪一年")
    parser.add_argument("--staff", metavar="ID", help="只要这个人的（给本人查看）")
    known_on_option(parser)
    code_options(parser)
    add_output(parser, (*FORMATS, *DATA_FORMATS))


def run(options: argparse.Namespace) -> int:
    """Compute and print; or write an empty workbook."""
    if options.template:
        from banshi.commands.attendance_template import run_template  # late: accounts need none of it

        return run_template(options)
    if options.last is not None:
        return refuse(_NO_TEMPLATE, options.lang)
    if options.path is None or options.jurisdiction:
        return refuse(_WITH_TEMPLATE if options.path else _NO_PATH, options.lang)
    return _accounts(options)


def _accounts(options: argparse.Namespace) -> int:
    lang: Lang = options.lang
    chosen = _chosen(options)
    if isinstance(chosen, Text):
        return refuse(chosen, lang)
    if status := ready(options):
        return status
    report = Report()
    found = _load(options, chosen, report)
    if found.files and options.staff and not found.accounts:
        return max(print_problems(report, lang), refuse(_nobody(options.staff, found.files), lang))
    if not found.files:
        return print_problems(report, lang) or refuse(_no_register(options.path), lang)
    if options.format in DATA_FORMATS:
        written = write_data(options, ANSWERS, _rows(found, lang))
    elif options.format == "json":
        written = write_parts(options, json_parts(_as_json(found, report, lang)))
    else:
        written = write(options, _answer(options, found, report))
    faults = law_at_fault(found.checker.loader, lang, "banshi attendance")
    lawless = any(each.lawless for each in found.accounts)
    heard = rules_heard(found.centre, options, found.files)
    return max(written, print_problems(report, lang), faults, int(lawless), heard)


_READ = Text("已读", "read")
_NO_PATH = Text(
    "写明考勤登记或文件夹；要空工作簿的，用 --template 文件.xlsx",
    "name a register or a folder; or --template FILE.xlsx",
)
_NO_TEMPLATE = Text("--from 只用于空工作簿：加 --template 文件.xlsx", "--from belongs to --template FILE.xlsx")
_WITH_TEMPLATE = Text("--jurisdiction 只用于 --template；登记自己写明辖区", "--jurisdiction belongs to --template")


def _load(options: argparse.Namespace, chosen: _Chosen, report: Report) -> Registers:
    centre = centre_of(options)
    say_left_aside(centre, options)
    checker = Checker(centre.folder, own_rules=centre.runs(RULES))
    checker.loader.known_on(options.known_on)
    checker.loader.in_lines = options.format == "text"
    with Progress(_READ, lambda: size_of([options.path]), lang=options.lang, quiet=options.quiet):
        files = knowing_all(checker.loader.tellings, report, partial(_registers, checker, options.path))
    cases: list[RegisterInLaw] = [file.value for file in files]
    if options.staff:
        cases = [of_one(case, options.staff) for case in cases if options.staff in case.register.people]
    # One account of all the registers of a centre; of a month, of those that share days.
    cases = joined(cases) if options.quarter or options.year else together(cases)
    accounts = [account(case, period) for case in cases for period in chosen(case)]
    if options.staff:  # whether a window was empty tells of others
        accounts = [replace(found, windows=(), order=None) for found in accounts]
    return Registers(files, accounts, checker, centre)


def _registers(checker: Checker, path: Path, report: Report) -> list[LoadedFile]:
    every = (loaded for unit in checker.loader.units([path]) for loaded in checker.loader.load(unit, report))
    return [loaded for loaded in every if isinstance(loaded, LoadedFile) and loaded.subject == "attendance"]


def _rows(found: Registers, lang: Lang) -> Iterator[Row]:
    """The accounts as data."""
    from banshi.subjects.impact.answers import of_account  # late: for data alone
    from banshi.subjects.impact.records import answer_row

    path = found.files[0].document.path
    yield from (answer_row(answer, lang) for each in found.accounts for answer in of_account(each, path))


def _as_json(found: Registers, report: Report, lang: Lang) -> dict[str, Any]:
    """Version 1 of the answer; people one after the other, for a year of a large centre is long."""
    from banshi.subjects.attendance.report_json import account_json  # late: for programs alone

    return {
        "version": 1,
        "law": found.centre.law.as_json(),
        "reading": reading_json(report.reading, lang),
        "accounts": (account_json(each, lang) for each in found.accounts),
    }


def _answer(options: argparse.Namespace, found: Registers, report: Report) -> str | bytes:
    lang: Lang = options.lang
    if options.format == "xlsx":
        from banshi.subjects.attendance.report_xlsx import account_book

        return account_book(found.files, found.accounts, found.checker, report, found.centre.law, options.staff, lang)
    from banshi.subjects.attendance.account_said import accounts_printout

    said = accounts_printout(found.accounts, found.centre.law, report.reading, options.staff)
    return face(options.format, said, lang, found.centre, "attendance.html.j2")


def _nobody(staff: str, files: Sequence[LoadedFile]) -> Text:
    """Why a person cannot be shown: not on the registers, or in a row of theirs that cannot be used."""
    known = [person for file in files for person in file.value.register.people]
    lost = [row.staff for file in files for row in file.value.unread if row.part == "staff" and not row.cell]
    if staff in lost:
        return Text(
            f"{staff} 写在名册里，但那一行读不出或格式不对，没有核算；先改好上面说的地方，再算一次",
            f"{staff} is on the register, but the row cannot be used: correct what is said above, then compute again",
        )
    guess = did_you_mean(staff, [*known, *(each for each in lost if each)])
    zh, en = f"名册里没有 {staff}。{guess.zh}", f"nobody on the register is {staff}. {guess.en}".rstrip()
    if None in lost:
        zh += "名册有读不出编号的行，是不是不知道"
        en += " Ids of some rows cannot be read: whether one of them is meant, is not known."
    return Text(zh, en)


def _no_register(path: Path) -> Text:
    return Text(f"{path} 里没有考勤登记（kind: attendance）", f"no attendance register in {path}")


# periods


def _chosen(options: argparse.Namespace) -> _Chosen | Text:
    """The periods that are asked for, or why they cannot be."""
    if options.month:
        found = _match(r"(\d{4})-(0[1-9]|1[0-2])", options.month)
        return partial(_month, found) if found else _not_a(options.month, "YYYY-MM")
    if options.quarter:
        found = _match(r"(\d{4})-?Q([1-4])", options.quarter.upper())
        return partial(_quarter, found) if found else _not_a(options.quarter, "YYYY-Qn")
    if options.year:
        found = _match(r"(\d{4})()", options.year)
        return partial(_year, found) if found else _not_a(options.year, "YYYY")
    return _every_month


def _month(which: tuple[int, int], _case: RegisterInLaw) -> list[PeriodDecision]:
    return [month(*which)]


def _quarter(which: tuple[int, int], case: RegisterInLaw) -> list[PeriodDecision]:
    return [quarter(case.book, *which)]


def _year(which: tuple[int, int], case: RegisterInLaw) -> list[PeriodDecision]:
    return [whole_year(case.book, which[0])]


def _match(pattern: str, text: str) -> tuple[int, int] | None:
    found = re.fullmatch(pattern, text, re.ASCII)
    if found is None or not datetime.MINYEAR < int(found[1]) <= datetime.MAXYEAR:
        return None
    return int(found[1]), int(found[2] or 0)


def _not_a(text: str, wanted: str) -> Text:
    return Text(f"“{text}”不是 {wanted} 的写法", f"{text} is not written {wanted}")


def _every_month(case: RegisterInLaw) -> list[PeriodDecision]:
    """The months in which the register has days."""
    start, end = case.register.start, case.register.end
    count = max(1, (end.year - start.year) * 12 + end.month - start.month + 1)  # one at least, to say what is wrong
    numbers = (start.year * 12 + start.month - 1 + n for n in range(count))
    return [month(number // 12, number % 12 + 1) for number in numbers]
