"""申报档次与金额一致

按项目业主填报的金额判定应走哪一档审批，再与申报档次比较。

先看第一道关口：变更后支出（中标价减暂列金，加累计净额）没有超过中标价的，会商确定即可。
超过的，取单项净额与累计净额中较大的一个，看落在哪一档的金额范围里；恰好等于上限的，仍属这一档。

申报的档次比应走的宽，是错误；比应走的严，是警告，可以照办但不必要。
此前有报批表读不出的，累计说不清，只按单项净额定出下限：申报的档次比下限还宽的，是错误；其余暂不判定。
暂列金数额不明的，第一道关口不能判定，只提示可能的两档，不算错误。
类别、情形、价款没有写明，因此不能判定，而可能的档次里有比申报的严的，也提示一下。
"""

from collections.abc import Iterator

from banshi.base.text import did_you_mean
from banshi.checking.rules import Problem, Severity, Text
from banshi.law.library import Law
from banshi.subjects.change.amounts import unit_doubtful
from banshi.subjects.change.filing import FiledForm
from banshi.subjects.change.procedure import Procedures
from banshi.subjects.change.tiers import TierDecision

TITLE = Text("申报档次与金额一致", "The declared tier matches the amounts")
SEVERITY = "error"
BASIS = ("approval_gate", "approval_tier")
GOOD = """
changes:
  - tier: finance        # 净额 80,000 元
"""
BAD = """
changes:
  - tier: consultation   # 净额 80,000 元，已超过中标价
"""


def check(case: FiledForm) -> Iterator[Problem]:
    """The declared tier against the decided one."""
    law, decision, declared = case.law, case.tier, case.change.tier
    if law is None or decision is None or unit_doubtful(case):
        return
    if declared not in law.tiers:
        known = "、".join(f"{t}（{law.tier_name(t).zh}）" for t in law.tiers)
        guess = did_you_mean(declared, law.tiers)
        yield Problem(
            where=("tier",),
            message=Text(f"没有 {declared} 这一档次", f"there is no tier {declared}"),
            fix=Text(f"{guess.zh}可选：{known}。", f"{guess.en} One of: {', '.join(law.tiers)}."),
        )
        return
    if case.settled and declared == decision.value:
        return
    name = law.tier_name(declared)
    why = Text("；".join(r.text.zh for r in decision.reasons), "; ".join(r.text.en for r in decision.reasons))
    if not case.settled:
        yield from _below_the_least(law, decision, declared, why)
        return
    if decision.value is None:
        yield from _undetermined(case, why)
        return
    decided = law.tier_name(decision.value)
    if decision.looser(declared, decision.value):
        yield Problem(
            where=("tier",),
            message=Text(
                f"申报“{name.zh}”，应为“{decided.zh}”：{why.zh}", f"declared {name.en}, due {decided.en}: {why.en}"
            ),
            fix=Text(
                f"改报 tier: {decision.value}，并补齐“{decided.zh}”各环节；若金额有误，先改金额。",
                f"Declare tier: {decision.value} and add its steps; if an amount is wrong, correct it first.",
            ),
            basis=decision.basis,
            reading_dependent=decision.reading_dependent,
        )
    else:
        yield Problem(
            where=("tier",),
            severity=Severity.WARNING,
            message=Text(
                f"申报“{name.zh}”，比应走的“{decided.zh}”严：{why.zh}",
                f"declared {name.en}, stricter than {decided.en}: {why.en}",
            ),
            fix=_may_keep(law, decision, declared),
            basis=decision.basis,
            reading_dependent=decision.reading_dependent,
        )


def _below_the_least(law: Law, decision: TierDecision, declared: str, why: Text) -> Iterator[Problem]:
    """A declared tier that is too loose, whatever the forms that could not be read come to."""
    if decision.least is None or not decision.looser(declared, decision.least):
        return
    name, least = law.tier_name(declared), law.tier_name(decision.least)
    yield Problem(
        where=("tier",),
        message=Text(
            f"申报“{name.zh}”，至少应为“{least.zh}”：{why.zh}", f"declared {name.en}, at least {least.en}: {why.en}"
        ),
        fix=Text(
            "先改好读不出的报批表，再按累计净额核对档次；若金额有误，先改金额。",
            "Correct the forms that cannot be read, then check the tier; if an amount is wrong, correct it first.",
        ),
        basis=decision.basis,
    )


def _may_keep(law: Law, decision: TierDecision, declared: str) -> Text:
    if not decision.reading_dependent:
        return Text(
            f"可以照办；按规定 tier: {decision.value} 即可。", f"You may keep it; tier: {decision.value} is enough."
        )
    if not decision.looser(decision.strictest, declared):
        name = law.tier_name(decision.strictest)
        return Text(
            f"可以照办：按选定的口径 tier: {decision.value} 即可，按另一种口径则须“{name.zh}”。",
            f"You may keep it: tier: {decision.value} is enough under the reading taken, another asks for “{name.en}”.",
        )
    return Text(
        f"可以照办；按选定的口径 tier: {decision.value} 即可，tier: {decision.strictest} 则各种口径都够。",
        f"You may keep it; tier: {decision.value} is enough under the reading taken,"
        f" tier: {decision.strictest} under every one.",
    )


def _open_gate(case: FiledForm) -> bool:
    """Whether what is not known is the provisional sum that the first gate asks for: another rule says so of all forms."""
    contract, law = case.project.contract, case.law
    stated = contract.provisional_sum is not None or not contract.includes_provisional_sum
    return law is not None and law.once(Procedures).gate is not None and not stated


def _perhaps_stricter(law: Law, decision: TierDecision, declared: str, why: Text) -> Problem:
    strictest = law.tier_name(decision.strictest)
    return Problem(
        where=("tier",),
        severity=Severity.NOTE,
        message=Text(
            f"申报“{law.tier_name(declared).zh}”够不够不能判定，从严为“{strictest.zh}”：{why.zh}",
            f"whether {law.tier_name(declared).en} is enough is not determined, strictly it is {strictest.en}: {why.en}",
        ),
        fix=Text(
            "把没有写明的补上；查明之前，宜按从严的一档办理。", "State what is missing; until then take the stricter."
        ),
        basis=decision.basis,
    )


def _undetermined(case: FiledForm, why: Text) -> Iterator[Problem]:
    law, decision, declared = case.law, case.tier, case.change.tier
    assert law is not None and decision is not None
    if declared in decision.possible:
        if not _open_gate(case) and any(decision.looser(declared, tier) for tier in decision.possible):
            yield _perhaps_stricter(law, decision, declared, why)
        return
    said = "、".join(f"“{law.tier_name(t).zh}”" for t in decision.possible) or "（无）"
    said_en = ", ".join(law.tier_name(t).en for t in decision.possible)
    yield Problem(
        where=("tier",),
        severity=Severity.WARNING,
        message=Text(
            f"申报“{law.tier_name(declared).zh}”，可能的档次是{said}：{why.zh}",
            f"declared {law.tier_name(declared).en}, possible: {said_en}: {why.en}",
        ),
        fix=Text(
            "在 project.yaml 写明 provisional_sum（没有暂列金写 0）。",
            "State provisional_sum in project.yaml (0 if none).",
        ),
        basis=decision.basis,
    )
