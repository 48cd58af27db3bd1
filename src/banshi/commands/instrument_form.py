"""A form of an instrument for ``banshi form``: blank, or filled in from filings."""

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from banshi.base.text import Text, listed
from banshi.centre.centre import Centre
from banshi.checking.loading import Loader
from banshi.commands.filings import print_problems, unit_project
from banshi.commands.output import ready, write
from banshi.commands.standing import centre_of
from banshi.files.discovery import ProjectFolder
from banshi.files.report import Report
from banshi.law.instruments import Form, PolicyVersion
from banshi.output.report_pages import report_page
from banshi.output.terminal import complain
from banshi.subjects.change.as_tables import names_by_way
from banshi.subjects.change.filing import SUBJECT
from banshi.subjects.change.form_book import form_book
from banshi.subjects.change.instrument_forms import Layout, forms_of, layout, named
from banshi.subjects.change.loading import LoadedFiling
from banshi.subjects.change.table_kinds import own_tables

_SHEET = "报批表"
_FORMATS = ("xlsx", "docx", "html")
Filed = tuple[str, dict[str, Any]]  # the number of a form, and a ledger that holds it alone


def run_form(options: argparse.Namespace, name: str) -> int:
    """Write the form that is called ``name``; 2 where there is none, or it cannot be written."""
    if status := ready(options):
        return status
    if options.format not in _FORMATS:
        return _fail(options, _NO_FORMAT)
    centre, report = centre_of(options), Report()
    loader = Loader(centre.folder)
    place = centre.jurisdiction
    forms = list(forms_of(loader.library, place, SUBJECT))
    found = named(name, forms)
    if found is None:
        return _fail(options, _unknown(name, forms))
    filed = list(_filed(options.source, loader, report)) if options.source else []
    status = print_problems(report, options.lang)
    if options.source and not filed:
        return max(status, _fail(options, Text(f"{options.source} 里没有报批表", f"no form in {options.source}")))
    return max(status, _write(options, centre, loader, found, filed))


def _write(
    options: argparse.Namespace,
    centre: Centre,
    loader: Loader,
    found: tuple[PolicyVersion, Form],
    filed: Sequence[Filed],
) -> int:
    version, form = found
    names = names_by_way(loader, version.jurisdiction)
    known = own_tables(loader.shapes)
    layouts: list[tuple[str, Layout]] = [
        (f"第{n}份", layout(form, version, known, names, data)) for n, (_, data) in enumerate(filed, start=1)
    ] or [(_SHEET, layout(form, version, known, names, None))]
    if options.format == "xlsx":
        return write(options, form_book(layouts, names))
    if options.format == "docx":
        from banshi.subjects.change.form_docx import form_document  # late: only a document needs its library

        return write(options, form_document([each for _, each in layouts]))
    if len(layouts) > 1:
        return _fail(options, _ONE)
    fictional = bool(filed and filed[0][1]["project"].get("fictional"))
    page = report_page(
        "filing_form.html.j2",
        centre=centre,
        title=form.title,
        fictional=fictional,
        layout=layouts[0][1],
        basis=f"{version.title}（{version.number}）",
    )
    return write(options, page)


def _filed(path: Path, loader: Loader, report: Report) -> Iterator[Filed]:
    """The forms under a path, each as a ledger of its own."""
    for unit in loader.units([path]):
        forms = unit.only if isinstance(unit, ProjectFolder) else None
        wanted = None if not forms or unit_project(forms) else {p.as_posix() for p in forms}
        for loaded in loader.load(unit, report):
            if isinstance(loaded, LoadedFiling):
                yield from _of(loaded, wanted)


def _of(loaded: LoadedFiling, wanted: set[str] | None) -> Iterator[Filed]:
    project = _at(loaded.place.document.data, loaded.place.prefix)
    for case in loaded.filing.in_order:
        place = loaded.forms[case.index]
        if wanted is None or place.document.path in wanted:
            change = _at(place.document.data, place.prefix)
            yield str(change["number"]), {"kind": "ledger", "project": project, "changes": [change]}


def _at(data: Any, where: Sequence[str | int]) -> Any:
    for step in where:
        data = data[step]
    return data


def _unknown(name: str, forms: Sequence[tuple[PolicyVersion, Form]]) -> Text:
    known = list(dict.fromkeys(f"{form.id}（{form.title}）" for _, form in forms))
    return Text(
        f"没有 {name} 这个文件，也没有这张表；有的表：{listed(known) or '无'}",
        f"there is no file and no form {name}; forms: {', '.join(dict.fromkeys(form.id for _, form in forms)) or 'none'}",
    )


def _fail(options: argparse.Namespace, why: Text) -> int:
    complain(why.say(options.lang))
    return 2


_NO_FORMAT = Text(
    "文件里的表写成 xlsx、docx 或 html：加 --format xlsx -o 文件.xlsx", "write it with --format xlsx, docx or html"
)
_ONE = Text("网页一次只写一份；指明一份报批表", "a page holds one form; name the file of one")
