"""A project that is told in several places of one run is never judged on a part of its forms as though that were all."""

import copy
import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, banshi, write_yaml
from hypothesis import given
from hypothesis import strategies as st
from lengths import examples
from test_change_missing import project

from banshi.base import limits, repeats
from banshi.checking import jobs, told_places
from banshi.checking.checker import Checker
from banshi.files.findings import Finding
from banshi.output.reports.formats import FORMATS

TWICE = "input/told-twice"


def part(data: Any, *numbers: int) -> Any:
    """The same project with some of its forms."""
    return {**copy.deepcopy(data), "changes": [copy.deepcopy(data["changes"][n]) for n in numbers]}


def as_folder(data: Any, folder: Path) -> Path:
    (folder / "changes").mkdir(parents=True)
    write_yaml(folder / "project.yaml", {**data["project"], "kind": "project"})
    for change in data["changes"]:
        write_yaml(folder / f"changes/{change['sequence']:03}.yaml", {**change, "kind": "change"})
    return folder


def as_ledger(data: Any, path: Path) -> Path:
    write_yaml(path, data)
    return path


def as_lines(data: Any, path: Path) -> Path:
    path.write_text(json.dumps(data, ensure_ascii=False) + "\n", encoding="utf-8")
    return path


def as_workbook(data: Any, path: Path) -> Path:
    as_ledger(data, path.with_suffix(".json.yaml"))
    assert banshi("convert", str(path.with_suffix(".json.yaml")), str(path)).returncode == 0
    path.with_suffix(".json.yaml").unlink()
    return path


WAYS = {
    "folder": as_folder,
    "ledger": lambda data, at: as_ledger(data, at.with_suffix(".yaml")),
    "lines": lambda data, at: as_lines(data, at.with_suffix(".jsonl")),
    "workbook": lambda data, at: as_workbook(data, at.with_suffix(".xlsx")),
}


def found(folder: Path, shared: int = 1) -> list[Finding]:
    return Checker(ROOT).check([folder], jobs=shared).findings


def tiers(findings: list[Finding]) -> list[Finding]:
    return [f for f in findings if f.rule in ("change/tier-matches-amount", "change/cumulative-adds-up")]


@pytest.mark.parametrize("one", WAYS)
@pytest.mark.parametrize("other", ["folder", "lines"])
def test_what_another_place_holds_is_not_taken_for_nothing(one: str, other: str, tmp_path: Path) -> None:
    """The sums of the third form are those of all three, so by itself every one of them would be wrong."""
    data = project([80_000] * 3)
    WAYS[one](part(data, 0, 1), tmp_path / "a")
    WAYS[other](part(data, 2), tmp_path / "b")
    said = found(tmp_path)
    told = {Path(f.path).relative_to(tmp_path).parts[0][0]: f for f in said if f.rule == TWICE}
    assert set(told) == {"a", "b"} and {f.severity for f in told.values()} == {"error"}
    assert "b" in told["a"].message.zh and "a" in told["b"].message.zh
    assert not [f for f in tiers(said) if Path(f.path).relative_to(tmp_path).parts[0][0] == "b"]
    assert "change/sequence-is-continuous" not in {f.rule for f in said}


def test_forms_that_stand_elsewhere_make_no_price_doubtful(tmp_path: Path) -> None:
    """Two of three are there; what they come to is known, so the first one is decided where it stands."""
    data = project([80_000] * 3, ["consultation", "consultation", "consultation"])
    whole = [
        line for line in banshi("tier", str(as_folder(data, tmp_path / "whole"))).stdout.splitlines() if "变-1" in line
    ]
    as_folder(part(data, 0), tmp_path / "parts/a")
    as_lines(part(data, 1, 2), tmp_path / "parts/b.jsonl")
    said = banshi("tier", str(tmp_path / "parts")).stdout
    assert whole and whole[0] in said and "金额单位存疑" not in said


def test_a_form_that_a_part_would_clear_is_not_cleared(tmp_path: Path) -> None:
    """By itself the second place says that nothing came before; each form alone may decide as little as it is worth."""
    data = project([80_000] * 3, ["consultation", "consultation", "consultation"])
    as_folder(part(data, 0, 1), tmp_path / "a")
    lone = part(data, 2)
    lone["changes"][0]["sequence"] = 1
    as_folder(lone, tmp_path / "b")
    said = found(tmp_path)
    assert sum(f.rule == TWICE and f.severity == "error" for f in said) == 2
    answer = banshi("tier", str(tmp_path))
    assert answer.returncode == 1 and "写在别处，与这里的不一样" in answer.stdout and "写在别处" in answer.stdout
    alone = banshi("tier", str(tmp_path / "b"))
    assert "写在别处" not in alone.stdout


@pytest.mark.parametrize("way", WAYS)
def test_a_copy_changes_nothing_and_is_told(way: str, tmp_path: Path) -> None:
    data = project([80_000] * 3)
    single = as_folder(data, tmp_path / "one/a")
    alone = {(f.rule, f.where, f.message.zh) for f in found(single)}
    as_folder(data, tmp_path / "two/a")
    WAYS[way](data, tmp_path / "two/b")
    both = found(tmp_path / "two")
    assert {(f.rule, f.where, f.message.zh) for f in both if "two/a" in f.path and f.rule != TWICE} == alone
    assert {f.severity for f in both if f.rule == TWICE} == {"warning"} and sum(f.rule == TWICE for f in both) == 2


def test_a_form_written_two_ways_leaves_what_comes_after_open(tmp_path: Path) -> None:
    data = project([80_000] * 3)
    other = copy.deepcopy(data)
    other["changes"][1]["status"] = "withdrawn"
    as_folder(data, tmp_path / "a")
    as_ledger(other, tmp_path / "b.yaml")
    told = [f for f in found(tmp_path) if f.rule == TWICE]
    assert len(told) == 2 and all("第 2 次" in f.message.zh and "第 3 次" not in f.message.zh for f in told)


def test_another_price_is_not_settled_by_order(tmp_path: Path) -> None:
    data = project([80_000] * 2)
    other = copy.deepcopy(data)
    other["project"]["contract"]["bid_price"] = "12345678.00"
    as_folder(data, tmp_path / "a")
    as_ledger(other, tmp_path / "b.yaml")
    said = found(tmp_path)
    assert [f.rule for f in said if f.severity == "error"] == ["input/stated-twice"] * 2
    assert not tiers(said) and "中标合同" in said[0].message.zh


@pytest.mark.parametrize(
    "project_says",
    [
        {"name": "另一条路（虚构）"},
        {"jurisdiction": "chengxi"},
        {"contract": {"number": "另一份", "bid_price": "12345678.00"}},
        {"contract": {"number": "另一份"}, "contractor": "另一家公司（虚构）"},
        {"code": "2017-510504-48-01-000002"},
    ],
)
def test_another_project_or_contract_is_another(project_says: dict[str, Any], tmp_path: Path) -> None:
    data = project([80_000])
    data["project"]["code"] = "2017-510504-48-01-000001" if "code" in project_says else None
    other = copy.deepcopy(data)
    other["project"]["contract"].update(project_says.get("contract", {}))
    other["project"].update({key: value for key, value in project_says.items() if key != "contract"})
    as_folder(data, tmp_path / "a")
    as_folder(other, tmp_path / "b")
    assert TWICE not in {f.rule for f in found(tmp_path)}


def test_a_blank_or_a_wide_letter_in_the_name_hides_nothing(tmp_path: Path) -> None:
    data = project([80_000] * 2)
    other = part(data, 1)
    other["project"]["name"] = " ".join(other["project"]["name"]).replace("（", "(").replace("）", ")")
    as_folder(part(data, 0), tmp_path / "a")
    as_folder(other, tmp_path / "b")
    assert sum(f.rule == TWICE for f in found(tmp_path)) == 2


def test_the_same_place_named_twice_is_one(tmp_path: Path) -> None:
    as_folder(project([80_000]), tmp_path / "a")
    twice = Checker(ROOT).check([tmp_path / "a", tmp_path, tmp_path / "a/changes/001.yaml"]).findings
    assert TWICE not in {f.rule for f in twice}


def test_two_lines_of_one_file_however_many_processes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "LINES_AT_ONCE", 3000)
    monkeypatch.setattr(jobs, "FOLDERS_AT_ONCE", 1)
    data = project([80_000] * 3)
    lines = [json.dumps(each, ensure_ascii=False) for each in (part(data, 0), part(data, 1), part(data, 0, 2))]
    (tmp_path / "all.jsonl").write_text("\n".join(lines), encoding="utf-8")
    as_folder(part(data, 2), tmp_path / "a")
    alone, shared = (FORMATS["json"](Checker(ROOT).check([tmp_path], jobs=n), "zh") for n in (1, 2))
    assert alone == shared and alone.count(TWICE) == 4
    assert "all.jsonl:2" in alone


@pytest.mark.parametrize("shared", [1, 2])
def test_of_a_run_too_large_to_be_held_the_same_is_said(
    shared: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of many projects the names alone are noted first, eight bytes for each, and on the disk beyond some."""
    monkeypatch.setattr(limits, "LINES_AT_ONCE", 3000)
    data, other = project([80_000] * 3), project([80_000])
    lines = [part(data, 0), part(data, 1), part(data, 0, 2)]
    for n in range(8):
        lines.insert(n, {**other, "project": {**other["project"], "name": f"另一项目{n}（虚构）"}})
    (tmp_path / "all.jsonl").write_text(
        "\n".join(json.dumps(each, ensure_ascii=False) for each in lines), encoding="utf-8"
    )
    held = FORMATS["json"](Checker(ROOT).check([tmp_path], jobs=shared), "zh")
    monkeypatch.setattr(told_places, "_MOST_HELD", 3)
    monkeypatch.setattr(repeats, "_IN_MEMORY", 32)
    assert FORMATS["json"](Checker(ROOT).check([tmp_path], jobs=shared), "zh") == held
    assert held.count(TWICE) == 3


@given(st.lists(st.integers(0, 60), max_size=200))
def test_what_comes_again_is_found_in_memory_and_on_the_disk(keys: list[int]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(repeats, "_IN_MEMORY", 16 * 8)
        noted = repeats.Repeats()
        for key in keys:
            noted.add(repeats.in_brief(("name", key)))
        assert len(noted) == len(keys)
        assert noted.found() == {repeats.in_brief(("name", key)) for key in keys if keys.count(key) > 1}


@examples(25)
@given(st.data())
def test_what_is_said_of_a_part_is_true_of_the_whole(tmp_path_factory: Any, data: st.DataObject) -> None:
    """However the forms are spread, and some of them told in both places, no rule of the chain speaks where the whole is silent."""
    folder = tmp_path_factory.mktemp("spread")
    nets = data.draw(st.lists(st.sampled_from([-50_000, 30_000, 80_000, 250_000]), min_size=1, max_size=4))
    whole = project(nets, ["consultation"] * len(nets))
    where = [data.draw(st.sampled_from(["a", "b", "ab"])) for _ in nets]
    for name in "ab":
        as_folder(part(whole, *(n for n, own in enumerate(where) if name in own)), folder / name)
    true = found(as_folder(whole, folder / "whole/p").parent)
    true_said = {(f.rule, Path(f.path).name) for f in tiers(true)}
    both = Checker(ROOT).check([folder / "a", folder / "b"]).findings
    assert {(f.rule, Path(f.path).name) for f in tiers(both)} <= true_said
    assert {f.rule for f in both} & {TWICE}


@pytest.mark.parametrize("where", ["here", "there", "both"])
@pytest.mark.parametrize("key", ["unit_price", "name", "quantity_after"])
def test_a_value_that_cannot_be_read_is_not_compared(key: str, where: str, tmp_path: Path) -> None:
    """What of the same rows is legible is alike, so later sums are checked as they would be by one place alone."""
    data = project([80_000] * 3)
    whole = tiers(found(as_ledger(data, tmp_path / "whole.yaml")))
    (tmp_path / "whole.yaml").unlink()
    spoilt = copy.deepcopy(data)
    spoilt["changes"][0]["items"][0][key] = ["x"]
    as_ledger(spoilt if where != "there" else data, tmp_path / "a.yaml")
    as_ledger(spoilt if where != "here" else data, tmp_path / "b.yaml")
    said = found(tmp_path)
    told = [f for f in said if f.rule == TWICE]
    assert {f.severity for f in told} == {"warning"} and all("变-1" in f.message.zh for f in told)
    here = {(f.rule, f.where) for f in tiers(said) if f.path.endswith("a.yaml")}
    assert here == {(f.rule, f.where) for f in whole} and here


def test_rows_that_differ_where_both_are_legible_are_told_apart(tmp_path: Path) -> None:
    data = project([80_000] * 3)
    other = copy.deepcopy(data)
    data["changes"][0]["items"][0]["unit_price"] = ["x"]
    other["changes"][0]["items"][0]["name"] += "（改）"
    as_ledger(data, tmp_path / "a.yaml")
    as_ledger(other, tmp_path / "b.yaml")
    assert {f.severity for f in found(tmp_path) if f.rule == TWICE} == {"error"}


@pytest.mark.parametrize(
    ("number", "old", "new"),
    [
        ("004", "  document: 样府函〔2012〕21号\n  date", "  document: 样府函〔2012〕22号\n  date"),
        ("006", "number: 样财评〔2012〕31号", "number: 样财评〔2012〕32号"),
        ("006", "number: 样财评〔2012〕31号", 'number: "样财评 〔2012〕31号"'),
    ],
    ids=["reply", "review", "blank"],
)
def test_a_number_that_the_opinion_states_otherwise_is_told(number: str, old: str, new: str, tmp_path: Path) -> None:
    own = shutil.copytree(ROOT / "examples/change/binhe-road", tmp_path / "project")
    path = own / f"changes/{number}.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    found = [f for f in Checker(ROOT).check([own]).findings if f.rule == "change/approval-documents"]
    assert [f.severity.value for f in found] == ["warning"] * ("32" in new or "22号" in new)
