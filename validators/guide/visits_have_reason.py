"""要到现场的写明原因

要申请人到现场的，写明为什么必须到；一次也不用到的，不写原因。
"""

from collections.abc import Iterator

from banshi.checking.rules import Problem, Text
from banshi.law.guide_elements import ServiceAt

TITLE = Text("要到现场的写明原因", "A visit has its reason")
SUBJECT = "service"
SEVERITY = "error"
BASIS = ()
GOOD = """
service:
  visits: 1
  visits_reason: 核验原件
"""
BAD = """
service:
  visits: 0
  visits_reason: 核验原件   # 不用到现场，却写了原因
"""


def check(services: tuple[ServiceAt, ...]) -> Iterator[Problem]:
    """The number of visits and the reason."""
    for at in services:
        visits, reason = at.service.visits, at.service.visits_reason
        if visits is None:
            continue
        if visits and not reason:
            message = Text(f"要到现场 {visits} 次，没有写原因", f"{visits} visits and no reason")
            yield Problem(where=(*at.where, "visits"), message=message, fix=_WHY)
        elif not visits and reason:
            message = Text("不用到现场，却写了必须到现场的原因", "no visit, yet a reason for one")
            yield Problem(where=(*at.where, "visits_reason"), message=message, fix=_DROP)


_WHY = Text("补上 visits_reason；没有必须到的原因，就把次数改为 0。", "State visits_reason, or set visits to 0.")
_DROP = Text("去掉 visits_reason，或改正次数。", "Drop visits_reason, or correct visits.")
