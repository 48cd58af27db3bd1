"""A repository that others made: nothing of it runs, nothing outside it is read, and a few bytes do not become many."""

import contextlib
import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from conftest import banshi, write_yaml
from test_diff import LINJIANG
from test_diff_command import git, put
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


def test_a_tree_of_trees_without_end(
    repository: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Ten files, ten folders deep, ten of each: ten thousand million names in two kilobytes."""
    held, mode = stored(repository, "blob", b"kind: policy\n"), "100644"
    for _ in range(9):
        entries = (f"{mode} {n}.yaml\0".encode() + bytes.fromhex(held) for n in range(10))
        held, mode = stored(repository, "tree", b"".join(entries)), "40000"
    top = stored(repository, "tree", b"40000 policies\0" + bytes.fromhex(held))
    who = b"a <a@example.invalid> 0 +0000\n"
    text = b"tree " + top.encode() + b"\nauthor " + who + b"committer " + who + b"\nx\n"
    git(repository, "branch", "bomb", stored(repository, "commit", text))
    monkeypatch.setattr(asking, "GIT_PRINTED", 1_000_000)
    monkeypatch.chdir(repository)
    for words in (["check", "policies", "--since", "bomb"], ["diff", "bomb"], ["impact", "bomb", ".", "policies"]):
        assert main([*words, "--project", "."]) == 2
        assert "git 的答复超过" in capsys.readouterr().err


def test_a_git_of_the_folder_is_not_run(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = repository / "git"
    own.write_text(f"#!/bin/sh\ntouch {repository / 'ran'}\n", encoding="utf-8")
    own.chmod(0o755)
    monkeypatch.chdir(repository)
    for first in (".", "", "policies/.."):
        monkeypatch.setenv("PATH", os.pathsep.join((first, os.environ["PATH"])))
        assert main(["diff", "main", "--project", "."]) == 0
    assert not (repository / "ran").exists()


@pytest.mark.parametrize("words", ASKED, ids=" ".join)
@pytest.mark.parametrize("place", ["config", "HEAD", "packed-refs", "shallow", "include"])
def test_a_pipe_among_its_files(
    place: str,
    words: tuple[str, ...],
    repository: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """It is waited for once, for a bounded time, and that is what is told."""
    pipe = repository / ".git" / place
    pipe.unlink(missing_ok=True)
    os.mkfifo(pipe)
    if place == "include":
        git_settings = repository / ".git/config"
        git_settings.write_text(f"{git_settings.read_text('utf-8')}[include]\npath = {pipe}\n", encoding="utf-8")
    monkeypatch.setattr(asking, "GIT_SECONDS", 0.2)
    monkeypatch.chdir(repository)
    status = main([*words, "--project", "."])
    said = "".join(capsys.readouterr())
    assert status == 2 or words[0] == "history"
    # Where nothing was corrected, no commits are asked for.
    assert ("秒没有答复" in said) is ("--told-wrong" not in words) and "内部错误" not in said


def borrowing(theirs: Path, mine: Path, how: str) -> None:
    """Make ``mine`` show what is of another repository."""
    objects = mine / ".git/objects"
    if how in ("alternates", "relative"):
        (objects / "info").mkdir(exist_ok=True)
        store = str(theirs / ".git/objects")
        (objects / "info/alternates").write_text(
            os.path.relpath(store, objects) if how == "relative" else store, "utf-8"
        )
    elif how == "a pipe":
        (objects / "info").mkdir(exist_ok=True)
        os.mkfifo(objects / "info/alternates")
    elif how in ("objects", "pack"):
        place = objects if how == "objects" else objects / "pack"
        shutil.rmtree(place)
        place.symlink_to(theirs / place.relative_to(mine))
    elif how == "commondir":
        (mine / ".git/commondir").write_text(str(theirs / ".git"), encoding="utf-8")
    else:
        shutil.rmtree(mine / ".git")
        if how == "a link":
            (mine / ".git").symlink_to(theirs / ".git")
        else:
            (mine / ".git").write_text(f"gitdir: {theirs / '.git'}\n", encoding="utf-8")


@pytest.mark.parametrize(
    "how", ["alternates", "relative", "a pipe", "objects", "pack", "commondir", "a link", "another's gitdir"]
)
def test_what_is_of_another_repository_is_not_read(
    how: str, repository: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    theirs = tmp_path_factory.mktemp("theirs")
    git(theirs, "init", "-q", "-b", "main")
    (theirs / "a.txt").write_text("geheim\n", encoding="utf-8")
    git(theirs, "add", ".")
    git(theirs, "commit", "-qm", "geheim")
    borrowing(theirs, repository, how)
    for words in (("log", "--format=%s"), ("ls-tree", "HEAD"), ("cat-file", "--batch-all-objects", "--batch-check")):
        with pytest.raises(NoGit) as refused:
            Repository(repository).ask(*words)
        assert "没有读" in refused.value.why.zh
    done = banshi("diff", "main", cwd=repository)
    assert done.returncode == 2 and "geheim" not in done.stdout + done.stderr and done.stderr.count("\n") == 1


def test_a_work_tree_or_submodule_of_ones_own_is_read(
    repository: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    other = tmp_path_factory.mktemp("other")
    git(repository, "worktree", "add", "-q", str(other / "tree"))
    git(other, "init", "-q", "-b", "main", "whole")
    git(other / "whole", "-c", "protocol.file.allow=always", "submodule", "-q", "add", str(repository), "part")
    for folder in (repository, other / "tree", other / "whole/part", other / "tree/policies"):
        assert Repository(folder).ask("log", "-1", "--format=%s", "HEAD") == b"first\n"


def test_an_object_that_unpacks_to_very_much(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Git gives up at what it would have to hold at once; a commit of a few kilobytes may say as much as it likes."""
    message = repository.parent / "message"
    message.write_bytes(b"a" * (4 << 20))
    git(repository, "commit", "--allow-empty", "-q", "-F", str(message))
    assert Repository(repository).ask("log", "-1", "--format=%s", "HEAD").startswith(b"aaa")
    monkeypatch.setattr(asking, "GIT_PRINTED", 1 << 20)
    with pytest.raises(NoGit):
        Repository(repository).ask("log", "-1", "--format=%H", "HEAD")


def test_names_and_messages_of_commits_are_told_as_they_are(
    repository: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What ends a line or a field elsewhere, in any coding that the settings ask for."""
    data = (repository / FILE).read_text(encoding="utf-8")
    at = data.index("\n", data.index("larger-single"))
    spoof = f" # \u2028{'a' * 40} 1 1 1\u2028\tx\u2028author 别人\u2028summary 别的"
    (repository / FILE).write_text(data[:at] + spoof + data[at:], encoding="utf-8")
    git(repository, "-c", "user.name=甲\x1f乙\x1e丙", "commit", "-qam", "一\x1e二\x1f三\u2028author 别人")
    secret = repository.parent / "secret"
    secret.write_text("what is not of this repository\n", encoding="utf-8")
    for key, value in ODD_SETTINGS.items():
        git(repository, "config", key, value or str(secret))
    os.mkfifo(repository / ".git/order")  # whoever reads it waits for ever
    git(repository, "config", "diff.orderFile", str(repository / ".git/order"))
    monkeypatch.chdir(repository)
    assert (
        main(["history", "linjiang/change-rules", "--blame", "larger-single", "--format", "json", "--project", "."])
        == 0
    )
    told = json.loads(capsys.readouterr().out)
    assert [each["who"] for each in told["commits"]] == ["甲\x1f乙\x1e丙", "甲"]
    assert told["commits"][0]["why"] == "一\x1e二\x1f三\u2028author 别人"
    assert {each["who"] for each in told["blame"]} == {"甲\x1f乙\x1e丙", "甲"}
    assert all(len(each["commit"]) == 40 and each["commit"] != "a" * 40 for each in told["blame"])


ODD_SETTINGS = {
    "i18n.logOutputEncoding": "UTF-16",
    "i18n.commitEncoding": "UTF-8",
    "color.ui": "always",
    "log.date": "relative",
    "log.decorate": "full",
    "log.follow": "true",
    "log.showRoot": "false",
    "blame.showEmail": "true",
    "blame.ignoreRevsFile": "",
    "mailmap.file": "",
    "column.ui": "always",
    "blame.markUnblamableLines": "true",
    "diff.noprefix": "true",
    "log.diffMerges": "on",
}


def test_commits_named_by_longer_digests(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    put(tmp_path / FILE, LINJIANG)
    git(tmp_path, "init", "-q", "-b", "main", "--object-format=sha256")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-qm", "first")
    monkeypatch.chdir(tmp_path)
    for words in ASKED:
        assert main([*words, "--project", "."]) in (0, 1, 2)
        out, err = capsys.readouterr()
        assert "内部错误" not in err
        assert words[-2] != "--blame" or "first" in out
