"""引用的部门、阶段和事项都在目录里

主办部门、协同部门、阶段要在目录的 departments、stages 里；前置事项、材料所来自的事项要在 items 里，也不能是事项自己。前置事项不存在，就排不出计划。
"""

from collections.abc import Callable, Iterator
from functools import cache

from banshi.base.text import did_you_mean
from banshi.checking.rules import Problem, Text
from banshi.files.findings import Route
from banshi.files.not_stated import each_apart
from banshi.subjects.parallel.context import CatalogueFile
from banshi.subjects.parallel.forms import Catalogue, Item

TITLE = Text("引用的部门、阶段和事项都在目录里", "Departments, stages and items referred to exist")
SEVERITY = "error"
BASIS = ()
GOOD = """
departments:
  - {id: chengguan, name: 城市管理}
  - {id: gongan, name: 公安}
"""
BAD = """
items:
  - id: road-occupation
    name: 占道审批
    department: chengguan
    with: [gongan]
    stage: construction
    limits: {statutory: 20, promised: 6, unit: 工作日}
    requires: [road-opinions]          # 没有这个事项
"""

Known = Callable[[], set[str]]


def check(file: CatalogueFile) -> Iterator[Problem]:
    """Each reference of each item."""
    yield from each_apart(_references(file.catalogue))


def _references(catalogue: Catalogue) -> Iterator[Iterator[Problem]]:
    departments: Known = cache(lambda: {d.id for d in catalogue.departments})
    stages: Known = cache(lambda: {s.id for s in catalogue.stages})
    items: Known = cache(lambda: set(catalogue.by_id))
    for n, item in enumerate(catalogue.items):
        yield _all_known(_departments(item), departments, ("items", n), Text("部门", "department"))
        yield _all_known(_stage(item), stages, ("items", n), Text("阶段", "stage"))
        yield _all_known(_items(item), items, ("items", n), Text("事项", "item"))
        yield _not_itself(item, ("items", n))


def _all_known(named: Iterator[tuple[Route, str]], known: Known, here: Route, what: Text) -> Iterator[Problem]:
    for where, one in named:
        yield from _unknown(one, known(), (*here, *where), what)


def _not_itself(item: Item, here: Route) -> Iterator[Problem]:
    for where, named in _items(item):
        if named == item.id:
            yield Problem(where=(*here, *where), message=_ITSELF, fix=_DROP)


def _stage(item: Item) -> Iterator[tuple[Route, str]]:
    if item.stage is not None:
        yield ("stage",), item.stage


def _departments(item: Item) -> Iterator[tuple[Route, str]]:
    yield ("department",), item.department
    for n, other in enumerate(item.others):
        yield ("with", n), other


def _items(item: Item) -> Iterator[tuple[Route, str]]:
    for n, required in enumerate(item.requires):
        yield ("requires", n), required
    for n, material in enumerate(item.materials):
        if material.from_item is not None:
            yield ("materials", n, "from_item"), material.from_item


def _unknown(named: str, known: set[str], where: Route, what: Text) -> Iterator[Problem]:
    if named in known:
        return
    guess = did_you_mean(named, sorted(known))
    yield Problem(
        where=where,
        message=Text(f"目录里没有{what.zh} {named}", f"the catalogue has no {what.en} {named}"),
        fix=Text(f"{guess.zh}改正标识，或在目录里补上它。", f"{guess.en} Correct the id, or add it.".strip()),
    )


_ITSELF = Text("引用的是事项自己", "an item refers to itself")
_DROP = Text("去掉它，或改成要先有的那个事项。", "Remove it, or name the item that comes first.")
