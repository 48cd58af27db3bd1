"""改完的文本也经得起校验

修改别的文件（amends）的，改完的文本和一个单独的文件一样要说得通：档次首尾相接，同一件事没有两个数，分值加得拢，
引用的档次、机关、材料都在，每个规范点都有计算用到它。

按每一个有改变的日子合并：修改生效的那天、暂停或限期修改期满的次日。合并后的文本、所属辖区以下套在它上面的文件，
用其他规则再查一遍；修改前一天就有的问题不重复报，只报这次修改带来的。
"""

import datetime
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from banshi.base.folders import shipped
from banshi.checking.loaded import PolicyFile
from banshi.checking.rules import Problem, Rule, Severity, Text, load_rules
from banshi.files.shape import Shapes
from banshi.law.amending import Amends
from banshi.law.instruments import PolicyVersion
from banshi.law.library import Library, PolicyUnreadable

TITLE = Text("改完的文本也经得起校验", "What an amendment makes of a text is sound")
SUBJECT = "policy"
SEVERITY = "error"
BASIS = ()
_AMENDS = """
jurisdiction: luzhou
instrument: luzhou/example
readings: []
provisions:
  - {id: "1", label: 一, heading: 修改, source: {lines: [1, 1]}}
amends:
  - instrument: luzhou/change-management
    changes:
      - {do: set, norm: finance-tier, values: {amount.upper.value: FIGURE}}
      - {do: set, norm: government-tier, values: {amount.lower.value: 150000}}
"""
GOOD = _AMENDS.replace("FIGURE", "150000")
BAD = _AMENDS.replace("FIGURE", "120000")

_ONE_DAY = datetime.timedelta(days=1)
# What these look at is the file: where it lies, its dates, what it amends.
_OF_FILES = {
    f"policy/{name}"
    for name in ("amended-text-sound", "amendments-apply", "corrections-sound", "dates-in-order", "place-matches")
} | {"policy/county-loosens"}  # it follows the law above to its later days by itself
_LEFT_BEHIND = "policy/county-limits"  # the city may do so, and the county has to follow: a warning to both
_Found = Mapping[tuple[str, str], tuple[Rule, Problem]]


class _Day(NamedTuple):
    """A day on which an amending instrument changes a version file's text, and by which of its entries."""

    day: datetime.date
    path: Path
    entry: int


def check(policy: PolicyFile) -> Iterator[Problem]:
    """Each day on which a text changes by this instrument: what is wrong then and was not on the day before."""
    if not policy.version.amends or not policy.version.normative:
        return
    library = policy.library.holding(Path(policy.path), policy.version, policy.data)
    for each in dict.fromkeys(_days(policy, library)):
        try:
            yield from _brought(library, each)
        except PolicyUnreadable:
            continue  # policy/amendments-apply says what cannot be made


def _days(policy: PolicyFile, library: Library) -> Iterator[_Day]:
    for n, entry in enumerate(policy.version.amends):
        since = entry.since or policy.version.begins
        path = library.amended_file(entry, since)
        if path is not None:
            yield from (_Day(day, path, n) for day in _changing(entry, since))


def _changing(entry: Amends, since: datetime.date) -> Iterator[datetime.date]:
    yield since
    ends = (entry.until, *(change.last_day for change in entry.changes))
    yield from (end + _ONE_DAY for end in ends if end is not None)


def _brought(library: Library, at: _Day) -> Iterator[Problem]:
    eve = at.day - _ONE_DAY
    text = library.consolidated(at.path, at.day)
    yield from _shape(library, at, text)
    yield from _said(at, text, _found(library, at.path, eve, at.day), _found(library, at.path, at.day, at.day))
    for path in _overlays(library, text):
        below = library.consolidated(path, at.day)
        if library.version_at(below.instrument, at.day) is below:
            yield from _said(at, below, _found(library, path, eve, eve), _found(library, path, at.day, at.day))


def _overlays(library: Library, text: PolicyVersion) -> Iterator[Path]:
    """The files of jurisdictions below that speak of the same subjects."""
    for instrument in library.below(text.jurisdiction):
        yield from (p for p in library.files(instrument) if set(text.subjects) & set(library.load(p).subjects))


def _said(at: _Day, text: PolicyVersion, before: _Found, after: _Found) -> Iterator[Problem]:
    for key, (rule, problem) in after.items():
        if key not in before:
            yield Problem(
                where=("amends", at.entry),
                message=Text(
                    f"自 {at.day} 起合并的《{text.title}》：{problem.message.zh}（{rule.id}）",
                    f"{text.instrument} as it reads from {at.day}: {problem.message.en} ({rule.id})",
                ),
                fix=problem.fix,
                severity=Severity.WARNING if rule.id == _LEFT_BEHIND else problem.severity or rule.severity,
                basis=problem.basis or (text.cite,),
            )


def _shape(library: Library, at: _Day, text: PolicyVersion) -> Iterator[Problem]:
    """What an amended text says that no file could say: values of the right type that are not to be written."""
    before = {said.zh for said in _misshapen(library.consolidated_data(at.path, at.day - _ONE_DAY))}
    for said in _misshapen(library.consolidated_data(at.path, at.day)):
        if said.zh not in before:
            yield Problem(
                where=("amends", at.entry),
                message=Text(
                    f"自 {at.day} 起合并的《{text.title}》写法不对：{said.zh}",
                    f"{text.instrument} as it reads from {at.day}: {said.en}",
                ),
                fix=Text("改正 amends 里的值。", "Correct the value in amends."),
                basis=(text.cite,),
            )


def _misshapen(data: dict[str, Any]) -> Iterator[Text]:
    said = (problem.message for problem in _shapes().check(data, "policy"))
    return iter(()) if _shapes().fits(data, "policy") else said


@cache
def _shapes() -> Shapes:
    return Shapes((shipped("schemas"),))


def _found(library: Library, path: Path, as_of: datetime.date, since: datetime.date) -> _Found:
    """What the other rules find in a text as it reads on a day, as if a file said so whole, in force from ``since``."""
    stem, text = library.load(path).version, library.consolidated(path, as_of)
    dates = msgspec.structs.replace(text.dates, in_force=since, ended=None)
    whole = msgspec.structs.replace(text, version=stem, dates=dates)
    data = library.consolidated_data(path, as_of)
    data = {**data, "version": stem, "dates": {**data["dates"], "in_force": since.isoformat()}}
    file = PolicyFile(path.as_posix(), whole, data, library)
    return {(rule.id, problem.message.zh): (rule, problem) for rule in _rules() for problem in rule.check(file)}


@cache
def _rules() -> tuple[Rule, ...]:
    every = load_rules([shipped("validators")], "policy")
    return tuple(rule for rule in every if rule.id not in _OF_FILES and rule.subject == SUBJECT)
