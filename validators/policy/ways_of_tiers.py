"""每一档都有办法，只有一种办法

有金额、类别通到的一档，要写怎么办：报批程序（procedure）、由几方会商决定（consultation），或者关口里会商的各方。
别的档都写了、有一档没有写的，到了这一档就不知道谁来批，提醒一下；原文确实没有写的，不用改。

情形、类别（class_tier）写的是最低归哪一档，档次另按金额定的，写最宽的一档不起作用。

一档既只由几方会商决定、又有报批程序的，是两种办法，说不清走哪一种。时限只管的环节，都由不受此限的机关办的，一处也管不到。
"""

from collections.abc import Iterator
from itertools import chain

from banshi.base.text import listed
from banshi.checking.loaded import PolicyFile
from banshi.checking.rules import Problem, Severity, Text
from banshi.files.findings import Route
from banshi.law.norms import ApprovalGate, ApprovalTier, ClassTier, Consultation, Norm, Procedure, TimeLimit

TITLE = Text("每一档都有办法，只有一种办法", "Every tier has one way")
SUBJECT = "policy"
SEVERITY = "error"
BASIS = ()
_WAYS = """
provisions:
  - id: "1"
    label: 一
    heading: 办法
    source: {lines: [1, 2]}
    norms:
      - {id: all, kind: approval_tier, statement: "{amount}的，由财政部门批准。", tier: finance, measure: single,
         amount: {lower: {value: 0, inclusive: false}, unit: 元}}
      - {id: who, kind: consultation, statement: "由{parties}会商决定。", tier: finance, parties: [owner, supervisor]}
      - {id: limit, kind: time_limit, statement: "{length}内办结。", length: {value: 3, unit: 工作日}, inclusive: true,
         counted_from: complete_on, first_day: next_day}
MORE
readings: []
forms: []
"""
_PROCEDURE = """      - {id: way, kind: procedure, statement: "业主申请，{stages}。", tier: finance, position: 1, applicants: [owner],
         stages: [{steps: [{step: finance_approval, office: finance}]}]}"""
GOOD = _WAYS.replace("MORE", "")
BAD = _WAYS.replace("MORE", _PROCEDURE)


def check(policy: PolicyFile) -> Iterator[Problem]:
    """Tiers of this file without a way, and with two; limits that hold for nobody."""
    if not policy.version.normative or "change" not in policy.version.subjects:
        return
    law = policy.law("change")
    procedures = [placed.norm for placed in law.all(Procedure)]
    alone = {placed.norm.tier for placed in law.all(Consultation)}
    laid_down = {*alone, *(norm.tier for norm in procedures)}
    ways = {*laid_down, *(placed.norm.tier for placed in law.all(ApprovalGate))}
    by_amount = any(law.all(ApprovalTier))
    told: set[str] = set()
    for route, norm in policy.norms():
        if isinstance(norm, ApprovalTier | ClassTier) and laid_down and not {norm.tier} & (ways | told):
            told.add(norm.tier)
            yield _no_way(route, norm.tier)
        elif isinstance(norm, ClassTier) and law.tiers and norm.tier == law.tiers[0] and by_amount:
            yield _no_floor(route, norm)
        elif isinstance(norm, Procedure) and norm.tier in alone:
            yield _two_ways(route, norm)
        elif isinstance(norm, TimeLimit) and norm.offices_without_limit:
            yield from _nobody(route, norm, procedures)


def _no_way(route: Route, tier: str) -> Problem:
    return Problem(
        where=(*route, "tier"),
        severity=Severity.WARNING,
        message=Text(
            f"通到 {tier} 一档，却没有写这一档怎么办：没有程序，也没有会商",
            f"it leads to tier {tier}, of which neither a procedure nor a consultation is laid down",
        ),
        fix=Text(
            "补上 procedure 或 consultation；原文确实没有写的，不用改。",
            "Add a procedure or a consultation; where the source has none, leave it.",
        ),
    )


def _no_floor(route: Route, norm: ClassTier) -> Problem:
    return Problem(
        where=(*route, "tier"),
        severity=Severity.WARNING,
        message=Text(
            f"{norm.id} 写的是最低归哪一档，{norm.tier} 已经是最宽的一档，写了不起作用",
            f"{norm.id} states a least tier, and {norm.tier} is the loosest one: it has no effect",
        ),
        fix=Text("对照原文，改正档次；原文确实如此的，删去。", "Correct the tier, or leave the norm out."),
    )


def _two_ways(route: Route, norm: Norm) -> Problem:
    tier = getattr(norm, "tier", "")
    return Problem(
        where=(*route, "tier"),
        message=Text(
            f"{tier} 一档既由几方会商决定（consultation），又有报批程序，说不清走哪一种",
            f"tier {tier} is decided by a consultation alone, and has a procedure: which one?",
        ),
        fix=Text("对照原文，改正其中一条的 tier，或删去一条。", "Correct the tier of one of them, or delete it."),
    )


def _nobody(route: Route, norm: TimeLimit, procedures: list[Procedure]) -> Iterator[Problem]:
    taken = [step for each in procedures for step in chain.from_iterable(stage.steps for stage in each.stages)]
    offices = {step.office for step in taken if not norm.steps or step.step in norm.steps}
    if offices and offices <= set(norm.offices_without_limit):
        yield Problem(
            where=(*route, "offices_without_limit"),
            message=Text(
                f"{norm.id} 所管的环节都由 {listed(sorted(map(str, offices)))} 办理，又都不受此限：一处也管不到",
                f"every step of {norm.id} is taken by offices without that limit: it holds for nobody",
            ),
            fix=Text("改正环节或机关。", "Correct the steps or the offices."),
        )
