"""What a log adds up to, in sections: the targets, a table for each way of grouping, the gravest of the overdue cases."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from msgspec.structs import replace

from banshi.base.text import NOTHING, Lang, Text, same
from banshi.files.account_of_reading import AccountOfReading
from banshi.files.law_used import LawUsed
from banshi.output.charts import Bar, Stack, bars, stacked
from banshi.output.saying import alternatives_text, reasons_text
from banshi.output.sections import (
    EVERY,
    LINES,
    PAGES,
    SHEETS,
    Figure,
    LinesSection,
    PartSection,
    Printout,
    Section,
    SectionColumn,
    TableSection,
    Value,
    cited,
)
from banshi.subjects.cases.case_log import CaseLog
from banshi.subjects.cases.faults import Noted
from banshi.subjects.cases.judged_target import VERDICTS, JudgedTarget
from banshi.subjects.cases.measures import MEASURES, CaseShare
from banshi.subjects.cases.ranges import count_range, left_said, percentage, rate_range
from banshi.subjects.cases.summary import PARTS, GroupFigures, tables, total
from banshi.subjects.cases.vocabulary import Vocabulary
from banshi.subjects.cases.words import DIMENSIONS
from banshi.subjects.cases.words import MEASURES as NAMES

SHOWN = 20  # overdue cases in lines of text
DRAWN = 24  # rows of a chart; the table has them all
RATES = [measure.name for measure in MEASURES.values() if measure.rate]
_UNKNOWN = Text("不能判定", "not determined")
_SIGNS = {"met": "达到", "missed": "未达到", "soft_missed": "软目标未达到", "not_applicable": "", "undetermined": ""}


def log_printout(log: CaseLog, law: LawUsed | None = None, reading: AccountOfReading | None = None) -> Printout:
    """Everything that is said of a log; ``reading``: what was read for it."""
    title = f"{log.log.centre or ''}办件统计"
    return Printout(title, _named_log(log), left_out(log), _sections(log), log.log.fictional, law, reading)


def logs_printout(
    logs: Sequence[CaseLog], law: LawUsed | None = None, reading: AccountOfReading | None = None
) -> Printout:
    """The same of several logs, each a part of its own."""
    sections: list[Section] = []
    for n, log in enumerate(logs, 1):
        named, lead = _named_log(log), [same("、".join(log.files)), *left_out(log)]
        sections += [PartSection(named, lead), LinesSection(lead, named, SHEETS)]
        sections += [_on_own_sheet(section, n) for section in _sections(log)]
    fictional = any(log.log.fictional for log in logs)
    return Printout("办件统计", NOTHING, sections=sections, fictional=fictional, law=law, reading=reading)


def _on_own_sheet(section: Section, number: int) -> Section:
    """A table on the sheet of its log: below that of another log nobody would know whose rows they are."""
    if not isinstance(section, TableSection):
        return section
    called = section.sheet or section.title
    return replace(section, sheet=Text(f"{number} {called.zh}", f"{number} {called.en}"))


def _sections(log: CaseLog) -> list[Section]:
    targets = _targets(log)
    return [
        LinesSection([_in_all(log)], faces=PAGES),
        replace(targets, faces=PAGES | SHEETS),
        *(_figures(log, dimension, found) for dimension, found in tables(log)),
        replace(targets, faces=LINES),
        *_overdue(log),
        LinesSection(_RECKONED, Text("怎样算的", "How it is counted"), PAGES),
    ]


def _named_log(log: CaseLog) -> Text:
    """Whose log it is, and as of when."""
    own, said = log.log.centre, log.as_of_said
    shown = same(own) if own else Text("办件登记", "case log")
    return Text(f"{shown.zh}  {said.zh}", f"{shown.en}  {said.en}")


def rates_told(log: CaseLog) -> list[str]:
    """The rates that a target is about, or of which some case of the log tells something."""
    asked, whole = {judged.placed.norm.measure for judged in log.judged}, total(log).shares
    return [name for name in RATES if name in asked or _tells(whole[name])]


def _tells(share: CaseShare) -> bool:
    """Whether a case says of itself what is counted, or there is none that does not."""
    return share.of > share.unsure or not share.outside + share.unsure


def left_out(log: CaseLog) -> list[Text]:
    """What is in the file and not in the figures."""
    left = log.left
    more = Text("，还有没有读到的部分", ", and an unknown number not read") if left.open else NOTHING
    if beside := left.elsewhere + left.strange:
        more = Text(f"，另一份登记里的 {beside} 件{more.zh}", f", {beside} in another log{more.en}")
    if left.doubtful and not left.rows and not left.elsewhere and not left.open:
        return [left_said(left)]
    said = Text(
        f"没有计入：读不出的 {left.unread} 件，编号重复的 {left.twice} 件{more.zh}；各项数字和判定都留出它们的余地",
        f"not counted: {left.unread} unreadable, {left.twice} given twice{more.en}; figures and verdicts leave room for them",
    )
    return [said] if left else []


def _in_all(log: CaseLog) -> Text:
    whole = total(log)
    many, done, late = (count_range(one) for one in (whole.many, whole.done, whole.shares["overdue_cases"]))
    return Text(
        f"共 {many} 件，办结 {done} 件，超期 {late} 件。",
        f"{many} cases, {done} finished, {late} overdue.",
    )


# targets

_TARGETS = (
    SectionColumn(Text("判定", "verdict"), 14),
    SectionColumn(Text("要求", "asked"), 44),
    SectionColumn(Text("分子（件）", "count"), 10, figures=True, faces=SHEETS),
    SectionColumn(Text("分母（件）", "of"), 10, figures=True, faces=SHEETS),
    SectionColumn(Text("没有写明（件）", "not stated"), 12, figures=True, faces=SHEETS),
    SectionColumn(Text("结果", "result"), 14, figures=True, unit=Text("（%或件）", " (% or cases)")),
    SectionColumn(Text("依据", "basis"), 36, faces=SHEETS),
    SectionColumn(Text("理由", "reasons"), 60),
)


def _targets(log: CaseLog) -> TableSection:
    return TableSection(
        Text("指标", "Targets"),
        _TARGETS,
        [_target(judged) for judged in log.judged],
        said=lambda number, lang: _target_lines(log.judged[number], lang),
        reasons=log.applies.reasons,
        drawing=_against_targets(log),
        empty=Text("没有可比的指标。", "There is no target to compare with."),
    )


def _target(judged: JudgedTarget) -> list[Value]:
    share, basis = judged.share, cited(judged.placed.cite)
    said = [*(one.text for one in judged.met.reasons), *(other.text for other in judged.met.alternatives)]
    reasons = Text("；".join(one.zh for one in said) + basis, "; ".join(one.en for one in said) + basis)
    counted = [share.hits, share.of, share.unsure + share.outside]
    return [VERDICTS[judged.verdict], wanted(judged), *counted, _result(judged), basis.strip("（）"), reasons]


def _result(judged: JudgedTarget) -> Value:
    value, share = judged.value, judged.share
    if isinstance(value, Fraction):
        counted = f"{share.hits}/{share.of} = " if share.of else ""
        return Figure(same(f"{counted}{percentage(value)}"), percent(value))
    return None if value is None else Figure(Text(f"{value} 件", f"{value} cases"), value)


def _target_lines(judged: JudgedTarget, lang: Lang) -> list[str]:
    head = f"  {VERDICTS[judged.verdict].say(lang)}  {wanted(judged)}"
    said = [*reasons_text(judged.met.reasons, lang), *alternatives_text(judged.met.alternatives, lang)]
    return [head, *("  " + line for line in said)]


def wanted(judged: JudgedTarget) -> str:
    """What a target asks, in the words of its statement."""
    return judged.placed.norm.say(judged.placed.version.names)


def _against_targets(log: CaseLog) -> str:
    """The rates that could be computed, each with what is asked."""
    rows = [_bar(one, log.words) for one in log.judged if isinstance(one.value, Fraction) and one.share.of]
    return str(bars("各项比率与要求", rows, most=100)) if rows else ""


def _bar(judged: JudgedTarget, words: Vocabulary) -> Bar:
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


# figures by kind, department, window and month

_HITS = dict(zip(RATES, ("按时办结", "评议", "满意", "现场办结", "录入系统", "并联审批"), strict=True))
_PERCENT = Text("（%）", " (%)")


def _figures(log: CaseLog, dimension: str, found: list[GroupFigures]) -> TableSection:
    name, rates = DIMENSIONS[dimension], rates_told(log)
    drawing, left = _drawing(name, found)
    whole = _cells(total(log), rates)
    return TableSection(
        Text(f"按{name.zh}", f"By {name.en}"),
        _columns(name, rates),
        [_cells(row, rates) for row in found],
        total=whole,
        total_in=EVERY if dimension == "kind" else SHEETS,
        head=NOTHING,
        drawing=drawing,
        drawn=Text(f"只画件数最多的，另有 {left} 行在下表。", f"Only the largest are drawn; {left} more rows below.")
        if left
        else NOTHING,
        style="figures",
    )


def _columns(name: Text, rates: Sequence[str]) -> list[SectionColumn]:
    counts = (Text("件数", "cases"), Text("办结", "finished"), NAMES["overdue_cases"])
    return [
        SectionColumn(name, 22),
        *(SectionColumn(head, 9, figures=True) for head in counts),
        *(SectionColumn(same(_HITS[rate]), 9, figures=True, faces=SHEETS) for rate in rates),
        *(SectionColumn(NAMES[rate], 12, figures=True, unit=_PERCENT) for rate in rates),
    ]


def _cells(row: GroupFigures, rates: Sequence[str]) -> list[Value]:
    counts = [_count(one) for one in (row.many, row.done, row.shares["overdue_cases"])]
    hits = [row.shares[name].hits for name in rates]
    return [row.name, *counts, *hits, *(_rate(row.shares[name]) for name in rates)]


def _count(share: CaseShare) -> Value:
    return share.hits if share.complete else count_range(share)


def _rate(share: CaseShare) -> Value:
    said = rate_range(share)
    if not said:
        return _UNKNOWN
    return Figure(same(said), said if share.value is None else percent(share.value))


def percent(value: Fraction) -> Decimal:
    """Two decimals, cut, so that a rate below a bound never shows as the bound."""
    return Decimal(int(value * 10000)) / 100


def _drawing(name: Text, rows: Sequence[GroupFigures]) -> tuple[str, int]:
    """The chart of the largest rows, and how many it leaves out."""
    most = {row.key for row in sorted(rows, key=lambda row: (-row.cases, row.key))[:DRAWN]}
    drawn = [
        Stack(row.name.zh, row.parts, f"{count_range(row.many)} 件，超期 {count_range(row.shares['overdue_cases'])}")
        for row in rows
        if row.key in most
    ]
    return str(stacked(f"各{name.zh}的办件", drawn, PARTS)), len(rows) - len(drawn)


# overdue cases

_LATE = (
    SectionColumn(Text("编号", "id"), 18),
    SectionColumn(Text("类别", "kind"), 18, faces=SHEETS),
    SectionColumn(Text("部门", "department"), 16),
    SectionColumn(Text("窗口", "window"), 14),
    SectionColumn(Text("应办结", "due"), 12, whole=True),
    SectionColumn(Text("办结", "finished"), 12, whole=True),
    SectionColumn(Text("超期（日历日）", "days overdue"), 14, figures=True),
    SectionColumn(Text("只超承诺时限", "only the promise"), 14, faces=PAGES | SHEETS),
)


def _overdue(log: CaseLog) -> list[Section]:
    count, title = log.overdue_count, Text("超期件", "Overdue cases")
    none = (
        Text("读出的办件里没有超期件。", "none among what was read")
        if log.left
        else Text("没有超期件。", "none overdue")
    )
    if log.left.doubtful:
        none = Text(
            "各件办没办结、何时到期没有读全，哪些件超期不能判定。",
            "when cases were finished, or due, was not read, so which are overdue is not determined",
        )
    known = Text("已知的", "known ") if log.left else NOTHING
    table = TableSection(
        title,
        _LATE,
        [_late(log, noted) for noted in log.overdue],
        shown=SHOWN,
        many=count,
        more=lambda left: Text(f"  另有 {left} 件", f"  and {left} more"),
        head=Text(f"{known.zh}超期件 {count} 件", f"{count} {known.en}overdue cases"),
        empty=none,
    )
    return [table if count else replace(table, faces=PAGES | SHEETS)]


def _late(log: CaseLog, noted: Noted) -> list[Value]:
    case, only = noted.case, log.late_on_promise_only(noted)
    kind = log.words.name("kind", case.kind)
    days = [case.limit, log.finished(noted), log.days_late(noted)]
    return [case.id, kind, case.department, case.window, *days, only]


_RECKONED = (
    Text(
        "按时办结率 = 按时办结 ÷ 办结；评议率 = 评议 ÷ 办结；满意率 = 满意 ÷ 评议；现场办结率 = 现场办结 ÷ 办结；其余两项 ÷ 件数。",
        "On time ÷ finished; evaluated ÷ finished; satisfied ÷ evaluated; on site ÷ finished; the two others ÷ all cases.",
    ),
    Text(
        "超期：过了承诺办结日（没有承诺的看法定办结日）才办结，或到统计日还没有办结。当天办结不算超期。",
        "Overdue: finished after the promised day (else the statutory one), or not finished by the day of the report.",
    ),
    Text(
        "分母为零，或有件没有写明、结果取决于它们的，不能判定。没有写明的、没有读出的、编号重复没有计入的，列出从最少到最多的范围。百分数取两位小数，以后的舍去。",
        "With nothing to divide by, or where the result rests on what is not stated, it is not determined; else from the least to the most.",
    ),
)
