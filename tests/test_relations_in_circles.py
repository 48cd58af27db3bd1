"""Relations between instruments that go round: every kind, of one, two and three, whole or of norms; told where the circle closes."""

import datetime
import json
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from test_relations_hold import instrument, length

from banshi.checking.checker import Checker
from banshi.law.library import Library

KINDS = ["cites", "implements", "prevails_over", "forwards", "supplements", "amends", "repeals", "yields_to"]


def centre(folder: Path, relations: list[list[dict[str, Any]]], days: list[str] | None = None) -> Path:
    """A folder of instruments with a norm each and these relations; from ``days``."""
    for n, each in enumerate(relations):
        norm = {**length(3, "工作日"), "id": f"limit-{n}", "steps": [f"s-{n}"]}
        data = instrument(f"luzhou/t-{n}", [norm], relations=each, steps={f"s-{n}": {"name": "步"}})
        day = days[n] if days else "2012-01-01"
        data |= {"version": day, "dates": {"issued": day, "in_force": day, "known": day}}
        path = folder / f"policies/luzhou/t-{n}/{day}.yaml"
        path.parent.mkdir(parents=True)
        path.write_text(json.dumps(data, ensure_ascii=False), "utf-8")
    return folder / "policies"


def told(policies: Path) -> list[str]:
    """The instruments at whose relations a circle is told."""
    found = Checker(policies.parent).check([policies]).findings
    return [Path(f.path).parent.name for f in found if f.rule == "policy/relations-in-circles" and f.line]


def related(kind: str, number: int, replaces: bool) -> list[list[dict[str, Any]]]:
    """So many instruments, each related to the next, and the last to the first."""
    found = []
    for n in range(number):
        other = (n + 1) % number
        norms = {"replaces": {f"limit-{other}": [f"limit-{n}"]}} if replaces else {}
        found.append([{"kind": kind, "instrument": f"luzhou/t-{other}", **norms}])
    return found


def test_every_kind_is_tried() -> None:
    schema = json.loads((Path(__file__).parent.parent / "schemas/policy.schema.json").read_text("utf-8"))
    assert f'"enum": {json.dumps(KINDS)}' in json.dumps(schema)


@pytest.mark.parametrize("kind", KINDS)
def test_circles(kind: str, tmp_path: Path) -> None:
    for number, replaces in product((1, 2, 3), (False, True)):
        policies = centre(tmp_path / f"{number}{replaces}", related(kind, number, replaces))
        wanted = [f"t-{n}" for n in range(number)]
        if kind == "cites" and number > 1 and not replaces:
            wanted = []  # two that cite each other are nothing strange
        assert told(policies) == wanted


def test_a_circle_is_told_where_it_closes(tmp_path: Path) -> None:
    days = ["2012-01-01", "2013-01-01", "2014-01-01"]
    assert told(centre(tmp_path, related("prevails_over", 3, True), days)) == ["t-2"]


def test_what_gives_way_both_ways_is_a_circle_and_norms_apart_are_none(tmp_path: Path) -> None:
    both = [{"kind": "prevails_over", "instrument": "luzhou/t-1"}, {"kind": "yields_to", "instrument": "luzhou/t-1"}]
    assert told(centre(tmp_path / "a", [both, []])) == ["t-0", "t-0"]
    apart = [
        [{"kind": "prevails_over", "instrument": f"luzhou/t-{n}", "replaces": {"other": [f"limit-{1 - n}"]}}]
        for n in (1, 0)
    ]
    assert told(centre(tmp_path / "b", apart)) == []


def test_relations_that_never_hold_together_are_no_circle(tmp_path: Path) -> None:
    """One that was repealed for a time, and repeals in its turn when it comes back."""
    policies = centre(tmp_path, related("repeals", 2, False), ["2012-01-01", "2014-01-01"])
    first = next(policies.rglob("t-0/*.yaml"))
    data = json.loads(first.read_text("utf-8"))
    data["dates"]["ended"] = "2013-12-31"
    first.write_text(json.dumps(data, ensure_ascii=False), "utf-8")
    assert told(policies) == []
    law = Library([policies]).at(datetime.date(2015, 1, 1), "luzhou").law("change")
    assert law is not None and [p.norm.id for p in law.norms] == ["limit-1"]


def test_a_ring_of_many_ends(tmp_path: Path) -> None:
    assert len(told(centre(tmp_path, related("prevails_over", 20, True)))) == 20
