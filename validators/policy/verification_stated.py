"""内容写明须核实的，字段也写明

加分、减分的内容写着经核实、查实或查属实的，字段里也要写：写明由谁核实的写 verified_by，没有写由谁的写 must_be_verified。
只写在内容里，没有核实的也会照样加分、减分。
"""

import re
from collections.abc import Iterator

from banshi.checking.loaded import PolicyFile
from banshi.checking.rules import Problem, Text
from banshi.law.norms import Adjustment

TITLE = Text("内容写明须核实的，字段也写明", "What must be verified says so in its fields")
SUBJECT = "policy"
SEVERITY = "error"
BASIS = ()
_REPORT = """
provisions:
  - id: "20"
    label: 第二十条
    heading: 减分
    source: {lines: [1, 1]}
    norms:
      - {id: report, kind: adjustment, statement: "被曝光并经核实的，每{per}减{points}分。", scale: deduction,
         fact: report, points: 2, per: 次VERIFIED}
readings: []
"""
GOOD = _REPORT.replace("VERIFIED", ", must_be_verified: true")
BAD = _REPORT.replace("VERIFIED", "")
_WORDS = re.compile("核实|查实|属实|查证")


def check(policy: PolicyFile) -> Iterator[Problem]:
    """Each bonus and deduction."""
    for route, norm in policy.norms():
        if isinstance(norm, Adjustment) and not norm.asks_verification and (word := _WORDS.search(norm.statement)):
            yield Problem(
                where=(*route, "statement"),
                message=Text(
                    f"内容写着“{word.group()}”，字段里没有写须经核实，没有核实的也会计分",
                    f"the statement says “{word.group()}”, but no field asks for verification",
                ),
                fix=Text(
                    "写明由谁核实的，写 verified_by；没有写由谁的，写 must_be_verified: true。",
                    "Write verified_by, or must_be_verified: true where the text does not say by whom.",
                ),
            )
