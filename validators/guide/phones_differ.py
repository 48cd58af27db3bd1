"""咨询和投诉不是同一个电话

投诉要由办理的人以外的人受理，所以投诉电话和咨询电话不能相同。
"""

from collections.abc import Iterator

from banshi.checking.rules import Problem, Text
from banshi.law.guide_elements import ServiceAt, digits, numbers

TITLE = Text("咨询和投诉不是同一个电话", "Enquiries and complaints have different numbers")
SUBJECT = "service"
SEVERITY = "error"
BASIS = ()
GOOD = """
service:
  phone: 0830-1000001
  complaint: 0830-1000002
"""
BAD = """
service:
  phone: 0830-1000001
  complaint: 0830 1000001   # 与咨询电话相同
"""


def check(services: tuple[ServiceAt, ...]) -> Iterator[Problem]:
    """The numbers for enquiries and for complaints."""
    for at in services:
        service = at.service
        asked = {digits(number) for number in numbers(service.phone or "")}
        for number in numbers(service.complaint or ""):
            if digits(number) in asked:
                message = Text(f"咨询电话和投诉电话都是 {number}", f"{number} is for enquiries and complaints alike")
                yield Problem(where=(*at.where, "complaint"), message=message, fix=_FIX)


_FIX = Text("写受理投诉的另一个电话；没有的，不写。", "State another number for complaints, or none.")
