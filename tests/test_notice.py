"""The sheet for applicants: due dates counted by hand from the published arrangements, papers, and every format."""

import datetime
import json
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, banshi, write_yaml

from banshi.cli import main
from banshi.law.working_days import WorkingDays
from banshi.subjects.parallel.notice import due
from banshi.subjects.parallel.schedule import Limit

DAYS = WorkingDays([ROOT / "policies"])
Day = datetime.date


def item(item_id: str, **more: Any) -> dict[str, Any]:
    return {"id": item_id, "name": f"样例事项{item_id}", "department": "one", **more}


def catalogue(*items: dict[str, Any]) -> dict[str, Any]:
    return {
        "kind": "catalogue",
        "fictional": True,
        "jurisdiction": "luzhou/yangliqu",
        "centre": "样例区政务服务中心（虚构）",
        "title": "样例目录（虚构）",
        "case_kind": "enterprise_registration",
        "in_use_from": "2011-06-01",
        "departments": [{"id": "one", "name": "样例一局"}, {"id": "two", "name": "样例二局"}],
        "items": list(items),
    }


NAME = item(
    "name",
    limits={"statutory": 15, "promised": 3},
    materials=[{"id": "form", "name": "申请表", "form": "paper", "copies": 1}],
    result={"name": "名称通知书"},
)
LICENCE = item(
    "licence",
    kind="行政许可",
    requires=["name"],
    limits={"statutory": 30, "unit": "天"},
    phone="0830-1000001",
    materials=[
        {"id": "form", "name": "申请表", "form": "electronic", "copies": 2},
        {"id": "notice", "name": "名称通知书", "from_item": "name"},
        {"id": "proof", "name": "场所证明", "note": "原件"},
    ],
)
LICENCE["with"] = ["two"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_yaml(tmp_path / "catalogue.yaml", catalogue(NAME, LICENCE))
    case = {"kind": "parallel-case", "fictional": True, "id": "1", "name": "样例公司（虚构）"}
    write_yaml(tmp_path / "case.yaml", {**case, "catalogue": "catalogue.yaml", "starts_on": "2011-09-29"})
    return tmp_path


# Due dates, counted on paper ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("accepted", "days", "unit", "end", "why"),
    [
        # 2011: 10-01 to 10-07 off; Saturday 10-08 and Sunday 10-09 worked.
        (Day(2011, 9, 29), 3, "工作日", Day(2011, 10, 9), "09-30, 10-08, 10-09"),
        (Day(2011, 9, 28), 6, "工作日", Day(2011, 10, 11), "09-29, 09-30, 10-08, 10-09, 10-10, 10-11"),
        # 2012: Spring Festival 01-22 to 01-28; Saturday 01-21 and Sunday 01-29 worked.
        (Day(2012, 1, 16), 4, "工作日", Day(2012, 1, 20), "01-17 to 01-20"),
        (Day(2012, 1, 17), 7, "工作日", Day(2012, 1, 31), "01-18, 19, 20, 21, 29, 30, 31"),
        # 2011-12-31 is a Saturday worked; 2012-01-01 to 01-03 off.
        (Day(2011, 12, 28), 4, "工作日", Day(2012, 1, 4), "12-29, 12-30, 12-31, 01-04"),
        # Calendar days that end on a day off end on the next working day.
        (Day(2011, 9, 5), 15, "天", Day(2011, 9, 20), "a Tuesday"),
        (Day(2011, 9, 5), 30, "天", Day(2011, 10, 8), "10-05 is off, and so on until 10-08, a Saturday worked"),
        (Day(2011, 9, 5), 0, "工作日", Day(2011, 9, 5), "on the spot"),
    ],
)
def test_due_dates_by_hand(accepted: Day, days: int, unit: str, end: Day, why: str) -> None:
    assert due(Limit(days, unit), accepted, DAYS).value == end, why


def test_reasons_name_the_days_that_make_the_difference() -> None:
    reasons = [reason.text.zh for reason in due(Limit(3, "工作日"), Day(2011, 9, 29), DAYS).reasons]
    assert reasons[1] == "调休上班计入：2011-10-08、2011-10-09"
    assert reasons[2].startswith("放假不计：2011-10-03、") and "2011-10-01" not in reasons[2]


def test_what_cannot_be_dated_says_why() -> None:
    unknown = due(Limit(3, "工作日"), Day(2030, 1, 4), DAYS)
    assert unknown.value is None and "2030 年的放假安排未录入" in unknown.reasons[0].text.zh
    assert due(None, Day(2011, 9, 29), DAYS).reasons[0].text.zh == "时限原文未载明"


# The sheets ---------------------------------------------------------------------------------------------------------


def sheet(folder: Path, *words: str) -> dict[str, Any]:
    done = banshi("notice", *words, "--format", "json", cwd=folder)
    assert done.returncode == 0, done.stderr
    data: dict[str, Any] = json.loads(done.stdout)
    return data


def test_one_item_from_a_catalogue(folder: Path) -> None:
    told = sheet(folder, "catalogue.yaml", "--item", "name", "--from", "2011-09-29")
    assert [(i["item"], i["accepted"], i["promised_by"], i["lawful_by"]) for i in told["items"]] == [
        (
            "name",
            "2011-09-29",
            "2011-10-09",
            "2011-10-25",
        )  # 15: 09-30, 10-08 … 10-14 (7 days), 10-17 … 10-21, 10-24, 10-25
    ]
    assert told["fictional"] is True and told["ends_on"] == "2011-10-09"
    assert told["items"][0]["place"] is None


def test_a_case_dates_each_item_by_what_it_waits_for(folder: Path) -> None:
    told = sheet(folder, "case.yaml")
    name, licence = told["items"]
    assert (name["promised_by"], licence["accepted"]) == ("2011-10-09", "2011-10-09")
    assert licence["promised_by"] == licence["lawful_by"] == "2011-11-08"  # 30 calendar days, a Tuesday
    assert licence["reasons"][0]["text"] == "没有写承诺时限，按法定时限"
    assert licence["waits_for"] == ["样例事项name"]
    assert told["ends_on"] == "2011-11-08"


def test_papers_are_asked_for_once_and_results_of_the_case_not_at_all(folder: Path) -> None:
    papers = {p["name"]: p for p in sheet(folder, "case.yaml")["papers"]}
    assert set(papers) == {"申请表", "场所证明"}
    assert papers["申请表"]["copies"] == 3 and papers["申请表"]["forms"] == ["paper", "electronic"]
    assert papers["场所证明"]["copies"] is None
    alone = sheet(folder, "catalogue.yaml", "--item", "licence", "--from", "2011-09-29")["papers"]
    assert {p["name"]: p["notes"] for p in alone}["名称通知书"] == ["“样例事项name”的结果"]


def test_one_item_of_a_case_keeps_its_place(folder: Path) -> None:
    told = sheet(folder, "case.yaml", "--item", "licence")
    assert [(i["item"], i["accepted"]) for i in told["items"]] == [("licence", "2011-10-09")]
    moved = sheet(folder, "case.yaml", "--item", "licence", "--from", "2012-01-16")
    assert moved["items"][0]["accepted"] == "2012-01-19"


def test_what_the_law_says_of_lateness_is_cited(folder: Path) -> None:
    late = sheet(folder, "case.yaml")["late"]
    assert [reason["basis"]["provision"] for reason in late] == ["3.2"]
    assert "超期件为0件" in late[0]["text"]


def test_text_has_blanks_for_nothing_and_says_what_is_not_stated(folder: Path) -> None:
    done = banshi("notice", "catalogue.yaml", "--item", "licence", "--from", "2011-09-29", cwd=folder)
    assert "办理地点：原文未载明" in done.stdout and "咨询电话：0830-1000001" in done.stdout
    assert "  □ 场所证明，份数原文未载明，原件" in done.stdout


def test_html_stands_alone_and_can_be_signed(folder: Path) -> None:
    done = banshi(
        *("notice", "catalogue.yaml", "--item", "licence", "--from", "2011-09-29", "--format", "html", "-o", "单.html"),
        cwd=folder,
    )
    page = (folder / "单.html").read_text(encoding="utf-8")
    assert done.returncode == 0 and done.stdout == ""
    for wanted in ("2011年10月31日（星期一）", "样例（虚构）", "申请人签收", "行政许可法第七条", 'lang="zh-CN"'):
        assert wanted in page, wanted  # 30 days from 09-29 end on Saturday 10-29
    assert "http" not in page.replace("http://www.w3.org/2000/svg", "")


def test_the_same_input_gives_the_same_bytes(folder: Path) -> None:
    first, again = (banshi("notice", "case.yaml", "--format", "html", cwd=folder).stdout for _ in range(2))
    assert first == again and "样例公司（虚构）" in first


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("catalogue.yaml", "--item", "name"), "请给出 --from"),
        (("catalogue.yaml", "--item", "nmae", "--from", "2011-09-29"), "您是不是想写 name"),
        (("case.yaml", "--from", "2011-02-30"), "不是 YYYY-MM-DD"),
        (("missing.yaml",), "missing.yaml"),
        (("case.yaml", "-o", "no/such/file.html"), "没有文件夹"),
        ((".",), "请指定其中一份"),
    ],
)
def test_what_it_cannot_do_is_one_plain_line(
    words: tuple[str, ...], said: str, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(folder)
    try:
        status = main(["notice", *words])
    except SystemExit as stopped:
        status = int(stopped.code or 0)
    printed = capsys.readouterr()
    assert status == 2 and said in printed.err and "Traceback" not in printed.err
    assert printed.out == ""


def test_items_that_wait_for_each_other_have_no_dates(tmp_path: Path) -> None:
    one, two = item("one", requires=["two"], limits={"promised": 1}), item("two", requires=["one"])
    write_yaml(tmp_path / "catalogue.yaml", catalogue(one, two))
    done = banshi("notice", "catalogue.yaml", "--from", "2011-09-29", cwd=tmp_path)
    assert done.returncode == 2
    assert "前置事项绕成了圈，不能推算：样例事项one→样例事项two→样例事项one" in done.stderr


def case(**more: Any) -> dict[str, Any]:
    own = {"kind": "parallel-case", "fictional": True, "id": "1", "name": "样例公司（虚构）"}
    return {**own, "catalogue": "catalogue.yaml", "starts_on": "2011-09-29", **more}


def test_a_case_without_anything_to_handle_gets_no_sheet(folder: Path) -> None:
    write_yaml(folder / "case.yaml", case(held=["name", "licence"]))
    for form in ("text", "html", "json"):
        done = banshi("notice", "case.yaml", "--format", form, cwd=folder)
        assert (done.returncode, done.stdout) == (2, "")
        assert "已经有结果（held），没有要办的" in done.stderr


def test_a_missing_calendar_is_the_reason_and_not_a_missing_limit(folder: Path) -> None:
    done = banshi("notice", "case.yaml", "--from", "2026-12-29", cwd=folder)  # three working days lead into 2027
    assert "承诺办结 不能推算，法定期限届满 不能推算" in done.stdout
    assert "2027 年的放假安排未录入，不能推算" in done.stdout
    assert "没有时限" not in done.stdout


def test_application_forms_of_a_case_are_filled_in_once(folder: Path) -> None:
    form = {"id": "form", "name": "申请表", "application_form": True}
    items = [item(one, limits={"promised": 1}, materials=[form]) for one in ("name", "licence")]
    write_yaml(folder / "catalogue.yaml", catalogue(*items))
    (paper,) = sheet(folder, "case.yaml")["papers"]
    assert (paper["name"], paper["notes"]) == ("申请表", ["各事项合填一张并联审批申请表，内容只填一次"])
    (alone,) = sheet(folder, "case.yaml", "--item", "name")["papers"]
    assert alone["notes"] == []


def test_an_answer_from_a_faulty_catalogue_says_so(folder: Path) -> None:
    said = "banshi: catalogue.yaml 有 1 处错误，下面照原样推算；先用 banshi check catalogue.yaml 看一看\n"
    assert said not in banshi("notice", "case.yaml", cwd=folder).stderr
    write_yaml(folder / "catalogue.yaml", catalogue({**NAME, "department": "none"}, LICENCE))
    for command in ("notice", "schedule", "form"):
        done = banshi(command, "case.yaml", cwd=folder)
        assert done.returncode == 1 and done.stdout
        assert done.stderr == said
    write_yaml(folder / "catalogue.yaml", catalogue(NAME, LICENCE))
    write_yaml(folder / "case.yaml", case(done={"nameless": "2011-09-29"}))
    for command in ("notice", "schedule", "form"):
        done = banshi(command, "case.yaml", cwd=folder)
        assert done.returncode == 1 and done.stdout and "case.yaml 有 1 处错误" in done.stderr


def test_a_case_that_is_late_has_the_days_of_its_schedule(folder: Path) -> None:
    write_yaml(folder / "case.yaml", case(as_of="2011-10-14"))  # the first item was due on 10-09 and is still open
    told = sheet(folder, "case.yaml")
    done = banshi("schedule", "case.yaml", "--format", "json", cwd=folder)
    (schedule,) = json.loads(done.stdout)["schedules"]
    assert [i["accepted"] for i in told["items"]] == [i["accepted"] for i in schedule["items"]]
    assert told["items"][1]["accepted"] == "2011-10-14"
    assert told["ends_on"] == schedule["stands"]["ends_on"]
