"""第三类的每个事项涉及的部门够数

“一个审批事项涉及两个以上部门”这一类，每个事项要写明主办部门和协同部门，合计达到通知所说的数目，否则不能归入这一类。
"""

from collections.abc import Iterator
from decimal import Decimal

from banshi.checking.rules import Problem, Text
from banshi.files.not_stated import each_apart
from banshi.law.instruments import Placed
from banshi.law.norms import Classification
from banshi.subjects.parallel.context import CatalogueFile
from banshi.subjects.parallel.forms import Item

TITLE = Text("第三类的每个事项涉及的部门够数", "Items of the third kind involve enough departments")
SEVERITY = "error"
BASIS = ("classification",)
_ITEM = """
items:
  - {id: road-opinion, name: 占道意见, department: gongan, stage: approval, limits: {statutory: 10, promised: 3}%s}
"""
GOOD = _ITEM % ", with: [chengguan]"
BAD = _ITEM % "   # 只有一个部门\n   "


def check(file: CatalogueFile) -> Iterator[Problem]:
    """Each item of a catalogue of this kind."""
    kind = file.catalogue.case_kind
    several = [p for p in file.law.all(Classification) if p.norm.measure == "departments"] if file.law else []
    wanted = next((placed for placed in several if placed.norm.of == kind), None)
    if wanted:
        yield from each_apart(_of_item(wanted, n, item) for n, item in enumerate(file.catalogue.items))


def _of_item(wanted: Placed[Classification], n: int, item: Item) -> Iterator[Problem]:
    found = len(item.departments)
    if not wanted.norm.bound.contains(Decimal(found)):
        most = wanted.norm.bound.phrase({})
        yield Problem(
            where=("items", n, "department"),
            message=Text(
                f"“{item.name}”只涉及 {found} 个部门，这一类要{most}",
                f"{item.name} involves {found} department(s), too few for this kind",
            ),
            fix=Text("在 with 补上协同部门，或改归其他类。", "Add the other departments to with, or change the kind."),
        )
