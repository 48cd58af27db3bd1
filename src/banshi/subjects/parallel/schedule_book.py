"""A schedule as a workbook: the items, the savings, the timeline as a sheet of days."""

from banshi.files.law_used import LawUsed
from banshi.law.decisions import Reason
from banshi.output.report_pages import cited
from banshi.output.workbooks import Book
from banshi.subjects.parallel.answer import Answer
from banshi.subjects.parallel.schedule_rows import HEADINGS, rows
from banshi.subjects.parallel.schedule_said import advice, headline, path_said


def as_book(found: Answer, law: LawUsed | None = None) -> bytes:
    """The workbook, in Chinese."""
    case = found.file.case
    book = Book(f"办理计划 {case.name}", law=law)
    above = [f"{case.name}　{case.id}", *(said.zh for said in headline(found)), path_said(found).zh]
    widths = (26, 18, 12, 12, 12, 12, 12, 16, 8, 34)
    sheet = book.sheet("办理计划", [heading.zh for heading in HEADINGS], widths, above=above)
    for row in rows(found):
        slot = row.slot
        names = [row.item.name, row.department, row.stage, row.limit.zh]
        days = [slot.accepted, slot.due, slot.finished]
        sheet.row([*names, *days, row.status_text.zh, slot.slack, row.requires])
    _said(book, found)
    return book.bytes()


def _said(book: Book, found: Answer) -> None:
    sheet = book.sheet("说明", ["内容", "说明", "依据"], (18, 80, 40))
    told: list[tuple[str, Reason]] = [("卡在哪里", Reason(h.text)) for h in found.holdups]
    told += [("节省的时间", reason) for reason in (*found.saved.reasons, *found.saved_by_promise.reasons)]
    told += [("合并办理时限对照（仅供参考）", reason) for reason in advice(found)]
    told += [("说明", reason) for reason in found.notes]
    for about, reason in dict.fromkeys(told):
        sheet.row([about, reason.text.zh, cited(reason.basis).strip("（）")])
