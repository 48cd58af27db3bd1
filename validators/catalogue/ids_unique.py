"""标识不重复

部门、阶段、事项在目录里各用自己的标识；一个事项的材料、申请表项目也不重复。重复了，别处引用的是哪一个就不清楚。
"""

from collections.abc import Iterable, Iterator

from banshi.checking.rules import Problem, Text
from banshi.files.findings import Route
from banshi.subjects.parallel.context import CatalogueFile

TITLE = Text("标识不重复", "Ids are unique")
SEVERITY = "error"
BASIS = ()
GOOD = """
departments:
  - {id: chengguan, name: 城市管理}
  - {id: gongan, name: 公安}
"""
BAD = """
departments:
  - {id: chengguan, name: 城市管理}
  - {id: gongan, name: 公安}
  - {id: gongan, name: 公安交警}      # 标识重复
"""


def check(file: CatalogueFile) -> Iterator[Problem]:
    """Each list of things with ids."""
    catalogue = file.catalogue
    yield from _repeated((d.id for d in catalogue.departments), ("departments",))
    yield from _repeated((s.id for s in catalogue.stages), ("stages",))
    yield from _repeated((i.id for i in catalogue.items), ("items",))
    for n, item in enumerate(catalogue.items):
        yield from _repeated((m.id for m in item.materials), ("items", n, "materials"))
        yield from _repeated((f.id for f in item.fields), ("items", n, "fields"))


def _repeated(ids: Iterable[str], where: Route) -> Iterator[Problem]:
    first: dict[str, int] = {}
    for n, one in enumerate(ids):
        if one in first:
            message = Text(
                f"标识 {one} 与第 {first[one] + 1} 个重复", f"the id {one} is already used by number {first[one] + 1}"
            )
            yield Problem(where=(*where, n, "id"), message=message, fix=_FIX)
        first.setdefault(one, n)


_FIX = Text("换一个标识，或删去重复的一个。", "Choose another id, or remove the repeated entry.")
