"""Law that grows: seconds of processor and peak memory of ``banshi check policies`` in three sizes, and the exponent.

Amendments of one text, one a day; versions of one instrument; instruments beside one another, with norms of one subject;
replacements, each of the one before; overlays of districts; readings of one text. The exponent is that of the largest step
(1 is in proportion, 2 would be quadratic); what is done once is taken off first.
Usage: ``python benchmarks/law_speed.py [SIZE] [NAME…]`` (the largest size; 1,600 by default).
"""

import datetime
import json
import math
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

BIN = Path(sys.executable).parent
PLACE = "yangcheng"
NUMBERS = count(1)
Files = Iterator[tuple[str, str, dict[str, Any]]]  # instrument, version, the rest of the file


def main() -> None:
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 1600
    wanted = sys.argv[2:] or list(CASES)
    with tempfile.TemporaryDirectory(prefix="banshi-bench-") as name:
        once, _ = run(made(Path(name) / "one", CASES["amendments"](1)))
        for each in wanted:
            compare(each, size, once, Path(name))


def compare(name: str, size: int, once: float, folder: Path) -> None:
    """Print a line on one kind of growth."""
    found = []
    for each in (size // 16, size // 4, size):
        seconds, memory = run(made(folder / name / str(each), CASES[name](each)))
        found.append((each, max(seconds - once, 0.01), memory))
    said = "; ".join(f"{each:,}: {seconds:.1f} s, {memory} MB" for each, seconds, memory in found)
    print(f"{name}: {said}; exponent {math.log(found[2][1] / found[1][1], 4):.2f}", flush=True)


def made(folder: Path, files: Files) -> Path:
    """A centre's folder with these files."""
    for instrument, version, data in files:
        path = folder / "policies" / instrument / f"{version}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(
            json.dumps(data, ensure_ascii=False), encoding="utf-8"
        )  # YAML takes it, and it is quick to write
    return folder


def run(folder: Path) -> tuple[float, int]:
    """Seconds of processor and peak memory (MB) of a check of the law."""
    process = subprocess.Popen(
        [str(BIN / "banshi"), "check", "policies"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, cwd=folder
    )
    said = process.stdout.read().decode() if process.stdout else ""
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1):
        raise SystemExit(f"{folder} gave {process.returncode}: {said[-400:]}")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss // 1024


def day(number: int) -> str:
    return str(datetime.date(2000, 1, 1) + datetime.timedelta(days=number))


def head(name: str, since: str, place: str = PLACE, **more: Any) -> dict[str, Any]:
    return {
        "kind": "policy",
        "instrument": name,
        "version": since,
        "title": "通知（虚构）",
        "number": f"虚构〔2000〕{next(NUMBERS)}号",
        "jurisdiction": place,
        "jurisdiction_name": "样城市（虚构）",
        "subject": "工程变更",
        "issuers": ["样城市政府"],
        "dates": {"issued": since, "in_force": since, "known": since},
        "status": "in_force",
        "validity": "unverified",
        "normative": True,
        "source": {"note": "虚构"},
        **more,
    }


def period(key: str, days: int = 5) -> dict[str, Any]:
    said = "公示期{length}。"
    length = {"value": days, "unit": "天"}
    return {"id": key, "kind": "period", "statement": said, "of": "publicity", "length": length, "inclusive": True}


def provision(norms: list[dict[str, Any]]) -> dict[str, Any]:
    return {"id": "1", "label": "第一条", "heading": "公示", "source": {"note": "虚构"}, "norms": norms}


def text(number: int = 0, name: str = "text", place: str = PLACE, **more: Any) -> tuple[str, str, dict[str, Any]]:
    norms = [period("publicity")]
    since = day(number)
    return (
        f"{place}/{name}",
        since,
        head(f"{place}/{name}", since, place, governs=["change"], provisions=[provision(norms)], **more),
    )


def amendments(size: int) -> Files:
    yield text()
    for number in range(1, size + 1):
        change = {"do": "set", "norm": "publicity", "values": {"length.value": 3 + number % 9}}
        amends = [{"instrument": f"{PLACE}/text", "changes": [change]}]
        name = f"{PLACE}/n-{number:05}"
        yield name, day(number), head(name, day(number), provisions=[provision([])], amends=amends)


def versions(size: int) -> Files:
    return (text(number) for number in range(size))


def instruments(size: int) -> Files:
    return (text(number, f"text-{number:05}") for number in range(size))


def replacements(size: int) -> Files:
    yield text(0, "text-00000")
    for number in range(1, size):
        before = f"{PLACE}/text-{number - 1:05}"
        relation = {"kind": "prevails_over", "instrument": before, "replaces": {"publicity": ["publicity"]}}
        yield text(number, f"text-{number:05}", relations=[relation])


def overlays(size: int) -> Files:
    yield text()
    yield from (text(number, "text", f"{PLACE}/d-{number:05}") for number in range(1, size))


def readings(size: int) -> Files:
    options = {"one": "一", "two": "二"}
    asked = {"question": "怎么算？", "at": ["1"], "options": options, "default": "one", "ground": "虚构"}
    every = [{"id": f"r-{number:05}", **asked} for number in range(size)]
    yield text(readings=every)


CASES: dict[str, Callable[[int], Files]] = {
    "amendments": amendments,
    "versions": versions,
    "instruments": instruments,
    "replacements": replacements,
    "overlays": overlays,
    "readings": readings,
}

if __name__ == "__main__":
    main()
