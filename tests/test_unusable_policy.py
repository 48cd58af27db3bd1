"""A policy that cannot be used: which one and where is said in Chinese, and what does not need it is checked all the same."""

import re
import shutil
from pathlib import Path

import pytest
from conftest import ROOT

from banshi.checking.checker import Checker
from banshi.files.findings import Finding
from banshi.law.library import Library
from banshi.law.unusable import PolicyUnreadable

LINJIANG = ROOT / "examples/linjiang"
HOURS = "policies/linjiang/leave-and-hours/2026-01-01.yaml"
DAMAGE = {
    "a word that is not listed": ("moment: arrival", "moment: arival"),
    "a word, and nothing says what it governs": ("governs: [attendance]", "# nothing"),
    "a figure that is a word": ("{value: 10, unit: 分钟}", "{value: ten, unit: 分钟}"),
    "no YAML": ("provisions:", "provisions: [}"),
}


@pytest.fixture
def centre(tmp_path: Path) -> Path:
    shutil.copytree(LINJIANG, tmp_path / "centre")
    return tmp_path / "centre"


def damage(centre: Path, name: str) -> int:
    """Damage the rules on hours; the line."""
    before, after = DAMAGE[name]
    place = centre / HOURS
    text = place.read_text(encoding="utf-8")
    assert before in text
    text = text.replace(before, after, 1)
    if after == "# nothing":
        text = text.replace("moment: arrival", after := "moment: arival", 1)
    place.write_text(text, encoding="utf-8")
    return text[: text.index(after)].count("\n") + 1


def checked(centre: Path, *paths: str) -> list[Finding]:
    return Checker(centre).check([centre / path for path in paths]).findings


@pytest.mark.parametrize("name", DAMAGE)
def test_which_policy_and_where_is_said_in_chinese(centre: Path, name: str) -> None:
    line = damage(centre, name)
    found = [f for f in checked(centre, "policies/linjiang/guides") if f.rule == "engine/policy-unusable"]
    assert found
    for finding in found:
        said = finding.message.zh
        assert "leave-and-hours" in said
        assert not re.search(r"Expected|Invalid|Object|\$\.", said), said
        assert f"第 {line} 行" in said


@pytest.mark.parametrize("name", DAMAGE)
def test_what_rests_on_other_policies_is_checked_all_the_same(centre: Path, name: str) -> None:
    paths = ("change", "policies/linjiang/change-rules", "policies/linjiang/case-targets")
    before = checked(centre, *paths)
    damage(centre, name)
    after = [f for f in checked(centre, *paths) if f.rule != "engine/policy-unusable"]
    assert after == before


def test_a_file_that_says_nothing_of_what_it_governs_may_be_missed_anywhere(centre: Path) -> None:
    place = centre / HOURS
    text = re.sub(r"(?m)^governs:.*$", "", place.read_text(encoding="utf-8"))
    place.write_text(re.sub(r"(?ms)^provisions:.*", "provisions: 3\n", text), encoding="utf-8")
    found = checked(centre, "change")
    assert {f.rule for f in found} >= {"engine/policy-unusable"}


def test_the_exception_names_file_line_and_reason(centre: Path) -> None:
    line = damage(centre, "a word that is not listed")
    with pytest.raises(PolicyUnreadable) as raised:
        Library([centre / "policies"]).load(centre / HOURS)
    assert raised.value.line == line
    assert "不在可选的值里" in raised.value.why.zh
