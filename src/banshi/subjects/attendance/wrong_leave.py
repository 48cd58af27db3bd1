"""Leave that cannot be taken as it stands: what ends before it begins, and what stands twice in one list, word for word."""

from collections.abc import Iterator

from msgspec import Struct

from banshi.base.text import Text
from banshi.subjects.attendance.forms import Half, Leave, Register
from banshi.subjects.attendance.spans import is_short
from banshi.subjects.attendance.unread import CONTRADICTED, UnreadRow
from banshi.subjects.attendance.vocabulary import RegisterWords
from banshi.subjects.attendance.words import HALVES


class Reversed(Struct, frozen=True):
    """A leave that ends before it begins: which days it is of, nobody knows, but where both are one day."""

    leave: Leave

    @property
    def unread(self) -> Iterator[UnreadRow]:
        """What is left open, as of rows that were not read."""
        leave = self.leave
        yield UnreadRow("leave", leave.staff, leave.start if leave.last == leave.start else None, source=CONTRADICTED)

    def text(self, words: RegisterWords) -> Text:
        """The two ends in words, and what comes of them."""
        leave, kind = self.leave, words.kind(self.leave.kind)
        start, end = (_said(half) for half in ((leave.start, leave.from_half), (leave.last, leave.to_half)))
        one_day = leave.last == leave.start
        which = (
            Text("当天", "that day")
            if one_day
            else Text("不知是哪几天，所以此人的考勤", "the days are not known: no day")
        )
        return Text(
            f"{leave.staff} 自 {start} 起、到 {end} 为止的{kind.zh}先后颠倒：{which.zh}不作判定",
            f"{leave.staff}: {kind.en} from {start} ends before it begins ({end}): {which.en} is not judged",
        )


def reversed_leave(register: Register) -> Iterator[Reversed]:
    """Every leave that ends before it begins."""
    for leave in register.leave:
        if (leave.last, leave.to_half) < (leave.start, leave.from_half):
            yield Reversed(leave)


def copies(register: Register) -> dict[int, int]:
    """Of leave shorter than half a day: the number of what stands in a list again, word for word, and that of the first.

    What is longer counts each half-day once anyway.
    """
    first: dict[Leave, int] = {}
    numbered = ((n, leave) for n, leave in enumerate(register.leave) if is_short(leave))
    return {n: before for n, leave in numbered if (before := first.setdefault(leave, n)) != n}


def said_twice(leave: Leave, words: RegisterWords) -> Text:
    """That a leave stands in a list again."""
    kind = words.kind(leave.kind)
    return Text(
        f"{leave.staff} {leave.start} 的{kind.zh}登记了两次，内容完全一样，只计一次",
        f"{leave.staff}: the {kind.en} of {leave.start} is registered twice, word for word, and counted once",
    )


def _said(half: Half) -> str:
    return f"{half[0]} {HALVES[half[1]].zh}"
