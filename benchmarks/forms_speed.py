"""Forms in one workbook, in three sizes: seconds of processor and peak memory of writing them, reading and checking them.

A form a sheet, as ``banshi form`` writes them. The exponent is that of the largest step: 1 is in proportion to the input.
Usage: ``python benchmarks/forms_speed.py [FORMS]`` (5,000 by default).
"""

import copy
import json
import math
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from banshi.files.reading import read

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = ROOT / "examples/change/binhe-road"
BIN = Path(sys.executable).parent


def main() -> None:
    most = int(sys.argv[1]) if len(sys.argv) > 1 else 5000
    seconds: dict[str, list[float]] = {"form": [], "check": []}
    with tempfile.TemporaryDirectory(prefix="banshi-bench-") as name:
        for count in (most // 4, most // 2, most):
            source, book = Path(name) / f"{count}.json", Path(name) / f"{count}.xlsx"
            source.write_text(json.dumps(ledger(count), ensure_ascii=False, default=str), encoding="utf-8")
            for words in (
                ("form", "annex1", "--from", str(source), "--format", "xlsx", "-o", str(book)),
                ("check", str(book)),
            ):
                spent, waited, memory = run(list(words))
                seconds[words[0]].append(spent)
                size = f", {book.stat().st_size / 1e6:.1f} MB"
                print(
                    f"{words[0]} {count:,} forms{size}: {spent:.1f} s of processor, {waited:.1f} s waited, {memory} MB",
                    flush=True,
                )
    for name, spent in seconds.items():
        print(
            f"{name}: exponent {math.log2(spent[-1] / spent[-2]):.2f}; {most / spent[-1]:,.0f} forms a second of processor"
        )


def ledger(count: int) -> dict[str, Any]:
    """A project with so many changes, each with a number and a sequence of its own."""
    project, form = (read(path).document for path in (EXAMPLE / "project.yaml", EXAMPLE / "changes/001.yaml"))
    assert project is not None and form is not None
    changes = []
    for number in range(1, count + 1):
        change = copy.deepcopy(form.data) | {"number": f"变-{number:05}", "sequence": number}
        changes.append({key: value for key, value in change.items() if key not in ("kind", "$schema")})
    own = {key: value for key, value in project.data.items() if key not in ("kind", "$schema")}
    return {"kind": "ledger", "project": own, "changes": changes}


def run(words: list[str]) -> tuple[float, float, int]:
    """Seconds of processor, seconds waited, and peak memory (MB) of one command."""
    began = time.monotonic()
    process = subprocess.Popen(
        [str(BIN / "banshi"), *words], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=ROOT
    )
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1):
        raise SystemExit(f"{' '.join(words)[:200]} … gave {process.returncode}")
    return usage.ru_utime + usage.ru_stime, time.monotonic() - began, usage.ru_maxrss // 1024


if __name__ == "__main__":
    main()
