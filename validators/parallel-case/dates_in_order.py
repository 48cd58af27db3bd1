"""办结日在受理日和截至日之间

事项不会在受理以前办结，也不会在截至日以后。要先有前置才能受理的，也不会在前置办结以前办结；提前介入的，以前置办结后出具结果的日子为准。
"""

import datetime
from collections.abc import Iterator

from banshi.checking.rules import Problem, Text
from banshi.files.findings import Severity
from banshi.files.not_stated import all_stated, each_apart
from banshi.subjects.parallel.context import CaseFile
from banshi.subjects.parallel.forms import Case

TITLE = Text("办结日在受理日和截至日之间", "Items are finished between acceptance and the day stated")
SUBJECT = "parallel-case"
SEVERITY = "error"
BASIS = ()
GOOD = """
done: {road-opinion: 2011-09-08}
"""
BAD = """
done: {road-opinion: 2011-09-02}    # 9月5日才受理
"""


def check(file: CaseFile) -> Iterator[Problem]:
    """Each finished item."""
    yield from each_apart(_looked_at(file))


def _looked_at(file: CaseFile) -> Iterator[Iterator[Problem]]:
    yield _day_asked_about(file.case)
    for one, day in all_stated(file.case.done):
        yield _within(file, one, day)
        yield _before_its_prerequisites(file, one)


def _day_asked_about(case: Case) -> Iterator[Problem]:
    if case.as_of is not None and case.as_of < case.starts_on:
        message = Text(
            f"截至日 {case.as_of} 早于受理日 {case.starts_on}", f"as of {case.as_of}, before {case.starts_on}"
        )
        yield Problem(where=("as_of",), message=message, fix=_FIX)


def _within(file: CaseFile, one: str, day: datetime.date) -> Iterator[Problem]:
    case, name = file.case, file.catalogue.item_name(one)
    if day < case.starts_on:
        message = Text(
            f"“{name}”{day} 办结，早于受理日 {case.starts_on}", f"{name} finished on {day}, before {case.starts_on}"
        )
        yield Problem(where=("done", one), message=message, fix=_FIX)
    elif case.as_of is not None and day > case.as_of:
        message = Text(f"“{name}”{day} 办结，晚于截至日 {case.as_of}", f"{name} finished on {day}, after {case.as_of}")
        yield Problem(where=("done", one), message=message, fix=_FIX)


def _before_its_prerequisites(file: CaseFile, one: str) -> Iterator[Problem]:
    item = file.catalogue.by_id.get(one)
    here = {i.id for i in file.items}
    for required in item.requires if item and item.id in here else ():
        day, before = file.case.done[one], file.case.done.get(required)
        if required in here and (before is None or before > day):
            when = f"{before} 才办结" if before else "还没有办结"
            name, first = file.catalogue.item_name(one), file.catalogue.item_name(required)
            message = Text(
                f"“{name}”{day} 办结，它的前置“{first}”{when}", f"{name} finished on {day}, before its prerequisite"
            )
            yield Problem(where=("done", one), message=message, fix=_ORDER, severity=Severity.WARNING)


_FIX = Text("核对日期。", "Check the dates.")
_ORDER = Text("核对办结日；确是前置的，先办前置。", "Check the days, and whether it is a prerequisite.")
