"""清单已有项目按清单单价

作价依据写“清单相同项目”的明细，参照的细目号（没有写参照的，看本行细目号）要在报价清单里，
单价等于清单综合单价，一分不差。清单里同一细目号有几行的，等于其中一行即可。

project.yaml 没有填报价清单的，按相同或类似项目作的价都无法核对，是警告，一份表只报一次。
未批准、已撤回的不核对；单价相差一万倍左右的由“金额单位是元”报告。
"""

from collections.abc import Iterator

from banshi.base.money import yuan, yuan_en
from banshi.checking.rules import Problem, Severity, Text
from banshi.subjects.change.amounts import off, row_name
from banshi.subjects.change.filing import FiledForm
from banshi.subjects.change.forms import Row
from banshi.subjects.change.pricing import Bases
from banshi.subjects.change.project_forms import BillItem

TITLE = Text("清单已有项目按清单单价", "An item of the bill takes the bill's price")
SEVERITY = "error"
BASIS = ("bill_price",)
GOOD = """
changes:
  - items:
      - {item: "040101001", name: 挖一般土方, unit: m3, quantity_before: 1000, quantity_after: 5000,
         unit_price: 20.00, pricing_basis: same_item, reference: "040101001", increase: 80000.00, decrease: 0}
"""
BAD = """
changes:
  - items:               # 清单单价是 20.00 元
      - {item: "040101001", name: 挖一般土方, unit: m3, quantity_before: 1000, quantity_after: 5000,
         unit_price: 25.00, pricing_basis: same_item, reference: "040101001", increase: 100000.00, decrease: 0}
    amounts: {increase: 100000.00, net: 100000.00, cumulative: 100000.00, net_in_words: 壹拾万元整}
"""


def check(case: FiledForm) -> Iterator[Problem]:
    """Each row priced as the same item."""
    bases, bill = Bases.of(case.law), case.filing.bill
    if case.dropped:
        return
    if not bill:
        yield from _no_bill(case, bases)
        return
    for n, row in enumerate(case.change.items):
        if bases.same(row):
            lines = bill.lines(row.reference) or bill.lines(row.item)
            yield from _compare(n, row, lines)


def _compare(n: int, row: Row, lines: list[BillItem]) -> Iterator[Problem]:
    name = row_name(n, row)
    if not lines:
        yield Problem(
            where=("items", n, "reference" if row.reference else "item"),
            message=Text(
                f"{name.zh}按清单相同项目作价，清单里没有 {row.reference or row.item}",
                f"{name.en} is priced as an item of the bill, which has no {row.reference or row.item}",
            ),
            fix=Text(
                "改正细目号；清单里确实没有的，改用其他作价依据。",
                "Correct the code; if the bill has no such item, use another pricing basis.",
            ),
        )
    elif all(off(row.unit_price, line.unit_price) for line in lines):
        due = lines[0].unit_price
        yield Problem(
            where=("items", n, "unit_price"),
            message=Text(
                f"{name.zh}单价 {yuan(row.unit_price)}，清单中“{lines[0].name}”是 {yuan(due)}",
                f"{name.en} costs {yuan_en(row.unit_price)}, in the bill {yuan_en(due)}",
            ),
            fix=Text(f"改为 unit_price: {due:.2f} 并重算金额。", f"Write unit_price: {due:.2f} and recompute."),
        )


def _no_bill(case: FiledForm, bases: Bases) -> Iterator[Problem]:
    rows = [n for n, row in enumerate(case.change.items) if bases.same(row) or bases.similar(row)]
    if rows:
        yield Problem(
            where=("items", rows[0], "pricing_basis"),
            severity=Severity.WARNING,
            message=Text(
                f"有 {len(rows)} 行按报价清单作价，project.yaml 没有填报价清单，无法核对",
                f"{len(rows)} rows take their price from the bill, but project.yaml holds no bill",
            ),
            fix=Text(
                "在 project.yaml 的 bill_of_quantities 填上相关细目。",
                "Enter the items concerned under bill_of_quantities in project.yaml.",
            ),
        )
