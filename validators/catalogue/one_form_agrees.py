"""同一项内容、同一种材料写法一致

“一表制”把各事项的申请表合成一张，同一标识的内容只填一次、材料只交一次。填写方式、单位、选项、名称或形式不一致，就不知道按哪个填。
"""

from collections.abc import Iterator

from banshi.checking.rules import Problem, Text
from banshi.files.not_stated import NotStated
from banshi.subjects.parallel.context import CatalogueFile
from banshi.subjects.parallel.one_form import merged

TITLE = Text("同一项内容、同一种材料写法一致", "One field or material is described alike")
SEVERITY = "warning"
BASIS = ("duty of=one_form",)
_ITEMS = """
items:
  - id: road-opinion
    name: 占道意见
    department: gongan
    with: [chengguan]
    stage: approval
    fields: [{id: area, name: 占道面积, type: integer, unit: 平方米}]
  - id: road-occupation
    name: 占道审批
    department: chengguan
    with: [gongan]
    stage: construction
    fields: [{id: area, name: 占道面积, type: %s}]
"""
GOOD = _ITEMS % "integer, unit: 平方米"
BAD = _ITEMS % "text             # 前面是整数\n     "


def check(file: CatalogueFile) -> Iterator[Problem]:
    """Each trait in which items differ, where they first do."""
    catalogue = file.catalogue
    # Where the law asks for one form of other kinds of case only, it is this project's advice.
    basis = tuple(placed.cite for placed in file.of_this_kind(*BASIS))
    form = merged(catalogue, catalogue.items)
    for conflict in form.conflicts:
        yield Problem(
            where=conflict.places[0],
            message=conflict.say(catalogue),
            fix=Text(
                "确是同一项的，统一写法；不是的，换一个标识。",
                "Describe it alike, or give what is not the same another id.",
            ),
            basis=basis,
        )
    for lacking in form.left_out:
        raise NotStated(lacking.way)
