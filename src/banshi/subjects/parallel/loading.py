"""Catalogues and cases as files of their kinds; a case brings the catalogue that it names."""

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from banshi.base.text import Text
from banshi.checking.loaded import LoadedFile
from banshi.checking.service_files import load_services
from banshi.files.documents import Document
from banshi.files.findings import Severity
from banshi.files.locating import from_shape
from banshi.files.named_files import named_file
from banshi.files.regular_files import STDIN
from banshi.files.report import Report
from banshi.files.shape import ShapeProblem, Shapes
from banshi.files.typed import to_form
from banshi.subjects.cases.vocabulary import place_of, vocabulary
from banshi.subjects.parallel.context import CaseFile, CatalogueFile
from banshi.subjects.parallel.forms import Case, Catalogue
from banshi.subjects.parallel.limit_targets import judges_limits
from banshi.subjects.parallel.told_together import beside, telling_of, told_together

if TYPE_CHECKING:
    from banshi.checking.loading import Loader


def prepare(data: Any, loader: "Loader") -> Shapes:
    """Put the kind of case in place of its name; the schemas that know the kinds which the centre's law declares."""
    words = vocabulary(loader.library, place_of(data))
    kinds = {slug: word.name for slug, word in words.kinds.items() if slug != "other"}
    written = data.get("case_kind")
    if isinstance(written, str):
        data["case_kind"] = words.labels("kind").get(written, written)
    general = loader.shapes.schema("catalogue")
    own = {"title": general["properties"]["case_kind"]["title"], "enum": list(kinds), "x-labels": kinds}
    return loader.shapes.varied("catalogue", {**general, "properties": {**general["properties"], "case_kind": own}})


def load_catalogue(document: Document, loader: "Loader", report: Report) -> Iterator[LoadedFile]:
    """A catalogue with the law of its day. Raises ``msgspec.ValidationError``."""
    file = CatalogueFile(to_form(document.data, Catalogue), loader.library)
    if judges_limits(file) and (others := loader.tellings.add(telling_of(file.catalogue, document.path))):
        report.findings.append(from_shape(document, told_together(others), Severity.NOTE))
        file = replace(file, beside=beside(others))
    yield LoadedFile("catalogue", file, document, file.law)
    yield from load_services(document)


def load_case(document: Document, loader: "Loader", report: Report) -> Iterator[LoadedFile]:
    """A case with its catalogue; a catalogue that cannot be used is a finding. Raises ``msgspec.ValidationError``."""
    case = to_form(document.data, Case)
    found = _catalogue(document, case, loader)
    if isinstance(found, Text):
        found = ShapeProblem("input/unreadable", ("catalogue",), found, _FIX)
    if isinstance(found, ShapeProblem):
        report.findings.append(from_shape(document, found))
        return
    value = CaseFile(case, found, loader.days.in_place(found.catalogue.jurisdiction), loader.as_of)
    yield LoadedFile("parallel-case", value, document, value.law)


def _catalogue(document: Document, case: Case, loader: "Loader") -> CatalogueFile | Text | ShapeProblem:
    """The catalogue that a case names, or why there is none."""
    if document.path == STDIN:
        return Text("标准输入旁边没有事项目录", "there is no catalogue beside standard input")
    path = named_file(document, "catalogue", case.catalogue, loader.within)
    if isinstance(path, ShapeProblem):
        return path
    if not path.is_file():
        return Text(f"没有事项目录 {path.as_posix()}", f"there is no catalogue {path.as_posix()}")
    mine = Report()
    # Only a catalogue is read on: a case that names itself, or another case, must not be followed.
    named = loader.of_kind(path, "catalogue", mine, loader.within)
    if named is not None:
        return CatalogueFile(to_form(named.data, Catalogue), loader.library)
    found = mine.findings[0]
    other = found.rule in ("shape/wrong-kind", "shape/unknown-kind", "shape/missing-kind")
    why = Text("它不是事项目录", "it is not a catalogue") if other else found.message
    return Text(
        f"事项目录 {path.as_posix()} 不能用：{why.zh}", f"the catalogue {path.as_posix()} is unusable: {why.en}"
    )


_FIX = Text(
    "catalogue 写目录文件相对于本文件的路径；目录有问题的，先用 banshi check 把它改好。",
    "Give the catalogue's path relative to this file; correct the catalogue first if it has faults.",
)
