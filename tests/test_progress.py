"""How far long work has come: on a terminal alone, never above the whole, and said where it is interrupted."""

import contextlib
import io
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from conftest import ROOT
from lengths import longer, some

from banshi import cli
from banshi.base.command_names import WITH_PROGRESS
from banshi.base.text import Text
from banshi.checking.checker import Checker
from banshi.files.regular_files import open_regular
from banshi.output import progress
from banshi.output.progress import Interrupted, Progress, size_of
from banshi.site import pages_counted
from banshi.site.pages_counted import PAGES, run_counted

SAID = Text("已读", "read")


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "_FIRST", 0)
    monkeypatch.setattr(progress, "_EVERY", 0)


def test_bytes_are_counted_once_however_often_they_are_read(tmp_path: Path) -> None:
    path, shown = tmp_path / "a.txt", Terminal()
    path.write_bytes(b"x" * 3_000_000)
    with Progress(SAID, lambda: size_of([tmp_path]), stream=shown):
        for _ in range(3):
            with open_regular(path) as stream:
                assert len(stream.read(1_500_000) + stream.read()) == 3_000_000
    lines = shown.getvalue().split("\r")
    assert "%  1.6 MB / 3.0 MB" in " ".join(lines) and "100%  3.0 MB / 3.0 MB" in " ".join(lines)
    assert all("MB/秒" in line and "还要" in line for line in lines[1:-1])
    assert lines[-1] == "\033[K", "the line is cleared"


def test_what_is_read_besides_leaves_no_time_below_nothing(tmp_path: Path) -> None:
    """Law and rules are read too; what was named is done all the same, and nothing is left of it."""
    (tmp_path / "named.txt").write_bytes(b"x" * 1_000_000)
    (tmp_path / "besides.txt").write_bytes(b"x" * 2_000_000)
    shown = Terminal()
    with Progress(SAID, lambda: size_of([tmp_path / "named.txt"]), stream=shown):
        for name in ("named.txt", "besides.txt"):
            with open_regular(tmp_path / name) as stream:
                stream.read()
    last = shown.getvalue().split("\r")[-2]
    assert "100%  1.0 MB / 1.0 MB" in last and "还要 0:00" in last and "还要 -" not in shown.getvalue()


@pytest.mark.parametrize("quiet", [True, False])
def test_nothing_is_shown_where_nobody_watches(tmp_path: Path, quiet: bool) -> None:
    (tmp_path / "a.txt").write_bytes(b"x" * 100)
    shown = Terminal() if quiet else io.StringIO()

    def never() -> int:
        raise AssertionError("how much there is was asked for")

    with Progress(SAID, never, stream=shown, quiet=quiet), open_regular(tmp_path / "a.txt") as stream:
        stream.read()
    assert shown.getvalue() == ""


def test_units_without_a_whole() -> None:
    shown = Terminal()
    with Progress(SAID, unit=Text("行", "lines"), lang="en", stream=shown) as counted:
        counted.step(1200)
    assert "read  " in shown.getvalue() and "1,200 lines" in shown.getvalue() and "left" not in shown.getvalue()


def test_an_interrupt_says_how_far_it_came(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"x" * 2_000_000)
    stopped = pytest.raises(Interrupted)
    with stopped as found, Progress(SAID, lambda: 4_000_000, stream=io.StringIO()):
        with open_regular(tmp_path / "a.txt") as stream:
            stream.read()
        raise KeyboardInterrupt
    assert found.value.why.zh == "已中断：已读 2.0 MB / 4.0 MB；没有写任何结果"
    assert found.value.why.en == "interrupted: read 2.0 MB / 4.0 MB; no result was written"


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_ctrl_c_ends_a_check_in_one_line(
    jobs: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(_self: Checker, _unit: object) -> None:
        signal.raise_signal(signal.SIGINT)

    monkeypatch.setattr(Checker, "of_one", interrupted)
    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # a run in the background has it ignored
    try:
        status = cli.main(["check", str(ROOT / "examples/change"), "--jobs", jobs])
    finally:
        signal.signal(signal.SIGINT, before)
    told = capsys.readouterr()
    assert (status, told.out) == (130, "")
    assert told.err.startswith("banshi: 已中断：已检查 0.0 MB") and len(told.err.splitlines()) == 1


def test_every_command_that_takes_long_can_be_quiet(capsys: pytest.CaptureFixture[str]) -> None:
    for name in cli.COMMANDS:
        with pytest.raises(SystemExit):
            cli.main([name, "--help"])
        assert ("--quiet" in capsys.readouterr().out) == (name in WITH_PROGRESS)


WRITES = """
import pathlib, sys, time
for n in range(4):
    pathlib.Path(sys.argv[1], f"{n}.html").write_text("x")
print("done")
while not pathlib.Path(sys.argv[1], "seen").exists(): time.sleep(0.01)
"""


@pytest.mark.parametrize("watched", [True, False])
def test_pages_of_a_process_are_counted_while_it_runs(
    watched: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages_counted, "_EVERY", 0.01)
    shown, command = Terminal() if watched else io.StringIO(), [sys.executable, "-c", WRITES, str(tmp_path)]
    with Progress(Text("已排版", "laid out"), lambda: 4, unit=PAGES, stream=shown) as counted:
        step = counted.step

        def seen(more: int = 1) -> None:
            step(more)
            if "4 页 / 4 页" in shown.getvalue():
                (tmp_path / "seen").touch()

        counted.step = seen  # type: ignore[method-assign]
        if not watched:
            (tmp_path / "seen").touch()
        done = run_counted(command, counted, lambda: [tmp_path], stdout=subprocess.PIPE, text=True)
    assert (done.returncode, done.stdout) == (0, "done\n")
    assert ("100%" in shown.getvalue()) == watched


def test_a_process_that_is_interrupted_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages_counted, "_EVERY", 0.01)

    def stopped() -> list[Path]:
        raise KeyboardInterrupt

    begun: list[subprocess.Popen[str]] = []

    class Seen(subprocess.Popen):  # type: ignore[type-arg]
        def __init__(self, *words: object, **how: object) -> None:
            super().__init__(*words, **how)  # type: ignore[call-overload]
            begun.append(self)

    monkeypatch.setattr(subprocess, "Popen", Seen)
    with pytest.raises(Interrupted), Progress(SAID, unit=PAGES, stream=Terminal()) as counted:
        run_counted([sys.executable, "-c", WRITES, str(tmp_path)], counted, stopped)
    assert [process.returncode for process in begun] == [-signal.SIGKILL]


CHILD = """
import pathlib, subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
pathlib.Path(sys.argv[1], "child").write_text(str(child.pid))
time.sleep(600)
"""


@pytest.mark.skipif(os.name != "posix", reason="groups of processes are of POSIX")
def test_what_an_interrupted_process_has_started_ends_with_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages_counted, "_EVERY", 0.05)
    monkeypatch.setattr(pages_counted, "_CLEARS", 0.5)
    told = tmp_path / "child"

    def stopped() -> list[Path]:
        if told.exists() and told.read_text():
            raise KeyboardInterrupt
        return []

    with pytest.raises(Interrupted), Progress(SAID, unit=PAGES, stream=Terminal()) as counted:
        run_counted([sys.executable, "-c", CHILD, str(tmp_path)], counted, stopped, start_new_session=True)
    assert _ends(int(told.read_text()))


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="what a process has started is read from /proc")
@longer
@pytest.mark.parametrize("sent", some(["SIGINT", "SIGTERM", "SIGHUP"], 1))
def test_a_preview_that_is_ended_leaves_no_process(tmp_path: Path, sent: str) -> None:
    """While it builds for the first time: neither the build nor the helper goes on."""
    (tmp_path / "policies").mkdir()
    shutil.copytree(ROOT / "examples/qinghe/policies", tmp_path / "policies", dirs_exist_ok=True)
    shutil.copy(ROOT / "examples/qinghe/banshi.toml", tmp_path)
    command = [sys.executable, "-c", SERVES, "serve", "--port", "0"]
    with subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as process:
        deadline = time.monotonic() + 60
        while len(started := _children(process.pid)) < 2 and time.monotonic() < deadline:
            time.sleep(0.05)
        time.sleep(1)  # until it knows itself that they have begun
        process.send_signal(getattr(signal, sent))
        try:
            process.communicate(timeout=60)
        finally:
            process.kill()
    assert len(started) == 2 and process.returncode == 0
    assert all(_ends(each) for each in started)


# Whoever runs the tests may have told them to let some signals pass (nohup, a background shell).
SERVES = """
import signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)
signal.signal(signal.SIGHUP, signal.SIG_DFL)
from banshi.cli import main
sys.exit(main())
"""


def _children(number: int) -> list[int]:
    """The processes that one has started."""
    with contextlib.suppress(OSError):
        return [int(each) for each in Path(f"/proc/{number}/task/{number}/children").read_text().split()]
    return []


def _ends(number: int) -> bool:
    """Whether a process is gone, or will be at once; one that nobody has waited for counts as gone."""
    for _ in range(200):
        try:
            if " Z " in Path(f"/proc/{number}/stat").read_text():
                return True
        except OSError:
            return True
        time.sleep(0.05)
    return False


@pytest.mark.parametrize("quiet", [(), ("--quiet",)])
@pytest.mark.parametrize(
    "words",
    [
        ("test", str(ROOT / "examples/qinghe/tests/variations.yaml"), "--project", str(ROOT / "examples/qinghe")),
        ("diff", "@2009-06-30", "@2012-06-30", "--jurisdiction", "luzhou"),
        ("replay", "receipt.json"),
    ],
)
def test_it_is_shown_how_far_a_command_has_come(
    words: tuple[str, ...],
    quiet: tuple[str, ...],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path if words[0] == "replay" else ROOT)
    if words[0] == "replay":
        assert cli.main(["tier", str(ROOT / "examples/change/binhe-road"), "--receipt", "receipt.json"]) in (0, 1)
    capsys.readouterr()
    shown = Terminal()
    monkeypatch.setattr(sys, "stderr", shown)
    assert cli.main([*words, *quiet]) in (0, 1)
    said = {"test": "已试", "diff": "已读", "replay": "已读"}[words[0]]
    assert (said in shown.getvalue()) == (not quiet), shown.getvalue()
    assert "\r" not in capsys.readouterr().out
