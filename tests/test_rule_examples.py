"""Every rule's good example gives none of its findings, and its bad example gives those of ``told/<subject>.out``, word by word.

``UPDATE_GOLDEN=1`` writes these texts anew: read the difference as a clerk would before keeping it.
"""

import json
import os
import shutil
from pathlib import Path

import pytest
from msgspec.structs import replace

from banshi.checking.checker import Checker
from banshi.checking.examples import LAW, example
from banshi.checking.rules import Rule, load_rules
from banshi.files.findings import Findings
from banshi.files.report import Report
from banshi.law.library import Library
from banshi.output.reports.text_report import as_text

ROOT = Path(__file__).resolve().parent.parent
TOLD, MARK, UPDATE = ROOT / "tests/told", "== ", bool(os.environ.get("UPDATE_GOLDEN"))
RULES = load_rules([ROOT / "validators"])


def checked(rule: Rule, text: str, folder: Path) -> Report:
    for named in rule.path.parent.glob("_*.yaml"):  # an example may name another file that lies beside it
        shutil.copy(named, folder)
    path = folder / "example.yaml"
    path.write_text(json.dumps(example(rule, text), ensure_ascii=False, indent=1), encoding="utf-8")
    for name, beside in getattr(rule.module, "BESIDE", {}).items():  # what the example's file refers to
        (folder / name).write_text(beside, encoding="utf-8")
    checker = Checker(ROOT, attachments=attachments(rule, folder / "attachments"))
    checker.loader.library = Library([*checker.loader.policies, ROOT / "validators" / LAW])
    return checker.check([path])


def attachments(rule: Rule, folder: Path) -> Path | None:
    """A folder with the files that a rule's ATTACHED names; None where the rule does not look for files."""
    names = getattr(rule.module, "ATTACHED", None)
    for name in names or ():
        folder.mkdir(exist_ok=True)
        (folder / name).touch()
    return folder if names else None


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_good_example_is_free_of_the_finding(rule: Rule, tmp_path: Path) -> None:
    report = checked(rule, rule.good, tmp_path)
    assert [f for f in report.findings if f.rule == rule.id] == []
    assert [f for f in report.findings if f.rule.startswith(("shape/", "input/", "engine/"))] == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_bad_example_has_the_finding(rule: Rule, tmp_path: Path) -> None:
    report = checked(rule, rule.bad, tmp_path)
    found = [f for f in report.findings if f.rule == rule.id]
    assert found, [f.rule for f in report.findings]
    assert all(f.message.zh and f.message.en and f.fix.zh and f.fix.en for f in found)
    assert [f for f in report.findings if f.rule.startswith(("shape/", "input/", "engine/"))] == []
    said = as_text(Report(Findings(replace(f, path="样例.yaml") for f in found)), "zh").rpartition("\n\n")[0].strip()
    subject = rule.id.partition("/")[0]
    if UPDATE:
        kept = {**told(subject), rule.id: said}
        text = "\n\n".join(f"{MARK}{each}\n{kept[each]}" for each in sorted(kept))
        (TOLD / f"{subject}.out").write_text(f"{text}\n", encoding="utf-8")
    assert said == told(subject).get(rule.id)


def told(subject: str) -> dict[str, str]:
    """What the rules on a subject say of their bad examples, by their ids."""
    path = TOLD / f"{subject}.out"
    if not path.exists():
        return {}
    parts = path.read_text(encoding="utf-8").split(MARK)[1:]
    return {name: text.strip() for name, _, text in (part.partition("\n") for part in parts)}


def test_every_rule_has_its_words_kept_and_none_that_is_gone() -> None:
    kept = [name for path in TOLD.iterdir() for name in told(path.stem)]
    assert sorted(kept) == sorted(rule.id for rule in RULES)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_page_starts_with_the_title(rule: Rule) -> None:
    assert rule.page.splitlines()[0].strip() == rule.title.zh
    assert len(rule.page.splitlines()) > 2, "a page explains more than its title"
