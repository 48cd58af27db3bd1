"""同一个词，各文件声明得一样

同一辖区里施行的几个文件都声明同一个标识的（补充规定常这样），要写得一样：后面的文件漏写了“按日历日”“在窗口上班”，
就把先前的改掉了，登记的天数跟着变，没有人知道。要改的，用 amends 写明。又称、其他写法各写各的。
"""

from collections.abc import Iterator, Mapping
from typing import Any

from banshi.base.text import listed
from banshi.checking.loaded import PolicyFile
from banshi.checking.rules import Problem, Text

TITLE = Text("同一个词，各文件声明得一样", "A word is declared alike everywhere")
SUBJECT = "policy"
SEVERITY = "error"
BASIS = ()
_KINDS = """
instrument: luzhou/example
jurisdiction: luzhou
version: 2012-01-01
governs: [attendance]
leave_kinds: {sick: {name: 病假UNIT}}
"""
GOOD = _KINDS.replace("UNIT", "")
BAD = _KINDS.replace("UNIT", ", unit: 天")  # 另一个文件的病假按工作日计
_TABLES = (
    "leave_kinds",
    "staff_groups",
    "shifts",
    "case_kinds",
    "case_flags",
    "case_systems",
    "case_classes",
    "evaluations",
)
_SPELLINGS = ("name_en", "also", "written")


def check(policy: PolicyFile) -> Iterator[Problem]:
    """Each word beside those of the texts in force with it."""
    for table in _TABLES:
        words: Mapping[str, Any] = getattr(policy.version, table)
        for slug, word in words.items():
            yield from _otherwise(policy, table, slug, word)


def _also(word: Any) -> tuple[str, ...]:
    return (*getattr(word, "also", ()), *getattr(word, "written", ()))


def _otherwise(policy: PolicyFile, table: str, slug: str, word: Any) -> Iterator[Problem]:
    """The first text beside this one that declares the word otherwise."""
    own = policy.version
    for version in policy.beside:
        other = getattr(version, table).get(slug)
        if version.instrument == own.instrument or other is None or not set(version.subjects) & set(own.subjects):
            continue
        fields = [f for f in word.__struct_fields__ if f not in _SPELLINGS and getattr(word, f) != getattr(other, f)]
        if fields == ["name"] and (word.name in _also(other) or other.name in _also(word)):
            continue
        if fields:
            yield Problem(
                where=(table, slug),
                message=Text(
                    f"{slug} 的 {listed(fields)} 与 {version.instrument} 声明的不一样，两处同时施行，后一处会改掉前一处",
                    f"{slug}: {', '.join(fields)} not as {version.instrument} declares it, though both are in force",
                ),
                fix=Text(
                    "照那个文件写全；要改的，在 amends 里写明；不是同一样的，换一个标识。",
                    "Declare it alike; amend the other text to change it; or use another id.",
                ),
            )
            return
