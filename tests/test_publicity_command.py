"""The public notice of a change: what is public, its days by the calendar of each centre, objections, nothing private."""

import copy
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from conftest import ROOT, banshi, write_yaml

from banshi.cli import main
from banshi.files.reading import read
from banshi.subjects.change.private_data import private_in

LINJIANG, QINGHE = ROOT / "examples/linjiang", ROOT / "examples/qinghe"
RIVERSIDE = LINJIANG / "change/riverside.yaml"
PIER = ROOT / "tests/data/probes/qinghe/change/pier.yaml"


def told(*words: str) -> list[dict[str, Any]]:
    done = banshi("publicity", *words, "--format", "json")
    assert done.returncode == 0, done.stderr
    found: list[dict[str, Any]] = json.loads(done.stdout)["notices"]
    return found


def one(*words: str) -> dict[str, Any]:
    [notice] = told(*words)
    return notice


def data(path: Path = RIVERSIDE) -> dict[str, Any]:
    document = read(path).document
    assert document is not None
    return copy.deepcopy(dict(document.data))


def rows(notice: dict[str, Any]) -> dict[str, str]:
    return {row[0]: row[1] for block in notice["public"] if not block["headings"] for row in block["rows"]}


def test_after_approval_calendar_days_first_day_not_counted_and_moved_on() -> None:
    notice = one("examples/change/binhe-road", "--change", "6")
    assert notice["title"] == "在建工程增加工程公示表" and notice["start"]["day"] == "2012-09-26"
    assert notice["end"]["day"] == "2012-10-08"  # 5 days to 10-01, within the holidays to 10-07
    assert [each["value"] for each in notice["end"]["alternatives"]] == ["2012-10-09"]
    assert "（2012-09-24 同意）之后公示" in notice["start"]["reasons"][0]["text"]
    assert rows(notice)["增加金额大写"] == "肆拾伍万伍仟肆佰柒拾柒元玖角"
    assert "项目业主填写" in rows(notice)["监督电话"]
    [objection] = notice["objections"]
    assert objection["received_on"] == "2012-09-28" and objection["answer_by"] is None
    assert objection["state"].startswith("2012-10-08 已处理：")


def test_before_approval_working_days_first_day_counted() -> None:
    notice = one(str(RIVERSIDE), "--change", "变-2026-滨江-003", "--project", str(LINJIANG))
    assert (notice["start"]["day"], notice["end"]["day"]) == ("2026-04-16", "2026-04-24")
    assert "之前公示期满" in notice["start"]["reasons"][0]["text"]
    assert any("不计入公示期" in each["text"] for each in notice["how_to_object"])
    assert any("10天内答复" in each["text"] for each in notice["how_to_object"])
    assert "原文未载明" in notice["remarks"][0]  # its law names no form


def test_a_company_shows_it_for_ten_days_after_approval() -> None:
    notice = one(str(PIER), "--change", "3", "--project", str(QINGHE))
    assert (notice["start"]["day"], notice["end"]["day"]) == ("2026-04-28", "2026-05-08")
    assert any("企业官网" in each["text"] for each in notice["where"])


def test_without_a_record_no_day_is_made_up() -> None:
    notice = one(str(RIVERSIDE), "--change", "5", "--project", str(LINJIANG))
    assert notice["start"]["day"] is None and notice["end"]["day"] is None
    assert "不能判定" in notice["end"]["reasons"][0]["text"]
    assert notice["end"]["reasons"][1]["basis"]["provision"] == "6"
    assert "截止日不能判定" in notice["how_to_object"][0]["text"]


def test_a_year_without_a_calendar_leaves_the_end_open(tmp_path: Path) -> None:
    changed = data()
    changed["changes"][2]["publicity"] |= {"started_on": "2031-04-16", "ended_on": "2031-04-30"}
    write_yaml(tmp_path / "r.yaml", changed)
    notice = one(str(tmp_path / "r.yaml"), "--change", "3", "--project", str(LINJIANG))
    assert notice["start"]["day"] == "2031-04-16" and notice["end"]["day"] is None
    assert "不能判定" in notice["end"]["reasons"][0]["text"]


def test_objections_move_the_end_and_have_a_day_to_be_answered(tmp_path: Path) -> None:
    changed = data()
    changed["changes"][2]["publicity"]["objections"] = [
        {"received_on": "2026-04-20", "resolved_on": "2026-04-22", "resolution": "已说明"},
        {"received_on": "2026-04-23"},
        {"received_on": "2026-05-20"},
    ]
    write_yaml(tmp_path / "r.yaml", changed)
    notice = one(str(tmp_path / "r.yaml"), "--change", "3", "--project", str(LINJIANG))
    assert notice["end"]["day"] == "2026-04-27"  # the 21st does not count; the 25th and 26th are a weekend
    first, second, late = notice["objections"]
    assert first["answer_by"] == "2026-04-30" and first["state"] == "2026-04-22 已处理：已说明"
    assert second["state"] == "尚未处理" and "不在公示期内收到" in late["state"]


@pytest.mark.parametrize(
    ("words", "tier"),
    [
        ((str(RIVERSIDE), "--change", "1", "--project", str(LINJIANG)), "一般变更"),
        ((str(PIER), "--change", "1", "--project", str(QINGHE)), "现场签证"),
        (("examples/change/binhe-road", "--change", "1"), ""),
    ],
)
def test_a_tier_without_publicity_says_so_with_the_provision(words: tuple[str, ...], tier: str) -> None:
    notice = one(*words)
    assert notice["asked"] is False and "public" not in notice
    said, *others = notice["reasons"]
    assert f"“{tier}" in said["text"] and "不要求公示" in said["text"]
    assert said["basis"] is not None and all(each["basis"] for each in others) and others


@pytest.mark.parametrize(
    "number",
    [
        "13812345678",
        "138 1234 5678",
        "138-1234-5678",
        "+86 13812345678",
        "１３８１２３４５６７８",
        "138\u200b12345678",
        "一三八一二三四五六七八",
        "电话13812345678。",
        "11010519491231002X",
        "110105 19491231 002x",
        "110105491231002",
    ],
)
def test_numbers_of_persons_are_seen(number: str) -> None:
    assert private_in(number) and private_in(f"王某（{number}）来电") and private_in(f"1、{number} 138 0000 0000")


@pytest.mark.parametrize(
    "text",
    [
        "0830-1000001",
        "040304002001",
        "138123456789",
        "91510502MA62X0AB1C",
        "110105194913310025",  # no such day
        "2012-510502-48-01-123456",
        "样府函〔2012〕63号",
        "2012-09-26 至 2012-10-09",
        "",
    ],
)
def test_other_numbers_are_not(text: str) -> None:
    assert private_in(text) is None


def plant(changed: dict[str, Any], way: tuple[Any, ...]) -> None:
    part: Any = changed
    for step in way[:-1]:
        part = part[step]
    part[way[-1]] = f"{part.get(way[-1], '')}，联系人 13812345678"


@pytest.mark.parametrize("form", ["text", "json", "html", "xlsx"])
@pytest.mark.parametrize(
    "way",
    [
        ("project", "name"),
        ("project", "owner"),
        ("project", "contractor"),
        ("changes", 2, "number"),
        ("changes", 2, "reason"),
        ("changes", 2, "items", 1, "name"),
        ("changes", 2, "items", 0, "reference"),
        ("changes", 2, "publicity", "platform"),
        ("changes", 2, "publicity", "url"),
        ("changes", 2, "publicity", "objections", 0, "resolution"),
    ],
    ids=lambda way: ".".join(map(str, way)) if isinstance(way, tuple) else way,
)
def test_a_number_of_a_person_anywhere_is_refused_with_its_place(
    way: tuple[Any, ...], form: str, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    changed = data()
    changed["changes"][2]["publicity"]["objections"] = [
        {"received_on": "2026-04-20", "resolved_on": "2026-04-22", "resolution": "已说明"}
    ]
    plant(changed, way)
    write_yaml(tmp_path / "r.yaml", changed)
    asked = ["publicity", str(tmp_path / "r.yaml"), "--change", "3", "--project", str(LINJIANG), "--format", form]
    status = main(asked)
    out, err = capfdbinary.readouterr()
    said = err.decode()
    line = next(n for n, each in enumerate((tmp_path / "r.yaml").read_text().splitlines(), 1) if "13812345678" in each)
    assert (status, out) == (1, b"") and f"r.yaml:{line}:" in said.replace(" ", "") and "手机号码" in said


def test_what_is_not_printed_may_hold_a_number(tmp_path: Path) -> None:
    changed = data()
    changed["project"]["supervisor"] = "监理 13812345678"
    changed["changes"][2]["consultation"][0]["conclusion"] = "同意 13812345678"
    write_yaml(tmp_path / "r.yaml", changed)
    done = banshi("publicity", str(tmp_path / "r.yaml"), "--change", "3", "--project", str(LINJIANG))
    assert done.returncode == 0 and "13812345678" not in done.stdout


def test_every_format_says_the_same_days(tmp_path: Path) -> None:
    asked = ("publicity", "examples/change/binhe-road", "--change", "6")
    said = banshi(*asked).stdout
    page = banshi(*asked, "--format", "html").stdout
    out = tmp_path / "n.xlsx"
    assert main([*asked[:1], str(ROOT / asked[1]), *asked[2:], "--format", "xlsx", "-o", str(out)]) == 0
    sheet = openpyxl.load_workbook(io.BytesIO(out.read_bytes())).worksheets[0]
    cells = "\n".join(str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value)
    for text in (said, page, cells):
        for each in ("2012-09-26", "2012-10-08", "怎样提异议", "公共资源交易网", "455477.90", "有异议已处理"):
            assert each in text
    assert "<script" not in page and "虚构" in page


@pytest.mark.parametrize("form", ["text", "html", "xlsx", "docx"])
def test_every_format_says_the_unit_of_the_amounts(form: str, tmp_path: Path) -> None:
    out = tmp_path / f"notice.{form}"
    assert (
        main(["publicity", str(ROOT / "examples/change/binhe-road"), "--change", "7", "--format", form, "-o", str(out)])
        == 0
    )
    if form == "xlsx":
        sheet = openpyxl.load_workbook(out).worksheets[0]
        said = " ".join(str(cell.value) for row in sheet.iter_rows() for cell in row)
    elif form == "docx":
        with zipfile.ZipFile(out) as packed:
            said = packed.read("word/document.xml").decode()
    else:
        said = out.read_text(encoding="utf-8")
    assert said.count("公示内容（金额单位：元）") == 1


def test_a_declared_tier_that_the_amounts_do_not_bear_is_told(tmp_path: Path) -> None:
    changed = data()
    changed["changes"][2]["tier"] = "ordinary"
    write_yaml(tmp_path / "r.yaml", changed)
    notice = one(str(tmp_path / "r.yaml"), "--change", "3", "--project", str(LINJIANG))
    assert notice["asked"] is False and "按金额应是“重大变更”" in notice["remarks"][0]


def test_a_change_that_is_not_there_is_named() -> None:
    done = banshi("publicity", "examples/change/binhe-road", "--change", "99")
    assert done.returncode == 2 and "没有第 99 份" in done.stderr and not done.stdout


@pytest.mark.parametrize(("key", "value"), [("conclusion", None), ("url", ["x"]), ("objections", "没有？!")])
def test_a_form_with_a_fault_leaves_the_other_notices(key: str, value: Any, tmp_path: Path) -> None:
    project, path = data(), tmp_path / "a.yaml"
    faulty, *_ = [change for change in project["changes"] if change.get("publicity")]
    faulty["publicity"][key] = value
    write_yaml(path, project)
    done = banshi("publicity", str(path), "--format", "json", cwd=LINJIANG)
    assert done.returncode == 1 and f"{faulty['number']} 没有印" in done.stderr and f"{path}:" in done.stderr
    assert len(json.loads(done.stdout)["notices"]) == len(project["changes"]) - 1
