"""What a project's file holds is the instruments' to say: names, what must be written, and from when; parties of their own."""

import copy
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import yaml
from conftest import ROOT, banshi

from banshi.checking.checker import Checker
from banshi.checking.loading import Loader
from banshi.files.findings import Finding
from banshi.files.report import Report
from banshi.law.library import Library
from banshi.subjects.change.as_tables import workbook_of
from banshi.subjects.change.declared_fields import KEYS
from banshi.subjects.change.filed_projects import USUAL
from banshi.subjects.change.instrument_forms import places_of_ledger
from banshi.subjects.change.law_words import names_in
from banshi.subjects.change.loading import to_form
from banshi.subjects.change.offices import named
from banshi.subjects.change.project_forms import Project
from banshi.subjects.change.table_place import stated_places
from banshi.subjects.change.tables import ledgers_in

RULE = "change/project-fields"
BAIYUN, QINGHE = ROOT / "tests/data/baiyun", ROOT / "examples/qinghe"
LUZHOU = ROOT / "tests/cases/change/county-school.yaml"
Edit = Callable[[dict[str, Any]], object]


def data(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)


def baiyun() -> dict[str, Any]:
    """The project of 白云市 with its first form, as a ledger."""
    return {
        "kind": "ledger",
        "project": data(BAIYUN / "road/project.yaml"),
        "changes": [data(BAIYUN / "road/changes/001.yaml")],
    }


def findings(project: Path, ledger: Any, folder: Path) -> list[Finding]:
    path = folder / "ledger.yaml"
    path.write_text(yaml.safe_dump(ledger, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return Checker(project).check([path]).findings


def told(project: Path, ledger: Any, folder: Path, edit: Edit = id) -> list[tuple[tuple[Any, ...], str]]:
    """What the rule says of a ledger after an edit of its project: where, and the message."""
    other = copy.deepcopy(ledger)
    edit(other["project"])
    return [(f.where[1:], f.message.zh) for f in findings(project, other, folder) if f.rule == RULE]  # in “project”


def without(way: str) -> Edit:
    def edit(project: dict[str, Any]) -> None:
        *above, last = way.split(".")
        holder = project[above[0]] if above else project
        holder.pop(last, None)

    return edit


@pytest.mark.parametrize("key", sorted(USUAL | {"funding"}))
def test_what_luzhou_asks_for_and_is_missing_is_told_with_its_version(key: str, tmp_path: Path) -> None:
    ledger = data(LUZHOU)
    plain = {(f.rule, f.where) for f in findings(ROOT, ledger, tmp_path)}
    without(key)(ledger["project"])
    new = [f for f in findings(ROOT, ledger, tmp_path) if (f.rule, f.where) not in plain]
    (found,) = [f for f in new if f.rule == RULE]
    assert found.where == ("project", *key.split(".")) and found.severity.value == "error"
    assert [(each.instrument, each.version) for each in found.basis] == [("luzhou/change-management", "2011-11-04")]
    assert not any(f.rule.startswith(("input/", "shape/")) for f in new)  # the rest is judged all the same


def test_no_competent_authority_is_a_statement_and_silence_is_none(tmp_path: Path) -> None:
    ledger = data(LUZHOU)
    ledger["project"]["competent_authority"] = None
    assert told(ROOT, ledger, tmp_path) == []


def test_what_nobody_declares_cannot_be_written(tmp_path: Path) -> None:
    ledger = data(ROOT / "tests/data/probes/qinghe/change/pier.yaml")
    assert told(QINGHE, ledger, tmp_path) == []
    found = told(QINGHE, ledger, tmp_path, lambda project: project.update(agent_builder="样例代建公司"))
    assert [where for where, _ in found] == [("agent_builder",)] and "agent_builder" in found[0][1]
    found = told(QINGHE, ledger, tmp_path, lambda project: project["contract"].update(control_price="21000000"))
    assert [where for where, _ in found] == [("contract", "control_price")]
    found = told(
        QINGHE, ledger, tmp_path, lambda project: project.update(parties=[{"party": "甲方代表", "name": "某人"}])
    )
    assert [where for where, _ in found] == [("parties", 0, "party")]


def test_where_a_law_declares_nothing_nothing_is_asked_for(tmp_path: Path) -> None:
    policy = QINGHE / "policies/qinghe/variations/2025-09-01.yaml"
    law = data(policy)
    del law["project_fields"]
    own = tmp_path / "policies/qinghe/variations/2025-09-01.yaml"
    own.parent.mkdir(parents=True)
    own.write_text(yaml.safe_dump(law, allow_unicode=True, sort_keys=False), encoding="utf-8")
    ledger = data(ROOT / "tests/data/probes/qinghe/change/pier.yaml")
    for key in USUAL | {"funding"}:
        without(key)(ledger["project"])
    rules = {f.rule for f in findings(tmp_path, ledger, tmp_path)}
    assert RULE not in rules and not any(rule.startswith(("input/", "shape/")) for rule in rules)


def test_a_party_of_ones_own_is_asked_for_by_its_name_and_from_its_day(tmp_path: Path) -> None:
    ledger = baiyun()
    assert told(BAIYUN, ledger, tmp_path) == []
    assert told(BAIYUN, ledger, tmp_path, lambda project: project.pop("parties")) == [
        (("parties",), "项目没有写“勘察单位”，适用文件要求写")
    ]

    def earlier(project: dict[str, Any]) -> None:
        del project["parties"]
        project["contract"]["signed_on"] = "2025-05-31"

    assert told(BAIYUN, ledger, tmp_path, earlier) == []
    for name in ("勘察院", "地质勘察院", "site_survey"):
        ledger["project"]["parties"][0]["party"] = name
        assert told(BAIYUN, ledger, tmp_path) == []


def test_a_party_of_ones_own_is_who_its_office_is() -> None:
    project = to_form({**data(BAIYUN / "road/project.yaml"), "level": "city"}, Project)
    law = Library([BAIYUN / "policies"]).at(project.contract.signed_on.replace(year=2026), "baiyun").law("change")
    assert law is not None
    own = to_form(
        {**data(BAIYUN / "road/project.yaml"), "level": "city", "parties": [{"party": "site_survey", "name": "甲院"}]},
        Project,
    )
    assert named(law, own, "site_survey") == ("甲院", ()) and named(law, project, "chief")[0] == "南方监理公司总监办"


@pytest.mark.parametrize(
    ("place", "headings"),
    [
        ("baiyun", {"项目公司", "交通主管部门", "承建单位", "中标合同·签约合同价（元）", "中标合同·暂列金额（元）"}),
        ("linjiang", {"行业主管部门", "施工单位", "中标合同·评审价（元）"}),
    ],
)
def test_tables_are_headed_by_the_names_of_the_law_and_read_back(
    place: str, headings: set[str], tmp_path: Path
) -> None:
    """In 临江市 an amendment calls the competent authority what elsewhere is the name of another field."""
    project = BAIYUN if place == "baiyun" else ROOT / "examples/linjiang"
    ledger = baiyun() if place == "baiyun" else data(project / "change/riverside.yaml")
    path, loader = tmp_path / "ledger.xlsx", Loader(project)
    path.write_bytes(workbook_of([ledger], loader))
    sheets = openpyxl.load_workbook(path)
    assert headings <= {str(cell.value) for cell in sheets["项目"][1]}
    (back,) = ledgers_in(path, loader, Report())
    for key in USUAL - {"contract.review_price"}:
        assert back["project"].get(key) == ledger["project"].get(key)
    assert back["project"]["contract"].get("review_price") == ledger["project"]["contract"].get("review_price")
    if place == "baiyun":
        assert back["project"]["parties"] == [{"party": "site_survey", "name": "白云勘察院"}]


def test_forms_ask_for_nothing_that_nobody_declares() -> None:
    left_out = places_of_ledger(Loader(BAIYUN), "baiyun").left_out
    assert ("project", "industry_authority") in left_out and ("project", "parties") not in left_out
    assert places_of_ledger(Loader(ROOT), "luzhou").left_out == {("project", "parties")}


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("  owner: {name: 项目公司}\n  superviser: {name: 监理}\n", "项目文件没有 superviser 这个键"),
        ("  supervisor: {name: 总监办}\n", "这里用到项目文件的 owner，project_fields 却没有声明它"),
        ("  owner: {name: 甲方}\n  designer: {name: 乙方, also: [甲方]}\n", "“甲方”已经是 owner 的名称"),
    ],
)
def test_what_is_declared_must_be_possible(said: str, expected: str, tmp_path: Path) -> None:
    text = (ROOT / "validators/policy/_example.policy.yaml").read_text(encoding="utf-8")
    path = tmp_path / "policies/example/change-management/2012-01-01.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(text.replace("tiers:\n", f"project_fields:\n{said}tiers:\n", 1), encoding="utf-8")
    done = banshi("check", str(path), "--project", str(tmp_path))
    assert expected in done.stdout and "[policy/project-fields-known]" in done.stdout


def test_an_office_names_a_key_that_there_is(tmp_path: Path) -> None:
    text = (ROOT / "validators/policy/_example.policy.yaml").read_text(encoding="utf-8")
    path = tmp_path / "policies/example/change-management/2012-01-01.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(text.replace("field: owner", "field: ownr"), encoding="utf-8")
    done = banshi("check", str(path), "--project", str(tmp_path))
    assert "项目文件没有 ownr 这个键" in done.stdout and "owner" in KEYS


def test_tables_are_read_in_the_words_of_their_own_place(tmp_path: Path) -> None:
    """Beside another centre's rules, which call other things by the same names and the same things by others."""
    policies = tmp_path / "policies"
    policies.mkdir()
    for folder in (BAIYUN / "policies", ROOT / "policies"):
        for each in folder.iterdir():
            shutil.copytree(each, policies / each.name, dirs_exist_ok=True)
    ledger, path = baiyun(), tmp_path / "ledger.xlsx"
    ledger["changes"][0]["consultation"] = [{"party": "builder", "conclusion": "同意", "signed_on": "2026-03-01"}]
    path.write_bytes(workbook_of([ledger], Loader(BAIYUN)))
    headings = [str(cell.value) for cell in openpyxl.load_workbook(path)["项目"][1]]
    assert not any(
        "行业行政主管部门" in each or "招标控制价" in each for each in headings
    )  # nobody declares them there
    report = Report()
    (back,) = ledgers_in(path, Loader(tmp_path), report)
    assert stated_places(path) == {"baiyun"} and report.findings == []
    assert back["changes"][0]["consultation"][0]["party"] == "builder"
    assert back["project"]["parties"] == [{"party": "site_survey", "name": "白云勘察院"}]


def test_a_table_of_several_places_is_read_in_their_words_alone(tmp_path: Path) -> None:
    """What only a third centre knows is no choice there; what two of them call otherwise is told."""
    here, there = "辖区,编号\n" + "baiyun,1\n" * 2500 + "qinghe,2\n", tmp_path / "a.csv"  # however long it is
    there.write_text(here, "utf-8")
    assert stated_places(there) == {"baiyun", "qinghe"}
    library = Library([BAIYUN / "policies", ROOT / "examples/qinghe/policies", ROOT / "policies"])
    both = names_in(library, "baiyun", "qinghe")[("changes", "tier")]
    words = {place: dict(names_in(library, place)[("changes", "tier")]) for place in ("baiyun", "qinghe", "luzhou")}
    assert {name for name, _ in both} == words["baiyun"].keys() | words["qinghe"].keys()
    assert not words["luzhou"].keys() & {name for name, _ in both}
