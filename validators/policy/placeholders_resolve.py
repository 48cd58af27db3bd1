"""占位符都能填上

规范点的内容里，花括号是占位符，由同一规范点的字段填入，这样数字只写一处。
占位符写错了，或者那个字段没有写，页面和信息就印不出来，所以是错误。填进去的是一个没有名称的标识（如规范点的标识）的，读的人看不懂，是警告。
"""

import re
from collections.abc import Iterator
from string import Formatter
from typing import Any

from banshi.base.text import did_you_mean, listed
from banshi.checking.loaded import PolicyFile
from banshi.checking.rules import Problem, Severity, Text

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

_ID = re.compile(r"[a-z][a-z0-9_-]{2,}")


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
        for field in sorted(wanted & set(known)):
            if known[field] in (f"{{{field}}}", ""):
                yield Problem(
                    where=(*route, "statement"),
                    message=Text(
                        f"占位符 {{{field}}} 没有可填的：这个规范点没有写 {field}",
                        f"placeholder {{{field}}} has nothing to print: the norm does not state {field}",
                    ),
                    fix=Text(
                        f"写上 {field}，或者在内容里不用这个占位符。", f"State {field}, or take the placeholder out."
                    ),
                )
                continue
            if ids := [word for word in _ID.findall(known[field]) if word in _raw(getattr(norm, field, None))]:
                yield Problem(
                    where=(*route, "statement"),
                    severity=Severity.WARNING,
                    message=Text(
                        f"占位符 {{{field}}} 印出来是标识 {listed(ids)}，读的人看不懂",
                        f"placeholder {{{field}}} prints the id {', '.join(ids)}",
                    ),
                    fix=Text(
                        "内容里用中文说，不用这个占位符；或者给它声明名称。", "Say it in words, or declare its name."
                    ),
                )
        for field in sorted(wanted - set(known)):
            guess = did_you_mean(field, known)
            yield Problem(
                where=(*route, "statement"),
                message=Text(f"占位符 {{{field}}} 没有对应的字段", f"placeholder {{{field}}} has no field"),
                fix=Text(
                    f"{guess.zh}可用：{'、'.join(sorted(known))}。", f"{guess.en} Known: {', '.join(sorted(known))}."
                ),
            )


def _raw(value: Any) -> tuple[str, ...]:
    """The words of a field that a file knows by their ids."""
    return (
        tuple(each for each in value if isinstance(each, str))
        if isinstance(value, tuple)
        else (value,)
        if isinstance(value, str)
        else ()
    )
