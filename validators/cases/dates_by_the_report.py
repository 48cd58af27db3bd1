"""日期不晚于统计截止日

指定了统计截止日（--as-of，或文件里的 as_of），登记里却有更晚的受理、办结日期的，列出来核对：
受理晚于截止日的不计；办结晚于截止日的，按截止日还没有办结计。没有指定截止日的，取办件中最后的日期，不会有这个问题。
"""

from collections.abc import Iterator

from banshi.checking.rules import Problem, Text
from banshi.subjects.cases.case_log import CaseLog

TITLE = Text("日期不晚于统计截止日", "No date after the day of the report")
SEVERITY = "warning"
BASIS = ()
GOOD = """
as_of: 2012-02-29
"""
BAD = """
as_of: 2012-01-10     # B-002 在 11 日办结
"""
_SAID = {
    "accepted_on": Text("受理日期，没有计入", "accepted_on; not counted"),
    "finished_on": Text("办结日期，按没有办结计", "finished_on; counted as open"),
}


def check(log: CaseLog) -> Iterator[Problem]:
    """Cases with a later date."""
    for noted in log.listed("after-as-of"):
        day, said = getattr(noted.case, noted.key), _SAID[noted.key]
        yield Problem(
            where=("cases", noted.index, noted.key),
            message=Text(
                f"{noted.case.id}：{day} 晚于统计截止日 {log.as_of}（{said.zh}）",
                f"{noted.case.id}: {day} is after the day of the report {log.as_of} ({said.en})",
            ),
            fix=Text("核对日期；要统计到更晚的日子，改 --as-of 或 as_of。", "Check it, or report as of a later day."),
        )
    yield from log.more("after-as-of")
