"""``banshi serve``: the site on this machine, built anew when something changes; open pages reload by themselves.

Each build runs in a process of its own, so that changed rules and templates are read afresh, and into one of two
places in turn: the last good site stays until the next one is complete.
"""

import os
import subprocess
import sys
import threading
import time
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

from banshi.folders import layered
from banshi.site.build import WORK

WATCHED = ("policies", "schemas", "site_templates", "validators")
_RELOAD = "/~changed"
_SETTLED = 0.2  # seconds without a change before a build starts: an editor writes a file in several steps
_PATIENCE = 25.0  # seconds that a page's question may stay open
_QUIET_EVENTS = ("opened", "closed_no_write")
_SCRIPT = b"""<script>
(async () => {
  for (let seen = ""; ; ) {
    try {
      const answer = await fetch("%s?" + seen), now = await answer.text();
      if (seen && now !== seen) location.reload();
      seen = now;
    } catch { await new Promise((go) => setTimeout(go, 1000)); }
  }
})();
</script>""" % _RELOAD.encode()

_NOT_YET = '<!doctype html><html lang="zh"><meta charset="utf-8"><title>办事</title><p>网站没有生成，原因见终端；改好保存即可。</p>'


class AddressUnusable(Exception):
    """The server cannot listen there; the cause is the ``OSError`` or ``OverflowError``."""


class Site:
    """The last good site: where it lies, and a number that grows with every new one."""

    def __init__(self) -> None:
        """Nothing is built yet."""
        self._new = threading.Condition()
        self.place: Path | None = None
        self.number = 0

    def publish(self, place: Path) -> None:
        """A new site is complete."""
        with self._new:
            self.place, self.number = place, self.number + 1
            self._new.notify_all()

    def newer_than(self, seen: str) -> str:
        """The current number, as soon as it differs from ``seen`` or the patience is over."""
        with self._new:
            self._new.wait_for(lambda: str(self.number) != seen, _PATIENCE)
            return str(self.number)


class _Handler(SimpleHTTPRequestHandler):
    """Files of the last good site; each page with the script that reloads it."""

    def __init__(self, site: Site, *rest: object) -> None:
        self._site = site
        super().__init__(*rest, directory=str(site.place))  # type: ignore[arg-type]

    def do_GET(self) -> None:
        path, _, seen = self.path.partition("?")
        page = Path(self.translate_path(self.path)) / "index.html"
        if path == _RELOAD:
            self._answer(self._site.newer_than(seen).encode(), "text/plain")
        elif self._site.place is None:
            self._answer(_NOT_YET.encode() + _SCRIPT, status=503)
        elif path.endswith("/") and page.is_file():
            self._answer(page.read_bytes() + _SCRIPT)
        elif path.endswith("/"):
            self._answer((self._site.place / "404.html").read_bytes() + _SCRIPT, status=404)
        else:
            super().do_GET()

    def _answer(self, body: bytes, kind: str = "text/html; charset=utf-8", status: int = 200) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def log_message(self, *_: object) -> None:
        """Requests are not worth a line each."""


class _Changes(FileSystemEventHandler):
    """Notes that something changed."""

    def __init__(self) -> None:
        self.happened = threading.Event()

    def on_any_event(self, event: FileSystemEvent) -> None:
        if event.event_type not in _QUIET_EVENTS and not event.is_directory:
            self.happened.set()


def serve(project: Path, host: str, port: int) -> None:
    """Build, serve, watch, until interrupted. Raises ``AddressUnusable``."""
    site = Site()
    with _server(host, port, site) as server:
        changes = _watch(project)
        _build(project, site)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        print(f"在浏览器打开 http://{host}:{server.server_port}/ ，按 Ctrl+C 结束", flush=True)
        while True:
            if changes.happened.wait(1):  # a limit, because an endless wait cannot be interrupted everywhere
                _settle(changes)
                _build(project, site)


def _server(host: str, port: int, site: Site) -> ThreadingHTTPServer:
    try:
        return ThreadingHTTPServer((host, port), partial(_Handler, site))
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


def _build(project: Path, site: Site) -> None:
    """Build in a process of its own; findings go to the terminal, and then the last good site stays."""
    place = project / WORK / "serve" / str(site.number % 2)
    command = [sys.executable, "-m", "banshi", "build", "--site-dir", os.path.relpath(place, project)]
    done = subprocess.run(command, cwd=project, check=False)  # noqa: S603 - our own interpreter and package
    if done.returncode == 0:
        site.publish(place)
    elif site.number:
        print("仍显示上一次成功生成的网站；改好保存即可。", flush=True)
