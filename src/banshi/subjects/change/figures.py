"""The figures of a change as one asks about them, without a form: what is left out follows from the others."""

from decimal import Decimal

import msgspec

from banshi.base.money import ZERO
from banshi.base.text import Text
from banshi.law.library import Law
from banshi.subjects.change.tier_measures import TierQuestion


class Figures(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Amounts in yuan. ``net``: of this change; ``cumulative``: with those before it, as is every cumulative figure.

    ``criteria``: those of the law that the change meets; None: not stated.
    """

    net: Decimal
    bid_price: Decimal | None = None
    contract_price: Decimal | None = None
    provisional_sum: Decimal | None = None
    cumulative: Decimal | None = None
    increase: Decimal | None = None
    cumulative_increase: Decimal | None = None
    decrease: Decimal | None = None
    cumulative_decrease: Decimal | None = None
    change_class: str | None = None
    criteria: tuple[str, ...] | None = None

    @property
    def question(self) -> TierQuestion:
        """What decides the tier."""
        cumulative = self.net if self.cumulative is None else self.cumulative
        increase = max(self.net, ZERO) if self.increase is None else self.increase
        total = max(cumulative, increase) if self.cumulative_increase is None else self.cumulative_increase
        less = increase - self.net if self.decrease is None else self.decrease
        less_in_all = total - cumulative if self.cumulative_decrease is None else self.cumulative_decrease
        return TierQuestion(
            bid_price=self.bid_price,
            contract_price=self.contract_price,
            provisional_sum=self.provisional_sum,
            single=self.net,
            cumulative=cumulative,
            single_gross=increase,
            cumulative_gross=total,
            cumulative_governed=cumulative,
            single_absolute=abs(increase) + abs(less),
            cumulative_absolute=abs(total) + abs(less_in_all),
            change_class=self.change_class,
            criteria=self.criteria,
        )


def unknown_names(law: Law, figures: Figures) -> Text | None:
    """Said where a class or a criterion is none of the law's, rather than leave it out of account."""
    for given, table in ((figures.criteria or (), law.criteria), ((figures.change_class or "",), law.classes)):
        for one in filter(None, given):
            if one not in table:
                known = "、".join(f"{key}（{label.name}）" for key, label in table.items()) or "（没有）"
                return Text(
                    f"适用文件没有 {one} 这一项；可用：{known}", f"the law knows no {one}; known: {', '.join(table)}"
                )
    return None
