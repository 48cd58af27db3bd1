"""事项按时办结

每个事项从前置办结、受理的次日起算，按承诺时限推出最后一天；没有承诺的按法定时限。办结晚于这一天，或到截至日还没有办结，就是超期件，通知要求不出现。
"""

from collections.abc import Iterator

from banshi.checking.rules import Problem, Text
from banshi.files.findings import Citation
from banshi.files.not_stated import all_stated
from banshi.law.norms import Target
from banshi.subjects.parallel.answer import ScheduleAnswer, answer
from banshi.subjects.parallel.context import CaseFile
from banshi.subjects.parallel.holdups import FINISHED_LATE, OVERDUE, status
from banshi.subjects.parallel.schedule import Slot, working

TITLE = Text("事项按时办结", "Items are finished in time")
SUBJECT = "parallel-case"
SEVERITY = "warning"
BASIS = ("target measure=overdue_cases",)
GOOD = """
done: {road-opinion: 2011-09-08}     # 9月5日受理，3个工作日
"""
BAD = """
done: {road-opinion: 2011-09-09}     # 晚了一个工作日
"""
MEASURE = "overdue_cases"


def check(file: CaseFile) -> Iterator[Problem]:
    """Each item of the schedule as it stands."""
    answers = [found for found in map(answer, file.as_it_may_be) if isinstance(found, ScheduleAnswer)]
    for slots in zip(*(found.stands.slots for found in answers), strict=True):
        certain = {
            (status(found.file, slot), slot.due, slot.finished) for found, slot in zip(answers, slots, strict=True)
        }
        how, *_ = next(iter(certain))
        if len(certain) == 1 and how in (OVERDUE, FINISHED_LATE):
            yield _problem(file, slots[0], how)
    yield from _open(file)


def _open(file: CaseFile) -> Iterator[Problem]:
    """That it is not stated when some item was finished: what rests on that was passed over."""
    for _ in all_stated(file.case.done):
        yield from ()


def _problem(file: CaseFile, slot: Slot, how: str) -> Problem:
    on = slot.finished or file.as_of
    days = working(file.days, slot.due, on)
    late = f"超期 {days} 个工作日" if days else "超期"
    then = f"{slot.finished} 才办结" if slot.finished else f"到 {file.as_of} 还没有办结"
    key = slot.item.id
    return Problem(
        where=("done", key) if slot.finished else ("as_of",),
        message=Text(
            f"“{slot.item.name}”应在 {slot.due} 办结，{then}，{late}",
            f"{slot.item.name} was due on {slot.due}: {'finished late' if slot.finished else 'not finished'}",
        ),
        fix=_LATE if how == FINISHED_LATE else _NOW,
        basis=_basis(file),
    )


def _basis(file: CaseFile) -> tuple[Citation, ...]:
    found = file.law.all(Target) if file.law else []
    kind = file.catalogue.case_kind
    return tuple(p.cite for p in found if p.norm.measure == MEASURE and p.norm.speaks_of(kind))


_LATE = Text("核对日期；确是超期的，记录原因。", "Check the dates; if it was late, record why.")
_NOW = Text("督促主办部门办结；已经办结的补上办结日。", "Urge the department; if finished, add the day to done.")
