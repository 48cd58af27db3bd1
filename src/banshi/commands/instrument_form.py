"""A form of an instrument for ``banshi form``: blank, or filled in from filings."""

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from banshi.base.text import Text, listed
from banshi.centre.centre import Centre
from banshi.checking.filled_forms import form_kind
from banshi.checking.loaded import LoadedFile
from banshi.checking.loading import Loader
from banshi.commands.filings import print_problems, unit_project
from banshi.commands.output import ready, write
from banshi.commands.standing import centre_of
from banshi.files.kinds import KINDS
from banshi.files.report import Report
from banshi.files.units import ProjectFolder
from banshi.law.forms_in_force import Found, forms_of, named, whole_name
from banshi.output.terminal import refuse
from banshi.subjects.change.instrument_forms import changes_in
from banshi.subjects.change.loading import LoadedFiling
from banshi.subjects.forms.writing import layouts_of, written
from banshi.subjects.parallel.item_forms import forms_called

_FORMATS = ("xlsx", "docx", "html")
_LEDGER = "ledger"


def run_form(options: argparse.Namespace, name: str) -> int:
    """Write the form that is called ``name``; 2 where there is none, or it cannot be written."""
    if status := ready(options):
        return status
    centre, report = centre_of(options), Report()
    loader = Loader(centre.folder)
    forms = list(forms_of(loader.library, centre.jurisdiction))
    of_items = [] if named(name, forms) else forms_called(name, loader)
    found = named(name, forms) or next(iter(of_items), None)
    if found is None or len(of_items) > 1:
        return _fail(options, _several(of_items) if found else _unknown(name, forms))
    if options.format not in _FORMATS:
        return _fail(options, _NO_FORMAT)
    filed = list(_filed(options.source, found, loader, report)) if options.source else []
    status = print_problems(report, options.lang)
    if options.source and not filed:
        return max(status, _fail(options, _nothing(found, options.source)))
    return max(status, _write(options, centre, loader, found, filed))


def _write(
    options: argparse.Namespace, centre: Centre, loader: Loader, found: Found, filed: Sequence[dict[str, Any]]
) -> int:
    layouts = layouts_of(found, loader, filed)
    fictional = any(_is_fictional(each) for each in filed)
    if options.format == "html" and len(layouts) > 1:
        return _fail(options, _ONE)
    return write(options, written(options.format, layouts, found, loader, centre, fictional=fictional))


def _filed(path: Path, found: Found, loader: Loader, report: Report) -> Iterator[dict[str, Any]]:
    """The forms under a path, each as a document of its own."""
    kind = found[1].fills or "form"
    for unit in loader.units([path]):
        forms = unit.only if isinstance(unit, ProjectFolder) else None
        wanted = None if not forms or unit_project(forms) else {p.as_posix() for p in forms}
        for loaded in loader.load(unit, report):
            if isinstance(loaded, LoadedFiling) and kind == _LEDGER:
                yield from changes_in(loaded, wanted)
            elif isinstance(loaded, LoadedFile) and loaded.subject == kind and _is_of(loaded, found):
                yield from form_kind(found[1]).apart(loaded.document.data)


def _is_of(loaded: LoadedFile, found: Found) -> bool:
    """Whether a file holds what the form asks for: one that rules its own fields must be that form."""
    version, form = found
    data = loaded.document.data
    return bool(form.fills) or (data.get("instrument"), data.get("form")) == (version.instrument, form.id)


def _is_fictional(data: dict[str, Any]) -> bool:
    return bool(data.get("fictional") or data.get("project", {}).get("fictional"))


def _nothing(found: Found, source: Path) -> Text:
    kind = KINDS[found[1].fills or "form"]
    return Text(f"{source} 里没有可填进这张表的内容（{kind.title}）", f"nothing in {source} fills in this form")


def _unknown(name: str, forms: Sequence[Found]) -> Text:
    known = list(dict.fromkeys(f"{form.id}（{form.title}）" for _, form in forms))
    return Text(
        f"没有 {name} 这个文件，也没有这张表；有的表：{listed(known) or '无'}；目录中写明申请表项目的事项，用它的名称或标识",
        f"there is no file and no form {name}; forms: {', '.join(dict.fromkeys(form.id for _, form in forms)) or 'none'}; "
        "of an item of a catalogue, its name or id",
    )


def _several(forms: Sequence[Found]) -> Text:
    whole = [whole_name(*each) for each in forms]
    return Text(
        f"几个目录都有这个事项，写全名：{listed(whole)}", f"several catalogues have it; write one: {', '.join(whole)}"
    )


def _fail(options: argparse.Namespace, why: Text) -> int:
    return refuse(why, options.lang)


_NO_FORMAT = Text(
    "文件里的表写成 xlsx、docx 或 html：加 --format xlsx -o 文件.xlsx", "write it with --format xlsx, docx or html"
)
_ONE = Text("网页一次只写一份；指明一份报批表", "a page holds one form; name the file of one")
