"""Bonuses and deductions one by one: what each would bring or cost by its own norm, and whether it counts at all."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Literal

from msgspec import Struct, field

from banshi.base.money import plain
from banshi.base.text import Text
from banshi.files.findings import Route
from banshi.law.decisions import Reason
from banshi.law.instruments import Placed
from banshi.law.norms import Adjustment, RateBonus
from banshi.subjects.assessment.conditions import approval, unmet
from banshi.subjects.assessment.context import Context
from banshi.subjects.assessment.facts import Facts, Rate
from banshi.subjects.assessment.forms import Bonus, Deduction
from banshi.subjects.assessment.results import exact

Scale = Literal["bonus", "deduction"]
ZERO = Decimal(0)


class Draft(Struct):
    """An entry while it is being settled; ``points`` shrink as highest-only and caps are applied."""

    fact: str
    route: Route
    order: tuple[str, ...]
    placed: Placed[Adjustment] | Placed[RateBonus] | None = None
    entered: Bonus | Deduction | None = None
    evidence: str | None = None
    full: Decimal = ZERO
    points: Decimal = ZERO
    counted: bool | None = True
    reasons: list[Reason] = field(default_factory=list)

    @property
    def group(self) -> str | None:
        """Its matter or event."""
        return self.entered.group if self.entered else None

    def drop(self, reason: Reason) -> None:
        """It does not count."""
        self.points, self.counted = ZERO, False
        self.reasons.append(reason)

    def trim(self, points: Decimal, reason: Reason) -> None:
        """It counts with fewer points."""
        self.points = points
        self.reasons.append(reason)


def listed(
    scale: Scale, entered: Iterable[tuple[int, Bonus | Deduction]], facts: Facts, context: Context
) -> Iterator[Draft]:
    """What is entered in the file, in its order; ``entered``: each with its place there."""
    key = "bonus" if scale == "bonus" else "deductions"
    for n, own in entered:
        order = (own.on.isoformat(), own.fact, own.group, f"{own.count:09d}", own.evidence, own.text or "")
        draft = Draft(own.fact, ("windows", facts.index, key, n), order, entered=own, evidence=own.evidence)
        _judge(scale, draft, own, context)
        if own.promised_only and draft.placed and own.fact == context.book.overdue and draft.counted is not False:
            _late_on_promise(draft, draft.placed, facts, context.book.overdue)
        yield draft


def _judge(scale: Scale, draft: Draft, own: Bonus | Deduction, context: Context) -> None:
    slug = own.like if own.analogy and own.like else own.fact
    placed = context.book.adjustments.get((scale, slug))
    if placed is None:
        draft.drop(Reason(_unknown(scale, slug)))
        return
    norm = placed.norm
    each = _each(norm, own)
    draft.placed, draft.full = placed, each * own.count
    draft.points = draft.full
    name = context.book.name(slug)
    text = f"{name}：{plain(each)} × {own.count} ＝ {plain(draft.full)}"
    draft.reasons.append(Reason(Text(text, f"{norm.fact}: {plain(each)} × {own.count}"), placed.cite))
    if norm.as_recorded and own.points is None:
        draft.counted = None
        text = f"按记录的分计，没有写明记录几分，至多 {plain(norm.points)} 分"
        draft.reasons.append(Reason(Text(text, "the recorded points are not stated"), placed.cite))
    if own.analogy and context.book.analogy:
        text = f"规定没有写到，比照“{name}”：{own.text or own.fact}"
        draft.reasons.append(Reason(Text(text, f"treated like {slug}"), context.book.analogy.cite))
    for test in unmet(own, placed, context):
        if test.met is None:
            draft.counted = None if draft.counted else draft.counted
            draft.reasons.append(test.reason)
        else:
            draft.drop(test.reason)
    if scale == "deduction" and draft.counted is not False and context.period.retroactive(own.on):
        draft.reasons.append(_retroactive(own, context))


def _each(norm: Adjustment, own: Bonus | Deduction) -> Decimal:
    """What one of an entry brings: the norm's points, or those recorded, of which the norm's are the most."""
    return min(own.points, norm.points) if norm.as_recorded and own.points is not None else norm.points


def _late_on_promise(draft: Draft, placed: Placed[Adjustment] | Placed[RateBonus], facts: Facts, overdue: str) -> None:
    """A case that is late against the promised limit alone."""
    if facts.by_statute(overdue):
        text = Text("没有超过法定时限，按口径不算超期，不计", "within the statutory limit, so not overdue")
        draft.drop(Reason(text, placed.cite))
    else:
        text = Text("只超过承诺时限，没有超过法定时限，按口径算超期", "late against the promised limit alone")
        draft.reasons.append(Reason(text, placed.cite))


def _unknown(scale: Scale, slug: str) -> Text:
    what = "加分" if scale == "bonus" else "减分"
    return Text(f"规定里没有“{slug}”这种{what}情形，不计", f"no norm knows {slug} as a {scale}, so it does not count")


def _retroactive(own: Deduction | Bonus, context: Context) -> Reason:
    quarter = context.period
    text = Text(
        f"{own.on} 在印发（{quarter.issued}）以前、施行（{quarter.in_force}）以后：按口径计入，注明溯及",
        f"{own.on} lies before the measures were issued ({quarter.issued}): counted, and retroactive",
    )
    return Reason(text, quarter.placed.cite)


def unlisted(facts: Facts, context: Context) -> Iterator[Draft]:
    """Overdue cases that are counted as a fact, but not listed one by one: they count all the same."""
    overdue = context.book.overdue
    placed, stated = context.book.adjustments.get(("deduction", overdue)), facts.stated(overdue)
    if placed is None or stated is None or stated <= facts.listed[overdue]:
        return
    more = stated - facts.listed[overdue]
    points = placed.norm.points * more
    text = Text(
        f"填写的超期件数是 {stated}，减分只列了 {facts.listed[overdue]}；其余 {more} 件一并计：{plain(points)}",
        f"{stated} overdue cases are stated and {facts.listed[overdue]} listed; the other {more} count too",
    )
    fact = facts.get(overdue)
    evidence = fact.evidence if fact else None
    yield Draft(
        overdue, facts.route(overdue), ("",), placed, None, evidence, points, points, True, [Reason(text, placed.cite)]
    )


def rates(facts: Facts, context: Context) -> Iterator[Draft]:
    """Bonuses for rates beyond a figure; one that the base score needs is open while it is not stated."""
    for placed in context.book.rate_bonuses:
        for slug in placed.norm.rates:
            fact, rate = facts.get(slug), facts.rate(slug)
            draft = Draft(slug, facts.route(slug), (slug,), placed, evidence=fact.evidence if fact else None)
            if rate is None:
                if slug not in context.book.needed:
                    continue
                _open_rate(draft, placed, slug, context)
            else:
                _rate(draft, placed, rate, context)
                if draft.points:
                    for test in approval(bool(fact and fact.approved_on), placed, asked=placed.norm.by_approval):
                        draft.drop(test.reason)
            yield draft


def steps_beyond(norm: RateBonus, rate: Rate) -> Decimal:
    """How many steps a sound rate lies beyond what the norm asks: whole ones, or with parts."""
    beyond = max(ZERO, rate.beyond(norm.above))
    return exact(beyond / norm.step) if norm.part == "exact" else rate.steps(norm.above, norm.step)


def _open_rate(draft: Draft, placed: Placed[RateBonus], slug: str, context: Context) -> None:
    """Not stated: it might be anything up to 100%."""
    draft.full = draft.points = Rate(1, 1).steps(placed.norm.above, placed.norm.step) * placed.norm.points
    draft.counted = None
    text = f"没有填写“{context.book.name(slug)}”，加不加、加多少不能判定"
    draft.reasons.append(Reason(Text(text, f"{slug} is not stated"), placed.cite))


def _rate(draft: Draft, placed: Placed[RateBonus], rate: Rate, context: Context) -> None:
    norm, name, said = placed.norm, context.book.name(draft.fact), f"{rate.part}/{rate.whole}"
    beyond = rate.beyond(norm.above) if rate.sound else ZERO
    if beyond <= 0:
        draft.drop(
            Reason(
                Text(f"{name} {said}，没有超过{plain(norm.above)}%，不加", f"{draft.fact} {said}: none"), placed.cite
            )
        )
        return
    steps = steps_beyond(norm, rate)
    draft.full = draft.points = steps * norm.points
    text = f"{name} {said}，超过{plain(norm.above)}% {plain(steps)} 个百分点：{plain(steps)} × {plain(norm.points)}"
    draft.reasons.append(Reason(Text(text, f"{draft.fact} {said}: {plain(steps)} points beyond"), placed.cite))
    on_sub_item = any(p.provision.id == placed.provision.id for p in context.book.sub_items)
    if norm.onto == "base" and on_sub_item:
        draft.drop(Reason(Text("按口径加在基础分的本小项", "counted on the sub-item of the base score"), placed.cite))
