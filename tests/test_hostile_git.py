"""A repository that others made: nothing of it runs, nothing outside it is read, and a few bytes do not become many."""

import contextlib
import os
import subprocess
from pathlib import Path

import pytest
from conftest import write_yaml
from test_diff_command import git
from test_since import FILE, raised, repository

from banshi.cli import main
from banshi.files import git as asking
from banshi.files.git import NoGit, Repository

__all__ = ("repository",)  # a fixture
ASKED = [
    ("check", "policies", "--since", "main"),
    ("diff", "main"),
    ("history", "linjiang/change-rules", "--blame", "larger-single"),
    ("history", "linjiang/change-rules", "--told-wrong"),
    ("impact", "main", ".", "policies"),
]
PROGRAMS = [
    *("core.fsmonitor", "core.pager", "core.sshCommand", "core.editor", "core.askPass", "core.gitProxy"),
    *("diff.external", "diff.x.textconv", "diff.x.command", "filter.x.clean", "filter.x.smudge", "filter.x.process"),
    *("gpg.program", "gpg.ssh.program", "pager.log", "pager.blame", "credential.helper", "remote.origin.uploadpack"),
    *("trace2.eventTarget", "core.alternateRefsCommand", "uploadpack.packObjectsHook", "merge.x.driver"),
]
ANSWERED = "banshi: "


@pytest.mark.parametrize("words", ASKED, ids=" ".join)
def test_nothing_of_it_runs(words: tuple[str, ...], repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bait, trap = repository / "ran", repository / "trap.sh"
    trap.write_text(f'#!/bin/sh\ntouch {bait}\ncat "$1" 2>/dev/null\n', encoding="utf-8")
    trap.chmod(0o755)
    write_yaml(repository / FILE, raised())
    (repository / ".gitattributes").write_text("*.yaml diff=x filter=x merge=x\n", encoding="utf-8")
    for hook in ("post-checkout", "post-index-change", "pre-commit", "reference-transaction", "fsmonitor-watchman"):
        (repository / ".git/hooks").mkdir(exist_ok=True)
        os.link(trap, repository / ".git/hooks" / hook)
    for key in PROGRAMS:
        git(repository, "config", key, str(trap))
    git(repository, "config", "core.hooksPath", str(repository / ".git/hooks"))
    git(repository, "config", "log.showSignature", "true")
    git(repository, "config", "remote.origin.url", f"ext::{trap}")
    git(repository, "config", "remote.origin.promisor", "true")
    git(repository, "config", "extensions.partialClone", "origin")
    for path in sorted((repository / ".git/objects").glob("??/*"))[:3]:
        path.unlink()  # what is missing would be fetched from there
    bait.unlink(missing_ok=True)
    monkeypatch.chdir(repository)
    assert main([*words, "--project", "."]) in (0, 1, 2)
    assert not bait.exists()


@pytest.mark.parametrize("words", ASKED, ids=" ".join)
@pytest.mark.parametrize("elsewhere", ["/etc", "/", "../../nowhere", "policies"])
def test_a_work_tree_somewhere_else(
    words: tuple[str, ...],
    elsewhere: str,
    repository: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    git(repository, "config", "core.worktree", elsewhere)
    monkeypatch.chdir(repository)
    status = main([*words, "--project", "."])
    out, err = capsys.readouterr()
    assert status in (0, 1, 2) and "内部错误" not in out + err
    assert status != 2 or (err.startswith(ANSWERED) and err.count("\n") == 1)


@pytest.mark.parametrize(
    "revision",
    ["--output=made", "-h", "--exec=touch made", "main --all", "main:policies", ":/x", "@{-1}", "", "\x1b[31m"],
)
def test_a_revision_that_looks_like_an_option(
    revision: str, repository: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(repository)
    for words in (["check", "policies", f"--since={revision}"], ["diff", "--", revision or " "]):
        with contextlib.suppress(SystemExit):
            assert main(words) == 2
        err = capsys.readouterr().err
        assert err.startswith(ANSWERED) and err.count("\n") == 1 and "\x1b" not in err and "内部错误" not in err
    assert not (repository / "made").exists()


def test_a_name_that_leads_out_is_left_aside(repository: Path) -> None:
    blob = stored(repository, "blob", b"kind: policy\n")
    entry = bytes.fromhex(blob)
    tree = stored(repository, "tree", b"100644 ..\0" + entry + b"100644 a.yaml\0" + entry)
    above = stored(repository, "tree", b"40000 ..\0" + bytes.fromhex(tree) + b"40000 policies\0" + bytes.fromhex(tree))
    who = b"a <a@example.invalid> 0 +0000\n"
    text = b"tree " + above.encode() + b"\nauthor " + who + b"committer " + who + b"\nx\n"
    commit = stored(repository, "commit", text)
    assert [name for name, _ in Repository(repository).files(commit, ".")] == ["policies/a.yaml"]


def stored(repository: Path, sort: str, data: bytes) -> str:
    words = ["git", "-C", str(repository), "hash-object", "-t", sort, "-w", "--stdin", "--literally"]
    return subprocess.run(words, input=data, check=True, capture_output=True).stdout.decode().strip()


def test_a_small_repository_with_much_in_it(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is too large, alone or together, is not even asked for."""
    monkeypatch.setattr(asking, "MAX_BYTES", 1000)
    monkeypatch.setattr(asking, "GIT_BYTES", 5000)
    large, small = (stored(repository, "blob", b"a" * size) for size in (1001, 1000))
    told = Repository(repository)
    assert list(told.contents([large, small, "0" * 40, small])) == [None, b"a" * 1000, None, b"a" * 1000]
    assert len(list(told.contents([small] * 5))) == 5
    with pytest.raises(NoGit):
        list(told.contents([small] * 6))
