"""同一件事只有一条算数

有的规范点，计算时同一件事只取一条：一档只有一个公示期，一种考核期只有一种合成办法，同一个人同一天只有一种工时要求。
写了两条又没有说取哪一条的，过去是先写的或后写的算数，写的人不知道。这里找同一天、同一地、说同一件事的两条；
分人员、分星期、分环节的，彼此不重叠就不算两条。后来的文件取代先前的，写 relations 的 replaces；区、县收紧的，用同样的标识。
"""

from collections.abc import Iterator

from banshi.checking.declared_uses import SINGLE
from banshi.checking.loaded import PolicyFile
from banshi.checking.rules import Problem, Text
from banshi.law.instruments import Placed
from banshi.law.norms import Norm
from banshi.law.uses import Single

TITLE = Text("同一件事只有一条算数", "One norm decides one thing")
SUBJECT = "policy"
SEVERITY = "error"
BASIS = ()
_TWO = """
governs: [attendance]
provisions:
  - id: "2"
    label: 第二条
    heading: 工时
    source: {lines: [1, 2]}
    norms:
      - {id: eight, kind: working_time, statement: "每天{at_least}。", at_least: {value: 8, unit: 小时}, weekdays: [1, 2, 3, 4]}
      - {id: seven, kind: working_time, statement: "{at_least}。", at_least: {value: 7, unit: 小时}, weekdays: [DAY, 6]}
readings: []
"""
GOOD = _TWO.replace("DAY", "5")
BAD = _TWO.replace("DAY", "4")  # 星期四既要 8 小时又要 7 小时

_Pairs = Iterator[tuple[Placed[Norm], Placed[Norm]]]


def check(policy: PolicyFile) -> Iterator[Problem]:
    """Each norm of the file against those that stand beside it from its first day, and that come before it."""
    if not policy.version.normative:
        return
    routes = {norm.id: route for route, norm in policy.norms()}
    told: set[tuple[str, str]] = set()
    for subject in policy.version.subjects:
        law = policy.law(subject)
        mine = [placed.norm for placed in law.norms if placed.version.instrument == policy.version.instrument]
        for single in SINGLE:
            if not any(map(single.selector.takes, mine)):
                continue
            taken = [placed for placed in law.norms if single.selector.takes(placed.norm)]
            for one, other in _pairs(single, taken, policy.version.instrument):
                own = next((p for p in (other, one) if p.version.instrument == policy.version.instrument), None)
                if own and (one.norm.id, other.norm.id) not in told and own.norm.id in routes:
                    told.add((one.norm.id, other.norm.id))
                    yield _problem((*routes[own.norm.id], "id"), own, other if own is one else one)


def _pairs(single: Single, taken: list[Placed[Norm]], instrument: str) -> _Pairs:
    """Those of which one is of an instrument, in the order of the texts."""
    own = list[Placed[Norm]]()
    for n, other in enumerate(taken):
        mine = other.version.instrument == instrument
        for one in taken[:n] if mine else own:
            if single.both(one.norm, other.norm):
                yield one, other
        own += [other] if mine else []


def _problem(where: tuple[str | int, ...], own: Placed[Norm], other: Placed[Norm]) -> Problem:
    elsewhere = "" if other.version.instrument == own.version.instrument else f"（{other.version.instrument}）"
    return Problem(
        where=where,
        message=Text(
            f"{own.norm.id} 和 {other.norm.id}{elsewhere} 说的是同一件事，只能取一条，没有写取哪一条",
            f"{own.norm.id} and {other.norm.id} ({other.version.instrument}) decide the same thing; nothing says which holds",
        ),
        fix=Text(
            "合成一条，或写明各管谁、各管哪些天；新文件取代旧文件的，写在 relations 的 replaces 里。",
            "Make one of them, or say for whom and when each holds; what is replaced is named in relations.",
        ),
    )
