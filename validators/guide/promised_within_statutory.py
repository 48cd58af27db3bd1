"""承诺时限不长于法定时限

承诺时限是办理机关自己缩短的时限，不能比法定时限长，单位也要相同，否则没法比。
法定时限没有写的，不判断。
"""

from collections.abc import Iterator

from banshi.checking.rules import Problem, Text
from banshi.law.guide_elements import Limits, ServiceAt, length

TITLE = Text("承诺时限不长于法定时限", "The promised limit is within the statutory one")
SUBJECT = "service"
SEVERITY = "error"
BASIS = ()
GOOD = """
service:
  limits: {statutory: 20, promised: 6, unit: 工作日}
"""
BAD = """
service:
  limits: {statutory: 20, promised: 25, unit: 工作日}   # 比法定时限长
"""


def check(services: tuple[ServiceAt, ...]) -> Iterator[Problem]:
    """Both limits, where both are stated."""
    for at in services:
        limits = at.service.limits
        if limits is None or limits.statutory is None or limits.promised is None:
            continue
        if limits.promised_unit not in (None, limits.unit):
            yield Problem(where=(*at.where, "limits", "promised_unit"), message=_units(limits), fix=_ONE_UNIT)
        elif limits.promised > limits.statutory:
            message = Text(
                f"承诺{length(limits.promised, limits.unit)}，比法定的{length(limits.statutory, limits.unit)}长",
                f"promised {limits.promised}, but the statutory limit is {limits.statutory}",
            )
            yield Problem(where=(*at.where, "limits", "promised"), message=message, fix=_SHORTER)


def _units(limits: Limits) -> Text:
    return Text(
        f"承诺时限的单位是{limits.promised_unit}，法定时限的单位是{limits.unit}",
        f"the promised limit is in {limits.promised_unit}, the statutory one in {limits.unit}",
    )


_ONE_UNIT = Text("两个时限用同一个单位，去掉 promised_unit。", "State both in one unit and drop promised_unit.")
_SHORTER = Text(
    "缩短承诺时限，或核对法定时限的依据。", "Shorten the promise, or check the basis of the statutory limit."
)
