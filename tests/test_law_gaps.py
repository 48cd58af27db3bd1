"""A day on which nothing is in force: every decision says so, what was before and what comes, and ends with 1."""

import json
import shutil
from pathlib import Path

import pytest
from conftest import ROOT, banshi

LINJIANG = ROOT / "examples/linjiang"
GAP = "2028-06-15"  # between the two texts of each instrument below
OLD, NEW = "2027-12-31", "2029-01-01"
INSTRUMENTS = ("change-rules", "case-targets", "leave-and-hours", "window-assessment")


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A city whose texts all end with 2027, and come again in 2029."""
    folder = tmp_path_factory.mktemp("gap") / "city"
    shutil.copytree(LINJIANG, folder)
    for amending in ("centre-rules-amended", "change-rules-amended"):
        shutil.rmtree(folder / "policies/linjiang" / amending)
    shutil.rmtree(folder / "policies/linjiang/guides")
    for name in INSTRUMENTS:
        file = folder / f"policies/linjiang/{name}/2026-01-01.yaml"
        text = file.read_text(encoding="utf-8")
        later = text.replace("version: 2026-01-01", f"version: {NEW}").replace(
            "in_force: 2026-01-01", f"in_force: {NEW}"
        )
        assert later != text and "dates: {" in text
        file.with_name(f"{NEW}.yaml").write_text(later, encoding="utf-8")
        file.write_text(text.replace("dates: {", f"dates: {{ended: {OLD}, "), encoding="utf-8")
    for form in (folder / "change").glob("*.yaml"):
        form.write_text(form.read_text(encoding="utf-8").replace("filed_on: 2026", "filed_on: 2028"), encoding="utf-8")
    month = (folder / "assessment/2026-02.yaml").read_text(encoding="utf-8")
    (folder / "assessment/2028-06.yaml").write_text(
        month.replace("period: 2026-02", "period: 2028-06"), encoding="utf-8"
    )
    register = (ROOT / "tests/data/linjiang/attendance/register.yaml").read_text(encoding="utf-8")
    (folder / "register.yaml").write_text(register.replace("2026-0", "2028-0"), encoding="utf-8")
    year = folder / "policies/linjiang/working-days/2026.yaml"
    year.with_name("2028.yaml").write_text(year.read_text(encoding="utf-8").replace("2026", "2028"), encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    "words",
    [
        ("tier", "--net", "1000", "--bid-price", "100000", "--on", GAP),
        ("tier", "change/riverside.yaml"),
        ("due", "--publicity", GAP),
        ("due", "change/riverside.yaml"),
        ("attendance", "register.yaml"),
        ("assess", "assessment/2028-06.yaml"),
        ("cases", "cases/办件登记.yaml", "--as-of", GAP),
    ],
)
def test_it_is_not_determined_with_the_texts_beside_it(city: Path, words: tuple[str, ...]) -> None:
    done = banshi(*words, cwd=city)
    assert done.returncode == 1, done.stderr
    assert "没有施行中的" in done.stdout and f"施行到 {OLD}" in done.stdout and f"从 {NEW} 起施行" in done.stdout
    assert "不能" in done.stdout or words[0] == "cases"
    english = banshi(*words, "--lang", "en", cwd=city)
    assert english.returncode == 1 and f"until {OLD}" in english.stdout and f"from {NEW}" in english.stdout
    data = banshi(*words, "--format", "json", cwd=city)
    assert data.returncode == 1 and OLD in json.dumps(json.loads(data.stdout)) and NEW in data.stdout


def test_nothing_is_printed_for_the_public(city: Path) -> None:
    done = banshi("publicity", "change/riverside.yaml", cwd=city)
    assert done.returncode == 1 and not done.stdout and f"施行到 {OLD}" in done.stderr


@pytest.mark.parametrize(("day", "status"), [("2027-06-15", 0), ("2029-06-15", 0), (GAP, 1), ("2025-06-15", 1)])
def test_on_days_with_a_law_it_is_an_answer(city: Path, day: str, status: int) -> None:
    done = banshi("tier", "--net", "1000", "--bid-price", "100000", "--on", day, cwd=city)
    assert done.returncode == status
    assert ("没有施行中的" in done.stdout) == bool(status)
    assert ("施行到" in done.stdout) == (day == GAP), "before the first text there is none that ended"


def test_a_place_without_any_text_says_so(city: Path) -> None:
    done = banshi("tier", "--net", "1000", "--on", GAP, "--jurisdiction", "elsewhere", cwd=city)
    assert done.returncode == 1 and "别的日子也没有" in done.stdout


@pytest.mark.parametrize(
    ("words", "rule"),
    [
        (("change/riverside.yaml",), "change/law-in-force"),
        (("register.yaml",), "attendance/leave-can-be-judged"),
        (("assessment/2028-06.yaml",), "assessment/law-in-force"),
        (("cases/办件登记.yaml", "--as-of", GAP), "cases/applies-to-this-centre"),
        (("catalogue-2028.yaml",), "catalogue/law-in-force"),
    ],
)
def test_a_file_of_such_a_day_has_an_error_where_it_is_not_judged(
    city: Path, words: tuple[str, ...], rule: str
) -> None:
    """``check`` ends as the decision does."""
    if words[0] == "catalogue-2028.yaml":
        [catalogue] = (city / "catalogue").glob("*.yaml")
        text = catalogue.read_text(encoding="utf-8")
        later = text.replace("in_use_from: 2026", "in_use_from: 2028")
        assert later != text
        (city / words[0]).write_text(later, encoding="utf-8")
    done = banshi("check", *words, "--format", "json", cwd=city)
    assert done.returncode == 1, done.stdout
    of_rule = [each for each in json.loads(done.stdout)["findings"] if each["rule"] == rule]
    assert of_rule and all(each["severity"] == "error" and each["line"] for each in of_rule)
    if rule == "change/law-in-force":
        assert all(OLD in each["message"] and NEW in each["message"] for each in of_rule)
