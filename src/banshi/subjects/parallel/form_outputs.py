"""The one form for programs, as a workbook, and as a page to print."""

from typing import Any

from banshi.base.text import Lang
from banshi.centre.centre import Centre
from banshi.files.law_used import LawUsed
from banshi.files.not_stated import if_stated
from banshi.output.report_pages import cited, report_page
from banshi.output.reports.json_report import citation
from banshi.output.workbooks import Book
from banshi.subjects.parallel.form_said import LEFT_OUT, OneFormSheet, blank, how, paper
from banshi.subjects.parallel.one_form import FormMaterial, MergedField, names


def as_json(sheet: OneFormSheet, lang: Lang) -> dict[str, Any]:
    """One form."""
    form, catalogue = sheet.form, sheet.file.catalogue
    return {
        "case": if_stated(lambda: sheet.file.case.id),
        "title": sheet.title,
        "notes": [note.say(lang) for note in sheet.notes],
        "fields": [_field(field) for field in form.fields],
        "materials": [_material(material) for material in form.materials],
        "conflicts": [
            {
                "part": conflict.part,
                "trait": conflict.trait.say(lang),
                "values": [{"value": value, "items": list(items)} for value, items in conflict.values],
                "places": [list(place) for place in conflict.places],
                "text": conflict.say(catalogue).say(lang),
            }
            for conflict in form.conflicts
        ],
        "left_out": [
            {"id": each.part, "name": each.name, "items": list(each.items), "lacking": list(each.way)}
            for each in form.left_out
        ],
        "at_least": form.at_least,
        "asked_before": {"fields": form.asked_before[0], "materials": form.asked_before[1]},
        "basis": [citation(one) for one in sheet.basis],
    }


def _field(line: MergedField) -> dict[str, Any]:
    field = line.field
    return {
        "id": field.id,
        "name": field.name,
        "type": field.type,
        "unit": field.unit,
        "choices": list(field.choices) if field.choices else None,
        "max_length": line.max_length,
        "items": list(line.items),
        "departments": list(line.departments),
    }


def _material(line: FormMaterial) -> dict[str, Any]:
    return {
        "id": line.material.id,
        "name": line.material.name,
        "form": line.material.form,
        "copies": line.copies,
        "handed_in": line.handed_in,
        "from_item": line.source,
        "replaced_by_this_form": line.replaced,
        "items": list(line.items),
        "departments": list(line.departments),
    }


def as_book(sheet: OneFormSheet, law: LawUsed | None = None) -> bytes:
    """The form as a workbook: what to fill in, what to hand in, what departments pass on, what disagrees."""
    form, catalogue, (name, number) = sheet.form, sheet.file.catalogue, sheet.file.called
    book = Book(sheet.title, law=law)
    above = [sheet.title, f"{name}　{number}", sheet.saved.zh, *(note.zh for note in sheet.notes)]
    page = book.sheet("申请表", ["序号", "项目", "填写内容", "怎样填", "谁需要"], (6, 18, 40, 22, 44), above=above)
    for n, field in enumerate(form.fields, 1):
        page.row([n, field.field.name, blank(field.field), how(field), sheet.needed_by(field)])
    page = book.sheet("材料", ["序号", "材料", "形式", "份数", "谁需要", "要求", "已交"], (6, 28, 12, 10, 44, 24, 8))
    for n, one in enumerate(form.handed_in, 1):
        page.row([n, one.material.name, paper(one), sheet.copies(one), sheet.needed_by(one), one.material.note, "□"])
    page = book.sheet("不用交的", ["材料", "怎样取得", "用于"], (28, 40, 50))
    for one in form.passed_on:
        page.row([one.material.name, sheet.source(one) + "转交", names(catalogue, one.items)])
    for one in form.replaced:
        page.row([one.material.name, "由本表代替", names(catalogue, one.items)])
    if form.conflicts:
        page = book.sheet("写法不一致", ["说明"], (110,))
        for conflict in form.conflicts:
            page.row([conflict.say(catalogue).zh])
    if form.left_out:
        page = book.sheet("没有列入的", ["说明"], (110,))
        for each in form.left_out:
            page.row([each.say(catalogue).zh])
    return book.bytes()


def as_page(sheet: OneFormSheet, centre: Centre | None = None) -> str:
    """The form to print and fill in by hand; ``centre``: whose templates go first, if they may run.

    Raises ``banshi.base.folders.TemplateBroken``.
    """
    return report_page(
        "one_form.html.j2",
        centre=centre,
        title=sheet.title,
        fictional=if_stated(lambda: sheet.file.case.fictional) is not False,
        centre_called=if_stated(lambda: sheet.file.catalogue.centre) or "（中心没有写明）",
        sheet=sheet,
        form=sheet.form,
        called=sheet.file.called,
        catalogue=sheet.file.catalogue,
        basis=cited(sheet.basis),
        how=how,
        blank=blank,
        copies=sheet.copies,
        paper=paper,
        left_out=LEFT_OUT,
        names=names,
    )
