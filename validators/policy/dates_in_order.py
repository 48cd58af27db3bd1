"""日期先后合理

失效日不得早于施行日；版本号就是施行日；可知日不应早于成文日。
施行日早于成文日（溯及既往）是可能的，但少见，所以只提示。
非规范性文件没有施行日，版本号写成文日；没有日期的，版本号写 undated。草稿放进来也照施行日算，所以提醒。
"""

from collections.abc import Iterator

from banshi.checking.loaded import PolicyFile
from banshi.checking.rules import Problem, Severity, Text

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
    if dates.in_force and not dates.in_force.isoformat().startswith(version):
        yield Problem(
            where=("dates", "in_force"),
            message=Text(
                f"版本是 {version}，施行日是 {dates.in_force}", f"version {version}, but in force from {dates.in_force}"
            ),
            fix=Text("版本号写施行日，两处改成一致。", "A version is named after its day; make both agree."),
        )
    if policy.version.status == "draft" and policy.version.normative and dates.in_force:
        yield Problem(
            where=("status",),
            severity=Severity.WARNING,
            message=Text(
                f"写的是草稿，仍照施行日算：自 {dates.in_force} 起的事都按它判定",
                f"a draft, and applied all the same from {dates.in_force} on",
            ),
            fix=Text(
                "定了的改成 in_force；没有定的先不放进 policies。",
                "Once decided, make it in_force; until then keep it out of policies.",
            ),
        )
    named_after_issue = not (policy.version.normative or dates.in_force)
    if named_after_issue and dates.issued and not dates.issued.isoformat().startswith(version):
        yield Problem(
            where=("dates", "issued"),
            message=Text(f"版本是 {version}，成文日是 {dates.issued}", f"version {version}, issued {dates.issued}"),
            fix=Text("没有施行日的，版本号写成文日。", "Without a day in force, a version is named after its issue."),
        )
    if policy.version.normative and not dates.in_force:
        yield Problem(
            where=("dates",),
            message=Text(
                "规范性文件没有施行日，查不出何时适用", "a normative instrument needs the day from which it is in force"
            ),
            fix=Text(
                "补上 in_force；只知年份的写该年1月1日并注明 precision: year。",
                "Add in_force; with precision: year if only the year is known.",
            ),
        )
    for first, then, names in _PAIRS:
        earlier, later = getattr(dates, first), getattr(dates, then)
        if earlier and later and later < earlier:
            yield Problem(
                where=("dates", then),
                message=Text(
                    f"{names[1]}日 {later} 早于{names[0]}日 {earlier}", f"{then} {later} before {first} {earlier}"
                ),
                fix=Text("核对两个日期。", "Check both dates."),
            )
    if dates.issued and dates.in_force and dates.in_force < dates.issued and dates.precision == "day":
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


_PAIRS = (("in_force", "ended", ("施行", "失效")), ("issued", "known", ("成文", "可知")))
