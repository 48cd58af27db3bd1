"""Whatever is asked of the preview, it answers in HTTP or drops it, says nothing on the terminal, and goes on."""

import contextlib
import http.client
import socket
import threading
from collections.abc import Iterator

import pytest
from fuzzing import LONG, edited, edits, run_of
from hypothesis import example, given

from banshi.site.http import Server, Site

ASKED = b"GET /a/b.html?x=1 HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: */*\r\nConnection: close\r\n\r\n"
PIECES = [
    *(
        b"\r\n",
        b"\n",
        b"\r",
        b"\x00",
        b"%00",
        b"%2e%2e/",
        b"../",
        b"/" * 300,
        b"//evil.example/",
        b"?",
        b"#",
        b"%",
        b"%zz",
    ),
    *(b"HEAD ", b"POST ", b"PUT ", b"get ", b" HTTP/0.9", b" HTTP/9.9", b" HTTP/1.1", b"x" * 70_000, b"\xff\xfe"),
    *(b"Host: evil.example\r\n", b"Host: [::1\r\n", b"Host: 127.0.0.1:\r\n", b"Host:\r\n", b"Range: bytes=0-\r\n"),
    *(
        b"Content-Length: 99999999999\r\n",
        b"Content-Length: -1\r\n",
        b"Transfer-Encoding: chunked\r\n",
        b"a: b\r\n" * 200,
    ),
    *(b"If-Modified-Since: Mon, 01 Jan 99999 00:00:00 GMT\r\n", b"Expect: 100-continue\r\n", b": \r\n", b" folded\r\n"),
    *(
        b"/~changed",
        b"/~changed?\xe4",
        b"file:///etc/passwd",
        b"http://evil.example/",
        b"*",
        b"\xe4\xb8\xad",
        b"~root/",
    ),
]


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    place = tmp_path_factory.mktemp("site")
    (place / "a").mkdir()
    for name in ("index.html", "404.html", "a/index.html", "a/b.html"):
        (place / name).write_text("<html>网站</html>", encoding="utf-8")
    (place.parent / "secret.html").write_text("outside", encoding="utf-8")
    site = Site()
    site.publish(place)
    with Server("127.0.0.1", 0, site) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_port
        server.shutdown()


def asked(port: int, request: bytes) -> bytes:
    """What comes back, as far as it comes at once: an open question may wait."""
    answer = b""
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 5) as line:
        line.settimeout(0.3)
        line.sendall(request)
        line.shutdown(socket.SHUT_WR)
        while piece := line.recv(1 << 16):
            answer += piece
    return answer


@run_of(25)
@given(changes=edits(PIECES))
@example(changes=[("instead", 0.05, 14, b"/%00")])
@example(changes=[("instead", 0.05, 14, b"/../secret.html")])
@example(changes=[("instead", 0.05, 14, b"/%2e%2e/secret.html")])
@example(changes=[("instead", 0.05, 14, b"//secret.html/..")])
def test_any_request(
    changes: list[tuple[str, float, int, bytes]], preview: int, capfd: pytest.CaptureFixture[str]
) -> None:
    back = asked(preview, edited(ASKED, changes))
    assert not back or back.startswith((b"HTTP/1.", b"<html>", b"<!DOCTYPE", b"<!doctype")), back[:200]
    assert b"outside" not in back and b"Traceback" not in back
    line = http.client.HTTPConnection("127.0.0.1", preview, timeout=10)
    line.request("GET", "/a/b.html")
    assert line.getresponse().status == 200
    line.close()
    assert capfd.readouterr() == ("", "")


@pytest.mark.skipif(not LONG, reason="make fuzz")
def test_many_dropped_connections(preview: int, capfd: pytest.CaptureFixture[str]) -> None:
    for n in range(2000):
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", preview), 5) as line:
            line.sendall(ASKED[: n % len(ASKED)])
    line = http.client.HTTPConnection("127.0.0.1", preview, timeout=60)  # behind all these, on a busy machine
    line.request("GET", "/a/b.html")
    assert line.getresponse().status == 200
    line.close()
    assert capfd.readouterr() == ("", "")
