"""合同价的单位是元

中标价和原财政评审价都以元计，两者通常相近。相差一千倍以上的，必有一个误按万元填写；
这时档次不能算，各份报批表的档次、累计暂不核对，改好再查。

两个数都按万元填的，从各份表看：有两份以上、且过半的表净额大于中标价，就是中标价填错，只在这里报一处；
只有个别的表大于中标价，多半是那份表填错，由“金额单位是元”报告。
评审价为零时不比较，按公式作价的另有规则报告。
"""

from collections.abc import Iterator
from decimal import Decimal

from banshi.base.money import yuan, yuan_en
from banshi.checking.rules import Problem, Text
from banshi.subjects.change.amounts import bid_price_doubtful, contract_doubtful
from banshi.subjects.change.filing import Filing

TITLE = Text("合同价的单位是元", "Contract prices are in yuan")
SEVERITY = "error"
SUBJECT = "project"
BASIS = ("approval_gate", "formula")
GOOD = """
project:
  contract: {bid_price: 5000000.00, review_price: 5500000.00}
"""
BAD = """
project:
  contract: {bid_price: 500.00, review_price: 5500000.00}    # 中标价误按万元填
"""


def check(filing: Filing) -> Iterator[Problem]:
    """Bid price and reviewed price, a thousand times apart; or a bid price that most forms exceed."""
    contract, changes = filing.project.contract, [case.change for case in filing.in_order]
    if contract_doubtful(contract):
        bid, review = contract.bid_price, contract.review_price
        yield Problem(
            where=("contract", "bid_price" if bid < review else "review_price"),
            message=Text(
                f"中标价 {yuan(bid)} 与原财政评审价 {yuan(review)} 相差悬殊，疑似元、万元混填",
                f"bid price {yuan_en(bid)} and reviewed price {yuan_en(review)} are worlds apart: 万元 mixed with yuan?",
            ),
            fix=Text(
                "看哪一个按万元填了，改成元（500 万元写 5000000.00）。",
                "Put the one in 万元 into yuan (500 万元 is 5000000.00).",
            ),
        )
    elif bid_price_doubtful(contract, changes, within=len(filing.missing)):
        yield _exceeded(contract.bid_price, [c.sequence for c in changes if abs(c.amounts.net) > contract.bid_price])


def _exceeded(bid: Decimal, forms: list[int]) -> Problem:
    return Problem(
        where=("contract", "bid_price"),
        message=Text(
            f"中标价 {yuan(bid)} 比多数报批表的净额还小（第 {'、'.join(map(str, forms))} 次），疑似按万元填写",
            f"bid price {yuan_en(bid)} is less than the net of most forms (no. {', '.join(map(str, forms))}): in 万元?",
        ),
        fix=Text(
            "中标价、原财政评审价按万元填的，都改成元（500 万元写 5000000.00）；无误的，核对各份表的净额。",
            "Put bid price and reviewed price into yuan (500 万元 is 5000000.00); if they are right, check the nets.",
        ),
    )
