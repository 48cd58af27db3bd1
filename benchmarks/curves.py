"""The curves of cost: what should be linear is measured in three sizes, and must be.

    python benchmarks/curves.py [--scale N] [--record] [NAME…]

Sizes are chosen to take seconds; ``--scale 10`` takes ten times as much. It fails where an exponent is above 1.15: of
seconds of processor, by their ratio, measured again where it seems to be (other work on the machine only ever adds); or
where an entry takes more memory than ``KILOBYTES`` says.
``--record`` writes ``benchmarks/figures.json``, from which the site's page of figures is made.
"""

import argparse
import json
import math
import os
import random
import shutil
import sys
import tempfile
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path

import assessment_speed
import attendance_speed
import cases_speed
import faults_speed
import impact_speed
import law_speed
from growth import Growth, Make, grow, record, said

from banshi.files.reading import read

ROOT = Path(__file__).resolve().parent.parent
LIMIT = 1.15
_TRIES = 4


def forms(folder: Path, count: int) -> list[str]:
    """Projects of ten forms each, a file a form."""
    form = read(ROOT / "examples/change/binhe-road/changes/001.yaml").document
    project = read(ROOT / "examples/change/binhe-road/project.yaml").document
    assert form is not None and project is not None
    for number in range(count):
        own = folder / "all" / f"p{number // 10:05}"
        if number % 10 == 0:
            (own / "changes").mkdir(parents=True)
            named = project.data | {"name": f"{own.name} 号路（虚构）", "code": own.name}
            (own / "project.yaml").write_text(json.dumps(named, ensure_ascii=False, indent=1), encoding="utf-8")
        data = form.data | {"sequence": number % 10 + 1, "number": f"变-{number:05}"}
        text = json.dumps(data, ensure_ascii=False, indent=1)
        (own / "changes" / f"{number % 10 + 1:03}.yaml").write_text(text, encoding="utf-8")
    return ["check", str(folder / "all"), "--jobs", "1"]


def ledgers(folder: Path, count: int) -> Path:
    """Ledgers of one or two forms that all differ."""
    document = read(ROOT / "examples/linjiang/change/riverside.yaml").document
    assert document is not None
    return impact_speed.write(folder / "in.jsonl", document.data, count)


def lines(folder: Path, count: int) -> list[str]:
    return ["check", "--project", "examples/linjiang", str(ledgers(folder, count)), "--jobs", "1"]


def batch(folder: Path, count: int) -> list[str]:
    out = folder / "out"
    return ["batch", "--project", "examples/linjiang", str(ledgers(folder, count)), str(out), "--jobs", "1", "--force"]


def impact(folder: Path, count: int) -> list[str]:
    path = str(ledgers(folder, count))
    return ["impact", "@2026-06-30", "@2026-07-01", path, "--project", "examples/linjiang", "--jobs", "1"]


def punches(folder: Path, count: int) -> list[str]:
    """People of windows, a year of punches each."""
    people = max(count, attendance_speed.A_WINDOW)
    attendance_speed.write_register(folder, people)
    return ["attendance", str(folder), "--year", str(attendance_speed.YEAR), "--format", "json"]


def scores(folder: Path, count: int) -> list[str]:
    """Windows of four quarters."""
    return ["check", *map(str, assessment_speed.write(folder, count))]


def cases_in(suffix: str) -> Make:
    """A log of so many cases."""

    def made(folder: Path, count: int) -> list[str]:
        cases_speed.write(folder, count)
        place = ("--jurisdiction", "luzhou/yangliqu", "--level", "county")
        return ["cases", str(folder / f"log.{suffix}"), "--format", "json", *place]

    return made


def law(kind: str) -> Make:
    """A centre's law that grows in one way."""

    def made(folder: Path, count: int) -> list[str]:
        centre = law_speed.made(folder, law_speed.CASES[kind](count))
        return ["check", "--project", str(centre), str(centre / "policies"), "--jobs", "1"]

    return made


def faulty(make: Callable[[Path, int], tuple[list[str], int]]) -> Make:
    """A file in which everything is wrong."""
    return lambda folder, count: make(folder, count)[0]


# Texts of one subject in force together. For each day on which one begins all are listed, a microsecond each: from about
# a thousand on that is seen beside what a file costs, and no centre has so many.
_OF_LAW = 120

CURVES: dict[str, tuple[str, Make, int]] = {
    "check-forms": ("份报批表，一份一个 YAML 文件", forms, 800),
    "check-lines": ("份台账，一行一份", lines, 300),
    "check-faulty-lines": ("份有错的台账，一行一份", faulty(faults_speed.lines), 1000),
    "check-faulty-rows": ("行有错的 CSV", faulty(faults_speed.csv_rows), 4000),
    "check-faulty-items": ("项有错的清单，在一份报批表里", faulty(faults_speed.nested_items), 3000),
    "check-faulty-forms": ("份有错的报批表，一行一份", faulty(faults_speed.ledger_rows), 1000),
    "annotate-faulty-forms": ("份有错的报批表，标出来交回", faulty(faults_speed.annotated), 1000),
    "batch": ("份台账，一行一份", batch, 200),
    "law-instruments": ("个文件，管同一件事，都有效", law("instruments"), _OF_LAW),
    "law-replacements": ("个文件，后一个取代前一个", law("replacements"), _OF_LAW),
    "impact": ("份台账，一行一份", impact, 200),
    "attendance": ("人，一年的打卡", punches, 60),
    "assessment": ("个窗口，四个季度", scores, 40),
    "cases-csv": ("件，CSV", cases_in("csv"), 80_000),
    "cases-lines": ("件，JSON Lines", cases_in("jsonl"), 160_000),
}
KILOBYTES = {"check-faulty-items": 15, "check-faulty-forms": 20, "annotate-faulty-forms": 30}  # that an entry may take


def main() -> int:
    """Measure those that are named, or all; 1 where one grows faster than it should."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"some of {', '.join(CURVES)}")
    parser.add_argument("--scale", type=int, default=1, metavar="N")
    parser.add_argument("--record", action="store_true")
    options = parser.parse_args()
    if unknown := set(options.names) - set(CURVES):
        parser.error(f"no such curves: {', '.join(sorted(unknown))}")
    names = list(dict.fromkeys(options.names or CURVES))
    # What is recorded was measured alone; else a curve for each core, whose seconds are those of its own processes.
    with ProcessPoolExecutor(1 if options.record else os.cpu_count(), get_context("spawn")) as pool:
        measured = pool.map(partial(measure, scale=options.scale, keep=options.record), names)
        found = dict(zip(names, measured, strict=True))
    steep = [name for name, growth in found.items() if growth.exponent > LIMIT]
    large = [name for name, growth in found.items() if growth.kilobytes > KILOBYTES.get(name, math.inf)]
    if steep:
        print(f"grows faster than its input (exponent above {LIMIT}): {', '.join(steep)}", file=sys.stderr)
    if large:
        print(f"takes more memory an entry than it may: {', '.join(large)}", file=sys.stderr)
    return int(bool(steep or large))


def measure(name: str, scale: int, *, keep: bool, peers: Sequence[tuple[str, float, int]] = ()) -> Growth:
    """How the work grows; measured again, and the least exponent taken, where it seems too large.

    ``peers``: what others took of the same work, in the same run: a name with the size, seconds of processor, MB.
    """
    random.seed(1)
    unit, make, first = CURVES[name]
    sizes = (first * scale, 2 * first * scale, 4 * first * scale)
    growth = Growth(unit, f"python benchmarks/curves.py --scale {scale} {name}")
    growth.peers = [{"name": peer, "seconds": round(took, 2), "memory": used} for peer, took, used in peers]
    for tries in range(1, _TRIES + 1):
        folder = Path(tempfile.mkdtemp(prefix="banshi-bench-"))
        try:
            grow(make, sizes, folder, growth, tries=tries)
        finally:
            shutil.rmtree(folder)
        if growth.exponent <= LIMIT:
            break
    print(said(name, growth), flush=True)
    if keep:
        record(name, growth)
    return growth


if __name__ == "__main__":
    sys.exit(main())
