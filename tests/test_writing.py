"""Nothing is overwritten, nothing half-written: what is there stays until something whole takes its place."""

import os
import shutil
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path
from random import Random

import pytest
from conftest import KILLS, ROOT, banshi
from lengths import longer

from banshi.base.writing import NotWritten, beside, leftovers, note_read, refusal, write_whole
from banshi.cli import main

REGISTER = "examples/attendance/2010-02"


def left(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def refused(path: Path, **how: object) -> str:
    with pytest.raises(NotWritten) as caught:
        write_whole(path, b"new", **how)  # type: ignore[arg-type]
    return caught.value.why.zh


def test_a_new_file_and_its_rights(tmp_path: Path) -> None:
    write_whole(tmp_path / "新.txt", b"1")
    assert (tmp_path / "新.txt").read_bytes() == b"1" and left(tmp_path) == ["新.txt"]
    mask = os.umask(0)
    os.umask(mask)
    assert stat.S_IMODE((tmp_path / "新.txt").stat().st_mode) == 0o666 & ~mask


def test_what_we_wrote_is_replaced_until_somebody_changes_it(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    write_whole(path, b"1")
    path.chmod(0o640)
    write_whole(path, b"2")
    assert path.read_bytes() == b"2" and stat.S_IMODE(path.stat().st_mode) == 0o640
    path.write_bytes(b"2 and what a person wrote")
    assert "--force" in refused(path)
    assert path.read_bytes() == b"2 and what a person wrote"
    write_whole(path, b"3", force=True)
    assert path.read_bytes() == b"3"


def test_what_somebody_else_wrote_stays_even_where_nothing_can_be_remembered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", "/proc/nowhere")
    write_whole(tmp_path / "a", b"1")
    assert "--force" in refused(tmp_path / "a")
    assert (tmp_path / "a").read_bytes() == b"1"


@pytest.mark.parametrize("way", ["plain", "other spelling", "link", "hard link"])
def test_what_is_read_is_never_written_by_whatever_name(tmp_path: Path, way: str) -> None:
    register = tmp_path / "r.csv"
    register.write_bytes(b"old")
    name = {"plain": register, "other spelling": tmp_path / "x/../r.csv"}.get(way, tmp_path / "other.csv")
    (tmp_path / "x").mkdir()
    if way == "link":
        name.symlink_to("r.csv")
    if way == "hard link":
        os.link(register, name)
    assert "正是这次要读的" in refused(name, force=True, inputs=[register])
    assert register.read_bytes() == b"old"


def test_a_file_that_was_read_on_the_way_is_never_written(tmp_path: Path) -> None:
    path = tmp_path / "punches.csv"
    write_whole(path, b"1")
    note_read(path.stat())
    assert "正是这次要读的" in refused(path, force=True)


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to("real")
    write_whole(tmp_path / "link", b"1")
    write_whole(tmp_path / "link", b"2")
    assert (tmp_path / "link").is_symlink() and (tmp_path / "real").read_bytes() == b"2"


def test_devices_are_written_to_and_a_full_one_is_said(tmp_path: Path) -> None:
    write_whole(Path("/dev/null"), b"1")
    assert "磁盘满了" in refused(Path("/dev/full"))
    assert stat.S_ISCHR(Path("/dev/null").stat().st_mode)


def test_a_pipe_that_nobody_reads_is_not_waited_for(tmp_path: Path) -> None:
    pipe, filing = tmp_path / "pipe", ROOT / "examples/change/binhe-road"
    os.mkfifo(pipe)
    for words in (["-o", str(pipe)], ["--receipt", str(pipe)]):
        run = banshi("tier", str(filing), "--format", "json", *words)
        assert run.returncode == 2 and "没有程序在读这个管道" in run.stderr and stat.S_ISFIFO(pipe.stat().st_mode)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    write_whole(pipe, b"told")
    assert os.read(reader, 10) == b"told"
    os.close(reader)


@pytest.mark.parametrize("name", ["x" * 300, "a\0b", "\ud800", "无/a", "."])
def test_a_name_that_cannot_be_is_said(tmp_path: Path, name: str) -> None:
    assert refusal(tmp_path / name) is not None or len(refused(tmp_path / name)) > 4
    assert left(tmp_path) == []


def test_the_longest_name_that_the_disk_takes(tmp_path: Path) -> None:
    write_whole(tmp_path / ("长" * 85), b"1")
    assert left(tmp_path) == ["长" * 85]


def test_a_failed_write_leaves_the_old_file_and_nothing_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a"
    write_whole(path, b"1")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    assert "磁盘满了" in refused(path)
    assert path.read_bytes() == b"1" and left(tmp_path) == ["a"]


def test_a_file_that_appears_meanwhile_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, fsync = tmp_path / "a", os.fsync

    def appear(descriptor: int) -> None:
        path.write_bytes(b"theirs")
        fsync(descriptor)

    monkeypatch.setattr(os, "fsync", appear)
    assert "已有同名" in refused(path)
    assert path.read_bytes() == b"theirs" and left(tmp_path) == ["a"]


def test_what_a_killed_run_left_is_cleared_up_and_what_runs_is_not(tmp_path: Path) -> None:
    path = tmp_path / "a"
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    stem = beside(path, "banshi-part").name.removesuffix(str(os.getpid()))
    (tmp_path / f"{stem}{gone.pid}").write_bytes(b"half")
    (tmp_path / f"{stem}1").write_bytes(b"another's")
    (tmp_path / f"{stem}1x").write_bytes(b"no name of ours")
    assert leftovers(path, "banshi-part") == [tmp_path / f"{stem}{gone.pid}"]
    write_whole(path, b"1")
    assert left(tmp_path) == sorted([f"{stem}1", f"{stem}1x", "a"])


KILLED = """
import sys
from pathlib import Path
from banshi.base.writing import write_whole
path, n = Path(sys.argv[1]), 0
while True:
    n += 1
    write_whole(path, b"%d" % (n % 10) * 300_000, force=True)
    print(n, flush=True)
"""


@longer
def test_killed_at_random_moments_the_old_or_the_new_file_is_whole(tmp_path: Path) -> None:
    path, random = tmp_path / "a", Random(11)
    write_whole(path, b"0" * 300_000)
    for _ in range(KILLS):
        running = subprocess.Popen([sys.executable, "-c", KILLED, str(path)], stdout=subprocess.PIPE)
        assert running.stdout is not None
        running.stdout.readline()
        time.sleep(random.uniform(0, 0.02))
        running.send_signal(signal.SIGKILL)
        running.communicate()
        data = path.read_bytes()
        assert len(data) == 300_000 and len(set(data)) == 1
    write_whole(path, b"1", force=True)
    assert left(tmp_path) == ["a"]


# By the commands ----------------------------------------------------------------------------------------------------


@pytest.fixture
def register(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / REGISTER, tmp_path / "r")
    return tmp_path / "r"


def test_an_answer_is_written_twice_and_never_over_a_persons_work(register: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.html"
    words = ("attendance", str(register), "--format", "html", "-o", str(out))
    assert banshi(*words).returncode == banshi(*words).returncode == 0
    out.write_text("改过", encoding="utf-8")
    done = banshi(*words)
    assert (done.returncode, done.stdout) == (2, "") and "--force" in done.stderr and len(done.stderr.splitlines()) == 1
    assert out.read_text(encoding="utf-8") == "改过"
    assert banshi(*words, "--force").returncode == 0 and out.stat().st_size > 1000


def test_a_form_that_was_filled_in_is_kept(tmp_path: Path) -> None:
    form = tmp_path / "k.xlsx"
    words = ("assess", "--template", str(form), "--quarter", "2012-Q1")
    assert banshi(*words).returncode == 0
    form.write_bytes(form.read_bytes() + b"filled in")
    before = form.read_bytes()
    done = banshi(*words)
    assert done.returncode == 2 and "--force" in done.stderr
    assert form.read_bytes() == before and left(tmp_path) == ["k.xlsx"]


@pytest.mark.parametrize("force", [(), ("--force",)])
def test_the_register_that_is_read_is_kept(register: Path, force: tuple[str, ...]) -> None:
    for file in [path for path in register.iterdir() if path.is_file()]:
        for given in (register, register / "register.yaml"):
            before = file.read_bytes()
            done = banshi("attendance", str(given), "-o", str(file), *force)
            assert done.returncode == 2 and file.read_bytes() == before, file


def test_two_answers_never_go_into_one_file(tmp_path: Path) -> None:
    out = tmp_path / "one.yaml"
    words = ("--quarter", "2012-Q1", "--assessment", str(out), "-o", str(tmp_path / "x/../one.yaml"))
    (tmp_path / "x").mkdir()
    done = banshi("cases", "examples/cases/yangliqu", *words)
    assert done.returncode == 2 and not out.exists()


def test_a_full_disk_behind_standard_output_is_one_line() -> None:
    for words in (("tier", "--bid-price", "5", "--net", "1"), ("attendance", REGISTER, "--format", "xlsx")):
        with open("/dev/full", "wb") as full:
            done = subprocess.run(
                [sys.executable, "-m", "banshi", *words], cwd=ROOT, stdout=full, stderr=subprocess.PIPE, check=False
            )
        said = done.stderr.decode()
        assert done.returncode == 2 and "磁盘满了" in said and len(said.splitlines()) == 1, said


def test_what_an_earlier_run_has_read_may_be_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first, out = tmp_path / "a.yaml", tmp_path / "b.csv"
    first.write_text("kind: ledger\n", encoding="utf-8")
    main(["check", str(first)])
    first.rename(out)  # the same file of the disk, as where the system gives a number again
    assert main(["check", str(ROOT / "examples/cases/city"), "--format", "csv", "-o", str(out), "--force"]) in (0, 1)
    assert capsys.readouterr().err.count("正是这次要读的") == 0
