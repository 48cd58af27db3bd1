"""``banshi assess``: the score of each window in a quarter, with facts, reasons and ranking."""

import argparse
from collections.abc import Iterator
from pathlib import Path

from banshi.base.calm import calm
from banshi.base.text import Lang, Text, did_you_mean
from banshi.centre.centre import Centre
from banshi.centre.own_code import RULES
from banshi.checking.checker import Checker
from banshi.checking.loaded import LoadedFile
from banshi.checking.loading import Loader
from banshi.commands.filings import law_at_fault, print_problems, taken_as_they_stand, understood_told
from banshi.commands.output import add_output, ready, write, write_data, write_parts
from banshi.commands.standing import centre_of, code_options, known_on_option, say_left_aside, within_option
from banshi.files.account_of_reading import AccountOfReading
from banshi.files.report import Report
from banshi.output.faces import FORMATS, face
from banshi.output.progress import Progress, size_of
from banshi.output.records import ANSWERS, DATA_FORMATS, Row
from banshi.output.terminal import complain, refuse
from banshi.subjects.assessment.case import AssessmentInLaw
from banshi.subjects.assessment.combining import combined
from banshi.subjects.assessment.score import annual_mean
from banshi.subjects.assessment.sheets import Annual, Sheets


def add(parser: argparse.ArgumentParser) -> None:
    """Options."""
    parser.add_argument(
        "path", type=Path, metavar="PATH", nargs="?", help="窗口考核文件，或放有考核文件的文件夹（- 读标准输入）"
    )
    parser.add_argument("--window", metavar="ID", help="只看这一个窗口（名次仍在全部窗口中排）")
    parser.add_argument("--what-if", action="store_true", help="另列：每一处失分值多少分，差多少到前一名")
    parser.add_argument("--annual", action="store_true", help="另算：四个季度得分的平均（原文没有年度公式，默认不算）")
    parser.add_argument(
        "--template", type=Path, metavar="FILE.xlsx", help="写出填表用的空表；给了 PATH 的，把它填进表里"
    )
    parser.add_argument(
        "--from",
        dest="last",
        type=Path,
        metavar="LAST",
        help="空表里带上上一期的窗口和人评的分（逐一核对后再用）；事实、加减分不带",
    )
    parser.add_argument("--quarter", metavar="2012-Q1", help="空表是哪个季度的（考核年度和季度）")
    parser.add_argument("--period", metavar="2026-03", help="空表是哪一期的：月 2026-03、季度、半年 2026-H1、年 2026")
    parser.add_argument("--jurisdiction", metavar="PLACE", help="空表是哪个辖区的（默认：项目的）")
    known_on_option(parser)
    code_options(parser)
    within_option(parser)
    add_output(parser, (*FORMATS, *DATA_FORMATS))


def run(options: argparse.Namespace) -> int:
    """Compute and write."""
    lang: Lang = options.lang
    if options.template is not None:
        from banshi.commands.assess_template import run_template

        return run_template(options)
    if options.last is not None:
        return refuse(_NO_TEMPLATE, lang)
    if options.path is None:
        return refuse(_NO_PATH, lang)
    if status := ready(options):
        return status
    centre, report = centre_of(options), Report()
    say_left_aside(centre, options, RULES)
    with calm():  # windows, marks and reasons refer to no one that refers to them
        return _assess(options, centre, report)


def _assess(options: argparse.Namespace, centre: Centre, report: Report) -> int:
    lang: Lang = options.lang
    checker = Checker(centre.folder, own_rules=centre.runs(RULES))
    loader = checker.loader
    loader.known_on(options.known_on)
    loader.in_lines = options.format == "text"
    loader.within = options.within
    with Progress(_READ, lambda: size_of([options.path]), lang=lang, quiet=options.quiet):
        files = [*_files(loader, options.path, report)]
    found = [Sheets(each.document.path, each.value, options.window, options.what_if) for each in files]
    lawless = int(any(each.case.law is None for each in found))
    status = max(print_problems(report, lang), law_at_fault(loader, lang, "banshi assess"))
    status = max(status, _errors_told(checker, files, lang, report))
    wrong = _wrong(options, found, status)
    if wrong is not None:
        complain(wrong.say(lang))
        return max(status, 2)
    if options.format in DATA_FORMATS:
        status = max(status, write_data(options, ANSWERS, _rows(options, found)) if found else 0)
        return max(status, lawless)
    return max(status, lawless, _written(options, found, centre, report.reading) if found else 0)


def _files(loader: Loader, path: Path, report: Report) -> Iterator[LoadedFile]:
    for unit in loader.units([path]):
        for loaded in loader.load(unit, report):
            if isinstance(loaded, LoadedFile) and isinstance(loaded.value, AssessmentInLaw):
                yield loaded


def _errors_told(checker: Checker, files: list[LoadedFile], lang: Lang, before: Report) -> int:
    """Say where the rules find errors: what they find may be written and count for nothing, such as an unknown fact."""
    report = Report()
    for each in files:
        checker.hold(each, report)
    named = list(dict.fromkeys(way for each in files for way in _registers(each)))
    if named:  # what is wrong in them, and how they were understood, stands in what was counted
        report.add(checker.check(named))
        understood_told(report, named, lang, before)
    return taken_as_they_stand(report, lang)


def _registers(file: LoadedFile) -> Iterator[Path]:
    """The register that an assessment names, where it was read."""
    case: AssessmentInLaw = file.value
    if case.register is not None:
        yield Path(file.document.path).parent / case.register.path


def _wrong(options: argparse.Namespace, found: list[Sheets], status: int) -> Text | None:
    """Why there is nothing to answer, or None."""
    if not found:
        if status:
            return None
        return Text(f"{options.path} 里没有窗口考核（kind: assessment）", f"no assessment of windows in {options.path}")
    known = [window.id for each in found for window in each.case.assessment.windows]
    if options.window is None or options.window in known:
        return None
    return _no_window(options.window, known, [own for each in found for own in each.case.lost])


def _no_window(wanted: str, known: list[str], lost: list[str]) -> Text:
    """Why a window cannot be shown. ``lost``: those that were left out, by id; empty where none can be read."""
    if wanted in lost:
        return Text(
            f"窗口 {wanted} 写在文件里，但读不出或格式不对，没有计分；先改好上面说的地方，再算一次",
            f"window {wanted} is there, but cannot be used and is not scored: correct what is said above, then compute again",
        )
    guess = did_you_mean(wanted, [*known, *filter(None, lost)])
    zh, en = f"没有窗口 {wanted}。{guess.zh}", f"there is no window {wanted}. {guess.en}".rstrip()
    if nameless := lost.count(""):
        zh += f"有 {nameless} 个窗口的编号读不出，是不是它不知道"
        en += f" The ids of {nameless} windows cannot be read: whether one of them is it, is not known."
    return Text(zh, en)


def _written(options: argparse.Namespace, found: list[Sheets], centre: Centre, reading: AccountOfReading) -> int:
    """Write the answer; 0, or 2 where it cannot be written."""
    annual = list(_annual(found)) if options.annual else []
    cases = [each.case for each in found]
    longer = combined(cases)
    if (
        len(cases) == 1 and not cases[0].combined
    ):  # its own period, where that is graded: the longer ones lack the others
        longer = [each for each in longer if each.period == cases[0].period]
    longer = [each.only(options.window) for each in longer]
    found = [each for each in found if not each.case.combined]
    if options.format == "xlsx":
        from banshi.subjects.assessment.score_book import as_workbook

        return write(options, as_workbook(found, annual, longer, centre.law, reading, options.lang))
    if options.format == "json":
        from banshi.subjects.assessment.score_json import as_json

        return write_parts(options, as_json(found, annual, options.lang, centre.law, longer, reading))
    from banshi.subjects.assessment.score_said import scores_printout

    said = scores_printout(found, annual, longer, centre.law, reading)
    return write(options, face(options.format, said, options.lang, centre, "assessment.html.j2"))


def _rows(options: argparse.Namespace, found: list[Sheets]) -> Iterator[Row]:
    """Scores, marks, places and grades as data, of longer periods too; of one window, where one is asked for."""
    from banshi.subjects.impact.answers import longer_periods, of_assessment  # late: for data alone
    from banshi.subjects.impact.records import answer_row

    parts = [of_assessment(each.case, each.path) for each in found]
    if len(found) > 1 or any(each.case.combined for each in found):
        parts.append(longer_periods([each.case for each in found], str(Path(found[-1].path).parent)))
    for answer in (answer for part in parts for answer in part):
        if options.window is None or answer.case.split(" ")[0] == options.window:
            yield answer_row(answer, options.lang)


def _annual(found: list[Sheets]) -> Iterator[Annual]:
    """The means of each centre's years, over the files that were given."""
    years: dict[tuple[str, str, int], list[AssessmentInLaw]] = {}
    for each in found:
        asked, period = each.case.assessment, each.case.period
        if period is not None and period.kind == "quarter" and not each.case.combined:
            years.setdefault((asked.jurisdiction, asked.centre, period.year), []).append(each.case)
    for (_, centre, year), cases in years.items():
        names = {window.id: window.name for case in cases for window in case.assessment.windows}
        wanted = found[0].wanted
        means = {key: mean for key, mean in annual_mean(cases).items() if wanted in (None, key)}
        yield Annual(centre, year, means, names)


_READ = Text("已读", "read")
_NO_TEMPLATE = Text("--from 只用于空表：加 --template 文件.xlsx", "--from belongs to --template FILE.xlsx")
_NO_PATH = Text(
    "写明窗口考核文件或文件夹；要空表的，用 --template 文件.xlsx --quarter 2012-Q1",
    "name a file or folder; for an empty form: --template FILE.xlsx --quarter 2012-Q1",
)
