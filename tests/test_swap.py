"""A site takes the place of another in one step: killed at any moment, the old or the new one is whole."""

import signal
import subprocess
import sys
import time
from pathlib import Path
from random import Random

import pytest
from conftest import KILLS
from lengths import longer

from banshi.site import swap as swapping
from banshi.site.swap import exchange, prepared, recover, swap

FILES = 30


def fill(folder: Path, said: str) -> None:
    for n in range(FILES):
        (folder / f"p{n % 3}").mkdir(exist_ok=True)
        (folder / f"p{n % 3}" / f"{n}.html").write_text(said, encoding="utf-8")


def put(place: Path, said: str) -> None:
    new = prepared(place)
    fill(new, said)
    swap(new, place)


def whole(place: Path) -> set[str]:
    """What the pages say: one thing where the site is whole."""
    pages = list(place.rglob("*.html"))
    assert len(pages) == FILES
    return {page.read_text(encoding="utf-8") for page in pages}


@pytest.fixture(params=["exchange", "two steps"])
def either(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    if request.param == "two steps":
        monkeypatch.setattr(swapping, "exchange", lambda *_: False)
    return str(request.param)


def test_the_new_one_stands_alone(tmp_path: Path, either: str) -> None:
    place = tmp_path / "a/b/site"
    put(place, "1")
    place.chmod(0o750)
    (place / "p0/gone.txt").write_text("x", encoding="utf-8")
    (place / ".git").mkdir()
    (place / ".git/config").write_text("x", encoding="utf-8")
    (place / ".nojekyll").touch()
    put(place, "2")
    assert whole(place) == {"2"} and [path.name for path in place.parent.iterdir()] == ["site"]
    assert not (place / "p0/gone.txt").exists() and (place / ".git/config").is_file()
    assert (place / ".nojekyll").is_file() and place.stat().st_mode & 0o777 == 0o750


def test_where_the_last_step_fails_the_old_one_stands(
    tmp_path: Path, either: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "site"
    put(place, "1")
    new = prepared(place)  # and nothing can be put there, for it is gone
    new.rmdir()
    with pytest.raises(FileNotFoundError):
        swap(new, place)
    assert whole(place) == {"1"}


def test_an_exchange_that_the_disk_does_not_know_is_no_failure(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / name).touch()
    if exchange(tmp_path / "a", tmp_path / "b"):
        assert (tmp_path / "a/b").exists() and (tmp_path / "b/a").exists()
    else:
        assert (tmp_path / "a/a").exists() and (tmp_path / "b/b").exists()


KILLED = f"""
import sys
from pathlib import Path
from banshi.site import swap as swapping
if sys.argv[2] == "two steps":
    swapping.exchange = lambda *_: False
place, n = Path(sys.argv[1]), 0
while True:
    n += 1
    new = swapping.prepared(place)
    for page in range({FILES}):
        (new / str(page)).with_suffix(".html").write_text(str(n))
    swapping.swap(new, place)
    print(n, flush=True)
"""


@longer
@pytest.mark.parametrize("how", ["exchange", "two steps"])
def test_killed_at_random_moments_the_old_or_the_new_one_is_whole(tmp_path: Path, how: str) -> None:
    place, random = tmp_path / "site", Random(11)
    put(place, "0")
    for _ in range(KILLS):
        running = subprocess.Popen([sys.executable, "-c", KILLED, str(place), how], stdout=subprocess.PIPE)
        assert running.stdout is not None
        running.stdout.readline()
        time.sleep(random.uniform(0, 0.03))
        running.send_signal(signal.SIGKILL)
        running.communicate()
        if how == "two steps":  # between the two the place is empty, until the next start
            recover(place)
        assert len(whole(place)) == 1
    put(place, "end")
    assert whole(place) == {"end"} and [path.name for path in tmp_path.iterdir()] == ["site"]
