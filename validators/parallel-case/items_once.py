"""事项只列一次

一个事项在 items 里只写一次；已有结果的（held）不再列为要办的。写重了的只算一次，已有结果的不排进计划。
"""

from collections.abc import Iterator

from banshi.checking.rules import Problem, Text
from banshi.subjects.parallel.context import CaseFile

TITLE = Text("事项只列一次", "Each item is listed once")
SUBJECT = "parallel-case"
SEVERITY = "error"
BASIS = ()
GOOD = """
items: [road-opinion, road-occupation]
"""
BAD = """
items: [road-opinion, road-occupation, road-opinion]     # 写了两次
"""


def check(file: CaseFile) -> Iterator[Problem]:
    """Each item of the case, and each that is held."""
    case = file.case
    for key, ids in (("items", case.items), ("held", case.held)):
        for n, one in enumerate(ids):
            if one in ids[:n]:
                name = file.catalogue.item_name(one)
                message = Text(f"“{name}”写了两次", f"{name} is listed twice")
                yield Problem(where=(key, n), message=message, fix=_ONCE)
    for n, one in enumerate(case.held):
        if one in case.items and one not in case.held[:n]:
            name = file.catalogue.item_name(one)
            message = Text(
                f"“{name}”列为要办的，又写了已有结果，没有排进计划", f"{name} is both to be handled and held: left out"
            )
            yield Problem(where=("held", n), message=message, fix=_WHICH)


_ONCE = Text("删去重复的一个。", "Remove the repeated one.")
_WHICH = Text("已有结果的从 items 去掉；还要办的从 held 去掉。", "Keep it in items or in held, whichever holds.")
