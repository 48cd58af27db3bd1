"""The application form of an item of a catalogue: written, filled in and read back as every form is."""

import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from conftest import ROOT, banshi

from banshi.checking.loaded import LoadedFile
from banshi.checking.loading import Loader
from banshi.files.report import Report
from banshi.law.forms_in_force import whole_name
from banshi.law.library import Library
from banshi.subjects.parallel.context import CatalogueFile
from banshi.subjects.parallel.elements import kind_said
from banshi.subjects.parallel.item_forms import (
    EXAMPLES,
    FOLDER,
    catalogue_files,
    form_called,
    item_forms,
    read_catalogue,
)

LIBRARY = Library([ROOT / "policies"])
CATALOGUES = catalogue_files([ROOT / "policies"], [ROOT / "examples"])
COMPANY = f"{FOLDER}/{EXAMPLES}/parallel/registration@2011-06-01#company-registration"
VALUES = {
    "text": "样例路 1 号",
    "date": "2012-02-29",
    "amount": "1234.5",
    "quantity": "300.25",
    "integer": 7,
    "yes_no": False,
}


def document(name: str, values: dict[str, Any]) -> dict[str, Any]:
    instrument, _, rest = name.partition("@")
    version, _, form = rest.partition("#")
    return {"kind": "form", "instrument": instrument, "version": version, "form": form, "values": values}


def read_back(path: Path) -> tuple[dict[str, Any], Report]:
    loader, report = Loader(ROOT), Report()
    [loaded] = [each for unit in loader.units([path]) for each in loader.load(unit, report)]
    assert isinstance(loaded, LoadedFile)
    return loaded.document.data, report


@pytest.mark.parametrize("slug", sorted(CATALOGUES))
def test_each_item_asks_for_what_the_catalogue_states_and_nothing_else(slug: str) -> None:
    catalogue = read_catalogue(CATALOGUES[slug], LIBRARY)
    forms = {form.id: form for form in item_forms(slug, catalogue).forms}
    assert set(forms) == {item.id for item in catalogue.items if item.fields}
    for item in catalogue.items:
        assert [each.key for each in forms[item.id].fields] == [field.id for field in item.fields]
        found = form_called(whole_name(item_forms(slug, catalogue), forms[item.id]), Loader(ROOT))
        assert found is not None and found[1] == forms[item.id]


@pytest.mark.parametrize("suffix", ["xlsx", "docx"])
def test_what_is_filled_in_is_read_back(suffix: str, tmp_path: Path) -> None:
    """Every sort of field: from a file, as a workbook or document, and back."""
    sorts: set[str] = set()
    for slug in ("registration", "investment", "template"):
        version = item_forms(slug, read_catalogue(CATALOGUES[f"{EXAMPLES}/parallel/{slug}"], LIBRARY))
        form = max(version.forms, key=lambda form: len({field.type or "text" for field in form.fields} - sorts))
        name = whole_name(version, form).replace(slug, f"{EXAMPLES}/parallel/{slug}", 1)
        found = form_called(name, Loader(ROOT))
        assert found is not None
        sorts |= {field.type or "text" for field in found[1].fields}
        values = {str(f.key): f.choices[0] if f.choices else VALUES[f.type or "text"] for f in found[1].fields}
        source, out = tmp_path / f"{slug}.json", tmp_path / f"{slug}.{suffix}"
        source.write_text(json.dumps(document(name, values), ensure_ascii=False), encoding="utf-8")
        done = banshi("form", name, "--from", str(source), "--format", suffix, "-o", str(out))
        assert done.returncode == 0, done.stderr
        data, report = read_back(out)
        assert data == document(name, values) and not report.findings
    assert sorts >= {"text", "quantity", "integer", "choice", "yes_no", "date"}


def test_a_clerk_fills_in_the_blank_form(tmp_path: Path) -> None:
    out = tmp_path / "空表.xlsx"
    assert banshi("form", "企业设立登记", "--format", "xlsx", "-o", str(out)).returncode == 0
    book = openpyxl.load_workbook(out)
    [sheet] = book.worksheets[:1]
    cells = {cell.value: cell for row in sheet.rows for cell in row if cell.value}
    for label, value in (("注册资本（万元）", "300"), ("是否内资企业", "是"), ("企业名称", "甲")):
        sheet.cell(cells[label].row, cells[label].column + 1).value = value
    book.save(out)
    data, report = read_back(out)
    assert data == document(COMPANY, {"capital": "300", "domestic": True, "company_name": "甲"})
    assert not any(finding.severity.rank == 0 for finding in report.findings)


def test_an_item_that_states_no_fields_has_no_form(tmp_path: Path) -> None:
    (tmp_path / "policies/a/catalogues").mkdir(parents=True)
    head = "kind: catalogue\njurisdiction: a\ncentre: 甲\ntitle: 目录\ncase_kind: other\nin_use_from: 2012-01-01\n"
    items = "departments: [{id: d, name: 乙}]\nitems: [{id: bare, name: 光, department: d}]\n"
    (tmp_path / "policies/a/catalogues/b.yaml").write_text(head + items, encoding="utf-8")
    done = banshi("form", "bare", "--format", "xlsx", "-o", "x.xlsx", cwd=tmp_path)
    assert done.returncode == 2 and "没有 bare" in done.stderr and not (tmp_path / "x.xlsx").exists()


@pytest.mark.parametrize("name", [".", "examples/linjiang", "examples/qinghe"])
def test_a_catalogues_kind_is_called_by_its_name_where_the_law_lists_kinds_or_declares_them(name: str) -> None:
    """On a page, and on the sheet for applicants, no id stands."""
    folder, examples = ROOT / name, ROOT / "examples" / "parallel"
    library = Library([folder / "policies"])
    found = catalogue_files([folder / "policies"], [examples] if name == "." else ())
    kinds = {
        (catalogue := read_catalogue(path, library)).case_kind: kind_said(CatalogueFile(catalogue, library))
        for path in found.values()
    }
    assert kinds
    assert not [kind for kind, called in kinds.items() if called == kind or called.isascii()]
