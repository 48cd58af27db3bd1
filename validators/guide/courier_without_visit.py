"""不到现场又不能网办的要能快递

一次也不用到现场、又不能在网上办的，材料和结果只能靠快递，所以要写明支持快递。
能不能网办没有写的，不判断。
"""

from collections.abc import Iterator

from banshi.checking.rules import Problem, Text
from banshi.law.guide_elements import ServiceAt

TITLE = Text("不到现场又不能网办的要能快递", "Without visit or network there is a courier")
SUBJECT = "service"
SEVERITY = "error"
BASIS = ()
GOOD = """
service:
  online: false
  visits: 0
  courier: true
"""
BAD = """
service:
  online: false
  visits: 0
  courier: false   # 不到现场、不能网办，也不能快递
"""


def check(services: tuple[ServiceAt, ...]) -> Iterator[Problem]:
    """Neither visit nor network: the courier is left."""
    for at in services:
        service = at.service
        if service.visits == 0 and service.online is False and not service.courier:
            key = "visits" if service.courier is None else "courier"
            yield Problem(where=(*at.where, key), message=_MESSAGE, fix=_FIX)


_MESSAGE = Text("不到现场、不能网办，也没有写支持快递", "no visit, not online, and no courier offered")
_FIX = Text("写 courier: true；否则改正到现场次数或网办。", "State courier: true, or correct visits or online.")
