"""A build killed at any moment leaves the old site or the new one, whole; two builds into one place do not mix."""

import contextlib
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest
from conftest import KILLS, ROOT
from lengths import LONG, longer

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals and groups of processes")

# The builder as it is, only that rendering and mkdocs, which are slow, are done by a page or two of ours.
QUICK = """
import sys, types
from pathlib import Path
import yaml
from banshi.cli import main
from banshi.site import build as builder

def mkdocs(config, locks, on, *_watched):
    said = yaml.safe_load(config.read_text(encoding="utf-8"))
    for n in range(40):
        page = Path(said["site_dir"], f"p{n % 4}", str(n), "index.html")
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(f"<title>{said['site_name']}</title><article><h1 id=a>甲</h1></article>" + "x" * 5000)

builder.render = lambda content, out, step: types.SimpleNamespace(pages=40)
builder.theme = lambda centre, out: None
builder._run_mkdocs = mkdocs
sys.exit(main(["build"]))
"""
WORDS = {"quick": ["-c", QUICK], "real": ["-m", "banshi", "build"]}
REAL = KILLS if KILLS >= 100 else 1  # kills of the real builder, which takes its time and is killed in a long run
NAME = re.compile(r"第 (\d+) 版")


class Centre:
    """A centre's folder whose site says on every page the how manieth it is."""

    def __init__(self, folder: Path, how: str) -> None:
        self.folder, self.site, self.how, self.number = folder, folder / "site", how, 0
        shutil.copytree(ROOT / "policies/cn", folder / "policies/cn")

    def start(self) -> subprocess.Popen[bytes]:
        self.number += 1
        (self.folder / "mkdocs.yml").write_text(f"site_name: 第 {self.number} 版\n", encoding="utf-8")
        command = [sys.executable, *WORDS[self.how]]
        env = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
        return subprocess.Popen(
            command, cwd=self.folder, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
        )

    def build(self) -> float:
        """Build; the seconds that it took. Waits for what a killed build has left running."""
        for _ in range(600):
            began, running = time.monotonic(), self.start()
            _, said = running.communicate(timeout=300)
            if running.returncode == 0:
                return time.monotonic() - began
            assert "另一个" in said.decode(), said.decode()
            time.sleep(0.2)
        raise AssertionError("the lock was never let go of")

    def whole(self) -> int:
        """Which one the site is; fails where it is a mixture or a part."""
        pages = {path: path.read_text(encoding="utf-8") for path in self.site.rglob("*.html")}
        said = {found[1] for text in pages.values() if (found := NAME.search(text))}
        assert len(said) == 1 and len(pages) == self.pages, (said, len(pages))
        assert (self.site / ".banshi-site").is_file() and (self.site / "search/plan.js").is_file()
        return int(said.pop())

    def begin(self) -> float:
        took = self.build()
        self.pages = len(list(self.site.rglob("*.html")))
        return took


def at_random(centre: Centre, times: int, seconds: float) -> None:
    """Kill builds; half of the moments lie anywhere, half near the end."""
    random, killed, tried = Random(11), 0, 0
    while killed < times:
        running = centre.start()
        late, tried = tried % 2 == 0, tried + 1
        time.sleep(random.uniform(*((seconds * 0.7, seconds * 1.1) if late else (0, seconds))))
        alive = running.poll() is None
        kill: Callable[[int, int], None] = os.killpg if tried % 4 < 2 else os.kill  # mkdocs goes with it, or lives on
        with contextlib.suppress(ProcessLookupError):
            kill(running.pid, signal.SIGKILL)
        running.wait()
        killed += alive  # one that was done before, or that met the lock of a killed one, does not count
        if late and (alive or running.returncode == 0):
            seconds *= 1.05 if alive else 0.8  # a build takes longer or shorter as others use the machine
        centre.whole()


@longer
@pytest.mark.parametrize(("how", "times"), [("quick", KILLS // 2), ("real", REAL)][: 2 if LONG or KILLS >= 100 else 1])
def test_killed_at_random_moments(how: str, times: int, tmp_path: Path) -> None:
    centre = Centre(tmp_path / "centre", how)
    seconds = centre.begin()
    at_random(centre, times, seconds)
    centre.build()
    assert centre.whole() == centre.number
    names = sorted(path.name for path in centre.folder.iterdir())
    assert names == ["build", "mkdocs.yml", "policies", "site"]
    assert [path.name for path in (centre.folder / "build").iterdir() if "lock" in path.name] == []


def test_of_two_at_once_the_second_says_so(tmp_path: Path) -> None:
    centre = Centre(tmp_path / "centre", "quick")
    centre.begin()
    runs = [centre.start() for _ in range(3)]
    ended = [(*run.communicate(timeout=120), run.returncode) for run in runs]
    assert any(status == 0 for *_, status in ended)
    for out, said, status in ended:
        if status:
            assert (out, status) == (b"", 2)
            assert re.fullmatch(r"banshi: 另一个 banshi build 正在往 \S+ 生成，等它完成再运行\n", said.decode())
    centre.whole()


def test_a_lock_that_nobody_holds_is_no_hindrance(tmp_path: Path) -> None:
    from banshi.base.alone import Busy, alone

    with alone(tmp_path / "site"):
        (lock,) = tmp_path.iterdir()
        with pytest.raises(Busy), alone(tmp_path / "site"):
            pass
        with alone(tmp_path / "other"):
            pass
    assert not lock.exists()
    lock.write_text("what a killed build left", encoding="utf-8")
    with alone(tmp_path / "site"):
        pass
    assert list(tmp_path.iterdir()) == []


def test_a_child_that_lives_on_holds_the_lock(tmp_path: Path) -> None:
    from banshi.base.alone import Busy, alone

    script = (
        "import subprocess, sys; from pathlib import Path; from banshi.base.alone import alone\n"
        f"with alone(Path({str(tmp_path / 'site')!r})) as lock:\n"
        "    subprocess.Popen([sys.executable, '-c', 'import time; print(1, flush=True); time.sleep(3)'], pass_fds=[lock])\n"
        "    import os; os.kill(os.getpid(), 9)"
    )
    running = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE)
    assert running.stdout is not None and running.stdout.readline()
    running.wait()
    with pytest.raises(Busy), alone(tmp_path / "site"):
        pass
    running.stdout.read()
    with alone(tmp_path / "site"):
        pass


def test_a_link_in_the_lock_s_place_is_not_followed(tmp_path: Path) -> None:
    from banshi.base.alone import alone

    with alone(tmp_path / "site"):
        (lock,) = tmp_path.iterdir()
    lock.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(OSError, match="site"), alone(tmp_path / "site"):
        pass
    assert not (tmp_path / "elsewhere").exists()
