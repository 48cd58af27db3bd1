"""``banshi attendance --year`` beside a polars script that only groups the same punches by person and day, in one run.

The register is fictional and made here: by default 2,000 people of 400 windows and every working day of 2010, about a
million punches. Usage: ``python benchmarks/attendance_speed.py [PEOPLE]``.
"""

import importlib.util
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from banshi.base.folders import shipped
from banshi.law.working_days import WorkingDays

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
YEAR = 2010
A_WINDOW = 5
GROUPED = """
import sys
import polars as pl
punches = pl.scan_csv(sys.argv[1])
days = punches.group_by("人员编号", "日期").agg(pl.col("时刻").min().alias("first"), pl.col("时刻").max().alias("last"))
late = days.with_columns((pl.col("first") > "09:00").alias("late"), (pl.col("last") < "17:00").alias("early"))
people = late.group_by("人员编号").agg(pl.len(), pl.col("late").sum(), pl.col("early").sum()).sort("人员编号")
print(people.collect(engine="streaming"))
"""


def working_days() -> list[date]:
    """Every working day of the year."""
    calendar, first = WorkingDays([shipped("policies")]), date(YEAR, 1, 1)
    every = (first + timedelta(days=n) for n in range(365))
    return [day for day in every if calendar.is_working(day)]


def write_register(folder: Path, people: int) -> int:
    """A register with its punches and leave as tables beside it; how many punches there are."""
    rng, days = random.Random(1), working_days()
    windows = "".join(f"  - {{id: W{n:04}, name: 样例窗口{n}}}\n" for n in range(people // A_WINDOW))
    staff = "".join(f"  - {{id: S{n:05}, group: window_staff, window: W{n // A_WINDOW:04}}}\n" for n in range(people))
    head = f"kind: attendance\nfictional: true\njurisdiction: luzhou\ncentre: 样例中心（虚构）\nfrom: {YEAR}-01-01\nto: {YEAR}-12-31\n"
    (folder / "register.yaml").write_text(f"{head}windows:\n{windows}staff:\n{staff}", encoding="utf-8")
    off = {(f"S{rng.randrange(people):05}", rng.choice(days)) for _ in range(4 * people)}
    with open(folder / "请假.csv", "w", encoding="utf-8") as stream:
        stream.write("人员编号,假别,开始日,申请时间,批准时间,请假方式,批准人,单位签署同意,备案处,代岗人员\n")
        for who, day in sorted(off):
            asked = f"{day - timedelta(days=3)} 10:00"
            stream.write(f"{who},事假,{day},{asked},{asked},书面,督察科,是,所在小组,样例代岗\n")
    with open(folder / "打卡.csv", "w", encoding="utf-8") as stream:
        stream.write("人员编号,日期,时刻,方式\n")
        written = 0
        for line in punches(rng, people, days, off):
            stream.write(line)
            written += 1
    return written


def punches(rng: random.Random, people: int, days: list[date], off: set[tuple[str, date]]) -> Iterator[str]:
    """Two punches a day; one in fifty is outside the windows."""
    for day in days:
        for n in range(people):
            who = f"S{n:05}"
            if (who, day) not in off:
                yield f"{who},{day},{_at(rng, 8)},指纹\n"
                yield f"{who},{day},{_at(rng, 17)},指纹\n"


def _at(rng: random.Random, hour: int) -> str:
    return f"{hour:02}:{rng.randrange(60):02}:{rng.randrange(60):02}" if rng.random() > 0.02 else f"{hour + 2:02}:05:00"


def run(command: list[str]) -> tuple[float, float, int]:
    """Seconds, seconds of processor time (which other work on the machine does not lengthen) and peak memory (MB)."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, cwd=ROOT)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1):
        raise SystemExit(f"{' '.join(command)[:200]} … gave {process.returncode}")
    return time.perf_counter() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss // 1024


def main() -> None:
    people = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    folder = Path(tempfile.mkdtemp(prefix="banshi-bench-"))
    try:
        count = write_register(folder, people)
        banshi = str(BIN / "banshi")
        mine, busy, memory = run([banshi, "attendance", str(folder), "--year", str(YEAR), "--format", "json"])
        print(f"{people} people, {count} punches, a year")
        print(f"banshi attendance: {mine:.1f} s (processor {busy:.1f} s), {memory} MB")
        sides = [(f"banshi，{count:,} 次打卡", busy, memory)]
        if importlib.util.find_spec("polars"):
            other, other_busy, other_memory = run([sys.executable, "-c", GROUPED, str(folder / "打卡.csv")])
            print(f"polars, grouping only: {other:.1f} s (processor {other_busy:.1f} s), {other_memory} MB")
            print(f"ratio: {mine / other:.1f} (processor {busy / other_busy:.1f})")
            sides.append((f"polars 只分组，{count:,} 次", other_busy, other_memory))
        else:
            print("polars is not installed: no peer")
        import curves  # late: it writes its registers with this module

        curves.measure("attendance", 4, keep=len(sides) > 1, peers=tuple(sides))
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
