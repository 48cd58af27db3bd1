"""一次请假由谁批，只有一条说了算

同一类人、同一种假、同样长短，两条都写了批准人、写得又不一样的，程序只能取先写的一条，写的人不知道。按长短分的，各段不重叠就不算两条；
两条要求都要办的（一条写批准人，一条写报备案、交证明），不在此列。

一种假只给几类人写了由谁批、漏了一类的，那一类人的假没有人批：这只是警告，本来就没有这种假的，不用改。
"""

from collections.abc import Iterator
from itertools import combinations

from banshi.base.text import listed
from banshi.checking.loaded import PolicyFile
from banshi.checking.rules import Problem, Severity, Text
from banshi.files.findings import Route
from banshi.law.instruments import Placed
from banshi.law.intervals import apart
from banshi.law.library import Law
from banshi.law.norms import LeaveApproval, Quota, Record, Scope

TITLE = Text("一次请假由谁批，只有一条说了算", "One norm says who approves a leave")
SUBJECT = "policy"
SEVERITY = "error"
BASIS = ()
_LEAVE = """
governs: [attendance]
offices: {clerk: {name: 窗口人员}, guard: {name: 值守人员}, lead: {name: 班长}, head: {name: 主任}}
staff_groups: {clerk: {name: 窗口人员, at_windows: true}, guard: {name: 值守人员, at_windows: false}}
leave_kinds: {personal: {name: 事假}, sick: {name: 病假}}
provisions:
  - id: "7"
    label: 第七条
    heading: 请假
    source: {lines: [1, 2]}
    norms:
      - {id: any, kind: leave_approval, statement: "请假由{approver}批准。", leave: [personal, sick], groups: [clerk], approver: lead}
      - {id: ill, kind: leave_approval, statement: "病假由{approver}批准。", leave: [sick], groups: [WHO], approver: head}
      - {id: own, kind: leave_approval, statement: "事假由{approver}批准。", leave: [personal], groups: [guard], approver: head}
readings: []
"""
GOOD = _LEAVE.replace("WHO", "guard")
BAD = _LEAVE.replace("WHO", "clerk")  # 窗口人员的病假两条都管，值守人员的病假没有人批


def check(policy: PolicyFile) -> Iterator[Problem]:
    """Each norm of the file that names an approver, beside the others that hold with it."""
    own = {norm.id: route for route, norm in policy.norms() if isinstance(norm, LeaveApproval)}
    if not own:
        return
    law = policy.law("attendance")
    every = [p for p in law.all(LeaveApproval) if p.norm.approver and p.norm.form != "report"]
    for one, other in combinations(every, 2):
        mine = other if other.norm.id in own and other.version is policy.version else one
        if mine.norm.id in own and mine.version is policy.version and _both_decide(one.norm, other.norm):
            yield _two(own[mine.norm.id], mine, other if mine is one else one)
    yield from _nobody(law, every, own, policy)


def _both_decide(one: LeaveApproval, other: LeaveApproval) -> bool:
    """Whether a leave may fall under both, and they name different people; of one kind and group, lengths must tile anyhow."""
    if bool(one.leave) != bool(other.leave):
        return False  # the one that names the kind goes before
    if not one.leave and bool(one.length) != bool(other.length):
        return False  # then the one that names the length
    if (one.leave, one.groups) == (other.leave, other.groups) and one.length and other.length:
        return False
    if one.length and other.length and apart(one.length, other.length):
        return False
    return _meet(one.leave, other.leave) and _meet(one.groups, other.groups) and _whom(one) != _whom(other)


def _meet(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    return not one or not other or bool(set(one) & set(other))


def _whom(norm: LeaveApproval) -> tuple[object, ...]:
    return norm.approver, norm.deputy, norm.stands_in


def _two(route: Route, own: Placed[LeaveApproval], other: Placed[LeaveApproval]) -> Problem:
    elsewhere = "" if other.version is own.version else f"（{other.version.instrument}）"
    return Problem(
        where=(*route, "approver"),
        message=Text(
            f"{own.norm.id} 和 {other.norm.id}{elsewhere} 都说同一次请假由谁批准，写得不一样，没有写取哪一条",
            f"{own.norm.id} and {other.norm.id} ({other.version.instrument}) both say who approves the same leave, not alike",
        ),
        fix=Text(
            "写明各管哪种假（leave）、哪类人（groups）、多长的（length），使一次请假只有一条管；要取代对方的，写在 relations 里。",
            "Say which leave, whose and how long each is about, so that one of them holds.",
        ),
    )


def _nobody(
    law: Law, every: list[Placed[LeaveApproval]], own: dict[str, Route], policy: PolicyFile
) -> Iterator[Problem]:
    """Groups for whose leave of a kind no norm speaks, though some speak for others."""
    names = {slug: group.name for version in law.versions for slug, group in version.staff_groups.items()}
    within = {subject for p in law.all(Scope) for subject in p.norm.subjects} & names.keys() or names.keys()
    kinds = {kind: leave.name for version in law.versions for kind, leave in version.leave_kinds.items()}
    for kind, called in kinds.items():
        found = [p for p in every if not p.norm.leave or kind in p.norm.leave]
        lacking = [who for who in sorted(within) if not any(_meet((who,), p.norm.groups) for p in found)]
        mine = [p for p in found if p.version is policy.version and p.norm.id in own and p.norm.leave]
        if every and not any(not p.norm.leave or kind in p.norm.leave for p in law.all(LeaveApproval)):
            yield from _by_none(kind, called, policy)
        if lacking and mine:
            yield Problem(
                where=(*own[mine[0].norm.id], "groups"),
                message=Text(
                    f"{called}（{kind}）没有一条说{listed(names[who] for who in lacking)}的由谁批准",
                    f"no norm says who approves {kind} of {', '.join(lacking)}",
                ),
                fix=Text(
                    "补上那类人的一条，或在已有的一条里加上；本来就没有这种假的，不用改。",
                    "Add a norm for them, unless they have no such leave.",
                ),
                severity=Severity.WARNING,
            )


def _by_none(kind: str, called: str, policy: PolicyFile) -> Iterator[Problem]:
    """A kind of leave that has a quota or asks for papers, and that nobody approves."""
    for route, norm in policy.norms():
        if (isinstance(norm, Quota) and norm.of == kind) or (isinstance(norm, Record) and norm.when == kind):
            yield Problem(
                where=route,
                message=Text(
                    f"{called}（{kind}）有额度或要交材料（{norm.id}），没有一条说由谁批准",
                    f"{kind} has a quota or asks for papers ({norm.id}), and no norm says who approves it",
                ),
                fix=Text("补上由谁批准的一条；不用批的，不用改。", "Add who approves it, unless nobody has to."),
                severity=Severity.WARNING,
            )
            return
