"""One page of every kind in a real browser: axe in light, dark, wide, narrow, forced colours and enlarged; no other host."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from browsing import NEEDS_A_BROWSER, Quiet, served
from conftest import ROOT
from lengths import LONG, longer

from banshi.centre.centre import Centre
from banshi.site.content import Content
from banshi.site.pages import address as address_of
from banshi.site.pages import pages

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
AXE = Path(os.environ.get("BANSHI_WEB", ROOT / "build/web")) / "node_modules/axe-core/axe.min.js"
pytestmark = NEEDS_A_BROWSER
axe = pytest.mark.skipif(not AXE.is_file(), reason="no axe-core here (make browser fetches it; it needs npm)")
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 360, "height": 800}
# As WCAG has it, 200 % of 1280 px are 640 px to lay a page out in.
LOOKS: dict[str, dict[str, Any]] = {
    "light, wide": {"viewport": WIDE},
    "dark, wide": {"viewport": WIDE, "color_scheme": "dark"},
    "light, narrow": {"viewport": NARROW},
    "dark, narrow": {"viewport": NARROW, "color_scheme": "dark"},
    "forced colours": {"viewport": WIDE, "forced_colors": "active"},
    "200 %": {"viewport": {"width": 640, "height": 450}, "device_scale_factor": 2},
}
APART = ("light, wide", "dark, narrow")
WRONG = """async () => (await axe.run({ resultTypes: ["violations"] })).violations
    .map((v) => [v.id, v.nodes.length, v.nodes[0].html.slice(0, 160), v.nodes[0].failureSummary.slice(0, 200)])"""


class _Guarded(Quiet):
    def end_headers(self) -> None:
        self.send_header(
            "Content-Security-Policy", "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'"
        )
        super().end_headers()


@pytest.fixture(scope="module")
def host(site: Path, hosted: Path) -> Iterator[str]:
    """A host that allows no script but from files of its own, and answers what it has not with our page for that."""
    lost = (site / "404.html").read_bytes()

    class Host(_Guarded):
        def send_error(self, code: int, *_: Any, **__: Any) -> None:
            self.send_response(code)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(lost)

    with served(hosted, "some/place/", Host) as at:
        yield at


@pytest.fixture(scope="module")
def kinds(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Template → the address of the first page that is made of it."""
    found: dict[str, str] = {}
    for page in pages(Content(Centre(tmp_path_factory.mktemp("centre")))):
        found.setdefault(page.template, address_of(page.path))
    return found


@longer
@axe
@pytest.mark.parametrize("look", LOOKS)
def test_axe_finds_nothing(browser: playwright.Browser, host: str, kinds: dict[str, str], look: str) -> None:
    context = browser.new_context(locale="zh-CN", bypass_csp=True, **LOOKS[look])
    context.add_init_script(path=AXE)
    page = context.new_page()
    wrong: dict[str, Any] = {}
    every = [*kinds.items(), ("404.html", "404.html")]
    # Each kind of page in one look; in a long run in the two that differ most, and in one of the others.
    others = [each for each in LOOKS if each not in APART]
    looked = every if look in APART else every[others.index(look) :: len(others)]
    for template, path in looked if LONG else every[[*LOOKS].index(look) :: len(LOOKS)]:
        page.goto(host + path)
        found = page.evaluate(WRONG)
        if found or page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            wrong[f"{template} {path}"] = found or "scrolls sideways"
    context.close()
    assert wrong == {}


def test_nothing_complains_and_nothing_is_asked_of_another_host(
    browser: playwright.Browser, host: str, kinds: dict[str, str]
) -> None:
    """Nor do, on a narrow page, its contents cover anything."""
    wrong: list[str] = []
    seen = 0
    page = browser.new_page(viewport=NARROW)
    page.on("console", lambda said: wrong.append(said.text) if said.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("request", lambda asked: None if asked.url.startswith((host, "data:")) else wrong.append(asked.url))
    for path in kinds.values():
        page.goto(host + path, wait_until="load")
        placed = "(all) => all.map((e) => getComputedStyle(e).position)"
        assert set(page.locator(".contents").evaluate_all(placed)) <= {"static"}
        seen += page.locator(".contents").is_visible()
        assert page.locator(".beside").is_hidden()
    assert seen > 5
    page.set_viewport_size(WIDE)
    page.keyboard.press("/")
    page.locator("#search-dialog input[type=search]").fill("公示几天")
    playwright.expect(page.locator("#search-dialog ol a").first).to_be_visible()
    page.close()
    assert wrong == []


@pytest.mark.parametrize("path", ["nothing", "nothing/", "guides/no/such/page/", "instruments/a/b/c/d/"])
def test_a_missing_page_leads_back_however_deep_it_lay(browser: playwright.Browser, host: str, path: str) -> None:
    page = browser.new_page(locale="zh-CN")
    answer = page.goto(host + path)
    assert answer is not None and answer.status == 404
    playwright.expect(page.get_by_role("heading", level=1)).to_have_text("没有这一页")
    assert page.evaluate("getComputedStyle(document.querySelector('.top')).backgroundColor") != "rgba(0, 0, 0, 0)"
    page.locator("article [data-search] input[type=search]").fill("公示几天")
    playwright.expect(page.locator("article ol a").first).to_be_visible()
    page.locator("article ul").get_by_role("link", name="办事指南").click()
    page.wait_for_url(f"{host}guides/")
    page.close()


def test_every_kind_of_page_opens_from_a_folder(browser: playwright.Browser, site: Path, kinds: dict[str, str]) -> None:
    context = browser.new_context(locale="zh-CN")
    page = context.new_page()
    wrong: list[str] = []
    # What the browser itself breaks off, because the next page is asked for, is no file that is missing.
    page.on("requestfailed", lambda asked: asked.failure == "net::ERR_ABORTED" or wrong.append(asked.url))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    for path in kinds.values():
        page.goto((site / path / "index.html").as_uri())
        assert page.locator("h1").count() == 1 and page.locator("#search-open").is_visible()
    assert wrong == []
    context.close()
