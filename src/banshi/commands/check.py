"""``banshi check``: check files and folders."""

import argparse
import datetime
import os
import sys
from collections.abc import Callable
from pathlib import Path

from banshi.base.limits import MAX_FINDINGS, MAX_MARKED, MAX_SAID
from banshi.base.text import Lang, Text
from banshi.base.today import today
from banshi.base.writing import NotWritten, refusal, write_whole
from banshi.centre.centre import Centre
from banshi.centre.own_code import RULES
from banshi.checking.checker import Checker
from banshi.commands.jobs_asked import jobs_of, jobs_option
from banshi.commands.output import ready, write, write_data
from banshi.commands.standing import centre_of, code_options, say_left_aside, within_option
from banshi.files.documents import Place
from banshi.files.findings import Finding, Severity
from banshi.files.locating import from_input, shortened
from banshi.files.reading import NEW_BOOK_SUFFIXES, InputProblem
from banshi.files.report import Report
from banshi.output.progress import Progress, size_of
from banshi.output.reports.one_by_one import told
from banshi.output.terminal import refuse, style_for

_CHECKED = Text("已检查", "checked")
SUMMARY_FORMATS = ("text", "json", "html")
DEFAULT_FOLDERS = ("policies", "guides", "examples")


def add(parser: argparse.ArgumentParser) -> None:
    """Options."""
    parser.add_argument("paths", nargs="*", metavar="PATH", help="文件或文件夹（默认：整个项目；- 读标准输入）")
    parser.add_argument(
        "--format",
        choices=("text", "json", "jsonl", "sarif", "github", "csv", "parquet", "html"),
        default="text",
        help="报告格式；csv 和 parquet 一处问题一行，列的含义见网站的“结果作数据”；html 只用于 --summary",
    )
    parser.add_argument(
        "--summary", action="store_true", help="不列问题，只按规则、申报档次、辖区、月份计数（text、json、html）"
    )
    parser.add_argument("-o", "--output", type=Path, metavar="FILE", help="写到文件（默认写到标准输出）")
    parser.add_argument(
        "--fail-on", choices=("error", "warning", "note"), default="error", help="达到哪一级时退出码为1"
    )
    parser.add_argument(
        "--as-of", type=datetime.date.fromisoformat, metavar="DATE", help="以这一天为今天（查将来的日期）"
    )
    parser.add_argument(
        "--since", metavar="REV", help="另查：已经施行的版本与这个 git 版本相比，改了而没有写明是更正还是修改"
    )
    parser.add_argument(
        "--ours",
        action="store_true",
        help="给出的文件里只查本工具各种类的（其他 YAML、JSON、表格放过），供 pre-commit 用",
    )
    code_options(parser)
    within_option(parser)
    parser.add_argument(
        "--all",
        action="store_true",
        help=f"一个文件的问题全部列出（默认最多 {MAX_FINDINGS} 处，标注 {MAX_MARKED} 处，其余计数）",
    )
    parser.add_argument(
        "--annotate",
        type=Path,
        metavar="OUT.xlsx",
        help="把检查的工作簿原样退回：标出有问题的格，各行写问题、依据、怎么改，最前面一张“先做什么”",
    )
    parser.add_argument("--force", action="store_true", help="--annotate、-o 的文件已有，不是 banshi 写的，也覆盖")
    parser.add_argument(
        "--resume",
        action="store_true",
        help="只用于 JSON Lines 和 -o：看过的记在 -o 的文件旁边（….unfinished）；中断以后同样再运行一次，接着做",
    )
    jobs_option(parser)
    parser.add_argument("--attachments", type=Path, metavar="DIR", help="附件所在文件夹；给出后核对附件是否存在")


def run(options: argparse.Namespace) -> int:
    """Check, print, and give the exit status."""
    centre = centre_of(options)
    say_left_aside(centre, options)
    paths = [Path(p) for p in options.paths] or _whole(centre.folder)
    lang: Lang = options.lang
    if options.ours and options.paths:
        from banshi.commands.ours import ours  # late: a hook asks

        if not (paths := [path for path in paths if ours(path)]):
            return 0
    if status := ready(options):
        return status
    wrong = _wrong(options, paths) or (_not_annotated(options, paths) if options.annotate else None)
    if wrong:
        return refuse(wrong, lang)
    checker = Checker(
        centre.folder,
        as_of=options.as_of,
        attachments=options.attachments,
        own_rules=centre.runs(RULES),
        most=None if options.all else MAX_MARKED if options.annotate else MAX_FINDINGS,
    )
    checker.loader.within = options.within
    checker.loader.whole = not options.paths
    if options.resume:
        return _in_several_runs(options, centre, checker, paths)
    with Progress(_CHECKED, lambda: size_of(paths), lang=lang, quiet=options.quiet) as progress:
        report = checker.check(paths, progress.unit_done, jobs_of(options), progress.again)
    return _finished(report, options, centre, paths)


def _in_several_runs(options: argparse.Namespace, centre: Centre, checker: Checker, paths: list[Path]) -> int:
    from banshi.commands.check_resumed import NotKept, resumed, stays  # late: hardly anybody asks

    said = {"lang": options.lang, "quiet": options.quiet, "stays": stays(options)}
    try:
        with resumed(options, centre, checker, paths) as (before, state):
            with Progress(_CHECKED, lambda: size_of(paths), **said) as progress:
                report = checker.check(paths, progress.unit_done, jobs_of(options), progress.again, before)
            return _finished(report, options, centre, paths, state.done)
    except NotKept as error:
        return refuse(error.why, options.lang)


def _finished(
    report: Report,
    options: argparse.Namespace,
    centre: Centre,
    paths: list[Path],
    done: Callable[[], None] = lambda: None,
) -> int:
    """Add what else is to be said, and write the report; the exit status. ``done`` is told when it is written."""
    lang: Lang = options.lang
    report.findings += _left_aside(centre)
    if options.since is not None:
        from banshi.commands.since import changed_in_force  # late: hardly anybody asks
        from banshi.files.git import NoGit

        try:
            report.findings += list(changed_in_force(centre.folder, options.since, options.as_of or today()))
        except NoGit as error:
            return refuse(error.why, lang)
    report.findings.settle()
    report.law = centre.law
    unmarked = _annotate(options, paths[0], report) if options.annotate else 0
    if options.annotate and not options.all:
        report.findings.cut(MAX_FINDINGS)
    if status := _written(report, options, centre):
        return status
    done()
    return unmarked or exit_status(report, Severity(options.fail_on))


def _not_annotated(options: argparse.Namespace, paths: list[Path]) -> Text | None:
    """Why a workbook cannot be handed back; None where it can."""
    out: Path = options.annotate
    suffix = paths[0].suffix.lower()
    if len(paths) != 1 or suffix not in NEW_BOOK_SUFFIXES or not paths[0].is_file():
        return Text("--annotate 只用于一个 XLSX 工作簿；CSV、.xls 先另存为 .xlsx", "--annotate takes one XLSX workbook")
    if out.suffix.lower() != suffix:
        return Text(f"--annotate 的文件名应以 {suffix} 结尾", f"the name after --annotate must end with {suffix}")
    return refusal(out, force=options.force, inputs=paths)


def _annotate(options: argparse.Namespace, path: Path, report: Report) -> int:
    """Write the workbook with its marks; 0, or 2 (with a message) where that is not possible."""
    from banshi.output.annotating.workbook import NotAnnotated, annotate  # late: most checks hand nothing back

    try:
        write_whole(options.annotate, annotate(path, report, report.findings), force=options.force, inputs=[path])
    except (NotAnnotated, NotWritten) as error:
        return refuse(error.why, options.lang)
    except OSError:  # a disk that is full is no fault of the tool, and said as everywhere
        raise
    except Exception as error:  # what was found is told all the same
        if os.environ.get("BANSHI_DEBUG"):
            raise
        why = shortened(f"{type(error).__name__}: {error}", MAX_SAID)
        return refuse(
            Text(f"标注没有写成：工具在这里出错（{why}）", f"no marks were written: the tool failed ({why})"),
            options.lang,
        )
    return 0


def _wrong(options: argparse.Namespace, paths: list[Path]) -> Text | None:
    """Why nothing can be checked as asked."""
    if not paths:
        return Text(
            "这里没有 policies、guides 或 examples，也没有给出要检查的路径", "nothing to check here; give a path"
        )
    if options.summary and options.format not in SUMMARY_FORMATS:
        return Text(
            f"--summary 写成 {'、'.join(SUMMARY_FORMATS)}", f"--summary is written as {', '.join(SUMMARY_FORMATS)}"
        )
    if options.format == "html" and not options.summary:
        return Text("--format html 只用于 --summary", "--format html belongs to --summary")
    if options.resume:
        from banshi.commands.check_resumed import not_resumable

        if why := not_resumable(options, paths):
            return why
    if options.attachments and not options.attachments.is_dir():
        return Text(f"没有附件文件夹 {options.attachments}", f"no attachments folder {options.attachments}")
    return None


def _whole(project: Path) -> list[Path]:
    found = (project / name for name in DEFAULT_FOLDERS if (project / name).is_dir())
    return [Path(os.path.relpath(folder)) for folder in found]


def _left_aside(centre: Centre) -> list[Finding]:
    """Findings on the project's own rules where they did not run: what they look for was not looked for."""
    place = Path(os.path.relpath(centre.folder / RULES)).as_posix()
    problems = (InputProblem("project/not-trusted", Place(1, 1, 1), said) for _, said in centre.left_aside(RULES))
    return [from_input(place, problem, severity=Severity.WARNING) for problem in problems]


def _written(report: Report, options: argparse.Namespace, centre: Centre) -> int:
    """Write the report, or what it comes to; 0, or 2 (with a message) where it cannot be written."""
    if options.format in ("csv", "parquet"):
        from banshi.output.records import FINDINGS, finding_row  # late: most answers are no data

        return write_data(options, FINDINGS, (finding_row(finding, options.lang) for finding in report.findings))
    said = _summary(report, options, centre) if options.summary else _said(report, options)
    if options.output:
        return write(options, said)
    sys.stdout.write(said)
    return 0


def _said(report: Report, options: argparse.Namespace) -> str:
    if options.format == "text":
        from banshi.output.reports.text_report import as_text

        return told(report, lambda own: as_text(own, options.lang, None if options.output else style_for(sys.stdout)))
    from banshi.output.reports.formats import FORMATS

    return told(report, lambda own: FORMATS[options.format](own, options.lang))


def _summary(report: Report, options: argparse.Namespace, centre: Centre) -> str:
    """What the findings come to. Raises ``TemplateBroken``."""
    from banshi.commands.summary_written import summary_said  # late: hardly anybody asks
    from banshi.output.summaries import CountedFindings

    counted = CountedFindings().count(report.findings)
    for of_file in report.findings.left.values():
        counted.left.update({severity.value: count for severity, count in of_file.items()})
    return summary_said(counted, options, centre)


def exit_status(report: Report, fail_on: Severity) -> int:
    """0, 1 or 2, as the README says."""
    if report.failed:
        return 2
    return int(any(f.severity.rank <= fail_on.rank for f in report.findings))
