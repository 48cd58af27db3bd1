"""合计等于明细各行之和

本次增加合计、减少合计分别等于明细中“增加”“减少”两栏各行之和，相差一分以内不计较。
某一行算错、而合计是按对的算的，只报那一行。

相差一万倍左右的是单位问题，由“金额单位是元”报告，这里不重复。
"""

from collections.abc import Iterator
from typing import Literal

from banshi.base.money import yuan, yuan_en
from banshi.checking.rules import Problem, Text
from banshi.subjects.change.amounts import ROUNDING, corrected_total, off, rows_total
from banshi.subjects.change.filing import FiledForm

TITLE = Text("合计等于明细各行之和", "Totals are the sums of the rows")
SEVERITY = "error"
BASIS = ("form of=change",)
GOOD = """
changes:
  - amounts: {increase: 80000.00, decrease: 0}    # 明细只有一行，增加 80,000 元
"""
BAD = """
changes:
  - amounts: {increase: 85000.00, decrease: 0, net: 85000.00, cumulative: 85000.00, net_in_words: 捌万伍仟元整}
"""
COLUMNS: tuple[tuple[Literal["increase", "decrease"], Text], ...] = (
    ("increase", Text("增加", "increase")),
    ("decrease", Text("减少", "decrease")),
)


def check(case: FiledForm) -> Iterator[Problem]:
    """Both columns."""
    for column, name in COLUMNS:
        stated, added = getattr(case.change.amounts, column), rows_total(case.change, column)
        if off(stated, added, ROUNDING) and off(stated, corrected_total(case.change, column), ROUNDING):
            yield Problem(
                where=("amounts", column),
                message=Text(
                    f"本次{name.zh}合计填 {yuan(stated)}，明细各行之和是 {yuan(added)}，相差 {yuan(abs(stated - added))}",
                    f"total {name.en} {yuan_en(stated)}; the rows add up to {yuan_en(added)}",
                ),
                fix=Text(
                    f"改为 {column}: {added:.2f}，或补正明细；净额、累计、大写随之改。",
                    f"Write {column}: {added:.2f}, or correct the rows; then net, cumulative and words.",
                ),
            )
