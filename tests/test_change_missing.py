"""A form that cannot be read silences only what depends on it: what is said of the others is true of the whole project."""

import copy
import datetime
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, banshi
from hypothesis import given
from hypothesis import strategies as st
from lengths import examples

from banshi.base.amount_words import write_words
from banshi.checking.checker import Checker
from banshi.files.findings import Finding
from banshi.files.reading import read

TIERS = ["consultation", "finance", "government", "full_procedure"]
CHAIN = ("change/cumulative-adds-up", "change/sequence-is-continuous", "change/tier-matches-amount")


def base() -> Any:
    document = read(ROOT / "validators/change/_example.yaml").document
    assert document is not None
    return copy.deepcopy(document.data)


def form(number: int, net: int, before: int, tier: str = "full_procedure", status: str = "submitted") -> Any:
    """A form of one row, not yet decided on."""
    day = datetime.date(2012, 3, 1) + datetime.timedelta(number)
    row = {
        "item": "LS-1", "name": "总价项目", "unit": "项", "quantity_before": 0 if net >= 0 else 1, "quantity_after": 1 if net >= 0 else 0,
        "unit_price": f"{abs(net)}.00", "pricing_basis": "tender", "increase": f"{max(net, 0)}.00", "decrease": f"{max(-net, 0)}.00",
    }  # fmt: skip
    amounts = {
        "increase": row["increase"],
        "decrease": row["decrease"],
        "net": f"{net}.00",
        "cumulative_before": f"{before}.00",
    }
    amounts |= {"cumulative": f"{before + net}.00", "net_in_words": write_words(Decimal(net))}
    found = {**base()["changes"][0], "number": f"变-{number}", "sequence": number, "filed_on": str(day), "tier": tier}
    found |= {"status": status, "implemented_on": None, "opinions": [], "items": [row], "amounts": amounts}
    return found | {"consultation": [{"party": "owner", "conclusion": "同意", "signed_on": str(day)}]}


def project(nets: list[int], tiers: list[str] | None = None) -> Any:
    """A project with a sound chain of forms."""
    forms, total = [], 0
    for n, net in enumerate(nets):
        forms.append(form(n + 1, net, total, tiers[n] if tiers else "full_procedure"))
        total += net
    return {**base(), "changes": forms}


def checked(data: Any, folder: Path) -> list[Finding]:
    path = folder / "ledger.yaml"
    path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    return Checker(ROOT).check([path]).findings


def said(findings: list[Finding], *rules: str) -> set[tuple[str, int]]:
    """Rules that spoke, and of which form (by its place, from 0)."""
    return {(f.rule, int(f.where[1])) for f in findings if f.rule in rules and len(f.where) > 1}


def damaged(data: Any, n: int, *, number: bool) -> Any:
    """The same with a form that has a wrong shape; ``number``: its sequence number can be read."""
    wrong = copy.deepcopy(data)
    wrong["changes"][n]["amounts"] = "见附件"
    if not number:
        wrong["changes"][n]["sequence"] = "见附件"
    return wrong


@pytest.mark.parametrize("number", [True, False])
def test_a_single_amount_above_a_limit_is_decided(number: bool, tmp_path: Path) -> None:
    data = damaged(
        project([80_000, 20_000, 600_000, 30_000], ["finance", "finance", "government", "finance"]), 1, number=number
    )
    findings = checked(data, tmp_path)
    assert said(findings, *CHAIN) == {("change/tier-matches-amount", 2)}
    (found,) = [f for f in findings if f.rule == "change/tier-matches-amount"]
    assert "至少应为" in found.message.zh
    assert "changes 第 2 项" in found.message.zh
    (note,) = [f for f in findings if f.rule == "input/incomplete-project"]
    assert ("第 2 次" in note.message.zh) is number


def test_what_comes_before_the_form_is_checked_in_full(tmp_path: Path) -> None:
    data = project([80_000, 40_000, 20_000], ["finance", "finance", "finance"])
    data["changes"][1]["amounts"]["cumulative_before"] = "70000.00"
    data["changes"][1]["amounts"]["cumulative"] = "110000.00"
    expected = {("change/cumulative-adds-up", 1), ("change/tier-matches-amount", 1)}
    assert said(checked(data, tmp_path), *CHAIN) >= expected
    assert said(checked(damaged(data, 2, number=True), tmp_path), *CHAIN) == expected
    assert said(checked(damaged(data, 2, number=False), tmp_path), *CHAIN) == set()


def test_a_gap_beside_the_form_is_a_gap(tmp_path: Path) -> None:
    data = project([80_000, 20_000, 20_000])
    data["changes"][2]["sequence"] = 5
    known, unknown = (checked(damaged(data, 1, number=number), tmp_path) for number in (True, False))
    assert said(known, CHAIN[1]) == {(CHAIN[1], 2)}
    assert said(unknown, CHAIN[1]) == set()


def test_the_tier_command_gives_the_least(tmp_path: Path) -> None:
    path = tmp_path / "ledger.yaml"
    path.write_text(
        json.dumps(damaged(project([80_000, 20_000, 600_000, 30_000]), 1, number=True), ensure_ascii=False),
        encoding="utf-8",
    )
    done = banshi("tier", str(path), "--format", "json")
    first, third, fourth = json.loads(done.stdout)["decisions"]
    assert done.returncode == 1
    assert (first["tier"], first["at_least"]) == ("finance", None)
    assert (third["tier"], third["at_least"], third["advice"]) == (None, "full_procedure", "full_procedure")
    assert (fourth["tier"], fourth["at_least"]) == (None, "finance")
    assert "至少“" in banshi("tier", str(path)).stdout


def test_a_project_folder_is_no_worse(tmp_path: Path) -> None:
    data = project([80_000, 20_000, 600_000], ["finance", "finance", "government"])
    (tmp_path / "changes").mkdir()
    (tmp_path / "project.yaml").write_text(
        json.dumps({"kind": "project", **data["project"]}, ensure_ascii=False), encoding="utf-8"
    )
    for n, each in enumerate(data["changes"]):
        text = json.dumps({"kind": "change", **each}, ensure_ascii=False)
        (tmp_path / f"changes/{n + 1}.yaml").write_text(text if n != 1 else text[:-5], encoding="utf-8")
    found = [f for f in Checker(ROOT).check([tmp_path]).findings if f.rule in (*CHAIN, "input/incomplete-project")]
    assert [(f.rule, Path(f.path).name) for f in found] == [
        ("change/tier-matches-amount", "3.yaml"),
        ("input/incomplete-project", "project.yaml"),
    ]
    assert "2.yaml（序次不明）" in found[1].message.zh


NETS = st.integers(-300_000, 700_000).filter(bool) | st.sampled_from([100_000, 100_001, 500_000, 500_001, -1])


@examples(40)
@given(st.lists(st.tuples(NETS, st.sampled_from(TIERS)), min_size=2, max_size=5), st.booleans(), st.data())
def test_what_is_said_beside_a_missing_form_is_true(
    tmp_path_factory: pytest.TempPathFactory, forms: list[tuple[int, str]], number: bool, data: st.DataObject
) -> None:
    whole = project([net for net, _ in forms], [tier for _, tier in forms])
    n = data.draw(st.integers(0, len(forms) - 1))
    folder = tmp_path_factory.mktemp("project")
    before, after = (checked(each, folder) for each in (whole, damaged(whole, n, number=number)))
    errors = [{(f.rule, f.where, f.severity) for f in each if f.rule.startswith("change/")} for each in (before, after)]
    others = {found for found in errors[1] if found[1][:2] != ("changes", n)}
    assert others <= errors[0]
