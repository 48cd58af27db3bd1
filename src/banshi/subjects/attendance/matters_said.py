"""What an account says of single people: exceptions, leave that is limited, lateness converted, marks lost, factors, order among equals."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from msgspec import Struct
from msgspec.structs import replace

from banshi.base.money import plain
from banshi.base.text import NOTHING, Lang, Text, listed, same
from banshi.law.decisions import Reason
from banshi.output.saying import alternatives_text, reasons_text
from banshi.output.sections import (
    EVERY,
    PAGES,
    SHEETS,
    Face,
    Figure,
    MadeRows,
    SectionColumn,
    SeveralLines,
    TableSection,
    Value,
    cited,
    reasoned,
)
from banshi.subjects.attendance.account import Account, PersonAccount
from banshi.subjects.attendance.account_tables import (
    DECIDED,
    OWNER,
    TOLD,
    WHY,
    LeaveKinds,
    Told,
    of_many,
    owner_of,
    place_of,
    sheet_of,
)
from banshi.subjects.attendance.conversion import Converted, said
from banshi.subjects.attendance.factors import FactorDecision
from banshi.subjects.attendance.irregular import OUTCOMES, fix_of
from banshi.subjects.attendance.precedence import PlaceInOrder
from banshi.subjects.attendance.quotas import QuotaUse
from banshi.subjects.attendance.words import leave_said


class PersonsMatter(Struct, frozen=True):
    """One thing about a person: what it is, what it comes to, why, what to do."""

    person: PersonAccount
    what: Text
    outcome: Text
    reasons: Sequence[Reason]
    fix: Text = NOTHING


def _matters(matters: Sequence[PersonsMatter]) -> Told:
    def lines(number: int, lang: Lang) -> list[str]:
        one = matters[number]
        head = f"{one.person.person.called}  {one.what.say(lang)}：{one.outcome.say(lang)}"
        return [head, *reasons_text(one.reasons, lang)]

    return of_many([one.person for one in matters], lines)


def yes_no(factor: FactorDecision) -> Text:
    """Whether a factor is reached: 次数:是."""
    norm = factor.norm
    assert norm is not None
    kind = Text("次数", "times") if norm.norm.counted == "times" else Text("天数", "days")
    word = DECIDED[factor.value]
    return Text(f"{kind.zh}:{word.zh}", f"{kind.en}:{word.en}")


def exceptions_of(found: Account) -> TableSection:
    """What was irregular, and what leave lacks."""
    matters = [one for person in found.people for one in _exceptions(person)]
    rows = [[*owner_of(found, m.person), m.what, m.outcome, reasoned(m.reasons), m.fix] for m in matters]
    empty_in = SHEETS | (PAGES if found.people else frozenset())
    return exceptions_table(rows, _matters(matters), empty_in)


def exceptions_table(
    rows: Sequence[Sequence[Value]],
    said: Told | None = None,
    empty_in: frozenset[Face] = SHEETS,
    faces: frozenset[Face] = EVERY,
) -> TableSection:
    """The table of exceptions, with rows that others made."""
    columns = (
        *OWNER,
        SectionColumn(Text("情况", "what"), 26),
        SectionColumn(Text("结论", "outcome"), 18),
        WHY,
        SectionColumn(Text("怎么改", "what to do"), 40),
    )
    return sheet_of(
        Text("例外", "Exceptions"), columns, rows, faces, said, Text("没有例外。", "No exceptions."), empty_in
    )


def _exceptions(person: PersonAccount) -> Iterator[PersonsMatter]:
    for each in person.irregular:
        outcome, called = OUTCOMES[each.outcome.value or "undetermined"], each.called
        what = Text(f"{each.day} {called.zh}", f"{each.day} {called.en}")
        yield PersonsMatter(person, what, outcome, each.outcome.reasons, fix_of(each))
    for fault in person.faults:
        outcome = Text("手续不全", "not in order") if fault.shortcomings else OUTCOMES["undetermined"]
        lacks = [Reason(lacking.text, lacking.basis) for lacking in fault.shortcomings]
        fixes = list(dict.fromkeys(lacking.fix for lacking in fault.shortcomings))
        fix = Text("".join(one.zh for one in fixes), " ".join(one.en for one in fixes))
        yield PersonsMatter(person, leave_said(fault.leave, person.words), outcome, [*lacks, *fault.doubts], fix)


def lost_marks(found: Account) -> TableSection:
    """What costs the window marks, or may."""
    matters = [
        PersonsMatter(
            person,
            Text(f"{breach.day} {breach.called.zh}", f"{breach.day} {breach.called.en}"),
            _COUNTS if breach.counts else _UNDECIDED,
            breach.decision.reasons,
        )
        for person in found.people
        for breach in person.breaches
    ]
    columns = (
        *OWNER,
        SectionColumn(Text("事项", "what"), 26),
        SectionColumn(Text("是否减分", "marks lost"), 12),
        WHY,
    )
    rows = [[*owner_of(found, m.person), m.what, m.outcome, reasoned(m.reasons)] for m in matters]
    title = Text("减窗口考核分", "Marks lost by windows")
    return sheet_of(title, columns, rows, said=_matters(matters), empty=NOTHING)


def conversions(found: Account, kinds: LeaveKinds) -> TableSection:
    """What lateness comes to, month by month."""
    matters = [(month, _comes_to(person, month)) for person in found.people for month in person.converted]
    columns = (
        *OWNER,
        SectionColumn(Text("月份", "month"), 10, whole=True),
        SectionColumn(Text("次数", "times"), 8, figures=True),
        SectionColumn(Text("旷工（天）", "absence (days)"), 10, figures=True),
        *(
            SectionColumn(Text(f"折{name.zh}（天）", f"as {name.en} (days)"), figures=True)
            for name in kinds.into.values()
        ),
        WHY,
    )
    rows = [
        [
            *owner_of(found, matter.person),
            f"{month.year}-{month.month:02d}",
            month.times,
            month.absence,
            *(month.leave.get(kind, Decimal(0)) for kind in kinds.into),
            reasoned(month.reasons),
        ]
        for month, matter in matters
    ]
    title = Text("迟到早退的折算", "Lateness converted")
    table = sheet_of(title, columns, rows, said=_matters([matter for _, matter in matters]), empty=NOTHING)
    return replace(table, sheet=same("迟到早退折算"))


def _comes_to(person: PersonAccount, month: Converted) -> PersonsMatter:
    when = f"{month.year}-{month.month:02d}"
    parts = list(said(month, {kind: person.words.kind(kind) for kind in month.leave}))
    outcome = Text("，".join(part.zh for part in parts), "，".join(part.en for part in parts))
    return PersonsMatter(person, Text(f"{when} 迟到早退", f"{when} lateness"), outcome, month.reasons)


def quotas(found: Account, kinds: LeaveKinds) -> TableSection:
    """What was used of each quota."""
    uses = [(person, use) for person in found.people for use in person.quotas]
    columns = (
        *OWNER,
        SectionColumn(Text("月份", "month"), 10),
        SectionColumn(Text("已用（天）", "used (days)"), 9, figures=True),
        SectionColumn(Text("各次（天）", "each time (days)"), 16),
        SectionColumn(Text("每月额度（天）" if kinds.monthly else "额度", "limit"), 9),
        SectionColumn(Text("余（天）", "left (days)"), 9, figures=True),
        SectionColumn(Text("依据", "basis"), 40),
    )
    title = Text(f"{kinds.limited.zh}额度", f"Limits of {kinds.limited.en}")
    lines = of_many([person for person, _ in uses], lambda number, lang: [_quota_said(*uses[number], lang)])
    return sheet_of(title, columns, [_quota(found, *use) for use in uses], said=lines, empty=NOTHING)


def _quota(found: Account, person: PersonAccount, use: QuotaUse) -> list[Value]:
    norm = use.norm.norm
    limit = Text(f"{use.per.zh}{plain(norm.at_most)}{norm.unit}", f"{plain(norm.at_most)} {use.per.en}")
    return [
        *owner_of(found, person),
        Figure(use.period, use.period.en),
        use.counted,
        listed(f"{days:f}" for _, days in use.pieces),
        Figure(limit, norm.at_most) if use.capped else Figure(_ENTITLEMENT, ""),
        use.left if use.capped else None,
        use.norm.cite.say(),
    ]


def _quota_said(person: PersonAccount, use: QuotaUse, lang: Lang) -> str:
    norm, pieces = use.norm.norm, " + ".join(plain(days) for _, days in use.pieces) or "0"
    kind = person.words.kind(norm.of).say(lang)
    limit = Text(f"{use.per.zh}{plain(norm.at_most)}{norm.unit}", f"of {plain(norm.at_most)} {use.per.en}")
    left = Text(f"余{plain(use.left)}{norm.unit}", f"{plain(use.left)} left") if use.capped else _ENTITLEMENT
    head = f"{person.person.called}  {use.period.en} {kind} {plain(use.counted)}（{pieces}）"
    return f"{head}，{limit.say(lang)}，{left.say(lang)}{cited(use.norm.cite)}"


def factors_of(
    found: Account, factors: Sequence[tuple[PersonAccount, FactorDecision]], faces: frozenset[Face]
) -> TableSection:
    """Whether leave and lateness come to factors of assessment."""
    columns = (
        *OWNER,
        SectionColumn(Text("计什么", "of what"), 16),
        SectionColumn(Text("计得", "counted"), 8, figures=True),
        SectionColumn(Text("是否考核因素", "a factor"), 12),
        replace(WHY, width=60),
        SectionColumn(Text("其他口径", "other readings"), 50),
    )
    rows = MadeRows(len(factors), lambda number: _factor(found, *factors[number]))

    def lines(number: int, lang: Lang) -> list[str]:
        person, factor = factors[number]
        why = [*reasons_text(factor.reasons, lang), *alternatives_text(factor.differing, lang)]
        return [f"{person.person.called}  {yes_no(factor).say(lang)}", *why]

    said = of_many([person for person, _ in factors], lines)
    return sheet_of(Text("考核因素", "Factors of assessment"), columns, rows, faces, said)


def _factor(found: Account, person: PersonAccount, factor: FactorDecision) -> list[Value]:
    assert factor.norm is not None
    kinds = [found.case.words.kind(kind) for kind in factor.norm.norm.of]
    of = Text(listed(kind.zh for kind in kinds), ", ".join(kind.en for kind in kinds))
    others = SeveralLines(tuple(other.text for other in factor.differing))
    why = reasoned(factor.reasons)
    return [*owner_of(found, person), of, factor.amount, DECIDED[factor.value], why, others]


# order among equals


def order_of(found: Account) -> Iterator[TableSection]:
    """Who comes first among equals: in a workbook a row for each of them."""
    order = found.order
    if order is None:
        return
    title = Text("并列先后", "Order among equals")
    standings = order.value or ()
    rows: list[list[Value]] = [
        [*place_of(found), one.place, staff, one.times, one.days, _WITH_SOME if one.unclear else None]
        for one in standings
        for staff in one.staff
    ]
    unordered = [*place_of(found), None, None, None, None, reasoned(order.reasons)]
    place, staff, *load = _ORDER
    yield sheet_of(title, (*OWNER[:2], *_ORDER), [unordered] if order.value is None else rows, SHEETS)
    yield TableSection(
        Text("考核并列时的先后", "Order among equals"),
        (place, *load[:2], staff, load[2]),
        [[one.place, one.times, one.days, listed(one.staff), _WITH_SOME if one.unclear else None] for one in standings],
        said=lambda number, lang: [_standing(standings[number], lang)],
        head=Text("考核并列时的先后：", "Order among equals:"),
        reasons=order.reasons,
        faces=TOLD,
    )


def _standing(one: PlaceInOrder, lang: Lang) -> str:
    mark = Text("（与另一些人孰先不定）", " (with some others, no order)").say(lang) if one.unclear else ""
    load = Text(f"{plain(one.times)}次、{plain(one.days)}天", f"{plain(one.times)} times, {plain(one.days)} days")
    left = len(one.staff) - _MOST_NAMED
    more = Text(f" 等{len(one.staff)}人", f" and {left} more").say(lang) if left > 0 else ""
    return f"  {one.place}. {load.say(lang)}{mark}：{listed(one.staff[:_MOST_NAMED])}{more}"


_MOST_NAMED = 30
_ORDER = (
    SectionColumn(Text("名次", "place"), 8, figures=True),
    SectionColumn(Text("人员", "staff"), 14),
    SectionColumn(Text("次数", "times"), 8, figures=True),
    SectionColumn(Text("天数", "days"), 8, figures=True),
    SectionColumn(Text("说明", "note"), 60),
)
_WITH_SOME = Text("与另一些人孰先不定", "with some others, no order")
_ENTITLEMENT = Text("按所取口径只是待遇", "by the reading taken no limit")
_COUNTS = Text("减窗口考核分", "costs the window marks")
_UNDECIDED = Text("是否减分由中心认定", "the centre decides whether it costs marks")
