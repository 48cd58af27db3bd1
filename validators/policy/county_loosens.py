"""区、县改宽市的规定，市的文件要写明可以

区、县文件里与市文件同一标识的规范点，代替市的那一条。市的文件没有写下级能不能另定（local_limit），区、县的就照样适用，
哪怕它比市的宽：额度多了，打卡的时段长了，时限长了，指标低了。这里说出区、县放宽了什么；比不出宽严的是提示，
写成另一种规定的是警告。

市的文件确实准许的，在市的文件里写 local_limit（may_be: otherwise）；写了只能更严的，由另一条规则查。
"""

import datetime
from collections.abc import Iterator

from msgspec.structs import replace

from banshi.checking.loaded import PolicyFile
from banshi.checking.rules import Problem, Severity, Text
from banshi.files.findings import Route
from banshi.law.instruments import Placed
from banshi.law.library import Law
from banshi.law.norms import ApprovalTier, LocalLimit, Norm, Period, Procedure, TimeLimit
from banshi.law.norms.base import titles_of
from banshi.law.overlays import no_looser
from banshi.law.strictness import loosened
from banshi.law.uses import executable

TITLE = Text("区、县改宽市的规定，市的文件要写明可以", "A county loosens its city's rule only where that says it may")
SUBJECT = "policy"
SEVERITY = "warning"
BASIS = ()
_COUNTY = """
instrument: luzhou/example/leave-and-attendance
jurisdiction: luzhou/example
jurisdiction_name: 样例县（虚构）
governs: [attendance]
readings: []
tiers: {}
steps: {}
provisions:
  - id: "1"
    label: 一
    heading: 本县额度
    source: {lines: [1, 1]}
    norms:
      - id: errand-quota
        kind: quota
        statement: 因公请假每人每月安排{at_most}{unit}，每次可为{pieces}{unit}。
        of: official
        at_most: DAYS
        unit: 天
        per: person_month
        pieces: [0.5, 1]
        reasons: [unit_liaison, welfare, reimbursement]
"""
GOOD = _COUNTY.replace("DAYS", "0.5")
BAD = _COUNTY.replace("DAYS", "3")


def check(policy: PolicyFile) -> Iterator[Problem]:
    """Each norm that takes the place of one of the law above, on each day on which that changes."""
    told = set[tuple[Route, str]]()
    for day, law in policy.laws_above():
        for route, norm in policy.norms():
            theirs = law.placed.get(norm.id)
            if theirs is None or not executable(norm.kind) or _said(theirs, law):
                continue
            for problem in _beside(norm, theirs, route):
                if (key := (problem.where, problem.message.zh)) not in told:
                    told.add(key)
                    yield problem if day == policy.version.begins else _from_then_on(problem, day)


def _from_then_on(problem: Problem, day: datetime.date) -> Problem:
    message = Text(
        f"自 {day} 起（上级的规定改了）：{problem.message.zh}",
        f"from {day} (the higher text changes): {problem.message.en}",
    )
    return replace(problem, message=message)


def _said(theirs: Placed[Norm], law: Law) -> bool:
    """Whether the higher text says what may be laid down otherwise: what it leaves out has no effect then."""
    return any(limit.version.instrument == theirs.version.instrument for limit in law.all(LocalLimit))


def _beside(norm: Norm, theirs: Placed[Norm], route: Route) -> Iterator[Problem]:
    above = theirs.norm
    if type(norm) is not type(above):
        yield _problem(
            (*route, "id"),
            Text(
                f"{norm.id} 代替了上级的 {norm.id}，却不是同一种规定：那里是 {above.kind}，这里是 {norm.kind}",
                f"{norm.id} takes the place of the higher norm of that id, which is of another kind ({above.kind})",
            ),
            theirs,
            fix=Text("说的是另一件事的，换一个标识。", "Use another id for another matter."),
        )
        return
    by = loosened(norm, above)
    counted = isinstance(above, ApprovalTier | Procedure | TimeLimit) or (
        isinstance(above, Period) and above.of == "publicity"
    )
    if by:
        titles = titles_of(type(norm))
        for field in by:
            yield _problem(
                (*route, field),
                Text(
                    f"{norm.id} 的“{titles[field]}”比上级规定的宽，上级没有写明（local_limit）下级可以放宽，照这里的算",
                    f"{norm.id}: {field} is looser than the higher norm, which does not say that it may be; it holds",
                ),
                theirs,
            )
    elif counted and not no_looser(norm, above):
        yield _problem(
            route,
            Text(
                f"{norm.id} 可能比上级规定的宽，上级没有写明（local_limit）下级可以放宽，照这里的算",
                f"{norm.id} may be looser than the higher norm, which does not say that it may be; it holds",
            ),
            theirs,
        )
    elif by is None and not counted:
        yield _problem(
            route,
            Text(
                f"{norm.id} 代替上级的 {norm.id}，两条不同，比不出宽严，照这里的算",
                f"{norm.id} takes the place of the higher norm; which is stricter cannot be told; it holds",
            ),
            theirs,
            severity=Severity.NOTE,
        )


def _problem(
    where: Route, message: Text, theirs: Placed[Norm], *, fix: Text | None = None, severity: Severity | None = None
) -> Problem:
    return Problem(where=where, message=message, fix=fix or _FIX, basis=(theirs.cite,), severity=severity)


_FIX = Text(
    "照上级的写；上级确实准许的，在上级的文件里写 local_limit（may_be: otherwise）。",
    "Write what the higher text says; where it lets it be otherwise, say so there (local_limit, may_be: otherwise).",
)
