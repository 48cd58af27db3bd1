"""Every limit at it and above it."""

import argparse
import io
import re
from pathlib import Path

import pytest
from test_fuzz_documents import body, document

from banshi.base import limits
from banshi.base.limits import (
    MAX_ALIASED_NODES,
    MAX_BYTES,
    MAX_DEPTH,
    MAX_DIGITS,
    MAX_FIELDS_DEEP,
    MAX_JOBS,
    MAX_PATH,
    MAX_SETTINGS_BYTES,
    MAX_SHOWN,
    MAX_SPANNED,
    MAX_TABLE_BYTES,
)
from banshi.cli import main
from banshi.commands.jobs_asked import _number as jobs
from banshi.files import regular_files
from banshi.files.reading import read, read_lines, read_text
from banshi.files.regular_files import TooLarge, numbered_lines, open_regular, read_bytes
from banshi.files.shape import _shown
from banshi.files.tables import docx
from banshi.files.tables.docx import document_grid
from banshi.files.tables.grids import Unusable
from banshi.law.dotted import Nowhere, find


def rules(text: str) -> list[str]:
    return [p.rule for p in read_text(text, "x").problems]


@pytest.mark.parametrize("suffix", ["yaml", "json"])
@pytest.mark.parametrize("over", [0, 1])
def test_size_of_a_file(suffix: str, over: int, tmp_path: Path) -> None:
    path = tmp_path / f"a.{suffix}"
    path.write_bytes(b'{"a": 1}' + b" " * (MAX_BYTES - 8 + over))
    assert [p.rule for p in read(path).problems] == ["input/too-large"] * over


@pytest.mark.parametrize("over", [0, 1])
def test_size_of_a_line_and_the_lines_behind_it(over: int, tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(b'{"a": 1}\n{"b": 2}' + b" " * (MAX_BYTES - 8 + over) + b'\n{"c": 3}\n')
    readings = list(read_lines(path))
    assert [[(p.rule, p.place.line) for p in r.problems] for r in readings] == [[], [("input/too-large", 2)] * over, []]
    assert readings[2].document is not None and readings[2].document.data == {"c": 3}


def test_a_table_larger_than_the_limit_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    for size, allowed in ((MAX_TABLE_BYTES, True), (MAX_TABLE_BYTES + 1, False)):
        with open(path, "wb") as stream:
            stream.truncate(size)  # sparse
        try:
            open_regular(path).close()
        except TooLarge:
            assert not allowed
        else:
            assert allowed


@pytest.mark.parametrize(("opening", "close"), [("[", "]"), ('{"a":', "}")])
def test_levels(opening: str, close: str) -> None:
    for depth, said in ((MAX_DEPTH, []), (MAX_DEPTH + 1, ["input/too-deep"])):
        assert rules(opening * depth + "1" + close * depth) == said


def test_levels_through_aliases() -> None:
    """An alias is as deep as what it stands for."""
    inner = f"a: &a {'[' * 20}{']' * 20}\n"
    assert rules(inner + f"b: {'[' * (MAX_DEPTH - 21)}*a{']' * (MAX_DEPTH - 21)}\n") == []
    assert rules(inner + f"b: {'[' * (MAX_DEPTH - 20)}*a{']' * (MAX_DEPTH - 20)}\n") == ["input/too-deep"]
    chain = "".join(f"k{n}: &k{n} [{f'*k{n - 1}' if n else 1}]\n" for n in range(MAX_DEPTH))
    assert rules(chain) == ["input/too-deep"]


def test_aliases() -> None:
    listed = "a: &a [" + ", ".join("1" * 99) + "]\n"  # a hundred nodes
    for times, said in ((MAX_ALIASED_NODES // 100, []), (MAX_ALIASED_NODES // 100 + 1, ["input/alias-expansion"])):
        assert rules(listed + "b: [" + ", ".join(["*a"] * times) + "]\n") == said


@pytest.mark.parametrize("form", ['{{"a": {}}}', "a: {}", "[{}]"])
def test_digits(form: str) -> None:
    for digits, kind in ((MAX_DIGITS, int), (MAX_DIGITS + 1, str), (5000, str)):
        for sign in ("", "-"):
            document = read_text(form.format(sign + "9" * digits), "x").document
            assert document is not None
            value = next(iter(document.data.values())) if isinstance(document.data, dict) else document.data[0]
            assert type(value) is kind


def test_a_stream_without_line_ends_costs_no_memory(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    with open(path, "wb") as stream:
        stream.truncate(MAX_BYTES * 20)
    with open_regular(path) as raw:
        assert list(numbered_lines(raw)) == [(1, None)]


def test_what_grows_while_it_is_read_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"12345")
    assert read_bytes(path, 5) == b"12345"
    with pytest.raises(TooLarge):
        read_bytes(path, 4)


def rows_of(tmp_path: Path, inner: str) -> list[list[str]] | None:
    """The rows of a document; None where it is too large."""
    path = tmp_path / f"{len(list(tmp_path.iterdir()))}.docx"
    try:
        return [row.cells for row in document_grid(document(path, body(inner))).rows()]
    except Unusable:
        return None


@pytest.mark.parametrize("over", [0, 1])
def test_documents(over: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows, cells, fields inside one another; a span beyond the limit is taken for the limit."""
    paragraph, cell = "<w:p><w:r><w:t>a</w:t></w:r></w:p>", "<w:tc><w:p/></w:tc>"
    fields = "<w:sdt><w:sdtContent>" * (MAX_FIELDS_DEEP + over) + "</w:sdtContent></w:sdt>" * (MAX_FIELDS_DEEP + over)
    assert (rows_of(tmp_path, paragraph + fields) is None) == bool(over)
    span = f'<w:tc><w:tcPr><w:gridSpan w:val="{MAX_SPANNED + over}"/></w:tcPr><w:p/></w:tc>'
    told = rows_of(tmp_path, f"<w:tbl><w:tr>{span}<w:tc>{paragraph}</w:tc></w:tr></w:tbl>")
    assert told is not None and len(told[0]) == MAX_SPANNED + 1
    monkeypatch.setattr(docx, "MAX_DOCUMENT_ROWS", 30)
    assert (rows_of(tmp_path, paragraph * (30 + over)) is None) == bool(over)
    monkeypatch.setattr(docx, "MAX_DOCUMENT_CELLS", 20)
    assert (rows_of(tmp_path, f"<w:tbl><w:tr>{cell * (20 + over)}</w:tr></w:tbl>") is None) == bool(over)


@pytest.mark.parametrize("over", [0, 1])
def test_settings_streams_jobs_paths_and_what_is_shown(
    over: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "banshi.toml").write_bytes(b'jurisdiction = "luzhou"\n'.ljust(MAX_SETTINGS_BYTES + over, b"#"))
    (tmp_path / "a.yaml").write_text("kind: ledger\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    assert main(["check", "a.yaml"]) == (2 if over else 1)
    name = "k" * (MAX_SHOWN + over)
    assert _shown(name) == ("k" * (MAX_SHOWN - 1) + "…" if over else name)
    monkeypatch.setattr(regular_files, "MAX_STDIN_BYTES", 10)
    try:
        assert regular_files._copied(io.BytesIO(b"1" * (10 + over))) == b"1" * 10
    except TooLarge:
        assert over
    try:
        assert jobs(str(MAX_JOBS + over)) == MAX_JOBS
    except argparse.ArgumentTypeError:
        assert over
    data: object = 1
    for _ in range(MAX_PATH + over):
        data = {"a": data}
    try:
        assert find(data, ".".join(["a"] * (MAX_PATH + over))) == 1
    except Nowhere:
        assert over


def test_every_limit_is_named_by_a_test() -> None:
    """So that none is added without its test at it and above it."""
    said = "".join(path.read_text("utf-8") for path in Path(__file__).parent.glob("test_*.py"))
    known = [name for name in vars(limits) if name.isupper()]
    assert len(known) > 20 and [name for name in known if not re.search(rf"\b{name}\b", said)] == []
