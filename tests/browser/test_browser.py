"""The site in a real browser, served below a sub-path: following a figure, searching, phone, paper, live reload."""

import csv
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from browsing import NEEDS_A_BROWSER
from conftest import ROOT
from few_pages import in_processes
from lengths import longer, some

from banshi.site.words import fold, words

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
pytestmark = NEEDS_A_BROWSER
POLICY = "policies/luzhou/change-management/2011-11-04.yaml"
VERSION = "instruments/luzhou/change-management/2011-11-04/"
ONE_OF_EACH = (
    "",
    "guides/",
    "guides/change-approval/",
    "guides/window-assessment/",
    "instruments/",
    VERSION,
    "instruments/luzhou/window-assessment/2011-04-01/",
    "instruments/luzhou/attendance/2009-12-01/",
    "instruments/luzhou/parallel-approval/2011/",
    "instruments/unattributed/trading-centre-plan/undated/",
    "instruments/bodies/",
    "instruments/readings/",
    "instruments/terms/",
    "instruments/errata/",
    "formats/",
    "formats/change/",
    "formats/policy/",
    "formats/norms/",
    "formats/attendance/",
    "formats/assessment/",
    "formats/cases/",
    "formats/catalogue/",
    "formats/parallel-case/",
    "formats/commands/",
    "rules/",
    "rules/cases/example/",
    "instruments/cn/administrative-licensing/2004-07-01/",
    "rules/change/tier-matches-amount/",
    "rules/change/example/",
    "rules/input/not-utf8/",
    "calendar/",
    "calendar/2012/",
)


@pytest.fixture(scope="module")
def window(browser: playwright.Browser, address: str) -> Iterator[tuple[playwright.Page, list[str]]]:
    """A page, which opens in no time once it has been opened, and what is wrong with what it shows."""
    wrong: list[str] = []
    context = browser.new_context(locale="zh-CN")
    opened = context.new_page()
    opened.on("console", lambda said: wrong.append(said.text) if said.type in ("error", "warning") else None)
    opened.on("pageerror", lambda error: wrong.append(str(error)))
    opened.on("request", lambda asked: None if asked.url.startswith((address, "data:")) else wrong.append(asked.url))
    opened.set_default_timeout(10_000)
    yield opened, wrong
    context.close()


@pytest.fixture
def page(window: tuple[playwright.Page, list[str]]) -> Iterator[playwright.Page]:
    """An empty page (the site keeps nothing in the browser); it must neither complain nor ask another host for anything."""
    opened, wrong = window
    opened.goto("about:blank")
    opened.set_viewport_size({"width": 1280, "height": 900})
    opened.emulate_media(media="null")
    wrong.clear()
    yield opened
    assert wrong == []


def typed(page: playwright.Page, query: str) -> list[str]:
    """Open the search by key, type as a person does, and give the addresses found, best first."""
    if not page.locator("#search-dialog").is_visible():
        page.keyboard.press("/")
    field = page.locator("#search-dialog").get_by_role("searchbox", name="搜索条款、指南、规则、放假安排")
    status = page.locator("#search-dialog [role=status]")
    field.fill("")
    playwright.expect(status).to_be_empty()
    field.press_sequentially(query)
    field.dispatch_event("input")
    playwright.expect(status).not_to_be_empty()
    page.wait_for_timeout(200)  # the last keystroke's answer, where earlier ones have answered already
    return [link.get_attribute("href") or "" for link in page.locator("#search-dialog ol a").all()]


def pasted(page: playwright.Page, query: str) -> list[str]:
    """The same, with the query entered at once: only one answer comes, so there is nothing to wait for after it."""
    if not page.locator("#search-dialog").is_visible():
        page.keyboard.press("/")
    field, status = page.locator("#search-dialog input[type=search]"), page.locator("#search-dialog [role=status]")
    field.fill("")
    playwright.expect(status).to_be_empty()
    field.fill(query)
    playwright.expect(status).not_to_be_empty()
    return page.evaluate("[...document.querySelectorAll('#search-dialog ol a')].map((a) => a.getAttribute('href'))")


def test_from_the_guide_to_the_provision(page: playwright.Page, address: str) -> None:
    page.goto(address)
    page.get_by_role("link", name="办事指南").first.click()
    page.get_by_role("link", name="工程变更审批").first.click()
    playwright.expect(page.get_by_role("heading", level=1)).to_contain_text("工程变更审批")
    row = page.locator(".tiers tr", has_text="50万元以内")
    row.get_by_role("link", name="三（三）").first.click()
    page.wait_for_url(f"{address}{VERSION}#p-3-3")
    heading = page.locator("#p-3-3")
    playwright.expect(heading).to_be_in_viewport()
    playwright.expect(heading).to_contain_text("三（三）")


def test_search_by_keyboard_from_query_to_provision(page: playwright.Page, address: str) -> None:
    page.goto(f"{address}rules/")
    found = typed(page, "公示几天")
    assert any(f"{VERSION}#p-3-4-6" in each for each in found[:3])
    playwright.expect(page.locator("#search-dialog mark").first).to_be_visible()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.closest('#search-dialog ol') !== null")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{address}**#*")


OF_CHANGES = {
    "10万元": "#p-3-2",
    "十万元": "#p-3-2",
    "100000元": "#p-3-2",
    "三（四）": "#p-3-4",
    "三(四)6": "#p-3-4-6",
    "暂列金": "reading-gate-expenditure",
    "工程變更報批表": "#form-annex1",
    "七个工作日": "#p-3-5",
    "化整为零": "reading-single-or-cumulative",
    "代建": "#p-3-tail",
    "net-in-words": "rules/change/net-in-words/",
    "金额大写": "rules/change/net-in-words/",
    "乱码": "rules/input/not-utf8/",
    "2020年春节": "calendar/2020/",
    "由谁解释": "#p-7-3",
}


# What people ask of the documents other than change management, and the section that answers.
ASKED = {
    "病假谁批": "leave-and-attendance/2007-07-01/#p-3-2-1",
    "请假半天谁批准": "/attendance/2009-12-01/#p-11",
    "打卡时间": "/attendance/2009-12-01/#p-8",
    "单人窗口代岗": "/attendance/2009-12-01/#p-14",
    "第十一条": "/attendance/2009-12-01/#p-11",
    "新旧关系": "leave-and-attendance/2007-07-01/#relations",
    "因公请假每月几天": "guides/leave/#kinds",
    "满意率98%": "parallel-approval/2011/#p-2-2",
    "生态环境部门": "parallel-approval/2011/#p-2-1",
    "市场监督管理": "parallel-approval/2011/#reading-former-bodies",
    "现场办结率": "window-assessment/2011-04-01/#p-15-1",
    "超期减几分": "window-assessment/2011-04-01/#p-20-6",
    "二十一条": "window-assessment/2011-04-01/#p-20",
    "第二十一条（十）": "window-assessment/2011-04-01/#p-20-10",
    "加分最高": "window-assessment/2011-04-01/#p-7",
    "评标专家": "trading-centre-plan",
    "文件格式": "formats/",
    "我要请假": "guides/leave/#page",
    "迟到扣几分": "window-assessment/2011-04-01/#p-17-2",
    "窗口考核怎么算": "guides/window-assessment/#page",
    "得分怎么算": "guides/window-assessment/#parts",
    "一表制": "guides/parallel-registration/#form",
    "超期": "window-assessment/2011-04-01/#p-20-6",
    "评议率": "window-assessment/2011-04-01/#p-15-3",
    "并联审批多久": "guides/parallel-",
    "首席代表": "window-assessment/2011-04-01/#p-9-2",
    "投资项目审批需要哪些部门": "parallel-approval/2011/#p-2-1",
    "开公司要跑几个部门": "guides/parallel-registration/#page",
    "告知单怎么打印": "formats/commands/#notice",
    "关键线路": "formats/parallel-case/#page",
    "怎么交考勤表": "formats/attendance/",
    "Excel": "#hand-in",
    "空表": "#download-window-sheet",
    "空表里有什么": "formats/assessment/#sheets",
}


@longer
def test_search_finds(page: playwright.Page, address: str) -> None:
    page.goto(f"{address}guides/change-approval/")
    assert missed(page, {query: OF_CHANGES[query] for query in some(list(OF_CHANGES), 15)}) == {}


@longer
def test_search_answers_about_every_document(page: playwright.Page, address: str) -> None:
    page.goto(address)
    assert missed(page, {query: ASKED[query] for query in some(list(ASKED), 15)}) == {}


def missed(page: playwright.Page, wanted: dict[str, str]) -> dict[str, list[str]]:
    """The queries of which no result among the first five is the one that is wanted, with those five."""
    found = {query: pasted(page, query)[:5] for query in wanted}
    return {query: hits for query, hits in found.items() if not any(wanted[query] in hit for hit in hits)}


def test_from_a_replaced_rule_to_what_replaced_it(page: playwright.Page, address: str) -> None:
    page.goto(f"{address}instruments/luzhou/leave-and-attendance/2007-07-01/")
    page.locator("#n-sick-leave .replaced").get_by_role("link", name="第十二条").click()
    page.wait_for_url("**/instruments/luzhou/attendance/2009-12-01/#p-12")
    playwright.expect(page.locator("#p-12")).to_be_in_viewport()


def test_search_says_what_it_cannot_do(page: playwright.Page, address: str) -> None:
    page.goto(address)
    status = page.locator("#search-dialog [role=status]")
    suggested = typed(page, "魑魅魍魉")
    assert suggested and all("/guides/" in each for each in suggested)
    playwright.expect(status).to_contain_text("没有找到")
    page.keyboard.press("Escape")
    playwright.expect(page.locator("#search-dialog")).not_to_be_visible()


def test_search_loads_little(browser: playwright.Browser, address: str) -> None:
    page = browser.new_page()  # which has loaded nothing yet
    page.goto(address)
    sizes: list[int] = []
    page.on("response", lambda got: sizes.append(len(got.body())) if "/search/" in got.url else None)
    page.locator("[data-search] input[type=search]").fill("公示期满")
    playwright.expect(page.locator("[data-search] li").first).to_be_visible()
    assert 0 < sum(sizes) < 120_000
    page.close()


def test_the_same_words_are_made_of_pages_and_of_queries(page: playwright.Page, address: str) -> None:
    page.goto(address)
    texts = []
    for path in sorted((ROOT / "tests/data").glob("search_queries*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            texts += [row["query"] for row in csv.DictReader(file)]
    texts += [
        line for path in sorted((ROOT / "policies").rglob("*.yaml")) for line in path.read_text("utf-8").split("\n")
    ]
    # The browser knows the traditional forms of the characters that the site holds; here all of them are folded before.
    texts = [fold(text) for text in texts]
    told = """async (texts) => {
        const engine = banshiSearch, { simpler } = await engine.plan();
        return texts.map((text) => engine.words(engine.plain(engine.fold(simpler, text))));
    }"""
    for text, theirs in zip(texts, page.evaluate(told, texts), strict=True):
        assert sorted(theirs) == sorted(words(text).elements()), text


def test_search_takes_a_word_for_what_was_meant(page: playwright.Page, address: str) -> None:
    page.goto(address)
    for slip in ("首席代标", "shouxidaibiao", "sxdb"):
        assert any("#p-9-2" in each for each in typed(page, slip)[:5]), slip
        playwright.expect(page.locator("#search-dialog [role=status]")).to_contain_text("按“首席代表”找到")


def test_search_by_address_kind_and_more(page: playwright.Page, address: str) -> None:
    page.goto(f"{address}?q=公示")
    finder = page.locator("[data-search]").first
    playwright.expect(finder.locator("input[type=search]")).to_have_value("公示")
    links = finder.locator("ol a")
    playwright.expect(finder.locator(".likely a").first).to_have_attribute("href", re.compile("change-approval"))
    before = links.count()
    assert links.evaluate_all("(all) => new Set(all.map((a) => a.href)).size") == before
    finder.get_by_role("button", name="更多结果").click()
    playwright.expect(links).not_to_have_count(before)
    assert links.evaluate_all("(all) => new Set(all.map((a) => a.href)).size") == links.count()
    finder.get_by_role("button", name=re.compile("办事指南")).click()
    playwright.expect(links.first).to_have_attribute("href", re.compile("/guides/"))
    assert links.evaluate_all("(all) => all.every((a) => a.href.includes('/guides/'))")
    finder.locator("input[type=search]").fill("病假")
    page.wait_for_url("**/?q=%E7%97%85%E5%81%87")
    page.goto(f"{address}rules/?q=病假")
    playwright.expect(page.locator("#search-dialog ol a").first).to_be_visible()


def test_search_by_day(page: playwright.Page, address: str) -> None:
    """Only texts in force on the chosen day; the day is kept in the address, and a page with it opens the same."""
    page.goto(f"{address}?q=请假")
    finder = page.locator("[data-search]").first
    day, links = finder.get_by_label("只看这一天施行的条款"), finder.locator("ol a")
    playwright.expect(links.first).to_be_visible()
    day.fill("2013-05-06")
    playwright.expect(finder.get_by_role("status")).to_contain_text("2013-05-06 施行的条款里找到")
    assert links.evaluate_all("(all) => all.every((a) => a.href.includes('/instruments/'))")
    page.goto(f"{address}?q=请假&on=1990-01-01")
    playwright.expect(finder.get_by_role("status")).to_contain_text("1990-01-01 施行的条款里找到 0 处")
    playwright.expect(day).to_have_value("1990-01-01")
    day.fill("")
    playwright.expect(links.first).to_be_visible()
    playwright.expect(page).not_to_have_url(re.compile("on="))


def test_snippets_are_sentences(page: playwright.Page, address: str) -> None:
    page.goto(address)
    typed(page, "政府批准")
    said = page.locator("#search-dialog ol a[href*='#p-3-3'] span").first.inner_text()
    assert "超过10万元" in said and "D5-" not in said and "参与计算" not in said


def test_search_works_from_a_folder(browser: playwright.Browser, site: Path) -> None:
    context = browser.new_context(locale="zh-CN")
    page = context.new_page()
    page.goto((site / "index.html").as_uri())
    page.locator("[data-search] input[type=search]").fill("公示几天")
    playwright.expect(page.locator("[data-search] li.likely a").first).to_have_attribute("href", re.compile("^file:"))
    playwright.expect(page.locator("[data-search] a[href$='#p-3-4-6']")).to_be_visible()
    context.close()


@longer
@pytest.mark.parametrize("path", some(ONE_OF_EACH, 10))
def test_phone_has_no_sideways_scroll(page: playwright.Page, address: str, path: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    answer = page.goto(address + path)
    assert answer is not None and answer.ok
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    unreachable = """() => [...document.querySelectorAll("article *")].filter((e) =>
        e.scrollWidth > e.clientWidth + 1 && /auto|scroll/.test(getComputedStyle(e).overflowX) && e.tabIndex < 0
        && e.clientWidth > 0 && e.tagName !== "CODE").map((e) => e.outerHTML.slice(0, 80))"""
    with suppress(playwright.TimeoutError):  # a script of ours makes them so, once the page stands
        page.wait_for_function(f"({unreachable})().length === 0", timeout=2000)
    assert page.evaluate(unreachable) == []


def test_a_phone_shows_every_section_of_the_site(page: playwright.Page, address: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(address)
    for name in ("首页", "办事指南", "文件", "校验规则", "文件格式", "放假安排"):
        playwright.expect(page.locator(".tabs").get_by_role("link", name=name, exact=True)).to_be_in_viewport()


def test_skip_link_language_and_landmarks(page: playwright.Page, address: str) -> None:
    page.goto(f"{address}guides/change-approval/")
    assert page.locator("html").get_attribute("lang") == "zh"
    page.keyboard.press("Tab")
    playwright.expect(page.locator(".skip")).to_be_focused()
    assert page.locator("main").count() == 1
    assert page.locator("nav:not([aria-label])").count() == 0


def test_paper_shows_the_banner_and_where_links_lead(page: playwright.Page, address: str) -> None:
    page.goto(f"{address}guides/change-approval/")
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    for hidden in (".top", ".tabs", ".beside", ".contents"):
        playwright.expect(page.locator(hidden).first).not_to_be_visible()
    playwright.expect(page.locator(".notice").first).to_be_visible()
    playwright.expect(page.locator("details.readings summary").first).to_be_visible()
    playwright.expect(page.locator("details.readings li").first).not_to_be_visible()
    playwright.expect(page.locator(".leads li").first).to_contain_text("http")


def test_serve_reloads_keeps_the_last_good_site_and_recovers(browser: playwright.Browser, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "policies/luzhou", tmp_path / "policies/luzhou")
    policy = tmp_path / POLICY
    sound = policy.read_text(encoding="utf-8")
    command = [sys.executable, "-m", "banshi", "serve", "--port", "0"]
    env = in_processes(tmp_path / "start", "guides/change-approval.md")
    with subprocess.Popen(
        command, cwd=tmp_path, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8"
    ) as server:
        try:
            address = said(server, r"http://\S+/")
            page = browser.new_page()
            page.goto(f"{address}guides/change-approval/")
            changed = sound.replace("{value: 7, unit: 工作日}", "{value: 8, unit: 工作日}")
            policy.write_text(changed, encoding="utf-8")
            playwright.expect(page.locator("#limits ~ div td", has_text="8个工作日")).to_be_visible(timeout=90_000)
            policy.write_text(changed.replace("tier: finance\n", "tier: finanse\n"), encoding="utf-8")
            said(server, "policy/references-resolve")
            said(server, "仍显示上一次成功生成的网站")
            playwright.expect(page.locator("#limits ~ div td", has_text="8个工作日")).to_be_visible(timeout=90_000)
            policy.write_text(sound, encoding="utf-8")
            playwright.expect(page.locator("#limits ~ div td", has_text="7个工作日")).to_be_visible(timeout=90_000)
            page.close()
        finally:
            server.terminate()


def said(server: subprocess.Popen[str], pattern: str) -> str:
    """Read what the server prints until a line matches; give what matched."""
    assert server.stdout is not None
    before = ""
    for line in server.stdout:
        found = re.search(pattern, line)
        if found:
            return found[0]
        before += line
    raise AssertionError(f"the server ended without {pattern}: {before}")
