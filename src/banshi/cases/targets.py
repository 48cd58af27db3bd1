"""The log against the targets of the law in force: each a decision with reasons, citations and other readings."""

import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import partial
from typing import Literal

from banshi.cases.forms import Log
from banshi.cases.measures import BY_STATUTE, MEASURES, Counts, Left, Measure, Seen, Share, both, in_system, share
from banshi.cases.ranges import compared_with, count_range, left_said, percentage, rate_range, reach, undecided_by
from banshi.cases.tally import Tally
from banshi.cases.words import LEVELS
from banshi.cases.words import MEASURES as NAMES
from banshi.decisions import Alternative, Decision, Reason
from banshi.findings import Citation
from banshi.instruments import Placed
from banshi.library import Law
from banshi.norms import Bounds, Classification, Scope, Target
from banshi.text import Text

SUBJECT = "parallel"
Verdict = Literal["met", "missed", "soft_missed", "undetermined"]
VERDICTS: dict[Verdict, Text] = {
    "met": Text("达到", "met"),
    "missed": Text("未达到", "missed"),
    "soft_missed": Text("软目标未达到（提示）", "soft target missed (note)"),
    "undetermined": Text("不能判定", "not determined"),
}
# Which office of the instrument a log of a level belongs to.
_OFFICES = {"county": "county_centre", "city": "city_centre"}
PARALLEL_SHARE, TIME_SAVED, OVERDUE = "parallel_share", "time_saved", "overdue_cases"
EXPO = "expo_project"


@dataclass(frozen=True, slots=True)
class Judged:
    """A target with the share that the log gives, and whether it is met (None: not determined)."""

    placed: Placed[Target]
    share: Share
    met: Decision[bool]
    rate: bool = True

    @property
    def verdict(self) -> Verdict:
        """达到, 未达到, 软目标未达到（提示） or 不能判定."""
        if self.met.value is None:
            return "undetermined"
        if self.met.value:
            return "met"
        return "soft_missed" if self.placed.norm.soft else "missed"

    @property
    def value(self) -> Fraction | int | None:
        """The share, or the count."""
        if not self.rate:
            return self.share.hits if self.share.complete else None
        return self.share.value


def addressed(log: Log, law: Law) -> Decision[bool]:
    """Whether the law's targets are set for centres of the log's level; None where the level is not stated."""
    scope = law.one(Scope)
    cite = scope.cite if scope else None
    if log.level is None:
        return Decision(None, (Reason(_NO_LEVEL, cite),))
    office = law.offices.get(_OFFICES[log.level])
    names = (office.name, *office.also) if office else ()
    meant = scope is None or any(subject in names for subject in scope.norm.subjects)
    level = LEVELS[log.level]
    said = "适用" if meant else "不适用（市和区、县的指标不互相代用）"
    english = "apply" if meant else "do not apply (the figures of the two levels are kept apart)"
    text = Text(f"指标对{level.zh}一级的政务服务中心{said}", f"the targets {english} to a centre at {level.en} level")
    return Decision(meant, (Reason(text, cite),))


def judge(log: Log, tally: Tally, counts: Counts, law: Law, left: Left) -> Iterator[Judged]:
    """Every target of the law that is set for centres of the log's level; ``left``: what was not counted."""
    if not addressed(log, law).value:
        return
    for placed in law.all(Target):
        if placed.norm.measure == TIME_SAVED:
            yield _time_saved(placed, tally, left)
        elif EXPO in placed.norm.cases:
            yield _signed_projects(placed, log, tally, law, left)
        else:
            yield _judged(placed, counts, law, tally, left)


def holding_from(targets: list[Target]) -> list[datetime.date]:
    """The days from which targets hold, in order."""
    return sorted({target.holds_from for target in targets if target.holds_from})


def _judged(placed: Placed[Target], counts: Counts, law: Law, tally: Tally, left: Left) -> Judged:
    target = placed.norm
    measure = _measure(target)
    if measure is None or any(name not in _CLASSES for name in target.cases):
        text = Text("没有算这一指标的办法", "there is no way to compute this measure")
        return Judged(placed, Share(0, 0), Decision(None, (Reason(text, placed.cite),)))
    among = partial(_belongs, target, tally)
    found = share(counts, measure, among, left)
    reasons = [Reason(_counted(found, measure), placed.cite)]
    if target.holds_from:
        day = target.holds_from
        reasons.append(Reason(Text(f"只计 {day} 起受理的", f"only cases accepted from {day} on"), placed.cite))
    met = _compared(found, target.bound, measure, law)
    return Judged(
        placed,
        found,
        Decision(
            met.value, (*reasons, *met.reasons), _otherwise(placed, share(counts, BY_STATUTE, among, left), met.value)
        ),
        measure.rate,
    )


def _measure(target: Target) -> Measure | None:
    return in_system(target.system.value) if target.system else MEASURES.get(target.measure)


def _belongs(target: Target, tally: Tally, one: Seen) -> bool | None:
    """Whether a target speaks of a sort of case; of the share in parallel, parallel or not."""
    if not one.judged or (target.holds_from and one.era <= list(tally.eras).index(target.holds_from)):
        return False
    kind = _any_of(_CLASSES[name](one) for name in target.cases) if target.cases else True
    return kind if target.measure == PARALLEL_SHARE else both(kind, one.parallel)


def _any_of(values: Iterator[bool | None]) -> bool | None:
    found = list(values)
    return True if True in found else None if None in found else False


def _of_kind(kind: str, one: Seen) -> bool:
    return one.kind == kind


def _domestic(one: Seen) -> bool | None:
    return both(one.kind == "enterprise_registration", one.domestic_new)


_CLASSES: dict[str, Callable[[Seen], bool | None]] = {
    **{kind: partial(_of_kind, kind) for kind in ("investment_project", "enterprise_registration", "multi_department")},
    "domestic_enterprise_registration": _domestic,
}


def _compared(found: Share, bound: Bounds | None, measure: Measure, law: Law) -> Decision[bool]:
    """A share against its bound; where not all is stated, the least and the most that it can be are compared."""
    if bound is None:
        return Decision(None, (Reason(_NO_FIGURE),))
    ends = reach(found, rate=measure.rate)
    if ends is None:
        return _zero_denominator(law)
    scale = 100 if measure.rate and bound.unit == "%" else 1
    met = compared_with(bound, ends, scale)
    return Decision(met, () if met is not None else (Reason(undecided_by(found)),))


def _zero_denominator(law: Law) -> Decision[bool]:
    taken = law.taken("zero-denominator")
    text = Text("没有可计的件，比率不能判定", "nothing to count, so the rate is not determined")
    return Decision({"full": True, "zero": False}.get(taken), (Reason(text),))


def _otherwise(placed: Placed[Target], found: Share, met: bool | None) -> tuple[Alternative[bool], ...]:
    """Overdue by the statutory limit alone (``found``), where that leads elsewhere (AMB-75)."""
    if placed.norm.measure != OVERDUE or placed.norm.bound is None or met is None:
        return ()
    ends = reach(found, rate=False)
    other = compared_with(placed.norm.bound, ends) if ends else None
    if other is None or other == met:
        return ()
    text = Text(
        f"若只比法定时限，超期 {found.hits} 件",
        f"by the statutory limit alone, {found.hits} cases are overdue",
    )
    return (Alternative("which-limit", "statutory", other, text),)


def _counted(found: Share, measure: Measure) -> Text:
    name = NAMES[measure.name]
    more = _open(found, measure)
    if not measure.rate:
        return Text(
            f"{name.zh} {found.hits} 件（共 {found.of} 件{more.zh}）",
            f"{name.en}: {found.hits} (of {found.of} cases{more.en})",
        )
    percent = f" = {percentage(found.value)}" if found.value is not None else ""
    return Text(
        f"{name.zh} {found.hits}/{found.of}{percent}{more.zh}", f"{name.en} {found.hits}/{found.of}{percent}{more.en}"
    )


def _open(found: Share, measure: Measure) -> Text:
    """What is not stated or was not read, and the range that leaves."""
    unstated = found.unsure + found.outside
    more = Text(f"，{unstated} 件没有写明", f", {unstated} not stated") if unstated else Text("", "")
    if found.left:
        what, span = left_said(found.left), rate_range(found) if measure.rate else count_range(found)
        more = Text(f"{more.zh}，{what.zh}，全部算上是 {span}", f"{more.en}, {what.en}: {span} with them")
    return more


def bound_of_departments(law: Law) -> Bounds | None:
    """How many departments make a case one of several departments."""
    found = (p.norm for p in law.all(Classification))
    return next((norm.bound for norm in found if norm.measure == "departments"), None)


# signed fair projects


def _signed_projects(placed: Placed[Target], log: Log, tally: Tally, law: Law, left: Left) -> Judged:
    if log.signed_projects is None:
        return Judged(placed, Share(0, 0), Decision(None, (Reason(_NO_LIST, placed.cite),)))
    missing = missing_projects(log, tally)
    total = len(log.signed_projects)
    maybe = len(missing) if left.open else min(len(missing), left.rows)  # projects that an unread row may be of
    found = Share(total - len(missing), total, maybe)
    text = Text(
        f"签约项目 {total} 个，已纳入并联审批 {found.hits} 个",
        f"{found.hits} of {total} signed projects are in parallel",
    )
    met = _compared(found, placed.norm.bound, MEASURES[PARALLEL_SHARE], law)
    reasons = (Reason(text, placed.cite), *((Reason(_MAYBE_THERE),) if maybe else ()), *met.reasons)
    return Judged(placed, found, Decision(met.value, reasons))


def missing_projects(log: Log, tally: Tally) -> list[int]:
    """Which of the listed signed projects have no case in parallel: their numbers in the list."""
    seen = {name for name, project in tally.projects.items() if project.parallel}
    return [n for n, project in enumerate(log.signed_projects or ()) if project.id not in seen]


# time saved: reported, never judged


def _time_saved(placed: Placed[Target], tally: Tally, left: Left) -> Judged:
    together, apart = (_days(placed.norm, tally, parallel) for parallel in (True, False))
    basis: Citation = placed.cite
    if left:
        return Judged(placed, Share(0, 0), Decision(None, (Reason(left_said(left), basis), Reason(_NO_FIGURE, basis))))
    if not together[1] or not apart[1] or not apart[0]:
        text = Text("没有可比的并联件和一般件", "there are no parallel and other cases to compare")
        return Judged(placed, Share(0, 0), Decision(None, (Reason(text, basis), Reason(_NO_FIGURE, basis))))
    saved = 1 - Fraction(*together) / Fraction(*apart)
    text = Text(
        f"平均用时（日历日）：并联 {_mean(together)}，一般 {_mean(apart)}；快出 {_signed(saved)}",
        f"mean calendar days: parallel {_mean(together)}, others {_mean(apart)}; {_signed(saved)} saved",
    )
    return Judged(placed, Share(0, 0), Decision(None, (Reason(text, basis), Reason(_NO_FIGURE, basis))))


def _days(target: Target, tally: Tally, parallel: bool) -> tuple[int, int]:
    found = [tally.days_taken[kind, parallel] for kind in target.cases if (kind, parallel) in tally.days_taken]
    return sum(days for days, _ in found), sum(number for _, number in found)


def _mean(taken: tuple[int, int]) -> str:
    return f"{Decimal(taken[0]) / Decimal(taken[1]):.1f}"


def _signed(value: Fraction) -> str:
    return percentage(value) if value >= 0 else f"-{percentage(-value)}"


_NO_LEVEL = Text(
    "没有写明是市还是区、县的中心（level），不知道指标是否适用",
    "it is not stated whether this is a city's or a county's centre (level)",
)
_NO_FIGURE = Text("原文没有幅度或数字，只列出，不判定", "the text gives no figure; reported, not judged")
_MAYBE_THERE = Text("缺的可能在没有计入的办件里", "those missing may be among the cases that were not counted")
_NO_LIST = Text(
    "没有签约项目名单（signed_projects），不知道是否全部纳入", "there is no list of signed projects (signed_projects)"
)
