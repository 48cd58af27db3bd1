"""A disk that fills in the middle of a write: one plain line, status 2, what was there is whole, and nothing new is left."""

import contextlib
import errno
import gc
import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import ROOT
from lengths import LONG, longer

from banshi.base import writing
from banshi.base.command_names import COMMANDS, WITH_RECEIPT
from banshi.base.writing import MadeFiles, NotWritten, why_said
from banshi.cli import main

resource = pytest.importorskip("resource", reason="no limit on the size of a file can be set here")

EXAMPLES = ROOT / "examples"
_MOST = 200  # bytes that a file may have
# Commands that write nothing but their answer to standard output; the site's pages go through ``_run_mkdocs`` and ``swap``.
# What ``batch`` has judged stays beside its results (``test_batch.py``).
ASIDE = {"build", "serve", "explain", "test", "replay", "coverage", "batch"}


@pytest.fixture(autouse=True)
def _a_run_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the commands before this one have read is no matter."""
    monkeypatch.setattr(writing, "_read", set())


@contextlib.contextmanager
def nearly_full(most: int = _MOST) -> Iterator[None]:
    """No file may grow beyond so many bytes: what is written stops in the middle, as where a disk is full.

    Nothing is compiled to be kept meanwhile: Python would not notice that half of it is missing.
    """
    (soft, hard), kept = resource.getrlimit(resource.RLIMIT_FSIZE), sys.dont_write_bytecode
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, hard))
    sys.dont_write_bytecode = True
    try:
        yield
    finally:
        sys.dont_write_bytecode = kept
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def snapshot(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): b"/" if p.is_dir() else p.read_bytes() for p in sorted(folder.rglob("*"))}


def answers(*words: str, formats: tuple[str, ...]) -> list[tuple[str, ...]]:
    return [(*words, "--format", form, "-o", "{}/out", "--force") for form in formats]


LAWS = tuple(f"linjiang/policies/linjiang/{name}/2026-01-01.yaml" for name in ("change-rules", "window-assessment"))
OF_CHANGE, OF_LAW = ("change/binhe-road",), ("linjiang/change-rules", "--project", "linjiang")
WRITING: dict[str, list[tuple[str, ...]]] = {
    "check": [
        ("check", "{}/in.xlsx", "--annotate", "{}/out.xlsx", "--force"),
        ("check", "../tests/cases/change/binhe-road-faulty", "--format", "csv", "-o", "{}/out", "--force"),
    ],
    "attendance": answers("attendance", "attendance/2010-02", formats=("text", "json", "xlsx", "html")),
    "assess": [
        *answers("assess", "assessment/2012-Q1.yaml", formats=("text", "json", "xlsx", "html")),
        ("assess", "--template", "{}/out.xlsx", "--quarter", "2012-Q1", "--jurisdiction", "luzhou", "--force"),
    ],
    "cases": [
        *answers("cases", "cases/city", formats=("text", "json", "xlsx", "html")),
        ("cases", "cases/city", "--quarter", "2012-Q1", "--assessment", "{}/out.yaml", "--force"),
    ],
    "publicity": answers("publicity", *OF_CHANGE, "--change", "1", formats=("text", "json", "html", "xlsx", "docx")),
    "notice": answers(
        "notice", "parallel/registration/case.yaml", "--from", "2012-01-16", formats=("text", "json", "html")
    ),
    "schedule": answers("schedule", "parallel/investment/case.yaml", formats=("text", "json", "xlsx", "html")),
    "form": answers("form", "parallel/registration", formats=("text", "json", "xlsx", "html")),
    "tier": [("tier", *OF_CHANGE, "--receipt", "{}/receipt.json")],
    "due": [("due", *OF_CHANGE, "--receipt", "{}/receipt.json")],
    "diff": answers("diff", *LAWS, formats=("text", "markdown", "json", "html")),
    "impact": answers("impact", *LAWS, *OF_CHANGE, formats=("text", "json", "xlsx", "html")),
    "text": answers("text", *OF_LAW, "--on", "2026-08-01", formats=("text", "json")),
    "history": answers("history", *OF_LAW, formats=("text", "json")),
    "convert": [("convert", *OF_CHANGE, f"{{}}/{name}", "--force") for name in ("out.yaml", "out.jsonl", "out.xlsx")]
    + [("convert", *OF_CHANGE, "{}/folder")],
    "fix": [("fix", "{}/in.yaml")],
    "init": [("init", "{}/new", "--name", "样例中心", "--jurisdiction", "chengxi")],
    "new": [
        ("new", "rule", "change/mine", "--project", "{}/project"),
        ("new", "instrument", "demo", "--from", "2026-01-01", "--project", "{}/project"),
        ("new", "filing", "{}/project/filings/mine", "--project", "{}/project"),
    ],
    "schema": [("schema", "{}/schemas")],
    "trust": [("trust", "--yes", "{}/trusted")],
}
RUNS = [words for each in WRITING.values() for words in (each if LONG else each[:1] + each[1:][-1:])]


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the commands read or would replace: their own files of before, a project, one with code of its own."""
    folder = tmp_path_factory.mktemp("disk")
    for name in ("out", "out.xlsx", "out.yaml", "out.jsonl"):
        (folder / name).write_text("原来的\n", encoding="utf-8")
    shutil.copy(EXAMPLES / "attendance/2010-03/考勤登记.xlsx", folder / "in.xlsx")
    loose = (ROOT / "validators/change/_example.yaml").read_text(encoding="utf-8")
    assert "filed_on: 2012-03-05" in loose
    (folder / "in.yaml").write_text(loose.replace("filed_on: 2012-03-05", "filed_on: 2012年3月5日"), encoding="utf-8")
    assert main(["init", str(folder / "project"), "--name", "样例中心", "--jurisdiction", "chengxi"]) == 0
    (folder / "trusted/validators/change").mkdir(parents=True)
    for n in range(4):
        (folder / f"trusted/validators/change/own_rule_{n}.py").write_text('"""。"""\n', encoding="utf-8")
    (folder / "trusted/banshi.toml").write_text("", encoding="utf-8")
    return folder


@longer
@pytest.mark.parametrize("words", RUNS, ids=" ".join)
def test_what_was_there_is_whole_and_nothing_is_new(
    words: tuple[str, ...],
    prepared: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(EXAMPLES)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    if words[0] == "convert":  # which reads again what it would write: that a disk for it is full is another test
        monkeypatch.setattr("banshi.commands.convert._same_again", lambda *_: None)
    loud = list[object]()
    monkeypatch.setattr(sys, "unraisablehook", loud.append)
    before = snapshot(prepared)
    gc.freeze()  # what stood before this run need not be looked through after it
    with nearly_full():
        status = main([word.format(prepared) for word in words])
    gc.collect()
    assert not loud, "what was left half-written ends itself in silence"
    said = [line for line in capsys.readouterr().err.splitlines() if line.startswith("banshi: ")]
    assert status == 2 and len(said) == 1 and "超过允许的文件大小" in said[0], said
    assert snapshot(prepared) == before
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


@pytest.mark.parametrize("command", WITH_RECEIPT)
def test_a_receipt(
    command: str, prepared: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(EXAMPLES)
    words = ("check", "change") if command == "check" else _asked(command)
    before = snapshot(prepared)
    with nearly_full():
        status = main([*words, "--receipt", str(prepared / "receipt.json")])
    said = [line for line in capsys.readouterr().err.splitlines() if "写不了" in line]
    assert status == 2 and len(said) == 1
    assert snapshot(prepared) == before


def _asked(command: str) -> tuple[str, ...]:
    """A command without where its answer goes."""
    words = WRITING[command][0]
    return words[: min(words.index(word) for word in ("--format", "--receipt") if word in words)]


def test_the_disk_on_which_a_conversion_is_proved(prepared: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = snapshot(prepared)
    with nearly_full():
        status = main(["convert", str(EXAMPLES / OF_CHANGE[0]), str(prepared / "out.yaml"), "--force"])
    assert status == 2 and capsys.readouterr().err.strip() == "banshi: 结果没有写完：超过允许的文件大小"
    assert snapshot(prepared) == before


def test_every_command_is_looked_at() -> None:
    assert set(WRITING) | ASIDE == set(COMMANDS)


@pytest.mark.parametrize("stop", [errno.ENOSPC, errno.EDQUOT, errno.EIO])
def test_what_another_program_says_of_the_system_is_told_in_our_words(stop: int) -> None:
    assert why_said(f"{os.strerror(stop)}: 'a' -> 'b'").zh in ("磁盘满了", "磁盘配额用完了", "磁盘读写出错")
    assert why_said("something else").zh == "something else"


def test_what_somebody_else_put_into_a_new_folder_stays(tmp_path: Path) -> None:
    def making() -> None:
        with MadeFiles() as made:
            made.folder(tmp_path / "a/b")
            made.file(tmp_path / "a/b/ours", b"1")
            (tmp_path / "a/theirs").write_bytes(b"2")
            made.file(tmp_path / "a/theirs", b"3")

    with pytest.raises(NotWritten):
        making()
    assert snapshot(tmp_path) == {"a": b"/", "a/theirs": b"2"}


@pytest.mark.skipif(sys.platform != "linux", reason="a device that is always full")
def test_the_limit_stands_for_a_full_disk(tmp_path: Path) -> None:
    with nearly_full(10), pytest.raises(OSError, match="large") as error:
        (tmp_path / "a").write_bytes(b"x" * 100)
    assert error.value.errno == errno.EFBIG and (tmp_path / "a").stat().st_size == 10
