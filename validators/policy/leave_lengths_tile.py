"""请假长短的几段首尾相接

按请假长短定由谁批准的几条，一条到哪里为止，下一条就从哪里起：不满半天、半天以上不满一天、一天以上。
两条之间有空当的，那样长的假没有人批；重叠的，有两条都管。有的段不分人员、有的段分人员写的，每一类人各自接得上才算。
别的人员从零起、不限长都有规定，唯独一类人最短、最长的一段没有的，是警告。
"""

from collections.abc import Iterator

from banshi.checking.loaded import PolicyFile
from banshi.checking.rules import Problem, Severity, Text
from banshi.files.findings import Route
from banshi.law.intervals import Seam, gaps, seams
from banshi.law.norms import Bound, Bounds, LeaveApproval

TITLE = Text("请假长短的几段首尾相接", "Lengths of leave tile")
SUBJECT = "policy"
SEVERITY = "error"
BASIS = ()
_LEAVE = """
offices: {leader: {name: 组长}, section: {name: 督察科}}
provisions:
  - id: "10"
    label: 第十条
    heading: 请假
    source: {lines: [1, 2]}
    norms:
      - {id: short, kind: leave_approval, statement: "{length}的，由{approver}批准。", approver: leader,
         length: {upper: {value: 1, inclusive: false}, unit: 天}}
      - {id: long, kind: leave_approval, statement: "{length}的，由{approver}批准。", approver: section,
         length: {lower: {value: FROM, inclusive: true}, unit: 天}}
readings: []
"""
GOOD = _LEAVE.replace("FROM", "1")
BAD = _LEAVE.replace("FROM", "2")


def check(policy: PolicyFile) -> Iterator[Problem]:
    """The norms on approval by length: those on the same leave of the same groups, then all that hold for one group."""
    norms = [(r, n) for r, n in policy.norms() if isinstance(n, LeaveApproval)]
    found = [(r, n) for r, n in norms if n.length is not None]
    for key in dict.fromkeys((norm.leave, norm.groups) for _, norm in found):
        own = [(route, norm) for route, norm in found if (norm.leave, norm.groups) == key]
        for seam in seams([norm.length for _, norm in own if norm.length]):
            yield _problem(seam, own)
    yield from _for_each_group([(r, n) for r, n in norms if n.approver])


def _for_each_group(norms: list[tuple[Route, LeaveApproval]]) -> Iterator[Problem]:
    """Lengths for which nobody approves the leave of one group, though each norm of its own tiles with its like."""
    by_length = [norm for _, norm in norms if norm.length]
    kinds = dict.fromkeys(("", *(kind for norm in by_length for kind in norm.leave)))
    told = set[tuple[str, ...]]()
    for group in dict.fromkeys(name for norm in by_length for name in norm.groups):
        for kind in kinds:
            own = [(r, n) for r, n in norms if not n.leave or kind in n.leave if not n.groups or group in n.groups]
            lengths = [norm.length for _, norm in own if norm.length]
            if len(lengths) < len(own):
                continue  # one of them is for any length
            every = [n.length for _, n in norms if n.length and (not n.leave or kind in n.leave)]
            for end in ("lower", "upper"):
                if (ours := _outermost(lengths, end)) and _beyond(_outermost(every, end), ours, end):
                    lacks = next(n for n in own if n[1].length and getattr(n[1].length, end) == ours)
                    if (lacks[1].id, group, end) not in told:
                        told.add((lacks[1].id, group, end))
                        yield _open(lacks, group, end)
            for seam in gaps(lengths):
                one, other = own[seam.first][1], own[seam.second][1]
                if (one.leave, one.groups) != (other.leave, other.groups) and (one.id, other.id) not in told:
                    told.add((one.id, other.id))
                    yield _problem(seam, own)


def _outermost(lengths: list[Bounds], end: str) -> Bound | None:
    """The end that reaches furthest; None where one of them is open there, or there is none."""
    ends = [getattr(each, end) for each in lengths]
    if not ends or None in ends:
        return None
    return (
        min(ends, key=lambda b: (b.value, not b.inclusive))
        if end == "lower"
        else max(ends, key=lambda b: (b.value, b.inclusive))
    )


def _beyond(other: Bound | None, ours: Bound, end: str) -> bool:
    """Whether the leave of others is ruled further out than ours."""
    if other is None or other == ours:
        return other is None
    return other.value < ours.value if end == "lower" else other.value > ours.value


def _open(lacks: tuple[Route, LeaveApproval], group: str, end: str) -> Problem:
    route, norm = lacks
    side, side_en = ("更短", "shorter") if end == "lower" else ("更长", "longer")
    return Problem(
        where=(*route, "length"),
        severity=Severity.WARNING,
        message=Text(
            f"{group} 比 {norm.id} {side}的假没有哪一条管，别的人员有",
            f"of {group}, leave {side_en} than that of {norm.id} falls under no norm; that of others does",
        ),
        fix=Text("对照原文，补上这一段，或把 groups 写全。", "Add that length, or name all groups."),
    )


def _problem(seam: Seam, own: list[tuple[Route, LeaveApproval]]) -> Problem:
    first, second = own[seam.first][1], own[seam.second]
    said = "没有哪一条管" if seam.kind == "gap" else "有两条都管"
    said_en = "falls under neither" if seam.kind == "gap" else "falls under both"
    return Problem(
        where=(*second[0], "length"),
        message=Text(
            f"{seam.where} 的假{said}：{first.id} 与 {second[1].id} 没有首尾相接",
            f"leave of {seam.where} {said_en}: {first.id} and {second[1].id} do not meet",
        ),
        fix=Text("对照原文，让前一条的终点与后一条的起点相同，只有一个含本数。", "Make both ends meet."),
    )
