"""``banshi due``: by when must a step be decided, until when must a change stay public, and why?"""

import argparse
import datetime
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from msgspec.structs import replace

from banshi.base.text import Lang, Text
from banshi.checking.loading import Loader
from banshi.commands.filings import (
    Filed,
    filed_in,
    law_at_fault,
    law_options,
    made_up,
    not_stated,
    nothing_said,
    print_problems,
    refuse_with,
    rules_heard,
)
from banshi.commands.output import add_output, ready, write
from banshi.commands.standing import centre_of, known_on_option, place_answered, say_left_aside
from banshi.files.not_stated import NotStated, if_stated
from banshi.files.report import Report
from banshi.law.decisions import Decision, Reason
from banshi.law.library import Law
from banshi.law.working_days import WorkingDays
from banshi.output.faces import FORMATS, face
from banshi.output.saying import dumped
from banshi.output.terminal import refuse
from banshi.subjects.change.deadlines import due, due_of, of_no_use
from banshi.subjects.change.due_said import DueAnswer, as_json, due_printout
from banshi.subjects.change.figures import STEP, TIER, id_of, no_such
from banshi.subjects.change.filing import SUBJECT, FiledForm
from banshi.subjects.change.no_law import no_law
from banshi.subjects.change.publicity import not_public, publicity_end
from banshi.subjects.change.step_forms import Opinion
from banshi.subjects.change.timetable import timetable


def add(parser: argparse.ArgumentParser) -> None:
    """Options."""
    parser.add_argument(
        "path", nargs="?", type=Path, metavar="PATH", help="项目文件夹、报批表或台账；也可改用下面的日期"
    )
    days = parser.add_argument_group("日期")
    days.add_argument("--step", metavar="STEP", help="环节：适用文件 steps 里的标识或名称")
    days.add_argument("--complete", type=datetime.date.fromisoformat, metavar="DATE", help="资料齐备日")
    days.add_argument(
        "--accepted", type=datetime.date.fromisoformat, metavar="DATE", help="接受日、受理日（时限从那一天起算的才要）"
    )
    days.add_argument(
        "--received", type=datetime.date.fromisoformat, metavar="DATE", help="收件日（时限从那一天起算的才要）"
    )
    days.add_argument("--major", action="store_true", help="重大设计变更")
    days.add_argument("--publicity", type=datetime.date.fromisoformat, metavar="DATE", help="公示开始日")
    days.add_argument(
        "--tier",
        metavar="TIER",
        help="公示的是哪一档的变更：标识或名称（各档公示期不同时）；与 --complete 一起：这一档每一步用足时限，各到哪天",
    )
    days.add_argument(
        "--on",
        type=datetime.date.fromisoformat,
        metavar="DATE",
        help="申报日期：按那一天的规定办（默认按资料齐备日、公示开始日）",
    )
    known_on_option(parser)
    law_options(parser)
    add_output(parser, FORMATS)


def run(options: argparse.Namespace) -> int:
    """Compute and print."""
    lang: Lang = options.lang
    centre, report = centre_of(options), Report()
    say_left_aside(centre, options)
    loader = Loader(centre.folder)
    loader.in_lines = options.format == "text"
    loader.known_on(options.known_on)
    wrong = _misused(options)
    if wrong:
        return refuse(wrong, lang)
    if status := ready(options):
        return status
    filed: list[Filed] = []
    if options.path is not None:
        filed = filed_in(loader, options.path, report)
        lacking: list[NotStated] = []
        answers = [answer for each in filed for answer in _as_stated(each.case, lacking)]
        nothing_said(lacking, len(answers), report)
    else:
        asked = _from_dates(options, place_answered(options, centre), loader)
        if isinstance(asked, Text):
            return refuse(asked, lang)
        answers = asked
    if options.format == "json":
        status = write(options, dumped([as_json(answer, lang) for answer in answers], centre.law))
    else:
        said = due_printout(answers, centre.law, fictional=any(made_up(each.case) for each in filed))
        status = write(options, face(options.format, said, lang, centre))
    lawless = int(any(answer.lawless for answer in answers))
    status = max(status, lawless, rules_heard(centre, options, (each.loaded for each in filed)))
    return max(status, print_problems(report, lang), law_at_fault(loader, lang, "banshi due"))


_OF_A_STEP = ("step", "complete", "accepted", "received", "major")


def _misused(options: argparse.Namespace) -> Text | None:
    """What is wrong with the options themselves."""
    if options.path is not None:
        return refuse_with(options, "PATH", *_OF_A_STEP, "publicity", "tier", "on", "jurisdiction")
    if options.publicity:
        return refuse_with(options, "--publicity", *_OF_A_STEP)
    if options.step and options.complete:
        return refuse_with(options, "--step", "tier")
    if options.tier and options.complete:
        return refuse_with(options, "--tier", "accepted", "received")
    return Text(
        "请给出 PATH，或 --step（或 --tier）和 --complete，或 --publicity",
        "give PATH, or --step (or --tier) and --complete, or --publicity",
    )


def _from_dates(options: argparse.Namespace, place: str, loader: Loader) -> list[DueAnswer] | Text:
    filed, asked = options.on, options.publicity or options.complete
    day = max(asked, filed or asked)
    law, calendar = loader.library.at(day, place, filed_on=filed).law(SUBJECT), loader.days.in_place(place)
    if law is None:
        nothing = Reason(no_law(loader.library, filed or day, place))
        return [DueAnswer("", Text("", ""), None, Decision(None, (nothing,)), lawless=True)]
    if options.publicity:
        return _public(options, law, calendar)
    if options.tier:
        return _whole(options, law, calendar)
    if wrong := no_such(options.step, law.steps, STEP):
        return wrong
    step = id_of(options.step, law.steps) or options.step
    accepted, received = options.accepted, options.received
    decision = due(law, calendar, step, options.complete, accepted, received_on=received, major=options.major)
    idle = of_no_use(decision, received_on=received, accepted_on=accepted)
    decision = replace(decision, reasons=(*decision.reasons, *idle))
    return [DueAnswer("", law.step_name(step), None, decision)]


def _whole(options: argparse.Namespace, law: Law, calendar: WorkingDays) -> list[DueAnswer] | Text:
    """Every step of a tier, each beginning when the one before it ends."""
    if wrong := no_such(options.tier, law.tier_labels, TIER):
        return wrong
    tier = id_of(options.tier, law.tier_labels) or options.tier
    stages = timetable(law, calendar, tier, options.complete, major=options.major).stages
    if not stages:
        name = law.tier_name(tier)
        said = Text(f"“{name.zh}”没有报批环节", f"“{name.en}” has no steps of approval")
        return [DueAnswer("", name, None, Decision(None, (Reason(said),)))]
    return [DueAnswer("", each.name, None, Decision(each.ends, each.reasons)) for stage in stages for each in stage]


def _public(options: argparse.Namespace, law: Law, calendar: WorkingDays) -> list[DueAnswer] | Text:
    if options.tier and (wrong := no_such(options.tier, law.tier_labels, TIER)):
        return wrong
    tier = id_of(options.tier, law.tier_labels) if options.tier else None
    if nothing := not_public(law, tier):
        return [DueAnswer("", _PUBLICITY, None, Decision(None, (Reason(nothing),)))]
    return [DueAnswer("", _PUBLICITY, None, publicity_end(law, calendar, options.publicity, tier))]


def _as_stated(case: FiledForm, lacking: list[NotStated]) -> Iterator[DueAnswer]:
    """What can be said of a case, and of what cannot what keeps it from being said, which goes into ``lacking`` too."""
    asked = iter(_of_case(case))
    while True:
        try:
            each = next(asked, None)
            if each is None:
                return
            yield each()
        except NotStated as missing:
            lacking.append(missing)
            label = if_stated(lambda: case.change.number) or ""
            yield DueAnswer(label, Text("", ""), None, Decision(None, (Reason(not_stated(missing)),)))


def _of_case(case: FiledForm) -> Iterator[Callable[[], DueAnswer]]:
    """What is asked of a case, each for itself."""
    change, law = case.change, case.law
    if law is None:
        nothing = Reason(no_law(case.filing.library, change.filed_on, case.project.jurisdiction))
        yield lambda: DueAnswer(change.number, Text("", ""), None, Decision(None, (nothing,)), lawless=True)
        return
    yield from (partial(_of_opinion, case, law, opinion) for opinion in change.opinions)
    if if_stated(lambda: change.publicity is None) is not True:
        yield partial(_of_publicity, case, law)


def _of_opinion(case: FiledForm, law: Law, opinion: Opinion) -> DueAnswer:
    decision = due_of(law, case.days, case.change, opinion)
    return DueAnswer(case.change.number, law.step_name(opinion.step), opinion.decided_on, decision)


def _of_publicity(case: FiledForm, law: Law) -> DueAnswer:
    record = case.change.publicity
    assert record is not None
    end = publicity_end(law, case.days, record.started_on, case.change.tier, record.objections)
    return DueAnswer(case.change.number, _PUBLICITY, record.ended_on, end)


_PUBLICITY = Text("公示截止", "end of publicity")
