"""Assessments as text for a terminal: the ranking, then each window's sheet with its reasons."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from banshi.base.columns import lined_up
from banshi.base.money import plain
from banshi.base.text import Lang, Text
from banshi.law.decisions import Alternative, Reason
from banshi.law.library import Law
from banshi.subjects.assessment.combined_faces import combined_text
from banshi.subjects.assessment.combining import Combined
from banshi.subjects.assessment.results import Rank, ScoreEntry, ScoreLine, WindowScore, shown
from banshi.subjects.assessment.sheets import (
    DASH,
    Annual,
    Sheets,
    alternative_said,
    counted_said,
    differing,
    entry_label,
    evidence_said,
    fact_said,
    full_marks,
    group_said,
    other_totals,
    place_said,
    points,
    reason_said,
    total_said,
)

_RANKING = (
    Text("名次", "place"),
    Text("窗口", "window"),
    Text("基础分", "base"),
    Text("加分", "bonus"),
    Text("减分", "deduction"),
    Text("总分", "total"),
)


def as_text(found: Sequence[Sheets], annual: Sequence[Annual], lang: Lang, longer: Sequence[Combined] = ()) -> str:
    """Every assessment, then the means of the year where they were asked for, and what longer periods come to."""
    sheets = [*(_assessment(each, lang) for each in found), *(_annual(each, lang) for each in annual)]
    return "\n\n".join([*sheets, *(combined_text(each, lang) for each in longer)])


def _assessment(found: Sheets, lang: Lang) -> str:
    head = [found.title.say(lang)]
    law = found.case.law
    if law is None:
        return "\n".join([*head, found.no_law.say(lang)])
    titles = "、".join(f"《{version.title}》" for version in law.versions)
    head += [Text("依据", "by").say(lang) + f"：{titles}", "", *_ranking(found.ranks, lang)]
    sheets = (["", "", *_sheet(rank, law, lang), *_what_if(found, rank, lang)] for rank in found.ranks)
    return "\n".join([*head, *(line for sheet in sheets for line in sheet)])


def _ranking(ranks: Sequence[Rank], lang: Lang) -> list[str]:
    rows = [[title.say(lang) for title in _RANKING]]
    for rank in ranks:
        score = rank.score
        parts = (score.base, score.bonus_total, score.deduction_total)
        said = [points(part, lang) if score.scored else DASH for part in parts]
        rows.append([place_said(rank, lang), score.window.called, *said, total_said(score, lang)])
    return lined_up(rows)


def _sheet(rank: Rank, law: Law, lang: Lang) -> Iterator[str]:
    score = rank.score
    yield f"{score.window.called}  {total_said(score, lang)}  {place_said(rank, lang)}"
    if rank.why:
        yield f"  · {reason_said(rank.why, law, lang)}"
    if not score.scored:
        return
    yield from _lines(score, law, lang)
    yield from _entries(Text("加分", "bonus"), score.bonus, law, lang)
    yield from _entries(Text("减分", "deductions"), score.deductions, law, lang)
    yield from _total(score, law, lang)


def _lines(score: WindowScore, law: Law, lang: Lang) -> Iterator[str]:
    title = Text("基础分", "base score").say(lang)
    yield ""
    yield f"{title}  {points(score.base, lang)} / {full_marks(score.lines)}"
    heads = lined_up([_line(line, lang) for line in score.lines])
    for head, line in zip(heads, score.lines, strict=True):
        yield head
        yield from _because(line.mark.reasons, differing(line.mark), law, lang, "      ")
        yield from _facts(line, lang)


def _line(line: ScoreLine, lang: Lang) -> list[str]:
    mark = points(line.mark, lang)
    place = line.placed.provision
    return [f"{mark:>8} / {plain(line.marks)}", f"{place.heading}（{place.label}）", evidence_said(line)]


def _facts(line: ScoreLine, lang: Lang) -> Iterator[str]:
    """The facts that no reason speaks of."""
    told = " ".join(reason.text.zh for reason in line.mark.reasons)
    for use in line.facts:
        if use.name not in told:
            yield f"      · {fact_said(use, lang)}"


def _entries(title: Text, entries: Sequence[ScoreEntry], law: Law, lang: Lang) -> Iterator[str]:
    yield ""
    yield title.say(lang) + ("" if entries else "：" + Text("没有", "none").say(lang))
    heads = lined_up([_entry(entry, lang) for entry in entries]) if entries else []
    for head, entry in zip(heads, entries, strict=True):
        yield head
        yield from _because(entry.reasons, [], law, lang, "      ")


def _entry(entry: ScoreEntry, lang: Lang) -> list[str]:
    return [
        f"{shown(entry.points):>8}",
        counted_said(entry, lang),
        f"{entry.name}（{entry_label(entry)}）",
        group_said(entry),
        entry.evidence or "",
    ]


def _total(score: WindowScore, law: Law, lang: Lang) -> Iterator[str]:
    yield ""
    yield Text("总分", "total").say(lang) + f"  {total_said(score, lang)}"
    for part in (score.base, score.bonus_total, score.deduction_total, score.total):
        yield from _because(part.reasons, [], law, lang, "  ")
    yield from _because((*score.effects, *score.notes), other_totals(score), law, lang, "  ")
    missing = [line.placed.provision for line in score.undetermined]
    if missing:
        said = "、".join(f"{place.heading}（{place.label}）" for place in missing)
        yield Text("  不能判定的小项：", "  sub-items not determined: ").say(lang) + said


def _what_if(found: Sheets, rank: Rank, lang: Lang) -> Iterator[str]:
    said = found.what_if_said(rank.score, lang)
    if said:
        yield ""
        yield Text("如果不失分", "what if").say(lang)
    yield from (f"  · {line}" for line in said)


def _because(
    reasons: Sequence[Reason], others: Sequence[Alternative[Decimal]], law: Law | None, lang: Lang, indent: str
) -> Iterator[str]:
    for said in dict.fromkeys(reason_said(reason, law, lang) for reason in reasons):
        yield f"{indent}· {said}"
    for other in others:
        yield f"{indent}? {alternative_said(other, law, lang)}"


def _annual(found: Annual, lang: Lang) -> str:
    lines = [found.title.say(lang)]
    rows = [[f"{key} {found.names.get(key, '')}", points(mean, lang)] for key, mean in found.means.items()]
    for head, mean in zip(lined_up(rows) if rows else [], found.means.values(), strict=True):
        lines += [head, *_because(mean.reasons, [], None, lang, "  ")]
    return "\n".join(lines)
