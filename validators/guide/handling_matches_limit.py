"""即办件当场办结，其余是承诺件

办件类型写即办件的，承诺时限应是 0；承诺时限大于 0 的，办件类型应是承诺件。
两项只写了一项的，不判断。
"""

from collections.abc import Iterator

from banshi.checking.rules import Problem, Text
from banshi.law.guide_elements import ServiceAt, length

TITLE = Text("即办件当场办结，其余是承诺件", "What is handled at once has no time limit")
SUBJECT = "service"
SEVERITY = "error"
BASIS = ()
GOOD = """
service:
  handling: promised
  limits: {statutory: 20, promised: 6, unit: 工作日}
"""
BAD = """
service:
  handling: immediate
  limits: {statutory: 20, promised: 6, unit: 工作日}   # 要办 6 个工作日，不是即办
"""


def check(services: tuple[ServiceAt, ...]) -> Iterator[Problem]:
    """Handling and promised limit, where both are stated."""
    for at in services:
        limits, handling = at.service.limits, at.service.handling
        if handling is None or limits is None or limits.promised is None:
            continue
        at_once = handling == "immediate"
        if at_once == (limits.promised == 0):
            continue
        said = "即办件" if at_once else "承诺件"
        message = Text(
            f"办件类型是{said}，承诺时限却是{length(limits.promised, limits.unit)}",
            f"{handling}, yet promised in {limits.promised}",
        )
        fix = _LIMIT if at_once else _HANDLING
        yield Problem(where=(*at.where, "handling"), message=message, fix=fix)


_LIMIT = Text(
    "当场办结的把 promised 改为 0；否则改为承诺件。",
    "Set promised to 0 if it is done at once; else handling: promised.",
)
_HANDLING = Text(
    "当场办结的改为即办件；否则写明承诺时限。", "Set handling: immediate if it is done at once; else state the limit."
)
