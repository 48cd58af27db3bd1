"""The base score: each sub-item's mark from the rules that touch it, or from a person where no rule says how.

The order is always the same: a rule that takes the whole mark speaks first, whatever else is unknown; then what is not
known leaves the mark open; then points come off, down to the floor.
"""

from collections.abc import Iterator
from decimal import Decimal

from msgspec.structs import replace

from banshi.base.money import plain
from banshi.base.text import Text
from banshi.law.decisions import Decision, Reason
from banshi.law.instruments import Placed
from banshi.law.norms import Bounds, ScoreRule, ScoreSubItem
from banshi.subjects.assessment.context import Context
from banshi.subjects.assessment.entries import steps_beyond
from banshi.subjects.assessment.facts import Facts
from banshi.subjects.assessment.forms import Mark
from banshi.subjects.assessment.judging import MarkOutcome, judge, missing, unsound
from banshi.subjects.assessment.results import FactUse, ScoreLine, exact, half_up, kept, shown

ZERO, _ALL = Decimal(0), Decimal(100)


def line(placed: Placed[ScoreSubItem], facts: Facts, context: Context) -> ScoreLine:
    """One sub-item's line."""
    outcomes = [*_elsewhere(placed, facts, context)]
    rules = context.book.rules.get(placed.norm.id, [])
    if placed.norm.manual or not rules:
        return _by_person(placed, outcomes, facts, context)
    outcomes += [judge(rule, facts, context) for rule in rules]
    if not _lost(outcomes):
        spared = any(outcome.spared for outcome in outcomes)
        outcomes += _asked_besides(placed, rules, facts, context, measure=not spared)
    uses = tuple(facts.use(slug) for slug in _looked_at(placed, rules, facts))
    return _by_rules(placed, outcomes, uses, facts, context)


def _elsewhere(placed: Placed[ScoreSubItem], facts: Facts, context: Context) -> Iterator[MarkOutcome]:
    """Rules of other sub-items that take, or may take, this one's mark too."""
    for rule in context.book.also.get(placed.norm.id, ()):
        outcome = judge(rule, facts, context)
        if outcome.effect == "zero" or _may_be_lost(outcome):
            yield outcome


def _looked_at(placed: Placed[ScoreSubItem], rules: list[Placed[ScoreRule]], facts: Facts) -> list[str]:
    others = [rule.norm.other_reading_fact for rule in rules if rule.norm.other_reading_fact]
    stated = [placed.norm.measure] if placed.norm.measure else []
    optional = [slug for slug in (*others, *stated) if facts.get(slug)]
    needed = [*(rule.norm.fact for rule in rules), *(m.measure for m in placed.norm.further)]
    return list(dict.fromkeys([*needed, *optional]))


def _asked_besides(
    placed: Placed[ScoreSubItem], rules: list[Placed[ScoreRule]], facts: Facts, context: Context, *, measure: bool
) -> Iterator[MarkOutcome]:
    """Figures that a sub-item asks for and no rule is about: where they are not reached, a person decides.

    ``measure``: whether its own rate is asked for; not where overdue cases, which lower it, are let pass.
    """
    norm, by_rule = placed.norm, {rule.norm.fact for rule in rules}
    if measure and norm.measure and norm.bound and norm.measure not in by_rule and facts.get(norm.measure):
        yield from asked_for(placed, norm.measure, norm.bound, facts, context)
    for measured in norm.further:
        if facts.get(measured.measure) is None:
            yield missing(placed, measured.measure, context)
        else:
            yield from asked_for(placed, measured.measure, measured.bound, facts, context)


def asked_for(
    placed: Placed[ScoreSubItem], slug: str, bound: Bounds, facts: Facts, context: Context
) -> Iterator[MarkOutcome]:
    """What becomes of a mark by a figure that its sub-item asks for; nothing where it is reached."""
    rate = facts.rate(slug)
    # A bare number is no rate: what is asked for as a rate is stated with its numerator and denominator.
    count = facts.stated(slug) if context.book.sorts[slug] == "count" else None
    fact = facts.get(slug) if context.book.sorts[slug] == "limits" else None
    if fact and fact.items:
        reached = _reached(placed.norm, slug, bound, facts)
        if reached is None:
            yield missing(placed, slug, context)
        elif not reached:
            yield _not_reached(placed, slug, bound, facts, context)
    elif rate is None and count is None:
        yield missing(placed, slug, context)
    elif rate is not None and not rate.sound:
        yield unsound(placed, slug, rate, context)
    elif not (rate.within(bound) if rate else bound.contains(Decimal(count or 0))):
        yield _not_reached(placed, slug, bound, facts, context)
    elif rate is None and not all(bound.contains(Decimal((count or 0) + n)) for n in range(facts.open(slug) + 1)):
        yield _may_not_be_reached(placed, slug, bound, facts, context)


def _not_reached(placed: Placed[ScoreSubItem], slug: str, bound: Bounds, facts: Facts, context: Context) -> MarkOutcome:
    said, name = facts.use(slug).said, context.book.name(slug)
    if placed.norm.if_short == "zero":
        text = Text(f"{name} {said}，没有达到{bound.phrase({})}，按规定不得分", f"{slug} {said}: no marks")
        return MarkOutcome("zero", Reason(text, placed.cite))
    text = Text(
        f"{name} {said}，没有达到{bound.phrase({})}；细则没有写怎样扣分，由人评分",
        f"{slug} {said} falls short of {bound.phrase({})}, and no rule says what that costs: a person decides",
    )
    return MarkOutcome("unknown", Reason(text, placed.cite), for_person=True)


def _may_not_be_reached(
    placed: Placed[ScoreSubItem], slug: str, bound: Bounds, facts: Facts, context: Context
) -> MarkOutcome:
    more, name = facts.open(slug), context.book.name(slug)
    text = Text(
        f"考勤登记里另有 {more} 起待中心认定或没有读全，{name}有没有达到{bound.phrase({})}不能判定",
        f"{more} more are for the centre to decide, so whether {slug} is {bound.phrase({})} is not determined",
    )
    return MarkOutcome("unknown", Reason(text, placed.cite))


def _lost(outcomes: list[MarkOutcome]) -> list[Reason]:
    return [outcome.reason for outcome in outcomes if outcome.effect == "zero"]


def _by_rules(
    placed: Placed[ScoreSubItem], outcomes: list[MarkOutcome], uses: tuple[FactUse, ...], facts: Facts, context: Context
) -> ScoreLine:
    if lost := _lost(outcomes):
        return _forfeited(placed, lost, uses)
    known, reasons = reckoned(placed, outcomes, facts, context)
    open_ones = [outcome for outcome in outcomes if outcome.effect == "unknown"]
    entered = facts.window.marks.get(placed.norm.id)
    if not open_ones:
        own = _lower_by_person(placed, entered, known)
        return (
            _determined(placed, own[0], (*reasons, own[1]), uses) if own else _determined(placed, known, reasons, uses)
        )
    said = tuple(outcome.reason for outcome in open_ones)
    if entered and all(outcome.for_person for outcome in open_ones):
        return _entered(placed, entered, known, (*said, *reasons), uses)
    least, most = _at_worst(placed, outcomes, facts, context), known
    if any(_may_be_lost(outcome) for outcome in open_ones):  # which is less than nothing where points go below it
        least, most = min(least, ZERO), max(most, ZERO)
    if least == most:
        return _determined(placed, known, (*reasons, Reason(_EITHER_WAY, placed.cite)), uses)
    return ScoreLine(placed, Decision(None, (*said, *reasons)), uses, least, most)


_EITHER_WAY = Text(
    "另有没有判定的，无论怎样认定，得分都一样", "what is still open changes nothing, however it is decided"
)


def _may_be_lost(outcome: MarkOutcome) -> bool:
    """Whether what is unknown may take the whole mark, whatever the floor."""
    return outcome.effect == "unknown" and outcome.at_worst is None


def _at_worst(placed: Placed[ScoreSubItem], outcomes: list[MarkOutcome], facts: Facts, context: Context) -> Decimal:
    """The mark if everything that is open turns out against the window, but none takes the whole of it."""
    worst = [
        outcome._replace(
            points=max(outcome.points + (outcome.at_worst or ZERO), outcome.worst_points),
            rate=outcome.worst_rate or outcome.rate,
        )
        for outcome in outcomes
    ]
    return reckoned(placed, worst, facts, context)[0]


def reckoned(
    placed: Placed[ScoreSubItem], outcomes: list[MarkOutcome], facts: Facts, context: Context
) -> tuple[Decimal, tuple[Reason, ...]]:
    """The mark from what is known: full marks, in proportion, less points, not below the floor."""
    reasons = [outcome.reason for outcome in outcomes if outcome.effect in ("kept", "less", "share")]
    mark = placed.norm.marks
    for outcome in outcomes:
        if outcome.rate is not None:
            mark, said = _product(placed, outcome)
            reasons.append(said)
    mark -= sum((outcome.points for outcome in outcomes), ZERO)
    floored = _floored(placed, mark, context)
    if floored is not None:
        mark, said = floored
        reasons.append(said)
    over = _over_on_base(placed, facts, context)
    if over is not None:
        mark, said = mark + over[0], over[1]
        reasons.append(said)
    return mark, tuple(reasons)


def _product(placed: Placed[ScoreSubItem], outcome: MarkOutcome) -> tuple[Decimal, Reason]:
    """Full marks times a rate: multiplied before it is divided, so that nothing is rounded on the way but what the rule rounds.

    ``exact`` keeps sums exact, so that equal totals are equal however they arise.
    """
    rate, marks = outcome.rate, placed.norm.marks
    assert rate is not None
    product = exact(marks * rate.part / rate.whole)
    if outcome.digits is not None:
        product = half_up(product, outcome.digits)
    said = outcome.rate_said or f"{rate.part}/{rate.whole}"
    text = f"{plain(marks)} × {said} ＝ {plain(kept(product))}"
    return product, Reason(Text(text, text), outcome.reason.basis)


def _floored(placed: Placed[ScoreSubItem], mark: Decimal, context: Context) -> tuple[Decimal, Reason] | None:
    rules = context.book.rules.get(placed.norm.id, ())
    floors = [(r.norm.floor, r.cite) for r in rules if r.norm.floor is not None]
    if placed.norm.floor is not None:
        floors.append((placed.norm.floor, placed.cite))
    floor, cite = max(floors, key=lambda found: found[0]) if floors else (mark, placed.cite)
    if mark >= floor:
        return None
    text = Text(
        f"减到 {plain(floor)} 分为止（不计底线为 {plain(mark)} 分）",
        f"not below {plain(floor)} (it would be {plain(mark)})",
    )
    return floor, Reason(text, cite)


def _over_on_base(placed: Placed[ScoreSubItem], facts: Facts, context: Context) -> tuple[Decimal, Reason] | None:
    """Points for a rate beyond what is asked, where they are part of the base score."""
    for bonus in context.book.rate_bonuses:
        if bonus.provision.id != placed.provision.id:
            continue
        rates = [rate for slug in bonus.norm.rates if (rate := facts.rate(slug)) and rate.sound]
        steps = sum((steps_beyond(bonus.norm, rate) for rate in rates), ZERO)
        if steps and bonus.norm.onto == "base":
            points = steps * bonus.norm.points
            text = Text(f"超出的部分加在本小项：{plain(points)}分", f"points beyond, on this sub-item: {plain(points)}")
            return points, Reason(text, bonus.cite)
    return None


def _lower_by_person(
    placed: Placed[ScoreSubItem], entered: Mark | None, known: Decimal
) -> tuple[Decimal, Reason] | None:
    """A mark below what the rules leave, where the text has a duty without a rule for it."""
    if entered is None:
        return None
    if placed.norm.lower_by_person and ZERO <= entered.mark <= known:
        return entered.mark, _given(placed, entered)
    text = Text(
        f"按细则为 {shown(known)} 分；{entered.by}评的 {plain(entered.mark)} 分不用",
        f"{shown(known)} by the rules; the mark of {plain(entered.mark)} by {entered.by} is not used",
    )
    return known, Reason(text, placed.cite)


def _by_person(placed: Placed[ScoreSubItem], outcomes: list[MarkOutcome], facts: Facts, context: Context) -> ScoreLine:
    """A sub-item without a rule: a person's mark, never full by default."""
    measure = placed.norm.measure
    uses = (facts.use(measure),) if measure else ()
    if lost := _lost(outcomes):
        return _forfeited(placed, lost, uses)
    entered, advice = facts.window.marks.get(placed.norm.id), tuple(proposed(placed, facts, context))
    if entered is not None:
        own = _entered(placed, entered, placed.norm.marks, advice, uses)
        own = replace(own, suggested=_suggested(placed.norm, facts))
        waiting = tuple(outcome.reason for outcome in outcomes)
        return replace(own, mark=Decision(None, (*waiting, *own.mark.reasons)), at_least=ZERO) if waiting else own
    text = Text(
        f"细则没有写怎样扣分，由人在 0 至 {plain(placed.norm.marks)} 分之间评分并写依据；还没有评",
        f"no rule says how this is lost: a person gives 0 to {plain(placed.norm.marks)}, with a reason; none is given",
    )
    return ScoreLine(placed, Decision(None, (Reason(text, placed.cite), *advice)), uses, ZERO, placed.norm.marks)


def _entered(
    placed: Placed[ScoreSubItem], entered: Mark, most: Decimal, before: tuple[Reason, ...], uses: tuple[FactUse, ...]
) -> ScoreLine:
    if ZERO <= entered.mark <= most:
        return _determined(placed, entered.mark, (_given(placed, entered), *before), uses)
    text = Text(
        f"{entered.by}评了 {plain(entered.mark)} 分，不在 0 至 {plain(most)} 分之间，不用",
        f"the mark of {plain(entered.mark)} by {entered.by} is not between 0 and {plain(most)}, so it is not used",
    )
    return ScoreLine(placed, Decision(None, (Reason(text, placed.cite), *before)), uses, ZERO, most)


def _given(placed: Placed[ScoreSubItem], entered: Mark) -> Reason:
    text = Text(
        f"{entered.by}评 {plain(entered.mark)} 分：{entered.reason}",
        f"{entered.by} gave {plain(entered.mark)}: {entered.reason}",
    )
    return Reason(text, placed.cite)


def _suggested(norm: ScoreSubItem, facts: Facts) -> Decimal | None:
    """What the data suggest of a mark; None where they suggest none."""
    if norm.measure is None or norm.bound is None or facts.get(norm.measure) is None:
        return None
    reached = _reached(norm, norm.measure, norm.bound, facts)
    return None if reached is None else norm.marks if reached else ZERO


def proposed(placed: Placed[ScoreSubItem], facts: Facts, context: Context) -> Iterator[Reason]:
    """What the data suggest for a sub-item that can be measured; a person confirms it."""
    slug, bound = placed.norm.measure, placed.norm.bound
    if slug is None or bound is None or facts.get(slug) is None:
        return
    suggested = _suggested(placed.norm, facts)
    said, name = facts.use(slug).said, context.book.name(slug)
    if suggested is None:
        text = Text(f"{name} {said}：没有可计的，提不出建议", f"{slug} {said}: nothing to count, no proposal")
    else:
        mark = plain(suggested)
        text = Text(
            f"{name} {said}，{'达到' if suggested else '没有达到'}{bound.phrase({})}；按数据建议 {mark} 分，由人确认",
            f"{slug} {said}: the data suggest {mark}, for a person to confirm",
        )
    yield Reason(text, placed.cite)


def _reached(norm: ScoreSubItem, slug: str, bound: Bounds, facts: Facts) -> bool | None:
    rate, fact = facts.rate(slug), facts.get(slug)
    if rate is not None:
        return rate.within(bound) if rate.sound else None
    # Matters without a statutory limit are left out; one that is done at once is all saved.
    limits = [i for i in (fact.items if fact else None) or () if i.statutory]
    saved = [(i.statutory - i.promised) * _ALL / i.statutory for i in limits if i.statutory]
    if not saved:
        return None
    if norm.limits_by == "mean":
        return bound.contains(sum(saved, ZERO) / len(saved))
    return all(bound.contains(share) for share in saved)


def _forfeited(placed: Placed[ScoreSubItem], lost: list[Reason], uses: tuple[FactUse, ...]) -> ScoreLine:
    """A mark that a rule takes as a whole."""
    return replace(_determined(placed, ZERO, tuple(lost), uses), forfeited=True)


def _determined(
    placed: Placed[ScoreSubItem], mark: Decimal, reasons: tuple[Reason, ...], uses: tuple[FactUse, ...]
) -> ScoreLine:
    return ScoreLine(placed, Decision(mark, reasons), uses, mark, mark)
