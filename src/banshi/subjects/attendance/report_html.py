"""The account as a page for the bulletin (《情况简报》) or for one person: tables, reasons, a chart of each month."""

from collections.abc import Sequence
from dataclasses import dataclass

from banshi.base.text import Text
from banshi.centre.centre import Centre
from banshi.files.account_of_reading import AccountOfReading
from banshi.files.findings import Citation
from banshi.law.decisions import Alternative, Reason
from banshi.law.otherwise import said_of
from banshi.output.report_pages import cited, report_page
from banshi.subjects.attendance.account import Account, PersonAccount
from banshi.subjects.attendance.breaches import Breach, costs
from banshi.subjects.attendance.conversion import Converted, said
from banshi.subjects.attendance.cover import PART, WindowAccount
from banshi.subjects.attendance.factors import FactorDecision
from banshi.subjects.attendance.irregular import OUTCOMES, fix_of
from banshi.subjects.attendance.month_grid import month_grids
from banshi.subjects.attendance.report_text import differing, quota_kinds, yes_no
from banshi.subjects.attendance.rulebook import duty
from banshi.subjects.attendance.words import HALVES, TYPES, leave_said


@dataclass(frozen=True, slots=True)
class ShownException:
    """One exception as the page shows it."""

    who: str
    what: str
    outcome: str
    reasons: tuple[str, ...]
    fix: str = ""


def account_page(
    accounts: list[Account], centre: Centre | None, staff: str | None = None, reading: AccountOfReading | None = None
) -> str:
    """The page of several accounts; ``staff``: it holds one person's records only. Raises ``TemplateBroken``."""
    registers = [found.case.register for found in accounts]
    centres = "、".join(dict.fromkeys(register.centre for register in registers))
    whose = f"{staff} 的考勤记录" if staff else "考勤情况"
    return report_page(
        "attendance.html.j2",
        centre=centre,
        reading=reading,
        title=f"{centres} {whose}",
        fictional=any(register.fictional for register in registers),
        notices=_who_may_see(accounts, staff),
        sections=[_section(found) for found in accounts],
        own=staff is not None,
        names={"kinds": _kind_names(accounts), "types": TYPES},
    )


def _kind_names(accounts: list[Account]) -> dict[str, Text]:
    return {kind: found.case.words.kind(kind) for found in accounts for each in found.people for kind in each.leave}


def _who_may_see(accounts: list[Account], staff: str | None) -> list[str]:
    """Who may see other people's records, as the rules of each account's last day are read."""
    if staff:
        return [f"本页只含 {staff} 本人的记录。"]
    return list(dict.fromkeys(_may_see(found) for found in accounts))


def _may_see(found: Account) -> str:
    end = found.period.value.end if found.period.value else found.case.register.end
    rules = found.case.book.at(end)
    rule = duty(rules, "seeing_records")
    reading = said_of(rule, "duties") if rule else None
    if rule is None or reading is None:
        return f"本页含多人的考勤记录。{end} 施行的文件没有写谁可以查看别人的记录，分发前由中心决定。"
    return f"本页含多人的考勤记录。查看范围（按口径）：{reading.options[reading.default]}{cited(rule.cite)}"


def _section(found: Account) -> dict[str, object]:
    days = found.period.value
    label = f"{found.case.register.centre} {days.label if days else ''}".strip()
    return {
        "found": found,
        "label": label,
        "charts": list(month_grids(found)),
        "open": any(person.open for person in found.people),
        "people": [(person, _marks_lost(person), _reached(person)) for person in found.people],
        "windows": [(w, _empty(w), *_breaches(found, w)) for w in found.windows],
        "costs": any(costs(found.case.book.at(day)) for day in found.working[-1:]),
        "exceptions": [shown for person in found.people for shown in exceptions(person)],
        "lost": [shown for person in found.people for shown in lost_marks(person)],
        "factors": [(person, factor, said_yes_no(factor), others(factor)) for person, factor in _worth_saying(found)],
        "converted": [shown for person in found.people for shown in conversions(person)],
        "quotas": [use for person in found.people for use in person.quotas],
        "quota_kinds": quota_kinds([found]),
    }


def _marks_lost(person: PersonAccount) -> tuple[int, int]:
    counted = sum(breach.counts for breach in person.breaches)
    return counted, len(person.breaches) - counted


def _breaches(found: Account, window: WindowAccount) -> tuple[int, int]:
    own = [_marks_lost(p) for p in found.people if p.person.window == window.id]
    return sum(n for n, _ in own), sum(n for _, n in own)


def _reached(person: PersonAccount) -> list[str]:
    return [said_yes_no(factor) for factor in person.factors] or ["–"]


def said_yes_no(factor: FactorDecision) -> str:
    """天数：否."""
    return yes_no(factor, "zh").replace(":", "：")


def _worth_saying(found: Account) -> list[tuple[PersonAccount, FactorDecision]]:
    every = ((person, factor) for person in found.people for factor in person.factors)
    return [(person, factor) for person, factor in every if factor.value is not False or differing(factor)]


def others(factor: FactorDecision) -> list[Alternative[bool]]:
    """The readings under which the factor would be judged otherwise."""
    return differing(factor)


def _empty(window: WindowAccount) -> str:
    words = {PART: Text("有一段时间", "for some time"), **HALVES}
    return "、".join(f"{day} {words[half].zh}" for day, half in window.empty)


def exceptions(person: PersonAccount) -> list[ShownException]:
    """What was irregular, and what leave lacks."""
    who, found = person.person.called, []
    for each in person.irregular:
        key = each.outcome.value or "undetermined"
        what = f"{each.day} {each.called.zh}"
        found.append(ShownException(who, what, OUTCOMES[key].zh, _said(each.outcome.reasons), fix_of(each).zh))
    for fault in person.faults:
        lacks = tuple(_one(s.text, s.basis) for s in fault.shortcomings)
        outcome = "手续不全" if fault.shortcomings else "不能判定"
        fix = "".join(dict.fromkeys(s.fix.zh for s in fault.shortcomings))
        found.append(
            ShownException(who, leave_said(fault.leave, person.words).zh, outcome, lacks + _said(fault.doubts), fix)
        )
    return found


def lost_marks(person: PersonAccount) -> list[ShownException]:
    """What costs the window marks, or may."""
    return [
        ShownException(
            person.person.called, f"{breach.day} {breach.called.zh}", _lost(breach), _said(breach.decision.reasons)
        )
        for breach in person.breaches
    ]


def conversions(person: PersonAccount) -> list[ShownException]:
    """What lateness comes to, month by month."""
    return [
        ShownException(
            person.person.called, f"{month.year}-{month.month:02d}", _comes_to(person, month), _said(month.reasons)
        )
        for month in person.converted
    ]


def _comes_to(person: PersonAccount, month: Converted) -> str:
    names = {kind: person.words.kind(kind) for kind in month.leave}
    return "，".join(part.zh for part in said(month, names))


def _lost(breach: Breach) -> str:
    return "减分" if breach.counts else "由中心认定"


def _said(reasons: Sequence[Reason]) -> tuple[str, ...]:
    return tuple(_one(reason.text, reason.basis) for reason in reasons)


def _one(text: Text, basis: Citation | None) -> str:
    return f"{text.zh}{cited(basis)}"
