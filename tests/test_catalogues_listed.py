"""A guide lists the catalogues of the kinds that it names, however the catalogue writes its kind; what lists nothing is told."""

import shutil
from pathlib import Path

import pytest
from conftest import Pages
from ruamel.yaml import YAML

from banshi.checking.checker import Checker

CITY = Path(__file__).parent / "data/lanling"
RULE = "guide/catalogues-exist"
CATALOGUE, GUIDE = "policies/lanling/catalogues/eatery.yaml", "policies/lanling/guides/eatery.yaml"


@pytest.fixture
def city(tmp_path: Path) -> Path:
    return shutil.copytree(CITY, tmp_path / "lanling")


def changed(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def told(city: Path) -> list[tuple[str, str, int | None]]:
    found = Checker(city).check([city / GUIDE]).findings
    return [(f.severity.value, f.message.zh, f.line) for f in found if f.rule == RULE]


@pytest.mark.parametrize("written", ["餐饮一件事", "eatery"])
def test_a_kind_may_be_written_by_its_name(city: Path, written: str) -> None:
    """The page said that there was no catalogue where its kind was written in words."""
    named = YAML(typ="safe", pure=True).load((city / CATALOGUE).read_text("utf-8"))["case_kind"]
    changed(city / CATALOGUE, f"case_kind: {named}\n", f"case_kind: {written}\n")
    assert "guides/items/lanling/eatery/" in Pages(city)("guides/eatery.md")
    assert told(city) == []


def test_a_kind_without_a_catalogue_is_told(city: Path) -> None:
    (city / CATALOGUE).unlink()
    assert "还没有编成的目录" in Pages(city)("guides/eatery.md")
    assert [(severity, "eatery 还没有事项目录" in said) for severity, said, _ in told(city)] == [("warning", True)]


def test_a_section_that_names_no_kind_is_an_error(city: Path) -> None:
    changed(city / GUIDE, "show: items, cases: [eatery]", "show: items")
    assert [(severity, "没有写 cases" in said, line) for severity, said, line in told(city)] == [("error", True, 8)]


def test_a_catalogue_that_cannot_be_read_is_told_of_itself_alone(city: Path) -> None:
    (city / CATALOGUE).write_text("kind: catalogue\nitems: 3\n", "utf-8")
    assert told(city) == []
    assert Checker(city).check([city / CATALOGUE]).findings
