"""A log's figures as text and as JSON."""

import json
from collections.abc import Sequence
from fractions import Fraction
from itertools import islice
from typing import Any

from banshi.base.columns import lined_up
from banshi.base.text import Lang, Text
from banshi.files.account_of_reading import AccountOfReading, reading_json
from banshi.files.law_used import LawUsed
from banshi.output.reports.json_report import citation
from banshi.output.saying import alternatives_json, alternatives_text, reasons_json, reasons_text
from banshi.subjects.cases.case_log import CaseLog
from banshi.subjects.cases.measures import MEASURES, Share
from banshi.subjects.cases.ranges import count_range, left_said, percentage, rate_range
from banshi.subjects.cases.summary import Row, tables, total
from banshi.subjects.cases.targets import VERDICTS, Judged
from banshi.subjects.cases.words import DIMENSIONS
from banshi.subjects.cases.words import MEASURES as NAMES

SHOWN = 20  # overdue cases in the text
RATES = [measure.name for measure in MEASURES.values() if measure.rate]


def as_text(log: CaseLog, lang: Lang) -> str:
    """The figures, the targets, and the gravest of the overdue cases."""
    centre = log.log.centre or Text("办件登记", "case log").say(lang)
    lines = [f"{centre}  {log.as_of_said.say(lang)}", *left_out(log, lang)]
    for dimension, found in tables(log):
        whole = total(log) if dimension == "kind" else None
        lines += ["", *_table(DIMENSIONS[dimension], found, whole, rates_told(log), lang)]
    lines += ["", Text("指标", "Targets").say(lang), *reasons_text(log.applies.reasons, lang)]
    lines += [line for judged in log.judged for line in _target(judged, lang)]
    return "\n".join([*lines, *_overdue(log, lang)])


def rates_told(log: CaseLog) -> list[str]:
    """The rates that a target is about, or of which some case of the log tells something."""
    asked, whole = {judged.placed.norm.measure for judged in log.judged}, total(log).shares
    return [name for name in RATES if name in asked or _tells(whole[name])]


def _tells(share: Share) -> bool:
    """Whether a case says of itself what is counted, or there is none that does not."""
    return share.of > share.unsure or not share.outside + share.unsure


def left_out(log: CaseLog, lang: Lang) -> list[str]:
    """What is in the file and not in the figures."""
    left = log.left
    more = Text("，还有没有读到的部分", ", and an unknown number not read") if left.open else Text("", "")
    if left.doubtful and not left.rows and not left.open:
        return [left_said(left).say(lang)]
    said = Text(
        f"没有计入：读不出的 {left.unread} 件，编号重复的 {left.twice} 件{more.zh}；各项数字和判定都留出它们的余地",
        f"not counted: {left.unread} unreadable, {left.twice} given twice{more.en}; figures and verdicts leave room for them",
    )
    return [said.say(lang)] if left else []


def _table(title: Text, found: Sequence[Row], whole: Row | None, rates: Sequence[str], lang: Lang) -> list[str]:
    heads = [title, Text("件数", "cases"), Text("办结", "finished"), NAMES["overdue_cases"], *(NAMES[r] for r in rates)]
    body = [_cells(row, rates, lang) for row in (*found, *([whole] if whole else []))]
    return lined_up([[head.say(lang) for head in heads], *body])


def _cells(row: Row, rates: Sequence[str], lang: Lang) -> list[str]:
    shares = [_share(row.shares[name], lang) for name in rates]
    counts = [count_range(one) for one in (row.many, row.done, row.shares["overdue_cases"])]
    return [row.name.say(lang), *counts, *shares]


def _share(found: Share, lang: Lang) -> str:
    return rate_range(found) or Text("不能判定", "not determined").say(lang)


def _target(judged: Judged, lang: Lang) -> list[str]:
    head = f"  {VERDICTS[judged.verdict].say(lang)}  {wanted(judged)}"
    return [head, *("  " + line for line in reasons_text(judged.met.reasons, lang)), *_others(judged, lang)]


def _others(judged: Judged, lang: Lang) -> list[str]:
    return ["  " + line for line in alternatives_text(judged.met.alternatives, lang)]


def wanted(judged: Judged) -> str:
    """What a target asks, in the words of its statement."""
    return judged.placed.norm.say(judged.placed.version.names)


def _overdue(log: CaseLog, lang: Lang) -> list[str]:
    count = log.overdue_count
    if not count:
        return []
    known = Text("已知的", "known ") if log.left else Text("", "")
    lines = ["", Text(f"{known.zh}超期件 {count} 件", f"{count} {known.en}overdue cases").say(lang)]
    heads = [Text("编号", "id"), Text("部门", "department"), Text("窗口", "window"), Text("应办结", "due")]
    heads += [Text("办结", "finished"), Text("超期（日历日）", "days overdue")]
    found = [
        [
            n.case.id,
            n.case.department,
            n.case.window,
            str(n.case.limit),
            str(log.finished(n) or "–"),
            str(log.days_late(n)),
        ]
        for n in islice(log.overdue, SHOWN)
    ]
    lines += lined_up([[head.say(lang) for head in heads], *found])
    if count > len(found):
        lines.append(Text(f"  另有 {count - len(found)} 件", f"  and {count - len(found)} more").say(lang))
    return lines


# json


def as_json(log: CaseLog, lang: Lang, law: LawUsed | None = None, reading: AccountOfReading | None = None) -> str:
    """Everything, with exact counts; rates as hits and of. ``reading``: what was read for it stands first."""
    data = {
        "version": 1,
        "law": law and law.as_json(),
        **({"reading": reading_json(reading, lang)} if reading else {}),
        "centre": log.log.centre,
        "jurisdiction": log.log.jurisdiction,
        "level": log.log.level,
        "as_of": str(log.as_of) if log.as_of else None,
        "total": _row_json(total(log)),
        "by": {name: [_row_json(row) for row in found] for name, found in tables(log)},
        "applies": {"value": log.applies.value, "reasons": reasons_json(log.applies.reasons, lang)},
        "targets": [_judged_json(judged, lang) for judged in log.judged],
        "overdue": {"count": log.overdue_count, "cases": _overdue_json(log)},
        "not_counted": {
            "unreadable": log.left.unread,
            "twice": log.left.twice,
            "unknown_number": log.left.open,
            "doubtful": log.left.doubtful,
        },
    }
    return json.dumps(data, ensure_ascii=False, indent=2)


def _row_json(row: Row) -> dict[str, Any]:
    shares = {name: _share_json(found, rate=MEASURES[name].rate) for name, found in row.shares.items()}
    return {"key": row.key, "name": row.name.zh, "cases": row.cases, "finished": row.finished, **shares}


def _share_json(found: Share, *, rate: bool) -> dict[str, Any]:
    unstated: dict[str, Any] = {"not_stated": found.unsure + found.outside}
    if found.left:
        unstated["range"] = rate_range(found) if rate else count_range(found)
    if not rate:
        return {"count": found.hits, **unstated}
    return {
        "count": found.hits,
        "of": found.of,
        **unstated,
        "percent": percentage(found.value) if found.value is not None else None,
    }


def _judged_json(judged: Judged, lang: Lang) -> dict[str, Any]:
    norm = judged.placed.norm
    value = judged.value
    group = (
        {"group": {key: value or None if value == "" else value for key, value in judged.group.key}}
        if judged.group
        else {}
    )
    return {
        "norm": norm.id,
        **group,
        "measure": norm.measure,
        "cases": list(norm.cases),
        "target": norm.bound.phrase({}) if norm.bound else None,
        "soft": norm.soft,
        "verdict": judged.verdict,
        "verdict_name": VERDICTS[judged.verdict].say(lang),
        "count": judged.share.hits,
        "of": judged.share.of,
        "not_stated": judged.share.unsure + judged.share.outside,
        "not_read": _left_json(judged.share),
        "value": percentage(value) if isinstance(value, Fraction) else value,
        "basis": citation(judged.placed.cite),
        "reasons": reasons_json(judged.met.reasons, lang),
        "reading_dependent": judged.met.reading_dependent,
        "alternatives": alternatives_json(judged.met.alternatives, lang),
    }


def _left_json(found: Share) -> dict[str, Any] | None:
    left = found.left
    if not left:
        return None
    return {"unreadable": left.unread, "twice": left.twice, "unknown_number": left.open, "doubtful": left.doubtful}


def _overdue_json(log: CaseLog) -> list[dict[str, Any]]:
    return [
        {
            "id": noted.case.id,
            "department": noted.case.department,
            "window": noted.case.window,
            "due_on": str(noted.case.limit),
            "finished_on": str(log.finished(noted)) if log.finished(noted) else None,
            "days": log.days_late(noted),
            "only_promised": log.late_on_promise_only(noted),
        }
        for noted in log.overdue
    ]
