"""A log's figures as a workbook: the targets, a sheet for each way of grouping, and the overdue cases."""

from decimal import Decimal
from fractions import Fraction

from banshi.files.account_of_reading import AccountOfReading
from banshi.files.law_used import LawUsed
from banshi.output.report_pages import cited, reason
from banshi.output.workbooks import Book, Cell, add_reading
from banshi.subjects.cases.case_log import CaseLog
from banshi.subjects.cases.measures import Share
from banshi.subjects.cases.printing import RATES, left_out, rates_told, wanted
from banshi.subjects.cases.ranges import count_range, rate_range
from banshi.subjects.cases.summary import Row, tables, total
from banshi.subjects.cases.targets import VERDICTS, Judged
from banshi.subjects.cases.words import DIMENSIONS, MEASURES

_TARGETS = ("判定", "要求", "分子（件）", "分母（件）", "没有写明（件）", "结果（%或件）", "依据", "理由")
_COUNTED = dict(zip(RATES, ("按时办结", "评议", "满意", "现场办结", "录入系统", "并联审批"), strict=True))
_LATE = ("编号", "类别", "部门", "窗口", "应办结", "办结", "超期（日历日）", "只超承诺时限")
_UNKNOWN = "不能判定"


def as_workbook(log: CaseLog, law: LawUsed | None = None, reading: AccountOfReading | None = None) -> bytes:
    """The workbook (XLSX); ``reading``: what was read for it is its first sheet."""
    book = Book(f"{log.log.centre or ''}办件统计", law=law)
    if reading:
        add_reading(book, reading)
    above = [f"{log.log.centre or '办件登记'}  {log.as_of_said.zh}", *left_out(log, "zh")]
    if log.log.fictional:
        above.append("样例（虚构）")
    _targets(book, log, [*above, *(reason(one) for one in log.applies.reasons)])
    for dimension, found in tables(log):
        _figures(book, DIMENSIONS[dimension].zh, found, total(log), rates_told(log), above)
    _overdue(book, log, above)
    return book.bytes()


def _targets(book: Book, log: CaseLog, above: list[str]) -> None:
    sheet = book.sheet("指标", _TARGETS, [14, 44, 10, 10, 12, 14, 36, 60], above=above)
    for judged in log.judged:
        share = judged.share
        reasons = "；".join(one.text.zh for one in judged.met.reasons)
        sheet.row(
            [
                VERDICTS[judged.verdict].zh,
                wanted(judged),
                share.hits,
                share.of,
                share.unsure + share.outside,
                _value(judged),
                cited(judged.placed.cite).strip("（）"),
                "；".join([reasons, *(other.text.zh for other in judged.met.alternatives)]),
            ]
        )


def _value(judged: Judged) -> Cell:
    value = judged.value
    return percent(value) if isinstance(value, Fraction) else _UNKNOWN if value is None else value


def percent(value: Fraction) -> Decimal:
    """Two decimals, cut, so that a rate below a bound never shows as the bound."""
    return Decimal(int(value * 10000)) / 100


def _figures(book: Book, name: str, found: list[Row], whole: Row, rates: list[str], above: list[str]) -> None:
    counted = [_COUNTED[rate] for rate in rates]
    heads = [name, "件数", "办结", "超期件", *counted, *(f"{MEASURES[rate].zh}（%）" for rate in rates)]
    sheet = book.sheet(f"按{name}", heads, [22, *[9] * (3 + len(rates)), *[12] * len(rates)], above=above)
    for row in found:
        sheet.row(_cells(row, rates))
    sheet.row(_cells(whole, rates), bold=True)


def _cells(row: Row, rates: list[str]) -> list[Cell]:
    hits = [row.shares[name].hits for name in rates]
    counts = [_count(one) for one in (row.many, row.done, row.shares["overdue_cases"])]
    return [row.name.zh, *counts, *hits, *(_rate(row.shares[name]) for name in rates)]


def _count(share: Share) -> Cell:
    return share.hits if share.complete else count_range(share)


def _rate(share: Share) -> Cell:
    return percent(share.value) if share.value is not None else rate_range(share) or _UNKNOWN


def _overdue(book: Book, log: CaseLog, above: list[str]) -> None:
    listed = list(log.overdue)
    more = log.overdue_count - len(listed)
    notes = [f"超期最久的 {len(listed)} 件；另有 {more} 件没有列出"] if more > 0 else []
    sheet = book.sheet("超期件", _LATE, [18, 18, 16, 14, 12, 12, 14, 14], above=[*above, *notes])
    for noted in listed:
        case = noted.case
        days, only = log.days_late(noted), log.late_on_promise_only(noted)
        sheet.row(
            [
                case.id,
                log.words.name("kind", case.kind).zh,
                case.department,
                case.window,
                case.limit,
                log.finished(noted),
                days,
                only,
            ]
        )
