"""``banshi check`` over many forms, in three sizes each: YAML folders, JSON Lines clean, and with one ledger in ten faulty.

Seconds are those of the processor, of one process (``--jobs 1``), less what the check of a single ledger takes; the exponent
is that of the last step: 1 is in proportion to the input. Where check-jsonschema is installed it looks at the same YAML forms
in the same run (it only compares them with their schema). Usage: ``python benchmarks/many_speed.py [LEDGERS]``.
"""

import copy
import json
import math
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from banshi.base.amount_words import write_words
from banshi.base.money import ZERO, to_cents
from banshi.files.reading import read

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
EVERY = 10  # so many ledgers hold one faulty one


def ledger(number: int, *, faulty: bool = False) -> dict[str, Any]:
    """A project with two changes whose figures are its own; a faulty one declares the wrong tier, and a wrong net."""
    document = read(ROOT / "validators/change/_example.yaml").document
    assert document is not None
    made: dict[str, Any] = copy.deepcopy(document.data)
    made["project"] |= {"id": f"p{number}", "name": f"虚构{number}号路"}
    first = made["changes"][0] | {"project": f"p{number}"}
    net = _set(first, 3000 + number % 997, ZERO)
    second = copy.deepcopy(first) | {"number": "变-2012-样例-002", "sequence": 2, "status": "withdrawn", "opinions": []}
    second |= {"tier": "government"}
    second.pop("implemented_on")
    _set(second, 2500 + number % 1499, net)
    if faulty:
        first["tier"], second["amounts"]["net"] = "government", "5"
    return made | {"changes": [first, second]}


def _set(form: dict[str, Any], more: int, before: Decimal) -> Decimal:
    """So many units more on its only row, after changes of ``before`` yuan; what it comes to."""
    row, amounts = form["items"][0], form["amounts"]
    price = Decimal(row["unit_price"])
    net = to_cents(price * more)
    row["quantity_before"] = 1000 + int(before / price)
    row.update(quantity_after=row["quantity_before"] + more, increase=f"{net}")
    amounts.update(increase=f"{net}", net=f"{net}", net_in_words=write_words(net))
    amounts.update(cumulative_before=f"{before}", cumulative=f"{before + net}")
    return net


def write_lines(path: Path, count: int, every: int) -> Path:
    """Ledgers as JSON Lines; ``every``: one in so many is faulty (0: none)."""
    with path.open("w", encoding="utf-8") as stream:
        for number in range(count):
            made = ledger(number, faulty=bool(every) and number % every == 0)
            stream.write(json.dumps(made, ensure_ascii=False, default=str) + "\n")
    return path


def write_folders(folder: Path, count: int) -> list[Path]:
    """The same clean ledgers as folders of YAML; the paths of their forms."""
    written = []
    for number in range(count):
        made, project = ledger(number), folder / f"project-{number:05}"
        (project / "changes").mkdir(parents=True)
        _dump(project / "project.yaml", made["project"])
        for n, change in enumerate(made["changes"], 1):
            _dump(path := project / "changes" / f"{n:03}.yaml", change)
            written.append(path)
    return written


def _dump(path: Path, data: Any) -> None:
    path.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), encoding="utf-8")


def processor(command: Iterable[str]) -> tuple[float, int]:
    """Seconds of processor, and peak memory (MB), of one command, whose modules are kept compiled as an installed one's are."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    process = subprocess.Popen([*command], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=ROOT, env=kept)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1):
        raise SystemExit(f"gave {process.returncode}")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss // 1024


def curve(name: str, sizes: list[int], make: Callable[[Path, int], Path], alone: float) -> None:
    """Three sizes of one sort of input."""
    spent = []
    for count in sizes:
        with tempfile.TemporaryDirectory(prefix="banshi-bench-") as place:
            seconds, memory = processor([str(BIN / "banshi"), "check", "--jobs", "1", str(make(Path(place), count))])
        spent.append(max(seconds - alone, 0.001))
        print(
            f"{name}, {count:,} ledgers: {spent[-1]:.2f} s, {count / spent[-1]:,.0f} a second, {memory} MB", flush=True
        )
    print(f"{name}: exponent {math.log(spent[-1] / spent[-2], sizes[-1] / sizes[-2]):.2f}")


def main() -> None:
    most = int(sys.argv[1]) if len(sys.argv) > 1 else 5000
    sizes = [most // 4, most // 2, most]
    with tempfile.TemporaryDirectory(prefix="banshi-bench-") as place:
        one = write_lines(Path(place) / "one.jsonl", 1, 0)
        alone = min(processor([str(BIN / "banshi"), "check", str(one)])[0] for _ in range(5))
        bare = min(processor([sys.executable, "-c", "pass"])[0] for _ in range(5))
        print(f"one ledger, cold: {1000 * alone:.0f} ms; python -c pass: {1000 * bare:.0f} ms")
        peer = BIN / "check-jsonschema"
        if peer.exists():
            forms = write_folders(Path(place) / "forms", sizes[0])
            schema = str(ROOT / "schemas/change.schema.json")
            seconds, _ = processor([str(peer), "--schemafile", schema, *map(str, forms)])
            print(f"check-jsonschema, {len(forms):,} YAML forms: {seconds:.2f} s")
    curve("YAML", sizes, lambda folder, count: (write_folders(folder, count), folder)[1], alone)
    curve("JSON Lines, clean", sizes, lambda folder, count: write_lines(folder / "x.jsonl", count, 0), alone)
    curve("JSON Lines, faulty", sizes, lambda folder, count: write_lines(folder / "x.jsonl", count, EVERY), alone)


if __name__ == "__main__":
    main()
