"""The sheets of the form on which an assessment is handed in, as the page of its format lists them."""

from msgspec import Struct

from banshi.law.guides import law_of
from banshi.law.library import Law
from banshi.law.norms import ScoreSubItem
from banshi.site.content import Content
from banshi.subjects.assessment.book import AssessmentBook
from banshi.subjects.assessment.table_columns import (
    COVER,
    DETAILS,
    FACTS,
    LISTS,
    MARKS,
    ON_COVER,
    AssessmentColumns,
    Titled,
)

_OWN = ("window", "name", "kind")


class SheetShape(Struct, frozen=True):
    """A sheet: its name, what stands in a row, its headings."""

    name: str
    row: str
    headings: tuple[str, ...]


def score_sheets(content: Content) -> list[SheetShape]:
    """The sheets under the law of the guide to scoring; none where no such guide is shown."""
    laws = (law_of(guide, content.library) for guide in content.guides)
    law = next((law for law in laws if law and law.all(ScoreSubItem)), None)
    return _sheets(law) if law else []


def _sheets(law: Law) -> list[SheetShape]:
    columns = AssessmentColumns(AssessmentBook(law))
    own = [columns.facts[key].title for key in _OWN]
    return [
        SheetShape(COVER, "一项一行", tuple(ON_COVER.values())),
        SheetShape(FACTS, "一个窗口一行", (*own, *(cell.heading for cell in columns.offered))),
        SheetShape(DETAILS, "一条明细一行", _titles(columns.details)),
        SheetShape(MARKS, "由人评分的小项，一个窗口一项一行", _titles(columns.marks)),
        *(SheetShape(name, "一次一行", _titles(columns.entries(scale))) for scale, name in LISTS.items()),
    ]


def _titles(columns: dict[str, Titled]) -> tuple[str, ...]:
    return tuple(column.title for column in columns.values())
