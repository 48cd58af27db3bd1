"""Every page that the commands write of hostile words, in a real browser: no script runs, no request leaves."""

from pathlib import Path
from typing import Any

import pytest
from browsing import NEEDS_A_BROWSER
from conftest import MadeOnce, banshi
from hostile import RUNS, hostile_examples

pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
pytestmark = NEEDS_A_BROWSER
HTML = [words for words in RUNS if words[-1] == "html"]


@pytest.fixture(scope="module")
def folder(made_once: MadeOnce) -> Path:
    return made_once("hostile", hostile_examples)


def look(browser: Any, page: Path) -> tuple[str, list[str]]:
    """The title after everything has been pointed at and clicked, and what was asked for."""
    opened, asked = browser.new_page(), []
    opened.on("request", lambda request: asked.append(request.url))
    opened.goto(page.as_uri())
    opened.evaluate(
        """() => { for (const e of document.querySelectorAll('*'))
             for (const kind of ['mouseover', 'focus', 'error', 'load', 'toggle'])
               e.dispatchEvent(new Event(kind, {bubbles: true})) }"""
    )
    opened.wait_for_timeout(200)
    title = opened.title()
    opened.close()
    return title, asked


@pytest.mark.parametrize("words", HTML, ids=" ".join)
def test_no_script_runs_and_no_request_leaves(
    words: tuple[str, ...], folder: Path, browser: Any, tmp_path: Path
) -> None:
    page = tmp_path / "page.html"
    done = banshi(*words, "-o", str(page), cwd=folder)
    assert done.returncode in (0, 1), done.stderr
    counts = "--summary" in words  # they name nothing that a file holds
    assert ("evil.example" in page.read_text(encoding="utf-8")) is not counts
    title, asked = look(browser, page)
    assert title != "RUN" and asked == [page.as_uri()]


def test_the_test_would_see_it(browser: Any, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text("<p onmouseover=\"document.title='RUN'\">x<img src=http://evil.example/b>", encoding="utf-8")
    title, asked = look(browser, page)
    assert title == "RUN" and "http://evil.example/b" in asked
