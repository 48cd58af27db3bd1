"""The site: built from data alone, the same bytes each time, every figure linked, nothing dead, nothing foreign."""

import filecmp
import json
import re
from collections.abc import Callable, Iterator
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin

import pytest
from conftest import ROOT, SITE_EPOCH, Pages
from lengths import LONG, longer
from maintaining import edit, norm
from ruamel.yaml import YAML

from banshi.centre.centre import Centre
from banshi.cli import _parser as command_line
from banshi.files.kinds import KINDS
from banshi.files.shape import Shapes
from banshi.law.working_days import WorkingDays
from banshi.site.build import build
from banshi.site.calendar import changes
from banshi.site.content import Content
from banshi.site.formats import excerpt, formats
from banshi.site.render import render
from banshi.site.usage import usages
from banshi.site.words import fold, words

GUIDE = "guides/change-approval.md"
INSTRUMENT = "instruments/luzhou/change-management/2011-11-04.md"
POLICY = "policies/luzhou/change-management/2011-11-04.yaml"
FIGURE = re.compile(r"[0-9.,]+(?:万|亿)?(?:元|%)|[0-9]+(?:个工作日|天|日内|个月)")
VOID = frozenset(("meta", "link", "input", "br", "img", "hr", "path", "source"))


class Page(HTMLParser):
    """Ids, addresses, headings, and the blocks of text with the links in them."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: set[str] = set()
        self.links: list[str] = []
        self.fetched: list[str] = []
        self.headings: list[int] = []
        self.blocks: list[tuple[str, list[str]]] = []
        self._in_article = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {key: value or "" for key, value in attrs}
        self.ids.add(given.get("id", ""))
        if tag == "article":
            self._in_article = True
        if tag == "a" and "href" in given:
            self.links.append(given["href"])
            if self._in_article and self.blocks and "cite" in given.get("class", ""):
                self.blocks[-1][1].append(given["href"])
        self.fetched += [given[key] for key in ("src", "srcset", "data", "poster") if key in given]
        self.fetched += re.findall(r"url\(([^)]*)", given.get("style", ""))
        if tag == "link":
            self.fetched.append(given["href"])
        if re.fullmatch(r"h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if self._in_article and tag in ("p", "li", "td", "th", "h1", "h2", "h3", "summary"):
            self.blocks.append(("", []))

    def handle_endtag(self, tag: str) -> None:
        if tag == "article":
            self._in_article = False

    def handle_data(self, data: str) -> None:
        if self._in_article and self.blocks:
            text, cites = self.blocks[-1]
            self.blocks[-1] = (text + data, cites)


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[str, Page]:
    """Address (from the root of the site) → page."""
    return {
        file.relative_to(site).as_posix().removesuffix("index.html"): Page(file.read_text(encoding="utf-8"))
        for file in site.rglob("*.html")
    }


# The built site -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "address",
    [
        "",
        "404.html",
        "guides/",
        "guides/change-approval/",
        "guides/leave/",
        "guides/parallel-investment/",
        "guides/parallel-registration/",
        "guides/parallel-multi-department/",
        "guides/items/examples/parallel/investment/",
        "instruments/",
        "instruments/luzhou/change-management/2011-11-04/",
        "instruments/bodies/",
        "instruments/readings/",
        "instruments/terms/",
        "instruments/errata/",
        "formats/",
        "formats/policy/",
        "formats/norms/",
        "formats/change/",
        "formats/attendance/",
        "formats/assessment/",
        "formats/cases/",
        "formats/catalogue/",
        "formats/parallel-case/",
        "formats/commands/",
        "instruments/cn/administrative-licensing/2004-07-01/",
        "rules/",
        "rules/change/tier-matches-amount/",
        "rules/change/example/",
        "rules/input/not-utf8/",
        "calendar/",
        "calendar/2011/",
    ],
)
def test_has_page(pages: dict[str, Page], address: str) -> None:
    assert address in pages


def test_every_link_and_anchor_resolves(pages: dict[str, Page], site: Path) -> None:
    assert list(_dead(pages, site)) == []


def _dead(pages: dict[str, Page], site: Path) -> Iterator[str]:
    base = "http://site/"
    for address, page in pages.items():
        for link in page.links:
            target, anchor = urldefrag(urljoin(base + address, link))
            if not target.startswith(base) or address == "404.html":
                continue
            path = unquote(target.removeprefix(base))
            if path.endswith((".json", ".xml", ".xlsx", ".docx")) and (site / path).is_file():
                continue
            found, to = pages.get(path), unquote(anchor).partition("?")[0]  # behind it, what fills in a calculator
            if found is None or (to and to not in found.ids):
                yield f"{address}: {link}"


def test_nothing_is_fetched_from_elsewhere(pages: dict[str, Page], site: Path) -> None:
    assert [f for page in pages.values() for f in page.fetched if re.match(r"(https?:)?//", f)] == []
    styles = "".join(f.read_text(encoding="utf-8") for f in site.rglob("*.css"))
    assert re.findall(r"url\(['\"]?(?:https?:)?//[^)]*|@import[^;]*", styles) == []


def test_headings_are_in_order_and_named(pages: dict[str, Page]) -> None:
    for address, page in pages.items():
        assert page.headings.count(1) == 1, address
        assert all(b - a <= 1 for a, b in zip(page.headings, page.headings[1:], strict=False)), address
        assert not [name for name in page.ids if re.fullmatch(r"_\d+", name)], address


def test_no_search_of_the_theme_is_left(site: Path) -> None:
    assert "md-search" not in (site / "index.html").read_text(encoding="utf-8")
    assert not (site / "assets/javascripts/lunr").exists()
    assert not (site / "search/search_index.json").exists()


def test_every_figure_of_the_guide_leads_to_its_provision(pages: dict[str, Page]) -> None:
    provision = re.compile(r"(\.\./)+instruments/luzhou/change-management/2011-11-04/#p-[a-z0-9-]+")
    with_figures = [(text, cites) for text, cites in pages["guides/change-approval/"].blocks if FIGURE.search(text)]
    assert len(with_figures) > 20
    for text, cites in with_figures:
        assert cites, text
        assert all(provision.fullmatch(cite) for cite in cites), cites


@pytest.mark.skipif(not LONG, reason="in make long; test_afresh.py builds a few pages twice and compares them")
@longer
def test_two_builds_are_the_same_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", SITE_EPOCH)
    one, other = (build(Centre(folder), folder / "site").place for folder in (tmp_path / "1", tmp_path / "2"))
    files = sorted(p.relative_to(one) for p in one.rglob("*") if p.is_file())
    assert files == sorted(p.relative_to(other) for p in other.rglob("*") if p.is_file())
    assert filecmp.cmpfiles(one, other, files, shallow=False)[0] == files


# Rendering ----------------------------------------------------------------------------------------------------------


def test_rendering_again_writes_nothing_and_removes_what_is_stale(tmp_path: Path, few_pages: set[str]) -> None:
    out = tmp_path / "pages"
    first = render(Content(Centre(tmp_path)), out)
    assert first.changed >= first.pages > 20
    (out / "rules/gone.md").write_text("# 旧页", encoding="utf-8")
    assert render(Content(Centre(tmp_path)), out).changed == 1
    assert not (out / "rules/gone.md").exists()


def test_templates_of_the_guide_state_no_figure() -> None:
    templates = [*(ROOT / "site_templates").glob("*.j2"), *(ROOT / "site_templates").glob("parts/*.j2")]
    own = {"tutorial.md.j2"}  # whose figures are those of the rules that its reader writes
    found = {p.name for p in templates if FIGURE.search(p.read_text(encoding="utf-8"))}
    assert found == own


def test_guide_lists_all_elements_and_says_what_the_source_does_not(made: Callable[[str], str]) -> None:
    guide = made(GUIDE)
    table_of_all = guide.partition("{ #elements }")[2]
    rows = re.findall(r'<tr><th scope="row">(.*?)</th><td>(.*?)</td></tr>', table_of_all, re.DOTALL)
    titles = [title for title, _ in rows if "tier-" not in title]
    assert len(titles) == 20
    assert titles[0] == "事项名称" and titles[-1] == "监督投诉方式"
    unknown = {title for title, text in rows if "原文未载明" in text}
    assert {"收费", "办理地点", "办理时间", "咨询方式", "监督投诉方式"} <= unknown


def test_guide_names_steps_offices_limits_forms(made: Callable[[str], str]) -> None:
    guide = made(GUIDE)
    for said in ("项目业主", "代建单位", "财政评审中心", "7个工作日", "公示", "重拟", "紧急变更", "口径", "（并行）"):
        assert said in guide, said


def test_instrument_page_has_an_anchor_for_every_provision_and_reading(
    made: Callable[[str], str], shown: Content
) -> None:
    page = made(INSTRUMENT)
    version = shown.versions["luzhou/change-management"][-1]
    for provision in version.provisions:
        assert f"{{ #p-{provision.id.replace('.', '-')} }}" in page
    for reading in version.readings:
        assert f'id="reading-{reading.id}"' in page
    for placed in version.placed:
        assert f'id="n-{placed.norm.id}"' in page


def test_a_changed_threshold_changes_guide_and_instrument(luzhou_alone: Path) -> None:
    def raise_it(data: dict) -> None:
        norm(data, "finance-tier")["amount"]["upper"]["value"] = 120000
        norm(data, "government-tier")["amount"]["lower"]["value"] = 120000

    edit(luzhou_alone / POLICY, raise_it)
    read = Pages(luzhou_alone)
    for path in (GUIDE, INSTRUMENT):
        assert "12万元以内（含12万元）" in read(path), path
        assert "10万元以内" not in read(path), path


def test_a_changed_limit_changes_the_guide(luzhou_alone: Path) -> None:
    edit(luzhou_alone / POLICY, lambda data: norm(data, "fiscal-evaluation-limit")["length"].update(value=9))
    guide = Pages(luzhou_alone)(GUIDE)
    assert "9个工作日" in guide
    assert "7个工作日" not in guide


def test_what_a_policy_says_is_text_not_markup(luzhou_alone: Path) -> None:
    said = "甲*乙*_丙_`丁`|[戊](x)<script>x</script>&amp;"
    edit(luzhou_alone / POLICY, lambda data: norm(data, "own-level").update(statement=said))
    page = Pages(luzhou_alone)(INSTRUMENT)
    assert "<script>" not in page
    assert "甲&#42;乙&#42;&#95;丙&#95;&#96;丁&#96;&#124;&#91;戊&#93;(x)" in page


# All instruments ----------------------------------------------------------------------------------------------------

D1 = "instruments/luzhou/parallel-approval/2011.md"
D2 = "instruments/luzhou/leave-and-attendance/2007-07-01.md"
D3 = "instruments/luzhou/attendance/2009-12-01.md"
D4 = "instruments/luzhou/window-assessment/2011-04-01.md"
D7 = "instruments/unattributed/trading-centre-plan/undated.md"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], str]:
    """The Markdown of everything that is shipped."""
    return Pages(tmp_path_factory.mktemp("made"))


@pytest.fixture(scope="module")
def shown() -> Content:
    return Content(Centre(ROOT))


def plain(markup: str) -> str:
    return unescape(re.sub(r"<[^>]*>", "", markup))


def table(page: str, anchor: str) -> list[list[str]]:
    """The rows of the table below a heading, cell by cell."""
    body = re.split(rf'id="{anchor}"|\{{ #{anchor} \}}', page)[1].split("<tbody>")[1].split("</tbody>", maxsplit=1)[0]
    rows = re.findall(r"<tr>(.*?)</tr>", body, re.DOTALL)
    return [[plain(cell) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL)] for row in rows]


def test_no_bare_identifier_is_shown_as_a_value(made: Callable[[str], str], shown: Content) -> None:
    placeholders = {"x", "xx", "xxxx"}  # these stand in the sources themselves
    for versions in shown.versions.values():
        for version in versions:
            page = made(f"instruments/{version.instrument}/{version.version}.md")
            values = re.findall(r"<span><b>.*?</b> (.*?)</span>", page) + re.findall(
                r"<td data-label.*?>(.*?)</td>", page
            )
            bare = {word for value in values for word in re.findall(r"[a-z][a-z_-]*", plain(value))}
            assert bare <= placeholders, version.instrument


def test_labels_come_from_the_norm_s_own_kind(made: Callable[[str], str]) -> None:
    page = made(D4)
    score = page.split('id="n-first-quarter"')[1].split("</div>")[0]
    assert "<b>第几</b> 1" in score
    sub_item = page.split('id="n-authorisation"')[1].split("</div>")[0]
    assert "<b>满分</b> 8" in sub_item and "<b>所属条</b> 10" in sub_item


def test_nothing_is_none_and_what_is_not_stated_says_so(made: Callable[[str], str], shown: Content) -> None:
    pages = ["index.md", "instruments/index.md", GUIDE, D1, D2, D3, D4, D7]
    assert [path for path in pages if "None" in made(path)] == []
    assert "| 成文日期 | 原文未载明 |" in made(D1) and "| 施行日期 | 2011年 |" in made(D1)
    assert "2011年1月1日" not in made(D1) and "2011年（成文日期原文未载明）" in made("index.md")
    assert shown.versions["luzhou/parallel-approval"][-1].dates.note in plain(made(D1))
    assert "| 成文日期 | 原文未载明 |" in made(D2)


def test_a_paper_of_unknown_origin_says_so_at_the_top(made: Callable[[str], str]) -> None:
    page = made(D7)
    assert "非规范性文件，来路不明，只作参考" in page[: page.index("怎样读这一页")]
    assert "| 来路 | 不明 |" in page and "施行日期" not in page
    assert 'class="banner"' not in made(D4)


def test_relations_are_seen_from_both_sides(made: Callable[[str], str]) -> None:
    later, earlier = plain(made(D3)), plain(made(D2))
    assert "本文件优先于《泸州市人民政府政务服务中心请假及考勤制度》，自2009年12月1日起" in later
    assert "《泸州市人民政府政务服务中心考勤管理办法》优先于本文件，自2009年12月1日起" in earlier
    assert "《泸州市人民政府政务服务中心部门窗口考核办法》引用本文件" in later
    assert "（川政中心〔2011〕16号）" in plain(made(D1))


def test_what_a_later_instrument_replaced_says_by_what_and_since_when(
    made: Callable[[str], str], shown: Content
) -> None:
    page = made(D2)
    replaced = page.split('id="n-sick-leave"')[1].split("</div>")[0]
    assert "自2009年12月1日起由《泸州市人民政府政务服务中心考勤管理办法》第十条、第十一条" in plain(replaced)
    assert "../../../../instruments/luzhou/attendance/2009-12-01/#p-10" in replaced
    assert 'class="replaced"' not in page.split('id="n-errand-quota"')[1].split("</div>")[0]
    relation = next(r for v in shown.versions["luzhou/attendance"] for r in v.relations if r.replaces)
    for path in (D2, D3):  # the same table on both pages
        assert len(table(made(path), "relations")) == len(relation.replaces)


def test_sub_items_stand_in_one_table_with_how_they_are_lost(made: Callable[[str], str], shown: Content) -> None:
    version = shown.versions["luzhou/window-assessment"][-1]
    rows = table(made(D4), "t-score-sub-item")
    assert len(rows) == len([p for p in version.placed if p.norm.kind == "score_sub_item"]) == 29
    satisfaction = next(row for row in rows if row[0].startswith("第十五条（三）"))
    assert any("不得分" in cell or "减" in cell for cell in satisfaction)
    for anchor in ("t-adjustment-bonus", "t-adjustment-deduction"):
        assert len(table(made(D4), anchor)) > 10, anchor


@pytest.mark.parametrize(
    ("instrument", "kind"),
    [
        ("parallel-approval", "target"),
        ("leave-and-attendance", "leave_approval"),
        ("attendance", "punch_window"),
        ("attendance", "leave_approval"),
        ("attendance", "factor"),
        ("window-assessment", "assessment_period"),
        ("change-management", "approval_tier"),
    ],
)
def test_norms_of_a_kind_stand_in_a_table(
    made: Callable[[str], str], shown: Content, instrument: str, kind: str
) -> None:
    version = shown.versions[f"luzhou/{instrument}"][-1]
    page = made(f"instruments/{version.instrument}/{version.version}.md")
    wanted = [placed.provision.label for placed in version.placed if placed.norm.kind == kind]
    rows = table(page, f"t-{kind}".replace("_", "-"))
    assert [row[0].split()[0] for row in rows] == wanted and len(rows) >= 2


def test_a_changed_figure_changes_the_table(luzhou_alone: Path) -> None:
    policy = luzhou_alone / "policies/luzhou/attendance/2009-12-01.yaml"
    edit(policy, lambda data: norm(data, "arrival-window").update(end="09:10"))
    assert "09:10" in str(table(Pages(luzhou_alone)(D3), "t-punch-window"))


def test_articles_can_be_found_by_their_printed_number(made: Callable[[str], str]) -> None:
    below = made(D4).split("{ #p-20-10 }")[1]
    assert below.lstrip().startswith('<p class="aside also">又作：第二十一条（十）')


def test_registers_hold_everything_once(made: Callable[[str], str], shown: Content) -> None:
    versions = [version for each in shown.versions.values() for version in each]
    assert made("instruments/readings.md").count('<th scope="row">') == sum(len(v.readings) for v in versions)
    assert made("instruments/errata.md").count('<th scope="row">') == sum(len(v.errata) for v in versions)
    bodies = made("instruments/bodies.md")
    for version in versions:
        assert all(office.name in plain(bodies) for office in version.offices.values())
        assert version.title in plain(made("instruments/index.md"))


def test_glossary_gives_aliases_and_places(made: Callable[[str], str]) -> None:
    terms = plain(made("instruments/terms.md"))
    for said in ("中标价", "各部门窗口工作人员", "公示", "窗口工作人员考勤管理办法"):
        assert said in terms, said


def test_later_names_of_bodies_serve_search_only(made: Callable[[str], str]) -> None:
    for path in (D1, D2, D3, D4, "instruments/bodies.md"):
        assert "市场监督管理" not in made(path)


# File formats -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_a_format_lists_every_key_and_gives_a_sound_example(kind: str) -> None:
    schema = Shapes([ROOT / "schemas"]).schema(kind)
    found = next(f for f in formats(ROOT) if f.kind == kind)
    listed = {key.path: key for key in found.keys}
    assert set(schema["properties"]) <= set(listed)
    assert {path for path, key in listed.items() if key.required and "." not in path} == set(schema["required"])
    assert all(key.title and key.type for key in found.keys)
    if not found.example:
        pytest.skip(f"no shipped file of kind {kind} yet")
    data = YAML(typ="safe", pure=True).load(found.example)
    assert data["kind"] == kind and (ROOT / found.example_from).is_file()


@pytest.mark.parametrize("kind", KINDS)
def test_a_format_says_how_to_hand_in_and_to_run(made: Callable[[str], str], kind: str) -> None:
    page = made(f"formats/{kind}.md")
    assert "## 怎样运行" in page and re.search(r"<dd><code>.*banshi", page)
    if KINDS[kind].load_table:
        assert "XLSX" in page or ".xlsx" in page
        assert 'scope="col">列名<' in page or "## 空表里有什么" in page


@pytest.mark.parametrize(
    ("kind", "headings"),
    [
        ("attendance", ["打卡时间", "假别", "人员编号", "值班人数"]),
        ("cases", ["办件编号", "受理日期", "承诺办结日", "群众评议"]),
        ("assessment", ["窗口与事实", "人工评分", "评分人", "比照哪一项"]),
    ],
)
def test_a_format_lists_the_columns_of_its_tables(made: Callable[[str], str], kind: str, headings: list[str]) -> None:
    page = made(f"formats/{kind}.md").split("## 写成 YAML 的键", maxsplit=1)[0]
    assert [heading for heading in headings if heading not in page] == []


def test_every_command_has_examples_that_would_run(made: Callable[[str], str]) -> None:
    page = made("formats/commands.md")
    for command in usages(ROOT).commands():
        assert f"{{ #{command.name} }}" in page
        assert command.runs, command.name
        for example in command.runs:
            words = example.run.split()
            assert words[0] == "banshi" and command_line(command.name).parse_args(words[1:]), example.run
            assert [word for word in words if word.startswith("examples/") and not (ROOT / word).exists()] == []


def test_rules_on_several_instruments_name_the_one_that_each_rests_on(made: Callable[[str], str]) -> None:
    page = made("rules/index.md")
    row = next(line for line in page.splitlines() if "批假的人对" in line)
    assert re.findall(r'<span class="of">(.*?)</span>', row) == ["考勤管理办法", "请假及考勤制度"]
    assert 'class="of"' not in page.split("## 工程变更报批表", 1)[1].split("\n## ", 1)[0]


def test_every_kind_of_norm_is_described(shown: Content) -> None:
    policy = next(f for f in formats(ROOT) if f.kind == "policy")
    used = {p.norm.kind for versions in shown.versions.values() for v in versions for p in v.placed}
    assert used <= {kind.name for kind in policy.norm_kinds}
    tier = next(kind for kind in policy.norm_kinds if kind.name == "approval_tier")
    assert [(key.path, key.required) for key in tier.keys if "." not in key.path] == [
        ("tier", True),
        ("measure", True),
        ("amount", True),
        ("of", False),
        ("base", False),
        ("base_within", False),
        ("earlier", False),
    ]


def test_an_excerpt_keeps_the_head_of_each_part() -> None:
    text = "# 甲\nkind: x\nlist:\n  - a: 1\n    b: 2\n  - a: 3\n  - a: 4\nmap:\n" + "".join(
        f"  k{n}: 1\n" for n in range(12)
    )
    short = excerpt(text)
    assert short.startswith("# 甲\nkind: x\nlist:\n  - a: 1\n    b: 2\n  - a: 3\n  # ……其余从略\nmap:\n  k0: 1\n")
    assert "k7" in short and "k8" not in short


def test_the_schemas_lie_beside_their_pages(site: Path) -> None:
    for kind in (*KINDS, "common"):
        served = json.loads((site / f"schemas/{kind}.schema.json").read_text(encoding="utf-8"))
        assert served.pop("$id").endswith(f"/{kind}.schema.json")
        assert served == json.loads((ROOT / f"schemas/{kind}.schema.json").read_text(encoding="utf-8"))


# Calendar -----------------------------------------------------------------------------------------------------------


def test_calendar_shows_make_up_days_later_notices_and_unknown_years(made: Callable[[str], str]) -> None:
    read = made
    assert '<td class="work" title="调休上班">31<b>班</b></td>' in read("calendar/2011.md")
    assert "由上班改为休息" in read("calendar/2020.md")
    assert "2027年 未录入" in read("calendar/index.md")


def test_what_a_later_notice_changed() -> None:
    year = WorkingDays([ROOT / "policies"]).year(2019)
    assert year is not None
    turned = [(f"{c.first:%m-%d}", f"{c.last:%m-%d}", c.works) for _, found in changes(year) for c in found]
    assert turned == [
        ("04-28", "04-28", True),
        ("05-02", "05-03", False),
        ("05-05", "05-05", True),
    ]


# Words for search ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("10万元", "十万元"),
        ("100,000元", "10万元"),
        ("１０万元", "壹拾万元"),
        ("第11条", "第十一条"),
        ("三（四）6", "三(四)6"),
        ("七个工作日", "7工作日"),
        ("二〇一一年", "2011年"),
        ("2011-11-04", "2011年11月4日"),
        ("0.5%", "0.50%"),
    ],
)
def test_ways_of_writing_the_same(one: str, other: str) -> None:
    shared = {word for word in words(one) if any(c.isdigit() for c in word)} & set(words(other))
    assert shared


def test_traditional_characters_fold() -> None:
    assert fold("工程變更審批") == "工程变更审批"


def test_an_article_is_found_by_its_number() -> None:
    assert {"@3.4", "@3.4.6"} <= set(words("三（四）6"))
    assert "@20.10" in set(words("第二十条（十）"))
