"""Forms of instruments written: blank or filled in, as a workbook, a document, or a page that prints."""

from collections.abc import Sequence
from typing import Any

from banshi.centre.centre import Centre
from banshi.checking.filled_forms import form_kind
from banshi.checking.loading import Loader
from banshi.law.forms_in_force import Found, whole_name
from banshi.output.forms.layout import Layout, layout
from banshi.output.forms.workbook import form_book
from banshi.output.report_pages import report_page

_LEDGER = "ledger"
_LONGEST = 31  # characters of a sheet's name


def layouts_of(found: Found, loader: Loader, filed: Sequence[dict[str, Any]]) -> list[Layout]:
    """The form with each of some documents filled in; blank where there is none."""
    version, form = found
    places = form_kind(form).places(loader, version, form)
    alone, name = form.fills != _LEDGER, whole_name(version, form)
    return [
        layout(form, version.offices, places, data, name=name, alone=alone) for data in (filed if filed else [None])
    ]


def written(
    fmt: str, layouts: Sequence[Layout], found: Found, loader: Loader, centre: Centre, *, fictional: bool
) -> bytes | str:
    """Laid-out forms as a workbook, a document, or a page (of one)."""
    version, form = found
    names = form_kind(form).places(loader, version, form).names
    if fmt == "xlsx":
        called = [f"第{n}份" for n in range(1, len(layouts) + 1)] if len(layouts) > 1 else [_sheet_name(form.title)]
        return form_book(list(zip(called, layouts, strict=True)), names, centre.law.said.zh)
    if fmt == "docx":
        from banshi.output.forms.document import form_document  # late: only a document needs its library

        return form_document(layouts, names, centre.law.said.zh)
    return report_page(
        "filing_form.html.j2",
        centre=centre,
        title=form.title,
        fictional=fictional,
        layout=layouts[0],
        basis=f"{version.title}（{version.number}）" if version.number else version.title,
    )


def _sheet_name(title: str) -> str:
    """The last words of a title that fit a sheet's name: 请假单."""
    kept = "".join(char for char in title if char not in "[]:*?/\\'")
    return kept[-_LONGEST:] or "表"
