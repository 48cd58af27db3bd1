"""The one form in words: how each line reads, for a terminal, a workbook and a printed page alike."""

from dataclasses import dataclass
from functools import cached_property

from banshi.base.columns import lined_up
from banshi.base.text import Lang, Text
from banshi.files.findings import Citation
from banshi.files.not_stated import if_stated
from banshi.law.norms import Enumeration
from banshi.subjects.parallel.context import CaseFile, said_of
from banshi.subjects.parallel.forms import FIELD_TYPES, MATERIAL_FORMS, Field
from banshi.subjects.parallel.one_form import FormMaterial, MergedField, OneForm, by_department, names, one_form

ONE_FORM = "duty of=one_form"
LEFT_OUT = Text("没有列入这张表，改好事项目录再合一次：", "Left out; correct the catalogue, and merge again:")
_MANY = 4


@dataclass(frozen=True)
class OneFormSheet:
    """The form of a case, and how its lines read."""

    file: CaseFile

    @cached_property
    def form(self) -> OneForm:
        """The merged form."""
        return one_form(self.file)

    @property
    def title(self) -> str:
        """企业设立登记并联审批申请表."""
        law, kind = self.file.law, self.file.catalogue.case_kind
        kinds = next((p.norm for p in law.all(Enumeration) if p.norm.of == "case_kind"), None) if law else None
        name = next((value.name for value in kinds.values if value.value == kind), "") if kinds else ""
        return f"{name}并联审批申请表"

    @property
    def basis(self) -> tuple[Citation, ...]:
        """The provision that wants one form; only for the kind of case that it speaks of."""
        return tuple(placed.cite for placed in said_of(self.file.catalogue.case_kind, self.file.law, (ONE_FORM,)))

    @property
    def saved(self) -> Text:
        """How much less is asked than one by one."""
        fields, materials = self.form.asked_before
        now, handed, left = len(self.form.fields), len(self.form.handed_in), len(self.form.left_out)
        rest = Text(f"（没有列入的 {left} 项不算）", f" ({left} left out)") if left else Text("", "")
        return Text(
            f"{len(self.file.items)} 个事项分开填写要填 {fields} 项、交 {materials} 份次材料，合成一张后填 {now} 项、交 {handed} 种材料{rest.zh}",
            f"{fields} fields and {materials} materials one by one; {now} and {handed} on one form{rest.en}",
        )

    def needed_by(self, line: MergedField | FormMaterial) -> str:
        """Departments with the items."""
        catalogue = self.file.catalogue
        if len(line.items) == len(self.file.items) > 1:
            return "全部事项"
        return f"{by_department(catalogue, line.departments)}（{names(catalogue, line.items, _MANY)}）"

    def source(self, line: FormMaterial) -> str:
        """The item whose result a material is, with its department."""
        item = self.file.catalogue.by_id[str(line.source)]
        department = if_stated(lambda: self.file.catalogue.department_name(item.department))
        return f"{item.name}（{department or '部门没有写明'}）"


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


def copies(line: FormMaterial) -> str:
    """Paper copies in all."""
    return "原文未载明" if line.copies is None else f"{line.copies} 份"


def paper(line: FormMaterial) -> str:
    """Paper, electronic, or both."""
    return MATERIAL_FORMS[line.material.form] if line.material.form else "未写明"


def as_text(sheet: OneFormSheet, lang: Lang) -> str:
    """The form for a terminal."""
    form, (name, number) = sheet.form, sheet.file.called
    fields = [["项目", "填写", "谁需要"], *([f.field.name, how(f), sheet.needed_by(f)] for f in form.fields)]
    materials = [["材料", "形式", "份数", "谁需要"]]
    materials += [[m.material.name, paper(m), copies(m), sheet.needed_by(m)] for m in form.handed_in]
    lines = [f"{sheet.title}  {name}  {number}", sheet.saved.say(lang), "", *lined_up(fields)]
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
