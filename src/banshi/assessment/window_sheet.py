"""One window's sheet of the workbook: the lines of the base score, bonus, deductions, the total, and the facts."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from banshi.assessment.context import Context
from banshi.assessment.facts import Facts
from banshi.assessment.formulas import YES, Cells, FactRow, Way, fact_row, way_of
from banshi.assessment.results import Entry, Line, WindowScore
from banshi.assessment.sheets import (
    NOT_DETERMINED,
    alternative_said,
    counted_said,
    differing,
    entry_label,
    evidence_said,
    group_said,
    other_totals,
    reason_said,
)
from banshi.decisions import Decision, Reason
from banshi.norms import Adjustment, RateBonus
from banshi.workbooks import Cell, Sheet

SHOWN = "0.00"  # what a mark looks like; the cell holds the exact figure
WIDTHS = (6, 17, 30, 10, 10, 10, 10, 10, 10, 10, 26, 60)
_LINES = ("序号", "条款", "小项", "满分", "得分", "最低可能", "最高可能", "", "", "", "凭据", "怎样得出")
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
_FACTS = ("小项", "条款", "事实", "件数（分子）", "分母", "比率（%）", "从", "到", "每件扣", "扣到为止", "凭据", "规则")
# Columns of the table of facts, by what they hold.
_AT = {"count": "D", "of": "E", "rate": "F", "low": "G", "high": "H", "points": "I", "floor": "J"}
_REST = [""] * (len(WIDTHS) - 1)
_MARK, _COUNTED = 4, 8  # the columns of a line's mark and of what an entry counts


class WindowSheet:
    """A window's sheet, written as it is made; ``totals``: cells of base, bonus, deduction, total, and what they hold."""

    def __init__(self, sheet: Sheet, score: WindowScore, facts: Facts, context: Context, notes: Sequence[str]) -> None:
        """``notes``: lines that stand at the end."""
        self.score, self._facts, self._context, self._law = score, facts, context, context.book.law
        self._sheet = sheet
        self.name = self._sheet.name
        ways = {line.id: self._way(line) for line in score.lines}
        first, base = self._lines()
        bonus = self._bonus()
        taken = self._entries("减分", score.deductions)
        deduction = self._sum("减分合计", taken, score.deduction_total)
        total = self._total(base, bonus, deduction)
        self._marks(first, ways, self._fact_table(ways))
        self._notes(notes)
        decided = (score.base, score.bonus_total, score.deduction_total, score.total)
        self.totals = list(zip((base, bonus, deduction, total), decided, strict=True))

    # the base score

    def _way(self, line: Line) -> Way | None:
        book = self._context.book
        if line.placed.norm.manual:
            return None
        rules = [*book.rules.get(line.id, ()), *book.also.get(line.id, ())]
        return way_of(line, [fact_row(placed, book.name(placed.norm.fact), self._facts) for placed in rules])

    def _lines(self) -> tuple[int, str]:
        """The lines, with their marks left out; the number of the first row, and the cell of the base score."""
        self._sheet.row(_LINES, bold=True)  # not as headings: those would stand above the other blocks when printed
        first = self._sheet.next
        for n, line in enumerate(self.score.lines):
            self._sheet.row(self._line(n + 1, line))
        last = self._sheet.next
        row = self._sheet.row(["", "", "基础分", None, None], bold=True)
        full = sum((line.marks for line in self.score.lines), Decimal(0))
        self._sheet.formula(row, 3, f"=SUM(D{first + 1}:D{last})", full, bold=True)
        self._decided(row, _MARK, f"=SUM(E{first + 1}:E{last})", self.score.base)
        return first, f"E{row + 1}"

    def _marks(self, first: int, ways: dict[str, Way | None], cells: dict[str, list[Cells]]) -> None:
        """The marks: formulas on the table of facts where the rules decide, else figures."""
        for row, line in enumerate(self.score.lines, start=first):
            value, way = line.mark.value, ways[line.id]
            if value is not None and way is not None:
                formula = way.formula(f"D{row + 1}", cells[line.id])
                self._sheet.formula(row, _MARK, formula, _exact(value), shown=SHOWN)
            else:
                self._figure(row, _MARK, line.mark)

    def _line(self, n: int, line: Line) -> list[Cell]:
        place = line.placed.provision
        known = line.mark.value is not None
        limits = [None, None] if known else [line.at_least, line.at_most]
        why = [reason_said(reason, self._law) for reason in line.mark.reasons]
        why += [alternative_said(other, self._law) for other in differing(line.mark)]
        return [
            n,
            place.label,
            place.heading,
            line.marks,
            None,
            *limits,
            None,
            None,
            None,
            evidence_said(line),
            _joined(why),
        ]

    # bonus and deductions

    def _bonus(self) -> str:
        """The bonuses, their sum and cap; the cell of what counts."""
        listed = self._entries("加分", [entry for entry in self.score.bonus if not _is_rate(entry)])
        rates = self._rate_bonuses([entry for entry in self.score.bonus if _is_rate(entry)])
        both = [*listed, *rates]
        counted = sum((entry.points for entry in self.score.bonus), Decimal(0))
        row = self._sheet.row(["", "", "加分合计"], bold=True)
        self._sheet.formula(row, _COUNTED, _sum_of(both), counted, bold=True, shown=SHOWN)
        cap = self._context.book.caps.get("bonus")
        most = cap.norm.at_most if cap else None
        label = cap.provision.label if cap else ""
        below = self._sheet.row(["", label, "加分封顶", None, None, None, None, None, most], bold=True)
        last = self._sheet.row(["", "", "加分计入"], bold=True)
        ends = f"=MIN(I{row + 1},I{below + 1})" if most is not None else f"=I{row + 1}"
        expected = counted if most is None else min(counted, most)
        self._decided(last, _COUNTED, ends, self.score.bonus_total, expected)
        return f"I{last + 1}"

    def _entries(self, title: str, entries: Sequence[Entry]) -> list[int]:
        """A block of bonuses or deductions; the numbers of its rows."""
        self._block(title, _ENTRIES, any_row=bool(entries))
        return [self._entry(n + 1, entry) for n, entry in enumerate(entries)]

    def _block(self, title: str, headings: Sequence[str], *, any_row: bool) -> None:
        """The title of a block with its headings, or that there is nothing in it."""
        self._sheet.row([title if any_row else f"{title}：没有", *_REST], bold=True)
        if any_row:
            self._sheet.row(headings, bold=True)

    def _entry(self, n: int, entry: Entry) -> int:
        norm = entry.placed.norm if entry.placed else None
        each = norm.points if isinstance(norm, Adjustment) else None
        cap = norm.cap if isinstance(norm, Adjustment) else None
        count = self._count(entry)
        values: list[Cell] = [n, entry_label(entry), entry.name, count, each, None, cap, counted_said(entry), None]
        row = self._sheet.row([*values, group_said(entry), entry.evidence or "", self._why(entry.reasons)])
        number = row + 1
        whole = count is not None and each is not None and count * each == entry.full
        if whole:
            self._sheet.formula(row, 5, f"=D{number}*E{number}", entry.full, shown=SHOWN)
        else:
            self._sheet.cell(row, 5, entry.full, shown=SHOWN)
        counts = f"F{number}" if cap is None else f"MIN(F{number},G{number})"
        most = entry.full if cap is None else min(entry.full, cap)
        if entry.points == (most if entry.counted else 0):
            formula = f'=IF(H{number}="{counted_said(entry)}",{counts if entry.counted else 0},0)'
            self._sheet.formula(row, _COUNTED, formula, entry.points, shown=SHOWN)
        else:
            self._sheet.cell(row, _COUNTED, _exact(entry.points), shown=SHOWN)
        return row

    def _count(self, entry: Entry) -> Decimal | None:
        """How often an entry says that something happened."""
        if len(entry.route) < 4 or not isinstance(entry.route[3], int):
            return None
        listed = getattr(self.score.window, str(entry.route[2]))
        return Decimal(listed[entry.route[3]].count)

    def _rate_bonuses(self, entries: Sequence[Entry]) -> list[int]:
        """The block of bonuses for rates; the numbers of its rows."""
        self._block("按比率加分", _RATES, any_row=bool(entries))
        return [self._rate_bonus(n + 1, entry) for n, entry in enumerate(entries)]

    def _rate_bonus(self, n: int, entry: Entry) -> int:
        norm = entry.placed.norm if entry.placed else None
        assert isinstance(norm, RateBonus)
        rate = self._facts.rate(entry.fact)
        part, whole = (Decimal(rate.part), Decimal(rate.whole)) if rate else (None, None)
        values: list[Cell] = [
            n,
            entry_label(entry),
            entry.name,
            part,
            whole,
            norm.above,
            None,
            norm.points,
            None,
            norm.step,
        ]
        row = self._sheet.row([*values, entry.evidence or "", self._why(entry.reasons)])
        number = row + 1
        steps = rate.steps(norm.above, norm.step) if rate and rate.sound else None
        if steps is not None:
            over = f"=MAX(0,INT(ROUND((D{number}/E{number}*100-F{number})/J{number},8)))"
            self._sheet.formula(row, 6, over, steps)
        if steps is not None and entry.points == steps * norm.points:
            self._sheet.formula(row, _COUNTED, f"=G{number}*H{number}", entry.points, shown=SHOWN)
        else:
            self._sheet.cell(row, _COUNTED, _exact(entry.points), shown=SHOWN)
        return row

    def _sum(self, title: str, rows: Sequence[int], decision: Decision[Decimal]) -> str:
        row = self._sheet.row(["", "", title], bold=True)
        listed = sum((entry.points for entry in self.score.deductions), Decimal(0))
        self._decided(row, _COUNTED, _sum_of(rows), decision, listed)
        return f"I{row + 1}"

    # total, facts, notes

    def _total(self, base: str, bonus: str, deduction: str) -> str:
        score = self.score
        row = self._sheet.row(["", "", "总分"], bold=True)
        if score.total.value is None:
            self._sheet.cell(row, 5, score.at_least, bold=True, shown=SHOWN)
            self._sheet.cell(row, 6, score.at_most, bold=True, shown=SHOWN)
        parts = (score.base.value, score.bonus_total.value, score.deduction_total.value)
        known = [part for part in parts if part is not None]
        expected = known[0] + known[1] - known[2] if len(known) == len(parts) else None
        self._decided(row, _MARK, f"={base}+{bonus}-{deduction}", score.total, expected)
        return f"E{row + 1}"

    def _fact_table(self, ways: dict[str, Way | None]) -> dict[str, list[Cells]]:
        """The facts with the rules' figures; by line, where its rows stand."""
        self._sheet.row(["", *_REST])
        self._sheet.row(["事实与界限", *_REST], bold=True)
        self._sheet.row(_FACTS, bold=True)
        found: dict[str, list[Cells]] = {}
        for n, line in enumerate(self.score.lines):
            way = ways[line.id]
            rows = [self._fact(n + 1, fact) for fact in (way.rows if way else ())]
            found[line.id] = [Cells.in_row(row + 1, _AT) for row in rows]
        return found

    def _fact(self, n: int, fact: FactRow) -> int:
        low, high = fact.low, fact.high
        said: Cell = fact.count if fact.found is None else (YES if fact.found else "否")
        figures: list[Cell] = [low.value if low else None, high.value if high else None]
        figures += [fact.rule.points, fact.rule.floor]
        placed = fact.placed
        head: list[Cell] = [n, placed.provision.label, fact.name, said, fact.of, None]
        row = self._sheet.row([*head, *figures, fact.evidence, placed.statement])
        if fact.rate is not None:
            percent = fact.rate.quantize(_PERCENT, rounding=ROUND_HALF_UP)
            self._sheet.formula(row, 5, f"=ROUND(D{row + 1}/E{row + 1}*100,8)", percent, shown=SHOWN)
        return row

    def _notes(self, notes: Sequence[str]) -> None:
        score = self.score
        parts = (score.base, score.bonus_total, score.deduction_total, score.total)
        said = [self._why(part.reasons) for part in parts]
        said += [alternative_said(other, self._law) for other in other_totals(score)]
        said += [self._why((note,)) for note in (*score.effects, *score.notes)]
        lines = [*(line for text in said for line in text.splitlines()), *notes]
        if lines:
            self._sheet.row(["说明", *_REST], bold=True)
        for line in dict.fromkeys(lines):
            self._sheet.note(line)

    # cells

    def _decided(
        self, row: int, column: int, formula: str, decision: Decision[Decimal], expected: Decimal | None = None
    ) -> None:
        """A formula where it gives the decision; else the decision's figure, or that it is not determined."""
        value = decision.value
        gives = value if expected is None else expected
        if value is not None and gives is not None and abs(gives - value) < _CLOSE:
            self._sheet.formula(row, column, formula, _exact(value), bold=True, shown=SHOWN)
        else:
            self._figure(row, column, decision)

    def _figure(self, row: int, column: int, decision: Decision[Decimal]) -> None:
        value = decision.value
        if value is None:
            self._sheet.cell(row, column, NOT_DETERMINED.zh)
        else:
            self._sheet.cell(row, column, _exact(value), shown=SHOWN)

    def _why(self, reasons: Sequence[Reason]) -> str:
        return _joined([reason_said(reason, self._law) for reason in reasons])


_CLOSE = Decimal("1e-12")
_PERCENT = Decimal("1e-8")  # binary numbers would put 95 % a hair beside 95
_KEPT = Decimal("1e-10")  # more digits than a spreadsheet keeps apart in a score


def _is_rate(entry: Entry) -> bool:
    return entry.placed is not None and isinstance(entry.placed.norm, RateBonus)


def _sum_of(rows: Sequence[int]) -> str:
    """The sum of what the entries in rows count; rows may stand apart."""
    return f"=SUM({','.join(f'I{row + 1}' for row in rows) or 0})"


def _exact(value: Decimal) -> Decimal:
    """A value that a cell can hold: a periodic fraction is cut off far behind what counts."""
    return value if value == value.quantize(_KEPT) else value.quantize(_KEPT)


def _joined(lines: Sequence[str]) -> str:
    return "\n".join(dict.fromkeys(lines))
