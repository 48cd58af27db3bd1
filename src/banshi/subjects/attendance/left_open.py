"""What the rules in force leave open about a register's attendance: hours, windows, shifts, the duty log."""

import datetime
from collections.abc import Iterator

from banshi.base.text import Text
from banshi.law.decisions import Reason
from banshi.law.gaps import nothing_in_force
from banshi.law.norms import Evidence, PunchWindow
from banshi.subjects.attendance.case import RegisterInLaw
from banshi.subjects.attendance.forms import Person
from banshi.subjects.attendance.periods import Days
from banshi.subjects.attendance.punch_windows import by_shifts, stated, windows_on
from banshi.subjects.attendance.rulebook import SUBJECT, Rules, duty, governed
from banshi.subjects.attendance.vocabulary import REST
from banshi.subjects.attendance.working_time import asked


def left_open(case: RegisterInLaw, working: list[datetime.date], days: Days) -> Iterator[Reason]:
    """For each group on the register what its rules do not say; and what of the register no rule uses."""
    lawless = lawless_days(case, days)
    if lawless:
        place, span = case.register.jurisdiction, f"{lawless[0]} – {lawless[-1]}"
        said = Text(
            f"{span} 在 {place} 没有施行中的考勤文件，{len(lawless)} 天不能判定",
            f"no instrument on attendance in force in {place} on {len(lawless)} days of {span}: not determined",
        )
        yield Reason(nothing_in_force(said, case.book.library, place, SUBJECT, lawless[0]))
    groups = sorted({person.group for person in case.register.people.values()})
    for group in groups:
        yield from _ungoverned(case, group, working)
    yield from _hours(case, groups, working, days)
    yield from log_left_out(case)


def lawless_days(case: RegisterInLaw, days: Days) -> list[datetime.date]:
    """The days of a period, as far as the register covers it, on which nothing at all on attendance was in force."""
    first, last = max(days.start, case.register.start), min(days.end, case.register.end)
    every = (first + datetime.timedelta(days=n) for n in range((last - first).days + 1))
    return [day for day in every if case.register_on(day) and not case.book.at(day).versions]


def _hours(case: RegisterInLaw, groups: list[str], working: list[datetime.date], days: Days) -> Iterator[Reason]:
    """Said where the rules give times to punch at, but no hours of work."""
    last = working[-1] if working else days.end
    rules = case.book.at(last)
    if not any(stated(p.norm) for group in groups for p in rules.all(PunchWindow, group)):
        hours = duty(rules, "working_hours")
        yield Reason(_NO_HOURS, hours.cite if hours else None)


def log_left_out(case: RegisterInLaw) -> Iterator[Reason]:
    """Said where a register holds a duty log and no rule makes it evidence."""
    log = case.register.duty_log
    days = sorted({entry.day for entry in log if not _logs_count(case.book.at(entry.day))})
    if days:
        listed = any("duty_log" in p.norm.sources for p in case.book.at(days[0]).all(Evidence))
        why = (
            Text("把它列为考勤依据，却没有写任一有违纪即按违纪", "names it as evidence, not that any breach is one")
            if listed
            else Text("没有把它列为考勤依据", "does not name it as evidence")
        )
        text = Text(
            f"登记里有值班日志，{days[0]} 施行的规定{why.zh}，没有计入",
            f"there is a duty log; the law of {days[0]} {why.en}: it is not counted",
        )
        yield Reason(text)


def _logs_count(rules: Rules) -> bool:
    return any(p.norm.any_breach and "duty_log" in p.norm.sources for p in rules.all(Evidence))


def unrostered(case: RegisterInLaw, group: str, working: list[datetime.date]) -> Iterator[tuple[Person, Reason]]:
    """Working days of people of a group who work by shifts and for whom the roster says nothing."""
    in_shifts = [day for day in working if by_shifts(case.book.at(day), group, day)]
    for person in case.register.people.values() if in_shifts else ():
        own = case.roster.get(person.id, {})
        if person.group != group:
            continue
        away = {half for entry in case.entries_of.get(person.id, ()) for half in entry.halves}
        silent = [day for day in in_shifts if day not in own and not {(day, "am"), (day, "pm")} <= away]
        if silent:
            text = Text(
                f"{person.called} 按班次上班，{silent[0]} 至 {silent[-1]} 有 {len(silent)} 个工作日没有排班，这些天不能判定",
                f"{person.called} works by shifts, and the roster lacks {len(silent)} working days: not determined",
            )
            yield person, Reason(text)


def no_such_shift(case: RegisterInLaw, group: str) -> Iterator[tuple[Person, datetime.date, Reason]]:
    """Days on which the roster gives somebody a shift that the rules give no times for: nothing is judged by them."""
    for person in case.register.people.values():
        if person.group != group:
            continue
        for day, shift in sorted(case.roster.get(person.id, {}).items()):
            rules = case.book.at(day)
            if shift != REST and rules.versions and not _has_times(rules, group, day, shift):
                name, called = (
                    next((name for name, slug in rules.words.shift_names.items() if slug == shift), shift),
                    case.words.group(group),
                )
                text = Text(
                    f"{person.called} {day} 排的是{name}，{called.zh}没有这一班的时段，这一天不能判定",
                    f"{person.called} works {shift} on {day}, for which {called.en} have no times: not determined",
                )
                yield person, day, Reason(text)


def _has_times(rules: Rules, group: str, day: datetime.date, shift: str) -> bool:
    return bool(windows_on(rules, group, day, shift)) or asked(rules, group, day, shift) is not None


def _unsound(case: RegisterInLaw, group: str, working: list[datetime.date]) -> Iterator[Reason]:
    """Windows that are no row of pairs: nothing is judged by them."""
    problems = {windows_on(case.book.at(day), group, day).problem for day in working}
    yield from (Reason(problem) for problem in problems if problem)


def _ungoverned(case: RegisterInLaw, group: str, working: list[datetime.date]) -> Iterator[Reason]:
    name = case.words.group(group).zh
    yield from (why for _, why in unrostered(case, group, working))
    yield from (why for _, _, why in no_such_shift(case, group))
    yield from _unsound(case, group, working)
    free = [d for d in working if not case.book.at(d).all(Evidence, group) and not governed(case.book.at(d), group)]
    if free:
        span = f"{free[0]} – {free[-1]}"
        yield Reason(
            Text(
                f"{span} 没有施行中的规定管{name}的考勤", f"no rule in force governs the attendance of {group}: {span}"
            )
        )
    loose = [day for day in working if day not in free and _no_windows(case.book.at(day), group, day)]
    if loose:
        span = f"{loose[0]} – {loose[-1]}"
        yield Reason(
            Text(
                f"{span} 施行的规定没有正常考勤时段，不推定{name}迟到、早退",
                f"the rules of {span} have no punch windows, so lateness is not derived ({group})",
            )
        )


def _no_windows(rules: Rules, group: str, day: datetime.date) -> bool:
    return not by_shifts(rules, group, day) and not windows_on(rules, group, day).placed


_NO_HOURS = Text(
    "上下班时刻原文未载明，除正常考勤时段外不推定迟到、早退",
    "working hours are stated nowhere, so nothing is derived beyond the punch windows",
)
