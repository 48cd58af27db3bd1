"""``banshi attendance``: a month's, quarter's or year's account of a register, with reasons."""

import argparse
import datetime
import re
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from banshi.attendance.account import Account, LeaveFault, PersonAccount, WindowAccount, account, leave_said
from banshi.attendance.case import Case
from banshi.attendance.factors import FactorDecision
from banshi.attendance.irregular import OUTCOMES, Irregularity
from banshi.attendance.periods import PeriodDecision, month, quarter, whole_year
from banshi.attendance.words import HALVES, KINDS, TYPES
from banshi.columns import lined_up
from banshi.commands.answers import alternatives_json, alternatives_text, reasons_json, reasons_text
from banshi.commands.filings import loader_for, print_problems
from banshi.decisions import Alternative, Decision
from banshi.discovery import discover
from banshi.loaded import LoadedFile, Report
from banshi.loading import Loader
from banshi.money import plain
from banshi.reports.json_report import citation
from banshi.text import Lang, Text

_Chosen = Callable[[Case], list[PeriodDecision]]


def add(parser: argparse.ArgumentParser) -> None:
    """Options."""
    parser.add_argument("path", type=Path, metavar="PATH", help="考勤登记，或放有考勤登记的文件夹（- 读标准输入）")
    period = parser.add_mutually_exclusive_group()
    period.add_argument("--month", metavar="YYYY-MM", help="哪一个月（默认：登记所含的每个月）")
    period.add_argument("--quarter", metavar="YYYY-Qn", help="哪一个季度")
    period.add_argument("--year", metavar="YYYY", help="哪一年")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="输出格式")


def run(options: argparse.Namespace) -> int:
    """Compute and print."""
    lang: Lang = options.lang
    chosen = _chosen(options)
    if isinstance(chosen, Text):
        print(f"banshi: {chosen.say(lang)}", file=sys.stderr)
        return 2
    loader, report = loader_for(options.path), Report()
    cases = list(_cases(loader, options.path, report))
    accounts = [account(case, period) for case in cases for period in chosen(case)]
    if options.format == "json":
        import json

        print(json.dumps({"version": 1, "accounts": [_json(a, lang) for a in accounts]}, ensure_ascii=False, indent=2))
    elif accounts:
        print("\n\n".join(_text(a, lang) for a in accounts))
    status = print_problems(report, lang)
    if not cases and not status:
        say = Text(f"{options.path} 里没有考勤登记（kind: attendance）", f"no attendance register in {options.path}")
        print(f"banshi: {say.say(lang)}", file=sys.stderr)
        return 2
    return status


def _cases(loader: Loader, path: Path, report: Report) -> Iterator[Case]:
    for unit in discover([path]):
        for loaded in loader.load(unit, report):
            if isinstance(loaded, LoadedFile) and isinstance(loaded.value, Case):
                yield loaded.value


def _chosen(options: argparse.Namespace) -> _Chosen | Text:
    """The periods that are asked for, or why they cannot be."""
    if options.month:
        found = _match(r"(\d{4})-(0[1-9]|1[0-2])", options.month)
        return partial(_month, found) if found else _not_a(options.month, "YYYY-MM")
    if options.quarter:
        found = _match(r"(\d{4})-?Q([1-4])", options.quarter.upper())
        return partial(_quarter, found) if found else _not_a(options.quarter, "YYYY-Qn")
    if options.year:
        found = _match(r"(\d{4})()", options.year)
        return partial(_year, found) if found else _not_a(options.year, "YYYY")
    return _every_month


def _month(which: tuple[int, int], _case: Case) -> list[PeriodDecision]:
    return [month(*which)]


def _quarter(which: tuple[int, int], case: Case) -> list[PeriodDecision]:
    return [quarter(case.book, *which)]


def _year(which: tuple[int, int], case: Case) -> list[PeriodDecision]:
    return [whole_year(case.book, which[0])]


def _match(pattern: str, text: str) -> tuple[int, int] | None:
    found = re.fullmatch(pattern, text, re.ASCII)
    if found is None or not datetime.MINYEAR < int(found[1]) <= datetime.MAXYEAR:
        return None
    return int(found[1]), int(found[2] or 0)


def _not_a(text: str, wanted: str) -> Text:
    return Text(f"“{text}”不是 {wanted} 的写法", f"{text} is not written {wanted}")


def _every_month(case: Case) -> list[PeriodDecision]:
    """The months in which the register has days."""
    start, end = case.register.start, case.register.end
    count = max(1, (end.year - start.year) * 12 + end.month - start.month + 1)  # one at least, to say what is wrong
    numbers = (start.year * 12 + start.month - 1 + n for n in range(count))
    return [month(number // 12, number % 12 + 1) for number in numbers]


# text


def _text(found: Account, lang: Lang) -> str:
    days = found.period.value
    head = f"{found.case.register.centre}  {days.label if days else ''}".rstrip()
    lines = [head, *reasons_text(found.period.reasons, lang)]
    if days is not None:
        lines += ["", *_table(found, lang), *_windows(found, lang)]
        lines += [line for person in found.people for line in _exceptions(person, lang)]
        lines += [line for person in found.people for line in _factors(person, lang)]
    if days is not None and found.undetermined:
        lines += ["", Text("不能判定：", "Not determined:").say(lang), *reasons_text(found.undetermined, lang)]
    return "\n".join(lines)


def _table(found: Account, lang: Lang) -> list[str]:
    titles = (
        Text("人员", "staff"),
        Text("工作日", "days"),
        Text("正常", "normal"),
        Text("非正常", "irregular"),
        Text("请假（天）", "leave (days)"),
        Text("迟到、早退假（次）", "late, early leave"),
        Text("考核因素", "factors"),
    )
    rows = [[title.say(lang) for title in titles]]
    rows += [_row(person, lang) for person in found.people]
    return lined_up(rows)


def _row(person: PersonAccount, lang: Lang) -> list[str]:
    kinds = [f"{TYPES[kind].say(lang)}{n}" for kind, n in person.by_type.items()]
    spent = [f"{KINDS[kind].say(lang)}{plain(days)}" for kind, days in sorted(person.leave.items())]
    late, early = person.times.get("late_leave", 0), person.times.get("early_leave", 0)
    reached = [_yes_no(factor, lang) for factor in person.factors]
    listed = [" ".join(part) or "–" for part in (kinds, spent)]
    normal = "–" if person.normal is None else str(person.normal)
    return [person.person.called, str(person.days), normal, *listed, f"{late} + {early}", " ".join(reached) or "–"]


def _yes_no(factor: FactorDecision, lang: Lang) -> str:
    norm = factor.norm
    assert norm is not None
    word = {True: Text("是", "yes"), False: Text("否", "no"), None: Text("不能判定", "not determined")}[factor.value]
    kind = Text("次数", "times") if norm.norm.counted == "times" else Text("天数", "days")
    return f"{kind.say(lang)}:{word.say(lang)}"


def _windows(found: Account, lang: Lang) -> list[str]:
    lines = []
    for window in found.windows:
        if window.empty:
            cite = f"（{window.basis.say()}）" if window.basis else ""
            said = Text("窗口空岗", "window empty").say(lang)
            lines.append(f"{said}  {window.name}：{_empty_said(window, lang)}{cite}")
    return ["", *lines] if lines else []


def _empty_said(window: WindowAccount, lang: Lang) -> str:
    part = Text("有一段时间", "for some time")
    return "、".join(f"{day} {HALVES.get(half, part).say(lang)}" for day, half in window.empty)


def _exceptions(person: PersonAccount, lang: Lang) -> list[str]:
    lines = []
    for each in person.irregular:
        outcome = OUTCOMES[each.outcome.value or "unexplained"].say(lang)
        lines.append(f"{person.person.called}  {each.day} {each.called.say(lang)}：{outcome}")
        lines += reasons_text(each.outcome.reasons, lang)
    for fault in person.faults:
        word = Text("手续不全", "not in order") if fault.shortcomings else Text("不能判定", "not determined")
        lines.append(f"{person.person.called}  {leave_said(fault.leave).say(lang)}：{word.say(lang)}")
        lines += [f"  · {s.text.say(lang)}" + (f"（{s.basis.say()}）" if s.basis else "") for s in fault.shortcomings]
        lines += reasons_text(fault.doubts, lang)
    return ["", *lines] if lines else []


def _factors(person: PersonAccount, lang: Lang) -> list[str]:
    """The factors that are reached or doubtful."""
    lines = []
    for factor in person.factors:
        others = _differing(factor)
        if factor.value is not False or others:
            lines.append(f"{person.person.called}  {_yes_no(factor, lang)}")
            lines += [*reasons_text(factor.reasons, lang), *alternatives_text(others, lang)]
    return ["", *lines] if lines else []


def _differing(decision: Decision[Any]) -> list[Alternative[Any]]:
    return [other for other in decision.alternatives if other.value != decision.value]


# json


def _json(found: Account, lang: Lang) -> dict[str, Any]:
    days = found.period.value
    return {
        "centre": found.case.register.centre,
        "period": days and {"per": days.per, "label": days.label, "from": str(days.start), "to": str(days.end)},
        "period_reasons": reasons_json(found.period.reasons, lang),
        "people": [_person_json(person, lang) for person in found.people],
        "windows": [_window_json(window) for window in found.windows],
        "not_determined": reasons_json(found.undetermined, lang),
    }


def _person_json(person: PersonAccount, lang: Lang) -> dict[str, Any]:
    return {
        "staff": person.person.id,
        "days": person.days,
        "normal": person.normal,
        "irregular": person.by_type,
        "leave": {kind: plain(days) for kind, days in sorted(person.leave.items())},
        "times": dict(sorted(person.times.items())),
        "factors": [_factor_json(factor, lang) for factor in person.factors],
        "exceptions": [_irregular_json(each, lang) for each in person.irregular],
        "leave_faults": [_fault_json(fault, lang) for fault in person.faults],
    }


def _factor_json(factor: FactorDecision, lang: Lang) -> dict[str, Any]:
    assert factor.norm is not None
    return {
        "norm": factor.norm.norm.id,
        "amount": plain(factor.amount),
        "factor": factor.value,
        "reading_dependent": factor.reading_dependent,
        "reasons": reasons_json(factor.reasons, lang),
        "alternatives": alternatives_json(_differing(factor), lang),
    }


def _irregular_json(each: Irregularity, lang: Lang) -> dict[str, Any]:
    return {
        "day": str(each.day),
        "type": each.type,
        "moment": each.moment or None,
        "outcome": each.outcome.value,
        "reasons": reasons_json(each.outcome.reasons, lang),
    }


def _fault_json(fault: LeaveFault, lang: Lang) -> dict[str, Any]:
    lacks = [
        {"lacks": s.code, "text": s.text.say(lang), "basis": citation(s.basis) if s.basis else None}
        for s in fault.shortcomings
    ]
    leave = {"kind": fault.leave.kind, "from": str(fault.leave.start), "to": str(fault.leave.last)}
    return {**leave, "shortcomings": lacks, "not_determined": reasons_json(fault.doubts, lang)}


def _window_json(window: WindowAccount) -> dict[str, Any]:
    return {
        "window": window.id,
        "serving": window.serving,
        "empty": [{"day": str(day), "half": half} for day, half in window.empty],
        "basis": citation(window.basis) if window.basis else None,
    }
