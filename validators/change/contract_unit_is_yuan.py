"""合同价的单位是元

中标价和原财政评审价都以元计，两者通常相近。相差一千倍以上的，必有一个误按万元填写；
这时档次不能算，各份报批表的档次、累计暂不核对，改好再查。

两个数都按万元填的，本规则看不出来，但各份表的净额会大于中标价，由“金额单位是元”报告。
评审价为零时不比较，按公式作价的另有规则报告。
"""

from collections.abc import Iterator

from banshi.change.amounts import contract_doubtful
from banshi.change.filing import Filing
from banshi.money import yuan, yuan_en
from banshi.rules import Problem, Text

TITLE = Text("合同价的单位是元", "Contract prices are in yuan")
SEVERITY = "error"
SUBJECT = "project"
BASIS = ("expenditure-gate", "review-price-formula")
GOOD = """
project:
  contract: {bid_price: 5000000.00, review_price: 5500000.00}
"""
BAD = """
project:
  contract: {bid_price: 500.00, review_price: 5500000.00}    # 中标价误按万元填
"""


def check(filing: Filing) -> Iterator[Problem]:
    """Bid price and reviewed price, a thousand times apart."""
    contract = filing.project.contract
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
