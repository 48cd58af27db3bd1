"""The preview's web server: files of the last good site, for this machine's own browser and nobody else's.

Whatever comes in is answered, in a line of HTTP, or dropped; nothing of it reaches the terminal. A page of another site
that gives its own name this machine's address is refused by the name that it asks for (``Host``).
"""

import ipaddress
import re
import socket
import sys
import threading
import zlib
from collections import Counter
from functools import partial
from html import escape
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

from banshi.base.folders import real_path
from banshi.base.text import visible_lines
from banshi.output.terminal import complain

RELOAD = "/~changed"
_PATIENCE = 25.0  # seconds that a page's question may stay open
_IDLE = 60.0  # seconds that a connection may say nothing
_SCRIPT = b"""<script>
(async () => {
  for (let seen = ""; ; ) {
    try {
      const answer = await fetch("%s?" + seen + "&" + location.pathname), now = await answer.text();
      if (seen && now !== seen) location.reload();
      seen = now;
    } catch { await new Promise((go) => setTimeout(go, 1000)); }
  }
})();
</script>""" % RELOAD.encode()
_TROUBLE = """<pre role="alert" style="position: fixed; inset: auto 0 0; z-index: 99; max-height: 60vh; margin: 0; padding: 1em;
overflow: auto; white-space: pre-wrap; border-top: 3px solid; background: #fff4f2; color: #7a1210">%s</pre>"""

_NOT_YET = '<!doctype html><html lang="zh"><meta charset="utf-8"><title>办事</title><p>网站还没有生成；有错的，改好保存即可。</p>'
_LAST = 3  # pages asked for last, which are built first even if nobody waits for them at this moment


class Site:
    """The last good site: where it lies, what stands against a newer one, and who is looking at which page of it."""

    def __init__(self) -> None:
        """Nothing is built yet."""
        self._new = threading.Condition()
        self.place: Path | None = None
        self.number = 0  # grows where every page may look otherwise
        self.trouble = ""
        self._waiting: Counter[str] = Counter()
        self._asked: dict[str, None] = {}

    def publish(self, place: Path) -> None:
        """A new site is complete."""
        with self._new:
            self.place, self.number, self.trouble = place, self.number + 1, ""
            self._new.notify_all()

    def renew(self, trouble: str | None = None, *, throughout: bool = False) -> None:
        """Files of the site are others now; ``trouble``: what stands against them from now on ("": nothing).

        ``throughout``: every page may look otherwise.
        """
        with self._new:
            self.trouble = self.trouble if trouble is None else trouble
            self.number += throughout
            self._new.notify_all()

    def asked_for(self, path: str) -> None:
        """A page was asked for."""
        with self._new:
            self._asked.pop(path, None)
            self._asked[path] = None
            while len(self._asked) > _LAST:
                del self._asked[next(iter(self._asked))]

    @property
    def looked_at(self) -> list[str]:
        """The paths of the pages that somebody looks at, without their first slash."""
        with self._new:
            return [unquote(path).lstrip("/") for path in dict.fromkeys((*self._waiting, *reversed(self._asked)))]

    def newer_than(self, seen: str, path: str, page: Path | None) -> str:
        """What tells a page as it is now from any other, as soon as it differs from ``seen`` or the patience is over.

        ``path``: as it was asked for; ``page``: its folder.
        """
        with self._new:
            self._waiting[path] += 1
            try:
                self._new.wait_for(lambda: self._mark(page) != seen, _PATIENCE)
                return self._mark(page)
            finally:
                self._waiting[path] -= 1
                self._waiting += Counter()  # without those that nobody waits for

    def _mark(self, page: Path | None) -> str:
        """Of the site, of what stands against it, and of the page with what lies beside it."""
        beside = sorted(path for path in page.iterdir() if path.is_file()) if page and page.is_dir() else []
        held = b"".join(path.read_bytes() for path in beside)
        return f"{self.number}.{zlib.crc32(self.trouble.encode()):x}.{zlib.crc32(held):x}"


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
        path, _, said = self.path.partition("?")
        place = self._site.place
        if path == RELOAD:
            self._tell_of(*said.partition("&")[::2])
        elif place is None:
            self._page(_NOT_YET.encode(), status=503)
        elif (found := self._inside(self.path)) is None or (
            path.endswith("/") and not (found / "index.html").is_file()
        ):
            self._page((place / "404.html").read_bytes(), status=404)
        elif path.endswith("/"):
            self._site.asked_for(path)
            self._page((found / "index.html").read_bytes())
        elif found.is_dir():
            self._lead(found)
        else:
            super().do_HEAD() if self.command == "HEAD" else super().do_GET()

    def _tell_of(self, seen: str, path: str) -> None:
        """Answer when a page is no longer what was seen of it."""
        found = self._inside(path) if self._site.place and path.startswith("/") else None
        self._answer(self._site.newer_than(seen, path, found).encode(), "text/plain")

    def _page(self, body: bytes, status: int = 200) -> None:
        """A page with what stands against it and the script that reloads it."""
        trouble = self._site.trouble
        told = _TROUBLE % escape(visible_lines(trouble)) if trouble else ""
        self._answer(body + told.encode() + _SCRIPT, status=status)

    def _inside(self, asked: str) -> Path | None:
        """What a path leads to, links followed; None where that is not in the site."""
        found = real_path(self.translate_path(asked))
        return found if found.is_relative_to(real_path(self.directory)) else None

    def _lead(self, folder: Path) -> None:
        """To a folder's page, by a path of ours: what was asked for may be read as another host's address."""
        own = quote(folder.relative_to(real_path(self.directory)).as_posix())
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
