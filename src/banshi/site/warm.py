"""A process that has loaded everything and waits: for each edit it forks one that checks and one that builds.

    python -P -m banshi.site.warm FOLDER [vouched]

It learns from its standard input, a line of JSON each, and answers on its standard output likewise (``Told``). It never reads
a project's files itself: what is read for one edit is not remembered for the next, and what a rule of the project did to the
process that ran it ends with that. Only where a system can fork.
"""

import contextlib
import gc
import json
import os
import signal
import sys
import time
from collections.abc import Callable
from multiprocessing.connection import Connection, Pipe, wait
from pathlib import Path
from typing import Any

import docx as _docx  # noqa: F401 - loaded once, for all that are forked
import xlsxwriter as _xlsxwriter  # type: ignore[import-untyped]  # noqa: F401
from msgspec import Struct

from banshi.base.folders import own_policies
from banshi.centre.centre import Centre
from banshi.centre.own_code import RULES
from banshi.checking import checker as checking
from banshi.files.report import Report
from banshi.output.reports.text_report import as_text
from banshi.output.terminal import style_for
from banshi.site import build as building
from banshi.site.afresh import Afresh, Known, known
from banshi.site.checker import checker

Say = Callable[[dict[str, Any]], None]


class Worker(Struct):
    """A forked process, and where it says how it gets on."""

    number: int
    said: Connection

    def end(self) -> None:
        """Whatever it is at."""
        self.said.close()
        os.kill(self.number, signal.SIGKILL)
        os.waitpid(self.number, 0)


class Warm:
    """Starts workers for an edit, ends them for the next one, and passes on what they say."""

    def __init__(self, folder: Path, *, vouched: bool, say: Say) -> None:
        self._folder, self._vouched = folder, vouched
        self._say: Say = lambda found: say({**found, "turn": self._turn})
        self._place, self._known = Path(), Known()
        self._checker: Worker | None = None
        self._builder: Worker | None = None
        self._why, self._turn = "", 0

    def told(self, line: dict[str, Any]) -> None:
        """``{"stands": PLACE}``: a whole build was put there. ``{"changed": […], "wanted": […]}``: an edit."""
        self.end()
        self._turn = line["turn"]
        if "stands" in line:
            self._place, self._known = Path(line["stands"]), Known()
            worker = _forked(lambda say: say(_as_told(known(self._centre(), self._place))))
            self._take(worker)
            return
        changed = [Path(each) for each in line["changed"]]
        self._why = ""
        self._checker = _forked(lambda say: _check(self._centre(), changed, say))
        self._builder = _forked(lambda say: _build(self._centre(), self._place, self._known, line["wanted"], say))

    def _centre(self) -> Centre:
        return Centre(self._folder, vouched=self._vouched)

    @property
    def heard(self) -> list[Worker]:
        """Those that are at work."""
        return [worker for worker in (self._checker, self._builder) if worker]

    def _take(self, worker: Worker) -> None:
        """Wait for what is known; where that cannot be told, nothing is, and the next edit builds all."""
        with contextlib.suppress(EOFError, OSError):
            self._note(json.loads(worker.said.recv_bytes()))
        worker.end()

    def _note(self, found: dict[str, Any]) -> None:
        if given := found.pop("known", None):
            self._known = Known(given["frame"], {name: (text, made) for name, (text, made) in given["pages"].items()})

    def hear(self, worker: Worker) -> None:
        """What a worker says, or that it has ended."""
        try:
            found = json.loads(worker.said.recv_bytes())
        except (EOFError, OSError):
            self._ended(worker)
            return
        self._note(found)
        if "failed" in found:
            self._why = found["failed"]
        elif found.get("stops"):
            self.end()
            self._say(found)
        elif found:
            self._say(found)

    def _ended(self, worker: Worker) -> None:
        worker.end()
        if worker is self._checker:
            self._checker = None
        else:
            self._builder = None
        if not self.heard and self._why:
            self._say({"failed": self._why})
        elif not self.heard:
            self._say({"idle": True})

    def end(self) -> None:
        """End whoever is at work."""
        for worker in self.heard:
            worker.end()
        self._checker = self._builder = None


def _forked(work: Callable[[Say], None]) -> Worker:
    ours, theirs = Pipe(duplex=False)
    number = os.fork()
    if number:
        theirs.close()
        return Worker(number, ours)
    ours.close()
    try:
        work(lambda found: theirs.send_bytes(json.dumps(found).encode()))
    except BaseException as error:  # whatever it is, a whole build will say it
        theirs.send_bytes(json.dumps({"failed": f"{type(error).__name__}: {error}"}).encode())
    finally:
        os._exit(0)


# In the forked processes --------------------------------------------------------------------------------------------


def _check(centre: Centre, changed: list[Path], say: Say) -> None:
    """What changed before all else, for that is where a fault most likely is."""
    own = own_policies(centre.folder)
    here = [path for path in changed if own and path.is_relative_to(own) and path.is_file()]
    if here:
        _stopping(checking.Checker(centre.folder, own_rules=centre.runs(RULES), law_too=False).check(_shown(here)), say)
    _stopping(building.check_policies(centre), say)
    say({"sound": True})


def _shown(paths: list[Path]) -> list[Path]:
    return [Path(os.path.relpath(path)) for path in paths]


def _stopping(report: Report, say: Say) -> None:
    if building.stops(report):
        say({"stops": True, "plain": as_text(report, "zh"), "styled": as_text(report, "zh", style_for(sys.stderr))})
        os._exit(0)


def _build(centre: Centre, place: Path, before: Known, wanted: list[str], say: Say) -> None:
    started = time.monotonic()
    building.keep_to_one_day()
    afresh = Afresh(centre, place, before, checker(wanted=True))
    with afresh.alone():
        gc.disable()  # somebody waits: what is read until the first page stands is kept anyway, and searching it takes a fifth
        first = afresh.first(wanted)
        gc.enable()
        say({"built": first})
        rest = afresh.rest()
        say(
            {
                "built": rest,
                "pages": afresh.pages,
                "differing": len({*first, *rest}),
                "seconds": time.monotonic() - started,
            }
        )
        say({**_as_told(afresh.last()), "done": True})


def _as_told(found: Known) -> dict[str, Any]:
    return {"known": {"frame": found.frame, "pages": found.pages}}


# The process itself -------------------------------------------------------------------------------------------------


def main() -> None:
    """Wait and pass on until the standard input ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who started us ends us
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # whatever else is printed does not get between the answers

    def say(found: dict[str, Any]) -> None:
        print(json.dumps(found), file=answers, flush=True)

    warm = Warm(Path(sys.argv[1]), vouched="vouched" in sys.argv[2:], say=say)
    ready, rest = 0, b""
    while True:
        for heard in wait([ready, *(worker.said for worker in warm.heard)]):
            worker = next((each for each in warm.heard if each.said is heard), None)
            if worker:
                warm.hear(worker)
            elif heard == ready:
                more = os.read(ready, 1 << 16)
                if not more:
                    warm.end()
                    return
                *lines, rest = (rest + more).split(b"\n")
                for line in lines:
                    warm.told(json.loads(line))


if __name__ == "__main__":
    main()
