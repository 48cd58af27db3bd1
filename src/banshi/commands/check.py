"""``banshi check``: check files and folders."""

import argparse
import datetime
import sys
from pathlib import Path

from banshi.checking import Checker
from banshi.findings import Severity
from banshi.folders import project_of
from banshi.loaded import Report
from banshi.settings import Settings
from banshi.terminal import Progress, complain, style_for
from banshi.text import Lang, Text

DEFAULT_FOLDERS = ("policies", "guides", "examples")


def add(parser: argparse.ArgumentParser) -> None:
    """Options."""
    parser.add_argument("paths", nargs="*", metavar="PATH", help="文件或文件夹（默认：整个项目；- 读标准输入）")
    parser.add_argument("--format", choices=("text", "json", "sarif", "github"), default="text", help="报告格式")
    parser.add_argument(
        "--fail-on", choices=("error", "warning", "note"), default="error", help="达到哪一级时退出码为1"
    )
    parser.add_argument(
        "--as-of", type=datetime.date.fromisoformat, metavar="DATE", help="以这一天为今天（查将来的日期）"
    )
    parser.add_argument("--attachments", type=Path, metavar="DIR", help="附件所在文件夹；给出后核对附件是否存在")


def run(options: argparse.Namespace) -> int:
    """Check, print, and give the exit status."""
    here, given = Path.cwd(), [Path(p) for p in options.paths]
    project = project_of(here, *(path.absolute() for path in given))
    settings = Settings.read(project)
    paths = given or _whole(here)
    lang: Lang = options.lang
    if not paths:
        say = Text(
            "这里没有 policies、guides 或 examples，也没有给出要检查的路径", "nothing to check here; give a path"
        )
        complain(say.say(lang))
        return 2
    if options.attachments and not options.attachments.is_dir():
        say = Text(f"没有附件文件夹 {options.attachments}", f"no attachments folder {options.attachments}")
        complain(say.say(lang))
        return 2
    checker = Checker(
        project, as_of=options.as_of, attachments=options.attachments, own_rules=settings.run_project_rules
    )
    progress = Progress(Text("已检查", "checked").say(lang))
    report = checker.check(paths, progress.step)
    progress.done()
    _print(report, options.format, lang)
    return exit_status(report, Severity(options.fail_on))


def _whole(project: Path) -> list[Path]:
    return [Path(name) for name in DEFAULT_FOLDERS if (project / name).is_dir()]


def _print(report: Report, form: str, lang: Lang) -> None:
    if form == "text":
        from banshi.reports.text_report import as_text

        sys.stdout.write(as_text(report, lang, style_for(sys.stdout)))
        return
    from banshi.reports import FORMATS

    sys.stdout.write(FORMATS[form](report, lang))


def exit_status(report: Report, fail_on: Severity) -> int:
    """0, 1 or 2, as the README says."""
    if report.failed:
        return 2
    return int(any(f.severity.rank <= fail_on.rank for f in report.findings))
