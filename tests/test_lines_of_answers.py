"""No name, value or cell adds a line to a text answer: hostile words give as many lines as harmless ones."""

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, MadeOnce
from hostile import COMMANDS, hostile_examples

from banshi.base.text import visible_lines
from banshi.cli import main
from banshi.files.reading import read

# The same examples twice: with breaks of every sort in each text, and with plain letters in their stead.
BREAKS = "\n\u2028\u2029\u202e\u2066\n"  # what no reader refuses
PLAIN = "x" * len(BREAKS)
_FREE = re.compile(r"[\u4e00-\u9fff]")
_PLACES = ("log", "catalogue", "source", "punches", "roster", "leave", "table", "file", "jurisdiction", "unit", "kind")
TEXTS = [words for words, forms in COMMANDS if "text" in forms]


def marked(value: Any, mark: str, key: str = "") -> Any:
    if isinstance(value, dict):
        return {name: marked(each, mark, name) for name, each in value.items()}
    if isinstance(value, list):
        return [marked(each, mark, key) for each in value]
    if isinstance(value, str) and key not in _PLACES and _FREE.search(value):
        return f"{value[:1]}{mark}{value[1:]}"
    return value


def examples(folder: Path, hostile: Path, mark: str) -> Path:
    shutil.copytree(hostile, folder)
    for path in folder.rglob("*.yaml"):
        own = ROOT / "examples" / path.relative_to(folder)
        source = own if own.is_file() else ROOT / "policies/luzhou/change-management/scenarios.yaml"
        document = read(source).document
        assert document is not None
        path.write_text(json.dumps(marked(document.data, mark), ensure_ascii=False), encoding="utf-8")
    row = json.dumps(f"甲{mark}", ensure_ascii=False).replace("\\n", "\n").replace("\\r", "\r")
    (folder / "i.csv").write_text(f"id,check\n{row},E\n", encoding="utf-8", newline="")
    return folder


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory, made_once: MadeOnce) -> tuple[Path, Path]:
    folder, hostile = tmp_path_factory.mktemp("lines"), made_once("hostile", hostile_examples)
    return examples(folder / "hostile", hostile, BREAKS), examples(folder / "harmless", hostile, PLAIN)


def answer(words: tuple[str, ...], folder: Path, patch: pytest.MonkeyPatch, capsys: Any) -> tuple[int, str]:
    patch.chdir(folder)
    status = main(list(words))
    printed = capsys.readouterr()
    return status, printed.out + printed.err


@pytest.mark.parametrize("words", TEXTS, ids=lambda words: words[0])
def test_as_many_lines_as_with_harmless_words(
    words: tuple[str, ...], both: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    if words[0] == "check":  # controls are findings of their own there, so what is counted are lines that none began
        _, said = answer(words, both[0], monkeypatch, capsys)
        assert visible_lines(said) == said
        known = re.compile(r"\S+:\d+:\d+ (错误|警告|提示) \[|  |$|检查了 |规定：")
        assert [line for line in said.split("\n") if not known.match(line)] == []
        return
    (status, said), (other, harmless) = (answer(words, folder, monkeypatch, capsys) for folder in both)
    assert visible_lines(said) == said and "\r" not in said
    assert status == other
    assert len(said.split("\n")) == len(harmless.split("\n")), first_difference(said, harmless)


def first_difference(said: str, harmless: str) -> str:
    pairs = zip(said.split("\n"), harmless.split("\n"), strict=False)
    return next((f"{one!r} ≠ {other!r}" for one, other in pairs if one[:2] != other[:2]), "")
