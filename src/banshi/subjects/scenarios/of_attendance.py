"""Scenarios of attendance: some days of one person, judged as the register that holds nothing else would be."""

import datetime
from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import chain
from typing import Any

from banshi.base.text import Text, did_you_mean, listed
from banshi.checking.checker import Checker
from banshi.files.report import Report
from banshi.subjects.attendance.account import PersonAccount, account
from banshi.subjects.attendance.case import RegisterInLaw
from banshi.subjects.attendance.irregular import OUTCOMES, Irregularity
from banshi.subjects.attendance.leave import approver_of
from banshi.subjects.attendance.periods import Days, PeriodDecision
from banshi.subjects.attendance.rulebook import SUBJECT
from banshi.subjects.attendance.unread import NO_PUNCHES
from banshi.subjects.attendance.vocabulary import RegisterWords, words_of
from banshi.subjects.attendance.words import TYPES
from banshi.subjects.scenarios.forms import OPEN, Attendance, Expected
from banshi.subjects.scenarios.in_words import as_file, by_keys, faults
from banshi.subjects.scenarios.outcomes import OutcomeParts, ScenarioOutcome, unusable

_ONE, _WINDOW = "本人", "本窗口"
_NORMAL, _AWAY, _FREE, _IN_ORDER = "正常", "请假", "不用打卡", "手续齐全"
_CALLED = {"late": "迟到", "early_leaving": "早退"}  # what people call it, whatever the hours are
_PARTS = ("leave", "notes", "duty_log")


def try_attendance(facts: Attendance, expect: Expected, place: str, checker: Checker) -> ScenarioOutcome:
    """What the days of a person come to."""
    register, report = _register(facts, place, checker), Report()
    cases = [each.value for each in as_file(checker, register, report) if isinstance(each.value, RegisterInLaw)]
    whys = faults(report)
    if not cases or whys:
        return unusable(_said(expect), whys)
    case = _told(cases[0], checker)
    if unknown := list(_unknown(case)):
        return unusable(_said(expect), unknown)
    start, end = case.register.start, case.register.end
    days = Days("month", f"{start} – {end}", start, end)
    found = account(case, PeriodDecision(days, ()))
    return _compared(facts, expect, case, found.people[0])


def _said(expect: Expected) -> str:
    """What is expected, as it is written."""
    return listed(f"{key} {getattr(expect, key)}" for key in expect.given)


def _register(facts: Attendance, place: str, checker: Checker) -> dict[str, Any]:
    shapes = checker.loader.shapes
    parts = {key: by_keys(shapes, "attendance", getattr(facts, key), key) for key in _PARTS}
    own = {key: [{"staff": _ONE, **entry} for entry in entries] for key, entries in parts.items()}
    listed_days = [*facts.punches, *facts.shifts, *_days_in(chain.from_iterable(parts.values()))]
    window = {} if facts.on_duty is None else {"window": _WINDOW}
    return {
        "kind": "attendance",
        "jurisdiction": place,
        "centre": "情景",
        "from": min(listed_days),
        "to": max(listed_days),
        "windows": [{"id": _WINDOW, "name": _WINDOW, "on_duty": facts.on_duty or 1}],
        "staff": [{"id": _ONE, "group": _group(facts.group, place, checker), **window}],
        "punches": [{"staff": _ONE, "day": day, "time": at} for day, every in facts.punches.items() for at in every],
        "roster": [{"staff": _ONE, "day": day, "shift": shift} for day, shift in facts.shifts.items()],
        **own,
    }


def _group(name: str, place: str, checker: Checker) -> str:
    """The id of a group of staff, or of the office that people hold."""
    words = words_of(checker.loader.library.versions_on(place, SUBJECT))
    return words.group_names.get(name) or words.role_names.get(name, name)


def _told(case: RegisterInLaw, checker: Checker) -> RegisterInLaw:
    """The case, of which nothing is unread because there are no punches: a scenario tells all that there is."""
    unread = tuple(each for each in case.unread if each.source != NO_PUNCHES)
    return (
        case
        if unread == case.unread
        else RegisterInLaw(case.register, checker.loader.library, checker.loader.days, unread)
    )


def _days_in(entries: Any) -> Iterator[datetime.date]:
    """The days that leave, notes and findings name, as far as they are days."""
    for entry in entries:
        for key in ("from", "to", "day"):
            try:
                yield datetime.date.fromisoformat(str(entry.get(key, "")))
            except ValueError:
                continue


def _unknown(case: RegisterInLaw) -> Iterator[Text]:
    """Words that no instrument of the place declares."""
    words, register = case.words, case.register
    for person in register.staff:
        if person.group not in words.groups and person.group not in words.offices:
            yield _no_such("人员类别", person.group, (*words.group_names, *words.role_names))
    for leave in register.leave:
        if leave.kind not in words.kinds:
            yield _no_such("假别", leave.kind, words.kind_names)
    for entry in register.roster:
        if entry.shift not in words.shift_names.values():
            yield _no_such("班次", entry.shift, words.shift_names)
    if case.unread:
        yield Text("有的写法规定里没有，或有的内容不能用", "some words are not declared, or some facts cannot be used")


def _no_such(what: str, word: str, known: Any) -> Text:
    guess = did_you_mean(word, list(known))
    return Text(
        f"没有{what} {word}。{guess.zh}可用：{listed(known) or '（规定里一个也没有）'}",
        f"no {word}; {guess.en}known: {listed(known)}",
    )


def _compared(facts: Attendance, expect: Expected, case: RegisterInLaw, person: PersonAccount) -> ScenarioOutcome:
    parts, irregular = OutcomeParts(), [i for i in person.irregular if i.day in facts.punches or i.day in facts.shifts]
    why = [reason for each in irregular for reason in each.outcome.reasons]
    if expect.verdict is not None:
        parts.add("", _named(expect.verdict), _verdict(person, irregular), why)
    if expect.outcome is not None:
        outcomes = [OUTCOMES[i.outcome.value or "undetermined"].zh for i in irregular]
        parts.add("处理", _outcomes(expect.outcome), listed(outcomes) or "无", why)
    off = sum(each.off // 60 for each in irregular)
    parts.add("分钟", expect.minutes, off, why)
    _conversion(parts, expect, person, case.words)
    _leave(parts, expect, case, person)
    return parts.outcome


def _named(words: tuple[str, ...]) -> str:
    """What is expected of the days: each word by its usual name."""
    names = {name.zh: kind for kind, name in TYPES.items()} | {kind: kind for kind in TYPES}
    return listed(_CALLED.get(names.get(word, ""), _moment(word, names)) for word in words) or _NORMAL


def _moment(word: str, names: Mapping[str, str]) -> str:
    kind = names.get(word)
    return TYPES[kind].zh if kind else word


def _outcomes(words: tuple[str, ...]) -> str:
    return listed(OUTCOMES[word].zh if word in OUTCOMES else word for word in words) or "无"


def _verdict(person: PersonAccount, irregular: list[Irregularity]) -> str:
    if person.open:
        return OPEN
    if irregular:
        return listed(_CALLED.get(each.type, each.called.zh) for each in irregular)
    return _NORMAL if person.normal else _AWAY if person.leave else _FREE


def _conversion(parts: OutcomeParts, expect: Expected, person: PersonAccount, words: RegisterWords) -> None:
    months = person.converted
    reasons = [reason for month in months for reason in month.reasons]
    parts.add("折算次数", expect.times, sum((month.times for month in months), Decimal(0)), reasons)
    parts.add("旷工天数", expect.absence_days, sum((month.absence for month in months), Decimal(0)), reasons)
    if expect.converted is not None:
        found: dict[str, Decimal] = {}
        for month in months:
            for kind, days in month.leave.items():
                found[kind] = found.get(kind, Decimal(0)) + days
        wanted = {words.kind_names.get(name, name): days for name, days in expect.converted.items()}
        parts.add("折假", _leave_days(wanted, words), _leave_days(found, words), reasons)


def _leave_days(days: Mapping[str, Decimal], words: RegisterWords) -> str:
    return listed(f"{words.kind(kind).zh} {n.normalize():f} 天" for kind, n in sorted(days.items()) if n) or "无"


def _leave(parts: OutcomeParts, expect: Expected, case: RegisterInLaw, person: PersonAccount) -> None:
    entries = case.entries_of.get(person.staff, [])
    decisions = [entry.decision for entry in entries if entry.decision]
    reasons = [reason for decision in decisions for reason in decision.reasons]
    if expect.approver is not None:
        asked = [entry.question for entry in entries if entry.question]
        roles = [approver for question in asked if (approver := approver_of(question))]
        found = listed(case.words.role(role) for role in roles) or OPEN
        wanted = case.words.role_names.get(expect.approver, expect.approver)
        parts.add("批准人", case.words.role(wanted) if wanted != OPEN else OPEN, found, reasons)
    parts.add("请假天数", expect.days, sum(person.leave.values(), Decimal(0)), reasons)
    if expect.lacks is not None:
        titles = _headings("leave")
        lacking = dict.fromkeys(titles.get(s.key, s.key) for d in decisions for s in d.shortcomings)
        found = listed(sorted(lacking)) or (_IN_ORDER if all(d.value for d in decisions) else OPEN)
        wanted_keys = dict.fromkeys(titles.get(key, key) for key in expect.lacks)
        parts.add("缺", listed(sorted(wanted_keys)) or _IN_ORDER, found, reasons)


def _headings(part: str) -> dict[str, str]:
    from banshi.subjects.attendance.columns import PARTS  # late: only entries need the headings

    return {key: column.headings[0] for key, column in PARTS[part].columns.items()}


def said(facts: Attendance) -> Iterator[str]:
    """The facts in words."""
    yield facts.group
    if facts.on_duty is not None:
        yield f"窗口 {facts.on_duty} 人值班"
    for day in sorted({*facts.punches, *facts.shifts}):
        shift = f"{facts.shifts[day]}，" if day in facts.shifts else ""
        yield f"{day} {shift}打卡 {'、'.join(facts.punches.get(day, ())) or '无'}"
    for key, word in (("leave", "请假："), ("notes", "登记："), ("duty_log", "值班日志：")):
        for entry in getattr(facts, key):
            yield word + _entry_said(key, entry)


def _entry_said(part: str, entry: Mapping[str, Any]) -> str:
    """What an entry states, each value behind its heading."""
    called = _headings(part)
    stated = ((called.get(key, key), value) for key, value in entry.items())
    return "、".join(f"{name} {value}" for name, value in stated if not isinstance(value, dict | list | bool))
