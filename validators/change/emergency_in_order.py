"""紧急变更的次序

紧急变更先召集联席会议，再形成书面意见，再报政府同意，然后实施。三个日期要依次；同一天可以。
实施早于政府同意的，由“批准之后实施”报告。
"""

from collections.abc import Iterator
from itertools import pairwise

from banshi.checking.rules import Problem, Text
from banshi.law.instruments import Placed
from banshi.law.norms import Emergency
from banshi.subjects.change.filing import FiledForm

TITLE = Text("紧急变更的次序", "The acts of an emergency follow each other")
SEVERITY = "error"
BASIS = ("emergency",)
ONLY_WITH = ("emergency",)
GOOD = """
changes:
  - emergency:
      {joint_meeting_on: 2012-03-05, opinion_on: 2012-03-05, government_consent_on: 2012-03-06, records: [抢险影像]}
    attachments: [{kind: photos, file: 抢险照片.zip}]
"""
BAD = """
changes:
  - emergency:
      {joint_meeting_on: 2012-03-07, opinion_on: 2012-03-05, government_consent_on: 2012-03-08, records: [抢险影像]}
    attachments: [{kind: photos, file: 抢险照片.zip}]
"""


def check(case: FiledForm) -> Iterator[Problem]:
    """The dated acts of an emergency."""
    placed = case.law.one(Emergency) if case.law else None
    if placed and case.change.emergency:
        yield from _acts(case, placed)


def _acts(case: FiledForm, placed: Placed[Emergency]) -> Iterator[Problem]:
    for before, after in pairwise(placed.norm.sequence):
        first, then = getattr(case.change.emergency, before.key), getattr(case.change.emergency, after.key)
        if first is not None and then is not None and then < first:
            yield Problem(
                where=("emergency", after.key),
                message=Text(
                    f"{after.name} {then} 早于{before.name} {first}",
                    f"{after.key} {then} comes before {before.key} {first}",
                ),
                fix=Text(
                    f"按会议记录和批示核对{before.name}、{after.name}的日期。",
                    f"Check {before.key} and {after.key} against the minutes and the instruction.",
                ),
                basis=(placed.cite,),
            )
