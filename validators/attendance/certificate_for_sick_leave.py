"""病假有医院证明

考勤办法施行后，病假以符合医保规定的医院出具的证明为准。此前只要求治疗结束后交病历存档，没有写期限，不算错。
"""

from collections.abc import Iterator

from banshi.checking.rules import Problem, Text
from banshi.subjects.attendance.case import RegisterInLaw
from banshi.subjects.attendance.problems import lacking

TITLE = Text("病假有医院证明", "Sick leave has a hospital's certificate")
SEVERITY = "error"
BASIS = ("record when=sick",)
GOOD = """
leave:
  - {staff: A02, kind: sick, from: 2010-03-10, requested_at: 2010-03-09 10:00, approved_at: 2010-03-09 15:00,
     form: written, approver: supervision_section, unit_consent: true, filed_with: [group],
     certificate: {hospital: 样例市人民医院, insurance: true}}
"""
BAD = """
leave:
  - {staff: A02, kind: sick, from: 2010-03-10, requested_at: 2010-03-09 10:00, approved_at: 2010-03-09 15:00,
     form: written, approver: supervision_section, unit_consent: true, filed_with: [group]}     # 没有医院证明
"""


def check(case: RegisterInLaw) -> Iterator[Problem]:
    """Each leave."""
    yield from lacking(case, "certificate")
