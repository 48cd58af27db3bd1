"""Kinds of norm about the prices of changes: what they may rest on, and how they are worked out."""

from typing import Annotated, Literal

from banshi.files.described import Words, meta
from banshi.law.norms.change import ChangeNorm
from banshi.law.norms.values import Keyed, Named, Names


class Pricing(ChangeNorm, frozen=True, tag="pricing"):
    """Bases on which a change may be priced, with the papers each needs."""

    about = meta("作价", "变更的单价可以依据什么，各要哪些材料；次序就是先后。")

    applies_to: Annotated[Words, meta("适用于", "什么样的变更按这些依据作价，几个字，供阅读。")]
    bases: Annotated[tuple[Named, ...], meta("作价依据", "可以用的作价依据，各要哪些材料。")]


class BillPrice(ChangeNorm, frozen=True, tag="bill_price"):
    """Pricing bases for which the unit price of the bill of quantities holds."""

    about = meta("清单单价", "哪些作价依据要用工程量清单里的单价。")

    bases: Annotated[tuple[Words, ...], meta("作价依据", "用哪些作价依据的，要按清单的价，写作价依据的标识。")]
    price: Annotated[Literal["unit_price"], meta("用哪个价", "按清单里的哪个价。", labels={"unit_price": "综合单价"})]


class Similarity(ChangeNorm, frozen=True, tag="similarity"):
    """When two bill items are similar: the same quota code, or else all of ``equal_keys`` alike."""

    about = meta(
        "类似", "清单里两个项目什么时候算类似：same_key 相同，或 equal_keys 全都相同。键是清单项目 quota 里的键。"
    )

    basis: Annotated[Words, meta("作价依据", "哪个作价依据看是否类似，写作价依据的标识。")]
    same_key: Annotated[Words, meta("相同即类似的项", "这一项相同的就是类似，写定额里的键。")]
    equal_keys: Annotated[tuple[Words, ...], meta("均相同即类似的各项", "这几项都相同的也是类似，写定额里的键。")]
    names: Annotated[dict[str, str], meta("各项的名称", "上面各个键的中文名称，印在消息里。")]

    def phrases(self, names: Names) -> dict[str, str]:
        """Keys of the quota read as their names."""
        return super().phrases({**names, **self.names})


class Formula(ChangeNorm, frozen=True, tag="formula"):
    """``result`` = the product of ``factors`` ÷ ``divisor``, to the cent."""

    about = meta("公式", "单价按公式算：各因数相乘，除以除数。因数和除数是报批表、合同里的键。")

    basis: Annotated[Words, meta("作价依据", "哪个作价依据用公式，写作价依据的标识。")]
    name: Annotated[Words, meta("结果名称", "算出来的价叫什么。")]
    result: Annotated[Words, meta("结果的填报项", "算出来的价填在明细的哪一项。")]
    factors: Annotated[tuple[Keyed, ...], meta("乘数", "相乘的各数，写明细或中标合同里的键和名称。")]
    divisor: Annotated[Keyed, meta("除数", "除以哪个数，写中标合同里的键和名称。")]

    @property
    def expression(self) -> str:
        """评审价×中标价÷原评审价."""
        return "×".join(f.name for f in self.factors) + "÷" + self.divisor.name

    def phrases(self, names: Names) -> dict[str, str]:
        """Adds ``expression``."""
        return {**super().phrases(names), "expression": self.expression}


class DiscountPrice(ChangeNorm, frozen=True, tag="discount_price"):
    """A unit price as a reference price less the discount of the bid: ``price`` × (1 − (1 − ``bid`` ÷ ``ceiling``)).

    ``discount_digits``: decimals of the discount, ``amount_digits`` those of a row's amount; both rounded half up.
    """

    about = meta(
        "按下浮率作价", "单价是参考价扣去中标下浮率：下浮率＝1－中标价÷控制价，保留几位小数，每行金额取到几位，都写明。"
    )

    basis: Annotated[Words, meta("作价依据", "哪个作价依据按下浮率作价，写作价依据的标识。")]
    price: Annotated[Keyed, meta("基准价", "从哪个价下浮，写填报的键和名称。")]
    bid: Annotated[Keyed, meta("中标价", "下浮率里的中标价是哪一项，写填报的键和名称。")]
    ceiling: Annotated[Keyed, meta("招标控制价", "下浮率里的控制价是哪一项，写填报的键和名称。")]
    discount_digits: Annotated[int, meta("下浮率保留几位小数", "四舍五入。", minimum=0, maximum=8)]
    amount_digits: Annotated[int, meta("每行金额保留几位小数", "四舍五入；不写为 2。", minimum=0, maximum=2)] = 2
