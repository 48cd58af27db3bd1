"""封顶、保底都用得上

封顶低于本来就该得到的，满分也得不到；封顶高于最多能得到的，永远用不上；保底高于封顶或满分的，自相矛盾。
小项的底、一条细则最多减的分、一组小项合起来的上下限、一笔加分自己的上限，都照此核对。
"""

from collections.abc import Iterator
from decimal import Decimal

from banshi.base.money import plain
from banshi.checking.loaded import PolicyFile
from banshi.checking.rules import Problem, Text
from banshi.files.findings import Route
from banshi.law.norms import Adjustment, Cap, Norm, ScoreGroup, ScoreRule, ScoreSubItem, ScoreTotal, Veto

TITLE = Text("封顶、保底都用得上", "Caps lie within reach")
SUBJECT = "policy"
SEVERITY = "error"
BASIS = ()
_CAPPED = """
governs: [assessment]
facts: {late: {name: 迟到次数, unit: 次}}
provisions:
  - id: "3"
    label: 第三条
    heading: 纪律
    source: {lines: [1, 2]}
    norms:
      - {id: discipline, kind: score_sub_item, statement: "满分{marks}分。", item: "3", marks: 10}
      - {id: lost, kind: score_rule, statement: "每次减{points}分，最多减{at_most}分。", sub_item: discipline,
         effect: subtract, fact: late, points: 1, per: 月, at_most: MOST, bound: {lower: {value: 1, inclusive: true}, unit: 次}}
tiers: {}
steps: {}
readings: []
"""
GOOD = _CAPPED.replace("MOST", "5")
BAD = _CAPPED.replace("MOST", "15")
_Found = Iterator[tuple[str, Text]]


def check(policy: PolicyFile) -> Iterator[Problem]:
    """Each end of a part of the score against what that part can come to."""
    norms = list(policy.norms())
    for route, norm in norms:
        for field, said in _faults(norm, norms):
            yield Problem(
                where=(*route, *(int(key) if key.isdigit() else key for key in field.split("."))),
                message=Text(f"{norm.id}：{said.zh}", f"{norm.id}: {said.en}"),
                fix=Text("对照原文改正；原文没有这一限的，删去。", "Correct it from the source, or leave it out."),
            )


def _faults(norm: Norm, norms: list[tuple[Route, Norm]]) -> _Found:
    if isinstance(norm, ScoreSubItem) and norm.floor is not None and norm.floor > norm.marks:
        yield "floor", _beyond("最低分", norm.floor, "满分", norm.marks)
    elif isinstance(norm, ScoreRule):
        yield from _rule(norm, norms)
    elif isinstance(norm, ScoreGroup):
        yield from _group(norm, norms)
    elif isinstance(norm, Adjustment) and norm.cap is not None and norm.cap < norm.points:
        yield "cap", _beyond("一次的分值", norm.points, "上限", norm.cap)
    elif isinstance(norm, Adjustment) and (full := _full(norms)) is not None and norm.points > full:
        yield "points", _beyond("一次的分值", norm.points, "满分", full)
    elif isinstance(norm, Veto):
        if (full := _full(norms)) is not None and norm.score >= full:
            yield "score", _beyond("否决时计的分", norm.score, "满分", full, even=True)
    elif isinstance(norm, Cap):
        yield from _cap(norm, norms)


def _full(norms: list[tuple[Route, Norm]]) -> Decimal | None:
    """Full marks, where they are stated."""
    return next((n.base_marks for _, n in norms if isinstance(n, ScoreTotal) and n.base_marks is not None), None)


def _rule(norm: ScoreRule, norms: list[tuple[Route, Norm]]) -> _Found:
    marks = next((n.marks for _, n in norms if isinstance(n, ScoreSubItem) and n.id == norm.sub_item), None)
    for field, value, what in (("at_most", norm.at_most, "最多减的分"), ("floor", norm.floor, "减到的底")):
        if marks is not None and value is not None and value > marks:
            yield field, _beyond(what, value, "小项的满分", marks)
    if norm.points is not None and norm.at_most is not None and norm.points > norm.at_most:
        yield "points", _beyond("一次减的分", norm.points, "最多减的分", norm.at_most)
    elif norm.points is not None and marks is not None and norm.points > marks:
        yield "points", _beyond("一次减的分", norm.points, "小项的满分", marks)
    for n, band in enumerate(norm.bands):
        if marks is not None and band.points > marks:
            yield f"bands.{n}.points", _beyond("这一档减的分", band.points, "小项的满分", marks)


def _group(norm: ScoreGroup, norms: list[tuple[Route, Norm]]) -> _Found:
    parts = [n.marks for _, n in norms if isinstance(n, ScoreSubItem) and n.part_of == norm.id]
    whole = any(isinstance(n, ScoreGroup) and n.part_of == norm.id for _, n in norms)
    if norm.at_most is not None and not whole and norm.at_most >= sum(parts):
        yield "at_most", _beyond("一组的上限", norm.at_most, "各小项之和", sum(parts, Decimal(0)), even=True)
    if norm.at_least is not None and norm.at_least > (sum(parts) if norm.at_most is None else norm.at_most):
        yield "at_least", Text("下限比能得到的还高", "the least is more than can be reached")


def _cap(norm: Cap, norms: list[tuple[Route, Norm]]) -> _Found:
    if norm.at_least is not None and norm.at_most is not None and norm.at_least > norm.at_most:
        yield "at_least", _beyond("保底", norm.at_least, "封顶", norm.at_most)
    full = _full(norms)
    if norm.of in ("bonus", "deduction"):
        yield from _of_entries(norm, [n for _, n in norms if isinstance(n, Adjustment) and n.scale == norm.of])
    elif full is not None:
        if norm.at_most is not None and norm.at_most < full:
            yield (
                "at_most",
                Text(
                    f"封顶 {plain(norm.at_most)} 比满分 {plain(full)} 低",
                    f"the most is below full marks, {plain(full)}",
                ),
            )
        if norm.at_least is not None and norm.at_least >= full:
            yield "at_least", _beyond("保底", norm.at_least, "满分", full, even=True)
        if norm.of == "base" and norm.at_most is not None and norm.at_most > full:
            yield "at_most", _beyond("封顶", norm.at_most, "满分", full)


def _of_entries(norm: Cap, entries: list[Adjustment]) -> _Found:
    """A cap on bonus or deductions that their own caps never let them reach, or that one entry passes at once."""
    if norm.at_most is None or not entries:
        return
    if (
        all(n.cap is not None for n in entries)
        and (most := sum((n.cap for n in entries if n.cap), Decimal(0))) < norm.at_most
    ):
        yield "at_most", _beyond("封顶", norm.at_most, "各项上限之和", most)
    if (least := min(n.points for n in entries)) > norm.at_most:
        yield "at_most", _beyond("每一项的分值", least, "封顶", norm.at_most)


def _beyond(what: str, value: Decimal, other: str, most: Decimal, *, even: bool = False) -> Text:
    than = "不比" if even else "比"
    tail = "低，用不上" if even else "高"
    return Text(
        f"{what} {plain(value)} {than}{other} {plain(most)} {tail}",
        f"{plain(value)} is {'not less' if even else 'more'} than {plain(most)}",
    )
