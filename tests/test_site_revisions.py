"""The site through time: a page for each day on which something changes, neighbours side by side, the line of all days, the feed."""

import datetime
import re
import shutil
import xml.etree.ElementTree as ET
from pathlib import Path
from urllib.parse import urldefrag, urljoin

import pytest
from conftest import ROOT, Pages, write_yaml

from banshi.base import limits
from banshi.base.folders import layered
from banshi.centre.centre import Centre
from banshi.law.library import Library
from banshi.site.build import SiteUnbuildable, build
from banshi.site.content import Content
from banshi.site.feed import PATH
from banshi.site.render import render

day = datetime.date.fromisoformat
ON = "2026-11-27"
ATOM = "{http://www.w3.org/2005/Atom}"
CENTRES = {"linjiang": ROOT / "examples/linjiang", "yangcheng": ROOT / "tests/data/through_time"}


@pytest.fixture(scope="module", params=CENTRES)
def centre(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A centre with amendments, as a project of its own, rendered for a day."""
    folder = tmp_path_factory.mktemp(request.param) / "centre"
    shutil.copytree(CENTRES[request.param], folder)
    (folder / "banshi.toml").write_text(f'name = "中心"\njurisdiction = "{request.param}"\n', encoding="utf-8")
    render(Content(Centre(folder), day(ON)), folder / "pages")
    return folder


@pytest.fixture(scope="module")
def library(centre: Path) -> Library:
    return Library(layered(centre, "policies"))


def page(centre: Path, path: str) -> str:
    return (centre / "pages" / path).read_text(encoding="utf-8")


def shown(library: Library) -> list[str]:
    """The centre's own instruments: the nation's are applied, and shown only where they are named."""
    return [name for name in library.instruments() if not name.startswith(("luzhou/", "cn/"))]


def days_of(library: Library) -> set[datetime.date]:
    editions = [e for name in shown(library) for e in library.versions(name)]
    ends = {e.until + datetime.timedelta(days=1) for e in editions if e.until}
    return {e.since for e in editions} | ends


def test_each_day_on_which_something_changes_has_its_page_and_no_other_day(centre: Path, library: Library) -> None:
    made = {day(path.stem) for path in (centre / "pages/revisions").glob("2*.md")}
    assert made == days_of(library) and len(made) > 2
    line = page(centre, "revisions/index.md")
    assert set(map(day, re.findall(r'<time datetime="([0-9-]+)">', line))) == made


def test_the_page_of_a_day_lists_what_is_in_force_then_and_what_is_no_longer_is_marked(
    centre: Path, library: Library
) -> None:
    days = sorted(days_of(library))
    for n, on in enumerate(days):
        text = page(centre, f"revisions/{on}.md")
        listed = set(re.findall(r"instruments/([\w/-]+)/([\d-]+)/", text.partition("{ #in-force }")[2]))
        force = {name: library.version_at(name, on) for name in shown(library)}
        assert listed == {(name, version.version) for name, version in force.items() if version}
        holds = on <= day(ON) and (n + 1 == len(days) or day(ON) < days[n + 1])
        assert ('class="banner"' in text) is not holds
        for row in re.findall(r"^- 《.*", text.partition("{ #in-force }")[2], re.MULTILINE):
            name, version = re.findall(r"instruments/([\w/-]+)/([\d-]+)/", row)[0]
            now = library.version_at(name, day(ON))
            assert ("已不施行" in row or "还没有施行" in row) is not (now is not None and now.version == version)


def test_neighbours_are_laid_side_by_side_and_every_link_leads_somewhere(centre: Path, library: Library) -> None:
    pages = {p.relative_to(centre / "pages").as_posix(): p.read_text("utf-8") for p in (centre / "pages").rglob("*.md")}
    beside = [path for path in pages if path.endswith("/changes.md")]
    names = [name for name in library.instruments() if not name.startswith("luzhou/")]
    assert len(beside) == sum(max(0, len(library.versions(name)) - 1) for name in names) > 2
    for path in (*beside, *(p for p in pages if p.startswith("revisions/"))):
        here = "/" + path.removesuffix("index.md").removesuffix(".md") + ("" if path.endswith("index.md") else "/")
        for href in re.findall(r'href="([^"]+)"', pages[path]):
            to, anchor = urldefrag(urljoin(here, href))
            target = to.strip("/")
            found = pages.get(f"{target}.md") or pages.get(f"{target}/index.md") or (target == PATH and "feed")
            assert found, href
            assert not anchor or f"#{anchor} }}" in found or f'id="{anchor}"' in found, href
    for path in beside:
        assert 'class="sides"' in pages[path] or "两边说的完全一样。" in pages[path]


def test_what_changes_next_stands_on_the_home_page(centre: Path) -> None:
    assert "revisions/2027-01-01/" in page(centre, "index.md").partition("## 将要变的")[2].partition("\n## ")[0]


# The feed -----------------------------------------------------------------------------------------------------------


def feed_of(centre: Path) -> ET.Element:
    return ET.fromstring((centre / "pages" / PATH).read_bytes())


def one(element: ET.Element, tag: str) -> str:
    (found,) = element.findall(ATOM + tag)
    assert found.text
    return found.text


def test_the_feed_is_what_rfc_4287_asks_for(centre: Path) -> None:
    root = feed_of(centre)
    assert root.tag == f"{ATOM}feed"
    entries = root.findall(f"{ATOM}entry")
    assert len(entries) > 5
    assert one(root.find(f"{ATOM}author") or root, "name")
    for each in (root, *entries):
        assert re.fullmatch(r"urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", one(each, "id"))
        assert one(each, "title")
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", one(each, "updated"))
        links = each.findall(f"{ATOM}link")
        assert [link.get("rel") for link in links].count("alternate") == 1
        assert all(link.get("href") and "://" not in str(link.get("href")) for link in links)
    assert len({one(each, "id") for each in entries}) == len(entries)
    known = [one(each, "updated") for each in entries]
    assert known == sorted(known, reverse=True) and one(root, "updated") == known[0]
    assert max(known)[:10] <= ON  # what is not known yet is told later
    for entry in entries:
        (link,) = entry.findall(f"{ATOM}link")
        target = urljoin(f"/{PATH}", str(link.get("href"))).strip("/")
        assert any((centre / "pages" / f"{target}{end}").is_file() for end in (".md", "/index.md")), target


def test_ids_stay_when_something_is_added_and_addresses_are_whole_where_the_site_has_one(
    centre: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "centre"
    shutil.copytree(centre, folder, ignore=shutil.ignore_patterns("pages"))
    (folder / "mkdocs.yml").write_text("site_url: https://example.org/law/\n", encoding="utf-8")
    place = centre.parent.name.rstrip("0123456789")
    version = {
        "kind": "policy",
        "instrument": f"{place}/later",
        "version": "2026-11-01",
        "title": "后来的",
        "subject": "变更",
        "jurisdiction": place,
        "jurisdiction_name": "某市",
        "normative": True,
        "issuers": ["某局"],
        "dates": {"issued": "2026-10-01", "in_force": "2026-11-01", "known": "2026-10-01"},
        "status": "current",
        "validity": "unverified",
        "source": {"note": "虚构"},
        "provisions": [],
    }
    (folder / f"policies/{place}/later").mkdir()
    write_yaml(folder / f"policies/{place}/later/2026-11-01.yaml", version)
    render(Content(Centre(folder), day(ON)), folder / "pages")
    old, new = feed_of(centre), feed_of(folder)
    ids = [[one(each, "id") for each in root.findall(f"{ATOM}entry")] for root in (old, new)]
    assert one(old, "id") == one(new, "id") and set(ids[0]) < set(ids[1]) and len(ids[1]) == len(ids[0]) + 1
    assert all(str(link.get("href")).startswith("https://example.org/law/") for link in new.iter(f"{ATOM}link"))


# The day of the build ------------------------------------------------------------------------------------------------


def test_an_instrument_that_another_repeals_is_not_in_force_from_then_on(tmp_path: Path) -> None:
    folder = tmp_path / "centre"
    shutil.copytree(CENTRES["yangcheng"], folder)
    notice = folder / "policies/yangcheng/notice-8/2027-01-01.yaml"
    text = notice.read_text(encoding="utf-8")
    relation = "relations:\n  - {kind: repeals, instrument: yangcheng/notice-1, since: 2027-03-01}\n"
    assert "relations:" not in text
    notice.write_text(text.replace("provisions:", f"{relation}provisions:", 1), encoding="utf-8")
    for on, holds in (("2027-02-28", True), ("2027-03-01", False)):
        made = Pages(folder, day(on))
        own = made("instruments/yangcheng/notice-1/2020-07-01.md")
        assert ("已不施行：施行至2027年2月28日" in own) is not holds
        assert ("yangcheng/notice-1" in made("revisions/2027-03-01.md").partition("#in-force")[2]) is False


def test_a_day_of_the_build_that_is_none_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "gestern")
    with pytest.raises(SiteUnbuildable, match="SOURCE_DATE_EPOCH"):
        build(Centre(tmp_path), tmp_path / "site")
    assert not (tmp_path / "site").exists()


def test_a_day_of_much_law_lists_what_began_last_and_counts_the_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    folder, last = ROOT / "examples/linjiang", "revisions/2026-07-01.md"
    whole = Pages(folder, day(ON))(last).partition("#in-force")[2]
    monkeypatch.setattr(limits, "MAX_IN_FORCE", 1)
    short = Pages(folder, day(ON))(last).partition("#in-force")[2]
    texts = re.compile(r"^- .*，文本", re.M)
    many = len(texts.findall(whole))
    assert many > 1 and len(texts.findall(short)) == 1 and "没有列出" not in whole
    assert sum(map(int, re.findall(r"有 (\d+) 份更早施行的", short))) == many - 1
    assert "，文本2026-07-01" in short  # that of the day itself
