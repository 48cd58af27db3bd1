"""一个名称只指一个

档次、环节、类别、情形、假别、班次、各方，填报、登记时写的是名称（或者别的写法）。同一张名目里两个标识叫同一个名称，
或者一个的名称是另一个的别的写法，表上写了这个名称，就不知道指哪一个，只好认成其中一个。

各方还凭意见栏里的字样（`recognised`）认出来，凭项目文件里的键（`field`）对上单位：两方凭的是同样的字样、同一个键的，分不清是谁。
办件登记的名目由“办件指标算得出来”查，项目填报的项由“项目填报的项写得到、用得上”查。
"""

from collections.abc import Iterator, Mapping
from typing import Any

from banshi.checking.loaded import PolicyFile
from banshi.checking.rules import Problem, Severity, Text
from banshi.files.findings import Route
from banshi.law.instruments import PolicyVersion
from banshi.law.norms import Named
from banshi.law.terms import FILED_WORDS, Office, Paper

TITLE = Text("一个名称只指一个", "A name means one thing")
SUBJECT = "policy"
SEVERITY = "error"
BASIS = ()
_TIERS = """
tiers:
  small: {name: 甲档}
  large: {name: 乙档, written: [WRITTEN]}
"""
GOOD = _TIERS.replace("WRITTEN", "乙")
BAD = _TIERS.replace("WRITTEN", "甲档")
_TABLES = (
    "tiers", "steps", "criteria", "classes", "pause_reasons", "shifts", "staff_groups", "leave_kinds", "facts",
    *FILED_WORDS,
)  # fmt: skip


def check(policy: PolicyFile) -> Iterator[Problem]:
    """Every table of words, then what bodies are recognised by."""
    version = policy.version
    for table in dict.fromkeys(_TABLES):
        yield from _table(table, getattr(version, table))
    yield from _table("offices", version.offices)
    yield from _offices(version)
    yield from _recognised("papers", version.papers)
    for route, norm in policy.norms():
        for field in norm.__struct_fields__:
            listed = getattr(norm, field)
            if isinstance(listed, tuple) and listed and all(isinstance(each, Named) for each in listed):
                yield from _named(listed, (*route, field))


def _named(listed: tuple[Named, ...], route: Route) -> Iterator[Problem]:
    owner: dict[str, str] = {}
    for n, each in enumerate(listed):
        for name in dict.fromkeys((each.name, *each.written)):
            if owner.setdefault(name, each.value) != each.value:
                yield _same((*route, n), name, owner[name])


def _table(table: str, words: dict[str, Any]) -> Iterator[Problem]:
    owner: dict[str, str] = {}
    for key, word in words.items():
        spelled = dict.fromkeys((word.name, *getattr(word, "written", ()), *getattr(word, "also", ())))
        if table == "offices" and getattr(word, "everyone", False):
            continue
        for name in spelled:
            if owner.setdefault(name, key) != key:
                yield _same((table, key), name, owner[name])


def _same(where: Route, name: str, other: str) -> Problem:
    return Problem(
        where=where,
        at_key=True,
        message=Text(
            f"“{name}”已经是 {other} 的名称（写法），填报时写了它，分不清指哪一个",
            f"“{name}” is {other} already: who writes it cannot be understood",
        ),
        fix=Text("改成不同的名称、写法。", "Give them different names."),
    )


def _offices(version: PolicyVersion) -> Iterator[Problem]:
    """Two that are known by the same words, or by the same key of a project."""
    yield from _recognised("offices", version.offices)
    keys: dict[str, str] = {}
    for role, office in version.offices.items():
        if office.field and (other := keys.setdefault(office.field, role)) != role:
            yield _alike(("offices", role, "field"), office, version.offices[other], office.field)


def _recognised(table: str, known: Mapping[str, Office | Paper]) -> Iterator[Problem]:
    words: dict[str, str] = {}
    for key, each in known.items():
        for n, word in enumerate(each.recognised):
            if (other := words.setdefault(word, key)) != key:
                yield _alike((table, key, "recognised", n), each, known[other], word)


def _alike(where: Route, office: Office | Paper, other: Office | Paper, by: str) -> Problem:
    return Problem(
        where=where,
        severity=Severity.WARNING,
        message=Text(
            f"“{office.name}”和“{other.name}”都凭 {by} 认出，分不清是哪一个",
            f"{office.name} and {other.name} are both known by {by}: nobody can tell them apart",
        ),
        fix=Text(
            "确是同一个的，不用改；不是的，各写各的。", "Leave it where they are one body; else give each its own."
        ),
    )
