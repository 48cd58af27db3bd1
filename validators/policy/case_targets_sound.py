"""办件的类别、评价、标记和指标前后一致

办件登记里可写的类别、系统、评价、标记由文件声明，指标按它们算。名称重复的，不知道指哪一个；指标里用了没有声明的词、
写了算不了的组合（例如没有按月份分开却规定每月至少多少件），指标就落空。算得出来、多半不是本意的（只有上限的比率，施行以前的月份，好评中间夹着差评），是警告。
"""

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

import msgspec

from banshi.base.text import NOTHING, listed
from banshi.checking.loaded import PolicyFile
from banshi.checking.rules import Problem, Severity, Text
from banshi.files.findings import Route
from banshi.law.instruments import PolicyVersion
from banshi.law.norms import Classification, Count, Duties, Enumeration, Target
from banshi.law.terms import CaseClass, CaseFlag, CaseWord, Evaluation
from banshi.subjects.cases.forms import Case
from banshi.subjects.cases.groups import CELLS
from banshi.subjects.cases.measures import MEASURES
from banshi.subjects.cases.targets import OVERDUE, PROMISED_LIMITS, TIME_SAVED
from banshi.subjects.cases.vocabulary import NONE, Vocabulary, declared
from banshi.subjects.cases.vocabulary import SUBJECT as PARALLEL

TITLE = Text("办件的类别、评价、标记和指标前后一致", "Words and targets of case logs are sound")
SUBJECT = "policy"
SEVERITY = "error"
BASIS = ()
_TARGET = """
governs: [parallel]
case_flags: {urgent: {name: 加急}}
provisions:
  - id: "1"
    label: 一
    heading: 指标
    source: {lines: [1, 4]}
    norms:
      - id: on-time
        kind: target
        statement: 按时办结率达{bound}。
        measure: on_time_rate
        by: [department, %s]
        bound: {lower: {value: 99, inclusive: true}, unit: "%%"}
"""
GOOD = _TARGET % "urgent"
BAD = _TARGET % "urgnet"
_TABLES = ("case_kinds", "case_systems", "evaluations", "case_flags", "case_classes")
_RESERVED = {"case_kinds": ("other",), "case_systems": (NONE,), "evaluations": (NONE,)}
_KEYS = frozenset(field.encode_name for field in msgspec.structs.fields(Case))
_COUNTS = (OVERDUE,)
_LOOKED_AT = (Target, Count, Enumeration, Duties, Classification)


def check(policy: PolicyFile) -> Iterator[Problem]:
    """The words, then each target."""
    if "parallel" not in policy.version.subjects:
        return  # a target of another subject is about facts, not about cases of a log
    own = policy.version
    if not _tables(own) and not any(isinstance(norm, _LOOKED_AT) for _, norm in policy.norms()):
        return
    others = (v for v in policy.beside if v.instrument != own.instrument and _tables(v))
    words = declared((*others, own)) or Vocabulary()
    for table in _TABLES:
        yield from _table(table, getattr(policy.version, table), words)
    yield from _scale(own.evaluations)
    for route, norm in policy.norms():
        if isinstance(norm, Target) and PARALLEL in policy.version.subjects:
            for field, message, fix in _target(norm, words):
                yield Problem(where=(*route, field), message=message, fix=fix)
            for field, message, fix in _doubtful(policy, norm):
                yield Problem(where=(*route, field), severity=Severity.WARNING, message=message, fix=fix)
        elif isinstance(norm, Count | Enumeration | Duties | Classification):
            for field, name in _said_of(norm):
                if not words.knows(name):
                    message = _undeclared("办件的类别或类", "kind or class of case", name)
                    yield Problem(where=(*route, field), message=message, fix=_DECLARE)


def _tables(version: PolicyVersion) -> bool:
    """Whether a version declares any word of a log."""
    return any(getattr(version, table) for table in _TABLES)


def _said_of(norm: Count | Enumeration | Duties | Classification) -> Iterator[tuple[str, str]]:
    """The kinds of case of which a norm says something, each with the field that names it."""
    yield from (("of", name) for name in ([norm.of] if isinstance(norm, Classification) else ()))
    yield from (("cases", name) for name in (() if isinstance(norm, Classification) else norm.cases))


def _table(table: str, own: dict[str, CaseWord], words: Vocabulary) -> Iterator[Problem]:
    names = Counter(name for word in own.values() for name in (word.name, *word.also))
    for slug, word in own.items():
        where: Route = (table, slug)
        twice = [name for name in (word.name, *word.also) if names[name] > 1]
        if twice:
            yield Problem(
                where=where,
                message=Text(f"{listed(twice)} 指的不止一个", f"{listed(twice)}: several have this name"),
                fix=_NAME,
            )
        if slug in _RESERVED.get(table, ()) or (table == "case_flags" and slug in _KEYS):
            yield Problem(
                where=where, message=Text(f"{slug} 另有用处，不能声明", f"{slug} means something else"), fix=_NAME
            )
        if isinstance(word, CaseFlag | CaseClass) and word.of is not None and word.of not in words.kinds:
            yield Problem(where=(*where, "of"), message=_undeclared("类别", "kind", word.of), fix=_DECLARE)
        if isinstance(word, CaseClass):
            yield from _class(where, word, words)


def _scale(evaluations: dict[str, Evaluation]) -> Iterator[Problem]:
    """Evaluations stand from one end of the scale to the other: those that are good lie together, at an end."""
    goods = [word.good for word in evaluations.values()]
    turns = sum(1 for one, other in pairwise(goods) if one != other)
    if turns > 1:
        yield Problem(
            where=("evaluations",),
            at_key=True,
            severity=Severity.WARNING,
            message=Text(
                "评价从一头排到另一头，算满意的（good: true）不在同一头，是不是写错了一个",
                "evaluations stand in order, and the good ones are not together at one end: is one of them wrong?",
            ),
            fix=Text("对照原文改正 good，或者按好坏排列。", "Correct good, or put them in order."),
        )


def _class(where: Route, word: CaseClass, words: Vocabulary) -> Iterator[Problem]:
    if word.flag is not None and word.flag not in words.flags:
        yield Problem(where=(*where, "flag"), message=_undeclared("标记", "flag", word.flag), fix=_DECLARE)
    if (word.of is None and word.flag is None) is not word.listed_projects:
        yield Problem(where=where, message=_NO_CLASS, fix=_CLASS)


def _target(norm: Target, words: Vocabulary) -> Iterator[tuple[str, Text, Text]]:
    """Field, message and advice."""
    for name in norm.cases:
        if not words.knows(name):
            yield "cases", _undeclared("办件的类别或类", "kind or class of case", name), _DECLARE
        elif norm.measure == TIME_SAVED and name not in words.kinds:
            yield "cases", _no_kind(name), _KINDS
    if norm.system is not None and norm.system.value not in words.systems:
        yield "system", _undeclared("系统", "system", norm.system.value), _DECLARE
    for name in norm.by:
        if name not in CELLS and name != "kind" and name not in words.flags:
            yield "by", _undeclared("标记", "flag", name), _BY
    for name in norm.where.flags if norm.where else ():
        if name not in words.flags:
            yield "where", _undeclared("标记", "flag", name), _DECLARE
    flags = {"by": norm.by, "where": tuple(norm.where.flags) if norm.where else ()}
    for field, names in flags.items():
        for name in names:
            of = words.flags[name].of if name in words.flags else None
            if of and norm.cases and of not in norm.cases and all(each in words.kinds for each in norm.cases):
                yield field, _of_others(name, of), _DECLARE
    if norm.measure == "satisfaction_rate" and not words.good:
        yield "measure", _NO_GOOD, _DECLARE
    yield from _combined(norm)


def _doubtful(policy: PolicyFile, norm: Target) -> Iterator[tuple[str, Text, Text]]:
    """What can be computed, and is hardly meant."""
    yield from _turned(norm)
    months = norm.where.months if norm.where else ()
    begins = norm.holds_from or policy.version.begins
    past = [month for month in months if month < begins.isoformat()[:7]]
    if past:
        said = Text(
            f"{listed(past)} 在开始考核的 {begins} 以前，没有办件算在内",
            f"{', '.join(past)}: before {begins}, from which on cases count",
        )
        yield "where", said, Text("改正月份，或写明 holds_from。", "Correct the month, or state holds_from.")


def _turned(norm: Target) -> Iterator[tuple[str, Text, Text]]:
    """A rate with an upper end alone, or late cases with a lower one: the worse it is done, the better it is met."""
    bound = norm.bound
    counted = norm.measure in _COUNTS
    if bound is None or (norm.measure not in MEASURES and norm.measure not in (TIME_SAVED, PROMISED_LIMITS)):
        return
    if (bound.upper if counted else bound.lower) is None:
        yield (
            "bound",
            Text(
                f"{'件数只有下限' if counted else '比率只有上限'}：办得越差越算达到，上下限是不是写反了",
                f"{'a count with a lower end alone' if counted else 'a rate with an upper end alone'}: the worse, the better it is met",
            ),
            Text("对照原文，改成另一头。", "Compare with the source, and turn it round."),
        )


_BY = Text(
    f"可写 {listed((*CELLS, 'kind'))}，或 case_flags 里声明的标记。",
    f"One of {', '.join((*CELLS, 'kind'))}, or a flag that case_flags declares.",
)


def _of_others(flag: str, of: str) -> Text:
    return Text(
        f"标记 {flag} 只有 {of} 才有，这里说的办件里没有这一类，一件也对不上",
        f"only {of} have the flag {flag}, and none of these cases are that: nothing fits",
    )


def _combined(norm: Target) -> Iterator[tuple[str, Text, Text]]:
    """What no computation could honour together."""
    if (norm.measure == "handled_in_system") is (norm.system is None):
        yield (
            "measure",
            Text("handled_in_system 和 system 要一起写", "handled_in_system and system go together"),
            NOTHING,
        )
    if norm.at_least_cases is not None and "month" not in norm.by:
        yield "at_least_cases", Text("没有按月份（by: month）分开", "it is not taken month by month"), _COMBINE
    if norm.too_few == "quarter" and norm.at_least_cases is None:
        yield "too_few", Text("没有写每月至少多少件", "at_least_cases is missing"), _COMBINE
    if (norm.measure == PROMISED_LIMITS) is (norm.each is None):
        yield "measure", Text("promised_limits 和 each 要一起写", "promised_limits and each go together"), _COMBINE
    if norm.measure in (PROMISED_LIMITS, TIME_SAVED):
        able = ("by", "rounding", "zero_denominator") if norm.measure == PROMISED_LIMITS else ()
        for field in ("where", "by", "of", "rounding", "zero_denominator", "at_least_cases"):
            if getattr(norm, field) and field not in able:
                yield field, Text(f"{norm.measure} 不看 {field}", f"{norm.measure} takes no {field}"), _COMBINE
    if norm.measure == PROMISED_LIMITS and set(norm.by) - {"department"}:
        yield "by", Text("promised_limits 只能按部门分开", "promised_limits is by department only"), _COMBINE
    if norm.measure in _COUNTS and (norm.of or norm.zero_denominator):
        yield "measure", Text("这是件数，没有分母", "this is a count without a denominator"), _COMBINE
    if norm.measure in _COUNTS and norm.rounding:
        yield "rounding", Text("这是件数，没有可取整的", "this is a count: there is nothing to round"), _COMBINE
    if norm.rounding is not None and norm.bound is None:
        yield "rounding", Text("没有要求（bound），取整没有用处", "there is no bound to compare with"), _COMBINE


def _undeclared(what: str, english: str, name: str) -> Text:
    return Text(f"没有声明{what} {name}", f"no {english} {name} is declared")


def _no_kind(name: str) -> Text:
    return Text(f"用时只按类别算，{name} 不是类别", f"time saved is reckoned by kind of case, which {name} is not")


_KINDS = Text("写 case_kinds 里的标识。", "Name kinds that case_kinds declares.")
_NAME = Text("换一个名称或标识。", "Use another name.")
_DECLARE = Text(
    "在文件的 case_kinds、case_systems、evaluations、case_flags 或 case_classes 里声明，或改正写错的。",
    "Declare it in case_kinds, case_systems, evaluations, case_flags or case_classes, or correct it.",
)
_NO_CLASS = Text("说不出是哪些办件", "it is not said which cases these are")
_CLASS = Text("写 of、flag，或者只写 listed_projects: true。", "Give of or flag, or listed_projects: true alone.")
_NO_GOOD = Text("没有声明哪些评价算满意（evaluations）", "no evaluation is declared to be good")
_COMBINE = Text("补上或删去其中一项。", "Add or delete one of them.")
