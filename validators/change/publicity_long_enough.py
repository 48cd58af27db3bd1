"""公示期满

公示要满适用文件规定的天数：从次日还是当日起算、是工作日还是日历日、末日是休息日顺延不顺延，都按它。
截止日早于这样算出的一天的，是错误。

文件没有写清、记有两种理解的：满了所采用的一种而没有满另一种的，是警告，注明与口径有关，并列出两个日期。
当年放假安排没有录入、推算不出的，是警告；但不论怎样算都不够的，仍是错误。截止早于开始的，只报日期颠倒。
"""

import datetime
from collections.abc import Iterator

from banshi.checking.rules import Problem, Severity, Text
from banshi.law.decisions import Alternative, Reason
from banshi.law.library import Law
from banshi.law.norms import Publicity
from banshi.subjects.change.filing import FiledForm
from banshi.subjects.change.publicity import certainly_short, period, publicity_end
from banshi.subjects.change.step_forms import PublicityRecord

TITLE = Text("公示期满", "Publicity lasts long enough")
SEVERITY = "error"
BASIS = ("period of=publicity",)
ONLY_WITH = ("publicity",)
EXAMPLE = "full-procedure"
GOOD = """
changes:
  - publicity: {started_on: 2012-04-11, ended_on: 2012-04-18}     # 5 天到 4 月 16 日，5 个工作日到 4 月 18 日
"""
BAD = """
changes:
  - publicity: {started_on: 2012-04-11, ended_on: 2012-04-13}     # 只有 2 天
"""


def check(case: FiledForm) -> Iterator[Problem]:
    """The recorded end against the earliest end."""
    law, record = case.law, case.change.publicity
    if law is None or record is None or case.drafted:
        return
    due = publicity_end(law, case.days, record.started_on, case.change.tier, record.objections)
    others = [a for a in due.alternatives if a.value]
    if record.ended_on < record.started_on:
        yield _reversed(record)
    elif certainly_short(law, case.change.tier, record.started_on, record.ended_on):
        yield _short(case, law, due.reasons[0] if due.determined else None)
    elif due.value is None:
        if due.basis:
            yield _unknown(due.reasons[0])
    elif record.ended_on < due.value:
        met = any(a.value and record.ended_on >= a.value for a in others)
        yield _short(case, law, due.reasons[0], reading_dependent=met)
    elif (longer := next((a for a in others if a.value and record.ended_on < a.value), None)) is not None:
        yield _by_reading(law, record, due.reasons[0], longer)


def _reversed(record: PublicityRecord) -> Problem:
    return Problem(
        where=("publicity", "ended_on"),
        message=Text(
            f"公示截止 {record.ended_on} 早于开始 {record.started_on}",
            f"publicity ended on {record.ended_on}, before it started on {record.started_on}",
        ),
        fix=Text("按公示网页改正填错的日期。", "Correct the wrong date from the posting."),
    )


def _short(case: FiledForm, law: Law, reason: Reason | None, *, reading_dependent: bool = False) -> Problem:
    record, tier = case.change.publicity, case.change.tier
    assert record is not None
    why = Text(f"：{reason.text.zh}", f": {reason.text.en}") if reason else Text("", "")
    placed, days = period(law, tier), (record.ended_on - record.started_on).days
    first = not isinstance(placed, Text) and placed.norm.first_day == "same_day"
    counted = Text(
        f"开始日计入，{days + 1} 天" if first else f"开始日不计，{days} 天",
        f"{days + 1} days, the first counted" if first else f"{days} days after posting",
    )
    before = any(p.norm.before for p in law.all(Publicity) if p.norm.tier == tier)
    return Problem(
        where=("publicity", "ended_on"),
        message=Text(
            f"公示从 {record.started_on} 到 {record.ended_on}（{counted.zh}），没有期满{why.zh}",
            f"public from {record.started_on} to {record.ended_on} ({counted.en}), too short{why.en}",
        ),
        fix=Text(
            f"公示到期满再{'批准' if before else '实施'}；已经撤下的，重新公示；日期填错的，按公示网页改正。",
            "Keep it public until then, or post it again; if a date is wrong, correct it from the posting.",
        ),
        reading_dependent=reading_dependent,
    )


def _by_reading(law: Law, record: PublicityRecord, reason: Reason, other: Alternative[datetime.date]) -> Problem:
    reading, option, longer = law.readings[other.reading], other.option, other.text
    return Problem(
        where=("publicity", "ended_on"),
        severity=Severity.WARNING,
        message=Text(
            f"公示截止 {record.ended_on}，{reason.text.zh}，已满；若按“{reading.options[option]}”，{longer.zh}，没有满",
            f"ended on {record.ended_on}; {reason.text.en}: met; under the reading “{option}”, {longer.en}: not met",
        ),
        fix=Text(
            "可以照办；为免争议，公示到较晚的日期更稳妥。", "You may keep it; the later day leaves no room for dispute."
        ),
        reading_dependent=True,
    )


def _unknown(reason: Reason) -> Problem:
    return Problem(
        where=("publicity", "ended_on"),
        severity=Severity.WARNING,
        message=reason.text,
        fix=Text(
            "把当年的放假安排录入 policies/cn/working-days/ 后再查；日期填错的，改正日期。",
            "Enter that year's arrangement in policies/cn/working-days/; if a date is wrong, correct it.",
        ),
    )
