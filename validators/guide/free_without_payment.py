"""不收费的没有网上支付，也没有收费标准

不收费的事项不会有网上支付。写了，多半是收费一栏填错。收费标准写着金额的，两处说法不同，是警告：已经取消的标准可以留在别处。
"""

from collections.abc import Iterator

from banshi.base.figures import figures
from banshi.checking.rules import Problem, Severity, Text
from banshi.law.guide_elements import ServiceAt

TITLE = Text("不收费的没有网上支付，也没有收费标准", "What is free is not paid online and has no rate")
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
    """No fee, yet a payment, or a rate with an amount."""
    for at in services:
        fee = at.service.fee
        if fee is None or fee.charged:
            continue
        if fee.online_payment:
            yield Problem(where=(*at.where, "fee", "online_payment"), message=_MESSAGE, fix=_FIX)
        rate = fee.standard or ""
        if any(amount and f"{printed}{of}" in rate for printed, amount in figures(rate) for of in ("元", "%", "％")):
            where = (*at.where, "fee", "standard")
            yield Problem(where=where, message=_RATE, fix=_RATE_FIX, severity=Severity.WARNING)


_MESSAGE = Text("不收费，却写了支持网上支付", "no fee is charged, yet it can be paid online")
_FIX = Text("去掉 online_payment；收费的，改正 charged 并写明依据和标准。", "Drop online_payment, or correct charged.")
_RATE = Text("不收费，收费标准却写着金额", "no fee is charged, yet the rate has an amount")
_RATE_FIX = Text("去掉 standard；收费的，改正 charged。", "Drop standard, or correct charged.")
