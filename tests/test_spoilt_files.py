"""What a hasty clerk spoils in any kind of file is told where it stands, costs what rests on it, and is held against nobody."""

import json
import random
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from conftest import ROOT, banshi
from lengths import LONG, longer
from spoiling import HOWS, Way, checked, data_of, errors, judgements, routes, spoilt

from banshi.checking.checker import Checker
from banshi.checking.loaded import LoadedFile
from banshi.checking.loading import Loader
from banshi.files.report import Report
from banshi.subjects.assessment.case import AssessmentInLaw
from banshi.subjects.assessment.ranks import ends

LINJIANG, QINGHE = ROOT / "examples/linjiang", ROOT / "examples/qinghe"
# That it is not determined, and the least that is sure of a tier.
OPEN = {
    ("cases/applies-to-this-centre", "note"),
    ("catalogue/promised-limits-met", "note"),
    ("cases/targets-met", "note"),
    ("cases/applies-to-this-centre", "note"),
    ("attendance/leave-can-be-judged", "note"),
    ("change/tier-matches-amount", "error"),
}


@dataclass(frozen=True)
class Sample:
    """A file with some findings, and what it needs beside it; ``project``: whose law it is of."""

    path: str
    beside: tuple[str, ...] = ()
    project: Path = ROOT

    def put(self, folder: Path) -> Path:
        own = ROOT / self.path
        for name in self.beside:
            shutil.copy(own.parent / name, folder / name)
        return folder / own.name


SAMPLES = [
    Sample("tests/cases/catalogue/investment.yaml"),
    Sample("tests/cases/catalogue/city-reduction.yaml"),
    Sample("tests/cases/catalogue/registration.yaml"),
    Sample("tests/cases/guide/catalogue-item-faults.yaml"),
    Sample("examples/linjiang/catalogue/目录.yaml", project=LINJIANG),
    Sample("tests/cases/parallel-case/late/case.yaml", ("catalogue.yaml",)),
    Sample("examples/parallel/investment/case.yaml", ("catalogue.yaml",)),
    Sample("examples/cases/city/办件登记.yaml"),
    Sample("examples/linjiang/cases/办件登记.yaml", ("办件.csv",), LINJIANG),
    Sample("examples/qinghe/cases/办件登记.yaml", ("办件.csv",), QINGHE),
    Sample("examples/linjiang/change/riverside.yaml", project=LINJIANG),
    Sample("tests/cases/change/late-by-one-working-day.yaml"),
    Sample("examples/attendance/2009-10/register.yaml"),
    Sample("examples/attendance/2010-02/register.yaml", ("打卡.csv",)),
]


def held_against_nobody(sample: Sample, folder: Path, seed: int, many: int) -> None:
    rng = random.Random(seed)
    data, path = data_of(ROOT / sample.path), sample.put(folder)
    whole = judgements(checked(path, json.dumps(data, ensure_ascii=False), sample.project))
    ways = list(routes(data))
    for _ in range(many):
        where, how = rng.choice(ways), rng.choice(HOWS)
        report = checked(path, spoilt(data, where, how, rng), sample.project)
        assert not report.failed, (where, how)
        if errors(report):
            new = {each for each in judgements(report) - whole if (each[0], each[2]) not in OPEN}
            assert not new, (where, how, new)


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda each: each.path)
def test_what_is_spoilt_is_held_against_nobody(sample: Sample, tmp_path: Path) -> None:
    held_against_nobody(sample, tmp_path, 0, 3)


@longer
@pytest.mark.parametrize("seed", range(2 if LONG else 1))
@pytest.mark.parametrize("sample", SAMPLES, ids=lambda each: each.path)
def test_nor_is_it_of_many(sample: Sample, seed: int, tmp_path: Path) -> None:
    held_against_nobody(sample, tmp_path, seed + 1, 40 if LONG else 1)


COSTS_NOTHING: Sequence[tuple[Sample, Way]] = [
    (SAMPLES[0], ("items", 0, "phone")),
    (SAMPLES[0], ("items", 1, "hours")),
    (SAMPLES[0], ("title",)),
    (SAMPLES[5], ("name",)),
]


@pytest.mark.parametrize("value", [["x"], {"x": 1}])
@pytest.mark.parametrize(("sample", "where"), COSTS_NOTHING)
def test_what_nothing_rests_on_costs_nothing(sample: Sample, where: Way, value: object, tmp_path: Path) -> None:
    data, path = data_of(ROOT / sample.path), sample.put(tmp_path)
    whole = judgements(checked(path, json.dumps(data, ensure_ascii=False)))
    holder = data
    for step in where[:-1]:
        holder = holder[step]
    holder[where[-1]] = value
    report = checked(path, json.dumps(data, ensure_ascii=False))
    assert [f.where for f in errors(report)] == [where]
    assert judgements(report) == whole and whole


def test_an_item_with_a_fault_leaves_the_others_judged(tmp_path: Path) -> None:
    sample = SAMPLES[3]
    data, path = data_of(ROOT / sample.path), sample.put(tmp_path)
    data["items"].append({**data["items"][0], "id": "another", "name": "另一件（虚构）"})
    data["items"][0]["limits"] = {"statutory": "很多", "promised": 3}
    found = judgements(checked(path, json.dumps(data, ensure_ascii=False)))
    data["items"][0].pop("limits")
    alone = judgements(checked(path, json.dumps({**data, "items": data["items"][1:]}, ensure_ascii=False)))
    later = {(rule, where, severity) for rule, where, severity in found if where[:2] == ("items", 1)}
    assert later and later == {
        (rule, ("items", 1, *where[2:]), s) for rule, where, s in alone if where[:1] == ("items",)
    }


def test_a_case_whose_catalogue_has_a_fault_is_judged_by_the_rest(tmp_path: Path) -> None:
    sample = SAMPLES[5]
    path = sample.put(tmp_path)
    shutil.copy(ROOT / sample.path, path)
    whole = judgements(checked(path, path.read_text(encoding="utf-8")))
    catalogue = tmp_path / "catalogue.yaml"
    data = data_of(catalogue)
    data["items"][0]["附注"] = {"样例": 1}
    catalogue.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    report = checked(path, path.read_text(encoding="utf-8"))
    assert {"input/incomplete-catalogue"} == {f.rule for f in errors(report)}
    assert judgements(report) == whole and whole


def test_a_schedule_dates_what_no_wrong_limit_comes_before(tmp_path: Path) -> None:
    sample = SAMPLES[6]
    path = sample.put(tmp_path)
    shutil.copy(ROOT / sample.path, path)
    catalogue = tmp_path / "catalogue.yaml"
    data = data_of(catalogue)
    whole = {slot["item"]: slot for slot in scheduled(path)}
    last = next(each for each in data["items"] if each["id"] == "completion-record")
    last["limits"] = {"statutory": "很多"}
    catalogue.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    found = {slot["item"]: slot for slot in scheduled(path)}
    waits = {last["id"]} | {each["id"] for each in data["items"] if last["id"] in each.get("requires", ())}
    assert found[last["id"]]["due"] is None and found.keys() == whole.keys()
    assert all(found[name]["due"] == whole[name]["due"] for name in whole.keys() - waits)


def scheduled(path: Path) -> list[dict[str, Any]]:
    done = banshi("schedule", str(path), "--format", "json")
    [schedule] = json.loads(done.stdout)["schedules"]
    slots: list[dict[str, Any]] = schedule["items"]
    return slots


# A case of which something that is needed is wrong: what is asked, and whether it can be answered all the same.
CASE_FAULTS = [
    (("starts_on",), "lacking", ("schedule",), ("notice", "form")),
    (("starts_on",), "wrong", ("schedule",), ("notice",)),
    (("name",), "blank", (), ("schedule", "form", "notice")),
    (("id",), "another sort", (), ("schedule", "form", "notice")),
    (("held",), "unknown", ("schedule", "notice"), ("form",)),
    (("held",), "wrong", ("schedule", "notice"), ("form",)),
    (("done",), "wrong", ("schedule", "notice"), ()),
    (("done", "design-scheme"), "wrong", (), ("schedule", "notice")),
]


@pytest.mark.parametrize(("where", "how", "refused", "answered"), CASE_FAULTS)
def test_a_case_with_a_fault_is_answered_as_far_as_that_goes(
    where: Way, how: str, refused: Sequence[str], answered: Sequence[str], tmp_path: Path
) -> None:
    path = SAMPLES[6].put(tmp_path)
    path.write_text(spoilt(data_of(ROOT / SAMPLES[6].path), where, how, random.Random(0)), encoding="utf-8")
    for command in (*refused, *answered):
        start = ["--from", "2012-01-16"] if command == "notice" else []
        done = banshi(command, str(path), *start, "--format", "json")
        assert done.returncode == 1 and "内部错误" not in done.stderr and f"{path}:1:" in done.stderr
        assert bool(done.stdout) == (command in answered), command


# scenarios: each is tried whole, or not at all


SCENARIOS = [
    ("examples/linjiang/tests/leave-and-hours.yaml", LINJIANG),
    ("examples/qinghe/tests/variations.yaml", QINGHE),
    ("policies/luzhou/change-management/scenarios.yaml", ROOT),
]


def outcomes(path: Path, project: Path) -> tuple[dict[str, tuple[str, str]], str]:
    done = banshi("test", str(path), "--format", "json", "--project", str(project))
    assert "Traceback" not in done.stderr and done.returncode in (0, 1)
    found = json.loads(done.stdout)["scenarios"]
    return {each["name"]: (each["expected"], each["found"]) for each in found}, done.stderr


@pytest.mark.parametrize(("name", "project"), SCENARIOS)
def test_a_spoilt_scenario_is_not_tried_and_the_others_are(name: str, project: Path, tmp_path: Path) -> None:
    rng = random.Random(0)
    data, path = data_of(ROOT / name), tmp_path / "s.yaml"
    path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    whole, _ = outcomes(path, project)
    ways = [way for way in routes(data["scenarios"]) if way[1:] != ("name",)]
    for way in [rng.choice(ways) for _ in range(12 if LONG else 3)]:
        path.write_text(spoilt(data, ("scenarios", *way), rng.choice(HOWS), rng), encoding="utf-8")
        found, told = outcomes(path, project)
        touched = data["scenarios"][way[0]]["name"]
        assert {k: v for k, v in found.items() if k != touched} == {k: v for k, v in whole.items() if k != touched}, way
        assert "错误" in told or touched in found, (way, told)


def test_what_scenarios_are_about_costs_none_of_them(tmp_path: Path) -> None:
    name, project = SCENARIOS[1]
    data, path = data_of(ROOT / name), tmp_path / "s.yaml"
    path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    whole, _ = outcomes(path, project)
    path.write_text(json.dumps({**data, "about": ["x"], "附注": "样例"}, ensure_ascii=False), encoding="utf-8")
    found, told = outcomes(path, project)
    assert found == whole and "about" in told and "附注" in told


def test_scenarios_of_nobody_knows_which_place_are_not_tried(tmp_path: Path) -> None:
    name, project = SCENARIOS[1]
    data, path = data_of(ROOT / name), tmp_path / "s.yaml"
    path.write_text(json.dumps({**data, "jurisdiction": ["x"]}, ensure_ascii=False), encoding="utf-8")
    found, told = outcomes(path, project)
    assert not found and "jurisdiction" in told


# filled forms


def test_a_filled_form_tells_its_faults_and_keeps_the_rest(tmp_path: Path) -> None:
    data, path = data_of(LINJIANG / "forms/调班.yaml"), tmp_path / "a.yaml"
    data["values"] |= {"asked_on": "前天", "附注": "样例"}
    data["values"]["swaps"][1]["day"] = ["x"]
    report = checked(path, json.dumps(data, ensure_ascii=False), LINJIANG)
    told = {f.where for f in errors(report)}
    assert told == {("values", "asked_on"), ("values", "附注"), ("values", "swaps", 1, "day")}
    done = banshi("form", "shift-swap", "--from", str(path), "--format", "html", "--project", str(LINJIANG))
    assert done.returncode == 1 and "样例乙" in done.stdout and "2026-03-04" in done.stdout
    assert "1900" not in done.stdout and "前天" not in done.stdout


def test_a_control_character_in_a_form_of_an_unknown_instrument_is_told(tmp_path: Path) -> None:
    data, path = data_of(LINJIANG / "forms/调班.yaml"), tmp_path / "a.yaml"
    data["values"]["swaps"][1]["becomes"] = "\x1c"
    report = checked(path, json.dumps(data, ensure_ascii=False))  # not in the project whose form it is
    assert not report.failed and "input/control-character" in {f.rule for f in errors(report)}


@pytest.mark.parametrize("key", ["instrument", "form", "values"])
def test_a_form_that_does_not_say_which_it_is_is_refused(key: str, tmp_path: Path) -> None:
    data, path = data_of(LINJIANG / "forms/调班.yaml"), tmp_path / "a.yaml"
    data[key] = ["x"]
    report = checked(path, json.dumps(data, ensure_ascii=False), LINJIANG)
    assert (key,) in {f.where for f in errors(report)} and not report.failed


# assessments: window by window


ASSESSMENTS = [
    Sample("examples/assessment/2012-Q1.yaml"),
    Sample("examples/linjiang/assessment/2026-01.yaml", project=LINJIANG),
    Sample("examples/linjiang/assessment/2026-Q1.yaml", project=LINJIANG),
    Sample("examples/qinghe/assessment/2026-H1.yaml", project=QINGHE),
]
NOT_DETERMINED = {("assessment/rates-determined", "note"), ("assessment/marks-complete", "note")}


def scored(path: Path, project: Path) -> dict[str, tuple[Any, Any]]:
    """Between what the total of each window lies."""
    loader, report = Loader(project), Report()
    found = [x.value for unit in loader.units([path]) for x in loader.load(unit, report) if isinstance(x, LoadedFile)]
    return {
        score.window.id: ends(score) for case in found if isinstance(case, AssessmentInLaw) for score in case.scores
    }


def windows_hold(sample: Sample, folder: Path, seed: int, many: int) -> None:
    rng = random.Random(seed)
    data, path = data_of(ROOT / sample.path), sample.put(folder)
    before = judgements(checked(path, json.dumps(data, ensure_ascii=False), sample.project))
    whole = scored(path, sample.project)
    ways = list(routes(data))
    for _ in range(many):
        where, how = rng.choice(ways), rng.choice(HOWS)
        report = checked(path, spoilt(data, where, how, rng), sample.project)
        assert not report.failed, (where, how)
        if not errors(report):
            continue
        new = {each for each in judgements(report) - before if (each[0], each[2]) not in NOT_DETERMINED}
        assert not new, (where, how, new)
        touched = data["windows"][where[1]]["id"] if where[0] == "windows" and len(where) > 1 else None
        for name, (least, most) in scored(path, sample.project).items():
            if name in whole and name != touched:
                assert (least, most) == whole[name], (where, how, name)
            elif name in whole:
                assert least <= whole[name][0] and whole[name][1] <= most, (where, how, name)


@pytest.mark.parametrize("sample", ASSESSMENTS, ids=lambda each: each.path)
def test_a_spoilt_window_is_a_range_and_the_others_are_as_before(sample: Sample, tmp_path: Path) -> None:
    windows_hold(sample, tmp_path, 0, 2)


@longer
@pytest.mark.parametrize("seed", range(2 if LONG else 1))
@pytest.mark.parametrize("sample", ASSESSMENTS, ids=lambda each: each.path)
def test_so_are_many(sample: Sample, seed: int, tmp_path: Path) -> None:
    windows_hold(sample, tmp_path, seed + 1, 25 if LONG else 1)


@pytest.mark.parametrize("value", [None, ["x"]])
def test_somebody_whose_id_cannot_be_read_may_be_anybody_of_the_punches(value: object, tmp_path: Path) -> None:
    data, path = data_of(ROOT / "examples/attendance/2009-10/register.yaml"), tmp_path / "a.yaml"
    data["staff"][1]["id"] = value
    report = checked(path, json.dumps(data, ensure_ascii=False))
    assert errors(report) and "attendance/staff-are-known" not in {f.rule for f in report.findings}


def totals(path: Path) -> dict[str, tuple[Any, Any]]:
    return scored(path, ROOT)


def test_a_bad_cell_of_a_filled_form_is_a_range_of_that_window_alone(tmp_path: Path) -> None:
    data = data_of(ROOT / "examples/assessment/2012-Q1.yaml")
    data["windows"] = data["windows"][:2]
    (tmp_path / "q.yaml").write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    book = tmp_path / "a.xlsx"
    done = banshi("form", "window-sheet", "--from", str(tmp_path / "q.yaml"), "--format", "xlsx", "-o", str(book))
    assert done.returncode == 0
    whole = totals(book)
    opened = openpyxl.load_workbook(book)
    sheet = opened.worksheets[0]
    cell = next(c for row in sheet.iter_rows() for c in row if c.value == "有效投诉件数（件）")
    value = next(c for c in sheet[cell.row][cell.column :] if str(c.value).isdigit())
    value.value = "若干"
    opened.save(book)
    found = totals(book)
    assert found["W02"] == whole["W02"] and found["W01"][0] < whole["W01"][0] <= found["W01"][1]
    told = Checker(ROOT).check([book]).findings
    assert [(f.line, f.column) for f in told if f.severity == "error"] == [(value.row, value.column)]
