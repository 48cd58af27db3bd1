"""What was an item's quantity before a change? That of the latest change approved before it, or of the bill."""

import datetime
from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from banshi.base.text import Text
from banshi.subjects.change.amounts import row_off
from banshi.subjects.change.filing import PASSED, Case, Filing
from banshi.subjects.change.pricing import amount_digits


@dataclass(frozen=True, slots=True)
class Standing:
    """A quantity of an item that a later form may start from, and where it comes from."""

    quantity: Decimal
    source: Text


def standing_before(case: Case, item: str) -> list[Standing]:
    """The quantities from which a form may start, the latest first; empty where nothing is known.

    There is more than one where a form was approved only after this one was filed: then either holds. Nothing is known
    where the item stands on several lines of the bill or of an earlier form, where that form's row does not add up, or
    where neither an earlier form nor the bill names it: a bill may hold only the lines that matter.
    """
    found: list[Standing] = []
    first = _in_bill(case, item)
    for earlier in reversed(_changed(case.filing).get(item, ())):
        if earlier.change.sequence >= case.change.sequence:
            continue
        rows = [row for row in earlier.change.items if row.item == item]
        if len(rows) > 1 or any(row_off(row, amount_digits(earlier.law, row)) for row in rows):
            return []
        found.append(Standing(rows[0].quantity_after, _form(earlier)))
        if _approved_by(earlier, case.change.filed_on):
            return found
        first = first or Standing(rows[0].quantity_before, _form(earlier))
    return [*found, first] if first else []


@lru_cache(maxsize=2)
def _changed(filing: Filing) -> dict[str, list[Case]]:
    """The approved forms that changed each item, in order; kept for the filing that is being looked at."""
    changed: dict[str, list[Case]] = defaultdict(list)
    for case in filing.in_order:
        for item in {row.item for row in case.change.items} if case.change.status in PASSED else ():
            changed[item].append(case)
    return changed


def _form(case: Case) -> Text:
    change = case.change
    return Text(f"第 {change.sequence} 次变更后，{change.number}", f"after change {change.sequence}, {change.number}")


def _approved_by(case: Case, day: datetime.date) -> bool:
    signed = [s.signed_on for s in case.change.consultation]
    decided = [o.decided_on for o in case.change.opinions if o.decided_on]
    return max(decided or signed, default=day) <= day


def _in_bill(case: Case, item: str) -> Standing | None:
    lines = case.filing.bill.lines(item)
    if len(lines) != 1:
        return None
    return Standing(lines[0].quantity, Text("报价清单", "the bill of quantities"))
