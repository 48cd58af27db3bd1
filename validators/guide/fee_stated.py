"""收费的写明依据、项目、标准和网上支付

收费的，写明收什么费（item）、依据（basis）、标准（standard），以及能不能网上支付（online_payment）。
"""

from collections.abc import Iterator

from banshi.base.text import listed
from banshi.checking.rules import Problem, Text
from banshi.law.guide_elements import ServiceAt

TITLE = Text("收费的写明依据、项目、标准和网上支付", "A fee is stated in full")
SUBJECT = "service"
SEVERITY = "error"
BASIS = ()
GOOD = """
service:
  fee: {charged: true, item: 样例费, basis: 样例收费文件（虚构）, standard: 按样例标准, online_payment: false}
"""
BAD = """
service:
  fee: {charged: true, standard: 按样例标准}   # 没有依据、项目和网上支付
"""


def check(services: tuple[ServiceAt, ...]) -> Iterator[Problem]:
    """What a charged fee leaves out."""
    for at in services:
        fee = at.service.fee
        if fee is None or not fee.charged:
            continue
        missing = [key for key in _WANTED if getattr(fee, key) is None]
        if missing:
            names, keys = listed(_WANTED[key] for key in missing), ", ".join(missing)
            fix = Text(f"在 fee 里补上{listed(f'{_WANTED[key]}（{key}）' for key in missing)}。", f"Add {keys}.")
            message = Text(f"收费，没有写{names}", f"a fee is charged, but not stated: {keys}")
            yield Problem(where=(*at.where, "fee"), message=message, fix=fix)


_WANTED = {"basis": "依据", "item": "项目", "standard": "标准", "online_payment": "能否网上支付"}
