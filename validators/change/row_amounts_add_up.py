"""明细行的金额等于数量乘单价

每一行：（变更后数量−原数量）×单价，四舍五入到分，应等于这一行的增加减去减少；相差一分以内不计较。
数量增加的填“增加”，数量减少的填“减少”（写正数）；同一行不能两栏都填，一增一减的分两行写。

相差一万倍左右的是单位问题，由“金额单位是元”报告，这里不重复。
"""

from collections.abc import Iterator

from banshi.base.money import yuan, yuan_en
from banshi.checking.rules import Problem, Text
from banshi.subjects.change.amounts import row_amount, row_name, row_off
from banshi.subjects.change.filing import FiledForm
from banshi.subjects.change.forms import Row
from banshi.subjects.change.pricing import amount_digits

TITLE = Text("明细行的金额等于数量乘单价", "A row's amount is quantity times price")
SEVERITY = "error"
BASIS = ("form of=change",)
GOOD = """
changes:
  - items:
      - {item: "040101001", name: 挖一般土方, unit: m3, quantity_before: 1000, quantity_after: 5000,
         unit_price: 20.00, pricing_basis: same_item, increase: 80000.00, decrease: 0}   # 4000×20
"""
BAD = """
changes:
  - items:
      - {item: "040101001", name: 挖一般土方, unit: m3, quantity_before: 1000, quantity_after: 5000,
         unit_price: 20.00, pricing_basis: same_item, increase: 90000.00, decrease: 0}   # 应为 80,000 元
"""


def check(case: FiledForm) -> Iterator[Problem]:
    """Each row by itself."""
    for n, row in enumerate(case.change.items):
        if row.increase and row.decrease:
            yield _both(n, row)
        elif row_off(row, digits := amount_digits(case.law, row)):
            yield _wrong(n, row, digits)


def _both(n: int, row: Row) -> Problem:
    name = row_name(n, row)
    return Problem(
        where=("items", n, "decrease"),
        message=Text(
            f"{name.zh}既有增加 {yuan(row.increase)}，又有减少 {yuan(row.decrease)}",
            f"{name.en} has both an increase {yuan_en(row.increase)} and a decrease {yuan_en(row.decrease)}",
        ),
        fix=Text("有增有减的分成两行写。", "Write increases and decreases on rows of their own."),
    )


def _wrong(n: int, row: Row, digits: int) -> Problem:
    name, computed, stated = row_name(n, row), row_amount(row, digits), row.increase - row.decrease
    column = "decrease" if row.decrease or (computed < 0 and not row.increase) else "increase"
    wanted = f"{'decrease' if computed < 0 else 'increase'}: {abs(computed):.2f}"
    sum_zh = f"（{row.quantity_after:f} − {row.quantity_before:f}）× {row.unit_price:f}"
    return Problem(
        where=("items", n, column),
        message=Text(
            f"{name.zh}增减额填 {yuan(stated)}，按数量和单价应为 {sum_zh} ＝ {yuan(computed)}",
            f"{name.en} states {yuan_en(stated)}; quantity times price gives {yuan_en(computed)}",
        ),
        fix=Text(
            f"数量、单价无误的，改为 {wanted}，另一栏写 0。",
            f"If quantities and price are right, write {wanted} and 0 in the other column.",
        ),
    )
