"""``banshi impact`` over ledgers of two centres that all differ, in three sizes: seconds of processor, of waiting, peak memory.

Ledgers as they are filed: one to six forms in a row of a centre's example, their quantities, and with them all amounts that
follow, multiplied by chance. One centre has an amendment; of the other a figure of the text is changed. The exponent is that
of the largest step: 1 is in proportion to the input, 2 would be quadratic. What is done once (loading both laws and the rules)
is taken off first. Usage: ``python benchmarks/impact_speed.py [LEDGERS] [JOBS] [FORMAT]`` (10,000 of each, 1, text by default).
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
from decimal import Decimal
from pathlib import Path
from typing import Any

from banshi.base.amount_words import write_words
from banshi.base.money import ZERO, to_cents
from banshi.files.reading import read

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
LINJIANG, BINHE = ROOT / "examples/linjiang", ROOT / "examples/change/binhe-road"
RULES = ROOT / "policies/luzhou/change-management/2011-11-04.yaml"
_PRICES = ("bid_price", "review_price", "price", "control_price")
_NOT_COUNTED = ("draft", "rejected", "withdrawn")


def main() -> None:
    most = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    jobs, form = (*sys.argv[2:4], *("1", "text")[len(sys.argv[2:4]) :])
    with tempfile.TemporaryDirectory(prefix="banshi-bench-") as name:
        folder = Path(name)
        changed = folder / "2011-11-04.yaml"
        changed.write_text(RULES.read_text(encoding="utf-8").replace("value: 100000,", "value: 150000,"), "utf-8")
        riverside = _data(LINJIANG / "change/riverside.yaml")
        forms = [_data(path) for path in sorted((BINHE / "changes").glob("*.yaml"))]
        binhe = {"kind": "ledger", "fictional": True, "project": _data(BINHE / "project.yaml"), "changes": forms}
        sides = {"linjiang": ["@2026-06-30", "@2026-07-01"], "luzhou": [str(RULES), str(changed)]}
        for centre, cwd, ledger in (("linjiang", LINJIANG, riverside), ("luzhou", ROOT, binhe)):
            measure(centre, ledger, most, [*sides[centre], "--jobs", jobs, "--format", form], folder, cwd)


def measure(centre: str, ledger: dict[str, Any], most: int, words: list[str], folder: Path, cwd: Path) -> None:
    """Three sizes of one centre."""
    found = []
    once, _, _ = run(write(folder / f"{centre}-1.jsonl", ledger, 1), words, cwd)
    for count in (most // 4, most // 2, most):
        path = write(folder / f"{centre}-{count}.jsonl", ledger, count)
        seconds, waited, memory = run(path, words, cwd)
        found.append((count, seconds - once))
        size = path.stat().st_size / 1e6
        print(f"{centre}: {count:,} ledgers ({size:.0f} MB): {seconds:.1f} s of processor,", end=" ")
        print(f"{waited:.1f} s waited, {memory} MB", flush=True)
        path.unlink()
    (_, less), (_, more) = found[-2:]
    print(f"{centre}: once {once:.1f} s; exponent {math.log2(more / less):.2f}; {most / more:,.0f} ledgers a second")


def _data(path: Path) -> Any:
    document = read(path).document
    assert document is not None
    return document.data


def write(path: Path, ledger: dict[str, Any], count: int) -> Path:
    """So many ledgers, a line each."""
    chosen = random.Random(1)
    with path.open("w", encoding="utf-8") as stream:
        for number in range(count):
            one = _ledger(ledger, number, chosen)
            stream.write(json.dumps(one, ensure_ascii=False, default=str) + "\n")
    return path


def _ledger(ledger: dict[str, Any], number: int, chosen: random.Random) -> dict[str, Any]:
    one = copy.deepcopy(ledger)
    project, contract = one["project"], one["project"]["contract"]
    project |= {"id": f"p{number}", "name": f"{number} 号路（虚构）"}
    by = Decimal(chosen.randrange(60, 180)) / 100
    contract |= {key: str(to_cents(Decimal(str(contract[key])) * by)) for key in _PRICES if key in contract}
    many = chosen.choices(range(1, 7), [30, 25, 20, 12, 8, 5])[0]
    first = chosen.randrange(len(one["changes"]) - many + 1)
    one["changes"] = one["changes"][first : first + many]
    before = ZERO
    for n, form in enumerate(one["changes"], 1):
        form |= {"project": project["id"], "sequence": n, "number": f"变-{number}-{n:03}"}
        net = _multiplied(form, Decimal(chosen.randrange(40, 200)) / 100, before)
        before += ZERO if form["status"] in _NOT_COUNTED else net
    return one


def _multiplied(form: dict[str, Any], by: Decimal, before: Decimal) -> Decimal:
    """All that a form changes, multiplied, with its amounts after changes of ``before`` yuan; what it comes to."""
    increase = decrease = ZERO
    for item in form["items"]:
        old, new = (Decimal(str(item[key])) for key in ("quantity_before", "quantity_after"))
        more = ((new - old) * by).quantize(Decimal("0.1"))
        old = max(old, -more)
        value = to_cents(abs(more) * Decimal(str(item["unit_price"])))
        item |= {"quantity_before": str(old), "quantity_after": str(old + more)}
        item |= {"increase": str(value if more > 0 else ZERO), "decrease": str(ZERO if more > 0 else value)}
        increase, decrease = (increase + value, decrease) if more > 0 else (increase, decrease + value)
    net, amounts = increase - decrease, form["amounts"]
    amounts |= {"increase": str(increase), "decrease": str(decrease), "net": str(net)}
    amounts |= {"cumulative_before": str(before), "cumulative": str(before + net)}
    if amounts.pop("net_in_words", None) and net > 0:
        amounts["net_in_words"] = write_words(net)
    return net


def run(path: Path, words: list[str], cwd: Path) -> tuple[float, float, int]:
    """Seconds of processor, seconds waited, and peak memory (MB) of one command."""
    began = time.monotonic()
    command = [str(BIN / "banshi"), "impact", *words[:2], str(path), *words[2:]]
    with open(os.devnull, "wb") as nowhere:
        process = subprocess.Popen(command, stdout=nowhere, stderr=nowhere, cwd=cwd)
        _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1):
        raise SystemExit(f"{' '.join(command)} … gave {process.returncode}")
    return usage.ru_utime + usage.ru_stime, time.monotonic() - began, usage.ru_maxrss // 1024


if __name__ == "__main__":
    main()
