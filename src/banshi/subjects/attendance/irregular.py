"""One person's day: what is irregular in it, whether leave covers it, whether it was explained."""

import datetime
from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from banshi.base.text import Text, listed
from banshi.law.decisions import Decision, Reason
from banshi.law.instruments import Placed
from banshi.law.norms import Evidence, called
from banshi.subjects.attendance.facts import DayFacts
from banshi.subjects.attendance.forms import Note, Person, clock_to_the_second
from banshi.subjects.attendance.punch_windows import DayWindows, windows_on
from banshi.subjects.attendance.punches import NAMES, MomentDecision, judge_by, unit
from banshi.subjects.attendance.rulebook import Rules, consequence, duty
from banshi.subjects.attendance.words import TYPES, role_name
from banshi.subjects.attendance.working_time import alone, asked, missing

OUTCOMES = {
    "explained": Text("已说明并录入", "explained and entered"),
    "unexplained": Text("待说明", "to be explained"),
    "possible_absence": Text("可能旷工，由中心决定", "possibly absent without leave: the centre decides"),
    "breach": Text("违纪记录", "recorded breach"),
    "undetermined": Text("不能判定", "not determined"),
}
# What is to be done about it.
FIXES = {
    "explained": Text("", ""),
    "unexplained": Text(
        "说明原因并登记（notes）；打卡漏登、错登的，改正打卡。",
        "Explain it and enter that (notes); correct punches that were lost or wrong.",
    ),
    "possible_absence": Text(
        "当时请过假、打过电话的，补登记请假或说明；规定许可的，可以补办手续。",
        "If leave was asked for or somebody telephoned, enter it; formalities afterwards where the rules allow them.",
    ),
    "undetermined": Text("先改正读不出的，再算一次。", "Correct what could not be read, then run this again."),
    "breach": Text("核对值班日志；当时请了假的，登记请假。", "Check the duty log; enter the leave if there was one."),
}
_NOTES_FOR = {
    "late": ("late",),
    "early_leaving": ("early_leaving",),
    "missing": ("late", "early_leaving"),
    "unclear": ("late", "early_leaving"),
    "out_of_window": ("out_of_window",),
    "short_hours": ("late", "early_leaving"),
}
_LEAVE_NOTES = ("leave",)  # the leader took a request, so the leave was announced
_NOTES_FOR_ANY = ("carrying_papers", "leave", "other")


class Irregularity(Struct, frozen=True):
    """Something irregular: its type, which moment of the day, and what is to be made of it, with reasons.

    ``entered``: the type of the note by which it counts as explained; ``off``: seconds late or early; ``keeper``: who
    enters explanations, where the law says so.
    """

    staff: str
    day: datetime.date
    type: str
    moment: str
    outcome: Decision[str]
    entered: str = ""
    off: int = 0
    keeper: str = ""

    @property
    def called(self) -> Text:
        """Type and moment in words."""
        name = NAMES.get(self.moment, Text("", ""))
        kind = TYPES[self.type]
        return Text(
            f"{name.zh}{kind.zh}" if self.type in ("missing", "unclear") else kind.zh, f"{name.en} {kind.en}".strip()
        )


def irregularities(
    rules: Rules, person: Person, day: datetime.date, facts: DayFacts, windows: DayWindows | None = None
) -> Iterator[Irregularity]:
    """Everything irregular in a day on which somebody must be there; ``windows``: of the shift, where one is worked."""
    windows = windows_on(rules, person.group, day) if windows is None else windows
    yield from _of_punches(rules, person, day, facts, windows)
    yield from _of_passwords(rules, person, day, facts)
    yield from _of_duty_log(rules, person, day, facts)


def _of_punches(
    rules: Rules, person: Person, day: datetime.date, facts: DayFacts, windows: DayWindows
) -> Iterator[Irregularity]:
    if facts.whole_day or (windows and set(windows.halves) <= facts.halves):
        return
    before = [at for at in facts.punched if at < windows.begins]
    if before:
        facts = replace(facts, punched=[at for at in facts.punched if at >= windows.begins])
    for found in _of_own_punches(rules, person, day, facts, windows):
        yield _with_reason(found, _stray(before)) if before else found


def _of_own_punches(
    rules: Rules, person: Person, day: datetime.date, facts: DayFacts, windows: DayWindows
) -> Iterator[Irregularity]:
    judged = judge_by(windows, unit(rules), facts.punched, frozenset(facts.halves))
    if not facts.punched and not facts.any_leave:
        why = [reason for decision in judged.decisions for reason in decision.reasons]
        if judged.arrival.value is None:
            why = [Reason(_NO_PUNCH)]
        yield irregularity(rules, person, day, ("absent", ""), facts, why)
        return
    for decision in judged.decisions:
        kind = decision.value
        if kind and kind != "normal" and not decision.let_be and not _covered(rules, decision, facts):
            found = irregularity(rules, person, day, (kind, decision.moment), facts, list(decision.reasons))
            yield replace(found, off=decision.off) if decision.off else found
    yield from _of_working_time(rules, person, day, facts, windows)


def _with_reason(found: Irregularity, why: Reason) -> Irregularity:
    return replace(found, outcome=replace(found.outcome, reasons=(*found.outcome.reasons, why)))


def _stray(before: list[int]) -> Reason:
    """What is said of punches that belong to no work: before work over night begins, at a time that ends the night before."""
    clocks = [clock_to_the_second(at) for at in sorted(before)]
    return Reason(
        Text(
            f"当天 {listed(clocks)} 的打卡在前一晚的班下班以前，不算这一班；前一晚没有排班的，核对排班",
            f"punches at {', '.join(clocks)} could end the night before alone and are not counted here: look at the roster",
        )
    )


def _of_working_time(
    rules: Rules, person: Person, day: datetime.date, facts: DayFacts, windows: DayWindows
) -> Iterator[Irregularity]:
    """A day that was too short; not asked where there was leave."""
    placed = None if facts.any_leave else asked(rules, person.group, day, windows.shift)
    if placed is None:
        return
    step = unit(rules)
    punched = [at // step * step for at in facts.punched]
    untold = None if windows.placed else alone(placed, punched)  # where there are windows, they say what is missing
    if untold is not None:
        yield irregularity(rules, person, day, ("unclear", ""), facts, [untold])
    short = missing(placed, punched)
    if short is not None:
        found = irregularity(rules, person, day, ("short_hours", ""), facts, [short[1]])
        yield replace(found, off=short[0])


def _covered(rules: Rules, decision: MomentDecision, facts: DayFacts) -> bool:
    excused = {rules.words.covers(kind) for kind in facts.short}
    return decision.half in facts.halves or decision.moment in excused


def irregularity(
    rules: Rules, person: Person, day: datetime.date, what: tuple[str, str], facts: DayFacts, why: list[Reason]
) -> Irregularity:
    """Of a type and a moment, with what is to be made of it."""
    kind, moment = what
    rule = consequence(rules, "outside_windows")
    if rule and kind != "absent":
        why.append(Reason(_IRREGULAR, rule.cite))
    entered = ""
    for note in facts.notes:
        if not entered and (note.type in _NOTES_FOR_ANY or note.type in _NOTES_FOR.get(kind, ())):
            said = _entered(rules, person, note)
            why += said.reasons
            entered = note.type if said.value else ""
    keeper = _keeper(rules, person) if duty(rules, "explaining") else ""
    return Irregularity(
        person.id, day, kind, moment, _outcome(rules, kind, entered, why, keeper), entered, keeper=keeper
    )


def _outcome(rules: Rules, kind: str, entered: str, why: list[Reason], keeper: str) -> Decision[str]:
    broken = consequence(rules, "leave_rules_broken")
    though = broken is not None and broken.norm.though_explained
    if kind in ("late", "early_leaving") and though and entered not in _LEAVE_NOTES:
        return Decision("possible_absence", (*why, Reason(_UNANNOUNCED, broken.cite if broken else None)))
    if entered:
        return Decision("explained", tuple(why))
    unbroken = broken is None and kind in ("late", "early_leaving")  # no norm makes lateness absence
    if kind in ("out_of_window", "missing", "unclear", "short_hours") or unbroken:
        asked = duty(rules, "explaining")
        said = Text(f"须向{keeper}说明，由其录入", f"to be explained to {keeper}, who enters it")
        return Decision("unexplained", (*why, Reason(said, asked.cite)) if asked else tuple(why))
    unsaid = Reason(_NO_PROCEDURE, broken.cite) if broken else Reason(_NOT_ENTERED)
    return Decision("possible_absence", (*why, unsaid))


def fix_of(each: Irregularity) -> Text:
    """What is to be done about it; whom to tell only where the law says so."""
    key, why = each.outcome.value or "undetermined", [reason.text for reason in each.outcome.reasons]
    if key == "unexplained" and each.keeper:
        return Text(
            f"向{each.keeper}说明，由其录入（“说明登记”，notes）；打卡漏登、错登的，改正打卡。",
            f"Explain it to {each.keeper}, who enters it (notes); correct punches that were lost or wrong.",
        )
    return _ENTERED_SOMEHOW if key == "possible_absence" and _NOT_ENTERED in why else FIXES[key]


def _entered(rules: Rules, person: Person, note: Note) -> Decision[bool]:
    """Whether a note was entered by whom the rules name; carrying papers still takes leave."""
    asked = duty(rules, "explaining")
    who = role_name(rules, note.recorded_by)
    if note.recorded_by not in recorders(rules, person):
        text = Text(
            f"由{who}录入，应由{_keeper(rules, person)}录入",
            f"entered by {note.recorded_by}, who does not keep this record",
        )
        return Decision(False, (Reason(text, asked.cite if asked else None),))
    reasons = [Reason(Text(f"已由{who}录入", f"entered by {note.recorded_by}"), asked.cite if asked else None)]
    unit = duty(rules, "carrying_papers")
    if note.type == "carrying_papers" and unit:
        others = "、".join(role_name(rules, each.office) for each in unit.norm.duties if each.office) or "别人"
        reasons.append(Reason(Text(f"送件由{others}承担，本人仍须请假", _PAPERS), unit.cite))
    return Decision(True, tuple(reasons))


def recorders(rules: Rules, person: Person) -> tuple[str, ...]:
    """Who enters irregular attendance: whom the duty names, but no group of staff that leads nobody; or who stands in for them with this group."""
    asked = duty(rules, "explaining")
    if asked is None:
        return tuple(rules.words.offices)  # no rule says who: whoever is named
    if person.group in asked.norm.stands_in:
        return (asked.norm.stands_in[person.group],)
    named = [each.office for each in asked.norm.duties if each.office]
    leading = {role for role, office in rules.offices.items() if office.leads_group}
    return tuple(dict.fromkeys(office for office in named if office in leading or office not in rules.words.groups))


def _keeper(rules: Rules, person: Person) -> str:
    """Who enters it, as the rules call them."""
    return "或".join(role_name(rules, role) for role in recorders(rules, person)) or "规定的人"


def _of_passwords(rules: Rules, person: Person, day: datetime.date, facts: DayFacts) -> Iterator[Irregularity]:
    """A password proves attendance where a norm takes it as evidence, and once it is approved where one asks for that."""
    if not facts.passwords:
        return
    evidence = rules.all(Evidence, person.group)
    taken = [placed for placed in evidence if "password" in placed.norm.sources]
    if evidence and not taken:
        text = Text(f"密码打卡；考勤依据是{_unasked(evidence)}", "a punch by password, which no norm takes as evidence")
        yield Irregularity(person.id, day, "password", "", Decision("unexplained", (Reason(text, evidence[0].cite),)))
    approved = person.password_approved_on
    if approved and approved <= day:
        return
    for placed in taken:
        if "password" in placed.norm.approved_by:
            name = role_name(rules, placed.norm.approved_by["password"])
            others = _unasked(evidence)
            instead = f"（不须批准的考勤依据：{others}）" if others else ""
            text = Text(f"密码打卡，没有{name}批准{instead}", "a punch by password that was not approved")
            yield Irregularity(person.id, day, "password", "", Decision("unexplained", (Reason(text, placed.cite),)))


def _unasked(evidence: list[Placed[Evidence]]) -> str:
    """What proves attendance without anybody's approval."""
    free = [
        (each.version.names, source)
        for each in evidence
        for source in each.norm.sources
        if source not in each.norm.approved_by
    ]
    return listed(dict.fromkeys(called(names, "papers", source) for names, source in free))


def _of_duty_log(rules: Rules, person: Person, day: datetime.date, facts: DayFacts) -> Iterator[Irregularity]:
    """Either record shows a breach: a breach; where there is leave on the day, the log is taken to speak of that."""
    if facts.any_leave:
        return
    for placed in rules.all(Evidence, person.group):
        if placed.norm.any_breach and "duty_log" in placed.norm.sources:
            for found in sorted(set(facts.duty)):
                outcome = Decision("breach", (Reason(_LOGGED, placed.cite),))
                kind = found if found in TYPES and found not in _NOTES_FOR else f"log_{found}"
                yield Irregularity(person.id, day, kind, "duty_log", outcome)


_LOGGED = Text("值班日志与打卡记录同为依据", "the duty log is evidence as much as the punches are")
_NO_PUNCH = Text("当天没有打卡，也没有请假", "no punch and no leave on this day")
_IRREGULAR = Text("视为非正常考勤", "irregular attendance")
_PAPERS = "other staff of the unit carry papers; leave is still needed"
_UNANNOUNCED = Text(
    "未打招呼的迟到、早退，按所取口径违反请假规定；是否旷工由中心决定",
    "unannounced, so by the reading taken the rules on leave are broken; the centre decides whether this is absence",
)
_NOT_ENTERED = Text(
    "没有登记请假或说明；是否旷工，适用文件没有写明，由中心决定",
    "no leave and no explanation entered; the law does not say whether this is absence: the centre decides",
)
_ENTERED_SOMEHOW = Text(
    "请过假的，补登记请假；有说明的，登记说明（notes）。",
    "Enter the leave, or the explanation (notes), if there was one.",
)
_NO_PROCEDURE = Text(
    "没有请假、电话说明或录入的说明；是否旷工由中心决定，特殊情况经同意可以补办",
    "no request, phone call or entry; the centre decides whether this is absence, and may allow formalities afterwards",
)
