"""What an applicant is told in one go, as text and as data."""

import datetime
from collections.abc import Sequence
from typing import Any

from banshi.base.text import Lang, Text, listed
from banshi.law.decisions import Decision, Reason
from banshi.output.saying import reasons_json, reasons_text
from banshi.subjects.parallel.forms import MATERIAL_FORMS
from banshi.subjects.parallel.notice import BESIDES, UNSTATED, InformingSheet, ItemTold, PaperAsked, beside
from banshi.subjects.parallel.notice_page import on_day, title_of

_UNKNOWN = Text("原文未载明", "not stated")
_NO_DATE = Text("不能推算", "not determined")


def text(notice: InformingSheet, lang: Lang) -> str:
    """The sheet in lines."""
    lines = [title_of(notice)]
    for told in notice.told:
        lines += ["", *_told_text(told, lang)]
    if notice.whole:
        end = notice.plan.ends_on
        last = _day(end, lang)
        lines += ["", f"{Text('全部办结', 'all done').say(lang)}：{last}"]
    lines += ["", Text("材料：", "Papers:").say(lang), *(_paper_text(paper, lang) for paper in notice.papers)]
    for name, key in BESIDES:
        answers = notice.every(key)
        lines += [
            f"{name.say(lang)}：{answer or _UNKNOWN.say(lang)}" + (f"（{items}）" if len(answers) > 1 else "")
            for items, answer in answers
        ]
    return "\n".join([*lines, *reasons_text(notice.late, lang)])


def _told_text(told: ItemTold, lang: Lang) -> list[str]:
    accepted = _day(told.accepted, lang)
    promise, law = _date(told.promised_by, lang), _date(told.lawful_by, lang)
    done = Text(f"，{told.finished} 已办结", f", finished on {told.finished}").say(lang) if told.finished else ""
    first = Text("要先办好", "to be done first").say(lang)
    waits = [f"  {first}：{listed(told.waits_for)}"] if told.waits_for else []
    said = Text(
        f"受理 {accepted}，承诺办结 {promise}，法定期限届满 {law}",
        f"accepted {accepted}, promised {promise}, by law {law}",
    )
    return [
        f"{told.item.name}（{told.department}）",
        f"  {said.say(lang)}{done}",
        *waits,
        *reasons_text(_reasons(told), lang),
    ]


def _date(decision: Decision[datetime.date], lang: Lang) -> str:
    return (
        (_UNKNOWN if decision.reasons == UNSTATED else _NO_DATE).say(lang)
        if decision.value is None
        else _day(decision.value, lang)
    )


def _reasons(told: ItemTold) -> tuple[Reason, ...]:
    promise = told.promised_by
    counted = promise.reasons if promise.value else _undated(promise)
    return tuple(dict.fromkeys((*counted, *_undated(told.lawful_by))))


def _undated(decision: Decision[datetime.date]) -> Sequence[Reason]:
    """Why there is no date, unless nothing is stated from which it would follow."""
    return decision.reasons if decision.value is None and decision.reasons != UNSTATED else ()


def _day(day: datetime.date | None, lang: Lang) -> str:
    if day is None:
        return _NO_DATE.say(lang)
    return on_day(day) if lang == "zh" else day.isoformat()


def _paper_text(paper: PaperAsked, lang: Lang) -> str:
    unknown = Text(f"份数{_UNKNOWN.zh}", f"copies {_UNKNOWN.en}")
    copies = (Text(f"{paper.copies}份", f"{paper.copies} copies") if paper.copies else unknown).say(lang)
    forms = listed(MATERIAL_FORMS[form] for form in paper.forms)
    return "  □ " + "，".join(part for part in (paper.name, copies, forms, *paper.notes) if part)


def as_json(notice: InformingSheet, lang: Lang) -> dict[str, Any]:
    """The sheet as plain data."""
    return {
        "title": title_of(notice),
        "fictional": notice.file.catalogue.fictional,
        "centre": notice.file.catalogue.centre,
        "items": [_told_json(told, lang) for told in notice.told],
        "ends_on": _iso(notice.plan.ends_on) if notice.whole else _iso(notice.told[0].promised_by.value),
        "papers": [
            {"name": p.name, "items": list(p.items), "copies": p.copies, "forms": list(p.forms), "notes": list(p.notes)}
            for p in notice.papers
        ],
        "late": reasons_json(notice.late, lang),
    }


def _told_json(told: ItemTold, lang: Lang) -> dict[str, Any]:
    item = told.item
    return {
        "item": item.id,
        "name": item.name,
        "department": told.department,
        "accepted": _iso(told.accepted),
        "promised_by": _iso(told.promised_by.value),
        "lawful_by": _iso(told.lawful_by.value),
        "finished": _iso(told.finished),
        "waits_for": list(told.waits_for),
        "reasons": reasons_json(told.promised_by.reasons, lang),
        **{key: beside(item, key) for _, key in BESIDES},
    }


def _iso(day: datetime.date | None) -> str | None:
    return day.isoformat() if day else None
