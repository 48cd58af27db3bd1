"""Catalogues and cases as files of their kinds; a case brings the catalogue that it names."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from banshi.base.folders import is_project
from banshi.base.text import Text
from banshi.centre.settings import Settings
from banshi.checking.loaded import LoadedFile
from banshi.checking.service_files import LoadedServices, load_services
from banshi.files.documents import Document
from banshi.files.findings import Route, Severity
from banshi.files.locating import from_shape
from banshi.files.named_files import named_file
from banshi.files.not_stated import NotStated, if_stated, without
from banshi.files.regular_files import STDIN
from banshi.files.report import Report
from banshi.files.shape import ShapeProblem, Shapes
from banshi.files.typed import to_form
from banshi.subjects.cases.vocabulary import place_of, vocabulary
from banshi.subjects.parallel.context import CaseFile, CatalogueFile
from banshi.subjects.parallel.forms import Case, Catalogue
from banshi.subjects.parallel.item_forms import spell_kind
from banshi.subjects.parallel.limit_targets import judges_limits
from banshi.subjects.parallel.told_together import beside, telling_of, told_together

if TYPE_CHECKING:
    from banshi.checking.loading import Loader


def prepare(data: Any, loader: "Loader") -> Shapes:
    """Put the kind of case in place of its name; the schemas that know the kinds which the centre's law declares."""
    words = vocabulary(loader.library, place_of(data))
    kinds = {slug: word.name for slug, word in words.kinds.items() if slug != "other"}
    spell_kind(data, words)
    general = loader.shapes.schema("catalogue")
    own = {"title": general["properties"]["case_kind"]["title"], "enum": list(kinds), "x-labels": kinds}
    return loader.shapes.varied("catalogue", {**general, "properties": {**general["properties"], "case_kind": own}})


def load_catalogue(document: Document, loader: "Loader", report: Report) -> Iterator[LoadedFile | LoadedServices]:
    """A catalogue with the law of its day. Raises ``msgspec.ValidationError``."""
    centre = Settings.read(loader.project).jurisdiction if is_project(loader.project) else None
    file = CatalogueFile(_typed(document), loader.library, path=document.path, centre=centre)
    own = telling_of(file.catalogue, document.path)
    if if_stated(lambda: judges_limits(file)) is not False and (others := loader.tellings.add(own)):
        report.findings.append(from_shape(document, told_together(others), Severity.NOTE))
        file = replace(file, beside=beside(others))
    yield LoadedFile("catalogue", file, document, if_stated(lambda: file.law))
    yield from load_services(document)


def load_case(document: Document, loader: "Loader", report: Report) -> Iterator[LoadedFile]:
    """A case with its catalogue; a catalogue that cannot be used is a finding. Raises ``msgspec.ValidationError``."""
    case = without(to_form(document.to_type, Case), document.unstated)
    try:
        found = _catalogue(document, case, loader)
    except NotStated:  # that it is not has been told
        report.findings.append(from_shape(document, _WHICH, Severity.NOTE))
        return
    if isinstance(found, Text):
        found = ShapeProblem("input/unreadable", ("catalogue",), found, _FIX)
    if isinstance(found, ShapeProblem):
        report.findings.append(from_shape(document, found))
        return
    if found.faults:
        report.findings.append(from_shape(document, _in_part(case.catalogue, found.faults)))
    place = if_stated(lambda: found.catalogue.jurisdiction)
    days = loader.days.in_place(place) if place else None
    value = CaseFile(case, found, days, loader.as_of)
    yield LoadedFile("parallel-case", value, document, if_stated(lambda: value.law))


def _typed(document: Document, at: Route = ()) -> Catalogue:
    """A catalogue, of which nobody may rely on what its file does not state for certain; ``at``: the way that leads to it."""
    return without(to_form(document.to_type, Catalogue), document.unstated, at)


def _catalogue(document: Document, case: Case, loader: "Loader") -> CatalogueFile | Text | ShapeProblem:
    """The catalogue that a case names, or why there is none. Raises ``NotStated``."""
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
        wrong = sum(each.severity is Severity.ERROR for each in mine.findings)
        return CatalogueFile(_typed(named, _NAMED), loader.library, faults=wrong)
    found = mine.findings[0]
    other = found.rule in ("shape/wrong-kind", "shape/unknown-kind", "shape/missing-kind")
    why = Text("它不是事项目录", "it is not a catalogue") if other else found.message
    return Text(
        f"事项目录 {path.as_posix()} 不能用：{why.zh}", f"the catalogue {path.as_posix()} is unusable: {why.en}"
    )


def _in_part(path: str, faults: int) -> ShapeProblem:
    message = Text(
        f"事项目录 {path} 有 {faults} 处写得不对，靠这些地方的没有判断",
        f"the catalogue {path} has {faults} faults; what rests on them was not judged",
    )
    return ShapeProblem("input/incomplete-catalogue", _NAMED, message, _FIX)


_NAMED = ("catalogue",)
_WHICH = ShapeProblem(
    "input/not-judged",
    _NAMED,
    Text(
        "没有写明事项目录（或它的辖区），或写得不对，这件没有判断",
        "the catalogue, or of which place it is, is not stated, so the case was not judged",
    ),
    Text("先改好上面列出的各处，再检查一次。", "Correct what is listed above first, then check again."),
)
_FIX = Text(
    "catalogue 写目录文件相对于本文件的路径；目录有问题的，先用 banshi check 把它改好。",
    "Give the catalogue's path relative to this file; correct the catalogue first if it has faults.",
)
