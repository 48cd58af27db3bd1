"""Whatever stands in a workbook, inside its parts or around them, every command that reads one answers."""

import hashlib
import io
import re
import shutil
import zipfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from random import Random

import openpyxl
import pytest
from conftest import ROOT
from fuzzing import CORPUS, LONG, MARKUP, PIECES, answer, edited, edits, run_of
from hypothesis import example, given
from hypothesis import strategies as st

BOOKS = CORPUS / "books"
COMMANDS = [
    ["check", "{file}", "--annotate", "{out}.xlsx", "--force"],
    *(["check", "--format", form, "{file}"] for form in ("json", "sarif", "github")),
    *([name, "{file}"] for name in ("tier", "due", "publicity", "attendance", "assess", "cases", "schedule", "fix")),
    *(["convert", "{file}", "{out}.jsonl"], ["convert", "{file}", "{out}2.xlsx", "--force"]),
    *(
        ["attendance", "{folder}"],
        ["attendance", "{folder}", "--format", "xlsx"],
        ["cases", "{file}", "--format", "html"],
    ),
    *(["form", "annex1", "--from", "{file}", "--format", "html"], ["assess", "{file}", "--format", "xlsx"]),
    *(["test", "{file}"], ["replay", "{file}"], ["diff", "{file}"], ["coverage", "--inventory", "{file}"]),
]
_SHEET = re.compile(rb"<sheet [^>]*>")
REGISTER = ROOT / "examples/attendance/2010-03/考勤登记.xlsx"


@cache
def seeds(base: Path) -> dict[str, bytes]:
    """A workbook of every kind that is read, by name."""
    found = {
        "考勤": REGISTER.read_bytes(),
        "办件": of_rows((ROOT / "examples/linjiang/cases/办件.csv").read_text("utf-8")),
    }
    for name, words in (
        ("台账", ["convert", str(ROOT / "examples/change/binhe-road"), "{out}"]),
        (
            "附件",
            ["form", "annex1", "--from", str(ROOT / "examples/change/binhe-road"), "--format", "xlsx", "-o", "{out}"],
        ),
        ("考核", ["assess", str(ROOT / "examples/assessment/2012-Q1.yaml"), "--template", "{out}"]),
    ):
        found[name] = made(base, words)
    marked = base / "annotated.xlsx"
    (base / "考勤登记.xlsx").write_bytes(found["考勤"])
    answer(["check", str(base / "考勤登记.xlsx"), "--annotate", str(marked), "--force"])
    return {**found, "标注": marked.read_bytes()}


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("books")


def made(base: Path, words: list[str]) -> bytes:
    path = base / "made.xlsx"
    path.unlink(missing_ok=True)
    answer([word.format(out=path) for word in words])
    return path.read_bytes()


def of_rows(text: str) -> bytes:
    book, raw = openpyxl.Workbook(), io.BytesIO()
    assert book.active is not None
    for line in text.splitlines()[:60]:
        book.active.append(line.split(","))
    book.save(raw)
    return raw.getvalue()


def changed(raw: bytes, part: float, changes: list[tuple[str, float, int, bytes]], around: str) -> bytes:
    """A workbook with one part changed inside, and something done to the whole."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as own, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        names = own.namelist()
        chosen, other = names[int(part * len(names))], names[int(part * 7919) % len(names)]
        for name in names:
            data = own.read(name)
            if name == chosen:
                data = {"empty": b"", "other": own.read(other)}.get(around, edited(data, changes))
                if around == "gone":
                    continue
            new.writestr({"named": name.upper()}.get(around, name), data)
            if around == "twice" and name == chosen:
                new.writestr(name + " ", data)
    whole = out.getvalue()
    return (
        edited(whole, changes) if around == "bytes" else whole[: int(len(whole) * part)] if around == "cut" else whole
    )


def tried(raw: bytes, folder: Path, choice: int) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    (folder / "a.xlsx").write_bytes(raw)
    for words in (COMMANDS[0], COMMANDS[choice % len(COMMANDS)]):
        answer([word.format(file=folder / "a.xlsx", folder=folder, out=folder / "out") for word in words])


AROUND = ["", "", "", "bytes", "cut", "gone", "empty", "other", "twice", "named"]


@run_of(20)
@given(
    kind=st.integers(0, 5),
    part=st.floats(0, 1, exclude_max=True),
    changes=edits([*MARKUP, *PIECES]),
    around=st.sampled_from(AROUND),
    choice=st.integers(0, 999),
)
def test_any_bytes_in_any_part(
    kind: int, part: float, changes: list[tuple[str, float, int, bytes]], around: str, choice: int, base: Path
) -> None:
    raw = changed(list(seeds(base).values())[kind], part, changes, around)
    try:
        tried(raw, base / "fuzzed", choice)
    except BaseException:
        if LONG:
            BOOKS.mkdir(exist_ok=True)
            (BOOKS / f"{hashlib.sha256(raw).hexdigest()[:12]}.xlsx").write_bytes(raw)
        raise


@pytest.mark.parametrize("path", sorted(BOOKS.glob("*.xlsx")), ids=lambda path: path.name)
def test_what_once_failed(path: Path, base: Path) -> None:
    for choice in range(len(COMMANDS)):
        tried(path.read_bytes(), base / "fuzzed", choice)


@run_of(4)
@given(kind=st.integers(0, 5), kept=st.floats(0, 1), seed=st.integers(0, 9999), choice=st.integers(0, 999))
@example(kind=2, kept=0.0, seed=0, choice=4)
@example(kind=2, kept=0.1, seed=1, choice=5)
def test_any_columns_and_sheets_may_be_missing(kind: int, kept: float, seed: int, choice: int, base: Path) -> None:
    """Whatever a table has no place for is told, or says nothing; no rule and no command falls over it."""
    book, raw, luck = openpyxl.load_workbook(io.BytesIO(list(seeds(base).values())[kind])), io.BytesIO(), Random(seed)
    for sheet in book.worksheets:
        if len(book.worksheets) > 1 and luck.random() > max(kept, 0.3):
            book.remove(sheet)
            continue
        for column in range(sheet.max_column, 0, -1):
            if luck.random() > kept and sheet.max_column > 1 and not sheet.merged_cells.ranges:
                sheet.delete_cols(column)
    book.save(raw)
    tried(raw.getvalue(), base / "fuzzed", choice)


def alone(whole: bytes) -> Iterator[bytes]:
    """A workbook as often as it has sheets, each time with but one of them in its list."""
    with zipfile.ZipFile(io.BytesIO(whole)) as own:
        parts = {name: own.read(name) for name in own.namelist()}
    listed = _SHEET.findall(parts["xl/workbook.xml"])
    assert listed
    for only in listed:
        kept = _SHEET.sub(lambda found, only=only: found[0] if found[0] == only else b"", parts["xl/workbook.xml"])
        raw = io.BytesIO()
        with zipfile.ZipFile(raw, "w") as new:
            for name, data in {**parts, "xl/workbook.xml": kept}.items():
                new.writestr(name, data)
        yield raw.getvalue()


def test_each_sheet_alone(base: Path) -> None:
    """A list without the sheets that it is linked with: what they would say is not stated."""
    for name, whole in seeds(base).items():
        for raw in alone(whole):
            (base / f"{name}.xlsx").write_bytes(raw)
            answer(["check", str(base / f"{name}.xlsx")])
            answer(["tier" if name == "台账" else "assess", str(base / f"{name}.xlsx")])
