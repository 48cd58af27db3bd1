"""类似项目按清单单价

作价依据写“清单类似项目”的明细：

- “参照”写明清单里哪一项，单价等于那一项的综合单价；
- “定额”写明本行套用的定额。定额编号与清单那一项相同，或者编号不同而人工费、机械费都相同，才是类似项目。

没有写定额的，看不出是否类似，是错误；清单那一项没有写定额的，无法核对，是警告。
材料费不同不影响。未批准、已撤回的不核对；没有报价清单的由“清单已有项目按清单单价”报告。
"""

from collections.abc import Iterator

from banshi.base.money import yuan, yuan_en
from banshi.checking.rules import Problem, Severity, Text
from banshi.law.instruments import Placed
from banshi.law.norms import Similarity
from banshi.subjects.change.amounts import off, row_name
from banshi.subjects.change.filing import FiledForm
from banshi.subjects.change.forms import Row
from banshi.subjects.change.pricing import Bases, similar
from banshi.subjects.change.project_forms import BillItem, Quota

TITLE = Text("类似项目按清单单价", "A similar item takes the bill's price")
SEVERITY = "error"
BASIS = ("bill_price", "similarity")
GOOD = """
changes:
  - items:               # 定额编号不同，人工费、机械费与清单那一项都相同
      - {item: "040101002", name: 挖沟槽土方, unit: m3, quantity_before: 0, quantity_after: 4000,
         unit_price: 20.00, pricing_basis: similar_item, reference: "040101001",
         quota: {code: AD0007, labour: 6.50, machinery: 9.80}, increase: 80000.00, decrease: 0}
"""
BAD = """
changes:
  - items:               # 定额编号、人工费都与清单那一项不同
      - {item: "040101002", name: 挖沟槽土方, unit: m3, quantity_before: 0, quantity_after: 4000,
         unit_price: 20.00, pricing_basis: similar_item, reference: "040101001",
         quota: {code: AD0007, labour: 8.20, machinery: 9.80}, increase: 80000.00, decrease: 0}
"""


def check(case: FiledForm) -> Iterator[Problem]:
    """Each row priced as a similar item."""
    bases, bill = Bases.of(case.law), case.filing.bill
    if case.dropped or not bill:
        return
    for n, row in enumerate(case.change.items):
        placed = bases.similar(row)
        if placed:
            lines = bill.lines(row.reference)
            yield from _compare(n, row, lines, placed) if lines else [_no_line(n, row)]


def _no_line(n: int, row: Row) -> Problem:
    name, named = row_name(n, row), row.reference
    why = (
        Text(f"清单里没有 {named}", f"the bill has no {named}") if named else Text("没有写参照哪一项", "none is named")
    )
    return Problem(
        where=("items", n, "reference" if named else "pricing_basis"),
        message=Text(
            f"{name.zh}按清单类似项目作价，{why.zh}", f"{name.en} is priced as a similar item of the bill; {why.en}"
        ),
        fix=Text(
            "在 reference 写清单中类似项目的细目号；没有的，改用其他作价依据。",
            "Name the similar item's code in reference; if there is none, use another pricing basis.",
        ),
    )


def _compare(n: int, row: Row, lines: list[BillItem], placed: Placed[Similarity]) -> Iterator[Problem]:
    if all(off(row.unit_price, line.unit_price) for line in lines):
        yield _wrong_price(n, row, lines[0])
    if row.quota is None:
        yield _no_quota(n, row)
        return
    quotas = [line.quota for line in lines if line.quota]
    if not quotas:
        yield _no_quota_in_bill(n, row, lines[0])
    elif not any(similar(placed, row.quota, quota).value for quota in quotas):
        yield _not_similar(n, row, row.quota, quotas[0], placed)


def _wrong_price(n: int, row: Row, line: BillItem) -> Problem:
    name = row_name(n, row)
    return Problem(
        where=("items", n, "unit_price"),
        message=Text(
            f"{name.zh}单价 {yuan(row.unit_price)}，清单中类似的“{line.name}”是 {yuan(line.unit_price)}",
            f"{name.en} costs {yuan_en(row.unit_price)}, the similar {line.item} in the bill {yuan_en(line.unit_price)}",
        ),
        fix=Text(
            f"改为 unit_price: {line.unit_price:.2f} 并重算金额。",
            f"Write unit_price: {line.unit_price:.2f} and recompute.",
        ),
    )


def _no_quota(n: int, row: Row) -> Problem:
    name = row_name(n, row)
    return Problem(
        where=("items", n, "pricing_basis"),
        message=Text(
            f"{name.zh}按类似项目作价，没有写本行的定额", f"{name.en} is priced as similar but states no quota"
        ),
        fix=Text("补上 quota（编号、人工费、机械费）。", "Add quota (code, labour, machinery)."),
    )


def _no_quota_in_bill(n: int, row: Row, line: BillItem) -> Problem:
    name = row_name(n, row)
    return Problem(
        where=("items", n, "reference"),
        severity=Severity.WARNING,
        message=Text(
            f"清单中 {line.item} 没有写定额，{name.zh}是否类似无法核对",
            f"{line.item} in the bill states no quota, so {name.en} cannot be compared",
        ),
        fix=Text("在 project.yaml 的清单中补上这一项的 quota。", "Add the item's quota in project.yaml."),
    )


def _not_similar(n: int, row: Row, ours: Quota, other: Quota, placed: Placed[Similarity]) -> Problem:
    name, why = row_name(n, row), similar(placed, ours, other).reasons[0].text
    return Problem(
        where=("items", n, "quota"),
        message=Text(
            f"{name.zh}与清单 {row.reference} 不是类似项目：{why.zh}",
            f"{name.en} is not similar to {row.reference}: {why.en}",
        ),
        fix=Text(
            "另找类似项目参照；没有的，按公式或其他依据作价。",
            "Refer to an item that is similar; if there is none, price by the formula or otherwise.",
        ),
    )
