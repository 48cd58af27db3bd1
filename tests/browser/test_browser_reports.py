"""Pages that stand alone, in a real browser: a phone's width, A4 paper, nothing asked of the network."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from browsing import NEEDS_A_BROWSER
from conftest import banshi

pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
pytestmark = NEEDS_A_BROWSER
PHONE = {"width": 360, "height": 780}


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("page") / "attendance.html"
    done = banshi("attendance", "examples/attendance/2010-02", "--format", "html", "-o", str(path))
    assert done.returncode == 0, done.stderr
    return path


@pytest.fixture(scope="module")
def page(written: Path, browser: Any) -> Iterator[Any]:
    opened = browser.new_page(viewport=PHONE)
    asked: list[str] = []
    opened.on("request", lambda request: asked.append(request.url))
    opened.goto(written.as_uri())
    assert asked == [written.as_uri()]
    yield opened
    opened.close()


def test_a_phone_never_scrolls_sideways(page: Any) -> None:
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    sizes = page.evaluate(
        "[...document.querySelectorAll('p, li, td, th')].map(e => parseFloat(getComputedStyle(e).fontSize))"
    )
    assert min(sizes) >= 13


def test_a_table_on_a_phone_names_each_cell(page: Any) -> None:
    shown = page.locator("table.people tbody tr").first.locator("td").first
    assert shown.get_attribute("data-label") == "工作日"
    assert shown.evaluate("e => getComputedStyle(e, '::before').content") not in ("none", "normal", "")


def test_the_chart_has_a_name(page: Any) -> None:
    assert page.get_by_role("img", name="2010年2月各窗口在岗情况").count() == 1


def test_paper_is_a4(page: Any, tmp_path: Path) -> None:
    raw = page.pdf(prefer_css_page_size=True)
    boxes = {tuple(round(float(n)) for n in box.split()) for box in re.findall(rb"/MediaBox\s*\[([^\]]*)\]", raw)}
    assert boxes == {(0, 0, 595, 842)}


def test_where_cases_move_is_drawn_within_a_phone(browser: Any, tmp_path: Path) -> None:
    path = tmp_path / "impact.html"
    centre = ("--project", "examples/linjiang", "--format", "html", "-o", str(path))
    done = banshi("impact", "@2026-06-30", "@2026-07-01", "examples/linjiang/change", *centre)
    assert done.returncode == 0, done.stderr
    opened = browser.new_page(viewport=PHONE)
    opened.goto(path.as_uri())
    assert opened.locator("svg").count() == 2
    assert opened.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    opened.close()
