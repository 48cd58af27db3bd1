"""One form for a case: each field and material once, in whatever order the items come; differences are told."""

import io
import json
import shutil
from pathlib import Path
from typing import Any

import msgspec
import pytest
from conftest import ROOT, banshi, write_yaml
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from banshi.files.reading import read
from banshi.subjects.parallel import forms
from banshi.subjects.parallel.forms import Catalogue
from banshi.subjects.parallel.one_form import OneForm, merged

CASE = "examples/parallel/registration/case.yaml"
PROJECT = "examples/parallel/investment/case.yaml"


def catalogue_of(*items: dict[str, Any]) -> Catalogue:
    made = {
        "jurisdiction": "luzhou/yangliqu",
        "centre": "样例（虚构）",
        "title": "样例（虚构）",
        "case_kind": "enterprise_registration",
        "in_use_from": "2011-06-01",
        "departments": [{"id": "one", "name": "甲"}, {"id": "two", "name": "乙"}],
        "items": list(items),
    }
    return msgspec.convert(made, Catalogue)


def form_of(*items: dict[str, Any]) -> tuple[Catalogue, OneForm]:
    catalogue = catalogue_of(*items)
    return catalogue, merged(catalogue, catalogue.items)


NAME = {"id": "name", "name": "企业名称", "type": "text"}
PROOF = {"id": "proof", "name": "住所证明", "form": "paper", "copies": 1}


def test_each_is_asked_once_with_who_needs_it() -> None:
    _, form = form_of(
        {"id": "a", "name": "A", "department": "one", "fields": [NAME], "materials": [PROOF]},
        {"id": "b", "name": "B", "department": "two", "fields": [NAME], "materials": [{**PROOF, "copies": 2}]},
    )
    (field,), (material,) = form.fields, form.materials
    assert (field.items, field.departments, field.shared) == (("a", "b"), ("one", "two"), True)
    assert (material.items, material.copies) == (("a", "b"), 3)
    assert form.asked_before == (2, 2)
    assert form.conflicts == ()


def test_an_unstated_number_of_copies_is_not_taken_for_none() -> None:
    _, form = form_of(
        {"id": "a", "name": "A", "department": "one", "materials": [PROOF]},
        {
            "id": "b",
            "name": "B",
            "department": "two",
            "materials": [{"id": "proof", "name": "住所证明", "form": "paper"}],
        },
    )
    assert form.materials[0].copies is None


def test_the_strictest_length_holds_and_is_no_conflict() -> None:
    _, form = form_of(
        {"id": "a", "name": "A", "department": "one", "fields": [{**NAME, "max_length": 60}]},
        {"id": "b", "name": "B", "department": "two", "fields": [{**NAME, "max_length": 40}]},
        {"id": "c", "name": "C", "department": "two", "fields": [NAME]},
    )
    assert form.fields[0].max_length == 40
    assert form.conflicts == ()


def test_differences_are_told_with_places() -> None:
    catalogue, form = form_of(
        {
            "id": "a",
            "name": "A",
            "department": "one",
            "fields": [{"id": "x", "name": "资本", "type": "amount", "unit": "万元"}],
        },
        {
            "id": "b",
            "name": "B",
            "department": "two",
            "fields": [{"id": "x", "name": "资本", "type": "amount", "unit": "元"}],
        },
        {"id": "c", "name": "C", "department": "two", "fields": [{"id": "x", "name": "资本", "type": "text"}]},
    )
    told = {conflict.trait.zh: conflict for conflict in form.conflicts}
    assert set(told) == {"填写方式", "计量单位"}
    assert told["计量单位"].say(catalogue).zh == "“资本”的计量单位不一致：（未写明）：C；万元：A；元：B"
    assert told["填写方式"].places == (("items", 2, "fields", 0, "type"),)
    assert told["计量单位"].places == (("items", 1, "fields", 0, "unit"), ("items", 2, "fields", 0, "unit"))


def test_choices_in_another_order_are_the_same() -> None:
    kind = {"id": "kind", "name": "类型", "type": "choice"}
    _, form = form_of(
        {"id": "a", "name": "A", "department": "one", "fields": [{**kind, "choices": ["甲", "乙"]}]},
        {"id": "b", "name": "B", "department": "two", "fields": [{**kind, "choices": ["乙", "甲"]}]},
    )
    assert form.conflicts == ()


def test_a_result_of_the_case_need_not_be_handed_in() -> None:
    licence = {"id": "licence", "name": "营业执照", "form": "paper", "copies": 1, "from_item": "a"}
    first = {"id": "a", "name": "A", "department": "one"}
    second = {"id": "b", "name": "B", "department": "two", "requires": ["a"], "materials": [licence]}
    catalogue, form = form_of(first, second)
    assert form.handed_in == ()
    assert [m.source for m in form.passed_on] == ["a"]
    alone = merged(catalogue, [catalogue.by_id["b"]])  # got before the case: the applicant has it
    assert [m.material.id for m in alone.handed_in] == ["licence"]


FIELDS = st.lists(
    st.fixed_dictionaries(
        {
            "id": st.sampled_from("pqr"),
            "name": st.sampled_from(["甲", "乙"]),
            "type": st.sampled_from(["text", "date"]),
        },
        optional={"max_length": st.integers(1, 9), "unit": st.sampled_from(["元", "万元"])},
    ),
    max_size=3,
    unique_by=lambda field: str(field["id"]),
)
MATERIALS = st.lists(
    st.fixed_dictionaries(
        {"id": st.sampled_from("uvw"), "name": st.sampled_from(["丙", "丁"])},
        optional={
            "copies": st.integers(1, 3),
            "form": st.sampled_from(["paper", "both"]),
            "from_item": st.sampled_from(["i0", "i1"]),
            "application_form": st.booleans(),
        },
    ),
    max_size=3,
    unique_by=lambda material: str(material["id"]),
)


@given(parts=st.lists(st.tuples(FIELDS, MATERIALS), min_size=1, max_size=5), data=st.data())
def test_merging_does_not_depend_on_the_order_of_the_items(parts: list[Any], data: st.DataObject) -> None:
    items = [
        {"id": f"i{n}", "name": f"I{n}", "department": "one", "fields": fields, "materials": materials}
        for n, (fields, materials) in enumerate(parts)
    ]
    shuffled = data.draw(st.permutations(items))
    one, other = catalogue_of(*items), catalogue_of(*shuffled)
    assert told(merged(one, one.items)) == told(merged(other, other.items))
    chosen = data.draw(st.permutations(one.items))
    assert merged(one, chosen) == merged(one, one.items)


def told(form: OneForm) -> Any:
    """A form without the places, which are those of the catalogue, and without the order in which items are named."""
    return (
        [(f.field.id, f.field.name, f.field.type, f.field.unit, f.max_length, sorted(f.items)) for f in form.fields],
        [(m.material.id, m.material.name, m.copies, m.source, m.replaced, sorted(m.items)) for m in form.materials],
        [(c.part, c.name, c.trait, [(value, sorted(who)) for value, who in c.values]) for c in form.conflicts],
        form.asked_before,
    )


def test_nothing_is_lost() -> None:
    done = banshi("form", PROJECT, "--format", "json")
    (form,) = json.loads(done.stdout)["forms"]
    assert (form["asked_before"], len(form["fields"])) == ({"fields": 102, "materials": 90}, 12)
    assert sum(len(field["items"]) for field in form["fields"]) == 102
    assert sum(len(material["items"]) for material in form["materials"]) == 90


def test_the_form_for_a_registration_cites_the_notice_and_has_its_name() -> None:
    (form,) = json.loads(banshi("form", CASE, "--format", "json").stdout)["forms"]
    assert form["title"] == "企业设立登记并联审批申请表"
    assert [one["norm"] for one in form["basis"]] == ["single-form"]
    assert json.loads(banshi("form", PROJECT, "--format", "json").stdout)["forms"][0]["basis"] == []


def test_the_command_in_text() -> None:
    done = banshi("form", CASE)
    assert (done.returncode, done.stderr) == (0, "")
    assert "由本表代替：申请表（全部事项）" in done.stdout
    assert "营业执照：企业设立登记（工商）" in done.stdout


def test_the_workbook_and_the_page(tmp_path: Path) -> None:
    for form in ("xlsx", "html"):
        made = [tmp_path / f"{n}.{form}" for n in (1, 2)]
        for file in made:
            done = banshi("form", CASE, "--format", form, "-o", str(file))
            assert (done.returncode, done.stderr) == (0, "")
        assert made[0].read_bytes() == made[1].read_bytes()
    book = load_workbook(io.BytesIO((tmp_path / "1.xlsx").read_bytes()))
    assert book.sheetnames == ["申请表", "材料", "不用交的"]
    names = [row[1] for row in book["申请表"].iter_rows(values_only=True)]
    assert names.count("企业名称") == 1
    page = (tmp_path / "1.html").read_text(encoding="utf-8")
    assert "□有限责任公司" in page
    assert "营业执照" in page


def test_a_case_without_its_catalogue_is_a_located_finding(tmp_path: Path) -> None:
    case = {"kind": "parallel-case", "id": "1", "name": "样例", "catalogue": "none.yaml", "starts_on": "2011-09-05"}
    write_yaml(tmp_path / "case.yaml", case)
    done = banshi("form", str(tmp_path / "case.yaml"))
    assert done.returncode == 1
    assert "没有事项目录" in done.stderr
    assert "case.yaml:5:" in done.stderr
    write_yaml(tmp_path / "other.yaml", {**case, "id": "2"})
    write_yaml(tmp_path / "case.yaml", {**case, "catalogue": "other.yaml"})
    assert "它不是事项目录" in banshi("schedule", str(tmp_path / "case.yaml")).stderr


def test_of_an_id_that_stands_twice_the_first_item_counts() -> None:
    one = {"id": "a", "name": "A", "department": "one", "fields": [NAME], "materials": [PROOF]}
    _, form = form_of(one, {**one, "name": "B"})
    assert form.asked_before == (1, 1)
    assert form.materials[0].copies == 1


def test_a_length_is_told_of_text_only() -> None:
    _, form = form_of(
        {"id": "a", "name": "A", "department": "one", "fields": [{**NAME, "type": "integer"}]},
        {"id": "b", "name": "B", "department": "two", "fields": [{**NAME, "max_length": 60}]},
    )
    (field,) = form.fields
    assert (field.field.type, field.max_length) == ("integer", None)


@pytest.mark.parametrize(
    ("part", "key", "wrong"),
    [("fields", "type", "texxt"), ("materials", "copies", "two"), ("materials", "form", 5), ("fields", "name", [])],
)
def test_what_is_written_wrongly_is_left_out_and_told_and_the_rest_stays(
    part: str, key: str, wrong: object, tmp_path: Path
) -> None:
    folder = ROOT / "examples/parallel/template"
    shutil.copy(folder / "case.yaml", tmp_path)
    data = read(folder / "catalogue.yaml").document.data  # type: ignore[union-attr]
    spoilt = data["items"][0][part][1]
    whole = json.loads(banshi("form", str(folder / "case.yaml"), "--format", "json").stdout)["forms"][0]
    name, spoilt[key] = spoilt["name"], wrong
    write_yaml(tmp_path / "catalogue.yaml", data)
    done = banshi("form", "case.yaml", "--format", "json", cwd=tmp_path)
    assert done.returncode == 1 and "input/incomplete-catalogue" in done.stderr
    (form,) = json.loads(done.stdout)["forms"]
    (left,) = form["left_out"]
    assert (left["id"], left["lacking"][-1]) == (spoilt["id"], key)
    for each in ("fields", "materials"):
        assert form[each] == [line for line in whole[each] if line["id"] != spoilt["id"]]
    assert len(form[part]) == len(whole[part]) - 1
    text, page = (banshi("form", "case.yaml", "--format", form, cwd=tmp_path).stdout for form in ("text", "html"))
    said = "没有列入这张表，改好事项目录再合一次"
    assert all(said in shown and f"“{name}”" in shown for shown in (text, page))
    banshi("form", "case.yaml", "--format", "xlsx", "-o", "made.xlsx", cwd=tmp_path)
    assert f".{key}" in load_workbook(tmp_path / "made.xlsx")["没有列入的"]["A2"].value


def test_the_items_of_a_catalogue_are_looked_through_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Any] = []
    monkeypatch.setattr(forms, "if_stated", lambda value: (asked.append(value), value())[1])
    paper = [{**PROOF, "id": f"proof-{n}"} for n in range(3)]
    form_of(*({"id": f"item-{n}", "name": "A", "department": "one", "materials": paper} for n in range(40)))
    assert len(asked) == 40
