"""An answer from a file in which rules find errors says so: of every rule, by every command that answers from such files."""

import json
import shutil
from pathlib import Path

import pytest
from conftest import ROOT, banshi
from lengths import longer, some
from test_rule_examples import RULES, checked

from banshi.checking.rules import Rule
from banshi.files.findings import Severity

COMMANDS = {
    "change": ("tier", "due", "publicity"),
    "cases": ("cases",),
    "attendance": ("attendance",),
    "assessment": ("assess",),
    "parallel": ("schedule", "notice"),
}
READING = ("shape/", "input/", "engine/", "policy/")
ASKED = [rule for rule in RULES if rule.severity is Severity.ERROR and rule.id.partition("/")[0] in COMMANDS]


def errors(path: Path) -> int:
    """How many errors ``check`` finds by rules, in the law of this project."""
    told = json.loads(banshi("check", str(path), "--format", "json", "--all").stdout)["findings"]
    return sum(each["severity"] == "error" and not each["rule"].startswith(READING) for each in told)


@longer
@pytest.mark.parametrize("rule", some(ASKED, 24), ids=lambda rule: rule.id)
def test_what_rules_find_is_said_with_the_answer(rule: Rule, tmp_path: Path) -> None:
    for text in (rule.good, rule.bad):
        checked(rule, text, tmp_path)  # writes them
        path = tmp_path / "example.yaml"
        found = errors(path)
        lawless = '"elsewhere"' in path.read_text(encoding="utf-8")  # a place whose law the examples alone have
        assert lawless or bool(found) == (text == rule.bad)
        for command in COMMANDS[rule.id.partition("/")[0]]:
            done = banshi(command, str(path))
            said = f"banshi: {path} 有 {found} 处错误，下面照原样推算；先用 banshi check {path} 看一看\n"
            nothing = not done.stdout or done.returncode == 2  # what is not answered takes nothing as it stands
            assert nothing or (said in done.stderr) == bool(found), (command, done.stderr)
            assert "处错误，下面照原样" not in done.stdout


def test_what_is_sound_says_nothing() -> None:
    for command, path in (("tier", "change"), ("due", "change"), ("cases", "cases"), ("attendance", "attendance")):
        done = banshi(command, str(ROOT / "examples" / path))
        assert (done.returncode, done.stderr) == (0, ""), (command, done.stderr)


def test_the_status_is_that_of_the_answer(tmp_path: Path) -> None:
    """The answer was given: that a form declares another tier is what one asks ``tier`` to see."""
    rule = next(rule for rule in RULES if rule.id == "change/tier-matches-amount")
    checked(rule, rule.bad, tmp_path)
    done = banshi("tier", str(tmp_path / "example.yaml"), "--lang", "en")
    assert done.returncode == 0 and "taken as they stand" in done.stderr


@pytest.mark.parametrize("command", ["schedule", "notice", "form"])
def test_how_a_catalogue_that_a_case_names_was_understood_is_told_once(command: str, tmp_path: Path) -> None:
    for path in (ROOT / "examples/parallel/registration").iterdir():
        text = path.read_text(encoding="utf-8").replace("in_use_from: 2011-06-01", "in_use_from: 2011年6月1日")
        (tmp_path / path.name).write_text(text, encoding="utf-8")
    made = () if command != "form" else ("--format", "html", "-o", str(tmp_path / "form.html"))
    done = banshi(command, str(tmp_path / "case.yaml"), *made)
    assert done.returncode == 0 and done.stderr.count("2011年6月1日→2011-06-01") == 1
    if command == "schedule":  # what is among the files itself tells it itself
        assert banshi(command, str(tmp_path)).stderr.count("2011年6月1日→2011-06-01") == 1


def test_what_is_wrong_in_a_register_that_an_assessment_names_is_told(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "examples/attendance/2010-02", tmp_path / "register")
    own = tmp_path / "register/register.yaml"
    text = own.read_text(encoding="utf-8").replace("to: 2010-02-28", "to: 2010年2月28日", 1)
    own.write_text(text.replace("window: W02", "window: W09", 1), encoding="utf-8")
    facts = tmp_path / "facts.yaml"
    facts.write_text(
        "kind: assessment\nfictional: true\njurisdiction: luzhou\ncentre: 甲\nquarter: 2010-Q1\nattendance: register\n"
        "windows:\n  - {id: W01, name: 甲}\n",
        encoding="utf-8",
    )
    done = banshi("assess", str(facts))
    assert "2010年2月28日→2010-02-28" in done.stderr and f"{own} 有 1 处错误，下面照原样推算" in done.stderr
    assert done.returncode == 1
