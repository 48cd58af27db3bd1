"""A figure is written once: changing it in the policy changes the check, the decision and the explanation."""

import datetime
import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, banshi, write_yaml
from ruamel.yaml import YAML

from banshi.checking.coverage import every_norm
from banshi.checking.examples import LAW
from banshi.checking.rule_basis import basis_of
from banshi.checking.rules import Rule, load_rules
from banshi.law.library import Library

CENTRES = [ROOT / "policies", *sorted((ROOT / "examples").glob("*/policies")), ROOT / "validators" / LAW]
EVERY_CENTRE = Library(CENTRES)
KINDS = {placed.norm.kind for placed in every_norm(EVERY_CENTRE)}
LIBRARY = Library([ROOT / "policies"])
MEASURED = re.compile(r"\d+:\d+|\d+(?:\.\d+)? ?(?:%|分|次|天|日|件|个|元|万)")
INSTRUMENT = "policies/luzhou/change-management/2011-11-04.yaml"


@pytest.fixture
def edited(tmp_path: Path) -> Callable[[Callable[[Any], None]], Path]:
    """A centre's own folder with a copy of the policies, edited as a maintainer would (comments survive)."""

    def edit(change: Callable[[Any], None]) -> Path:
        shutil.copytree(ROOT / "policies", tmp_path / "policies")
        yaml = YAML()
        yaml.preserve_quotes = True
        path = tmp_path / INSTRUMENT
        data = yaml.load(path.read_text(encoding="utf-8"))
        change(data)
        with open(path, "w", encoding="utf-8") as stream:
            yaml.dump(data, stream)
        return tmp_path

    return edit


def norm(data: Any, norm_id: str) -> Any:
    return next(n for p in data["provisions"] for n in p["norms"] if n["id"] == norm_id)


def reading(data: Any, reading_id: str) -> Any:
    return next(r for r in data["readings"] if r["id"] == reading_id)


def rules_found(folder: Path, ledger: Any) -> list[str]:
    write_yaml(folder / "a.yaml", ledger)
    done = banshi("check", "a.yaml", "--format", "json", cwd=folder)
    return [f["rule"] for f in json.loads(done.stdout)["findings"]]


def test_a_threshold(edited: Any, sound_ledger: dict[str, Any]) -> None:
    def lower(data: Any) -> None:
        norm(data, "finance-tier")["amount"]["upper"]["value"] = 70000
        norm(data, "government-tier")["amount"]["lower"]["value"] = 70000

    folder = edited(lower)
    assert "change/tier-matches-amount" in rules_found(folder, sound_ledger)
    explained = banshi("explain", "change/tier-matches-amount", cwd=folder).stdout
    assert "7万元以内（含7万元）" in explained
    assert "10万元" not in explained
    decided = banshi("tier", "a.yaml", cwd=folder).stdout
    assert "政府批准（government）" in decided
    assert "超过7万元" in decided


def test_a_bound_that_includes_its_value(edited: Any) -> None:
    def exclude(data: Any) -> None:
        norm(data, "finance-tier")["amount"]["upper"]["inclusive"] = False
        norm(data, "government-tier")["amount"]["lower"]["inclusive"] = True

    figures = ["--bid-price", "5000000", "--provisional-sum", "0", "--net", "100000", "--on", "2012-03-01"]
    asked = ["tier", *figures, "--format", "json"]
    assert json.loads(banshi(*asked).stdout)["decisions"][0]["tier"] == "finance"
    assert json.loads(banshi(*asked, cwd=edited(exclude)).stdout)["decisions"][0]["tier"] == "government"


def test_a_time_limit(edited: Any, sound_ledger: dict[str, Any]) -> None:
    def shorten(data: Any) -> None:
        norm(data, "department-limit")["length"]["value"] = 1

    folder = edited(shorten)
    assert "change/decided-in-time" in rules_found(folder, sound_ledger)
    due = banshi("due", "--step", "competent_review", "--complete", "2012-03-06", cwd=folder).stdout
    assert "2012-03-07" in due
    assert "1个工作日" in due


def test_a_publicity_period(edited: Any) -> None:
    def lengthen(data: Any) -> None:
        norm(data, "publicity-period")["length"]["value"] = 10

    assert "2011-11-17" in banshi("due", "--publicity", "2011-11-07", cwd=edited(lengthen)).stdout


def test_a_reading(edited: Any) -> None:
    def take_gross(data: Any) -> None:
        reading(data, "tier-amount")["default"] = "gross"

    figures = ["--bid-price", "5000000", "--provisional-sum", "0", "--net", "50000", "--increase", "600000"]
    asked = ["tier", *figures, "--on", "2012-03-01", "--format", "json"]
    before, after = banshi(*asked), banshi(*asked, cwd=edited(take_gross))
    assert json.loads(before.stdout)["decisions"][0]["tier"] == "finance"
    assert json.loads(after.stdout)["decisions"][0]["tier"] == "full_procedure"
    assert json.loads(before.stdout)["decisions"][0]["reading_dependent"] is True


def attendance_edited(folder: Path, old: str, new: str) -> Path:
    """A centre's own folder with a copy of the policies in which one text of the attendance rules is another."""
    shutil.copytree(ROOT / "policies", folder / "policies")
    shutil.copytree(ROOT / "examples/attendance/2010-02", folder / "2010-02")
    path = folder / "policies/luzhou/attendance/2009-12-01.yaml"
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")
    return folder


def attendance_of(folder: Path, staff: str) -> Any:
    done = banshi("attendance", "2010-02", "--format", "json", cwd=folder)
    people = json.loads(done.stdout)["accounts"][0]["people"]
    return next(person for person in people if person["staff"] == staff)


def test_a_punch_window(tmp_path: Path) -> None:
    earlier = attendance_edited(tmp_path, 'end: "09:00"', 'end: "08:45"')
    assert attendance_of(earlier, "A02")["irregular"]["late"] > 1


def test_a_reading_of_attendance(tmp_path: Path) -> None:
    other = attendance_edited(
        tmp_path,
        "default: literal\n    norms:\n      late_or_early_only:",
        "default: late_or_early_only\n    norms:\n      late_or_early_only:",
    )
    assert attendance_of(ROOT / "examples/attendance", "A02")["irregular"] == {"late": 1, "out_of_window": 1}
    assert attendance_of(other, "A02")["irregular"] == {"late": 1}


def test_a_broken_policy_is_one_plain_line(edited: Any, sound_ledger: dict[str, Any]) -> None:
    def damage(data: Any) -> None:
        del norm(data, "finance-tier")["amount"]["upper"]["inclusive"]

    folder = edited(damage)
    done = banshi("tier", "--bid-price", "1", "--net", "1", "--on", "2012-03-01", cwd=folder)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    checked = banshi("check", "policies", cwd=folder)
    assert checked.returncode == 1
    assert "inclusive" in checked.stdout


def test_no_figure_of_the_policy_stands_in_code_or_templates() -> None:
    """The thresholds and limits of the instrument appear in no Python file, template or schema."""
    figure = re.compile(r"(?<!\d)(?:[15]00_?000(?!\d)|[15]0 ?万)")
    places = [*ROOT.glob("src/**/*.py"), *ROOT.glob("schemas/*.json"), *ROOT.glob("site_templates/**/*.j2")]
    assert len(places) > 100
    for path in places:
        assert figure.findall(path.read_text(encoding="utf-8")) == [], path


@pytest.mark.parametrize("rule", load_rules([ROOT / "validators"]), ids=lambda rule: rule.id)
def test_no_page_of_a_rule_restates_a_figure_of_its_basis(rule: Rule) -> None:
    """The provisions are printed below the page with their figures; a page that repeats one goes stale with the next text."""
    stated = {figure for placed in basis_of(rule, LIBRARY) for figure in MEASURED.findall(placed.statement)}
    said = rule.title.zh + rule.page
    assert not stated & set(MEASURED.findall(said))
    assert not re.search(r"\d{4}年", said)  # since when a text is in force is for the text to say


@pytest.mark.parametrize("rule", load_rules([ROOT / "validators"]), ids=lambda rule: rule.id)
def test_every_norm_of_a_basis_is_found(rule: Rule) -> None:
    """No BASIS is dead: the kinds that it names occur in the instruments of some centre, and some of its selectors hold."""
    assert [text for text in rule.basis if text.split(" ")[0] not in KINDS] == []
    assert basis_of(rule, EVERY_CENTRE) or not rule.basis


def test_the_figures_of_readings_follow_their_norms(edited: Any) -> None:
    def raise_tier(data: Any) -> None:
        norm(data, "finance-tier")["amount"]["upper"]["value"] = 70000
        norm(data, "government-tier")["amount"]["lower"]["value"] = 70000

    version = Library([edited(raise_tier) / "policies"]).version_at(
        "luzhou/change-management", datetime.date(2012, 1, 1)
    )
    assert version is not None
    ground = next(reading.ground for reading in version.readings if reading.id == "fifty")
    assert "“含50万元”" in ground and "“含7万元”" in ground


def test_no_reading_holds_a_figure_of_a_norm_or_a_placeholder_that_leads_nowhere() -> None:
    """The rule that says so finds nothing in what is shipped, and does find what is put in."""
    done = banshi("check", "policies", "--format", "json")
    assert [f for f in json.loads(done.stdout)["findings"] if f["rule"] == "policy/reading-figures"] == []


FIGURES = {
    "恰为50万元的归哪一档？": "数字 500000",
    "自2011年11月4日起？": "数字 2011年11月4日",
    "公示5天？": "数字 5",
    "恰为{finance-tier.amount.uper}的？": "找不到",
    "恰为{no-such-norm.amount}的？": "找不到",
    "{luzhou/nowhere.since}起？": "找不到",
}


def test_a_figure_written_into_a_reading_is_found(edited: Any) -> None:
    """Each in the question of a reading of its own."""

    def write(data: Any) -> None:
        for each, written in zip(data["readings"], FIGURES, strict=False):
            each["question"] = written

    done = banshi("check", INSTRUMENT, "--format", "json", cwd=edited(write))
    found = [f for f in json.loads(done.stdout)["findings"] if f["rule"] == "policy/reading-figures"]
    assert [f["where"] for f in found] == [["readings", n, "question"] for n in range(len(FIGURES))]
    for finding, said in zip(found, FIGURES.values(), strict=True):
        assert said in finding["message"]
