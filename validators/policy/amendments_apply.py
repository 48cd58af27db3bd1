"""修改都落得到实处

修改别的文件（amends）的，每一处都要在被修改的文本里找得到：规范点、条款、字段写错一个字母，改动就落空，所以是错误。
被修改的文件要在本库、由本辖区或下级制定，不能是自己；相互修改的（隔着几个文件也算），后成文的改先成文的；修改生效不早于本文件施行；写明的条款（at）要是本文件的。
改成的和原来一样的，提醒一下。改完的文本按本文件生效那天的合并，值的写法也要对。
"""

import datetime
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from banshi.checking.loaded import PolicyFile
from banshi.checking.rules import Problem, Severity, Text
from banshi.files.findings import Route
from banshi.law.amending import Amends, NewValues, Removed
from banshi.law.dotted import Nowhere, find
from banshi.law.library import Library, PolicyUnreadable, places_above
from banshi.law.texts import AmendmentFails

TITLE = Text("修改都落得到实处", "Every amendment finds what it changes")
SUBJECT = "policy"
SEVERITY = "error"
BASIS = ()
_AMENDS = """
jurisdiction: luzhou
instrument: luzhou/example
amends:
  - instrument: luzhou/change-management
    changes:
      - {do: set, norm: NORM, values: {amount.upper.value: 150000}}
"""
GOOD = _AMENDS.replace("NORM", "finance-tier")
BAD = _AMENDS.replace("NORM", "finance-teir")


def check(policy: PolicyFile) -> Iterator[Problem]:
    """Each instrument that this one amends."""
    for n, entry in enumerate(policy.version.amends):
        stated = list(_misstated(policy, entry, ("amends", n)))
        yield from stated or _failing(policy, entry, n)


def _misstated(policy: PolicyFile, entry: Amends, where: Route) -> Iterator[Problem]:
    own, library = policy.version, policy.library
    files = library.files(entry.instrument)
    if entry.instrument == own.instrument:
        yield _at((*where, "instrument"), "文件不能修改自己，修改的文件要另立一个", "an instrument cannot amend itself")
    elif not files:
        yield _at((*where, "instrument"), f"本库没有 {entry.instrument}", f"there is no {entry.instrument}")
    elif own.jurisdiction not in places_above(library.load(files[0]).jurisdiction):
        yield _at(
            (*where, "instrument"),
            f"{own.jurisdiction} 不能修改 {entry.instrument}：不是本辖区或下级的文件",
            f"{own.jurisdiction} cannot amend {entry.instrument}, which is not its own",
        )
    elif entry.version and all(path.stem != entry.version for path in files):
        yield _at((*where, "version"), f"没有 {entry.version} 的版本", f"there is no version {entry.version}")
    since = entry.since or own.begins
    if since < own.begins:
        yield _at((*where, "since"), f"早于本文件施行的 {own.begins}", f"before {own.begins}, its first day")
    for m, change in enumerate(entry.changes):
        if any(day is not None and day < since for day in (entry.until, change.last_day)):
            yield _at((*where, "changes", m), "还没有生效就已经到期", "it ends before it begins")
        if change.at is not None and all(change.at != provision.id for provision in own.provisions):
            yield _at(
                (*where, "changes", m, "at"), f"本文件没有条款 {change.at}", f"it has no provision {change.at} itself"
            )


def _failing(policy: PolicyFile, entry: Amends, n: int) -> Iterator[Problem]:
    """What cannot be made of the amended text, itself included whether or not it lies where laws are found."""
    own = Path(policy.path).resolve()
    library = policy.library.holding(Path(policy.path), policy.version, policy.data)
    since = entry.since or policy.version.begins
    amended = library.amended_file(entry, since)
    if amended is None or not policy.version.normative:
        return
    if not library.changes(policy.version, amended):
        yield _at(
            ("amends", n, "instrument"),
            f"{entry.instrument} 成文在后，又反过来修改本文件，这里的修改不算数",
            f"{entry.instrument} was decided later and amends this one in turn; what is amended here does not count",
        )
        return
    try:
        library.consolidated(amended, since)
        yield from _as_before(library, entry, amended, since, n)
        if _is_over(library, entry, amended, since):
            zh = f"{entry.instrument} 在 {since} 以前已经失效，没有后面的版本，这里的修改落空"
            yield _at(("amends", n, "instrument"), zh, f"{entry.instrument} ended before {since}: nothing is amended")
    except AmendmentFails as failed:
        if failed.path.resolve() == own:
            yield Problem(where=failed.where, message=failed.said, fix=_FIX)
    except PolicyUnreadable as unreadable:
        if unreadable.path.resolve() in (amended.resolve(), own):
            why = unreadable.why
            yield _at(("amends", n), f"改完的文本不能用：{why.zh}", f"the amended text cannot be used: {why.en}")


def _as_before(library: Library, entry: Amends, amended: Path, since: datetime.date, n: int) -> Iterator[Problem]:
    """What sets values that stand there already, the day before."""
    before = library.consolidated_data(amended, since - datetime.timedelta(days=1))
    norms = {norm["id"]: norm for part in before.get("provisions", ()) for norm in part.get("norms", ())}
    for m, change in enumerate(entry.changes):
        if isinstance(change, NewValues) and change.norm in norms and not _differs(norms[change.norm], change.values):
            yield Problem(
                where=("amends", n, "changes", m),
                severity=Severity.WARNING,
                message=Text(
                    f"{change.norm} 在 {since} 以前已经是这样写的，这一处没有改什么",
                    f"{change.norm} said so before {since} already: nothing is changed",
                ),
                fix=Text("对照原文：值写错的改正，多写的删去。", "Correct the value, or leave the change out."),
            )


def _differs(norm: dict[str, Any], values: dict[str, Any]) -> bool:
    for path, value in values.items():
        try:
            if find(norm, path) != value:
                return True
        except Nowhere:
            return True
    return False


def _is_over(library: Library, entry: Amends, amended: Path, since: datetime.date) -> bool:
    """Whether the text that is amended is in force on no day from then on, and it is not this that ends it."""
    ends_it = any(isinstance(change, Removed) and not (change.norm or change.provision) for change in entry.changes)
    own = [
        each
        for each in library.versions(entry.instrument)
        if amended.stem in (each.text.version, each.text.amended.base)
    ]
    return not ends_it and bool(own) and all(each.until is not None and each.until < since for each in own)


def _at(where: Route, zh: str, en: str) -> Problem:
    return Problem(where=where, message=Text(zh, en), fix=_FIX)


_FIX = Text(
    "对照被修改的文本那天的写法改正；banshi text 文件 --on 前一天 印出它。",
    "Correct it against the text as it was; banshi text INSTRUMENT --on DATE prints it.",
)
