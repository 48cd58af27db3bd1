"""理解口径有默认且可用

每个没有写清楚的地方，都记着问题、几种口径、采用哪一种和理由。采用的口径必须是列出的口径之一。

标明“据以计算”的口径，还必须是引擎算得了的：引擎不认识的口径若被采用，结论会和页面说的不一样。
"""

from collections.abc import Iterator

from banshi.base.text import did_you_mean
from banshi.checking.loaded import PolicyFile
from banshi.checking.rules import Problem, Text
from banshi.law.readings import COMPUTED

TITLE = Text("理解口径有默认且可用", "Every reading has a usable default")
SUBJECT = "policy"
SEVERITY = "error"
BASIS = ()
GOOD = """
readings:
  - id: tier-amount
    question: 金额量的是什么？
    options: {net: 净额, gross: 增加额}
    default: net
    computed: true
    ground: 样例。
"""
BAD = """
readings:
  - id: tier-amount
    question: 金额量的是什么？
    options: {net: 净额, gross: 增加额}
    default: nett       # 没有这个口径
    computed: true
    ground: 样例。
"""


def check(policy: PolicyFile) -> Iterator[Problem]:
    """The default of each reading, and whether the engine can obey it."""
    for index, reading in enumerate(policy.version.readings):
        where = ("readings", index)
        known = COMPUTED.get(reading.id)
        known = tuple(reading.options) if known == () else known
        if reading.default not in reading.options:
            guess = did_you_mean(reading.default, reading.options)
            listed = "、".join(reading.options)
            yield Problem(
                where=(*where, "default"),
                message=Text(
                    f"采用的口径 {reading.default} 不在列出的口径里",
                    f"the default {reading.default} is not among the options",
                ),
                fix=Text(f"{guess.zh}可选：{listed}。", f"{guess.en} One of: {', '.join(reading.options)}."),
            )
        elif reading.computed and (known is None or reading.default not in known):
            yield Problem(
                where=(*where, "computed" if known is None else "default"),
                message=Text(
                    f"口径 {reading.id} 标为据以计算，但引擎算不了 {reading.default}",
                    f"reading {reading.id} is marked as computed, but the engine cannot compute {reading.default}",
                ),
                fix=Text(
                    f"改用 {'、'.join(known)}，或删去 computed。" if known else "删去 computed。",
                    f"Use one of {', '.join(known)}, or delete computed." if known else "Delete computed.",
                ),
            )
        elif known and not reading.computed:
            yield Problem(
                where=where,
                message=Text(
                    f"引擎按口径 {reading.id} 计算，但没有标明",
                    f"the engine computes by reading {reading.id}, but it is not marked",
                ),
                fix=Text("补上 computed: true。", "Add computed: true."),
            )
