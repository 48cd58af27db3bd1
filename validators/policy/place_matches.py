"""文件放在它说的地方

文件的位置就是它的标识：`policies/<辖区>/<主题>/<版本>.yaml`。查“某日某地适用什么”时只按位置找文件，
所以文件里写的 instrument、jurisdiction、version 要和位置一致。不在 policies 下的文件不查。
"""

from collections.abc import Iterator
from pathlib import Path

from banshi.checking.loaded import PolicyFile
from banshi.checking.rules import Problem, Text

TITLE = Text("文件放在它说的地方", "A file stands where it says it does")
SUBJECT = "policy"
SEVERITY = "error"
BASIS = ()
GOOD = """
jurisdiction: example
"""
BAD = """
jurisdiction: elsewhere     # instrument 写的是 example/change-management
"""


def check(policy: PolicyFile) -> Iterator[Problem]:
    """Jurisdiction against instrument; both against the path."""
    version = policy.version
    if version.instrument.rpartition("/")[0] != version.jurisdiction:
        yield Problem(
            where=("jurisdiction",),
            message=Text(
                f"辖区 {version.jurisdiction} 与文件标识 {version.instrument} 不一致",
                f"jurisdiction {version.jurisdiction} does not match instrument {version.instrument}",
            ),
            fix=Text("文件标识写作 辖区/主题。", "An instrument is jurisdiction/topic."),
        )
    parts = Path(policy.path).parts
    if "policies" not in parts:
        return
    inside = Path(*parts[len(parts) - parts[::-1].index("policies") :])
    expected = f"{version.instrument}/{version.version}"
    if inside.as_posix() != f"{expected}.yaml":
        yield Problem(
            where=("instrument",),
            message=Text(f"文件在 {inside}，写的是 {expected}", f"the file is {inside}, it says {expected}"),
            fix=Text(
                f"把文件移到 policies/{expected}.yaml，或改正这一行。",
                f"Move it to policies/{expected}.yaml, or correct it.",
            ),
        )
