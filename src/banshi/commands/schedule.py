"""``banshi schedule``: the plan of a case, its critical path, what holds it up, and what parallel handling saves."""

import argparse
import datetime
import json
from functools import partial

from banshi.centre.centre import Centre
from banshi.commands.output import add_output
from banshi.commands.parallel_cases import answered, case_options
from banshi.output.faces import FORMATS, face
from banshi.output.section_lines import in_markdown, in_text
from banshi.subjects.parallel.answer import ScheduleAnswer, answer
from banshi.subjects.parallel.schedule_said import schedule_printout


def add(parser: argparse.ArgumentParser) -> None:
    """Options."""
    case_options(parser)
    parser.add_argument(
        "--as-of",
        type=datetime.date.fromisoformat,
        metavar="DATE",
        help="看到哪一天为止（默认：办件计划里的截至日）",
    )
    add_output(parser, FORMATS)


def run(options: argparse.Namespace) -> int:
    """Compute and write."""
    return answered(options, answer, partial(_form, options))


def _form(options: argparse.Namespace, found: list[ScheduleAnswer], centre: Centre) -> str | bytes:
    if options.format == "json":
        from banshi.subjects.parallel.schedule_json import as_json

        told = {"version": 1, "law": centre.law.as_json(), "schedules": [as_json(one, options.lang) for one in found]}
        return json.dumps(told, ensure_ascii=False, indent=2)
    said = [schedule_printout(one, centre.law) for one in found]
    if options.format == "text":
        return "\n\n".join([*(in_text(one, options.lang) for one in said), centre.law.said.say(options.lang)])
    if options.format == "markdown":
        return "\n\n".join(in_markdown(one, options.lang) for one in said)
    return face(options.format, said[0], options.lang, centre, "schedule.html.j2")
