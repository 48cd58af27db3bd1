"""The next month's register, begun from the last one: windows and people come along, what happened does not."""

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest
from conftest import ROOT
from ruamel.yaml import YAML

from banshi.checking.loaded import LoadedFile
from banshi.checking.loading import Loader
from banshi.cli import main
from banshi.files.report import Report
from banshi.subjects.attendance.forms import Register

LAST = ROOT / "examples/attendance/2010-02"
BOOK = ROOT / "examples/attendance/2010-03/考勤登记.xlsx"
ELSEWHERE = ROOT / "tests/data/lanping/register"


def register(path: Path, of: Path = ROOT) -> Register:
    loader = Loader(of)
    [found] = [
        loaded.value.register
        for unit in loader.units([path])
        for loaded in loader.load(unit, Report())
        if isinstance(loaded, LoadedFile) and loaded.subject == "attendance"
    ]
    return found


def written() -> dict[str, Any]:
    """The example's register as it is written, without its table of punches."""
    found: dict[str, Any] = YAML(typ="safe").load(LAST / "register.yaml")
    return found


def last(folder: Path, **other: Any) -> Path:
    """The example's register with something else in it, in one file."""
    told = {**written(), **other}
    path = folder / "last/last.json"  # what lies beside it, or below, would be a part of it
    path.parent.mkdir()
    path.write_text(json.dumps(told, ensure_ascii=False, default=str), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("path", "of"),
    [(LAST, ROOT), (BOOK, ROOT), (ELSEWHERE, ELSEWHERE.parent)],
    ids=["yaml", "xlsx", "another centre"],
)
def test_windows_and_people_come_along_and_nothing_else(
    path: Path, of: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "next.xlsx"
    assert main(["attendance", "--template", str(out), "--from", str(path), "--project", str(of)]) == 0
    said = capsys.readouterr().err
    old, new = register(path, of), register(out, of)
    assert (new.centre, new.jurisdiction, new.fictional) == (old.centre, old.jurisdiction, old.fictional)
    assert new.start.isoformat() == f"{old.end.year}-{old.end.month + 1:02d}-01"
    assert new.windows == old.windows != ()
    assert new.people == {key: msgspec.structs.replace(p, since=None) for key, p in old.people.items()} != {}
    assert not (new.punches or new.leave or new.duty_log or new.notes or new.roster)
    assert f"窗口 {len(old.windows)} 个" in said and f"人员 {len(old.people)} 人" in said


def test_december_is_followed_by_january_and_another_month_may_be_asked(tmp_path: Path) -> None:
    december = last(tmp_path, **{"from": "2010-12-01", "to": "2010-12-31", "leave": [], "duty_log": [], "notes": []})
    for words, start in (([], "2011-01-01"), (["--month", "2011-03"], "2011-03-01")):
        out = tmp_path / f"{start}.xlsx"
        assert main(["attendance", "--template", str(out), "--from", str(december), *words]) == 0
        assert register(out).start.isoformat() == start


def test_who_moved_stands_where_they_were_last_and_that_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = written()["staff"]
    moved = {**told[0], "window": "W03", "since": "2010-02-10"}
    out = tmp_path / "next.xlsx"
    assert main(["attendance", "--template", str(out), "--from", str(last(tmp_path, staff=[*told, moved]))]) == 0
    people = register(out).people
    assert people[moved["id"]].window == "W03" and people[moved["id"]].since is None
    assert f"中途调动的按期末的窗口和类别：{moved['id']}" in capsys.readouterr().err


def test_leave_that_goes_on_is_said_and_not_carried_over(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    leave = [{"staff": "A02", "kind": "sick", "from": "2010-02-26", "to": "2010-03-02"}]
    out = tmp_path / "next.xlsx"
    main(["attendance", "--template", str(out), "--from", str(last(tmp_path, leave=leave))])
    assert "请假没有带，要另外登记：A02（到 2010-03-02）" in capsys.readouterr().err
    assert not register(out).leave


def test_people_that_could_not_be_read_are_counted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told = written()["staff"]
    broken = [{"group": "window_staff"}, {"id": "B99", "group": "window_staff", "role": "boss"}]
    out = tmp_path / "next.xlsx"
    assert main(["attendance", "--template", str(out), "--from", str(last(tmp_path, staff=[*told, *broken]))]) == 1
    said = capsys.readouterr().err
    assert "读不出的窗口或人员 1 处" in said and "空着的：B99 的组内职务" in said
    assert len(register(out).people) == len(told) + 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--from", str(LAST), "--month", "2010-02"], "不在 2010-02 之前"),
        (["--from", str(LAST), "--month", "2009-12"], "不在 2009-12 之前"),
        (["--from", str(LAST), "--month", "2010-13"], "不是 YYYY-MM"),
        (["--from", str(LAST), "--jurisdiction", "luzhou/hejiang"], "--jurisdiction 写的是 luzhou/hejiang"),
        (["--from", str(LAST.parent)], "份考勤登记"),
        (["--from", str(ROOT / "examples/cases")], "没有能用的考勤登记"),
        (["--from", str(LAST), "--quarter", "2010-Q1"], "--quarter"),
        ([str(LAST), "--from", str(LAST)], "用 --from"),
    ],
)
def test_what_makes_no_sense_is_refused(
    words: list[str], said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "next.xlsx"
    assert main(["attendance", "--template", str(out), *words]) == 2
    assert said in capsys.readouterr().err and not out.exists()


def test_from_belongs_to_a_template(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["attendance", str(LAST), "--from", str(LAST)]) == 2
    assert "--from 只用于空工作簿" in capsys.readouterr().err
