"""A norm that is only called otherwise in a later text is the same norm: on pages, in history, in a difference."""

import copy
import datetime
import json
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, banshi, write_yaml

from banshi.files.reading import read
from banshi.law.library import Library
from banshi.law.revisions.lineage import lineage
from banshi.site.through_time import ThroughTime

NAME = "linjiang/change-rules"


def norm(data: dict[str, Any], name: str) -> dict[str, Any]:
    return next(n for p in data["provisions"] for n in p.get("norms", ()) if n["id"] == name)


@pytest.fixture
def city(tmp_path: Path) -> Path:
    """Texts of 2026 to 2028: in 2027 a norm has another id, and another figure besides; in 2028 its old id is another norm's."""
    document = read(ROOT / f"examples/linjiang/policies/{NAME}/2026-01-01.yaml").document
    assert document is not None
    texts = [copy.deepcopy(document.data) for _ in range(3)]
    for data, year in zip(texts, (2026, 2027, 2028), strict=True):
        data["version"] = f"{year}-01-01"
        data["dates"] = {"issued": f"{year - 1}-12-01", "in_force": f"{year}-01-01", "known": f"{year - 1}-12-01"}
    for data in texts[1:]:
        norm(data, "one-matter")["id"] = "same-matter"
        norm(data, "publicity-period")["id"] = "days-of-publicity"
        norm(data, "days-of-publicity")["length"]["value"] = 5
    norm(texts[2], "emergency-photos")["id"] = "one-matter"
    for data in texts:
        path = tmp_path / f"policies/{NAME}/{data['version']}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        write_yaml(path, data)
    return tmp_path


def test_names_that_last_throughout(city: Path) -> None:
    texts = [edition.text for edition in Library([city / "policies"]).versions(NAME)]
    first, second, third = lineage(texts)
    assert first["one-matter"] == second["same-matter"] == third["same-matter"]
    assert first["publicity-period"] == second["days-of-publicity"] == third["days-of-publicity"]
    assert first["emergency-photos"] == second["emergency-photos"] == third["one-matter"]
    for names, text in zip((first, second, third), texts, strict=True):
        assert len(set(names.values())) == len(text.placed)


def test_pages_say_what_it_was_and_will_be(city: Path) -> None:
    library = Library([city / "policies"], datetime.date(2027, 6, 1))
    time = ThroughTime(library, [NAME])
    texts = [edition.text for edition in library.versions(NAME)]
    placed = [{each.norm.id: each for each in text.placed} for text in texts]
    assert time.former(placed[1]["same-matter"]) is None and time.coming(placed[0]["one-matter"]) is None
    assert time.former(placed[2]["one-matter"]) is None and time.coming(placed[1]["emergency-photos"]) is None
    coming, former = time.coming(placed[0]["publicity-period"]), time.former(placed[2]["days-of-publicity"])
    assert coming and coming.placed and coming.placed.norm.id == "days-of-publicity" and str(coming.day) == "2027-01-01"
    assert former and former.placed and former.placed.norm.id == "publicity-period"


@pytest.mark.parametrize("asked", ["publicity-period", "days-of-publicity"])
def test_history_goes_on_through_a_new_id(city: Path, asked: str) -> None:
    told = json.loads(banshi("history", NAME, "--blame", asked, "--format", "json", cwd=city).stdout)
    assert [(row["since"], "7个" in row["says"]) for row in told["readings_of_norm"]] == [
        ("2026-01-01", True),
        ("2027-01-01", False),
    ]
    assert told["ids"] == ["days-of-publicity", "publicity-period"]


def test_history_says_when_no_text_is_in_force(city: Path) -> None:
    first = city / f"policies/{NAME}/2026-01-01.yaml"
    document = read(first).document
    assert document is not None
    write_yaml(first, {**document.data, "dates": {**document.data["dates"], "ended": "2026-10-31"}})
    said = banshi("history", NAME, "--blame", "same-matter", cwd=city).stdout
    assert "2026-11-01 起：全文不再施行" in said and "2027-01-01 起（" in said
