"""Days of a centre that stand in two registers of one run are judged on both: neither is taken for the whole."""

import json
import random
import shutil
from pathlib import Path

import pytest
from conftest import ROOT, banshi
from test_attendance_damage import HEAD, _duty, _leave, _notes, _people, _punch_rows, check, judged, write

from banshi.checking.checker import Checker
from banshi.files.report import Report
from banshi.subjects.attendance.account import account
from banshi.subjects.attendance.joining import together
from banshi.subjects.attendance.periods import month

MAKERS = {"打卡": _punch_rows, "请假": _leave, "组长登记": _notes, "值班日志": _duty, "人员": _people}
TWICE = "input/told-twice"


def parted(rng: random.Random, folder: Path) -> None:
    """A register whole, and its rows spread over two, some in both; both list everybody."""
    tables = {name: make(rng) for name, make in MAKERS.items()}
    tables["请假"] = list(
        {tuple(row[:4]): row for row in tables["请假"]}.values()
    )  # one leave entered twice counts once
    write(folder / "whole", tables)
    spread: dict[str, dict[str, list[list[str]]]] = {"a": {}, "b": {}}
    for name, (head, *rows) in tables.items():
        chosen = [rng.choice(("a", "b", "ab")) if name != "人员" else "ab" for _ in rows]
        for part in "ab":
            spread[part][name] = [head, *(row for row, where in zip(rows, chosen, strict=True) if part in where)]
    for part in "ab":
        write(folder / part, spread[part])


@pytest.mark.parametrize("seed", range(12))
def test_parts_together_are_the_whole(seed: int, tmp_path: Path) -> None:
    parted(random.Random(seed), tmp_path)
    one, a, b = (judged(tmp_path / name) for name in ("whole", "a", "b"))
    assert one is not None and a is not None and b is not None
    (both,) = together([a[0], b[0]])
    other = both, account(both, month(2010, 3)), Report()
    check(one, other)
    check(other, one)
    days = [(i.staff, i.day, i.type) for p in one[1].people for i in p.irregular]
    assert days == [(i.staff, i.day, i.type) for p in other[1].people for i in p.irregular]


def test_the_command_and_the_check(tmp_path: Path) -> None:
    parted(random.Random(3), tmp_path)
    shutil.move(tmp_path / "whole", tmp_path / "apart")
    (tmp_path / "two").mkdir()
    for part in "ab":
        shutil.move(tmp_path / part, tmp_path / "two")
    whole, both, alone = (
        json.loads(banshi("attendance", str(tmp_path / name), "--month", "2010-03", "--format", "json").stdout)
        for name in ("apart", "two", "two/a")
    )
    assert len(both["accounts"]) == 1
    assert whole["accounts"][0]["people"] == both["accounts"][0]["people"] != alone["accounts"][0]["people"]
    found = Checker(ROOT).check([tmp_path / "two"], jobs=1).findings
    assert sorted(Path(f.path).parent.name for f in found if f.rule == TWICE) == ["a", "b"]
    assert TWICE not in {
        f.rule for f in Checker(ROOT).check([tmp_path / "two/a", tmp_path / "two/a/登记.yaml"]).findings
    }


@pytest.mark.parametrize("change", [("2010-03-01", "2010-03-31"), ("样例（虚构）", "另一中心（虚构）")])
def test_other_days_and_other_centres_are_apart(change: tuple[str, str], tmp_path: Path) -> None:
    """From the last day of one on, they share a day; of another centre they share nothing."""
    parted(random.Random(1), tmp_path)
    (tmp_path / "b/登记.yaml").write_text(HEAD.replace(*change), encoding="utf-8")
    shutil.rmtree(tmp_path / "whole")
    a, b = judged(tmp_path / "a"), judged(tmp_path / "b")
    assert a is not None and b is not None
    shared = "样例" not in change[0]
    assert len(together([a[0], b[0]])) == (1 if shared else 2)
    assert (TWICE in {f.rule for f in Checker(ROOT).check([tmp_path]).findings}) == shared


def test_a_chain_of_registers_is_one(tmp_path: Path) -> None:
    parted(random.Random(2), tmp_path)
    cases = []
    for name, (first, last) in {"a": (1, 10), "b": (10, 20), "whole": (20, 31)}.items():
        text = HEAD.replace("from: 2010-03-01", f"from: 2010-03-{first:02}").replace(
            "to: 2010-03-31", f"to: 2010-03-{last}"
        )
        (tmp_path / name / "登记.yaml").write_text(text, encoding="utf-8")
        found = judged(tmp_path / name)
        assert found is not None
        cases.append(found[0])
    assert len(together([cases[0], cases[2], cases[1]])) == 1
    assert len(together([cases[0], cases[2]])) == 2


@pytest.mark.parametrize("seed", range(4))
def test_of_whom_two_registers_differ_nothing_is_judged_on_those_days(seed: int, tmp_path: Path) -> None:
    parted(random.Random(seed), tmp_path)
    a, b = judged(tmp_path / "a"), judged(tmp_path / "b")
    assert a is not None and b is not None
    (alike,) = together([a[0], b[0]])
    path = next((tmp_path / "b").glob("人员*"))
    text = path.read_text(encoding="utf-8")
    (head, first, *rows) = text.splitlines()
    staff = first.split(",")[0]
    other = first.replace("W01", "W0?").replace("W02", "W01").replace("W0?", "W02")
    path.write_text("\n".join([head, other, *rows]) + "\n", encoding="utf-8")
    changed = judged(tmp_path / "b")
    assert changed is not None
    (both,) = together([a[0], changed[0]])
    found = account(both, month(2010, 3))
    check((alike, account(alike, month(2010, 3)), Report()), (both, found, Report()))
    own = next(person for person in found.people if person.staff == staff)
    assert own.open and not [each for each in own.irregular if each.type in ("late", "early_leaving")]
    assert any("这些天的考勤不作判定" in reason.text.zh for reason in both.joined)
