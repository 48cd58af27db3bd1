"""How far a process has come that writes pages: on a terminal the files that are there are counted while it runs."""

import contextlib
import os
import signal
import subprocess
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from banshi.base.text import Text
from banshi.output.progress import Progress

PAGES = Text("页", "pages")
_EVERY = 0.5  # seconds between two counts
_CLEARS = 2.0  # seconds that an interrupted process has to clear away


def run_counted(
    command: Sequence[str], progress: Progress, places: Callable[[], Iterable[Path]], **how: Any
) -> subprocess.CompletedProcess[str]:
    """As ``subprocess.run`` with ``how``; ``progress`` is told of the pages below ``places`` as they come.

    A process that starts a session of its own (``start_new_session``) does not outlive an interruption, nor do its children.
    """
    counted = 0
    with subprocess.Popen(command, **how) as process:  # noqa: S603 - the caller's own
        try:
            while True:
                try:
                    said, told = process.communicate(timeout=_EVERY if progress.shows else None)
                    break
                except subprocess.TimeoutExpired:
                    found = sum(1 for place in places() for _ in place.rglob("*.html"))
                    progress.step(max(0, found - counted))
                    counted = max(counted, found)
        except BaseException:
            _end(process, together=bool(how.get("start_new_session")) and os.name == "posix")
            raise
    return subprocess.CompletedProcess(command, process.returncode, said, told)


def _end(process: subprocess.Popen[Any], *, together: bool) -> None:
    """End a process; ``together``: with all that it has started, which first may clear away what is half-written."""
    if not together:
        process.kill()
        return
    with contextlib.suppress(OSError):  # it has ended by itself
        os.killpg(process.pid, signal.SIGINT)
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(_CLEARS)
    with contextlib.suppress(OSError):
        os.killpg(process.pid, signal.SIGKILL)
