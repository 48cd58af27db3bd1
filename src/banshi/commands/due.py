"""``banshi due``: by when must a step be decided, until when must a change stay public, and why?"""

import argparse
import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from banshi.base.text import Lang, Text
from banshi.checking.loading import Loader
from banshi.commands.filings import (
    cases_in,
    law_at_fault,
    law_options,
    no_law,
    not_stated,
    nothing_said,
    print_problems,
    refuse_with,
)
from banshi.commands.standing import centre_of, known_on_option, place_asked
from banshi.files.not_stated import NotStated, if_stated
from banshi.files.report import Report
from banshi.law.decisions import Decision, Reason
from banshi.law.library import Law
from banshi.law.working_days import WorkingDays
from banshi.output.saying import alternatives_json, alternatives_text, dumped, reasons_json, reasons_text
from banshi.output.terminal import complain
from banshi.subjects.change.deadlines import due, due_of
from banshi.subjects.change.figures import STEP, TIER, id_of, no_such
from banshi.subjects.change.filing import SUBJECT, FiledForm
from banshi.subjects.change.publicity import not_public, publicity_end
from banshi.subjects.change.step_forms import Opinion
from banshi.subjects.change.timetable import timetable


@dataclass(frozen=True, slots=True)
class _Answer:
    """What is due: the form's number (if any), what for, when it was done (if it was), and the decision."""

    number: str
    what: Text
    done: datetime.date | None
    decision: Decision[datetime.date]


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
    parser.add_argument("--format", choices=("text", "json"), default="text", help="输出格式")


def run(options: argparse.Namespace) -> int:
    """Compute and print."""
    lang: Lang = options.lang
    centre, report = centre_of(options), Report()
    loader = Loader(centre.folder)
    loader.in_lines = options.format == "text"
    loader.known_on(options.known_on)
    wrong = _misused(options)
    if wrong:
        complain(wrong.say(lang))
        return 2
    if options.path is not None:
        cases = cases_in(loader, options.path, report)
        lacking: list[NotStated] = []
        answers = [answer for case in cases for answer in _as_stated(case, lacking)]
        nothing_said(lacking, len(answers), report)
    else:
        asked = _from_dates(options, place_asked(options, centre), loader)
        if isinstance(asked, Text):
            complain(asked.say(lang))
            return 2
        answers = asked
    if options.format == "json":
        print(dumped([_json(answer, lang) for answer in answers], centre.law))
    else:
        print("\n\n".join([*(_text(answer, lang) for answer in answers), centre.law.said.say(lang)]))
    return max(print_problems(report, lang), law_at_fault(loader, lang, "banshi due"))


_OF_A_STEP = ("step", "complete", "accepted", "major")


def _misused(options: argparse.Namespace) -> Text | None:
    """What is wrong with the options themselves."""
    if options.path is not None:
        return refuse_with(options, "PATH", *_OF_A_STEP, "publicity", "tier", "on", "jurisdiction")
    if options.publicity:
        return refuse_with(options, "--publicity", *_OF_A_STEP)
    if options.step and options.complete:
        return refuse_with(options, "--step", "tier")
    if options.tier and options.complete:
        return refuse_with(options, "--tier", "accepted")
    return Text(
        "请给出 PATH，或 --step（或 --tier）和 --complete，或 --publicity",
        "give PATH, or --step (or --tier) and --complete, or --publicity",
    )


def _from_dates(options: argparse.Namespace, place: str, loader: Loader) -> list[_Answer] | Text:
    filed, asked = options.on, options.publicity or options.complete
    day = max(asked, filed or asked)
    law, calendar = loader.library.at(day, place, filed_on=filed).law(SUBJECT), loader.days.in_place(place)
    if law is None:
        return [_Answer("", Text("", ""), None, Decision(None, (Reason(no_law(filed or day, place)),)))]
    if options.publicity:
        return _public(options, law, calendar)
    if options.tier:
        return _whole(options, law, calendar)
    if wrong := no_such(options.step, law.steps, STEP):
        return wrong
    step = id_of(options.step, law.steps) or options.step
    decision = due(law, calendar, step, options.complete, options.accepted, major=options.major)
    return [_Answer("", law.step_name(step), None, decision)]


def _whole(options: argparse.Namespace, law: Law, calendar: WorkingDays) -> list[_Answer] | Text:
    """Every step of a tier, each beginning when the one before it ends."""
    if wrong := no_such(options.tier, law.tier_labels, TIER):
        return wrong
    tier = id_of(options.tier, law.tier_labels) or options.tier
    stages = timetable(law, calendar, tier, options.complete, major=options.major).stages
    if not stages:
        name = law.tier_name(tier)
        said = Text(f"“{name.zh}”没有报批环节", f"“{name.en}” has no steps of approval")
        return [_Answer("", name, None, Decision(None, (Reason(said),)))]
    return [_Answer("", each.name, None, Decision(each.ends, each.reasons)) for stage in stages for each in stage]


def _public(options: argparse.Namespace, law: Law, calendar: WorkingDays) -> list[_Answer] | Text:
    if options.tier and (wrong := no_such(options.tier, law.tier_labels, TIER)):
        return wrong
    tier = id_of(options.tier, law.tier_labels) if options.tier else None
    if nothing := not_public(law, tier):
        return [_Answer("", _PUBLICITY, None, Decision(None, (Reason(nothing),)))]
    return [_Answer("", _PUBLICITY, None, publicity_end(law, calendar, options.publicity, tier))]


def _as_stated(case: FiledForm, lacking: list[NotStated]) -> Iterator[_Answer]:
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
            yield _Answer(label, Text("", ""), None, Decision(None, (Reason(not_stated(missing)),)))


def _of_case(case: FiledForm) -> Iterator[Callable[[], _Answer]]:
    """What is asked of a case, each for itself."""
    change, law = case.change, case.law
    if law is None:
        nothing = Reason(no_law(change.filed_on, case.project.jurisdiction))
        yield lambda: _Answer(change.number, Text("", ""), None, Decision(None, (nothing,)))
        return
    yield from (partial(_of_opinion, case, law, opinion) for opinion in change.opinions)
    if if_stated(lambda: change.publicity is None) is not True:
        yield partial(_of_publicity, case, law)


def _of_opinion(case: FiledForm, law: Law, opinion: Opinion) -> _Answer:
    decision = due_of(law, case.days, case.change, opinion)
    return _Answer(case.change.number, law.step_name(opinion.step), opinion.decided_on, decision)


def _of_publicity(case: FiledForm, law: Law) -> _Answer:
    record = case.change.publicity
    assert record is not None
    end = publicity_end(law, case.days, record.started_on, case.change.tier, record.objections)
    return _Answer(case.change.number, _PUBLICITY, record.ended_on, end)


_PUBLICITY = Text("公示截止", "end of publicity")


def _json(answer: _Answer, lang: Lang) -> dict[str, Any]:
    decision = answer.decision
    return {
        "change": answer.number,
        "what": answer.what.say(lang),
        "due": decision.value.isoformat() if decision.value else None,
        "done": answer.done.isoformat() if answer.done else None,
        "reading_dependent": decision.reading_dependent,
        "reasons": reasons_json(decision.reasons, lang),
        "alternatives": alternatives_json(decision.alternatives, lang),
    }


def _text(answer: _Answer, lang: Lang) -> str:
    label = "  ".join(part for part in (answer.number, answer.what.say(lang)) if part)
    due_on = (
        answer.decision.value.isoformat() if answer.decision.value else Text("不能判定", "not determined").say(lang)
    )
    done = Text(f"（实际 {answer.done}）", f" (done {answer.done})").say(lang) if answer.done else ""
    head = f"{label}：{due_on}{done}" if label else f"{due_on}{done}"
    lines = [head, *reasons_text(answer.decision.reasons, lang), *alternatives_text(answer.decision.alternatives, lang)]
    return "\n".join(lines)
