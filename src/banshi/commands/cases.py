"""``banshi cases``: what a case log adds up to, against the targets of parallel approval."""

import argparse
import datetime
import os
import re
import sys
from collections.abc import Iterator, Sequence
from io import BufferedReader
from itertools import pairwise
from pathlib import Path
from typing import cast

from banshi.base.text import Lang, Text
from banshi.base.writing import refusal
from banshi.centre.centre import Centre
from banshi.checking.loaded import Loaded, LoadedFile
from banshi.checking.told_places import knowing_all
from banshi.commands.filings import law_at_fault, print_problems, refuse_with, rules_heard
from banshi.commands.output import add_output, inputs, ready, write, write_data, write_file
from banshi.commands.standing import (
    centre_of,
    code_options,
    known_on_option,
    say_left_aside,
    say_of_whom,
    within_option,
)
from banshi.files.account_of_reading import AccountOfReading
from banshi.files.findings import Severity
from banshi.files.regular_files import STDIN
from banshi.files.report import Report
from banshi.law.assessment_periods import PeriodAsked, asked
from banshi.output.faces import FORMATS, face
from banshi.output.progress import Progress, size_of
from banshi.output.records import ANSWERS, DATA_FORMATS
from banshi.output.terminal import complain, refuse
from banshi.subjects.cases.case_log import CaseLog
from banshi.subjects.cases.forms import Log
from banshi.subjects.cases.lines import load_lines
from banshi.subjects.cases.loading import LogLoader
from banshi.subjects.cases.log_json import log_json, logs_json
from banshi.subjects.cases.log_said import log_printout, logs_printout
from banshi.subjects.cases.ranges import left_said


def add(parser: argparse.ArgumentParser) -> None:
    """Options."""
    parser.add_argument(
        "path",
        type=Path,
        metavar="LOG",
        help="办件登记（YAML、JSON Lines、CSV、XLSX），或放着几份的文件夹（- 读标准输入）",
    )
    day = datetime.date.fromisoformat
    parser.add_argument(
        "--as-of", type=day, metavar="DATE", help="统计截止日（默认：登记里写的，或最后的受理、办结日）"
    )
    parser.add_argument("--jurisdiction", metavar="PLACE", help="辖区（登记没有写明时）")
    parser.add_argument("--level", choices=("county", "city"), help="区、县的中心还是市的中心（登记没有写明时）")
    parser.add_argument("--centre", metavar="NAME", help="中心名称（登记没有写明时）")
    parser.add_argument("--assessment", type=Path, metavar="FILE", help="另把窗口考核要的事实写成考核文件（YAML）")
    parser.add_argument("--quarter", metavar="YYYY-Qn", help="考核季度，与 --assessment 同用")
    parser.add_argument(
        "--period", metavar="2026-03", help="考核期，与 --assessment 同用：月 2026-03、季度、半年 2026-H1、年 2026"
    )
    known_on_option(parser)
    code_options(parser)
    within_option(parser)
    add_output(parser, (*FORMATS, *DATA_FORMATS))


def run(options: argparse.Namespace) -> int:
    """Count and print."""
    lang: Lang = options.lang
    if wrong := _wrong(options):
        return refuse(wrong, lang)
    if status := ready(options):
        return status
    centre = centre_of(options)
    say_left_aside(centre, options)
    loader, report = _loader(options, centre), Report()
    with Progress(_COUNTED, lambda: size_of([options.path]), lang=lang, quiet=options.quiet):
        found = knowing_all(loader.tellings, report, lambda own: list(_logs(options.path, loader, own)))
    logs: list[CaseLog] = [each.value for each in found]
    status = print_problems(report, lang)
    if not logs:
        return status or refuse(_none(options.path), lang)
    if _elsewhere(options.path, logs, report):
        for log in logs:
            log.unread = True
    status = max(status, _write_answer(logs, options, centre, report))
    status = max(status, law_at_fault(loader, lang, "banshi cases"), int(any(log.lawless for log in logs)))
    status = max(status, rules_heard(centre, options, found))
    return max(status, _write_assessment(logs, options, centre))


def _wrong(options: argparse.Namespace) -> Text | None:
    """Why the options make no sense, if they do not."""
    if wrong := _wrong_period(options):
        return wrong
    if options.assessment is None:
        return None
    if options.output is not None and os.path.realpath(options.output) == os.path.realpath(options.assessment):
        return _ONE_FILE
    return refusal(options.assessment, force=options.force, inputs=inputs(options))


def _wrong_period(options: argparse.Namespace) -> Text | None:
    if options.quarter is not None and options.period is not None:
        return refuse_with(options, "--quarter", "period")
    if (options.assessment is None) != (options.quarter is None and options.period is None):
        return _TOGETHER
    if options.quarter is not None and _quarter(options.quarter) is None:
        return Text(f"“{options.quarter}”不是 YYYY-Qn 的写法", f"{options.quarter} is not written YYYY-Qn")
    if options.period is not None and asked(options.period) is None:
        return Text(
            f"“{options.period}”不是考核期的写法：2026-03、2026-Q1、2026-H1、2026",
            f"{options.period} is no period: 2026-03, 2026-Q1, 2026-H1, 2026",
        )
    return None


def _quarter(text: str | None) -> PeriodAsked | None:
    found = re.fullmatch(r"((?:19|20|21)\d\d)-?Q([1-4])", (text or "").upper(), re.ASCII)
    return PeriodAsked("quarter", int(found[1]), int(found[2])) if found else None


def _loader(options: argparse.Namespace, centre: Centre) -> LogLoader:
    loader = LogLoader(centre.folder, as_of=options.as_of)
    loader.known_on(options.known_on)
    loader.in_lines = options.format == "text"
    if options.jurisdiction:
        say_of_whom(options.jurisdiction, centre, options)
    loader.given = Log(jurisdiction=options.jurisdiction, level=options.level, centre=options.centre)
    if centre.settings.level:  # a log that says nothing is of the project's own centre
        own = centre.settings
        loader.own = Log(jurisdiction=centre.jurisdiction, level=own.level, centre=own.name or None)
    loader.within = options.within
    loader.quarter = asked(options.period) if options.period else _quarter(options.quarter)
    return loader


def _logs(path: Path, loader: LogLoader, report: Report) -> Iterator[LoadedFile]:
    for loaded in _loaded(path, loader, report):
        if isinstance(loaded, LoadedFile) and isinstance(loaded.value, CaseLog):
            yield loaded


def _elsewhere(path: Path, logs: Sequence[CaseLog], report: Report) -> bool:
    """Whether files of a folder could not be read that are of none of its logs: they may hold the rest of any."""
    errors = {f.path for f in report.findings if f.severity is Severity.ERROR}
    return path.is_dir() and bool(errors - {file for log in logs for file in log.files})


def _loaded(path: Path, loader: LogLoader, report: Report) -> Iterator[Loaded]:
    """Standard input is read as it comes where it is lines of records; anything else as ``check`` does."""
    if str(path) == STDIN and _lines_come_in():
        report.files += 1
        yield from load_lines(path, loader, report)
        return
    for unit in loader.units([path]):
        yield from loader.load(unit, report)


def _lines_come_in() -> bool:
    """Whether the first line, or two others in a row, are whole records (the last line read may be cut short)."""
    *lines, _ = cast(BufferedReader, sys.stdin.buffer).peek().split(b"\n")
    whole = [line.startswith(b"{") and line.rstrip().endswith(b"}") for line in lines if line.strip()]
    return bool(whole) and (whole[0] or any(one and other for one, other in pairwise(whole)))


def _write_answer(logs: Sequence[CaseLog], options: argparse.Namespace, centre: Centre, report: Report) -> int:
    if options.format in DATA_FORMATS:
        from banshi.subjects.impact.answers import of_log  # late: for data alone
        from banshi.subjects.impact.records import answer_row

        answers = (each for log in logs for each in of_log(log, log.files[0] if log.files else ""))
        return write_data(options, ANSWERS, (answer_row(each, options.lang) for each in answers))
    return write(options, _answer(logs, options, centre, report.reading))


def _answer(
    logs: Sequence[CaseLog], options: argparse.Namespace, centre: Centre, reading: AccountOfReading
) -> str | bytes:
    lang: Lang = options.lang
    alone = len(logs) == 1
    if options.format == "json":
        return log_json(logs[0], lang, centre.law, reading) if alone else logs_json(logs, lang, centre.law, reading)
    said = log_printout(logs[0], centre.law, reading) if alone else logs_printout(logs, centre.law, reading)
    return face(options.format, said, lang, centre, "cases.html.j2")


def _write_assessment(logs: Sequence[CaseLog], options: argparse.Namespace, centre: Centre) -> int:
    """The facts of the one log of a city's centre as an assessment."""
    if options.assessment is None:
        return 0
    of_city = [log for log in logs if log.log.level == "city"]
    if len(of_city) != 1:
        return refuse(_several(of_city) if of_city else _CITY_ONLY, options.lang)
    log = of_city[0]
    if log.quarter is None:
        return refuse(_no_measures(options.quarter or options.period), options.lang)
    from banshi.subjects.cases.assessment_file import as_assessment

    if status := write_file(options, options.assessment, as_assessment(log, log.quarter, centre.law).encode()):
        return status
    if log.left:
        complain(_no_facts(log).say(options.lang))
    return int(bool(log.left))


def _no_facts(log: CaseLog) -> Text:
    left = left_said(log.left)
    return Text(
        f"{left.zh}，考核文件里没有写任何事实；改好办件登记再算一次",
        f"{left.en}: no fact was written into the assessment; correct the log and run this again",
    )


def _none(path: Path) -> Text:
    return Text(f"{path} 里没有办件登记（kind: cases）", f"no case log in {path}")


def _several(logs: Sequence[CaseLog]) -> Text:
    named = "；".join("、".join(log.files) for log in logs)
    return Text(
        f"这里有几份市的中心的办件登记（{named}），考核文件不知道写哪一份的；请指明其中一份",
        f"there are several logs of a city's centre here ({named}); name the one of which the assessment is made",
    )


def _no_measures(quarter: str) -> Text:
    return Text(f"{quarter} 当地没有施行中的窗口考核办法", f"no assessment of windows was in force there in {quarter}")


_COUNTED = Text("已统计", "counted")
_TOGETHER = Text(
    "--assessment 和 --quarter（或 --period）要一起给出", "--assessment and --quarter (or --period) go together"
)
_ONE_FILE = Text("--assessment 和 -o 不能是同一个文件", "--assessment and -o cannot be the same file")
_CITY_ONLY = Text(
    "窗口考核对市的中心的部门窗口；这份登记没有写明是市的中心（level: city）",
    "the assessment is of windows of a city's centre; this log is not said to be a city's (level: city)",
)
