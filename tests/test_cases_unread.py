"""No verdict on a part: while rows of a log are unread, its figures are ranges that hold the truth, its verdicts true."""

import csv
import datetime
import json
import re
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, banshi, write_yaml
from hypothesis import given
from hypothesis import strategies as st

from banshi.checking.loaded import LoadedFile
from banshi.files.discovery import discover
from banshi.files.reading import read
from banshi.files.report import Report
from banshi.subjects.cases.case_log import CaseLog
from banshi.subjects.cases.forms import Log
from banshi.subjects.cases.loading import LogLoader
from banshi.subjects.cases.measures import MEASURES, CaseShare, Left, share
from banshi.subjects.cases.summary import tables, total

HEADINGS = "办件编号,类别,事项,部门,窗口,是否并联,受理日期,承诺办结日,办结日期,所用系统,群众评议"
SYSTEM = "投资建设项目并联审批及电子监察系统"
GOOD = f"1,投资建设项目,甲,发展改革,W01,是,2011-12-05,2011-12-12,2011-12-09,{SYSTEM},满意"
LATE = f"3,投资建设项目,甲,发展改革,W01,是,2011-12-05,2011-12-12,2011-12-29,{SYSTEM},满意"
UNREAD = f"2,投资建设项目,甲,发展改革,W01,是,去年12月,2011-12-12,2011-12-30,{SYSTEM},不满意"
CITY = ("--jurisdiction", "luzhou", "--level", "city", "--as-of", "2012-02-29")
COUNTY = ("--jurisdiction", "luzhou", "--level", "county", "--as-of", "2012-02-29")
AS_OF = datetime.date(2012, 2, 29)


def log_of(folder: Path, *rows: str) -> Path:
    """A log as CSV."""
    path = folder / "办件.csv"
    path.write_text("\n".join([HEADINGS, *rows]) + "\n", encoding="utf-8")
    return path


def answer(path: Path) -> tuple[int, dict[str, Any]]:
    """The exit status, and the answer as JSON."""
    done = banshi("cases", str(path), *COUNTY, "--format", "json")
    return done.returncode, json.loads(done.stdout)


def verdicts(found: dict[str, Any]) -> dict[str, str]:
    return {one["norm"]: one["verdict"] for one in found["targets"]}


def test_no_target_is_met_while_a_row_is_unread(tmp_path: Path) -> None:
    status, found = answer(log_of(tmp_path, GOOD, UNREAD))
    assert status == 1
    assert set(verdicts(found).values()) == {"undetermined"}
    assert found["total"]["on_time_rate"]["range"] == "50%–100%"
    assert found["total"]["overdue_cases"] == {"count": 0, "not_stated": 0, "range": "0–1"}
    whole = answer(log_of(tmp_path, GOOD))
    assert (whole[0], verdicts(whole[1])["investment-overdue"]) == (0, "met")


def test_what_has_failed_already_has_failed(tmp_path: Path) -> None:
    _, found = answer(log_of(tmp_path, GOOD, LATE, UNREAD))
    known = verdicts(found)
    assert known["investment-overdue"] == "missed"
    assert set(known.values()) == {"missed", "undetermined"}
    assert "全部算上是 1–2" in banshi("cases", str(tmp_path / "办件.csv"), *COUNTY).stdout


def test_one_row_among_thousands_decides_nothing_that_it_cannot_change(tmp_path: Path) -> None:
    rows = [re.sub("^1,", f"{n},", GOOD) for n in range(10, 210)]
    known = verdicts(answer(log_of(tmp_path, *rows, UNREAD))[1])
    assert (known["investment-evaluation-rate"], known["investment-satisfaction-rate"]) == ("met", "met")
    assert (known["investment-overdue"], known["investment-system"]) == ("undetermined", "undetermined")


def test_without_a_readable_row_nothing_is_met(tmp_path: Path) -> None:
    status, found = answer(log_of(tmp_path, UNREAD))
    assert status == 1
    assert set(verdicts(found).values()) == {"undetermined"}


@pytest.mark.parametrize("row", [GOOD, LATE])
def test_a_case_given_twice_may_be_either(row: str, tmp_path: Path) -> None:
    _, found = answer(log_of(tmp_path, row, re.sub("^3,", "1,", LATE) if row is GOOD else re.sub("^1,", "3,", GOOD)))
    assert verdicts(found)["investment-overdue"] == "undetermined"
    assert found["total"]["on_time_rate"]["range"] == "0%–100%"


def test_a_quarter_has_no_facts_while_rows_are_unread(tmp_path: Path) -> None:
    out = tmp_path / "facts.yaml"
    late = LATE.replace("2011-12-29", "2011-12-13")
    done = banshi(
        "cases", str(log_of(tmp_path, GOOD, late, UNREAD)), *CITY, "--assessment", str(out), "--quarter", "2012-Q1"
    )
    assert done.returncode == 1
    assert "没有写任何事实" in done.stderr
    document = read(out).document
    assert document is not None
    assert document.data["windows"] == [{"id": "W01", "name": "W01", "facts": {}}]
    said = out.read_text(encoding="utf-8")
    assert "1 件没有读出" in said
    assert "# overdue_cases：1–2，没有确定" in said
    assert "已知的超期件" in said


def test_a_folder_with_another_file_that_cannot_be_read(tmp_path: Path) -> None:
    head = {
        "kind": "cases",
        "jurisdiction": "luzhou",
        "centre": "样例",
        "level": "county",
        "log": log_of(tmp_path, GOOD).name,
    }
    write_yaml(tmp_path / "登记.yaml", head)
    status, found = answer(tmp_path)
    assert (status, verdicts(found)["investment-overdue"]) == (0, "met")
    (tmp_path / "续.yaml").write_text("kind: cases\ncases: [", encoding="utf-8")
    status, found = answer(tmp_path)
    assert (status, found["not_counted"]["unknown_number"]) == (1, True)
    assert set(verdicts(found).values()) == {"undetermined"}


@pytest.mark.parametrize("written", ["yaml", "jsonl"])
def test_logs_in_yaml_and_on_lines_are_no_better(written: str, tmp_path: Path) -> None:
    head = {"kind": "cases", "jurisdiction": "luzhou", "centre": "样例", "level": "county", "as_of": "2012-02-29"}
    case = {"kind": "investment_project", "department": "甲", "window": "W01", "accepted_on": "2011-12-05"}
    case |= {"due_on": "2011-12-12", "finished_on": "2011-12-09", "system": "investment_system", "parallel": True}
    cases = [{**case, "id": "1"}, {**case, "id": "2", "accepted_on": "2011-12"}]
    path = tmp_path / f"log.{written}"
    if written == "yaml":
        write_yaml(path, {**head, "cases": cases})
    else:
        path.write_text("\n".join(json.dumps(each) for each in (head, *cases)), encoding="utf-8")
    status, found = answer(path)
    assert (status, found["not_counted"]["unreadable"]) == (1, 1)
    assert "met" not in verdicts(found).values()


ODD = [
    '"id": "2", "id": "3"',
    '"id": "2", "parallel": "1"',
    '"id": "2", "parallel": 1',
    '"id": "2", "signed_project": ""',
    '"id": "2", "item": " "',
    '"id": "2", "with": [""]',
    '"id": "2", "finished_on": "2011-12-06T09:00:00"',
    '"id": 2.5',
    '"id": 2, "item": 17, "finished_on": null',
    '"id": "2", "item": "a: \\"b\\": null"',
]


@pytest.mark.parametrize("inner", ODD)
def test_lines_and_yaml_read_a_value_alike(inner: str, tmp_path: Path) -> None:
    case = f'{{"kind": "other", "department": "甲", "window": "W01", "accepted_on": "2011-12-05", {inner}}}'
    head = '"kind": "cases", "jurisdiction": "luzhou", "centre": "样例", "level": "county"'
    lines, block = tmp_path / "log.jsonl", tmp_path / "log.yaml"
    lines.write_text(f"{{{head}}}\n{case}\n", encoding="utf-8")
    block.write_text(f'{{{head}, "cases": [{case}]}}\n', encoding="utf-8")
    one, other = (loaded(path)[0] for path in (lines, block))
    assert bool(one.left) == bool(other.left)
    assert one.left or one.figures == other.figures
    rules = [{f.rule for f in loaded(path)[1].findings} for path in (lines, block)]
    assert rules[0] == rules[1]


def loaded(path: Path) -> tuple[CaseLog, Report]:
    loader, report = LogLoader(ROOT, as_of=AS_OF), Report()
    loader.given = Log(jurisdiction="luzhou", level="county")
    (found,) = [
        one.value for unit in discover([path]) for one in loader.load(unit, report) if isinstance(one, LoadedFile)
    ]
    assert isinstance(found, CaseLog)
    return found, report


# whatever the unread rows hold

DAYS = st.dates(datetime.date(2011, 11, 1), datetime.date(2012, 3, 10)).map(str)
ROWS = st.fixed_dictionaries(
    {
        "类别": st.sampled_from(["投资建设项目", "企业设立登记", "其他"]),
        "部门": st.sampled_from("甲乙"),
        "窗口": st.sampled_from("AB"),
        "受理日期": DAYS,
        "承诺办结日": DAYS | st.just(""),
        "法定办结日": DAYS | st.just(""),
        "办结日期": DAYS | st.just(""),
        "是否并联": st.sampled_from(["是", "否", ""]),
        "是否现场办结": st.sampled_from(["是", "否", ""]),
        "所用系统": st.sampled_from(["", "无", SYSTEM]),
        "群众评议": st.sampled_from(["", "未评议", "满意", "不满意"]),
        "是否新设立内资企业": st.sampled_from(["是", "否", ""]),
    }
)
DAMAGES: list[Callable[[dict[str, str]], dict[str, str]]] = [
    lambda row: {**row, "受理日期": "去年"},
    lambda row: {**row, "部门": ""},
    lambda row: {**row, "类别": "不知道"},
    lambda row: {**row, "办结日期": "##########"},
]


def written(folder: Path, name: str, rows: list[dict[str, str]]) -> CaseLog:
    path = folder / f"{name}.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return loaded(path)[0]


@given(st.lists(ROWS, min_size=1, max_size=12), st.data())
def test_what_is_said_of_a_part_is_true_of_the_whole(rows: list[dict[str, str]], data: st.DataObject) -> None:
    rows = [{"编号": str(n), **row} for n, row in enumerate(rows)]
    bad = data.draw(st.sets(st.integers(0, len(rows) - 1), min_size=1))
    damage = data.draw(st.sampled_from(DAMAGES))
    with tempfile.TemporaryDirectory() as folder:
        whole = written(Path(folder), "whole", rows)
        part = written(Path(folder), "part", [damage(row) if n in bad else row for n, row in enumerate(rows)])
    assert part.left.unread == len(bad)
    for one, other in zip(part.judged, whole.judged, strict=True):
        assert one.met.value is None or one.met.value == other.met.value, one.placed.norm.id
        inside(one.share, other.share)
    known = dict(tables(whole))
    for dimension, found in tables(part):
        theirs = {row.key: row for row in known[dimension]}
        for row in found:
            for name in row.shares:
                inside(row.shares[name], theirs[row.key].shares[name])
            inside(row.many, theirs[row.key].many)
            inside(row.done, theirs[row.key].done)
    inside(total(part).many, total(whole).many)


def inside(part: CaseShare, whole: CaseShare) -> None:
    """Whatever the whole may come to, the part's range holds it."""
    least, most = part.ends
    assert most is not None
    assert least <= whole.ends[0] <= (whole.ends[1] or 0) <= most
    if part.bounds and whole.bounds:
        assert part.bounds[0] <= whole.bounds[0] <= whole.bounds[1] <= part.bounds[1]
    assert part.bounds or not whole.bounds


@given(st.lists(st.booleans(), max_size=6), st.lists(st.booleans(), max_size=3), st.data())
def test_ranges_hold_every_completion(read_hits: list[bool], unread: list[bool], data: st.DataObject) -> None:
    replaced = data.draw(st.sets(st.integers(0, max(0, len(read_hits) - 1)), max_size=min(2, len(read_hits))))
    others = {n: data.draw(st.booleans()) for n in replaced}
    found = CaseShare(sum(read_hits), len(read_hits), left=Left(len(unread), len(replaced)))
    true = [others.get(n, hit) for n, hit in enumerate(read_hits)] + unread
    inside(found, CaseShare(sum(true), len(true)))
    least, most = CaseShare(found.hits, found.of, left=Left(1, 0, open=True)).ends
    assert (least, most) == (found.hits, None)


def test_measures_have_names_of_their_own() -> None:
    assert share({}, MEASURES["on_time_rate"]).bounds is None
    assert share({}, MEASURES["on_time_rate"], left=Left(1)).bounds == (0, 1)
