"""Hostile words through every command in every format: nothing unseen, no markup, no formula, no line of their own."""

import argparse
import csv
import io
import json
import os
import re
import xml.etree.ElementTree as ET
import zipfile
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from conftest import MadeOnce, banshi
from hostile import COMMANDS, RUNS, UNSEEN, hostile_examples
from test_law_named import names, readable

from banshi.base.command_names import COMMANDS as ALL
from banshi.base.text import visible_lines
from banshi.cli import _parser, main
from banshi.files.law_used import law_used

# These print nothing that a file could have put there, or serve pages (tests/test_serve.py), or the whole site.
_OTHERS = {"build", "serve", "explain", "trust", "init", "new", "schema", "fix", "convert", "batch"}


@pytest.fixture(scope="module")
def folder(made_once: MadeOnce) -> Path:
    return made_once("hostile", hostile_examples)


class Markup(HTMLParser):
    """Whatever could run or fetch."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.wrong: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("script", "img", "iframe", "object", "embed", "base", "link", "form"):
            self.wrong.append(tag)
        for name, value in attrs:
            if name.startswith("on") or name in ("src", "srcset", "action"):
                self.wrong.append(f"{tag} {name}")
            if name == "href" and re.match(r"\s*(javascript|https?|data):", value or "", re.IGNORECASE):
                self.wrong.append(f"{tag} {value}")


def seen(text: str) -> None:
    assert visible_lines(text) == text
    assert "\x1b" not in text


def strings(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def look_at_workbook(data: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        for name in parts.namelist():
            text = parts.read(name).decode()
            seen(text)
            if not name.endswith(".vml"):  # whose shapes are called so
                assert not re.search(r"_x00(?!0[9ADad])[01]", text), name  # the format's own way to write a control
            formulas = [re.sub(r"'(?:[^']|'')+'!", "", each) for each in re.findall(r"<f[ >][^<]*", text)]
            assert not [each for each in formulas if "evil" in each or "HYPERLINK" in each], name
            assert "TargetMode" not in text, name


def look_at_document(data: bytes) -> None:
    """A DOCX: no field, no link out, no macro, whatever its texts say."""
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        for name in parts.namelist():
            if name.endswith((".xml", ".rels")):
                text = parts.read(name).decode()
                ET.fromstring(text)
                seen(text)
                own = re.sub(r'fldSimple w:instr="(PAGE|NUMPAGES)"', "", text)  # the number of a page
                assert not re.search(r"instrText|fldSimple w|TargetMode|vbaProject|attachedTemplate", own), name
            assert "vba" not in name.lower()


def look_at_rows(text: str) -> None:
    """A CSV: as many cells in each row, and none of free text that a spreadsheet would take for a formula."""
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
    assert len({len(row) for row in rows}) == 1
    started = {cell for row in rows for cell in row if re.match(r"[=+@\t\r]|-(?![0-9])", cell)}
    assert not started, started


def look_at(form: str, data: bytes) -> None:
    if form == "docx":
        look_at_document(data)
        return
    if form == "xlsx":
        look_at_workbook(data)
        return
    text = data.decode()
    seen(text)
    if form == "text":
        assert not re.search(r"^\s*::", text, re.MULTILINE)
    if form == "html":
        assert Markup(text).wrong == []
    if form in ("json", "sarif"):
        json.loads(text)
    if form == "akn":
        ET.fromstring(text)
    if form == "csv":
        look_at_rows(text)
    if form == "markdown":  # what stands outside of code is no markup
        assert not re.search(r"<(?!(?:br|/?details|/?summary|a id)\b)[a-z/!]", re.sub(r"`[^`]*`|\\.", "", text))
    if form == "jsonl":
        assert all(isinstance(json.loads(line), dict) for line in text.splitlines())
    if form == "github":
        *found, law = text.splitlines()
        assert all(re.match(r"::(error|warning|notice) file=", line) for line in found)
        assert re.match("::notice title=banshi::规定：", law)
    if form == "sarif":
        assert visible_lines(strings(json.loads(text))) == strings(json.loads(text))


@pytest.mark.parametrize("words", RUNS, ids=" ".join)
def test_nothing_hostile_gets_through(
    words: tuple[str, ...], folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: Any
) -> None:
    monkeypatch.chdir(folder)
    form = words[-1]
    out = ("-o", str(tmp_path / "out")) if words[0] not in ("check", "coverage", "test") else ()
    status = main([*words, *out])
    printed, complained = capfdbinary.readouterr()
    assert status in (0, 1), complained.decode()
    answer = (tmp_path / "out").read_bytes() if out else printed
    look_at(form, answer)
    seen(printed.decode() + complained.decode())
    told = answer + complained
    assert (
        b"evil" in told
        or form in ("xlsx", "docx", "csv", "jsonl")
        or words[0] in ("tier", "due")
        or "--summary" in words
    )
    assert b"Traceback" not in told and "内部错误".encode() not in told
    # Rows of data name the norms of each; the law they rest on is named by the other formats, and by a receipt beside them.
    if form != "csv" and (form != "jsonl" or words[0] == "check"):
        project = Path("linjiang" if "--project" in words else ".")
        names(readable(answer), law_used(project), project, words)


def test_what_is_fixed_and_converted_lets_nothing_through(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: Any
) -> None:
    monkeypatch.chdir(folder)
    assert main(["fix", "--check", "change", "controls.yaml"]) in (0, 1)
    look_at("text", b"".join(capfdbinary.readouterr()))
    assert main(["convert", "change/binhe-road", str(tmp_path / "台账.jsonl")]) == 0
    look_at("text", b"".join(capfdbinary.readouterr()))
    assert main(["convert", "change/binhe-road", str(tmp_path / "台账.xlsx")]) == 2  # a cell would not give it back
    printed, complained = capfdbinary.readouterr()
    assert not printed and len(complained.splitlines()) == 1 and not (tmp_path / "台账.xlsx").exists()


# Rows for other programs, of which a library makes the bytes.
_BINARY = {"parquet"}


def test_every_format_is_tried() -> None:
    """The formats are those that the parser knows."""
    for command in set(ALL) - _OTHERS:
        commands = next(each for each in _parser(command)._actions if isinstance(each, argparse._SubParsersAction))
        asked = {
            form for each in commands.choices[command]._actions if each.dest == "format" for form in each.choices or ()
        }
        tried = {form for words, forms in COMMANDS for form in forms if words[0] == command}
        assert asked - _BINARY <= tried, command


def test_every_command_is_tried() -> None:
    missing = set(ALL) - _OTHERS - {words[0] for words, _ in COMMANDS}
    assert not missing, f"add {missing} to COMMANDS in tests/hostile.py"


@pytest.mark.parametrize("command", sorted(ALL))
def test_hostile_options_and_paths_are_one_plain_line(command: str, tmp_path: Path) -> None:
    name = f"{UNSEEN}\udcff\n::error::x"
    words = ("explain", name) if command == "explain" else (command, f"--{name}")
    done = banshi(*words, cwd=tmp_path)
    seen(done.stdout + done.stderr)
    assert done.returncode == 2 and len(done.stderr.splitlines()) == 1
    path = os.fsdecode(os.fsencode(f"没有{UNSEEN}\n::error::x"))
    if command not in ("build", "serve", "explain", "trust", "schema"):
        done = banshi(command, *(("--inventory",) if command == "coverage" else ()), path, cwd=tmp_path)
        seen(done.stdout + done.stderr)
        assert done.returncode == 2 and "\n::error" not in done.stdout + done.stderr


def test_hostile_names_of_files(tmp_path: Path) -> None:
    for name in (f"{UNSEEN}\n::error::x.yaml".encode(), b"\xd3\xd0\xcf\xde.yaml"):
        (tmp_path / os.fsdecode(name)).write_text("kind: [", encoding="utf-8")
    for form in ("text", "json", "sarif", "github"):
        done = banshi("check", ".", "--format", form, cwd=tmp_path)
        assert done.returncode in (1, 2)
        look_at(form, done.stdout.encode())
        assert "\n::error::x" not in done.stdout
