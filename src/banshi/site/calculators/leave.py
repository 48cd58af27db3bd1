"""The calculator of a guide on leave: who approves it, in which form, when, with what; as ``subjects/attendance/needs.py`` says."""

import datetime
from collections.abc import Iterable
from itertools import groupby

from banshi.law.library import Law
from banshi.site.calculators.data import Cites, Node, interval, nothing, words
from banshi.subjects.attendance.needs import Needs, Said
from banshi.subjects.attendance.needs_tables import NeedsRow, rows_of
from banshi.subjects.attendance.rulebook import Rules
from banshi.subjects.attendance.vocabulary import RegisterWords

KIND: Node = {
    "id": "leave",
    "title": "这次请假向谁请",
    "verdict": "谁批准",
    "shows": "card",
    "lead": "写上哪天离岗、什么假、多久，看谁批准、怎么请、要什么证明。",
    "day": "leaving",
    "asks": ["leaving", "place", "leave_kind", "sudden", "length"],
    "needs": ["leave_kind"],
    "by": None,
}


def example(law: Node, day: datetime.date) -> dict[str, str]:
    """A made-up question: four days of the first kind of leave."""
    kinds = law["options"]["leave_kind"]
    return {"leaving": day.isoformat(), "leave_kind": kinds[0][0], "length": "4"} if kinds else {}


ASKS: Node = {
    "leaving": {"label": "哪天离岗", "sort": "date", "help": "按这一天施行的规定算。", "today": True},
    "leave_kind": {"label": "什么假", "sort": "choice"},
    "sudden": {"label": "突发疾病", "sort": "yes", "optional": True, "main": True},
    "length": {"label": "离岗几天", "sort": "number", "help": "半天写 0.5。"},
}


def answers(law: Law, known: RegisterWords, cites: Cites) -> Node:
    """Everything that one law answers of leave, in the words of its jurisdiction."""
    rules = Rules(law.versions, law.jurisdiction, law.gone, known)
    rows = list(rows_of(rules, max(version.begins for version in law.versions)))
    cards: list[Node] = []
    cases = {
        kind: _of_kind([row for row in rows if kind in row.kinds], cards, cites) for row in rows for kind in row.kinds
    }
    main = {"do": "switch", "of": "leave_kind", "cases": cases, "else": nothing("没有写明什么假")}
    return {
        "instruments": [cites.of(version.cite) for version in law.versions],
        "order": [],
        "called": {},
        "options": {"leave_kind": [[kind, _named(rules, kind)] for kind in cases]},
        "questions": {"leave": {"": {"main": main, "others": []}}},
        "procedures": {},
        "cards": cards,
    }


def _named(rules: Rules, kind: str) -> str:
    counted = "" if kind in rules.words.short_kinds else f"（按{_UNITS[rules.words.unit(kind)]}计）"
    return f"{rules.words.kind(kind).zh}{counted}"


_UNITS = {"天": "日历日", "工作日": "工作日"}  # what the length of a leave is counted in


def _of_kind(rows: list[NeedsRow], cards: list[Node], cites: Cites) -> Node:
    """The answers of one kind, by whether it is a sudden illness and by length."""
    by = {sudden: list(own) for sudden, own in groupby(rows, key=lambda row: row.sudden)}
    usual = _by_length(by[False], cards, cites)
    if True not in by:
        return usual
    return {"do": "switch", "of": "sudden", "cases": {"yes": _by_length(by[True], cards, cites)}, "else": usual}


def _by_length(rows: list[NeedsRow], cards: list[Node], cites: Cites) -> Node:
    made = [(row, _card(row, cards, cites)) for row in rows]
    if len(made) == 1 and (rows[0].length is None or rows[0].short):
        return {"do": "value", "is": made[0][1], "say": f"{words(rows[0].called)}{'' if rows[0].short else '不论长短'}"}
    bands = [
        {
            "in": interval(row.length) if row.length else [None, False, None, False],
            "is": card,
            "say": f"，属于“{words(row.long)}”",
        }
        for row, card in made
    ]
    unit = next((row.length.unit for row in rows if row.length), "天")
    said = {"why": f"{words(rows[0].called)} {{plain:length}} {unit}", "lacking": {"say": "没有写明离岗几天"}}
    doubt = {"two": {"say": "规则有重叠，不能判定"}, "gap": {"say": "规则有空档，不能判定"}}
    return {"do": "bands", "of": "length", "in": bands, **said, **doubt}


def _card(row: NeedsRow, cards: list[Node], cites: Cites) -> int:
    """The place of a row's answers among the cards."""
    card: Node = (
        {"parts": _parts(row.needs, cites), "limits": _said(row.needs.limits, cites)}
        if row.needs.ruled
        else {"unruled": row.unruled}
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
