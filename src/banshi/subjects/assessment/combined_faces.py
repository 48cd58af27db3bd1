"""Longer periods as a terminal, a workbook and a report show them: group, place, window, score, grade, and why."""

from collections.abc import Iterator
from dataclasses import dataclass

from banshi.base.columns import lined_up
from banshi.base.text import Lang, Text
from banshi.output.workbooks import Book
from banshi.subjects.assessment.combining import Combined, RankedWindow
from banshi.subjects.assessment.results import end, shown
from banshi.subjects.assessment.sheets import DASH, NOT_DETERMINED, reason_said

_HEADINGS = (
    Text("组", "group"),
    Text("名次", "place"),
    Text("窗口", "window"),
    Text("得分", "score"),
    Text("等次", "grade"),
)
_WIDTHS = (10, 8, 26, 12, 12, 70)


def combined_text(found: Combined, lang: Lang) -> str:
    """A period for a terminal."""
    rows = [[title.say(lang) for title in _HEADINGS], *(_cells(row, lang) for row in found.rows)]
    lines = [found.title.say(lang), *lined_up(rows)]
    for row in found.rows:
        lines += ["", f"{row.window.called}  {_score(row, lang)}  {_grade(row, lang)}"]
        lines += [f"  · {said}" for said in because(found, row, lang)]
    return "\n".join(lines)


def combined_sheet(book: Book, found: Combined) -> None:
    """A period as a sheet of a workbook."""
    headings = (*(title.zh for title in _HEADINGS), "说明")
    sheet = book.sheet(f"{found.period} 得分和等次", headings, _WIDTHS, above=[found.title.zh])
    for row in found.rows:
        group, place, window, score, grade = _cells(row, "zh")
        n = sheet.row([group, place, window, score, grade, "\n".join(because(found, row, "zh"))])
        if row.total.decision.value is not None:
            sheet.cell(n, 3, row.total.decision.value, shown="0.00")


@dataclass(frozen=True, slots=True)
class CombinedView:
    """A period as the report prints it."""

    found: Combined

    @property
    def title(self) -> str:
        """The centre with the period."""
        return self.found.title.zh

    @property
    def rows(self) -> list[list[str]]:
        """Group, place, window, score and grade of each window."""
        return [_cells(row, "zh") for row in self.found.rows]

    @property
    def why(self) -> list[tuple[str, list[str]]]:
        """Each window with the reasons."""
        return [(row.window.called, list(because(self.found, row, "zh"))) for row in self.found.rows]


def because(found: Combined, row: RankedWindow, lang: Lang) -> Iterator[str]:
    """The reasons of a window's score and grade, each once."""
    grade = row.grade.reasons if row.grade else ()
    reasons = (*row.total.decision.reasons, *row.total.vetoes, *grade)
    yield from dict.fromkeys(reason_said(reason, found.law, lang) for reason in reasons)


def _cells(row: RankedWindow, lang: Lang) -> list[str]:
    span = "–".join(map(str, row.places or filter(None, [row.place])))
    place = Text(f"第{span}名", f"no. {span}").say(lang) if span else DASH
    return [row.group_name or DASH, place, row.window.called, _score(row, lang), _grade(row, lang)]


def _score(row: RankedWindow, lang: Lang) -> str:
    value, ends = row.total.decision.value, row.total.ends
    if value is not None:
        return shown(value)
    span = f" ({shown(ends[0])} – {shown(ends[1])})" if ends and None not in map(end, ends) else ""
    return f"{NOT_DETERMINED.say(lang)}{span}"


def _grade(row: RankedWindow, lang: Lang) -> str:
    return DASH if row.grade is None else row.grade.said.say(lang)
