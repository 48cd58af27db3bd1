"""Assessments as a workbook: a summary, and a sheet for each window whose marks and totals are live formulas.

The figures of the rules (full marks, bounds, points, caps) stand in cells of their own, taken from the norms, and the
formulas refer to them. Where a mark rests on a person's judgement it is a plain figure.
"""

from collections.abc import Sequence

from msgspec.structs import replace

from banshi.base.text import Lang
from banshi.files.account_of_reading import AccountOfReading
from banshi.files.law_used import LawUsed
from banshi.output.section_book import add_sheets
from banshi.output.workbooks import Book, Sheet, add_reading
from banshi.subjects.assessment.combining import Combined
from banshi.subjects.assessment.results import Rank, WindowScore, end
from banshi.subjects.assessment.score import Scorer
from banshi.subjects.assessment.score_said import scores_printout
from banshi.subjects.assessment.sheet_pen import SHOWN, WIDTHS
from banshi.subjects.assessment.sheets import (
    NOT_DETERMINED,
    NOT_SCORED,
    Annual,
    Sheets,
    place_said,
    reason_said,
)
from banshi.subjects.assessment.window_sheet import WindowSheet

_TITLE = "部门窗口考核评分"
_HEADINGS = ("名次", "窗口", "基础分", "加分", "减分", "总分", "最低可能", "最高可能", "说明")
_WIDTHS = (7, 26, 11, 11, 11, 13, 11, 11, 50)
_FICTIONAL = "样例（虚构）：单位、日期和数字都是编造的，不是任何真实情况。"
_HOW = (
    "得分、合计、名次都是公式：改动事实或分值的格子，结果随之改变；写成数字的得分是由人评的。"
    "有总分没有判定、窗口没有读出时，名次只能写出范围，不用公式。"
)


def as_workbook(
    found: Sequence[Sheets],
    annual: Sequence[Annual],
    longer: Sequence[Combined] = (),
    law: LawUsed | None = None,
    reading: AccountOfReading | None = None,
    lang: Lang = "zh",
) -> bytes:
    """The workbook: what was read (``reading``), for each assessment a summary and its windows, then the means of the year where asked for."""
    book = Book(_TITLE, law=law)
    if reading:
        add_reading(book, reading)
    for each in found:
        _assessment(book, each, f"{each.case.assessment.asked} " if len(found) > 1 else "")
    said = scores_printout((), annual, longer)
    add_sheets(book, replace(said, fictional=said.fictional and not found), lang)  # the summaries say so
    return book.bytes()


def _assessment(book: Book, found: Sheets, prefix: str) -> None:
    case = found.case
    head = [found.title.zh, *([_FICTIONAL] if case.assessment.fictional else [])]
    scorer = Scorer.of(case)
    if scorer is None:
        book.sheet(f"汇总 {case.assessment.asked}", (), [60], above=[*head, found.no_law.zh])
        return
    head.append("依据：" + "、".join(f"《{version.title}》" for version in scorer.book.law.versions))
    summary = book.sheet(f"汇总 {case.assessment.asked}", _HEADINGS, _WIDTHS, above=[*head, _HOW])
    sheets = {
        rank.score.index: _window(
            book,
            f"{prefix}{rank.score.window.called}",
            rank.score,
            scorer,
            head,
            [said.zh for said in found.what_if_said(rank.score)],
        )
        for rank in sorted(found.ranks, key=lambda rank: rank.score.index)
        if rank.score.scored
    }
    first = summary.next + 1
    last = summary.next + sum(rank.place is not None for rank in found.ranks)  # they stand before those without a place
    for rank in found.ranks:
        _summary_row(summary, rank, sheets.get(rank.score.index), found, (first, last))


def _window(
    book: Book, name: str, score: WindowScore, scorer: Scorer, head: Sequence[str], notes: Sequence[str]
) -> WindowSheet:
    sheet = book.sheet(name, (), WIDTHS, above=[*head, score.window.called])
    return WindowSheet(sheet, score, scorer.facts(score.window, score.index), scorer.book, notes)


def _summary_row(summary: Sheet, rank: Rank, sheet: WindowSheet | None, found: Sheets, rows: tuple[int, int]) -> None:
    score, law = rank.score, found.case.law
    why = [reason_said(rank.why, law)] if rank.why else []
    missing = "、".join(line.placed.provision.label for line in score.undetermined)
    said = "；".join([*why, *([f"不能判定的小项：{missing}"] if missing else [])])
    name = score.window.called
    row = summary.row(["–", name, None, None, None, NOT_SCORED.zh, None, None, said])
    if sheet is None:
        return
    for column, (cell, decision) in enumerate(sheet.totals, start=2):
        if decision.value is None:
            summary.cell(row, column, NOT_DETERMINED.zh)
        else:
            quoted = sheet.name.replace("'", "''")
            summary.formula(row, column, f"='{quoted}'!{cell}", decision.value, shown=SHOWN)
    if score.total.value is None:
        summary.cell(row, 6, end(score.at_least), shown=SHOWN)
        summary.cell(row, 7, end(score.at_most), shown=SHOWN)
    if rank.place is None:
        summary.cell(row, 0, place_said(rank))
    elif found.wanted is None and not _open(found):
        first, last = rows
        summary.formula(row, 0, f"=RANK(F{row + 1},F${first}:F${last})", rank.place)
    else:
        summary.cell(row, 0, rank.place)


def _open(found: Sheets) -> bool:
    """Whether a total that is not in the sheet, or not determined, may decide places: then no formula gives them."""
    return any(rank.place is None and rank.score.scored for rank in found.ranks) or any(
        rank.score.total.value is None for rank in found.ranks if rank.score.scored
    )
