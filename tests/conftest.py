"""What tests share: the checkout, a sound project to vary, and the command line."""

import contextlib
import gc
import io
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, cast

import pytest
from browsing import address, browser, hosted  # noqa: F401 - fixtures
from few_pages import few, few_forms
from hypothesis import HealthCheck, settings
from lengths import DRAWN, LONG

from banshi.base.alone import Busy, alone
from banshi.centre.centre import Centre
from banshi.checking.checker import Checker
from banshi.checking.examples import laid_over
from banshi.cli import main
from banshi.files.reading import read
from banshi.files.report import Report
from banshi.site import render as rendering
from banshi.site.build import build
from banshi.site.content import Content
from banshi.site.forms import Forms
from banshi.site.pages import Page, pages

# A busy machine is no failure: examples may take as long as they need. On CI the same code gives the same examples; new
# ones are looked for by everybody who runs the tests, and by make fuzz.
ON_CI = bool(os.environ.get("CI"))
settings.register_profile(
    "patient", max_examples=DRAWN, deadline=None, derandomize=ON_CI, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("quick", parent=settings.get_profile("patient"), max_examples=10)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "patient"))

ROOT = Path(__file__).resolve().parent.parent
# What a run remembers of the files that it wrote is no business of the user who runs the tests.
_STATE = tempfile.TemporaryDirectory()
# Nor is what they put aside: of the folders of temporary files only those stay in which pytest keeps what a failure left.
os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", tempfile.gettempdir())
os.environ["TMPDIR"] = tempfile.tempdir = tempfile.mkdtemp(dir=_STATE.name)
os.environ["XDG_STATE_HOME"] = os.environ["XDG_CACHE_HOME"] = _STATE.name
# Each of the processes that tests begin would compile everything anew.
if os.environ.pop("PYTHONDONTWRITEBYTECODE", None):
    os.environ["PYTHONPYCACHEPREFIX"] = _STATE.name
KILLS = int(os.environ.get("BANSHI_KILLS", "20" if LONG else "6"))  # how often each test of killed runs kills one
SITE_EPOCH = "1795737600"  # 2026-11-27: the day whose law the tested site shows


# A worker takes a file at a time, in this order: what takes long comes first, so that none is left with it at the end; and
# the first of it waits for the whole site, so that the others need none meanwhile. The rest follows as the folder has it.
LONG_FILES = (
    "test_site.py",
    "test_site_building.py",
    "test_afresh.py",
    "test_troubles.py",
    "browser/test_browser.py",
    "test_assess_command.py",
    "test_trust.py",
    "test_impact.py",
    "test_hostile.py",
    "browser/test_every_kind_of_page.py",
    "test_build_killed.py",
    "test_annotate.py",
    "browser/test_calculators_page.py",
    "test_spoilt_files.py",
    "test_assessment_tables.py",
    "test_init.py",
    "test_receipts.py",
    "test_assessment_damage.py",
    "test_uses.py",
    "test_law_named.py",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The files that take long first; the tests of each in their own order."""
    tests = Path(__file__).parent
    place = {tests / name: number for number, name in enumerate(LONG_FILES)}
    items.sort(key=lambda item: place.get(item.path, len(place)))


def pytest_unconfigure() -> None:
    """What was put aside goes, in workers too, which end without clearing away."""
    _STATE.cleanup()


def pytest_collection_finish() -> None:
    """All that is collected stays until the end: whoever collects garbage afterwards need not look through it each time."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def sound_ledger() -> dict[str, Any]:
    """A ledger without findings: the base of the rules' examples."""
    document = read(ROOT / "validators/change/_example.yaml").document
    assert document is not None
    data: dict[str, Any] = document.data
    return data


@pytest.fixture
def varied(sound_ledger: dict[str, Any], tmp_path: Path) -> Callable[..., Report]:
    """Check the sound ledger with some keys changed: ``varied(project={…}, changes=[{…}])``."""

    def check(**changes: Any) -> Report:
        path = tmp_path / "ledger.yaml"
        path.write_text(json.dumps(laid_over(sound_ledger, changes), ensure_ascii=False), encoding="utf-8")
        return Checker(ROOT).check([path])

    return check


@pytest.fixture
def sound_project(sound_ledger: dict[str, Any], tmp_path: Path) -> Path:
    """The same project as a folder: ``project.yaml`` and ``changes/001.yaml``."""
    folder = tmp_path / "项目 一"
    (folder / "changes").mkdir(parents=True)
    write_yaml(folder / "project.yaml", sound_ledger["project"])
    write_yaml(folder / "changes/001.yaml", sound_ledger["changes"][0])
    return folder


@pytest.fixture
def luzhou_alone(tmp_path: Path) -> Path:
    """A folder that holds only Luzhou's policies."""
    shutil.copytree(ROOT / "policies/luzhou", tmp_path / "policies/luzhou")
    return tmp_path


MadeOnce = Callable[[str, Callable[[Path], object]], Path]


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> MadeOnce:
    """A folder that a run makes once, whichever of its workers asks first: ``made_once("site", make)``. Only to be read."""
    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent

    def folder(name: str, make: Callable[[Path], object]) -> Path:
        place, whole = shared / name, shared / f"{name}.whole"
        while not whole.exists():
            with contextlib.suppress(Busy), alone(place):
                if not whole.exists():
                    shutil.rmtree(place, ignore_errors=True)  # what a worker that failed has left
                    place.mkdir()
                    make(place)
                    whole.touch()
            time.sleep(0.05)
        return place

    return folder


@pytest.fixture(scope="session")
def site(made_once: MadeOnce) -> Path:
    """The site of everything that is shipped, built once, in a folder of its own. Only to be read."""

    def make(folder: Path) -> None:
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("SOURCE_DATE_EPOCH", SITE_EPOCH)
            build(Centre(folder), folder / "site")

    return made_once("shipped", make) / "site"


@pytest.fixture
def few_pages(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """Only the first page of each kind and a form are built, and pages added here: for tests of building, not of what is shown."""
    return only_few_pages(monkeypatch)


@pytest.fixture
def not_all_pages(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """The same, but in a long run all pages are built."""
    return set() if LONG else only_few_pages(monkeypatch)


def only_few_pages(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    more: set[str] = set()
    monkeypatch.setattr(rendering, "pages", lambda content: few(content, more))
    monkeypatch.setattr(Forms, "files", few_forms)
    return more


class Pages:
    """A centre's pages as Markdown, each made when it is asked for by its path; ``Centre.vouched`` and the day as there."""

    def __init__(self, folder: Path, on: date | None = None, *, vouched: bool = False) -> None:
        self.content = Content(Centre(folder, vouched), on)
        self._made: dict[str, str] = {}

    @cached_property
    def paths(self) -> dict[str, Page]:
        return {page.path: page for page in pages(self.content)}

    @cached_property
    def _environment(self) -> Any:
        return rendering._environment(self.content)

    def __call__(self, path: str) -> str:
        if path not in self._made:
            self._made[path] = rendering._markdown(self._environment, self.paths[path])
        return self._made[path]


def write_yaml(path: Path, data: Any) -> None:
    """Plain data as JSON, which is YAML too."""
    path.write_text(json.dumps(data, ensure_ascii=False, indent=1), encoding="utf-8")


def one_line(said: str) -> str:
    """What a refusal says: one line, and nothing of Python's."""
    assert said.startswith("banshi: ") and said.count("\n") == 1, said
    assert not re.search(r"Traceback|Error|Errno|\.py", said), said
    return said


def without_law(text: str) -> str:
    """What a command printed without its last line, which names the law: another one with every edit of a policy."""
    body, found = re.subn(r"\n{1,2}规定：\S+（banshi [\d.]+），摘要 [0-9a-f]{12}\n\Z", "\n", text)
    assert found == 1, text[-200:]
    return body


def banshi(*words: str, cwd: Path = ROOT, stdin: bytes | None = None) -> subprocess.CompletedProcess[str]:
    """Run the command line as a user would, in this process; Chinese text comes back decoded.

    Where the process itself is the point (streams, signals, modules, the environment), ``banshi_process``.
    """
    before = sys.stdin, sys.stdout, sys.stderr
    out, err = io.BytesIO(), io.BytesIO()
    sys.stdin = io.TextIOWrapper(io.BufferedReader(cast(io.RawIOBase, io.BytesIO(stdin or b""))), encoding="utf-8")
    sys.stdout, sys.stderr = (io.TextIOWrapper(to, encoding="utf-8", write_through=True) for to in (out, err))
    try:
        with contextlib.chdir(cwd):
            status = main([*words])
    except SystemExit as left:  # argparse has said why
        status = left.code if isinstance(left.code, int) else 2
    finally:
        streams = sys.stdout, sys.stderr
        sys.stdin, sys.stdout, sys.stderr = before
    for stream in streams:
        stream.flush()
    return subprocess.CompletedProcess(words, status, out.getvalue().decode(), err.getvalue().decode())


def banshi_process(*words: str, cwd: Path = ROOT, stdin: bytes | None = None) -> subprocess.CompletedProcess[str]:
    """``banshi`` in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "banshi", *words], cwd=cwd, input=stdin, capture_output=True, timeout=120, check=False
    )
    return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())
