"""The guides and the sheet for applicants in a real browser: phone width, and one page of A4."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from browsing import NEEDS_A_BROWSER
from conftest import ROOT, banshi, write_yaml

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
pytestmark = NEEDS_A_BROWSER
GUIDES = (
    "guides/",
    "guides/leave/",
    "guides/parallel-investment/",
    "guides/parallel-registration/",
    "guides/parallel-multi-department/",
    "guides/items/examples/parallel/investment/",
    "guides/items/examples/parallel/investment/project-approval/",
)


@pytest.fixture(scope="module")
def phone(browser: playwright.Browser) -> Iterator[playwright.Page]:
    page = browser.new_page(viewport={"width": 390, "height": 844})
    yield page
    page.close()


@pytest.mark.parametrize("path", GUIDES)
def test_a_phone_shows_a_guide_without_sideways_scroll(phone: playwright.Page, address: str, path: str) -> None:
    answer = phone.goto(address + path)
    assert answer is not None and answer.ok
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    wide = "() => [...document.querySelectorAll('figure.flow svg')].map((e) => e.getBoundingClientRect().right)"
    assert all(right <= 390 for right in phone.evaluate(wide))


def test_flow_charts_say_themselves_in_words(phone: playwright.Page, address: str) -> None:
    phone.goto(f"{address}guides/parallel-registration/")
    chart = phone.get_by_role("img", name=re.compile("企业设立登记并联审批：办理流程.*并列：工商、质监、税务、公安"))
    playwright.expect(chart).to_have_count(1)


def test_a_row_of_the_leave_table_leads_to_its_article(phone: playwright.Page, address: str) -> None:
    phone.goto(f"{address}guides/leave/#leave-2009-12-01")  # a link to a heading opens what is folded below it
    table = phone.locator("#leave-2009-12-01 ~ * table, #leave-2009-12-01 ~ table").first
    table.get_by_role("link", name="第十二条").first.click()
    phone.wait_for_url("**/instruments/luzhou/attendance/2009-12-01/#p-12")


def test_samples_are_not_found_by_search(site: Path) -> None:
    sections = "".join(path.read_text(encoding="utf-8") for path in (site / "search").glob("s*.js"))
    assert "guides/leave/" in sections and "guides/items/examples" not in sections


def pages_of(pdf: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


# Sheets of paper; it may only shrink.
SHEETS = {
    "guides/change-approval/": 3,
    "guides/parallel-registration/": 2,
    "guides/leave/": 3,
    "guides/window-assessment/": 3,
    "guides/items/examples/parallel/investment/project-approval/": 2,
}


# Headings that may end a column or sheet: those that do not ask to stay with what follows, and those above a thing across both columns.
STRANDED = """() => {
  const seen = (e) => e.checkVisibility(), spans = (e) => getComputedStyle(e).columnSpan === "all";
  return [...document.querySelectorAll("article :is(h2, h3)")].filter(seen).filter((head) => {
    let next = head.nextElementSibling;
    while (next && !seen(next)) next = next.nextElementSibling;
    const across = next && !spans(head) && [next, ...next.querySelectorAll("table")].some((e) => seen(e) && spans(e));
    return !next || across || getComputedStyle(head).breakAfter !== "avoid";
  }).map((head) => head.textContent);
}"""


@pytest.mark.parametrize("path", SHEETS)
def test_a_guide_prints_on_few_sheets(phone: playwright.Page, address: str, path: str) -> None:
    phone.goto(address + path)
    assert pages_of(phone.pdf(prefer_css_page_size=True)) <= SHEETS[path]
    phone.emulate_media(media="print")
    stranded = phone.evaluate(STRANDED)
    phone.emulate_media(media="null")
    assert stranded == []


# Screens of a phone; it may only shrink.
SCREENS = {"guides/window-assessment/": 15, "guides/leave/": 13, "guides/change-approval/": 15}


@pytest.mark.parametrize("path", SCREENS)
def test_a_guide_is_folded_on_the_phone_and_not_on_paper(browser: playwright.Browser, address: str, path: str) -> None:
    page = browser.new_page(viewport={"width": 360, "height": 740})
    page.goto(address + path)
    assert page.evaluate("document.documentElement.scrollHeight") <= SCREENS[path] * 740
    folds = page.locator("article details.fold")
    assert folds.count() > 2 and folds.locator("table").first.is_hidden()
    page.get_by_role("button", name="全部展开").click()
    assert folds.evaluate_all("(all) => all.every((fold) => fold.open)")
    page.get_by_role("button", name="全部收起").click()
    assert folds.evaluate_all("(all) => all.every((fold) => !fold.open)")
    # Of a page with very many folded lines paper shows the line that each is folded to, and the whole where it is opened.
    short = page.locator("html[data-short]").count() > 0
    assert short == (path == "guides/window-assessment/")
    page.emulate_media(media="print")
    # What paper shows is laid out with the next frame, not with the style: so it is waited for.
    shown = "(fold) => fold.querySelector('table, ul, ol').checkVisibility({contentVisibilityAuto: true})"
    printed = "[...document.querySelectorAll('article details.fold:not(.no-print)')]"
    if short:
        leaves = f"{printed}.filter((fold) => !fold.querySelector('.fold'))"
        lines = "(fold) => fold.querySelector('summary').checkVisibility()"
        page.wait_for_function(f"{leaves}.length > 40 && {leaves}.every({lines}) && !{leaves}.some({shown})")
        page.emulate_media(media="screen")
        page.get_by_role("button", name="全部展开").click()
        page.emulate_media(media="print")
    page.wait_for_function(f"{printed}.length > 2 && {printed}.every({shown})")
    page.close()


@pytest.mark.parametrize("path", SCREENS)
def test_no_table_of_a_guide_lies_over_another_column_on_paper(
    browser: playwright.Browser, address: str, path: str
) -> None:
    page = browser.new_page(viewport={"width": 703, "height": 1040})  # A4 between its margins
    page.goto(address + path)
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.wait_for_function("getComputedStyle(document.querySelector('article')).columnCount === '2'")
    over = """() => {
      const room = document.querySelector('article').clientWidth, column = room / 2;
      return [...document.querySelectorAll('article table:not(.answer *, .calculators *)')].filter((each) => each.checkVisibility()).filter((each) => {
        const all = [...each.getClientRects()].every(({ width }) => width <= column || Math.abs(width - room) < 2);
        return !all || each.scrollWidth > each.clientWidth + 1;
      }).map((each) => each.textContent.trim().slice(0, 40));
    }"""
    assert page.evaluate(over) == []
    page.close()


def test_the_lines_of_the_scoring_guide_carry_the_marks(browser: playwright.Browser, address: str) -> None:
    page = browser.new_page()
    page.goto(f"{address}guides/window-assessment/#sub-attendance-kept")
    lines = page.locator("article details.fold > summary")
    playwright.expect(lines.filter(has_text="满分10分：选派窗口人员 2分、考勤 2分")).to_have_count(1)
    playwright.expect(lines.filter(has_text="第十九条（四）锦旗与来信：每")).to_have_count(1)
    page.close()


@pytest.mark.parametrize("papers", [1, 12, 20])
def test_the_sheet_about_an_item_fits_one_page_of_a4(browser: playwright.Browser, tmp_path: Path, papers: int) -> None:
    materials = [{"id": f"m{n}", "name": f"样例材料{n}", "copies": 2, "note": "复印件加盖公章"} for n in range(papers)]
    item = {"id": "one", "name": "样例事项", "department": "one", "kind": "行政许可", "materials": materials}
    item["limits"] = {"statutory": 20, "promised": 6}
    write_yaml(
        tmp_path / "catalogue.yaml",
        {
            "kind": "catalogue",
            "fictional": True,
            "jurisdiction": "luzhou/yangliqu",
            "title": "样例目录（虚构）",
            "centre": "样例区政务服务中心（虚构）",
            "case_kind": "investment_project",
            "in_use_from": "2011-06-01",
            "departments": [{"id": "one", "name": "样例局"}],
            "items": [item],
        },
    )
    words = ("notice", str(tmp_path / "catalogue.yaml"), "--item", "one", "--from", "2011-09-28")
    done = banshi(*words, "--format", "html", "-o", str(tmp_path / "sheet.html"), cwd=ROOT)
    assert done.returncode == 0, done.stderr
    page = browser.new_page()
    page.goto((tmp_path / "sheet.html").as_uri())
    assert pages_of(page.pdf(prefer_css_page_size=True)) == 1
    page.close()
