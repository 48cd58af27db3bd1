"""Whatever stands in a document (DOCX), inside its parts or around them, and in workbooks of other programs (ODS, XLS): every command answers."""

import hashlib
import io
import shutil
import zipfile
from functools import cache
from pathlib import Path

import pytest
from conftest import ROOT
from fuzzing import CORPUS, LONG, MARKUP, PIECES, answer, edits, run_of
from hypothesis import given
from hypothesis import strategies as st
from test_fuzz_books import AROUND, changed

from banshi.base.limits import MAX_TABLE_BYTES
from banshi.files.tables.docx import document_grids
from banshi.files.tables.grids import Unusable

DOCUMENTS = CORPUS / "documents"
MAIN = "word/document.xml"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
COMMANDS = [
    *(["check", "--format", form, "{file}"] for form in ("text", "json", "sarif", "github")),
    *([name, "{file}"] for name in ("tier", "due", "publicity", "attendance", "assess", "cases", "schedule", "fix")),
    *(["convert", "{file}", "{out}.jsonl"], ["convert", "{file}", "{out}.xlsx"], ["convert", "{file}", "{out}.yaml"]),
    *(["form", "annex1", "--from", "{file}", "--format", form] for form in ("html", "docx", "xlsx")),
    *(
        ["test", "{file}"],
        ["replay", "{file}"],
        ["impact", "@2012-01-01", "@2013-01-01", "{file}"],
        ["check", "{folder}"],
    ),
    *(["check", "{file}", "--annotate", "{out}.docx"], ["check", "{file}", "--receipt", "{out}.json"]),
]
WORDS = [  # for the parts of a document
    *(b"<w:tbl>", b"</w:tbl>", b"<w:tr>", b"<w:tc>", b"</w:tc>", b"<w:p>", b"</w:p>", b"<w:t>", b"<w:del>", b"<w:sdt>"),
    *(
        b'<w:gridSpan w:val="999999999"/>',
        b'<w:gridSpan w:val="-1"/>',
        b'<w:gridSpan w:val="\xc2\xb2"/>',
        b"<w:showingPlcHdr/>",
    ),
    *(
        b'<w:tag w:val="banshi.x"/>',
        b'<w:tag w:val=""/>',
        b"<w:sdtContent>",
        b"<w:instrText>",
        b"<w:fldSimple/>",
        b"<w:br/>",
    ),
    *(b'<w:altChunk r:id="x"/>', b"<w:vMerge/>", b'<w:object/><w:attachedTemplate r:id="http://evil.example/x.dotm"/>'),
]


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("documents")


@cache
def seeds(base: Path) -> tuple[bytes, ...]:
    """A filled form of a change, a blank one, one of another centre."""
    binhe, linjiang = str(ROOT / "examples/change/binhe-road"), str(ROOT / "examples/linjiang")
    found = []
    for n, words in enumerate((["annex1", "--from", binhe], ["annex1"], ["change-application", "--project", linjiang])):
        path = base / f"{n}.docx"
        answer(["form", *words, "--format", "docx", "-o", str(path)])
        found.append(path.read_bytes())
    return tuple(found)


def tried(raw: bytes, folder: Path, choice: int, name: str = "a.docx") -> None:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    (folder / name).write_bytes(raw)
    for words in (COMMANDS[0], COMMANDS[choice % len(COMMANDS)]):
        answer([word.format(file=folder / name, folder=folder, out=folder / "out") for word in words])


def kept(raw: bytes, suffix: str) -> None:
    if LONG:
        DOCUMENTS.mkdir(exist_ok=True)
        (DOCUMENTS / f"{hashlib.sha256(raw).hexdigest()[:12]}{suffix}").write_bytes(raw)


@pytest.mark.xdist_group("fuzz")
@run_of(8)
@given(
    kind=st.integers(0, 2),
    part=st.floats(0, 1, exclude_max=True),
    changes=edits([*WORDS, *MARKUP, *PIECES]),
    around=st.sampled_from(AROUND),
    choice=st.integers(0, 999),
)
def test_any_bytes_in_any_part(
    kind: int, part: float, changes: list[tuple[str, float, int, bytes]], around: str, choice: int, base: Path
) -> None:
    raw = changed(seeds(base)[kind], part, changes, around)
    try:
        tried(raw, base / "fuzzed", choice)
    except BaseException:
        kept(raw, ".docx")
        raise


@pytest.mark.xdist_group("fuzz")
@run_of(10)
@given(changes=edits([*WORDS, *PIECES]), kind=st.integers(0, 2), choice=st.integers(0, 999))
def test_any_bytes_in_the_text(
    changes: list[tuple[str, float, int, bytes]], kind: int, choice: int, base: Path
) -> None:
    """The part with the text: most edits of any part hit another one."""
    with zipfile.ZipFile(io.BytesIO(seeds(base)[kind])) as own:
        place = own.namelist().index(MAIN) / len(own.namelist())
    raw = changed(seeds(base)[kind], place + 1e-9, changes, "")
    try:
        tried(raw, base / "fuzzed", choice)
    except BaseException:
        kept(raw, ".docx")
        raise


@pytest.mark.parametrize("path", sorted(DOCUMENTS.glob("*.*")), ids=lambda path: path.name)
def test_what_once_failed(path: Path, base: Path) -> None:
    for choice in range(len(COMMANDS)):
        tried(path.read_bytes(), base / "fuzzed", choice, f"a{path.suffix}")


def document(path: Path, body: str, **parts: bytes) -> Path:
    """A document with this body; ``parts`` besides, with ``__`` for a slash."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr(MAIN, body)
        for name, data in parts.items():
            made.writestr(name.replace("__", "/"), data)
    return path


def body(inner: str, before: str = "") -> str:
    return f'<?xml version="1.0"?>{before}<w:document xmlns:w="{W}"><w:body>{inner}</w:body></w:document>'


P = "<w:p><w:r><w:t>字</w:t></w:r></w:p>"
WIDE = '<w:tc><w:tcPr><w:gridSpan w:val="100"/></w:tcPr></w:tc>'
HOSTILE = {
    "entities": body(P, '<!DOCTYPE x [<!ENTITY a "字字"><!ENTITY b "&a;&a;">]>').replace("字<", "&b;<"),
    "outer entity": body(P, '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>').replace("字<", "&a;<"),
    "outer type": body(P, '<!DOCTYPE x SYSTEM "http://evil.example/x.dtd">'),
    "deep tables": body("<w:tbl><w:tr><w:tc>" * 50_000 + "</w:tc></w:tr></w:tbl>" * 50_000),
    "deep fields": body(
        "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>" * 3000
        + P * 3000
        + "</w:sdtContent></w:sdt>" * 3000
    ),
    "fields without end": body("<w:sdt>" * 1_000_000 + "<w:p/>" * 1_000_000),
    "a wide row": body("<w:tbl><w:tr>" + WIDE * 300_000 + "</w:tr></w:tbl>"),
    "many rows": body(P * 50_001),
    "many cells": body("<w:tbl><w:tr>" + WIDE * 10_001 + "</w:tr></w:tbl>"),
    "wide cells": body(
        "<w:tbl><w:tr>" + '<w:tc><w:tcPr><w:gridSpan w:val="999999"/></w:tcPr></w:tc>' * 50_000 + "</w:tr></w:tbl>"
    ),
    "a long text": body(P.replace("字", "字" * 200_000)),
    "many names": body("".join(f"<w:a{n}/>" for n in range(20_000))),
    "a long tag": body(f'<w:p w:x="{"x" * (17 << 20)}"/>'),
    "no end": body(P)[:-30],
    "nothing": "",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_no_office_program_writes(name: str, tmp_path: Path) -> None:
    """Read within limits, or refused in one finding; nothing outside is looked at."""
    path = document(tmp_path / "a.docx", HOSTILE[name])
    said = answer(["check", str(path), "--format", "json"])
    assert "root:" not in said
    answer(["form", "annex1", "--from", str(path), "--format", "html"])


def test_a_cell_that_spans_nothing_is_a_cell(tmp_path: Path) -> None:
    """What stands in it is not lost under its neighbour."""
    cells = "".join(f'<w:tc><w:tcPr><w:gridSpan w:val="{n}"/></w:tcPr>{P}</w:tc>' for n in (0, 0, 2, 1))
    (grid,) = document_grids(document(tmp_path / "a.docx", body(f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>")))
    assert next(iter(grid.rows())).cells == ["字", "字", "字", "", "字"]


def test_what_unpacks_to_much_more(tmp_path: Path) -> None:
    path = document(tmp_path / "a.docx", body(P), word__media__a=b"\0" * (70 << 20))
    assert path.stat().st_size < MAX_TABLE_BYTES
    with pytest.raises(Unusable):
        document_grids(path)
    assert "超过限额" in answer(["check", str(path)])


def test_what_leads_out_of_the_archive(tmp_path: Path) -> None:
    rels = '<Relationships><Relationship Id="a" Type="x/officeDocument" Target="{}"/></Relationships>'
    for target in ("../../../../etc/passwd", "file:///etc/passwd", "/etc/passwd", "http://evil.example/a", "word"):
        path = document(tmp_path / "a.docx", body(P), **{"_rels__.rels": rels.format(target).encode()})
        assert "root:" not in answer(["check", str(path)])


@pytest.mark.parametrize("suffix", [".ods", ".xls", ".doc", ".odt", ".xlsb", ".xlsm", ".docm", ".wps", ".et"])
def test_workbooks_and_documents_of_other_programs(suffix: str, base: Path) -> None:
    """Under any name, whatever is inside: told, never run or unpacked without end."""
    inside = (
        seeds(base)[0],
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 4096,
        b"PK\x03\x04" + b"\xff" * 600,
        b"<html>",
    )
    for raw in inside:
        for choice in (5, 13, 15):
            tried(raw, base / "fuzzed", choice, f"a{suffix}")
