"""Scenarios: what holds passes, what differs is shown with its reasons, what cannot be tried is said."""

import json
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, banshi, write_yaml

from banshi.reading import read

SHIPPED = ROOT / "policies/luzhou/change-management/scenarios.yaml"


def tried(tmp_path: Path, *scenarios: dict[str, Any], **more: Any) -> tuple[int, list[dict[str, Any]], str]:
    path = tmp_path / "s.yaml"
    write_yaml(path, {"kind": "scenario", "jurisdiction": "luzhou", "scenarios": list(scenarios), **more})
    done = banshi("test", str(path), "--format", "json")
    return done.returncode, json.loads(done.stdout)["scenarios"] if done.stdout else [], done.stderr


def one(**facts: Any) -> dict[str, Any]:
    return {"name": "一", **facts}


TIER = {"bid_price": 5000000, "provisional_sum": 0, "net": 100000}


def test_those_shipped_hold_and_every_one_can_fail(tmp_path: Path) -> None:
    document = read(SHIPPED).document
    assert document is not None
    done = banshi("test", str(SHIPPED))
    assert done.returncode == 0, done.stdout
    for scenario in document.data["scenarios"]:
        key = next(iter(scenario["expect"]))
        wrong = {"tier": "全程审批并公示", "until": "2001-01-01"}[key]
        status, found, _ = tried(tmp_path, {**scenario, "expect": {key: wrong}})
        assert status == 1 and not found[0]["holds"] and found[0]["found"] == scenario["expect"][key]


def test_names_and_ids_are_alike(tmp_path: Path) -> None:
    for word in ("finance", "财政批准"):
        status, found, _ = tried(tmp_path, one(on="2012-03-01", tier=TIER, expect={"tier": word}))
        assert status == 0 and found[0]["found"] == "财政批准" and found[0]["reasons"][0]["basis"]


def test_what_is_not_determined_may_be_expected(tmp_path: Path) -> None:
    before = one(on="2010-01-01", tier=TIER, expect={"tier": "不能判定"})
    assert tried(tmp_path, before)[0] == 0
    far = one(publicity={"started_on": "2012-09-26"}, expect={"until": "不能判定"})
    status, found, _ = tried(tmp_path, far)
    assert status == 1 and found[0]["found"] == "2012-10-08"


@pytest.mark.parametrize(
    ("scenario", "said"),
    [
        (one(on="2012-03-01", tier=TIER, expect={"tier": "财正批准"}), "财政批准"),
        (one(due={"step": "不存在", "complete_on": "2012-03-01"}, expect={"until": "2012-03-02"}), "环节"),
        (one(on="2012-03-01", tier={**TIER, "criteria": ["x"]}, expect={"tier": "finance"}), "x"),
        (one(publicity={"started_on": "2012-09-26", "tier": "不存在"}, expect={"until": "2012-10-08"}), "档次"),
    ],
)
def test_words_of_no_law_are_told(scenario: dict[str, Any], said: str, tmp_path: Path) -> None:
    status, found, _ = tried(tmp_path, scenario)
    assert status == 1 and said in found[0]["reasons"][0]["text"]


@pytest.mark.parametrize(
    "scenario",
    [
        one(expect={"tier": "finance"}),
        one(on="2012-03-01", tier=TIER, due={"step": "a", "complete_on": "2012-03-01"}, expect={"tier": "finance"}),
        one(tier=TIER, expect={"tier": "finance"}),
        one(on="2012-03-01", tier=TIER, expect={"until": "2012-03-01"}),
        one(on="2012-03-01", tier={**TIER, "nett": 1}, expect={"tier": "finance"}),
        one(on="2012-03-01", tier=TIER, expect={}),
        one(on="2012-03-01", tier=TIER, expect={"tier": "finance", "until": "2012-03-01"}),
        one(publicity={"started_on": "2012-09-26"}, expect={"until": "十月八日"}),
        one(filing={"kind": "ledger"}, expect={"tier": "finance"}),
        one(on="2012-03-01", tier=TIER, expect={"tier": "finance"}, reason="x"),
    ],
)
def test_what_is_written_is_obeyed_or_refused(scenario: dict[str, Any], tmp_path: Path) -> None:
    status, found, said = tried(tmp_path, scenario)
    assert status == 1 and found == [] and "shape/" in said


def test_a_filing_is_tried_inline_and_by_path(tmp_path: Path, sound_ledger: dict[str, Any]) -> None:
    write_yaml(tmp_path / "台账.yaml", sound_ledger)
    sound = [one(filing=sound_ledger, expect={"findings": []}), one(file="台账.yaml", expect={"findings": []})]
    status, found, said = tried(tmp_path, *sound)
    assert status == 0, (found, said)
    broken = json.loads(json.dumps(sound_ledger))
    broken["changes"][0]["tier"] = "consultation"
    status, found, _ = tried(tmp_path, one(filing=broken, expect={"findings": []}))
    assert status == 1 and "change/tier-matches-amount" in found[0]["found"]
    wanted = found[0]["found"].split("、")
    assert tried(tmp_path, one(filing=broken, expect={"findings": wanted}))[0] == 0
    assert tried(tmp_path, one(filing=broken, expect={"findings": wanted[1:]}))[0] == 1


def test_a_file_outside_is_not_read(tmp_path: Path) -> None:
    status, found, _ = tried(tmp_path, one(file="../../x.yaml", expect={"findings": []}))
    assert status == 1 and found[0]["found"] == "不能判定"


def test_a_changed_figure_is_seen(tmp_path: Path) -> None:
    assert banshi("init", "x", "--name", "甲市", "--jurisdiction", "jia", cwd=tmp_path, stdin=b"").returncode == 0
    policy = next((tmp_path / "x/policies/jia/change-management").glob("*.yaml"))
    policy.write_text(policy.read_text(encoding="utf-8").replace("value: 10,", "value: 20,"), encoding="utf-8")
    done = banshi("test", cwd=tmp_path / "x")
    assert done.returncode == 1
    assert "tests/change-management.yaml:" in done.stdout and "应得：主管部门批准" in done.stdout
    assert "得到：业主会商" in done.stdout and "第一条" in done.stdout


RULE = '''"""原因要写明。

写“待定”不算。
"""

from banshi.rules import Problem, Severity, Text

TITLE = Text("原因要写明", "the reason is given")
SEVERITY = Severity.WARNING
BASIS = ()
GOOD = "changes: [{reason: 土质不符}]"
BAD = "changes: [{reason: 待定}]"


def check(case):
    if case.change.reason == "待定":
        yield Problem(where=("reason",), message=Text("没有写明", "not given"), fix=Text("写明。", "Say it."))
'''


def test_examples_of_trusted_rules_are_tried(tmp_path: Path, sound_ledger: dict[str, Any]) -> None:
    place = tmp_path / "validators/change"
    place.mkdir(parents=True)
    (tmp_path / "banshi.toml").touch()
    write_yaml(place / "_example.yaml", sound_ledger)
    rule = place / "reason_given.py"
    rule.write_text(RULE, encoding="utf-8")
    untrusted = banshi("test", cwd=tmp_path)
    assert untrusted.returncode == 2 and "banshi trust" in untrusted.stderr
    done = banshi("test", "--trust-project", cwd=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "1 条自己的规则" in done.stdout
    for old, new in (
        ('== "待定"', '== "土质不符"'),
        ('GOOD = "changes: [{reason: 土质不符}]"', 'GOOD = "changes: [{nosuch: 1}]"'),
    ):
        rule.write_text(RULE.replace(old, new), encoding="utf-8")
        done = banshi("test", "--trust-project", cwd=tmp_path)
        assert done.returncode == 1 and "reason_given.py 不符" in done.stdout
    (place / "_example.yaml").unlink()
    assert "_example.yaml" in banshi("test", "--trust-project", cwd=tmp_path).stdout


def test_nothing_to_try_is_said(tmp_path: Path) -> None:
    done = banshi("test", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize("centre", ["examples/linjiang", "examples/qinghe", "."])
def test_every_centre_ships_scenarios_that_hold(centre: str) -> None:
    done = banshi("test", *(["policies"] if centre == "." else []), cwd=ROOT / centre)
    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    assert "0 个情景" not in done.stdout
