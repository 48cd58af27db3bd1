"""分值加得起来

考核文件写明基础分共多少分、几大项、几小项。各大项的分值合起来应等于总分，各小项合起来应等于所属大项，
项数也要对得上；没有写大项分值的，各小项合起来应等于总分。少录一项、多打一个零，都会在这里露出来。
"""

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from banshi.base.money import plain
from banshi.checking.loaded import PolicyFile
from banshi.checking.rules import Problem, Text
from banshi.files.findings import Route
from banshi.law.norms import Cap, ScoreGroup, ScoreItems, ScoreSubItem, ScoreTotal

TITLE = Text("分值加得起来", "Marks add up")
SUBJECT = "policy"
SEVERITY = "error"
BASIS = ()
_SCORES = """
provisions:
  - id: "7"
    label: 第七条
    heading: 分值
    source: {lines: [1, 1]}
    norms:
      - {id: base, kind: score_total, statement: "基础分{base_marks}分。", base_marks: 10}
      - {id: items, kind: score_total, statement: "共{items}大项。", items: 2}
      - {id: marks, kind: score_items, statement: "{marks}。", marks: {"8": 6, "9": 4}}
      - {id: first, kind: score_sub_item, statement: "满分{marks}分。", item: "8", marks: 6}
      - {id: second, kind: score_sub_item, statement: "满分{marks}分。", item: "9", marks: LAST}
readings: []
"""
GOOD = _SCORES.replace("LAST", "4")
BAD = _SCORES.replace("LAST", "3")


def check(policy: PolicyFile) -> Iterator[Problem]:
    """Items against the total, sub-items against their items, and the counts."""
    norms = list(policy.norms())
    items = next(((route, norm) for route, norm in norms if isinstance(norm, ScoreItems)), None)
    sub_items = [(route, norm) for route, norm in norms if isinstance(norm, ScoreSubItem)]
    limited = any(isinstance(norm, ScoreGroup) or (isinstance(norm, Cap) and norm.of == "base") for _, norm in norms)
    for route, norm in norms:
        if isinstance(norm, ScoreTotal):
            yield from _total(route, norm, items[1] if items else None, len(sub_items))
            if not items and sub_items:
                yield from _without_items(route, norm, [own for _, own in sub_items], limited)
    if items:
        yield from _sums(items, sub_items)


def _total(route: Route, norm: ScoreTotal, items: ScoreItems | None, sub_items: int) -> Iterator[Problem]:
    if norm.base_marks is not None and items and sum(items.marks.values()) != norm.base_marks:
        yield _differs((*route, "base_marks"), "各大项分值之和", "items", sum(items.marks.values()), norm.base_marks)
    if norm.items is not None and items and len(items.marks) != norm.items:
        yield _differs((*route, "items"), "大项数", "items", Decimal(len(items.marks)), Decimal(norm.items))
    if norm.sub_items is not None and sub_items and sub_items != norm.sub_items:
        yield _differs((*route, "sub_items"), "小项数", "sub-items", Decimal(sub_items), Decimal(norm.sub_items))


def _without_items(route: Route, norm: ScoreTotal, sub_items: list[ScoreSubItem], limited: bool) -> Iterator[Problem]:
    """Where no marks of items are stated; ``limited``: some sub-items together, or all, count less than their sum."""
    found, count = sum((own.marks for own in sub_items), Decimal(0)), len({own.item for own in sub_items})
    if norm.base_marks is not None and (found < norm.base_marks if limited else found != norm.base_marks):
        yield _differs((*route, "base_marks"), "各小项分值之和", "sub-items", found, norm.base_marks)
    if norm.items is not None and norm.items != count:
        yield _differs((*route, "items"), "小项所属的条数", "items", Decimal(count), Decimal(norm.items))


def _sums(items: tuple[Route, ScoreItems], sub_items: list[tuple[Route, ScoreSubItem]]) -> Iterator[Problem]:
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for route, norm in sub_items:
        if norm.item not in items[1].marks:
            yield Problem(
                where=(*route, "item"),
                message=Text(f"没有第 {norm.item} 条这一大项", f"there is no item {norm.item}"),
                fix=Text("对照大项分值表改正。", "Compare with the marks of the items."),
            )
        sums[norm.item] += norm.marks
    for item, marks in items[1].marks.items():
        if item in sums and sums[item] != marks:
            where = next((*route, "marks") for route, norm in sub_items if norm.item == item)
            yield _differs(where, f"第 {item} 条各小项之和", f"sub-items of {item}", sums[item], marks)


def _differs(where: Route, what: str, what_en: str, found: Decimal, stated: Decimal) -> Problem:
    return Problem(
        where=where,
        message=Text(
            f"{what}是 {plain(found)}，写明的是 {plain(stated)}", f"{what_en}: {plain(found)}, stated: {plain(stated)}"
        ),
        fix=Text("对照原文逐项核对分值和项数。", "Compare each mark and count with the source."),
    )
