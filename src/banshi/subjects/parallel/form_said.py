"""The one form in words: how each line reads, for a terminal, a workbook and a printed page alike."""

from functools import cached_property

from msgspec import Struct

from banshi.base.columns import lined_up
from banshi.base.text import Lang, Text
from banshi.files.findings import Citation
from banshi.files.not_stated import if_stated
from banshi.law.norms import Enumeration
from banshi.subjects.parallel.context import CaseFile, said_of
from banshi.subjects.parallel.form_items import FormItems, form_items
from banshi.subjects.parallel.forms import FIELD_TYPES, MATERIAL_FORMS, Field
from banshi.subjects.parallel.one_form import (
    FormMaterial,
    MergedField,
    OneForm,
    by_department,
    departments,
    item_called,
    merged,
    names,
)

ONE_FORM = "duty of=one_form"
_KIND = Text(
    "不知道是哪一类办件，或依据哪一天的规定：表名和依据没有写",
    "of which kind the case is, or the law of which day holds, is not known: the form has no name, no basis",
)
LEFT_OUT = Text("没有列入这张表，改好事项目录再合一次：", "Left out; correct the catalogue, and merge again:")
_MANY = 4


class OneFormSheet(Struct, frozen=True, dict=True):
    """The form of a case, and how its lines read."""

    file: CaseFile

    @cached_property
    def known(self) -> FormItems:
        """The items that it is for. Raises ``NotStated``."""
        return form_items(self.file)

    @cached_property
    def form(self) -> OneForm:
        """The merged form."""
        return merged(self.file.catalogue, self.known.items, self.known.left_out)

    @property
    def notes(self) -> tuple[Text, ...]:
        """What is said over it: what is not known of the case."""
        return (*self.known.notes, *([] if self._kind else [_KIND]))

    @property
    def _kind(self) -> str | None:
        """The kind of case; None where nobody knows by which law it is called."""
        law, kind = if_stated(lambda: (self.file.law,)), if_stated(lambda: self.file.catalogue.case_kind)
        return kind if law is not None else None

    @property
    def title(self) -> str:
        """企业设立登记并联审批申请表."""
        law, kind = if_stated(lambda: self.file.law), self._kind
        kinds = next((p.norm for p in law.all(Enumeration) if p.norm.of == "case_kind"), None) if law else None
        name = next((value.name for value in kinds.values if value.value == kind), "") if kinds else ""
        return f"{name}并联审批申请表"

    @property
    def basis(self) -> tuple[Citation, ...]:
        """The provision that wants one form; only for the kind of case that it speaks of."""
        law, kind = if_stated(lambda: self.file.law), self._kind
        return tuple(placed.cite for placed in said_of(kind, law, (ONE_FORM,))) if law and kind else ()

    @property
    def saved(self) -> Text:
        """How much less is asked than one by one."""
        fields, materials = self.form.asked_before
        now, handed, left = len(self.form.fields), len(self.form.handed_in), len(self.form.left_out)
        rest = Text(f"（没有列入的 {left} 项不算）", f" ({left} left out)") if left else Text("", "")
        return Text(
            f"{len(self.known.items)} 个事项分开填写要填 {fields} 项、交 {materials} 份次材料，合成一张后填 {now} 项、交 {handed} 种材料{rest.zh}",
            f"{fields} fields and {materials} materials one by one; {now} and {handed} on one form{rest.en}",
        )

    def needed_by(self, line: MergedField | FormMaterial) -> str:
        """Departments with the items."""
        catalogue = self.file.catalogue
        if len(line.items) == len(self.known.items) > 1:
            return "写明了的全部事项" if self.known.left_out else "全部事项"
        return f"{by_department(catalogue, line.departments)}（{names(catalogue, line.items, _MANY)}）"

    def source(self, line: FormMaterial) -> str:
        """The item whose result a material is, with its department."""
        catalogue, source = self.file.catalogue, str(line.source)
        return f"{item_called(catalogue, source)}（{by_department(catalogue, departments(catalogue, [source]))}）"

    def copies(self, line: FormMaterial) -> str:
        """Paper copies in all."""
        if line.copies is None:
            return "原文未载明"
        return f"至少 {line.copies} 份" if self.form.at_least else f"{line.copies} 份"


def how(line: MergedField) -> str:
    """How a field is filled in: 金额（万元）; 文字，最多60字; 选择：甲、乙."""
    field = line.field
    said = FIELD_TYPES[field.type] + (f"（{field.unit}）" if field.unit else "")
    if line.max_length is not None:
        said += f"，最多 {line.max_length} 字"
    return f"{said}。{field.note}" if field.note else said


def blank(field: Field) -> str:
    """What stands in the cell to be filled in: boxes to tick, the signs of a date."""
    if field.type == "choice":
        return "　".join(f"□{choice}" for choice in field.choices or ())
    if field.type == "yes_no":
        return "□是　□否"
    return "　　　　年　　月　　日" if field.type == "date" else ""


def paper(line: FormMaterial) -> str:
    """Paper, electronic, or both."""
    return MATERIAL_FORMS[line.material.form] if line.material.form else "未写明"


def as_text(sheet: OneFormSheet, lang: Lang) -> str:
    """The form for a terminal."""
    form, (name, number) = sheet.form, sheet.file.called
    fields = [["项目", "填写", "谁需要"], *([f.field.name, how(f), sheet.needed_by(f)] for f in form.fields)]
    materials = [["材料", "形式", "份数", "谁需要"]]
    materials += [[m.material.name, paper(m), sheet.copies(m), sheet.needed_by(m)] for m in form.handed_in]
    notes = [f"  · {note.say(lang)}" for note in sheet.notes]
    lines = [f"{sheet.title}  {name}  {number}", sheet.saved.say(lang), *notes, "", *lined_up(fields)]
    lines += ["", *lined_up(materials)]
    for one in form.replaced:
        said = Text(
            f"由本表代替：{one.material.name}（{sheet.needed_by(one)}）", f"replaced by this form: {one.material.id}"
        )
        lines += ["", said.say(lang)]
    if form.passed_on:
        lines += ["", Text("不用申请人交，由前一事项的部门转交：", "Passed on by the departments:").say(lang)]
        lines += [f"  · {m.material.name}：{sheet.source(m)}" for m in form.passed_on]
    if form.conflicts:
        lines += ["", Text("写法不一致，合表以前先统一：", "To be settled first:").say(lang)]
        lines += [f"  · {conflict.say(sheet.file.catalogue).say(lang)}" for conflict in form.conflicts]
    if form.left_out:
        lines += ["", LEFT_OUT.say(lang)]
        lines += [f"  · {each.say(sheet.file.catalogue).say(lang)}" for each in form.left_out]
    return "\n".join(lines)
