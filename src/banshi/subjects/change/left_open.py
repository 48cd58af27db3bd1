"""A form whose sums are open, since forms before it were not read or claim its number: why, and the least that they may be."""

from typing import TYPE_CHECKING

import msgspec

from banshi.base.money import ZERO
from banshi.base.text import Text
from banshi.subjects.change.missing import may_come_before, same_number, why_missing
from banshi.subjects.change.tier_measures import TierQuestion

if TYPE_CHECKING:
    from banshi.subjects.change.filing import FiledForm


def why_open(case: "FiledForm") -> Text:
    """Why the sums of a form are not known."""
    missing, sequence = case.filing.missing, case.change.sequence
    return why_missing(missing) if may_come_before(missing, sequence) else same_number(sequence)


def least_question(case: "FiledForm") -> TierQuestion | None:
    """The figures of a form with the least that its sums of net amounts may be, going by what is known; None where that may be anything.

    A form that was not read may count or not. Where it does, the sum is what this form states; where it does not, what
    the forms that were read come to. Of several some may count and others not: of these each amount must be known.
    """
    asked, amounts = case.question, case.change.amounts
    number = case.change.sequence
    missing = [form.net for form in case.filing.missing if may_come_before((form,), number)]
    rivals = case.filing.claims[number] - case.counts
    if None in missing and len(missing) + rivals > 1:
        return None
    lower = sum((min(net, ZERO) for net in missing if net is not None), ZERO)
    if rivals:
        lower += case.filing.falls[number] - (min(amounts.net, ZERO) if case.counts else ZERO)
    stated = amounts.cumulative_before + amounts.net
    return msgspec.structs.replace(
        asked,
        cumulative=min(stated, asked.cumulative + lower),
        cumulative_governed=min(stated, asked.cumulative_governed + lower),
    )
