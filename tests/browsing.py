"""One Chromium for all tests of a worker, and a server for the built site; who needs another look opens a context of its own."""

import contextlib
import shutil
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = "--no-sandbox --disable-gpu --disable-background-networking --disable-component-update --disable-sync --no-first-run"
NEEDS_A_BROWSER = pytest.mark.skipif(CHROMIUM is None, reason="no chromium on this machine (apt-get install chromium)")


class Quiet(SimpleHTTPRequestHandler):
    """Files of a folder, without a word on the terminal."""

    def log_message(self, *_: object) -> None: ...


@contextlib.contextmanager
def served(folder: Path, below: str = "", handler: type[Quiet] = Quiet) -> Iterator[str]:
    """The address of a folder on this machine; ``below``: where in it that leads."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/{below}"
        server.shutdown()


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Started once; each test has a page or a context of its own, and closes it."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as started:
        opened = started.chromium.launch(executable_path=CHROMIUM, args=FLAGS.split())
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def hosted(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of which the shipped site is but ``some/place/``, as on a host that it shares with others."""
    above = tmp_path_factory.mktemp("host")
    (above / "some").mkdir()
    (above / "some/place").symlink_to(site)
    return above


@pytest.fixture(scope="session")
def address(hosted: Path) -> Iterator[str]:
    """Where the shipped site is served."""
    with served(hosted, "some/place/") as at:
        yield at
