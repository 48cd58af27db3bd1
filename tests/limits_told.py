"""Settings, code, law and answers of any size: what is said of each, for the tests of limits."""

import datetime
import shutil
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import openpyxl
import pytest
from conftest import ROOT
from fuzzing import answer
from limits_of_files import LOWERED, trying
from test_amendment_attacks import RULES, TITLE, centre, checked, limit, name
from test_annotate import faulty
from test_table_claims import of as table_of

from banshi.base import limits
from banshi.base.text import Text
from banshi.browser.edits import NotWritable, changed
from banshi.browser.session import Session
from banshi.browser.sheets import shown_file
from banshi.centre.mkdocs_settings import _plain, wanted
from banshi.centre.own_code import own_code
from banshi.checking.checker import Checker
from banshi.commands.impact_said import _unread
from banshi.files.documents import Place
from banshi.files.findings import Finding, Findings
from banshi.files.git import NoGit, Repository
from banshi.files.locating import finding_at, from_input
from banshi.files.reading import InputProblem, read_text
from banshi.files.report import Report
from banshi.files.shape import Shapes
from banshi.files.shape_explained import shown_value
from banshi.files.tables.delimited import delimited
from banshi.law.dotted import Nowhere, find
from banshi.law.revisions.matching import _alike
from banshi.law.revisions.words import SchemaWords
from banshi.output.annotating import notes
from banshi.output.annotating.first_page import first_page
from banshi.output.annotating.marks import SheetMarks, text_cell
from banshi.output.summaries import CountedFindings
from banshi.site.atom import Channel, FeedEntry, atom
from banshi.site.revisions import Revisions

# Git, settings, code


def git(folder: Path, *words: str) -> None:
    own = ("-c", "user.name=a", "-c", "user.email=a@b.invalid")
    subprocess.run(["git", "-C", str(folder), *own, *words], check=True, capture_output=True)


def repository(folder: Path, files: dict[str, bytes]) -> tuple[Repository, str]:
    git(folder, "init", "-q")
    for file, data in files.items():
        (folder / file).write_bytes(data)
    git(folder, "add", ".")
    git(folder, "commit", "-q", "-m", "a")
    return Repository(folder), Repository(folder).commit("HEAD")


def of_git_files(size: int, folder: Path) -> str:
    asked, commit = repository(folder, {str(n): b"" for n in range(size)})
    return trying(lambda: len(list(asked.files(commit, "."))), NoGit)


def of_git_bytes(size: int, folder: Path) -> str:
    asked, commit = repository(folder, {"a": b"1" * size})
    blobs = [blob for _, blob in asked.files(commit, ".")]
    return trying(lambda: list(asked.contents(blobs)), NoGit)


def of_git_seconds(size: int, folder: Path) -> str:
    return by_other_git(f"import time\ntime.sleep({0 if size == LOWERED['GIT_SECONDS'] else 30})", folder)


def of_git_printed(size: int, folder: Path) -> str:
    return by_other_git(f"import os\nos.write(1, b'x' * {size})", folder)


def by_other_git(script: str, folder: Path) -> str:
    other = folder / "bin/git"
    other.parent.mkdir()
    other.write_text(f"#!{sys.executable}\n{script}\n", "utf-8")
    other.chmod(0o755)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PATH", str(other.parent))
        return trying(lambda: Repository(folder).ask("x"), NoGit)


def of_setting(size: int, _folder: Path) -> str:
    return str(_plain(["a"] * (size - 1)))


def of_setting_text(size: int, folder: Path) -> str:
    (folder / "banshi.toml").write_text(f'jurisdiction = "luzhou"\ncontact = "{"字" * size}"\n', "utf-8")
    (folder / "a.yaml").write_text("kind: ledger\n", "utf-8")
    return answer(["check", str(folder / "a.yaml"), "--project", str(folder)])


def of_commits(size: int, folder: Path) -> str:
    shutil.copytree(ROOT / "policies/luzhou/change-management", folder / "policies/luzhou/change-management")
    git(folder, "init", "-q")
    version = next((folder / "policies/luzhou/change-management").glob("2*.yaml"))
    for n in range(size):
        version.write_text(f"{version.read_text('utf-8')}# {n}\n", "utf-8")
        git(folder, "add", ".")
        git(folder, "commit", "-q", "-m", f"第 {n} 次")
    return answer(["history", "luzhou/change-management", "--project", str(folder)])


def of_inherited(size: int, folder: Path) -> str:
    for n in range(size):
        above = f"INHERIT: {n + 1}.yml\n" if n + 1 < size else ""
        (folder / f"{n}.yml").write_text(f"site_name: a\n{above}", "utf-8")
    return wanted(folder / "0.yml").broken


def of_code(size: int, folder: Path) -> str:
    deep = folder / "validators" / "/".join("d" * size)
    deep.mkdir(parents=True)
    (deep / "a.py").touch()
    return f"unfit: {len(own_code(folder, 'validators').unfit)}"


# Law, and what is said


def of_amended(size: int, folder: Path) -> str:
    notices = [[(name(n + 1), TITLE)] for n in range(size - 1)]
    return " ".join(f.message.zh for f in checked(centre(folder, [*notices, [(RULES, limit(9))]])).findings)


def of_path(size: int, _folder: Path) -> str:
    data: object = 1
    for _ in range(size):
        data = {"a": data}
    return trying(lambda: find(data, ".".join(["a"] * size)), Nowhere)


def of_digits(size: int, _folder: Path) -> str:
    document = read_text(f"a: {'9' * size}", "x").document
    assert document is not None
    return type(document.data["a"]).__name__


def of_findings(size: int, _folder: Path) -> str:
    found = Findings()
    problem = InputProblem("a/b", Place(1, 1, 1), Text("一", "one"))
    for n in range(size):
        found.append(from_input("a", problem.__class__("a/b", Place(n + 1, 1, 1), problem.message)))
    return f"{len(found)} listed, {sum(left.total() for left in found.left.values())} counted"


def of_marked(size: int, folder: Path) -> str:
    """Of a row some things are told: at the limit that many are marked, above it one of them is not."""
    path = faulty(folder / "a.xlsx", 1)
    told = len(Checker(ROOT, most=None).check([path]).findings)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("banshi.commands.check.MAX_MARKED", told + LOWERED["MAX_MARKED"] - size)
        answer(["check", str(path), "--annotate", str(folder / "out.xlsx")])
    front = openpyxl.load_workbook(folder / "out.xlsx").worksheets[0]
    return " ".join(str(row[0]) for row in front.iter_rows(values_only=True))


def of_counted(size: int, _folder: Path) -> str:
    shapes = Shapes([ROOT / "schemas"])
    else_wrong = sum(1 for _ in shapes.check({"kind": "project"}, "project"))
    unknown = {f"k{n}": 1 for n in range(limits.MAX_FINDINGS + size - 1 - else_wrong)}
    return f"counted {max(p.more for p in shapes.check({'kind': 'project', **unknown}, 'project'))}"


def of_said(size: int, _folder: Path) -> str:
    return from_input("a", InputProblem("a/b", Place(1, 1, 1), Text("字" * size, "a"))).message.zh


def of_step(size: int, _folder: Path) -> str:
    found = finding_at(
        "a", Place(1, 1, 1), "", rule="a", severity="error", message=Text("一", "a"), where=("字" * size,)
    )
    return str(found.where[0])


def findings_of(size: int) -> list[Finding]:
    return [from_input("a", InputProblem("a/b", Place(n + 1, 1, 1), Text("一", "one"))) for n in range(size)]


def of_numbered(size: int, folder: Path) -> str:
    account = table_of("工号,日期,姓名\n" + "A01,x,\n" * size, folder).accounts[0]
    return f"{len(account.unread)} told, {account.unread_more} counted"


def of_unread_told(size: int, _folder: Path) -> str:
    found = SimpleNamespace(reports=[Report(Findings(findings_of(size)))])
    return " ".join(_unread(found, "zh"))


def of_values_shown(size: int, _folder: Path) -> str:
    counted = CountedFindings()
    for n in range(size):
        counted.add("error", (f"a/r{n}", "", "", ""))
    return f"{counted.rows('rule', 'zh')[-1]}"


def of_notes(size: int, _folder: Path) -> str:
    rows = {n + 1: {1: [finding]} for n, finding in enumerate(findings_of(size))}
    return f"{notes.said(SheetMarks(rows))[1]} without"


def of_front_lines(size: int, _folder: Path) -> str:
    return first_page(Report(), findings_of(size), [], None).decode()


def of_mark(size: int, _folder: Path) -> str:
    return text_cell("", 1, 1, None, "字" * size).decode()


def of_entries(size: int, _folder: Path) -> str:
    day = datetime.date(2012, 1, 1)
    found = [FeedEntry(f"a{n}", str(n), day, f"{n}/", ()) for n in range(size)]
    told = atom(Channel("a", "甲", "乙", "a.xml", "a/"), found, day).decode()
    return f"{size - told.count('<entry>')} left out"


def of_in_force(size: int, _folder: Path) -> str:
    day = datetime.date(2012, 1, 1)
    text = SimpleNamespace(jurisdiction_name="甲")
    texts = [SimpleNamespace(text=text, since=day, holds=lambda _day: True) for _ in range(size)]
    time: Any = SimpleNamespace(instruments=["a"], line=lambda _name: texts)
    (own,) = Revisions(time, SchemaWords(Shapes([ROOT / "schemas"]))).in_force(day)
    return f"{len(own.listed)} listed, {own.left} counted"


def of_alike(size: int, _folder: Path) -> str:
    parts = {str(n): {"statement": "单项增减之和5万元以内的，为一般变更"} for n in range(size)}
    return f"{_alike({'old': parts['0']}, parts, {'old': 'norm'}, dict.fromkeys(parts, 'norm'))}"


def of_chosen(size: int, folder: Path) -> str:
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        return Session(ROOT, folder / "files").open([(f"{n}.yaml", b"kind: x\n") for n in range(size)])


def of_edited(size: int, folder: Path) -> str:
    (folder / "a.yaml").write_bytes(b"kind: x\n".ljust(size, b"#"))
    return trying(lambda: changed(folder / "a.yaml", "", 1, 1, "kind: y"), NotWritable)


def of_shown_bytes(size: int, folder: Path) -> str:
    (folder / "a.yaml").write_bytes(b"kind: x\n".ljust(size, b"#"))
    return f"{len(shown_file(folder / 'a.yaml', ()).sheets)} sheets"


def shown(text: str, folder: Path, lines: int = 0) -> str:
    """What of a table is shown of which so many lines are marked."""
    (folder / "a.csv").write_text(text, "utf-8")
    name = delimited(folder / "a.csv").name
    (sheet,) = shown_file(folder / "a.csv", [(name, n + 1, 1) for n in range(lines)]).sheets
    return f"{sheet.rows[0]} {sheet.left} left"


def of_shown_cell(size: int, folder: Path) -> str:
    """Shown in part above it, and then not changed there."""
    told = shown(f"{'字' * size},1\n2,3\n", folder)
    kept = trying(lambda: changed(folder / "a.csv", delimited(folder / "a.csv").name, 1, 1, "甲"), NotWritable)
    assert ("只显示开头" in told) == ("NotWritable" in kept)
    return told


def of_shown(size: int, _folder: Path) -> str:
    return shown_value("k" * size)
