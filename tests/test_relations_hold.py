"""Replacements, overlays and ids that would come to nothing are refused, for every kind of norm that is limited."""

from pathlib import Path
from typing import Any

import pytest
from conftest import banshi
from ruamel.yaml import YAML

LIMIT = {
    "kind": "time_limit",
    "statement": "{length}内审批完毕。",
    "inclusive": True,
    "counted_from": "complete_on",
    "first_day": "next_day",
}
TIER = {"kind": "approval_tier", "statement": "{amount}的，由财政部门批准。", "tier": "finance"}


def instrument(name: str, norms: list[dict[str, Any]], **more: Any) -> dict[str, Any]:
    return {
        "kind": "policy",
        "instrument": name,
        "version": "2012-01-01",
        "title": "样例（虚构）",
        "jurisdiction": name.rpartition("/")[0],
        "jurisdiction_name": "样例（虚构）",
        "subject": "样例",
        "governs": ["change"],
        "dates": {"issued": "2012-01-01", "in_force": "2012-01-01", "known": "2012-01-01"},
        "status": "historical",
        "validity": "unverified",
        "normative": True,
        "source": {"note": "虚构"},
        "provisions": [{"id": "1", "label": "一", "heading": "一", "source": {"note": "虚构"}, "norms": norms}],
        **more,
    }


def found(folder: Path, data: dict[str, Any], rule: str) -> list[str]:
    path = folder / f"policies/{data['instrument']}/2012-01-01.yaml"
    path.parent.mkdir(parents=True)
    with open(path, "w", encoding="utf-8") as stream:
        YAML().dump(data, stream)
    out = banshi("check", str(path.relative_to(folder)), cwd=folder).stdout
    return [part.splitlines()[0].strip() for part in out.split(f"[policy/{rule}]\n")[1:]]


def length(value: int, unit: str) -> dict[str, Any]:
    return {"id": "department-limit", **LIMIT, "length": {"value": value, "unit": unit}}


def amount(upper: int, **more: Any) -> dict[str, Any]:
    bounds = {"lower": {"value": 0, "inclusive": False}, "upper": {"value": upper, "inclusive": True}, "unit": "元"}
    return {"id": "finance-tier", **TIER, "measure": "larger_of_single_and_cumulative", "amount": bounds, **more}


@pytest.mark.parametrize(
    ("norm", "said"),
    [
        (amount(90000), ""),
        (amount(110000), "上限为11万元（含），宽于市规定的10万元（含）"),
        (amount(90000, measure="single"), "量的不是同一个数"),
        (amount(90000, of="absolute"), "量的不是同一个数"),
    ],
    ids=["lower", "higher", "single only", "both added up"],
)
def test_an_overlay_that_is_void_is_told(tmp_path: Path, norm: dict[str, Any], said: str) -> None:
    name = "luzhou/example/change-management"
    data = instrument(name, [norm], tiers={"finance": {"name": "财政批准"}})
    messages = found(tmp_path, data, "county-limits")
    assert [said in message for message in messages] == ([True] if said else [])


def of_city(folder: Path, add: str = "", take: str = "") -> None:
    """The city's text, with one norm more, or fewer, that a county may lay down otherwise."""
    city = YAML().load((Path(__file__).parent.parent / CITY).read_text(encoding="utf-8"))
    norms = (norm for provision in city["provisions"] for norm in provision["norms"])
    limit = next(norm for norm in norms if norm["kind"] == "local_limit")
    limit["overlays"] = [each for each in (*limit["overlays"], add) if each not in ("", take)]
    path = folder / CITY
    path.parent.mkdir(parents=True)
    with open(path, "w", encoding="utf-8") as stream:
        YAML().dump(city, stream)


def test_a_tier_that_the_city_does_not_let_be_laid_down_otherwise_is_told(tmp_path: Path) -> None:
    of_city(tmp_path, take="finance-tier")
    data = instrument("luzhou/example/change-management", [amount(90000)], tiers={"finance": {"name": "财政批准"}})
    assert found(tmp_path, data, "county-limits") == ["finance-tier 不是上级列为可以另定的规范点，不起作用"]


@pytest.mark.parametrize(
    ("value", "unit", "void"),
    [
        (2, "工作日", False),
        (3, "工作日", False),
        (4, "工作日", True),
        (3, "天", False),
        (4, "天", True),
        (1, "月", True),
    ],
)
def test_a_longer_limit_of_a_lower_place_is_told(tmp_path: Path, value: int, unit: str, void: bool) -> None:
    of_city(tmp_path, add="department-limit")
    messages = found(tmp_path, instrument("luzhou/example/change-management", [length(value, unit)]), "county-limits")
    assert [f"是{value}" in message for message in messages] == ([True] if void else [])


CITY = "policies/luzhou/change-management/2011-11-04.yaml"


@pytest.mark.parametrize(
    ("relation", "said"),
    [
        ({"kind": "amends", "instrument": "luzhou/change-management", "since": "2012-01-01"}, ""),
        ({"kind": "amends", "instrument": "luzhou/change-management", "since": "2011-12-31"}, "以前的日子不会起作用"),
        ({"kind": "repeals", "instrument": "luzhou/parallel-approval"}, "取代不会起作用"),
        ({"kind": "amends", "title": "某办法", "replaces": {"a": ["own"]}}, "没有写是本库的哪个文件"),
    ],
    ids=["sound", "before it is in force", "another subject", "nobody's norms"],
)
def test_a_replacement_that_comes_to_nothing_is_told(tmp_path: Path, relation: dict[str, Any], said: str) -> None:
    own = {**length(3, "工作日"), "id": "own"}
    messages = found(tmp_path, instrument("luzhou/other", [own], relations=[relation]), "relations-hold")
    assert [said in message for message in messages] == ([True] if said else [])


def test_an_id_that_a_neighbour_uses_is_told(tmp_path: Path) -> None:
    messages = found(tmp_path, instrument("luzhou/other", [length(3, "工作日")]), "same-id-elsewhere")
    assert ["luzhou/change-management 也有规范点 department-limit" in message for message in messages] == [True]
