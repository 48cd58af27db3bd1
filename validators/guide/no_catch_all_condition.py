"""受理条件没有兜底的话

“法律、法规规定的其他条件”这样的话，申请人没法照办，窗口却能拿来拒绝。把条件逐条写出来，没有的不写。
"""

import re
from collections.abc import Iterator

from banshi.checking.rules import Problem, Text
from banshi.law.guide_elements import ServiceAt

TITLE = Text("受理条件没有兜底的话", "No condition is a catch-all")
SUBJECT = "service"
SEVERITY = "error"
BASIS = ()
GOOD = """
service:
  conditions: [已取得用地手续]
"""
BAD = """
service:
  conditions: [已取得用地手续, 法律、法规规定的其他条件]
"""


def check(services: tuple[ServiceAt, ...]) -> Iterator[Problem]:
    """Conditions that stand for whatever else."""
    for at in services:
        for index, condition in enumerate(at.service.conditions):
            if _CATCH_ALL.search(condition):
                message = Text(f"“{condition}”没有说明是什么条件", f"{condition} does not say which")
                yield Problem(where=(*at.where, "conditions", index), message=message, fix=_FIX)


_CATCH_ALL = re.compile(
    r"其[他它](有关|相关|应当|应|须|需要|需|必要|具备|符合|满足|的)*(条件|要求|情形|规定)|认为(有)?必要的(其[他它])?条件"
)
_FIX = Text("逐条写明条件，或删去这一条。", "Name the conditions one by one, or drop this.")
