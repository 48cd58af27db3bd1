"""企业设立登记的部门齐全

企业设立登记并联审批要协调通知所列的几个部门，目录里都要有，而且各有事项。
"""

from collections.abc import Iterator

from banshi.catalogue.context import CatalogueFile
from banshi.norms import Enumeration
from banshi.rules import Problem, Text

TITLE = Text("企业设立登记的部门齐全", "Registration takes in all its departments")
SEVERITY = "warning"
BASIS = ("enumeration of=registration_department",)
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
KIND, OF = "enterprise_registration", "registration_department"


def check(file: CatalogueFile) -> Iterator[Problem]:
    """Each department of the notice, in a catalogue for registrations."""
    if file.law is None or file.catalogue.case_kind != KIND:
        return
    at_work = {department for item in file.catalogue.items for department in item.departments}
    names = [d.name for d in file.catalogue.departments if d.id in at_work]
    listed = next((placed for placed in file.law.all(Enumeration) if placed.norm.of == OF), None)
    for wanted in listed.norm.values if listed else ():
        if not any(wanted.name in name for name in names):
            yield Problem(
                where=("departments",),
                message=Text(f"没有{wanted.name}部门的事项", f"no item of the department {wanted.name}"),
                fix=Text(f"在 departments 和 items 里补上{wanted.name}。", f"Add {wanted.name} with its items."),
                at_key=True,
            )
