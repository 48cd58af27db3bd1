"""额度装得下每一次

每月、每年的额度可以分几次用的，写明的每一次都不会比整个额度还长。改了额度而没有改每一次的长短，会在这里露出来。
"""

from collections.abc import Iterator

from banshi.base.money import plain
from banshi.checking.loaded import PolicyFile
from banshi.checking.rules import Problem, Text
from banshi.law.norms import Quota

TITLE = Text("额度装得下每一次", "Every piece fits into its quota")
SUBJECT = "policy"
SEVERITY = "error"
BASIS = ()
_QUOTA = """
provisions:
  - id: "3"
    label: 三
    heading: 因公请假
    source: {lines: [1, 1]}
    norms:
      - {id: errands, kind: quota, statement: "每月{at_most}{unit}，每次可为{pieces}{unit}。", of: official, at_most: 1,
         unit: 天, per: person_month, pieces: [PIECES]}
readings: []
"""
GOOD = _QUOTA.replace("PIECES", "0.5, 1")
BAD = _QUOTA.replace("PIECES", "0.5, 2")


def check(policy: PolicyFile) -> Iterator[Problem]:
    """Each quota with its pieces; the longest of them is the whole."""
    for route, norm in policy.norms():
        if isinstance(norm, Quota) and norm.pieces and max(norm.pieces) > norm.at_most:
            yield Problem(
                where=(*route, "pieces"),
                message=Text(
                    f"一次可达 {plain(max(norm.pieces))}{norm.unit}，额度只有 {plain(norm.at_most)}{norm.unit}",
                    f"a piece of {plain(max(norm.pieces))} in a quota of {plain(norm.at_most)}",
                ),
                fix=Text("对照原文，把两处改成一致。", "Compare both with the source."),
            )
