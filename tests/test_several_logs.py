"""A folder that holds several case logs: what each adds up to, beside the others."""

import json
from pathlib import Path

import pytest
from conftest import ROOT, banshi

LOGS = ROOT / "examples/cases"
NAMES = ("city", "xiaoliqu", "yangliqu")


def of(folder: Path, *more: str, form: str = "json") -> str:
    return banshi("cases", str(folder), "--format", form, *more).stdout


def test_each_log_is_told_as_it_would_be_alone() -> None:
    together = json.loads(of(LOGS))["logs"]
    alone = [json.loads(of(LOGS / name)) for name in NAMES]
    for one, other in zip(together, alone, strict=True):
        files = one.pop("files")
        assert all(name.startswith((str(LOGS), "examples/cases")) for name in files)
        assert one == {key: other[key] for key in one}


@pytest.mark.parametrize("form", ["text", "markdown", "html", "csv"])
def test_every_face_tells_of_all_of_them(form: str) -> None:
    # No target is for a city: as data, that is no row.
    said = of(LOGS, form=form)
    wanted = NAMES[1:] if form == "csv" else ("样例市政务服务中心", "样例县政务服务中心", "样例区政务服务中心")
    assert all(name in said for name in wanted)


def test_a_workbook_keeps_them_apart(tmp_path: Path) -> None:
    from python_calamine import CalamineWorkbook

    out = tmp_path / "all.xlsx"
    assert banshi("cases", str(LOGS), "--format", "xlsx", "-o", str(out)).returncode == 0
    names = CalamineWorkbook.from_path(str(out)).sheet_names
    assert [f"{n} 按类别" for n in (1, 2, 3)] == [name for name in names if name.endswith("按类别")]


def test_logs_of_one_centre_and_time_leave_room_for_each_other(tmp_path: Path) -> None:
    head = "kind: cases\njurisdiction: luzhou\nlevel: county\ncentre: 样例县\nas_of: 2012-02-29\ncases:\n"
    case = "  - {{id: {}, kind: investment_project, department: 发展改革, window: W01, parallel: true, "
    case += "accepted_on: 2012-02-01, due_on: 2012-02-09, finished_on: 2012-02-08, evaluation: satisfied}}\n"
    for name, ids in (("a", "AB"), ("b", "CD")):
        (tmp_path / f"{name}.yaml").write_text(head + "".join(case.format(each) for each in ids), encoding="utf-8")
    done = banshi("cases", str(tmp_path), "--format", "json")
    assert [log["not_counted"].get("in_another_log") for log in json.loads(done.stdout)["logs"]] == [2, 2]
    assert done.returncode == 1  # one centre's time stands in two logs
    assert "input/told-twice" in done.stderr


def test_an_assessment_is_made_of_the_one_log_of_a_city(tmp_path: Path) -> None:
    asked = ("--quarter", "2012-Q1", "--assessment")
    two, one = tmp_path / "two.yaml", tmp_path / "one.yaml"
    assert banshi("cases", str(LOGS), *asked, str(two)).returncode == 0
    assert banshi("cases", str(LOGS / "city"), *asked, str(one)).returncode == 0
    assert two.read_text(encoding="utf-8") == one.read_text(encoding="utf-8")


def test_of_two_logs_of_a_city_nobody_knows_which_the_assessment_is_of(tmp_path: Path) -> None:
    text = (LOGS / "city/办件登记.yaml").read_text(encoding="utf-8")
    for name in ("a", "b"):
        (tmp_path / f"{name}.yaml").write_text(text.replace("C-0", f"{name}-0"), encoding="utf-8")
    done = banshi("cases", str(tmp_path), "--quarter", "2012-Q1", "--assessment", str(tmp_path / "out.yaml"))
    assert done.returncode == 2
    assert "请指明其中一份" in done.stderr
    assert not (tmp_path / "out.yaml").exists()
