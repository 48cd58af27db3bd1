"""A figure that one version states twice cannot change in one place alone: some policy rule reports the contradiction."""

from collections.abc import Iterator
from copy import deepcopy
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT

from banshi.checking.loaded import PolicyFile
from banshi.checking.rules import load_rules
from banshi.files.findings import Severity
from banshi.files.reading import read
from banshi.law.library import Library, to_version

MARKS = "luzhou/window-assessment/2011-04-01"
PUNCHES = "luzhou/attendance/2009-12-01"
LEAVE = "luzhou/leave-and-attendance/2007-07-01"
CHANGES = "luzhou/change-management/2011-11-04"
# File, norm ("" for the head), path to the figure, another figure.
CHANGED: list[tuple[str, str, str, Any]] = [
    (MARKS, "satisfaction", "bound.lower.value", 90),
    (MARKS, "satisfaction", "bound.lower.inclusive", False),
    (MARKS, "satisfaction-low", "bound.upper.value", 90),
    (MARKS, "satisfaction-low", "bound.upper.inclusive", True),
    (MARKS, "satisfaction-low", "bound.unit", "件"),
    (MARKS, "satisfaction-bonus", "above", 90),
    (MARKS, "on-site-completion", "bound.lower.value", 90),
    (MARKS, "on-site-share", "bound.upper.value", 90),
    (MARKS, "complaints", "bound.upper.value", 1),
    (MARKS, "first-complaints", "bound.lower.value", 2),
    (MARKS, "first-complaints", "bound.upper.value", 1),
    (MARKS, "first-complaints", "bound.upper.value", 3),
    (MARKS, "further-complaints", "bound.lower.value", 4),
    (MARKS, "further-complaints", "bound.lower.inclusive", False),
    (MARKS, "further-complaints", "floor", 1),
    (MARKS, "base-marks", "base_marks", 99),
    (MARKS, "item-count", "items", 9),
    (MARKS, "sub-item-count", "sub_items", 28),
    (MARKS, "item-marks", "marks.8", 7),
    (MARKS, "satisfaction", "marks", 7),
    (MARKS, "fourth-quarter", "number", 5),
    (MARKS, "second-quarter", "start.month", 4),
    (MARKS, "first-quarter", "start.month", 11),
    (MARKS, "assessment-year", "end.month", 12),
    (MARKS, "promulgation", "issued", "2011-04-27"),
    (MARKS, "effective-date", "in_force", "2011-05-01"),
    (MARKS, "", "dates.issued", "2011-04-25"),
    (MARKS, "", "dates.in_force", "2011-05-01"),
    (MARKS, "", "relations.0.number", "国发〔2010〕34号"),
    (MARKS, "legal-basis", "documents.0.number", "国发〔2010〕34号"),
    (MARKS, "", "relations.5.since", "2011-03-01"),
    (PUNCHES, "short-leave", "length.upper.value", "0.4"),
    (PUNCHES, "half-day-leave", "length.lower.value", "0.4"),
    (PUNCHES, "half-day-leave", "length.upper.value", 2),
    (PUNCHES, "half-day-leave", "length.upper.inclusive", True),
    (PUNCHES, "day-leave", "length.lower.value", 2),
    (PUNCHES, "in-force", "in_force", "2009-12-02"),
    (LEAVE, "in-force", "in_force", "2007-07-02"),
    (LEAVE, "errand-quota", "at_most", "0.5"),
    (LEAVE, "", "relations.3.since", "2009-12-02"),
    (CHANGES, "finance-tier", "amount.upper.value", 70000),
    (CHANGES, "government-tier", "amount.lower.value", 70000),
    (CHANGES, "promulgation", "number", "泸市府办发〔2011〕38号"),
    (CHANGES, "promulgation", "issued", "2011-11-05"),
    (CHANGES, "", "number", "泸市府办发〔2011〕38号"),
]


COMPARING = {
    f"policy/{name}"
    for name in (
        "asked-and-lost",
        "dates-in-order",
        "leave-lengths-tile",
        "marks-add-up",
        "periods-tile",
        "promulgation-agrees",
        "quota-pieces-fit",
        "tiers-tile",
    )
}
RULES = [rule for rule in load_rules([ROOT / "validators"], "policy") if rule.id in COMPARING]
EVERY = [rule for rule in load_rules([ROOT / "validators"], "policy") if rule.id != "policy/working-days-sound"]
LIBRARY = Library([ROOT / "policies"])


@cache
def written(name: str) -> Any:
    document = read(ROOT / f"policies/{name}.yaml").document
    assert document is not None
    return document.data


def reported(name: str, data: Any) -> list[str]:
    """The errors that policy rules find in a version."""
    assert len(RULES) == len(COMPARING)
    policy = PolicyFile(f"policies/{name}.yaml", to_version(data), data, LIBRARY)
    found = [(rule, problem) for rule in RULES for problem in rule.check(policy)]
    return [p.message.zh for rule, p in found if (p.severity or rule.severity) is Severity.ERROR]


@pytest.mark.parametrize(("name", "norm", "path", "value"), CHANGED, ids=str)
def test_a_figure_changed_in_one_place_is_reported(name: str, norm: str, path: str, value: Any) -> None:
    data = deepcopy(written(name))
    place = data if not norm else next(n for p in data["provisions"] for n in p["norms"] if n["id"] == norm)
    *keys, last = [int(key) if key.isdecimal() and key != "8" else key for key in path.split(".")]
    for key in keys:
        place = place[key]
    assert last in place
    assert str(place[last]) != str(value)
    place[last] = value
    assert reported(name, data)


End = tuple[str, str, str, str]  # kind of norm, its id, where its bounds stand, which end


def ends(data: Any) -> Iterator[tuple[End, Any]]:
    """Every end of a range that a norm states, with the bounds that it belongs to."""

    def within(value: Any, way: str) -> Iterator[tuple[str, Any]]:
        if isinstance(value, dict) and {"lower", "upper"} & value.keys() and "unit" in value:
            yield way, value
        parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
        for key, part in parts:
            yield from within(part, f"{way}.{key}".strip("."))

    for norm in (norm for provision in data.get("provisions", ()) for norm in provision.get("norms", ())):
        if "share" in norm:
            continue  # a grade for the best is one within another
        for way, bounds in within(norm, ""):
            for end in bounds.keys() & {"lower", "upper"}:
                yield (norm["kind"], norm["id"], way, end), bounds


def meeting(data: Any) -> list[End]:
    """The ends at which the range of one norm goes over into that of another one of its kind."""
    found = dict(ends(data))

    def meet(one: End, other: End) -> bool:
        (own, its), (mine, theirs) = (found[one], found[other]), (found[one][one[3]], found[other][other[3]])
        alike = (own["unit"], str(mine["value"])) == (its["unit"], str(theirs["value"])) and one[3] != other[3]
        return one[:3:2] == other[:3:2] and one[1] != other[1] and alike and mine["inclusive"] != theirs["inclusive"]

    return [one for one in found if any(meet(one, other) for other in found)]


CENTRES = [ROOT, *(ROOT / "examples").glob("*/"), *(ROOT / "tests/data").glob("*/")]
TEXTS = [
    (centre, path)
    for centre in CENTRES
    for path in sorted((centre / "policies").glob("*/*/*.yaml"))
    if path.parent.name not in ("guides", "catalogues", "working-days") and path.stem != "scenarios"
]


@pytest.mark.parametrize(("centre", "path"), TEXTS, ids=lambda path: path.relative_to(ROOT).as_posix()[-60:])
def test_where_one_range_ends_and_the_next_begins_neither_moves_alone(centre: Path, path: Path) -> None:
    document = read(path).document
    assert document is not None
    library = Library([centre / "policies", *([ROOT / "policies"] if centre != ROOT else [])])
    for end in meeting(document.data):
        data = deepcopy(document.data)
        bounds = dict(ends(data))[end]
        bounds[end[3]]["value"] = moved(bounds[end[3]]["value"])
        policy = PolicyFile(path.relative_to(centre).as_posix(), to_version(data), data, library)
        found = [(rule, problem) for rule in EVERY for problem in rule.check(policy)]
        assert any((p.severity or rule.severity) is Severity.ERROR for rule, p in found), end


def moved(value: Any) -> Any:
    """Another figure of the same sort."""
    return value + 1 if isinstance(value, int) else str(Decimal(str(value)) + 1)


@pytest.mark.parametrize("name", [MARKS, PUNCHES, LEAVE, CHANGES])
def test_what_is_shipped_agrees(name: str) -> None:
    assert reported(name, written(name)) == []
