"""What was an item's quantity before a change? That of the latest change approved before it, or of the bill."""

import datetime
from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from banshi.base.kept import kept
from banshi.base.text import Text
from banshi.subjects.change.amounts import row_off
from banshi.subjects.change.filing import PASSED, FiledForm, Filing
from banshi.subjects.change.pricing import amount_digits


@dataclass(frozen=True, slots=True)
class StandingQuantity:
    """A quantity of an item that a later form may start from, and where it comes from."""

    quantity: Decimal
    source: Text


def standing_before(case: FiledForm, item: str) -> list[StandingQuantity]:
    """The quantities from which a form may start, the latest first; empty where nothing is known.

    There is more than one where a form was approved only after this one was filed: then either holds. Nothing is known
    where the item stands on several lines of the bill or of an earlier form, where that form's row does not add up, or
    where neither an earlier form nor the bill names it: a bill may hold only the lines that matter.
    """
    found: list[StandingQuantity] = []
    first = _in_bill(case, item)
    changes = _changed(case.filing).get(item, [])
    for earlier in reversed(changes[: bisect_left(changes, case.change.sequence, key=_sequence)]):
        if not earlier.sound:
            return []
        found.append(earlier.after)
        if earlier.decided_on is None or earlier.decided_on <= case.change.filed_on:
            return found
        first = first or earlier.before
    return [*found, first] if first else []


class _Earlier:
    """What an approved form has made of an item; each part once, for many later ones ask."""

    def __init__(self, case: FiledForm, item: str) -> None:
        self.case = case
        self._rows = [row for row in case.change.items if row.item == item]

    @kept
    def sound(self) -> bool:
        """Whether it stands on one row, which adds up."""
        return len(self._rows) == 1 and not row_off(self._rows[0], amount_digits(self.case.law, self._rows[0]))

    @kept
    def after(self) -> StandingQuantity:
        return StandingQuantity(self._rows[0].quantity_after, _form(self.case))

    @kept
    def before(self) -> StandingQuantity:
        return StandingQuantity(self._rows[0].quantity_before, _form(self.case))

    @kept
    def decided_on(self) -> datetime.date | None:
        """The last day of decision, or of signature; None where no day is stated."""
        signed = [s.signed_on for s in self.case.change.consultation]
        decided = [o.decided_on for o in self.case.change.opinions if o.decided_on]
        return max(decided or signed, default=None)


def _sequence(earlier: _Earlier) -> int:
    return earlier.case.change.sequence


@lru_cache(maxsize=2)
def _changed(filing: Filing) -> dict[str, list[_Earlier]]:
    """The approved forms that changed each item, in order; kept for the filing that is being looked at."""
    changed: dict[str, list[_Earlier]] = defaultdict(list)
    for case in filing.in_order:
        for item in {row.item for row in case.change.items} if case.change.status in PASSED else ():
            changed[item].append(_Earlier(case, item))
    return changed


def _form(case: FiledForm) -> Text:
    change = case.change
    return Text(f"第 {change.sequence} 次变更后，{change.number}", f"after change {change.sequence}, {change.number}")


def _in_bill(case: FiledForm, item: str) -> StandingQuantity | None:
    lines = case.filing.bill.lines(item)
    if len(lines) != 1:
        return None
    return StandingQuantity(lines[0].quantity, Text("报价清单", "the bill of quantities"))
