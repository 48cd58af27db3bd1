"""Texts as Akoma Ntoso: sound by the OASIS schema, and what is kept comes back the same.

The schema (OASIS, CC BY 4.0) lies in ``data/akoma_ntoso`` as published; nothing is fetched.
"""

import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT
from lxml import etree

from banshi.base.folders import layered
from banshi.cli import main
from banshi.commands.text_akn import NAMESPACE, as_akn
from banshi.commands.text_said import as_json
from banshi.law.library import Library

CENTRES = {"luzhou": ROOT, "linjiang": ROOT / "examples/linjiang", "qinghe": ROOT / "examples/qinghe"}
AKN = {"a": NAMESPACE}


def editions() -> Any:
    seen = set()
    for centre, folder in CENTRES.items():
        library = Library(layered(folder, "policies"))
        for name in library.instruments():
            for edition in library.versions(name):
                key = (name, edition.since)
                if key not in seen:
                    seen.add(key)
                    yield pytest.param(edition, id=f"{centre}-{name}-{edition.since}")


@pytest.fixture(scope="module")
def schema() -> Any:
    return etree.XMLSchema(etree.parse(str(Path(__file__).parent / "data/akoma_ntoso/akomantoso30.xsd")))


@pytest.mark.parametrize("edition", list(editions()))
def test_every_text_is_sound_and_comes_back_the_same(edition: Any, schema: Any) -> None:
    written = as_akn(edition)
    schema.assertValid(etree.fromstring(written.encode()))
    root = ET.fromstring(written)
    told = as_json(edition, edition.since, None)
    found = [
        {
            "id": part.get("wId"),
            "label": part.findtext("a:num", "", AKN),
            "heading": part.findtext("a:heading", "", AKN),
            "norms": [(p.get("wId"), p.text) for p in part.findall("a:content/a:p", AKN) if p.get("wId")],
        }
        for part in root.iterfind(".//a:hcontainer", AKN)
    ]
    assert found == [
        {
            "id": each["id"],
            "label": each["label"],
            "heading": each["heading"] or "",
            "norms": [(norm["id"], norm["statement"]) for norm in each["norms"]],
        }
        for each in told["provisions"]
    ]
    assert root.findtext(".//a:docTitle", "", AKN) == told["title"]
    assert root.findtext(".//a:docNumber", "", AKN) == told["number"]
    expression = root.find(".//a:FRBRExpression/a:FRBRdate", AKN)
    assert expression is not None and expression.get("date") == told["since"]
    ends = [e.get("date") for e in root.iterfind(".//a:eventRef[@type='repeal']", AKN)]
    assert ends == ([told["until"]] if told["until"] else [])


def test_amendments_are_told_with_what_made_them(capsys: pytest.CaptureFixture[str]) -> None:
    words = [
        "text",
        "linjiang/change-rules",
        "--on",
        "2026-08-01",
        "--project",
        str(CENTRES["linjiang"]),
        "--format",
        "akn",
    ]
    assert main(words) == 0
    root = ET.fromstring(capsys.readouterr().out)
    mods = root.findall(".//a:textualMod", AKN)
    assert mods
    there = {each.get("eId") for each in root.iter()}
    assert {str(m.get("refersTo"))[1:] for m in mods} <= there
    assert [e.get("date") for e in root.iterfind(".//a:eventRef[@type='amendment']", AKN)] == ["2026-07-01"]
    assert {m.find("a:source", AKN).get("href").partition("#")[0] for m in mods} == {
        "/akn/cn-linjiang/act/change-rules-amended"
    }  # type: ignore[union-attr]
