"""A value of a filing that is lacking, blank or wrong is told, and costs only what rests on it; nothing is supposed in its place."""

import copy
import json
import random
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, banshi, write_yaml
from lengths import longer, some
from test_change_missing import project
from test_strange_keys import filing, judgements, keys_of

from banshi.checking.checker import Checker

# Where a tier is open, other words may be said of the same form.
OF_TIERS = {"change/tier-matches-amount", "change/steps-belong"}
SPOILT: tuple[Any, ...] = ("没有", ["x"], {"x": 1}, -7, None)


def spoil(data: Any, where: tuple[Any, ...], value: Any) -> None:
    holder = data
    for step in where[:-1]:
        holder = holder[step]
    if value == "lacking":
        del holder[where[-1]]
    else:
        holder[where[-1]] = value


@longer
@pytest.mark.parametrize("part", some(range(24), 4))
def test_what_is_wrong_in_a_filing_is_held_against_nobody(part: int, tmp_path: Path) -> None:
    rng = random.Random(part)
    whole = judgements(filing(random.Random(part % 4)), tmp_path)
    routes = [where for _, _, where in keys_of(filing(random.Random(part % 4))) if where != ("kind",)]
    for where in rng.sample(routes, 4):
        for value in ("lacking", rng.choice(SPOILT)):
            data = filing(random.Random(part % 4))
            spoil(data, where, value)
            damaged, report = judgements(data, tmp_path), Checker(ROOT).check([tmp_path])
            assert not report.failed, where
            if any(f.rule.startswith("shape/") for f in report.findings):
                assert {rule for rule, _, _ in damaged - whole} <= OF_TIERS, (where, value, damaged - whole)


UNCOUNTED = [
    ("project", "supervisor"),
    ("project", "funding", "sources"),
    ("project", "contract", "signed_on"),
    ("changes", 0, "reason"),
    ("changes", 0, "type"),
    ("changes", 0, "consultation", 0, "signed_on"),
    ("changes", 0, "items", 0, "unit_price"),
    ("changes", 0, "attachments"),
]


@pytest.mark.parametrize("value", ["lacking", ["x"], "二〇一二年二月三十日"])
@pytest.mark.parametrize("where", UNCOUNTED)
def test_what_no_tier_rests_on_leaves_it_decided(where: tuple[Any, ...], value: Any, tmp_path: Path) -> None:
    data = project([80_000] * 2, ["consultation"] * 2)
    whole = judgements(data, tmp_path)
    spoil(data, where, value)
    damaged = judgements(data, tmp_path)
    of_amounts = {each for each in whole if "tier" in each[0] or "cumulative" in each[0]}
    assert of_amounts and of_amounts <= set(damaged)


@pytest.mark.parametrize(
    "where", [("changes", 0, "sequence"), ("changes", 0, "amounts", "net"), ("changes", 0, "status")]
)
def test_what_sums_rest_on_leaves_a_least_tier_for_the_forms_behind_it(where: tuple[Any, ...], tmp_path: Path) -> None:
    data = project([80_000, 600_000], ["consultation"] * 2)
    spoil(data, where, ["x"])
    found = judgements(data, tmp_path)
    assert {each[1][1] for each in found if each[0] == "change/tier-matches-amount"} == {1}
    notes = {f.rule for f in Checker(ROOT).check([tmp_path]).findings}
    assert "input/incomplete-project" in notes


def told_tiers(data: Any, folder: Path) -> Any:
    write_yaml(folder / "a.yaml", data)
    done = banshi("tier", str(folder / "a.yaml"), "--format", "json")
    assert done.returncode == 1
    return json.loads(done.stdout)["decisions"]


def test_a_tier_is_open_where_it_hangs_on_a_wrong_value_and_says_why(tmp_path: Path) -> None:
    data = project([80_000, 600_000])
    data["project"]["contract"]["bid_price"] = "一千多万"
    told = told_tiers(data, tmp_path)  # the gate is a matter of the sums alone: the price stands on both of its sides
    assert [each["tier"] for each in told] == ["finance", "full_procedure"]
    assert all("中标价（没有写明）" in each["reasons"][0]["text"] for each in told)
    data["project"]["contract"]["provisional_sum"] = "十来万"
    told = told_tiers(data, tmp_path)
    assert [each["possible"] for each in told] == [["consultation", "finance"], ["consultation", "full_procedure"]]
    assert all("没有写明数额" in each["reasons"][0]["text"] for each in told)


def test_each_step_is_due_by_itself(tmp_path: Path) -> None:
    document = filing(random.Random(0))
    first = document["changes"][0]
    assert len(first["opinions"]) > 2
    whole = json.loads(banshi("due", str(write(tmp_path, document)), "--format", "json").stdout)["decisions"]
    first["opinions"][0]["complete_on"] = "不知道"
    other = json.loads(banshi("due", str(write(tmp_path, document)), "--format", "json").stdout)["decisions"]
    assert len(other) == len(whole) and other[1:] == whole[1:]
    assert "没有写明" in json.dumps(other[0], ensure_ascii=False)


def write(folder: Path, data: Any) -> Path:
    write_yaml(folder / "a.yaml", copy.deepcopy(data))
    return folder / "a.yaml"


@pytest.mark.parametrize("command", [("publicity",), ("form", "附件1", "--format", "html", "--from")])
def test_nothing_supposed_is_printed(command: tuple[str, ...], tmp_path: Path) -> None:
    data = filing(random.Random(1))
    data["project"]["contract"]["signed_on"] = "不知道"
    data["changes"][0]["consultation"][0]["signed_on"] = "不知道"
    done = banshi(*command, str(write(tmp_path, data)))
    assert "1900" not in done.stdout + done.stderr and done.returncode


def test_a_key_written_twice_costs_only_what_it_states(tmp_path: Path) -> None:
    data = project([80_000] * 2, ["consultation"] * 2)
    whole = judgements(data, tmp_path)
    text = json.dumps(data["changes"][0], ensure_ascii=False)
    twice = json.dumps(data, ensure_ascii=False).replace(text, text[:-1] + ', "reason": "另一个"}')
    path = tmp_path / "ledger.yaml"
    path.write_text(twice, encoding="utf-8")
    found = Checker(ROOT).check([path]).findings
    assert "input/duplicate-key" in {f.rule for f in found}
    tiers = {(f.rule, f.where) for f in found if "tier" in f.rule}
    assert tiers == {(rule, where) for rule, where, _ in whole if "tier" in rule} and tiers
