"""What is said twice, or in two ways, in guides, catalogues and logs is told."""

import shutil
from pathlib import Path

import pytest
from conftest import ROOT

from banshi.checking.checker import Checker


def told(centre: str, file: str, old: str, new: str, folder: Path) -> list[tuple[str, str]]:
    """Rule and severity of what is found in a centre's file only after a change."""
    shutil.copytree(ROOT / "examples" / centre, folder / centre)
    path = folder / centre / file
    written = path.read_text("utf-8")
    assert old in written
    checker = Checker(folder / centre)
    before = {(f.rule, f.message.zh) for f in checker.check([path]).findings}
    path.write_text(written.replace(old, new, 1), "utf-8")
    found = Checker(folder / centre).check([path]).findings
    return [(f.rule, f.severity.value) for f in found if (f.rule, f.message.zh) not in before]


FACTORY = "policies/qinghe/catalogues/factory.yaml"
FREE = "fee: {charged: false}"


@pytest.mark.parametrize(
    ("rate", "expected"),
    [
        ("每件100元", [("guide/free-without-payment", "warning")]),
        ("一百元", [("guide/free-without-payment", "warning")]),
        ("3%", [("guide/free-without-payment", "warning")]),
        ("0元", []),
        ("免征（财综〔2025〕1号）", []),
    ],
)
def test_what_is_free_has_no_rate(rate: str, expected: list[tuple[str, str]], tmp_path: Path) -> None:
    assert told("qinghe", FACTORY, FREE, f'fee: {{charged: false, standard: "{rate}"}}', tmp_path) == expected


def test_two_sections_of_one_id(tmp_path: Path) -> None:
    found = told("qinghe", "policies/qinghe/guides/hours.yaml", "id: weights", "id: hours", tmp_path)
    assert found == [("guide/references", "error")]


def test_a_department_that_is_listed_twice(tmp_path: Path) -> None:
    log, names = "cases/办件登记.yaml", "[住建, 社保, 公积金]"
    assert told("linjiang", log, names, "[住建, 社保, 公积金, 住建]", tmp_path) == [
        ("cases/departments-listed", "warning")
    ]
