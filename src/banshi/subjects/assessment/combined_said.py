"""Longer periods and the means of a year as sections: group, place, window, score, grade, and why."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from banshi.base.columns import lined_up
from banshi.base.text import Lang, Text, same
from banshi.output.sections import (
    LINES,
    PAGES,
    SHEETS,
    Figure,
    PartSection,
    Section,
    SectionColumn,
    SeveralLines,
    TableSection,
    Value,
)
from banshi.subjects.assessment.combining import Combined, RankedWindow
from banshi.subjects.assessment.results import end, shown
from banshi.subjects.assessment.sheets import DASH, NOT_DETERMINED, Annual, points, reason_said, said_both

_APART = PAGES | SHEETS
_WHY = Text("说明", "why")
_COLUMNS = (
    SectionColumn(Text("组", "group"), 10, nothing=same(DASH)),
    SectionColumn(Text("名次", "place"), 8, whole=True),
    SectionColumn(Text("窗口", "window"), 26),
    SectionColumn(Text("得分", "score"), 12, figures=True, shown="0.00"),
    SectionColumn(Text("等次", "grade"), 12),
    SectionColumn(_WHY, 70, faces=_APART),
)
_ANNUAL = (
    SectionColumn(Text("窗口", "window"), 30),
    SectionColumn(Text("四个季度的平均", "mean of four quarters"), 16, figures=True),
    SectionColumn(_WHY, 70),
)


def combined_sections(found: Combined) -> Iterator[Section]:
    """What a longer period comes to."""
    why = [_because(found, row) for row in found.rows]
    cells = [_cells(row) for row in found.rows]
    yield PartSection(found.title, faces=_APART)
    yield TableSection(
        Text("得分、名次和等次", "Scores, places and grades"),
        _COLUMNS,
        [[*row, SeveralLines(lines)] for row, lines in zip(cells, why, strict=True)],
        head=found.title,
        sheet=same(f"{found.period} 得分和等次"),
    )

    def reasons(number: int, lang: Lang) -> list[str]:
        _, _, window, score, grade = (_said(value, lang) for value in cells[number])
        told = [f"  · {line.say(lang)}" for line in why[number]]
        return [*([""] if number else []), f"{window}  {score}  {grade}", *told]

    columns = (_COLUMNS[2], SectionColumn(_WHY))
    rows: list[Sequence[Value]] = [[row[2], SeveralLines(lines)] for row, lines in zip(cells, why, strict=True)]
    yield TableSection(_WHY, columns, rows, said=reasons, head=Text("", ""), faces=LINES)


def _said(value: Value, lang: Lang) -> str:
    return (
        value.said.say(lang)
        if isinstance(value, Figure)
        else value.say(lang)
        if isinstance(value, Text)
        else str(value)
    )


def _because(found: Combined, row: RankedWindow) -> tuple[Text, ...]:
    """The reasons of a window's score and grade, each once."""
    reasons = (*row.total.decision.reasons, *row.total.vetoes, *(row.grade.reasons if row.grade else ()))
    return tuple(dict.fromkeys(Text(*(reason_said(r, found.law, lang) for lang in ("zh", "en"))) for r in reasons))


def _cells(row: RankedWindow) -> list[Value]:
    span = "–".join(map(str, row.places or filter(None, [row.place])))
    place = Text(f"第{span}名", f"no. {span}") if span else same(DASH)
    grade = row.grade.said if row.grade else same(DASH)
    return [row.group_name or DASH, place, row.window.called, _score(row), grade]


def _score(row: RankedWindow) -> Figure | Text:
    value, ends = row.total.decision.value, row.total.ends
    if value is not None:
        return Figure(same(shown(value)), value)
    span = f" ({shown(ends[0])} – {shown(ends[1])})" if ends and None not in map(end, ends) else ""
    return Text(NOT_DETERMINED.zh + span, NOT_DETERMINED.en + span)


def annual_sections(found: Annual) -> Iterator[Section]:
    """The means of a year."""
    why = [[Text(reason_said(r, None), reason_said(r, None, "en")) for r in m.reasons] for m in found.means.values()]
    named = [(f"{key} {found.names.get(key, '')}", mean) for key, mean in found.means.items()]

    def said(number: int, lang: Lang) -> list[str]:
        heads = lined_up([[name, points(mean, lang)] for name, mean in named])
        return [heads[number], *(f"  · {line.say(lang)}" for line in dict.fromkeys(why[number]))]

    rows: list[Sequence[Value]] = []
    for (name, mean), lines in zip(named, why, strict=True):
        figure = said_both(points, mean)
        value = figure if mean.value is None else Figure(figure, Decimal(points(mean)))
        rows.append([name.rstrip(), value, SeveralLines(tuple(lines))])
    yield PartSection(found.title, faces=_APART)
    yield TableSection(
        Text("平均", "Mean"), _ANNUAL, rows, said=said, head=found.title, sheet=same(f"{found.year}年度平均")
    )
