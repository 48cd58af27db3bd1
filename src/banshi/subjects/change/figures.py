"""The figures of a change as one asks about them, without a form: what is left out follows from the others."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated

import msgspec

from banshi.base.money import ZERO, yuan, yuan_en
from banshi.base.text import Text, did_you_mean, listed
from banshi.files.described import Amount, FreeText, SignedAmount, meta
from banshi.law.library import Law
from banshi.law.terms import Label
from banshi.subjects.change.tier_measures import TierQuestion

TIER, STEP = Text("档次", "tier"), Text("环节", "step")


class Figures(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Amounts in yuan. ``net``: of this change; ``cumulative``: with those before it, as is every cumulative figure.

    ``criteria``: those of the law that the change meets; None: not stated.
    """

    bid_price: Annotated[Amount | None, meta("中标价", "含暂列金。")] = None
    contract_price: Annotated[Amount | None, meta("合同价", "适用文件按合同价算的才要。")] = None
    provisional_sum: Annotated[Amount | None, meta("暂列金", "不写表示数额不明。")] = None
    net: Annotated[SignedAmount, meta("本次净额", "增加减去减少，核减写负数。")]
    cumulative: Annotated[SignedAmount | None, meta("累计净额", "含本次；默认同本次净额。")] = None
    increase: Annotated[Amount | None, meta("本次增加额", "默认本次净额加减少额。")] = None
    cumulative_increase: Annotated[Amount | None, meta("累计增加额", "含本次。")] = None
    decrease: Annotated[Amount | None, meta("本次减少额", "默认增加额减净额。")] = None
    cumulative_decrease: Annotated[Amount | None, meta("累计减少额", "含本次。")] = None
    change_class: Annotated[FreeText | None, meta("变更类别", "名称或标识；适用文件分类别的才要。")] = msgspec.field(
        default=None, name="class"
    )
    criteria: Annotated[
        tuple[Annotated[FreeText, meta("情形", "文件 criteria 里的名称或标识。")], ...] | None,
        meta("符合的情形", "都不符合的写空列表；不写表示没有说明。"),
    ] = None

    @property
    def parts(self) -> tuple[tuple[Decimal, Decimal, Decimal], tuple[Decimal, Decimal, Decimal]]:
        """Net, increase and decrease of this change, and with those before it (yuan)."""
        this = _parts(self.net, self.increase, self.decrease, ZERO)
        net = self.net if self.cumulative is None else self.cumulative
        return this, _parts(net, self.cumulative_increase, self.cumulative_decrease, this[1])

    @property
    def question(self) -> TierQuestion:
        """What decides the tier."""
        (_, increase, less), (cumulative, total, less_in_all) = self.parts
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


def _parts(
    net: Decimal, increase: Decimal | None, decrease: Decimal | None, least: Decimal
) -> tuple[Decimal, Decimal, Decimal]:
    """Net, increase and decrease: what is not given follows from the others; ``least``: of an increase that is not."""
    if increase is None:
        increase = max(net, least) if decrease is None else net + decrease
    return net, increase, increase - net if decrease is None else decrease


def unit_doubtful(figures: Figures) -> Text | None:
    """A figure larger than the price: its unit comes first, for a tier computed from it would mean nothing."""
    price, called = figures.bid_price, Text("中标价", "bid price")
    if price is None:
        price, called = figures.contract_price, Text("合同价", "contract price")
    for value, name in (
        (figures.net, Text("本次净额", "net")),
        (figures.cumulative, Text("累计净额", "cumulative net")),
        (figures.provisional_sum, Text("暂列金", "provisional sum")),
    ):
        if price is not None and value is not None and abs(value) > price:
            return Text(
                f"{name.zh} {yuan(value)} 比{called.zh} {yuan(price)} 还大，疑似元、万元混填：都按元写，核对后再算档次",
                f"{name.en} {yuan_en(value)} is larger than the {called.en} {yuan_en(price)}: write both in yuan first",
            )
    return None


def contradiction(figures: Figures) -> Text | None:
    """Said where figures cannot all be right: an amount below zero, or a net that its increase and decrease do not give."""
    for of, (whole, increase, decrease) in zip(
        (Text("本次", "this change's"), Text("累计", "the cumulative")), figures.parts, strict=True
    ):
        if increase - decrease != whole or min(increase, decrease) < ZERO:
            return Text(
                f"{of.zh}净额 {yuan(whole)} 应等于增加额 {yuan(increase)} 减去减少额 {yuan(decrease)}，两额都不能是负数",
                f"{of.en} net {yuan_en(whole)} must be its increase {yuan_en(increase)} less its decrease "
                f"{yuan_en(decrease)}, neither below zero",
            )
    below = figures.provisional_sum is not None and figures.provisional_sum < ZERO
    return Text("暂列金不能是负数", "the provisional sum cannot be negative") if below else None


def by_id(law: Law, figures: Figures) -> Figures:
    """Figures whose class and criteria are ids, where they are written by their names."""
    criteria, kind = figures.criteria, figures.change_class
    return msgspec.structs.replace(
        figures,
        criteria=None if criteria is None else tuple(id_of(each, law.criteria) or each for each in criteria),
        change_class=(id_of(kind, law.classes) or kind) if kind else kind,
    )


def id_of(word: str, table: Mapping[str, Label]) -> str | None:
    """The id of what is written as an id, by its name, or by another spelling of it."""
    if word in table:
        return word
    return next((key for key, label in table.items() if word in (label.name, *label.written)), None)


def no_such(word: str, table: Mapping[str, Label], what: Text) -> Text | None:
    """Said where a word is none of a table's, with those that it holds."""
    if id_of(word, table):
        return None
    guess = did_you_mean(word, [*table, *(label.name for label in table.values())])
    known = listed(f"{label.name}（{key}）" for key, label in table.items()) or "（没有）"
    return Text(
        f"没有{what.zh} {word}。{guess.zh}可用：{known}", f"no {what.en} {word}. {guess.en} Known: {', '.join(table)}"
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
