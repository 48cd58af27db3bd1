"""Scoring of windows beside a plain summation of the same facts.

1,000 windows in each of four quarters are read, computed with every reason and reading, and checked; beside that, the
same totals are summed by plain Python from facts that already lie in memory (no reading, no reasons, no law), and by
pandas where it is installed. The totals are compared. Seconds are processor time.
Usage: ``python benchmarks/assessment_speed.py [WINDOWS]``.
"""

import importlib.util
import json
import random
import sys
import tempfile
import time
from decimal import Decimal
from pathlib import Path
from typing import Any

from banshi.checking.checker import Checker
from banshi.checking.loaded import LoadedFile
from banshi.checking.loading import Loader
from banshi.files.discovery import discover
from banshi.files.reading import read
from banshi.files.report import Report
from banshi.subjects.assessment.case import AssessmentInLaw

ROOT = Path(__file__).resolve().parent.parent
DAYS = {1: "2012-01-10", 2: "2012-03-13", 3: "2012-06-12", 4: "2012-09-11"}


def window(base: dict[str, Any], number: int, quarter: int, chance: random.Random) -> dict[str, Any]:
    """A window like the base one with some faults and some bonus."""
    own = json.loads(json.dumps(base))
    own.update(id=f"W{number:04}", name=f"样例窗口{number}", bonus=[], deductions=[])
    facts, day = own["facts"], DAYS[quarter]
    done = chance.randint(50, 900)
    facts["on_site_rate"] = {"count": done - chance.choice((0, 0, 1, 3)), "of": done}
    facts["on_time_rate"] = facts["recorded_rate"] = {"count": done, "of": done}
    facts["satisfaction_rate"] = {"count": done - chance.randint(0, done // 15), "of": done}
    facts["upheld_complaints"] = chance.choice((0, 0, 0, 1, 2, 3, 5))
    facts["attendance_breaches"] = chance.choice((0, 0, 1, 2, 12))
    facts["offsite_stages"] = chance.choice((0, 0, 0, 0, 1))
    if chance.random() < 0.1:
        facts["overdue_cases"] = 1
        facts["on_time_rate"] = {"count": done - 1, "of": done}
        late = {"fact": "overdue_cases", "on": day, "event": f"办件-{quarter}-{number}", "evidence": "系统记录"}
        own["deductions"].append(late)
    for n in range(chance.choice((0, 1, 2))):
        matter = f"锦旗-{quarter}-{number}-{n}"
        extra = {"fact": "banners", "on": day, "matter": matter, "evidence": "照片", "approved_on": day}
        own["bonus"].append(extra)
    return own


def write(folder: Path, windows: int) -> list[Path]:
    """Four quarters as files."""
    document = read(ROOT / "validators/assessment/_example.yaml").document
    assert document is not None
    chance, paths = random.Random(1), []
    for quarter in DAYS:
        own = [window(document.data["windows"][0], n, quarter, chance) for n in range(windows)]
        data = {**document.data, "quarter": f"2012-Q{quarter}", "windows": own}
        paths.append(folder / f"2012-Q{quarter}.json")
        paths[-1].write_text(json.dumps(data, ensure_ascii=False, indent=1), encoding="utf-8")
    return paths


def load(paths: list[Path]) -> list[AssessmentInLaw]:
    """The files as cases."""
    loader, report = Loader(ROOT), Report()
    found = [loaded for unit in discover(paths) for loaded in loader.load(unit, report)]
    assert not report.findings, report.findings[:3]
    return [each.value for each in found if isinstance(each, LoadedFile)]


def plain_total(own: dict[str, Any]) -> float:
    """The same total as a script would sum it: its figures stand in the code, and nothing is explained."""
    facts = own["facts"]
    complaints, breaches = facts["upheld_complaints"], facts["attendance_breaches"]
    site, satisfied = facts["on_site_rate"], facts["satisfaction_rate"]
    score = 100.0 - 12 - 6 - 6 - 2
    score += 12 * site["count"] / site["of"]
    percent = 100 * satisfied["count"] / satisfied["of"]
    score += 6 if percent >= 95 else 0
    score += max(0, 6 - min(complaints, 2) - 2 * max(0, complaints - 2)) + max(0, 2 - 0.2 * breaches)
    score -= 5 if facts["offsite_stages"] else 0
    score -= 9 + 2 * facts["overdue_cases"] if facts["overdue_cases"] else 0
    return score + min(
        20, 0.1 * max(0, (100 * satisfied["count"] - 95 * satisfied["of"]) // satisfied["of"]) + 0.1 * len(own["bonus"])
    )


def pandas_totals(files: list[dict[str, Any]]) -> list[float] | None:
    """The same sums by pandas, where it is installed."""
    if importlib.util.find_spec("pandas") is None:
        return None
    import pandas as pd

    rows = [
        {
            "site": w["facts"]["on_site_rate"]["count"],
            "of": w["facts"]["on_site_rate"]["of"],
            "ok": w["facts"]["satisfaction_rate"]["count"],
            "complaints": w["facts"]["upheld_complaints"],
            "breaches": w["facts"]["attendance_breaches"],
            "offsite": w["facts"]["offsite_stages"],
            "overdue": w["facts"]["overdue_cases"],
            "banners": len(w["bonus"]),
        }
        for data in files
        for w in data["windows"]
    ]
    t = pd.DataFrame(rows)
    base = 74 + 12 * t["site"] / t["of"] + 6 * (100 * t["ok"] >= 95 * t["of"])
    base += (6 - t["complaints"].clip(upper=2) - 2 * (t["complaints"] - 2).clip(lower=0)).clip(lower=0)
    base += (2 - 0.2 * t["breaches"]).clip(lower=0) - 5 * (t["offsite"] > 0) - 11 * (t["overdue"] > 0)
    more = 0.1 * ((100 * t["ok"] - 95 * t["of"]) // t["of"]).clip(lower=0) + 0.1 * t["banners"]
    return list(base + more.clip(upper=20))


def timed(what: str, windows: int, start: float) -> None:
    """Say how long something took."""
    seconds = time.process_time() - start
    print(f"{what:<48} {seconds:8.2f} s  {1000 * seconds / windows:8.3f} ms a window")


def main() -> None:
    windows = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    with tempfile.TemporaryDirectory() as place:
        paths = write(Path(place), windows)
        every = windows * len(paths)
        start = time.process_time()
        cases = load(paths)
        timed("read and shape", every, start)
        start = time.process_time()
        totals = [score.total.value for case in cases for score in case.scores]
        timed("compute, with reasons and other readings", every, start)
        start = time.process_time()
        report = Checker(ROOT).check(paths)
        timed(f"banshi check: all of it ({len(report.findings)} findings)", every, start)
        files = [json.loads(path.read_text(encoding="utf-8")) for path in paths]
        start = time.process_time()
        plain = [plain_total(own) for data in files for own in data["windows"]]
        timed("plain Python, sums only", every, start)
        start = time.process_time()
        summed = pandas_totals(files)
        if summed:
            timed("pandas, sums only", every, start)
        known = [total if total is not None else Decimal("NaN") for total in totals]
        import curves  # late: it writes its files with this module

        curves.measure("assessment", 10, keep=True)
        print("largest difference:", max(abs(float(a) - b) for a, b in zip(known, plain, strict=True)))


if __name__ == "__main__":
    main()
