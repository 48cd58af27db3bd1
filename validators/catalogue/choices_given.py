"""选择项写明选项

申请表项目的填写方式是“选择”的，要列出选项；不是的，不写选项。
"""

from collections.abc import Iterator

from banshi.checking.rules import Problem, Text
from banshi.files.not_stated import each_apart
from banshi.subjects.parallel.context import CatalogueFile
from banshi.subjects.parallel.forms import Item

TITLE = Text("选择项写明选项", "A choice has its choices")
SEVERITY = "error"
BASIS = ()
_ITEM = """
items:
  - {id: road-opinion, name: 占道意见, department: gongan, with: [chengguan], stage: approval,
     fields: [{id: reason, name: 占道原因, type: choice%s}]}
"""
GOOD = _ITEM % ", choices: [施工, 活动]"
BAD = _ITEM % "   # 没有选项\n     "


def check(file: CatalogueFile) -> Iterator[Problem]:
    """Each field of each item."""
    yield from each_apart(_of_item(n, item) for n, item in enumerate(file.catalogue.items))


def _of_item(n: int, item: Item) -> Iterator[Problem]:
    for m, field in enumerate(item.fields):
        where = ("items", n, "fields", m)
        if field.type == "choice" and not field.choices:
            message = Text(f"“{field.name}”要选择，却没有选项", f"{field.name} is a choice without choices")
            yield Problem(where=(*where, "type"), message=message, fix=_ADD)
        elif field.choices and field.type != "choice":
            message = Text(f"“{field.name}”不是选择项，却写了选项", f"{field.name} has choices but is no choice")
            yield Problem(where=(*where, "choices"), message=message, fix=_DROP)


_ADD = Text("补上 choices，或换一种填写方式。", "Add choices, or change the type.")
_DROP = Text("去掉 choices，或把填写方式改为 choice。", "Remove choices, or make it a choice.")
