"""区、县额度不得宽于市的规定

区、县可以另定审批额度，但只能更严：同一档的金额上限不得高于市的上限，下限也不得高于市的下限。
否则本应报上一级审批的变更，会在区、县按较宽的一档办理。

报批表按两者中较严的核对：区、县写宽了的档次不用，仍用市的。

看区、县文件中与市文件同名（同一标识）的规范点，以及在 relations 的 replaces 里写明取代市文件的规范点：市文件没有列为可以另定的，
区、县写了不起作用；列了的，时限只能更短（起算、顺延、不计的日子也不能放宽），公示期只能更长，程序只能增加环节，额度、时段、计次、指标
只能更严，比不出宽严的不起作用；市文件写明可严可宽（may_be: otherwise）的除外。区、县不能废止市的文件。

施行以后市的规定改严了，区、县的规定因此不再起作用的，是警告，写明从哪天起。
"""

import datetime
from collections.abc import Iterator

from msgspec.structs import replace

from banshi.base.money import round_sum
from banshi.checking.loaded import PolicyFile
from banshi.checking.rules import Problem, Severity, Text
from banshi.files.findings import Route
from banshi.law.instruments import Placed
from banshi.law.library import Law
from banshi.law.norms import ApprovalTier, Bound, LocalLimit, Norm, Period, Procedure
from banshi.law.norms.base import titles_of
from banshi.law.overlays import (
    LENGTHS,
    free_to_loosen,
    is_below,
    length_of,
    listed,
    longer,
    looser,
    may_replace,
    may_stand,
)
from banshi.law.strictness import loosened

TITLE = Text("区、县额度不得宽于市的规定", "A county's limits are no looser than its city's")
SUBJECT = "policy"
SEVERITY = "error"
BASIS = ("local_limit",)
_COUNTY = """
instrument: luzhou/example/change-management
jurisdiction: luzhou/example
jurisdiction_name: 样例县（虚构）
readings: []
tiers: {}
steps: {}
provisions:
  - id: "1"
    label: 一
    heading: 本县额度
    source: {lines: [1, 1]}
    norms:
      - id: finance-tier
        kind: approval_tier
        statement: "{amount}的，由县财政部门批准。"
        tier: finance
        measure: larger_of_single_and_cumulative
        amount: {lower: {value: 0, inclusive: false}, upper: {value: LIMIT, inclusive: true}, unit: 元}
      - id: government-tier
        kind: approval_tier
        statement: "{amount}的，由县政府批准。"
        tier: government
        measure: larger_of_single_and_cumulative
        amount: {lower: {value: LIMIT, inclusive: false}, upper: {value: 500000, inclusive: true}, unit: 元}
"""
GOOD = _COUNTY.replace("LIMIT", "80000")
BAD = _COUNTY.replace("LIMIT", "150000")


def check(policy: PolicyFile) -> Iterator[Problem]:
    """Each tier of an overlay against the city's tier of the same id."""
    yield from _by_relation(policy)
    told = set[tuple[Route, str]]()
    for day, law in policy.laws_above():
        for problem in _against(policy, law):
            if (key := (problem.where, problem.message.zh)) not in told:
                told.add(key)
                yield problem if day == policy.version.begins else _from_then_on(problem, day)


def _from_then_on(problem: Problem, day: datetime.date) -> Problem:
    message = Text(
        f"自 {day} 起（上级的规定改了）：{problem.message.zh}",
        f"from {day} (the higher text changes): {problem.message.en}",
    )
    return replace(problem, message=message, severity=Severity.WARNING)


def _against(policy: PolicyFile, law: Law) -> Iterator[Problem]:
    """The text beside the law above it on a day."""
    limit = law.one(LocalLimit)
    if limit is None:
        return
    # A boundary between two tiers is the upper end of one and the lower end of the other: it is said once.
    shared = [_opposite(n.amount.upper) for _, n in policy.norms() if isinstance(n, ApprovalTier) and n.amount.upper]
    for route, norm in policy.norms():
        theirs = law.placed.get(norm.id)
        if theirs is None:
            continue
        free = listed(theirs, law.all(LocalLimit))
        if (
            free
            and not free_to_loosen(theirs, law.all(LocalLimit))
            and isinstance(norm, ApprovalTier)
            and isinstance(theirs.norm, ApprovalTier)
            and _alike(norm, theirs.norm)
        ):
            yield from _looser(norm, theirs, limit, (*route, "amount"), law, shared)
        elif not may_stand(replace(theirs, norm=norm), theirs, law.all(LocalLimit)):
            yield _void(norm, theirs, limit, route) if free else _unlisted(norm, theirs, limit, route)


def _by_relation(policy: PolicyFile) -> Iterator[Problem]:
    """What is to take the place of a higher text's norms under other ids, or to end it."""
    version = policy.version
    for n, relation in enumerate(version.relations):
        above = policy.library.version_at(relation.instrument, version.begins) if relation.instrument else None
        if above is None or not is_below(version.jurisdiction, above.jurisdiction):
            continue
        if relation.kind == "repeals":
            said = Text(
                f"下级的文件不能废止上级的 {above.instrument}", f"it cannot repeal {above.instrument}, a higher text"
            )
            yield Problem(where=("relations", n, "kind"), message=said, fix=_NO_END, basis=(above.cite,))
        for norm, ours in relation.replaces.items():
            if not may_replace(version.placed, ours, above.placed, norm):
                yield Problem(
                    where=("relations", n, "replaces", norm),
                    at_key=True,
                    message=Text(
                        f"{'、'.join(ours)} 不能取代上级的 {norm}：没有列为可以另定的，或者宽于上级的规定，不起作用",
                        f"{', '.join(ours)} cannot stand in the place of {norm}: not let be laid down otherwise, or looser",
                    ),
                    fix=_ONLY_STRICTER,
                    basis=tuple(p.cite for p in above.placed if p.norm.id == norm or isinstance(p.norm, LocalLimit)),
                )


_NO_END = Text("改成 implements（贯彻）一类的关系。", "State another relation, for example implements.")
_ONLY_STRICTER = Text(
    "只取代上级 local_limit 列出的规范点，并且不宽于它（额度不高，时限不长、算法不松，公示期不短）。",
    "Replace only what the higher text lists in local_limit, by what is no looser.",
)


def _alike(mine: ApprovalTier, theirs: ApprovalTier) -> bool:
    return mine.scale[:3] == theirs.scale[:3]


def _unlisted(norm: Norm, theirs: Placed[Norm], limit: Placed[LocalLimit], where: Route) -> Problem:
    message = Text(
        f"{norm.id} 不是上级列为可以另定的规范点，不起作用",
        f"{norm.id} is none of the norms that the higher text lets be laid down otherwise: it has no effect",
    )
    return Problem(where=where, message=message, fix=_OWN_ID, basis=(limit.cite, theirs.cite))


def _void(norm: Norm, theirs: Placed[Norm], limit: Placed[LocalLimit], where: Route) -> Problem:
    """A norm that takes the place of none: what it says is longer, or measured otherwise."""
    if isinstance(theirs.norm, Procedure):
        message = Text(
            f"{norm.id} 少了上级规定的环节，或换了次序、机关，不起作用；只能增加环节",
            f"{norm.id} lacks a step of the higher procedure, or changes order or office: void; steps may only be added",
        )
        return Problem(where=where, message=message, fix=_ALL_STEPS, basis=(limit.cite, theirs.cite))
    if by := loosened(norm, theirs.norm):
        said = "、".join(titles_of(type(norm))[field] for field in by)
        return Problem(
            where=(*where, by[0]),
            message=Text(
                f"{norm.id} 的{said}比上级规定的宽，不起作用",
                f"{norm.id} is looser than the higher norm ({', '.join(by)}): it has no effect",
            ),
            fix=_NO_LOOSER,
            basis=(limit.cite, theirs.cite),
        )
    mine, allowed = length_of(norm), length_of(theirs.norm)
    if mine is None or allowed is None:
        message = Text(
            f"{norm.id} 与上级规定量的不是同一个数，比不出宽严，不起作用",
            f"{norm.id} is measured otherwise than the higher norm: it has no effect",
        )
        return Problem(where=where, message=message, fix=_AS_ABOVE, basis=(limit.cite, theirs.cite))
    public = isinstance(theirs.norm, Period) and theirs.norm.of == "publicity"  # the longer, the stricter
    if not (longer(allowed, mine) if public else longer(mine, allowed)):
        return Problem(where=where, message=_counted(norm, public), fix=_COUNT_ALIKE, basis=(limit.cite, theirs.cite))
    than, way = ("短", "least") if public else ("长", "most")
    return Problem(
        where=(*where, next(name for name in LENGTHS if getattr(norm, name, None) is mine)),
        message=Text(
            f"{norm.id} 是{mine.phrase({})}，可能{than}于上级规定的{allowed.phrase({})}，不起作用",
            f"{norm.id} is {mine.value} {mine.unit}, the higher norm {allowed.value} {allowed.unit} at {way}: void",
        ),
        fix=Text(f"改为不{than}于{allowed.phrase({})}。", f"Use {allowed.value} {allowed.unit} at {way}."),
        basis=(limit.cite, theirs.cite),
    )


def _counted(norm: Norm, public: bool) -> Text:
    return Text(
        f"{norm.id} 不{'短' if public else '长'}，但是算法比上级规定的宽（起算日、顺延、不计的日子、所管的环节），不起作用",
        f"{norm.id} is no {'shorter' if public else 'longer'}, but counted more loosely than the higher norm: it has no effect",
    )


_COUNT_ALIKE = Text("照上级规定的算法写，只改长短。", "Count as the higher norm does, and change the length alone.")
_OWN_ID = Text(
    "照上级的规定办，删去它；说的是另一件事的，换一个标识。", "Leave it out, or use another id for another matter."
)
_ALL_STEPS = Text("写全上级的各环节，再加自己的。", "Keep every step of the higher procedure, and add your own.")
_NO_LOOSER = Text("改为不宽于上级规定的。", "Be no looser than the higher norm.")
_AS_ABOVE = Text("照上级规定的量法写，或换一个标识。", "Measure as the higher norm does, or use another id.")


def _looser(
    norm: ApprovalTier,
    theirs: Placed[ApprovalTier],
    limit: Placed[LocalLimit],
    where: tuple[str | int, ...],
    law: Law,
    shared: list[Bound | None],
) -> Iterator[Problem]:
    for end in ("upper", "lower") if norm.amount.lower not in shared else ("upper",):
        mine, city = getattr(norm.amount, end), getattr(theirs.norm.amount, end)
        if looser(mine, city, end):
            said, allowed = _said(mine), _said(city)
            yield Problem(
                where=(*where, end),
                message=Text(
                    f"“{law.tier_name(norm.tier).zh}”一档的{'上限' if end == 'upper' else '下限'}为{said}，宽于市规定的{allowed}",
                    f"the {end} end of tier {norm.tier} is {said}, looser than the city's {allowed}",
                ),
                fix=Text(
                    f"改为不高于{allowed}；区、县只能更严。", f"Use {allowed} at most; a county may only be stricter."
                ),
                basis=(limit.cite, theirs.cite),
            )


def _opposite(bound: Bound | None) -> Bound | None:
    return bound and Bound(value=bound.value, inclusive=not bound.inclusive)


def _said(bound: Bound | None) -> str:
    return "不限" if bound is None else f"{round_sum(bound.value)}（{'含' if bound.inclusive else '不含'}）"
