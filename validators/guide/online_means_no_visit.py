"""全程网办的不用到现场

写全程网办（entirely_online）的，到现场次数应是 0。要到现场核验、领取的，不是全程网办。
"""

from collections.abc import Iterator

from banshi.checking.rules import Problem, Text
from banshi.law.guide_elements import ServiceAt

TITLE = Text("全程网办的不用到现场", "What is handled fully online needs no visit")
SUBJECT = "service"
SEVERITY = "error"
BASIS = ()
GOOD = """
service:
  entirely_online: true
  visits: 0
"""
BAD = """
service:
  entirely_online: true
  visits: 1   # 全程网办，却要到现场
  visits_reason: 核验原件
"""


def check(services: tuple[ServiceAt, ...]) -> Iterator[Problem]:
    """Fully online, and the number of visits."""
    for at in services:
        visits = at.service.visits
        if at.service.entirely_online and visits:
            message = Text(f"写了全程网办，却要到现场 {visits} 次", f"fully online, yet {visits} visits")
            yield Problem(where=(*at.where, "visits"), message=message, fix=_FIX)


_FIX = Text("把到现场次数改为 0，或去掉 entirely_online。", "Set visits to 0, or drop entirely_online.")
