"""Filled forms as files: each against the fields of its own form."""

from collections.abc import Iterable, Iterator
from typing import Any

from msgspec import Struct

from banshi.base.codes import credit_code_fault, project_code_fault
from banshi.base.text import Text, did_you_mean, listed
from banshi.checking.filled_forms import OWN, of_an_item
from banshi.checking.loaded import LoadedFile
from banshi.checking.loading import Loader
from banshi.files.documents import Document
from banshi.files.findings import Route, Severity
from banshi.files.locating import from_shape
from banshi.files.report import Report
from banshi.files.shape import ShapeProblem, Shapes
from banshi.law.form_fields import values_schema
from banshi.law.forms_in_force import Found, forms_of
from banshi.law.instruments import PolicyVersion
from banshi.law.version_parts import Form, FormField

_VALUES = "values"


class FilledForm(Struct, frozen=True):
    """What the rules on filled forms look at: the form, the version that lists it, and what was filled in."""

    form: Form
    version: PolicyVersion
    values: dict[str, Any]


def prepare(data: Any, loader: Loader) -> Shapes:
    """The schemas, with that of filled forms as the form rules its fields."""
    found = _found(data, loader)
    if found is None:
        return loader.shapes
    general = loader.shapes.schema(OWN)
    return loader.shapes.varied(
        OWN, {**general, "properties": {**general["properties"], _VALUES: values_schema(found[1].fields)}}
    )


def load(document: Document, loader: Loader, report: Report) -> Iterator[LoadedFile]:
    """A filled form; one of which no instrument knows is told."""
    found = _found(document.data, loader)
    if found is None:
        report.findings.append(from_shape(document, _unknown(document.data, loader)))
        return
    version, form = found
    if ("version",) in document.unstated and len(list(_versions(document.data, loader))) > 1:
        report.findings.append(from_shape(document, _WHICH, Severity.NOTE))
        return
    wrong = list(_wrong_codes(form.fields, document.data[_VALUES], (_VALUES,)))
    report.findings += [from_shape(document, problem) for problem in wrong]
    yield LoadedFile(OWN, FilledForm(form, version, document.data[_VALUES]), document)


def _wrong_codes(fields: Iterable[FormField], values: dict[str, Any], where: Route) -> Iterator[ShapeProblem]:
    """Codes that do not follow their own rules."""
    for field in fields:
        value = values.get(field.key or "")
        for n, row in enumerate(value if field.columns and isinstance(value, list) else ()):
            yield from _wrong_codes(field.columns, row, (*where, str(field.key), n))
        if isinstance(value, str) and field.type in _CODES and (why := _CODES[field.type](value)):
            message = Text(f"“{field.label}”写的是 {value}：{why.zh}", f"{field.key} is {value}: {why.en}")
            yield ShapeProblem("shape/wrong-value", (*where, str(field.key)), message, _COMPARE)


_CODES = {"credit_code": credit_code_fault, "project_code": project_code_fault}
_COMPARE = Text("照证照或平台上的核对。", "Compare it with the certificate.")


def _found(data: Any, loader: Loader) -> Found | None:
    """The form that a file names, in the version that it names or else in the newest."""
    asked = data.get("instrument"), data.get("form")
    if of_item := of_an_item(f"{asked[0]}#{asked[1]}", loader):
        return of_item
    version = data.get("version")
    wanted = version if isinstance(version, str) else None  # one that is no text is told
    return next((each for each in _versions(data, loader) if wanted in (None, each[0].version)), None)


def _versions(data: Any, loader: Loader) -> Iterator[Found]:
    """The form that a file names, in every version that has it, the newest first."""
    asked = data.get("instrument"), data.get("form")
    return (each for each in _own(loader) if (each[0].instrument, each[1].id) == asked)


def _own(loader: Loader) -> Iterator[Found]:
    return forms_of(loader.library, None, "")


_WHICH = ShapeProblem(
    "input/not-judged",
    ("version",),
    Text(
        "不知道是哪一版的表（version 写得不对，或可能写在不认识的键下），填的内容没有判断",
        "of which version the form is, is not stated for certain, so nothing was judged",
    ),
    Text("先改好上面列出的各处，再检查一次。", "Correct what is listed above first, then check again."),
)


def _unknown(data: Any, loader: Loader) -> ShapeProblem:
    known = list(dict.fromkeys(f"{version.instrument} {form.id}" for version, form in _own(loader)))
    asked = f"{data.get('instrument')} {data.get('form')}"
    guess = did_you_mean(asked, known)
    message = Text(
        f"没有这张自定栏目的表：{data.get('instrument')} {data.get('version', '')} {data.get('form')}",
        f"there is no such form: {asked}",
    )
    fix = Text(f"{guess.zh}有的：{listed(known) or '无'}。", f"{guess.en} Known: {', '.join(known) or 'none'}.".strip())
    return ShapeProblem("shape/not-listed", ("form",), message, fix)
