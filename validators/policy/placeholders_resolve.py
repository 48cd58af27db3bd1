"""占位符都能填上

规范点的内容里，花括号是占位符，由同一规范点的字段填入，这样数字只写一处。
占位符写错了，页面和信息就印不出来，所以是错误。
"""

from collections.abc import Iterator
from string import Formatter

from banshi.base.text import did_you_mean
from banshi.checking.loaded import PolicyFile
from banshi.checking.rules import Problem, Text

TITLE = Text("占位符都能填上", "Every placeholder is filled")
SUBJECT = "policy"
SEVERITY = "error"
BASIS = ()
GOOD = """
provisions:
  - id: "1"
    label: 一
    heading: 解释
    source: {lines: [1, 1]}
    norms:
      - {id: interpretation, kind: interpretation, statement: "由{by}解释。", by: [样例局]}
readings: []
"""
BAD = """
provisions:
  - id: "1"
    label: 一
    heading: 解释
    source: {lines: [1, 1]}
    norms:
      - {id: interpretation, kind: interpretation, statement: "由{who}解释。", by: [样例局]}
readings: []
"""


def check(policy: PolicyFile) -> Iterator[Problem]:
    """Each placeholder of each statement."""
    names = policy.version.names
    for route, norm in policy.norms():
        known = norm.phrases(names)
        try:
            wanted = {field for _, field, _, _ in Formatter().parse(norm.statement) if field is not None}
        except ValueError:
            yield Problem(
                where=(*route, "statement"),
                message=Text("花括号没有成对", "braces are not paired"),
                fix=Text("占位符写作 {字段名}。", "Write a placeholder as {field}."),
            )
            continue
        for field in sorted(wanted - set(known)):
            guess = did_you_mean(field, known)
            yield Problem(
                where=(*route, "statement"),
                message=Text(f"占位符 {{{field}}} 没有对应的字段", f"placeholder {{{field}}} has no field"),
                fix=Text(
                    f"{guess.zh}可用：{'、'.join(sorted(known))}。", f"{guess.en} Known: {', '.join(sorted(known))}."
                ),
            )
