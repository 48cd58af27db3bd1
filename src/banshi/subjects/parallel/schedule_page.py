"""A schedule as a page that stands alone, with its timeline."""

from banshi.centre.centre import Centre
from banshi.output.report_pages import report_page
from banshi.subjects.parallel.answer import Answer
from banshi.subjects.parallel.schedule_rows import pictures, rows
from banshi.subjects.parallel.schedule_said import advice, headline, path_said


def as_page(found: Answer, centre: Centre | None = None) -> str:
    """The page; ``centre``: whose templates go first, if they may run. Raises ``banshi.output.report_pages.TemplateBroken``."""
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
