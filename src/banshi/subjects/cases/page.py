"""A log's figures as a page with charts: against the targets first, then by kind, department, window and month."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from markupsafe import Markup

from banshi.centre.centre import Centre
from banshi.files.account_of_reading import AccountOfReading
from banshi.output.charts import Bar, Stack, bars, stacked
from banshi.output.report_pages import report_page
from banshi.subjects.cases.case_log import CaseLog
from banshi.subjects.cases.measures import MEASURES, Share
from banshi.subjects.cases.printing import left_out, rates_told, wanted
from banshi.subjects.cases.ranges import count_range, percentage, rate_range
from banshi.subjects.cases.summary import PARTS, Row, tables, total
from banshi.subjects.cases.targets import VERDICTS, Judged
from banshi.subjects.cases.vocabulary import Vocabulary
from banshi.subjects.cases.words import DIMENSIONS
from banshi.subjects.cases.words import MEASURES as NAMES
from banshi.subjects.cases.workbook import percent

_SIGNS = {"met": "达到", "missed": "未达到", "soft_missed": "软目标未达到", "not_applicable": "", "undetermined": ""}
DRAWN = 24  # rows of a chart; the table has them all


@dataclass(frozen=True, slots=True)
class Group:
    """One way of grouping: its table, and its chart."""

    name: str
    rows: Sequence[Row]
    chart: Markup
    left_out: int


def as_page(log: CaseLog, centre: Centre | None = None, reading: AccountOfReading | None = None) -> str:
    """The page (HTML), complete in itself; ``centre``: whose templates go first, if they may run."""
    return report_page(
        "cases.html.j2",
        centre=centre,
        reading=reading,
        title=f"{log.log.centre or ''}办件统计",
        fictional=log.log.fictional,
        log=log,
        left_out=left_out(log, "zh"),
        judged=log.judged,
        verdicts=VERDICTS,
        wanted=wanted,
        result=result,
        chart=_against_targets(log),
        groups=[_group(DIMENSIONS[name].zh, found) for name, found in tables(log)],
        whole=total(log),
        rates=[(name, NAMES[name].zh) for name in rates_told(log)],
        shown=_shown,
        counted=count_range,
        overdue_of=_overdue,
        overdue=list(log.overdue),
    )


def result(judged: Judged) -> str:
    """What came out, as people write it."""
    value, share = judged.value, judged.share
    if isinstance(value, Fraction):
        return f"{share.hits}/{share.of} = {percentage(value)}"
    return f"{value} 件" if value is not None else "–"


def _shown(share: Share) -> str:
    return rate_range(share) or "不能判定"


def _overdue(row: Row) -> str:
    return count_range(row.shares["overdue_cases"])


def _against_targets(log: CaseLog) -> Markup | None:
    """The rates that could be computed, each with what is asked."""
    rows = [_bar(one, log.words) for one in log.judged if isinstance(one.value, Fraction)]
    return bars("各项比率与要求", rows, most=100) if rows else None


def _bar(judged: Judged, words: Vocabulary) -> Bar:
    norm, value = judged.placed.norm, judged.value
    assert isinstance(value, Fraction)
    cases = "、".join(words.about(name) for name in norm.cases)
    asked = norm.bound.phrase({}) if norm.bound else ""
    named = f"{cases}{_named(norm.measure)}"
    label = f"{named}，要求 {asked}" if asked else named  # what is asked may hold brackets of its own
    return Bar(label, percent(value), f"{percentage(value)} {_SIGNS[judged.verdict]}")


def _named(measure: str) -> str:
    """Short, so that it stands beside the figure on a phone; the chart's title says that these are rates."""
    return NAMES[measure].zh.removesuffix("的比率") if measure in MEASURES else "系统办理比率"


def _group(name: str, rows: Sequence[Row]) -> Group:
    most = {row.key for row in sorted(rows, key=lambda row: (-row.cases, row.key))[:DRAWN]}
    drawn = [
        Stack(row.name.zh, row.parts, f"{count_range(row.many)} 件，超期 {_overdue(row)}")
        for row in rows
        if row.key in most
    ]
    return Group(name, rows, stacked(f"各{name}的办件", drawn, PARTS), len(rows) - len(drawn))
