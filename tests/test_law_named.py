"""Whatever a command answers or writes, in every format, it names the law that this rests on: folder, version, digest.

What has a format is tried in all of them by ``test_hostile.py``, which asks ``names`` too.
"""

import contextlib
import io
import re
import shutil
import zipfile
from pathlib import Path

import pytest
from conftest import ROOT
from hostile import COMMANDS as ANSWERS

from banshi import __version__
from banshi.cli import COMMANDS, main
from banshi.commands import build as command
from banshi.files.law_used import LawUsed, law_used
from banshi.site.build import Built

# Trust speaks of programs alone, and names their digests; what is served is built, and the build says it.
WITHOUT_LAW = {"trust", "serve"}
RUNS = [
    ("explain", "input/syntax"),
    ("explain", "input/syntax", "--format", "json"),
    ("explain", "change/tier-matches-amount"),
    ("explain", "change/tier-matches-amount", "--format", "json"),
    ("check", "change", "--lang", "en"),
    ("check", "change", "--format", "sarif"),
    ("tier", "--net", "300000", "--bid-price", "5000000", "--provisional-sum", "250000", "--on", "2012-03-01"),
    ("due", "--publicity", "2012-09-26"),
    ("coverage", "--all", "--inventory", "i.csv"),
    ("history", "linjiang/change-rules", "--project", "linjiang", "--told-wrong"),
    ("history", "linjiang/change-rules", "--project", "linjiang", "--told-wrong", "--format", "json"),
    *(("form", "annex1", "--format", form) for form in ("xlsx", "docx", "html")),
    ("form", "annex1", "--format", "docx", "--from", "change/binhe-road"),
    ("assess", "--template", "made.xlsx", "--quarter", "2012-Q1"),
    ("cases", "cases/city", "--assessment", "made.yaml", "--quarter", "2012-Q1"),
    ("schema", "made"),
    ("batch", "i.jsonl", "made", "--jobs", "1"),
    ("fix", "--check", "change"),
    ("convert", "change/binhe-road", "made.xlsx"),
    ("convert", "change/binhe-road", "made"),
    ("new", "guide", "luzhou/change-management", "--title", "甲"),
    ("init", "made", "--name", "城西市政务服务中心", "--jurisdiction", "chengxi"),
    ("build", "--site-dir", "made"),
]


@pytest.fixture(scope="module")
def centre(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("样例")
    shutil.copytree(ROOT / "examples", place, ignore=shutil.ignore_patterns("qinghe"), dirs_exist_ok=True)
    shutil.copytree(ROOT / "policies", place / "policies")
    shutil.copy(ROOT / "policies/luzhou/change-management/scenarios.yaml", place / "scenarios.yaml")
    (place / "i.csv").write_text("id,check\nX-1,E\n", encoding="utf-8")
    (place / "i.jsonl").write_text('{"kind": "ledger", "project": {}, "changes": []}\n', encoding="utf-8")
    with contextlib.chdir(place):
        assert main(["check", "change/binhe-road", "--receipt", "receipt.json"]) == 0
    return place


def test_every_command_is_there() -> None:
    assert {words[0] for words in RUNS} | {words[0] for words, _ in ANSWERS} == set(COMMANDS) - WITHOUT_LAW


@pytest.mark.parametrize("words", RUNS, ids=" ".join)
def test_the_law_is_named(
    words: tuple[str, ...], centre: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.setattr(command, "build", lambda *_, **__: Built(1, 1.0, Path("made")))
    monkeypatch.chdir(centre)
    before = set(centre.rglob("*"))
    printed = said(words)
    made = [path for path in sorted(set(centre.rglob("*")) - before) if path.is_file()]
    texts = [printed] * bool(printed)
    texts += [readable(path.read_bytes()) for path in made if words[0] in ("assess", "cases")]  # what is to be read on
    project = Path("made" if words[0] == "init" else "linjiang" if "--project" in words else ".")
    law = law_used(project)  # with what was begun just now, where something was
    for path in made:
        path.unlink()
    assert texts
    for text in texts:
        names(text, law, project, words)


def names(text: str, law: LawUsed, project: Path, words: tuple[str, ...]) -> None:
    assert law.digest[:12] in text and __version__ in text, text[-300:]
    for_programs = {"json", "jsonl", "sarif"} & {*words}
    shipped = re.search(r'"folder": ?null' if for_programs else "随附的", text)
    assert f"{project / 'policies'}" in text or shipped, text[-300:]
    assert '"law"' in text if for_programs else re.search("规定：|law: ", text), text[-300:]


def said(words: tuple[str, ...]) -> str:
    raw = io.BytesIO()
    out = io.TextIOWrapper(raw, "utf-8", write_through=True)
    with contextlib.redirect_stdout(out):
        assert main(list(words)) in (0, 1)
    return readable(raw.getvalue())


def readable(data: bytes) -> str:
    """The text of a file; of a package, of all its parts."""
    if data[:2] != b"PK":
        return data.decode()
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return "\n".join(package.read(name).decode("utf-8", "replace") for name in package.namelist())
