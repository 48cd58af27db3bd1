"""标识、名称不重复

部门、阶段、事项在目录里各用自己的标识；一个事项的材料、申请表项目也不重复；名称也一样（材料除外）。重复了，别处引用的是哪一个就不清楚。
"""

from collections.abc import Iterator

from banshi.checking.rules import Problem, Text
from banshi.files.findings import Route
from banshi.files.not_stated import each_apart
from banshi.subjects.parallel.context import CatalogueFile
from banshi.subjects.parallel.forms import Catalogue, Item

TITLE = Text("标识、名称不重复", "Ids and names are unique")
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
    yield from each_apart(_of_catalogue(file.catalogue))


def _of_catalogue(catalogue: Catalogue) -> Iterator[Iterator[Problem]]:
    yield from (_repeated(catalogue, key, (key,)) for key in ("departments", "stages", "items"))
    for n, item in enumerate(catalogue.items):
        yield from (_repeated(item, key, ("items", n, key)) for key in ("materials", "fields"))


def _repeated(holder: Catalogue | Item, key: str, where: Route) -> Iterator[Problem]:
    first: dict[str, int] = {}
    for n, one in enumerate(each.id for each in getattr(holder, key)):
        if one in first:
            message = Text(
                f"标识 {one} 与第 {first[one] + 1} 个重复", f"the id {one} is already used by number {first[one] + 1}"
            )
            yield Problem(where=(*where, n, "id"), message=message, fix=_FIX)
        first.setdefault(one, n)
    names: dict[str, int] = {}
    for n, name in enumerate(each.name for each in getattr(holder, key)):
        if names.setdefault(name, n) != n and key != "materials":  # the same paper may be asked for twice, in two forms
            message = Text(f"“{name}”与第 {names[name] + 1} 个同名", f"number {names[name] + 1} is called {name}, too")
            yield Problem(where=(*where, n, "name"), message=message, fix=_NAMES)


_NAMES = Text("改成不同的名称，或删去重复的一个。", "Give them different names, or remove the repeated entry.")
_FIX = Text("换一个标识，或删去重复的一个。", "Choose another id, or remove the repeated entry.")
