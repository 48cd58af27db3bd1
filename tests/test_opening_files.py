"""What somebody names is opened in one way: regular files only, looked at once they are open, no larger than they may be."""

import ast
import io
import os
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import ROOT

from banshi.base.writing import why_not
from banshi.files.law_used import law_used
from banshi.files.regular_files import NotRegular, TooLarge, read_text
from banshi.files.tables.delimited import delimited
from banshi.files.tables.grids import Unusable
from banshi.files.tables.xlsx import limits
from banshi.files.tables.xlsx.package import NoBook, package

SOURCES = ROOT / "src/banshi"
# Files of our own making, or that the package brings; a rule that this user trusts is run as it was looked at.
OWN = {
    *(
        "base/environment.py",
        "base/our_files.py",
        "base/writing.py",
        "centre/trust.py",
        "checking/rules.py",
        "files/regular_files.py",
    ),
    *(
        "site/build.py",
        "site/afresh.py",
        "site/laying.py",
        "site/http.py",
        "site/search.py",
        "site/sections.py",
        "site/words.py",
        "site/render.py",
        "site/pages.py",
    ),
    *("base/alone.py", "site/swap.py", "commands/schema.py", "commands/new.py", "batch/state.py"),
}


OPENING = re.compile(r"\b(?:open|read_bytes|read_text)\b")


def plain_openings(path: Path) -> Iterator[int]:
    """Lines that open a file without looking at what it is."""
    text = path.read_text(encoding="utf-8")
    for node in ast.walk(ast.parse(text)) if OPENING.search(text) else ():
        if not isinstance(node, ast.Call):
            continue
        called = node.func
        if isinstance(called, ast.Name) and called.id == "open":
            yield node.lineno
        if isinstance(called, ast.Attribute) and called.attr == "read_bytes":
            yield node.lineno
        if isinstance(called, ast.Attribute) and called.attr == "read_text":
            yield node.lineno
        if isinstance(called, ast.Attribute) and called.attr == "open" and ast.unparse(called.value) in ("os", "io"):
            yield node.lineno


def named(path: Path) -> str:
    return path.relative_to(SOURCES).as_posix()


def test_nothing_opens_files_in_a_way_of_its_own() -> None:
    found = {named(path): list(plain_openings(path)) for path in sorted(SOURCES.rglob("*.py"))}
    assert {name: lines for name, lines in found.items() if lines and name not in OWN} == {}
    assert found["base/writing.py"], "the search finds what it should"


READERS = [delimited, package, read_text]


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.__name__)
@pytest.mark.skipif(os.name != "posix", reason="pipes and devices")
def test_each_reader_refuses_what_is_no_file(reader: object, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "zero").symlink_to("/dev/zero")
    for name in ("pipe", "zero", "."):
        with pytest.raises((NotRegular, Unusable, IsADirectoryError)):
            reader(tmp_path / name)  # type: ignore[operator]


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.__name__)
def test_each_reader_refuses_what_is_too_large_before_reading(reader: object, tmp_path: Path) -> None:
    with open(tmp_path / "a", "wb") as stream:
        stream.truncate(4 << 30)
    with pytest.raises((TooLarge, Unusable)):
        reader(tmp_path / "a")  # type: ignore[operator]


def test_what_the_system_refuses_is_said_in_words(tmp_path: Path) -> None:
    assert why_not(NotRegular(tmp_path)).zh == "不是普通文件" and NotRegular(tmp_path).filename == str(tmp_path)
    assert "大小" in why_not(TooLarge(5)).zh


def archive(parts: int) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as book:
        for number in range(parts):
            book.writestr(f"{number:0>200}", b"")
    return made.getvalue()


def test_an_endless_list_of_parts_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(archive(100))
    monkeypatch.setattr("banshi.files.tables.xlsx.package.MAX_LISTING", 100 * (46 + 200))
    with pytest.raises(NoBook):
        package(path)
    path.write_bytes(archive(101))
    with pytest.raises(limits.BookTooLarge):
        package(path)


@pytest.mark.skipif(os.name != "posix", reason="pipes")
def test_the_law_can_be_named_where_a_policy_is_no_file(tmp_path: Path) -> None:
    (tmp_path / "policies").mkdir()
    before = law_used(tmp_path).digest
    os.mkfifo(tmp_path / "policies/x.yaml")
    assert law_used(tmp_path).digest != before
