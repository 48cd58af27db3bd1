"""中标价的口径

文件所说的中标价包括暂列金，判断变更后支出是否超过中标价、按公式作价，都用这个口径。
project.yaml 写明中标价不含暂列金的，是错误：档次和作价都会算错，要换成含暂列金的数再填；合同本来就没有暂列金的，
写 includes_provisional_sum: true、provisional_sum: 0。

暂列金是中标价、合同价的一部分，大于中标价、不小于合同价的必有一个数填错；中标价为零不能用来判断，也是错误。
"""

from collections.abc import Iterator

from banshi.base.money import ZERO, yuan, yuan_en
from banshi.base.text import listed
from banshi.checking.rules import Problem, Severity, Text
from banshi.law.instruments import Placed
from banshi.law.norms import Definition
from banshi.subjects.change.filing import Filing
from banshi.subjects.change.project_forms import Contract

TITLE = Text("中标价的口径", "What the bid price includes")
SEVERITY = "error"
SUBJECT = "project"
BASIS = ("definition keys=bid_price",)
GOOD = """
project:
  contract: {bid_price: 5000000.00, includes_provisional_sum: true, provisional_sum: 50000.00}
"""
BAD = """
project:
  contract: {bid_price: 4800000.00, includes_provisional_sum: false}   # 应填含暂列金的中标价
"""


def check(filing: Filing) -> Iterator[Problem]:
    """The bid price against its definition and against the provisional sum."""
    contract, law = filing.project.contract, filing.any_law
    yield from _figures(contract)
    for placed in law.all(Definition) if law else ():
        for key in placed.norm.keys.values():
            if getattr(contract, key, None) is False:
                yield _other_basis(placed, key)


def _other_basis(placed: Placed[Definition], key: str) -> Problem:
    term, includes = placed.norm.term, listed(placed.norm.includes)
    return Problem(
        where=("contract", key),
        message=Text(
            f"写明{term}不含{includes}，而文件所说的{term}包括{includes}，判断会出偏差",
            "the figure is stated without the provisional sum, which the instrument's term includes",
        ),
        fix=Text(
            f"改填包括{includes}的{term}，{key} 写 true；本来没有{includes}的，数额写 0。",
            f"State the price with the provisional sum and {key}: true; where there is none, its amount is 0.",
        ),
        basis=(placed.cite,),
    )


def _figures(contract: Contract) -> Iterator[Problem]:
    price, kept, agreed = contract.bid_price, contract.provisional_sum or ZERO, contract.price
    if not price:
        yield Problem(
            where=("contract", "bid_price"),
            severity=Severity.ERROR,
            message=Text("中标价为零", "the bid price is zero"),
            fix=Text("填上合同的中标价（元）。", "State the bid price in yuan."),
        )
    elif kept > price:
        yield Problem(
            where=("contract", "provisional_sum"),
            severity=Severity.ERROR,
            message=Text(
                f"暂列金 {yuan(kept)} 大于中标价 {yuan(price)}",
                f"the provisional sum {yuan_en(kept)} exceeds the bid price {yuan_en(price)}",
            ),
            fix=_BOTH,
        )
    elif kept and not contract.includes_provisional_sum:
        yield Problem(
            where=("contract", "provisional_sum"),
            severity=Severity.WARNING,
            message=Text(
                f"写明不含暂列金，又写了暂列金 {yuan(kept)}：没有用到，“不含暂列金”的价没有减它",
                f"stated to hold no provisional sum, yet one of {yuan_en(kept)} is given: it is not used",
            ),
            fix=Text(
                "含暂列金的，includes_provisional_sum 写 true；不含的，删去暂列金。",
                "Write includes_provisional_sum: true, or delete the provisional sum.",
            ),
        )
    elif agreed and kept >= agreed:
        yield Problem(
            where=("contract", "provisional_sum"),
            severity=Severity.ERROR,
            message=Text(
                f"暂列金 {yuan(kept)} 不小于合同价 {yuan(agreed)}，减去以后没有剩下的",
                f"the provisional sum {yuan_en(kept)} is no less than the contract price {yuan_en(agreed)}",
            ),
            fix=_BOTH,
        )


_BOTH = Text("核对两个数，单位都是元。", "Check both figures; both are in yuan.")
