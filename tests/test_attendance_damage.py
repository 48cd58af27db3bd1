"""What is damaged or left unread never changes a verdict: it is the verdict on the whole, or it is not determined."""

import datetime
import random
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from lengths import longer, some

from banshi.checking.checker import Checker
from banshi.checking.loaded import LoadedFile
from banshi.files.report import Report
from banshi.files.units import OneFile
from banshi.subjects.attendance.account import Account, account
from banshi.subjects.attendance.case import RegisterInLaw
from banshi.subjects.attendance.periods import month

ROOT = Path(__file__).parent.parent
CHECKER = Checker(ROOT)
HEAD = """kind: attendance
fictional: true
jurisdiction: luzhou
centre: 样例（虚构）
from: 2010-03-01
to: 2010-03-31
windows: [{id: W01, name: 甲, on_duty: 1}, {id: W02, name: 乙}]
"""
STAFF = ("001", "002", "003")
DAYS = [datetime.date(2010, 3, n) for n in range(1, 11)]
Table = list[list[str]]
Tables = dict[str, Table]


def _people(rng: random.Random) -> Table:
    rows = [["编号", "人员类别", "窗口", "组内职务", "密码批准日"]]
    for staff in STAFF:
        window, role = rng.choice(("W01", "W02")), rng.choice(("", "组员", "组长"))
        rows.append([staff, rng.choice(("窗口", "窗口", "中心")), window, role, rng.choice(("", "2010-01-04"))])
    return rows


def _clocks(rng: random.Random) -> tuple[str, str]:
    return rng.choice(("08:31", "08:50", "09:05", "09:31")), rng.choice(("17:20", "16:40", "18:20"))


def _punch_rows(rng: random.Random) -> Table:
    rows = [["工号", "日期", "时刻", "方式"]]
    for staff in STAFF:
        for day in DAYS:
            for clock in _clocks(rng):
                if rng.random() < 0.9:
                    rows.append([staff, str(day), clock, rng.choice(("指纹", "", "", "密码"))])
    return rows


def _punch_pairs(rng: random.Random) -> Table:
    rows = [["工号", "日期", "签到", "签退", "签到", "签退"]]
    for staff in STAFF:
        for day in DAYS:
            first, last = (clock if rng.random() < 0.9 else "" for clock in _clocks(rng))
            rows.append([staff, str(day), first, "12:01", "13:40", last])
    return rows


def _punch_month(rng: random.Random) -> Table:
    names = [
        str(n) if (day := datetime.date(2010, 3, n)).weekday() < 5 else "六日"[day.weekday() - 5] for n in range(1, 32)
    ]
    rows = [["2010年3月"], ["工号", *names]]
    for staff in STAFF:
        rows.append([staff, *(" ".join(_clocks(rng)) if rng.random() < 0.9 and n < 10 else "" for n in range(31))])
    return rows


def _leave(rng: random.Random) -> Table:
    rows = [["工号", "假别", "开始日", "结束日", "批准人", "请假方式", "申请时间", "申报天数"]]
    for _ in range(rng.randint(0, 4)):
        start = rng.randint(0, len(DAYS) - 1)
        end = min(len(DAYS) - 1, start + rng.randint(0, 2))
        kind, approver = rng.choice(("事假", "病假", "晚到", "因公")), rng.choice(("小组组长", "中心领导", ""))
        asked, days = f"{DAYS[start]} 08:00", ""
        last = str(DAYS[end]) if kind != "晚到" else ""
        rows.append([rng.choice(STAFF), kind, str(DAYS[start]), last, approver, rng.choice(("书面", "")), asked, days])
    return rows


def _notes(rng: random.Random) -> Table:
    rows = [["日期", "工号", "情况", "录入人", "说明"]]
    for _ in range(rng.randint(0, 6)):
        rows.append([str(rng.choice(DAYS)), rng.choice(STAFF), rng.choice(("迟到", "其他")), "小组组长", "x"])
    return rows


def _duty(rng: random.Random) -> Table:
    rows = [["日期", "工号", "巡查情况"]]
    for _ in range(rng.randint(0, 4)):
        rows.append([str(rng.choice(DAYS)), rng.choice(STAFF), rng.choice(("缺岗", "迟到"))])
    return rows


def whole(rng: random.Random) -> Tables:
    punches = rng.choice((_punch_rows, _punch_pairs, _punch_month))
    made: dict[str, Callable[[random.Random], Table]] = {
        "打卡": punches,
        "请假": _leave,
        "组长登记": _notes,
        "值班日志": _duty,
        "人员": _people,
    }
    return {name: make(rng) for name, make in made.items()}


def write(folder: Path, tables: Tables) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    (folder / "登记.yaml").write_text(HEAD, encoding="utf-8")
    for name, rows in tables.items():
        text = "".join(",".join(row) + "\n" for row in rows)
        (folder / (name if "." in name else f"{name}.csv")).write_text(text, encoding="utf-8")


def judged(folder: Path) -> tuple[RegisterInLaw, Account, Report] | None:
    """None: refused as a whole."""
    report = Report()
    found = [x.value for x in CHECKER.loader.load(OneFile(folder / "登记.yaml"), report) if isinstance(x, LoadedFile)]
    return (found[0], account(found[0], month(2010, 3)), report) if found else None


# how a register comes to harm


def _a_cell(rng: random.Random, tables: Tables) -> None:
    rows = tables[rng.choice([name for name, rows in tables.items() if len(rows) > 1])]
    body = [row for row in rows[1:] if row is not rows[1] or rows[0][0] != "2010年3月"]
    row = rng.choice(body or rows[1:])
    filled = [n for n, cell in enumerate(row) if cell]
    row[rng.choice(filled)] = rng.choice(("外勤", "#REF!", "？？", "2010-03-44", "25:99", "-"))


def _an_id(rng: random.Random, tables: Tables) -> None:
    rows = tables[rng.choice([name for name, rows in tables.items() if len(rows) > 1 and name != "人员"])]
    places = [(n, c) for n, row in enumerate(rows) for c, cell in enumerate(row) if cell in STAFF]
    row, column = rng.choice(places)
    rows[row][column] = rows[row][column].lstrip("0") if rng.random() < 0.5 else rows[row][column].replace("0", "O", 1)


def _a_heading(rng: random.Random, tables: Tables) -> None:
    rows = tables[rng.choice([name for name, rows in tables.items() if len(rows) > 1])]
    head = rows[1] if rows[0][0] == "2010年3月" else rows[0]
    head[rng.randrange(len(head))] = rng.choice(("甲列", "", "某某时间", "打开时间"))


def _a_name(rng: random.Random, tables: Tables) -> None:
    name = rng.choice([name for name, rows in tables.items() if len(rows) > 1 and name != "人员"])
    tables[rng.choice(("2号机", "单子", "3月"))] = tables.pop(name)


def verdict_of_day(found: Account, staff: str) -> dict[Any, set[tuple[str, str, str | None]]]:
    person = next((p for p in found.people if p.staff == staff), None)
    days: dict[Any, set[tuple[str, str, str | None]]] = {}
    for each in person.irregular if person else ():
        days.setdefault(each.day, set()).add((each.type, each.moment, each.outcome.value))
    return days


def check_people(right: Account, given: Account) -> None:
    for person in given.people:
        same = next((p for p in right.people if p.staff == person.staff), None)
        if same is None:  # under a damaged id: nothing may be held against them
            assert not person.irregular and set(person.open) == set(given.working)
            continue
        true, said = verdict_of_day(right, person.staff), verdict_of_day(given, person.staff)
        for day in right.working:
            if day not in person.open:
                assert said.get(day, set()) == true.get(day, set()), (person.staff, day)
            for kind, moment, outcome in said.get(day, ()):
                assert any((kind, moment) == each[:2] and outcome in (None, each[2]) for each in true[day]), day
        assert (person.normal or 0) <= (same.normal or 0)
        if not person.open:
            assert person.normal == same.normal
        if not person.leave_open:
            assert (person.leave, person.times) == (same.leave, same.times)
            assert [u.counted for u in person.quotas] == [u.counted for u in same.quotas]
        for here, there in zip(person.factors, same.factors, strict=False):
            assert here.value in (None, there.value)
        counted = [(b.day, b.kind) for b in same.breaches if b.counts]
        assert all((b.day, b.kind) in counted for b in person.breaches if b.counts)


def check(one: tuple[RegisterInLaw, Account, Report], other: tuple[RegisterInLaw, Account, Report]) -> None:
    """``other``, of the damaged register, says nothing that ``one``, of the whole, does not say."""
    (case, right, _), (_, given, _) = one, other
    check_people(right, given)
    for window in given.windows:
        there = next(w for w in right.windows if w.id == window.id)
        for day in window.judged - window.open:
            assert [h for h in window.empty if h[0] == day] == [h for h in there.empty if h[0] == day], (window.id, day)
        assert not [h for h in window.empty if h[0] in window.open]
    for entry in other[0].entries:
        if entry.decision and entry.decision.value is not None:
            own = entry.decision.value, entry.decision.shortcomings
            every = [e.decision for e in case.entries if e.leave == entry.leave and e.decision]
            assert own in [(known.value, known.shortcomings) for known in every]
    if given.order is not None and given.order.value is not None:
        assert right.order is not None and given.order.value == right.order.value


@pytest.mark.parametrize("harm", [_a_cell, _an_id, _a_heading, _a_name])
@longer
@pytest.mark.parametrize("seed", some(range(25), 8))
def test_no_verdict_changes(harm: Callable[[random.Random, Tables], None], seed: int, tmp_path: Path) -> None:
    rng = random.Random(seed)
    tables = whole(rng)
    write(tmp_path / "whole", tables)
    one = judged(tmp_path / "whole")
    assert one is not None
    assert not [f.message.zh for f in one[2].findings if f.rule.startswith("input/row")]
    harm(rng, tables)
    write(tmp_path / "damaged", tables)
    other = judged(tmp_path / "damaged")
    if other is not None:
        check(one, other)
