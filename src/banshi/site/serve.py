"""``banshi serve``: the site on this machine, built anew when something changes; open pages reload by themselves.

Each build runs in a process of its own, so that changed rules and templates are read afresh, and into one of two
places in turn: the last good site stays until the next one is complete.
"""

import os
import subprocess
import sys
import threading
import time
from pathlib import Path

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

from banshi.centre.centre import Centre
from banshi.base.folders import brings_any, layered
from banshi.site.build import WORK
from banshi.site.http import Server, Site

WATCHED = ("policies", "schemas", "site_templates", "validators")
_SETTLED = 0.2  # seconds without a change before a build starts: an editor writes a file in several steps
_QUIET_EVENTS = ("opened", "closed_no_write")


class AddressUnusable(Exception):
    """The server cannot listen there; the cause is the ``OSError`` or ``OverflowError``."""


class _Changes(FileSystemEventHandler):
    """Notes that something changed."""

    def __init__(self) -> None:
        self.happened = threading.Event()

    def on_any_event(self, event: FileSystemEvent) -> None:
        if event.event_type not in _QUIET_EVENTS and not event.is_directory:
            self.happened.set()


def serve(centre: Centre, host: str, port: int) -> None:
    """Build, serve, watch, until interrupted. Raises ``AddressUnusable``."""
    site = Site()
    with _server(host, port, site) as server:
        changes = _watch(centre.folder)
        _build(centre, site)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        print(f"在浏览器打开 {server.url} ，按 Ctrl+C 结束", flush=True)
        while True:
            if changes.happened.wait(1):  # a limit, because an endless wait cannot be interrupted everywhere
                _settle(changes)
                _build(centre, site)


def _server(host: str, port: int, site: Site) -> Server:
    try:
        return Server(host, port, site)
    except (OSError, OverflowError, UnicodeError) as error:
        raise AddressUnusable from error


def _watch(project: Path) -> _Changes:
    changes, observer = _Changes(), Observer()
    for folder in dict.fromkeys(folder for name in WATCHED for folder in layered(project, name)):
        observer.schedule(changes, str(folder), recursive=True)
    observer.daemon = True
    observer.start()
    return changes


def _settle(changes: _Changes) -> None:
    while changes.happened.is_set():
        changes.happened.clear()
        time.sleep(_SETTLED)


def _build(centre: Centre, site: Site) -> None:
    """Build in a process of its own; findings go to the terminal, and then the last good site stays."""
    place = centre.folder / WORK / "serve" / str(site.number % 2)
    command = [sys.executable, "-P", "-m", "banshi", "build", "--site-dir", os.path.relpath(place, centre.folder)]
    command += ["--project", "."] * brings_any(centre.folder) + ["--trust-project"] * centre.vouched
    done = subprocess.run(command, cwd=centre.folder, check=False)  # noqa: S603 - our own interpreter and package
    if done.returncode == 0:
        site.publish(place)
    elif site.number:
        print("仍显示上一次成功生成的网站；改好保存即可。", flush=True)
