"""The preview's server over raw sockets: for this machine alone, and nothing that is sent to it prints a traceback."""

import contextlib
import http.client
import socket
import struct
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from banshi.site import http as preview
from banshi.site.http import Server, Site

PAGE = "<!doctype html><title>页</title>".encode()


@contextlib.contextmanager
def served(site: Site, host: str = "127.0.0.1") -> Iterator[Server]:
    with Server(host, 0, site) as server:
        running = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        running.start()
        yield server
        server.shutdown()
        running.join()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    (tmp_path / "secret").write_text("secret", encoding="utf-8")
    place = tmp_path / "site"
    (place / "sub/empty").mkdir(parents=True)
    for name in ("index.html", "404.html", "sub/index.html"):
        (place / name).write_bytes(PAGE)
    (place / "a.css").write_text("p{}", encoding="utf-8")
    site = Site()
    site.publish(place)
    with served(site) as made:
        yield made


def raw(server: Server, sent: bytes) -> bytes:
    """What comes back for some bytes."""
    with socket.create_connection(("127.0.0.1", server.server_port), timeout=10) as there:
        there.sendall(sent)
        with contextlib.suppress(OSError):
            there.shutdown(socket.SHUT_WR)
        got = b""
        with contextlib.suppress(ConnectionError):
            while chunk := there.recv(65536):
                got += chunk
        return got


def ask(server: Server, target: bytes, method: bytes = b"GET", host: bytes = b"localhost") -> bytes:
    return raw(server, method + b" " + target + b" HTTP/1.1\r\nHost: " + host + b"\r\n\r\n")


def status(answer: bytes) -> int:
    return int(answer.split(b" ", 2)[1])


def quiet(capfd: pytest.CaptureFixture[str]) -> bool:
    out, err = capfd.readouterr()
    return out == err == ""


def test_pages_come_with_the_script_and_files_as_they_are(server: Server) -> None:
    page = ask(server, b"/sub/")
    assert status(page) == 200 and PAGE in page and b"<script>" in page
    assert ask(server, b"/a.css").endswith(b"\r\n\r\np{}")
    assert status(ask(server, b"/sub")) == 301
    assert status(ask(server, b"/sub/empty/")) == 404 and b"Directory listing" not in ask(server, b"/sub/empty/")
    assert ask(server, b"/", b"HEAD").endswith(b"\r\n\r\n")
    assert status(ask(server, b"/sub/empty/", b"HEAD")) == 404


@pytest.mark.parametrize(
    ("host", "taken"),
    [
        (b"localhost", True),
        (b"LOCALHOST:8000", True),
        (b"127.0.0.1:8000", True),
        (b"127.0.0.2", True),
        (b"[::1]:80", True),
        (b"evil.example", False),
        (b"evil.example:8000", False),
        (b"localhost.evil.example", False),
        (b"127.0.0.1.evil.example", False),
        (b"192.0.2.7", False),
        (b"0.0.0.0", False),
        (b"localhost:x", False),
        (b"user@localhost", False),
        (b"[localhost]", False),
        (b"", False),
        ("本机".encode(), False),
    ],
)
def test_only_a_host_of_this_machine_is_answered(server: Server, host: bytes, taken: bool) -> None:
    for target in (b"/", b"/a.css", b"/~changed?"):
        for method in (b"GET", b"HEAD"):
            assert (status(ask(server, target, method, host)) == 421) is not taken


def test_no_host_at_all_is_refused(server: Server) -> None:
    assert status(raw(server, b"GET / HTTP/1.0\r\n\r\n")) == 421


def test_an_address_for_all_answers_to_addresses_but_to_no_foreign_name(tmp_path: Path) -> None:
    with served(Site(), "0.0.0.0") as server:
        assert server.answers_to("192.0.2.7:8000") and server.answers_to("localhost")
        assert not server.answers_to("evil.example")


def test_two_hosts_are_none(server: Server) -> None:
    for one, other in ((b"localhost", b"evil.example"), (b"evil.example", b"localhost"), (b"localhost", b"localhost")):
        assert status(raw(server, b"GET / HTTP/1.1\r\nHost: " + one + b"\r\nHost: " + other + b"\r\n\r\n")) == 421


@pytest.mark.parametrize(
    "target",
    [b"/sub", b"///sub", b"//evil.example/../sub", b"/\\evil.example/..//sub", b"/%5cevil.example/../sub", b"/./sub?x"],
)
def test_a_folder_without_its_slash_leads_to_the_folder_and_nowhere_else(server: Server, target: bytes) -> None:
    answer = ask(server, target)
    assert status(answer) == 301 and b"\r\nLocation: /sub/\r\n" in answer


def test_a_link_out_of_the_site_is_not_followed(server: Server, tmp_path: Path) -> None:
    place = tmp_path / "site"
    (tmp_path / "private.html").write_text("private", encoding="utf-8")
    (place / "out.html").symlink_to(tmp_path / "private.html")
    (place / "out").symlink_to(tmp_path)
    for target in (b"/out.html", b"/out/private.html", b"/out", b"/out/"):
        answer = ask(server, target)
        assert status(answer) == 404 and b"private" not in answer


def test_a_page_is_told_of_what_changes_it_and_of_nothing_else(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def mark(page: bytes) -> bytes:
        return ask(server, b"/~changed?&" + page).partition(b"\r\n\r\n")[2]

    def still(page: bytes, seen: bytes) -> bool:
        return ask(server, b"/~changed?" + seen + b"&" + page).endswith(b"\r\n\r\n" + seen)

    monkeypatch.setattr(preview, "_PATIENCE", 0.05)
    home, sub = mark(b"/"), mark(b"/sub/")
    (tmp_path / "site/sub/index.html").write_bytes(PAGE + b"1")
    assert still(b"/", home) and not still(b"/sub/", sub)
    site = server.RequestHandlerClass.args[0]  # type: ignore[attr-defined]
    site.renew(throughout=True)
    assert not still(b"/", home)
    home = mark(b"/")
    site.renew("policies/a.yaml:1:1 错误 <b>\x1b")
    assert not still(b"/", home)
    assert "policies/a.yaml:1:1 错误 &lt;b&gt;⟨U+001B⟩".encode() in ask(server, b"/sub/")
    site.renew()
    assert b"policies/a.yaml" in ask(server, b"/sub/")  # it stands until something is sound
    site.renew("")
    assert b"policies/a.yaml" not in ask(server, b"/sub/") and mark(b"/") == home
    for page in (b"/../../etc/passwd", b"/%00", b"nowhere", b"", b"/" + b"a/" * 3000, b"/" + b"a" * 3000):
        assert status(ask(server, b"/~changed?&" + page)) in (200, 404)
    assert site.looked_at == ["sub/"]


STRANGE = [
    b"/%00",
    b"/%00/",
    b"/" + b"a" * 5_000,
    b"/" + b"a/" * 20_000,
    b"/" + b"a" * 70_000,
    b"/../secret",
    b"/%2e%2e/secret",
    b"/..%2fsecret",
    b"//etc/passwd",
    b"///../../etc/passwd",
    b"/\\..\\secret",
    b"/%ff%fe",
    b"/%",
    b"/\xff\xfe",
    b"*",
    b"http://evil.example/",
    b"/a.css/x",
    b"/?" + b"x" * 1000,
    b"/\x1b[31m",
]


@pytest.mark.parametrize("target", STRANGE, ids=lambda target: repr(target[:20]))
def test_a_strange_path_is_answered_and_nothing_is_told(
    server: Server, target: bytes, capfd: pytest.CaptureFixture[str]
) -> None:
    for method in (b"GET", b"HEAD"):
        answer = ask(server, target, method)
        assert status(answer) in (200, 301, 400, 404, 414)
        assert b"secret" not in answer.partition(b"\r\n\r\n")[2] and b"root:" not in answer
    assert status(ask(server, b"/")) == 200
    assert quiet(capfd)


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00",
        b"GET\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"GET / HTTP/1.1\r\n" + b"X: y\r\n" * 500 + b"\r\n",
        b"GET / HTTP/1.1\r\nX: " + b"y" * 100_000 + b"\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\n123456789",
        b"DELETE / HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"\xe5\x8a\x9e / HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: loc",
    ],
    ids=repr,
)
def test_what_is_no_request_is_no_trouble(server: Server, sent: bytes, capfd: pytest.CaptureFixture[str]) -> None:
    answer = raw(server, sent)
    assert b"Traceback" not in answer
    assert status(ask(server, b"/")) == 200
    assert quiet(capfd)


def test_dropped_connections_are_no_trouble(server: Server, capfd: pytest.CaptureFixture[str]) -> None:
    for n in range(200):
        there = socket.create_connection(("127.0.0.1", server.server_port), timeout=10)
        there.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))  # closed with a reset
        there.sendall((b"", b"GET /", b"GET /sub/ HTTP/1.1\r\nHost: localhost\r\n\r\n")[n % 3])
        there.close()
    assert status(ask(server, b"/")) == 200
    assert quiet(capfd)


def test_what_fails_within_is_one_line(
    server: Server, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> bytes:
        raise RuntimeError("\x1b[31m")

    monkeypatch.setattr(Path, "read_bytes", fail)
    assert ask(server, b"/") == b""
    server.shutdown()
    assert capsys.readouterr().err == "banshi: 预览：RuntimeError: ⟨U+001B⟩[31m\n"


def test_before_there_is_a_site_a_page_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(preview, "_PATIENCE", 0.1)
    with served(Site()) as server:
        for target in (b"/", b"/pyproject.toml", b"/%00"):
            assert status(ask(server, target)) == 503
        assert ask(server, b"/~changed?&/").endswith(b"\r\n\r\n0.0.0")


def test_only_this_machine_is_listened_to_unless_asked_for() -> None:
    from banshi.cli import _parser

    assert _parser("serve").parse_args(["serve"]).host == "127.0.0.1"


def test_an_address_of_the_newer_kind(tmp_path: Path) -> None:
    try:
        with served(Site(), "::1") as server:
            asked = http.client.HTTPConnection("::1", server.server_port, timeout=10)
            asked.request("GET", "/")
            assert asked.getresponse().status == 503 and server.url == f"http://[::1]:{server.server_port}/"
    except OSError:
        pytest.skip("no IPv6 on this machine")
