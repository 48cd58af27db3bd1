"""Is a day's arrival, or departure, normal? Punches against the windows of the day (D3 第八条).

To the minute, or to the second where the reading ``punch-precision`` says so.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from banshi.attendance.forms import clock_to_the_second, seconds
from banshi.attendance.rulebook import Rules
from banshi.decisions import Decision, Reason
from banshi.instruments import Placed
from banshi.norms import PunchWindow
from banshi.text import Text, listed

MOMENTS = ("arrival", "departure")
NAMES = {"arrival": Text("上班", "arrival"), "departure": Text("下班", "departure")}


@dataclass(frozen=True, slots=True)
class MomentDecision(Decision[str]):
    """``normal``, ``late``, ``early_leaving``, ``out_of_window`` or ``missing``; None where no window is in force.

    ``at`` is the second of the day of the punch that decided; ``several`` counts the punches inside the window.
    """

    at: int | None = None
    several: int = 0


@dataclass(frozen=True, slots=True)
class DayPunches:
    """What the punches of one person and day come to; ``others`` were needed for neither moment."""

    arrival: MomentDecision
    departure: MomentDecision
    others: tuple[int, ...] = ()

    @property
    def moments(self) -> tuple[tuple[str, MomentDecision], tuple[str, MomentDecision]]:
        """Both moments by name."""
        return ("arrival", self.arrival), ("departure", self.departure)


_Windows = dict[str, Placed[PunchWindow]]


def windows_of(rules: Rules, group: str) -> _Windows:
    """The windows of arrival and departure; empty where the rules have not both."""
    windows: _Windows = {p.norm.moment: p for p in rules.all(PunchWindow, group)}
    return windows if set(windows) == set(MOMENTS) else {}


def unit(rules: Rules) -> int:
    """How many seconds tell two punches apart (AMB-24)."""
    return 1 if rules.taken("punch-precision") == "to_the_second" else 60


def spans(windows: _Windows, step: int) -> tuple[tuple[int, int], ...]:
    """The first and the last second inside each window, as punches are told apart."""
    return tuple(
        (
            seconds(w.start) + (0 if w.start_inclusive else step),
            seconds(w.end) + (step if w.end_inclusive else 0) - 1,
        )
        for w in (placed.norm for placed in windows.values())
    )


def all_normal(inside: Sequence[tuple[int, int]], punched: Sequence[int]) -> bool:
    """Whether there is a punch inside each window (by its ``spans``), so that nothing more need be asked of the day."""
    return all(any(first <= at <= last for at in punched) for first, last in inside)


def judge(rules: Rules, group: str, punched: Iterable[int]) -> DayPunches:
    """The punches (seconds since midnight) of one working day; their order and repetition do not matter."""
    windows, step = windows_of(rules, group), unit(rules)
    found = sorted(at // step * step for at in punched)
    if not windows:
        nothing = MomentDecision(None, (Reason(_NO_WINDOW),))
        return DayPunches(nothing, nothing, tuple(found))
    inside = {m: [at for at in found if _within(windows[m].norm, at)] for m in MOMENTS}
    outside = [at for at in sorted(set(found)) if not any(_within(w.norm, at) for w in windows.values())]
    chosen = _outside(windows, inside, outside)
    arrival, departure = (_decide(windows[m], inside[m], chosen[m], found) for m in MOMENTS)
    return DayPunches(arrival, departure, tuple(at for at in outside if at not in (arrival.at, departure.at)))


def _within(window: PunchWindow, at: int) -> bool:
    start, end = seconds(window.start), seconds(window.end)
    after = at > start or (window.start_inclusive and at == start)
    return after and (at < end or (window.end_inclusive and at == end))


def _outside(windows: _Windows, inside: dict[str, list[int]], outside: list[int]) -> dict[str, int | None]:
    """Which punch outside the windows stands for a moment without a punch inside.

    The middle between the windows parts arrivals from departures, unless the other moment is already taken care of:
    after a morning off, the one punch at 14:00 is the arrival if there is a normal departure.
    """
    middle = (seconds(windows["arrival"].norm.end) + seconds(windows["departure"].norm.start)) / 2
    first, last = [at for at in outside if at < middle], [at for at in outside if at >= middle]
    if inside["departure"] or len(last) > 1:
        first = first or last[:1]
    if inside["arrival"] or len(first) > 1:
        last = last or first[-1:]
    return {
        "arrival": None if inside["arrival"] or not first else first[0],
        "departure": None if inside["departure"] or not last else last[-1],
    }


def _decide(placed: Placed[PunchWindow], inside: list[int], outside: int | None, found: list[int]) -> MomentDecision:
    window, name = placed.norm, NAMES[placed.norm.moment]
    span = f"{window.start} 至 {window.end}"
    if inside:
        at = inside[0] if window.moment == "arrival" else inside[-1]
        text = Text(
            f"{name.zh} {clock_to_the_second(at)}，在 {span} 之内",
            f"{name.en} {clock_to_the_second(at)}, within {window.start}–{window.end}",
        )
        return MomentDecision("normal", (Reason(text, placed.cite),), at=at, several=len(inside))
    if outside is None:
        told = _told(found)
        text = Text(
            f"{span} 没有{name.zh}打卡{told.zh}", f"no {name.en} punch between {window.start} and {window.end}{told.en}"
        )
        return MomentDecision("missing", (Reason(text, placed.cite),))
    text = Text(
        f"{name.zh}打卡 {clock_to_the_second(outside)}，不在 {span} 之内",
        f"{name.en} punch at {clock_to_the_second(outside)}, outside {window.start}–{window.end}",
    )
    return MomentDecision(_outside_kind(window, outside), (Reason(text, placed.cite),), at=outside)


def _outside_kind(window: PunchWindow, at: int) -> str:
    """Late after the arrival window, early before the departure window; the other sides are neither (AMB-23)."""
    if window.moment == "arrival" and at >= seconds(window.end):
        return "late"
    if window.moment == "departure" and at <= seconds(window.start):
        return "early_leaving"
    return "out_of_window"


def _told(found: list[int]) -> Text:
    clocks = [clock_to_the_second(at) for at in found]
    return Text(f"（当天打卡 {listed(clocks)}）", f" (punches: {', '.join(clocks)})") if clocks else Text("", "")


_NO_WINDOW = Text(
    "当日施行的规定没有正常考勤时段，上下班时刻也没有载明，不推定迟到、早退",
    "the rules of the day state neither punch windows nor working hours, so lateness is not derived",
)
