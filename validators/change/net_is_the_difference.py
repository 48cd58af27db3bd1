"""净额等于增加减去减少

本次净额＝本次增加合计−本次减少合计，一分不差；减少多于增加的，净额写负数。
净额是划分档次的依据，所以单独核对。合计与明细不符、而净额与明细相符的，只报合计。
"""

from collections.abc import Iterator

from banshi.base.money import yuan, yuan_en
from banshi.checking.rules import Problem, Text
from banshi.files.not_stated import if_stated
from banshi.subjects.change.amounts import difference, off, rows_total, totals_off
from banshi.subjects.change.filing import FiledForm
from banshi.subjects.change.forms import Change

TITLE = Text("净额等于增加减去减少", "Net is increase less decrease")
SEVERITY = "error"
BASIS = ("approval_gate",)
GOOD = """
changes:
  - amounts: {increase: 80000.00, decrease: 0, net: 80000.00}
"""
BAD = """
changes:
  - amounts: {increase: 80000.00, decrease: 0, net: 78000.00, cumulative: 78000.00, net_in_words: 柒万捌仟元整}
"""


def check(case: FiledForm) -> Iterator[Problem]:
    """The net against the totals as stated."""
    amounts = case.change.amounts
    net = difference(case.change)
    if off(amounts.net, net) and not _follows_rows(case.change):
        yield Problem(
            where=("amounts", "net"),
            message=Text(
                f"净额填 {yuan(amounts.net)}，增加 {yuan(amounts.increase)} 减去减少 {yuan(amounts.decrease)} 是 {yuan(net)}",
                f"net {yuan_en(amounts.net)}; {yuan_en(amounts.increase)} less {yuan_en(amounts.decrease)}"
                f" is {yuan_en(net)}",
            ),
            fix=Text(
                f"改为 net: {net:.2f}；累计、大写、档次随之核对。",
                f"Write net: {net:.2f}; then check cumulative, words and tier.",
            ),
        )


def _follows_rows(change: Change) -> bool:
    """Whether the net is right by the rows, so that the fault lies in a total."""
    rows = if_stated(lambda: rows_total(change, "increase") - rows_total(change, "decrease"))  # a ledger may have none
    return rows is not None and totals_off(change) and change.amounts.net == rows
