"""Folders inside one another: walked to the limit, told above it, and a thousand of them take nothing along."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from banshi.base.folders import files_below
from banshi.base.limits import MAX_FOLDERS
from banshi.checking.checker import Checker
from banshi.cli import main

LEDGER = b"kind: ledger\njurisdiction: luzhou\nx: 1\n"


@pytest.fixture(autouse=True)
def nothing_left_behind(tmp_path: Path) -> Iterator[None]:
    """Pytest itself cannot take away folders so deep."""
    yield
    subprocess.run(["rm", "-rf", str(tmp_path / "in"), str(tmp_path / "top")], check=True)


def deep(top: Path, levels: int) -> None:
    """A ledger at the top, and one so many folders further down."""
    top.mkdir(parents=True, exist_ok=True)
    (top / "a.yaml").write_bytes(LEDGER)
    here = os.open(top, os.O_RDONLY)
    for _ in range(levels):
        os.mkdir("n", dir_fd=here)
        below = os.open("n", os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = below
    file = os.open("b.yaml", os.O_CREAT | os.O_WRONLY, dir_fd=here)
    os.write(file, LEDGER)
    os.close(file)
    os.close(here)


@pytest.mark.parametrize(("levels", "wanted"), [(MAX_FOLDERS, ("", "b")), (MAX_FOLDERS + 1, ("input/unreadable", ""))])
def test_at_the_limit_and_above_it(levels: int, wanted: tuple[str, str], tmp_path: Path) -> None:
    deep(tmp_path / "top", levels)
    findings = Checker(tmp_path).check([tmp_path / "top"]).findings
    unread, looked_at = wanted
    assert [f.rule for f in findings if f.rule == "input/unreadable"] == ([unread] if unread else [])
    assert {Path(f.path).stem for f in findings if f.rule.startswith("shape/")} == {"a", looked_at} - {""}
    assert len(list(files_below(tmp_path / "top"))) == (1 if unread else 2)


@pytest.mark.parametrize("where", ["", "policies", "policies/luzhou/x", "changes", "examples", "attachments"])
def test_a_thousand_of_them(
    where: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in/project.yaml").write_bytes(b"kind: project\nid: p\njurisdiction: luzhou\n")
    deep(tmp_path / "in" / where, 1100)
    monkeypatch.chdir(tmp_path / "in")
    for words in (
        ["check"],
        ["check", "."],
        ["check", "project.yaml", "--attachments", "."],
        ["tier", "."],
        ["test"],
        ["diff", ".", "."],
    ):
        assert main(words) in (0, 1, 2), words
        out, err = capsys.readouterr()
        assert "内部错误" not in out + err and "Traceback" not in err, (words, err)
