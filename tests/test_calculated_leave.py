"""The calculator of leave says what the table of a guide says, and that what the decision on leave rests on."""

import datetime
import random
from collections.abc import Iterator
from decimal import Decimal

import pytest
from calculating import CENTRES, NODE, Answer, Question, Script, ruling, script
from conftest import ROOT
from lengths import LONG, longer

from banshi.base.money import plain
from banshi.law.library import Library
from banshi.law.norms import LeaveApproval
from banshi.law.working_days import WorkingDays
from banshi.site.calculators import attendance
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


def card(found: Needs, *, short: bool) -> list[object]:
    """The answers with the addresses of what they rest on."""
    if not found.ruled:
        return ["没有单独规定，按所请的假别办理。" if short else "这一种假原文未载明。"]
    return [*([label, _said(said), none] for label, said, none in found.answers), _said(found.limits)]


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


@longer
@pytest.mark.parametrize("name", ruling("attendance"))
def test_a_leave_needs_what_the_engine_says(asked: Script, name: str) -> None:
    folders, draw = [CENTRES[name], ROOT / "policies"], random.Random(name)
    library = Library(folders)
    book, data = (
        Rulebook(library, name),
        attendance.calculators(library, WorkingDays(folders), name, Cites(lambda *_: True)),
    )
    assert data is not None
    turns = changes(library, name, SUBJECT)
    given: list[Question] = []
    expected: list[Answer | None] = []
    for _ in range(MANY):
        near = draw.choice(turns) + datetime.timedelta(draw.randint(-2, 2))
        day = draw.choice([near, datetime.date(2006, 1, 1) + datetime.timedelta(draw.randint(0, 8_000))])
        kind, sudden = draw.choice(list(book.words.kinds)), draw.random() < 0.3
        length = Decimal(draw.choice([1, 2, 3, 5, 6, 7, 10, 11, 20, 30, draw.randint(1, 80)])) / 2
        asks = {"leaving": day.isoformat(), "leave_kind": kind, "length": plain(length)}
        given.append(("leave", asks | ({"sudden": "yes"} if sudden else {})))
        rules = book.at(day)
        short = kind in rules.words.short_kinds
        at = shortest(rules) if short else length
        answer = needs(rules, day, kind, at, sudden=sudden and not short and kind in reports(rules))
        expected.append({"card": card(answer, short=short)} if rules.versions else None)
    got = asked.answers(data, given)
    wrong = [
        (question, answer["card"], wanted and wanted["card"])
        for question, answer, wanted in zip(given, got, expected, strict=True)
        if answer["card"] != (wanted and wanted["card"])
    ]
    assert wrong[:1] == [], len(wrong)
