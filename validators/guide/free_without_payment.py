"""不收费的没有网上支付

不收费的事项不会有网上支付。写了，多半是收费一栏填错。
"""

from collections.abc import Iterator

from banshi.checking.rules import Problem, Text
from banshi.law.guide_elements import ServiceAt

TITLE = Text("不收费的没有网上支付", "What is free is not paid online")
SUBJECT = "service"
SEVERITY = "error"
BASIS = ()
GOOD = """
service:
  fee: {charged: false}
"""
BAD = """
service:
  fee: {charged: false, online_payment: true}   # 不收费，却能网上支付
"""


def check(services: tuple[ServiceAt, ...]) -> Iterator[Problem]:
    """No fee, yet a payment."""
    for at in services:
        fee = at.service.fee
        if fee is not None and not fee.charged and fee.online_payment:
            yield Problem(where=(*at.where, "fee", "online_payment"), message=_MESSAGE, fix=_FIX)


_MESSAGE = Text("不收费，却写了支持网上支付", "no fee is charged, yet it can be paid online")
_FIX = Text("去掉 online_payment；收费的，改正 charged 并写明依据和标准。", "Drop online_payment, or correct charged.")
