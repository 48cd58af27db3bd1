"""The calculators of a guide on attendance: whom to ask for leave, and whether the punches of a day are normal."""

from functools import partial

from banshi.law.library import Law, Library
from banshi.law.norms import LeaveApproval, PunchWindow, WorkingTime
from banshi.law.working_days import WorkingDays
from banshi.site.calculators import leave, punches
from banshi.site.calculators.data import Cites, Node
from banshi.site.calculators.laws import PLACE, Laws, placed
from banshi.subjects.attendance.rulebook import SUBJECT
from banshi.subjects.attendance.vocabulary import words_of


def calculators(library: Library, days: WorkingDays, jurisdiction: str, cites: Cites) -> Node | None:
    """The data of both for a jurisdiction and those below it; None where no law ever said anything of either."""
    laws = Laws(library, SUBJECT, partial(_answers, library=library, cites=cites), pending=False)
    found = placed(laws, days, jurisdiction)
    known = [law for place in found["places"] for law in laws.known(place)]
    kinds = [leave.KIND] if any(law.all(LeaveApproval) for law in known) else []
    kinds += [punches.KIND] if any(law.all(PunchWindow) or law.all(WorkingTime) for law in known) else []
    given = {"asks": {"place": PLACE, **leave.ASKS, **punches.ASKS}, "names": {}, "none": "没有施行中的考勤和请假规定"}
    return {"calculators": kinds, **given, **found, "cites": cites.rows} if kinds else None


def _answers(law: Law, library: Library, cites: Cites) -> Node:
    words = words_of(library.versions_on(law.jurisdiction, SUBJECT))
    one, other = leave.answers(law, words, cites), punches.answers(law, words, cites)
    return {**one, **other, "options": {**one["options"], **other["options"]}}
