"""A check of lines that is interrupted goes on where it stopped, to the same bytes; what is something else is not taken over."""

from pathlib import Path
from typing import Any

import pytest
from conftest import banshi as banshi_at
from test_batch import AS_OF, ledgers

from banshi import cli
from banshi.base import limits
from banshi.checking.checker import Checker

ENDS = ("in.jsonl", "--all", *AS_OF)


@pytest.fixture(scope="module")
def lines() -> list[bytes]:
    return ledgers(26)


@pytest.fixture
def here(tmp_path: Path, lines: list[bytes], monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "in.jsonl").write_bytes(b"".join(lines))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(limits, "LINES_AT_ONCE", 12_000)
    return tmp_path


def banshi(*words: str) -> Any:
    return banshi_at("check", *words, cwd=Path.cwd())


class Counted:
    """Judges so many shares, then is interrupted as by Ctrl-C; how many it was asked for."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, after: int = 10**9) -> None:
        self.asked, judged = 0, Checker.of_one

        def of_one(checker: Checker, unit: Any) -> Any:
            self.asked += 1
            if self.asked > after:
                raise KeyboardInterrupt
            return judged(checker, unit)

        monkeypatch.setattr(Checker, "of_one", of_one)


def interrupted(monkeypatch: pytest.MonkeyPatch, after: int, *words: str) -> Any:
    with monkeypatch.context() as stopped:
        Counted(stopped, after)
        return banshi(*words)


def test_it_goes_on_to_the_same_bytes(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = banshi(*ENDS, "--format", "json", "-o", "plain.json")
    with monkeypatch.context() as counting:
        whole = Counted(counting)
        banshi(*ENDS, "--format", "json", "-o", "again.json", "--jobs", "1")
    resume = (*ENDS, "--format", "json", "--resume", "-o", "out.json", "--jobs", "1")
    for after in (2, 1):
        done = interrupted(monkeypatch, after, *resume)
        assert done.returncode == cli.INTERRUPTED and "out.json.unfinished" in done.stderr, done.stderr
        assert not (here / "out.json").exists()
        with open(here / "out.json.unfinished", "ab") as state:
            state.write(b"\x07\x00")  # what was being written when the power failed
    with monkeypatch.context() as counting:
        rest = Counted(counting)
        done = banshi(*resume)
    assert (done.returncode, done.stderr) == (plain.returncode, plain.stderr) and plain.returncode == 1
    assert (here / "out.json").read_bytes() == (here / "plain.json").read_bytes()
    # What several lines tell of is known of the first part by name only: once more for that.
    assert whole.asked % 2 == 0 and rest.asked == 3 * whole.asked // 2 - 3
    assert not (here / "out.json.unfinished").exists()


def test_processes_share_what_is_left(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    banshi(*ENDS, "-o", "plain.txt")
    assert interrupted(monkeypatch, 2, *ENDS, "--resume", "-o", "out.txt", "--jobs", "1").returncode == cli.INTERRUPTED
    assert banshi(*ENDS, "--resume", "-o", "out.txt", "--jobs", "2").returncode == 1
    assert (here / "out.txt").read_bytes() == (here / "plain.txt").read_bytes()


@pytest.mark.parametrize("what", ["line", "shorter", "day", "all", "state"])
def test_what_is_something_else_is_not_gone_on_with(what: str, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    words = [*ENDS, "--resume", "-o", "out.txt", "--jobs", "1"]
    interrupted(monkeypatch, 2, *words)
    path = here / "in.jsonl"
    if what == "line":
        path.write_bytes(path.read_bytes().replace("0 号路".encode(), "9 号路".encode(), 1))
    elif what == "shorter":
        path.write_bytes(path.read_bytes()[:20_000])
    elif what == "day":
        words[words.index(AS_OF[1])] = "2013-01-02"
    elif what == "all":
        words.remove("--all")
    else:
        (here / "out.txt.unfinished").write_bytes(b"x" * 100)
    done = banshi(*words)
    assert done.returncode == 2 and "--force" in done.stderr and len(done.stderr.splitlines()) == 1, done.stderr
    assert banshi(*words, "--force").returncode in (0, 1)
    assert not (here / "out.txt.unfinished").exists()


@pytest.mark.parametrize(
    "words",
    [("in.jsonl", "--resume"), ("in.yaml", "--resume", "-o", "x"), ("cases.jsonl", "--resume", "-o", "x")],
)
def test_only_lines_that_stand_for_themselves_can_be_resumed(words: tuple[str, ...], here: Path) -> None:
    (here / "in.yaml").write_text("kind: project\n", encoding="utf-8")
    (here / "cases.jsonl").write_text('{"kind": "cases", "jurisdiction": "luzhou"}\n', encoding="utf-8")
    done = banshi(*words)
    assert done.returncode == 2 and len(done.stderr.splitlines()) == 1, (done.stdout, done.stderr)
    assert not [path for path in here.iterdir() if path.name.startswith("x")]
