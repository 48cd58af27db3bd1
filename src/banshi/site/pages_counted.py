"""How far a process has come that writes pages: on a terminal the files that are there are counted while it runs."""

import subprocess
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from banshi.base.text import Text
from banshi.output.progress import Progress

PAGES = Text("页", "pages")
_EVERY = 0.5  # seconds between two counts


def run_counted(
    command: Sequence[str], progress: Progress, places: Callable[[], Iterable[Path]], **how: Any
) -> subprocess.CompletedProcess[str]:
    """As ``subprocess.run`` with ``how``; ``progress`` is told of the pages below ``places`` as they come."""
    if not progress.shows:
        return subprocess.run(command, check=False, **how)  # noqa: S603 - the caller's own
    counted = 0
    with subprocess.Popen(command, **how) as process:  # noqa: S603 - as above
        try:
            while True:
                try:
                    said, told = process.communicate(timeout=_EVERY)
                    break
                except subprocess.TimeoutExpired:
                    found = sum(1 for place in places() for _ in place.rglob("*.html"))
                    progress.step(max(0, found - counted))
                    counted = max(counted, found)
        except BaseException:
            process.kill()
            raise
    return subprocess.CompletedProcess(command, process.returncode, said, told)
