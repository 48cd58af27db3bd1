"""公式作价

清单里没有相同或类似项目的，变更项目单价＝工程变更财政评审价×（原中标价÷原财政评审价），四舍五入到分，
相差一分以内不计较。中标价、原评审价取自 project.yaml，两个价要同口径（都含或都不含暂列金）。

明细要写财政评审单价（review_unit_price），没有写的是错误。清单里已有这一项而仍用公式的，是警告：
应按清单单价。原评审价为零、比率大于一，由“公式的比率”报告。未批准、已撤回的不核对。
"""

from collections.abc import Iterator
from decimal import Decimal

from banshi.base.money import yuan, yuan_en
from banshi.checking.rules import Problem, Severity, Text
from banshi.law.decisions import Decision
from banshi.law.instruments import Placed
from banshi.law.norms import Formula
from banshi.subjects.change.amounts import ROUNDING, off, row_name
from banshi.subjects.change.filing import FiledForm
from banshi.subjects.change.forms import Row
from banshi.subjects.change.pricing import Bases, formula_price

TITLE = Text("公式作价", "Prices by the formula")
SEVERITY = "error"
BASIS = ("formula", "bill_price")
GOOD = """
changes:
  - items:               # 88×5000000÷5500000＝80
      - {item: "040202006", name: 石灰稳定土基层, unit: m2, quantity_before: 0, quantity_after: 1000,
         unit_price: 80.00, pricing_basis: formula, review_unit_price: 88.00, increase: 80000.00, decrease: 0}
"""
BAD = """
changes:
  - items:               # 直接用了评审单价，没有下浮
      - {item: "040202006", name: 石灰稳定土基层, unit: m2, quantity_before: 0, quantity_after: 1000,
         unit_price: 88.00, pricing_basis: formula, review_unit_price: 88.00, increase: 88000.00, decrease: 0}
    amounts: {increase: 88000.00, net: 88000.00, cumulative: 88000.00, net_in_words: 捌万捌仟元整}
"""


def check(case: FiledForm) -> Iterator[Problem]:
    """Each row priced by the formula."""
    bases, contract = Bases.of(case.law), case.project.contract
    if case.dropped or bases.formula is None:
        return
    for n, row in enumerate(case.change.items):
        if bases.by_formula(row):
            yield from _compare(n, row, bases.formula, formula_price(bases.formula, row, contract))
            if row.item in case.filing.bill:
                yield _in_bill(case, n, row)


def _compare(n: int, row: Row, placed: Placed[Formula], price: Decision[Decimal]) -> Iterator[Problem]:
    name, why = row_name(n, row), price.reasons[0].text
    if price.value is None:
        if row.review_unit_price is None:
            yield _missing(n, row, why)
    elif off(row.unit_price, price.value, ROUNDING):
        yield Problem(
            where=("items", n, placed.norm.result),
            message=Text(
                f"{name.zh}单价 {yuan(row.unit_price)}，应为 {yuan(price.value)}：{why.zh}",
                f"{name.en} costs {yuan_en(row.unit_price)}, should be {yuan_en(price.value)}: {why.en}",
            ),
            fix=Text(
                f"改为 {placed.norm.result}: {price.value:.2f} 并重算金额。",
                f"Write {placed.norm.result}: {price.value:.2f} and recompute.",
            ),
            basis=price.basis,
        )


def _missing(n: int, row: Row, why: Text) -> Problem:
    name = row_name(n, row)
    return Problem(
        where=("items", n, "pricing_basis"),
        message=Text(f"{name.zh}按公式作价，{why.zh}", f"{name.en} is priced by the formula, but {why.en}"),
        fix=Text("补上 review_unit_price（元）。", "Add review_unit_price in yuan."),
    )


def _in_bill(case: FiledForm, n: int, row: Row) -> Problem:
    name, line = row_name(n, row), case.filing.bill.lines(row.item)[0]
    return Problem(
        where=("items", n, "pricing_basis"),
        severity=Severity.WARNING,
        message=Text(
            f"{name.zh}按公式作价，而清单里已有这一项，单价 {yuan(line.unit_price)}",
            f"{name.en} is priced by the formula, but the bill has it at {yuan_en(line.unit_price)}",
        ),
        fix=Text(
            "改按清单单价（same_item）；做法确有不同的，另编细目号并写明。",
            "Use the bill's price (same_item); if the work differs, give it a code of its own and say so.",
        ),
    )
