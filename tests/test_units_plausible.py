"""Figures that hardly any rulebook holds with their unit are asked about, whatever norm they stand in; usual ones are not."""

import copy
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, write_yaml

from banshi.checking.checker import Checker
from banshi.files.reading import read

RULE = "policy/units-plausible"
CENTRES = ("", "examples/linjiang", "examples/qinghe", "tests/data/baiyun", "tests/data/zezhou")


def found(folder: Path) -> list[Any]:
    report = Checker(folder).check([folder / "policies"])
    return [each for each in report.findings if each.rule == RULE]


@pytest.mark.parametrize("centre", CENTRES)
def test_the_rulebooks_that_are_there_are_not_asked(centre: str) -> None:
    assert not found(ROOT / centre)


HEAD = {
    "kind": "policy", "version": "2026-01-01", "title": "甲（虚构）", "jurisdiction": "jia",
    "jurisdiction_name": "甲市（虚构）", "subject": "甲", "dates": {"issued": "2026-01-01", "in_force": "2026-01-01", "known": "2026-01-01"},
    "status": "in_force", "validity": "unverified", "normative": True, "source": {"note": "虚构"},
}  # fmt: skip
OFFICES = {"owner": {"name": "业主", "field": "owner"}}
TIERS = {"low": {"name": "低"}, "high": {"name": "高"}}


def tiers(value: Any, unit: str) -> list[dict[str, Any]]:
    base = {"base": "bid_price"} if unit == "%" else {}
    same = {"kind": "approval_tier", "statement": "{condition}。", "measure": "cumulative", **base}
    return [
        {"id": "a", "tier": "low", "amount": {"upper": {"value": value, "inclusive": True}, "unit": unit}, **same},
        {"id": "b", "tier": "high", "amount": {"lower": {"value": value, "inclusive": False}, "unit": unit}, **same},
    ]


def rate(value: Any, end: str = "lower", unit: str = "%") -> list[dict[str, Any]]:
    bound = {end: {"value": value, "inclusive": True}, "unit": unit}
    return [{"id": "t", "kind": "target", "statement": "{bound}", "measure": "on_time_rate", "bound": bound}]


def length(value: int, unit: str) -> list[dict[str, Any]]:
    return [
        {"id": "p", "kind": "period", "statement": "{length}", "of": "publicity", "inclusive": True,
         "length": {"value": value, "unit": unit}},
    ]  # fmt: skip


def hours(value: int, unit: str) -> list[dict[str, Any]]:
    return [
        {"id": "h", "kind": "working_time", "statement": "{at_least}", "at_least": {"value": value, "unit": unit}},
    ]


def told(folder: Path, subject: str, norms: list[dict[str, Any]]) -> list[Any]:
    part = {"id": "1", "label": "一", "heading": "一", "source": {"note": "虚构"}, "norms": copy.deepcopy(norms)}
    words = {"tiers": TIERS, "offices": OFFICES} if subject == "change" else {}
    data = {**HEAD, "instrument": f"jia/{subject}", "governs": [subject], **words, "provisions": [part]}
    place = folder / f"policies/jia/{subject}/2026-01-01.yaml"
    place.parent.mkdir(parents=True)
    write_yaml(place, data)
    report = Checker(folder).check([place])
    assert not [each for each in report.findings if each.rule.startswith("shape/")]
    return [each for each in report.findings if each.rule == RULE]


@pytest.mark.parametrize(
    ("subject", "norms", "many"),
    [
        ("change", tiers("0.667", "%"), 2),
        ("change", tiers("0.05", "%"), 2),
        ("change", tiers("5", "%"), 0),
        ("change", tiers("66.7", "%"), 0),
        ("change", tiers("5", "元"), 1),
        ("change", tiers("50000", "元"), 0),
        ("change", tiers("5", "万元"), 0),
        ("change", tiers("50000000", "万元"), 2),
        ("parallel", rate("0.95"), 1),
        ("parallel", rate("95"), 0),
        ("parallel", rate("0.3", "upper"), 0),
        ("parallel", rate("0.98", "upper"), 1),
        ("change", length(7, "天"), 0),
        ("change", length(7, "小时"), 1),
        ("change", length(48, "小时"), 0),
        ("change", length(7, "分钟"), 0),
        ("change", length(600, "工作日"), 1),
        ("change", length(90, "月"), 1),
        ("change", length(2, "年"), 0),
        ("attendance", hours(8, "小时"), 0),
        ("attendance", hours(8, "分钟"), 1),
        ("attendance", hours(480, "分钟"), 0),
    ],
)
def test_it_asks_about_the_unit(tmp_path: Path, subject: str, norms: list[dict[str, Any]], many: int) -> None:
    found = told(tmp_path, subject, norms)
    assert len(found) == many
    assert all(
        each.severity == "warning" and each.where[:4] == ("provisions", 0, "norms", each.where[3]) for each in found
    )


def test_a_rate_as_a_part_of_one_is_refused_beyond_all_of_it(tmp_path: Path) -> None:
    norms = rate("98", unit="比率")
    part = {"id": "1", "label": "一", "heading": "一", "source": {"note": "虚构"}, "norms": norms}
    place = tmp_path / "policies/jia/parallel/2026-01-01.yaml"
    place.parent.mkdir(parents=True)
    write_yaml(place, {**HEAD, "instrument": "jia/parallel", "governs": ["parallel"], "provisions": [part]})
    rules = {each.rule for each in Checker(tmp_path).check([place]).findings if each.severity == "error"}
    assert rules & {"policy/bounds-reachable", "policy/units-computed"}


@pytest.mark.parametrize("written", ["98%", "0.98 比率", "5万元"])
def test_a_unit_in_the_figure_is_refused(tmp_path: Path, written: str) -> None:
    place = tmp_path / "policies/jia/parallel/2026-01-01.yaml"
    place.parent.mkdir(parents=True)
    part = {"id": "1", "label": "一", "heading": "一", "source": {"note": "虚构"}, "norms": rate(written)}
    write_yaml(place, {**HEAD, "instrument": "jia/parallel", "governs": ["parallel"], "provisions": [part]})
    assert read(place).document
    assert [each for each in Checker(tmp_path).check([place]).findings if each.rule.startswith("shape/")]
