"""Pages as the web wants them: sound HTML, a title and a sentence each, no script in a page, addresses where they are known."""

import json
import os
import re
import shutil
import subprocess
from collections import Counter
from html import unescape
from pathlib import Path

import pytest
from conftest import ROOT, SITE_EPOCH
from lengths import LONG, longer, some

from banshi.centre.centre import Centre
from banshi.site.build import build
from banshi.site.front_matter import first_words, script_json

WEB = Path(os.environ.get("BANSHI_WEB", ROOT / "build/web")) / "node_modules"  # where `make browser` puts them
CHECKER = WEB / "vnu-jar/build/dist/vnu.jar"
JAVA = shutil.which("java")
DESCRIPTION = re.compile(r'<meta name="description" content="([^"]*)">')
TITLE = re.compile(r"<title>([^<]*)</title>")


@pytest.fixture(scope="module")
def htmls(site: Path) -> dict[str, str]:
    return {path.relative_to(site).as_posix(): path.read_text("utf-8") for path in sorted(site.rglob("*.html"))}


@pytest.fixture(scope="module")
def addressed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small centre's site that knows where it will be published."""
    folder = tmp_path_factory.mktemp("addressed")
    shutil.copytree(ROOT / "examples/qinghe/policies", folder / "policies")
    text = 'jurisdiction = "qinghe"\ntitle = "清河办事"\ncontact = "电话 000-0000"\nfooter = "清河市政务服务中心"\n'
    (folder / "banshi.toml").write_text(f'{text}address = "https://banshi.example.cn/some/place"\n', encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", SITE_EPOCH)
        return build(Centre(folder), folder / "site").place


@pytest.mark.skipif(
    not CHECKER.is_file() or JAVA is None,
    reason="no Nu HTML checker here (make browser fetches it; it needs Java and npm)",
)
@longer
def test_the_nu_html_checker_finds_nothing(site: Path) -> None:
    looked_at = [str(site)] if LONG else [str(path) for path in some(sorted(site.rglob("*.html")), 60)]
    command = [JAVA or "java", "-jar", str(CHECKER), "--format", "json", "--skip-non-html", *looked_at]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    said = json.loads(done.stderr)["messages"]
    wrong = Counter(
        f"{m['type']}: {m['message']} … {m.get('extract', '').strip()}" for m in said if m.get("subType") != "warning"
    )
    assert [each for each in wrong if each.startswith(("error", "non-document-error"))] == []


def test_no_page_holds_a_script_or_a_handler(htmls: dict[str, str]) -> None:
    """A host may say ``script-src 'self'``: what runs lies in files; data for machines does not run."""
    for name, html in htmls.items():
        for given, inside in re.findall(r"<script\b([^>]*)>(.*?)</script>", html, re.DOTALL):
            assert "src=" in given or 'type="application/ld+json"' in given, (name, given)
            assert ("src=" in given) == (not inside.strip()), name
        assert not re.search(r"<[^>]+\son[a-z]+=|javascript:", html), name


def test_no_mark_of_the_templates_is_left(htmls: dict[str, str]) -> None:
    assert [name for name, html in htmls.items() if re.search(r"<[a-z]+[^>]*\smarkdown=", html)] == []


def test_every_page_has_a_title_and_a_sentence_of_its_own(htmls: dict[str, str]) -> None:
    titles = {name: unescape(TITLE.findall(html)[0]) for name, html in htmls.items()}
    about = {name: unescape(found[0]) for name, html in htmls.items() if (found := DESCRIPTION.findall(html))}
    assert set(about) == set(titles)
    assert {name: said for name, said in about.items() if not 4 <= len(said) <= 200} == {}
    for said in (titles, about):
        twice = Counter(said.values())
        assert {name: text for name, text in said.items() if twice[text] > 1} == {}


def test_data_for_machines_is_sound(htmls: dict[str, str]) -> None:
    found = [json.loads(each) for html in htmls.values() for each in re.findall(r'ld\+json">(.*?)</script>', html)]
    kinds = Counter(each["@type"] for each in found)
    assert kinds["Legislation"] >= 8
    assert all(each["@context"] == "https://schema.org" and each["name"] for each in found)


def test_data_cannot_end_its_script() -> None:
    data = {"name": "</script><script>alert(1)</script>&amp;"}
    assert not set("<>&") & set(script_json(data)) and json.loads(script_json(data)) == data


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ('# 题 { #page }\n\n<p class="lead">谁来<b>申报</b>、交什么材料。</p>\n\n正文', "谁来申报、交什么材料。"),
        ("# 题\n\n| 甲 |\n|---|\n\n- 一\n\n说明的一句话，够长。", "说明的一句话，够长。"),
        ("# 题\n\n短", ""),
        ("# 题\n\n" + "长" * 200, "长" * 119 + "…"),
        ("a &lt;b&gt; 和实体的一句话", "a <b> 和实体的一句话"),
    ],
)
def test_first_words(body: str, said: str) -> None:
    assert first_words(body) == said


def test_a_site_without_an_address_claims_none(htmls: dict[str, str], site: Path) -> None:
    assert not any('rel="canonical"' in html for html in htmls.values())
    assert not (site / "sitemap.xml").exists() and not (site / "sitemap.xml.gz").exists()


def test_a_site_with_an_address_says_it_on_every_page(addressed: Path) -> None:
    root = "https://banshi.example.cn/some/place/"
    pages = sorted(path.parent.relative_to(addressed).as_posix() for path in addressed.rglob("index.html"))
    wanted = [root if page == "." else f"{root}{page}/" for page in pages]
    canonical = r'<link rel="canonical" href="([^"]*)">'
    assert [re.findall(canonical, (addressed / page / "index.html").read_text("utf-8")) for page in pages] == [
        [w] for w in wanted
    ]
    assert sorted(re.findall("<loc>(.*?)</loc>", (addressed / "sitemap.xml").read_text("utf-8"))) == sorted(wanted)
    lost = (addressed / "404.html").read_text("utf-8")
    links = re.findall(r'(?:href|src)="([^"#]*)"', lost)
    assert links and all(link.startswith("/some/place/") for link in links)


def test_a_centre_s_words_stand_on_every_page(addressed: Path) -> None:
    for page in addressed.rglob("*.html"):
        html = page.read_text("utf-8")
        assert "清河办事" in html and "清河市政务服务中心" in html and "联系：电话 000-0000" in html


def test_every_provision_has_an_address_that_stays(addressed: Path, htmls: dict[str, str]) -> None:
    """The id of a provision is made of its id in the data, never of its place on the page."""
    page = htmls["instruments/luzhou/change-management/2011-11-04/index.html"]
    ids = re.findall(r'id="([^"]+)"', page)
    assert not [each for each in ids if re.fullmatch(r"_\d+", each)]
    assert {"p-3-2", "p-3-4-6", "n-finance-tier"} <= set(ids)


def _luminance(colour: str) -> float:
    colour = colour if len(colour) == 7 else "#" + "".join(2 * digit for digit in colour[1:])
    shares = (int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5))
    red, green, blue = (each / 12.92 if each <= 0.03928 else ((each + 0.055) / 1.055) ** 2.4 for each in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("behind", ["paper", "pale", "mark", "target", "cool-back", "warn-back"])
def test_text_can_be_read_on_whatever_lies_behind_it(behind: str, scheme: str) -> None:
    """What is marked in results of search stands on no page that is built, so no look at pages finds it."""
    light, dark = (
        (ROOT / "site_templates/assets/site.css").read_text(encoding="utf-8").split("prefers-color-scheme: dark")
    )
    colours = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6});", light if scheme == "light" else light + dark))
    for text in ("ink", "soft", "link"):
        darker, lighter = sorted((_luminance(colours[text]), _luminance(colours[behind])))
        assert (lighter + 0.05) / (darker + 0.05) >= 4.5, f"{text} on {behind}"
