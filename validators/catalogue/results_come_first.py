"""要交别的事项的结果，就以它为前置

材料写明是另一事项的办理结果，那个事项（或要先有它的事项）应当列为前置，否则计划会让两个事项同时开始，材料却还没有。
"""

from collections.abc import Iterator

from banshi.checking.rules import Problem, Text
from banshi.files.not_stated import each_apart
from banshi.subjects.parallel.context import CatalogueFile
from banshi.subjects.parallel.forms import Catalogue, Item

TITLE = Text("要交别的事项的结果，就以它为前置", "A result that is handed in is a prerequisite")
SEVERITY = "warning"
BASIS = ()
_ITEMS = """
items:
  - {id: road-opinion, name: 占道意见, department: gongan, with: [chengguan], stage: approval}
  - {id: road-occupation, name: 占道审批, department: chengguan, with: [gongan], stage: construction, %s
     materials: [{id: opinion, name: 占道意见书, from_item: road-opinion}]}
"""
GOOD = _ITEMS % "requires: [road-opinion],"
BAD = _ITEMS % "  # 没有写前置\n    "


def check(file: CatalogueFile) -> Iterator[Problem]:
    """Each material that is another item's result."""
    items = file.catalogue.items
    yield from each_apart(_of_item(file.catalogue, n, item) for n, item in enumerate(items))


def _of_item(catalogue: Catalogue, n: int, item: Item) -> Iterator[Problem]:
    if not item.materials:
        return
    needed = _needed(catalogue, item.id)
    for m, material in enumerate(item.materials):
        source = material.from_item
        if source in catalogue.by_id and source != item.id and source not in needed:
            yield Problem(
                where=("items", n, "materials", m, "from_item"),
                message=Text(
                    f"材料“{material.name}”是“{catalogue.item_name(str(source))}”的结果，它却不是前置事项",
                    f"{material.name} is the result of {source}, which is no prerequisite",
                ),
                fix=Text(f"在 requires 里补上 {source}。", f"Add {source} to requires."),
            )


def _needed(catalogue: Catalogue, item: str) -> set[str]:
    """Everything that must be there before an item, near and far."""
    found: set[str] = set()
    left = [item]
    while left:
        for required in catalogue.by_id[left.pop()].requires:
            if required in catalogue.by_id and required not in found:
                found.add(required)
                left.append(required)
    return found
