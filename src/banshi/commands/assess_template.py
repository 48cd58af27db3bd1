"""``banshi assess --template``: the form of a quarter as a workbook, empty or filled in from a file."""

import argparse
from pathlib import Path

from banshi.base.text import Text, listed
from banshi.centre.centre import Centre
from banshi.checking.loaded import LoadedFile
from banshi.checking.loading import Loader
from banshi.commands.filings import print_problems
from banshi.commands.output import ready, write
from banshi.commands.standing import centre_of, place_asked
from banshi.files.report import Report
from banshi.law.assessment_periods import asked, law_for, no_measures
from banshi.law.library import Law
from banshi.output.terminal import complain, refuse
from banshi.subjects.assessment.carried_over import carried_over
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
    law, period, filled = wanted
    return max(status, write(options, template(law, period, filled, centre.law)))


def _asked(options: argparse.Namespace, centre: Centre, loader: Loader) -> tuple[Law, str, Assessment | None] | Text:
    quarter = options.quarter or options.period
    named = asked(quarter) if quarter else None
    wrong = bool(options.quarter and options.period) or (options.quarter and named and named.kind != "quarter")
    if quarter is None or named is None or wrong:
        return Text(
            "写明是哪个季度的空表：--quarter 2012-Q1；月、半年、年的：--period 2026-03、2026-H1、2026",
            "say of which quarter the form should be: --quarter 2012-Q1; or --period 2026-03, 2026-H1, 2026",
        )
    place = place_asked(options, centre)
    found = law_for(loader.library, place, named)
    if found is None:
        return no_measures(loader.library, place, quarter)
    return found[0], quarter, None


def _carried(
    options: argparse.Namespace, wanted: tuple[Law, str, Assessment | None], loader: Loader, report: Report
) -> tuple[Law, str, Assessment | None] | Text:
    """The form with what the last period says again; what that is, and what is left behind, is said."""
    law, period, _ = wanted
    last = _of_file(options.last, loader, report)
    if isinstance(last, Text):
        return last
    found = carried_over(last[2], law, period)
    begun = found.assessment
    left = f"；不再由人评分、没有带的：{listed(found.gone)}" if found.gone else ""
    left_en = f"; left behind: {', '.join(found.gone)}" if found.gone else ""
    complain(
        Text(
            f"从 {last[1]} 带来窗口 {len(begun.windows)} 个、人评的分 {found.marks} 处，请逐一核对，填上评分日{left}",
            f"{len(begun.windows)} windows and {found.marks} marks carried over from {last[1]}: look at each{left_en}",
        ).say(options.lang)
    )
    return law, period, begun


_BOTH = Text("给了 PATH 的，表里填的就是它；--from 用于下一期的空表，两样取一样", "give PATH or --from, one of them")


def _of_file(path: Path, loader: Loader, report: Report) -> tuple[Law, str, Assessment] | Text:
    for unit in loader.units([path]):
        for loaded in loader.load(unit, report):
            if isinstance(loaded, LoadedFile) and isinstance(loaded.value, AssessmentInLaw) and loaded.value.law:
                return loaded.value.law, loaded.value.assessment.asked, loaded.value.assessment
    return Text(f"{path} 里没有能填进表里的窗口考核", f"no usable assessment of windows in {path}")
