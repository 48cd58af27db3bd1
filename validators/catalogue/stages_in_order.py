"""前置事项不在后面的阶段

一个事项要等后面阶段的事项先有结果，这个阶段就收不了尾。多半是阶段或前置写错了。
"""

from collections.abc import Iterator

from banshi.checking.rules import Problem, Text
from banshi.files.not_stated import each_apart
from banshi.subjects.parallel.context import CatalogueFile
from banshi.subjects.parallel.forms import Catalogue, Item

TITLE = Text("前置事项不在后面的阶段", "Prerequisites are not in later stages")
SEVERITY = "warning"
BASIS = ()
GOOD = """
stages: [{id: approval, name: 立项}, {id: construction, name: 建设实施}]
"""
BAD = """
stages: [{id: construction, name: 建设实施}, {id: approval, name: 立项}]    # 阶段的先后写反了
"""


def check(file: CatalogueFile) -> Iterator[Problem]:
    """Each prerequisite of each item, by the order of the stages."""
    catalogue = file.catalogue
    order = {stage.id: n for n, stage in enumerate(catalogue.stages)}
    yield from each_apart(_of_item(catalogue, order, n, item) for n, item in enumerate(catalogue.items))


def _of_item(catalogue: Catalogue, order: dict[str, int], n: int, item: Item) -> Iterator[Problem]:
    for m, required in enumerate(item.requires):
        before = catalogue.by_id.get(required)
        if before and item.stage in order and before.stage in order and order[before.stage] > order[item.stage]:
            yield Problem(
                where=("items", n, "requires", m),
                message=Text(
                    f"“{item.name}”在{catalogue.stage_name(item.stage)}阶段，"
                    f"前置“{before.name}”却在后面的{catalogue.stage_name(before.stage)}阶段",
                    f"{item.name} needs {before.name}, which belongs to a later stage",
                ),
                fix=Text("核对两个事项的阶段和前置关系。", "Check the stages and the prerequisite."),
            )
