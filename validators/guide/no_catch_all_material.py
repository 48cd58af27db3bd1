"""申请材料没有“其他材料”

“其他材料”“需要提交的其他有关材料”使申请人备不齐、窗口可以一再要求补正，与一次性告知相抵。把材料逐项写出来。
"""

import re
from collections.abc import Iterator

from banshi.checking.rules import Problem, Text
from banshi.law.guide_elements import ServiceAt

TITLE = Text("申请材料没有“其他材料”", "No paper is a catch-all")
SUBJECT = "service"
SEVERITY = "error"
BASIS = ()
GOOD = """
service:
  materials: [{name: 申请书}]
"""
BAD = """
service:
  materials: [{name: 申请书}, {name: 法律、法规规定的其他材料}]
"""


def check(services: tuple[ServiceAt, ...]) -> Iterator[Problem]:
    """Papers that stand for whatever else."""
    for at in services:
        for index, material in enumerate(at.service.materials):
            if _CATCH_ALL.search(material.name):
                message = Text(f"“{material.name}”没有说明是什么材料", f"{material.name} does not say which")
                yield Problem(where=(*at.where, "materials", index, "name"), message=message, fix=_FIX)


_CATCH_ALL = re.compile(
    r"其[他它](有关|相关|所需|需要|必要|应当|应|须|需|要求|规定|提交|提供|补充|证明|申请|的)*(材料|资料|文件|证件)"
    r"|(认为|确有)(有)?必要的(其[他它])?(材料|资料|文件)"
)
_FIX = Text("逐项写明材料，或删去这一项。", "Name the papers one by one, or drop this.")
