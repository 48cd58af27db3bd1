"""暂列金数额不明，能否会商办理不能判定

中标价含暂列金，变更先用暂列金。要判断“变更后支出是否超过中标价”，须知道暂列金有多少：
变更后支出＝中标价−暂列金＋累计净额。project.yaml 写了含暂列金而没有写数额的，这一步就不能判定。

只在确实影响档次时提示：累计净额没有超出的变更，不论暂列金多少都只需会商，不提示；
其余变更的档次列为“可能的两档”，按暂列金为零从严算的那一档作参考，申报较宽的一档不算错。
"""

from collections.abc import Iterator

from banshi.change.filing import Case, Filing
from banshi.change.procedure import Procedures
from banshi.rules import Problem, Text

TITLE = Text("暂列金数额不明，能否会商办理不能判定", "The provisional sum is not stated, so the first gate is open")
SEVERITY = "note"
SUBJECT = "project"
BASIS = ("expenditure-gate", "bid-price-includes-provisional-sum")
GOOD = """
project:
  contract: {provisional_sum: 0}       # 没有暂列金写 0
"""
BAD = """
project:
  contract: {provisional_sum: null}    # 含暂列金，数额没有写
"""


def check(filing: Filing) -> Iterator[Problem]:
    """A provisional sum of unstated amount, where the tier of a form hangs on it."""
    law = filing.any_law
    open_cases = [case for case in filing.in_order if _undetermined(case)]
    if law is None or not open_cases or Procedures(law).gate is None:
        return
    said = "、".join(f"第 {case.change.sequence} 次" for case in open_cases)
    said_en = ", ".join(str(case.change.sequence) for case in open_cases)
    yield Problem(
        where=("contract", "includes_provisional_sum"),
        message=Text(
            f"中标价含暂列金但没有写明数额，{said}变更的支出是否超过中标价不能判定",
            f"the provisional sum is not stated, so the first gate is not determined for change {said_en}",
        ),
        fix=Text(
            "查合同，把数额写进 contract.provisional_sum（没有暂列金写 0）。",
            "Look it up in the contract and state contract.provisional_sum (0 if there is none).",
        ),
    )


def _undetermined(case: Case) -> bool:
    tier = case.tier
    return tier is not None and not tier.determined and bool(tier.possible) and not case.dropped
