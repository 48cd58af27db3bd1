"""The calculator of punches judges a day as the engine does: three centres and drawn rulebooks, by chance and at every bound."""

import datetime
import json
import random
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

import pytest
from calculating import CENTRES, NODE, Script, ruling, script
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st
from lengths import LONG, examples, longer
from test_random_rulebooks import DAYS, rulebooks

from banshi.law.decisions import Reason
from banshi.law.library import Law, Library
from banshi.law.norms import Evidence, LatenessWeight, PunchWindow
from banshi.law.otherwise import about, elsewhere
from banshi.law.working_days import UndeterminedYear, WorkingDays
from banshi.site.calculators import attendance, punches
from banshi.site.calculators.data import Cites, Node
from banshi.site.calculators.laws import calendar, changes
from banshi.subjects.attendance import breaches, working_time
from banshi.subjects.attendance.calendar import Calendar
from banshi.subjects.attendance.conversion import weighed
from banshi.subjects.attendance.facts import DayFacts
from banshi.subjects.attendance.forms import Note, Person
from banshi.subjects.attendance.irregular import Irregularity, irregularities, recorders
from banshi.subjects.attendance.punch_windows import by_shifts, due, over_night, windows_on
from banshi.subjects.attendance.rulebook import Rules, governed
from banshi.subjects.attendance.vocabulary import RegisterWords, words_of

SCHEMA = json.loads((ROOT / "schemas/attendance.schema.json").read_text("utf-8"))
FOUND_ON_ROUNDS = SCHEMA["properties"]["duty_log"]["items"]["properties"]["finding"]["enum"]
MANY = 10_200 // len(ruling("attendance")) if LONG else 120  # questions a centre
HALF = ("am", "pm")
Told = list[Any]
Asked = dict[str, Any]
pytestmark = pytest.mark.skipif(NODE is None, reason="no node here: the calculators' script is not compared")


@pytest.fixture(scope="module")
def asked() -> Iterator[Script]:
    with script("calculate-punches.js") as started:
        yield started


class Centre:
    """A centre's law, days, data, and the moments of the day at which answers turn."""

    def __init__(self, name: str) -> None:
        folders = [CENTRES[name], ROOT / "policies"]
        self.name, self.library, self.days = name, Library(folders), WorkingDays(folders)
        data = attendance.calculators(self.library, self.days, name, Cites(lambda _instrument, _version: True))
        assert data is not None
        self.data, self.words = data, words_of(self.library.versions_on(name, "attendance"))
        self.turns = changes(self.library, name, "attendance")
        self.bounds = sorted({at for day in self.turns for at in _bounds(self.library.at(day, name).law("attendance"))})

    def rules(self, day: datetime.date) -> Rules | None:
        law = self.library.at(day, self.name).law("attendance")
        return as_rules(law, self.words) if law else None


@cache
def centre(name: str) -> Centre:
    return Centre(name)


def as_rules(law: Law, words: RegisterWords) -> Rules:
    return Rules(law.versions, law.jurisdiction, law.gone, words)


def _bounds(law: Law | None) -> Iterator[int]:
    for placed in law.all(PunchWindow) if law else ():
        if placed.norm.moment != "present":
            yield due(placed.norm)
        for clock in (placed.norm.start, placed.norm.end):
            if clock:
                yield int(clock[:2]) * 3600 + int(clock[3:]) * 60


def moment(draw: random.Random, bounds: Sequence[int]) -> int:
    near = draw.choice(bounds or [30_000]) + draw.choice([0, 60, -60, 1, -1, 600, -600, 601, 3600, 3601])
    return min(max(0, draw.choice([near, near, near, draw.randint(0, 86_399)])), 86_400 + 30_000)


# what the engine says


def judged(rules: Rules, days: WorkingDays, day: datetime.date, given: Asked) -> Told | None:
    """Everything irregular in a day, as the script answers it; None where the day is not judged."""
    group, shift, punched = given["group"], given.get("shift", ""), given["punched"]
    person, windows = Person(id="-", group=group), windows_on(rules, group, day, shift)
    if not ruled(rules, days, day, given):
        return None
    by = next(iter(recorders(rules, person)), None) if given.get("entered") else None
    notes = [Note(day, "-", each, by) for each in ("late", "early_leaving", "out_of_window")] if by else []
    facts = DayFacts(punched, halves=set(given.get("halves", ())), notes=notes, duty=list(given.get("logged", ())))
    found = list(irregularities(rules, person, day, facts, windows))
    return [told(rules, person, each) for each in found]


def ruled(rules: Rules, days: WorkingDays, day: datetime.date, given: Asked) -> bool:
    group, shift = given["group"], given.get("shift", "")
    windows = windows_on(rules, group, day, shift)
    if any(at >= 86_400 for at in given["punched"]) and not over_night(windows):
        return False
    hours = not windows.placed and rules.all(Evidence, group) and working_time.asked(rules, group, day, shift)
    if shift:
        return bool(windows or hours)
    if by_shifts(rules, group, day):
        return False
    if not Calendar(Book(rules), days).is_working(day):  # type: ignore[arg-type]
        return False
    return bool(windows.placed or hours or (rules.all(Evidence, group) and not governed(rules, group)))


class Book:
    """The same rules on every day."""

    def __init__(self, rules: Rules) -> None:
        self.rules = rules

    def at(self, _: datetime.date) -> Rules:
        return self.rules


def told(rules: Rules, person: Person, each: Irregularity) -> Told:
    own = [each.type, each.moment, each.off, each.outcome.value, each.entered, said(each.outcome.reasons)]
    return [*own, said(weights(rules, person.group, each)), marks(rules, person, each)]


def weights(rules: Rules, group: str, each: Irregularity) -> list[Reason]:
    every = rules.all(LatenessWeight, group)
    counts = every and (each.type in ("late", "early_leaving") or any(each.type in p.norm.of for p in every))
    return [weighed(rules, group, each)] if counts else []


def marks(rules: Rules, person: Person, each: Irregularity) -> Told | None:
    found = breaches.of_day(rules, person, each)
    return None if found is None else [found.decision.value, said(found.decision.reasons)]


def said(reasons: Sequence[Reason]) -> Told:
    return [[r.text.zh, r.basis.url if r.basis else None] for r in reasons]


def answer(rules: Rules | None, days: WorkingDays, given: Asked) -> Asked:
    """What the engine says of a day, and what it would say under each other reading that says something else."""
    day = datetime.date.fromisoformat(given["worked"])
    if rules is None:
        return {"day": None, "others": []}
    try:
        main, others = judged(rules, days, day, given), []
        if main is not None:
            for other in elsewhere(rules, about(rules, *punches.READ)):
                there = judged(as_rules(other.law, rules.words), days, day, given)
                if there is None or [e[:5] for e in there] != [e[:5] for e in main]:
                    others.append([other.question, other.option])
    except UndeterminedYear:
        return {"day": None, "others": []}
    return {"day": main, "others": others}


def compare(asked: Script, data: Node, given: list[Asked], wanted: list[Asked]) -> None:
    got = asked.answers(data, [("punches", each) for each in given])
    found = [{"day": each["day"], "others": [other[:2] for other in each["others"]]} for each in got]
    wrong = [each for each in zip(given, found, wanted, strict=True) if each[1] != each[2]]
    assert wrong[:1] == [], f"{len(wrong)} of {len(given)}"


def question(draw: random.Random, of: Centre) -> Asked:
    turn = draw.choice(of.turns) + datetime.timedelta(draw.randint(-2, 2))
    day = draw.choice([turn, datetime.date(2008, 1, 1) + datetime.timedelta(draw.randint(0, 7_200))])
    recent = datetime.date(2026, 1, 1) + datetime.timedelta(draw.randint(0, 364))
    given: Asked = {
        "worked": draw.choice([day, recent, recent]).isoformat(),
        "group": draw.choice(list(of.words.groups)),
    }
    shifts = [slug for slug in dict.fromkeys(of.words.shift_names.values()) if slug != "rest"]
    if shifts and draw.random() < 0.5:
        given["shift"] = draw.choice(shifts)
    given["punched"] = [moment(draw, of.bounds) for _ in range(draw.choice([0, 1, 2, 2, 2, 3, 4, 4, 5, 6]))]
    if draw.random() < 0.25:
        given["halves"] = draw.sample(HALF, draw.randint(0, 2))
    if draw.random() < 0.25:
        given["logged"] = draw.sample(FOUND_ON_ROUNDS, draw.randint(0, 3))
    return {**given, **({"entered": "yes"} if draw.random() < 0.3 else {})}


@longer
@pytest.mark.parametrize("name", ruling("attendance"))
def test_a_day_is_judged_as_the_engine_judges_it(asked: Script, name: str) -> None:
    of, draw = centre(name), random.Random(name)
    given = [question(draw, of) for _ in range(MANY)]
    days = of.days.in_place(name)
    wanted = [answer(of.rules(datetime.date.fromisoformat(each["worked"])), days, each) for each in given]
    compare(asked, of.data, given, wanted)
    assert {each["day"] is None for each in wanted} == {True, False}


# rulebooks drawn by chance

HOURS = ("punch_window", "working_time", "lateness_weight", "conversion", "evidence", "consequence", "duty")


def data_of(law: Law) -> Node:
    cites = Cites(lambda _instrument, _version: True)
    place = {"x": {"calendar": 0, "spans": [{"from": "0001-01-01", "laws": [0]}]}}
    known = {key: centre("luzhou").data[key] for key in ("calculators", "asks", "names")}
    laws = [punches.answers(law, _WORDS, cites)]
    return {**known, "places": place, "calendars": [calendar(DAYS)], "laws": laws, "cites": cites.rows}


class Declared(RegisterWords):
    """Two groups of staff, whatever the instruments declare."""

    groups = dict.fromkeys(("clerks", "guards"))  # type: ignore[assignment]


_WORDS = Declared(())
punched_ = st.lists(st.integers(0, 47).map(lambda n: n * 1800), max_size=5)
days_ = st.dates(datetime.date(2026, 1, 1), datetime.date(2026, 12, 31))
facts = st.fixed_dictionaries(
    {"worked": days_.map(str), "group": st.sampled_from(("clerks", "guards")), "punched": punched_},
    optional={
        "shift": st.just("night"),
        "halves": st.lists(st.sampled_from(HALF), unique=True),
        "entered": st.just("yes"),
    },
)


@examples(300, 20)
@given(rulebooks(HOURS), st.lists(facts, min_size=1, max_size=6))
def test_any_day_is_judged_alike(asked: Script, law: Law, given: list[Asked]) -> None:
    rules = as_rules(law, _WORDS)
    compare(asked, data_of(law), given, [answer(rules, DAYS, each) for each in given])
