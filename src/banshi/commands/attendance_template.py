"""``banshi attendance --template``: an empty workbook to keep a register in, or one begun from the last register."""

import argparse
import re
from pathlib import Path

from banshi.base.text import Text, listed
from banshi.centre.centre import Centre
from banshi.checking.checker import Checker
from banshi.checking.loaded import LoadedFile
from banshi.commands.filings import print_problems, refuse_with
from banshi.commands.output import ready, write
from banshi.commands.standing import centre_of, place_governed
from banshi.files.report import Report
from banshi.output.terminal import complain, refuse
from banshi.subjects.attendance.carried_over import BegunRegister, carried_over, month_after
from banshi.subjects.attendance.case import RegisterInLaw
from banshi.subjects.attendance.leave_days import Month
from banshi.subjects.attendance.rulebook import SUBJECT, Rulebook
from banshi.subjects.attendance.template import template


def run_template(options: argparse.Namespace) -> int:
    """Write the workbook in the words of the place."""
    wrong = refuse_with(options, "--template", "quarter", "year", "staff", *(() if options.last else ("month",)))
    if options.path or wrong:
        return refuse(_NOT_FILLED if options.path else wrong or _NOT_FILLED, options.lang)
    options.output, options.format = options.template, "xlsx"
    if status := ready(options):
        return status
    centre, report = centre_of(options), Report()
    checker = Checker(centre.folder)
    checker.loader.known_on(options.known_on)
    if options.last is None:
        place = place_governed(options, centre, SUBJECT, Text("考勤请假", "attendance"))
        return write(options, template(place, Rulebook(checker.loader.library, place).words, centre.law))
    last = _last(options.last, checker, report)
    status = print_problems(report, options.lang)
    if isinstance(last, Text):
        return max(status, refuse(last, options.lang))
    return max(status, _begun(options, centre, last))


def _begun(options: argparse.Namespace, centre: Centre, last: RegisterInLaw) -> int:
    """Write the workbook of the next month; what came along, and what did not, is said. The exit status."""
    register = last.register
    wanted = month_after(register.end)
    if options.month:
        found = re.fullmatch(r"(\d{4})-(0[1-9]|1[0-2])", options.month, re.ASCII)
        if found is None:
            return refuse(
                Text(f"“{options.month}”不是 YYYY-MM 的写法", f"{options.month} is not YYYY-MM"), options.lang
            )
        wanted = int(found[1]), int(found[2])
    if wrong := _not_the_last(options.jurisdiction, last, wanted):
        return refuse(wrong, options.lang)
    begun = carried_over(last, wanted)
    complain(_brought(last, begun).say(options.lang))
    written = write(options, template(register.jurisdiction, last.words, centre.law, begun))
    return max(written, int(bool(begun.lost or begun.blank)))


def _last(path: Path, checker: Checker, report: Report) -> RegisterInLaw | Text:
    """The one register that a path holds."""
    found = [
        loaded
        for unit in checker.loader.units([path])
        for loaded in checker.loader.load(unit, report)
        if isinstance(loaded, LoadedFile) and isinstance(loaded.value, RegisterInLaw)
    ]
    if not found:
        return Text(f"{path} 里没有能用的考勤登记", f"no usable attendance register in {path}")
    if len(found) > 1:
        names = list(dict.fromkeys(loaded.document.path for loaded in found))
        return Text(
            f"{path} 里有 {len(found)} 份考勤登记（{listed(names)}），--from 写明用哪一份",
            f"{len(found)} registers in {path} ({', '.join(names)}): name one with --from",
        )
    value: RegisterInLaw = found[0].value
    return value


def _not_the_last(place: str | None, last: RegisterInLaw, wanted: Month) -> Text | None:
    """Why a register is not that of an earlier month of the place; None: it is."""
    register = last.register
    if place and place != register.jurisdiction:
        return Text(
            f"--from 是 {register.jurisdiction} 的，--jurisdiction 写的是 {place}：去掉 --jurisdiction，或者换一份登记",
            f"--from is of {register.jurisdiction}, --jurisdiction says {place}: leave it out, or name another register",
        )
    if (register.end.year, register.end.month) < wanted:
        return None
    month = "{}-{:02d}".format(*wanted)
    return Text(
        f"--from 到 {register.end} 止，不在 {month} 之前：--from 要上一期的登记",
        f"--from ends on {register.end}, which is not before {month}: it must be the last register",
    )


def _brought(last: RegisterInLaw, begun: BegunRegister) -> Text:
    """What came along, what is to be done with it, what stayed behind and why."""
    windows, people = len(begun.windows), len(begun.people)
    zh = f"从 {last.register.start} 至 {last.register.end} 的登记带来窗口 {windows} 个、人员 {people} 人，请逐一核对"
    en = f"{windows} windows and {people} people carried over from {last.register.start} to {last.register.end}: look at each"
    if begun.moved:
        zh += f"；中途调动的按期末的窗口和类别：{listed(begun.moved)}"
        en += f"; of those who moved, where they were last: {', '.join(begun.moved)}"
    if begun.on_leave:
        zh += f"；假期到期末以后的，请假没有带，要另外登记：{listed(begun.on_leave)}"
        en += f"; leave that goes on is not carried over, enter it: {', '.join(begun.on_leave)}"
    if begun.lost:
        zh += f"；上期有读不出的窗口或人员 {begun.lost} 处，没有带，要自己补上"
        en += f"; {begun.lost} windows or people could not be read and are not there: add them"
    if begun.blank:
        zh += f"；上期读不出、空着的：{listed([each.zh for each in begun.blank])}"
        en += f"; what could not be read is left open: {', '.join(each.en for each in begun.blank)}"
    return Text(zh, en)


_NOT_FILLED = Text(
    "--template 写的是空工作簿，不与登记一起给出；要带上上一期窗口和人员的，用 --from",
    "--template writes an empty workbook: name no register; to begin from the last one give --from",
)
