"""草稿也算施行

文件写明是草稿（status: draft）、又写了施行日的，判断照样依据它：程序看的是施行日，不看它是不是草稿。
还没有定下来的，先不要放进 policies/，或者把施行日写到将来；已经施行的，把 status 改过来。
"""

from collections.abc import Iterator

from banshi.checking.loaded import PolicyFile
from banshi.checking.rules import Problem, Text

TITLE = Text("草稿也算施行", "A draft is applied")
SUBJECT = "policy"
SEVERITY = "warning"
BASIS = ()
_STATUS = """
status: STATUS
"""
GOOD = _STATUS.replace("STATUS", "in_force")
BAD = _STATUS.replace("STATUS", "draft")


def check(policy: PolicyFile) -> Iterator[Problem]:
    """The status of a text that rules something."""
    own = policy.version
    if own.status == "draft" and own.normative:
        yield Problem(
            where=("status",),
            message=Text(
                f"写的是草稿，自 {own.begins} 起的判断仍依据它",
                f"this is a draft, and yet what is decided from {own.begins} on rests on it",
            ),
            fix=Text(
                "没有定下来的，移出 policies/ 或改施行日；已经施行的，status 写 in_force。",
                "Take it out of policies/ or change the day; or state in_force.",
            ),
        )
