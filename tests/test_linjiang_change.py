"""The second centre's change rules, in YAML alone: expected results worked out by hand from the rules before the code ran."""

import csv
import datetime
import json
import shutil
from collections.abc import Iterator
from copy import deepcopy
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, banshi
from ruamel.yaml import YAML

from banshi.law.library import Law, Library, to_version
from banshi.law.working_days import WorkingDays
from banshi.subjects.change.deadlines import due, due_as_filed
from banshi.subjects.change.publicity import publicity_end
from banshi.subjects.change.step_forms import Opinion
from banshi.subjects.change.tier_measures import TierQuestion
from banshi.subjects.change.tiers import decide_tier

CENTRE = ROOT / "examples/linjiang"
POLICIES = [CENTRE / "policies", ROOT / "policies"]
LIBRARY, DAYS = Library(POLICIES), WorkingDays(POLICIES)
with open(ROOT / "tests/data/linjiang/change_tiers.csv", encoding="utf-8", newline="") as stream:
    ROWS = list(csv.DictReader(stream))
day = datetime.date.fromisoformat


def law_on(on: str, place: str = "linjiang") -> Law:
    found = LIBRARY.at(day(on), place).law("change")
    assert found is not None
    return found


def question(row: dict[str, str]) -> TierQuestion:
    up, down, all_up, all_down = (
        Decimal(row[key]) for key in ("increase", "decrease", "total_increase", "total_decrease")
    )
    return TierQuestion(
        single=up - down,
        cumulative=all_up - all_down,
        cumulative_governed=all_up - all_down,
        single_gross=up,
        cumulative_gross=all_up,
        single_absolute=up + down,
        cumulative_absolute=all_up + all_down,
        contract_price=Decimal(row["contract"]),
        provisional_sum=Decimal(row["provisional"]),
        criteria=() if row["criteria"] == "none" else (row["criteria"],),
    )


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["working"])
def test_a_tier_is_what_was_worked_out_by_hand(row: dict[str, str]) -> None:
    decision = decide_tier(law_on(row["on"]), question(row))
    assert decision.value == row["tier"]
    assert decision.basis


def test_the_command_line_says_the_same() -> None:
    row = ROWS[7]
    figures = ("--net", "0", "--increase", row["increase"], "--decrease", row["decrease"], "--criteria", "none")
    price = ("--contract-price", row["contract"], "--provisional-sum", row["provisional"])
    where = ("--project", str(CENTRE), "--jurisdiction", "linjiang", "--on", row["on"])
    done = banshi("tier", *price, *figures, *where, "--format", "json")
    assert json.loads(done.stdout)["decisions"][0]["tier"] == "major", done.stderr


def test_the_project_and_its_filings_are_sound() -> None:
    done = banshi("check", "--project", str(CENTRE), str(CENTRE))
    assert done.returncode == 0, done.stdout
    assert "[change/" not in done.stdout and "[policy/" not in done.stdout


@pytest.mark.parametrize(
    ("started", "end"),
    [
        ("2026-04-16", "2026-04-24"),  # 16, 17, 20, 21, 22, 23, 24
        ("2026-07-06", "2026-07-10"),  # amended: five working days, the first counts
        ("2026-09-28", "2026-09-30"),  # see below
    ],
)
def test_publicity_counts_its_first_day(started: str, end: str) -> None:
    law = law_on(started)
    found = publicity_end(law, DAYS, day(started)).value
    if started == "2026-09-28":  # 28, 29, 30; 1 to 7 October are off; 8, 9
        assert found == day("2026-10-09")
    else:
        assert found == day(end)


def test_limits_of_the_old_text() -> None:
    law = law_on("2026-03-02")
    assert due(law, DAYS, "reform_examination", day("2026-04-14"), day("2026-04-14")).value == day("2026-04-20")
    # 15 days from 2 May 2026 (Saturday, itself the first): 16 May is a Saturday and moves to Monday the 18th.
    assert due(law, DAYS, "evaluation", day("2026-05-02"), day("2026-05-02")).value == day("2026-05-18")
    extended = Opinion(
        step="evaluation",
        office="财政评审中心",
        received_on=day("2026-05-02"),
        complete_on=day("2026-05-02"),
        accepted_on=day("2026-05-02"),
        extension_reason="资料多",
    )
    # five working days after the moved end: 19, 20, 21, 22, 25 May
    later = due_as_filed(law, DAYS, extended, major=False)
    assert later.value == day("2026-05-25")
    assert due(law, DAYS, "leader_approval", day("2026-04-20")).value is None


def test_the_renamed_authority_is_called_by_its_new_name() -> None:
    assert law_on("2026-06-30").office_name("competent_authority") == "主管部门"
    assert law_on("2026-07-01").office_name("competent_authority") == "行业主管部门"


def test_what_was_not_yet_known_is_left_out() -> None:
    law = LIBRARY.at(day("2026-07-02"), "linjiang", known_on=day("2026-06-11")).law("change")
    assert law is not None
    assert decide_tier(law, question(ROWS[-3])).value == "major"


# A district may be stricter, never looser --------------------------------------------------------------------------


def district(tmp_path: Path, **norm: Any) -> Law:
    place = tmp_path / "linjiang/jiangbei/own-limits"
    place.mkdir(parents=True)
    data = {
        "kind": "policy",
        "instrument": "linjiang/jiangbei/own-limits",
        "version": "2026-02-01",
        "title": "江北区另定办法（虚构）",
        "jurisdiction": "linjiang/jiangbei",
        "jurisdiction_name": "江北区（虚构）",
        "subject": "变更",
        "governs": ["change"],
        "dates": {"in_force": "2026-02-01"},
        "status": "in_force",
        "validity": "unverified",
        "normative": True,
        "source": {"note": "虚构"},
        "provisions": [{"id": "1", "label": "一", "heading": "另定", "source": {"note": "虚构"}, "norms": [norm]}],
    }
    (place / "2026-02-01.yaml").write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    found = Library([tmp_path, *POLICIES]).at(day("2026-03-02"), "linjiang/jiangbei").law("change")
    assert found is not None
    return found


@pytest.mark.parametrize(("days", "stands"), [(3, True), (5, True), (8, False)])
def test_a_district_s_limit_is_shorter_or_void(tmp_path: Path, days: int, stands: bool) -> None:
    law = district(
        tmp_path,
        id="examination-limit",
        kind="time_limit",
        statement="{length}",
        length={"value": days, "unit": "工作日"},
        inclusive=True,
        counted_from="accepted_on",
        first_day="same_day",
    )
    assert (law.placed["examination-limit"].version.jurisdiction == "linjiang/jiangbei") is stands


@pytest.mark.parametrize(("limit", "stands"), [("3", True), ("8", False)])
def test_a_district_s_amount_is_lower_or_void(tmp_path: Path, limit: str, stands: bool) -> None:
    law = district(
        tmp_path,
        id="ordinary-single",
        kind="approval_tier",
        statement="{condition}",
        tier="ordinary",
        measure="single",
        of="absolute",
        amount={"upper": {"value": limit, "inclusive": True}, "unit": "万元"},
    )
    assert (law.placed["ordinary-single"].version.jurisdiction == "linjiang/jiangbei") is stands


def limit(norm_id: str, value: int, **more: Any) -> dict[str, Any]:
    return {"id": norm_id, "statement": "虚构", "length": {"value": value, "unit": more.pop("unit", "天")}, **more}


ANSWER = {"kind": "period", "of": "objection_answer", "inclusive": True}
PUBLIC = {"kind": "period", "of": "publicity", "inclusive": True, "first_day": "same_day", "unit": "工作日"}
REPORT = {"id": "ordinary-report", "kind": "report_after", "statement": "虚构", "tier": "ordinary", "by": "owner"}
REFORM = {"step": "reform_examination", "office": "development_reform"}
FINANCE = {"step": "finance_examination", "office": "finance"}
LEADER, OWN = {"step": "leader_approval", "office": "leader"}, {"step": "evaluation", "office": "evaluation"}


def procedure(*stages: list[dict[str, str]]) -> dict[str, Any]:
    said = {"id": "major-procedure", "kind": "procedure", "statement": "虚构", "tier": "major", "position": 1}
    return {**said, "applicants": ["owner"], "stages": [{"steps": steps} for steps in stages]}


@pytest.mark.parametrize(
    ("norm", "stands"),
    [
        (limit("objection-answer", 5, **ANSWER), True),
        (limit("objection-answer", 15, **ANSWER), False),
        ({**REPORT, "to": "competent_authority", "within": {"value": 3, "unit": "天"}}, True),
        ({**REPORT, "to": "competent_authority", "within": {"value": 9, "unit": "天"}}, False),
        (limit("publicity-period", 3, **PUBLIC), False),  # no amount, no limit of an office: not the districts' to set
        ({"id": "strictest", "kind": "tier_choice", "statement": "虚构", "takes": "loosest"}, False),
        (procedure([REFORM, FINANCE], [OWN], [LEADER]), True),  # a step more
        (procedure([REFORM], [FINANCE], [LEADER]), False),  # no longer side by side
        (procedure([REFORM, FINANCE]), False),  # a step less
        (procedure([LEADER], [REFORM, FINANCE]), False),
    ],
    ids=lambda value: value["id"] if isinstance(value, dict) else "stands" if value else "void",
)
def test_districts_set_lower_amounts_and_shorter_limits_and_add_steps(
    tmp_path: Path, norm: dict[str, Any], stands: bool
) -> None:
    law = district(tmp_path, **norm)
    assert (law.placed[norm["id"]].version.jurisdiction == "linjiang/jiangbei") is stands


# Mutation: change any figure of the tiers, and some answer changes -------------------------------------------------

OLD = YAML(typ="safe", pure=True).load(CENTRE / "policies/linjiang/change-rules/2026-01-01.yaml")


def tier_norms(data: Any) -> Iterator[dict[str, Any]]:
    for provision in data["provisions"]:
        yield from (
            norm for norm in provision["norms"] if norm["kind"] in ("approval_tier", "tier_choice", "class_tier")
        )


def answers(data: Any) -> list[str | None]:
    plain = json.loads(json.dumps(data, default=str))
    law = Law((to_version(plain),), "linjiang")
    return [decide_tier(law, question(row)).value for row in ROWS if row["on"] < "2026-07"]


MUTATIONS = [
    (norm["id"], end, how)
    for norm in tier_norms(OLD)
    if norm["kind"] == "approval_tier"
    for end in norm["amount"]
    if end != "unit"
    for how in ("value", "inclusive")
]


@pytest.mark.parametrize(("norm_id", "end", "how"), MUTATIONS)
def test_every_bound_decides_something(norm_id: str, end: str, how: str) -> None:
    data = deepcopy(OLD)
    norm = next(n for n in tier_norms(data) if n["id"] == norm_id)
    bound = norm["amount"][end]
    bound[how] = not bound["inclusive"] if how == "inclusive" else Decimal(str(bound["value"])) * Decimal("0.99")
    assert answers(data) != answers(OLD)


@pytest.mark.parametrize(
    "change",
    [
        {"of": "net"},
        {"of": "increase"},
        {"measure": "cumulative"},
        {"amount": {"upper": {"value": 5, "inclusive": True}, "unit": "元"}},
    ],
)
def test_every_word_of_a_tier_decides_something(change: dict[str, Any]) -> None:
    data = deepcopy(OLD)
    next(n for n in tier_norms(data) if n["id"] == "ordinary-single").update(change)
    assert answers(data) != answers(OLD)


def test_the_choice_and_the_class_decide_something() -> None:
    for kind in ("tier_choice", "class_tier"):
        data = deepcopy(OLD)
        for provision in data["provisions"]:
            provision["norms"] = [norm for norm in provision["norms"] if norm["kind"] != kind]
        assert answers(data) != answers(OLD), kind


# Filings with one thing wrong --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("on: 2026-03-10}", "on: 2026-03-11}", "change/reported-in-time"),
        ("    tier: special\n", "    tier: larger\n", "change/tier-matches-amount"),
        ("    criteria: [structure]", "    criteria: []", "change/tier-matches-amount"),
        ("decided_on: 2026-04-28", "decided_on: 2026-04-24", "change/publicity-before-approval"),
        ("ended_on: 2026-04-24", "ended_on: 2026-04-23", "change/publicity-long-enough"),
        ("decided_on: 2026-03-24", "decided_on: 2026-03-25", "change/decided-in-time"),
        (  # ten days from the day after 17 April: until the 27th
            "objections: []",
            "objections: [{received_on: 2026-04-17, resolved_on: 2026-04-28, resolution: 已答复}]",
            "change/objections-resolved",
        ),
        (
            "unit_price: 200.00, pricing_basis: discount",
            "unit_price: 213.58, pricing_basis: discount",
            "change/discount-price",
        ),
        ("pricing_basis: discount", "pricing_basis: formula", "change/pricing-papers"),
        (
            "{party: supervisor, conclusion: 同意, signed_on: 2026-03-02}",
            "{party: owner, conclusion: 同意, signed_on: 2026-03-02}",
            "change/three-parties-consult",
        ),
    ],
)
def test_a_fault_is_found_with_its_basis(tmp_path: Path, old: str, new: str, rule: str) -> None:
    shutil.copytree(CENTRE / "policies", tmp_path / "policies")
    text = (CENTRE / "change/riverside.yaml").read_text(encoding="utf-8")
    assert old in text
    (tmp_path / "a.yaml").write_text(text.replace(old, new, 1), encoding="utf-8")
    findings = json.loads(banshi("check", "a.yaml", "--format", "json", cwd=tmp_path).stdout)["findings"]
    own = [finding for finding in findings if finding["rule"] == rule]
    assert own, [finding["rule"] for finding in findings]
    assert all(finding["basis"] for finding in own)
    assert {cite["instrument"] for finding in own for cite in finding["basis"]} <= {
        "linjiang/change-rules",
        "linjiang/change-rules-amended",
    }
