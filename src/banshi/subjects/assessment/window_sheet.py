"""One window's sheet of the workbook: the lines of the base score, bonus, deductions, the total, and the facts."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from banshi.output.workbooks import Cell, Sheet
from banshi.subjects.assessment.book import AssessmentBook
from banshi.subjects.assessment.entry_blocks import bonus, deductions
from banshi.subjects.assessment.facts import Facts
from banshi.subjects.assessment.formulas import YES, Cells, FactRow, Way, fact_row, way_of
from banshi.subjects.assessment.results import ScoreLine, WindowScore, end
from banshi.subjects.assessment.sheet_pen import MARK, SHOWN, SheetPen, known
from banshi.subjects.assessment.sheets import alternative_said, evidence_said, other_totals

_LINES = ("序号", "条款", "小项", "满分", "得分", "最低可能", "最高可能", "", "", "", "凭据", "怎样得出")
_FACTS = ("小项", "条款", "事实", "件数（分子）", "分母", "比率（%）", "从", "到", "每件扣", "扣到为止", "凭据", "规则")
# Columns of the table of facts, by what they hold.
_AT = {"count": "D", "of": "E", "rate": "F", "low": "G", "high": "H", "points": "I", "floor": "J"}
_PERCENT = Decimal("1e-8")  # binary numbers would put 95 % a hair beside 95
_NONE: list[Cell] = [None, None, None]


class WindowSheet:
    """A window's sheet, written as it is made; ``totals``: cells of base, bonus, deduction, total, and what they hold."""

    def __init__(
        self, sheet: Sheet, score: WindowScore, facts: Facts, book: AssessmentBook, notes: Sequence[str]
    ) -> None:
        """``notes``: lines that stand at the end."""
        self.score, self._facts, self._book = score, facts, book
        self.name, self._sheet, self._pen = sheet.name, sheet, SheetPen(sheet, book.law)
        ways = {line.id: self._way(line) for line in score.lines}
        first, base = self._lines()
        more, less = bonus(self._pen, score, facts, book), deductions(self._pen, score)
        total = self._total(base, more, less)
        self._marks(first, ways, self._fact_table(ways))
        self._notes(notes)
        decided = (score.base, score.bonus_total, score.deduction_total, score.total)
        self.totals = list(zip((base, more, less, total), decided, strict=True))

    def _way(self, line: ScoreLine) -> Way | None:
        if line.placed.norm.manual:
            return None
        rules = [*self._book.rules.get(line.id, ()), *self._book.also.get(line.id, ())]
        return way_of(line, [fact_row(placed, self._book.name(placed.norm.fact), self._facts) for placed in rules])

    def _lines(self) -> tuple[int, str]:
        """The lines, with their marks left out; the number of the first row, and the cell of the base score."""
        self._sheet.row(_LINES, bold=True)
        first = self._sheet.next
        for n, line in enumerate(self.score.lines, start=1):
            self._sheet.row(self._line(n, line))
        last = self._sheet.next
        row = self._pen.sum("基础分")
        full = sum((line.marks for line in self.score.lines), Decimal(0))
        self._sheet.formula(row, 3, f"=SUM(D{first + 1}:D{last})", full, bold=True)
        base = self.score.base.value
        self._pen.formula(row, MARK, f"=SUM(E{first + 1}:E{last})", base, base, bold=True)
        return first, f"E{row + 1}"

    def _line(self, n: int, line: ScoreLine) -> list[Cell]:
        place, open_ones = line.placed.provision, line.mark.value is None
        limits = [end(line.at_least), end(line.at_most)] if open_ones else [None, None]
        others = [alternative_said(other, self._pen.law) for other in line.mark.differing]
        why = "\n".join(filter(None, [self._pen.why(line.mark.reasons), *others]))
        return [n, place.label, place.heading, line.marks, None, *limits, *_NONE, evidence_said(line), why]

    def _marks(self, first: int, ways: dict[str, Way | None], cells: dict[str, list[Cells]]) -> None:
        """The marks: formulas on the table of facts where the rules decide, else figures."""
        for row, line in enumerate(self.score.lines, start=first):
            way, mark = ways[line.id], line.mark.value
            formula = way.formula(f"D{row + 1}", cells[line.id]) if way else None
            self._pen.formula(row, MARK, formula, way.value() if way else None, mark)

    def _total(self, base: str, more: str, less: str) -> str:
        score = self.score
        row = self._pen.sum("总分")
        if score.total.value is None:
            self._pen.figure(row, 5, end(score.at_least), bold=True)
            self._pen.figure(row, 6, end(score.at_most), bold=True)
        parts = known(score.base, score.bonus_total, score.deduction_total)
        gives = parts[0] + parts[1] - parts[2] if parts else None
        self._pen.formula(row, MARK, f"={base}+{more}-{less}", gives, score.total.value, bold=True)
        return f"E{row + 1}"

    def _fact_table(self, ways: dict[str, Way | None]) -> dict[str, list[Cells]]:
        """The facts with the rules' figures; by line, where its rows stand."""
        self._pen.block("事实与界限", _FACTS)
        found: dict[str, list[Cells]] = {}
        for n, line in enumerate(self.score.lines, start=1):
            way = ways[line.id]
            rows = [self._fact(n, fact) for fact in (way.rows if way else ())]
            found[line.id] = [Cells.in_row(row + 1, _AT) for row in rows]
        return found

    def _fact(self, n: int, fact: FactRow) -> int:
        low, high, placed = fact.low, fact.high, fact.placed
        said: Cell = fact.count if fact.found is None else (YES if fact.found else "否")
        bounds: list[Cell] = [low.value if low else None, high.value if high else None]
        head: list[Cell] = [n, placed.provision.label, fact.name, said, fact.of, None]
        rule: list[Cell] = [fact.rule.points, fact.rule.floor, fact.evidence, placed.statement]
        row = self._sheet.row([*head, *bounds, *rule])
        if fact.rate is not None:
            percent = fact.rate.quantize(_PERCENT, rounding=ROUND_HALF_UP)
            self._sheet.formula(row, 5, f"=ROUND(D{row + 1}/E{row + 1}*100,8)", percent, shown=SHOWN)
        return row

    def _notes(self, notes: Sequence[str]) -> None:
        score, pen = self.score, self._pen
        parts = (score.base, score.bonus_total, score.deduction_total, score.total)
        reasons = [*(reason for part in parts for reason in part.reasons), *score.effects, *score.notes]
        others = [alternative_said(other, pen.law) for other in other_totals(score)]
        lines = [*pen.why(reasons).splitlines(), *others, *notes]
        pen.block("说明", (), any_row=bool(lines))
        for line in dict.fromkeys(lines):
            self._sheet.note(line)
