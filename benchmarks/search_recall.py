"""Whether search finds what is asked, how fast, and with how many bytes.

    python benchmarks/search_recall.py SITE [--queries FILE] [--pages N] [--misses]

``SITE``: a built site of this checkout's policies. The queries of tests/data/search_queries.csv were written from the
documents' own text before the search was tuned; those marked held-out were not looked at while it was. ``--queries``: others, of the
same columns: search_queries_later.csv of this checkout's policies, search_queries_qinghe.csv and search_queries_linjiang.csv of the
sites of those examples; search_queries_baiyun.csv of the site of tests/data/baiyun and search_queries_init.csv of what ``banshi
init fresh --jurisdiction mouqu`` writes. Each is put to the very scripts of the site in a Chromium page; the answer is right if an expected provision or guide is among the first five
links. ``--pages N``: the site is filled up to N pages first, in a copy, with made-up instruments of other subjects, as a city
has them (other_subjects.py); with ``--same-words`` of the site's own words, shuffled, so that their titles and headings hold
what is sought: then also told is how many are right among the pages that are not made up, that is, whether the index still
holds and ranks them. ``--misses`` names the queries of the tuned half that fail. ``--beside``: Pagefind and Material are asked
the same on the same pages (search_peers.py).
"""

import argparse
import csv
import json
import random
import re
import shutil
import tempfile
import threading
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from other_subjects import other_pages
from playwright.sync_api import sync_playwright
from search_peers import there

from banshi.base.folders import first_file
from banshi.centre.centre import Centre
from banshi.site.content import Content
from banshi.site.search import FOLDER, index

ROOT = Path(__file__).resolve().parent.parent
QUERIES = ROOT / "tests/data/search_queries.csv"
FIRST = 5
MADE_UP = "instruments/filler/made-up-"
FLAGS = ("--no-sandbox", "--disable-gpu")
ASK = """async (query) => {
  const engine = banshiSearch, started = performance.now();
  const found = await engine.find(query);
  const shown = await engine.show(found, [...found.order]);
  return { links: shown.flat().map((each) => each[2]), order: found.order, ms: performance.now() - started };
}"""


def main() -> None:
    """Ask every query and print what came of it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("site", type=Path)
    parser.add_argument("--queries", type=Path, default=QUERIES)
    parser.add_argument("--pages", type=int, default=0)
    parser.add_argument("--same-words", action="store_true")
    parser.add_argument("--misses", action="store_true")
    parser.add_argument("--beside", action="store_true")
    given = parser.parse_args()
    with given.queries.open(encoding="utf-8", newline="") as file:
        queries = list(csv.DictReader(file))
    with tempfile.TemporaryDirectory() as folder:
        site = given.site
        if given.pages:
            site = filled(given.site, Path(folder) / "site", given.pages, same_words=given.same_words)
        size = sum(path.stat().st_size for path in (site / FOLDER).iterdir())
        pages = sum(1 for _ in site.rglob("index.html"))
        print(f"{pages} pages, index {size / 1e6:.1f} MB in {sum(1 for _ in (site / FOLDER).iterdir())} files")
        links, orders, *measured = asked(site, [query["query"] for query in queries])
        report(queries, links, *measured, misses=given.misses)
        if given.pages:
            addresses = addresses_of(site)
            own = [[at for at in map(addresses.__getitem__, order) if MADE_UP not in at][:FIRST] for order in orders]
            print("\namong the pages that are not made up")
            shares(queries, [[[link] for link in found] for found in own])
        for name, (ready, ask) in there().items() if given.beside else ():
            print(f"\n{name}")
            shares(queries, asked_beside(ready(site, Path(folder)), ask, [query["query"] for query in queries]))


def filled(site: Path, copy: Path, pages: int, *, same_words: bool = False) -> Path:
    """A copy of the site with made-up instruments up to so many pages: of other subjects, or of the site's own words."""
    shutil.copytree(site, copy)
    more = pages - sum(1 for _ in copy.rglob("index.html"))
    for n, (title, parts) in enumerate(shuffled(copy, more) if same_words else other_pages(more)):
        sections = "".join(
            f'<h3 id="p-{part}"><span class="label">第{part}条</span> {heading}</h3><p>{text}</p>'
            for part, (heading, text) in enumerate(parts, 1)
        )
        page = copy / f"{MADE_UP}{n}/2000/index.html"
        page.parent.mkdir(parents=True)
        page.write_text(f'<article><h1 id="page">{title}</h1>{sections}</article>', encoding="utf-8")
    shutil.rmtree(copy / FOLDER)
    content = Content(Centre(ROOT))
    shown = [version for versions in content.versions.values() for version in versions]
    index(copy, first_file(ROOT, "site_templates/search_terms.yaml"), shown, content.through_time)
    return copy


def shuffled(site: Path, count: int) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Titles and sections of the words that the site's instruments have, by chance."""
    runs: list[str] = []
    for file in (site / "instruments").rglob("index.html"):
        runs += re.findall("[\u4e00-\u9fff]{2,6}", re.sub("<[^>]+>", " ", file.read_text(encoding="utf-8")))
    chance = random.Random(7)
    for _ in range(count):
        title = f"{''.join(chance.choices(runs, k=3))}办法"
        yield (
            title,
            [
                (
                    "".join(chance.choices(runs, k=2)),
                    "，".join("".join(chance.choices(runs, k=4)) for _ in range(4)) + "。",
                )
                for _ in range(5)
            ],
        )


def addresses_of(site: Path) -> list[str]:
    """The address of each section of the index, by its number."""
    files = sorted((site / FOLDER).glob("s*.js"), key=lambda path: int(path.stem[1:]))
    held = (json.loads(re.sub(r"^banshiSearch\.put\([^,]+,|\);\s*$", "", path.read_text("utf-8"))) for path in files)
    return [section[2] for sections in held for section in sections]


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None: ...


@contextmanager
def served(site: Path) -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(site))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def asked(
    site: Path, queries: list[str]
) -> tuple[list[list[str]], list[list[int]], list[float], list[tuple[float, int]]]:
    """Of each query the links, all sections in their order and its milliseconds once files are there; (milliseconds,
    bytes) of some first answers.
    """
    with served(site) as address, sync_playwright() as started:
        browser = started.chromium.launch(executable_path=shutil.which("chromium"), args=[*FLAGS])
        links, orders, times, first = list[list[str]](), list[list[int]](), list[float](), list[tuple[float, int]]()
        page = browser.new_page()
        page.goto(address)
        for query in queries:
            found = page.evaluate(ASK, query)
            links.append(found["links"])
            orders.append(found["order"])
            times.append(page.evaluate(ASK, query)["ms"])  # the second time its files are there, as after a keystroke
        for query in queries[::12]:
            first.append(first_answer(browser, address, query))
        browser.close()
    return links, orders, times, first


def asked_beside(site: Path, ask: Any, queries: list[str]) -> list[list[list[str]]]:
    """The entries that a peer shows for each query, each with its links."""
    with served(site) as address, sync_playwright() as started:
        browser = started.chromium.launch(executable_path=shutil.which("chromium"), args=[*FLAGS])
        page = browser.new_page()
        page.goto(address)
        found = [ask(page, address, query) for query in queries]
        browser.close()
    return found


def first_answer(browser: Any, address: str, query: str) -> tuple[float, int]:
    """Milliseconds and bytes of the index until a reader who has just opened the site has an answer."""
    context = browser.new_context()
    page, sizes = context.new_page(), []
    page.goto(address)
    page.on("response", lambda got: sizes.append(int(got.headers["content-length"])) if "/search/" in got.url else None)
    took = page.evaluate(ASK, query)["ms"]
    context.close()
    return took, sum(sizes)


def answers(expected: str, link: str) -> bool:
    """Whether a link is what was expected: ``instrument#provision``, an instrument, or the folder of a page."""
    if expected.endswith("/"):
        return link.startswith(expected)
    instrument, _, provision = expected.partition("#")
    if not link.startswith("instruments/") or f"/{instrument}/" not in link:
        return False
    anchor = provision.replace(".", "-")
    return not provision or link.endswith(f"#{anchor}" if anchor.startswith("form-") else f"#p-{anchor}")


def shares(queries: list[dict[str, str]], entries: list[list[list[str]]], *, misses: bool = False) -> None:
    """Prints the share of right answers by kind and half. ``entries``: of each query the links of each entry shown."""
    counts: defaultdict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0, 0])
    for query, found in zip(queries, entries, strict=True):
        links = [link for entry in found[:FIRST] for link in entry]
        right = any(answers(each, link) for each in query["expected"].split("|") for link in links)
        for kind in (query["kind"], "all"):
            count = counts[kind, query["half"]]
            count[0] += right
            count[1] += 1
            count[2] += not found
        if misses and not right and query["half"] == "tuning":
            print("missed:", query["query"], query["expected"], links)
    print(f"{'kind':14}{'tuning':>10}{'held out':>10}   nothing found")
    for kind in dict.fromkeys([*(query["kind"] for query in queries), "all"]):
        tuned, held = counts[kind, "tuning"], counts[kind, "held-out"]
        print(f"{kind:14}{tuned[0]:>6}/{tuned[1]:<3}{held[0]:>6}/{held[1]:<3}   {tuned[2] + held[2] or ''}")


def report(
    queries: list[dict[str, str]],
    links: list[list[str]],
    times: list[float],
    first: list[tuple[float, int]],
    *,
    misses: bool,
) -> None:
    """Prints what was right, then speed and bytes."""
    shares(queries, [[[link] for link in found] for found in links], misses=misses)
    ordered, took, size = sorted(times), sorted(each for each, _ in first), sorted(each for _, each in first)
    print(f"keystroke: median {ordered[len(ordered) // 2]:.1f} ms, p95 {ordered[int(len(ordered) * 0.95)]:.1f} ms")
    print(
        f"first answer: median {took[len(took) // 2]:.0f} ms, {size[len(size) // 2] / 1e3:.0f} kB; most {size[-1] / 1e3:.0f} kB"
    )


if __name__ == "__main__":
    main()
