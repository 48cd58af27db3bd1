"""Many faults, in three sizes: seconds of processor and peak memory of a check, and how they grow with the input.

The exponent is that of the largest step: 1 is in proportion to the input, 2 would be quadratic. What is done once (loading the
law and the rules) is taken off first. Usage: ``python benchmarks/faults_speed.py [ROWS] [NAME…]`` (50,000 rows by default).
"""

import json
import math
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import xlsxwriter  # type: ignore[import-untyped]

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
HEAD = ["办件编号", "类别", "事项", "部门", "窗口", "受理日期", "承诺办结日", "办结日期", "是否现场办结", "群众评议"]
FAULTY = ["1", "没有的类别", "甲", "", "W01", "2012-13-45", "昨天", "很快", "也许", "还行"]
REGISTER = "kind: cases\nfictional: true\njurisdiction: luzhou\ncentre: 甲\nlevel: city\nas_of: 2012-12-31\nlog: %s\n"
FORMS = ["项目标识", "编号", "序次", "申报日期", "变更类型", "变更原因", "金额·本次净额（元）", "申报档次", "状态"]
LINE = '{"kind": "ledger", "project": {"id": %d}, "changes": [], "x": 1}\n'
ITEM = "  - {name: 甲, quantity_before: 很多, unit_price: -, extra: 1}\n"


def main() -> None:
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 50_000
    wanted = sys.argv[2:] or list(CASES)
    with tempfile.TemporaryDirectory(prefix="banshi-bench-") as name:
        folder = Path(name)
        (folder / "a.yaml").write_text("kind: ledger\n", encoding="utf-8")
        once, _ = run(["check", str(folder / "a.yaml")])
        for each in wanted:
            compare(each, rows, once, folder)


def compare(name: str, rows: int, once: float, folder: Path) -> None:
    """Print a line on one kind of fault."""
    found = []
    for count in (rows // 4, rows // 2, rows):
        words, size = CASES[name](folder, count)
        seconds, memory = run(words)
        found.append((count, size, max(seconds - once, 0.01), memory))
    (_, _, less, _), (_, _, more, _) = found[-2:]
    said = "; ".join(f"{count:,} ({size / 1e6:.1f} MB): {s:.1f} s, {memory} MB" for count, size, s, memory in found)
    print(f"{name}: {said}; exponent {math.log2(more / less):.2f}", flush=True)


def run(words: list[str]) -> tuple[float, int]:
    """Seconds of processor and peak memory (MB) of one command."""
    process = subprocess.Popen(
        [str(BIN / "banshi"), *words], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=ROOT
    )
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1):
        raise SystemExit(f"{' '.join(words)[:200]} … gave {process.returncode}")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss // 1024


Made = tuple[list[str], int]


def text(folder: Path, name: str, content: str) -> Made:
    path = folder / name
    path.write_text(content, encoding="utf-8")
    return ["check", str(path)], path.stat().st_size


def keys(folder: Path, count: int) -> Made:
    return text(folder, "keys.yaml", "kind: change\n" + "reason: 甲\n" * count)


def unknown(folder: Path, count: int) -> Made:
    return text(folder, "unknown.yaml", "kind: change\n" + "".join(f"k{n}: 1\n" for n in range(count)))


def items(folder: Path, count: int) -> Made:
    return text(folder, "items.yaml", "kind: change\nitems:\n" + ITEM * count)


def lines(folder: Path, count: int) -> Made:
    return text(folder, "lines.jsonl", "".join(LINE % n for n in range(count)))


def json_items(folder: Path, count: int) -> Made:
    item = {"name": "甲", "quantity_before": "很多", "unit_price": "-", "extra": 1}
    return text(folder, "items.json", json.dumps({"kind": "change", "items": [item] * count}, ensure_ascii=False))


def nested_items(folder: Path, count: int) -> Made:
    """The items of one form in a ledger of forms."""
    item = {"name": "甲", "quantity_before": "很多", "unit_price": "-", "extra": 1}
    forms = [{"sequence": 1, "items": [item] * count}]
    return text(
        folder,
        "nested.json",
        json.dumps({"kind": "ledger", "project": {"id": 3}, "changes": forms}, ensure_ascii=False),
    )


def csv_rows(folder: Path, count: int) -> Made:
    place = folder / "csv"
    place.mkdir(exist_ok=True)
    text(place, "办件.csv", "\n".join(",".join(row) for row in [HEAD, *([FAULTY] * count)]) + "\n")
    text(place, "log.yaml", REGISTER % "办件.csv")
    return ["check", str(place)], (place / "办件.csv").stat().st_size


def book(path: Path, rows: list[list[str]], title: str = "办件") -> int:
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as made:
        sheet = made.add_worksheet(title)
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return path.stat().st_size


def xlsx_rows(folder: Path, count: int) -> Made:
    place = folder / "xlsx"
    place.mkdir(exist_ok=True)
    size = book(place / "办件.xlsx", [HEAD, *([FAULTY] * count)])
    text(place, "log.yaml", REGISTER % "办件.xlsx")
    return ["check", str(place)], size


def ledger(folder: Path, count: int) -> Path:
    path = folder / "台账.xlsx"
    rows = (["p", f"变-{n}", str(n), "2012-13-01", "没有", "", "很多", "没有", "没有"] for n in range(1, count + 1))
    book(path, [FORMS, *rows], "报批表")
    return path


def ledger_rows(folder: Path, count: int) -> Made:
    path = ledger(folder, count)
    return ["check", str(path)], path.stat().st_size


def annotated(folder: Path, count: int) -> Made:
    path = ledger(folder, count)
    return ["check", str(path), "--annotate", str(folder / "out.xlsx"), "--force"], path.stat().st_size


CASES: dict[str, Callable[[Path, int], Made]] = {
    "a key again and again (YAML)": keys,
    "unknown keys (YAML)": unknown,
    "faulty items (YAML)": items,
    "faulty items (JSON)": json_items,
    "faulty items of one form in a ledger (JSON)": nested_items,
    "faulty lines (JSON Lines)": lines,
    "faulty rows (CSV)": csv_rows,
    "faulty rows (XLSX)": xlsx_rows,
    "faulty forms in a ledger (XLSX)": ledger_rows,
    "the same, handed back with marks": annotated,
}

if __name__ == "__main__":
    main()
