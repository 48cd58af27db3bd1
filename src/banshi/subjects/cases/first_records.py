"""Whether a file of lines is a case log, told by one of its first records: asked of every file of lines, so nothing else is read for it."""

from typing import Any

from banshi.files.shape import kind_of

SUBJECT = "cases"
NEEDED = ("id", "kind", "department", "window", "accepted_on")


def fits_line(record: Any) -> bool:
    """Whether a record stands in a case log: its heading, or a case, even one with something wrong in it."""
    return isinstance(record, dict) and (record.get("kind") == SUBJECT or a_case(record))


def a_case(record: dict[str, Any]) -> bool:
    """A case has most of what each must have, and is no file of another kind."""
    return kind_of(record)[0] is None and 2 * sum(key in record for key in NEEDED) > len(NEEDED)
