"""The log against the targets of the law in force: each a decision with reasons, citations and other readings."""

import datetime
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from banshi.base.text import Text
from banshi.law.decisions import Alternative, Decision, Reason
from banshi.law.instruments import Placed
from banshi.law.library import Law
from banshi.law.norms import Bounds, Classification, Scope, Target
from banshi.law.otherwise import OtherAnswer, about, elsewhere
from banshi.subjects.cases.beside import Beside, LogBeside, months_of
from banshi.subjects.cases.forms import Case, Log
from banshi.subjects.cases.groups import Group, as_in_tables, groups, has, whole_quarters
from banshi.subjects.cases.judged_target import OF_NOTHING, OPEN, JudgedTarget, compared
from banshi.subjects.cases.measures import (
    BY_STATUTE,
    MEASURES,
    CaseMeasure,
    CaseShare,
    Counts,
    Left,
    Seen,
    Test,
    both,
    evaluated,
    in_system,
    negated,
    share,
)
from banshi.subjects.cases.other_targets import signed_projects, time_saved
from banshi.subjects.cases.ranges import count_range, left_said, percentage, rate_range, reach, rounded_share
from banshi.subjects.cases.tally import CaseTally
from banshi.subjects.cases.vocabulary import Vocabulary
from banshi.subjects.cases.words import LEVELS
from banshi.subjects.cases.words import MEASURES as NAMES

TIME_SAVED, OVERDUE, ON_TIME = "time_saved", "overdue_cases", "on_time_rate"
PROMISED_LIMITS = "promised_limits"  # of a catalogue's items, not of cases


def addressed(log: Log, law: Law) -> Decision[bool]:
    """Whether the law's targets are set for centres of the log's level; None where the level is asked and not stated."""
    scopes = law.all(Scope)
    scope = next((placed for placed in scopes if placed.norm.levels), scopes[0] if scopes else None)
    cite, levels = (scope.cite, scope.norm.levels) if scope else (None, ())
    if log.level is None:
        said = _ANY_LEVEL if not levels else _NO_LEVEL
        return Decision(None if levels else True, (Reason(said, cite),))
    meant, level = not levels or log.level in levels, LEVELS[log.level]
    said_zh = "适用" if meant else "不适用（市和区、县的指标不互相代用）"
    english = "apply" if meant else "do not apply (the figures of the two levels are kept apart)"
    text = Text(
        f"指标对{level.zh}一级的政务服务中心{said_zh}", f"the targets {english} to a centre at {level.en} level"
    )
    return Decision(meant, (Reason(text, cite),))


def judge(
    log: Log,
    tally: CaseTally,
    counts: Counts,
    law: Law,
    left: Left,
    as_of: datetime.date,
    beside: Beside | None = None,
) -> Iterator[JudgedTarget]:
    """Every target of the law that is set for centres of the log's level, group by group.

    ``left``: what was not counted; ``beside``: what other logs of the centre hold.
    """
    if not addressed(log, law).value:
        return
    for placed in law.all(Target):
        target = placed.norm
        if target.measure == TIME_SAVED:
            yield time_saved(placed, tally, left)
        elif any(of_projects(name, tally.words) for name in target.cases):
            yield signed_projects(placed, log, tally, left, beside.parallel if beside else frozenset())
        elif target.measure != PROMISED_LIMITS:
            logs = tuple(beside.logs) if beside else ()
            view = View(placed, tally, law, left, logs, beside.by_group(target) if beside else {})
            found = [g for g in groups(target, tally, counts, as_of) if not target.by or _spoken_of(view, g)]
            yield from _grouped(view, found)
            yield from _without_cases(view, log, found)


def of_projects(name: str, words: Vocabulary) -> bool:
    """Whether a class of case is that of the projects that the log lists."""
    return name in words.classes and words.classes[name].listed_projects


def touches(target: Target, case: Case, words: Vocabulary) -> bool:
    """Whether an overdue case counts against a target."""
    if target.measure not in (OVERDUE, ON_TIME):
        return False
    if target.where and target.where.parallel is not None and bool(case.parallel) is not target.where.parallel:
        return False
    stated = words.flags_of(case)
    known = [name for name in target.cases if words.knows(name)]
    return not target.cases or any(words.belongs(name, case.kind, stated) for name in known)


def holding_from(targets: list[Target]) -> list[datetime.date]:
    """The days from which targets hold, in order."""
    return sorted({target.holds_from for target in targets if target.holds_from})


class View(Struct, frozen=True):
    """A target with the log that it is asked of.

    ``beside``: other logs of the centre; ``more``: what they hold of each group.
    """

    placed: Placed[Target]
    tally: CaseTally
    law: Law
    left: Left
    beside: Sequence[LogBeside] = ()
    more: Mapping[Any, Counts] = field(default_factory=dict)

    @property
    def target(self) -> Target:
        """What is asked."""
        return self.placed.norm

    def left_of(self, group: Group) -> Left:
        """What was not counted of a group; of its months other logs may hold more."""
        months = months_of(self.target, group)
        logs = [each for each in self.beside if not each.overlaps and each.bears_on(months)]
        strange = self.left.strange + sum(each.strange for each in logs)
        return replace(self.left, open=self.left.open or any(each.open for each in logs), strange=strange)

    def share_of(self, group: Group, measure: CaseMeasure) -> CaseShare:
        """The share of a group that a measure gives."""
        among, more = partial(_belongs, self, group), self.more.get(group.key, {})
        return share(group.counts, measure, among, self.left_of(group), more)


def _grouped(view: View, found: list[Group]) -> Iterator[JudgedTarget]:
    """Each group; months of too few cases by themselves, or in their quarter, as the target says."""
    target = view.target
    if target.at_least_cases is None or "month" not in target.by:
        yield from (_judged(view, group) for group in found if not _empty(view, group))
        return
    short: dict[object, bool] = {}  # the quarters that are held to it, and whether that is certain
    for group in found:
        many = _enough(view, group, target.at_least_cases)
        if many is None or (not many and target.too_few == "not_determined"):
            yield _too_few(view, group, target.at_least_cases)
        elif many:
            yield _judged(view, group)
        if many is not True and not _empty(view, group):
            key = next(whole_quarters([group])).key
            short[key] = short.get(key, False) or many is False
    for group in whole_quarters(found) if target.too_few == "quarter" else ():
        if group.key in short:
            yield _judged(view, group) if short[group.key] else _too_few(view, group, target.at_least_cases)


def _spoken_of(view: View, group: Group) -> bool:
    """Whether some case of a group may be one that the target speaks of."""
    return any(_belongs(view, group, one) is not False for one in group.counts)


_FINISHED = CaseMeasure("finished", lambda one: one.finished, lambda one: one.finished)


def _enough(view: View, group: Group, least: int) -> bool | None:
    """Whether so many cases of a group are finished; None where that depends on what is not known."""
    found = view.share_of(group, _FINISHED)
    left = found.left
    if found.of - left.twice - left.doubtful >= least:
        return True
    most = None if left.open else found.of + found.outside + left.rows + left.doubtful + left.elsewhere
    return False if most is not None and most < least else None


def _empty(view: View, group: Group) -> bool:
    """Whether these are open cases, of which the measure says nothing."""
    measure = _measure(view.target)
    found = share(group.counts, measure, partial(_belongs, view, group)) if measure and group.open else None
    return found is not None and not found.of and not found.outside


def _too_few(view: View, group: Group, least: int) -> JudgedTarget:
    words, cite = view.tally.words, view.placed.cite
    found, said = view.share_of(group, _FINISHED), group.said(words)
    left = found.left
    more = Text("，还有不能确定的", ", and some uncertain") if found.outside or left else Text("", "")
    text = Text(
        f"{said.zh}：办结 {found.of} 件{more.zh}；各月单独判定要 {least} 件以上（含 {least} 件）",
        f"{said.en}: {found.of} finished{more.en}; a month needs {least} to be judged alone",
    )
    return JudgedTarget(view.placed, CaseShare(0, 0, left=left), Decision(None, (Reason(text, cite),)), group=group)


def _without_cases(view: View, log: Log, found: list[Group]) -> Iterator[JudgedTarget]:
    """The centre's departments that have no case: what the target says of a rate of nothing."""
    target = view.target
    if "department" not in target.by:
        return
    there = {as_in_tables(dict(group.key)["department"]) for group in found}
    wanted = {as_in_tables(each) for each in target.where.departments} if target.where else set()
    for name in log.departments or ():
        if as_in_tables(name) not in there and (not wanted or as_in_tables(name) in wanted):
            yield _of_nothing(view, Group((("department", name),), {}), name)


def _of_nothing(view: View, group: Group, name: str) -> JudgedTarget:
    """A group without a case; where a row that could not be read may be of it, nothing is known."""
    measure, target = _measure(view.target), view.target
    known = measure is not None and measure.rate and not view.share_of(group, measure).left
    said = OF_NOTHING.get(target.zero_denominator or "", OPEN) if known else OPEN
    text = Text(f"{name}：没有办件，{said[1].zh}", f"{name}: no case, so {said[1].en}")
    met = Decision(said[0], (Reason(text, view.placed.cite),))
    return JudgedTarget(
        view.placed, CaseShare(0, 0), met, group=group, inapplicable=said is OF_NOTHING["not_applicable"]
    )


def _judged(view: View, group: Group) -> JudgedTarget:
    placed, target, words = view.placed, view.target, view.tally.words
    measure = _measure(target)
    if measure is None or not all(words.knows(name) for name in target.cases):
        text = Text("没有算这一指标的办法", "there is no way to compute this measure")
        return JudgedTarget(placed, CaseShare(0, 0), Decision(None, (Reason(text, placed.cite),)))
    found = view.share_of(group, measure)
    reasons = [Reason(_counted(found, measure, target, group.said(words)), placed.cite)]
    if target.holds_from:
        day = target.holds_from
        reasons.append(Reason(Text(f"只计 {day} 起受理的", f"only cases accepted from {day} on"), placed.cite))
    met = compared(found, measure, target)
    decision = Decision(met.value, (*reasons, *met.reasons), _otherwise(view, group, met.value))
    return JudgedTarget(
        placed,
        found,
        decision,
        measure.rate,
        group if target.by else None,
        reach(found, rate=measure.rate) is None and target.zero_denominator == "not_applicable",
    )


_OF: dict[str, Test] = {
    "all": lambda _one: True,
    "finished": lambda one: one.finished,
    "evaluated": lambda one: both(one.finished, evaluated(one)),
}


def _measure(target: Target) -> CaseMeasure | None:
    counted = BY_STATUTE if target.against == "statutory" else MEASURES
    found = in_system(target.system.value) if target.system else counted.get(target.measure)
    if found is None or target.of is None:
        return found
    return CaseMeasure(found.name, _OF[target.of], partial(_inside, found), found.rate)


def _inside(measure: CaseMeasure, one: Seen) -> bool | None:
    """Whether a case is a hit of a measure among what that measure itself is of."""
    return both(measure.scope(one), measure.hit(one))


def _belongs(view: View, group: Group, one: Seen) -> bool | None:
    """Whether a target speaks of a sort of case, and whether that is in a group."""
    target, words = view.target, view.tally.words
    if not one.judged or (target.holds_from and one.era <= list(view.tally.eras).index(target.holds_from)):
        return False
    found = _any_of(words.belongs(n, one.kind, one.flags) for n in target.cases) if target.cases else True
    where = target.where
    if where and where.parallel is not None:
        found = both(found, one.parallel if where.parallel else negated(one.parallel))
    wanted = [
        *(where.flags.items() if where else ()),
        *((n, v) for n, v in group.key if n == "kind" or n in words.flags),
    ]
    for name, value in wanted:
        found = both(found, has(one, name, value, words))
    return found


def _any_of(values: Iterator[bool | None]) -> bool | None:
    found = list(values)
    return True if True in found else None if None in found else False


def _otherwise(view: View, group: Group, met: bool | None) -> tuple[Alternative[bool], ...]:
    """What the target comes to under other readings of it, where that is determined and another verdict."""
    found = []
    for other in elsewhere(view.law, about(view.law, Target)) if met is not None else ():
        norm = next((p.norm for p in other.law.all(Target) if p.norm.id == view.target.id), view.target)
        measure = _measure(norm)
        if norm == view.target or measure is None:
            continue
        read = replace(view, placed=replace(view.placed, norm=norm))
        counted = read.share_of(group, measure)
        there = compared(counted, measure, norm).value
        if there is not None and there != met:
            found.append(Alternative(other.question, other.option, there, _instead(other, norm, counted, met=there)))
    return tuple(found)


def _instead(other: OtherAnswer, norm: Target, found: CaseShare, *, met: bool) -> Text:
    if norm.measure == OVERDUE and norm.against == "statutory":
        return Text(
            f"若只比法定时限，超期 {found.hits} 件",
            f"by the statutory limit alone, {found.hits} cases are overdue",
        )
    return Text(
        f"若按“{other.said}”，则{'达到' if met else '未达到'}",
        f"under the reading “{other.option}”: {'met' if met else 'missed'}",
    )


def _counted(found: CaseShare, measure: CaseMeasure, target: Target, group: Text) -> Text:
    name = NAMES[measure.name]
    more = _open(found, measure)
    zh, en = (f"{group.zh}：", f"{group.en}: ") if target.by else ("", "")
    if not measure.rate:
        return Text(
            f"{zh}{name.zh} {found.hits} 件（共 {found.of} 件{more.zh}）",
            f"{en}{name.en}: {found.hits} (of {found.of} cases{more.en})",
        )
    value = rounded_share(found.value, target)
    figure = f" = {percentage(value)}" if value is not None else ""
    return Text(
        f"{zh}{name.zh} {found.hits}/{found.of}{figure}{more.zh}",
        f"{en}{name.en} {found.hits}/{found.of}{figure}{more.en}",
    )


def _open(found: CaseShare, measure: CaseMeasure) -> Text:
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


_ANY_LEVEL = Text("指标对各级的政务服务中心适用", "the targets apply to centres at any level")
_NO_LEVEL = Text(
    "没有写明是市还是区、县的中心（level），不知道指标是否适用",
    "it is not stated whether this is a city's or a county's centre (level)",
)
