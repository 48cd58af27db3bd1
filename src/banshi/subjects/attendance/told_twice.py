"""A centre's days that are told in several registers of one run: each of them may hold a part of what happened."""

import datetime
from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from banshi.base.text import Text, listed
from banshi.checking.told_places import Telling
from banshi.files.shape import ShapeProblem
from banshi.subjects.attendance.forms import Register

_NAMED = 3  # how many registers one message names


@dataclass(frozen=True, slots=True)
class RegisterTold:
    """Of which centre and days a register is, and where it stands."""

    place: str
    names: tuple[Hashable, ...]
    start: datetime.date
    end: datetime.date

    def is_of(self, other: Telling) -> bool:
        """Whether another register of the centre is of some same days."""
        return isinstance(other, RegisterTold) and self.start <= other.end and other.start <= self.end


def telling_of(register: Register, place: str) -> RegisterTold:
    """What a register is of."""
    return RegisterTold(place, (("register", register.jurisdiction, register.centre),), register.start, register.end)


def told_twice(others: Sequence[Telling]) -> ShapeProblem:
    """Said of a register that is not the only one of its days."""
    named = [each.place for each in others[:_NAMED]]
    more = "等" if len(others) > _NAMED else ""
    message = Text(
        f"同一中心、同一时段在 {listed(named)}{more} 里也有考勤登记：一份里没有的打卡、请假，可能在另一份里；核算时合在一起算",
        f"the same centre and days are in {', '.join(named)} too: what one lacks the other may hold; they are taken together",
    )
    return ShapeProblem("input/told-twice", (), message, _ONE)


_ONE = Text("合成一份登记，或者分清各是哪些天的。", "Make them one register, or tell their days apart.")
