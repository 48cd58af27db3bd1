"""电话写区号

外地的申请人也要打得通，所以固定电话写区号。12345 一类的短号、手机号、400 号码不用区号。
"""

from collections.abc import Iterator

from banshi.checking.rules import Problem, Text
from banshi.law.guide_elements import ServiceAt, lacks_area_code, numbers

TITLE = Text("电话写区号", "Telephone numbers have their area code")
SUBJECT = "service"
SEVERITY = "error"
BASIS = ()
GOOD = """
service:
  phone: 0830-1000001
  complaint: "12345"
"""
BAD = """
service:
  phone: "1000001"   # 没有区号
"""


def check(services: tuple[ServiceAt, ...]) -> Iterator[Problem]:
    """Every number for enquiries and for complaints."""
    for at in services:
        for key in ("phone", "complaint"):
            for number in numbers(getattr(at.service, key) or ""):
                if lacks_area_code(number):
                    message = Text(f"电话 {number} 没有区号，或写法不对", f"{number} lacks its area code")
                    yield Problem(where=(*at.where, key), message=message, fix=_FIX)


_FIX = Text("写成 区号-号码。", "Write area code, hyphen, number.")
