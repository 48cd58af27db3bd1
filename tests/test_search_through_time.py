"""Search says which text is in force on the site's day, and finds the others when asked."""

import datetime
import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT

from banshi.centre.centre import Centre
from banshi.site import render
from banshi.site.build import build
from banshi.site.pages import pages

NODE = shutil.which("node")
ASIDE = re.compile(r"(rules|formats|calendar)/(?!index\.md)")
ASSETS = ("search-words.js", "search-asked.js", "search-find.js")
RUN = """
const fs = require("fs"), vm = require("vm"), [site, ...queries] = process.argv.slice(1);
globalThis.banshiSearch = globalThis.banshiSearch || {};
for (const name of ASSETS) vm.runInThisContext(fs.readFileSync(`${site}/assets/${name}`, "utf-8"));
const engine = globalThis.banshiSearch;
engine.fetcher = async (name) => {
  let held;
  new Function("banshiSearch", fs.readFileSync(`${site}/search/${name}.js`, "utf-8"))({ put: (_, data) => { held = data; } });
  return held;
};
(async () => {
  const told = {};
  for (const query of queries) {
    const found = await engine.find(query);
    const shown = async (order) => (await engine.show(found, [...order])).flat();
    const then = async (day) => shown(await engine.onDay(found, day));
    const [before, after, never] = await Promise.all([then("2026-06-30"), then("2026-07-01"), then("1949-01-01")]);
    told[query] = { order: await shown(found.order), others: await shown(found.others), before, after, never };
  }
  console.log(JSON.stringify(told));
})();
""".replace("ASSETS", json.dumps(ASSETS))


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("linjiang") / "centre"
    shutil.copytree(ROOT / "examples/linjiang", folder)
    with pytest.MonkeyPatch.context() as patch:  # nothing here asks for rules, formats or the calendar
        patch.setattr(render, "pages", lambda content: [p for p in pages(content) if not ASIDE.match(p.path)])
        return build(Centre(folder), folder / "site", on=datetime.date(2026, 11, 27)).place


def held(path: Path) -> Any:
    return json.loads(re.fullmatch(r'banshiSearch\.put\("\w+",(.*)\);\n', path.read_text("utf-8"), re.DOTALL)[1])  # type: ignore[index]


def test_a_text_that_is_not_in_force_is_marked_and_no_other(site: Path) -> None:
    shown = [each for n in range(len(list(site.glob("search/s*.js")))) for each in held(site / f"search/s{n}.js")]
    of = {each[2]: each[4] for each in shown if len(each) > 4}
    rules = {address.split("#")[0]: said for address, said in of.items()}
    assert rules["instruments/linjiang/change-rules/2026-01-01/"] == "施行至2026-06-30"
    assert rules["instruments/linjiang/leave-and-hours/2027-01-01/"] == "自2027-01-01起施行"
    assert "instruments/linjiang/change-rules/2026-07-01/" not in rules
    assert all(address.startswith("instruments/linjiang/") for address in rules)
    others = held(site / "search/plan.js")["others"]
    own = {shown[n][2].split("#")[0] for n in others}
    # An amending instrument that is still to come is the only text it has: it stands with the rest.
    assert own == {page for page in rules if "centre-rules-amended" not in page}
    assert not any("/changes/" in each[2] or re.match(r"revisions/\d", each[2]) for each in shown)


@pytest.mark.skipif(NODE is None, reason="no node on this machine")
def test_the_others_are_found_when_asked(site: Path) -> None:
    queries = ("50万元谁批", "公示几天", "以前公示几天", "较大变更的金额")
    done = subprocess.run([str(NODE), "-e", RUN, str(site), *queries], capture_output=True, text=True, check=True)
    told = json.loads(done.stdout)
    old, new = (f"instruments/linjiang/change-rules/{each}/" for each in ("2026-01-01", "2026-07-01"))
    for query in ("50万元谁批", "公示几天", "较大变更的金额"):
        addresses = [each[2] for each in told[query]["order"]]
        assert any(new in each or "guides/" in each for each in addresses) and not any(
            old in each for each in addresses
        )
    assert any(old in each[2] for each in told["公示几天"]["others"])
    asked = told["以前公示几天"]
    assert any(old in each[2] for each in asked["order"]) and asked["others"] == []


@pytest.mark.skipif(NODE is None, reason="no node on this machine")
def test_only_what_is_in_force_on_a_day(site: Path) -> None:
    done = subprocess.run(
        [str(NODE), "-e", RUN, str(site), "公示几天"], capture_output=True, text=True, encoding="utf-8", check=True
    )
    told = json.loads(done.stdout)["公示几天"]
    pages = {name: {each[2].split("#")[0] for each in told[name]} for name in ("before", "after", "never")}
    old, new = (f"instruments/linjiang/change-rules/{each}/" for each in ("2026-01-01", "2026-07-01"))
    assert old in pages["before"] and new not in pages["before"]
    assert new in pages["after"] and old not in pages["after"]
    assert pages["never"] == set() and not any(page.startswith("guides/") for page in pages["before"] | pages["after"])
