"""原数量与此前的数量相接

同一细目，本次的原数量应等于最近一次已批准（含已实施、已结算）变更后的数量；此前没有变更过的，应等于报价清单的工程量。
清单里没有、此前也没有变更过的，不核对：清单可以只填相关的细目，没有填的不等于没有这一项。

未批准、已撤回、草稿和还在审批中的变更没有改变数量。前一次变更在本次申报之后才批准的，用它前后的数量都可以。

以下情形也不核对：同一细目在清单或一份表里分几行写；本次未批准或已撤回。
"""

from collections import Counter
from collections.abc import Iterator

from banshi.base.money import plain
from banshi.checking.rules import Problem, Text
from banshi.subjects.change.amounts import row_name
from banshi.subjects.change.filing import FiledForm
from banshi.subjects.change.forms import Row
from banshi.subjects.change.quantities import StandingQuantity, standing_before

TITLE = Text("原数量与此前的数量相接", "Quantities carry on from change to change")
SEVERITY = "error"
BASIS = ("form of=change",)
GOOD = """
changes:
  - sequence: 1              # 批准后数量为 5000
  - number: 变-2012-样例-002
    sequence: 2
    filed_on: 2012-06-01
    status: submitted
    implemented_on: null
    opinions: []
    consultation: [{party: owner, conclusion: 同意, signed_on: 2012-06-01}]
    items:
      - {item: "040101001", name: 挖一般土方, unit: m3, quantity_before: 5000, quantity_after: 6000,
         unit_price: 20.00, pricing_basis: same_item, increase: 20000.00, decrease: 0}
    amounts: {increase: 20000.00, net: 20000.00, cumulative_before: 80000.00, cumulative: 100000.00,
              net_in_words: 贰万元整}
"""
BAD = """
changes:
  - sequence: 1              # 批准后数量为 5000
  - number: 变-2012-样例-002
    sequence: 2
    filed_on: 2012-06-01
    status: submitted
    implemented_on: null
    opinions: []
    consultation: [{party: owner, conclusion: 同意, signed_on: 2012-06-01}]
    items:
      - {item: "040101001", name: 挖一般土方, unit: m3, quantity_before: 1000, quantity_after: 2000,
         unit_price: 20.00, pricing_basis: same_item, increase: 20000.00, decrease: 0}
    amounts: {increase: 20000.00, net: 20000.00, cumulative_before: 80000.00, cumulative: 100000.00,
              net_in_words: 贰万元整}
"""


def check(case: FiledForm) -> Iterator[Problem]:
    """Each item that stands on one row only."""
    if case.dropped or not case.settled:
        return
    codes = Counter(row.item for row in case.change.items)
    for n, row in enumerate(case.change.items):
        known = standing_before(case, row.item) if codes[row.item] == 1 else None
        if known and not known.allows(row.quantity_before):
            yield _problem(n, row, known.latest)


def _problem(n: int, row: Row, latest: StandingQuantity) -> Problem:
    name, stated, due = row_name(n, row), plain(row.quantity_before), plain(latest.quantity)
    return Problem(
        where=("items", n, "quantity_before"),
        message=Text(
            f"{name.zh}原数量填 {stated}，应为 {due}（{latest.source.zh}）",
            f"{name.en} starts from {stated}, should be {due} ({latest.source.en})",
        ),
        fix=Text(
            f"改为 quantity_before: {due} 并重算增减额；清单或前一次填错的，改那里。",
            f"Write quantity_before: {due} and recompute the row; or correct the bill or the earlier form.",
        ),
    )
