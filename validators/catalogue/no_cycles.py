"""前置事项不绕圈

甲要先有乙，乙又要先有甲，两个都办不了。每个圈报一次，写明绕成圈的事项。
"""

from collections.abc import Iterator
from itertools import pairwise

from banshi.checking.rules import Problem, Text
from banshi.subjects.parallel.context import CatalogueFile, cycles

TITLE = Text("前置事项不绕圈", "Prerequisites do not go in a circle")
SEVERITY = "error"
BASIS = ()
GOOD = """
departments:
  - {id: chengguan, name: 城市管理}
  - {id: gongan, name: 公安}
"""
BAD = """
published: {document: 样例区公布的事项（虚构）, items: [first, second]}
items:
  - {id: first, name: 甲, department: gongan, with: [chengguan], stage: approval, requires: [second], limits: {statutory: 10, promised: 3}}
  - {id: second, name: 乙, department: chengguan, with: [gongan], stage: approval, requires: [first], limits: {statutory: 10, promised: 3}}
"""


def check(file: CatalogueFile) -> Iterator[Problem]:
    """Each circle, at its first item."""
    items = list(file.catalogue.by_id.values())
    places = {item.id: n for n, item in reversed(list(enumerate(file.catalogue.items)))}
    for circle in cycles(tuple(items)):
        if len(circle) == 1:  # an item that requires itself is told where references are
            continue
        way = [*circle, circle[0]]
        said = "，".join(f"“{_name(file, a)}”要先有“{_name(file, b)}”" for a, b in pairwise(way))
        yield Problem(
            where=("items", places[circle[0]], "requires"),
            message=Text(f"前置事项绕成了圈：{said}", f"prerequisites go in a circle: {' needs '.join(way)}"),
            fix=Text("去掉其中一个前置，或改为同步审查。", "Remove one of these prerequisites."),
        )


def _name(file: CatalogueFile, item: str) -> str:
    return file.catalogue.item_name(item)
