"""Bonus and deductions on a window's sheet: a row an entry, what counts of it, the sum, and the cap."""

from collections.abc import Sequence
from decimal import Decimal

from banshi.law.norms import Adjustment, RateBonus
from banshi.output.workbooks import Cell
from banshi.subjects.assessment.book import AssessmentBook
from banshi.subjects.assessment.facts import Facts
from banshi.subjects.assessment.results import ScoreEntry, WindowScore
from banshi.subjects.assessment.sheet_pen import COUNTED, SheetPen
from banshi.subjects.assessment.sheets import counted_said, entry_label, group_said

_ENTRIES = ("序号", "条款", "情形", "件次", "每件分", "小计", "封顶", "计不计", "计入", "事项（事件）", "凭据", "说明")
_RATES = (
    "序号",
    "条款",
    "比率",
    "分子",
    "分母",
    "超过（%）",
    "超过几档",
    "每档分",
    "计入",
    "每档（百分点）",
    "凭据",
    "说明",
)
_COUNTS = "计"
_ZERO = Decimal(0)


def bonus(pen: SheetPen, score: WindowScore, facts: Facts, book: AssessmentBook) -> str:
    """The bonuses, their sum, the cap; the cell of what counts."""
    listed = _entries(pen, "加分", score, [entry for entry in score.bonus if not _is_rate(entry)])
    rates = _rate_bonuses(pen, facts, [entry for entry in score.bonus if _is_rate(entry)])
    counted = sum((entry.points for entry in score.bonus), _ZERO)
    row = pen.sum("加分合计")
    pen.formula(row, COUNTED, _sum_of(listed, rates), counted, counted, bold=True)
    cap = book.caps.get("bonus")
    most = cap.norm.at_most if cap else None
    below = pen.sum("加分封顶", cap.provision.label if cap else "")
    pen.sheet.cell(below, COUNTED, most, bold=True)
    last = pen.sum("加分计入")
    ends = f"=I{row + 1}" if most is None else f"=MIN(I{row + 1},I{below + 1})"
    gives = counted if most is None else min(counted, most)
    pen.formula(last, COUNTED, ends, gives, score.bonus_total.value, bold=True)
    return f"I{last + 1}"


def deductions(pen: SheetPen, score: WindowScore) -> str:
    """The deductions and their sum; the cell of the sum."""
    rows = _entries(pen, "减分", score, score.deductions)
    row = pen.sum("减分合计")
    listed = sum((entry.points for entry in score.deductions), _ZERO)
    pen.formula(row, COUNTED, _sum_of(rows), listed, score.deduction_total.value, bold=True)
    return f"I{row + 1}"


def _entries(pen: SheetPen, title: str, score: WindowScore, entries: Sequence[ScoreEntry]) -> list[int]:
    pen.block(title, _ENTRIES, any_row=bool(entries))
    return [_entry(pen, n, entry, _count(score, entry)) for n, entry in enumerate(entries, start=1)]


def _entry(pen: SheetPen, n: int, entry: ScoreEntry, count: Decimal | None) -> int:
    """One entry; the number of its row. What counts depends on the word in its row, which a reader may change."""
    norm = entry.placed.norm if entry.placed else None
    each, cap = (norm.points, norm.cap) if isinstance(norm, Adjustment) else (None, None)
    values: list[Cell] = [n, entry_label(entry), entry.name, count, each, None, cap, counted_said(entry), None]
    row = pen.sheet.row([*values, group_said(entry), entry.evidence or "", pen.why(entry.reasons)])
    number = row + 1
    pen.formula(row, 5, f"=D{number}*E{number}", None if count is None or each is None else count * each, entry.full)
    most = f"F{number}" if cap is None else f"MIN(F{number},G{number})"
    gives = (entry.full if cap is None else min(entry.full, cap)) if entry.counted else _ZERO
    formula = None if entry.counted is None else f'=IF(H{number}="{_COUNTS}",{most},0)'
    pen.formula(row, COUNTED, formula, gives, entry.points)
    return row


def _count(score: WindowScore, entry: ScoreEntry) -> Decimal | None:
    """How often an entry says that something happened; None for what the file does not list."""
    part, *rest = entry.route[2:]
    if part not in ("bonus", "deductions") or not rest:
        return None
    return Decimal(dict(score.window.entries(part))[int(rest[0])].count)


def _rate_bonuses(pen: SheetPen, facts: Facts, entries: Sequence[ScoreEntry]) -> list[int]:
    pen.block("按比率加分", _RATES, any_row=bool(entries))
    return [_rate_bonus(pen, n, entry, facts) for n, entry in enumerate(entries, start=1)]


def _rate_bonus(pen: SheetPen, n: int, entry: ScoreEntry, facts: Facts) -> int:
    norm = entry.placed.norm if entry.placed else None
    assert isinstance(norm, RateBonus)
    rate = facts.rate(entry.fact)
    part, whole = (Decimal(rate.part), Decimal(rate.whole)) if rate else (None, None)
    steps = rate.steps(norm.above, norm.step) if rate and rate.sound else None
    head: list[Cell] = [n, entry_label(entry), entry.name, part, whole, norm.above, None, norm.points]
    row = pen.sheet.row([*head, None, norm.step, entry.evidence or "", pen.why(entry.reasons)])
    number = row + 1
    if steps is not None:
        over = f"=MAX(0,INT(ROUND((D{number}/E{number}*100-F{number})/J{number},8)))"
        pen.sheet.formula(row, 6, over, steps)
    gives = None if steps is None else steps * norm.points
    pen.formula(row, COUNTED, f"=G{number}*H{number}", gives, entry.points)
    return row


def _is_rate(entry: ScoreEntry) -> bool:
    return entry.placed is not None and isinstance(entry.placed.norm, RateBonus)


def _sum_of(*blocks: Sequence[int]) -> str:
    """The sum of what the entries count; the rows of a block follow one another."""
    ranges = [f"I{rows[0] + 1}:I{rows[-1] + 1}" for rows in blocks if rows]
    return f"=SUM({','.join(ranges) or 0})"
