"""A summary where ``--format`` and ``-o`` say: as text, for programs, or as a page."""

import argparse

from banshi.centre.centre import Centre
from banshi.commands.output import write
from banshi.output.summaries import CountedFindings, summary_json, summary_page, summary_text
from banshi.output.terminal import complain


def summary_said(counted: CountedFindings, options: argparse.Namespace, centre: Centre) -> str | None:
    """What was counted; None (with a message) where a template cannot be used."""
    if options.format == "json":
        return summary_json(counted, centre.law)
    if options.format != "html":
        return summary_text(counted, options.lang, centre.law)
    from banshi.output.report_pages import TemplateBroken  # late: only pages need templates

    try:
        return summary_page(counted, options.lang, centre)
    except TemplateBroken as error:
        complain(str(error))
        return None


def write_summary(options: argparse.Namespace, counted: CountedFindings, centre: Centre) -> int:
    """Write it; 0, or 2 (with a message) where that is not possible."""
    said = summary_said(counted, options, centre)
    return 2 if said is None else write(options, said)
