"""A summary where ``--format`` and ``-o`` say: as text, for programs, or as a page."""

import argparse

from banshi.centre.centre import Centre
from banshi.commands.output import write
from banshi.output.summaries import CountedFindings, summary_json, summary_page, summary_text


def summary_said(counted: CountedFindings, options: argparse.Namespace, centre: Centre) -> str:
    """What was counted. Raises ``TemplateBroken``."""
    if options.format == "json":
        return summary_json(counted, centre.law)
    if options.format == "html":
        return summary_page(counted, options.lang, centre)
    return summary_text(counted, options.lang, centre.law)


def write_summary(options: argparse.Namespace, counted: CountedFindings, centre: Centre) -> int:
    """Write it; 0, or 2 (with a message) where that is not possible. Raises ``TemplateBroken``."""
    return write(options, summary_said(counted, options, centre))
