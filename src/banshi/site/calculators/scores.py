"""The calculator of scores: into which period a day falls, and what a fact costs or brings; assets/calculate-scores.js reckons.

What it decides is what ``law/assessment_periods.py`` and ``subjects/assessment`` decide of one fact of a window, if nothing else
is the matter.
"""

import datetime
from collections.abc import Iterator
from functools import partial
from typing import Any

from banshi.base.money import plain
from banshi.law.assessment_periods import SUBJECT, scored_kinds
from banshi.law.instruments import Placed
from banshi.law.library import Law, Library
from banshi.law.norms import Adjustment, AssessmentPeriod, Bounds, RateBonus, ScoreRule, ScoreSubItem, Veto
from banshi.law.otherwise import about, elsewhere
from banshi.law.working_days import WorkingDays
from banshi.site.calculators.data import Cites, Node, interval
from banshi.site.calculators.laws import PLACE, Laws, placed
from banshi.subjects.assessment.book import AssessmentBook
from banshi.subjects.assessment.readings import READ
from banshi.subjects.assessment.sub_items import called

SCRIPT = "assets/calculate-scores.js"
_STATED = ("count", "rate", "found", "days", "amount")  # sorts of facts that one value states


def calculators(library: Library, days: WorkingDays, jurisdiction: str, cites: Cites) -> Node | None:
    """The data of the calculator for a jurisdiction and those below it; None where no law ever laid down periods."""
    laws = Laws(library, SUBJECT, partial(answers, cites=cites), pending=False)
    found = placed(laws, days, jurisdiction)
    if not any(scored_kinds(law) for place in found["places"] for law in laws.known(place)):
        return None
    given = {"asks": {"place": PLACE, **_ASKS}, "names": {}, "none": "没有施行中的考核办法"}
    return {"calculators": [_KIND], **given, **found, "cites": cites.rows}


def answers(law: Law, cites: Cites) -> Node:
    """Everything that one law answers of a fact."""
    main = _said_by(law, cites)
    there = ((other, _said_by(other.law, cites)) for other in elsewhere(law, about(law, *READ)))
    others = [
        {"reading": o.question, "option": o.option, "said": o.said, "cite": cites.reading(o), "law": read}
        for o, read in there
        if read != main
    ]
    facts = [[fact["id"], fact["name"]] for fact in main["facts"]]
    options = {"fact": facts, "found": [["yes", "有"], ["no", "没有"]]}
    shown = {"instruments": [cites.of(version.cite) for version in law.versions], "order": [], "called": {}}
    return {**shown, "options": options, "procedures": {}, **main, "others": others}


def _said_by(law: Law, cites: Cites) -> Node:
    book = AssessmentBook(law)
    return {
        "kinds": scored_kinds(law),
        "periods": [row for p in law.all(AssessmentPeriod) for row in _periods(p, cites)],
        "items": [_item(book, p, cites) for p in book.sub_items],
        "facts": [_fact(book, slug, cites) for slug in _slugs(book)],
        "caps": {scale: _cap(book, scale, cites) for scale in ("bonus", "deduction")},
        "heaviest": book.late_where_heaviest,
        "forfeits_all": book.forfeits_all,
    }


def _periods(placed: Placed[AssessmentPeriod], cites: Cites) -> Iterator[Node]:
    norm, version = placed.norm, placed.version
    begins, times = version.begins, norm.times or 1
    for n in range(times):
        start, end = (day.later(12 // times * n) for day in (norm.start, norm.end))
        yield {
            "kind": norm.period,
            "number": (norm.number or 1) + n,
            "start": [start.month, start.day, start.year],
            "end": [end.month, end.day, end.year],
            "straddling": norm.straddling,
            "begins": begins.isoformat(),
            "issued": (version.dates.issued or begins).isoformat(),
            "cite": cites.of(placed.cite),
        }


def _slugs(book: AssessmentBook) -> list[str]:
    """The facts that one value states: those that norms cost marks for, then those that add or take points."""
    known = [slug for slug in book.sorts if _sort(book, slug) in _STATED]
    return list(dict.fromkeys([*known, *(slug for _, slug in book.adjustments)]))


def _sort(book: AssessmentBook, slug: str) -> str:
    return book.sorts.get(slug, "count")


def _item(book: AssessmentBook, placed: Placed[ScoreSubItem], cites: Cites) -> Node:
    norm = placed.norm
    rules = book.rules.get(norm.id, [])
    floors = [(r.norm.floor, r.cite) for r in rules if r.norm.floor is not None]
    floors += [(norm.floor, placed.cite)] if norm.floor is not None else []
    floor = max(floors, key=lambda found: found[0]) if floors else None
    beyond = [p for p in book.rate_bonuses if p.provision.id == placed.provision.id and p.norm.onto == "base"]
    return {
        "id": norm.id,
        "name": called(placed),
        "marks": plain(norm.marks),
        "manual": norm.manual,
        "floor": floor and [plain(floor[0]), cites.of(floor[1])],
        "rules": [_rule(p, cites) for p in rules],
        "asked": list(_asked(placed)),
        "short": norm.if_short,
        "if_none": norm.if_none,
        "cite": cites.of(placed.cite),
        "beyond": [_beyond(book, p, cites) for p in beyond],
    }


def _asked(placed: Placed[ScoreSubItem]) -> Iterator[Node]:
    """The figures that a sub-item asks for, its own first."""
    norm = placed.norm
    if norm.measure and norm.bound:
        yield {"fact": norm.measure, "own": True, "in": interval(norm.bound), "said": norm.bound.phrase({})}
    for further in norm.further:
        yield {"fact": further.measure, "own": False, "in": interval(further.bound), "said": further.bound.phrase({})}


def _rule(placed: Placed[ScoreRule], cites: Cites) -> Node:
    norm = placed.norm
    end = norm.bound and (norm.bound.upper or norm.bound.lower)
    first = norm.bands[0].bound if norm.bands else norm.bound
    return {
        "id": norm.id,
        "fact": norm.fact,
        "also": list(norm.also_sub_items),
        "effect": norm.effect,
        **_bound(norm.bound),
        "figure_unit": first.unit if first else "",
        "end": end and plain(end.value),
        "points": _plain(norm.points),
        "step": _plain(norm.step),
        "part": norm.part,
        "bands": [{"in": interval(b.bound), "points": plain(b.points), "said": b.bound.phrase({})} for b in norm.bands],
        "digits": norm.digits,
        "product_digits": norm.product_digits,
        "if_none": norm.if_none,
        "at_most": _plain(norm.at_most),
        "once": norm.once,
        "every_day": norm.every_day,
        "cite": cites.of(placed.cite),
    }


def _bound(bound: Bounds | None) -> Node:
    said = {"said": bound.phrase({}), "unit": bound.unit} if bound else {"said": "", "unit": ""}
    return {"bound": bound and interval(bound), **said}


def _plain(number: Any) -> str | None:
    return None if number is None else plain(number)


def _fact(book: AssessmentBook, slug: str, cites: Cites) -> Node:
    adjusting = [p for (_, fact), p in book.adjustments.items() if fact == slug and _sort(book, slug) == "count"]
    rates = [p for p in book.rate_bonuses if slug in p.norm.rates]
    late = book.adjustments.get(("deduction", slug)) if slug == book.overdue else None
    return {
        "id": slug,
        "name": book.name(slug),
        "sort": _sort(book, slug),
        "unit": book.unit(slug),
        "adds": [*(_adds(p, cites) for p in adjusting), *(_beyond(book, p, cites) for p in rates)],
        "vetoes": [_veto(p, cites) for p in book.vetoes if p.norm.fact == slug],
        "late": slug in book.late,
        "overdue": late and {"id": late.norm.id, "points": plain(late.norm.points)},
    }


def _adds(placed: Placed[Adjustment], cites: Cites) -> Node:
    norm = placed.norm
    own = {"id": norm.id, "scale": norm.scale, "points": plain(norm.points), "cap": _plain(norm.cap), "days": norm.days}
    said = {"statement": placed.statement, "cite": cites.of(placed.cite)}
    return {**own, "once_per_matter": norm.once_per_matter, **said}


def _beyond(book: AssessmentBook, placed: Placed[RateBonus], cites: Cites) -> Node:
    norm = placed.norm
    on_base = norm.onto == "base" and any(p.provision.id == placed.provision.id for p in book.sub_items)
    own = {
        "id": norm.id,
        "scale": "bonus",
        "rates": list(norm.rates),
        "above": plain(norm.above),
        "step": plain(norm.step),
    }
    said = {"statement": placed.statement, "cite": cites.of(placed.cite)}
    return {**own, "points": plain(norm.points), "part": norm.part, "cap": _plain(norm.cap), "on_base": on_base, **said}


def _veto(placed: Placed[Veto], cites: Cites) -> Node:
    norm = placed.norm
    return {"bound": norm.bound and interval(norm.bound), "score": plain(norm.score), "cite": cites.of(placed.cite)}


def _cap(book: AssessmentBook, scale: str, cites: Cites) -> Node | None:
    found = book.caps.get(scale)  # type: ignore[call-overload]
    return found and {"at_most": _plain(found.norm.at_most), "cite": cites.of(found.cite)}


def example(law: Node, day: datetime.date) -> dict[str, str]:
    """A made-up question: two of the first fact that is counted."""
    counted = next((fact["id"] for fact in law["facts"] if fact["sort"] == "count"), None)
    return {"happened": day.isoformat(), **({"fact": counted, "count": "2"} if counted else {})}


_KIND: Node = {
    "id": "scores",
    "title": "这件事算哪一期、减几分或加几分",
    "verdict": "算",
    "lead": "写上哪天、什么事、多少，看算进哪个考核期，使哪个小项失分，加还是减。",
    "way": "scores",
    "shows": "told",
    "day": "happened",
    "asks": ["happened", "place", "fact", "count", "part", "whole", "found", "amount"],
    "needs": ["happened"],
    "by": None,
    "early": True,  # what lies before the measures were in force may count
}
_ASKS: Node = {
    "happened": {"label": "哪天的事", "sort": "date", "help": "按这一天所在的考核期算。", "today": True},
    "fact": {"label": "什么事", "sort": "choice", "optional": True, "main": True},
    "count": {"label": "多少件（次、人）", "sort": "number", "integer": True},
    "part": {"label": "其中多少", "sort": "number", "integer": True, "help": "比率的分子，例如按时办结的件数。"},
    "whole": {"label": "一共多少", "sort": "number", "integer": True, "help": "比率的分母，例如办结的全部件数。"},
    "found": {"label": "有没有", "sort": "choice"},
    "amount": {"label": "数量", "sort": "number", "help": "可以有两位小数。"},
}
