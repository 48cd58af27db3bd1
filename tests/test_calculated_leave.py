"""The calculator of leave says what the table of a guide says, and that what the decision on leave rests on."""

import datetime
import random
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from typing import Any

import pytest
from calculating import CENTRES, NODE, Given, Question, Script, ruling, script
from conftest import ROOT
from lengths import LONG, longer

from banshi.base.money import plain
from banshi.law.library import Law, Library
from banshi.law.norms import LeaveApproval
from banshi.law.otherwise import about, elsewhere
from banshi.law.working_days import WorkingDays
from banshi.site.calculators import attendance, leave
from banshi.site.calculators.data import Cites
from banshi.site.calculators.laws import changes
from banshi.subjects.attendance.needs import Needs, Said, needs
from banshi.subjects.attendance.needs_tables import shortest
from banshi.subjects.attendance.rulebook import SUBJECT, Rulebook, Rules

MANY = 3_400 if LONG else 200
pytestmark = pytest.mark.skipif(NODE is None, reason="no node here: the calculators' script is not compared")


@pytest.fixture(scope="module")
def asked() -> Iterator[Script]:
    with script() as started:
        yield started


def card(found: Needs, *, short: bool) -> list[Any]:
    """The answers with the addresses of what they rest on."""
    if not found.ruled:
        return ["没有单独规定，按所请的假别办理。" if short else "这一种假原文未载明。"]
    return [*([label, _said(said), none] for label, said, none in found.answers), _said(found.limits)]


def apart(one: list[Any], other: list[Any]) -> str:
    """What one card says otherwise than another."""
    if len(other) == 1:
        return str(other[0])
    was, limits_then = ({part[0]: part[1] for part in one[:-1]}, _texts(one[-1])) if len(one) > 1 else ({}, [])
    changed = [part for part in other[:-1] if part[0] not in was or _texts(part[1]) != _texts(was[part[0]])]
    told = [f"{label}：{'、'.join(_texts(said)) or none}" for label, said, none in changed]
    told += [text for text in _texts(other[-1]) if text not in limits_then]
    told += [f"没有“{text}”" for text in limits_then if text not in _texts(other[-1])]
    return "；".join(told) or "依据的条款不同"


def _texts(said: list[Any]) -> list[str]:
    return [text for text, _ in said]


def _said(parts: tuple[Said, ...]) -> list[list[object]]:
    found: list[list[object]] = []
    for part in parts:
        urls = [placed.cite.url for placed in part.norms]
        if part.reading:
            version, reading = part.reading
            urls.append(f"instruments/{version.instrument}/{version.version}/#reading-{reading.id}")
        found.append([part.text, urls])
    return found


def reports(rules: Rules) -> set[str]:
    return {kind for p in rules.all(LeaveApproval) if p.norm.form == "report" for kind in p.norm.leave}


class Centre:
    """A centre's rules on leave, and the data of its calculators."""

    def __init__(self, name: str) -> None:
        folders = [CENTRES[name], ROOT / "policies"]
        library = Library(folders)
        self.book = Rulebook(library, name)
        self.groups = list(self.book.words.groups)
        data = attendance.calculators(library, WorkingDays(folders), name, Cites(lambda *_: True))
        assert data is not None
        self.data, self.turns = data, changes(library, name, SUBJECT)

    def needed(self, law: Law, given: Given) -> list[Any]:
        """What a leave needs under a law, as the calculator shows it."""
        rules = Rules(law.versions, law.jurisdiction, law.gone, self.book.words)
        kind, sudden = given["leave_kind"], "sudden" in given
        short = kind in rules.words.short_kinds
        at = shortest(rules) if short else Decimal(given["length"])
        led = sudden and not short and kind in reports(rules)
        day = datetime.date.fromisoformat(given["leaving"])
        return card(needs(rules, day, kind, at, sudden=led, group=given["group"]), short=short)

    def expected(self, given: Given) -> tuple[list[Any], list[Any]] | None:
        """The card, and what other readings make of it; None where nothing is in force."""
        rules = self.book.at(datetime.date.fromisoformat(given["leaving"]))
        if not rules.versions:
            return None
        main = self.needed(rules, given)
        others = []
        for other in elsewhere(rules, about(rules, *leave.READ)):
            there = self.needed(other.law, given)
            if there != main:
                question = rules.readings[other.question].question
                others.append([other.question, other.option, f"{question}若按“{other.said}”，{apart(main, there)}"])
        return main, others


@cache
def centre(name: str) -> Centre:
    return Centre(name)


@longer
@pytest.mark.parametrize("name", ruling("attendance"))
def test_a_leave_needs_what_the_engine_says(asked: Script, name: str) -> None:
    of, draw = centre(name), random.Random(name)
    questions: list[Question] = []
    for _ in range(MANY):
        near = draw.choice(of.turns) + datetime.timedelta(draw.randint(-2, 2))
        day = draw.choice([near, datetime.date(2006, 1, 1) + datetime.timedelta(draw.randint(0, 8_000))])
        kind, sudden = draw.choice(list(of.book.words.kinds)), draw.random() < 0.3
        length = Decimal(draw.choice([1, 2, 3, 5, 6, 7, 10, 11, 20, 30, draw.randint(1, 80)])) / 2
        asks = {"leaving": day.isoformat(), "leave_kind": kind, "length": plain(length)}
        asks["group"] = draw.choice(of.groups)
        questions.append(("leave", asks | ({"sudden": "yes"} if sudden else {})))
    for (_, given), answer in zip(questions, asked.answers(of.data, questions), strict=True):
        others = [[reading, option, text] for reading, option, _, text in answer["others"]]
        wanted = of.expected(given)
        assert (answer["card"], others) == (wanted or (None, [])), given


@pytest.mark.parametrize("name", ruling("attendance"))
def test_the_group_is_asked_for_where_the_answer_hangs_on_it_and_nowhere_else(asked: Script, name: str) -> None:
    of = centre(name)
    day = f"{of.turns[-1]}"
    sorts = [(kind, length) for kind in of.book.words.kinds for length in ("0.25", "0.5", "1", "2", "4", "12", "31")]
    usual = [{"leaving": day, "leave_kind": kind, "length": length} for kind, length in sorts]
    for given, answer in zip(usual, asked.answers(of.data, [("leave", each) for each in usual]), strict=True):
        cards = [of.needed(of.book.at(of.turns[-1]), {**given, "group": group}) for group in of.groups]
        hangs = any(each != cards[0] for each in cards)
        assert ("group" in answer["asked"]) == hangs, given
        assert answer["card"] == (None if hangs else cards[0]), given


def test_whoever_has_no_group_leader_is_told_who_stands_in(asked: Script) -> None:
    given = {"leaving": "2010-03-05", "leave_kind": "late_leave"}
    groups = ("window_staff", "centre_staff")
    found = asked.answers(centre("luzhou").data, [("leave", {**given, "group": group}) for group in groups])
    assert [[text for text, _ in answer["card"][0][1]] for answer in found] == [
        ["小组组长", "不在时副组长"],
        ["综合科长"],
    ]
    question = "第十条没有写副组长，组长不在时副组长能准晚到、早走吗？"
    assert [[text for *_, text in answer["others"]] for answer in found] == [
        [f"{question}若按“不能”，谁批准：小组组长"],
        [],
    ]
