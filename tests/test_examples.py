"""The shipped example is clean and shows what there is to show; a folder, a ledger and JSON Lines are judged alike."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, write_yaml

from banshi.checking.checker import Checker
from banshi.files.findings import Finding
from banshi.files.reading import read

CLEAN = ROOT / "examples/change/binhe-road"
FAULTY = ROOT / "tests/cases/change/binhe-road-faulty"


def loaded(path: Path) -> Any:
    document = read(path).document
    assert document is not None
    return document.data


def ledger(folder: Path) -> dict[str, Any]:
    forms = [loaded(path) for path in sorted((folder / "changes").iterdir())]
    return {"kind": "ledger", "project": loaded(folder / "project.yaml"), "changes": forms}


def findings(path: Path) -> list[Finding]:
    return Checker(ROOT).check([path]).findings


def said(path: Path) -> Counter[tuple[str, str]]:
    return Counter((finding.rule, finding.message.zh) for finding in findings(path))


@pytest.fixture(scope="module")
def forms() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = ledger(CLEAN)["changes"]
    return found


def test_the_clean_example_has_no_finding_at_all() -> None:
    assert findings(CLEAN) == []


def test_every_example_is_marked_fictional() -> None:
    for path in sorted((ROOT / "examples/change").glob("*/project.yaml")):
        project = loaded(path)
        assert project["fictional"] is True
        assert "（虚构）" in project["name"]


def test_every_file_names_its_schema_and_says_that_it_is_fictional() -> None:
    for path in sorted((ROOT / "examples/change").rglob("*.yaml")):
        first, second = path.read_text(encoding="utf-8").splitlines()[:2]
        schema = first.removeprefix("# yaml-language-server: $schema=")
        assert (path.parent / schema).resolve() == ROOT / f"schemas/{loaded(path)['kind']}.schema.json"
        assert second.startswith("# 虚构样例")


def test_the_example_goes_through_every_tier(forms: list[dict[str, Any]]) -> None:
    law = loaded(ROOT / "policies/luzhou/change-management/2011-11-04.yaml")
    assert {form["tier"] for form in forms if form["status"] not in ("draft", "rejected")} == set(law["tiers"])
    assert {o["step"] for form in forms for o in form["opinions"]} == set(law["steps"])


def test_the_example_shows_what_happens_on_the_way(forms: list[dict[str, Any]]) -> None:
    assert len(forms) >= 9
    assert {"draft", "submitted", "approved", "rejected", "implemented", "settled"} <= {f["status"] for f in forms}
    assert any("emergency" in form for form in forms)
    assert any(form["major_design_change"]["is_major"] for form in forms)
    assert any("supplementary_contract" in form for form in forms)
    assert any(form["publicity"]["objections"] for form in forms if "publicity" in form)
    refused = [form for form in forms if form["status"] == "rejected"]
    assert [form["opinions"][-1]["conclusion"] for form in refused] == ["disagree"]


def test_the_example_prices_in_every_way_open_to_the_first_contractor(forms: list[dict[str, Any]]) -> None:
    bases = {row["pricing_basis"] for form in forms for row in form["items"]}
    assert bases >= {"original_contract", "same_item", "similar_item", "formula", "quota_discount"}


@pytest.mark.parametrize("folder", [CLEAN, FAULTY], ids=lambda folder: folder.name)
def test_the_three_shapes_are_judged_alike(folder: Path, tmp_path: Path) -> None:
    whole = ledger(folder)
    write_yaml(tmp_path / "ledger.yaml", whole)
    (tmp_path / "ledgers.jsonl").write_text(json.dumps(whole, ensure_ascii=False) + "\n", encoding="utf-8")
    expected = said(folder)
    assert bool(expected) is (folder is FAULTY)
    assert said(tmp_path / "ledger.yaml") == expected
    assert said(tmp_path / "ledgers.jsonl") == expected
