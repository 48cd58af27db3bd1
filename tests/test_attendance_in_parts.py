"""A month in several punch files, people who move within it, and the workbook that is ready to be filled in."""

import csv
import itertools
import json
import random
import re
import shutil
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from conftest import ROOT, banshi

from banshi.files.reading import read

EXAMPLE = ROOT / "examples/attendance/2010-02"


def answer(folder: Path, *words: str) -> dict[str, Any]:
    done = banshi("attendance", str(folder), "--format", "json", *words)
    assert done.returncode in (0, 1), done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def rows_of(path: Path) -> list[list[str]]:
    with open(path, encoding="utf-8-sig", newline="") as stream:
        return list(csv.reader(stream))


def write_rows(path: Path, rows: list[list[str]]) -> None:
    if path.suffix == ".csv":
        with open(path, "w", encoding="utf-8", newline="") as stream:
            csv.writer(stream).writerows(rows)
        return
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)


@pytest.mark.parametrize("names", [("打卡.csv", "2月打卡.csv"), ("一楼打卡.xlsx", "二楼打卡.csv", "打卡.csv")])
def test_several_punch_files_are_one(names: tuple[str, ...], tmp_path: Path) -> None:
    """Rows in any order among files, some of them in two: the account of the one file; how many stand twice is told."""
    shutil.copytree(EXAMPLE, tmp_path / "a")
    shutil.copytree(EXAMPLE, tmp_path / "b")
    (tmp_path / "b/打卡.csv").unlink()
    head, *rows = rows_of(EXAMPLE / "打卡.csv")
    chosen = random.Random(len(names))
    chosen.shuffle(rows)
    shares = [rows[n :: len(names)] for n in range(len(names))]
    again = chosen.sample(shares[0], 7)
    for name, share, extra in zip(names, shares, [[], again, []], strict=False):
        write_rows(tmp_path / "b" / name, [head, *share, *extra])
    one, several = answer(tmp_path / "a"), answer(tmp_path / "b")
    assert several["accounts"] == one["accounts"]
    told = banshi("check", str(tmp_path / "b"), "--format", "json").stdout
    twice = [f for f in json.loads(told)["findings"] if f["rule"] == "input/told-twice"]
    assert len(twice) == 1 and int(re.findall(r"的 (\d+) 行打卡", twice[0]["message"])[0]) >= len(again)


def test_a_finding_stands_in_the_file_that_holds_the_row(tmp_path: Path) -> None:
    shutil.copytree(EXAMPLE, tmp_path / "a")
    head, *_ = rows_of(EXAMPLE / "打卡.csv")
    row = [
        "没有的人" if n == head.index("人员编号") else cell for n, cell in enumerate(rows_of(EXAMPLE / "打卡.csv")[1])
    ]
    write_rows(tmp_path / "a/补打卡.csv", [head, rows_of(EXAMPLE / "打卡.csv")[1], row])
    found = json.loads(banshi("check", str(tmp_path / "a"), "--format", "json").stdout)["findings"]
    stranger = [f for f in found if f["rule"] == "attendance/staff-are-known"]
    assert [(Path(f["path"]).name, f["line"]) for f in stranger] == [("补打卡.csv", 3)]
    back = tmp_path / "back.xlsx"
    assert banshi("attendance", str(tmp_path / "a"), "--format", "xlsx", "-o", str(back)).returncode == 0
    cells = [str(c) for sheet in openpyxl.load_workbook(back) for r in sheet.values for c in r if c]
    assert any("没有的人" in cell for cell in cells)


def split(register: dict[str, Any], day: str, moves: dict[str, str]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The same as two registers, up to the day before and from the day on."""
    before = (int(day[-2:]) - 1, day[:-2])
    one, other = json.loads(json.dumps(register)), json.loads(json.dumps(register))
    one["to"], other["from"] = f"{before[1]}{before[0]:02d}", day
    for person in other["staff"]:
        person["window"] = moves.get(person["id"], person.get("window"))
    for each in (one, other):
        each["staff"] = [{k: v for k, v in p.items() if v is not None} for p in each["staff"]]
    return one, other


def plain(path: Path) -> dict[str, Any]:
    document = read(path).document
    assert document is not None
    found: dict[str, Any] = json.loads(json.dumps(document.data))
    found.pop("$schema", None)
    return found


@pytest.mark.parametrize("seed", range(3))
def test_who_moves_within_a_month_is_judged_as_in_two_registers(seed: int, tmp_path: Path) -> None:
    """Moves of random people on a random day, told in one list, against two registers joined."""
    chosen = random.Random(seed)
    register = plain(EXAMPLE / "register.yaml")
    day = f"2010-02-{chosen.randrange(2, 27):02d}"
    windows = [window["id"] for window in register["windows"]]
    serving = [person for person in register["staff"] if person.get("window")]
    moves = {person["id"]: chosen.choice(windows) for person in chosen.sample(serving, min(2, len(serving)))}
    (tmp_path / "one").mkdir()
    moved = json.loads(json.dumps(register))
    added = [{**p, "window": moves[p["id"]], "since": day} for p in register["staff"] if p["id"] in moves]
    moved["staff"] = [*added, *moved["staff"]] if seed % 2 else [*moved["staff"], *added]
    for name, registers in (("one", [moved]), ("two", split(register, day, moves))):
        for n, each in enumerate(registers):
            folder = tmp_path / name / str(n)
            folder.mkdir(parents=True)
            (folder / "register.yaml").write_text(json.dumps(each, ensure_ascii=False), encoding="utf-8")
            shutil.copy(EXAMPLE / "打卡.csv", folder)
    one, two = (answer(tmp_path / name, "--quarter", "2010-Q1")["accounts"][0] for name in ("one", "two"))
    mine, theirs = ({person["staff"]: person for person in each["people"]} for each in (one, two))
    assert mine == theirs and one["windows"] == two["windows"]
    told = json.loads(banshi("check", str(tmp_path / "one"), "--format", "json").stdout)["findings"]
    assert not [f for f in told if f["rule"].startswith(("shape/", "input/")) or f["rule"].endswith("one-window-each")]


def test_the_same_person_twice_from_one_day_is_told(tmp_path: Path) -> None:
    shutil.copytree(EXAMPLE, tmp_path / "a")
    register = plain(EXAMPLE / "register.yaml")
    register["staff"] += [{**register["staff"][0], "since": "2010-02-10"}] * 2
    (tmp_path / "a/register.yaml").write_text(json.dumps(register, ensure_ascii=False), encoding="utf-8")
    found = json.loads(banshi("check", str(tmp_path / "a"), "--format", "json").stdout)["findings"]
    assert [f["rule"] for f in found if f["severity"] == "error"] == ["attendance/one-window-each"]


def test_the_empty_workbook_filled_in_is_a_register(tmp_path: Path) -> None:
    """Every sheet has the columns that are read; filled in as a clerk does it, it is the register of the files."""
    empty = tmp_path / "登记.xlsx"
    assert banshi("attendance", "--template", str(empty), "--jurisdiction", "luzhou").returncode == 0
    register, book = plain(EXAMPLE / "register.yaml"), openpyxl.load_workbook(empty)
    assert book.sheetnames[:6] == ["封面", "窗口", "人员", "打卡", "请假", "值班日志"]
    front = {row[0].value: row[1] for row in book["封面"].iter_rows(max_col=2)}
    front["中心"].value, front["月份"].value = register["centre"], "2010-02"
    assert front["辖区"].value == "luzhou"
    groups = {p["group"] for p in register["staff"]}
    keys = {"窗口编号": "id", "窗口名称": "name", "值班人数": "on_duty"}
    for window in register["windows"]:
        book["窗口"].append([window.get(keys.get(str(cell.value), "")) for cell in book["窗口"][1]])
    keys = {
        "人员编号": "id",
        "姓名": "name",
        "人员类别": "group",
        "所在窗口": "window",
        "所在小组": "team",
        "组内职务": "role",
        "密码批准日": "password_approved_on",
    }
    for person in register["staff"]:
        book["人员"].append([person.get(keys.get(str(cell.value), "")) for cell in book["人员"][1]])
    head, *rows = rows_of(EXAMPLE / "打卡.csv")
    at = [head.index(name) if (name := str(cell.value)) in head else None for cell in book["打卡"][1]]
    for row in rows:
        book["打卡"].append([None if n is None else row[n] for n in at])
    filled = tmp_path / "2010-02.xlsx"
    book.save(filled)
    lists = list(itertools.chain.from_iterable(each.dataValidation for each in [book["人员"].data_validations]))
    assert any("窗口工作人员" in str(each.formula1) for each in lists) and groups
    own = plain(EXAMPLE / "register.yaml")
    for key in ("leave", "duty_log", "notes"):
        own.pop(key, None)
    (tmp_path / "a").mkdir()
    (tmp_path / "a/register.yaml").write_text(json.dumps(own, ensure_ascii=False), encoding="utf-8")
    shutil.copy(EXAMPLE / "打卡.csv", tmp_path / "a")
    ours, theirs = answer(filled), answer(tmp_path / "a")
    for mine, own in zip(ours["accounts"][0]["people"], theirs["accounts"][0]["people"], strict=True):
        assert {k: (v, own[k]) for k, v in mine.items() if v != own[k]} == {}
    assert ours["accounts"][0]["windows"] == theirs["accounts"][0]["windows"]


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("x", "--jurisdiction", "luzhou"),
        ("x", "--template", "t.xlsx"),
        ("--template", "t.xlsx", "--month", "2010-02"),
    ],
)
def test_what_goes_together(words: tuple[str, ...], tmp_path: Path) -> None:
    done = banshi("attendance", *words, cwd=tmp_path)
    assert done.returncode == 2 and done.stderr and not (tmp_path / "t.xlsx").exists()
