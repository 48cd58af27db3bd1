"""``banshi build``: check the policies, then build the site."""

import argparse
import datetime
import sys
from pathlib import Path

from banshi.base.text import Text, same
from banshi.centre.own_code import PARTS
from banshi.commands.standing import centre_of, code_options, say_left_aside
from banshi.files.report import Report
from banshi.output.reports.text_report import as_text
from banshi.output.terminal import refuse, style_for
from banshi.site.build import SiteUnbuildable, Watched, build, check_policies, stops
from banshi.site.checker import BrowserChecker, checker
from banshi.site.render import SiteTemplateBroken


def add(parser: argparse.ArgumentParser) -> None:
    """Options."""
    parser.add_argument("--site-dir", type=Path, default=Path("site"), metavar="DIR", help="网站放在哪里（默认 site）")
    parser.add_argument("--force", action="store_true", help="那里有不是 banshi 生成的内容，也取代")
    on = "网站按哪天的规定写（默认今天）"
    parser.add_argument("--on", type=datetime.date.fromisoformat, metavar="DATE", help=on)
    parser.add_argument("--no-checker", action="store_true", help="网站里不放“在浏览器里检查”的程序（约 9 MB）")
    code_options(parser)


def run(options: argparse.Namespace) -> int:
    """Check, build, and say what was done; 1 where findings stand in the way."""
    centre = centre_of(options)
    say_left_aside(centre, options, *PARTS)
    try:
        report = check_policies(centre, options.on)
    except SiteUnbuildable as error:
        return refuse(error.why, options.lang)
    if stops(report):
        sys.stdout.write(as_text(report, options.lang, style_for(sys.stdout)))
        say = Text("政策文件有错误，没有生成网站。", "The policies have errors; no site was built.")
        print(say.say(options.lang), file=sys.stderr)
        return 2 if report.failed else 1
    try:
        has = checker(wanted=not options.no_checker)
        watched = Watched(options.lang, options.quiet)
        built = build(centre, options.site_dir, force=options.force, on=options.on, checker=has, watched=watched)
    except (SiteTemplateBroken, SiteUnbuildable) as error:
        return refuse(error.why if isinstance(error, SiteUnbuildable) else same(str(error)), options.lang)
    if has is BrowserChecker.ABSENT:
        print(_ABSENT.say(options.lang))
    if report.findings:
        print(_hint(report).say(options.lang))
    say = Text(
        f"网站已生成：{built.place}/（{built.pages} 页，{built.seconds:.1f} 秒）",
        f"Site built: {built.place}/ ({built.pages} pages, {built.seconds:.1f} s)",
    )
    print(say.say(options.lang))
    print(centre.law.said.say(options.lang))
    return 0


def _hint(report: Report) -> Text:
    warnings, notes = report.summary.warnings, report.summary.notes
    return Text(
        f"政策文件：警告 {warnings}，提示 {notes}（用 banshi check policies 看）",
        f"Policies: {warnings} warnings, {notes} notes (see banshi check policies)",
    )


_ABSENT = Text(
    "网站里没有“在浏览器里检查”：还没有取来它要用的程序（在源码里运行 make checker；不要它，加 --no-checker）",
    "The site has no checker in the browser: what it runs on was not fetched (make checker, or say --no-checker)",
)
