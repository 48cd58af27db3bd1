"""What is said of a change where no law is in force."""

import datetime

from banshi.base.text import Text
from banshi.law.gaps import nothing_in_force
from banshi.law.library import Library
from banshi.subjects.change.filing import SUBJECT


def no_law(library: Library, day: datetime.date, jurisdiction: str) -> Text:
    """Said where nothing on changes is in force on a day."""
    said = Text(
        f"{day} 在 {jurisdiction} 没有施行中的工程变更文件",
        f"no instrument on changes in force in {jurisdiction} on {day}",
    )
    return nothing_in_force(said, library, jurisdiction, SUBJECT, day)
