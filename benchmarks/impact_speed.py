"""``banshi impact`` over ledgers that all differ, in three sizes: seconds of processor, of waiting and peak memory, and how they grow.

The exponent is that of the largest step: 1 is in proportion to the input, 2 would be quadratic. What is done once (loading both
laws and the rules) is taken off first. Usage: ``python benchmarks/impact_speed.py [LEDGERS] [JOBS]`` (20,000 ledgers of one or two forms by default).
"""

import copy
import json
import math
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from banshi.files.reading import read

ROOT = Path(__file__).resolve().parent.parent
LINJIANG = ROOT / "examples/linjiang"
BIN = Path(sys.executable).parent


def main() -> None:
    most = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    jobs = sys.argv[2] if len(sys.argv) > 2 else "1"
    document = read(LINJIANG / "change/riverside.yaml").document
    assert document is not None
    found = []
    with tempfile.TemporaryDirectory(prefix="banshi-bench-") as name:
        once, _, _ = run(write(Path(name) / "one.jsonl", document.data, 1), jobs)
        for count in (most // 4, most // 2, most):
            path = write(Path(name) / f"{count}.jsonl", document.data, count)
            seconds, waited, memory = run(path, jobs)
            found.append((count, seconds - once))
            size = path.stat().st_size / 1e6
            print(f"{count:,} ledgers ({size:.0f} MB), {jobs} process(es): {seconds:.1f} s of processor,", end=" ")
            print(f"{waited:.1f} s waited, {memory} MB", flush=True)
    (_, less), (_, more) = found[-2:]
    print(
        f"once: {once:.1f} s; exponent {math.log2(more / less):.2f}; {most / more:,.0f} ledgers a second of processor"
    )


def write(path: Path, ledger: dict[str, Any], count: int) -> Path:
    """Ledgers of one form or two, each with amounts and a price of its own."""
    chosen, lines = random.Random(1), []
    for number in range(count):
        one = copy.deepcopy(ledger)
        one["project"] |= {"id": f"p{number}", "name": f"{number} 号路"}
        one["project"]["contract"]["bid_price"] = str(chosen.randrange(5_000_000, 50_000_000))
        first = chosen.randrange(len(one["changes"]) - 1)
        one["changes"] = one["changes"][first : first + 1 + number % 2]
        for change in one["changes"]:
            change["project"] = f"p{number}"
            change["amounts"] |= {"increase": str(chosen.randrange(1000, 3_000_000))}
        lines.append(json.dumps(one, ensure_ascii=False, default=str))
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def run(path: Path, jobs: str) -> tuple[float, float, int]:
    """Seconds of processor, seconds waited, and peak memory (MB) of one command."""
    began = time.monotonic()
    words = [str(BIN / "banshi"), "impact", "@2026-06-30", "@2026-07-01", str(path), "--jobs", jobs]
    process = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=LINJIANG)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1):
        raise SystemExit(f"{' '.join(words)} … gave {process.returncode}")
    return usage.ru_utime + usage.ru_stime, time.monotonic() - began, usage.ru_maxrss // 1024


if __name__ == "__main__":
    main()
