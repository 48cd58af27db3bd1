"""The checker in the browser: MB to load, seconds to the first finding, milliseconds of each further check and each edit.

In Chromium, from a server on this machine, three times; medians. ``make checker`` must have been run.
Usage: ``python benchmarks/checker_speed.py [FILE…]`` (by default a workbook of examples/ and two made-up logs of 5,000 rows).
"""

import gzip
import shutil
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
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
ROWS = 5000
PATIENCE = 300_000
EDITED = "2010-03-77", "2010-03-05"  # what is no day, and one, in turn


class Quiet(SimpleHTTPRequestHandler):
    """A host that says nothing of each request."""

    def log_message(self, *_: object) -> None:
        """Nothing."""


def main() -> None:
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    with tempfile.TemporaryDirectory(prefix="banshi-bench-") as name, sync_playwright() as started:
        files = [Path(each).resolve() for each in sys.argv[1:]] or [BOOK, *logs(Path(name))]
        site = made(Path(name))
        sizes = {each: len(gzip.compress((site / "checker" / each).read_bytes(), 9)) for each in LOADED}
        print(f"gzipped: {sum(sizes.values()) / 1e6:.2f} MB", {each: f"{n / 1e6:.2f}" for each, n in sizes.items()})
        server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(site)))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        browser = started.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        for file in files:
            found = [measured(browser, f"http://127.0.0.1:{server.server_port}/check/", file) for _ in range(3)]
            first, *further = [list(each) for each in zip(*found, strict=True)]
            again, edits, drawn = (statistics.median(took for every in each for took in every) for each in further)
            print(f"{file.name}: first finding {statistics.median(first):.1f} s, each further {again:.0f} ms,", end=" ")
            print(f"each edit {edits:.0f} ms, {drawn:.0f} ms until it is seen")
        server.shutdown()


def logs(folder: Path) -> Iterator[Path]:
    """Punches of fifty people in a hundred days: day and time in cells of their own, and in one."""
    rows = [(f"A{n % 50:02d}", f"2010-0{n // 50 % 6 + 1}-{n // 300 % 28 + 1:02d}", n) for n in range(ROWS)]
    times = [(staff, day, f"{8 + n % 10:02d}:{n * 7 % 60:02d}:{n * 13 % 60:02d}") for staff, day, n in rows]
    for name, heads, mark in (("apart", "人员编号,日期,时刻", ","), ("in-one", "人员编号,打卡时间", " ")):
        path = folder / f"{name}.csv"
        lines = [heads, *(f"{staff},{day}{mark}{clock}" for staff, day, clock in times)]
        path.write_text("\n".join(lines) + "\n", "utf-8")
        yield path


def made(folder: Path) -> Path:
    """A small site with the checker of this checkout."""
    new = folder / "new"
    banshi(["init", str(new), "--name", "城西", "--jurisdiction", "chengxi"])
    banshi(["build", "--project", str(new), "--site-dir", str(folder / "site")])
    (folder / "site/checker/engine.zip").write_bytes(engine(Centre(ROOT)))
    return folder / "site"


def measured(browser: Any, address: str, file: Path) -> tuple[float, list[float], list[float], list[float]]:
    """Seconds from the choice of the file to what is found, in a browser that has nothing yet.

    And milliseconds: of the same file chosen again, of a cell changed, and from that until it is seen.
    """
    page = browser.new_context().new_page()
    page.goto(address)
    status, checker = page.locator(".checker-status"), page.locator("#checker")
    begun = time.monotonic()
    page.set_input_files("#checker-files", file)
    expect(status).to_contain_text("检查了", timeout=PATIENCE)
    first, further, edits, drawn = time.monotonic() - begun, [], [], []
    for _ in range(FURTHER):
        page.evaluate("document.querySelector('#checker').dataset.took = ''")
        page.set_input_files("#checker-files", file)
        expect(checker).not_to_have_attribute("data-took", "")
        further.append(float(checker.get_attribute("data-took")))
    if page.locator("#checker-sheet").count():
        page.locator("#checker-sheet").select_option(index=[*_sheets(page)].index("打卡"))
    for turn in range(FURTHER):
        page.evaluate("document.querySelector('#checker').dataset.took = ''")
        drawn.append(page.evaluate(EDIT, EDITED[turn % 2]))
        edits.append(float(checker.get_attribute("data-took")))
    page.context.close()
    return first, further, edits, drawn


def _sheets(page: Any) -> Iterator[str]:
    for said in page.locator("#checker-sheet option").all_inner_texts():
        yield said.partition("（")[0]


EDIT = """async (text) => {
  const cell = document.querySelector('td[data-row="7"][data-column="2"]');
  cell.dispatchEvent(new MouseEvent("dblclick", { bubbles: true }));
  const field = cell.querySelector("input"), status = document.querySelector(".checker-status");
  field.value = text;
  const begun = performance.now();
  const seen = new Promise((yes) => new MutationObserver((_, me) => {
    if (status.textContent.startsWith("检查了")) { me.disconnect(); requestAnimationFrame(() => setTimeout(yes)); }
  }).observe(status, { childList: true, characterData: true, subtree: true }));
  field.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true }));
  await seen;
  return performance.now() - begun;
}"""


if __name__ == "__main__":
    main()
