"""Leave that two registers, tables or sheets of a centre tell otherwise: both are named, and nobody is judged on those days."""

import datetime
import json
import random
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from conftest import ROOT, banshi
from lengths import longer, some

from banshi.checking.checker import Checker
from banshi.files.findings import Finding
from banshi.files.report import Report
from banshi.subjects.attendance.account import PersonAccount, account
from banshi.subjects.attendance.clashes import between, within
from banshi.subjects.attendance.forms import Leave, Register, Rostered
from banshi.subjects.attendance.joining import together
from banshi.subjects.attendance.leave_clashes import alike, joined_leave, leave_clashes
from banshi.subjects.attendance.periods import month
from banshi.subjects.attendance.vocabulary import RegisterWords

CHECKER = Checker(ROOT)
HEAD = """kind: attendance
fictional: true
jurisdiction: luzhou
centre: 样例（虚构）
from: 2010-03-01
to: 2010-03-31
windows: [{id: W01, name: 甲}]
staff: [{id: A01, group: window_staff, window: W01}, {id: A02, group: window_staff, window: W01}]
punches: [{staff: A02, day: 2010-03-01, time: 08:31}]
"""
KEYS = ["staff", "kind", "from", "to", "approver", "left_at", "days"]
TITLES = ["工号", "假别", "开始日", "结束日", "批准人", "离岗时刻", "申报天数"]
ONE = ["A01", "病假", "2010-03-03", "2010-03-05", "督察科", "", ""]
TWICE = "input/told-twice"
# How another place tells of the same leave, and the days that then differ (none: nothing but the formalities).
OTHERWISE: dict[str, tuple[dict[int, str], list[int]]] = {
    "kind": ({1: "事假"}, [3, 4, 5]),
    "longer": ({3: "2010-03-08"}, [8]),
    "earlier": ({2: "2010-03-02", 3: "2010-03-04"}, [2, 5]),
    "half a day": ({2: "2010-03-03 下午"}, [3]),
    "late": ({1: "迟到假", 3: ""}, [3]),
    "approver": ({4: "中心领导"}, []),
}


def _told(row: list[str], change: dict[int, str]) -> list[str]:
    return [change.get(n, cell) for n, cell in enumerate(row)]


def _csv(path: Path, *rows: list[str]) -> None:
    path.write_text("\n".join(map(",".join, [TITLES, *rows])) + "\n", encoding="utf-8")


def _written(folder: Path, way: str, one: list[str], other: list[str]) -> None:
    """Two tellings of a leave in the way that is asked for."""
    places = [folder / "a", folder / "b"] if way == "registers" else [folder]
    for place in places:
        place.mkdir(exist_ok=True, parents=True)
        (place / "登记.yaml").write_text(HEAD, encoding="utf-8")
    if way == "sheets":
        book = openpyxl.Workbook()
        for name, row in (("请假一", one), ("请假二", other)):
            sheet = book.create_sheet(name)
            sheet.append(TITLES)
            sheet.append(row)
        del book["Sheet"]
        book.save(folder / "请假.xlsx")
        return
    if way == "register and table":
        entry = {key: value for key, value in zip(KEYS, one, strict=True) if value}
        (folder / "登记.yaml").write_text(f"{HEAD}leave: [{json.dumps(entry, ensure_ascii=False)}]\n", encoding="utf-8")
        _csv(folder / "请假.csv", other)
        return
    _csv(places[0] / "请假.csv", one)
    _csv(places[-1] / ("请假.csv" if way == "registers" else "3月请假.csv"), other)


def _accounted(folder: Path) -> tuple[list[PersonAccount], list[str]]:
    report = Report()
    CHECKER.loader.tellings.forget()
    cases = [loaded.value for unit in CHECKER.loader.units([folder]) for loaded in CHECKER.loader.load(unit, report)]
    (case,) = together(cases)
    found = account(case, month(2010, 3))
    return list(found.people), [reason.text.zh for reason in found.undetermined]


def _findings(folder: Path) -> list[Finding]:
    return [f for f in CHECKER.check([folder], jobs=1).findings if f.rule == TWICE and f.severity.name == "ERROR"]


WAYS = ["registers", "tables", "sheets", "register and table"]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("change", OTHERWISE)
def test_the_days_that_differ_are_not_judged_and_both_places_named(change: str, way: str, tmp_path: Path) -> None:
    otherwise, days = OTHERWISE[change]
    _written(tmp_path, way, ONE, _told(ONE, otherwise))
    people, said = _accounted(tmp_path)
    assert sorted(people[0].open) == [datetime.date(2010, 3, n) for n in days] and not people[1].open
    assert not [i for i in people[0].irregular if i.day.day in days]
    assert any("写得不一样" in text for text in said)
    found = _findings(tmp_path)
    assert len(found) == (2 if way == "registers" else 1)
    paths = {"registers": ("a/请假.csv", "b/请假.csv"), "tables": ("/请假.csv", "3月请假.csv")}
    paths["register and table"] = ("登记.yaml 第 1 条", "请假.csv 第 2 行")
    for each in found:
        assert all(name in each.message.zh for name in paths.get(way, ("“请假一”第 2 行", "“请假二”第 2 行")))


@pytest.mark.parametrize("way", WAYS)
def test_the_same_leave_counts_once_with_all_its_papers(way: str, tmp_path: Path) -> None:
    _written(tmp_path, way, ONE, _told(ONE, {4: "", 6: "3"}))
    people, said = _accounted(tmp_path)
    assert people[0].leave == {"sick": 3} and not people[0].open
    assert not any("写得不一样" in text for text in said) and not _findings(tmp_path)


def test_the_command_names_them_and_months_that_meet_know_each_other(tmp_path: Path) -> None:
    """A leave across the end of a month, of which the next month's register says something else."""
    _written(tmp_path, "registers", _told(ONE, {2: "2010-03-30", 3: "2010-04-02"}), ONE)
    april = HEAD.replace("2010-03-31", "2010-04-30").replace("2010-03", "2010-04")
    (tmp_path / "b/登记.yaml").write_text(april, encoding="utf-8")
    _csv(tmp_path / "b/请假.csv", _told(ONE, {1: "事假", 2: "2010-04-01", 3: "2010-04-02"}))
    run = banshi("attendance", str(tmp_path), "--month", "2010-04", "--format", "json")
    assert run.returncode == 1 and "请假.csv 第 2 行" in run.stderr
    own = CHECKER.check([tmp_path], jobs=1).findings
    assert sorted(Path(f.path).parent.name for f in own if f.rule == TWICE) == ["a", "b"]


def _random_leave(rng: random.Random) -> Leave:
    start = datetime.date(2010, 3, rng.randint(1, 12))
    values: dict[str, Any] = {"kind": rng.choice(("sick", "personal")), "start": start}
    if rng.random() < 0.6:
        values["end"] = start + datetime.timedelta(days=rng.randint(0, 4))
    values |= {key: rng.choice(("am", "pm")) for key in ("from_half", "to_half") if rng.random() < 0.3}
    return Leave(staff="A01", **values)


def _halves(leaves: tuple[Leave, ...]) -> dict[tuple[datetime.date, str], set[str]]:
    found: dict[tuple[datetime.date, str], set[str]] = {}
    for leave in leaves:
        day = leave.start
        while day <= leave.last:
            for half in ("am", "pm"):
                if (day > leave.start or half >= leave.from_half) and (day < leave.last or half <= leave.to_half):
                    found.setdefault((day, half), set()).add(leave.kind)
            day += datetime.timedelta(days=1)
    return found


@longer
@pytest.mark.parametrize("seed", some(range(60), 20))
def test_every_half_day_told_otherwise_is_found_and_order_does_not_matter(seed: int) -> None:
    """Held against the half-days one by one."""
    rng = random.Random(seed)
    sides = []
    for _ in range(2):
        leave = tuple(
            each for each in (_random_leave(rng) for _ in range(rng.randint(1, 3))) if each.start <= each.last
        )
        period = {"start": datetime.date(2010, 3, 1), "end": datetime.date(2010, 3, 20)}
        sides.append(Register(jurisdiction="x", centre="y", leave=leave, **period))
    found = [list(leave_clashes(*pair, lambda *_: True)) for pair in (sides, sides[::-1])]
    days = [
        {day for clash in clashes for first, last in clash.spans for day in _days(first, last)} for clashes in found
    ]
    assert days[0] == days[1]
    here, there = (_halves(side.leave) for side in sides)
    two_kinds = {
        half[0]
        for half in here.keys() & there.keys()
        if here[half] != there[half] and len(here[half] | there[half]) > 1
    }
    assert two_kinds <= days[0] or any(alike(a, b) for a in sides[0].leave for b in sides[1].leave)
    assert days[0] <= {half[0] for half in here.keys() | there.keys()}
    together_, again = joined_leave(side.leave for side in sides)
    assert len(together_) + len(again) == len(sides[0].leave) + len(sides[1].leave)
    assert set(_halves(together_)) == here.keys() | there.keys()


def _days(first: datetime.date, last: datetime.date) -> list[datetime.date]:
    return [first + datetime.timedelta(days=n) for n in range((last - first).days + 1)]


LISTS = {
    "人员": (["编号", "人员类别", "窗口"], ["A01", "窗口", "W01"], ["A02", "窗口", "W01"]),
    "窗口": (["编号", "名称", "值班人数"], ["W01", "甲", "1"], ["W02", "乙", "1"]),
}
OTHER_ENTRY = {"人员": {2: "W02"}, "窗口": {2: "2"}}


def _listed(folder: Path, part: str, way: str, *rows: list[str]) -> None:
    """A register whose lists stand in tables, one of them in two: its first row in one, the further ones in the other."""
    folder.mkdir(exist_ok=True)
    head = [line for line in HEAD.splitlines() if not line.startswith(("windows", "staff"))]
    if way == "register and table":
        head.append(IN_REGISTER[part])
    (folder / "登记.yaml").write_text("\n".join(head) + "\n", encoding="utf-8")
    for name, (titles, *own) in LISTS.items():
        first, second = (own[:1], list(rows)) if name == part else (own, [])
        first = [] if way == "register and table" and second else first
        if way == "sheets" and second:
            book = openpyxl.Workbook()
            for sheet_name, those in ((f"{name}一", first), (f"{name}二", second)):
                sheet = book.create_sheet(sheet_name)
                for row in (titles, *those):
                    sheet.append(row)
            del book["Sheet"]
            book.save(folder / f"{name}.xlsx")
            continue
        for file, those in ((f"{name}.csv", first), (f"3月{name}.csv", second)):
            if those:
                (folder / file).write_text("\n".join(map(",".join, [titles, *those])) + "\n", encoding="utf-8")


IN_REGISTER = {
    "人员": "staff: [{id: A01, group: 窗口, window: W01}, {id: A02, group: window_staff, window: W01}]",
    "窗口": "windows: [{id: W01, name: 甲, on_duty: 1}, {id: W02, name: 乙, on_duty: 1}]",
}


@pytest.mark.parametrize("way", ["tables", "sheets", "register and table"])
@pytest.mark.parametrize("part", LISTS)
def test_lists_in_two_tables_are_read_together(part: str, way: str, tmp_path: Path) -> None:
    _, first, second = LISTS[part]
    _listed(tmp_path / "alike", part, way, first, second)
    people, said = _accounted(tmp_path / "alike")
    assert [person.staff for person in people] == ["A01", "A02"] and not any(person.open for person in people)
    assert not any("写得不一样" in text for text in said) and not _findings(tmp_path / "alike")
    _listed(tmp_path / "otherwise", part, way, _told(first, OTHER_ENTRY[part]), second)
    people, said = _accounted(tmp_path / "otherwise")
    assert any("写得不一样" in text for text in said) and not people[1].open, said
    assert bool(people[0].open) == (part != "窗口")
    (found,) = _findings(tmp_path / "otherwise")
    assert found.message.zh.count("第 2 行") == (1 if way == "register and table" else 2)


def test_leave_in_more_tables_than_are_compared_is_told_and_left_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("banshi.subjects.attendance.told_twice.MAX_LEAVE_TABLES", 3)
    (tmp_path / "登记.yaml").write_text(HEAD, encoding="utf-8")
    for n in range(5):  # the same in all of them; then each otherwise
        _csv(tmp_path / f"请假{n}.csv", ONE)
    people, said = _accounted(tmp_path)
    assert people[0].leave == {"sick": 3} and not people[0].open and not _findings(tmp_path)
    for n in range(5):
        _csv(tmp_path / f"请假{n}.csv", _told(ONE, {2: f"2010-03-{8 + n:02}", 3: f"2010-03-{8 + n:02}"}))
    people, said = _accounted(tmp_path)
    assert any("没有两两比对" in text for text in said)
    assert sorted(day.day for day in people[0].open) == [8, 9, 10, 11, 12] and not people[1].open
    (found,) = _findings(tmp_path)
    assert "A01 2010-03-08 – 2010-03-12 的请假分在 5 张表里" in found.message.zh and "请假" in found.path


def test_a_day_of_two_shifts_is_open() -> None:
    day = datetime.date(2010, 3, 1)
    rows = [Rostered(staff="A01", day=day, shift=shift) for shift in ("早班", "晚班", "早班")]
    period = {"start": day, "end": day}
    one, other = (Register(jurisdiction="x", centre="y", roster=tuple(r), **period) for r in (rows[:2], rows[1:2]))
    words = RegisterWords(())
    for clashes in (within(one, words, lambda *_: True), between(one, other, words, lambda *_: True)):
        (clash,) = clashes
        (row,) = clash.unread
        assert (row.part, row.staff, row.day) == ("roster", "A01", day)


# A declared length beside the days from start to end: Thursday 4 March to Monday 8 March is three working days of five.
LENGTHS = {"3": ("", 3), "2.75": ("", 2.75), "2.5": ("error", None), "2": ("error", None), "0.25": ("error", None)}
LENGTHS |= {"4": ("error", None), "5": ("warning", 3)}


@pytest.mark.parametrize(("length", "severity", "days"), [(length, *found) for length, found in LENGTHS.items()])
def test_a_length_that_is_not_that_of_the_days_leaves_them_open(
    length: str, severity: str, days: float | None, tmp_path: Path
) -> None:
    path = tmp_path / "register.yaml"
    leave = f"{{staff: A01, kind: sick, from: 2010-03-04, to: 2010-03-08, days: {length}}}"
    path.write_text(f"{HEAD}leave: [{leave}]\n", encoding="utf-8")
    found = [f for f in CHECKER.check([path]).findings if f.rule == "attendance/declared-days-agree"]
    assert [(str(f.severity), f.where) for f in found] == ([(severity, ("leave", 0, "days"))] if severity else [])
    done = banshi("attendance", str(path), "--month", "2010-03", "--format", "json")
    [person] = [each for each in json.loads(done.stdout)["accounts"][0]["people"] if each["staff"] == "A01"]
    assert person["leave"] == ({"sick": f"{days:g}"} if days else {})
    assert (person["factors"][1]["factor"] is None) == (days is None)
    assert not days or not [each for each in person["exceptions"] if "2010-03-04" <= each["day"] <= "2010-03-08"]
