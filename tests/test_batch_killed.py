"""``banshi batch`` killed at random moments: its results are there whole or not at all, and ``--resume`` comes to the same bytes."""

import contextlib
import os
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import KILLS
from lengths import longer
from test_batch import ledgers

# Parts are small, so that a run has many; it says when it begins a new one, and waits a moment each time for whoever kills it.
RUN = """
import sys, time
from banshi.base import limits
limits.LINES_AT_ONCE = 10_000
from banshi.batch import state
add = state.State.add
def slowly(self, share):
    add(self, share)
    print("part", file=sys.stderr, flush=True)
    time.sleep(0.02)
state.State.add = slowly
from banshi.cli import main
sys.exit(main())
"""
WORDS = ("batch", "in.jsonl", "out", "--jobs", "1", "--as-of", "2013-01-01", "--quiet")
pytestmark = pytest.mark.skipif(os.name != "posix", reason="a process is killed")


def started(folder: Path, *more: str) -> subprocess.Popen[str]:
    words = [sys.executable, "-c", RUN, *WORDS, *more]
    return subprocess.Popen(words, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)


@longer
def test_killed_at_any_moment_and_gone_on_with(tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_bytes(b"".join(ledgers(60)))
    out = tmp_path / "out"
    run = started(tmp_path)
    parts = run.communicate()[1].count("part\n")
    assert run.returncode == 1 and parts > 10
    whole = {path.name: path.read_bytes() for path in out.iterdir()}
    shutil.rmtree(out)
    chance, killed = random.Random(11), 0
    for _ in range(KILLS if KILLS > 6 else 2):
        more = ("--resume",) if (out / "state.banshi").exists() else ()
        run = started(tmp_path, *more)
        assert run.stderr
        for _ in range(chance.randint(0, parts // 3)):
            run.stderr.readline()
        with contextlib.suppress(subprocess.TimeoutExpired):
            run.wait(chance.uniform(0, 0.1))
        run.kill()
        said = run.communicate()[1]
        killed += run.returncode < 0
        assert run.returncode in (-9, 1), said
        results = out / "findings.jsonl"
        assert not results.exists() or results.read_bytes() == whole["findings.jsonl"]
        if run.returncode == 1:
            assert {path.name: path.read_bytes() for path in out.iterdir()} == whole
            shutil.rmtree(out)
    more = ("--resume",) if (out / "state.banshi").exists() else ("--force",)
    run = started(tmp_path, *more)
    said = run.communicate()[1]
    assert run.returncode == 1, said
    assert {path.name: path.read_bytes() for path in out.iterdir()} == whole
    assert killed
