"""What a reader fetches before the first answer: no file of the index is large, and no query needs many of them."""

import csv
import datetime
import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT
from lengths import longer, some
from test_search_through_time import ASIDE, ASSETS, NODE, held

from banshi.centre.centre import Centre
from banshi.site import render, search
from banshi.site.build import build
from banshi.site.pages import pages
from banshi.site.search_files import LARGEST, packed, write_cut

A_FIRST_ANSWER = 300_000  # bytes
CENTRES = {"search_queries_qinghe.csv": "qinghe", "search_queries_linjiang.csv": "linjiang"}
# Each query is put to scripts that have read nothing yet.
RUN = """
const fs = require("fs"), [site, ...queries] = JSON.parse(fs.readFileSync(0, "utf-8"));
const source = ASSETS.map((name) => fs.readFileSync(`${site}/assets/${name}`, "utf-8")).join("\\n");
const told = async (query) => {
  const sizes = {};
  delete globalThis.banshiSearch;
  (0, eval)(`{${source}}`);
  const engine = globalThis.banshiSearch;
  engine.fetcher = async (name) => {
    const text = fs.readFileSync(`${site}/search/${name}.js`, "utf-8");
    sizes[name] = Buffer.byteLength(text);
    let held;
    new Function("banshiSearch", text)({ put: (_, data) => { held = data; } });
    return held;
  };
  const found = await engine.find(query), shown = await engine.show(found, [...found.order]);
  if (!shown.length) await engine.suggested();
  return [query, Object.values(sizes).reduce((sum, each) => sum + each, 0), shown.length];
};
(async () => {
  const all = [];
  for (const query of queries) all.push(await told(query));
  console.log(JSON.stringify(all));
})();
""".replace("ASSETS", json.dumps(ASSETS))


def fetched(site: Path, queries: list[str]) -> list[tuple[str, int, int]]:
    """Of each query the bytes of the index until its first answer, and how many entries that has."""
    given = json.dumps([str(site), *queries])
    done = subprocess.run([str(NODE), "-e", RUN], input=given, capture_output=True, text=True, check=True)
    return [(query, size, count) for query, size, count in json.loads(done.stdout)]


def asked(name: str) -> list[str]:
    with (ROOT / "tests/data" / name).open(encoding="utf-8", newline="") as file:
        return [row["query"] for row in csv.DictReader(file)]


def within(site: Path, queries: list[str]) -> None:
    told = fetched(site, queries)
    assert len(told) == len(queries) > 40
    assert {query: size for query, size, _ in told if not 0 < size <= A_FIRST_ANSWER} == {}
    assert sum(count > 0 for *_, count in told) > 0.9 * len(told)


def small(site: Path) -> None:
    sizes = {path.name: path.stat().st_size for path in (site / search.FOLDER).iterdir()}
    assert len(sizes) > 50
    assert {name: size for name, size in sizes.items() if size > LARGEST} == {}


@longer
@pytest.mark.skipif(NODE is None, reason="without Node.js")
def test_no_query_of_any_set_fetches_much(site: Path) -> None:
    small(site)
    every = [each for path in sorted((ROOT / "tests/data").glob("search_queries*.csv")) for each in asked(path.name)]
    within(site, some(every, 200))


@longer
@pytest.mark.skipif(NODE is None, reason="without Node.js")
@pytest.mark.parametrize("name", some(list(CENTRES), 1))
def test_nor_on_the_site_of_another_centre(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "centre"
    shutil.copytree(ROOT / "examples" / CENTRES[name], folder)
    monkeypatch.setattr(render, "pages", lambda content: [p for p in pages(content) if not ASIDE.match(p.path)])
    place = build(Centre(folder), folder / "site", on=datetime.date(2026, 11, 27)).place
    small(place)
    within(place, asked(name))


def test_what_is_more_than_a_file_is_cut_and_nothing_of_it_lost(tmp_path: Path) -> None:
    long: dict[str, Any] = {
        "few": 3,
        "names": [f"名{n}" for n in range(3000)],
        "signs": "字" * 9000,
        "pairs": [[n, "甲"] for n in range(4000)],
    }
    written = write_cut(tmp_path, "plan", {**long, "none": []})
    files = {path.stem: held(path) for path in (tmp_path / search.FOLDER).iterdir()}
    assert written == sum(path.stat().st_size for path in (tmp_path / search.FOLDER).iterdir())
    assert all(path.stat().st_size <= LARGEST for path in (tmp_path / search.FOLDER).iterdir())
    more = files["plan"].pop("more")
    assert more > 5 and files.keys() == {"plan", *(f"plan{n}" for n in range(1, more + 1))}
    whole: dict[str, Any] = {}
    for part in (files["plan"], *(files[f"plan{n}"] for n in range(1, more + 1))):
        for key, value in part.items():
            whole[key] = whole[key] + value if key in whole else value
    assert whole == {**long, "none": []}


def test_what_no_file_holds_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="one entry"):
        write_cut(tmp_path, "plan", {"names": ["名" * LARGEST]})


def test_spellings_lie_in_smaller_files_than_words() -> None:
    entries = {f"{sign}{n:05}": '"词语词语词语"' for sign in ("'", "=", "*", "字") for n in range(2000)}
    files = list(packed(entries))
    size = {
        sign: [len(file.text.encode()) for file in files if file.first[0] == file.last[0] == sign] for sign in "=字"
    }
    assert 3_500 < max(size["="]) <= 4_100
    assert 7_500 < max(size["字"]) <= 8_100
    assert {key for file in files for key in json.loads(file.text)} == entries.keys()
