"""``banshi serve``: the site on this machine; what is edited shows in open pages at once.

The whole site is built once, in a process of its own. After that a process that has loaded everything (``warm``) checks each
edit and builds what it changes, those pages first that somebody looks at; what it cannot do in part is built whole again, and
then the last good site stays until the next one is complete.
"""

import json
import os
import queue
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

from banshi.base.folders import brings_any, layered
from banshi.base.text import Text
from banshi.centre.centre import Centre
from banshi.site.build import NOBODY, WORK, Watched, environment
from banshi.site.http import Server, Site
from banshi.site.pages_counted import run_counted
from banshi.site.swap import NEW

WATCHED = ("policies", "schemas", "site_templates", "validators")
_SETTLED = 0.1  # seconds without a change before anything starts: an editor writes a file in several steps
_QUIET_EVENTS = ("opened", "closed_no_write")
_BUILT = Text("正在生成网站，已排版", "building the site, laid out")
_STAYS = "仍显示上一次成功生成的网站；改好保存即可。"


class AddressUnusable(Exception):
    """The server cannot listen there; the cause is the ``OSError`` or ``OverflowError``."""


class _Changes(FileSystemEventHandler):
    """Puts the path of what changed into a queue."""

    def __init__(self, heard: "queue.Queue[str | dict[str, Any]]") -> None:
        self._heard = heard

    def on_any_event(self, event: FileSystemEvent) -> None:
        if event.event_type not in _QUIET_EVENTS and not event.is_directory:
            for path in (event.src_path, event.dest_path):
                if path:
                    self._heard.put(os.fsdecode(str(path)))


class _Helper:
    """The process that builds in part, and what it answers; where the system cannot have it, there is none."""

    def __init__(self, centre: Centre, heard: "queue.Queue[str | dict[str, Any]]") -> None:
        self._process: subprocess.Popen[str] | None = None
        self.turn = 0
        if not hasattr(os, "fork"):
            return
        command = [sys.executable, "-P", "-m", "banshi.site.warm", str(centre.folder), *["vouched"] * centre.vouched]
        self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and package
            command,
            cwd=centre.folder,
            env=environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
        )
        threading.Thread(target=self._listen, args=(heard,), daemon=True).start()

    def _listen(self, heard: "queue.Queue[str | dict[str, Any]]") -> None:
        assert self._process and self._process.stdout
        for line in self._process.stdout:
            heard.put(json.loads(line))

    def tell(self, **line: Any) -> bool:
        """Whether it was told; what it still says of what it was told before is of no interest any more."""
        if self._process is None or self._process.poll() is not None:
            return False
        assert self._process.stdin
        self.turn += 1
        try:
            print(json.dumps({**line, "turn": self.turn}), file=self._process.stdin, flush=True)
        except OSError:
            return False
        return True

    def end(self) -> None:
        """Its workers end with it."""
        if self._process and self._process.stdin:
            self._process.stdin.close()
            self._process.wait()


def serve(centre: Centre, host: str, port: int, watched: Watched = NOBODY) -> None:
    """Build, serve, watch, until interrupted; ``watched``: who watches a whole build. Raises ``AddressUnusable``."""
    site, heard = Site(), queue.Queue[str | dict[str, Any]]()
    with _server(host, port, site) as server:
        _watch(centre.folder, heard)
        helper = _Helper(centre, heard)
        try:
            _whole(centre, site, helper, watched)
            threading.Thread(target=server.serve_forever, daemon=True).start()
            print(f"在浏览器打开 {server.url} ，按 Ctrl+C 结束", flush=True)
            while True:
                _next(centre, site, helper, heard, watched)
        finally:
            helper.end()


def _server(host: str, port: int, site: Site) -> Server:
    try:
        return Server(host, port, site)
    except (OSError, OverflowError, UnicodeError) as error:
        raise AddressUnusable from error


def _watch(project: Path, heard: "queue.Queue[str | dict[str, Any]]") -> None:
    changes, observer = _Changes(heard), Observer()
    for folder in dict.fromkeys(folder for name in WATCHED for folder in layered(project, name)):
        observer.schedule(changes, str(folder), recursive=True)
    observer.daemon = True
    observer.start()


def _next(
    centre: Centre, site: Site, helper: _Helper, heard: "queue.Queue[str | dict[str, Any]]", watched: Watched
) -> None:
    """Do what follows from the next change, or from what the helper says."""
    try:
        found = heard.get(timeout=1)  # a limit, because an endless wait cannot be interrupted everywhere
    except queue.Empty:
        return
    if isinstance(found, dict):
        if found["turn"] == helper.turn:
            _said(centre, site, helper, found, watched)
        return
    changed = [found, *_settled(heard)]
    if not site.number or not helper.tell(changed=changed, wanted=site.looked_at):
        _whole(centre, site, helper, watched)


def _settled(heard: "queue.Queue[str | dict[str, Any]]") -> list[str]:
    """What else changes until nothing does; what the helper says of the files as they were before is of no interest."""
    found = list[str]()
    while True:
        try:
            more = heard.get(timeout=_SETTLED)
        except queue.Empty:
            return found
        if isinstance(more, str):
            found.append(more)


def _said(centre: Centre, site: Site, helper: _Helper, found: dict[str, Any], watched: Watched) -> None:
    """What came of an edit: files of the site that are others now, findings that stand against it, or that it takes a whole build."""
    if found.get("stops"):
        print(found["styled"], _STAYS, sep="", flush=True)
        site.renew(found["plain"])
    elif "built" in found:
        site.renew(throughout=any(path.startswith("assets/") for path in found["built"]))
        if "pages" in found:
            print(
                f"网站已更新：{found['differing']} 个文件有变（共 {found['pages']} 页，{found['seconds']:.1f} 秒）",
                flush=True,
            )
    elif "sound" in found:
        site.renew("")
    elif "failed" in found:
        _whole(centre, site, helper, watched)


def _whole(centre: Centre, site: Site, helper: _Helper, watched: Watched) -> None:
    """Build all of it; where that fails, why stands on the pages of the last good site."""
    why = _build(centre, site, watched)
    if site.number and not why:
        helper.tell(stands=str(site.place))
    elif site.number:
        print(_STAYS, flush=True)
    site.renew(why)


def _build(centre: Centre, site: Site, watched: Watched) -> str:
    """Build in a process of its own, into one of two places in turn; what it said where it failed goes to the terminal too."""
    place = centre.folder / WORK / "serve" / str(site.number % 2)
    command = [sys.executable, "-P", "-m", "banshi", "build", "--site-dir", os.path.relpath(place, centre.folder)]
    command += ["--project", "."] * brings_any(centre.folder) + ["--trust-project"] * centre.vouched
    with watched.progress(_BUILT) as progress:
        done = run_counted(
            command,
            progress,
            lambda: place.parent.glob(f".{NEW}-*"),
            cwd=centre.folder,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            start_new_session=True,  # ended with all that it started when this one is, whatever ends it
        )
    print(done.stdout, end="", flush=True)
    if done.returncode:
        return done.stdout
    site.publish(place)
    return ""
