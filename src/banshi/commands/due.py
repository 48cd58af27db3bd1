"""``banshi due``: by when must a step be decided, until when must a change stay public, and why?"""

import argparse
import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from banshi.base.text import Lang, Text, did_you_mean
from banshi.checking.loading import Loader
from banshi.commands.filings import cases_in, law_options, no_law, print_problems, refuse_with
from banshi.commands.standing import centre_of, place_asked
from banshi.files.report import Report
from banshi.law.decisions import Decision, Reason
from banshi.output.saying import alternatives_json, alternatives_text, dumped, reasons_json, reasons_text
from banshi.output.terminal import complain
from banshi.subjects.change.deadlines import due, due_of
from banshi.subjects.change.filing import SUBJECT, Case
from banshi.subjects.change.publicity import publicity_end


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
    days.add_argument("--step", metavar="STEP", help="环节，适用文件 steps 里的标识")
    days.add_argument("--complete", type=datetime.date.fromisoformat, metavar="DATE", help="资料齐备日")
    days.add_argument("--accepted", type=datetime.date.fromisoformat, metavar="DATE", help="接受日（重大设计变更）")
    days.add_argument("--major", action="store_true", help="重大设计变更")
    days.add_argument("--publicity", type=datetime.date.fromisoformat, metavar="DATE", help="公示开始日")
    days.add_argument("--tier", metavar="TIER", help="公示的是哪一档的变更（各档公示期不同时）")
    days.add_argument(
        "--known-on", type=datetime.date.fromisoformat, metavar="DATE", help="只按这一天已公布的放假安排推算"
    )
    law_options(parser)


def run(options: argparse.Namespace) -> int:
    """Compute and print."""
    lang: Lang = options.lang
    centre, report = centre_of(options), Report()
    loader = Loader(centre.folder)
    loader.in_lines = options.format == "text"
    if options.known_on:
        loader.days = loader.days.as_known_on(options.known_on)
    wrong = _misused(options)
    if wrong:
        complain(wrong.say(lang))
        return 2
    if options.path is not None:
        cases = cases_in(loader, options.path, report)
        answers = [answer for case in cases for answer in _of_case(case)]
    else:
        asked = _from_dates(options, place_asked(options, centre), loader)
        if isinstance(asked, Text):
            complain(asked.say(lang))
            return 2
        answers = [asked]
    if options.format == "json":
        print(dumped([_json(answer, lang) for answer in answers], centre.law))
    else:
        print("\n\n".join([*(_text(answer, lang) for answer in answers), centre.law.said.say(lang)]))
    return print_problems(report, lang)


_OF_A_STEP = ("step", "complete", "accepted", "major")


def _misused(options: argparse.Namespace) -> Text | None:
    """What is wrong with the options themselves."""
    if options.path is not None:
        return refuse_with(options, "PATH", *_OF_A_STEP, "publicity", "jurisdiction")
    if options.publicity:
        return refuse_with(options, "--publicity", *_OF_A_STEP)
    if options.step and options.complete:
        return None
    return Text(
        "请给出 PATH，或 --step 和 --complete，或 --publicity",
        "give PATH, or --step and --complete, or --publicity",
    )


def _from_dates(options: argparse.Namespace, place: str, loader: Loader) -> _Answer | Text:
    day = options.publicity or options.complete
    law, calendar = loader.library.at(day, place).law(SUBJECT), loader.days.in_place(place)
    if law is None:
        return _Answer("", Text("", ""), None, Decision(None, (Reason(no_law(day, place)),)))
    if options.publicity:
        return _Answer("", _PUBLICITY, None, publicity_end(law, calendar, options.publicity, options.tier))
    steps = {step for version in law.versions for step in version.steps}
    if options.step not in steps:
        guess = did_you_mean(options.step, steps)
        known = "、".join(sorted(steps))
        return Text(
            f"没有环节 {options.step}。{guess.zh}可用：{known}", f"no step {options.step}. {guess.en} Known: {known}"
        )
    decision = due(law, calendar, options.step, options.complete, options.accepted, major=options.major)
    return _Answer("", law.step_name(options.step), None, decision)


def _of_case(case: Case) -> Iterator[_Answer]:
    change, law = case.change, case.law
    if law is None:
        nothing = Reason(no_law(change.filed_on, case.project.jurisdiction))
        yield _Answer(change.number, Text("", ""), None, Decision(None, (nothing,)))
        return
    for opinion in change.opinions:
        decision = due_of(law, case.days, change, opinion)
        yield _Answer(change.number, law.step_name(opinion.step), opinion.decided_on, decision)
    if change.publicity:
        record = change.publicity
        end = publicity_end(law, case.days, record.started_on, change.tier, record.objections)
        yield _Answer(change.number, _PUBLICITY, change.publicity.ended_on, end)


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
