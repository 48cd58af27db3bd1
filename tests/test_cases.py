"""Case logs: figures worked out by hand, targets at their bounds, streams, quarters."""

import csv
import datetime
import importlib.util
import io
import json
import re
import shutil
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from conftest import ROOT, banshi, write_yaml

from banshi.checking.checker import Checker
from banshi.checking.loaded import LoadedFile
from banshi.files.discovery import discover
from banshi.files.findings import Findings
from banshi.files.reading import read
from banshi.files.report import Report
from banshi.subjects.cases.case_log import CaseLog
from banshi.subjects.cases.faults import MOST
from banshi.subjects.cases.forms import Log
from banshi.subjects.cases.loading import LogLoader
from banshi.subjects.cases.log_json import log_json
from banshi.subjects.cases.log_said import percent
from banshi.subjects.cases.measures import MEASURES, CaseShare, share
from banshi.subjects.cases.ranges import percentage

SMALL = ROOT / "examples/cases/xiaoliqu/办件登记.yaml"
LARGE = ROOT / "examples/cases/yangliqu"
CITY = ROOT / "examples/cases/city/办件登记.yaml"
COUNTY = {"kind": "cases", "jurisdiction": "luzhou/yangliqu", "centre": "样例（虚构）", "level": "county"}
OTHER = {"kind": "other", "department": "公安", "window": "W01", "accepted_on": "2012-01-04"}


def loaded(path: Path, project: Path = ROOT, **given: Any) -> tuple[CaseLog, Report]:
    """The only log under a path, and all that was found on the way."""
    loader, report = LogLoader(project, as_of=given.pop("as_of", None), most=None), Report(Findings(most=None))
    loader.given = Log(**given)
    units = [one for unit in discover([path]) for one in loader.load(unit, report)]
    (found,) = [one.value for one in units if isinstance(one, LoadedFile)]
    assert isinstance(found, CaseLog)
    return found, report


def made(folder: Path, cases: list[dict[str, Any]], **head: Any) -> Path:
    """A log of these cases as a file."""
    write_yaml(folder / "log.yaml", {**COUNTY, **head, "cases": cases})
    return folder / "log.yaml"


def verdicts(log: CaseLog) -> dict[str, str]:
    return {judged.placed.norm.id: judged.verdict for judged in log.judged}


def figure(log: CaseLog, measure: str, dimension: str = "", key: str = "") -> CaseShare:
    return share(log.figures[dimension][key], MEASURES[measure])


# figures worked out by hand


def test_the_small_log_is_as_counted_by_hand() -> None:
    log, report = loaded(SMALL)
    assert report.findings == []
    assert sum(log.whole.values()) == 20
    # I-10 is open; O-02 states no limit, so it is neither in time nor late.
    assert figure(log, "on_time_rate") == CaseShare(17, 19, unsure=1)
    assert figure(log, "overdue_cases") == CaseShare(2, 20, unsure=1)
    assert figure(log, "evaluation_rate").value == Fraction(12, 19)
    assert figure(log, "satisfaction_rate").value == Fraction(11, 12)
    assert figure(log, "on_site_rate").value == Fraction(18, 19)  # all but I-05
    assert figure(log, "recorded_rate").value == Fraction(19, 20)  # all but O-02
    assert figure(log, "parallel_share").value == Fraction(14, 20)


@pytest.mark.parametrize(
    ("dimension", "key", "measure", "expected"),
    [
        ("kind", "investment_project", "on_time_rate", Fraction(10, 11)),
        ("kind", "enterprise_registration", "evaluation_rate", Fraction(1, 4)),
        ("department", "环境保护", "on_time_rate", Fraction(2, 3)),
        ("department", "工商", "parallel_share", Fraction(2, 4)),
        ("window", "W02", "on_site_rate", Fraction(4, 5)),
        ("month", "2012-01", "on_time_rate", Fraction(6, 7)),
        ("month", "2011-12", "satisfaction_rate", Fraction(1)),
        ("month", "", "recorded_rate", Fraction(1)),
    ],
)
def test_groups_are_as_counted_by_hand(dimension: str, key: str, measure: str, expected: Fraction) -> None:
    log, _ = loaded(SMALL)
    assert figure(log, measure, dimension, key).value == expected


def test_the_targets_of_the_small_log() -> None:
    log, _ = loaded(SMALL)
    assert verdicts(log) == {
        "investment-system": "missed",  # 9/10: I-08
        "investment-overdue": "missed",  # I-09, I-10
        "investment-evaluation-rate": "met",  # 9/9
        "investment-satisfaction-rate": "missed",  # 8/9
        "investment-speed": "undetermined",  # the text gives no figure
        "domestic-enterprises": "soft_missed",  # 2/3: R-03; R-04 came before
        "registration-overdue": "met",
        "registration-evaluation-rate": "missed",  # 1/2
        "registration-satisfaction-rate": "met",  # 1/1
        "expo-projects": "missed",  # XBH-12
    }


def test_every_target_cites_its_provision() -> None:
    log, _ = loaded(SMALL)
    for judged in log.judged:
        assert judged.placed.cite in judged.met.basis
        assert all(reason.text.zh and reason.text.en for reason in judged.met.reasons)


def test_overdue_by_the_statutory_limit_is_another_reading() -> None:
    log, _ = loaded(SMALL)
    overdue = next(judged for judged in log.judged if judged.placed.norm.id == "investment-overdue")
    assert overdue.met.value is False
    assert [(a.reading, a.option, a.value) for a in overdue.met.alternatives] == [("which-limit", "statutory", True)]


def test_time_saved_is_reported_and_not_judged() -> None:
    log, _ = loaded(SMALL)
    speed = next(judged for judged in log.judged if judged.placed.norm.id == "investment-speed")
    # Parallel: 2+3+8+4+4+2+6+7+9 = 45 days of 9 cases; others: 12+14 = 26 days of 2.
    assert "并联 5.0，一般 13.0；快出 61.53%" in speed.met.reasons[0].text.zh


def test_the_large_log_is_as_constructed() -> None:
    log, report = loaded(LARGE)
    assert report.findings == []
    assert sum(log.whole.values()) == 5000
    assert figure(log, "on_time_rate") == CaseShare(4946, 4951)
    assert figure(log, "overdue_cases").hits == 6
    assert log.overdue_count == len(list(log.overdue)) == 6
    assert figure(log, "evaluation_rate") == CaseShare(912 + 150 + 200 + 1750 + 1 + 290 + 1200, 4951)
    assert figure(log, "satisfaction_rate").hits == 894 + 150 + 200 + 1731 + 1 + 289 + 1190
    shares = {judged.placed.norm.id: (judged.share.hits, judged.share.of) for judged in log.judged}
    assert shares["investment-system"] == (1000, 1000)
    assert shares["investment-overdue"] == (3, 1000)
    assert shares["investment-evaluation-rate"] == (912, 960)
    assert shares["investment-satisfaction-rate"] == (894, 912)
    assert shares["registration-evaluation-rate"] == (1950, 1990)
    assert shares["registration-satisfaction-rate"] == (1931, 1950)
    assert shares["domestic-enterprises"] == (1799, 1800)
    assert shares["expo-projects"] == (3, 3)
    assert verdicts(log)["investment-evaluation-rate"] == "met"  # 95% exactly
    assert verdicts(log)["registration-evaluation-rate"] == "missed"  # 97.98%


def test_the_large_log_is_what_its_generator_writes() -> None:
    found = importlib.util.spec_from_file_location("case_log", ROOT / "tools/case_log.py")
    assert found is not None
    assert found.loader is not None
    tool = importlib.util.module_from_spec(found)
    import sys

    sys.modules["case_log"] = tool
    found.loader.exec_module(tool)
    days = tool.WorkingDays([ROOT / "policies"])
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(
        [tool.HEADINGS, *(row for block in tool.BLOCKS for row in tool.rows(block, days))]
    )
    assert text.getvalue() == (LARGE / "办件.csv").read_text(encoding="utf-8")


# targets at their bounds


def evaluated(
    evaluations: int, satisfied: int, finished: int, kind: str = "investment_project"
) -> list[dict[str, Any]]:
    """Finished parallel cases with so many evaluations."""
    system = "investment_system" if kind == "investment_project" else "registration_system"
    case = {
        **OTHER,
        "kind": kind,
        "parallel": True,
        "due_on": "2012-01-20",
        "finished_on": "2012-01-10",
        "system": system,
    }
    marks = (
        ["satisfied"] * satisfied + ["not_satisfied"] * (evaluations - satisfied) + ["none"] * (finished - evaluations)
    )
    return [{**case, "id": f"B-{n}", "evaluation": mark} for n, mark in enumerate(marks)]


@pytest.mark.parametrize(
    ("kind", "norm", "evaluations", "satisfied", "finished", "expected"),
    [
        ("investment_project", "investment-evaluation-rate", 95, 95, 100, "met"),
        ("investment_project", "investment-evaluation-rate", 94, 94, 100, "missed"),
        ("investment_project", "investment-evaluation-rate", 949, 949, 1000, "missed"),
        ("investment_project", "investment-satisfaction-rate", 50, 49, 50, "met"),
        ("investment_project", "investment-satisfaction-rate", 49, 48, 50, "missed"),
        ("enterprise_registration", "registration-evaluation-rate", 98, 98, 100, "met"),
        ("enterprise_registration", "registration-evaluation-rate", 97, 97, 100, "missed"),
        ("enterprise_registration", "registration-satisfaction-rate", 100, 99, 100, "met"),
        ("enterprise_registration", "registration-satisfaction-rate", 100, 98, 100, "missed"),
    ],
)
def test_rates_at_the_bound(
    kind: str, norm: str, evaluations: int, satisfied: int, finished: int, expected: str, tmp_path: Path
) -> None:
    log, _ = loaded(made(tmp_path, evaluated(evaluations, satisfied, finished, kind)))
    assert verdicts(log)[norm] == expected


def test_zero_denominators_are_not_determined_and_counts_are(tmp_path: Path) -> None:
    log, _ = loaded(made(tmp_path, [{**OTHER, "id": "B-1"}]))
    assert verdicts(log)["investment-evaluation-rate"] == "undetermined"
    assert verdicts(log)["registration-satisfaction-rate"] == "undetermined"
    assert verdicts(log)["investment-overdue"] == "met"
    assert figure(log, "on_site_rate").value is None


def test_no_evaluation_leaves_satisfaction_undetermined(tmp_path: Path) -> None:
    log, _ = loaded(made(tmp_path, evaluated(0, 0, 10)))
    assert verdicts(log)["investment-evaluation-rate"] == "missed"
    assert verdicts(log)["investment-satisfaction-rate"] == "undetermined"


def test_what_is_not_stated_is_no_default(tmp_path: Path) -> None:
    cases = evaluated(95, 95, 100)
    unstated = [{key: v for key, v in case.items() if key != "evaluation"} for case in cases[95:96]]
    log, _ = loaded(made(tmp_path, [*cases[:95], *unstated, *cases[96:]]))
    assert verdicts(log)["investment-evaluation-rate"] == "met"  # 95 or 96 of 100: met either way
    log, _ = loaded(made(tmp_path, [*cases[:94], *unstated, *cases[95:96], *cases[96:]]))
    assert verdicts(log)["investment-evaluation-rate"] == "undetermined"


def test_a_due_day_is_in_time_and_the_day_after_is_overdue(tmp_path: Path) -> None:
    days = ("2012-01-12", "2012-01-13")
    cases = [{**OTHER, "id": day, "due_on": "2012-01-12", "finished_on": day} for day in days]
    log, _ = loaded(made(tmp_path, cases))
    assert [noted.case.id for noted in log.overdue] == ["2012-01-13"]


@pytest.mark.parametrize(("as_of", "overdue"), [("2012-01-12", 0), ("2012-01-13", 1)])
def test_an_open_case_is_overdue_from_the_day_after(as_of: str, overdue: int, tmp_path: Path) -> None:
    path = made(tmp_path, [{**OTHER, "id": "B-1", "due_on": "2012-01-12"}])
    log, _ = loaded(path, as_of=datetime.date.fromisoformat(as_of))
    assert log.overdue_count == overdue


def test_as_of_sees_the_log_as_it_was(tmp_path: Path) -> None:
    cases = [
        {**OTHER, "id": "B-1", "due_on": "2012-01-12", "finished_on": "2012-01-20"},
        {**OTHER, "id": "B-2", "accepted_on": "2012-02-01"},
    ]
    path = made(tmp_path, cases)
    log, _ = loaded(path)
    assert log.as_of == datetime.date(2012, 2, 1)
    assert "最后" in log.as_of_said.zh
    early, _ = loaded(path, as_of=datetime.date(2012, 1, 10))
    assert (sum(early.whole.values()), early.overdue_count, early.tally.faults["after-as-of"].count) == (1, 0, 2)
    late, _ = loaded(path, as_of=datetime.date(2012, 1, 15))
    assert late.overdue_count == 1
    assert late.days_late(next(iter(late.overdue))) == 3


# which targets hold


def test_targets_of_counties_do_not_judge_a_city() -> None:
    log, _ = loaded(CITY)
    assert log.applies.value is False
    assert log.judged == ()


def test_nothing_is_judged_before_the_notice(tmp_path: Path) -> None:
    case = {**OTHER, "id": "B-1", "accepted_on": "2010-12-01"}
    log, _ = loaded(made(tmp_path, [case]))
    assert (log.law, log.applies.value) == (None, None)


def test_cases_finished_before_the_notice_do_not_count_for_its_targets(tmp_path: Path) -> None:
    before = {"accepted_on": "2010-12-01", "due_on": "2010-12-10", "finished_on": "2010-12-20"}
    late = {**evaluated(1, 1, 1)[0], "id": "B-old", **before}
    log, _ = loaded(made(tmp_path, [late, *evaluated(1, 1, 1)]))
    assert (log.overdue_count, verdicts(log)["investment-overdue"]) == (1, "met")


def test_domestic_enterprises_count_from_the_day_after_year_end(tmp_path: Path) -> None:
    own = {**OTHER, "kind": "enterprise_registration", "domestic_new": True, "parallel": False}
    path = made(tmp_path, [{**own, "id": "B-1", "accepted_on": "2011-12-31"}])
    assert verdicts(loaded(path)[0])["domestic-enterprises"] == "undetermined"
    path = made(tmp_path, [{**own, "id": "B-1", "accepted_on": "2012-01-01"}])
    assert verdicts(loaded(path)[0])["domestic-enterprises"] == "soft_missed"


def test_no_list_of_signed_projects_is_not_determined_and_an_empty_one_neither(tmp_path: Path) -> None:
    assert verdicts(loaded(made(tmp_path, [{**OTHER, "id": "B-1"}]))[0])["expo-projects"] == "undetermined"
    log, _ = loaded(made(tmp_path, [{**OTHER, "id": "B-1"}], signed_projects=[]))
    assert verdicts(log)["expo-projects"] == "undetermined"


@pytest.fixture
def centre(tmp_path: Path) -> Callable[[str, str], Path]:
    """A project whose notice differs in one place."""

    def change(pattern: str, by: str) -> Path:
        shutil.copytree(ROOT / "policies", tmp_path / "policies")
        path = tmp_path / "policies/luzhou/parallel-approval/2011.yaml"
        text, times = re.subn(pattern, by, path.read_text(encoding="utf-8"), count=1)
        assert times == 1
        path.write_text(text, encoding="utf-8")
        return tmp_path

    return change


def test_another_figure_in_the_notice_is_another_verdict(centre: Callable[[str, str], Path], tmp_path: Path) -> None:
    project = centre(r"value: 0\.95", "value: 0.96")
    log, _ = loaded(made(tmp_path, evaluated(95, 95, 100)), project)
    assert verdicts(log)["investment-evaluation-rate"] == "missed"


def test_another_reading_of_zero_denominators(centre: Callable[[str, str], Path], tmp_path: Path) -> None:
    project = centre(r"default: not_applicable", "default: full")
    log, _ = loaded(made(tmp_path, [{**OTHER, "id": "B-1"}]), project)
    assert verdicts(log)["investment-evaluation-rate"] == "met"


# the same log in every form


def as_lines(path: Path, folder: Path) -> Path:
    document = read(path).document
    assert document is not None
    data = dict(document.data)
    cases = data.pop("cases")
    lines = [json.dumps(each, ensure_ascii=False) for each in (data, *cases)]
    (folder / "log.jsonl").write_text("\n\n".join(lines) + "\n", encoding="utf-8")
    return folder / "log.jsonl"


def as_rows(path: Path) -> list[list[Any]]:
    document = read(path).document
    assert document is not None
    keys = list(dict.fromkeys(key for case in document.data["cases"] for key in case))
    shown = {True: "是", False: "否"}
    rows = [
        [shown.get(v, v) if isinstance(v := case.get(k, ""), bool) else v for k in keys]
        for case in document.data["cases"]
    ]
    return [keys, *([("、".join(cell) if isinstance(cell, list) else cell) for cell in row] for row in rows)]


def head(path: Path) -> dict[str, Any]:
    document = read(path).document
    assert document is not None
    return {key: value for key, value in document.data.items() if key != "cases"}


def test_yaml_lines_csv_and_workbook_give_the_same_figures(tmp_path: Path) -> None:
    expected = log_json(loaded(SMALL)[0], "zh")
    assert log_json(loaded(as_lines(SMALL, tmp_path))[0], "zh") == expected
    for suffix in ("csv", "xlsx"):
        folder = tmp_path / suffix
        folder.mkdir()
        rows = as_rows(SMALL)
        if suffix == "csv":
            with (folder / "办件.csv").open("w", encoding="utf-8", newline="") as stream:
                csv.writer(stream).writerows(rows)
        else:
            book = openpyxl.Workbook()
            for row in rows:
                book.active.append(row)
            book.save(folder / "办件.xlsx")
        write_yaml(folder / "log.yaml", {**head(SMALL), "log": f"办件.{suffix}"})
        assert log_json(loaded(folder)[0], "zh") == expected


def clerks_rows() -> list[list[Any]]:
    """The small log as a clerk types it: by department, 是 and 否, blanks; and a day that does not exist."""
    keys, *rows = as_rows(SMALL)
    at = keys.index("department")
    rows.sort(key=lambda row: str(row[at]))
    bad = [{"id": "X-1", "accepted_on": "2012-02-30"}.get(key, rows[-1][n]) for n, key in enumerate(keys)]
    return [keys, *rows, bad]


def as_a_date(cell: Any) -> Any:
    """What a spreadsheet keeps of what is typed: a date, where there is such a day; nothing, where nothing stands."""
    try:
        return datetime.date.fromisoformat(str(cell))
    except ValueError:
        return None if cell == "" else cell


def as_clerks_book(rows: list[list[Any]], path: Path) -> None:
    """Dates as dates, a title above, the cells of each department merged, two rows hidden."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["办件登记表"])
    for row in rows:
        sheet.append([as_a_date(cell) for cell in row])
    assert sheet.cell(3, rows[0].index("accepted_on") + 1).is_date
    at = rows[0].index("department")
    numbered = [(n, row[at]) for n, row in enumerate(rows[1:], start=3)]
    for name in {name for _, name in numbered}:
        own = [n for n, each in numbered if each == name]
        sheet.merge_cells(start_row=own[0], end_row=own[-1], start_column=at + 1, end_column=at + 1)
    for n in (5, 9):
        sheet.row_dimensions[n].hidden = True
    book.save(path)


def test_a_clerks_workbook_counts_as_the_same_rows_in_csv(tmp_path: Path) -> None:
    rows = clerks_rows()
    with (tmp_path / "办件.csv").open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows(rows)
    as_clerks_book(rows, tmp_path / "办件.xlsx")
    answers = {}
    for suffix in ("csv", "xlsx"):
        write_yaml(tmp_path / f"{suffix}.yaml", {**head(SMALL), "log": f"办件.{suffix}"})
        log, report = loaded(tmp_path / f"{suffix}.yaml")
        (bad,) = [f for f in report.findings if f.severity == "error"]
        assert bad.rule == "input/row-unreadable"
        assert "2012-02-30" in bad.message.zh
        answers[suffix] = log_json(log, "zh")
        assert (log.tally.cases, log.broken) == (20, 1)
        assert figure(log, "on_time_rate") == CaseShare(17, 19, unsure=1)  # as in the YAML file
    assert answers["csv"] == answers["xlsx"]
    assert bad.line == len(rows) + 1  # the title is the first row of the sheet
    assert {f.rule for f in report.findings} == {"input/row-unreadable", "input/hidden-rows"}


def test_a_table_alone_takes_the_rest_from_options() -> None:
    log, _ = loaded(LARGE / "办件.csv")
    assert (log.applies.value, log.judged) == (None, ())
    log, _ = loaded(LARGE / "办件.csv", jurisdiction="luzhou/yangliqu", level="county")
    assert verdicts(log)["registration-evaluation-rate"] == "missed"


def test_a_file_of_lines_without_a_heading_is_a_log_too(tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl"
    path.write_text(json.dumps({**OTHER, "id": "B-1"}) + "\n", encoding="utf-8")
    log, report = loaded(path, jurisdiction="luzhou/yangliqu", level="county")
    assert (log.tally.cases, report.findings, len(log.judged)) == (1, [], 10)


@pytest.mark.parametrize(
    ("line", "rule", "column"),
    [
        ('{"id": "B-2", "kind": "other"', "input/syntax", None),
        ('{"id": "B-2", "kind": "odd", "department": "A", "window": "W", "accepted_on": "2012-01-04"}', "shape/not-listed", 23),
        ('{"id": "B-2", "kind": "other", "window": "W", "accepted_on": "2012-01-04"}', "shape/missing-key", 1),
        ('{"id": "B-2", "kind": "other", "department": "A", "window": "W", "accepted_on": "2012-02-30"}', "shape/wrong-value", None),
        ('{"id": "B-2", "kind": "other", "department": "A", "window": "W", "accepted_on": "2012-01-04", "odd": 1}', "shape/unknown-key", None),
        ("[]", "shape/wrong-type", 1),
    ],
)  # fmt: skip
def test_a_bad_line_is_located_and_the_rest_counts(line: str, rule: str, column: int | None, tmp_path: Path) -> None:
    good = [json.dumps({**OTHER, "id": name}) for name in ("B-1", "B-3")]
    path = tmp_path / "log.jsonl"
    path.write_text("\n".join([json.dumps(COUNTY), good[0], line, good[1]]) + "\n", encoding="utf-8")
    log, report = loaded(path)
    assert (log.tally.cases, log.broken) == (2, 1)
    found = next(f for f in report.findings if f.rule == rule)
    assert found.line == 3
    assert column is None or found.column == column


@pytest.mark.parametrize(
    ("first", "rule"),
    [
        ('{"kind": "cases", "jurisdiction": ', "input/syntax"),
        (json.dumps({**COUNTY, "level": "town"}), "shape/not-listed"),
        (json.dumps({**COUNTY, "as_of": "2012-13-01"}), "shape/wrong-value"),
        (json.dumps({**COUNTY, "kind": "case"}), "shape/unknown-kind"),
        (json.dumps({**COUNTY, "kind": ["cases"]}), "shape/unknown-kind"),
        (json.dumps({**COUNTY, "cases": [{**OTHER, "id": "B-9"}]}), "input/two-sources"),
        (json.dumps({**COUNTY, "log": "办件.csv"}), "input/two-sources"),
        (json.dumps({**OTHER, "id": "B-9", "kind": "odd"}), "shape/not-listed"),
        (json.dumps({**OTHER, "id": "B-9", "accepted_on": "2012-02-30"}), "shape/wrong-value"),
        (json.dumps({key: OTHER[key] for key in ("kind", "department", "window")}), "shape/missing-key"),
        ('{"id": "B-9", "kind": "other",,}', "input/syntax"),
        ("17", "shape/wrong-type"),
    ],
)
def test_a_log_is_known_though_its_first_line_is_broken(first: str, rule: str, tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl"
    good = [json.dumps({**OTHER, "id": name}) for name in ("B-1", "B-2", "B-3")]
    path.write_text("\n".join([first, *good]) + "\n", encoding="utf-8")
    log, report = loaded(path)
    assert log.tally.cases == 3
    assert {(f.rule, f.line) for f in report.findings} >= {(rule, 1)}
    assert {f.line for f in report.findings} == {1}
    (checked,) = {f.rule for f in Checker(ROOT).check([path]).findings if f.severity == "error"}
    assert checked == rule
    done = banshi("cases", str(path))
    assert (done.returncode, "kind，不知道" in done.stderr) == (1, False)
    assert re.search("合计 +(3–4|≥3) ", done.stdout)  # the first line may be a case, or the heading of others


def test_what_is_right_in_a_broken_heading_holds(tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl"
    lines = [{**COUNTY, "as_of": "someday"}, {**OTHER, "id": "B-1"}]
    path.write_text("\n".join(json.dumps(each) for each in lines) + "\n", encoding="utf-8")
    log, _ = loaded(path)
    assert (log.log.level, log.log.centre, log.log.as_of) == ("county", "样例（虚构）", None)
    assert log.applies.value is True


def test_lines_of_documents_are_no_log_for_a_case_below(sound_ledger: dict[str, Any], tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text("\n".join(json.dumps(each) for each in (sound_ledger, {**OTHER, "id": "B-1"})), encoding="utf-8")
    (found,) = [f for f in Checker(ROOT).check([path]).findings if f.rule.startswith(("shape", "input"))]
    assert (found.rule, found.line) == ("shape/unknown-kind", 2)


def test_blanks_and_numbers_for_names_are_read_as_in_yaml(tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl"
    odd = {**OTHER, "id": 17, "finished_on": None, "item": None}
    path.write_text("\n".join([json.dumps(COUNTY), json.dumps(odd)]) + "\n", encoding="utf-8")
    log, report = loaded(path)
    assert (log.tally.cases, report.findings) == (1, [])


def test_many_bad_lines_are_counted_and_not_all_listed(tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl"
    bad = ['{"id": "B"}'] * (MOST + 50)
    path.write_text("\n".join([json.dumps(COUNTY), *bad]) + "\n", encoding="utf-8")
    log, report = loaded(path)
    assert log.broken == MOST + 50
    assert len({f.line for f in report.findings if f.rule == "shape/missing-key"}) == MOST
    assert "另有 50 行" in report.findings[-1].message.zh


def test_what_rules_find_in_lines_stands_in_the_line(tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl"
    cases = [{**OTHER, "id": "B-1"}, {**OTHER, "id": "B-2", "finished_on": "2011-01-04"}]
    path.write_text("\n".join(json.dumps(each) for each in (COUNTY, *cases)) + "\n", encoding="utf-8")
    (found,) = [f for f in Checker(ROOT).check([path]).findings if f.rule == "cases/dates-in-order"]
    assert (found.line, found.where) == (3, ("cases", 1, "finished_on"))
    assert found.source_line[found.column - 1 : found.end_column - 1].strip('"') == "2011-01-04"


def test_what_rules_find_in_a_table_stands_in_the_row(tmp_path: Path) -> None:
    rows = [
        "办件编号,类别,部门,窗口,受理日期,办结日期",
        "B-1,其他,公安,W01,2012-01-04,",
        "B-2,其他,公安,W01,2012年1月5日,2012.1.3",
    ]
    (tmp_path / "log.csv").write_text("\n".join(rows), encoding="utf-8")
    (found,) = [f for f in Checker(ROOT).check([tmp_path]).findings if f.rule == "cases/dates-in-order"]
    assert (found.line, found.column) == (3, len("B-2,其他,公安,W01,2012年1月5日,") + 1)


def test_ledgers_on_lines_are_still_ledgers(sound_ledger: dict[str, Any], tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(json.dumps(sound_ledger) + "\n", encoding="utf-8")
    report = Checker(ROOT).check([tmp_path])
    assert not [f for f in report.findings if f.rule.startswith(("shape", "input"))]


@pytest.mark.parametrize("head", [{}, {"log": "办件.csv", "cases": []}])
def test_cases_stand_in_one_place(head: dict[str, Any], tmp_path: Path) -> None:
    write_yaml(tmp_path / "log.yaml", {**COUNTY, **head})
    (found,) = Checker(ROOT).check([tmp_path]).findings
    assert found.rule in ("shape/missing-key", "input/two-sources")


def test_lists_are_capped_and_counts_are_not(tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl"
    late = [{**OTHER, "id": f"B-{n}", "due_on": "2012-01-05", "finished_on": "2012-01-06"} for n in range(MOST + 7)]
    path.write_text("\n".join(json.dumps(each) for each in (COUNTY, *late)) + "\n", encoding="utf-8")
    findings = [f for f in Checker(ROOT, most=None).check([path]).findings if f.rule == "cases/no-case-overdue"]
    assert len(findings) == MOST + 1
    assert any("另有 7 件" in f.message.zh for f in findings)


# what a quarter's assessment needs


def test_the_quarter_is_as_counted_by_hand(tmp_path: Path) -> None:
    out = tmp_path / "facts.yaml"
    done = banshi("cases", str(CITY), "--assessment", str(out), "--quarter", "2012-Q1")
    assert (done.returncode, done.stderr) == (0, "")
    document = read(out).document
    assert document is not None
    first, second = document.data["windows"]
    assert first["facts"] == {
        "on_site_rate": {"count": 2, "of": 3},  # C-02, C-03, C-04; not C-03
        "on_time_rate": {"count": 2, "of": 3},  # C-04 late
        "satisfaction_rate": {"count": 1, "of": 2},
        "parallel_on_time_rate": {"count": 1, "of": 2},
        "parallel_satisfaction_rate": {"count": 1, "of": 1},
        "parallel_recorded_rate": {"count": 2, "of": 2},
        "overdue_cases": 2,  # C-04 finished late, C-05 open; C-06 falls due in the next quarter
        "overdue_parallel_cases": 1,
        "overdue_online_cases": 1,
    }
    assert [(d["on"], d["event"]) for d in first["deductions"]] == [
        ("2012-01-12", "办件 C-04"),
        ("2012-02-20", "办件 C-05"),
    ]
    assert second["facts"]["on_time_rate"] == {"count": 1, "of": 1}
    assert second["facts"]["overdue_cases"] == 0  # C-07 was due, and counted, in the quarter before
    assert "deductions" not in second
    errors = [f.rule for f in Checker(ROOT).check([out]).findings if f.severity == "error"]
    assert errors == []


def test_a_quarter_that_is_not_over_says_so(tmp_path: Path) -> None:
    case = {**OTHER, "id": "B-1", "due_on": "2012-02-10", "statutory_due_on": "2012-02-24", "finished_on": "2012-02-28"}
    path = made(tmp_path, [case], jurisdiction="luzhou", level="city", as_of="2012-02-20")
    out = tmp_path / "facts.yaml"
    banshi("cases", str(path), "--assessment", str(out), "--quarter", "2012-Q1")
    document = read(out).document
    assert document is not None
    window = document.data["windows"][0]
    assert window["facts"]["on_time_rate"] == {"count": 0, "of": 0}
    assert window["facts"]["overdue_cases"] == 1
    (deduction,) = window["deductions"]
    assert deduction["on"] == "2012-02-10"
    assert "到 2012-02-20 还没有办结，没有超法定时限" in deduction["evidence"]
    assert "早于季度末（2012-02-29）" in out.read_text(encoding="utf-8")


def test_facts_that_are_not_stated_are_left_to_a_person(tmp_path: Path) -> None:
    case = {**OTHER, "id": "B-1", "finished_on": "2012-01-10", "evaluation": "satisfied"}
    path = made(tmp_path, [case], jurisdiction="luzhou", level="city")
    out = tmp_path / "facts.yaml"
    banshi("cases", str(path), "--assessment", str(out), "--quarter", "2012-Q1")
    document = read(out).document
    assert document is not None
    facts = document.data["windows"][0]["facts"]
    assert "satisfaction_rate" in facts
    assert not {"on_time_rate", "overdue_cases", "on_site_rate"} & set(facts)


def test_a_quarter_by_the_statutory_limit_alone(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "policies", tmp_path / "policies")
    path = tmp_path / "policies/luzhou/window-assessment/2011-04-01.yaml"
    before, id_, after = path.read_text(encoding="utf-8").partition("  - id: which-limit\n")
    path.write_text(before + id_ + after.replace("default: promised", "default: statutory", 1), encoding="utf-8")
    case = {**OTHER, "due_on": "2012-01-10", "statutory_due_on": "2012-01-20", "online": False, "parallel": False}
    cases = [{**case, "id": "B-1", "finished_on": "2012-01-15"}, {**case, "id": "B-2", "finished_on": "2012-01-21"}]
    log = made(tmp_path, cases, jurisdiction="luzhou", level="city")
    done = banshi("cases", "log.yaml", "--assessment", "facts.yaml", "--quarter", "2012-Q1", cwd=log.parent)
    assert done.stderr == ""
    document = read(tmp_path / "facts.yaml").document
    assert document is not None
    window = document.data["windows"][0]
    assert window["facts"]["overdue_cases"] == 1
    assert window["facts"]["on_time_rate"] == {"count": 1, "of": 2}
    assert [d["event"] for d in window["deductions"]] == ["办件 B-2"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--assessment", "{out}"], "一起给出"),
        (["--assessment", "{out}", "--quarter", "2012-5"], "YYYY-Qn"),
        (["--assessment", "{out}", "--quarter", "2010-Q1"], "没有施行中的窗口考核办法"),
    ],
)
def test_an_assessment_that_cannot_be_written(words: list[str], said: str, tmp_path: Path) -> None:
    done = banshi("cases", str(CITY), *(word.format(out=tmp_path / "f.yaml") for word in words))
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_an_assessment_is_a_citys(tmp_path: Path) -> None:
    done = banshi("cases", str(SMALL), "--assessment", str(tmp_path / "f.yaml"), "--quarter", "2012-Q1")
    assert (done.returncode, "level: city" in done.stderr) == (2, True)


# what is printed


def test_text_and_english() -> None:
    done = banshi("cases", str(SMALL))
    assert done.returncode == 0
    assert "软目标未达到（提示）" in done.stdout
    assert "17/19" not in done.stdout
    assert "89.47%–94.73%" in done.stdout
    assert "soft target missed" in banshi("cases", str(SMALL), "--lang", "en").stdout


def test_json_has_exact_counts() -> None:
    data = json.loads(banshi("cases", str(LARGE), "--format", "json").stdout)
    assert data["total"]["on_time_rate"] == {"count": 4946, "of": 4951, "not_stated": 0, "percent": "99.89%"}
    assert data["overdue"]["count"] == 6
    target = next(t for t in data["targets"] if t["norm"] == "registration-evaluation-rate")
    assert (target["verdict"], target["count"], target["of"], target["basis"]["label"]) == (
        "missed",
        1950,
        1990,
        "三第二段",
    )


def test_the_workbook_opens_and_repeats_byte_for_byte(tmp_path: Path) -> None:
    for name in ("a.xlsx", "b.xlsx"):
        assert banshi("cases", str(LARGE), "--format", "xlsx", "-o", str(tmp_path / name)).returncode == 0
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    assert book.sheetnames == ["读取情况", "指标", "按类别", "按部门", "按窗口", "按办结月份", "超期件"]
    total = [cell.value for cell in list(book["按部门"].rows)[-1]]
    assert total[:5] == ["合计", 5000, 4951, 6, 4946]


def below(sheet: Any, heading: str) -> list[dict[str, Any]]:
    """The rows under the headings of a sheet, by heading."""
    rows = [[cell.value for cell in row] for row in sheet.rows]
    at = next(n for n, row in enumerate(rows) if row[0] == heading)
    return [dict(zip(rows[at], row, strict=True)) for row in rows[at + 1 :]]


def of_percent(text: str | None, cell: Any) -> bool:
    """Whether a cell shows what JSON says of a rate (a range, or words, where that is None)."""
    return isinstance(cell, str) if text is None else float(text.rstrip("%")) == cell


@pytest.mark.parametrize("path", [SMALL, LARGE, CITY])
def test_the_workbook_holds_the_figures_of_the_json(path: Path, tmp_path: Path) -> None:
    data = json.loads(banshi("cases", str(path), "--format", "json").stdout)
    banshi("cases", str(path), "--format", "xlsx", "-o", str(tmp_path / "a.xlsx"))
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    rates = {"按时办结率": "on_time_rate", "评议率": "evaluation_rate", "满意率": "satisfaction_rate"}
    rates |= {"现场办结率": "on_site_rate", "录入系统的比率": "recorded_rate", "纳入并联审批的比率": "parallel_share"}
    names = {"kind": "类别", "department": "部门", "window": "窗口", "month": "办结月份"}
    for dimension, name in names.items():
        found = below(book[f"按{name}"], name)
        for row, cells in zip([*data["by"][dimension], data["total"]], found, strict=True):
            late = row["overdue_cases"]
            least, most = late["count"], late["count"] + late["not_stated"]
            overdue = least if least == most else f"{least}–{most}"
            shown = cells[name], cells["件数"], cells["办结"], cells["超期件"]
            assert shown == (row["name"], row["cases"], row["finished"], overdue)
            assert all(of_percent(row[key]["percent"], cells[f"{head}（%）"]) for head, key in rates.items())
    for target, cells in zip(data["targets"], below(book["指标"], "判定"), strict=True):
        shown = cells["判定"], cells["分子（件）"], cells["分母（件）"], cells["没有写明（件）"]
        assert shown == (target["verdict_name"], target["count"], target["of"], target["not_stated"])
    for case, cells in zip(data["overdue"]["cases"], below(book["超期件"], "编号"), strict=True):
        assert (cells["编号"], cells["窗口"], cells["超期（日历日）"]) == (case["id"], case["window"], case["days"])
        assert cells["应办结"].date().isoformat() == case["due_on"]
        assert (cells["办结"] and cells["办结"].date().isoformat()) == case["finished_on"]


def test_the_page_stands_alone(tmp_path: Path) -> None:
    case = {**OTHER, "id": "<script>", "department": "<b>甲</b>", "due_on": "2012-01-05", "finished_on": "2012-01-09"}
    text = banshi("cases", str(made(tmp_path, [case])), "--format", "html").stdout
    assert text.startswith("<!DOCTYPE html>")
    assert "<script" not in text
    assert "<b>" not in text
    assert "http" not in re.sub(r'xmlns="[^"]*"', "", text)
    assert text.count("<svg") == 4  # no rate against a target here; one for each way of grouping


@pytest.mark.parametrize("form", ["text", "json", "html", "xlsx"])
def test_every_output_says_what_is_not_counted(form: str, tmp_path: Path) -> None:
    head = "编号,类别,部门,窗口,受理日期,办结日期"
    rows = [head, *["B-1,其他,公安,W01,2012-01-04,"] * 3, "B-2,其他,公安,W01,2012-02-30,"]
    (tmp_path / "log.csv").write_text("\n".join(rows), encoding="utf-8")
    out = tmp_path / "out"
    assert banshi("cases", str(tmp_path / "log.csv"), "--format", form, "-o", str(out)).returncode == 1
    if form == "json":
        assert json.loads(out.read_text(encoding="utf-8"))["not_counted"] == {
            "unreadable": 1,
            "twice": 2,
            "unknown_number": False,
            "doubtful": 0,
        }
        return
    said = "没有计入：读不出的 1 件，编号重复的 2 件"
    if form == "xlsx":
        with out.open("rb") as stream:
            sheets = openpyxl.load_workbook(stream).worksheets
        tops = [[str(row[0].value) for row in sheet.iter_rows(max_row=5)] for sheet in sheets[1:]]
        assert all(any(value.startswith(said) for value in top) for top in tops)
    else:
        assert said in out.read_text(encoding="utf-8")


def test_cases_without_a_limit_leave_the_count_of_late_ones_open() -> None:
    assert "超期 2–3 件。" in banshi("cases", str(SMALL), "--format", "html").stdout


def test_the_charts_say_which_targets_are_soft_and_show_few_late_cases() -> None:
    text = banshi("cases", str(LARGE), "--format", "html").stdout
    assert ">99.94% 软目标未达到<" in text
    assert ">投资建设项目评议率，要求 95%以上（含95%）<" in text
    charts = re.findall(r"<svg.*?</svg>", text, re.DOTALL)
    late = [
        float(width) for chart in charts[1:] for width in re.findall(r'width="([\d.]+)" height="12" fill="#000"', chart)
    ]
    assert len(late) == 2 + 4 + 4 + 3  # kinds, departments, windows, months with a late case
    assert min(late) >= 2


def test_standard_input_takes_lines(tmp_path: Path) -> None:
    lines = as_lines(SMALL, tmp_path).read_bytes()
    piped, named = banshi("cases", "-", stdin=lines).stdout, banshi("cases", str(SMALL)).stdout
    assert piped.startswith("读了什么：\n  -：办件 20 项\n\n")
    assert piped.partition("\n\n")[2] == named.partition("\n\n")[2]
    whole = banshi("cases", "-", stdin=SMALL.read_bytes()).stdout
    assert whole == named.replace(str(SMALL), "-")


def test_standard_input_takes_lines_after_a_broken_one(tmp_path: Path) -> None:
    lines = b'{"kind": "cases",\n' + as_lines(SMALL, tmp_path).read_bytes().partition(b"\n")[2]
    done = banshi("cases", "-", stdin=lines)
    assert (done.returncode, bool(re.search("合计 +20–21 ", done.stdout))) == (1, True)
    listed = json.dumps({**head(SMALL), "cases": []})[:-2] + "\n"
    cases = [json.dumps({**OTHER, "id": name}) for name in ("B-1", "B-2")]
    done = banshi("cases", "-", stdin=(listed + ",\n".join(cases) + "\n]}\n").encode())
    assert (done.returncode, bool(re.search("合计 +2 ", done.stdout))) == (0, True)


def test_a_path_without_a_log(tmp_path: Path) -> None:
    write_yaml(tmp_path / "a.yaml", {"kind": "working-days"})
    assert banshi("cases", str(tmp_path)).returncode in (1, 2)
    assert banshi("cases", str(ROOT / "policies/cn/working-days/2011.yaml")).returncode == 2
    assert banshi("cases", str(tmp_path / "none.csv")).returncode == 2


@pytest.mark.parametrize(
    ("value", "shown", "number"),
    [
        (Fraction(95, 100), "95%", "95"),
        (Fraction(949999, 1000000), "94.99%", "94.99"),
        (Fraction(2, 3), "66.66%", "66.66"),
        (Fraction(1), "100%", "100"),
        (Fraction(0), "0%", "0"),
        (Fraction(1955, 2000), "97.75%", "97.75"),
        (Fraction(19999, 20000), "99.99%", "99.99"),
    ],
)
def test_percentages_never_look_better_than_they_are(value: Fraction, shown: str, number: str) -> None:
    assert percentage(value) == shown
    assert f"{percent(value).normalize():f}" == number


def test_a_target_in_percent_means_the_same(centre: Callable[[str, str], Path], tmp_path: Path) -> None:
    project = centre(r"value: 0\.95, inclusive: true\}\n(\s+)unit: 比率", r'value: 95, inclusive: true}\n\1unit: "%"')
    for evaluations, expected in ((95, "met"), (94, "missed")):
        log, _ = loaded(made(tmp_path, evaluated(evaluations, evaluations, 100)), project)
        assert verdicts(log)["investment-evaluation-rate"] == expected
