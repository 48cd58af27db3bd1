"""Scenarios: what holds passes, what differs is shown with its reasons, what cannot be tried is said."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, banshi, banshi_process, write_yaml

from banshi.checking.checker import Checker
from banshi.files.documents import Document
from banshi.files.reading import read
from banshi.subjects.scenarios.loading import files_in, to_scenarios
from banshi.subjects.scenarios.outcomes import UNUSABLE
from banshi.subjects.scenarios.trying import tried as every

CENTRES = ("examples/linjiang", "examples/qinghe", ".")
SHIPPED = [
    (centre, path)
    for centre in CENTRES
    for folder in ("tests", "policies")
    if centre != "." or folder == "policies"
    for path in files_in(ROOT / centre / folder)
]


def tried(tmp_path: Path, *scenarios: dict[str, Any], **more: Any) -> tuple[int, list[dict[str, Any]], str]:
    path = tmp_path / "s.yaml"
    write_yaml(path, {"kind": "scenario", "jurisdiction": "luzhou", "scenarios": list(scenarios), **more})
    done = banshi("test", str(path), "--format", "json")
    return done.returncode, json.loads(done.stdout)["scenarios"] if done.stdout else [], done.stderr


def one(**facts: Any) -> dict[str, Any]:
    return {"name": "一", **facts}


DAY: dict[str, Any] = {"group": "窗口工作人员", "punches": {"2010-03-01": ["08:00", "18:00"]}}
TIER = {"bid_price": 5000000, "provisional_sum": 0, "net": 100000}


WRONG = {str: "没有这样的", int: 987, float: 987.5, bool: "不", list: ["没有这样的"]}


def spoilt(expect: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """What is expected, each time with one value that is wrong."""
    for key, value in expect.items():
        if key == "until":
            yield {**expect, key: "2001-01-01"}
        elif key == "targets":
            for n, target in enumerate(value):
                for name in sorted({"verdict", "value"} & target.keys()):
                    wrong = {"verdict": "软目标未达到（提示）", "value": "0.01%"}[name]
                    yield {**expect, key: [*value[:n], {**target, name: wrong}, *value[n + 1 :]]}
        elif isinstance(value, dict):
            yield from ({**expect, key: {**value, name: 987}} for name in value)
        elif key in ("score", "bonus", "deductions", "place", "minutes", "times", "absence_days", "days"):
            yield {**expect, key: 987}
        else:
            yield {**expect, key: WRONG[type(value)]}


@pytest.mark.parametrize(("centre", "path"), SHIPPED, ids=lambda each: getattr(each, "name", each))
def test_those_shipped_hold_and_every_value_can_fail(centre: str, path: Path) -> None:
    document = read(path).document
    assert document is not None
    checker = Checker(ROOT / centre)
    assert [each.scenario.name for each in _tried(document, document.data, checker) if not each.holds] == []
    for scenario in document.data["scenarios"]:
        for expect in spoilt(scenario["expect"]):
            [found] = _tried(document, {**document.data, "scenarios": [{**scenario, "expect": expect}]}, checker)
            assert not found.holds and found.found != UNUSABLE, (scenario["name"], expect)


def _tried(document: Document, data: dict[str, Any], checker: Checker) -> list[Any]:
    return list(every(document, to_scenarios(data), checker))


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
        (one(on="2012-03-01", tier={**TIER, "increase": 1}, expect={"tier": "finance"}), "增加额"),
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
        one(attendance={"group": "窗口工作人员"}, expect={"verdict": ["正常"]}),
        one(attendance=DAY, expect={"verdict": ["正常"], "score": 1}),
        one(attendance=DAY, expect={"verdict": "正常"}),
        one(attendance={**DAY, "punch": {}}, expect={"verdict": ["正常"]}),
        one(attendance={**DAY, "punches": {"2010-03-01": ["25:00"]}}, expect={"verdict": ["正常"]}),
        one(attendance={**DAY, "punches": {"2010-02-30": ["08:00"]}}, expect={"verdict": ["正常"]}),
        one(on="2010-03-01", attendance=DAY, expect={"verdict": ["正常"]}),
        one(assessment={"period": "2012-Q1"}, expect={"score": 1}),
        one(assessment={"period": "2012-Q1", "windows": [{}], "files": ["x.yaml"]}, expect={"score": 1}),
        one(assessment={"period": "2012-Q1", "windows": [{}]}, expect={"score": "很多"}),
        one(cases={"as_of": "2011-03-31"}, expect={"targets": [{"target": "x", "verdict": "达到"}]}),
        one(cases={"rows": [{}]}, expect={"targets": [{"target": "x", "verdict": "好"}]}),
        one(cases={"rows": [{}]}, expect={"targets": [{"target": "x"}]}),
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
    assert status == 1 and found[0]["found"] == UNUSABLE


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

from banshi.checking.rules import Problem, Severity, Text

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
    untrusted = banshi_process("test", cwd=tmp_path)
    assert untrusted.returncode == 2 and "banshi trust" in untrusted.stderr
    done = banshi_process("test", "--trust-project", cwd=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "1 条自己的规则" in done.stdout
    for old, new in (
        ('== "待定"', '== "土质不符"'),
        ('GOOD = "changes: [{reason: 土质不符}]"', 'GOOD = "changes: [{nosuch: 1}]"'),
    ):
        rule.write_text(RULE.replace(old, new), encoding="utf-8")
        done = banshi_process("test", "--trust-project", cwd=tmp_path)
        assert done.returncode == 1 and "reason_given.py 不符" in done.stdout
    (place / "_example.yaml").unlink()
    assert "_example.yaml" in banshi_process("test", "--trust-project", cwd=tmp_path).stdout


def test_nothing_to_try_is_said(tmp_path: Path) -> None:
    done = banshi("test", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize("centre", CENTRES)
def test_every_centre_ships_scenarios_that_hold(centre: str) -> None:
    done = banshi("test", *(["policies"] if centre == "." else []), cwd=ROOT / centre)
    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    assert "0 个情景" not in done.stdout


@pytest.mark.parametrize(
    ("scenario", "said"),
    [
        (one(attendance={**DAY, "group": "临时人员"}, expect={"verdict": ["不能判定"]}), "人员类别"),
        (
            one(attendance={**DAY, "leave": [{"kind": "婚嫁", "from": "2010-03-01"}]}, expect={"days": 1}),
            "假别 婚嫁",
        ),
        (one(attendance={**DAY, "shifts": {"2010-03-01": "夜班"}}, expect={"verdict": ["不能判定"]}), "班次"),
        (one(attendance={**DAY, "leave": [{"kind": "事假", "form": "信"}]}, expect={"days": 1}), "信"),
        (one(attendance={**DAY, "notes": [{"day": "2010-03-01"}]}, expect={"verdict": ["正常"]}), "情况"),
        (one(assessment={"period": "2012-Q9", "windows": [{}]}, expect={"score": "不能判定"}), "2012-Q9"),
        (one(assessment={"period": "1999-Q1", "windows": [{}]}, expect={"score": "不能判定"}), "1999-Q1"),
        (one(assessment={"period": "2012-Q1", "windows": [{"factz": {}}]}, expect={"score": "不能判定"}), "factz"),
        (one(assessment={"period": "2012-Q1", "window": "甲", "windows": [{}]}, expect={"score": "不能判定"}), "甲"),
        (one(assessment={"period": "2012-Q1", "files": ["none.yaml"]}, expect={"score": "不能判定"}), "none.yaml"),
        (
            one(assessment={"period": "2012-Q1", "files": ["../../../x.yaml"]}, expect={"score": "不能判定"}),
            "文件夹",
        ),
        (
            one(assessment={"period": "2012-Q1", "windows": [{"facts": {"投拆": 1}}]}, expect={"score": "不能判定"}),
            "投拆",
        ),
        (
            one(cases={"rows": [{"kindd": "x"}]}, expect={"targets": [{"target": "x", "verdict": "不能判定"}]}),
            "kindd",
        ),
        (one(cases={"file": "none.csv"}, expect={"targets": [{"target": "x", "verdict": "不能判定"}]}), "none.csv"),
    ],
)
def test_facts_that_cannot_be_used_are_never_what_is_expected(
    scenario: dict[str, Any], said: str, tmp_path: Path
) -> None:
    status, found, error = tried(tmp_path, scenario)
    assert status == 1, found
    assert found[0]["found"] == UNUSABLE and said in json.dumps(found[0]["reasons"], ensure_ascii=False), error


def test_targets_that_are_several_or_none_are_told(tmp_path: Path) -> None:
    row = {"类别": "投资建设项目", "accepted_on": "2011-03-01", "finished_on": "2011-03-02", "parallel": True}
    facts = {"level": "county", "rows": [row]}
    for target in ("满意率", "没有"):
        expect = {"targets": [{"target": target, "verdict": "不能判定"}]}
        status, found, _ = tried(tmp_path, one(cases=facts, expect=expect))
        assert status == 1 and "investment-satisfaction-rate" in found[0]["reasons"][-1]["text"], found


def test_a_bonus_among_the_facts_is_told_to_be_entered_one_by_one(tmp_path: Path) -> None:
    """Whatever the centre: a fact of a bonus or a deduction is no count of a window; it says where it belongs."""
    city = ROOT / "tests/data/ningchuan"
    text = (city / "tests/scoring.yaml").read_text("utf-8").replace("facts: {逾期办件: 3}", "facts: {合理化建议: 3}", 1)
    shutil.copytree(city, tmp_path / "city")
    (tmp_path / "city/tests/scoring.yaml").write_text(text, "utf-8")
    done = banshi("test", "tests/scoring.yaml", cwd=tmp_path / "city")
    assert done.returncode == 1 and "“合理化建议”是加分的情形，写在 facts 里不会计入：逐笔写在 bonus 里" in done.stdout


def test_scenarios_of_a_project_further_below_are_not_tried_by_other_rules(tmp_path: Path) -> None:
    """It has rules of its own: that they were left out is said, and named they are tried."""
    shutil.copytree(ROOT / "examples/linjiang", tmp_path / "mine")
    shutil.copytree(ROOT / "examples/qinghe", tmp_path / "mine/tests/other")
    done = banshi("test", cwd=tmp_path / "mine")
    assert (done.returncode, "试了 29 个情景" in done.stdout) == (0, True), done.stdout
    assert "tests/other 是另一个项目" in done.stderr and done.stderr.count("另一个项目") == 1
    assert banshi("test", "tests/other/tests", cwd=tmp_path / "mine").returncode == 1
    assert banshi("test", cwd=tmp_path / "mine/tests/other").returncode == 0
