"""The checker in the browser: MB to load, seconds to the first finding, milliseconds of each further check.

In Chromium, from a server on this machine, three times; medians. ``make checker`` must have been run.
Usage: ``python benchmarks/checker_speed.py [FILE]`` (a workbook of examples/ by default).
"""

import gzip
import shutil
import statistics
import sys
import tempfile
import threading
import time
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from playwright.sync_api import expect, sync_playwright

from banshi.centre.centre import Centre
from banshi.cli import main as banshi
from banshi.site.checker import engine

ROOT = Path(__file__).resolve().parent.parent
BOOK = ROOT / "examples/attendance/2010-03/考勤登记.xlsx"
LOADED = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip", "packages.zip", "engine.zip")
FURTHER = 9
PATIENCE = 300_000


class Quiet(SimpleHTTPRequestHandler):
    """A host that says nothing of each request."""

    def log_message(self, *_: object) -> None:
        """Nothing."""


def main() -> None:
    file = Path(sys.argv[1]).resolve() if len(sys.argv) > 1 else BOOK
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    with tempfile.TemporaryDirectory(prefix="banshi-bench-") as name, sync_playwright() as started:
        site = made(Path(name))
        sizes = {each: len(gzip.compress((site / "checker" / each).read_bytes(), 9)) for each in LOADED}
        print(f"gzipped: {sum(sizes.values()) / 1e6:.2f} MB", {each: f"{n / 1e6:.2f}" for each, n in sizes.items()})
        server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(site)))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        browser = started.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        found = [measured(browser, f"http://127.0.0.1:{server.server_port}/check/", file) for _ in range(3)]
        print(f"first finding: {statistics.median(first for first, _ in found):.1f} s")
        print(f"each further: {statistics.median(took for _, every in found for took in every):.0f} ms")
        server.shutdown()


def made(folder: Path) -> Path:
    """A small site with the checker of this checkout."""
    new = folder / "new"
    banshi(["init", str(new), "--name", "城西", "--jurisdiction", "chengxi"])
    banshi(["build", "--project", str(new), "--site-dir", str(folder / "site")])
    (folder / "site/checker/engine.zip").write_bytes(engine(Centre(ROOT)))
    return folder / "site"


def measured(browser: Any, address: str, file: Path) -> tuple[float, list[float]]:
    """Seconds from the choice of the file to what is found, in a browser that has nothing yet; and of the same again, ms."""
    page = browser.new_context().new_page()
    page.goto(address)
    status = page.locator(".checker-status")
    begun = time.monotonic()
    page.set_input_files("#checker-files", file)
    expect(status).to_contain_text("检查了", timeout=PATIENCE)
    first, further = time.monotonic() - begun, []
    for _ in range(FURTHER):
        page.evaluate("document.querySelector('#checker').dataset.took = ''")
        page.set_input_files("#checker-files", file)
        expect(page.locator("#checker")).not_to_have_attribute("data-took", "")
        further.append(float(page.locator("#checker").get_attribute("data-took")))
    page.context.close()
    return first, further


if __name__ == "__main__":
    main()
