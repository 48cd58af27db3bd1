"""暂列金数额不明，能否会商办理不能判定

中标价含暂列金，变更先用暂列金。要判断“变更后支出是否超过中标价”，须知道暂列金有多少：
变更后支出＝中标价−暂列金＋累计净额。project.yaml 写了含暂列金而没有写数额的，这一步就不能判定。

只在确实影响档次时提示：累计净额没有超出的变更，不论暂列金多少都只需会商，不提示；
其余变更逐份列出可能的两档，以及按暂列金为零从严算应走的一档，作为稳妥的建议；申报较宽的一档不算错。
"""

from collections import defaultdict
from collections.abc import Iterator

from banshi.checking.rules import Problem, Text
from banshi.subjects.change.filing import FiledForm, Filing
from banshi.subjects.change.procedure import Procedures

TITLE = Text("暂列金数额不明，能否会商办理不能判定", "The provisional sum is not stated, so the first gate is open")
SEVERITY = "note"
SUBJECT = "project"
BASIS = ("approval_gate", "definition keys=bid_price")
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
    if law is None or not open_cases or law.once(Procedures).gate is None:
        return
    contract = filing.project.contract  # what of it is not stated, or wrongly, is told where it stands, not here
    if not contract.bid_price or not contract.includes_provisional_sum or contract.provisional_sum is not None:
        return
    said, said_en = _advice(open_cases)
    yield Problem(
        where=("contract", "includes_provisional_sum"),
        message=Text(
            f"中标价含暂列金但没有写明数额，支出是否超过中标价不能判定：{said}",
            f"the provisional sum is not stated, so the first gate is not determined: {said_en}",
        ),
        fix=Text(
            "查合同，把数额写进 contract.provisional_sum（没有暂列金写 0）；查明之前，宜按从严的一档办理。",
            "Look it up and state contract.provisional_sum (0 if there is none); until then the stricter tier is safe.",
        ),
    )


def _undetermined(case: FiledForm) -> bool:
    tier = case.tier
    open_gate = tier is not None and not tier.determined and bool(tier.possible)
    return open_gate and not case.dropped and not case.unit_doubtful


def _advice(cases: list[FiledForm]) -> tuple[str, str]:
    """The tiers that may be due, form by form; forms alike are named together."""
    alike: dict[Text, list[int]] = defaultdict(list)
    for case in cases:
        alike[_possible(case)].append(case.change.sequence)
    zh = "；".join(f"第 {'、'.join(map(str, forms))} 次{said.zh}" for said, forms in alike.items())
    return zh, "; ".join(f"change {', '.join(map(str, forms))}: {said.en}" for said, forms in alike.items())


def _possible(case: FiledForm) -> Text:
    law, tier = case.law, case.tier
    assert law is not None and tier is not None
    names, strict = [law.tier_name(t) for t in tier.possible], law.tier_name(tier.strictest)
    return Text(
        f"可能是{'或'.join(f'“{name.zh}”' for name in names)}，按暂列金为零从严为“{strict.zh}”",
        f"{' or '.join(f'“{name.en}”' for name in names)}, strictly (provisional sum zero) “{strict.en}”",
    )
