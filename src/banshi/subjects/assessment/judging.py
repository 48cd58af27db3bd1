"""One score rule held against the facts: the mark is kept, lost, lessened, or what happened is not known."""

from decimal import Decimal
from typing import Literal, NamedTuple

from banshi.base.money import plain
from banshi.base.text import Text
from banshi.law.decisions import Reason
from banshi.law.instruments import Placed
from banshi.law.norms import Bounds, Norm, ScoreRule, ScoreSubItem
from banshi.subjects.assessment.book import WORKING_DAYS
from banshi.subjects.assessment.context import Context
from banshi.subjects.assessment.facts import Facts, Rate
from banshi.subjects.assessment.lost_points import by_bands, by_steps, least_share, points_between, units_within
from banshi.subjects.assessment.overdue import spared
from banshi.subjects.assessment.results import exact, kept

Effect = Literal["kept", "zero", "less", "share", "unknown"]
_FINE = 10**8  # the parts of a percent that a bound and its rounding may come to


class MarkOutcome(NamedTuple):
    """What a rule (or another requirement) does to a mark.

    ``less``: ``points`` are taken off; ``share``: only ``rate`` of the full marks is left. ``for_person``: what is
    unknown is not a missing fact but a question that a person answers with a mark. ``at_worst``: of what is unknown,
    the most points that it can take off besides; None where that is the whole mark, whatever the floor. ``worst_rate``:
    of what is unknown, the share of the full marks that it leaves at worst. ``worst_points``: of what may cost the whole
    mark, the points that it takes at worst where it does not. ``spared``: the mark is kept only because
    overdue cases cost more elsewhere. ``digits``: full marks times the rate are rounded to so many decimals. ``rate_said``: a
    rate that was rounded, as it reads (83.3%).
    """

    effect: Effect
    reason: Reason
    points: Decimal = Decimal(0)
    rate: Rate | None = None
    for_person: bool = False
    spared: bool = False
    at_worst: Decimal | None = None
    worst_rate: Rate | None = None
    worst_points: Decimal = Decimal(0)
    digits: int | None = None
    rate_said: str = ""


def judge(rule: Placed[ScoreRule], facts: Facts, context: Context) -> MarkOutcome:
    """What one rule does to its sub-item's mark; where a count may still grow, what all that it may come to have in common."""
    more = facts.open(rule.norm.fact)
    if not more:
        return _limited(rule, _judged(rule, facts, context), context)
    found = [_limited(rule, _judged(rule, facts.with_more(n), context), context) for n in range(more + 1)]
    return _while_open(rule, found, more)


def _limited(rule: Placed[ScoreRule], outcome: MarkOutcome, context: Context) -> MarkOutcome:
    """The outcome within the most points that the rule takes; what is not known is between the fewest and the most."""
    if outcome.effect == "unknown" and outcome.at_worst is None and not outcome.for_person:
        outcome = _between(rule, outcome, context)
    most = rule.norm.at_most
    if most is None:
        return outcome
    outcome = outcome._replace(worst_points=min(outcome.worst_points, most))
    if outcome.at_worst is not None:
        worst = min(outcome.points + outcome.at_worst, most)
        outcome = outcome._replace(at_worst=max(Decimal(0), worst - min(outcome.points, most)))
    if outcome.points <= most:
        return outcome
    text = Text(
        f"{outcome.reason.text.zh}，这一条最多减{plain(most)}分", f"{outcome.reason.text.en}, at most {plain(most)}"
    )
    return outcome._replace(points=most, reason=Reason(text, rule.cite))


def _between(rule: Placed[ScoreRule], outcome: MarkOutcome, context: Context) -> MarkOutcome:
    """An outcome that is not known, with what the rule takes at least and at most, whatever its fact is."""
    stays = _stays_a_rate(rule, context)
    if rule.norm.effect == "multiply":
        share = Rate(int(least_share(rule.norm) * _FINE), 100 * _FINE)
        return outcome._replace(
            at_worst=Decimal(0) if stays else None, worst_rate=share, digits=rule.norm.product_digits
        )
    ends = points_between(rule.norm, context.book.sorts[rule.norm.fact])
    if ends is None:
        return outcome
    if not stays:
        return outcome._replace(worst_points=ends[1])
    fewest = max(outcome.points, ends[0])
    return outcome._replace(points=fewest, at_worst=max(Decimal(0), ends[1] - fewest))


def _stays_a_rate(rule: Placed[ScoreRule], context: Context) -> bool:
    """Whether a rate of nothing, which a rate that is not known may be, takes nothing more than a rate may."""
    if context.book.sorts[rule.norm.fact] != "rate":
        return True
    return rule.norm.if_none == "keep"


def _while_open(rule: Placed[ScoreRule], found: list[MarkOutcome], more: int) -> MarkOutcome:
    """One outcome for a count that may grow by up to ``more``; ``found``: by how much it grows."""
    first, points = found[0], [outcome.points for outcome in found]
    if all(outcome[:1] == first[:1] and outcome[2:] == first[2:] for outcome in found):
        return first
    text = Text(
        f"{first.reason.text.zh}；考勤登记里另有 {more} 起待中心认定或没有读全，不能判定",
        f"{first.reason.text.en}; {more} more are for the centre to decide or were not read, so this is not determined",
    )
    whole = any(outcome.effect == "zero" or outcome.rate for outcome in found)
    return MarkOutcome(
        "unknown", Reason(text, rule.cite), min(points), at_worst=None if whole else max(points) - min(points)
    )


def _judged(rule: Placed[ScoreRule], facts: Facts, context: Context) -> MarkOutcome:
    sort = context.book.sorts[rule.norm.fact]
    if rule.norm.effect in ("by_steps", "banded"):
        return by_figure(rule, facts, context)
    if sort == "amount":
        return _by_amount(rule, facts, context)
    if sort == "found":
        return _by_finding(rule, facts, context)
    if sort == "days":
        return _by_day(rule, facts, context)
    if sort == "rate":
        return _by_rate(rule, facts, context)
    return _by_count(rule, facts, context)


def missing(placed: Placed[Norm], slug: str, context: Context) -> MarkOutcome:
    """A fact that is needed and was not stated (or not in the way it is stated)."""
    name = context.book.name(slug)
    if slug in context.unread:
        said = Text(f"填写的“{name}”（{slug}）没有读出，不能判定", f"what is stated of {slug} was not read")
        return MarkOutcome("unknown", Reason(said, placed.cite))
    text = Text(
        f"没有填写“{name}”（{slug}），不能判定；没有发生的要写明为零",
        f"{slug} is not stated, so this is not determined; what did not happen must be stated as nought",
    )
    return MarkOutcome("unknown", Reason(text, placed.cite))


def _by_finding(rule: Placed[ScoreRule], facts: Facts, context: Context) -> MarkOutcome:
    slug = rule.norm.fact
    found = facts.found(slug)
    if found is None:
        return missing(rule, slug, context)
    name = context.book.name(slug)
    points = rule.norm.points
    if found and rule.norm.effect == "subtract" and points is not None:
        said = Text(f"{name}：有，减{plain(points)}分", f"{slug}: found, less {plain(points)}")
        return MarkOutcome("less", Reason(said, rule.cite), points)
    if found:
        return MarkOutcome("zero", Reason(Text(f"{name}：有，不得分", f"{slug}: found, so no marks"), rule.cite))
    return MarkOutcome("kept", Reason(Text(f"{name}：没有", f"{slug}: not found"), rule.cite))


def _by_day(rule: Placed[ScoreRule], facts: Facts, context: Context) -> MarkOutcome:
    norm, days = rule.norm, facts.days(rule.norm.fact)
    if days is None or norm.bound is None:
        return missing(rule, norm.fact, context)
    reached = sorted(day for day, n in days.items() if norm.bound.contains(Decimal(n)))
    every = bool(reached) and norm.every_day
    lost = set(reached) >= set(context.working_days) if every else bool(reached)
    name, bound = context.book.name(norm.fact), norm.bound.phrase({})
    when = "、".join(f"{day}（{days[day]}{norm.bound.unit}）" for day in reached) or "没有一天"
    text = Text(
        f"{name}达到{bound}的：{when}{'，不得分' if lost else ''}",
        f"{norm.fact} within {bound}: {', '.join(map(str, reached)) or 'on no day'}{'; no marks' if lost else ''}",
    )
    return MarkOutcome("zero" if lost else "kept", Reason(text, rule.cite))


def _by_rate(rule: Placed[ScoreRule], facts: Facts, context: Context) -> MarkOutcome:
    norm, rate = rule.norm, facts.rate(rule.norm.fact)
    if rate is None or norm.bound is None:
        return missing(rule, norm.fact, context)
    if not rate.sound:
        return unsound(rule, norm.fact, rate, context)
    if not norm.bound.contains(rate.rounded(norm.digits)):
        return MarkOutcome("kept", _about(rule, norm.fact, rate, norm.bound, context, "不减", "kept"))
    if norm.effect == "multiply":
        return MarkOutcome(
            "share",
            _about(rule, norm.fact, rate, norm.bound, context, "按比率计", "in proportion"),
            rate=rate.with_digits(norm.digits),
            rate_said="" if norm.digits is None else f"{plain(rate.rounded(norm.digits))}%",
            digits=norm.product_digits,
        )
    return MarkOutcome("zero", _about(rule, norm.fact, rate, norm.bound, context, "不得分", "no marks"))


def unsound(placed: Placed[ScoreRule] | Placed[ScoreSubItem], slug: str, rate: Rate, context: Context) -> MarkOutcome:
    """A rate without a denominator, or of more than everything."""
    name, said = context.book.name(slug), f"{rate.part}/{rate.whole}"
    if rate.whole:
        text = Text(f"{name}写的是 {said}，分子大于分母，不能判定", f"{slug} is {said}: more than all of it")
        return MarkOutcome("unknown", Reason(text, placed.cite))
    if_none = placed.norm.if_none
    if if_none == "keep":
        return MarkOutcome("kept", Reason(Text(f"{name} {said}，按规定不减", f"{slug} is {said}: kept"), placed.cite))
    if if_none == "zero":
        return MarkOutcome(
            "zero", Reason(Text(f"{name} {said}，按规定不得分", f"{slug} is {said}: no marks"), placed.cite)
        )
    if if_none == "not_determined":
        text = Text(f"{name} {said}：没有可计的，不能判定", f"{slug} is {said}: nothing to count, not determined")
        return MarkOutcome("unknown", Reason(text, placed.cite))
    text = Text(f"{name} {said}：没有可计的件数，由人评分", f"{slug} is {said}: nothing to count, so a person decides")
    return MarkOutcome("unknown", Reason(text, placed.cite), for_person=True)


def by_figure(rule: Placed[ScoreRule], facts: Facts, context: Context) -> MarkOutcome:
    """A rule about how far a figure (a rate, an amount, a count) lies: by steps or by bands."""
    norm = rule.norm
    found = _figure(rule, facts, context)
    if isinstance(found, MarkOutcome):
        return found
    points, zh, en = by_bands(norm, found) if norm.effect == "banded" else by_steps(norm, found)
    name, unit = context.book.name(norm.fact), _unit_of(norm)
    said = f"{plain(kept(found))}{unit}"
    text = Text(f"{name} {said}：{zh}", f"{norm.fact} {said}: {en}")
    return MarkOutcome("less", Reason(text, rule.cite), exact(points))


def _unit_of(norm: ScoreRule) -> str:
    bound = norm.bands[0].bound if norm.bands else norm.bound
    return bound.unit if bound else ""


def _figure(rule: Placed[ScoreRule], facts: Facts, context: Context) -> Decimal | MarkOutcome:
    """What the fact comes to; an outcome where that is not known."""
    norm, sort = rule.norm, context.book.sorts[rule.norm.fact]
    if sort == "rate":
        rate = facts.rate(norm.fact)
        if rate is None:
            return missing(rule, norm.fact, context)
        return rate.rounded(norm.digits) if rate.sound else unsound(rule, norm.fact, rate, context)
    amount = facts.amount(norm.fact) if sort == "amount" else facts.stated(norm.fact)
    if amount is None:
        return missing(rule, norm.fact, context)
    return Decimal(amount)


def _by_amount(rule: Placed[ScoreRule], facts: Facts, context: Context) -> MarkOutcome:
    """An amount with decimals: the mark is lost within the bound, or points in proportion to what lies within it."""
    norm, amount = rule.norm, facts.amount(rule.norm.fact)
    if amount is None or norm.bound is None:
        return missing(rule, norm.fact, context)
    name, unit = context.book.name(norm.fact), norm.bound.unit
    said = f"{name} {plain(amount)}{unit}"
    inside = norm.bound.contains(amount)
    if norm.effect != "subtract":
        zh, en = ("不得分", "no marks") if inside else ("不减", "kept")
        return MarkOutcome(
            "zero" if inside else "kept", Reason(Text(f"{said}：{zh}", f"{norm.fact} {plain(amount)}: {en}"), rule.cite)
        )
    low = norm.bound.lower.value if norm.bound.lower else Decimal(0)
    high = min(amount, norm.bound.upper.value) if norm.bound.upper else amount
    within, points = max(Decimal(0), high - low), norm.points or Decimal(0)
    lost = within * points
    zh = f"{plain(within)} × {plain(points)} ＝ 减{plain(lost)}分" if lost else "不减"
    return MarkOutcome(
        "less", Reason(Text(f"{said}：{zh}", f"{norm.fact} {plain(amount)}: less {plain(lost)}"), rule.cite), lost
    )


def _by_count(rule: Placed[ScoreRule], facts: Facts, context: Context) -> MarkOutcome:
    norm, bound = rule.norm, rule.norm.bound
    count = facts.count(norm.fact)
    listed_only = facts.stated(norm.fact) is None and norm.effect == "subtract"
    if count is None or bound is None:
        return missing(rule, norm.fact, context)
    counted = max(0, count - facts.exempt(rule)) + _other(norm, facts)
    if norm.effect == "subtract":
        outcome = (_once if norm.once else _by_unit)(rule, count, counted, context)
        # Listed events say that there were so many at least.
        return missing(rule, norm.fact, context)._replace(points=outcome.points) if listed_only else outcome
    lost = bound.contains(Decimal(counted)) and not _only_some_days(rule, counted, context)
    if facts.stated(norm.fact) is None and not lost:  # listed events say that there were so many at least
        return missing(rule, norm.fact, context)
    if lost and norm.fact in context.book.late and spared(norm.id, facts, context):
        return MarkOutcome("kept", _counted(rule, count, counted, context, *_ELSEWHERE), spared=True)
    return MarkOutcome("zero" if lost else "kept", _counted(rule, count, counted, context, *_LOST[lost]))


def _by_unit(rule: Placed[ScoreRule], count: int, counted: int, context: Context) -> MarkOutcome:
    """Points for each unit within the bound."""
    norm, bound = rule.norm, rule.norm.bound
    assert bound is not None
    units = units_within(counted, bound)
    points = units * (norm.points or Decimal(0))
    zh, en = (f"减{plain(points)}分", f"less {plain(points)}") if units else ("不减", "kept")
    reason = _counted(rule, count, counted, context, f"{units}{bound.unit}在“{bound.phrase({})}”的部分，{zh}", en)
    return MarkOutcome("less", reason, points)


def _once(rule: Placed[ScoreRule], count: int, counted: int, context: Context) -> MarkOutcome:
    """Points that are lost once, however far the count lies within the bound."""
    norm = rule.norm
    assert norm.bound is not None
    points = (norm.points or Decimal(0)) if norm.bound.contains(Decimal(counted)) else Decimal(0)
    zh, en = (f"减{plain(points)}分", f"less {plain(points)}") if points else ("不减", "kept")
    return MarkOutcome("less", _counted(rule, count, counted, context, zh, en), points)


def _other(norm: ScoreRule, facts: Facts) -> int:
    """What counts besides, where it does."""
    slug = norm.other_reading_fact
    return (facts.count(slug) or 0) if slug and norm.counts_other else 0


def _only_some_days(rule: Placed[ScoreRule], counted: int, context: Context) -> bool:
    """Whether a count of working days asks for every working day, and is not that many."""
    norm = rule.norm
    if norm.bound is None or norm.bound.unit != WORKING_DAYS:
        return False
    return norm.every_day and counted < len(context.working_days)


def _counted(rule: Placed[ScoreRule], count: int, counted: int, context: Context, zh: str, en: str) -> Reason:
    norm = rule.norm
    unit = norm.bound.unit if norm.bound else ""
    name = context.book.name(norm.fact)
    less = f"，计 {counted}{unit}" if counted != count else ""
    return Reason(
        Text(f"{name} {count}{unit}{less}：{zh}", f"{norm.fact} {count}{f', counted {counted}' if less else ''}: {en}"),
        rule.cite,
    )


def _about(rule: Placed[ScoreRule], slug: str, rate: Rate, bound: Bounds, context: Context, zh: str, en: str) -> Reason:
    said, name = f"{rate.part}/{rate.whole}", context.book.name(slug)
    digits = rule.norm.digits
    percent = f"{rate.rounded(digits):.4f}".rstrip("0").rstrip(".")
    where = "在" if bound.contains(rate.rounded(digits)) else "不在"
    return Reason(
        Text(
            f"{name} {said}（{percent}%），{where}“{bound.phrase({})}”之内：{zh}",
            f"{slug} {said} ({percent}%): {en}",
        ),
        rule.cite,
    )


_ELSEWHERE = ("按口径只在最重的一处扣，这里不减", "only the heaviest place counts, so kept here")
_LOST = {True: ("不得分", "no marks"), False: ("不减", "kept")}
