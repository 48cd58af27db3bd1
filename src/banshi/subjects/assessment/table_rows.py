"""Rows of an assessment's sheets as parts of plain data: facts, details, marks, bonuses and deductions."""

from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from banshi.base.money import plain
from banshi.base.text import Text
from banshi.files.findings import Route
from banshi.files.tables.cells import CellUnreadable
from banshi.files.tables.quantities import Quantity, whole
from banshi.subjects.assessment.book import AssessmentBook
from banshi.subjects.assessment.table_columns import BY_ANALOGY, GROUPS, LISTS, named
from banshi.subjects.assessment.walks import Scale

Row = dict[str, Any]


def stated(row: Row) -> Row:
    """A row's facts: a bare count or yes/no, or a group of parts."""
    groups: dict[str, Row] = {}
    for key, value in row.items():
        slug, slash, part = key.partition("/")
        if slash and value is not None:
            groups.setdefault(slug, {})[part] = value
    return {
        slug: next(iter(g.values())) if set(g) in ({"count"}, {"found"}, {"amount"}) else g
        for slug, g in groups.items()
    }


def as_group(value: Any) -> Row:
    """A fact as a group of parts: a bare count or yes/no is short for one."""
    if isinstance(value, dict):
        return value
    if value is None:
        return {}
    if isinstance(value, bool):
        return {"found": value}
    return {"count": value} if isinstance(value, int) else {"amount": value}


def detail(row: Row, book: AssessmentBook) -> Row:
    """A row of details, its numbers in what its fact is counted in.

    Raises ``KeyError`` for what its kind of row must have, ``CellUnreadable`` for another unit.
    """
    for key, needed in (("day", "count"), ("matter", "promised"), ("exempt", "ground"), ("exempt", "evidence")):
        if key in row and needed not in row:
            raise KeyError(needed)
    if "fact" not in row:
        raise KeyError("fact")
    unit = book.unit(row["fact"])
    return {**row, **{key: counted(row[key], unit, f"“{name}”") for key, name in _NUMBERS.items() if key in row}}


_NUMBERS = {"count": "当天数量", "exempt": "除外数量"}


def counted(number: Quantity, unit: str, where: str) -> int:
    """How many, in what a fact is counted in. Raises ``CellUnreadable``, which names the column."""
    try:
        return whole(number.within(unit))
    except CellUnreadable as error:
        said = f"{plain(number.number)}{number.unit}"
        raise CellUnreadable(Text(f"{where}写的是 {said}：{error.text.zh}", f"{said}: {error.text.en}")) from None


def said_before(fact: Row, row: Row) -> str:
    """The column of a row of details that says again what was said; empty where none does."""
    if "day" in row:
        return "day" if row["day"] in fact.get("days", {}) else ""
    if "matter" in row or "exempt" in row:
        return ""
    return next((key for key in ("evidence", "source", "found_on", "approved_on") if key in row and key in fact), "")


def add_detail(fact: Row, row: Row) -> Iterator[Route]:
    """Put a row of details into its fact; the routes (within the fact) that lead into the row."""
    if "day" in row:
        fact.setdefault("days", {})[row["day"]] = row["count"]
        yield ("days", row["day"])
    elif "matter" in row:
        items = fact.setdefault("items", [])
        yield ("items", len(items))
        items.append(some(row, "matter", "statutory", "promised"))
    elif "exempt" in row:
        exempt = fact.setdefault("exempt", [])
        yield ("exempt", len(exempt))
        exempt.append({"count": row["exempt"], **some(row, "ground", "stage", "evidence")})
    else:
        own = some(row, "evidence", "source", "found_on", "approved_on")
        fact.update(own)
        yield from ((key,) for key in own)


def some(row: Row, *keys: str) -> Row:
    """Those of some keys that a row has."""
    return {key: row[key] for key in keys if key in row}


def mark(row: Row) -> Row:
    """A row of marks as it is. Raises ``KeyError`` for what it must have."""
    for key in ("sub_item", "mark", "by", "reason"):
        row[key]  # raises KeyError, which names what the row lacks
    return row


def entry(row: Row, scale: Scale, known: dict[str, str], book: AssessmentBook) -> Row:
    """A bonus or deduction; what no norm names goes by analogy where the row says like what.

    Raises ``KeyError`` for what it must have, ``CellUnreadable`` for what is not among the cases.
    """
    for key in ("fact", "on", GROUPS[scale][0], "evidence"):
        row[key]  # likewise
    said = row["fact"]
    try:
        fact = named(known, Text(f"{LISTS[scale]}的情形", scale))(said)
    except CellUnreadable as error:
        if "like" not in row:
            raise CellUnreadable(Text(f"“情形”写的是 {said}：{error.text.zh}", f"{said}: {error.text.en}")) from None
        row, fact = {"text": said, **row, "analogy": True}, BY_ANALOGY
    return _with_count({**row, "fact": fact}, book)


def legible_entry(said: Row, scale: Scale, book: AssessmentBook) -> Row | None:
    """What of an entry's row that was not read can be used; None where it may be like any case by analogy.

    A case that no list has is not legible; nor is a number in another unit.
    """
    known = {book.name(fact): fact for own, fact in book.adjustments if own == scale}
    row = {key: value for key, value in said.items() if key not in ("window", "fact", "count")}
    try:
        row |= {"fact": named(known, Text("", ""))(said["fact"])} if "fact" in said else {}
    except CellUnreadable:
        if "like" in row:
            return None
    if "count" in said and "fact" in row:
        with suppress(CellUnreadable):
            row["count"] = counted(said["count"], book.unit(row["fact"]), "")
    return row if row.get("count") != 0 else {key: value for key, value in row.items() if key != "count"}


def _with_count(row: Row, book: AssessmentBook) -> Row:
    fact = row["like"] if row["fact"] == BY_ANALOGY else row["fact"]
    return {**row, "count": counted(row["count"], book.unit(fact), "“数量”")} if "count" in row else row
