"""Rules that say which key of a form they are about say nothing of forms without it, asked or not."""

from pathlib import Path

import pytest

from banshi.checking.checker import Checker
from banshi.checking.rules import Rule, RuleBroken, load_rules
from banshi.files.findings import Findings
from banshi.files.report import Report
from banshi.subjects.change.loading import LoadedFiling

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def checker() -> Checker:
    return Checker(ROOT)


@pytest.fixture(scope="module")
def filings(checker: Checker) -> list[LoadedFiling]:
    paths = [ROOT / "examples/change", *sorted((ROOT / "tests/cases/change").glob("*emergenc*"))]
    paths += sorted((ROOT / "tests/cases/change").glob("*public*"))
    units = checker.loader.units(paths)
    found = [each for unit in units for each in checker.loader.load(unit, Report(Findings()))]
    return [each for each in found if isinstance(each, LoadedFiling)]


def test_what_is_not_asked_would_say_nothing(checker: Checker, filings: list[LoadedFiling]) -> None:
    passed: set[str] = set()
    for rule in (each for each in checker.rules("change") if each.only_with):
        for filing in filings:
            asked = {id(case) for case, _, _ in filing.looked_at(rule)}
            for case in (each for each in filing.filing.cases if id(each) not in asked):
                assert list(rule.check(case)) == []
                passed.add(rule.id)
    assert passed == {rule.id for rule in checker.rules("change") if rule.only_with}


def test_a_key_that_no_form_has_breaks_the_rule(
    checker: Checker, filings: list[LoadedFiling], monkeypatch: pytest.MonkeyPatch
) -> None:
    rule = next(each for each in checker.rules("change") if each.only_with)
    again = Rule(rule.id, rule.path, rule.module)
    monkeypatch.setattr(rule.module, "ONLY_WITH", ("emergencies",))
    with pytest.raises(RuleBroken, match="emergencies"):
        filings[0].looked_at(again)
    own = Checker(ROOT)
    own.rules = lambda _: [again]
    report = Report(Findings())
    own.hold(filings[0], report)
    assert [each.rule for each in report.findings] == ["engine/rule-crashed"]
    assert report.failed


@pytest.mark.parametrize(
    ("folder", "subject"), [("change", "chnage"), ("cases", "parallel"), ("chnage", None), ("change", "attendance")]
)
def test_a_rule_that_nothing_is_shown_to_is_refused(tmp_path: Path, folder: str, subject: str | None) -> None:
    """By a slip, or because it took the name from elsewhere: it would never say anything."""
    (tmp_path / folder).mkdir()
    text = (ROOT / "validators/change/unit_is_yuan.py").read_text(encoding="utf-8")
    own = f'SUBJECT = "{subject}"\n' if subject else ""
    (tmp_path / folder / "own.py").write_text(f"{text}\n{own}", encoding="utf-8")
    with pytest.raises(RuleBroken, match=subject or folder):
        load_rules([tmp_path])
