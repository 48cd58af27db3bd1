"""Whatever a rulebook says that nothing computes is an error where it stands: a key, a unit, a word, in every subject.

The good examples of the reference page, one a subject, are the rulebooks; each thing is put into each place there is, all at once.
"""

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT
from lengths import longer, some

from banshi.checking.checker import Checker
from banshi.files.findings import Severity
from banshi.files.reading import read

SUBJECTS = ("change", "attendance", "assessment", "parallel")
Place = tuple[str | int, ...]
# Where any key may stand, for it is a name of the rulebook's own.
OWN_KEYS = ("marks", "duties", "stands_in", "keys", "values", "names")
TABLES = {
    *(
        "offices",
        "papers",
        "tiers",
        "steps",
        "classes",
        "criteria",
        "change_types",
        "attachment_kinds",
        "pause_reasons",
    ),
    *("facts", "staff_groups", "shifts", "leave_kinds", "case_kinds", "case_systems", "evaluations", "case_flags"),
}


def sample(subject: str) -> Any:
    document = read(ROOT / f"site_templates/norm_kinds/{subject}.yaml").document
    assert document is not None
    return copy.deepcopy(document.data)


def mappings(value: Any, path: Place = ()) -> Iterator[Place]:
    """Every mapping whose keys the schema knows: not the tables and fields that hold names of the rulebook's own."""
    if isinstance(value, dict):
        if not path or not (path[-1] in OWN_KEYS or (len(path) == 1 and path[0] in TABLES)):
            yield path
        for key, part in value.items():
            if key != "marks":  # of a body in words, level by level
                yield from mappings(part, (*path, key))
    elif isinstance(value, list):
        for n, part in enumerate(value):
            yield from mappings(part, (*path, n))


def at(data: Any, path: Place) -> Any:
    for step in path:
        data = data[step]
    return data


def errors(folder: Path, data: Any) -> list[tuple[Place, str]]:
    path = folder / f"policies/{data['instrument']}/2026-01-01.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(json.dumps(data, ensure_ascii=False, default=str), encoding="utf-8")
    found = Checker(folder).check([path]).findings
    return [(each.where, each.rule) for each in found if each.severity is Severity.ERROR]


@pytest.mark.parametrize("subject", SUBJECTS)
def test_a_key_that_nobody_knows_is_refused_wherever_it_stands(tmp_path: Path, subject: str) -> None:
    data = sample(subject)
    places = list(mappings(data))
    for place in places:
        at(data, place)["colour_of_stamp"] = "红"
    told = {where for where, _ in errors(tmp_path, data)}
    assert len(places) > 15
    assert [place for place in places if (*place, "colour_of_stamp") not in told] == []


@pytest.mark.parametrize("subject", SUBJECTS)
def test_a_unit_that_nobody_counts_in_is_refused_wherever_it_stands(tmp_path: Path, subject: str) -> None:
    data = sample(subject)
    units = [place for place in mappings(data) if "unit" in at(data, place) and place[0] == "provisions"]
    assert units
    for n in range(2):  # what the schema refuses first, then what the rules do that look at sound files
        own = sample(subject)
        for place in units:
            at(own, place)["unit"] = "担"
        told = {where for where, _ in errors(tmp_path / str(n), own)}
        units = [place for place in units if not any(where[: len(place)] == place for where in told)]
    assert units == []


# What a kind has, and nothing reads in this norm as it stands; or a word that nothing knows there.
IDLE: list[tuple[str, str, dict[str, Any]]] = [
    ("change", "shown-for", {"first_day": "never"}),
    ("change", "shown", {"after": "grant"}),  # a step of another tier
    ("change", "limit", {"offices_without_limit": ["nobody"]}),
    ("change", "limit", {"when": "raining"}),
    ("change", "limit", {"pauses": ["lunch"]}),
    ("change", "longer", {"requires": ["chop"]}),
    ("change", "urgent", {"then": "payment"}),
    ("change", "urgent", {"sequence": [{"key": "mayor_on", "name": "报告"}]}),
    ("change", "keep-photos", {"length": {"value": 3, "unit": "天"}}),
    ("change", "keep-photos", {"due": {"value": 3, "unit": "天"}}),
    ("change", "types", {"of": "kind_of_change"}),
    ("change", "strictest", {"takes": "latest"}),
    ("change", "approved-single", {"earlier": "approved"}),
    ("change", "approved-single", {"base_within": {"upper": {"value": 5, "inclusive": True}, "unit": "元"}}),
    ("attendance", "by-fingerprint", {"approved_by": ["chief"]}),
    ("attendance", "arrival", {"season": {"first": {"month": 5, "day": 1}}}),
    ("attendance", "arrival", {"weekdays": [8]}),
    ("attendance", "hours", {"shift": "noon"}),
    ("attendance", "four-times", {"into": "golden"}),
    ("attendance", "personal-quota", {"per": "decade"}),
    ("attendance", "sick-certificate", {"when": "weather"}),
    ("attendance", "much-leave", {"counted": "weight"}),
    ("assessment", "late-lose", {"bands": [{"bound": {"unit": "件"}, "points": 1}]}),
    ("assessment", "late-lose", {"step": 3}),
    ("assessment", "late-lose", {"digits": 2}),
    ("assessment", "inspection", {"measure": "height"}),
    ("assessment", "highest", {"group_by": "mood"}),
    ("assessment", "bonus-cap", {"per": "decade"}),
    ("assessment", "groups", {"periods": ["decade"]}),
    ("assessment", "month-weights", {"how": "median"}),
    ("parallel", "on-time", {"system": {"value": "sys", "name": "系统"}}),
    ("parallel", "on-time", {"too_few": "quarter"}),
    ("parallel", "on-time", {"where": {"flags": {"far": True}}}),
    ("parallel", "on-time", {"each": {"upper": {"value": 50, "inclusive": True}, "unit": "%"}}),
    ("parallel", "on-time", {"measure": "happiness"}),
    (
        "parallel",
        "on-time",
        {
            "measure": "overdue_cases",
            "zero_denominator": None,
            "bound": {"upper": {"value": 1, "inclusive": True}, "unit": "件"},
        },
    ),
    ("parallel", "on-time", {"by": ["weather"]}),
    ("parallel", "departments", {"of": "galaxy"}),
    ("parallel", "several", {"measure": "weight"}),
]


@longer
@pytest.mark.parametrize(("subject", "norm_id", "fields"), some(IDLE, 8), ids=lambda value: str(value)[:30])
def test_a_field_that_nothing_reads_there_is_refused(
    tmp_path: Path, subject: str, norm_id: str, fields: dict[str, Any]
) -> None:
    data = sample(subject)
    places = [
        (n, m)
        for n, part in enumerate(data["provisions"])
        for m, norm in enumerate(part["norms"])
        if norm["id"] == norm_id
    ]
    [(n, m)] = places
    data["provisions"][n]["norms"][m].update(fields)
    told = errors(tmp_path, data)
    assert any(where[:4] == ("provisions", n, "norms", m) for where, _ in told), told
