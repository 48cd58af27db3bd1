"""The same case log in every form: YAML, lines, CSV, a clerk's workbook; what is broken in one of them."""

import csv
import datetime
import json
import re
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from case_logs import COUNTY, LARGE, OTHER, SMALL, figure, loaded, verdicts
from conftest import ROOT, banshi, write_yaml

from banshi.base.limits import MAX_FINDINGS
from banshi.checking.checker import Checker
from banshi.files.reading import read
from banshi.subjects.cases.log_json import log_json
from banshi.subjects.cases.measures import CaseShare


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
    # The first line may be a case, or the heading of others; a heading in which the level alone is wrong hides none.
    assert re.search("合计 +3 " if '"town"' in first else "合计 +(3–4|≥3) ", done.stdout)


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


def test_many_bad_lines_are_counted_and_not_all_listed_unless_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl"
    bad = ['{"id": "B"}'] * (MAX_FINDINGS + 50)
    path.write_text("\n".join([json.dumps(COUNTY), *bad]) + "\n", encoding="utf-8")
    log, report = loaded(path)
    assert log.broken == MAX_FINDINGS + 50
    assert len({f.line for f in report.findings if f.rule == "shape/missing-key"}) == MAX_FINDINGS + 50
    few = Checker(ROOT).check([path]).findings
    assert (len(few), few[-1].message.zh) == (MAX_FINDINGS + 1, "这个文件另有 650 处没有列出（错误 650）")


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


def test_lists_are_capped_unless_all_are_asked_for_and_counts_are_not(tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl"
    late = [
        {**OTHER, "id": f"B-{n}", "due_on": "2012-01-05", "finished_on": "2012-01-06"} for n in range(MAX_FINDINGS + 7)
    ]
    path.write_text("\n".join(json.dumps(each) for each in (COUNTY, *late)) + "\n", encoding="utf-8")
    every = [f for f in Checker(ROOT, most=None).check([path]).findings if f.rule == "cases/no-case-overdue"]
    assert len(every) == MAX_FINDINGS + 7
    few = Checker(ROOT).check([path]).findings
    assert (len(few), few[-1].message.zh) == (MAX_FINDINGS + 1, "这个文件另有 7 处没有列出（警告 7）")


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
