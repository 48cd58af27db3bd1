"""What was used of each quota of leave: by person and month, quarter, year, or leave by leave."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

from msgspec import Struct

from banshi.base.text import Text
from banshi.law.instruments import Placed
from banshi.law.norms import Quota
from banshi.law.otherwise import about, elsewhere
from banshi.subjects.attendance.forms import Half, Person
from banshi.subjects.attendance.rulebook import Rules
from banshi.subjects.attendance.spans import counted_days, is_short

if TYPE_CHECKING:
    from banshi.subjects.attendance.case import LeaveEntry, RegisterInLaw

TIMES = "次"
_PERIODS = {
    "person_month": Text("每月", "a month"),
    "person_quarter": Text("每季度", "a quarter"),
    "person_year": Text("每年", "a year"),
    "each_leave": Text("每次", "each time"),
}
_Key = tuple[str, int, int, str, int]  # person, year, month (0: the year), norm, leave (-1: all of the period)


class QuotaUse(Struct, frozen=True):
    """What one person used of a quota in one period: ``counted`` by the reading taken, ``all_official`` by the widest.

    ``month``: the period's first, 0 for a year. ``pieces``: what each leave counts, with its entry. ``capped``: whether
    the quota is a limit at all.
    """

    person: Person
    year: int
    month: int
    counted: Decimal
    all_official: Decimal
    norm: Placed[Quota]
    last: "LeaveEntry"
    pieces: tuple[tuple["LeaveEntry", Decimal], ...]
    capped: bool

    @property
    def left(self) -> Decimal:
        """What is left of the quota; 0 where more was used."""
        return max(self.norm.norm.at_most - self.counted, Decimal(0))

    @property
    def per(self) -> Text:
        """每月, 每年."""
        return _PERIODS[self.norm.norm.per]

    @property
    def period(self) -> Text:
        """2010年3月 and 2010-03; 2026年第1季度; 2026年; the day on which a leave begins."""
        per, year, month = self.norm.norm.per, self.year, self.month
        if per == "each_leave":
            return Text(f"{self.last.leave.start} 起", f"{self.last.leave.start}")
        if per == "person_year":
            return Text(f"{year}年", f"{year}")
        if per == "person_quarter":
            return Text(f"{year}年第{(month + 2) // 3}季度", f"{year}-Q{(month + 2) // 3}")
        return Text(f"{year}年{month}月", f"{year}-{month:02d}")


def quota_uses(case: "RegisterInLaw") -> Iterator[QuotaUse]:
    """What the leaves of a register use of each quota, in order of person and period."""
    used: dict[_Key, list[tuple[LeaveEntry, Decimal]]] = {}
    norms: dict[_Key, Placed[Quota]] = {}
    for entry, halves in case.counted:
        if entry.question is None or case.may_lack_leave(entry.leave.staff):
            continue  # of an unknown person; or how much was used is not determined
        for placed in entry.question.rules.all(Quota, entry.question.person.group):
            if entry.leave.kind in (placed.norm.of, *widest(entry.question.rules, placed)):
                for key, own in _by_period(placed.norm, entry, halves):
                    used.setdefault(key, []).append((entry, _amount(placed.norm, entry, own)))
                    norms[key] = placed
    for key, pieces in sorted(used.items(), key=lambda item: item[0]):
        yield _use(case, key, norms[key], pieces)


def _by_period(norm: Quota, entry: "LeaveEntry", halves: Iterable[Half]) -> Iterator[tuple[_Key, list[Half]]]:
    """The half-days of a leave by the periods of a quota; one that is counted in times counts where it begins."""
    parts: dict[tuple[int, int], list[Half]] = {}
    for half in [*halves] or [(entry.leave.start, entry.leave.from_half)]:
        day = entry.leave.start if norm.per == "each_leave" or norm.unit == TIMES else half[0]
        parts.setdefault((day.year, _month(norm.per, day.month)), []).append(half)
    leave = entry.index if norm.per == "each_leave" else -1
    for (year, month), own in sorted(parts.items()):
        yield (entry.leave.staff, year, month, norm.id, leave), own


def _month(per: str, month: int) -> int:
    return 0 if per == "person_year" else month - (month - 1) % 3 if per == "person_quarter" else month


def _amount(norm: Quota, entry: "LeaveEntry", own: list[Half]) -> Decimal:
    if norm.unit == TIMES:
        return Decimal(1)
    if is_short(entry.leave):
        return entry.leave.days or Decimal(0)
    return counted_days(entry.leave, own) if entry.halves else Decimal(0)


def _use(
    case: "RegisterInLaw", key: _Key, placed: Placed[Quota], pieces: list[tuple["LeaveEntry", Decimal]]
) -> QuotaUse:
    staff, year, month, _, _ = key
    kinds = (placed.norm.of, *placed.norm.also_counted)
    own = tuple((entry, amount) for entry, amount in pieces if entry.leave.kind in kinds)
    counted, every = (sum((amount for _, amount in part), Decimal(0)) for part in (own, pieces))
    newest = own[-1][0] if own else pieces[-1][0]
    person = case.register.people[staff]
    return QuotaUse(person, year, month, counted, every, placed, newest, own, not placed.norm.entitlement)


def widest(rules: Rules, placed: Placed[Quota]) -> tuple[str, ...]:
    """The kinds that count too, under the reading taken or another."""
    laws = [other.law for other in elsewhere(rules, about(rules, Quota))]
    read = [p.norm for law in laws for p in law.all(Quota) if p.norm.id == placed.norm.id]
    return tuple(dict.fromkeys(kind for norm in (placed.norm, *read) for kind in norm.also_counted))
