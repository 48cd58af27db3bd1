"""The rules on services find the same in a guide's ``service`` as in a catalogue's item, and only what is stated."""

import json
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, write_yaml
from hypothesis import given
from hypothesis import strategies as st

from banshi.checking.checker import Checker
from banshi.checking.examples import example
from banshi.checking.rules import Rule, load_rules
from banshi.files.findings import Finding
from banshi.law.guide_elements import Fee, Limits, Result, Service, lacks_area_code, numbers, said

RULES = [rule for rule in load_rules([ROOT / "validators"], "guide") if rule.subject == "service"]
CHECKER = Checker(ROOT)


def catalogue(service: dict[str, Any]) -> dict[str, Any]:
    """A catalogue whose second item says what a guide's service says."""
    item = {"id": "second", "name": "样例事项二", "department": "one", **service}
    if "materials" in item:
        item["materials"] = [{"id": f"m{n}", **material} for n, material in enumerate(item["materials"])]
    return {
        "kind": "catalogue",
        "fictional": True,
        "jurisdiction": "luzhou/yangliqu",
        "centre": "样例区政务服务中心（虚构）",
        "title": "样例目录（虚构）",
        "case_kind": "enterprise_registration",
        "in_use_from": "2011-06-01",
        "departments": [{"id": "one", "name": "样例部门"}],
        "items": [{"id": "first", "name": "样例事项一", "department": "one"}, item],
    }


def found(data: Any, path: Path) -> list[Finding]:
    write_yaml(path, data)
    return CHECKER.check([path]).findings


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_looks_at_catalogue_items_as_at_guides(rule: Rule, tmp_path: Path) -> None:
    in_guide = found(example(rule, rule.bad), tmp_path / "guide.yaml")
    in_item = found(catalogue(example(rule, rule.bad)["service"]), tmp_path / "catalogue.yaml")
    wanted = {(f.message, f.where[1:]) for f in in_guide if f.rule == rule.id}
    assert {(f.message, f.where[2:]) for f in in_item if f.rule == rule.id} == wanted
    assert {f.where[:2] for f in in_item if f.rule == rule.id} == {("items", 1)}
    sound = found(catalogue(example(rule, rule.good)["service"]), tmp_path / "catalogue.yaml")
    assert [f.rule for f in sound if f.rule.startswith("guide/")] == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_one_fault_is_one_finding_and_its_good_example_has_none(rule: Rule, tmp_path: Path) -> None:
    assert [f.rule for f in found(example(rule, rule.bad), tmp_path / "bad.yaml")] == [rule.id]
    assert found(example(rule, rule.good), tmp_path / "good.yaml") == []


def test_what_is_not_stated_is_not_found_fault_with(tmp_path: Path) -> None:
    assert [f for f in found(catalogue({}), tmp_path / "catalogue.yaml") if f.rule.startswith("guide/")] == []


ELEMENTS = {
    "handling": st.sampled_from(["immediate", "promised"]),
    "limits": st.fixed_dictionaries({}, optional={"statutory": st.integers(0, 90), "promised": st.integers(0, 90)}),
    "visits": st.integers(0, 3),
    "visits_reason": st.just("核验原件"),
    "online": st.booleans(),
    "entirely_online": st.booleans(),
    "courier": st.booleans(),
    "phone": st.sampled_from(["0830-1000001", "1000001", "12345"]),
    "complaint": st.sampled_from(["0830-1000001", "0830-1000002", "12345"]),
    "fee": st.fixed_dictionaries({"charged": st.booleans()}, optional={"online_payment": st.booleans()}),
}


@given(st.fixed_dictionaries({}, optional=ELEMENTS))
def test_findings_are_the_ones_that_the_definitions_give(
    tmp_path_factory: pytest.TempPathFactory, service: dict[str, Any]
) -> None:
    """Each rule against its sentence in the section on guides, written here a second time."""
    path = tmp_path_factory.getbasetemp() / "drawn.yaml"
    rules = {f.rule.removeprefix("guide/") for f in found(catalogue(service), path) if f.rule.startswith("guide/")}
    limits, fee, visits = service.get("limits", {}), service.get("fee", {}), service.get("visits")
    promised, statutory = limits.get("promised"), limits.get("statutory")
    wanted = {
        "handling-matches-limit": promised is not None
        and "handling" in service
        and (service["handling"] == "immediate") != (promised == 0),
        "promised-within-statutory": None not in (promised, statutory) and promised > statutory,
        "visits-have-reason": visits is not None and bool(visits) != ("visits_reason" in service),
        "online-means-no-visit": bool(service.get("entirely_online")) and bool(visits),
        "courier-without-visit": visits == 0 and service.get("online") is False and not service.get("courier"),
        "fee-stated": fee.get("charged") is True,
        "free-without-payment": fee.get("charged") is False and fee.get("online_payment") is True,
        "phones-differ": "phone" in service and service.get("phone") == service.get("complaint"),
        "phones-have-area-code": service.get("phone") == "1000001",
    }
    assert rules == {rule for rule, expected in wanted.items() if expected}


@pytest.mark.parametrize("number", ["0830-1234567", "(0830)1234567", "028-12345678", "12345", "13912345678"])
def test_numbers_that_can_be_dialled_from_elsewhere(number: str) -> None:
    assert not lacks_area_code(number)


@pytest.mark.parametrize("number", ["1234567", "2345678", "83012345", "0830-123", "县政务大厅"])
def test_numbers_that_cannot(number: str) -> None:
    assert lacks_area_code(number)


def test_several_numbers_in_one_entry() -> None:
    assert numbers("0830-1234567、0830-1234568；12345") == ["0830-1234567", "0830-1234568", "12345"]


def test_elements_are_said_as_they_stand() -> None:
    service = Service(
        kind="行政许可",
        handling="promised",
        limits=Limits(statutory=20, promised=6, basis="样例法第三条"),
        fee=Fee(charged=True, standard="每件样例"),
        result=Result(name="样例证", kind="证照"),
        visits=0,
        entirely_online=True,
        courier=True,
    )
    assert said(service) == {
        "type": ["行政许可", "承诺件"],
        "limit": ["20个工作日（样例法第三条）"],
        "promised": ["6个工作日"],
        "fee": ["收费", "项目：原文未载明", "依据：原文未载明", "标准：每件样例"],
        "result": ["样例证（证照），可以快递"],
        "visits": ["0次", "全程网办"],
    }
    assert said(Service(limits=Limits(promised=0), fee=Fee(charged=False))) == {
        "promised": ["当场办结"],
        "fee": ["不收费"],
    }


def test_the_example_of_the_rules_is_sound_and_json_is_read_too(tmp_path: Path) -> None:
    base = example(RULES[0], RULES[0].good)
    (tmp_path / "guide.json").write_text(json.dumps(base, ensure_ascii=False), encoding="utf-8")
    assert CHECKER.check([tmp_path / "guide.json"]).findings == []


@pytest.mark.parametrize(
    ("key", "rule", "words", "vague"),
    [
        ("conditions", "no-catch-all-condition", "法律、法规规定的其他条件", True),
        ("conditions", "no-catch-all-condition", "符合其它应当具备的条件", True),
        ("conditions", "no-catch-all-condition", "机关认为必要的其他条件", True),
        ("conditions", "no-catch-all-condition", "没有其他在建工程", False),
        ("materials", "no-catch-all-material", "其他材料", True),
        ("materials", "no-catch-all-material", "其它需要提交的证明材料", True),
        ("materials", "no-catch-all-material", "法律、法规规定应提交的其他文件", True),
        ("materials", "no-catch-all-material", "与其他单位签订的合同文件", False),
    ],
)
def test_what_counts_as_a_catch_all(tmp_path: Path, key: str, rule: str, words: str, vague: bool) -> None:
    service = {key: [words] if key == "conditions" else [{"id": "m", "name": words}]}
    rules = {f.rule for f in found(catalogue(service), tmp_path / "catalogue.yaml")}
    assert (f"guide/{rule}" in rules) == vague
