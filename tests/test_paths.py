"""What a file names stays in its own folder, links followed; links out of a walked folder are said, not followed."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, banshi, write_yaml

from banshi.base.folders import real_path
from banshi.checking.checker import Checker
from banshi.files.report import Report

SECRET = "根:秘密:0:0"


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    """A folder elsewhere, with files of every kind that could be named."""
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    for name in ("secret.yaml", "secret.csv", "secret.txt"):
        (folder / name).write_text(f"{SECRET}\n", encoding="utf-8")
    shutil.copy(ROOT / "examples/cases/yangliqu/办件.csv", folder / "办件.csv")
    shutil.copy(ROOT / "examples/parallel/investment/catalogue.yaml", folder / "catalogue.yaml")
    shutil.copytree(ROOT / "examples/attendance/2010-02", folder / "attendance")
    return folder


def checked(*paths: Path, within: Path | None = None, attachments: Path | None = None) -> Report:
    checker = Checker(ROOT, attachments=attachments)
    checker.loader.within = within
    return checker.check(list(paths))


def rules(report: Report) -> list[str]:
    return [finding.rule for finding in report.findings]


def case_log(folder: Path, name: str) -> Path:
    text = (ROOT / "examples/cases/yangliqu/办件登记.yaml").read_text(encoding="utf-8")
    (folder / "log.yaml").write_text(text.replace("log: 办件.csv", f"log: {name}"), encoding="utf-8")
    return folder / "log.yaml"


def parallel_case(folder: Path, name: str) -> Path:
    text = (ROOT / "examples/parallel/investment/case.yaml").read_text(encoding="utf-8")
    (folder / "case.yaml").write_text(text.replace("catalogue: catalogue.yaml", f"catalogue: {name}"), encoding="utf-8")
    return folder / "case.yaml"


def assessment(folder: Path, name: str) -> Path:
    text = (ROOT / "examples/assessment/2012-Q1.yaml").read_text(encoding="utf-8")
    one = text.partition("\n  - id: W02\n")[0]
    (folder / "a.yaml").write_text(f"{one}\nattendance: {name}\n", encoding="utf-8")
    return folder / "a.yaml"


NAMED: dict[str, tuple[Callable[[Path, str], Path], str]] = {
    "log": (case_log, "办件.csv"),
    "catalogue": (parallel_case, "catalogue.yaml"),
    "attendance": (assessment, "attendance"),
}


@pytest.mark.parametrize("key", NAMED)
@pytest.mark.parametrize("way", ["up", "absolute", "link", "link to a folder", "roundabout"])
def test_a_file_outside_is_refused_at_its_key_unless_allowed(key: str, way: str, outside: Path, tmp_path: Path) -> None:
    folder = tmp_path / "theirs"
    folder.mkdir()
    make, name = NAMED[key]
    (folder / "out").symlink_to(outside)
    (folder / "one").symlink_to(outside / name)
    ways = {
        "up": f"../elsewhere/{name}",
        "absolute": str(outside / name),
        "link": "one",
        "link to a folder": f"out/{name}",
        "roundabout": f"out/../elsewhere/{name}",
    }
    file = make(folder, ways[way])
    found = [f for f in checked(file).findings if f.rule == "input/outside"]
    assert [f.where for f in found] == [(key,)]
    assert "--within" in found[0].fix.zh and found[0].line > 1
    assert "input/outside" not in rules(checked(file, within=tmp_path))


ODD = [
    *(
        "~/secret.csv",
        "~root/secret.csv",
        "..\\elsewhere\\secret.csv",
        "C:\\secret.csv",
        "\\\\host\\secret.csv",
        "NUL",
        "CON.csv",
    ),
    *(
        "/dev/stdin",
        "/dev/zero",
        "/proc/self/environ",
        "a\0b",
        "x" * 300,
        ".",
        "./",
        "file:///etc/passwd",
        "%2e%2e/secret.csv",
    ),
    *(
        "．．/elsewhere/secret.csv",
        "a/../../elsewhere/secret.csv",
        "http://evil.example/a.csv",
        "$HOME/secret.csv",
        "*.csv",
        "-",
    ),
]


@pytest.mark.parametrize("key", NAMED)
@pytest.mark.parametrize("name", ODD, ids=lambda name: repr(name[:20]))
def test_odd_names_are_told_and_nothing_of_them_is_read(key: str, name: str, outside: Path, tmp_path: Path) -> None:
    """Names of other systems, of devices, of a home, of hosts: none is expanded, waited for or followed."""
    assert outside.is_dir()
    folder = tmp_path / "own"
    folder.mkdir()
    report = checked(NAMED[key][0](folder, json.dumps(name)))
    assert any(f.severity == "error" for f in report.findings), rules(report)
    assert not report.failed and all(SECRET not in f.message.zh + f.source_line for f in report.findings)


@pytest.mark.parametrize("key", ["log", "catalogue"])
@pytest.mark.parametrize("name", ["secret.yaml", "secret.csv", "secret.txt"])
def test_nothing_of_a_file_outside_is_printed(key: str, name: str, outside: Path, tmp_path: Path) -> None:
    folder = tmp_path / "theirs"
    folder.mkdir()
    file = NAMED[key][0](folder, f"../elsewhere/{name}")
    told = [(f.message.zh, f.fix.zh, f.source_line) for f in checked(file).findings]
    assert told and not any(SECRET.split(":")[1] in part for one in told for part in one)


@pytest.mark.parametrize(
    "name",
    [
        "project.yaml",
        "changes/001.yaml",
        "changes/002.yaml",
        "changes",
        "more.jsonl",
        "table.csv",
        "folder",
        "form.docx",
        "log.dat",
    ],
)
def test_a_link_out_of_the_folder_is_an_error_and_not_followed(
    name: str, sound_project: Path, outside: Path, tmp_path: Path
) -> None:
    link = sound_project / name
    target = outside if name in ("changes", "folder") else outside / f"secret.{'csv' if name[-3:] == 'csv' else 'yaml'}"
    shutil.rmtree(link) if link.is_dir() else link.unlink(missing_ok=True)
    link.symlink_to(target)
    for path in (sound_project, sound_project / "project.yaml") if name != "project.yaml" else (sound_project,):
        report = checked(path)
        told = [f for f in report.findings if f.rule == "input/link"]
        if path == sound_project:
            assert [Path(f.path).name for f in told] == [Path(name).name]
        assert not any(SECRET in f.source_line or SECRET in f.message.zh for f in report.findings)


@pytest.mark.parametrize("what", ["a version", "its folder", "a calendar"])
def test_law_that_is_a_link_out_of_the_project_is_not_read(what: str, outside: Path, tmp_path: Path) -> None:
    """Nothing of it is printed, whichever command asks for the law, and nothing is judged as if it were not there."""
    project = tmp_path / "project"
    shutil.copytree(ROOT / "examples/linjiang", project)
    law = project / "policies/linjiang"
    link = {
        "a version": "change-rules/2026-01-01.yaml",
        "its folder": "change-rules",
        "a calendar": "working-days/2026.yaml",
    }
    (outside / "2026-01-01.yaml").write_text(f"{SECRET}\n", encoding="utf-8")
    path = law / link[what]
    shutil.rmtree(path) if path.is_dir() else path.unlink()
    path.symlink_to(outside if what == "its folder" else outside / "2026-01-01.yaml")
    for words in (
        ["tier", "change"],
        ["due", "--complete", "2026-03-02", "--step", "competent_approval"],
        ["text", "linjiang/change-rules"],
    ):
        done = banshi(*words, cwd=project)
        assert "秘密" not in done.stdout + done.stderr
        if what != "a calendar" or words[0] == "due":
            assert done.returncode and "通到项目外面的链接" in done.stdout + done.stderr, done


def test_a_link_that_stays_inside_is_followed(sound_project: Path, sound_ledger: dict[str, Any]) -> None:
    write_yaml(sound_project / "kept.json", sound_ledger["changes"][0])
    form = sound_project / "changes/001.yaml"
    form.unlink()
    form.symlink_to(sound_project / "kept.json")
    assert "input/link" not in rules(checked(sound_project))


def test_what_the_person_names_is_read_even_if_it_is_a_link(sound_project: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(sound_project)
    (tmp_path / "form.yaml").symlink_to(sound_project / "project.yaml")
    assert rules(checked(tmp_path / "link")) == []
    assert "input/link" not in rules(checked(tmp_path / "form.yaml"))


@pytest.mark.parametrize("name", ["打卡.csv", "考勤.xlsx"])
def test_a_table_beside_a_register_that_is_a_link_out_is_no_part_of_it(
    name: str, tmp_path: Path, outside: Path
) -> None:
    folder = tmp_path / "register"
    shutil.copytree(ROOT / "examples/attendance/2010-02", folder)
    (folder / "打卡.csv").unlink()
    (folder / name).symlink_to(outside / "secret.csv")
    report = checked(folder / "register.yaml")
    assert [f.path for f in report.findings if f.rule == "input/link"] == [(folder / name).as_posix()]
    assert not any(SECRET in f.source_line for f in report.findings)


@pytest.mark.parametrize("name", ["../a.pdf", "/etc/passwd", "C:\\a.pdf", "x/../../a.pdf", "..", "\\\\host\\a"])
def test_an_attachment_outside_is_an_error_with_or_without_the_folder(
    name: str, sound_project: Path, tmp_path: Path
) -> None:
    form = sound_project / "changes/001.yaml"
    data = json.loads(form.read_text(encoding="utf-8"))
    write_yaml(form, {**data, "attachments": [{"kind": "basis", "file": name}]})
    for folder in (None, tmp_path):
        found = [f for f in checked(sound_project, attachments=folder).findings if f.rule == "change/attachments-exist"]
        assert [f.where for f in found] == [("attachments", 0, "file")]
        assert "外面" in found[0].message.zh


def test_a_link_out_of_the_attachments_is_no_attachment(sound_project: Path, tmp_path: Path, outside: Path) -> None:
    form = sound_project / "changes/001.yaml"
    data = json.loads(form.read_text(encoding="utf-8"))
    write_yaml(form, {**data, "attachments": [{"kind": "basis", "file": "a.txt"}]})
    attached = tmp_path / "attached"
    attached.mkdir()
    (attached / "a.txt").symlink_to(outside / "secret.txt")
    assert "change/attachments-exist" in rules(checked(sound_project, attachments=attached))
    (attached / "a.txt").unlink()
    (attached / "a.txt").write_text("", encoding="utf-8")
    assert "change/attachments-exist" not in rules(checked(sound_project, attachments=attached))


def test_links_in_a_circle_are_followed_by_nobody(tmp_path: Path) -> None:
    """``Path.resolve`` fails at them, in the Pythons before 3.13: the engine asks ``real_path`` instead."""
    (tmp_path / "a.yaml").symlink_to("b.yaml")
    (tmp_path / "b.yaml").symlink_to("a.yaml")
    assert real_path(tmp_path / "a.yaml").parent == real_path(tmp_path)
    done = banshi("impact", "@2026-06-30", "@2026-07-01", str(tmp_path / "a.yaml"), cwd=ROOT / "examples/linjiang")
    assert done.returncode == 2 and "读不出：链接绕成了圈" in done.stderr
    texts = [path.read_text("utf-8").replace("(__file__).resolve()", "") for path in (ROOT / "src").rglob("*.py")]
    assert not any(".resolve()" in text for text in texts)
