"""What is said where a tier is not determined: by the decision, and by the calculators on the pages of guides."""

from collections.abc import Iterable

from banshi.base.text import Text, listed
from banshi.subjects.change.tier_measures import BasePrice

NO_TIERS = Text("适用文件没有规定审批档次", "the law in force sets no tiers")
NOT_STATED = Text("没有写明增加额和减少额，不能判定", "increase and decrease are not stated: not determined")
NO_CRITERIA = Text(
    "没有写明符合哪些情形（criteria，都不符合的写空列表），按类别应走哪一档不能判定",
    "which criteria are met is not stated (an empty list where none is): the tier by class is not determined",
)
NO_CLASS = Text(
    "没有写明变更类别（class），按类别应走哪一档不能判定",
    "the class of the change is not stated: the tier by class is not determined",
)
TWO_TIERS = Text("同一数额落在两档：规则有重叠，不能判定", "two tiers cover the same figure: not determined")
NONE_LEADS = Text(
    "没有按金额分档，也不属于要提级的类别或情形，应走哪一档不能判定",
    "no amount leads to a tier, and no class or criterion calls for one: not determined",
)
NO_CHOICE = Text(
    "几种算法得出不同档次，适用文件没有说取哪一档，不能判定",
    "several measures lead to different tiers, and the law does not say which applies: not determined",
)
NO_PROVISIONAL_SUM = Text(
    "中标价含暂列金但没有写明数额，“变更后支出是否超过中标价”不能判定；按暂列金为零从严算，以下供参考",
    "the bid price includes a provisional sum of unstated amount, so the first gate is not determined; "
    "what follows takes it as zero, as the strict advice",
)


_PRICES = {
    "bid_price": Text("中标价", "the bid price"),
    "contract_price": Text("合同价", "the contract price"),
    "provisional_sum": Text("暂列金数额", "the provisional sum"),
}


def whatever(lacking: Iterable[str]) -> Text:
    """Why a tier is determined though some prices are not stated."""
    names = [_PRICES[each] for each in lacking]
    return Text(
        f"没有写明{listed(name.zh for name in names)}：不论是多少，都是这一档",
        f"{' and '.join(name.en for name in names)} not stated: whatever it is, the tier is the same",
    )


def no_share(base: BasePrice, zh: str, en: str) -> Text:
    """A price of nought, or less (the provisional sum is more than the price): nothing is a share of it."""
    return Text(
        f"{base.name.zh} {zh} 不是正数，占它多少算不出，应走哪一档不能判定",
        f"{base.name.en} {en} is not above nought: the tier by share is not determined",
    )


def no_base(base: BasePrice) -> Text:
    """A share of a price that nobody stated."""
    return Text(
        f"没有写明{base.name.zh}，按比例应走哪一档不能判定",
        f"{base.name.en} is not stated: the tier by share is not determined",
    )
