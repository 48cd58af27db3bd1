"""Is each arrival and departure of a day normal? Punches against the windows of the day.

To the minute, or to the second where a norm says so. Between a departure and the next arrival
one punch may belong to either; it is put where fewer punches are missing, then where less is irregular, and where that
does not tell, the day says so (``unclear``).
"""

import datetime
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise, product

from msgspec import Struct
from msgspec.structs import replace

from banshi.base.text import Text, listed
from banshi.law.decisions import Decision, Reason
from banshi.law.instruments import Placed
from banshi.law.library import Law, forget_beyond
from banshi.law.norms import PunchWindow
from banshi.subjects.attendance.forms import clock_to_the_second, seconds
from banshi.subjects.attendance.punch_windows import DAY, DayWindows, due, first_normal, last_normal, limits, windows_on

NAMES = {
    "arrival": Text("上班", "arrival"),
    "departure": Text("下班", "departure"),
    "present": Text("在岗", "presence"),
}


class MomentDecision(Decision[str], frozen=True):
    """``normal``, ``late``, ``early_leaving``, ``out_of_window``, ``missing`` or ``unclear``; None where nothing can be told.

    ``at`` is the second of the day of the punch that decided; ``several`` counts the punches inside the window;
    ``off``: seconds late or early; ``moment`` and ``half``: which moment of the day it is. ``let_be``: its window says that
    a punch before it (of an arrival) or after it (of a departure) is not irregular.
    """

    at: int | None = None
    several: int = 0
    off: int = 0
    moment: str = ""
    half: str = ""
    let_be: bool = False


class DayPunches(Struct, frozen=True):
    """What the punches of one person and day come to; ``others`` were needed for no moment."""

    decisions: tuple[MomentDecision, ...]
    others: tuple[int, ...] = ()

    @property
    def arrival(self) -> MomentDecision:
        """The first arrival."""
        return self.decisions[0]

    @property
    def departure(self) -> MomentDecision:
        """The last departure."""
        return self.decisions[-1]


_Pair = tuple[Placed[PunchWindow], Placed[PunchWindow]]


def unit(rules: Law) -> int:
    """How many seconds tell two punches apart."""
    return 1 if any(p.norm.to_the_second for p in rules.all(PunchWindow)) else 60


def spans(windows: DayWindows, step: int) -> tuple[tuple[int, int], ...]:
    """The first and the last second inside each window of a day with one pair, as punches are told apart."""
    if not windows or len(windows.placed) != 2:
        return ()
    return tuple(
        (
            (windows.begins if low is None else low + (0 if w.start_inclusive else step)),
            (DAY if high is None else high + (step if w.end_inclusive else 0)) - 1,
        )
        for w in (placed.norm for placed in (*windows.placed, *windows.present))
        for low, high in (ends(w),)
    )


def all_normal(inside: Sequence[tuple[int, int]], punched: Sequence[int]) -> bool:
    """Whether there is a punch inside each window (by its ``spans``), so that nothing more need be asked of the day."""
    for first, last in inside:  # plainly, for it is asked of every day of everybody
        for at in punched:
            if first <= at <= last:
                break
        else:
            return False
    return bool(inside)


def judge(
    rules: Law,
    group: str,
    punched: Iterable[int],
    day: datetime.date,
    shift: str = "",
    waived: frozenset[str] = frozenset(),
) -> DayPunches:
    """The punches (seconds since midnight) of one day; their order and repetition do not matter.

    ``waived``: halves of the day on which nobody need be there.
    """
    return judge_by(windows_on(rules, group, day, shift), unit(rules), punched, waived)


def judge_by(
    windows: DayWindows, step: int, punched: Iterable[int], waived: frozenset[str] = frozenset()
) -> DayPunches:
    """The punches of one day by its windows; once for all who punched alike."""
    found = sorted([at // step * step for at in punched])
    key = step, waived, *found
    if key not in windows.judged:
        forget_beyond(windows.judged)
        windows.judged[key] = _judged_day(windows, found, waived)
    judged: DayPunches = windows.judged[key]
    return judged


def _judged_day(windows: DayWindows, found: list[int], waived: frozenset[str]) -> DayPunches:
    if not windows:
        nothing = MomentDecision(None, (Reason(windows.problem or NO_WINDOW),))
        return DayPunches((nothing, nothing), tuple(found))
    pairs = windows.pairs
    at_work = [at for at in found if any(_within(p.norm, at) for p in windows.present)]
    rest = [at for at in found if at not in at_work]
    options = [_judged(pairs, part, windows.halves) for part in _divisions(pairs, rest)]
    costs = [_cost(option, waived) for option in options]
    best = [option for option, cost in zip(options, costs, strict=True) if cost == min(costs)]
    decisions = best[0] if len(best) == 1 else _agreed(best, waived)
    used = {decision.at for decision in decisions}
    outside = [at for at in sorted(set(rest)) if not any(_within(p.norm, at) for p in windows.placed)]
    present = tuple(_present(windows, placed, found) for placed in windows.present)
    return DayPunches((*decisions[:-1], *present, decisions[-1]), tuple(at for at in outside if at not in used))


def _present(windows: DayWindows, placed: Placed[PunchWindow], found: list[int]) -> MomentDecision:
    """Whether there is a punch at a time of presence."""
    inside = [at for at in found if _within(placed.norm, at)]
    return replace(_decide(placed, inside, None, found), half=windows.half_of(placed))


def _divisions(pairs: Sequence[_Pair], found: Sequence[int]) -> Iterator[list[list[int]]]:
    """The ways of dealing out the punches among the pairs: what falls into a break may belong to either side."""
    sure: list[list[int]] = [[] for _ in pairs]
    open_: list[list[int]] = [[] for _ in pairs[1:]]
    for at in found:
        n = next((n for n, (_, right) in enumerate(pairwise(pairs)) if _before(at, right)), None)
        n = len(pairs) - 1 if n is None else n
        # ``n``: the first pair whose successor's arrival is still to come
        in_break = n < len(pairs) - 1 and at >= first_normal(pairs[n][1].norm)
        side = _side(pairs[n], pairs[n + 1], at) if in_break else 0
        if in_break and side is None:
            open_[n].append(at)
        else:
            sure[n + (side or 0)].append(at)
    cuts = [range(len(part) + 1) if len(part) < 2 else [1] for part in open_]
    for cut in product(*cuts):
        dealt = [list(part) for part in sure]
        for n, (part, at_) in enumerate(zip(open_, cut, strict=True)):
            dealt[n] += part[:at_]
            dealt[n + 1] += part[at_:]
        yield [sorted(part) for part in dealt]


def _before(at: int, pair: _Pair) -> bool:
    """Whether a punch is not after the normal arrival of a pair."""
    window = pair[0].norm
    last = last_normal(window)
    return at < last or (at == last and window.end_inclusive)


def _side(left: _Pair, right: _Pair, at: int) -> int | None:
    """0 where a punch in a break can only be the departure, 1 where only the arrival; None where it may be either."""
    leaves, comes = _within(left[1].norm, at), _within(right[0].norm, at)
    return None if leaves == comes else int(comes)


def _judged(pairs: Sequence[_Pair], dealt: list[list[int]], halves: Sequence[str]) -> tuple[MomentDecision, ...]:
    found = [decision for pair, own in zip(pairs, dealt, strict=True) for decision in _of_pair(pair, own)]
    return tuple(replace(decision, half=half) for decision, half in zip(found, halves, strict=True))


def _of_pair(pair: _Pair, found: list[int]) -> tuple[MomentDecision, MomentDecision]:
    windows = {"arrival": pair[0], "departure": pair[1]}
    inside = {m: [at for at in found if _within(windows[m].norm, at)] for m in windows}
    outside = [at for at in sorted(set(found)) if not any(_within(w.norm, at) for w in windows.values())]
    chosen = _outside(windows, inside, outside)
    arrival, departure = (_decide(windows[m], inside[m], chosen[m], found) for m in windows)
    return arrival, departure


def ends(window: PunchWindow) -> tuple[int | None, int | None]:
    """From when to when a punch is normal, the grace added."""
    if window.moment == "present":
        return limits(window)
    if window.moment == "arrival":
        return (seconds(window.start) if window.start else None), last_normal(window)
    night = DAY if window.next_day else 0
    return first_normal(window), (seconds(window.end) + night if window.end else None)


def _within(window: PunchWindow, at: int) -> bool:
    start, end = ends(window)
    after = start is None or at > start or (window.start_inclusive and at == start)
    return after and (end is None or at < end or (window.end_inclusive and at == end))


def _outside(
    windows: dict[str, Placed[PunchWindow]], inside: dict[str, list[int]], outside: list[int]
) -> dict[str, int | None]:
    """Which punch outside the windows stands for a moment without a punch inside.

    The middle between the windows parts arrivals from departures, unless the other moment is already taken care of:
    after a morning off, the one punch at 14:00 is the arrival if there is a normal departure. Nobody leaves before work
    begins nor arrives after it is over: such a punch is no late arrival and no early leaving.
    """
    begins, over = due(windows["arrival"].norm), due(windows["departure"].norm)
    middle = (begins + over) / 2
    first, last = [at for at in outside if at < middle], [at for at in outside if at >= middle]
    if inside["departure"] or len(last) > 1:
        first = first or [at for at in last[:1] if at < over]
    if inside["arrival"] or len(first) > 1:
        last = last or [at for at in first[-1:] if at >= begins]
    return {
        "arrival": None if inside["arrival"] or not first else first[0],
        "departure": None if inside["departure"] or not last else last[-1],
    }


def _cost(option: Sequence[MomentDecision], waived: frozenset[str]) -> tuple[int, int]:
    """Punches that are missing, then moments that are irregular, where somebody must be there."""
    asked = [d.value for d in option if d.half not in waived]
    return asked.count("missing"), sum(value != "normal" for value in asked)


def _agreed(best: Sequence[tuple[MomentDecision, ...]], waived: frozenset[str]) -> tuple[MomentDecision, ...]:
    """What several ways of reading the punches have in common; the rest is unclear."""
    found = []
    for ways in zip(*best, strict=True):
        said = {(way.value, way.off) for way in ways}
        if len(said) == 1 or ways[0].half in waived:
            found.append(ways[0])
            continue
        why = tuple(dict.fromkeys(reason for way in ways for reason in way.reasons))
        first = ways[0]
        found.append(MomentDecision("unclear", (*why, Reason(_EITHER)), moment=first.moment, half=first.half))
    return tuple(found)


def _decide(placed: Placed[PunchWindow], inside: list[int], outside: int | None, found: list[int]) -> MomentDecision:
    window, name = placed.norm, NAMES[placed.norm.moment]
    span = span_said(window)
    if inside:
        at = inside[0] if window.moment == "arrival" else inside[-1]
        text = Text(
            f"{name.zh} {clock_to_the_second(at)}，在 {span.zh} 之内",
            f"{name.en} {clock_to_the_second(at)}, within {span.en}",
        )
        return MomentDecision("normal", (Reason(text, placed.cite),), at=at, several=len(inside), moment=window.moment)
    if outside is None:
        told, between = _told(found), span_said(window, " and ", "between ")
        text = Text(f"{span.zh} 没有{name.zh}打卡{told.zh}", f"no {name.en} punch {between.en}{told.en}")
        return MomentDecision("missing", (Reason(text, placed.cite),), moment=window.moment)
    kind = _outside_kind(window, outside)
    off = abs(outside - due(window)) if kind in ("late", "early_leaving") else 0
    far = _far(kind, off) if window.grace or window.start is None or window.end is None else Text("", "")
    text = Text(
        f"{name.zh}打卡 {clock_to_the_second(outside)}，不在 {span.zh} 之内{far.zh}",
        f"{name.en} punch at {clock_to_the_second(outside)}, outside {span.en}{far.en}",
    )
    let_be = window.only_due and kind == "out_of_window"
    return MomentDecision(kind, (Reason(text, placed.cite),), at=outside, off=off, moment=window.moment, let_be=let_be)


def _far(kind: str, off: int) -> Text:
    word = {"late": Text("迟到", "late"), "early_leaving": Text("早退", "early")}.get(kind)
    return Text(f"，{word.zh} {off // 60} 分钟", f", {off // 60} minutes {word.en}") if word else Text("", "")


def span_said(window: PunchWindow, to: str = "–", before: str = "") -> Text:
    """08:00 至 09:00; 08:30（宽限 10 分钟）以前; 17:30 以后."""
    grace = f"（宽限{window.grace.phrase({})}）" if window.grace else ""
    grace_en = f" ({window.grace.value} minutes of grace)" if window.grace else ""
    out = window.left_out
    grace, grace_en = grace + out.zh, grace_en + out.en
    if window.start and window.end and window.next_day:
        span = f"{window.start} 至 {window.end}{grace}"
        return Text(f"次日 {span}", f"{before}{window.start}{to}{window.end} of the next day{grace_en}")
    if window.start and window.end:
        return Text(f"{window.start} 至 {window.end}{grace}", f"{before}{window.start}{to}{window.end}{grace_en}")
    if window.end:
        return Text(f"{window.end}{grace}以前", f"the time until {window.end}{grace_en}")
    return Text(f"{window.start}{grace}以后", f"the time from {window.start}{grace_en}")


def _outside_kind(window: PunchWindow, at: int) -> str:
    """Late after the arrival window, early before the departure window; the other sides are neither."""
    if window.moment == "arrival" and at >= due(window):
        return "late"
    if window.moment == "departure" and at <= due(window):
        return "early_leaving"
    return "out_of_window"


def _told(found: list[int]) -> Text:
    clocks = [clock_to_the_second(at) for at in found]
    return Text(f"（当天打卡 {listed(clocks)}）", f" (punches: {', '.join(clocks)})") if clocks else Text("", "")


_EITHER = Text(
    "同一次打卡可算下班，也可算下一段的上班，缺的是哪一次不能判定",
    "one punch may be the departure or the next arrival: which of them is missing is not determined",
)
NO_WINDOW = Text(
    "当日施行的规定没有正常考勤时段，上下班时刻也没有载明，不推定迟到、早退",
    "the rules of the day state neither punch windows nor working hours, so lateness is not derived",
)
