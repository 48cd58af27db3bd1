"""The calculator of a catalogue: when each item of a case is due, from the day of acceptance; assets/calculate-schedule.js counts.

What it decides is what ``subjects/parallel`` decides of a plan (``answer.py``) and of a sheet for the applicant (``notice.py``).
"""

import datetime
from functools import partial

from banshi.base.text import listed
from banshi.law.library import Law
from banshi.law.norms import Target
from banshi.law.working_days import WorkingDays
from banshi.site.calculators.data import Cites, Node
from banshi.site.calculators.laws import Laws, calendar
from banshi.subjects.parallel.context import PARALLEL, CatalogueFile, cycles
from banshi.subjects.parallel.forms import MATERIAL_FORMS, Item, Material
from banshi.subjects.parallel.notice import BESIDES, OVERDUE, beside
from banshi.subjects.parallel.savings import MEASURE, unjudged
from banshi.subjects.parallel.schedule import Limit, promised, statutory

SCRIPT = "assets/calculate-schedule.js"
_SIGNED = "窗口告知人：　　　　　　　申请人签收：　　　　　　　告知日期：　　　　　　"


def calculators(file: CatalogueFile, days: WorkingDays, cites: Cites) -> Node | None:
    """The data of the calculator; None where prerequisites go in a circle, so that nothing can be dated."""
    catalogue = file.catalogue
    items = tuple(catalogue.by_id.values())
    if next(cycles(items), None):
        return None
    place = catalogue.jurisdiction
    laws = Laws(file.library, PARALLEL, partial(_answers, file=file, cites=cites), pending=False)
    spans = [_known(span, laws, file, cites) for span in laws.spans(place)]
    places = {place: {"name": catalogue.centre, "calendar": 0, "spans": spans}}
    shown = {"places": places, "calendars": [calendar(days.in_place(place))], "laws": laws.rows}
    rows = [_row(file, item) for item in items]
    besides = [[name.zh, key] for name, key in BESIDES]
    told = {"since": catalogue.in_use_from.isoformat(), "items": rows, "besides": besides}
    return {
        "calculators": [_KIND],
        "asks": _ASKS,
        "names": {},
        "none": "",
        **shown,
        "catalogue": told,
        "cites": cites.rows,
    }


def _known(span: Node, laws: Laws, file: CatalogueFile, cites: Cites) -> Node:
    """A span with a law: where none is in force, one that says nothing, for the days are the catalogue's own."""
    if span["laws"] != [None]:
        return span
    nothing = _answers(Law((), file.catalogue.jurisdiction), file, cites)
    if nothing not in laws.rows:
        laws.rows.append(nothing)
    return {"from": span["from"], "laws": [laws.rows.index(nothing)]}


def _answers(law: Law, file: CatalogueFile, cites: Cites) -> Node:
    """What a law says of cases of the catalogue's kind: that they be faster without a figure, and what of late ones."""
    targets = [p for p in law.all(Target) if p.norm.speaks_of(file.catalogue.case_kind)]
    faster = next((p for p in targets if p.norm.measure == MEASURE), None)
    named = [[item.id, item.name] for item in file.catalogue.by_id.values()]
    return {
        "instruments": [cites.of(version.cite) for version in law.versions] if targets else [],
        "order": [],
        "called": {},
        "options": {"items": named, "held": named, "done": named},
        "procedures": {},
        "unjudged": [{"text": unjudged(p.norm).zh, "cite": cites.of(p.cite)} for p in [faster] if p],
        "late": [{"say": p.statement, "cite": cites.of(p.cite)} for p in targets if p.norm.measure == OVERDUE],
    }


def _row(file: CatalogueFile, item: Item) -> Node:
    return {
        "id": item.id,
        "name": item.name,
        "department": listed(file.catalogue.department_name(one) for one in item.departments),
        "requires": list(item.requires),
        "promised": _limit(promised(item)),
        "statutory": _limit(statutory(item)),
        "unpromised": item.limits.promised is None and not item.immediate,
        "papers": [_paper(material) for material in item.materials],
        "besides": {key: said for _, key in BESIDES if (said := beside(item, key)) is not None},
    }


def _limit(limit: Limit | None) -> list[int | str] | None:
    return [limit.days, limit.unit] if limit else None


def _paper(material: Material) -> Node:
    form = MATERIAL_FORMS[material.form] if material.form else None
    own = {
        "id": material.id,
        "name": material.name,
        "copies": material.copies,
        "form": form,
        "from": material.from_item,
    }
    return {**own, "note": material.note, "form_itself": bool(material.application_form)}


def example(_law: Node, day: datetime.date) -> dict[str, str]:
    """A made-up question: all items, from this day on."""
    return {"starts": day.isoformat()}


_KIND: Node = {
    "id": "schedule",
    "title": "从受理到办完，每一项哪天",
    "verdict": "按计划办完",
    "lead": "写上受理那天，看每一项哪天受理、最迟哪天办结、要交什么、收不收费、到哪里办；打印出来就是一次性告知单。",
    "way": "schedule",
    "shows": "told",
    "day": "starts",
    "asks": ["starts", "items", "held", "done"],
    "needs": ["starts"],
    "by": None,
    "paper": "一次性告知单",
    "signed": _SIGNED,
}
_ASKS: Node = {
    "starts": {"label": "受理日", "sort": "date", "help": "统一受理的那一天，当天不计入时限。", "today": True},
    "items": {
        "label": "办哪些事项",
        "sort": "many",
        "optional": True,
        "none": "全部事项",
        "help": "不选的办全部事项。",
    },
    "held": {
        "label": "已有结果的事项",
        "sort": "many",
        "optional": True,
        "none": "都没有",
        "help": "以前已经办好、这次不再办的。",
    },
    "done": {
        "label": "这次已经办结的事项",
        "sort": "many",
        "optional": True,
        "none": "都没有",
        "help": "选了的，再写是哪天办结；后面的日子从那一天推算。",
    },
}
