"""The reference of the kinds of norm: every kind has its page, the sound example passes, the faulty one is found."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, Pages

from banshi.checking.checker import Checker
from banshi.checking.rules import load_rules
from banshi.files.findings import Finding
from banshi.files.reading import read
from banshi.site.formats import formats
from banshi.site.norm_kinds import FOLDER, KINDS, instrument_text, kind_views, norm_text

TOLD: dict[str, Any] = read(ROOT / FOLDER / "kinds.yaml").document.data  # type: ignore[union-attr]
INSTRUMENTS = sorted({told["in"] for told in TOLD.values()})


def found(folder: Path, text: str) -> list[Finding]:
    """The findings of a text as the only instrument of a centre."""
    name = next(line.split("/")[1] for line in text.splitlines() if line.startswith("instrument: "))
    file = folder / f"policies/sample/{name}/2026-01-01.yaml"
    file.parent.mkdir(parents=True)
    file.write_text(text, encoding="utf-8")
    return Checker(folder).check([file]).findings


def test_every_kind_is_told() -> None:
    assert set(TOLD) == set(KINDS)
    policy = next(each for each in formats(ROOT) if each.kind == "policy")
    assert [kind.name for kind in policy.norm_kinds if len(kind.about) < 10] == []


def test_a_kind_is_called_by_its_own_name_though_values_of_fields_are_written_like_it() -> None:
    policy = json.loads((ROOT / "schemas/policy.schema.json").read_text("utf-8"))
    own = policy["$defs"]["norm"]["properties"]["kind"]["x-labels"]
    made = Pages(ROOT)
    labels = made.content.labels
    assert set(own) == set(KINDS) and {kind: labels.kind(kind) for kind in own} == own
    page = made("instruments/luzhou/change-management/2011-11-04.md")
    assert '<span class="kind">期间</span>' in page and '<span class="kind">整期的基础分</span>' not in page


UNITS = re.compile("元|%|百分|分|天|日|月|年|小时|次|件|个|条|位|星期|人|倍|比|单位|几|从1起|1 最好")


def test_every_field_says_what_it_means_and_figures_their_unit() -> None:
    """A field without a meaning, or a figure of which nobody is told what is counted, is no reference."""
    policy = json.loads((ROOT / "schemas/policy.schema.json").read_text("utf-8"))
    fields = {
        (part["if"]["properties"]["kind"]["const"], name): field
        for part in policy["$defs"]["norm"]["allOf"]
        if "const" in part["if"]["properties"]["kind"]
        for name, field in part["then"].get("properties", {}).items()
        if isinstance(field, dict)
    }
    assert {kind for kind, _ in fields} == set(KINDS)
    assert [where for where, field in fields.items() if not (field.get("title") and field.get("description"))] == []
    figures = {where: field for where, field in fields.items() if _is_figure(field)}
    assert len(figures) > 40
    assert [where for where, field in figures.items() if not UNITS.search(field["title"] + field["description"])] == []


def _is_figure(field: dict[str, Any]) -> bool:
    types = field.get("type", ())
    own = {types} if isinstance(types, str) else set(types)
    return bool(own & {"integer", "number"}) or field.get("$ref", "").endswith(("/number", "/quantity"))


@pytest.mark.parametrize("name", INSTRUMENTS)
def test_the_sound_examples_pass(tmp_path: Path, name: str) -> None:
    assert found(tmp_path, instrument_text(ROOT, name)) == []


@pytest.mark.parametrize("kind", TOLD)
def test_the_faulty_example_is_found(tmp_path: Path, kind: str) -> None:
    told = TOLD[kind]
    text = instrument_text(ROOT, told["in"])
    good = norm_text(text, kind)
    right, wrong = told["wrong"]
    assert good.count(right) >= 1 and text.count(good) == 1
    findings = found(tmp_path, text.replace(good, good.replace(right, wrong, 1)))
    assert (told["rule"], told["says"]) in {(each.rule, each.message.zh) for each in findings}


def test_the_pages_tell_what_computes_each_kind() -> None:
    policy = next(each for each in formats(ROOT) if each.kind == "policy")
    views = {view.kind.name: view for view in kind_views(ROOT, policy.norm_kinds, load_rules([ROOT / "validators"]))}
    assert set(views) == set(KINDS)
    assert [name for name, view in views.items() if not (view.readers or view.rules or view.to_be_read)] == []
    assert {"banshi attendance"} == {reader.command for reader in views["working_time"].readers}
    assert any(key.path == "next_day" for key in views["punch_window"].kind.keys)
    assert (views["approval_tier"].example or pytest.fail("no example")).rule == "policy/tiers-tile"


SLIPS = {
    "a certificate for a leave that there is not": ("attendance", "when: sick", "when: sik"),
    "a formula for a basis that there is not": ("change", "basis: formula", "basis: formular"),
    "the bill's price for a basis that there is not": ("change", "bases: [same_item]", "bases: [same_items]"),
    "a similar item for a basis that there is not": ("change", "basis: similar_item", "basis: alike"),
    "a discount for a basis that there is not": ("change", "basis: discount", "basis: rebate"),
}


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_that_would_be_passed_over_is_found(tmp_path: Path, slip: str) -> None:
    name, right, wrong = SLIPS[slip]
    text = instrument_text(ROOT, name)
    assert text.count(right) == 1
    assert "policy/references-resolve" in {each.rule for each in found(tmp_path, text.replace(right, wrong))}
