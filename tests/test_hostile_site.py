"""A centre whose own texts are hostile: what its pages, feeds, drawings, data and index say is seen, and is nothing but text."""

import json
import re
import shutil
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import pytest
from browsing import NEEDS_A_BROWSER, served
from conftest import ROOT, only_few_pages, write_yaml
from hostile import _CONTROL, AFTER
from lengths import LONG, longer

from banshi.base.text import visible_lines
from banshi.centre.centre import Centre
from banshi.files.reading import read
from banshi.site.build import build

# In a policy braces refer to a norm, digits restate one, and a control is an error: what is left may stand there.
_LEFT = re.sub(r"\{\{7\*7\}\}\{% raw %\}|&#x202e;|31", "", _CONTROL.sub("", AFTER)).strip()
_FREE = re.compile(
    "title|statement|summary|text|name|question|ground|label|notes?|reason|description|jurisdiction_name|subject|issuers"
    "|phone|place|address|hours|about|heading|paragraphs|fee|result|audience|spoken|A|B|C"
)
_CHINESE = re.compile(r"[\u4e00-\u9fff]")


def hostile(value: Any, key: str = "") -> Any:
    if isinstance(value, dict):
        return {name: hostile(each, name) for name, each in value.items()}
    if isinstance(value, list):
        return [hostile(each, key) for each in value]
    return value + _LEFT if isinstance(value, str) and _FREE.fullmatch(key) and _CHINESE.search(value) else value


def hostile_centre(folder: Path) -> Path:
    shutil.copytree(ROOT / "examples/linjiang", folder, dirs_exist_ok=True)
    for path in (*folder.glob("policies/**/*.yaml"), *folder.glob("catalogue/**/*.yaml")):
        document = read(path).document
        assert document is not None
        write_yaml(path, hostile(document.data))
    return folder


@pytest.fixture(scope="module")
def hostile_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Its site: in a long run whole, else a page of each kind."""
    own = hostile_centre(tmp_path_factory.mktemp("hostile"))
    with pytest.MonkeyPatch.context() as patch:
        if not LONG:
            only_few_pages(patch)
        build(Centre(own), own / "site")
    return own / "site"


def texts(site: Path) -> list[tuple[Path, str]]:
    """The files of a site that hold hostile words."""
    found = [(path, path.read_text("utf-8")) for path in sorted(site.rglob("*.*")) if path.suffix in _TEXTS]
    return [(path, text) for path, text in found if "evil" in text]


_TEXTS = (".html", ".js", ".json", ".xml", ".svg", ".css", ".txt")


def test_everything_is_seen_and_of_its_format(hostile_site: Path) -> None:
    found = texts(hostile_site)
    assert {path.suffix for path, _ in found} >= {".html", ".js", ".xml"}
    data = drawings = 0
    for path, text in found:
        assert visible_lines(text) == text, path
        if path.suffix == ".xml":
            ET.fromstring(text)
        for script in re.findall(r'<script type="application/ld\+json">(.*?)</script>', text, re.DOTALL):
            assert "evil" in json.dumps(json.loads(script)) and "<" not in script
            data += 1
        for drawing in re.findall(r"<svg.*?</svg>", text, re.DOTALL):
            assert not re.search(
                r"<(?!/?(?:svg|g|rect|text|tspan|path|line|title|desc|circle|polygon|use|a|defs|marker)\b)", drawing
            )
            drawings += 1
    assert data and drawings


@longer
@NEEDS_A_BROWSER
@pytest.mark.skipif(not LONG, reason="every page in a browser: by make long")
def test_no_script_of_it_runs_on_any_page(hostile_site: Path, browser: Any) -> None:
    """Everything is pointed at, opened and pressed; nothing is asked for that is not of the site."""
    pages = [path for path, _ in texts(hostile_site) if path.suffix == ".html"]
    with served(hostile_site) as at:
        context, asked = browser.new_context(), list[str]()
        context.on("request", lambda request: asked.append(request.url))
        for path in pages:
            page = context.new_page()
            page.goto(at + path.relative_to(hostile_site).as_posix())
            page.evaluate(_TOUCHED)
            wrong = page.evaluate(_WRONG)
            assert page.title() != "RUN" and wrong == 0, path
            page.close()
        context.close()
    assert pages and not [url for url in asked if not url.startswith(at)]


_TOUCHED = """() => { for (const e of document.querySelectorAll('*')) {
  for (const kind of ['mouseover', 'focus', 'error', 'load', 'toggle']) e.dispatchEvent(new Event(kind, {bubbles: true}));
  if (e.matches('summary, button')) e.click(); } }"""
_WRONG = """() => document.querySelectorAll('[onerror], [onload], [onmouseover], img[src*=evil]').length
  + [...document.querySelectorAll('[href]')].filter(e => /^(javascript|data):/i.test(e.href) || /evil/.test(e.href)).length"""
