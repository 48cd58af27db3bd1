"""Whatever text is handed in, no workbook or document that we write computes it, follows it, or asks anybody else for anything."""

import re
import shutil
import zipfile
import zlib
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter  # type: ignore[import-untyped]
from conftest import ROOT, write_yaml
from fuzzing import answer
from hostile import _FREE, _PLACES

from banshi.files.reading import read

MARK = "植入"
WORDS = (
    *(
        "=cmd|' /C calc'!A0",
        "+1+1",
        "-1+1",
        "@SUM(1)",
        '=HYPERLINK("http://evil.example/x")',
        "＝1+1",
        '"=1+1',
        "'=1+1'",
    ),
    *(
        "{=1}",
        '=DDE("cmd"&"/C calc"&"x")',
        "=WEBSERVICE(&quot;http://evil.example/&quot;)",
        "%0A=1+1",
        "=" + "长" * 500,
    ),
)
IN_CELLS = (*WORDS, "\t=1+1", "\r=1+1", "\n=1+1", "\u202e=1+1", "\u200b=1+1", "=" + "长" * 32_000)
_QUOTED = re.compile(r"'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"")
_FORMULA = re.compile(rb"<(?:\w+:)?(f|formula1|formula2|formula|definedName|instrText)\b[^>]*>(.*?)</", re.DOTALL)


def planted(value: Any, key: str = "") -> Any:
    """Plain data with a hostile word before every free text; the same text gets the same word."""
    if isinstance(value, dict):
        return {name: planted(each, name) for name, each in value.items()}
    if isinstance(value, list):
        return [planted(each, key) for each in value]
    if isinstance(value, str) and key not in _PLACES and _FREE.search(value):
        return f"{WORDS[zlib.crc32(value.encode()) % len(WORDS)]}{MARK}{value}"
    return value


@pytest.fixture(scope="module")
def examples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The examples with hostile texts throughout."""
    folder = tmp_path_factory.mktemp("planted")
    for path in (ROOT / "examples").rglob("*.*"):
        copy = folder / path.relative_to(ROOT / "examples")
        copy.parent.mkdir(parents=True, exist_ok=True)
        document = read(path).document if path.suffix == ".yaml" and "policies" not in path.parts else None
        if document is None:
            shutil.copy(path, copy)
        else:
            write_yaml(copy, planted(document.data))
    return folder


TWO = [f"linjiang/policies/linjiang/{name}/2026-01-01.yaml" for name in ("change-rules", "window-assessment")]
RUNS = [
    ["publicity", "change/binhe-road", "--format", "xlsx", "-o", "{out}.xlsx"],
    ["attendance", "attendance/2010-02", "--format", "xlsx", "-o", "{out}.xlsx"],
    ["assess", "assessment/2012-Q1.yaml", "--what-if", "--format", "xlsx", "-o", "{out}.xlsx"],
    ["assess", "assessment/2012-Q1.yaml", "--template", "{out}.xlsx"],
    ["cases", "cases/city", "--format", "xlsx", "-o", "{out}.xlsx"],
    ["schedule", "parallel/investment/case.yaml", "--format", "xlsx", "-o", "{out}.xlsx"],
    ["form", "parallel/registration", "--format", "xlsx", "-o", "{out}.xlsx"],
    *(
        ["form", "annex1", "--from", "change/binhe-road", "--format", form, "-o", "{out}." + form]
        for form in ("xlsx", "docx")
    ),
    ["convert", "change/binhe-road", "{out}.xlsx"],
    ["impact", *TWO, "change/binhe-road", "--format", "xlsx", "-o", "{out}.xlsx"],
]


@pytest.mark.parametrize("words", RUNS, ids=lambda words: f"{words[0]} {words[-1][-5:]}")
def test_what_is_handed_in_is_text(
    words: list[str], examples: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(examples)
    out = tmp_path / "out"
    said = answer([word.format(out=out) for word in words])
    made = list(tmp_path.glob("out.*"))
    assert made, said
    for path in made:
        harmless(path)


def test_what_stands_in_cells(tmp_path: Path) -> None:
    """A ledger, a punch table and a case log with hostile cells: marked, converted, reported."""
    heads = {
        "台账": ["项目标识", "项目名称", "编号", "序次", "申报日期", "变更原因", "金额·本次净额（元）"],
        "打卡": ["人员编号", "日期", "时刻", "备注"],
        "办件": ["办件编号", "类别", "部门", "窗口", "受理日期", "办结日期", "事项"],
    }
    for name, columns in heads.items():
        path = tmp_path / f"{name}.xlsx"
        with xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False}) as book:
            sheet = book.add_worksheet("报批表" if name == "台账" else name)
            for column, head in enumerate([*columns, f"=1+1{MARK}"]):
                sheet.write_string(0, column, head)
            for row, word in enumerate(IN_CELLS, start=1):
                for column in range(len(columns) + 1):
                    sheet.write_string(row, column, f"{word[:32_000]}{MARK}{column}")
        out = tmp_path / f"{name}-out.xlsx"
        answer(["check", str(path), "--annotate", str(out)])
        harmless(out)
        converted = tmp_path / f"{name}-converted.xlsx"
        answer(["convert", str(path), str(converted)])
        if converted.exists():
            harmless(converted)


def harmless(path: Path) -> None:
    """No formula, name, field or link holds what was planted, and nothing outside is asked for."""
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            raw = archive.read(name)
            assert b"External" not in raw or not name.endswith(".rels"), name
            assert not re.search(r"externalLink|vbaProject|embeddings|activeX|connections", name), name
            for tag, inside in _FORMULA.findall(raw):
                plain = inside.decode().replace("&quot;", '"').replace("&apos;", "'").replace("&#39;", "'")
                assert MARK not in _QUOTED.sub("", plain), (name, tag, plain[:300])
            assert all(MARK.encode() not in of for of in re.findall(rb'instr="([^"]*)"', raw)), name
            assert not re.search(rb"altChunk|attachedTemplate|DDEAUTO", raw), name
    if path.suffix == ".xlsx":
        book = openpyxl.load_workbook(path)
        for sheet in book.worksheets:
            for cell in (each for row in sheet.iter_rows() for each in row):
                plain = _QUOTED.sub("", str(cell.value)) if cell.data_type == "f" else ""
                assert MARK not in plain, (sheet.title, cell.coordinate, plain)
                assert cell.hyperlink is None or not cell.hyperlink.target, (sheet.title, cell.coordinate)


def test_the_check_finds_what_it_looks_for(tmp_path: Path) -> None:
    for number, options in enumerate(({}, {"strings_to_formulas": False})):
        path = tmp_path / f"{number}.xlsx"
        with xlsxwriter.Workbook(str(path), options) as book:
            book.add_worksheet("a").write_row(0, 0, ["http://evil.example/" if number else f"=1+1+{MARK}"])
        with pytest.raises(AssertionError):
            harmless(path)
