"""What was an item's quantity before a change? That of the latest change approved before it, or of the bill."""

import datetime
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache

from msgspec import Struct

from banshi.base.text import Text
from banshi.files.not_stated import NotStated
from banshi.subjects.change.amounts import row_off
from banshi.subjects.change.filing import PASSED, FiledForm, Filing
from banshi.subjects.change.pricing import amount_digits


class StandingQuantity(Struct, frozen=True):
    """A quantity of an item that a later form may start from, and where it comes from."""

    quantity: Decimal
    source: Text


class StoodBefore(Struct, frozen=True):
    """The quantities from which a form may start; ``latest`` is named where it starts from none of them.

    There is more than one where a form was approved only after this one was filed: then either holds.
    """

    latest: StandingQuantity
    first: (
        StandingQuantity | None
    )  # from before all forms that were still open; None where an approved one stands before them
    made: "_Changed | None" = None
    span: tuple[int, int] = (0, 0)  # the forms of these that count, the last one left out

    def allows(self, quantity: Decimal) -> bool:
        """Whether a form may start from a quantity."""
        if self.first is not None and self.first.quantity == quantity:
            return True
        return self.made is not None and self.made.among(quantity, *self.span)


def standing_before(case: FiledForm, item: str) -> StoodBefore | None:
    """From which quantities a form may start; None where nothing is known.

    Nothing is known where the item stands on several lines of the bill or of an earlier form, where that form's row does
    not add up, or where neither an earlier form nor the bill names it: a bill may hold only the lines that matter.
    """
    changed = _changed(case.filing).get(item)
    count = changed.before(case.change.sequence) if changed else 0
    if not changed or not count:
        bill = _in_bill(case, item)
        return StoodBefore(bill, bill) if bill else None
    closed = changed.closed_on(case.change.filed_on, count)
    if (at := changed.unsound[count - 1]) >= max(closed, 0):
        if unread := changed.forms[at].unread:
            raise unread
        return None
    first = None if closed >= 0 else _in_bill(case, item) or changed.forms[0].before
    return StoodBefore(changed.forms[count - 1].after, first, changed, (max(closed, 0), count))


class _Earlier:
    """What an approved form has made of an item; ``unread``: what of that is not stated.

    ``sound``: whether the item stands on one row of it, which adds up. ``decided_on``: the last day of decision, or of
    signature; the first of all days where none is stated.
    """

    __slots__ = ("case", "decided_on", "made", "row", "sound", "unread")

    def __init__(self, case: FiledForm, item: str) -> None:
        rows = [row for row in case.change.items if row.item == item]
        self.case, self.row = case, rows[0]
        self.sound, self.made, self.decided_on = False, Decimal(0), datetime.date.min
        self.unread: NotStated | None = None
        try:
            self.made = self.row.quantity_after
            self.sound = len(rows) == 1 and not row_off(self.row, amount_digits(case.law, self.row))
            self.decided_on = _decided_on(case)
        except NotStated as error:
            self.unread, self.sound = error, False

    @property
    def after(self) -> StandingQuantity:
        return StandingQuantity(self.made, _form(self.case))

    @property
    def before(self) -> StandingQuantity:
        return StandingQuantity(self.row.quantity_before, _form(self.case))


def _decided_on(case: FiledForm) -> datetime.date:
    signed = [s.signed_on for s in case.change.consultation]
    decided = [o.decided_on for o in case.change.opinions if o.decided_on]
    return max(decided or signed, default=datetime.date.min)


class _Changed:
    """The approved forms that changed an item, in order; what many later forms ask of them is found without going through all."""

    def __init__(self) -> None:
        self.forms: list[_Earlier] = []
        self.unsound: list[int] = []  # of each, the last up to it that tells no quantity; -1: none
        self._decided: list[datetime.date] = []
        self._sooner: list[int] = []  # of each, the last one before it that was decided on an earlier day; -1: none
        self._made: dict[Decimal, list[int]] = defaultdict(list)

    def add(self, form: _Earlier) -> None:
        """The next form."""
        at, decided = len(self.forms), form.decided_on
        self.unsound.append(at if not form.sound else self.unsound[-1] if at else -1)
        self._sooner.append(self._back(at - 1, lambda day: day < decided))
        self._decided.append(decided)
        self._made[form.made].append(at)
        self.forms.append(form)

    def _back(self, at: int, fits: Callable[[datetime.date], bool]) -> int:
        """The last one up to a place whose day of decision fits; with a day, all earlier ones fit."""
        while at >= 0 and not fits(self._decided[at]):
            at = self._sooner[at]
        return at

    def before(self, sequence: int) -> int:
        """How many stand before a place in the order."""
        return bisect_left(self.forms, sequence, key=lambda form: form.case.change.sequence)

    def closed_on(self, day: datetime.date, count: int) -> int:
        """The last of the first so many that was decided by a day; -1: none."""
        return self._back(count - 1, lambda decided: decided <= day)

    def among(self, quantity: Decimal, first: int, end: int) -> bool:
        """Whether one of these forms made a quantity of it."""
        made = self._made.get(quantity, [])
        at = bisect_left(made, end) - 1
        return at >= 0 and made[at] >= first


@lru_cache(maxsize=2)
def _changed(filing: Filing) -> dict[str, _Changed]:
    """By item, the forms that changed it; kept for the filing that is being looked at."""
    changed: dict[str, _Changed] = defaultdict(_Changed)
    for case in filing.in_order:
        for item in {row.item for row in case.change.items} if case.change.status in PASSED else ():
            changed[item].add(_Earlier(case, item))
    return changed


def _form(case: FiledForm) -> Text:
    change = case.change
    return Text(f"第 {change.sequence} 次变更后，{change.number}", f"after change {change.sequence}, {change.number}")


_BILL = Text("报价清单", "the bill of quantities")


def _in_bill(case: FiledForm, item: str) -> StandingQuantity | None:
    lines = case.filing.bill.lines(item)
    if len(lines) != 1:
        return None
    return StandingQuantity(lines[0].quantity, _BILL)
