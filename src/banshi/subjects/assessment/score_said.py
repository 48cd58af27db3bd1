"""Assessments as an answer in sections: the ranking, each window's sheet with its reasons, doubts; the year, longer periods."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from functools import cache

from banshi.base.columns import lined_up
from banshi.base.money import plain
from banshi.base.text import NOTHING, Lang, Text, same
from banshi.files.account_of_reading import AccountOfReading
from banshi.files.law_used import LawUsed
from banshi.law.decisions import Alternative, Reason
from banshi.law.instruments import Placed
from banshi.law.library import Law
from banshi.law.norms import Record
from banshi.output.charts import Bar, bars
from banshi.output.sections import (
    LINES,
    PAGES,
    DrawingsSection,
    Face,
    LinesSection,
    MadeRows,
    PartSection,
    Printout,
    Section,
    SectionColumn,
    SeveralLines,
    TableSection,
    Value,
)
from banshi.subjects.assessment.combined_said import annual_sections, combined_sections
from banshi.subjects.assessment.combining import Combined
from banshi.subjects.assessment.results import Rank, ScoreEntry, ScoreLine, WindowScore, end, shown
from banshi.subjects.assessment.sheets import (
    DASH,
    Annual,
    Sheets,
    alternative_said,
    counted_said,
    entry_label,
    evidence_said,
    fact_said,
    full_marks,
    group_said,
    other_totals,
    place_said,
    points,
    question_of,
    reason_said,
    said_both,
    total_said,
)
from banshi.subjects.assessment.sub_items import called

_TOLD = LINES | PAGES
_ARTICLE = re.compile(r"第.+?条")
_HUNDRED = Decimal(100)
_INDENT = " " * 6


def scores_printout(
    found: Sequence[Sheets],
    annual: Sequence[Annual] = (),
    longer: Sequence[Combined] = (),
    law: LawUsed | None = None,
    reading: AccountOfReading | None = None,
) -> Printout:
    """Every assessment, then the means of the year where they were asked for, and what longer periods come to.

    Sheets of windows are none of its workbook: their marks are formulas (``score_book.py``).
    """
    sections: list[Section] = [section for each in found for section in _assessment(each)]
    sections += [section for year in annual for section in annual_sections(year)]
    sections += [section for period in longer for section in combined_sections(period)]
    laws = (each.case.law for each in found if each.case.law is not None)
    fictional = any(each.case.assessment.fictional for each in found) or any(each.fictional for each in longer)
    title = next((name for each in laws if (name := _report_name(each))), "部门窗口考核报告")
    return Printout(title, NOTHING, sections=sections, fictional=fictional, law=law, reading=reading)


def _report_name(law: Law) -> str:
    """What the law calls the report on a quarter, without the marks of a title."""
    reports: Iterator[Placed[Record]] = (placed for placed in law.all(Record) if placed.norm.when == "quarter")
    names = (law.paper_name(paper) for placed in reports for paper in placed.norm.papers)
    return next(names, "").strip("《》")


def _assessment(found: Sheets) -> Iterator[Section]:
    law, scored = found.case.law, [rank.score for rank in found.ranks if rank.score.scored]
    if law is None:
        yield PartSection(found.title, lead=[found.no_law], faces=_TOLD)
        return
    titles = "、".join(f"《{version.title}》" for version in law.versions)
    yield PartSection(found.title, lead=[Text(f"依据：{titles}", f"by：{titles}")], faces=_TOLD)
    yield LinesSection([_HOW], faces=PAGES)
    yield _ranking(found.ranks)
    if scored:
        yield DrawingsSection(NOTHING, [_windows_chart(scored), _items_chart(scored)])
    for rank in found.ranks:
        yield from _window(found, rank, law)
    yield from _doubts(scored, law)


def _ranking(ranks: Sequence[Rank]) -> TableSection:
    def row(number: int) -> Sequence[Value]:
        score = ranks[number].score
        parts = (score.base, score.bonus_total, score.deduction_total)
        marks = [said_both(points, part) if score.scored else None for part in parts]
        return [said_both(place_said, ranks[number]), score.window.called, *marks, said_both(total_said, score)]

    return TableSection(
        Text("得分与名次", "Ranking"), _RANKING, MadeRows(len(ranks), row), head=NOTHING, style="ranking", faces=_TOLD
    )


def _windows_chart(scored: Iterable[WindowScore]) -> tuple[str, str]:
    """Totals of the windows; one that is not determined is drawn up to the least that it can be."""
    drawn = [Bar(s.window.called, _drawn(s), total_said(s)) for s in scored]
    return "各窗口总分。不能判定的，画到最低可能的分。", str(bars("各窗口总分", drawn))


def _drawn(score: WindowScore) -> Decimal:
    return (end(score.at_least) or Decimal(0)) if score.total.value is None else score.total.value


def _items_chart(scored: Iterable[WindowScore]) -> tuple[str, str]:
    """What share of the marks of each item was reached, over the windows and all lines that are determined."""
    got: dict[str, Decimal] = {}
    full: dict[str, Decimal] = {}
    for line in (line for score in scored for line in score.lines if line.mark.value is not None):
        label = line.placed.provision.label
        item = article[0] if (article := _ARTICLE.match(label)) else label
        got[item] = got.get(item, Decimal(0)) + (line.mark.value or Decimal(0))
        full[item] = full.get(item, Decimal(0)) + line.marks
    shares = {item: got[item] / full[item] * _HUNDRED for item in full if full[item]}
    drawn = bars("各大项得分率", [Bar(i, s, f"{shown(s)}%") for i, s in shares.items()], most=_HUNDRED)
    return "各大项得分率：各窗口能判定的小项，得分合计与满分合计之比。", str(drawn)


# a window


def _window(found: Sheets, rank: Rank, law: Law) -> Iterator[Section]:
    score = rank.score
    parts = [same(score.window.called), said_both(total_said, score), said_both(place_said, rank)]
    title = Text("  ".join(part.zh for part in parts), "  ".join(part.en for part in parts))
    yield PartSection(title, reasons=[Reason(_with_basis(law)(rank.why))] if rank.why else (), within=True, faces=_TOLD)
    if not score.scored:
        return
    lost = [line for line in score.lines if line.mark.value is None or line.mark.value != line.marks]
    yield LinesSection([_parts_said(score, len(lost))], faces=PAGES)
    base = Text("基础分", "base score")
    yield _lines(_beside(base, f"  {{}} / {full_marks(score.lines)}", score), score.lines, law, LINES)
    yield _lines(Text("没有得满分的小项", "Sub-items without full marks"), lost, law, PAGES)
    listed = [entry for entry in score.bonus if entry.points or entry.group is not None]  # no rates that bring nothing
    for title, entries, on_page, total, sign in (
        (Text("加分", "bonus"), score.bonus, listed, score.bonus_total, "+"),
        (Text("减分", "deductions"), score.deductions, score.deductions, score.deduction_total, "−"),
    ):
        some = total.value is None  # some may stand in what was not read
        yield _entries(title, entries, law, sign, LINES, unread=some)
        yield _entries(title, on_page, law, sign, PAGES, unread=some)
    yield _total(score, law)
    both = ((listed, score.bonus_total), (score.deductions, score.deduction_total))
    reasons = [reason for some, total in both if some for reason in total.reasons]
    notes = _because([*reasons, *score.effects, *score.notes], law)
    yield LinesSection(notes, Text("说明", "Notes"), faces=PAGES)
    yield LinesSection(found.what_if_said(score), _WHAT_IF, head=_WHAT_IF, faces=_TOLD)


def _beside(name: Text, said: str, score: WindowScore) -> Text:
    mark = said_both(points, score.base)
    return Text(name.zh + said.format(mark.zh), name.en + said.format(mark.en))


def _parts_said(score: WindowScore, lost: int) -> Text:
    base, bonus, deduction = (said_both(points, p) for p in (score.base, score.bonus_total, score.deduction_total))
    full = len(score.lines) - lost
    return Text(
        f"基础分 {base.zh}，加分 {bonus.zh}，减分 {deduction.zh}。{full}个小项得满分{'，其余见下表' if lost else ''}。",
        f"Base {base.en}, bonus {bonus.en}, deductions {deduction.en}; {full} sub-items with full marks.",
    )


def _with_basis(law: Law | None) -> Callable[[Reason], Text]:
    return lambda reason: Text(reason_said(reason, law), reason_said(reason, law, "en"))


def _because(reasons: Iterable[Reason], law: Law | None) -> list[Text]:
    """Reasons with their provisions, each once."""
    return list(dict.fromkeys(map(_with_basis(law), reasons)))


def _under(
    heads: Callable[[Lang], list[str]], why: Callable[[int, Lang], Iterable[str]]
) -> Callable[[int, Lang], list[str]]:
    """Rows on a terminal: a line of them all lined up, and below it why."""
    made = cache(heads)
    return lambda number, lang: [made(lang)[number], *(_INDENT + line for line in why(number, lang))]


def _lines(title: Text, lines: Sequence[ScoreLine], law: Law, faces: frozenset[Face]) -> TableSection:
    def row(number: int) -> Sequence[Value]:
        line = lines[number]
        mark = said_both(points, line.mark)
        of = Text(f"{mark.zh} / {plain(line.marks)}", f"{mark.en} / {plain(line.marks)}")
        return [_named(line), of, SeveralLines(tuple(_because(line.mark.reasons, law))), evidence_said(line)]

    def heads(lang: Lang) -> list[str]:
        return lined_up([[f"{points(o.mark, lang):>8} / {plain(o.marks)}", _named(o), evidence_said(o)] for o in lines])

    def why(number: int, lang: Lang) -> Iterator[str]:
        line = lines[number]
        yield from dict.fromkeys(f"· {said.say(lang)}" for said in _because(line.mark.reasons, law))
        yield from (f"? {_question(other, law).say(lang)}" for other in line.mark.differing)
        told = " ".join(reason.text.zh for reason in line.mark.reasons)
        yield from (f"· {fact_said(use, lang)}" for use in line.facts if use.name not in told)

    return TableSection(title, _LINES, MadeRows(len(lines), row), said=_under(heads, why), style="grounds", faces=faces)


def _named(line: ScoreLine) -> str:
    return f"{called(line.placed)}（{line.placed.provision.label}）"


def _question(other: Alternative[Decimal], law: Law) -> Text:
    return Text(alternative_said(other, law), alternative_said(other, law, "en"))


def _entries(
    title: Text, entries: Sequence[ScoreEntry], law: Law, sign: str, faces: frozenset[Face], *, unread: bool
) -> Section:
    if not entries:
        none = Text(f"{title.zh}：{'读出的' * unread}没有", f"{title.en}：none{' that was read' * unread}")
        return LinesSection([none], faces=faces & LINES)

    def row(number: int) -> Sequence[Value]:
        entry = entries[number]
        why = SeveralLines(tuple(_because(entry.reasons, law)))
        return [f"{entry.name}（{entry_label(entry)}）", _counts(entry, sign), group_said(entry), why, entry.evidence]

    def heads(lang: Lang) -> list[str]:
        return lined_up(
            [
                [
                    f"{shown(entry.points):>8}",
                    counted_said(entry, lang),
                    f"{entry.name}（{entry_label(entry)}）",
                    group_said(entry),
                    entry.evidence or "",
                ]
                for entry in entries
            ]
        )

    why = _under(heads, lambda number, lang: (f"· {one.say(lang)}" for one in _because(entries[number].reasons, law)))
    return TableSection(title, _ENTRIES, MadeRows(len(entries), row), said=why, style="grounds", faces=faces)


def _counts(entry: ScoreEntry, sign: str) -> Text:
    if entry.counted is not None and entry.points:
        return same(sign + shown(entry.points))
    said, most = said_both(counted_said, entry), shown(entry.points)
    return said if entry.counted is not None else Text(f"{said.zh}（至多{most}）", f"{said.en} (at most {most})")


def _total(score: WindowScore, law: Law) -> LinesSection:
    """The total on a terminal: its reasons, where other readings lead, what is missing."""
    total = said_both(total_said, score)
    head = Text(f"总分  {total.zh}", f"total  {total.en}")
    lines = [
        Text(f"· {one.zh}", f"· {one.en}")
        for part in (score.base, score.bonus_total, score.deduction_total, score.total)
        for one in _because(part.reasons, law)
    ]
    lines += [Text(f"· {one.zh}", f"· {one.en}") for one in _because((*score.effects, *score.notes), law)]
    others = [_question(other, law) for other in other_totals(score)]
    lines += [Text(f"? {one.zh}", f"? {one.en}") for one in others]
    missing = "、".join(_named(line) for line in score.undetermined)
    if missing:
        lines.append(Text(f"不能判定的小项：{missing}", f"sub-items not determined: {missing}"))
    return LinesSection(lines or [NOTHING], Text("总分", "total"), head=head, plain=True, faces=LINES)


# the page's summary of doubts


def _doubts(scored: Sequence[WindowScore], law: Law) -> Iterator[Section]:
    """What is not determined in any window, and where other readings lead."""
    open_lines = [
        same(
            f"{score.window.called}：{_named(line)}，{plain(line.at_least)} 至 {plain(line.at_most)} 分。"
            + "；".join(one.zh for one in _because(line.mark.reasons, law))
        )
        for score in scored
        for line in score.undetermined
    ]
    others = []
    for score in scored:
        for other in score.total.differing:
            question = question_of(other, law)
            asked = f"（口径问题：{question}）" if question else ""
            others.append(same(f"{score.window.called}：{other.text.zh}{asked}"))
    for title, lines in ((_UNDETERMINED, open_lines), (_OTHERWISE, others)):
        yield PartSection(title, within=True, faces=PAGES)
        yield LinesSection(lines or [Text("没有。", "None.")], faces=PAGES)


_RANKING = (
    SectionColumn(Text("名次", "place"), nothing=same(DASH), whole=True),
    SectionColumn(Text("窗口", "window"), whole=True),
    SectionColumn(Text("基础分", "base"), figures=True, nothing=same(DASH)),
    SectionColumn(Text("加分", "bonus"), figures=True, nothing=same(DASH)),
    SectionColumn(Text("减分", "deduction"), figures=True, nothing=same(DASH)),
    SectionColumn(Text("总分", "total"), figures=True),
)
_LINES = (
    SectionColumn(Text("小项", "sub-item")),
    SectionColumn(Text("得分 / 满分", "mark / full"), figures=True),
    SectionColumn(Text("理由", "why"), nothing=NOTHING),
    SectionColumn(Text("凭据", "evidence"), nothing=NOTHING),
)
_ENTRIES = (
    SectionColumn(Text("情形", "what")),
    SectionColumn(Text("计入", "counts"), figures=True),
    SectionColumn(Text("事项或事件", "matter or event")),
    SectionColumn(Text("理由", "why"), nothing=NOTHING),
    SectionColumn(Text("凭据", "evidence"), nothing=NOTHING),
)
_HOW = Text(
    "得分由事实和文件的规范点算出，各项的理由和条款写在下面；没有填写的事实不当作零，有关的小项不能判定。",
    "Marks are reckoned from facts and norms, with reasons below; a fact that is not stated is no zero: its sub-item is open.",
)
_WHAT_IF = Text("如果不失分", "what if")
_UNDETERMINED = Text("不能判定的", "Not determined")
_OTHERWISE = Text("换一种理解，总分会变的", "Totals that another reading changes")
