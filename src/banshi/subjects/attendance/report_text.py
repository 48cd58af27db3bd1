"""The account on a terminal: a table of people, the exceptions with their reasons, what cannot be determined."""

import datetime
from collections.abc import Iterable
from typing import Any

from banshi.base.columns import lined_up
from banshi.base.money import plain
from banshi.base.text import Lang, Text, listed
from banshi.law.decisions import Alternative, Decision
from banshi.output.saying import alternatives_text, reasons_text
from banshi.subjects.attendance.account import Account, PersonAccount
from banshi.subjects.attendance.conversion import said
from banshi.subjects.attendance.cover import WindowAccount
from banshi.subjects.attendance.factors import FactorDecision
from banshi.subjects.attendance.irregular import OUTCOMES
from banshi.subjects.attendance.words import HALVES, TYPES, leave_said


def account_text(found: Account, lang: Lang) -> str:
    """The account of one register and period."""
    days = found.period.value
    head = f"{found.case.register.centre}  {days.label if days else ''}".rstrip()
    lines = [head, *reasons_text(found.period.reasons, lang)]
    if days is not None:
        if found.left_out:
            warning = Text("注意，登记不全，以下结论可能因此有误：", "The register is not complete; mind what follows:")
            lines += ["", warning.say(lang), *reasons_text(found.left_out, lang)]
        lines += ["", *_table(found, lang), *_windows(found, lang)]
        for part in (_exceptions, _converted, _quotas, _breaches, _factors):
            lines += [line for person in found.people for line in part(person, lang)]
        lines += _order(found, lang)
    if days is not None and found.undetermined:
        lines += ["", Text("不能判定：", "Not determined:").say(lang), *reasons_text(found.undetermined, lang)]
    return "\n".join(lines)


def _table(found: Account, lang: Lang) -> list[str]:
    with_open = any(person.open for person in found.people)
    titles = (
        Text("人员", "staff"),
        Text("工作日", "days"),
        Text("正常", "normal"),
        Text("非正常", "irregular"),
        *([_NOT_JUDGED] if with_open else []),
        Text("请假（天）", "leave (days)"),
        *([_SHORT] if found.has_short_leave else []),
        Text("考核因素", "factors"),
    )
    rows = [[title.say(lang) for title in titles]]
    rows += [_row(person, lang, with_open, found.has_short_leave) for person in found.people]
    return lined_up(rows)


def _row(person: PersonAccount, lang: Lang, with_open: bool, with_short: bool) -> list[str]:
    kinds = [f"{TYPES[kind].say(lang)}{n}" for kind, n in person.by_type.items()]
    spent = [f"{person.words.kind(kind).say(lang)}{plain(days)}" for kind, days in sorted(person.leave.items())]
    late, early = person.short_times("arrival"), person.short_times("departure")
    reached = [yes_no(factor, lang) for factor in person.factors]
    if person.leave_open:
        spent.append(Text("（可能没有读全）", "(perhaps not all)").say(lang))
    irregular, leave = (" ".join(part) or "–" for part in (kinds, spent))
    undecided = [str(len(person.open))] if with_open else []
    normal = "–" if person.normal is None else str(person.normal)
    days = "–" if person.days is None else str(person.days)
    own = [person.person.called, days, normal, irregular, *undecided, leave]
    return [*own, *([f"{late} + {early}"] if with_short else []), " ".join(reached) or "–"]


def yes_no(factor: FactorDecision, lang: Lang) -> str:
    """Whether a factor is reached: 次数:是."""
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
        if window.open:
            said = Text("窗口是否空岗不能判定", "not determined whether the window was empty").say(lang)
            lines.append(f"{said}  {window.name}：{days_said(window.open, lang)}")
    return ["", *lines] if lines else []


def days_said(days: Iterable[datetime.date], lang: Lang) -> str:
    """Days in order; of many the first ones and how many there are."""
    every = sorted(days)
    shown = "、".join(map(str, every[:_MOST_DAYS]))
    more = Text(f" 等 {len(every)} 天", f" and more, {len(every)} in all").say(lang)
    return shown + (more if len(every) > _MOST_DAYS else "")


_MOST_DAYS = 8


def _empty_said(window: WindowAccount, lang: Lang) -> str:
    part = Text("有一段时间", "for some time")
    return "、".join(f"{day} {HALVES.get(half, part).say(lang)}" for day, half in window.empty)


def _exceptions(person: PersonAccount, lang: Lang) -> list[str]:
    lines = []
    for each in person.irregular:
        outcome = OUTCOMES[each.outcome.value or "undetermined"].say(lang)
        lines.append(f"{person.person.called}  {each.day} {each.called.say(lang)}：{outcome}")
        lines += reasons_text(each.outcome.reasons, lang)
    for fault in person.faults:
        word = Text("手续不全", "not in order") if fault.shortcomings else Text("不能判定", "not determined")
        lines.append(f"{person.person.called}  {leave_said(fault.leave, person.words).say(lang)}：{word.say(lang)}")
        lines += [f"  · {s.text.say(lang)}" + (f"（{s.basis.say()}）" if s.basis else "") for s in fault.shortcomings]
        lines += reasons_text(fault.doubts, lang)
    return ["", *lines] if lines else []


def _factors(person: PersonAccount, lang: Lang) -> list[str]:
    """The factors that are reached or doubtful."""
    lines = []
    for factor in person.factors:
        others = differing(factor)
        if factor.value is not False or others:
            lines.append(f"{person.person.called}  {yes_no(factor, lang)}")
            lines += [*reasons_text(factor.reasons, lang), *alternatives_text(others, lang)]
    return ["", *lines] if lines else []


def quota_kinds(accounts: Iterable[Account]) -> str:
    """The kinds of leave of which a quota was used."""
    used = [(found.case.words, use) for found in accounts for person in found.people for use in person.quotas]
    kinds = dict.fromkeys(words.kind(use.norm.norm.of).zh for words, use in used)
    return listed(kinds) if len(kinds) < _FEW_KINDS else "假期"


def _converted(person: PersonAccount, lang: Lang) -> list[str]:
    """What lateness comes to, month by month."""
    lines = []
    for month in person.converted:
        names = {kind: person.words.kind(kind) for kind in month.leave}
        parts = "，".join(each.say(lang) for each in said(month, names))
        word = Text("迟到早退", "lateness").say(lang)
        lines.append(f"{person.person.called}  {month.year}-{month.month:02d} {word}：{parts}")
        lines += reasons_text(month.reasons, lang)
    return ["", *lines] if lines else []


def _quotas(person: PersonAccount, lang: Lang) -> list[str]:
    """What was used of each quota."""
    lines = []
    for use in person.quotas:
        norm, pieces = use.norm.norm, " + ".join(plain(days) for _, days in use.pieces) or "0"
        kind = person.words.kind(norm.of).say(lang)
        limit = Text(f"{use.per.zh}{plain(norm.at_most)}{norm.unit}", f"of {plain(norm.at_most)} {use.per.en}")
        left = Text(f"余{plain(use.left)}{norm.unit}", f"{plain(use.left)} left") if use.capped else _ENTITLEMENT
        head = f"{person.person.called}  {use.period.en} {kind} {plain(use.counted)}（{pieces}）"
        lines.append(f"{head}，{limit.say(lang)}，{left.say(lang)}（{use.norm.cite.say()}）")
    return ["", *lines] if lines else []


def _breaches(person: PersonAccount, lang: Lang) -> list[str]:
    """What costs the window marks, or may."""
    lines = []
    for breach in person.breaches:
        word = _COUNTS if breach.counts else _UNDECIDED
        lines.append(f"{person.person.called}  {breach.day} {breach.called.say(lang)}：{word.say(lang)}")
        lines += reasons_text(breach.decision.reasons, lang)
    return ["", *lines] if lines else []


def _order(found: Account, lang: Lang) -> list[str]:
    """Who comes first among equals."""
    order = found.order
    if order is None:
        return []
    lines = ["", Text("考核并列时的先后：", "Order among equals:").say(lang), *reasons_text(order.reasons, lang)]
    for standing in order.value or ():
        mark = Text("（与另一些人孰先不定）", " (with some others, no order)").say(lang) if standing.unclear else ""
        load = Text(
            f"{plain(standing.times)}次、{plain(standing.days)}天",
            f"{plain(standing.times)} times, {plain(standing.days)} days",
        )
        lines.append(f"  {standing.place}. {load.say(lang)}{mark}：{_named(standing.staff, lang)}")
    return lines


def _named(staff: tuple[str, ...], lang: Lang) -> str:
    shown = "、".join(staff[:_MOST_NAMED])
    more = len(staff) - _MOST_NAMED
    return shown + (Text(f" 等{len(staff)}人", f" and {more} more").say(lang) if more > 0 else "")


def differing(decision: Decision[Any]) -> list[Alternative[Any]]:
    """The readings that lead to another value."""
    return [other for other in decision.alternatives if other.value != decision.value]


_MOST_NAMED = 30
_FEW_KINDS = 3
_NOT_JUDGED = Text("不作判定（天）", "not judged (days)")
_SHORT = Text("迟到、早退假（次）", "late, early leave")
_ENTITLEMENT = Text("按所取口径只是待遇", "by the reading taken no limit")
_COUNTS = Text("减窗口考核分", "costs the window marks")
_UNDECIDED = Text("是否减分由中心认定", "the centre decides whether it costs marks")
