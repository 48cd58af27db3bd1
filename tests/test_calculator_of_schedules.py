"""The calculator of a catalogue dates a case as the engine does: every plan, path, saving and sheet, by chance."""

import datetime
import random
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import pytest
from calculating import CENTRES, NODE, Script, number, reasons, script
from conftest import ROOT
from lengths import LONG, longer

from banshi.checking.checker import Checker
from banshi.law.library import Library
from banshi.law.working_days import WorkingDays
from banshi.site.calculators import schedule
from banshi.site.calculators.data import Cites, Node
from banshi.subjects.parallel.answer import answer
from banshi.subjects.parallel.context import CaseFile, CatalogueFile
from banshi.subjects.parallel.forms import MATERIAL_FORMS, Case, Catalogue
from banshi.subjects.parallel.item_forms import read_catalogue
from banshi.subjects.parallel.notice import BESIDES, of_case
from banshi.subjects.parallel.schedule import Plan
from banshi.subjects.parallel.schedule_said import headline, path_said

MANY = 300 if LONG else 3  # questions about a small catalogue, six times: 10,200 in all
FILES = {
    "investment": (ROOT / "examples/parallel/investment/catalogue.yaml", "luzhou", 4),
    "registration": (ROOT / "examples/parallel/registration/catalogue.yaml", "luzhou", 6),
    "template": (ROOT / "examples/parallel/template/catalogue.yaml", "luzhou", 6),
    "linjiang": (ROOT / "examples/linjiang/catalogue/目录.yaml", "linjiang", 6),
    "eatery": (ROOT / "examples/linjiang/policies/linjiang/catalogues/eatery.yaml", "linjiang", 6),
    "factory": (ROOT / "examples/qinghe/policies/qinghe/catalogues/factory.yaml", "qinghe", 6),
}
RULES = Checker(ROOT)
pytestmark = pytest.mark.skipif(NODE is None, reason="no node here: the calculators' script is not compared")


@pytest.fixture(scope="module")
def asked() -> Iterator[Script]:
    with script("calculate-schedule.js") as started:
        yield started


@cache
def centre(name: str) -> tuple[Library, WorkingDays]:
    folders = [CENTRES[name], ROOT / "policies"]
    return Library(folders), WorkingDays(folders)


def plan_said(plan: Plan) -> list[list[Any]]:
    rows = [
        [s.item.id, number(s.accepted), number(s.due), number(s.finished), number(s.end), s.after, s.slack]
        for s in plan.slots
    ]
    return [rows, number(plan.ends_on), plan.length, list(plan.path)]


def expected(file: CaseFile) -> dict[str, Any]:
    """What the engine says of a case, in the form in which the script answers."""
    found, sheet = answer(file), of_case(file) if file.items else None
    if sheet is None:
        return {"value": None, "reasons": [[found.zh, None]]}  # type: ignore[union-attr]
    told = [*found.saved.reasons, *found.saved_by_promise.reasons, *found.notes]  # type: ignore[union-attr]
    due = [
        [[number(d.value), [r.text.zh for r in d.reasons]] for d in (each.promised_by, each.lawful_by)]
        for each in sheet.told
    ]
    papers = [
        [p.name, list(p.items), [MATERIAL_FORMS[f] for f in p.forms], p.copies, list(p.notes)] for p in sheet.papers
    ]
    return {
        "value": number(found.stands.ends_on),  # type: ignore[union-attr]
        "reasons": [[path_said(found).zh, None], *reasons(told)],  # type: ignore[arg-type]
        "plan": plan_said(found.plan),  # type: ignore[union-attr]
        "stands": plan_said(found.stands),  # type: ignore[union-attr]
        "serial": plan_said(found.serial),  # type: ignore[union-attr]
        "forecast": headline(found)[2].zh if file.case.done else None,  # type: ignore[arg-type]
        "due": due,
        "papers": papers,
        "told": [[name.zh, [list(each) for each in sheet.every(key)]] for name, key in BESIDES],
        "late": [[r.text.zh, r.basis.url if r.basis else None] for r in sheet.late],
        "astray": [problem.message.zh for problem in RULES.rule("parallel-case/dates-in-order").check(file)],
    }


def compare(asked: Script, file: CatalogueFile, days: WorkingDays, cases: list[Case]) -> None:
    data = schedule.calculators(file, days, Cites(lambda _instrument, _version: True))
    assert data is not None
    given = [("schedule", stated(case)) for case in cases]
    place = days.in_place(file.catalogue.jurisdiction)
    wanted = [expected(CaseFile(case, file, place)) for case in cases]
    got = asked.answers(data, given)
    wrong = [each for each in zip(given, map(kept, got), wanted, strict=True) if each[1] != each[2]]
    differing = [
        (ask, {key: (got.get(key), value) for key, value in own.items() if got.get(key) != value})
        for ask, got, own in wrong[:1]
    ]
    assert differing == [], f"{len(wrong)} of {len(given)}"


def stated(case: Case) -> dict[str, Any]:
    chosen = {"items": list(case.items), "held": list(case.held)}
    done = {f"done-{one}": day.isoformat() for one, day in case.done.items()}
    return {"starts": case.starts_on.isoformat(), **done, **{key: ids for key, ids in chosen.items() if ids}}


def kept(answer: Node) -> Node:
    plan = answer["sheet"] or {}
    return {"value": answer["value"], "reasons": answer["reasons"], **plan}


def cases(draw: random.Random, ids: list[str], many: int) -> Iterator[Case]:
    for _ in range(many):
        items = draw.choice([[], draw.sample(ids, draw.randint(1, len(ids)))])
        held = draw.choice([[], draw.sample(ids, draw.randint(0, min(4, len(ids))))])
        near, far = datetime.date(2026, 1, 1), datetime.date(2009, 1, 1)
        day = draw.choice([near, far]) + datetime.timedelta(draw.randint(0, 700))
        often = draw.choice([0, 0, 0.2, 0.8])
        done = {one: day + datetime.timedelta(draw.randint(-2, 60)) for one in ids if draw.random() < often}
        yield Case(id="1", name="甲", catalogue="-", starts_on=day, items=tuple(items), held=tuple(held), done=done)


@longer
@pytest.mark.parametrize("name", FILES)
def test_a_case_is_dated_as_the_engine_dates_it(asked: Script, name: str) -> None:
    path, of, times = FILES[name]
    library, days = centre(of)
    file = CatalogueFile(read_catalogue(path, library), library)
    compare(asked, file, days, list(cases(random.Random(name), list(file.catalogue.by_id), times * MANY)))


def drawn(draw: random.Random) -> Catalogue:
    """A catalogue of a few items that need some of those before them, with any limits, papers and departments."""
    ids = [f"i{n}" for n in range(draw.randint(1, 7))]
    some = [None, 0, 1, 3, 5, 20, 60, 400]
    items = [
        {
            "id": one,
            "name": f"事项 {one}",
            "department": draw.choice(["a", "b", "c"]),
            "with": draw.sample(["a", "b"], draw.randint(0, 2)),
            "handling": draw.choice([None, "immediate", "promised"]),
            "requires": draw.sample([*ids[:n], "away"], draw.randint(0, min(n, 3))),
            "limits": {
                "unit": draw.choice(["工作日", "天"]),
                "promised": draw.choice(some),
                "statutory": draw.choice(some),
            },
            "materials": [
                {
                    "id": f"m{m}",
                    "name": f"材料{draw.choice([m, 0])}",
                    "copies": draw.choice([None, 1, 2]),
                    "form": draw.choice([None, "paper", "both"]),
                    "from_item": draw.choice([None, None, *ids]),
                    "application_form": draw.choice([None, True]),
                    "note": draw.choice([None, "盖章"]),
                }
                for m in range(draw.randint(0, 3))
            ],
        }
        for n, one in enumerate(ids)
    ]
    draw.shuffle(items)
    head = {"jurisdiction": draw.choice(["luzhou", "luzhou/yangliqu", "elsewhere"]), "centre": "甲", "title": "甲"}
    kind = {"case_kind": draw.choice(["investment_project", "x"]), "in_use_from": "2011-06-01"}
    departments = [{"id": "a", "name": "甲局"}, {"id": "b", "name": "乙局"}]
    return msgspec.convert({**head, **kind, "departments": departments, "items": items}, Catalogue)


@longer
def test_any_catalogue_is_dated_alike(asked: Script) -> None:
    draw, (library, days) = random.Random("schedules"), centre("luzhou")
    for _ in range(80 if LONG else 6):
        catalogue = drawn(draw)
        compare(asked, CatalogueFile(catalogue, library), days, list(cases(draw, list(catalogue.by_id), 10)))


def test_prerequisites_in_a_circle_offer_no_calculator(tmp_path: Path) -> None:
    item = {"id": "a", "name": "甲", "department": "a", "requires": ["a"]}
    head = {"jurisdiction": "luzhou", "centre": "甲", "title": "甲", "case_kind": "x", "in_use_from": "2011-06-01"}
    catalogue = msgspec.convert({**head, "departments": [{"id": "a", "name": "甲"}], "items": [item]}, Catalogue)
    library, days = centre("luzhou")
    assert schedule.calculators(CatalogueFile(catalogue, library), days, Cites(lambda *_: True)) is None
