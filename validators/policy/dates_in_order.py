"""日期先后合理

失效日不得早于施行日；版本号就是施行日；可知日不应早于成文日。
施行日早于成文日（溯及既往）是可能的，但少见，所以只提示。
"""

from collections.abc import Iterator

from banshi.checking import PolicyFile
from banshi.rules import Problem, Severity, Text

TITLE = Text("日期先后合理", "Dates are in order")
SUBJECT = "policy"
SEVERITY = "error"
BASIS = ()
GOOD = """
dates: {issued: 2012-01-01, in_force: 2012-01-01, known: 2012-01-01}
"""
BAD = """
dates: {issued: 2012-01-01, in_force: 2012-02-01, known: 2012-01-01}   # version 写的是 2012-01-01
"""


def check(policy: PolicyFile) -> Iterator[Problem]:
    """The version's own dates."""
    dates, version = policy.version.dates, policy.version.version
    if not dates.in_force.isoformat().startswith(version):
        yield Problem(
            where=("dates", "in_force"),
            message=Text(
                f"版本是 {version}，施行日是 {dates.in_force}", f"version {version}, but in force from {dates.in_force}"
            ),
            fix=Text("版本号写施行日，两处改成一致。", "A version is named after its day; make both agree."),
        )
    if dates.ended and dates.ended < dates.in_force:
        yield Problem(
            where=("dates", "ended"),
            message=Text(
                f"失效日 {dates.ended} 早于施行日 {dates.in_force}", f"ended {dates.ended} before {dates.in_force}"
            ),
            fix=Text("核对两个日期。", "Check both dates."),
        )
    if dates.known < dates.issued:
        yield Problem(
            where=("dates", "known"),
            message=Text(
                f"可知日 {dates.known} 早于成文日 {dates.issued}", f"known {dates.known} before issued {dates.issued}"
            ),
            fix=Text("可知日一般就是成文日或公布日。", "It is known when issued or published."),
        )
    if dates.in_force < dates.issued:
        yield Problem(
            where=("dates", "in_force"),
            severity=Severity.NOTE,
            message=Text(
                f"施行日 {dates.in_force} 早于成文日 {dates.issued}，其间的事实是溯及适用",
                f"in force from {dates.in_force}, before it was issued on {dates.issued}: retroactive",
            ),
            fix=Text(
                "确认原文如此；并在理解口径里写明怎样对待其间的事实。",
                "Confirm it, and record a reading about that time.",
            ),
        )
