"""Whatever bytes stand in a file, every command answers: no traceback, no failure of its own, exit status 0, 1 or 2.

Short in the ordinary run; ``make fuzz`` runs it long. What fails is kept in ``tests/corpus/`` and tried ever after.
Workbooks, a centre's own project and what is asked of the preview have files of their own (``test_fuzz_*.py``).
"""

import hashlib
import shutil
from pathlib import Path

import pytest
from conftest import ROOT
from fuzzing import CORPUS, LONG, PIECES, answer, edited, edits, run_of
from hypothesis import given
from hypothesis import strategies as st

SUFFIXES = (".yaml", ".json", ".jsonl", ".csv", ".toml")
LARGEST = 100_000
FORMATS = ("text", "json", "jsonl", "github", "sarif")
OWN = {
    "change": [
        ["tier", "{folder}"],
        ["due", "{folder}"],
        ["tier", "--format", "json", "{file}"],
        ["publicity", "{folder}"],
        ["form", "annex1", "--from", "{folder}", "--format", "docx"],
        ["convert", "{folder}", "{out}.xlsx"],
        ["check", "{folder}", "--receipt", "{out}.json"],
    ],
    "attendance": [["attendance", "{folder}"], ["attendance", "--format", "json", "{folder}"]],
    "assessment": [["assess", "{file}", "--what-if"], ["assess", "--format", "json", "{file}"]],
    "cases": [
        ["cases", "{file}"],
        ["cases", "--format", "json", "{file}"],
        ["cases", "{file}", "--assessment", "{out}.yaml", "--quarter", "2012-Q1"],
    ],
    "parallel": [["notice", "{file}"], ["schedule", "{file}"], ["form", "{file}"]],
}
# Any file for any command: what is not of its kind is refused, what cannot be read is told.
ANY = [
    *(["fix", "{file}"], ["convert", "{file}", "{out}.jsonl"], ["convert", "{file}", "{out}.yaml"]),
    *(
        ["test", "{file}"],
        ["replay", "{file}"],
        ["coverage", "--inventory", "{file}"],
        ["history", "x", "--told-wrong"],
    ),
    *([name, "{file}"] for name in ("tier", "due", "publicity", "attendance", "assess", "cases", "notice", "schedule")),
    *(["diff", "{file}", "{seed}"], ["impact", "{seed}", "{file}", "{file}"], ["form", "{file}"]),
    *(["check", "--ours", "{file}"], ["check", "--since", "HEAD", "{file}"], ["check", "--receipt", "{out}", "{file}"]),
]
SEEDS = sorted(
    path
    for path in (ROOT / "examples").rglob("*")
    if path.suffix in SUFFIXES
    and path.is_file()
    and path.stat().st_size < LARGEST
    and path.relative_to(ROOT / "examples").parts[0] in OWN  # other centres' folders have a law of their own
)


def tried(seed: Path, raw: bytes, folder: Path, choice: int) -> None:
    """One file of an example with other content: its own commands, any other command, and ``check``."""
    example = seed.parent if seed.parent.name != "changes" else seed.parent.parent
    shutil.rmtree(folder, ignore_errors=True)
    copy = folder / "example"
    shutil.copytree(example, copy)
    file = copy / seed.relative_to(example)
    file.write_bytes(raw)
    commands = OWN[seed.relative_to(ROOT / "examples").parts[0]]
    for words in (commands[choice % len(commands)], ANY[choice % len(ANY)]):
        answer([word.format(file=file, folder=copy, seed=seed, out=folder / f"out{choice}") for word in words])
    answer(["check", "--format", FORMATS[choice % len(FORMATS)], str(file)])


@run_of(20)
@given(seed=st.sampled_from(SEEDS), changes=edits(PIECES), choice=st.integers(0, 999))
def test_any_bytes_in_any_file(
    seed: Path, changes: list[tuple[str, float, int, bytes]], choice: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    raw = edited(seed.read_bytes(), changes)
    try:
        tried(seed, raw, tmp_path_factory.getbasetemp() / "fuzzed", choice)
    except BaseException:
        if LONG:
            name = f"{seed.stem}-{hashlib.sha256(raw).hexdigest()[:8]}{seed.suffix}"
            (CORPUS / name).write_bytes(raw)
        raise


@pytest.mark.parametrize("path", sorted(CORPUS.glob("*.*")), ids=lambda path: path.name)
def test_what_once_failed(path: Path, tmp_path: Path) -> None:
    shutil.copy(path, tmp_path)
    (tmp_path / "good.yaml").write_bytes((ROOT / "validators/change/_example.yaml").read_bytes())
    for form in FORMATS if LONG else FORMATS[:2]:
        answer(["check", "--format", form, str(tmp_path)])
    for own in (*(commands[-1] for commands in OWN.values()), *(ANY if LONG else ANY[:3])):
        file, out = tmp_path / path.name, tmp_path / f"out-{own[0]}"
        answer([word.format(file=file, folder=tmp_path, seed=tmp_path / "good.yaml", out=out) for word in own])
