"""The public notice of a change in words: rows under headings, the same for a terminal, a page and a workbook."""

from collections.abc import Sequence
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from banshi.base.text import Lang, Text, visible_lines
from banshi.centre.centre import Centre
from banshi.law.decisions import Decision, Reason
from banshi.output.forms.layout import Cell, FormSection, FormTable, Layout
from banshi.output.forms.workbook import form_book
from banshi.output.report_pages import report_page
from banshi.output.saying import alternatives_json, reasons_json
from banshi.subjects.change.public_notice import CONCLUSIONS, PublicNotice

_UNDETERMINED = Text("不能判定", "not determined")
_EMPTY = Text("未填", "not filled in")


class Block(Struct, frozen=True):
    """Rows under a title; the first cell of each is its label where there are no headings."""

    title: str
    rows: list[list[str]]
    headings: list[str] = field(default_factory=list)


def title_of(notice: PublicNotice) -> str:
    """在建工程增加工程公示表：变-2012-滨河-006."""
    return f"{notice.title}：{notice.case.change.number}"


def blocks(notice: PublicNotice, lang: Lang) -> list[Block]:
    """The notice part by part."""
    if notice.asked is None:
        return [Block(_NONE.say(lang), [["", each] for each in _said(notice.why_none, lang)])]
    found = [*_public(notice, lang), _period(notice, lang)]
    found.append(Block(_WHERE.say(lang), [["", each] for each in _said(notice.where, lang)]))
    found.append(Block(_HOW.say(lang), [["", each] for each in _said(notice.how, lang)]))
    return [*found, *_heard(notice, lang)]


def _public(notice: PublicNotice, lang: Lang) -> list[Block]:
    made: list[Block] = []
    for part in notice.public.parts if notice.public else ():
        title = part.title or (_CONTENT.say(lang) if not made else "")
        made.append(_table(part, title) if isinstance(part, FormTable) else _section(part, title, lang))
    return made


def _table(part: FormTable, title: str) -> Block:
    """Columns in which no row has anything are left out."""
    used = _used(part)
    names = [part.listing.leaves[n].name for n in used]
    return Block(title, [[row[n] for n in used] for row in part.rows] if used else [], names)


def _used(part: FormTable) -> list[int]:
    return [n for n in range(len(part.listing.leaves)) if any(row[n] for row in part.rows)]


def _section(part: FormSection, title: str, lang: Lang) -> Block:
    by_hand = Text("报批表没有这一栏，由{who}填写", "not in the filing; filled in by {who}").say(lang)
    return Block(
        title,
        [
            [cell.label, cell.value or (_EMPTY.say(lang) if cell.leaf else by_hand.replace("{who}", cell.who))]
            for cell in part.cells
        ],
    )


def _period(notice: PublicNotice, lang: Lang) -> Block:
    rows = [[_START.say(lang), _day(notice.start, lang)], *(["", each] for each in _said(notice.start.reasons, lang))]
    rows += [[_END.say(lang), _day(notice.end, lang)], *(["", each] for each in _said(notice.end.reasons, lang))]
    rows += [[_OTHERWISE.say(lang), each.text.say(lang)] for each in notice.end.alternatives]
    if notice.record:
        rows.append([_FILED_END.say(lang), notice.record.ended_on.isoformat()])
    return Block(_PERIOD.say(lang), rows)


def _heard(notice: PublicNotice, lang: Lang) -> list[Block]:
    title = _OBJECTIONS.say(lang)
    if notice.record is None:
        return [Block(title, [["", Text("报批表没有公示记录", "no publicity is filed").say(lang)]])]
    names = [text.say(lang) for text in (_RECEIVED, _ANSWER_BY, _STATE)]
    rows = [[h.objection.received_on.isoformat(), _answer_by(h.due, lang), h.state.say(lang)] for h in notice.heard]
    none = Block(title, [["", Text("没有收到异议", "none received").say(lang)]])
    ended = Block(_CONCLUSION.say(lang), [["", CONCLUSIONS[notice.record.conclusion].say(lang)]])
    return [Block(title, rows, names) if rows else none, ended]


def _answer_by(due: Decision[Any], lang: Lang) -> str:
    return due.value.isoformat() if due.value else due.reasons[0].text.say(lang)


def _day(decision: Decision[Any], lang: Lang) -> str:
    return decision.value.isoformat() if decision.value else _UNDETERMINED.say(lang)


def _said(reasons: Sequence[Reason], lang: Lang) -> list[str]:
    return [r.text.say(lang) + (f"（{r.basis.say()}）" if r.basis else "") for r in reasons]


def document(notices: Sequence[PublicNotice], law: str) -> bytes:
    """The notices as a document in the layout of official documents, each from a page of its own."""
    from banshi.output.forms.document import form_document  # late: only a document needs its library

    return form_document([_laid_out(each) for each in notices], law=law)


def _laid_out(notice: PublicNotice) -> Layout:
    told = blocks(notice, "zh")
    public = notice.public.parts if notice.public else []
    # Under the titles that the page has: the first says in which unit the amounts are.
    parts = [replace(_filled(part), title=block.title) for part, block in zip(public, told, strict=False)]
    for block in told[len(parts) :]:
        parts.append(FormSection(block.title, [_cell(block, row) for row in block.rows]))
    fictional = ["样例（虚构）"] if notice.case.change.fictional or notice.case.project.fictional else []
    return Layout(title_of(notice), "；".join([*fictional, *(each.zh for each in notice.remarks)]), parts)


def _cell(block: Block, row: list[str]) -> Cell:
    """A row as a label and what stands beside it; under headings each value says which it is."""
    if not block.headings:
        return Cell(row[0], None, (), "", "｜".join(row[1:]))
    said = [f"{name}：{value}" for name, value in zip(block.headings, row, strict=True)]
    return Cell(said[0], None, (), "", "；".join(said[1:]))


def _filled(part: FormSection | FormTable) -> FormSection | FormTable:
    """A part as what is told: who fills in what is a matter of the blank form; what the filing does not hold is said so.

    Columns in which nothing stands are left out.
    """
    if isinstance(part, FormTable):
        used = _used(part) or range(len(part.listing.leaves))
        listing = replace(part.listing, leaves=tuple(part.listing.leaves[n] for n in used))
        return replace(part, listing=listing, rows=[[row[n] for n in used] for row in part.rows])
    rows = _section(part, part.title, "zh").rows
    return replace(part, cells=[replace(c, who="", value=row[1]) for c, row in zip(part.cells, rows, strict=True)])


def text(notice: PublicNotice, lang: Lang) -> str:
    """The notice in lines."""
    lines = [title_of(notice), *(f"  ! {each.say(lang)}" for each in notice.remarks)]
    for block in blocks(notice, lang):
        lines += ["", block.title] if block.title else [""]
        if block.headings:
            lines.append("  " + "｜".join(block.headings))
        mark = "｜" if block.headings else "："
        lines += ["  " + mark.join(row if block.headings else filter(None, row)) for row in block.rows]
    return "\n".join(lines)


def page(notices: Sequence[PublicNotice], centre: Centre) -> str:
    """The notices as one page for A4. Raises ``TemplateBroken``."""
    title = title_of(notices[0]) if len(notices) == 1 else "公示表"
    fictional = any(each.case.change.fictional or each.case.project.fictional for each in notices)
    told = [(title_of(each), each.remarks, blocks(each, "zh")) for each in notices]
    return report_page("public_notice.html.j2", centre=centre, title=title, fictional=fictional, told=told)


def book(notices: Sequence[PublicNotice], centre: Centre) -> bytes:
    """A workbook with a sheet for each notice, which prints as forms do."""
    called = [f"第{n}份" for n in range(1, len(notices) + 1)] if len(notices) > 1 else ["公示表"]
    laid_out = [_seen(_laid_out(each)) for each in notices]
    return form_book(list(zip(called, laid_out, strict=True)), {}, centre.law.said.zh)


def _seen(layout: Layout) -> Layout:
    """With every character that cannot be seen written out: this sheet is posted, and never read back."""
    parts: list[FormSection | FormTable] = []
    for part in layout.parts:
        if isinstance(part, FormTable):
            parts.append(replace(part, rows=[[visible_lines(value) for value in row] for row in part.rows]))
        else:
            cells = [replace(c, label=visible_lines(c.label), value=visible_lines(c.value)) for c in part.cells]
            parts.append(replace(part, cells=cells))
    return replace(layout, title=visible_lines(layout.title), note=visible_lines(layout.note), parts=parts)


def as_json(notice: PublicNotice, lang: Lang) -> dict[str, Any]:
    """The notice as plain data."""
    change = notice.case.change
    head = {"change": change.number, "sequence": change.sequence, "tier": change.tier, "asked": bool(notice.asked)}
    remarks = {"remarks": [each.say(lang) for each in notice.remarks]}
    if notice.asked is None:
        return {**head, **remarks, "reasons": reasons_json(notice.why_none, lang)}
    return {
        **head,
        **remarks,
        "title": notice.title,
        "public": [{"title": b.title, "headings": b.headings, "rows": b.rows} for b in _public(notice, lang)],
        "start": _date_json(notice.start, lang),
        "end": _date_json(notice.end, lang),
        "filed_end": notice.record.ended_on.isoformat() if notice.record else None,
        "where": reasons_json(notice.where, lang),
        "how_to_object": reasons_json(notice.how, lang),
        "objections": [
            {
                "received_on": h.objection.received_on.isoformat(),
                "answer_by": h.due.value.isoformat() if h.due.value else None,
                "resolved_on": h.objection.resolved_on.isoformat() if h.objection.resolved_on else None,
                "state": h.state.say(lang),
                "reasons": reasons_json(h.due.reasons, lang),
            }
            for h in notice.heard
        ],
        "conclusion": notice.record.conclusion if notice.record else None,
    }


def _date_json(decision: Decision[Any], lang: Lang) -> dict[str, Any]:
    return {
        "day": decision.value.isoformat() if decision.value else None,
        "reasons": reasons_json(decision.reasons, lang),
        "alternatives": alternatives_json(decision.alternatives, lang),
    }


_NONE = Text("为什么不公示", "why there is no publicity")
_CONTENT = Text("公示内容（金额单位：元）", "What is public (amounts in yuan)")
_PERIOD = Text("公示期", "Period")
_WHERE = Text("在哪里公示", "Where")
_HOW = Text("怎样提异议", "How to object")
_OBJECTIONS = Text("收到的异议", "Objections")
_CONCLUSION = Text("公示结论", "Conclusion")
_START, _END = Text("开始", "from"), Text("截止", "until")
_OTHERWISE = Text("另一种理解", "read otherwise")
_FILED_END = Text("报批表写的截止日", "end as filed")
_RECEIVED, _ANSWER_BY, _STATE = Text("收到", "received"), Text("应在此前答复", "answer by"), Text("处理情况", "state")
