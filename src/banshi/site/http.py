"""The preview's web server: files of the last good site, for this machine's own browser and nobody else's.

Whatever comes in is answered, in a line of HTTP, or dropped; nothing of it reaches the terminal. A page of another site
that gives its own name this machine's address is refused by the name that it asks for (``Host``).
"""

import ipaddress
import re
import socket
import sys
import threading
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import quote

from banshi.output.terminal import complain

RELOAD = "/~changed"
_PATIENCE = 25.0  # seconds that a page's question may stay open
_IDLE = 60.0  # seconds that a connection may say nothing
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
</script>""" % RELOAD.encode()

_NOT_YET = '<!doctype html><html lang="zh"><meta charset="utf-8"><title>办事</title><p>网站没有生成，原因见终端；改好保存即可。</p>'


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


class Server(ThreadingHTTPServer):
    """Listens on one address; what goes wrong with one connection ends that connection."""

    request_queue_size = 128

    def __init__(self, host: str, port: int, site: Site) -> None:
        """Raises ``OSError``, ``OverflowError`` or ``UnicodeError`` where it cannot listen there."""
        self.asked_as = host
        self.address_family = socket.AF_INET6 if ":" in host else socket.AF_INET
        super().__init__((host, port), partial(_Handler, site))

    @property
    def url(self) -> str:
        """Where a browser finds it."""
        name = f"[{self.asked_as}]" if ":" in self.asked_as else self.asked_as
        return f"http://{name}:{self.server_port}/"

    def handle_error(self, _request: Any, _address: Any) -> None:
        """A connection that was dropped is nothing to tell; anything else is told in a line."""
        error = sys.exception()
        if not isinstance(error, OSError):
            complain(f"预览：{type(error).__name__}: {error}")

    def answers_to(self, host: str | None) -> bool:
        """Whether a request that names this host is meant for us."""
        found = re.fullmatch(r"(?:\[([0-9A-Fa-f:.]+)\]|([^\[\]:]+))(?::\d+)?", host or "")
        if found is None:
            return False
        name = (found[1] or found[2]).casefold()
        if name in ("localhost", self.asked_as.casefold()):
            return True
        try:
            asked, own = ipaddress.ip_address(name), ipaddress.ip_address(str(self.server_address[0]))
        except ValueError:
            return False
        return asked == own or own.is_unspecified or (asked.is_loopback and own.is_loopback)


class _Handler(SimpleHTTPRequestHandler):
    """Files of the last good site; each page with the script that reloads it."""

    timeout = _IDLE
    server: Server

    def __init__(self, site: Site, *rest: Any) -> None:
        self._site = site
        super().__init__(*rest, directory=str(site.place or ""))

    def do_GET(self) -> None:
        self._guarded(self._get)

    def do_HEAD(self) -> None:
        self._guarded(self._get)

    def _guarded(self, answer: Any) -> None:
        """What asks for another host is not for us; a path that the disk cannot have is a page that is not there."""
        hosts = self.headers.get_all("Host", [])
        if len(hosts) != 1 or not self.server.answers_to(hosts[0]):
            self.send_error(HTTPStatus.MISDIRECTED_REQUEST)
            return
        try:
            answer()
        except ConnectionError:
            self.close_connection = True
        except (OSError, ValueError):
            self.send_error(HTTPStatus.NOT_FOUND)

    def _get(self) -> None:
        path, _, seen = self.path.partition("?")
        place = self._site.place
        if path == RELOAD:
            self._answer(self._site.newer_than(seen).encode(), "text/plain")
        elif place is None:
            self._answer(_NOT_YET.encode() + _SCRIPT, status=503)
        elif (found := self._inside()) is None or path.endswith("/") and not (found / "index.html").is_file():
            self._answer((place / "404.html").read_bytes() + _SCRIPT, status=404)
        elif path.endswith("/"):
            self._answer((found / "index.html").read_bytes() + _SCRIPT)
        elif found.is_dir():
            self._lead(found)
        else:
            super().do_HEAD() if self.command == "HEAD" else super().do_GET()

    def _inside(self) -> Path | None:
        """What a path leads to, links followed; None where that is not in the site."""
        found = Path(self.translate_path(self.path)).resolve()
        return found if found.is_relative_to(Path(self.directory).resolve()) else None

    def _lead(self, folder: Path) -> None:
        """To a folder's page, by a path of ours: what was asked for may be read as another host's address."""
        own = quote(folder.relative_to(Path(self.directory).resolve()).as_posix())
        self.send_response(HTTPStatus.MOVED_PERMANENTLY)
        self.send_header("Location", f"/{own}/")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _answer(self, body: bytes, kind: str = "text/html; charset=utf-8", status: int = 200) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        super().end_headers()

    def log_message(self, *_: object) -> None:
        """Requests are not worth a line each."""
