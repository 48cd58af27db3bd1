"""下浮作价算得对

适用文件规定按基准价（如信息价）乘以（1 − 下浮率）作价的，单价应与算出来的一致（相差一分以内）。
下浮率 ＝ 1 − 中标价 ÷ 招标控制价，保留几位小数由文件规定。基准价、招标控制价没有填的，是错误：算不出就不能核对。
文件没有这种作价办法的，不查。
"""

from collections.abc import Iterator

from banshi.base.money import yuan, yuan_en
from banshi.checking.rules import Problem, Text
from banshi.subjects.change.amounts import ROUNDING, off, row_name
from banshi.subjects.change.filing import FiledForm
from banshi.subjects.change.pricing import discount_price, discounted

TITLE = Text("下浮作价算得对", "Prices by discount are computed right")
SEVERITY = "error"
BASIS = ("discount_price",)
EXAMPLE = "elsewhere"
GOOD = """
changes:
  - items:
      - {item: "040101001", name: 挖一般土方, unit: m3, quantity_before: 0, quantity_after: 1000,
         unit_price: 45.00, pricing_basis: discount, info_price: 50.00, increase: 45000, decrease: 0}
"""
BAD = """
changes:
  - items:                                 # 控制价 10,000,000 元，中标价 9,000,000 元：应下浮一成
      - {item: "040101001", name: 挖一般土方, unit: m3, quantity_before: 0, quantity_after: 1000,
         unit_price: 50.00, pricing_basis: discount, info_price: 50.00, increase: 50000, decrease: 0}
    amounts: {increase: 50000.00, net: 50000.00, cumulative: 50000.00}
"""


def check(case: FiledForm) -> Iterator[Problem]:
    """Each row priced by discount."""
    if case.law is None or case.dropped:
        return
    for n, row in enumerate(case.change.items):
        placed = discounted(case.law, row)
        if placed is None:
            continue
        decision, name = discount_price(placed, row, case.project.contract), row_name(n, row)
        why = decision.reasons[0].text
        if decision.value is None:
            yield Problem(
                where=("items", n, "pricing_basis"),
                message=Text(
                    f"{name.zh}按下浮作价，{why.zh}，不能核对", f"{name.en} is priced by discount, but {why.en}"
                ),
                fix=Text("补上基准价和招标控制价（元）。", "Add the reference price and the ceiling in yuan."),
                basis=decision.basis,
            )
        elif off(row.unit_price, decision.value, ROUNDING):
            yield Problem(
                where=("items", n, "unit_price"),
                message=Text(
                    f"{name.zh}单价 {yuan(row.unit_price)}，应为 {yuan(decision.value)}：{why.zh}",
                    f"{name.en} costs {yuan_en(row.unit_price)}, should be {yuan_en(decision.value)}: {why.en}",
                ),
                fix=Text(
                    f"改为 unit_price: {decision.value:.2f} 并重算金额。",
                    f"Write unit_price: {decision.value:.2f} and recompute.",
                ),
                basis=decision.basis,
            )
