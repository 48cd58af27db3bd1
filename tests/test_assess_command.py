"""``banshi assess``: text, JSON, workbook and report say the same marks, and a reader can follow how they came about."""

import json
import os
import re
import shutil
import tempfile
from collections.abc import Callable
from decimal import Decimal
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, Pages, banshi, without_law, write_yaml
from formulas import Workbook
from ruamel.yaml import YAML

from banshi.files.reading import read

EXAMPLE = "examples/assessment/2012-Q1.yaml"
POLICY = "policies/luzhou/window-assessment/2011-04-01.yaml"
SHEETS = ROOT / "tests/sheets"
SUB_ITEMS, FULL, CAP = 29, 100, 20


def example() -> dict[str, Any]:
    """The example quarter as plain data, to vary."""
    document = read(ROOT / EXAMPLE).document
    assert document is not None
    data: dict[str, Any] = document.data
    return data


def window(data: dict[str, Any], window_id: str) -> dict[str, Any]:
    return next(w for w in data["windows"] if w["id"] == window_id)


def written(folder: Path, data: dict[str, Any], name: str = "a.yaml") -> str:
    write_yaml(folder / name, data)
    return (folder / name).as_posix()


def asked(path: str, *words: str, cwd: Path = ROOT) -> dict[str, Any]:
    """The answer for the first file as JSON."""
    done = banshi("assess", path, "--format", "json", *words, cwd=cwd)
    assert done.stderr == ""
    found: dict[str, Any] = json.loads(done.stdout)["assessments"][0]
    return found


def scored(found: dict[str, Any]) -> list[dict[str, Any]]:
    return [w for w in found["windows"] if w["scored"]]


def workbook(folder: Path, path: str, *words: str) -> Workbook:
    return Workbook(_of_examples(path, *words) if path.startswith("examples/") else _book(folder, path, *words))


@cache
def _of_examples(path: str, *words: str) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        return _book(Path(folder), path, *words)


def _book(folder: Path, path: str, *words: str) -> bytes:
    place = folder / "out.xlsx"
    done = banshi("assess", path, "--format", "xlsx", "-o", place.as_posix(), *words)
    assert done.stderr == ""
    return place.read_bytes()


# Text ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("window_id", ["W02", "W06", "W08"])
def test_the_sheet_is_the_golden_one(window_id: str) -> None:
    done = banshi("assess", EXAMPLE, "--window", window_id)
    assert (done.returncode, done.stderr) == (0, "")
    golden = SHEETS / f"2012-Q1-{window_id}.txt"
    if os.environ.get("UPDATE_GOLDEN"):
        golden.write_text(without_law(done.stdout), encoding="utf-8")
    assert without_law(done.stdout) == golden.read_text(encoding="utf-8")


def test_text_ranks_and_has_a_sheet_for_each_window() -> None:
    done = banshi("assess", EXAMPLE)
    ranking = done.stdout.split("\n\n")[2].splitlines()
    assert [line.split()[0] for line in ranking[1:4]] == ["第1名", "第2–3名", "第2–10名"]
    assert ranking[1].split()[1] == "W07"
    sheets = done.stdout.split("\n\n\n")[1:]
    assert len(sheets) == len(example()["windows"])
    lines = re.findall(r"^ +(?:[\d.]+|不能判定) / \d+ ", sheets[0], re.MULTILINE)
    assert len(lines) == SUB_ITEMS


def test_text_says_why_something_is_not_determined_and_within_what_it_lies() -> None:
    done = banshi("assess", EXAMPLE, "--window", "W06")
    assert "不能判定 (68.00 – 100.00)" in done.stdout
    assert "没有可计的件数" in done.stdout
    assert "? " in done.stdout


def test_english() -> None:
    done = banshi("assess", EXAMPLE, "--window", "W02", "--lang", "en")
    assert done.returncode == 0
    assert "not listed" not in done.stdout
    assert "base score  85.00 / 100" in done.stdout


def test_one_window_keeps_its_place_among_all() -> None:
    found = asked(EXAMPLE, "--window", "W03")
    assert [(rank["place"], rank["places"], rank["window"]) for rank in found["ranking"]] == [(None, [2, 3], "W03")]
    assert [w["id"] for w in found["windows"]] == ["W03"]


# JSON ---------------------------------------------------------------------------------------------------------------


def test_json_holds_every_line_with_mark_reason_fact_and_basis() -> None:
    for each in scored(asked(EXAMPLE)):
        assert len(each["lines"]) == SUB_ITEMS
        assert sum(Decimal(line["full_marks"]) for line in each["lines"]) == FULL
        for line in each["lines"]:
            assert line["mark"]["reasons"] and line["basis"]["label"], line
            assert line["mark"]["value"] is None or isinstance(line["mark"]["value"], str)


def test_json_adds_up() -> None:
    for each in scored(asked(EXAMPLE)):
        marks = [line["mark"]["value"] for line in each["lines"]]
        if each["base"]["value"] is not None:
            assert Decimal(each["base"]["value"]) == sum(map(Decimal, marks))
        bonus = sum((Decimal(entry["points"]) for entry in each["bonus"]), Decimal(0))
        if each["bonus_total"]["value"] is not None:
            assert Decimal(each["bonus_total"]["value"]) == min(bonus, CAP)
        if each["total"]["value"] is not None:
            parts = [Decimal(each[part]["value"]) for part in ("base", "bonus_total", "deduction_total")]
            assert Decimal(each["total"]["value"]) == parts[0] + parts[1] - parts[2]


def test_json_says_what_is_not_determined_and_where_readings_lead_elsewhere() -> None:
    found = {w["id"]: w for w in asked(EXAMPLE)["windows"]}
    w06 = found["W06"]
    assert w06["total"]["value"] is None
    assert (w06["total"]["at_least"], w06["total"]["at_most"]) == ("68", "100")
    assert "on-site-completion" in w06["not_determined"]
    others = [(a["reading"], a["option"], a["value"]) for a in w06["total"]["alternatives"]]
    assert ("zero-denominator", "full", "100") in others


def test_an_overdue_parallel_online_case_is_shown_everywhere_it_costs() -> None:
    effects = " ".join(each["text"] for each in asked(EXAMPLE, "--window", "W02")["windows"][0]["effects"])
    for cost in ("−4.00", "−9.00", "−2.00"):
        assert cost in effects


@pytest.mark.parametrize("form", ["text", "json", "html", "xlsx"])
def test_the_same_input_gives_the_same_bytes(tmp_path: Path, form: str) -> None:
    places = [tmp_path / "one", tmp_path / "two"]
    for place in places:
        banshi("assess", EXAMPLE, "--format", form, "-o", place.as_posix())
    assert places[0].read_bytes() == places[1].read_bytes() != b""


def test_standard_input_is_read() -> None:
    done = banshi("assess", "-", "--format", "json", stdin=(ROOT / EXAMPLE).read_bytes())
    assert json.loads(done.stdout)["assessments"][0]["windows"][0]["id"] == "W01"


# What cannot be answered --------------------------------------------------------------------------------------------


def test_the_other_windows_are_scored_when_one_is_broken(tmp_path: Path) -> None:
    data = example()
    window(data, "W02")["marks"]["tidy-window"] = {"mark": "很好", "by": "督察科", "reason": "x"}
    done = banshi("assess", written(tmp_path, data), "--format", "json")
    assert done.returncode == 1
    assert "“得分”写的是 很好" in done.stderr
    assert "Traceback" not in done.stderr
    found = json.loads(done.stdout)["assessments"][0]["windows"]
    assert [w["id"] for w in found] == [w["id"] for w in data["windows"]]
    broken = found[1]
    lines = {line["sub_item"]: line["mark"] for line in broken["lines"]}
    assert (lines["tidy-window"]["value"], lines["tidy-window"]["at_least"], lines["tidy-window"]["at_most"]) == (
        None,
        "0",
        "2",
    )
    assert broken["total"]["value"] is None and all(m["value"] for k, m in lines.items() if k != "tidy-window")


@pytest.mark.parametrize(
    ("part", "written"),
    [
        ("facts", {"quarrels": 2}),  # a deduction, which counts only where deductions are listed
        ("facts", {"banners": 2}),
        ("facts", {"quarels": 2}),  # no fact
        ("facts", {"calls_over_limit_per_day": {"days": {"2012-03-10": 5}}}),  # a day of another quarter
        ("marks", {"tidiness": {"mark": 1, "by": "督察科", "reason": "巡查"}}),  # no sub-item
    ],
)
def test_what_is_written_and_does_not_count_is_not_passed_over(
    part: str, written: dict[str, Any], tmp_path: Path
) -> None:
    data = example()
    data["windows"][0][part] |= written
    path = tmp_path / "q.yaml"
    write_yaml(path, data)
    done = banshi("assess", str(path))
    assert done.returncode == 1
    assert f"{path} 有 1 处错误，下面照原样推算" in done.stderr
    assert done.stdout
    assert banshi("assess", str(path), "--lang", "en").stderr.count("has 1 error") == 1


def test_an_unknown_window_is_one_line() -> None:
    done = banshi("assess", EXAMPLE, "--window", "W7")
    assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (2, "", 1)
    assert "W07" in done.stderr


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_window_that_is_there_and_cannot_be_used_is_not_said_to_be_absent(tmp_path: Path, lang: str) -> None:
    data = example()
    window(data, "W02")["kind"] = ["部门窗口"]
    path = written(tmp_path, data)
    done = banshi("assess", path, "--window", "W02", "--lang", lang)
    *_, last = done.stderr.splitlines()
    assert (done.returncode, done.stdout) == (2, "")
    assert {"zh": "窗口 W02 写在文件里，但读不出", "en": "window W02 is there, but cannot be used"}[lang] in last
    assert banshi("assess", path, "--window", "W03").returncode == 1, "the others can be asked for"
    absent = banshi("assess", path, "--window", "W99").stderr.splitlines()[-1]
    assert "没有窗口 W99" in absent and "编号读不出" not in absent
    window(data, "W02")["id"] = ["W02"]
    *_, last = banshi("assess", written(tmp_path, data), "--window", "W02", "--lang", lang).stderr.splitlines()
    assert {"zh": "没有窗口 W02", "en": "there is no window W02"}[lang] in last
    assert {"zh": "有 1 个窗口的编号读不出", "en": "The ids of 1 windows cannot be read"}[lang] in last


@pytest.mark.parametrize("path", ["examples/change", "no/such/place"])
def test_no_assessment_is_said_so(path: str) -> None:
    done = banshi("assess", path)
    assert done.returncode == 2
    assert done.stdout == ""
    assert "Traceback" not in done.stderr


def test_a_quarter_before_the_measures_is_not_scored(tmp_path: Path) -> None:
    path = written(tmp_path, {**example(), "quarter": "2010-Q1"})
    for form in ("text", "json", "html"):
        done = banshi("assess", path, "--format", form)
        assert done.returncode == 1
        assert "没有施行中的部门窗口考核办法" in done.stdout
    workbook_of_nothing = tmp_path / "x.xlsx"
    assert banshi("assess", path, "--format", "xlsx", "-o", workbook_of_nothing.as_posix()).returncode == 1
    assert Workbook(workbook_of_nothing.read_bytes()).computed() == {}


def test_a_place_that_cannot_be_written_is_one_line(tmp_path: Path) -> None:
    done = banshi("assess", EXAMPLE, "-o", (tmp_path / "no/such.txt").as_posix())
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)


# The workbook -------------------------------------------------------------------------------------------------------


# The report ---------------------------------------------------------------------------------------------------------


class Page(HTMLParser):
    """Tags with their attributes, and the text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


def report(path: str, *words: str) -> str:
    done = banshi("assess", path, "--format", "html", *words)
    assert done.stderr == ""
    return done.stdout


def test_the_report_is_named_as_the_law_names_it_and_stands_alone() -> None:
    text = report(EXAMPLE)
    page = Page(text)
    assert "<h1>泸州市人民政府政务服务中心部门窗口行政效能考核报告</h1>" in text
    assert "样例（虚构）" in page.text
    assert not {tag for tag, _ in page.tags} & {"script", "img", "link", "iframe"}
    assert not [a for _, a in page.tags if (a.get("src") or a.get("href") or "").startswith(("http", "//"))]
    assert sum(tag == "svg" for tag, _ in page.tags) == 2
    assert re.search(r"@page\s*{\s*size: A4", text)


def test_the_report_has_summary_grounds_doubts_and_readings() -> None:
    page = Page(report(EXAMPLE))
    for said in ("第1名", "W07 税务窗口", "11.85", "没有得满分的小项", "办件-0012", "审批系统超期清单第1号"):
        assert said in page.text, said
    doubts = page.text.split("不能判定的", 2)[-1]
    assert "现场办结率（第十五条（一））" in doubts and "0 至 12 分" in doubts
    assert "换一种理解，总分会变的" in page.text and "口径问题：" in page.text


def test_the_report_escapes_what_a_file_says(tmp_path: Path) -> None:
    data = example()
    data["windows"][0]["name"] = "<script>alert(1)</script>"
    text = report(written(tmp_path, data))
    assert "<script" not in text and "&lt;script&gt;" in text


def test_a_centre_may_have_its_own_template_and_a_broken_one_is_one_line(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "policies/luzhou", tmp_path / "policies/luzhou")
    shutil.copy(ROOT / EXAMPLE, tmp_path / "a.yaml")
    own = tmp_path / "site_templates/reports/assessment.html.j2"
    own.parent.mkdir(parents=True)
    own.write_text("<p>{{ title }}（本中心）</p>", encoding="utf-8")
    done = banshi("assess", "a.yaml", "--format", "html", "--trust-project", cwd=tmp_path)
    assert done.stdout == "<p>泸州市人民政府政务服务中心部门窗口行政效能考核报告（本中心）</p>\n"
    own.write_text("{% if %}", encoding="utf-8")
    done = banshi("assess", "a.yaml", "--format", "html", "--trust-project", cwd=tmp_path)
    assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (2, "", 1)


# The year, and another law ------------------------------------------------------------------------------------------


def year_of(folder: Path, quarters: int) -> str:
    """One window with the same facts in each quarter, but for 0, 1, 2, … complaints."""
    for n in range(quarters):
        own = next(w for w in example()["windows"] if w["id"] == "W01")
        own["facts"]["upheld_complaints"] = n
        written(folder, {**example(), "quarter": f"2012-Q{n + 1}", "windows": [own]}, f"{n}.yaml")
    return folder.as_posix()


def test_the_mean_of_a_year_is_computed_only_on_request(tmp_path: Path) -> None:
    folder = Path(year_of(tmp_path, 4))
    done = banshi("assess", folder.as_posix(), "--format", "json")
    assert "annual" not in json.loads(done.stdout)
    asked_for = banshi("assess", folder.as_posix(), "--format", "json", "--annual")
    (year,) = json.loads(asked_for.stdout)["annual"]
    # 100, 99, 98 and 96 (the third complaint costs two marks).
    assert [(w["id"], w["mean"]["value"]) for w in year["windows"]] == [("W01", "98.25")]
    assert "98.25" in banshi("assess", folder.as_posix(), "--annual").stdout
    assert "98.25" in report(folder.as_posix(), "--annual")
    (row,) = (
        workbook(folder, folder.as_posix(), "--annual").stored["2012年度平均"].iter_rows(min_row=3, values_only=True)
    )
    assert (row[0], row[1]) == ("W01 发展改革窗口", 98.25)


def test_a_year_with_a_quarter_missing_has_no_mean(tmp_path: Path) -> None:
    done = banshi("assess", year_of(tmp_path, 3), "--annual", "--format", "json")
    (year,) = json.loads(done.stdout)["annual"]
    assert year["windows"][0]["mean"]["value"] is None
    assert year["windows"][0]["mean"]["reasons"]


@pytest.fixture
def edited(tmp_path: Path) -> Callable[[Callable[[dict[str, Any]], None]], Path]:
    """A centre's own folder with a copy of the policies, edited by norm id."""

    def edit(change: Callable[[dict[str, Any]], None]) -> Path:
        shutil.copytree(ROOT / "policies/luzhou", tmp_path / "policies/luzhou")
        yaml, path = YAML(), tmp_path / POLICY
        yaml.preserve_quotes = True
        data = yaml.load(path.read_text(encoding="utf-8"))
        change({norm["id"]: norm for provision in data["provisions"] for norm in provision["norms"]})
        with open(path, "w", encoding="utf-8") as stream:
            yaml.dump(data, stream)
        shutil.copy(ROOT / EXAMPLE, tmp_path / "a.yaml")
        return tmp_path

    return edit


def test_a_changed_mark_changes_score_sheet_workbook_and_guide(edited: Any) -> None:
    def change(norms: dict[str, Any]) -> None:
        norms["complaints"]["marks"] = 7
        norms["first-complaints"]["points"] = 1.5
        norms["bonus-cap"]["at_most"] = 21

    folder = edited(change)
    done = banshi("assess", "a.yaml", "--format", "json", cwd=folder)
    assert "policy/marks-add-up" in done.stderr  # and the answer is by what is written all the same
    found = {w["id"]: w for w in json.loads(done.stdout)["assessments"][0]["windows"]}
    assert found["W01"]["total"]["value"] == "101"
    assert found["W07"]["bonus_total"]["value"] == "21"
    # One complaint: 7 − 1.5 of a base of 101.
    assert found["W04"]["total"]["value"] == "99.5"
    assert "5.50 / 7" in banshi("assess", "a.yaml", "--window", "W04", cwd=folder).stdout
    place = folder / "out.xlsx"
    banshi("assess", "a.yaml", "--format", "xlsx", "-o", place.as_posix(), cwd=folder)
    book = Workbook(place.read_bytes())
    sheet = book.formulas["W04 公安窗口"]
    mark = next(row[4] for row in sheet.iter_rows() if row[2].value == "有效投诉")
    assert book.value(sheet.title, mark.coordinate) == 5.5
    guide = Pages(folder)("guides/window-assessment.md")
    assert "每件减1.5分" in guide and "加分合计最高21分" in guide


# What if ------------------------------------------------------------------------------------------------------------


def test_what_if_is_said_only_when_asked_for() -> None:
    plain = banshi("assess", EXAMPLE, "--window", "W04")
    asked_for = banshi("assess", EXAMPLE, "--window", "W04", "--what-if")
    assert "如果不失分" not in plain.stdout
    assert "若没有“有效投诉件数”这一处失分，多得 1.00 分，总分为 100.00" in asked_for.stdout
    assert "与第3–4名（W01 发展改革窗口）差 1.00 分" in asked_for.stdout
    assert "如果不失分" in report(EXAMPLE, "--what-if")
    found = asked(EXAMPLE, "--window", "W04", "--what-if")["windows"][0]["what_if"]
    (cost,) = found["costs"]
    assert (cost["subject"], cost["points"], cost["total"]) == ("upheld_complaints", "1", "100")
    assert found["next_place"]["window"] == "W01"
    assert found["next_place"]["alone"] == ["upheld_complaints"]


# Whatever the facts -------------------------------------------------------------------------------------------------
