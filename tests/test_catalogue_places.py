"""A catalogue of a place that nobody knows is an error: it was a note, and nothing used the catalogue."""

import shutil
from pathlib import Path

import pytest

from banshi.checking.checker import Checker

CITY = Path(__file__).parent / "data/lanling"
RULE = "catalogue/place-known"
HOME = "policies/lanling/catalogues/eatery.yaml"


def told(tmp_path: Path, place: str, path: str) -> list[str]:
    """What the rule says of the city's catalogue when it states a place and lies at a path."""
    city = shutil.copytree(CITY, tmp_path / "city")
    text = (city / HOME).read_text("utf-8")
    (city / HOME).unlink()
    (city / path).parent.mkdir(parents=True, exist_ok=True)
    (city / path).write_text(text.replace("jurisdiction: lanling\n", f"jurisdiction: {place}\n"), "utf-8")
    found = [f for f in Checker(city).check([city / path]).findings if f.rule == RULE]
    assert all((f.severity.value, f.line) == ("error", 3) for f in found)
    return [f"{f.message.zh} {f.fix.zh}" for f in found]


@pytest.mark.parametrize(
    ("place", "path"),
    [
        ("lanling", HOME),
        ("lanling/weitang", HOME),  # a county's, kept by its city
        ("lanling", "catalogue.yaml"),
        ("lanling/weitang", "catalogue.yaml"),
        ("luzhou", "catalogue.yaml"),  # another city's, which has texts
    ],
)
def test_places_that_are_known(place: str, path: str, tmp_path: Path) -> None:
    assert told(tmp_path, place, path) == []


@pytest.mark.parametrize(
    ("place", "path", "said"),
    [
        ("lanlin", HOME, "目录放在 lanling 的 catalogues 里，写的辖区是 lanlin"),
        ("luzhou", HOME, "写的辖区是 luzhou"),  # it would be held against that city's texts
        ("lanlin", "catalogue.yaml", "没有什么会用这份目录 您是不是想写 lanling？"),
        ("lanlin/weitang", "catalogue.yaml", "没有辖区 lanlin/weitang 的任何规定"),
        ("zzz", "catalogue.yaml", "核对辖区"),
    ],
)
def test_places_that_are_not(place: str, path: str, said: str, tmp_path: Path) -> None:
    [found] = told(tmp_path, place, path)
    assert said in found


def test_a_centre_without_any_text_may_keep_its_catalogue(tmp_path: Path) -> None:
    (tmp_path / "banshi.toml").write_text('name = "新城"\njurisdiction = "xincheng"\nlevel = "city"\n', "utf-8")
    text = (CITY / HOME).read_text("utf-8").replace("jurisdiction: lanling\n", "jurisdiction: xincheng\n")
    (tmp_path / "catalogue.yaml").write_text(text, "utf-8")
    found = Checker(tmp_path).check([tmp_path / "catalogue.yaml"]).findings
    assert RULE not in {f.rule for f in found}
