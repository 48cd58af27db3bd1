"""A key that nobody knows at the top of a register, a log, an assessment or a ledger is told, and costs only what it may be meant for."""

import copy
import json
import random
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, banshi, write_yaml
from test_attendance_damage import HEAD, check, judged, whole, write
from test_case_log_damage import check as check_log
from test_cases_unread import loaded
from test_change_missing import project
from test_told_twice import scores

from banshi.base.limits import MAX_FINDINGS
from banshi.checking.checker import Checker
from banshi.checking.loaded import LoadedFile
from banshi.files.reading import read
from banshi.files.report import Report
from banshi.subjects.cases.case_log import CaseLog
from banshi.subjects.cases.loading import LogLoader

RULE = "shape/unknown-key"


def data_of(path: str) -> Any:
    document = read(ROOT / path).document
    assert document is not None
    return copy.deepcopy(document.data)


def told(path: Path, *keys: str) -> None:
    found = Checker(ROOT).check([path]).findings
    assert {str(f.where[0]) for f in found if f.rule == RULE} == set(keys)


# attendance

PARTS = {"打卡": "punches", "请假": "leave", "组长登记": "notes", "值班日志": "duty_log"}


@pytest.mark.parametrize("seed", range(6))
def test_a_remark_in_a_register_costs_nothing(seed: int, tmp_path: Path) -> None:
    tables = whole(random.Random(seed))
    write(tmp_path / "whole", tables)
    write(tmp_path / "damaged", tables)
    (tmp_path / "damaged/登记.yaml").write_text(HEAD + "备注: 三月换了考勤机\n", encoding="utf-8")
    one, other = judged(tmp_path / "whole"), judged(tmp_path / "damaged")
    assert one is not None and other is not None
    check(one, other)
    check(other, one)
    assert [p.open for p in one[1].people] == [p.open for p in other[1].people]
    told(tmp_path / "damaged", "备注")


@pytest.mark.parametrize("lost", ["请假", "组长登记", "值班日志", "打卡"])
@pytest.mark.parametrize("seed", range(4))
def test_a_part_under_a_wrong_name_judges_nobody_whom_it_may_concern(lost: str, seed: int, tmp_path: Path) -> None:
    tables = whole(random.Random(seed))
    write(tmp_path / "whole", tables)
    one = judged(tmp_path / "whole")
    part = tables.pop(lost)
    write(tmp_path / "damaged", tables)
    rows = [dict(zip(part[0], row, strict=False)) for row in part[1:]]
    entry = json.dumps(rows, ensure_ascii=False)
    (tmp_path / "damaged/登记.yaml").write_text(f"{HEAD}某某: {entry}\n", encoding="utf-8")
    other = judged(tmp_path / "damaged")
    assert one is not None and other is not None
    check(one, other)
    assert any(each.part == PARTS[lost] and "某某" in each.source for each in other[0].unread)


def test_who_is_there_is_needed_all_the_same(tmp_path: Path) -> None:
    tables = whole(random.Random(1))
    del tables["人员"]
    write(tmp_path / "a", tables)
    (tmp_path / "a/登记.yaml").write_text(HEAD + "人员们: [{id: '001', name: 甲}]\n", encoding="utf-8")
    assert judged(tmp_path / "a") is None


# case logs

LOG = "examples/cases/city/办件登记.yaml"


def as_yaml(folder: Path, data: Any) -> Path:
    write_yaml(folder / "log.yaml", data)
    return folder / "log.yaml"


def as_lines(folder: Path, data: Any) -> Path:
    heading = {key: value for key, value in data.items() if key != "cases"}
    lines = [json.dumps(each, ensure_ascii=False) for each in (heading, *data["cases"])]
    (folder / "log.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return folder / "log.jsonl"


Writing = Callable[[Path, Any], Path]


@pytest.mark.parametrize("writing", [as_yaml, as_lines])
@pytest.mark.parametrize("value", ["三月", ["甲"], {"甲": 1}])
def test_a_remark_in_a_log_costs_nothing(writing: Writing, value: Any, tmp_path: Path) -> None:
    data = data_of(LOG)
    one, _ = loaded(writing(tmp_path, data))
    other, report = loaded(writing(tmp_path, {**data, "附注": value}))
    assert [f.rule for f in report.findings] == [RULE]
    assert not other.left and [j.met.value for j in one.judged] == [j.met.value for j in other.judged]
    assert one.figures == other.figures


@pytest.mark.parametrize("writing", [as_yaml, as_lines])
def test_more_remarks_than_are_told_cost_no_more(writing: Writing, tmp_path: Path) -> None:
    data = data_of(LOG)
    one, _ = loaded(writing(tmp_path, data))
    other, _ = loaded(writing(tmp_path, {**data, **{f"附注{n}": n for n in range(MAX_FINDINGS + 50)}}))
    assert not other.left and one.figures == other.figures
    assert [j.met.value for j in one.judged] == [j.met.value for j in other.judged]


def by_itself(path: Path) -> tuple[CaseLog | None, Report]:
    """As the file says, and nothing else."""
    loader, report = LogLoader(ROOT), Report()
    found = [x.value for unit in loader.units([path]) for x in loader.load(unit, report) if isinstance(x, LoadedFile)]
    return (found[0] if found else None), report


@pytest.mark.parametrize("writing", [as_yaml, as_lines])
@pytest.mark.parametrize("day", ["2012-02-20", "2012-03-05", "2013-01-01"])
def test_a_day_under_a_wrong_name_leaves_open_what_it_bears_on(writing: Writing, day: str, tmp_path: Path) -> None:
    data = {**data_of(LOG), "level": "county", "as_of": day}
    one, _ = by_itself(writing(tmp_path, data))
    other, report = by_itself(writing(tmp_path, {("某某" if k == "as_of" else k): v for k, v in data.items()}))
    assert one is not None and other is not None and other.left and RULE in {f.rule for f in report.findings}
    check_log(one, other)


@pytest.mark.parametrize("writing", [as_yaml, as_lines])
@pytest.mark.parametrize("key", ["level", "jurisdiction", "centre"])
def test_whose_log_it_is_is_not_supposed(writing: Writing, key: str, tmp_path: Path) -> None:
    data = data_of(LOG)
    other, report = by_itself(writing(tmp_path, {("某某" if k == key else k): v for k, v in data.items()}))
    assert {RULE, "shape/missing-key"} <= {f.rule for f in report.findings}
    assert other is None or all(judged.met.value is None for judged in other.judged)


# assessments and ledgers


def test_an_assessment_is_scored_all_the_same(tmp_path: Path) -> None:
    data = data_of("examples/assessment/2012-Q1.yaml")
    write_yaml(tmp_path / "a.yaml", data)
    write_yaml(tmp_path / "b.yaml", {**data, "说明": ["样例"]})
    one, other = ({w: s.total.value for (_, w), s in scores(tmp_path / f"{n}.yaml").items()} for n in "ab")
    assert one == other and one
    told(tmp_path / "b.yaml", "说明")


def test_a_period_under_a_wrong_name_is_no_period(tmp_path: Path) -> None:
    data = data_of("examples/assessment/2012-Q1.yaml")
    data["quater"] = data.pop("quarter")
    write_yaml(tmp_path / "a.yaml", data)
    found = Checker(ROOT).check([tmp_path]).findings
    assert not scores(tmp_path / "a.yaml") and {RULE, "shape/missing-key"} <= {f.rule for f in found}


@pytest.mark.parametrize("suffix", ["yaml", "jsonl"])
def test_a_ledger_is_judged_all_the_same(suffix: str, tmp_path: Path) -> None:
    data = project([80_000] * 2)
    data["changes"][1]["tier"] = "consultation"
    for name, own in (("a", data), ("b", {**data, "附注": "样例"})):
        (tmp_path / f"{name}.{suffix}").write_text(json.dumps(own, ensure_ascii=False), encoding="utf-8")
    one, other = (Checker(ROOT).check([tmp_path / f"{name}.{suffix}"]).findings for name in "ab")
    assert [(f.rule, f.where) for f in one] == [(f.rule, f.where) for f in other if f.rule != RULE]
    assert [f.where for f in other if f.rule == RULE] == [("附注",)]


Walk = Iterator[tuple[Any, str, tuple[Any, ...]]]


def keys_of(node: Any, where: tuple[Any, ...] = ()) -> Walk:
    """Every key of a document: what holds it, the key, and where it stands."""
    for key, value in list(node.items()) if isinstance(node, dict) else list(enumerate(node)):
        if isinstance(node, dict):
            yield node, key, (*where, key)
        if isinstance(value, dict | list):
            yield from keys_of(value, (*where, key))


def filing(rng: random.Random) -> Any:
    """A ledger in which the most is filled in, and some of it wrong."""
    data = data_of(f"validators/change/{rng.choice(('_example.yaml', '_example.full-procedure.yaml'))}")
    first = data["changes"][0]
    first |= {"supplementary_contract": {"number": "补1", "signed_on": "2012-05-01", "recorded_on": "2012-05-02"}}
    first["amounts"]["net_in_words"] = rng.choice(("捌万元整", "伍元整"))
    first["major_design_change"] = {"is_major": rng.random() < 0.5, "reason": "结构安全"}
    data["project"]["agent_builder"] = "代建公司"
    second = {**copy.deepcopy(first), "number": "变-2", "sequence": 2, "tier": "consultation"}
    return {**data, "changes": [first, second]}


def judgements(data: Any, folder: Path) -> Counter[tuple[str, Any, str]]:
    path = folder / "ledger.yaml"
    path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    found = Checker(ROOT).check([path]).findings
    return Counter((f.rule, f.where, f.severity) for f in found if not f.rule.startswith(("shape/", "input/")))


@pytest.mark.parametrize("name", ["某某", "{}x", "附-{}"])
@pytest.mark.parametrize("seed", range(12))
def test_what_a_filing_says_under_a_wrong_name_is_held_against_nobody(seed: int, name: str, tmp_path: Path) -> None:
    rng = random.Random(seed)
    data = filing(rng)
    whole = judgements(data, tmp_path)
    places = [(holder, key) for holder, key, _ in keys_of(data) if key not in ("kind", "project", "changes")]
    holder, key = rng.choice(places)
    holder[name.format(key)] = holder.pop(key)
    damaged = judgements(data, tmp_path)
    tiers = {"change/tier-matches-amount"}  # the least that is sure may be another word on the same form
    assert not {each for each in damaged - whole if each[0] not in tiers}, (key, damaged - whole)


@pytest.mark.parametrize("where", [("project",), ("project", "contract"), ("changes", 1), ("changes", 0, "amounts")])
@pytest.mark.parametrize("value", ["样例说明", ["甲"], {"甲": "乙"}])
def test_a_remark_in_a_filing_leaves_its_tier_decided(where: tuple[Any, ...], value: Any, tmp_path: Path) -> None:
    data = project([80_000] * 2, ["consultation"] * 2)
    whole = judgements(data, tmp_path)
    holder = data
    for step in where:
        holder = holder[step]
    holder["附注"] = value
    damaged = judgements(data, tmp_path)
    assert damaged <= whole
    assert {each for each in whole - damaged if "tier" in each[0] or "cumulative" in each[0]} == set()


def test_a_folder_is_judged_without_what_a_strange_key_may_mean(tmp_path: Path) -> None:
    data = project([80_000] * 2, ["consultation"] * 2)
    del data["project"]["designer"]
    data["project"]["desinger"] = "设计院"
    (tmp_path / "changes").mkdir()
    write_yaml(tmp_path / "project.yaml", {"kind": "project", **data["project"]})
    for n, each in enumerate(data["changes"]):
        write_yaml(tmp_path / f"changes/{n}.yaml", each | {"kind": "change", "implementd_on": "2012-05-01"})
    found = Checker(ROOT).check([tmp_path]).findings
    rules = Counter(f.rule for f in found)
    assert rules["change/tier-matches-amount"] == 2 and rules[RULE] == 3
    (note,) = [f for f in found if f.rule == "input/not-stated"]
    assert "implemented_on" in note.message.zh and "不认识的键" in note.message.zh


def test_what_stands_a_step_too_high_is_found_where_it_belongs(tmp_path: Path) -> None:
    data = project([80_000], ["finance"])
    assert "change/gate-determined" not in {rule for rule, _, _ in judgements(data, tmp_path)}
    data["project"]["provisional_sum"] = data["project"]["contract"].pop("provisional_sum")
    found = judgements(data, tmp_path)
    assert not {"change/gate-determined", "change/tier-matches-amount"} & {rule for rule, _, _ in found}
    (note,) = [f for f in Checker(ROOT).check([tmp_path]).findings if f.rule == "input/not-stated"]
    assert "provisional_sum" in note.message.zh


def test_nothing_is_lost_where_a_filing_is_converted(tmp_path: Path) -> None:
    data = project([80_000])
    data["changes"][0]["items"][0]["附注"] = "样例"
    write_yaml(tmp_path / "a.yaml", data)
    assert banshi("convert", str(tmp_path / "a.yaml"), str(tmp_path / "b.jsonl")).returncode == 0
    assert "附注" in (tmp_path / "b.jsonl").read_text(encoding="utf-8")


def test_a_key_that_was_meant_is_still_missing(tmp_path: Path) -> None:
    data = project([80_000])
    data["chnages"] = data.pop("changes")
    write_yaml(tmp_path / "a.yaml", data)
    found = Checker(ROOT).check([tmp_path]).findings
    assert [f.rule for f in found] == [RULE]
