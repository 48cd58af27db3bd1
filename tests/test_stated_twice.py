"""A figure that one version states twice cannot change in one place alone: some policy rule reports the contradiction."""

from copy import deepcopy
from functools import cache
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


@pytest.mark.parametrize("name", [MARKS, PUNCHES, LEAVE, CHANGES])
def test_what_is_shipped_agrees(name: str) -> None:
    assert reported(name, written(name)) == []
