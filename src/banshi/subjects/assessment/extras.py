"""Bonus and deductions together: only the highest of a matter or event counts, then the caps.

The same figures come out whatever the order of the entries: among equals the order of dates, facts and texts decides.
"""

from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from itertools import combinations

from msgspec import Struct

from banshi.base.money import plain
from banshi.base.text import Text
from banshi.law.decisions import Decision, Reason
from banshi.law.norms import Adjustment, HighestOnly
from banshi.subjects.assessment.context import Context
from banshi.subjects.assessment.entries import ZERO, Draft, Scale, listed, rates, unlisted
from banshi.subjects.assessment.facts import Facts
from banshi.subjects.assessment.overdue import spared
from banshi.subjects.assessment.results import ScoreEntry, shown


class Settled(Struct, frozen=True):
    """All of one scale: the entries in the order of the file, their total after caps, and its bounds."""

    entries: tuple[ScoreEntry, ...]
    total: Decision[Decimal]
    at_least: Decimal
    at_most: Decimal


def bonus(facts: Facts, context: Context) -> Settled:
    """The bonus of a window."""
    entered = [*facts.window.entries("bonus")]
    return _both("bonus", lambda: [*listed("bonus", entered, facts, context), *rates(facts, context)], context)


def deductions(facts: Facts, context: Context) -> Settled:
    """What is taken off a window's score; points are positive."""
    entered = [*facts.window.entries("deductions")]

    def drafts() -> list[Draft]:
        found = [*listed("deduction", entered, facts, context), *unlisted(facts, context)]
        _pass_overdue(found, facts, context)
        return found

    return _both("deduction", drafts, context)


def _pass_overdue(drafts: list[Draft], facts: Facts, context: Context) -> None:
    """Overdue cases bring no deduction where only their heaviest place counts."""
    for draft in drafts:
        if draft.fact == context.book.overdue and draft.placed and spared(draft.placed.norm.id, facts, context):
            text = Text("按口径只在最重的一处扣，这里不减", "only the heaviest place counts, so not deducted here")
            draft.drop(Reason(text, draft.placed.cite))


def _both(scale: Scale, make: Callable[[], list[Draft]], context: Context) -> Settled:
    """Settled with what is open counted, and, where anything is, without it."""
    most = _settle(scale, make(), context)
    if all(draft.counted is not None for draft in most[0]):
        return Settled(_entries(most[0], context), Decision(most[1], most[2]), most[1], most[1])
    totals = [least[1] for least in _alternatives(scale, make, context)]
    text = Text("有的条目不能判定是否计入，合计不能判定", "some entries are open, so the total is not determined")
    low, high = min(*totals, most[1]), max(*totals, most[1])
    value = most[1] if low == high else None
    reasons = most[2] if value is not None else (Reason(text), *most[2])
    return Settled(_entries(most[0], context), Decision(value, reasons), low, high)


_Settled = tuple[list[Draft], Decimal, tuple[Reason, ...]]
_TRIED = 8  # open entries of which every combination is tried


def _alternatives(scale: Scale, make: Callable[[], list[Draft]], context: Context) -> Iterator[_Settled]:
    """Settled with every combination of the open entries counted; of very many, with none, and each alone or left out.

    Both ends of the range are among them, though one entry more may bring less: where it takes the place of another of
    its matter and a cap then lessens it.
    """
    places = [n for n, draft in enumerate(make()) if draft.counted is None]
    if len(places) <= _TRIED:
        chosen = [some for size in range(len(places)) for some in combinations(places, size)]
    else:
        chosen = [(), *((n,) for n in places), *(tuple(p for p in places if p != n) for n in places)]
    for some in chosen:
        drafts = make()
        for n in set(places) - set(some):
            drafts[n].counted = False
        yield _settle(scale, drafts, context)


def _settle(scale: Scale, drafts: list[Draft], context: Context) -> _Settled:
    """What is open counts."""
    live = [d for d in drafts if d.counted is not False]
    live.sort(key=lambda draft: draft.order)
    _once_per_matter(live)
    if scale in context.book.highest:
        _highest_only(scale, live, _earlier_points(drafts), context)
    _own_caps([d for d in live if d.points])
    total, reasons = capped(scale, sum((draft.points for draft in live), ZERO), context)
    return drafts, total, reasons


def _entries(drafts: list[Draft], context: Context) -> tuple[ScoreEntry, ...]:
    return tuple(
        ScoreEntry(
            d.fact,
            context.book.name(d.fact),
            d.placed,
            d.full,
            d.points,
            d.counted,
            tuple(d.reasons),
            d.evidence,
            d.group,
            d.route,
        )
        for d in drafts
    )


def _once_per_matter(live: list[Draft]) -> None:
    """Of what counts once per matter, one piece of a matter keeps its points."""
    seen: set[tuple[str, str]] = set()
    for draft in live:
        own, placed = draft.entered, draft.placed
        if own is None or placed is None or not isinstance(placed.norm, Adjustment) or not placed.norm.once_per_matter:
            continue
        key = placed.norm.id, own.group
        if key in seen:
            draft.drop(Reason(Text(f"“{own.group}”只加一次", f"{own.group} counts once"), placed.cite))
        elif own.count > 1:
            one = draft.full / own.count
            text = Text(f"同一事项只加一次，计 {plain(one)}", f"once per matter: {plain(one)}")
            draft.trim(one, Reason(text, placed.cite))
        seen.add(key)


def _earlier_points(drafts: list[Draft]) -> dict[str, Decimal]:
    """By matter or event, what it got in earlier quarters: true of it whichever entry says so, counted or not."""
    found: dict[str, Decimal] = {}
    for own in (draft.entered for draft in drafts):
        if own is not None and own.previously:
            found[own.group] = max(own.previously, found.get(own.group, ZERO))
    return found


def _highest_only(scale: Scale, live: list[Draft], earlier: dict[str, Decimal], context: Context) -> None:
    """Of the lines of one matter or event, only the highest counts."""
    groups: dict[str, list[Draft]] = {}
    for draft in live:
        if draft.entered is not None and draft.points:
            groups.setdefault(draft.entered.group, []).append(draft)
    norm, cite = context.book.highest[scale].norm, context.book.highest[scale].cite
    for group, drafts in groups.items():
        lines = _lines(drafts)
        if len(lines) > 1 or len(drafts) > 1:
            _keep_highest(lines, drafts, Reason(_only_highest(group), cite), unit=norm.compares == "points")
        if group in earlier and not _anew(norm, drafts):
            _trim(drafts, earlier[group], Reason(_earlier(group), cite))


def _lines(drafts: list[Draft]) -> dict[str, list[Draft]]:
    """The drafts of a group by norm; a norm that another stands in for joins it where both count."""
    lines: dict[str, list[Draft]] = {}
    for draft in drafts:
        assert draft.placed is not None
        lines.setdefault(draft.placed.norm.id, []).append(draft)
    for norm_id in list(lines):
        placed = lines[norm_id][0].placed if norm_id in lines else None
        norm = placed.norm if placed else None
        if isinstance(norm, Adjustment) and norm.instead == "added" and norm.instead_of in lines:
            lines[norm_id] += lines.pop(norm.instead_of)
    return lines


def _keep_highest(lines: dict[str, list[Draft]], drafts: list[Draft], why: Reason, *, unit: bool) -> None:
    worth = _unit if unit else _total
    # Of equals one that no cap of its own can lessen yet.
    best = max(lines, key=lambda norm_id: (worth(lines[norm_id]), _own_cap(lines[norm_id]) is None, norm_id))
    kept = {id(draft) for draft in (lines[best][:1] if unit else lines[best])}
    for draft in drafts:
        if id(draft) not in kept:
            draft.drop(why)
        elif unit and isinstance(draft.placed and draft.placed.norm, Adjustment):
            assert draft.placed is not None
            draft.trim(min(draft.points, draft.placed.norm.points), why)


def _unit(line: list[Draft]) -> Decimal:
    return max((draft.placed.norm.points for draft in line if draft.placed), default=ZERO)


def _total(line: list[Draft]) -> Decimal:
    """A line's total; what the norm itself caps is not more than its cap."""
    total, cap = sum((draft.points for draft in line), ZERO), _own_cap(line)
    return total if cap is None else min(total, cap)


def _own_cap(line: list[Draft]) -> Decimal | None:
    return line[0].placed.norm.cap if line[0].placed else None


def _only_highest(group: str) -> Text:
    return Text(f"“{group}”只按最高的一项计", f"of “{group}” only the highest counts")


def _earlier(group: str) -> Text:
    return Text(f"“{group}”以前季度已经计过，只补差额", f"“{group}” counted in an earlier quarter: only the difference")


def _anew(highest: HighestOnly, drafts: list[Draft]) -> bool:
    """Whether points of earlier periods do not matter."""
    counted = [draft.placed.norm for draft in drafts if draft.points and draft.placed]
    each = bool(counted) and all(isinstance(norm, Adjustment) and norm.each_period for norm in counted)
    return highest.earlier == "anew" or each


def _trim(drafts: Iterable[Draft], excess: Decimal, why: Reason) -> None:
    """Take so many points off, from the first on."""
    for draft in drafts:
        less = min(draft.points, max(excess, ZERO))
        if less:
            draft.trim(draft.points - less, why)
        excess -= less


def _own_caps(live: list[Draft]) -> None:
    """The caps that norms carry themselves; one may cover its whole provision."""
    for norm_id in sorted({d.placed.norm.id for d in live if d.placed and d.placed.norm.cap is not None}):
        own = [d for d in live if d.placed and d.placed.norm.id == norm_id]
        placed = own[0].placed
        assert placed is not None and placed.norm.cap is not None
        whole = [d for d in live if d.placed and d.placed.provision.id == placed.provision.id]
        cap, together = placed.norm.cap, sum((d.points for d in whole), ZERO)
        beyond = len(whole) > len(own) and together > cap
        covers = isinstance(placed.norm, Adjustment) and placed.norm.cap_covers == "provision"
        covered = whole if beyond and covers else own
        text = Text(f"最高 {plain(cap)} 分", f"at most {plain(cap)}")
        _trim(reversed(covered), sum((d.points for d in covered), ZERO) - cap, Reason(text, placed.cite))


def capped(scale: Scale, total: Decimal, context: Context) -> tuple[Decimal, tuple[Reason, ...]]:
    """The total within its cap."""
    placed = context.book.caps.get(scale)
    zh, en = ("加分", "bonus") if scale == "bonus" else ("减分", "deductions")
    said = Text(f"{zh}合计 {shown(total)} 分", f"{en}: {shown(total)}")
    if placed is None:
        return total, (Reason(said),)
    most = placed.norm.at_most
    if most is None or total <= most:
        return total, (Reason(said, placed.cite),)
    over = Text(f"{zh}合计 {shown(total)} 分，最高 {plain(most)} 分", f"{en}: {shown(total)}, at most {plain(most)}")
    return most, (Reason(over, placed.cite),)
