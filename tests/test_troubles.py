"""Every command in every trouble of its surroundings: one plain line, the right exit status, nothing half-written."""

import ctypes
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from conftest import ROOT, banshi
from hostile import COMMANDS as ANSWERS
from lengths import LONG, longer, some

from banshi.cli import COMMANDS, main

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="processes that share what is loaded")

# Answers on the examples, and the other commands; the site is not built for real, and serving never ends by itself.
RUNS: dict[str, tuple[str, ...]] = {
    **{words[0]: words for words, _ in reversed(ANSWERS)},  # the first way of each
    "check": ("check", "change/binhe-road"),
    "assess": ("assess", "assessment/2012-Q1.yaml"),
    "coverage": ("coverage", "--inventory", "i.csv"),
    "fix": ("fix", "--check", "change"),
    "convert": ("convert", "change/binhe-road", "made.xlsx"),
    "explain": ("explain", "input/syntax"),
    "trust": ("trust", "--list"),
    "init": ("init", "new-centre", "--name", "城西市政务服务中心", "--jurisdiction", "chengxi"),
    "new": ("new", "amendment", "luzhou/change-management", "2031-01-01", "--title", "甲"),
    "schema": ("schema", "made"),
    "build": ("build", "--site-dir", "made"),
    "serve": ("serve", "--port", "0"),
    "batch": ("batch", "lines.jsonl", "made", "--jobs", "1"),
}


class Ended(NamedTuple):
    status: int
    out: str
    said: str


def run(words: tuple[str, ...], folder: Path, trouble: Callable[[], None] = lambda: None) -> Ended:
    """A command in a process of its own, begun after ``trouble``; what it prints goes into files."""
    return at_once(words, folder, trouble, runs=1)[0]


def at_once(
    words: tuple[str, ...], folder: Path, trouble: Callable[[], None] = lambda: None, runs: int = 2
) -> list[Ended]:
    """Several runs of a command, each begun before any has ended."""
    with ExitStack() as files:
        begun_ones = []
        for _ in range(runs):
            out, err = (files.enter_context(tempfile.TemporaryFile()) for _ in range(2))
            begun_ones.append((_started(words, folder, trouble, out, err), out, err))
        return [_ended(*one) for one in begun_ones]


def _started(words: tuple[str, ...], folder: Path, trouble: Callable[[], None], out: Any, err: Any) -> int:
    child = os.fork()
    if child == 0:
        try:
            os.dup2(out.fileno(), 1)
            os.dup2(err.fileno(), 2)
            os.chdir(folder)
            trouble()
            sys.stdin, sys.stdout, sys.stderr = begun(0, "r"), begun(1, "w"), begun(2, "w")
            status = ended(words)
            with suppress(OSError, AttributeError):  # as Python does at its end
                sys.stderr.flush()
            os._exit(status)
        except BaseException:
            import traceback

            os.write(2, traceback.format_exc().encode())
            os._exit(99)
    return child


def _ended(child: int, out: Any, err: Any) -> Ended:
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    for stream in (out, err):
        stream.seek(0)
    return Ended(status, out.read().decode(), err.read().decode())


def begun(number: int, mode: str) -> Any:
    """A standard stream as Python begins with it: None where it is closed."""
    try:
        os.fstat(number)
    except OSError:
        return None
    return open(number, mode, encoding="utf-8", closefd=False)


def ended(words: tuple[str, ...]) -> int:
    from banshi.commands import build as command
    from banshi.commands import serve as serving
    from banshi.site.build import Built

    def nothing(*_: object, **__: object) -> Built:
        return Built(1, 1.0, Path("made"))

    def shown(*_: object) -> None:
        print("在浏览器打开 http://127.0.0.1:1/", flush=True)

    command.build, serving.serve = nothing, shown
    try:
        return main(list(words))
    except SystemExit as stopped:
        return int(stopped.code or 0)


def full() -> None:
    os.dup2(os.open("/dev/full", os.O_WRONLY), 1)


def reader_gone() -> None:
    read, write = os.pipe()
    os.close(read)
    os.dup2(write, 1)


def out_closed() -> None:
    os.close(1)


def all_closed() -> None:
    for number in (0, 1, 2):
        os.close(number)


def folder_gone() -> None:
    gone = tempfile.mkdtemp()
    os.chdir(gone)
    os.rmdir(gone)


def homeless() -> None:
    for name in ("HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "LANG", "LC_ALL", "TMPDIR"):
        os.environ.pop(name, None)


def as_anybody() -> None:
    """The rights of files count from here on, for the administrator too."""
    if os.geteuid() == 0:

        class Header(ctypes.Structure):
            _fields_ = [("version", ctypes.c_uint32), ("pid", ctypes.c_int)]

        none = (ctypes.c_uint32 * 6)()
        assert ctypes.CDLL(None).capset(ctypes.byref(Header(0x20080522, 0)), ctypes.byref(none)) == 0


def nothing_of_the_user_is_open() -> None:
    """As after ``sudo -E`` to somebody else: whatever is kept of a user lies where this one may not look."""
    closed = tempfile.mkdtemp()
    os.chmod(closed, 0)
    for name in ("HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
        os.environ[name] = f"{closed}/{name}"
    as_anybody()


def only_to_be_read() -> None:
    """Everything in this folder."""
    for path in (Path(), *Path().rglob("*")):
        os.chmod(path, 0o555 if path.is_dir() else 0o444)
    as_anybody()


def closed(*names: str) -> Callable[[], None]:
    """These files and folders below the current folder may not be opened."""

    def close() -> None:
        for name in names:
            os.chmod(name, 0)
        as_anybody()

    return close


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("whole") / "样例"
    shutil.copytree(ROOT / "examples", place, ignore=shutil.ignore_patterns("qinghe"))
    shutil.copytree(ROOT / "policies", place / "policies")
    shutil.copy(ROOT / "policies/luzhou/change-management/scenarios.yaml", place / "scenarios.yaml")
    (place / "i.csv").write_text("id,check\nX-1,E\n", encoding="utf-8")
    assert banshi("check", "change/binhe-road", "--receipt", "receipt.json", cwd=place).returncode == 0
    assert banshi("convert", "change/binhe-road", "lines.jsonl", cwd=place).returncode == 0
    for name in sorted(
        {words[0] for words, _ in ANSWERS}
    ):  # what is loaded now is loaded in every process made of this one
        assert banshi(*RUNS[name], cwd=place).returncode in (0, 1), name
    return place


@pytest.fixture
def folder(whole: Path, tmp_path: Path) -> Path:
    return shutil.copytree(whole, tmp_path / whole.name, copy_function=os.link)  # nothing is written into what is there


@pytest.fixture(autouse=True)
def nothing_of_the_user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "user"))


def test_every_command_is_there() -> None:
    assert set(RUNS) == set(COMMANDS)


TROUBLES = (
    (full, "磁盘满了"),
    (reader_gone, "先关了"),
    (out_closed, "标准输出是关着的"),
    (folder_gone, "当前文件夹已经不在了"),
)
# What is in the way is told in one place for all commands (cli.py): each is tried in one trouble, in a long run in all.
TOLD = [
    (name, *TROUBLES[place])
    for number, name in enumerate(sorted(RUNS))
    for place in (range(len(TROUBLES)) if LONG else (number % len(TROUBLES),))
]


@longer
@pytest.mark.parametrize(("name", "trouble", "said"), TOLD, ids=lambda value: getattr(value, "__name__", None))
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a disk that is always full")
def test_one_plain_line(name: str, trouble: Callable[[], None], said: str, folder: Path) -> None:
    done = run(RUNS[name], folder, trouble)
    *notes, last = done.said.splitlines() or [""]
    assert (done.status, done.out) == (2, ""), done
    assert last.startswith("banshi: ") and said in last, done.said
    assert all(note.startswith("banshi: ") for note in notes), done.said


@longer
@pytest.mark.parametrize("name", some(sorted(RUNS), 9))
def test_with_all_streams_closed_it_ends(name: str, folder: Path) -> None:
    assert run(RUNS[name], folder, all_closed).status == 2


@longer
@pytest.mark.parametrize("name", some(sorted(RUNS), 14))
def test_without_a_home_and_a_language(name: str, folder: Path) -> None:
    done = run(RUNS[name], folder, homeless)
    assert done.status in (0, 1) and done.out, done
    assert "Traceback" not in done.said and "内部错误" not in done.said


MAKING = ("batch", "build", "convert", "init", "new", "schema")
ON_LINUX = pytest.mark.skipif(sys.platform != "linux", reason="rights that an administrator gives up")


@longer
@ON_LINUX
@pytest.mark.parametrize("name", some(sorted({*RUNS} - {"trust"}), 3))
def test_what_is_kept_of_a_user_and_cannot_be_reached_is_no_matter(name: str, folder: Path, tmp_path: Path) -> None:
    plain = run(RUNS[name], folder)
    again = run(RUNS[name], shutil.copytree(folder, tmp_path / "again" / folder.name), nothing_of_the_user_is_open)
    if name not in MAKING:
        assert (again.status, again.out) == (plain.status, plain.out), again
    assert "Traceback" not in again.said and "内部错误" not in again.said, again.said


@longer
@ON_LINUX
@pytest.mark.parametrize("name", some(sorted(RUNS), 4))
def test_in_a_folder_that_may_only_be_read(name: str, whole: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(whole, tmp_path / whole.name)  # no links: what is not to be written is another file
    before = {path: path.lstat().st_mtime_ns for path in folder.rglob("*")}
    done = run(RUNS[name], folder, only_to_be_read)
    assert {path: path.lstat().st_mtime_ns for path in folder.rglob("*")} == before
    if name in MAKING and name != "build":
        assert done.status == 2 and done.said.startswith("banshi: ") and done.said.count("\n") == 1, done
    else:
        assert done.status in (0, 1) and "内部错误" not in done.said, done


CLOSED = (
    "policies/luzhou",
    "policies/luzhou/attendance",
    "policies/cn/working-days",
    "policies/luzhou/guides",
    "policies",
)
# Commands that look at law; what they print of a folder of it that may not be opened.
WITH_LAW = sorted({*RUNS} - {"serve", "build", "schema", "init", "trust", "coverage", "history", "text", "diff", "fix"})


@longer
@ON_LINUX
@pytest.mark.parametrize(
    ("name", "place"),
    some([(name, CLOSED[n % 5]) for n, name in enumerate(WITH_LAW)] + [("check", place) for place in CLOSED], 6),
)
def test_law_in_a_closed_folder_is_told_and_no_fault_of_the_tool(
    name: str, place: str, whole: Path, tmp_path: Path
) -> None:
    folder = shutil.copytree(whole, tmp_path / whole.name)
    plain = run(RUNS[name], whole)
    done = run(RUNS[name], folder, closed(place))
    said = done.out + done.said
    assert not any(
        word in said for word in ("Traceback", "内部错误", "Errno", "engine/rule-crashed", "engine/unit-failed")
    )
    assert (done.status in (1, 2) and "权限" in said) or _shown(done) == _shown(plain), done


def _shown(done: Ended) -> list[str]:
    """An answer without the digest of all law."""
    return [line for line in done.out.splitlines() if not line.startswith("规定：")]


@pytest.mark.parametrize(
    "words",
    [("check", "change"), ("tier", "change"), ("fix", "--check", "change"), ("test", "tests"), ("batch", ".", "m")],
)
@ON_LINUX
def test_a_closed_folder_among_what_is_handed_in_is_told(words: tuple[str, ...], tmp_path: Path) -> None:
    shutil.copytree(ROOT / "examples/change/binhe-road", tmp_path / "change")
    shutil.copytree(tmp_path / "change", tmp_path / "tests/inner")
    for place in ("change/changes", "tests/inner"):
        done = run(words, tmp_path, closed(place))
        os.chmod(tmp_path / place, 0o755)
        looked_at = words[0] == "batch" or place.split("/")[0] in words
        told = "权限" in done.out + done.said
        assert (done.status in (1, 2) and told) or not looked_at, (place, done)
        assert "Errno" not in done.out + done.said


WRITING = {
    **{words[0]: (*words, "-o", "/proc/made") for words, forms in ANSWERS if "html" in forms},
    "init": ("init", "/proc/made", "--name", "城西市政务服务中心", "--jurisdiction", "chengxi"),
    "schema": ("schema", "/proc/made"),
    "form": ("form", "parallel/registration", "-o", "/proc/1/made"),
    "convert": ("convert", "change/binhe-road", "/proc/made.xlsx"),
    "template": ("assess", "--template", "/proc/made.xlsx", "--quarter", "2012-Q1", "--jurisdiction", "luzhou"),
    "facts": ("cases", "cases/city", "--quarter", "2012-Q1", "--assessment", "/proc/made.yaml"),
    "receipt": ("check", "change/binhe-road", "--receipt", "/proc/made.json"),
    "receipt of a decision": ("attendance", "attendance/2010-02", "--receipt", "/proc/made.json"),
}


@pytest.mark.parametrize("name", sorted(WRITING))
@pytest.mark.skipif(not Path("/proc/self").exists(), reason="a folder that nobody may write into")
def test_a_place_that_cannot_be_written(name: str, folder: Path) -> None:
    before = sorted(folder.rglob("*"))
    done = run(WRITING[name], folder)
    beside = "-o" not in WRITING[name] and name not in ("init", "schema", "convert", "template")
    assert done.status == 2 and (beside or done.out == ""), done  # the answer is printed all the same
    assert done.said.startswith("banshi: ") and done.said.count("\n") == 1 and "/proc" in done.said, done.said
    assert sorted(folder.rglob("*")) == before


@longer
@pytest.mark.parametrize("name", [*MAKING, *some(sorted({*RUNS} - {*MAKING}), 6)])
def test_two_runs_at_once_do_not_disturb_each_other(name: str, folder: Path) -> None:
    """Both say the same; where the command makes something, one of them may find that it is there already."""
    one, other = at_once(RUNS[name], folder)
    for done in (one, other):
        assert "Traceback" not in done.said and "内部错误" not in done.said, done.said
    if name in MAKING and 2 in (one.status, other.status):
        late = one if one.status == 2 else other
        assert late.said.startswith("banshi: ") and {one.status, other.status} <= {0, 2}, (one, other)
    else:
        assert (one.status, one.out) == (other.status, other.out), (one, other)
        assert one.status in (0, 1)


IN_ASCII = {  # every command begins alike; these read and write names in Chinese
    "check": ("check", "change", "--receipt", "凭单.json"),
    "convert": ("convert", "change/binhe-road", "做成.xlsx"),
    "form": ("form", "parallel/registration", "--format", "xlsx", "-o", "表.xlsx"),
    "init": ("init", "新中心", "--name", "城西市政务服务中心", "--jurisdiction", "chengxi"),
}


@pytest.mark.parametrize("name", sorted(IN_ASCII))
def test_in_a_language_without_chinese(name: str, folder: Path) -> None:
    """Begun with the plain C locale and no UTF-8 of Python's own, in a folder with a Chinese name."""
    plain = {"LC_ALL": "C", "LANG": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}
    kept = {key: os.environ[key] for key in ("PATH", "PYTHONPATH", "XDG_CONFIG_HOME") if key in os.environ}
    words = [sys.executable, "-m", "banshi", *IN_ASCII[name]]
    done = subprocess.run(words, cwd=folder, env={**kept, **plain}, capture_output=True, check=False)
    assert (done.returncode, b"Traceback" in done.stderr) == (0, False), done
    assert (folder / next(word for word in IN_ASCII[name] if not word.isascii())).exists()
