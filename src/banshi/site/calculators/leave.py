"""The calculator of a guide on leave: who approves it, in which form, when, with what.

It asks for the group of staff where the rules tell groups apart; what each needs is what ``subjects/attendance/needs.py`` says.
"""

import datetime
from collections.abc import Iterable
from decimal import Decimal
from itertools import groupby

from banshi.law.library import Law
from banshi.law.norms import Cover, LeaveApproval, Offset, Quota, Record
from banshi.law.otherwise import OtherAnswer, about, elsewhere
from banshi.site.calculators.data import Cites, Node, holds, interval, nothing, others, words
from banshi.subjects.attendance.needs import Needs, Said
from banshi.subjects.attendance.needs_tables import NeedsRow, rows_of
from banshi.subjects.attendance.rulebook import Rules
from banshi.subjects.attendance.vocabulary import RegisterWords

READ = (LeaveApproval, Cover, Record, Quota, Offset)
KIND: Node = {
    "id": "leave",
    "title": "这次请假向谁请",
    "verdict": "谁批准",
    "shows": "card",
    "lead": "写上哪天离岗、什么假、多久，看谁批准、怎么请、要什么证明。",
    "day": "leaving",
    "asks": ["leaving", "place", "leave_kind", "sudden", "length", "group"],
    "needs": ["leave_kind"],
    "by": None,
}


def example(law: Node, day: datetime.date) -> dict[str, str]:
    """A made-up question: four days of the first kind of leave, of somebody of the first group that it hangs on."""
    kinds = law["options"]["leave_kind"]
    if not kinds:
        return {}
    given = {"leaving": day.isoformat(), "leave_kind": kinds[0][0], "length": "4"}
    node = law["questions"]["leave"][""]["main"]["cases"][kinds[0][0]]
    return {**given, **({"group": law["options"]["group"][0][0]} if _asks_group(node, Decimal(4)) else {})}


def _asks_group(node: Node, length: Decimal) -> bool:
    """Whether what is answered of a usual leave of this length hangs on the group of staff."""
    if node["do"] == "bands":
        return any("then" in band and holds(band["in"], length) for band in node["in"])
    if node["do"] == "switch" and node["of"] == "sudden":
        return _asks_group(node["else"], length)
    return bool(node["do"] == "switch")


ASKS: Node = {
    "leaving": {"label": "哪天离岗", "sort": "date", "help": "按这一天施行的规定算。", "today": True},
    "leave_kind": {"label": "什么假", "sort": "choice"},
    "sudden": {"label": "突发疾病", "sort": "yes", "optional": True, "main": True},
    "length": {"label": "离岗几天", "sort": "number", "help": "半天写 0.5。"},
    "group": {"label": "哪类人员", "sort": "choice"},
}


def answers(law: Law, known: RegisterWords, cites: Cites) -> Node:
    """Everything that one law answers of leave, in the words of its jurisdiction, and where other readings lead."""
    cards: list[Node] = []

    def made(read: Law) -> Node:
        return _by_kind(Rules(read.versions, read.jurisdiction, read.gone, known), cards, cites)

    main = made(law)
    there = others(law, list(elsewhere(law, about(law, *READ))), made, _told, cites)
    return {
        "instruments": [cites.of(version.cite) for version in law.versions],
        "order": [],
        "called": {},
        "options": {
            "leave_kind": [[kind, _named(known, kind)] for kind in main["cases"]],
            "group": [[group, known.group(group).zh] for group in known.groups],
        },
        "questions": {"leave": {"": {"main": main, "others": there}}},
        "procedures": {},
        "cards": cards,
    }


def _told(other: OtherAnswer) -> str:
    return f"{words(other.asked_by.readings[other.question].question)}若按“{words(other.said)}”，{{text:apart}}"


def _by_kind(rules: Rules, cards: list[Node], cites: Cites) -> Node:
    rows = list(rows_of(rules, max(version.begins for version in rules.versions), tuple(rules.words.groups) or (None,)))
    cases = {
        kind: _of_kind([row for row in rows if kind in row.kinds], rules.words, cards, cites)
        for row in rows
        for kind in row.kinds
    }
    return {"do": "switch", "of": "leave_kind", "cases": cases, "else": nothing("没有写明什么假")}


def _named(known: RegisterWords, kind: str) -> str:
    counted = "" if kind in known.short_kinds else f"（按{_UNITS[known.unit(kind)]}计）"
    return f"{known.kind(kind).zh}{counted}"


_UNITS = {"天": "日历日", "工作日": "工作日"}  # what the length of a leave is counted in


def _of_kind(rows: list[NeedsRow], known: RegisterWords, cards: list[Node], cites: Cites) -> Node:
    """The answers of one kind, by whether it is a sudden illness and by length."""
    by = {
        sudden: _by_length(list(own), known, cards, cites) for sudden, own in groupby(rows, key=lambda row: row.sudden)
    }
    return {"do": "switch", "of": "sudden", "cases": {"yes": by[True]}, "else": by[False]} if True in by else by[False]


def _by_length(rows: list[NeedsRow], known: RegisterWords, cards: list[Node], cites: Cites) -> Node:
    made = [(row, _by_group(row, known, cards, cites)) for row in rows]
    if len(made) == 1 and (rows[0].length is None or rows[0].short):
        say = f"{words(rows[0].called)}{'' if rows[0].short else '不论长短'}"
        return {"say": say, **made[0][1]} if "is" in made[0][1] else made[0][1]
    bands = [
        {
            "in": interval(row.length) if row.length else [None, False, None, False],
            **({"is": node["is"]} if "is" in node else {"then": node}),
            "say": f"，属于“{words(row.long)}”",
        }
        for row, node in made
    ]
    unit = next((row.length.unit for row in rows if row.length), "天")
    said = {"why": f"{words(rows[0].called)} {{plain:length}} {unit}", "lacking": {"say": "没有写明离岗几天"}}
    doubt = {"two": {"say": "规则有重叠，不能判定"}, "gap": {"say": "规则有空档，不能判定"}}
    return {"do": "bands", "of": "length", "in": bands, **said, **doubt}


def _by_group(row: NeedsRow, known: RegisterWords, cards: list[Node], cites: Cites) -> Node:
    """The card of a row; where it is not the same for all groups of staff, that of each of them."""
    of = [_card(row.unruled, needs, cards, cites) for needs in row.of_groups]
    if len(set(of)) == 1:
        return {"do": "value", "is": of[0]}
    cases = {
        group: {"do": "value", "is": card, "say": f"{words(row.called)}的是{words(known.group(group).zh)}"}
        for group, card in zip(known.groups, of, strict=True)
    }
    return {"do": "switch", "of": "group", "cases": cases, "else": nothing("没有写明是哪类人员")}


def _card(unruled: str, needs: Needs, cards: list[Node], cites: Cites) -> int:
    """The place of answers among the cards."""
    card: Node = (
        {"parts": _parts(needs, cites), "limits": _said(needs.limits, cites)} if needs.ruled else {"unruled": unruled}
    )
    if card not in cards:
        cards.append(card)
    return cards.index(card)


def _parts(needs: Needs, cites: Cites) -> list[list[object]]:
    return [[label, _said(said, cites), none] for label, said, none in needs.answers]


def _said(said: Iterable[Said], cites: Cites) -> list[list[object]]:
    """Each part of an answer with the rows of what it rests on."""
    return [
        [each.text, [*(cites.of(p.cite) for p in each.norms), *([cites.asked(*each.reading)] if each.reading else [])]]
        for each in said
    ]
