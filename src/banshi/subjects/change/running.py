"""What the forms of a project come to, one after the other."""

import datetime
from decimal import Decimal

import msgspec

from banshi.base.money import ZERO
from banshi.subjects.change.forms import Change


class Running(msgspec.Struct, frozen=True):
    """What some forms that count come to: how many, net, gross and absolute (yuan), whether a unit is doubtful, the first day."""

    forms: int = 0
    net: Decimal = ZERO
    gross: Decimal = ZERO
    absolute: Decimal = ZERO
    doubtful: bool = False
    first_filed: datetime.date | None = None

    def with_form(self, change: Change, doubtful: bool) -> "Running":
        """The same with one more form; ``doubtful``: a unit of its figures gravely is. Raises ``NotStated``."""
        first = self.first_filed
        return Running(
            self.forms + 1,
            self.net + change.amounts.net,
            self.gross + change.gross_increase,
            self.absolute + change.absolute,
            self.doubtful or doubtful,
            change.filed_on if first is None else min(first, change.filed_on),
        )
