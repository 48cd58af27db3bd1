"""What others find on the very same pages: Pagefind 1.6, and Material's own search with jieba.

`make recall` fetches both. Each is asked in its own way, through its own scripts in Chromium, and shown more leniently than
ours: right is whatever stands in the first five entries, with the sections that each entry lists below its page.
"""

import contextlib
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import yaml
from playwright.sync_api import TimeoutError  # noqa: A004 - not Python's own

ROOT = Path(__file__).resolve().parent.parent
PEERS = Path(os.environ.get("BANSHI_PEERS", ROOT / "build/peers"))
PAGEFIND = PEERS / "node_modules/.bin/pagefind"
MATERIAL = PEERS / "material/bin/mkdocs"
FIRST, BELOW = 5, 3  # Pagefind's own list shows three sections of a page

_PAGEFIND = """async ([query, first, below]) => {
  window.peer ??= await import(new URL("pagefind/pagefind.js", location.href).href);
  const found = await window.peer.search(query);
  const pages = await Promise.all(found.results.slice(0, first).map((each) => each.data()));
  // As its own list does: the sections of a page with most hits.
  const hits = (page) => [...page.sub_results].sort((a, b) => b.locations.length - a.locations.length);
  return pages.map((page) => [page.url, ...hits(page).slice(0, below).map((each) => each.url)]);
}"""
_MATERIAL = """(first) => [...document.querySelectorAll(".md-search-result__item")].slice(0, first)
    .map((item) => [...item.querySelectorAll("a[href]")].map((link) => link.href))"""
# The heading of its list changes with each answer; it is set to this first.
_CLEARED = """() => { document.querySelector(".md-search-result__meta").textContent = "?"; }"""
_ANSWERED = """() => document.querySelector(".md-search-result__meta").textContent !== "?" """


def there() -> dict[str, Any]:
    """The peers that are fetched: name → how to make it ready for a site, and how to ask it."""
    found: dict[str, Any] = {}
    if PAGEFIND.exists():
        found["Pagefind 1.6"] = (with_pagefind, ask_pagefind)
    if MATERIAL.exists():
        found["Material with jieba"] = (with_material, ask_material)
    return found


def with_pagefind(site: Path, folder: Path) -> Path:
    """A copy of the site with Pagefind's index."""
    copy = folder / "pagefind"
    shutil.copytree(site, copy)
    _run([PAGEFIND, "--site", copy, "--root-selector", "main"])
    return copy


def with_material(site: Path, folder: Path) -> Path:  # noqa: ARG001 - it builds the same pages itself
    """The pages that the last build rendered, under Material as it comes, with its own search."""
    settings = yaml.safe_load((ROOT / "mkdocs.yml").read_text("utf-8"))
    for ours in ("extra_css", "extra_javascript", "validation"):
        settings.pop(ours, None)
    settings |= {
        "docs_dir": str(ROOT / "build/pages"),
        "site_dir": str(folder / "material"),
        "theme": {"name": "material", "language": "zh", "font": False},
        "plugins": [{"search": {"lang": ["zh", "en"]}}],
    }
    config = folder / "material.yml"
    config.write_text(yaml.safe_dump(settings, allow_unicode=True), encoding="utf-8")
    _run([MATERIAL, "build", "--quiet", "--config-file", config])
    return folder / "material"


def _run(words: list[object]) -> None:
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true"}
    done = subprocess.run([str(word) for word in words], env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{words[0]}: {done.stderr or done.stdout}")


def ask_pagefind(page: Any, address: str, query: str) -> list[list[str]]:
    """The links of its first entries, each with those of its sections."""
    return _below(address, page.evaluate(_PAGEFIND, [query, FIRST, BELOW]))


def ask_material(page: Any, address: str, query: str) -> list[list[str]]:
    """The same, typed into its box."""
    page.evaluate(_CLEARED)
    page.locator(".md-search__input").fill(query)
    with contextlib.suppress(TimeoutError):  # what its index takes for a faulty expression (9:00) is never answered
        page.wait_for_function(_ANSWERED, timeout=5_000)
    page.wait_for_timeout(50)  # the list is filled behind its heading
    found = page.evaluate(_MATERIAL, FIRST)
    page.locator(".md-search__input").fill("")
    page.wait_for_timeout(50)
    return _below(address, found)


def _below(address: str, entries: list[list[str]]) -> list[list[str]]:
    """Addresses as ours are: below the top of the site, without what was asked."""
    return [[_plain(address, link) for link in entry] for entry in entries]


def _plain(address: str, link: str) -> str:
    path, _, anchor = link.removeprefix(address).removeprefix("/").partition("#")
    return unquote(path.partition("?")[0] + (f"#{anchor}" if anchor else ""))
