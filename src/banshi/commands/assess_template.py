"""``banshi assess --template``: the form of a quarter as a workbook, empty or filled in from a file."""

import argparse
from pathlib import Path

from banshi.base.text import Text, listed
from banshi.centre.centre import Centre
from banshi.checking.loaded import LoadedFile
from banshi.checking.loading import Loader
from banshi.commands.filings import print_problems
from banshi.commands.output import ready, write
from banshi.commands.standing import centre_of, place_answered
from banshi.files.report import Report
from banshi.law.assessment_periods import asked, law_for, no_measures, period
from banshi.law.library import Law
from banshi.output.terminal import complain, refuse
from banshi.subjects.assessment.carried_over import Carried, carried_over
from banshi.subjects.assessment.case import AssessmentInLaw
from banshi.subjects.assessment.forms import Assessment
from banshi.subjects.assessment.template import template


def run_template(options: argparse.Namespace) -> int:
    """Write the form."""
    options.output, options.format = options.template, "xlsx"
    if status := ready(options):
        return status
    centre, report = centre_of(options), Report()
    loader = Loader(centre.folder)
    loader.within = options.within
    if options.path and options.last:
        return refuse(_BOTH, options.lang)
    wanted = _of_file(options.path, loader, report) if options.path else _asked(options, centre, loader)
    if options.last and not isinstance(wanted, Text):
        wanted = _carried(options, wanted, loader, report)
    status = print_problems(report, options.lang)
    if isinstance(wanted, Text):
        complain(wanted.say(options.lang))
        return max(status, 2)
    law, named, filled = wanted
    return max(status, write(options, template(law, named, filled, centre.law)))


def _asked(options: argparse.Namespace, centre: Centre, loader: Loader) -> tuple[Law, str, Assessment | None] | Text:
    quarter = options.quarter or options.period
    named = asked(quarter) if quarter else None
    wrong = bool(options.quarter and options.period) or (options.quarter and named and named.kind != "quarter")
    if quarter is None or named is None or wrong:
        return Text(
            "写明是哪个季度的空表：--quarter 2012-Q1；月、半年、年的：--period 2026-03、2026-H1、2026",
            "say of which quarter the form should be: --quarter 2012-Q1; or --period 2026-03, 2026-H1, 2026",
        )
    place = place_answered(options, centre)
    found = law_for(loader.library, place, named)
    if found is None:
        return no_measures(loader.library, place, quarter)
    return found[0], quarter, None


def _carried(
    options: argparse.Namespace, wanted: tuple[Law, str, Assessment | None], loader: Loader, report: Report
) -> tuple[Law, str, Assessment | None] | Text:
    """The form with what the last period says again; what that is, and what is left behind, is said."""
    law, named, _ = wanted
    last = _of_file(options.last, loader, report)
    if isinstance(last, Text):
        return last
    if wrong := _not_the_last(last, law, named):
        return wrong
    found = carried_over(last[2], law, named)
    complain(_brought(last[1], found).say(options.lang))
    return law, named, found.assessment


def _not_the_last(last: tuple[Law, str, Assessment], law: Law, wanted: str) -> Text | None:
    """Why a file is not that of an earlier period of the same place; None: it is."""
    if last[2].jurisdiction != law.jurisdiction:
        return Text(
            f"--from 是 {last[2].jurisdiction} 的，空表是 {law.jurisdiction} 的：加 --jurisdiction {last[2].jurisdiction}，或者换一个文件",
            f"--from is of {last[2].jurisdiction}, the form of {law.jurisdiction}: give --jurisdiction {last[2].jurisdiction}, or another file",
        )
    before, named = asked(last[1]), asked(wanted)
    ended, begins = (period(each, name) if name else None for each, name in ((last[0], before), (law, named)))
    if ended is None or begins is None or ended.end < begins.start:
        return None
    return Text(
        f"--from 是 {last[1]} 的（到 {ended.end} 止），不在 {wanted}（{begins.start} 起）之前：--from 要上一期的文件",
        f"--from is of {last[1]} (until {ended.end}), which is not before {wanted} (from {begins.start})",
    )


def _brought(last: str, found: Carried) -> Text:
    """What came along, what is to be done with it, what stayed behind and why."""
    windows = len(found.assessment.windows)
    zh, en = f"从 {last} 带来窗口 {windows} 个", f"{windows} windows"
    if found.marks:
        zh += f"、人评的分 {found.marks} 处，请逐一核对，填上评分日"
        en += f" and {found.marks} marks"
    en += f" carried over from {last}" + (": look at each" if found.marks else "")
    if found.gone:
        zh += f"；没有这些小项了、没有带的：{listed(found.gone)}"
        en += f"; there is no such sub-item any more: {', '.join(found.gone)}"
    if found.by_facts:
        zh += f"；上期没有事实才由人评、没有带的：{listed(found.by_facts)}"
        en += f"; marked last time for want of facts, left behind: {', '.join(found.by_facts)}"
    return Text(zh, en)


_BOTH = Text("给了 PATH 的，表里填的就是它；--from 用于下一期的空表，两样取一样", "give PATH or --from, one of them")


def _of_file(path: Path, loader: Loader, report: Report) -> tuple[Law, str, Assessment] | Text:
    found = [
        (loaded.document.path, loaded.value.law, loaded.value.assessment)
        for unit in loader.units([path])
        for loaded in loader.load(unit, report)
        if isinstance(loaded, LoadedFile) and isinstance(loaded.value, AssessmentInLaw)
    ]
    if len(found) > 1:
        names = list(dict.fromkeys(name for name, _, _ in found))
        return Text(
            f"{path} 里有 {len(found)} 份窗口考核（{listed(names)}），写明用哪一份",
            f"{len(found)} assessments in {path} ({', '.join(names)}): name one",
        )
    for _, law, assessment in found:
        if law:
            return law, assessment.asked, assessment
    return Text(f"{path} 里没有能填进表里的窗口考核", f"no usable assessment of windows in {path}")
