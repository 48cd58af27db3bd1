"""The calculator of punches: what the windows of a day say to a group, and what follows; assets/calculate-punches.js judges.

What it decides is what ``subjects/attendance`` decides of a day (``irregular.py``), of its weight (``conversion.py``) and of
marks (``breaches.py``). Which windows hold is worked out here, for every season and weekday, so that no script has to.
"""

import datetime
from collections.abc import Iterable, Iterator

from banshi.law.decisions import Reason
from banshi.law.instruments import Placed
from banshi.law.library import Law
from banshi.law.norms import (
    Consequence,
    Conversion,
    Duties,
    Evidence,
    LatenessWeight,
    PunchWindow,
    WorkingTime,
    YearDay,
)
from banshi.law.otherwise import about, elsewhere
from banshi.site.calculators.data import Cites, Node, as_json, interval
from banshi.subjects.attendance import breaches
from banshi.subjects.attendance.conversion import comes_to
from banshi.subjects.attendance.facts import DayFacts
from banshi.subjects.attendance.forms import Note, Person, seconds
from banshi.subjects.attendance.irregular import OUTCOMES, Irregularity, fix_of, irregularities, irregularity, recorders
from banshi.subjects.attendance.punch_windows import DayWindows, due, over_night, stated, windows_on
from banshi.subjects.attendance.punches import NAMES, NO_WINDOW, ends, span_said, unit
from banshi.subjects.attendance.rulebook import Rules, governed
from banshi.subjects.attendance.vocabulary import RegisterWords
from banshi.subjects.attendance.words import HALVES, TYPES
from banshi.subjects.attendance.working_time import asked, long

SCRIPT = "assets/calculate-punches.js"
READ = (PunchWindow, WorkingTime, Consequence, Evidence, Duties, LatenessWeight)
_BY_MOMENT = {"missing": tuple(NAMES), "unclear": (*NAMES, "")}  # "": the one punch of a day without windows
_PUNCHED = ("late", "early_leaving", "out_of_window", *_BY_MOMENT, "short_hours", "absent")
_NOTED = ("late", "early_leaving", "out_of_window")  # what a note may call it, by which it counts as explained
_FOUND_ON_ROUNDS = {"late": "log_late", "early_leaving": "log_early_leaving", "absent_from_post": "absent_from_post"}
_MARKS = {True: "要减", None: "减不减由中心认定"}


def answers(law: Law, words: RegisterWords, cites: Cites) -> Node:
    """Everything that one law answers of a day's punches, in the words of its jurisdiction."""

    def rules(read: Law) -> Rules:
        return Rules(read.versions, read.jurisdiction, read.gone, words)

    main = _said_by(rules(law), cites)
    there = ((other, _said_by(rules(other.law), cites)) for other in elsewhere(law, about(law, *READ)))
    others = [
        {"reading": o.question, "option": o.option, "said": o.said, "cite": cites.reading(o), "law": read}
        for o, read in there
        if read != main
    ]
    shifts = {shift: label.name for version in words.versions for shift, label in version.shifts.items()}
    options = {
        "group": [[group, words.group(group).zh] for group in words.groups],
        "shift": [[shift, name] for shift, name in shifts.items()],
        "halves": [[half, name.zh] for half, name in HALVES.items()],
        "logged": [[finding, TYPES[kind].zh.partition("（")[0]] for finding, kind in _FOUND_ON_ROUNDS.items()],
    }
    shown = {"instruments": [cites.of(version.cite) for version in law.versions], "order": [], "called": {}}
    return {**shown, "options": options, "procedures": {}, **_NAMED, **main, "others": others}


def _said_by(rules: Rules, cites: Cites) -> Node:
    windows: list[Node] = []
    groups = {group: _group(rules, group, windows, cites) for group in rules.words.groups}
    by_weekday = any(p.norm.days == "weekdays" for p in rules.all(PunchWindow))
    return {"step": unit(rules), "by_weekday": by_weekday, "groups": groups, "windows": windows}


def _group(rules: Rules, group: str, windows: list[Node], cites: Cites) -> Node:
    own = [p.norm for p in rules.all(PunchWindow, group)]
    hours = (p.norm.shift for p in rules.all(WorkingTime, group))
    shifts = dict.fromkeys(filter(None, (*(norm.shift for norm in own), *hours)))
    person = Person(id="-", group=group)
    return {
        "shifts": {s: _spans(rules, group, s, windows, cites) for s in ("", *shifts)},
        "by_shifts": any(norm.shift for norm in own),
        "evidence": bool(rules.all(Evidence, group)),
        "governed": governed(rules, group),
        "outcomes": {kind: _outcomes(rules, person, kind, cites) for kind in _PUNCHED},
        "logged": _logged(rules, person, cites),
        "weights": [_weight(p, cites) for p in rules.all(LatenessWeight, group)],
        "conversions": [{"say": p.statement, "cite": cites.of(p.cite)} for p in rules.all(Conversion, group)],
        "marks": _marks(rules, group, cites),
    }


# which windows hold on a day


def _spans(rules: Rules, group: str, shift: str, windows: list[Node], cites: Cites) -> list[Node]:
    """From which day of the year (as 101 to 1231) which windows hold, by weekday from Monday."""
    found: list[Node] = []
    for start in _turns(rules, group):
        days = [_windows(rules, group, shift, _dated(start, weekday)) for weekday in range(1, 8)]
        row = {"from": start, "days": [_index(_row(rules, group, d, own, cites), windows) for d, own in days]}
        if not found or found[-1]["days"] != row["days"]:
            found.append(row)
    return found


def _turns(rules: Rules, group: str) -> list[int]:
    """The days of the year on which a season begins or is over."""
    seasons = [p.norm.season for p in rules.all(PunchWindow, group) if p.norm.season]
    return sorted({101} | {_key(s.first) for s in seasons} | {_after(s.last) for s in seasons})


def _key(day: YearDay) -> int:
    return day.month * 100 + (day.day or 31)


def _after(day: YearDay) -> int:
    month, last = day.month, day.day or 31
    if last < 31 and any(_is_date(year, month, last + 1) for year in (2000, 2001)):
        return month * 100 + last + 1
    return (month % 12 + 1) * 100 + 1


def _is_date(year: int, month: int, day: int) -> bool:
    try:
        datetime.date(year, month, day)
    except ValueError:
        return False
    return True


def _dated(key: int, weekday: int) -> datetime.date:
    """A date with this day of the year that falls on this weekday."""
    years = (year for year in range(2000, 2028) if _is_date(year, *divmod(key, 100)))
    return next(d for d in (datetime.date(y, *divmod(key, 100)) for y in years) if d.isoweekday() == weekday)


def _windows(rules: Rules, group: str, shift: str, day: datetime.date) -> tuple[datetime.date, DayWindows]:
    return day, windows_on(rules, group, day, shift)


def _index(row: Node, rows: list[Node]) -> int:
    if row not in rows:
        rows.append(row)
    return rows.index(row)


def _row(rules: Rules, group: str, day: datetime.date, own: DayWindows, cites: Cites) -> Node:
    halves = own.halves if own else ("",) * len(own.placed)
    return {
        "placed": [_window(p, half, cites) for p, half in zip(own.placed, halves, strict=True)],
        "present": [_window(p, own.half_of(p), cites) for p in own.present],
        "problem": own.problem.zh if own.problem else None,
        "none": NO_WINDOW.zh,
        "night": over_night(own) is not None,
        "begins": own.begins,
        "time": _time(asked(rules, group, day, own.shift), cites),
    }


def _window(placed: Placed[PunchWindow], half: str, cites: Cites) -> Node:
    window, (low, high) = placed.norm, ends(placed.norm)
    return {
        "moment": window.moment,
        "half": half,
        "low": low,
        "lowIn": window.start_inclusive,
        "high": high,
        "highIn": window.end_inclusive,
        "due": 0 if window.moment == "present" else due(window),
        "far": stated(window),
        "only_due": window.only_due,
        "span": span_said(window).zh,
        "cite": cites.of(placed.cite),
    }


def _time(placed: Placed[WorkingTime] | None, cites: Cites) -> Node | None:
    if placed is None:
        return None
    norm = placed.norm
    return {
        "at_least": long(norm.at_least),
        "said": norm.at_least.phrase({}),
        "pause": long(norm.pause) if norm.pause else 0,
        "pause_said": f"，扣去休息{norm.pause.phrase({})}" if norm.pause else "",
        "not_before": seconds(norm.not_before) if norm.not_before else None,
        "not_after": seconds(norm.not_after) if norm.not_after else None,
        "cite": cites.of(placed.cite),
    }


# what follows


def _outcomes(rules: Rules, person: Person, kind: str, cites: Cites) -> Node:
    """What is to be made of something irregular, and of the same where the one who keeps the record has entered it."""
    by = next(iter(recorders(rules, person)), None)
    notes = [Note(_ANY, person.id, each, by) for each in _NOTED] if by else []
    entered = irregularity(rules, person, _ANY, (kind, ""), DayFacts(notes=notes), [])
    told = _outcome(entered, cites) if entered.entered else None
    return {"plain": _outcome(irregularity(rules, person, _ANY, (kind, ""), DayFacts(), []), cites), "entered": told}


def _logged(rules: Rules, person: Person, cites: Cites) -> list[Node]:
    """What entries of the duty log are by themselves, each finding as each norm takes it; none where the log is no evidence."""
    found = irregularities(rules, person, _ANY, DayFacts(duty=list(_FOUND_ON_ROUNDS)))
    finding = {kind: finding for finding, kind in _FOUND_ON_ROUNDS.items()}
    return [
        {"finding": finding[each.type], "type": each.type, **_outcome(each, cites)}
        for each in found
        if each.moment == "duty_log"
    ]


def _outcome(each: Irregularity, cites: Cites) -> Node:
    fix = fix_of(each).zh
    return {
        "value": each.outcome.value,
        "as": each.entered,
        "reasons": _reasons(each.outcome.reasons, cites),
        "fix": fix,
    }


def _reasons(reasons: Iterable[Reason], cites: Cites) -> list[Node]:
    return [{"text": reason.text.zh, "cite": cites.of(reason.basis) if reason.basis else None} for reason in reasons]


def _weight(placed: Placed[LatenessWeight], cites: Cites) -> Node:
    norm = placed.norm
    own = {"of": list(norm.of), "in": interval(norm.length), "said": comes_to(norm).zh}
    return {**own, "unless_explained": norm.unless_explained, "cite": cites.of(placed.cite)}


def _marks(rules: Rules, group: str, cites: Cites) -> Node | None:
    """Of those who serve windows, what costs their window marks: by what it is, and as what it was entered."""
    rule = breaches.costs(rules)
    if rule is None or not rules.words.at_windows(group):
        return None
    found: Node = {}
    for key, kind, moment in _kinds():
        if breaches.kind_of(kind, moment) is not None:
            found[key] = {noted: _mark(kind, noted, cites) for noted in ("", *_NOTED)}
    by, costs = _reasons([breaches.costs_marks(rule)], cites), {as_json(value): said for value, said in _MARKS.items()}
    return {"by": by, "said": rule.statement, "costs": costs, "of": found}


def _mark(kind: str, noted: str, cites: Cites) -> Node:
    value, why = breaches.of_irregularity(kind, noted)
    known = 2 if value is None and why is None else 1
    return {"value": value, "known": known, "why": _reasons([Reason(why)] if why else [], cites)}


def _kinds() -> Iterator[tuple[str, str, str]]:
    """What may be irregular: its key, its type, its moment."""
    for kind in (*_PUNCHED, *_FOUND_ON_ROUNDS.values()):
        if kind in _BY_MOMENT:
            yield from ((f"{kind} {moment}", kind, moment) for moment in _BY_MOMENT[kind])
        else:
            yield kind, kind, ""


def _called(kind: str, moment: str) -> str:
    return (NAMES[moment].zh if moment else "") + TYPES[kind].zh


_ANY = datetime.date(2000, 1, 1)  # what is made of it does not hang on the day
_NAMED: Node = {
    "types": {key: _called(kind, moment) for key, kind, moment in _kinds()},
    "outcome_names": {key: name.zh for key, name in OUTCOMES.items()},
}


def example(law: Node, day: datetime.date) -> dict[str, str]:
    """A made-up question: somebody of the first group who came late."""
    groups = law["options"]["group"]
    if not groups:
        return {}
    group, _ = groups[0]
    rules = law["groups"][group]
    shift = next((each for each in rules["shifts"] if each), "") if rules["by_shifts"] else ""
    return {
        "worked": day.isoformat(),
        "group": group,
        **({"shift": shift} if shift else {}),
        "punched": "9:40 17:30",
    }


KIND: Node = {
    "id": "punches",
    "title": "这天的打卡正常吗",
    "verdict": "这一天",
    "lead": "写上哪天、几点打的卡，看算正常、迟到、早退还是别的，由谁处理，要扣什么。",
    "way": "punches",
    "shows": "told",
    "day": "worked",
    "asks": ["worked", "place", "group", "shift", "punched", "halves", "entered", "logged"],
    "needs": ["worked", "punched"],
    "by": None,
}
ASKS: Node = {
    "worked": {"label": "哪天", "sort": "date", "help": "按这一天施行的规定算。", "today": True},
    "group": {"label": "哪类人员", "sort": "choice"},
    "shift": {"label": "上哪一班", "sort": "choice", "optional": True, "main": True},
    "punched": {
        "label": "几点打的卡",
        "sort": "times",
        "help": "依次写，如 8:55 18:03；次日的写 次日6:10；没有打的写 无。",
    },
    "halves": {"label": "请了假的半天", "sort": "many", "optional": True, "main": True, "none": "没有请假"},
    "entered": {"label": "已经说明并录入", "sort": "yes", "optional": True, "main": True},
    "logged": {"label": "值班日志记着的", "sort": "many", "optional": True, "none": "没有记"},
}
