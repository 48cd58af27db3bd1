"""同一辖区的规范点标识不撞

同一辖区里两个文件管同一件事，又有标识相同、都要拿去算的规范点，按标识查（指南、取代、区县另定）时就只找得到其中一个。
上下级辖区标识相同是另一回事：那是区、县对市的规定另作规定。
"""

from collections.abc import Iterator

from banshi.checking.loaded import PolicyFile
from banshi.checking.rules import Problem, Text
from banshi.law.instruments import PolicyVersion
from banshi.law.uses import executable

TITLE = Text("同一辖区的规范点标识不撞", "No two norms of a place share an id")
SUBJECT = "policy"
SEVERITY = "error"
BASIS = ()
_TWO = """
instrument: luzhou/example
jurisdiction: luzhou
version: 2012-01-01
provisions:
  - id: "1"
    label: 一
    heading: 公示
    source: {lines: [1, 1]}
    norms:
      - {id: NAME, kind: period, statement: "公示{length}。", of: publicity, length: {value: 5, unit: 天}, inclusive: true}
readings: []
governs: [change]
"""
GOOD = _TWO.replace("NAME", "example-publicity-period")
BAD = _TWO.replace("NAME", "publicity-period")


def check(policy: PolicyFile) -> Iterator[Problem]:
    """Each norm against those of the instruments that stand beside it."""
    own = policy.version
    if not own.normative:
        return
    for route, norm in policy.norms():
        if executable(norm.kind) and (other := _other(policy, norm.id)):
            yield Problem(
                where=(*route, "id"),
                message=Text(
                    f"{other.instrument} 也有规范点 {norm.id}，两个文件管同一件事，按标识只找得到一个",
                    f"{other.instrument} has a norm {norm.id} too, and governs the same: by its id one of them is found",
                ),
                fix=Text("给其中一个换一个标识；要取代对方的，写在 relations 里。", "Give one of them another id."),
            )


def _other(policy: PolicyFile, norm_id: str) -> PolicyVersion | None:
    """Another instrument of the place that stands beside this one and has a norm of this id."""
    own = policy.version
    there = (
        v for v in reversed(policy.beside) if v.jurisdiction == own.jurisdiction and v.instrument != own.instrument
    )
    return next((v for v in there if _computes(v, norm_id)), None)


def _computes(version: PolicyVersion, norm_id: str) -> bool:
    """Whether a version has a norm of this id that is there to be computed from."""
    return norm_id in version.kinds and executable(version.kinds[norm_id])
