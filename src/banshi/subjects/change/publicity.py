"""Until when must a change stay public? As the period of its tier counts, and under the other reading where one is recorded."""

import datetime
from collections.abc import Sequence

from msgspec.structs import replace

from banshi.base.text import Text
from banshi.law.decisions import Alternative, Decision, Later, Reason
from banshi.law.instruments import Placed
from banshi.law.library import Law
from banshi.law.norms import Period, Publicity
from banshi.law.otherwise import about, otherwise
from banshi.law.time_limits import CALENDAR_DAYS, WORKING, Counting, Ends, Pause, ends
from banshi.law.working_days import WorkingDays
from banshi.subjects.change.step_forms import Objection

_DAY = datetime.timedelta(days=1)


def publicity_end(
    law: Law,
    days: WorkingDays,
    started_on: datetime.date,
    tier: str | None = None,
    objections: Sequence[Objection] = (),
) -> Decision[datetime.date]:
    """The earliest day on which the publicity may end, and the day under the other reading.

    ``tier``: a period of its own may be laid down for it. Without a tier, what holds for all of them; not determined
    where they differ.
    """

    def decide(read: Law) -> Decision[datetime.date]:
        own = period(read, tier)
        if isinstance(own, Text):
            return Decision(None, (Reason(own),))
        found = _end(days, started_on, own, _pauses(read, tier, objections))
        return Decision(found.last, (Reason(found.text, own.cite),))

    others = Later(
        lambda: (
            Alternative(other.question, other.option, found.value, found.reasons[0].text)
            for other, found in otherwise(law, about(law, Period, Publicity), decide)
            if found.value is not None
        )
    )
    return replace(decide(law), alternatives=others)


def not_public(law: Law, tier: str | None) -> Text | None:
    """Said where a tier's changes are not made public, though those of others are."""
    public = [placed.norm.tier for placed in law.all(Publicity)]
    if tier is None or not public or tier in public:
        return None
    name = law.tier_name(tier)
    return Text(f"适用文件没有要求公示“{name.zh}”", f"the law asks for no publicity of “{name.en}”")


def period(law: Law, tier: str | None) -> Placed[Period] | Text:
    """The period of publicity in a tier (of any, if they are the same), or why there is none."""
    found = [p for p in law.all(Period) if p.norm.of == "publicity"]
    own = [p for p in found if p.norm.tier == tier] or [p for p in found if p.norm.tier is None]
    if tier is None and not own:
        own = found if len({(p.norm.length, p.norm.first_day, p.norm.moved) for p in found}) == 1 else []
        if found and not own:
            return _DIFFER
    return own[0] if own else law.lacking(_NO_PERIOD, Period)


def certainly_short(law: Law, tier: str, started_on: datetime.date, ended_on: datetime.date) -> bool:
    """Whether a publicity is too short whatever the calendar says and however its days are counted."""
    placed = period(law, tier)
    if isinstance(placed, Text) or placed.norm.length.unit not in (WORKING, *CALENDAR_DAYS):
        return False
    days = (ended_on - started_on).days + (placed.norm.first_day == "same_day")
    return days < placed.norm.length.value


def _pauses(law: Law, tier: str | None, objections: Sequence[Objection]) -> list[Pause]:
    """The days between the receipt of an objection and its answer, where they do not count."""
    suspends = any(p.norm.objections_suspend for p in law.all(Publicity) if tier is None or p.norm.tier == tier)
    between = [(o.received_on + _DAY, o.resolved_on - _DAY) for o in objections if o.resolved_on]
    return [(first, last) for first, last in between if first <= last] if suspends else []


def _end(days: WorkingDays, started_on: datetime.date, placed: Placed[Period], pauses: Sequence[Pause]) -> Ends:
    found = ends(days, started_on, placed.norm.length, counting_of(placed.norm), pauses)
    if found.last is None:
        zh, en = found.text
        return Ends(None, Text(f"{zh}，公示截止日不能判定", f"{en}: the end of publicity is not determined"))
    return found


def counting_of(norm: Period) -> Counting:
    """How a period counts: a working day as its last one needs no moving on."""
    unit = norm.length.unit
    called = {WORKING: "个工作日", **dict.fromkeys(CALENDAR_DAYS, "个日历日")}.get(unit)
    said = f" {norm.length.value} {called}" if called else ""
    return Counting(norm.first_day, norm.moved and unit != WORKING, said, made_up=False)


_NO_PERIOD = Text("适用文件没有规定公示期", "the law in force sets no publicity period")
_DIFFER = Text(
    "各档次的公示期不同，请用 --tier 指明档次", "the tiers have different periods of publicity: name one with --tier"
)
