"""目录延伸到后面的阶段

文件要求某类办件的审批事项向后面的阶段延伸、列了阶段的，某个阶段一个事项也没有的，提示。
"""

from collections.abc import Iterator

from banshi.checking.rules import Problem, Text
from banshi.subjects.parallel.context import CatalogueFile

TITLE = Text("目录延伸到后面的阶段", "The catalogue reaches the later stages")
SEVERITY = "note"
BASIS = ("enumeration of=project_stage",)
GOOD = """
case_kind: investment_project
stages: [{id: preliminary_design, name: 初设}, {id: construction_preparation, name: 开工准备}, {id: construction, name: 建设实施}]
published: {document: 样例区公布的事项（虚构）, items: [a, b, c]}
items:
  - {id: a, name: 甲, department: gongan, stage: preliminary_design}
  - {id: b, name: 乙, department: gongan, stage: construction_preparation}
  - {id: c, name: 丙, department: gongan, stage: construction}
"""
BAD = """
case_kind: investment_project    # 没有初设、开工准备的事项
"""


def check(file: CatalogueFile) -> Iterator[Problem]:
    """Each stage of the notice, by id or name."""
    used = {item.stage for item in file.catalogue.items}
    present = {word for s in file.catalogue.stages if s.id in used for word in (s.id, s.name)}
    wanted = file.of_this_kind(*BASIS)
    for stage in wanted[0].norm.values if wanted else ():
        if not present & {stage.value, stage.name}:
            yield Problem(
                where=("stages",),
                message=Text(f"“{stage.name}”阶段没有事项", f"no item stands in the stage {stage.value}"),
                fix=Text("把这一阶段的事项配置进来。", "Take in the items of this stage."),
                at_key=True,
            )
