"""One id may be a step's, an office's and a paper's: each is read by the name that it has where the field points."""

import copy
from typing import Any

import pytest
from conftest import ROOT

from banshi.files.reading import read
from banshi.files.shape import Shapes
from banshi.law.instruments import PolicyVersion
from banshi.law.library import to_version
from banshi.law.norms.pointing import table_of
from banshi.law.revisions.saying import Comparison
from banshi.law.revisions.sides import Side
from banshi.law.revisions.words import SchemaWords
from banshi.site.content import Labels
from banshi.site.facts import NormWording, names_for

Data = dict[str, Any]
WORDS = SchemaWords.of(ROOT)
CHANGE = "examples/linjiang/policies/linjiang/change-rules/2026-01-01.yaml"
TEXTS = (
    CHANGE,
    "examples/linjiang/policies/linjiang/leave-and-hours/2026-01-01.yaml",
    "policies/luzhou/change-management/2011-11-04.yaml",
    "policies/luzhou/attendance/2009-12-01.yaml",
)
TABLES = ("offices", "steps", "papers", "tiers", "criteria", "classes", "facts", "leave_kinds", "attachment_kinds")


def plain(path: str) -> Data:
    document = read(ROOT / path).document
    assert document is not None and isinstance(document.data, dict)
    return document.data


def shared(data: Data) -> Data:
    """The same text in which the first office, step, paper … have one id, the second ones another, and so on."""
    found = copy.deepcopy(data)
    new = {table: {own: f"x{n}" for n, own in enumerate(found.get(table, {}))} for table in TABLES}
    for table in TABLES:
        if table in found:
            found[table] = {new[table][own]: word for own, word in found[table].items()}
    for provision in found["provisions"]:
        for norm in provision.get("norms", ()):
            for field in norm:
                _point(norm, field, new.get(table_of(norm["kind"], field), {}))
            for stage in norm.get("stages", ()):
                for step in stage["steps"]:
                    _point(step, "step", new["steps"])
                    _point(step, "office", new["offices"])
            for duty in norm.get("duties", ()):
                _point(duty, "office", new["offices"])
                _point(duty, "groups", new["offices"])
            for base in norm.get("bases", ()) if norm["kind"] == "pricing" else ():
                _point(base, "papers", new["papers"])
                _point(base, "attachments", new["attachment_kinds"])
    kinds = {norm["id"]: norm["kind"] for provision in found["provisions"] for norm in provision.get("norms", ())}
    for reading in found.get("readings", ()):
        for fields in (each for by_norm in reading.get("norms", {}).values() for each in by_norm.items()):
            for field in fields[1]:
                _point(fields[1], field, new.get(table_of(kinds[fields[0]], field), {}))
    return found


def _point(part: Data, field: str, new: dict[str, str]) -> None:
    value = part.get(field)
    if isinstance(value, str):
        part[field] = new.get(value, value)
    elif new and isinstance(value, list):
        part[field] = [new.get(each, each) for each in value]
    elif new and isinstance(value, dict):
        part[field] = {new.get(key, key): new.get(each, each) for key, each in value.items()}


def typed(data: Data) -> PolicyVersion:
    return to_version({key: value for key, value in data.items() if key != "$schema"})


@pytest.mark.parametrize("path", TEXTS)
def test_a_text_says_the_same_whatever_its_ids_are(path: str) -> None:
    before, after = typed(plain(path)), typed(shared(plain(path)))
    wording = NormWording(Labels(Shapes([ROOT / "schemas"])), names_for(ROOT))
    for old, new in zip(before.placed, after.placed, strict=True):
        assert new.statement == old.statement
        pairs = zip(wording.facts(old), wording.facts(new), strict=True)
        told = [(one.text, other.text) for one, other in pairs if table_of(old.norm.kind, one.key)]
        assert not [pair for pair in told if pair[0] != pair[1]]


def test_a_difference_calls_a_step_by_the_name_of_the_step() -> None:
    before = plain(CHANGE)
    after = copy.deepcopy(before)
    limit = next(n for p in after["provisions"] for n in p.get("norms", ()) if n["id"] == "evaluation-limit")
    limit |= {"steps": ["evaluation", "leader_approval"], "offices_without_limit": ["evaluation"]}
    for one, other in ((before, after), (shared(before), shared(after))):
        sides = Side("a", {"x": one}), Side("b", {"x": other})
        [entry] = [entry for document in Comparison(*sides, WORDS).documents for entry in document.entries]
        told = [line.zh for line in entry.lines]
        assert "只管这些环节增加“分管领导批准”" in told
        assert "不受此限的机关增加：财政评审机构" in told  # a step has that id too
