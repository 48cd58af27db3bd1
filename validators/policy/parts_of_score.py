"""总分的构成与各部分对得上

写明总分由哪几部分构成（parts）的，写到的部分都要有规范点去算，算到的部分都要写到：写了减分而没有一条减分，
或有加分的条文而构成里没有加分，总分怎样算就说不清。认得的写法见下；另有叫法的，写进条文，不写 parts。
"""

from collections.abc import Iterator

from banshi.base.text import listed
from banshi.checking.loaded import PolicyFile
from banshi.checking.rules import Problem, Text
from banshi.law.norms import Adjustment, Norm, RateBonus, ScoreSubItem, ScoreTotal, ScoreWeighting

TITLE = Text("总分的构成与各部分对得上", "The parts of the score are those that there are")
SUBJECT = "policy"
SEVERITY = "error"
BASIS = ()
_SCORES = """
governs: [assessment]
facts: {more: {name: 表扬次数, unit: 次}}
provisions:
  - id: "7"
    label: 第七条
    heading: 分值
    source: {lines: [1, 1]}
    norms:
      - {id: parts, kind: score_total, statement: "考核分由{parts}构成。", parts: [PARTS]}
      - {id: service, kind: score_sub_item, statement: "满分{marks}分。", item: "3", marks: 5, manual: true}
      - {id: more, kind: adjustment, statement: "每{per}加{points}分。", scale: bonus, fact: more, points: 1, per: 次}
tiers: {}
steps: {}
readings: []
"""
GOOD = _SCORES.replace("PARTS", "基础分, 加分项")
BAD = _SCORES.replace("PARTS", "基础分, 减分项")
_WORDS = {
    "base": ("基础分", "基本分", "基础分值"),
    "bonus": ("加分项", "加分", "奖励分", "奖分"),
    "deduction": ("减分项", "减分", "扣分项", "扣分"),
    "given": ("评议分", "评分", "评议"),
}
_KNOWN = {word: part for part, words in _WORDS.items() for word in words}


def check(policy: PolicyFile) -> Iterator[Problem]:
    """What is said to make up the score, against what does."""
    norms = list(policy.norms())
    there = {part for _, norm in norms if (part := _part(norm))}
    for route, norm in norms:
        if isinstance(norm, ScoreTotal) and norm.parts and there:
            for said in _faults(norm, there):
                yield Problem(
                    where=(*route, "parts"),
                    message=Text(f"{norm.id}：{said.zh}", f"{norm.id}: {said.en}"),
                    fix=Text("对照原文，把构成和各部分改成一致。", "Compare with the source, and make both agree."),
                )


def _faults(norm: ScoreTotal, there: set[str]) -> Iterator[Text]:
    known = {_KNOWN[word]: word for word in norm.parts if word in _KNOWN}
    for word in norm.parts:
        if word not in _KNOWN:
            yield Text(f"不认得“{word}”这一部分，认得的是{listed(_KNOWN)}", f"no part is known as {word}")
        elif _KNOWN[word] not in there:
            yield Text(f"构成里有{word}，没有一条规范点去算它", f"{word} is a part, and no norm makes it")
    for part in sorted(there - known.keys()):
        yield Text(f"有算{_WORDS[part][0]}的规范点，构成里没有写", f"there are norms on {part}, which is no part")


def _part(norm: Norm) -> str:
    """The part of the score that a norm makes."""
    if isinstance(norm, Adjustment):
        return norm.scale
    if isinstance(norm, RateBonus):
        return "bonus" if norm.onto == "bonus" else ""
    if isinstance(norm, ScoreWeighting):
        return "given" if norm.plus else ""
    return "base" if isinstance(norm, ScoreSubItem) else ""
