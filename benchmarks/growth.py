"""How the work of a command grows with its input: seconds of processor and peak memory in three sizes, and the exponent.

What is done once (the smallest input that there is) is taken off first. The exponent is that from the smallest size to the
largest: 1 is in proportion to the input, 2 would be quadratic. Seconds are of the processor, so other work on the machine
hardly bears on them; they are still compared by their ratio alone.
"""

import json
import math
import os
import platform
import subprocess
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
FIGURES = ROOT / "benchmarks/figures.json"
Make = Callable[[Path, int], list[str]]  # writes an input of so many into a folder, and gives the words of the command


@dataclass
class Growth:
    """A benchmark: what is counted, what was found, and how to do it again."""

    unit: str
    repeat: str
    sizes: list[dict[str, Any]] = field(default_factory=list)
    exponent: float = 0.0
    peers: list[dict[str, Any]] = field(default_factory=list)
    day: str = ""
    machine: str = ""

    @property
    def kilobytes(self) -> float:
        """Memory that one more takes, between the smallest size and the largest."""
        first, last = self.sizes[0], self.sizes[-1]
        return float((last["memory"] - first["memory"]) * 1024 / (last["count"] - first["count"]))


def spent(words: list[str]) -> tuple[float, int]:
    """Seconds of processor and peak memory (MB) of one ``banshi`` command and the processes that it starts."""
    command = [sys.executable, "-m", "banshi", *words]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, cwd=ROOT)
    assert process.stderr
    complained = process.stderr.read().decode("utf-8", "replace")
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1):
        raise SystemExit(f"{' '.join(words)[:200]} … gave {process.returncode}: {complained[-500:]}")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss // 1024


def grow(make: Make, sizes: tuple[int, int, int], folder: Path, growth: Growth, *, tries: int = 1) -> Growth:
    """Measure three sizes, each as often as ``tries`` says (the least counts), in turn; print and give what was found."""
    runs = {count: make(_new(folder / str(count)), count) for count in (1, *sizes)}
    least: dict[int, tuple[float, int]] = {}
    for _ in range(tries):
        for count, words in runs.items():
            least[count] = min(least.get(count, (math.inf, 0)), spent(words))
    once = least[1][0]
    own = {count: max(least[count][0] - once, 0.001) for count in sizes}
    growth.sizes = [
        {"count": count, "seconds": round(least[count][0], 2), "memory": least[count][1]} for count in sizes
    ]
    growth.exponent = round(math.log(own[sizes[-1]] / own[sizes[0]]) / math.log(sizes[-1] / sizes[0]), 2)
    growth.day, growth.machine = date.today().isoformat(), machine()
    return growth


def said(name: str, growth: Growth) -> str:
    """A line."""
    found = "; ".join(f"{each['count']:,}: {each['seconds']} s, {each['memory']} MB" for each in growth.sizes)
    return f"{name} ({growth.unit}): {found}; exponent {growth.exponent}, {growth.kilobytes:.1f} kB more each"


def record(name: str, growth: Growth) -> None:
    """Put it in the place of what was measured before: the page of figures is made from that file."""
    there = json.loads(FIGURES.read_text(encoding="utf-8")) if FIGURES.exists() else {}
    there[name] = asdict(growth)
    FIGURES.write_text(json.dumps(there, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def machine() -> str:
    """What it was measured on, and how busy that was."""
    load = f"，负载 {os.getloadavg()[0]:.0f}" if hasattr(os, "getloadavg") else ""
    return f"{platform.system()} {platform.machine()}，{os.cpu_count()} 核，Python {platform.python_version()}{load}"


def _new(folder: Path) -> Path:
    folder.mkdir(parents=True)
    return folder
