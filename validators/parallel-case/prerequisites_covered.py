"""前置事项列入本件或已有结果

一个事项的前置，要么也在本件里办，要么申请人以前已经有结果（写进 held）。都没有的，计划按已经具备推算，可能办不下去。
"""

from collections.abc import Iterator

from banshi.base.text import listed
from banshi.checking.rules import Problem, Text
from banshi.files.not_stated import each_apart
from banshi.subjects.parallel.context import CaseFile
from banshi.subjects.parallel.forms import Item

TITLE = Text("前置事项列入本件或已有结果", "Prerequisites are in the case, or held")
SUBJECT = "parallel-case"
SEVERITY = "warning"
BASIS = ()
GOOD = """
items: [road-occupation]
held: [road-opinion]
done: {road-occupation: 2011-09-09}
"""
BAD = """
items: [road-occupation]      # 缺占道意见
done: {road-occupation: 2011-09-09}
"""


def check(file: CaseFile) -> Iterator[Problem]:
    """Each item of the case."""
    yield from each_apart(_of_item(file, item) for item in file.items)


def _of_item(file: CaseFile, item: Item) -> Iterator[Problem]:
    lacking = [one for one in file.missing(item) if one in file.catalogue.by_id]
    if lacking:
        names = listed(file.catalogue.item_name(one) for one in lacking)
        place = ("items", file.case.items.index(item.id)) if item.id in file.case.items else ("held",)
        yield Problem(
            where=place,
            message=Text(f"“{item.name}”要先有{names}", f"{item.name} needs {', '.join(lacking)} first"),
            fix=Text(
                f"在 items 里补上 {'、'.join(lacking)}；已有结果的写进 held。",
                f"Add {', '.join(lacking)} to items, or to held.",
            ),
        )
