"""Whatever bytes stand in a centre's own settings, policies, guides, scenarios and receipts, every command answers.

A build goes as far as the pages; what mkdocs makes of them is tried elsewhere.
"""

import hashlib
import shutil
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT
from fuzzing import CORPUS, LONG, PIECES, answer, edited, edits, run_of
from hypothesis import given
from hypothesis import strategies as st

from banshi.centre.centre import Centre
from banshi.commands import build as command
from banshi.site.build import Built
from banshi.site.content import Content
from banshi.site.render import render

CENTRE = CORPUS / "centre"  # a folder each: what is laid over the example
EXAMPLE = ROOT / "examples/linjiang"
BUILD = ["build"]
COMMANDS = [
    BUILD,
    *(["check", "--format", form] for form in ("text", "json", "sarif", "github")),
    *(["check", "change"], ["tier", "change"], ["due", "change"], ["publicity", "change"], ["test"]),
    *(["assess", "assessment/2026-Q1.yaml", "--what-if"], ["cases", "cases", "--format", "html"], ["coverage"]),
    ["assess", "--template", "made.xlsx", "--quarter", "2026-Q1", "--force"],
    *([*words, "--format", form] for words in (["form", "annex1"], ["form", "附件1"]) for form in ("docx", "xlsx")),
    *(["text", "change-rules", "--on", day] for day in ("2026-08-01", "2027-02-01")),
    *(["history", "linjiang/change-rules"], ["history", "linjiang/change-rules", "--told-wrong", "receipt.json"]),
    *(["explain", "change/tier-matches-amount"], ["diff", "@2026-01-01", "@2026-08-01", "--format", "html"]),
    ["impact", "@2026-06-30", "@2026-07-01", "change"],
    *(["new", "linjiang/change-rules", "2028-01-01"], ["new", "linjiang/change-rules", "2028-01-01", "--full"]),
    *(["new", "guide", "linjiang/leave-and-hours"], ["new", "scenario", "linjiang/case-targets"], ["schema"]),
    *(["replay", "receipt.json"], ["fix", "--check", "policies"], ["trust"], ["due", "--publicity", "2026-03-02"]),
    ["tier", "--net", "600000", "--bid-price", "5000000", "--provisional-sum", "250000", "--on", "2026-03-01"],
]
SETTINGS = [b'publish = ["luzhou"]', b'[colours]\nprimary = "#123456"', b'logo = "../x.png"', b"level = ", b"[[x]]"]
SEEDS = sorted(
    path.relative_to(EXAMPLE)
    for path in EXAMPLE.rglob("*")
    if path.is_file() and path.relative_to(EXAMPLE).parts[0] in ("banshi.toml", "policies", "tests", "catalogue")
)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("centre") / "受检"
    fresh(place)
    answer(["check", str(place / "change"), "--project", str(place), "--receipt", str(place.parent / "receipt.json")])
    return place


def fresh(place: Path) -> None:
    shutil.rmtree(place, ignore_errors=True)
    shutil.copytree(EXAMPLE, place)
    receipt = place.parent / "receipt.json"
    if receipt.exists():
        shutil.copy(receipt, place)


@pytest.fixture(autouse=True)
def no_mkdocs(monkeypatch: pytest.MonkeyPatch, place: Path) -> None:
    def pages(centre: Centre, site: Path, **of: Any) -> Built:
        return Built(render(Content(centre, of.get("on")), place.parent / "pages").pages, 1.0, site)

    monkeypatch.setattr(command, "build", pages)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(place.parent / "user"))
    monkeypatch.chdir(place.parent)


def tried(place: Path, words: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(place)
    try:
        answer([*words, "--project", "."] if words[0] not in ("trust", "replay") else words)
    finally:
        monkeypatch.chdir(place.parent)


@run_of(16)
@given(
    seed=st.sampled_from([*SEEDS, Path("banshi.toml"), Path("banshi.toml"), Path("receipt.json")]),
    changes=edits([*PIECES, *SETTINGS]),
    choice=st.integers(0, 999),
)
def test_any_bytes_in_a_centre(
    seed: Path,
    changes: list[tuple[str, float, int, bytes]],
    choice: int,
    place: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    fresh(place)
    raw = edited((place / seed).read_bytes(), changes)
    (place / seed).write_bytes(raw)
    try:
        for words in [BUILD] if choice % 8 == 0 else [["check"], COMMANDS[choice % len(COMMANDS)]]:
            tried(place, words, monkeypatch)
    except BaseException:
        if LONG:
            kept = CENTRE / hashlib.sha256(raw).hexdigest()[:12] / seed
            kept.parent.mkdir(parents=True, exist_ok=True)
            kept.write_bytes(raw)
        raise


@pytest.mark.parametrize("kept", sorted(CENTRE.glob("*/")), ids=lambda path: path.name)
def test_what_once_failed(kept: Path, place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fresh(place)
    shutil.copytree(kept, place, dirs_exist_ok=True)
    for words in COMMANDS:
        tried(place, words, monkeypatch)
