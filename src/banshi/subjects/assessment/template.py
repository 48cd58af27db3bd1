"""The empty form of a quarter's assessment as a workbook, made from the norms in force; or one that is filled in.

Everything that a clerk chooses from (facts, sub-items with their full marks, bonuses, deductions) stands in lists that
come from the law, so that a changed policy gives another form.
"""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any

from banshi.files.law_used import LawUsed
from banshi.law.assessment_periods import asked, combines, period
from banshi.law.library import Law
from banshi.output.workbooks import Book as Workbook
from banshi.output.workbooks import Cell, Sheet
from banshi.subjects.assessment.book import AssessmentBook
from banshi.subjects.assessment.forms import Assessment, Fact, Window
from banshi.subjects.assessment.sub_items import with_marks
from banshi.subjects.assessment.table_columns import (
    ABOUT_ENTRIES,
    ABOUT_FACTS,
    ABOUT_SUB_ITEMS,
    ABOUT_THE_FORM,
    COVER,
    DETAILS,
    FACTS,
    IN_DETAILS,
    KINDS,
    LEVELS,
    LISTS,
    MARKS,
    ON_COVER,
    OVERDUE_CASES,
    SOURCES,
    AssessmentColumns,
    FactCell,
    Titled,
)
from banshi.subjects.assessment.walks import PARTS, Scale

_ROWS = 500  # for which the lists to choose from are laid
_YES_NO = ("是", "否")
_HOW = (
    "一个窗口一行，填在“窗口与事实”：查明没有的填 0 或 否，不知道的空着（空着的不当作零，有关的小项不能判定）。",
    "比率填分子和分母两个件数；没有办件的，分母填 0，在“人工评分”里由人评分。",
    "逐日的件数、承诺时限、除外、凭据，填在“事实明细”，一行一条。",
    "由人评分的小项填在“人工评分”，写明评分人和理由；加分、减分各填一行，写明凭据。",
    "各张表的“情形”“小项”“事实”从下拉列表里选；列表、满分和依据见各“说明”表。",
    "填好以后：banshi check 文件（检查），banshi assess 文件（计分）。",
)


_NOT_THE_CALENDARS = {
    "month": "考核的月，不一定是公历月",
    "quarter": "考核年度的季度，不是公历季度",
    "half_year": "考核年度的半年，不一定是公历半年",
    "year": "考核年度，不一定是公历年",
}


def template(law: Law, wanted: str, assessment: Assessment | None = None, used: LawUsed | None = None) -> bytes:
    """The form for a period (``2012-Q1``, ``2026-03``) under a law; ``assessment`` is filled in, where one is given.

    ``used`` stands among the properties of the file.
    """
    named = asked(wanted)
    columns = AssessmentColumns(
        AssessmentBook(law, named is not None and combines(law, named.kind) is not None, named.kind if named else None)
    )
    book = Workbook(f"窗口考核 {wanted}", law=used)
    _cover(book, law, wanted, assessment)
    windows = assessment.windows if assessment else ()
    _facts(book, columns, windows)
    _details(book, columns, windows)
    _marks(book, columns, windows)
    for scale in LISTS:
        _entries(book, columns, scale, windows)
    _about_facts(book, columns)
    _about_sub_items(book, columns)
    for scale in LISTS:
        _about_entries(book, columns, scale)
    return book.bytes()


def _cover(book: Workbook, law: Law, wanted: str, given: Assessment | None) -> None:
    sheet = book.sheet(COVER, ("项目", "内容"), (18, 90))
    named = asked(wanted)
    by_quarter = named is not None and named.kind == "quarter" and not (given and given.period)
    key, other = ("quarter", "period") if by_quarter else ("period", "quarter")
    said = {key: wanted, "jurisdiction": given.jurisdiction if given else law.jurisdiction}
    said |= {"centre": given.centre, "attendance": given.attendance or ""} if given else {}
    said |= {"fictional": "是"} if given and given.fictional else {}
    for key, name in ON_COVER.items():
        if key != other:
            sheet.row([name, said.get(key, "")])
    notes = book.sheet(ABOUT_THE_FORM, (), (110,))
    days = period(law, named) if named else None
    if days is not None:
        notes.row([f"{wanted}：{days.start} 至 {days.end}（{_NOT_THE_CALENDARS[days.kind]}）。"])
    for line in (*(f"依据：{version.title}（{version.version}）。" for version in law.versions), *_HOW):
        notes.row([line])


def _facts(book: Workbook, columns: AssessmentColumns, windows: Sequence[Window]) -> None:
    cells = columns.offered
    stated = {slug for window in windows for slug in window.facts}
    cells = [cell for cell in columns.fact_cells if cell in cells or cell.slug in stated]
    grouped = ("组",) if columns.groups else ()
    headings = ("窗口编号", "窗口名称", "窗口种类", *grouped, *(cell.heading for cell in cells))
    sheet = book.sheet(FACTS, headings, (10, 18, 12, *([10] * len(grouped)), *([11] * len(cells))))
    sheet.allow(2, _ROWS, _one_of(KINDS))
    if grouped:
        sheet.allow(3, _ROWS, _one_of(columns.groups))
    for n, cell in enumerate(cells, start=3 + len(grouped)):
        sheet.allow(n, _ROWS, _allowed(cell))
    names = {key: name for name, key in KINDS.items()}
    for window in windows:
        own = [_fact_cell(window.facts.get(cell.slug), cell.part) for cell in cells]
        sheet.row([window.id, window.name, names[window.kind], *([window.group] if grouped else []), *own])


def _allowed(cell: FactCell) -> dict[str, Any]:
    if cell.part == "found":
        return _one_of(_YES_NO)
    if cell.part == "days":
        return _one_of(("0", IN_DETAILS))
    if cell.part == "amount":
        said = "填不小于零的数，可以带小数；没有的填 0，不知道的空着"
        return {"validate": "decimal", "criteria": ">=", "value": 0, "error_message": said}
    message = "填不小于零的整数；查明没有的填 0，不知道的空着"
    return {"validate": "integer", "criteria": ">=", "value": 0, "error_message": message}


def _one_of(names: Iterable[str]) -> dict[str, Any]:
    return {"validate": "list", "source": list(names), "error_message": "从列表里选"}


def _from(sheet: str, rows: int) -> dict[str, Any]:
    """A list that stands in the first column of another sheet."""
    source = f"='{sheet}'!$A$2:$A${max(rows, 1) + 1}"
    return {"validate": "list", "source": source, "error_message": f"从列表里选；说明见“{sheet}”"}


def _fact_cell(fact: Fact | None, part: str) -> Cell:
    if fact is None:
        return None
    if part == "days":
        return None if fact.days is None else (IN_DETAILS if fact.days else 0)
    if part == "amount" and fact.amount is None:
        return fact.count  # an amount that may have decimals, and has none
    value: Cell = getattr(fact, part)
    return value


def _details(book: Workbook, columns: AssessmentColumns, windows: Sequence[Window]) -> None:
    keys = list(columns.details)
    sheet = book.sheet(DETAILS, _headings(columns.details), [16] * len(keys))
    sheet.allow(keys.index("fact"), _ROWS, _from(ABOUT_FACTS, len(columns.fact_names)))
    sheet.allow(keys.index("source"), _ROWS, _one_of(SOURCES))
    for window in windows:
        for slug, fact in window.facts.items():
            for row in _fact_rows(fact):
                said = {"window": window.id, "fact": columns.book.name(slug), **row}
                sheet.row([said.get(key) for key in keys])


def _fact_rows(fact: Fact) -> Iterator[dict[str, Cell]]:
    """What of a fact does not fit into its cell."""
    for day, count in sorted((fact.days or {}).items()):
        yield {"day": day, "count": count}
    for item in fact.items or ():
        yield {"matter": item.matter, "statutory": item.statutory, "promised": item.promised}
    for exempt in fact.exempt:
        own: dict[str, Cell] = {"ground": exempt.ground, "stage": exempt.stage, "evidence": exempt.evidence}
        yield {"exempt": exempt.count, **own}
    source = next((name for name, key in SOURCES.items() if key == fact.source), None)
    rest = {"evidence": fact.evidence, "source": source, "found_on": fact.found_on, "approved_on": fact.approved_on}
    if any(rest.values()):
        yield {key: value for key, value in rest.items() if value is not None}


def _marks(book: Workbook, columns: AssessmentColumns, windows: Sequence[Window]) -> None:
    sheet = book.sheet(MARKS, _headings(columns.marks), (10, 30, 8, 14, 50, 12))
    sheet.allow(1, _ROWS, _from(ABOUT_SUB_ITEMS, len(columns.sub_items)))
    sheet.allow(
        2, _ROWS, {"validate": "decimal", "criteria": ">=", "value": 0, "error_message": "填零分到满分之间的分"}
    )
    names = {key: name for name, key in columns.sub_items.items()}
    for window in windows:
        for key, mark in window.marks.items():
            sheet.row([window.id, names.get(key, key), mark.mark, mark.by, mark.reason, mark.on])


def _entries(book: Workbook, columns: AssessmentColumns, scale: Scale, windows: Sequence[Window]) -> None:
    known = columns.entries(scale)
    keys = list(known)
    sheet = book.sheet(LISTS[scale], _headings(known), [14] * len(keys))
    for key in ("fact", "like"):
        options = _from(ABOUT_ENTRIES[scale], len(columns.cases(scale)))
        # A case that no norm names is written into the first column, and what it is like is chosen in the other.
        sheet.allow(keys.index(key), _ROWS, {**options, "error_type": "warning"} if key == "fact" else options)
    sheet.allow(keys.index("level"), _ROWS, _one_of(LEVELS))
    for key in ("by", "verified_by"):
        if bodies := _bodies(columns.book, scale, key):
            sheet.allow(keys.index(key), _ROWS, {**_one_of(bodies), "error_type": "warning"})
    for key in OVERDUE_CASES:
        if key in keys:
            sheet.allow(keys.index(key), _ROWS, _one_of(_YES_NO))
    for window in windows:
        for entry in getattr(window, PARTS[scale]):
            sheet.row([window.id, *(_entry_cell(columns, entry, key) for key in keys[1:])])


def _bodies(book: AssessmentBook, scale: Scale, key: str) -> list[str]:
    """Those whose acts, or whose verification, some norm of the scale asks for."""
    norms = [placed.norm for (own, _fact), placed in book.adjustments.items() if own == scale]
    return list(dict.fromkeys(book.name(role) for norm in norms for role in getattr(norm, key)))


def _entry_cell(columns: AssessmentColumns, entry: Any, key: str) -> Cell:
    value: Cell = getattr(entry, key)
    if key == "fact":
        return (entry.text or entry.fact) if entry.analogy else columns.book.name(entry.fact)
    if key == "like":
        return columns.book.name(entry.like) if entry.like else None
    if key == "level":
        return next((name for name, own in LEVELS.items() if own == value), None)
    if key in OVERDUE_CASES:
        return "是" if value else None
    return value


def _headings(columns: dict[str, Titled]) -> list[str]:
    return [column.title for column in columns.values()]


def _about_facts(book: Workbook, columns: AssessmentColumns) -> None:
    sheet = book.sheet(ABOUT_FACTS, ("事实", "单位", "条款", "小项", "怎样计分"), (40, 10, 22, 24, 80))
    for name, slug in columns.fact_names.items():
        sheet.row([name, columns.book.unit(slug), *_where_used(columns.book, slug)])


def _where_used(book: AssessmentBook, slug: str) -> list[Cell]:
    """Provision, sub-item and statement of what looks at a fact."""
    names = with_marks(book.sub_items)
    for placed in book.sub_items:
        for rule in book.rules.get(placed.norm.id, ()):
            if slug in (rule.norm.fact, rule.norm.other_reading_fact):
                return [rule.provision.label, names[placed.norm.id], rule.statement]
        if slug == placed.norm.measure or slug in (further.measure for further in placed.norm.further):
            return [placed.provision.label, names[placed.norm.id], placed.statement]
    bonus = next((p for p in book.rate_bonuses if slug in p.norm.rates), None)
    return [bonus.provision.label, LISTS["bonus"], bonus.statement] if bonus else ["", "", ""]


def _about_sub_items(book: Workbook, columns: AssessmentColumns) -> None:
    sheet = book.sheet(ABOUT_SUB_ITEMS, ("小项", "满分", "由人评分", "条款", "要求"), (34, 8, 10, 18, 80))
    names = with_marks(columns.book.sub_items)
    for placed in columns.book.sub_items:
        manual = "是" if placed.norm.manual else "依事实"
        sheet.row([names[placed.norm.id], placed.norm.marks, manual, placed.provision.label, placed.statement])
    total = sum((placed.norm.marks for placed in columns.book.sub_items), Decimal(0))
    sheet.row(["合计", total, "", "", ""], bold=True)


def _about_entries(book: Workbook, columns: AssessmentColumns, scale: Scale) -> None:
    sheet: Sheet = book.sheet(ABOUT_ENTRIES[scale], ("情形", "分", "每", "条款", "要求"), (40, 8, 8, 18, 80))
    for (own, fact), placed in columns.book.adjustments.items():
        if own == scale:
            norm = placed.norm
            sheet.row([columns.book.name(fact), norm.points, norm.per, placed.provision.label, placed.statement])
