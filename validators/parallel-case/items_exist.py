"""办件的事项都在目录里

本件要办的、已有结果的、已经办完的，都用目录里的事项标识。目录里没有的不会排进计划。已经办完的也要是本件要办的。
"""

from collections.abc import Iterator, Mapping
from typing import Any

from banshi.base.text import did_you_mean
from banshi.checking.rules import Problem, Text
from banshi.files.findings import Route
from banshi.files.not_stated import all_stated, each_apart
from banshi.subjects.parallel.context import CaseFile

TITLE = Text("办件的事项都在目录里", "The items of a case are in its catalogue")
SUBJECT = "parallel-case"
SEVERITY = "error"
BASIS = ()
GOOD = """
items: [road-opinion, road-occupation]
"""
BAD = """
items: [road-opinion, road-ocupation]     # 写错了
"""


def check(file: CaseFile) -> Iterator[Problem]:
    """Each item named, and each that is finished."""
    known = file.catalogue.by_id
    parts = _named(file, "items"), _named(file, "held"), _finished(file)
    yield from each_apart([*(_all_known(part, known) for part in parts), _outside(file)])


def _named(file: CaseFile, key: str) -> Iterator[tuple[Route, str]]:
    yield from (((key, n), one) for n, one in enumerate(getattr(file.case, key)))


def _finished(file: CaseFile) -> Iterator[tuple[Route, str]]:
    yield from ((("done", one), one) for one, _ in all_stated(file.case.done))


def _all_known(named: Iterator[tuple[Route, str]], known: Mapping[str, Any]) -> Iterator[Problem]:
    yield from (_unknown(where, one, known) for where, one in named if one not in known)


def _unknown(where: Route, one: str, known: Mapping[str, Any]) -> Problem:
    guess = did_you_mean(one, list(known))
    return Problem(
        where=where,
        message=Text(f"目录里没有事项 {one}", f"the catalogue has no item {one}"),
        fix=Text(f"{guess.zh}改成目录里的标识。", f"{guess.en} Use an id of the catalogue.".strip()),
        at_key=where[0] == "done",
    )


def _outside(file: CaseFile) -> Iterator[Problem]:
    """What is finished, or held, without being part of the case."""
    here = {item.id for item in file.items}
    for one, _ in all_stated(file.case.done):
        if one in file.catalogue.by_id and one not in here:
            name = file.catalogue.item_name(one)
            message = Text(f"“{name}”已办结，却不是本件要办的", f"{name} is finished but no item of the case")
            yield Problem(where=("done", one), message=message, fix=_FIX, at_key=True)


_FIX = Text(
    "列入 items；以前办的写进 held，从 done 去掉。",
    "Add it to items; if it was finished before the case, move it to held.",
)
