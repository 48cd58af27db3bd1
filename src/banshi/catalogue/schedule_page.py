"""A schedule as a page that stands alone, with its timeline."""

from banshi.catalogue.answer import Answer
from banshi.catalogue.schedule_rows import pictures, rows
from banshi.catalogue.schedule_said import advice, headline, path_said
from banshi.centre import Centre
from banshi.report_pages import report_page


def as_page(found: Answer, centre: Centre | None = None) -> str:
    """The page; ``centre``: whose templates go first, if they may run. Raises ``banshi.report_pages.TemplateBroken``."""
    case = found.file.case
    return report_page(
        "schedule.html.j2",
        centre=centre,
        title=f"{case.name}办理计划",
        fictional=case.fictional,
        found=found,
        case=case,
        catalogue=found.file.catalogue,
        headline=headline(found),
        path=path_said(found),
        pictures=pictures(found),
        rows=rows(found),
        saved=list(dict.fromkeys((*found.saved.reasons, *found.saved_by_promise.reasons))),
        advice=advice(found),
    )
