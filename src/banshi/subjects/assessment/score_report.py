"""The quarterly report to the departments (D4 第二十二条) as a page that stands alone: ranking, charts, grounds, doubts."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from markupsafe import Markup

from banshi.base.money import plain
from banshi.centre.centre import Centre
from banshi.files.account_of_reading import AccountOfReading
from banshi.law.decisions import Decision, Reason
from banshi.law.instruments import Placed
from banshi.law.library import Law
from banshi.law.norms import Record
from banshi.output.charts import Bar, bars
from banshi.output.report_pages import report_page
from banshi.subjects.assessment.combined_faces import CombinedView
from banshi.subjects.assessment.combining import Combined
from banshi.subjects.assessment.results import Rank, ScoreEntry, ScoreLine, WindowScore, end, shown
from banshi.subjects.assessment.sheets import (
    Annual,
    Sheets,
    counted_said,
    differing,
    entry_label,
    evidence_said,
    group_said,
    place_said,
    points,
    question_of,
    reason_said,
    total_said,
)

_ARTICLE = re.compile(r"第.+?条")
_HUNDRED = Decimal(100)
_TITLE = "部门窗口考核报告"


@dataclass(frozen=True)
class QuarterView:
    """One assessment as the report prints it; ``law`` was in force."""

    sheets: Sheets
    law: Law

    @cached_property
    def ranks(self) -> tuple[Rank, ...]:
        """The windows, best first."""
        return self.sheets.ranks

    @cached_property
    def scored(self) -> list[WindowScore]:
        """The windows that are scored, best first."""
        return [rank.score for rank in self.ranks if rank.score.scored]

    @property
    def basis(self) -> str:
        """The instruments."""
        return "、".join(f"《{version.title}》" for version in self.law.versions)

    @property
    def windows_chart(self) -> Markup:
        """Totals of the windows; one that is not determined is drawn up to the least that it can be."""
        rows = [Bar(s.window.called, _drawn(s), total_said(s)) for s in self.scored]
        return bars("各窗口总分", rows)

    @property
    def items_chart(self) -> Markup:
        """What share of the marks of each item was reached, over the windows and all lines that are determined."""
        got: dict[str, Decimal] = {}
        full: dict[str, Decimal] = {}
        for line in (line for score in self.scored for line in score.lines if line.mark.value is not None):
            item = _article(line)
            got[item] = got.get(item, Decimal(0)) + (line.mark.value or Decimal(0))
            full[item] = full.get(item, Decimal(0)) + line.marks
        shares = {item: got[item] / full[item] * _HUNDRED for item in full if full[item]}
        return bars("各大项得分率", [Bar(i, s, f"{shown(s)}%") for i, s in shares.items()], most=_HUNDRED)

    def lines(self, score: WindowScore) -> list[ScoreLine]:
        """The lines of a window that are not full, or not determined."""
        return [line for line in score.lines if line.mark.value is None or line.mark.value != line.marks]

    def full(self, score: WindowScore) -> int:
        """How many lines have full marks."""
        return len(score.lines) - len(self.lines(score))

    def bonus(self, score: WindowScore) -> list[ScoreEntry]:
        """The bonuses of a window, without those for rates that bring nothing."""
        return [entry for entry in score.bonus if entry.points or entry.group is not None]

    def said(self, reasons: Sequence[Reason]) -> list[str]:
        """Reasons with their provisions, each once."""
        return list(dict.fromkeys(reason_said(reason, self.law) for reason in reasons))

    def notes(self, score: WindowScore) -> list[str]:
        """What else has to be known of a window."""
        listed = ((self.bonus(score), score.bonus_total), (score.deductions, score.deduction_total))
        parts = [total for entries, total in listed if entries]
        return self.said([*(reason for part in parts for reason in part.reasons), *score.effects, *score.notes])

    def what_if(self, score: WindowScore) -> list[str]:
        """What would have been otherwise, where it was asked for."""
        return self.sheets.what_if_said(score)

    @property
    def undetermined(self) -> list[tuple[WindowScore, ScoreLine]]:
        """Every line that is not determined."""
        return [(score, line) for score in self.scored for line in score.undetermined]

    @property
    def other_readings(self) -> list[tuple[WindowScore, str, str]]:
        """Where another reading leads to another total: the window, what it leads to, the question."""
        return [
            (score, other.text.zh, question_of(other, self.law))
            for score in self.scored
            for other in differing(score.total)
        ]

    @property
    def unranked(self) -> list[str]:
        """Why windows have no place."""
        return [f"{r.score.window.called}：{reason_said(r.why, self.law)}" for r in self.ranks if r.why]


def as_report(
    found: Sequence[Sheets],
    annual: Sequence[Annual],
    longer: Sequence[Combined] = (),
    centre: Centre | None = None,
    reading: AccountOfReading | None = None,
) -> str:
    """The page. Raises ``report_pages.TemplateBroken``."""
    views = [QuarterView(each, each.case.law) for each in found if each.case.law is not None]
    return report_page(
        "assessment.html.j2",
        centre=centre,
        reading=reading,
        title=next((name for view in views if (name := _report_name(view.law))), _TITLE),
        fictional=any(each.case.assessment.fictional for each in found) or any(each.fictional for each in longer),
        views=views,
        not_scored=[each.no_law for each in found if each.case.law is None],
        annual=annual,
        longer=[CombinedView(each) for each in longer],
        **_WORDS,
    )


def _report_name(law: Law) -> str:
    """What the law calls the report on a quarter, without the marks of a title."""
    reports: Iterator[Placed[Record]] = (placed for placed in law.all(Record) if placed.norm.when == "quarter")
    names = (law.paper_name(paper) for placed in reports for paper in placed.norm.papers)
    return next(names, "").strip("《》")


def _article(line: ScoreLine) -> str:
    found = _ARTICLE.match(line.placed.provision.label)
    return found[0] if found else line.placed.provision.label


def _drawn(score: WindowScore) -> Decimal:
    return (end(score.at_least) or Decimal(0)) if score.total.value is None else score.total.value


def _mark(decision: Decision[Decimal]) -> str:
    return points(decision)


_WORDS = {
    "points": _mark,
    "total_said": total_said,
    "place_said": place_said,
    "shown": shown,
    "plain": plain,
    "evidence_said": evidence_said,
    "group_said": group_said,
    "entry_label": entry_label,
    "counted_said": counted_said,
    "differing": differing,
}
