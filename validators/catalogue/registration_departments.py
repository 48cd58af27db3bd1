"""该参加的部门齐全

文件列了某类办件的审批要有哪几个部门参加的，这一类的目录里都要有，而且各有事项。目录里的部门，标识与文件的相同，
或者名称里有文件所写的名称的，就是那个部门。
"""

from collections.abc import Iterator

from banshi.checking.rules import Problem, Text
from banshi.subjects.parallel.context import CatalogueFile

TITLE = Text("该参加的部门齐全", "All departments that should take part do")
SEVERITY = "warning"
BASIS = ("enumeration of=taking_part",)
_FOUR = """
case_kind: enterprise_registration
departments: [{id: gongshang, name: 工商}, {id: zhijian, name: 质监}, {id: tax, name: 税务}%s]
published: {document: 样例区公布的事项（虚构）, items: [a, b, c, d]}
items:
  - {id: a, name: 设立登记, department: gongshang}
  - {id: b, name: 代码登记, department: zhijian}
  - {id: c, name: 税务登记, department: tax}
"""
GOOD = _FOUR % ", {id: gongan, name: 公安}" + "  - {id: d, name: 刻章审批, department: gongan}\n"
BAD = _FOUR % ""


def check(file: CatalogueFile) -> Iterator[Problem]:
    """Each department of the notice, in a catalogue for this kind of case."""
    at_work = {department for item in file.catalogue.items for department in item.departments}
    names = [d.name for d in file.catalogue.departments if d.id in at_work]
    listed = file.of_this_kind(*BASIS)
    for wanted in listed[0].norm.values if listed else ():
        if wanted.value not in at_work and not any(wanted.name in name for name in names):
            yield Problem(
                where=("departments",),
                message=Text(f"没有{wanted.name}部门的事项", f"no item of the department {wanted.name}"),
                fix=Text(f"在 departments 和 items 里补上{wanted.name}。", f"Add {wanted.name} with its items."),
                at_key=True,
            )
