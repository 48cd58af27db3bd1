"""The checker in a real browser: what it finds is what the command line finds; no other host, keyboard, axe, paper.

``make checker`` fetches what it runs on and runs these tests; MUTATED=1000 looks at so many spoiled files.
"""

import base64
import io
import json
import os
import random
import shutil
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from conftest import ROOT, banshi

from banshi.browser.edits import NotWritable, changed
from banshi.centre.centre import Centre
from banshi.checking.checker import Checker
from banshi.output.reports.json_report import as_json
from banshi.site import checker as on_site
from banshi.site.checker import engine

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
AXE = Path(os.environ.get("BANSHI_WEB", ROOT / "build/web")) / "node_modules/axe-core/axe.min.js"
VENDORED = on_site.vendored()
pytestmark = [
    pytest.mark.xdist_group("checker"),
    pytest.mark.skipif(CHROMIUM is None, reason="no chromium on this machine (apt-get install chromium)"),
    pytest.mark.skipif(not (VENDORED / "manifest.json").is_file(), reason="no Pyodide here (make checker fetches it)"),
]
FLAGS = "--no-sandbox --disable-gpu --disable-background-networking --disable-component-update --disable-sync --no-first-run"
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 360, "height": 800}
POLICY = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'"
PATIENCE = int(os.environ.get("PATIENCE", "240_000"))
MUTATED = int(os.environ.get("MUTATED", "40"))
CENTRES = {"": ROOT, "linjiang": ROOT / "examples/linjiang", "qinghe": ROOT / "examples/qinghe"}
BOOK = ROOT / "examples/attendance/2010-03/考勤登记.xlsx"
SUFFIXES = {".yaml", ".yml", ".json", ".jsonl", ".csv", ".tsv", ".xlsx", ".docx", ".dat"}
ASK = """async ([centre, chosen]) => {
  globalThis.asked ??= {};
  globalThis.asked[centre] ??= new Worker(`/${centre || "site"}/assets/checker-worker.js`, { type: "module" });
  const worker = globalThis.asked[centre];
  const ask = (what, said) => new Promise((yes, no) => {
    worker.onmessage = ({ data }) => { if (data.id) data.error ? no(new Error(data.error)) : yes(data.answer); };
    worker.onerror = (event) => no(new Error(event.message));
    worker.postMessage({ id: 1, ask: what, said });
  });
  const bytes = (text) => Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0)).buffer;
  const found = [];
  for (const files of chosen) {
    await ask("open", [files.map(([name, data]) => ({ name, data: bytes(data) }))]);
    found.push(await ask("report", []));
  }
  return found;
}"""


class _Host(SimpleHTTPRequestHandler):
    policy = POLICY

    def log_message(self, *_: object) -> None: ...

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", self.policy)
        super().end_headers()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small site with the checker as Luzhou's law has it, and the bare checkers of the other centres beside it."""
    above = tmp_path_factory.mktemp("host")
    new = above / "new"
    assert banshi("init", str(new), "--name", "城西", "--jurisdiction", "chengxi", stdin=b"").returncode == 0
    done = banshi("build", "--site-dir", str(above / "site"), cwd=new)
    assert done.returncode == 0, done.stdout + done.stderr
    (above / "site/checker/engine.zip").write_bytes(engine(Centre(ROOT)))
    check, offered = above / "site/check/index.html", '<p id="checker-samples"><a href="../made-up.xlsx">样例</a></p>'
    check.write_text(check.read_text("utf-8").replace('<div id="checker"', f'{offered}<div id="checker"'), "utf-8")
    (above / "site/made-up.xlsx").write_bytes(spoiled_book())
    for name in filter(None, CENTRES):
        shutil.copytree(above / "site/checker", above / name / "checker")
        shutil.copytree(above / "site/assets", above / name / "assets")
        (above / name / "checker/engine.zip").write_bytes(engine(Centre(CENTRES[name])))
    return above


@pytest.fixture(scope="module")
def host(folder: Path) -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Host, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with playwright.sync_playwright() as started:
        opened = started.chromium.launch(executable_path=CHROMIUM, args=FLAGS.split())
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def page(browser: Any, host: str) -> Iterator[Any]:
    """One page for all: the program is loaded once. It asks nothing of another host, and nothing complains."""
    context = browser.new_context(locale="zh-CN", viewport=WIDE, bypass_csp=False)
    page = context.new_page()
    wrong: list[str] = []
    page.on("request", lambda asked: None if asked.url.startswith((host, "blob:" + host)) else wrong.append(asked.url))
    page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("dialog", lambda said: wrong.append(said.message))
    page.goto(f"{host}site/check/")
    yield page
    context.close()
    assert wrong == []


def chosen(page: Any, *files: Path | dict[str, Any]) -> None:
    page.set_input_files("#checker-files", list(files))
    playwright.expect(page.locator(".checker-status")).to_contain_text("检查了", timeout=PATIENCE)


def given(name: str, data: bytes) -> dict[str, Any]:
    return {"name": name, "mimeType": "application/octet-stream", "buffer": data}


# The same is found ------------------------------------------------------------------------------------------------------


def files_of(path: Path) -> list[tuple[str, bytes]]:
    if path.is_file():
        return [(path.name, path.read_bytes())]
    return [(p.relative_to(path).as_posix(), p.read_bytes()) for p in sorted(path.rglob("*")) if p.is_file()]


def choices(centre: Path) -> list[list[tuple[str, bytes]]]:
    """What somebody may choose of the examples: each file alone, and each folder that holds files as a whole."""
    if centre is not ROOT:
        tops = [p for p in centre.iterdir() if p.is_dir() and p.name not in ("policies", "tests", "build", "site")]
    else:
        tops = [p for p in (ROOT / "examples").iterdir() if not (p / "banshi.toml").is_file()]
        tops += list((ROOT / "tests/cases").iterdir())
    files = [p for top in tops for p in sorted(top.rglob("*")) if p.is_file() and p.suffix in SUFFIXES]
    folders = {p.parent for p in files if p.parent not in tops} - {ROOT / "tests/cases"}
    whole = [f for f in folders if f.parent not in folders]
    return [files_of(path) for path in (*files, *sorted(whole))]


def native(centre: Path, files: list[tuple[str, bytes]], place: Path, checker: Checker) -> str:
    shutil.rmtree(place, ignore_errors=True)
    for name, data in files:
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).write_bytes(data)
    os.chdir(place)
    return as_json(checker.check([Path(files[0][0]) if len(files) == 1 else Path()]), "zh")


def without_law(report: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(report)
    found.pop("law", None)
    return found


def compared(page: Any, name: str, every: list[list[tuple[str, bytes]]], place: Path) -> int:
    """How many reports had findings; all of them are alike."""
    checker = Checker(CENTRES[name])
    sent = [[[path, base64.b64encode(data).decode()] for path, data in files] for files in every]
    several = 0
    for start in range(0, len(every), 10):
        told = page.evaluate(ASK, [name, sent[start : start + 10]])
        for files, report in zip(every[start : start + 10], told, strict=True):
            here = native(CENTRES[name], files, place, checker)
            assert without_law(report) == without_law(here), [path for path, _ in files]
            several += bool(without_law(here)["findings"])
    return several


@pytest.mark.parametrize("name", CENTRES)
def test_every_example_and_case_is_told_alike(
    page: Any, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    every = choices(CENTRES[name])
    least = 100 if not name else 3
    assert len(every) >= least
    assert compared(page, name, every, tmp_path / "x") > (80 if not name else -1)


ODD = [
    "",
    "2010-13-01",
    "8:75",
    "-1",
    "九点",
    "<b>x</b>",
    "=1+1",
    "1e9",
    "\u202e反",
    "无",
    "2010/3/1",
    "３",
    "A99",
    "x" * 300,
    "true",
]


def spoiled(chance: random.Random, place: Path) -> list[tuple[str, bytes]]:
    """An example with up to three of its cells or lines changed, or cut off."""
    sources = [BOOK, ROOT / "examples/attendance/2010-02/打卡.csv", *sorted((ROOT / "tests/cases").rglob("*.yaml"))]
    source = chance.choice([*sources[:2] * 20, *sources[2:]])
    path = place / source.name
    path.write_bytes(source.read_bytes())
    for _ in range(chance.choice((1, 1, 2, 3))):
        row, column = chance.randrange(1, 60), chance.randrange(1, 6)
        sheet = chance.choice(openpyxl.load_workbook(path).sheetnames) if path.suffix == ".xlsx" else ""
        try:
            text = chance.choice(ODD)
            if path.suffix == ".yaml":
                line = (
                    path.read_text("utf-8").split("\n")[row - 1] if row <= path.read_text("utf-8").count("\n") else ""
                )
                text = f"{line.partition(': ')[0]}: {text}" if ": " in line else f"{line}{text}"
            path.write_bytes(changed(path, sheet, row, column, text))
        except (NotWritable, UnicodeDecodeError):
            continue
    data = path.read_bytes()
    return [(source.name, data if chance.random() > 0.05 else data[: chance.randrange(len(data))])]


def test_spoiled_files_are_told_alike(page: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    chance = random.Random(17)
    every = [spoiled(chance, tmp_path) for _ in range(MUTATED)]
    assert compared(page, "", every, tmp_path / "x") > MUTATED // 2


# The page -----------------------------------------------------------------------------------------------------------------


def spoiled_book() -> bytes:
    book = openpyxl.load_workbook(BOOK)
    book["打卡"]["B7"] = "2010-03-77"
    book["打卡"]["C9"] = "25:99"
    book["人员"]["A3"] = "<img src=x onerror=alert(1)>"
    book["请假"]["B2"] = "\u202e病假"
    book["请假"]["N2"] = '=HYPERLINK("http://elsewhere.example/","x")'
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_from_a_file_to_a_sound_one_by_keyboard(page: Any, host: str) -> None:
    chosen(page, given("表.xlsx", spoiled_book()))
    before = page.locator(".checker-status").inner_text()
    playwright.expect(page.locator("#checker .found").first).to_have_attribute("open", "")
    first = page.get_by_role("button", name="“打卡” B7")
    first.focus()
    page.keyboard.press("Enter")
    cell = page.locator('td[data-row="7"][data-column="2"]')
    playwright.expect(cell).to_be_focused()
    playwright.expect(cell).to_have_class("bad error")
    assert page.locator("table.sheet thead th").nth(2).inner_text() == "B"
    said = page.locator("tr.said", has_text="B7").inner_text()
    assert "2010-03-77" in said
    page.keyboard.press("ArrowDown")
    playwright.expect(page.locator('td[data-row="8"][data-column="2"]')).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    playwright.expect(cell).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Control+A")
    page.keyboard.type("2010-03-02")
    page.keyboard.press("Enter")
    playwright.expect(page.locator(".checker-status")).not_to_have_text(before, timeout=PATIENCE)
    playwright.expect(page.locator('td[data-row="7"][data-column="2"]')).to_be_focused()
    assert page.get_by_role("button", name="“打卡” B7").count() == 0
    with page.expect_download() as got:
        page.get_by_role("button", name="下载改过的文件").click()
    book = openpyxl.load_workbook(io.BytesIO(got.value.path().read_bytes()))
    assert book["打卡"]["B7"].value == "2010-03-02" and book["打卡"]["C9"].value == "25:99"
    with page.expect_download() as got:
        page.get_by_role("button", name="下载批注过的工作簿").click()
    assert got.value.suggested_filename == "表（批注）.xlsx"
    assert "先做什么" in openpyxl.load_workbook(io.BytesIO(got.value.path().read_bytes())).sheetnames


def test_a_made_up_file_of_the_site_is_read_like_any_other(page: Any) -> None:
    page.get_by_role("button", name="检查样例").click()
    playwright.expect(page.locator(".checker-status")).to_contain_text("检查了 1 个文件", timeout=PATIENCE)
    playwright.expect(page.locator("#checker .found").first).to_be_visible()


def test_what_a_file_holds_stays_text(page: Any) -> None:
    chosen(page, given("<b>表.xlsx", spoiled_book()))
    page.get_by_label("看哪张表").select_option(index=2)
    page.locator("#checker").get_by_text("<img src=x onerror=alert(1)>").first.wait_for()
    assert page.locator("#checker :is(img, b b, script, iframe)").count() == 0
    assert page.locator('#checker a[href*="elsewhere"]').count() == 0
    assert "\u202e" not in page.locator("#checker").inner_text()


def test_on_paper_there_is_the_list_of_what_to_do_alone(page: Any) -> None:
    chosen(page, given("表.xlsx", spoiled_book()))
    page.evaluate("document.documentElement.dataset.paper = 'todo'")
    page.emulate_media(media="print")
    playwright.expect(page.locator("#todo")).to_be_visible()
    for hidden in ("table.sheet", ".drop", "#how", ".does"):
        playwright.expect(page.locator(hidden).first).to_be_hidden()
    assert page.locator("#checker .found li p").last.is_visible()
    page.emulate_media(media="screen")
    page.evaluate("delete document.documentElement.dataset.paper")


@pytest.mark.skipif(not AXE.is_file(), reason="no axe-core here (make browser fetches it; it needs npm)")
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["1280", "360"])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(page: Any, scheme: str, size: dict[str, int]) -> None:
    chosen(page, given("表.xlsx", spoiled_book()))
    page.set_viewport_size(size)
    page.emulate_media(color_scheme=scheme)
    page.locator(".likeness summary").click()
    page.evaluate(AXE.read_text("utf-8"))
    wrong = page.evaluate(
        "async () => (await axe.run({ resultTypes: ['violations'] })).violations.map((v) => [v.id, v.nodes.map((n) => n.html.slice(0, 120))])"
    )
    assert wrong == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.set_viewport_size(WIDE)
    page.emulate_media(color_scheme="light")


def test_a_page_from_a_folder_says_why_it_cannot(browser: Any, folder: Path) -> None:
    page = browser.new_page()
    page.goto((folder / "site/check/index.html").as_uri())
    playwright.expect(page.locator("#checker")).to_contain_text("file://")
    playwright.expect(page.locator("#checker")).to_contain_text("banshi check")
    assert page.locator("#checker input").count() == 0
    page.close()


@pytest.mark.parametrize(("policy", "said"), [("default-src 'self'", "wasm-unsafe-eval"), (POLICY, "checker/")])
def test_what_keeps_it_from_running_is_told(
    browser: Any, host: str, policy: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_Host, "policy", policy)
    page = browser.new_page()
    if policy == POLICY:
        page.route("**/engine.zip", lambda route: route.fulfill(status=404))
    page.goto(f"{host}site/check/")
    page.set_input_files("#checker-files", [given("a.csv", b"a,b\n1,2\n")])
    playwright.expect(page.get_by_role("alert")).to_contain_text(said, timeout=PATIENCE)
    playwright.expect(page.get_by_role("alert")).to_contain_text("banshi check" if policy != POLICY else "刷新")
    page.close()
