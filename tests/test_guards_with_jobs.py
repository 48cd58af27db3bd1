"""Links, pipes and devices are refused by whichever process looks, and nothing in the engine walks folders its own way."""

import os
import re
from pathlib import Path

import pytest
from conftest import ROOT

from banshi.checking import jobs, pool
from banshi.checking.checker import Checker
from banshi.cli import main
from banshi.files.discovery import change_files
from banshi.files.regular_files import Moved, stays_inside
from banshi.files.units import ProjectFolder

SECRET = "geheim-2"
PROJECT = "kind: project\nid: p{n}\njurisdiction: luzhou\nname: 甲（虚构）\n"
FORM = "kind: change\nsequence: 1\nnumber: {secret}\n"
HOSTILE = {
    "a pipe": lambda path, out: os.mkfifo(path),
    "a device": lambda path, out: path.symlink_to("/dev/zero"),
    "a link out": lambda path, out: path.symlink_to(out / "form.yaml"),
    "a link in a circle": lambda path, out: path.symlink_to(path),
    "a folder outside": lambda path, out: path.symlink_to(out),
}


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Projects that hold one hostile form each, and something that is not theirs beside them."""
    (tmp_path / "out").mkdir()
    (tmp_path / "out/form.yaml").write_text(FORM.format(secret=SECRET), "utf-8")
    (tmp_path / "out/project.yaml").write_text(PROJECT.format(n=SECRET), "utf-8")
    for n, make in enumerate(HOSTILE.values()):
        changes = tmp_path / f"in/p{n}/changes"
        changes.mkdir(parents=True)
        (changes.parent / "project.yaml").write_text(PROJECT.format(n=n), "utf-8")
        (changes / "002.yaml").write_text(FORM.format(secret="乙"), "utf-8")
        make(changes / "001.yaml", tmp_path / "out")
    return tmp_path


@pytest.fixture(autouse=True)
def small_shares(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "FOLDERS_AT_ONCE", 1)


@pytest.mark.skipif(os.name != "posix", reason="pipes")
def test_the_same_with_two_processes(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = []
    for number in ("1", "2"):
        assert main(["check", str(place / "in"), "--jobs", number]) == 1
        said.append(capsys.readouterr().out)
    assert said[0] == said[1] and SECRET not in said[0] and "内部错误" not in said[0]
    assert {f"p{n}/changes/001.yaml" for n in range(len(HOSTILE))} <= set(re.findall(r"p\d/changes/001\.yaml", said[0]))


def test_a_project_that_is_replaced_before_its_process_opens_it(
    place: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    plain = pool.Pool.take

    def take(self: object, share: list[ProjectFolder]) -> object:
        for unit in share:
            if not unit.path.is_symlink():
                unit.path.rename(place / f"was-{unit.path.name}")
                unit.path.symlink_to(place / "out")
        return plain(self, share)  # type: ignore[arg-type]

    monkeypatch.setattr(pool.Pool, "take", take)
    assert main(["check", str(place / "in"), "--jobs", "2"]) == 1
    said = capsys.readouterr().out
    assert SECRET not in said and "通到文件夹外面的链接" in said


def test_forms_are_looked_for_where_their_project_was_found(place: Path) -> None:
    folder = place / "in/p1"
    assert stays_inside(folder, place / "in")
    assert len(change_files(folder)[0]) == 2
    folder.rename(place / "was")
    folder.symlink_to(place / "out")
    with pytest.raises(Moved):
        change_files(folder)


# Why it is not ``files_below`` there.
WALKS = {
    "files/walking.py": "links to folders inside are followed, and what is refused is told with its error",
    "site/afresh.py": "what the build itself has made, empty folders too",
    "site/laying.py": "what the build itself has made, empty folders too",
    "site/pages_counted.py": "what the build itself is making",
    "base/folders.py": "its own words",
}


def test_folders_are_walked_in_one_way() -> None:
    own = re.compile(r"\brglob\b|os\.walk|(?<!\bast)\.walk\(|glob\(\s*[rf]*[\"']\*\*")
    sources = ROOT / "src/banshi"
    found = {p.relative_to(sources).as_posix() for p in sources.rglob("*.py") if own.search(p.read_text("utf-8"))}
    assert found == set(WALKS)


def test_batch_takes_no_link_out_and_no_pipe(tmp_path: Path) -> None:
    for n, make in enumerate(("a pipe", "a link out")):
        folder = tmp_path / str(n)
        folder.mkdir()
        (tmp_path / "form.yaml").write_text("{}", "utf-8")
        (folder / "b.jsonl").write_text("{}\n", "utf-8")
        HOSTILE[make](folder / "a.jsonl", tmp_path)
        out = tmp_path / f"out{n}"
        assert main(["batch", str(folder), str(out)]) == 1
        told = (out / "findings.jsonl").read_text("utf-8").splitlines()
        assert ("不是普通文件", "通到文件夹外面的链接")[n] in told[0] and len(told) == 2, "the other file's is told too"


def test_receipts_that_are_links_out_are_left_aside(tmp_path: Path) -> None:
    from banshi.commands.told_wrong import _receipts

    (tmp_path / "in").mkdir()
    (tmp_path / "out.json").write_text("{}", "utf-8")
    (tmp_path / "in/a.json").symlink_to(tmp_path / "out.json")
    os.mkfifo(tmp_path / "in/b.json")
    found, aside = _receipts([tmp_path / "in"])
    assert found == {} and [Path(each).name for each in aside] == ["a.json", "b.json"]


def test_work_that_lies_elsewhere_is_handed_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "_own", [Checker(ROOT)])
    unit = ProjectFolder(tmp_path)
    assert pool._of_share([(unit, str(tmp_path / "elsewhere"))]) == [None]
