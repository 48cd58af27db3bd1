"""What a period's file says again in the next one: the windows, and the marks that people set; never facts or entries.

A mark that stood in for a fact (a rate in a period without cases) belongs to its period, and is not carried over.
"""

import msgspec
from msgspec import Struct

from banshi.law.assessment_periods import asked
from banshi.law.library import Law
from banshi.subjects.assessment.book import AssessmentBook
from banshi.subjects.assessment.forms import Assessment, Window
from banshi.subjects.assessment.table_columns import AssessmentColumns


class Carried(Struct, frozen=True):
    """The next period's file, begun. ``marks``: how many marks stand in it.

    ``gone``: sub-items that there are no more; ``by_facts``: names of those that facts decide, whose marks stay behind.
    """

    assessment: Assessment
    marks: int
    gone: tuple[str, ...]
    by_facts: tuple[str, ...]


def carried_over(last: Assessment, law: Law, wanted: str) -> Carried:
    """The file of a period (``2012-Q2``) as the last one begins it; the days on which marks were given are left open."""
    names = {key: name for name, key in AssessmentColumns(AssessmentBook(law)).sub_items.items()}
    by_person = AssessmentBook(law).by_person
    windows = tuple(_window(each, by_person) for each in last.windows)
    named = asked(wanted)
    by_quarter = named is not None and named.kind == "quarter" and not last.period
    period = {"quarter": wanted, "period": None} if by_quarter else {"quarter": None, "period": wanted}
    begun: Assessment = msgspec.structs.replace(last, windows=windows, attendance=None, **period)
    left = dict.fromkeys(key for each in last.windows for key in each.marks if key not in by_person)
    gone = tuple(key for key in left if key not in names)
    by_facts = tuple(names[key] for key in left if key in names)
    return Carried(begun, sum(len(each.marks) for each in windows), gone, by_facts)


def _window(last: Window, by_person: set[str]) -> Window:
    marks = {key: msgspec.structs.replace(mark, on=None) for key, mark in last.marks.items() if key in by_person}
    kept: Window = msgspec.structs.replace(last, facts={}, marks=marks, bonus=(), deductions=())
    return kept
