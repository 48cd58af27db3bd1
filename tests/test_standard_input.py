"""The same content by name, named twice, and on standard input gives the same findings and the same answer."""

import io
import sys
from pathlib import Path

import openpyxl
import pytest
from conftest import ROOT

from banshi.cli import main

CASES = (ROOT / "examples/cases/yangliqu/办件.csv").read_text(encoding="utf-8").splitlines()
HEAD = "办件编号,类别,部门,窗口,受理日期,承诺办结日,办结日期"
ROWS = [HEAD, "1,其他,甲,W01,2012-01-05,2012-01-12,2012-01-09", "2,其他,甲,W01,一月,2012-01-12,2012-01-09"]
YAML = "kind: cases\njurisdiction: luzhou\ncentre: 样例\nlevel: county\nas_of: 2012-02-29\ncases: []\n"


def _book(rows: list[str]) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row.split(","))
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def _lines(*rows: str, mark: str = ",", end: str = "\n", coding: str = "utf-8") -> bytes:
    return (end.join(rows).replace(",", mark) + end).encode(coding)


INPUTS = {
    "log.csv": _lines(*CASES[:200]),
    "bad.csv": _lines(*ROWS),
    "bom.csv": _lines(*ROWS, coding="utf-8-sig"),
    "crlf.csv": _lines(*ROWS, end="\r\n"),
    "tabs.tsv": _lines(*ROWS, mark="\t"),
    "semicolons.csv": _lines(*ROWS, mark=";"),
    "titled.csv": _lines("统计日期：2012-02", *ROWS),
    "quoted.csv": _lines(*(",".join(f'"{cell}"' for cell in row.split(",")) for row in ROWS)),
    "open.csv": _lines(*ROWS, '3,"其他'),
    "gbk.csv": _lines(*ROWS, coding="gb18030"),
    "unknown.csv": _lines("甲,乙", "1,2"),
    "punches.csv": _lines("人员编号,打卡时间", "001,2010-03-01 08:31"),
    "log.xlsx": _book(ROWS),
    "register.xlsx": (ROOT / "examples/attendance/2010-03/考勤登记.xlsx").read_bytes(),
    "log.yaml": YAML.encode(),
    "log.json": b'{"kind": "cases", "jurisdiction": "luzhou", "kind": "cases", "cases": []}',
    "log.jsonl": b'{"kind": "cases", "jurisdiction": "luzhou"}\n{"id": "1"}\n',
    "assessment.yaml": (ROOT / "examples/assessment/2012-Q1.yaml").read_bytes(),
}


class _Input(io.TextIOWrapper):
    """Standard input that holds some bytes."""


def run(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], data: bytes | None, *words: str
) -> tuple[int, str]:
    if data is not None:
        monkeypatch.setattr(sys, "stdin", _Input(io.BufferedReader(io.BytesIO(data))))  # type: ignore[arg-type]
    status = main([*words])
    said = capsys.readouterr()
    return status, said.out + said.err


@pytest.mark.parametrize("name", INPUTS)
def test_the_same_findings_by_name_twice_and_by_standard_input(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path(name).write_bytes(INPUTS[name])
    by_name = run(monkeypatch, capsys, None, "check", name)
    assert run(monkeypatch, capsys, None, "check", name, f"./{name}") == by_name
    status, said = run(monkeypatch, capsys, INPUTS[name], "check", "-")
    assert (status, said.replace("\n-:", f"\n{name}:").replace("-:", f"{name}:", said.startswith("-:"))) == by_name


@pytest.mark.parametrize(
    ("command", "name"),
    [
        ("cases", "log.csv"),
        ("cases", "bad.csv"),
        ("cases", "log.xlsx"),
        ("cases", "log.jsonl"),
        ("cases", "log.yaml"),
        ("attendance", "register.xlsx"),
        ("assess", "assessment.yaml"),
    ],
)
@pytest.mark.parametrize("form", ["text", "json"])
def test_the_same_answer_by_name_and_by_standard_input(
    command: str,
    name: str,
    form: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    Path(name).write_bytes(INPUTS[name])
    by_name = run(monkeypatch, capsys, None, command, name, "--format", form)
    by_pipe = run(monkeypatch, capsys, INPUTS[name], command, "-", "--format", form)
    assert by_pipe[0] == by_name[0]
    assert by_pipe[1].replace('"-"', f'"{name}"').replace("  -：", f"  {name}：").replace("  -“", f"  {name}“").replace("\n-:", f"\n{name}:").removeprefix("-") == by_name[1].removeprefix(name)  # fmt: skip
