"""变更类型与说明

变更类型要在文件列举的类型之内。列举以“等”收尾（open）的，还可以写须说明的类型，并在变更原因里说明是什么情形；
只写“其他”“略”“见附件”之类等于没有说明。文件里没有的词，见“填报用的词规定里都有”。

其他类型的变更原因写多写少不在这里核对。草稿同样核对；未批准、已撤回的不核对。
"""

from collections.abc import Iterator

from banshi.base.patterns import late
from banshi.base.text import listed
from banshi.checking.rules import Problem, Text
from banshi.law.instruments import Placed
from banshi.law.library import Law
from banshi.law.norms import Enumeration
from banshi.subjects.change.filing import FiledForm
from banshi.subjects.change.words import TYPE, words_of

TITLE = Text("变更类型与说明", "The type of change, and its explanation")
SEVERITY = "error"
BASIS = ("enumeration of=change_type",)
GOOD = """
changes:
  - {type: other, reason: 相邻地块移交道路用地，增设一处人行道口。}
"""
BAD = """
changes:
  - {type: other, reason: 其他增加工程}
"""
EMPTY = late(r"其他|其它|原因|情况|说明|变更|增加工程|详见|见|附件|略|同上|无|[\W_]")
LEAST = 4  # characters that must be left: a place and a thing take no fewer


def check(case: FiledForm) -> Iterator[Problem]:
    """The type against the list; a type outside the list must be explained."""
    law, change = case.law, case.change
    placed = law.once(_types) if law else None
    if law is None or placed is None or case.dropped:
        return
    names = law.once(_names)
    if change.type not in names:
        if change.type not in words_of(law)[TYPE]:
            return  # no word of the law at all: “填报用的词规定里都有” says so
        yield Problem(
            where=("type",),
            message=Text(f"文件没有列变更类型 {change.type}", f"the instrument lists no type {change.type}"),
            fix=Text(f"可选：{listed(f'{k}（{v}）' for k, v in names.items())}。", f"One of: {', '.join(names)}."),
        )
    elif change.type in placed.norm.needs_explanation and not _says_something(change.reason):
        name = names[change.type]
        yield Problem(
            where=("reason",),
            message=Text(
                f"变更类型是“{name}”，变更原因“{change.reason}”没有说明是什么情形",
                f"type {change.type} needs an explanation; “{change.reason}” says nothing",
            ),
            fix=Text(
                "写明在哪里、为什么、增加什么；属于列明类型的，改 type。",
                "Say where, why and what is added; or choose the listed type that fits.",
            ),
        )


def _types(law: Law) -> Placed[Enumeration] | None:
    return next((p for p in law.all(Enumeration) if p.norm.of == "change_type"), None)


def _names(law: Law) -> dict[str, str]:
    """The types that may be written, with their names."""
    placed = law.once(_types)
    if placed is None:
        return {}
    spelled = words_of(law)[TYPE]
    names = {word: spelled.get(word, [word])[0] for word in _listed(placed.norm)}
    return names | {value.value: value.name for value in placed.norm.values}


def _listed(norm: Enumeration) -> tuple[str, ...]:
    """The types that may be written; an open list takes those to be explained as well."""
    return (*(value.value for value in norm.values), *(norm.needs_explanation if norm.open else ()))


def _says_something(reason: str) -> bool:
    return len(EMPTY.sub("", reason)) >= LEAST
