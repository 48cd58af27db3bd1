"""公式的比率

按公式作价时，评审价按“原中标价÷原财政评审价”下浮。中标价高于评审价的，比率大于一，成了上浮，
多半是两个价填反，或口径不同（一个含暂列金、一个不含），请核对；确实如此的可以保留。
原评审价为零的，公式不能用，是错误。

只在有变更按公式作价时检查；未批准、已撤回的不算。两个价相差一千倍以上的由“合同价的单位是元”报告。
"""

from collections.abc import Iterator

from banshi.base.money import yuan, yuan_en
from banshi.checking.rules import Problem, Severity, Text
from banshi.law.instruments import Placed
from banshi.law.norms import Formula
from banshi.subjects.change.amounts import contract_doubtful
from banshi.subjects.change.filing import Filing
from banshi.subjects.change.pricing import Bases, reduction
from banshi.subjects.change.project_forms import Contract

TITLE = Text("公式的比率", "The ratio in the formula")
SEVERITY = "warning"
SUBJECT = "project"
BASIS = ("formula",)
GOOD = """
project:
  contract: {bid_price: 5000000.00, review_price: 5500000.00}
changes:
  - items:
      - {item: "040202006", name: 石灰稳定土基层, unit: m2, quantity_before: 0, quantity_after: 1000,
         unit_price: 80.00, pricing_basis: formula, review_unit_price: 88.00, increase: 80000.00, decrease: 0}
"""
BAD = """
project:
  contract: {bid_price: 5500000.00, review_price: 5000000.00}    # 填反了
changes:
  - items:
      - {item: "040202006", name: 石灰稳定土基层, unit: m2, quantity_before: 0, quantity_after: 1000,
         unit_price: 80.00, pricing_basis: formula, review_unit_price: 72.73, increase: 80000.00, decrease: 0}
"""


def check(filing: Filing) -> Iterator[Problem]:
    """The ratio, where a form uses it."""
    placed, contract = _used(filing), filing.project.contract
    if placed is None or contract_doubtful(contract):
        return
    ratio = reduction(placed, contract)
    if ratio is None:
        yield _zero(placed, contract)
    elif ratio > 1:
        yield _above_one(placed, contract)


def _used(filing: Filing) -> Placed[Formula] | None:
    for case in filing.in_order:
        bases = Bases.of(case.law)
        if not case.dropped and any(bases.by_formula(row) for row in case.change.items):
            return bases.formula
    return None


def _zero(placed: Placed[Formula], contract: Contract) -> Problem:
    name, zero = placed.norm.divisor.name, getattr(contract, placed.norm.divisor.key) is not None
    what = Text("为零", "is zero") if zero else Text("没有填写", "is missing")
    return Problem(
        where=("contract", placed.norm.divisor.key),
        severity=Severity.ERROR,
        message=Text(
            f"有变更按公式作价，而{name}{what.zh}", f"a change is priced by the formula, but its divisor {what.en}"
        ),
        fix=Text(f"填上{name}（元）；没有评审过的，改用其他作价依据。", "State it in yuan, or price otherwise."),
        basis=(placed.cite,),
    )


def _above_one(placed: Placed[Formula], contract: Contract) -> Problem:
    norm = placed.norm
    factor = next(each for each in norm.factors if hasattr(contract, each.key))
    bid, review = getattr(contract, factor.key), getattr(contract, norm.divisor.key)
    return Problem(
        where=("contract", norm.divisor.key),
        message=Text(
            f"{factor.name} {yuan(bid)} 高于{norm.divisor.name} {yuan(review)}，按公式作价成了上浮",
            f"{factor.key} {yuan_en(bid)} exceeds {norm.divisor.key} {yuan_en(review)}: the formula raises prices",
        ),
        fix=Text(
            "核对两个价有没有填反、是否同口径（都含或都不含暂列金）。",
            "Check that they are not exchanged, and that both include or exclude the provisional sum.",
        ),
        basis=(placed.cite,),
    )
