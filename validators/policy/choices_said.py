"""内容的说法与所选的一致

选项（从严、从宽，加分、减分，单项、累计）在字段里写，内容里也常说一遍。内容说的是另一项的名称、没有说所选的这一项，
或者内容说“每高”、界限却写的是在多少以下才起作用的，读的人和计算各按各的：有一处写错了。

内容用占位符（如 {takes}）的，总是一致；引号里的名称不查。
"""

import re
from collections.abc import Iterator

from banshi.checking.loaded import PolicyFile
from banshi.checking.rules import Problem, Text
from banshi.files.findings import Route
from banshi.law.norms import Norm, ScoreRule
from banshi.law.norms.base import labels_of

TITLE = Text("内容的说法与所选的一致", "A statement names the choice that is taken")
SUBJECT = "policy"
SEVERITY = "warning"
BASIS = ()
_CHOICE = """
governs: [change]
provisions:
  - id: "1"
    label: 第一条
    heading: 取哪一档
    source: {lines: [1, 1]}
    norms:
      - {id: takes, kind: tier_choice, statement: "几样得出的档次不同的，从严。", takes: TAKES}
readings: []
"""
GOOD = _CHOICE.replace("TAKES", "strictest")
BAD = _CHOICE.replace("TAKES", "loosest")  # 内容说从严，字段写的是从宽

_LEFT_OUT = re.compile(r"\{[^}]*\}|“[^”]*”")
_SHORT = 2  # words of two characters stand in many sentences: they are compared with such words alone
_UP, _DOWN = re.compile("每(?:高|超|多|增加?|上升)"), re.compile("每(?:低|少|差|欠|减少|下降)")


def check(policy: PolicyFile) -> Iterator[Problem]:
    """Each choice of each norm, and which way a share goes."""
    for route, norm in policy.norms():
        text = _LEFT_OUT.sub("＿", norm.statement)
        for field, labels in labels_of(type(norm)).items():
            chosen = getattr(norm, field)
            if isinstance(chosen, str) and chosen in labels and f"{{{field}}}" not in norm.statement:
                yield from _other_choice(route, norm, field, text)
        if isinstance(norm, ScoreRule) and norm.effect == "by_steps":
            yield from _other_way(route, norm, text)


def _other_choice(route: Route, norm: Norm, field: str, text: str) -> Iterator[Problem]:
    labels, chosen = labels_of(type(norm))[field], getattr(norm, field)
    own, taken = labels[chosen], set(_taken(norm))
    if own in text:
        return
    others = (
        name
        for name in labels.values()
        if name in text and name not in own and name not in taken and len(name) >= _SHORT
        if len(name) > _SHORT or len(own) == _SHORT
    )
    for name in others:
        yield Problem(
            where=(*route, field),
            message=Text(
                f"{norm.id} 的 {field} 选的是 {chosen}（{own}），内容说的却是“{name}”",
                f"{norm.id}: {field} is {chosen} ({own}), but the statement says “{name}”",
            ),
            fix=Text(
                f"对照原文改正一处；内容里用占位符 {{{field}}}，就不会两样。",
                f"Correct one of them; with the placeholder {{{field}}} they cannot differ.",
            ),
        )


def _taken(norm: Norm) -> Iterator[str]:
    """What the choices that a norm takes are called."""
    for field, labels in labels_of(type(norm)).items():
        found = getattr(norm, field)
        values = found if isinstance(found, tuple) else (found,)
        yield from (labels[value] for value in values if isinstance(value, str) and value in labels)


def _other_way(route: Route, norm: ScoreRule, text: str) -> Iterator[Problem]:
    """Points for each step above, where the bound lies above all that counts; or the other way round."""
    bound = norm.bound
    if bound is None or (bound.lower is None) == (bound.upper is None):
        return
    above = bound.upper is None
    wrong, right = (_DOWN, _UP) if above else (_UP, _DOWN)
    if (said := wrong.search(text)) and not right.search(text):
        yield Problem(
            where=(*route, "bound"),
            message=Text(
                f"{norm.id} 的内容说“{said[0]}”，界限写的却是{bound.phrase({})}才减分",
                f"{norm.id}: the statement says “{said[0]}”, but points are lost {'above' if above else 'below'} the bound",
            ),
            fix=Text(
                "高于多少才减分的，界限写 lower；低于多少才减分的，写 upper。",
                "Where points are lost above a figure, it is the lower bound; where below, the upper.",
            ),
        )
