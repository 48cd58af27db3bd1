"""Entries of a register that deviate from their shape, and parts that cannot be used: each costs what it bears on."""

import csv
import random
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
import yaml
from lengths import longer, some
from test_attendance_damage import check

from banshi.checking.checker import Checker
from banshi.checking.loaded import LoadedFile
from banshi.files.report import Report
from banshi.files.units import OneFile
from banshi.subjects.attendance.account import Account, account
from banshi.subjects.attendance.case import RegisterInLaw
from banshi.subjects.attendance.periods import month

CHECKER = Checker(Path(__file__).parent.parent)
STAFF = ("001", "002", "003")
DAYS = [f"2010-03-0{n}" for n in range(1, 6)]


def register(rng: random.Random) -> dict[str, Any]:
    clocks = ("08:31", "09:05", "09:31"), ("17:20", "16:40")
    return {
        "kind": "attendance",
        "fictional": True,
        "jurisdiction": "luzhou",
        "centre": "样例（虚构）",
        "from": DAYS[0],
        "to": "2010-03-31",
        "windows": [{"id": "W01", "name": "甲", "on_duty": 1}, {"id": "W02", "name": "乙"}],
        "staff": [
            {"id": s, "group": "window_staff", "window": rng.choice(("W01", "W02")), "role": "member"} for s in STAFF
        ],
        "punches": [
            {"staff": s, "day": day, "time": rng.choice(every), "method": rng.choice(("password", "fingerprint"))}
            for s in STAFF
            for day in DAYS
            for every in clocks
            if rng.random() < 0.9
        ],
        "leave": [
            {
                "staff": rng.choice(STAFF),
                "kind": rng.choice(("sick", "personal", "late_leave")),
                "from": rng.choice(DAYS),
                "approver": rng.choice(("group_leader", "centre_leader")),
                "requested_at": "2010-02-26 08:00",
            }
            for _ in range(3)
        ],
        "notes": [
            {"staff": rng.choice(STAFF), "day": rng.choice(DAYS), "type": "late", "recorded_by": "group_leader"}
            for _ in range(3)
        ],
        "duty_log": [{"staff": rng.choice(STAFF), "day": rng.choice(DAYS), "finding": "late"} for _ in range(2)],
    }


def judged(folder: Path, data: dict[str, Any]) -> tuple[RegisterInLaw, Account, Report] | None:
    folder.mkdir(exist_ok=True)
    (folder / "登记.yaml").write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
    report = Report()
    found = [x for x in CHECKER.loader.load(OneFile(folder / "登记.yaml"), report) if isinstance(x, LoadedFile)]
    if not found:
        return None
    CHECKER.hold(found[0], report)
    return found[0].value, account(found[0].value, month(2010, 3)), report


def harm(rng: random.Random, data: dict[str, Any]) -> None:
    """One entry with a wrong value, an unknown key instead of a known one, without a key, or no entry at all."""
    part = rng.choice(("punches", "leave", "notes", "duty_log", "staff", "windows"))
    place = rng.randrange(len(data[part]))
    entry = data[part][place]
    key = rng.choice(list(entry))
    how = rng.randrange(6)
    if how == 0 and key != "group":  # of a group that no instrument declares nothing is judged at all
        entry[key] = "？？"
    elif how == 1:
        entry[key] = {"a": 1}
    elif how == 2:
        entry[f"{key}x"] = entry.pop(key)
    elif how == 3:
        del entry[rng.choice([k for k in entry if k in ("staff", "day", "from", "kind", "time", "group", "id")])]
    elif how == 4:
        data[part][place] = "一句话"
    elif part not in ("staff", "windows"):
        data[part] = "一句话"


@longer
@pytest.mark.parametrize("seed", some(range(60), 20))
def test_a_broken_entry_changes_no_verdict(seed: int, tmp_path: Path) -> None:
    rng = random.Random(seed)
    data = register(rng)
    whole = judged(tmp_path / "whole", data)
    assert whole is not None and not [f for f in whole[2].findings if f.rule.startswith("shape/")]
    broken = deepcopy(data)
    harm(rng, broken)
    given = judged(tmp_path / "broken", broken)
    assert given is not None
    check(whole, given)


def test_the_others_are_judged_and_the_places_are_those_of_the_file(tmp_path: Path) -> None:
    data = register(random.Random(1))
    data["punches"] = [{"staff": "001", "day": DAYS[0], "time": "25:31"}] + [
        {"staff": s, "day": day, "time": clock} for s in STAFF for day in DAYS for clock in ("08:31", "17:20")
    ]
    data["punches"].append({"staff": "009", "day": DAYS[0], "time": "08:31"})
    data |= {"leave": [], "notes": [], "duty_log": []}
    found = judged(tmp_path / "x", data)
    assert found is not None
    _, said, report = found
    assert [len(p.open) for p in said.people] == [0, 0, 0], "one punch more takes nothing from a normal day"
    assert [p.normal for p in said.people] == [5, 5, 5]
    lines = (tmp_path / "x/登记.yaml").read_text(encoding="utf-8").splitlines()
    (stranger,) = [f for f in report.findings if f.rule == "attendance/staff-are-known"]
    assert "009" in lines[stranger.line - 1]


def write(folder: Path, **files: bytes) -> Path:
    data = register(random.Random(1))
    for key in ("punches", "leave", "notes"):
        del data[key]
    (folder / "登记.yaml").write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
    rows = "".join(f"{s},{day},{clock}\n" for s in STAFF for day in DAYS for clock in ("08:31", "17:20"))
    made = {"打卡": f"工号,日期,时刻\n{rows}".encode(), **files}
    for name, content in made.items():
        (folder / f"{name}.csv").write_bytes(content)
    return folder / "登记.yaml"


def loaded(path: Path) -> tuple[Account, Report]:
    report = Report()
    (file,) = [x for x in CHECKER.loader.load(OneFile(path), report) if isinstance(x, LoadedFile)]
    return account(file.value, month(2010, 3)), report


@pytest.mark.parametrize(
    "content",
    [
        b"\xff\xfe\x00\x00\x01",
        '工号,假别,开始日\n001,"事假,2010-03-01\n'.encode(),
        "工号,假别,开始日,开始日\n001,事假,2010-03-01,2010-03-04\n".encode(),
        "工号,日期\n001,2010-03-01\n".encode(),
        b"",
    ],
    ids=["encoding", "open quote", "two columns", "headings", "empty"],
)
def test_a_table_that_cannot_be_used_leaves_open_what_it_bears_on(content: bytes, tmp_path: Path) -> None:
    found, report = loaded(write(tmp_path, 请假=content))
    assert all(p.leave_open and set(p.open) == set(found.working) for p in found.people)
    assert not any(p.irregular for p in found.people)
    assert any("请假" in reason.text.zh for reason in found.undetermined)
    assert [f for f in report.findings if f.severity == "error"]


NAMES = {
    "punches": "打卡",
    "leave": "请假",
    "notes": "说明登记",
    "duty_log": "值班日志",
    "staff": "人员",
    "windows": "窗口",
}


@longer
@pytest.mark.parametrize("seed", some(range(60), 4))
def test_parts_that_stand_in_the_register_and_beside_it_are_read_together(seed: int, tmp_path: Path) -> None:
    """Entries at random in either, some in both: the account and the findings of the register that holds them all."""
    rng = random.Random(seed)
    data = register(rng)
    data["leave"] = list({(leave["staff"], leave["from"]): leave for leave in data["leave"]}.values())
    for part in NAMES:  # what stands twice in one list is told, in one list and a table counts once
        data[part] = [entry for n, entry in enumerate(data[part]) if entry not in data[part][:n]]
    whole = judged(tmp_path / "whole", data)
    parts = deepcopy(data)
    places: dict[Any, list[tuple[str, int | None]]] = {}
    (tmp_path / "parts").mkdir()
    for part, name in NAMES.items():
        end = rng.randint(0, len(data[part]))
        parts[part] = data[part][:end]
        again = min(end, rng.randrange(2))
        rows = data[part][end - again :]
        lines = range(2 + again, 2 + len(rows))
        places[part] = [("登记.yaml", None)] * end + [(f"{name}.csv", line) for line in lines]
        with open(tmp_path / f"parts/{name}.csv", "w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, sorted({key for entry in data[part] for key in entry}))
            writer.writeheader()
            writer.writerows(rows)
    given = judged(tmp_path / "parts", parts)
    assert whole is not None and given is not None
    assert [repr(p) for p in given[1].people] == [repr(p) for p in whole[1].people]

    def told(report: Report) -> list[tuple[str, Any, str]]:
        return sorted((f.rule, str(f.where), f.message.zh) for f in report.findings if f.rule.startswith("attendance/"))

    assert told(given[2]) == told(whole[2])
    for found in given[2].findings:
        if len(found.where) > 1 and found.rule.startswith("attendance/"):
            part, n, *_ = found.where
            line = found.line if found.path.endswith(".csv") else None
            assert (Path(found.path).name, line) == places[part][n]


def test_without_any_punch_nobody_has_missed_one(tmp_path: Path) -> None:
    path = write(tmp_path)
    (tmp_path / "打卡.csv").unlink()
    found, _ = loaded(path)
    assert not any(i.type in ("absent", "missing") for p in found.people for i in p.irregular)
    assert all(set(p.open) == set(found.working) for p in found.people)
    assert not any(window.empty for window in found.windows)
    assert sum("一条打卡也没有" in reason.text.zh for reason in found.undetermined) == 1
