"""The one form of a case of which something is wrong: what is known of it is merged, what is not is told."""

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, banshi

from banshi.files.reading import read

FOLDER = ROOT / "examples/parallel/registration"
Way = tuple[str | int, ...]
WRONG = 5  # in the place of a list, a mapping, a name


def plain(name: str) -> Any:
    document = read(FOLDER / name).document
    assert document is not None
    return document.data


def put(data: Any, way: Way, value: Any) -> Any:
    made = copy.deepcopy(data)
    at = made
    for step in way[:-1]:
        at = at[step]
    at[way[-1]] = value
    return made


class Case:
    """A copy of the example, in which something may be spoilt."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.case, self.catalogue = folder, plain("case.yaml"), plain("catalogue.yaml")

    def asked(self, form: str = "json", out: str = "") -> Any:
        for name, data in (("case.yaml", self.case), ("catalogue.yaml", self.catalogue)):
            (self.folder / name).write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
        more = ("-o", str(self.folder / out)) if out else ()
        done = banshi("form", str(self.folder / "case.yaml"), "--format", form, *more)
        assert "Traceback" not in done.stderr
        self.status, self.said = done.returncode, done.stderr
        return json.loads(done.stdout)["forms"][0] if form == "json" and done.stdout else done.stdout


@pytest.fixture
def case(tmp_path: Path) -> Case:
    return Case(tmp_path)


def ids(form: Any, part: str = "fields") -> set[str]:
    return {each["id"] for each in form[part]}


def test_a_name_that_the_catalogue_has_not_is_told_and_the_others_merged(case: Case) -> None:
    case.case["items"] = ["company-name", "nonesuch"]
    form = case.asked()
    assert ids(form) == {"company_name", "investors", "capital"}
    assert case.status == 1 and "nonesuch" in form["notes"][0]
    case.case["items"] = ["nonesuch"]
    assert not case.asked() and "nonesuch" in case.said


@pytest.mark.parametrize("key", ["items", "held"])
@pytest.mark.parametrize("wrong", [WRONG, {"a": 1}, [{}]])
def test_items_that_are_not_stated_are_taken_from_the_catalogue(key: str, wrong: Any, case: Case) -> None:
    whole = case.asked()
    case.case[key] = wrong
    form = case.asked()
    assert case.status == 1 and len(form["notes"]) == 1
    assert (form["fields"], form["materials"]) == (whole["fields"], whole["materials"])


@pytest.mark.parametrize("part", ["fields", "materials"])
def test_a_list_that_cannot_be_read_costs_what_that_item_asks_for(part: str, case: Case) -> None:
    whole = case.asked()
    case.catalogue["items"][1][part] = WRONG
    form = case.asked()
    other = {"fields": "materials", "materials": "fields"}[part]
    assert case.status == 1 and form[other] == whole[other]
    (left,) = form["left_out"]
    assert (left["id"], left["items"]) == (part, ["company-registration"])
    assert ids(form, part) < ids(whole, part) and form["at_least"] == (part == "materials")


@pytest.mark.parametrize("part", ["fields", "materials"])
def test_a_wrong_id_of_a_part_costs_that_part(part: str, case: Case) -> None:
    whole = case.asked()
    at = len(case.catalogue["items"][0][part]) - 1
    lost = case.catalogue["items"][0][part][at]
    lost["id"] = WRONG if part == "fields" else [WRONG]
    form = case.asked()
    assert lost["name"] in [each["name"] for each in form["left_out"]] or ids(form, part) == ids(whole, part)
    assert case.status == 1 and ids(whole, part) - ids(form, part) <= {"investors", "investor_identity"}


@pytest.mark.parametrize(
    "way",
    [
        ("departments",),
        ("departments", 0, "id"),
        ("departments", 0, "name"),
        ("items", 0, "name"),
        ("items", 0, "department"),
        ("jurisdiction",),
        ("case_kind",),
        ("centre",),
    ],
)
@pytest.mark.parametrize("form", ["json", "text", "html", "xlsx"])
def test_what_a_form_is_called_by_changes_none_of_its_lines(way: Way, form: str, case: Case, tmp_path: Path) -> None:
    whole = case.asked()
    case.catalogue = put(case.catalogue, way, {"a": WRONG})
    found = case.asked(form, "" if form == "json" else f"out.{form}")
    assert case.status == 1 and "banshi check" in case.said
    if form == "json":
        assert [ids(found, part) for part in ("fields", "materials")] == [
            ids(whole, part) for part in ("fields", "materials")
        ]
    else:
        assert (tmp_path / f"out.{form}").stat().st_size > 500


def test_a_day_that_is_not_stated_leaves_out_the_basis_alone(case: Case) -> None:
    whole = case.asked()
    case.case["starts_on"] = "someday"
    form = case.asked()
    assert (form["fields"], form["basis"]) == (whole["fields"], []) and form["notes"]


def test_an_item_without_an_id_may_be_one_of_the_case(case: Case) -> None:
    case.catalogue["items"][4]["id"] = [WRONG]  # tax-registration, whose result another one needs
    form = case.asked()
    assert case.status == 1 and form["at_least"]
    left = {each["name"] for each in form["left_out"]}
    assert "税务登记" in left and "税务登记证" in left  # nobody knows whether the department passes that on
    case.case["items"] = ["company-name"]  # which is surely another one
    form = case.asked()
    assert not form["left_out"] and not form["at_least"]


def test_what_is_lacking_is_called_by_its_name(case: Case) -> None:
    case.catalogue["items"] = WRONG
    assert not case.asked() and case.status == 1
    assert "没有写明“事项目录的事项”" in case.said
