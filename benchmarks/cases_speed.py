"""``banshi cases`` beside a group-by of the same file, in one run: a million cases, as CSV and as JSON Lines.

The other side only counts what is finished, late, evaluated and satisfied by department; banshi also reads every cell
strictly, looks for contradictions and compares with the targets. The counts are compared. Both sides run in processes
of their own, so that the memory of each is its own. Usage: ``python benchmarks/cases_speed.py [ROWS]``; polars or
pandas is used for the other side, whichever is installed, else csv of the standard library.
"""

import csv
import datetime
import importlib.util
import json
import random
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

KINDS = ("investment_project", "enterprise_registration", "multi_department", "other")
ENGINES = ("polars", "pandas")
KEYS = [
    "id",
    "kind",
    "item",
    "department",
    "with",
    "window",
    "parallel",
    "accepted_on",
    "due_on",
    "statutory_due_on",
    "finished_on",
    "on_site",
    "system",
    "evaluation",
    "online",
    "domestic_new",
]
HEAD = {
    "kind": "cases",
    "fictional": True,
    "jurisdiction": "luzhou/yangliqu",
    "centre": "样例（虚构）",
    "level": "county",
}


def write(folder: Path, rows: int) -> None:
    """The same cases as CSV and as JSON Lines."""
    chance = random.Random(2011)
    start = datetime.date(2011, 1, 4)
    days = [(start + datetime.timedelta(n)).isoformat() for n in range(500)]
    with (
        (folder / "log.csv").open("w", encoding="utf-8", newline="") as table,
        (folder / "log.jsonl").open("w") as lines,
    ):
        writer = csv.DictWriter(table, KEYS)
        writer.writeheader()
        lines.write(json.dumps(HEAD, ensure_ascii=False) + "\n")
        for n in range(rows):
            case = drawn(n, chance, days)
            lines.write(json.dumps(case, ensure_ascii=False) + "\n")
            cells = {key: "yes" if v is True else "no" if v is False else v for key, v in case.items()}
            writer.writerow({**cells, "with": "、".join(case.get("with", ()))})


def drawn(n: int, chance: random.Random, days: list[str]) -> dict[str, Any]:
    """One case."""
    kind, accepted, unit = chance.choice(KINDS), chance.randrange(420), chance.randrange(40)
    taken = chance.randrange(8) if chance.random() < 0.99 else 15
    case: dict[str, Any] = {
        "id": f"B-{n:07}", "kind": kind, "item": f"事项{unit}", "department": f"部门{unit % 18}", "window": f"W{unit:02}",
        "parallel": chance.random() < 0.7, "accepted_on": days[accepted], "due_on": days[accepted + 8],
        "statutory_due_on": days[accepted + 28], "on_site": chance.random() < 0.98,
        "system": "investment_system" if kind == "investment_project" else "general_software",
        "evaluation": chance.choice(("satisfied", "satisfied", "satisfied", "not_satisfied", "none")),
        "online": chance.random() < 0.3,
    }  # fmt: skip
    if kind == "multi_department":
        case["with"] = ["公安"]
    if kind == "enterprise_registration":
        case["domestic_new"] = chance.random() < 0.8
    if chance.random() < 0.97:
        case["finished_on"] = days[accepted + taken]
    else:
        case["evaluation"] = "none"
    return case


def ours(path: Path) -> dict[str, Any]:
    """Counts by department, as ``banshi cases --format json`` gives them."""
    words = ["cases", str(path), "--format", "json"]
    if path.suffix == ".csv":
        words += ["--jurisdiction", HEAD["jurisdiction"], "--level", HEAD["level"]]
    done = subprocess.run([sys.executable, "-m", "banshi", *words], capture_output=True, check=True)
    found = json.loads(done.stdout)["by"]["department"]
    return {
        row["key"]: [
            row["cases"],
            row["on_time_rate"]["of"] - row["on_time_rate"]["count"],
            row["evaluation_rate"]["count"],
            row["satisfaction_rate"]["count"],
        ]
        for row in found
    }


def others(path: Path) -> None:
    """The same counts by polars, pandas or plain Python, printed as JSON: run in a process of its own."""
    engine = next((name for name in ENGINES if importlib.util.find_spec(name)), "csv")
    print(json.dumps({"engine": engine, "counts": globals()[f"by_{engine}"](path)}))


def by_polars(path: Path) -> dict[str, list[int]]:
    """Polars, streaming its own way."""
    import polars as pl

    frame = (
        pl.scan_csv(path)
        if path.suffix == ".csv"
        else pl.scan_ndjson(path, ignore_errors=True).filter(pl.col("id").is_not_null())
    )
    done = pl.col("finished_on").is_not_null()
    made = frame.group_by("department").agg(
        pl.len().alias("cases"),
        (done & (pl.col("finished_on") > pl.col("due_on"))).sum().alias("late"),
        (done & (pl.col("evaluation") != "none")).sum().alias("evaluated"),
        (done & (pl.col("evaluation") == "satisfied")).sum().alias("satisfied"),
    )
    return {row[0]: list(row[1:]) for row in made.collect().iter_rows()}


def by_pandas(path: Path) -> dict[str, list[int]]:
    """Pandas."""
    import pandas as pd

    frame = pd.read_csv(path) if path.suffix == ".csv" else pd.read_json(path, lines=True).query("id == id")
    done = frame["finished_on"].notna()
    frame["late"] = done & (frame["finished_on"] > frame["due_on"])
    frame["evaluated"] = done & (frame["evaluation"] != "none")
    frame["satisfied"] = done & (frame["evaluation"] == "satisfied")
    groups = frame.groupby("department")
    made = groups[["late", "evaluated", "satisfied"]].sum()
    return {str(key): [int(groups.size()[key]), *map(int, made.loc[key])] for key in made.index}


def by_csv(path: Path) -> dict[str, list[int]]:
    """Plain Python, where nothing else is installed."""
    counts: dict[str, list[int]] = {}
    with path.open(encoding="utf-8") as stream:
        rows = csv.DictReader(stream) if path.suffix == ".csv" else (json.loads(line) for line in list(stream)[1:])
        for row in rows:
            own = counts.setdefault(row["department"], [0, 0, 0, 0])
            done = bool(row.get("finished_on"))
            own[0] += 1
            own[1] += done and row["finished_on"] > row["due_on"]
            own[2] += done and row["evaluation"] != "none"
            own[3] += done and row["evaluation"] == "satisfied"
    return counts


def timed(words: list[str]) -> tuple[float, float, int, str]:
    """Seconds, seconds of the processor, memory at its highest (MB) and output of a command that is run from a process of its own."""
    script = (
        "import json,resource,subprocess,sys,time\n"
        "begin=time.perf_counter()\n"
        "done=subprocess.run(json.loads(sys.argv[1]),capture_output=True)\n"
        "used=resource.getrusage(resource.RUSAGE_CHILDREN)\n"
        "wall=time.perf_counter()-begin\n"
        "print(json.dumps([wall,used.ru_utime+used.ru_stime,used.ru_maxrss//1024,done.stdout.decode()]))"
    )
    done = subprocess.run([sys.executable, "-c", script, json.dumps(words)], capture_output=True, check=True)
    seconds, busy, used, output = json.loads(done.stdout)
    return seconds, busy, used, output


def main(rows: int) -> None:
    """Compare, and print both sides."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write(folder, rows)
        import curves  # late: it writes its logs with this module

        for curve, path in (("cases-csv", folder / "log.csv"), ("cases-lines", folder / "log.jsonl")):
            curves.measure(curve, 4, keep=True, peers=compare(path, rows))


def compare(path: Path, rows: int) -> list[tuple[str, float, int]]:
    """One file on both sides: what each took."""
    words = [
        "-m",
        "banshi",
        "cases",
        str(path),
        "--format",
        "json",
        "--jurisdiction",
        "luzhou/yangliqu",
        "--level",
        "county",
    ]
    own_seconds, own_busy, own_memory, _ = timed([sys.executable, *words])
    other_seconds, other_busy, other_memory, output = timed([sys.executable, __file__, "--other", str(path)])
    other = json.loads(output)
    same = {key: list(map(int, counts)) for key, counts in other["counts"].items()} == ours(path)
    print(
        f"{path.suffix} {rows:,} cases: banshi {own_seconds:.1f} s (processor {own_busy:.1f} s), {own_memory} MB; {other['engine']} "
        f"{other_seconds:.1f} s (processor {other_busy:.1f} s), {other_memory} MB; ratio {own_seconds / other_seconds:.1f} (processor {own_busy / other_busy:.1f}); same counts: {same}"
    )
    return [
        (f"banshi，{rows:,} 件", own_busy, own_memory),
        (f"{other['engine']}，{rows:,} 件", other_busy, other_memory),
    ]


if __name__ == "__main__":
    if sys.argv[1:2] == ["--other"]:
        others(Path(sys.argv[2]))
    else:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
