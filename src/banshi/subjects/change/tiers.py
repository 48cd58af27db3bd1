"""Which approval tier does a change need? The gate first (if the law has one), then each measure, then the choice."""

from collections.abc import Callable, Collection, Iterable, Iterator
from decimal import Decimal
from functools import partial

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from banshi.base.money import ZERO, yuan, yuan_en
from banshi.base.text import Spoken, Text, listed
from banshi.law.decisions import Alternative, Decision, Later, Reason
from banshi.law.instruments import Placed
from banshi.law.library import Law
from banshi.law.norms import ApprovalGate, ApprovalTier, ClassTier, TierChoice
from banshi.law.otherwise import OtherAnswer, about, elsewhere
from banshi.subjects.change.tier_lacking import lacking_prices, questions
from banshi.subjects.change.tier_measures import BasePrice, TierQuestion, base_of, measure, share_said
from banshi.subjects.change.tier_measures import share as _share
from banshi.subjects.change.tier_plainly import cumulative_of, excess_of, scales, tier_plainly
from banshi.subjects.change.tier_texts import (
    NO_CHOICE,
    NO_CLASS,
    NO_CRITERIA,
    NO_PROVISIONAL_SUM,
    NO_TIERS,
    NONE_LEADS,
    NOT_STATED,
    TWO_TIERS,
    no_base,
    no_share,
    whatever,
)


class TierDecision(Decision[str], frozen=True):
    """The tier; where it is not determined, ``possible`` holds those that it may be by what is known, the loosest first.

    ``least``: the loosest that it may be, where more is not known.
    """

    possible: tuple[str, ...] = ()
    order: tuple[str, ...] = ()
    least: str | None = None

    @property
    def strictest(self) -> str:
        """The strictest tier among what is decided, possible, or follows from another reading."""
        candidates = [self.value, self.least, *self.possible, *(a.value for a in self.alternatives)]
        return max((c for c in candidates if c), key=self.order.index, default="")

    def looser(self, declared: str, than: str) -> bool:
        """Whether the declared tier is looser than another one."""
        return self.order.index(declared) < self.order.index(than)


class _Found(Struct, frozen=True):
    """A tier that some measure leads to, or the reason why none can be determined.

    ``open``: something that is not known may lead to another tier: to one of ``may`` (None among them: to none), or (no
    ``may``) to any. ``gated``: the gate lets the amounts through, so that only a class can call for a stricter tier.
    """

    tier: str | None
    reasons: tuple[Reason, ...]
    open: bool = False
    may: frozenset[str | None] | None = None
    gated: bool = False


def decide_tier(law: Law, question: TierQuestion) -> TierDecision:
    """The tier under the readings that the law's version takes, and where other readings lead."""
    if not law.all(ApprovalTier) and not law.all(ClassTier):
        return TierDecision(None, (Reason(law.lacking(NO_TIERS, ApprovalTier)),))
    tier, reasons = tier_plainly(law, question), Later(lambda: _tier(law, question).reasons)
    if tier is None:
        found = _reached(law, question)
        if found.open:
            return TierDecision(None, found.reasons, (), _possible(law, found), law.tiers)
        tier, reasons = found.tier, Later(lambda: found.reasons)

    return TierDecision(tier, reasons, Later(lambda: _alternatives(law, question, tier)), (), law.tiers)


def _alternatives(law: Law, question: TierQuestion, taken: str | None) -> Iterator[Alternative[str]]:
    """Other readings that lead to another tier than the one taken; most are compared, and nothing is said."""
    for other in law.once(_elsewhere) if taken else ():
        tier = tier_plainly(other.law, question)
        if tier is None:
            found = _reached(other.law, question)
            tier = None if found.open else found.tier
        if tier is not None and tier != taken:
            yield Alternative(other.question, other.option, tier, _alternative_text(other, tier))


def _elsewhere(law: Law) -> tuple[OtherAnswer, ...]:
    return elsewhere(law, about(law, ApprovalGate, ApprovalTier, ClassTier, TierChoice))


def _possible(law: Law, found: _Found) -> tuple[str, ...]:
    """The tiers that it may be, the loosest first."""
    may = _may_be(law, found)
    return tuple(tier for tier in law.tiers if tier in may)


def _reached(law: Law, question: TierQuestion) -> _Found:
    """The tier, whatever a price comes to that is not stated; open where that leads to more than one."""
    lacking, gate = lacking_prices(law, question), law.one(ApprovalGate)
    if not lacking:
        return _tier(law, question)
    unpriced = gate is not None and gate.norm.provisional_sum == "left_out" and question.provisional_sum is None
    told = _tier(law, msgspec.structs.replace(question, provisional_sum=ZERO) if unpriced else question)
    found = [_tier(law, each) for each in questions(law, question, lacking)] or [told]
    may = frozenset(tier for each in found for tier in _may_be(law, each))
    if not any(each.open for each in found) and len(may) == 1:
        led = told if not told.open else replace(found[0], reasons=())
        cited = next(reason.basis for reason in reversed(found[0].reasons))
        return replace(led, reasons=(*led.reasons, Reason(whatever(lacking), cited)))
    first = (Reason(NO_PROVISIONAL_SUM, gate.cite),) if gate and unpriced else ()
    return _Found(None, (*first, *told.reasons), open=True, may=may)


def least_tier(law: Law, question: TierQuestion, missing: Text, *, bounded: bool = True) -> TierDecision:
    """The least tier that a form may need while forms before it are left out of account (``missing``: which, and why).

    The form's own amounts decide that, once the least that the sum may be (``question.cumulative``) is past the gate;
    not where that may be anything (not ``bounded``).
    """
    gate = law.one(ApprovalGate)
    reasons = [Reason(_sums_open(missing, decided=gate is None or bounded))]
    if gate:
        if not bounded or (question.provisional_sum is None and gate.norm.provisional_sum == "left_out"):
            return TierDecision(None, tuple(reasons), (), (), law.tiers)
        stated = _tier(law, question)
        reasons.append(stated.reasons[0])
        if stated.gated:
            return TierDecision(None, tuple(reasons), (), (), law.tiers)
    found = _alone(law, question)
    reasons += found.reasons if found else ()
    return TierDecision(None, tuple(reasons), (), (), law.tiers, found.tier if found else None)


def _sums_open(missing: Text, *, decided: bool) -> Text:
    """Why the sums are not known, and what is gone by; ``decided``: not where they may be anything, and the gate asks for them."""
    if not decided:
        return Text(
            f"{missing.zh}，不止一份，其中哪些计入累计不知道，累计净额可能是任何数，下限也定不了",
            f"{missing.en}: several, of which some may count and others not, so the cumulative net may be anything"
            " and sets no least",
        )
    return Text(
        f"{missing.zh}，累计净额不能核对：取本表所写的与读出的各份合计中较小的，和本表自己的数字定下限",
        f"{missing.en}, so the cumulative net is not known: the smaller of what this form states and of what"
        " the forms that were read come to, and the form's own figures, set the least",
    )


def _alone(law: Law, question: TierQuestion) -> _Found | None:
    """The tier by what the form itself comes to; None where that sets no least."""
    choice, every = law.one(TierChoice), law.once(scales)
    single = [[_single(placed) for placed in own] for own in every if own[0].norm.measure != "cumulative"]
    if (
        any(placed.norm.of == "excess" for own in every for placed in own)
        or (choice and choice.norm.takes == "loosest")
        or (not choice and len(single) < len(every))
    ):
        return None
    found = _decided(law, [_by_scale(law, own, question, None) for own in single], question)
    return found if found.tier else None


def _single(placed: Placed[ApprovalTier]) -> Placed[ApprovalTier]:
    """The tier by the form alone: the larger of its amount and the sum is no less than its amount."""
    return replace(placed, norm=msgspec.structs.replace(placed.norm, measure="single"))


def _tier(law: Law, question: TierQuestion) -> _Found:
    gate = law.one(ApprovalGate)
    reasons: list[Reason] = []
    excess: Decimal | None = None
    if gate:
        less, excess = excess_of(gate.norm, question)
        cumulative, within = cumulative_of(gate.norm, question), gate.norm.within(excess, ZERO)
        reasons.append(Reason(partial(_gate_said, question.bid_price, cumulative, less, within), gate.cite))
        if within:
            through = _Found(gate.norm.tier, tuple(reasons))
            classes = _by_class(law, question)
            found = _chosen(law, [through, *classes], at_least=True) if classes else through
            return replace(found, gated=True)
    together = _decided(law, [_by_scale(law, own, question, excess) for own in law.once(scales)], question)
    return _Found(together.tier, (*reasons, *together.reasons), together.open, together.may)


def _by_scale(law: Law, tiers: list[Placed[ApprovalTier]], question: TierQuestion, excess: Decimal | None) -> _Found:
    """The tier by one scale; none where the scale is not for this contract."""
    first = tiers[0]
    base = base_of(first.norm, question)
    only, within = first.norm.base_within, first.norm.base_within_yuan
    if base and base.amount is not None and base.amount <= ZERO:
        nothing = no_share(base, yuan(base.amount), yuan_en(base.amount))
        return _Found(None, (Reason(nothing, first.cite),), open=True)
    if base and base.amount is not None and only and within and not within.contains(base.amount):
        said = f"{base.name.zh} {yuan(base.amount)} 不在“{only.phrase({})}”，不按比例算"
        en = f"{base.name.en} {yuan_en(base.amount)} lies outside {only.phrase({})}: the share does not count"
        return _Found(None, (Reason(Text(said, en), first.cite),))
    figure = measure(first.norm, question, cumulative_of(first.norm, question), excess)
    if figure is None or (base is not None and base.amount is None):
        lacking = NOT_STATED if base is None or base.amount is not None else no_base(base)
        return _Found(None, (Reason(lacking, first.cite),), open=True)
    value, why = figure
    if base is not None and base.amount:
        value, why = _share(value, why, base)
    held = [placed for placed in tiers if placed.norm.bounds.contains(value)]
    reasons = tuple(Reason(partial(_amount_said, law, placed, value, why), placed.cite) for placed in held)
    if len({placed.norm.tier for placed in held}) > 1:
        both = frozenset(placed.norm.tier for placed in held)
        return _Found(None, (*reasons, Reason(TWO_TIERS)), open=True, may=both)
    return _Found(held[0].norm.tier, reasons[:1]) if held else _Found(None, (_no_tier_reason(value, base),), open=True)


def _by_class(law: Law, question: TierQuestion) -> list[_Found]:
    """The strictest tier that a class or a criterion calls for; open where the form does not say, and it matters."""
    norms = law.all(ClassTier)
    met = [
        p
        for p in norms
        if set(p.norm.criteria) & set(question.criteria or ()) or question.change_class in p.norm.classes
    ]
    strictest = max(met, key=lambda p: law.tiers.index(p.norm.tier), default=None)
    least = strictest.norm.tier if strictest else None
    reasons = [_class_reason(law, strictest, question)] if strictest else []
    may: set[str | None] = {least}
    for stated, listing, led, why in (
        (question.criteria, [p for p in norms if p.norm.criteria], criteria_tiers, NO_CRITERIA),
        (question.change_class, [p for p in norms if p.norm.classes], class_tiers, NO_CLASS),
    ):
        wider = {_picked(law, max, one, other) for one in may for other in law.once(led)}
        if stated is None and listing and wider != may:
            may = wider
            reasons.append(Reason(why, listing[0].cite))
    return [_Found(least, tuple(reasons), open=may != {least}, may=frozenset(may))] if may != {None} else []


def class_tiers(law: Law) -> frozenset[str | None]:
    """What the classes of a law call for, None among it where one of them calls for nothing."""
    called = _called_for(law, lambda norm: norm.classes)
    unlisted = not law.classes or not set(law.classes) <= set(called)
    return frozenset({*called.values(), *({None} if unlisted else set())})


def criteria_tiers(law: Law) -> frozenset[str | None]:
    """What the criteria of a law call for: None where none is met, of several the strictest."""
    return frozenset({None, *_called_for(law, lambda norm: norm.criteria).values()})


def _called_for(law: Law, listed_in: Callable[[ClassTier], Iterable[str]]) -> dict[str, str]:
    """The strictest tier that each class, or each criterion, calls for."""
    found: dict[str, str] = {}
    for placed in sorted(law.all(ClassTier), key=lambda p: law.tiers.index(p.norm.tier)):
        found |= dict.fromkeys(listed_in(placed.norm), placed.norm.tier)
    return found


def _decided(law: Law, by_scale: list[_Found], question: TierQuestion) -> _Found:
    """The tier by what is measured (of several, the one that the law says), and at least that of the class."""
    classes, choice = _by_class(law, question), law.one(TierChoice)
    if not by_scale and not classes:
        return _Found(None, tuple(Reason(NONE_LEADS, p.cite) for p in law.all(ClassTier)[:1]), open=True)
    if classes and choice and choice.norm.takes == "loosest":
        return _chosen(law, [_chosen(law, by_scale), *classes], at_least=True)
    return _chosen(law, [*by_scale, *classes])


def _chosen(law: Law, found: list[_Found], *, at_least: bool = False) -> _Found:
    """One tier of several; which of them counts is for the law to say, unless each of them is the least (``at_least``)."""
    if len(found) == 1 and found[0].tier is not None and not found[0].open:
        return found[0]
    reasons = tuple(reason for each in found for reason in each.reasons)
    tiers = list(dict.fromkeys(each.tier for each in found if each.tier is not None))
    choice = law.one(TierChoice)
    pick = min if choice and choice.norm.takes == "loosest" and not at_least else max
    may: set[str | None] = {None}
    for each in found:
        may = {_picked(law, pick, one, other) for one in may for other in _may_be(law, each)}
    if None in may:
        return _Found(None, reasons, open=True)  # it may be that nothing leads to a tier
    if choice is None and not at_least:
        may = {tier for each in found for tier in _may_be(law, each)} - {None}
    if len(tiers) > 1 and choice is None and not at_least:
        return _Found(None, (*reasons, Reason(NO_CHOICE)), open=True, may=frozenset(may))
    tier = pick(tiers, key=law.tiers.index) if tiers else None
    why = (_choice_reason(law, choice, tier),) if choice and tier and len(tiers) > 1 and not at_least else ()
    return _Found(tier, (*reasons, *why), open=may != {tier}, may=frozenset(may))


def _may_be(law: Law, found: _Found) -> Collection[str | None]:
    """What a measure or a class may lead to."""
    if not found.open:
        return (found.tier,)
    return law.tiers if found.may is None else found.may


def _picked(law: Law, pick: Callable[..., str], *tiers: str | None) -> str | None:
    stated = [tier for tier in tiers if tier is not None]
    return pick(stated, key=law.tiers.index) if stated else None


def _choice_reason(law: Law, choice: Placed[TierChoice], tier: str) -> Reason:
    strict, name = choice.norm.takes == "strictest", law.tier_name(tier)
    zh = f"几种算法结果不同，{'从严' if strict else '从宽'}取“{name.zh}”"
    return Reason(Text(zh, f"the {choice.norm.takes} of them: “{name.en}”"), choice.cite)


def _class_reason(law: Law, placed: Placed[ClassTier], question: TierQuestion) -> Reason:
    met = [law.called("criteria", one).zh for one in placed.norm.criteria if one in (question.criteria or ())]
    met += [law.called("classes", one).zh for one in placed.norm.classes if one == question.change_class]
    name = law.tier_name(placed.norm.tier)
    return Reason(
        Text(f"属于{listed(met)}，应由“{name.zh}”一档审批", f"{', '.join(met)}: tier “{name.en}”"), placed.cite
    )


def _no_tier_reason(amount: Decimal, base: BasePrice | None) -> Reason:
    zh, en = (share_said(amount),) * 2 if base else (yuan(amount), yuan_en(amount))
    return Reason(Text(f"没有档次包含 {zh}：规则有空档，不能判定", f"no tier covers {en}: not determined"))


def _gate_said(bid_price: Decimal | None, cumulative: Decimal, less: Decimal, within: bool) -> Text:
    minus_zh = f" − 暂列金 {yuan(less)}" if less else ""
    minus_en = f" − provisional sum {yuan_en(less)}" if less else ""
    bid, equals, bid_en, equals_en = "（没有写明）", "", "(not stated)", ""
    if bid_price is not None:
        expenditure = bid_price - less + cumulative
        bid, equals = f" {yuan(bid_price)}", f" ＝ {yuan(expenditure)}"
        bid_en, equals_en = yuan_en(bid_price), f" = {yuan_en(expenditure)}"
    return Text(
        f"变更后支出 ＝ 中标价{bid}{minus_zh} ＋ 累计净额 {yuan(cumulative)}{equals}，"
        f"{'未超过' if within else '超过'}中标价",
        f"expenditure = bid price {bid_en}{minus_en} + cumulative net {yuan_en(cumulative)}{equals_en},"
        f" {'within' if within else 'over'} the bid price",
    )


def name_of(law: Law, placed: Placed[ApprovalTier]) -> Text:
    """What the text of a tier calls it; a text that lays down nothing but amounts calls it what the others do."""
    label = placed.version.tiers.get(placed.norm.tier)
    return Text(label.name, label.name_en or placed.norm.tier) if label else law.tier_name(placed.norm.tier)


def _amount_said(law: Law, placed: Placed[ApprovalTier], amount: Decimal, why: Spoken) -> Text:
    name = name_of(law, placed)
    share = placed.norm.base is not None
    zh, en = (share_said(amount),) * 2 if share else (yuan(amount), yuan_en(amount))
    return Text(
        f"{why.text.zh} ＝ {zh}，属于“{placed.norm.amount.phrase({})}”，应由“{name.zh}”一档审批",
        f"{why.text.en} = {en}, within {_bounds_en(placed.norm)}: tier “{name.en}”",
    )


def _bounds_en(norm: ApprovalTier) -> str:
    bounds = norm.amount if norm.base else norm.bounds
    low, high = bounds.lower, bounds.upper
    left = f"{'[' if low and low.inclusive else '('}{f'{low.value:,f}' if low else '-∞'}"
    right = f"{f'{high.value:,f}' if high else '∞'}{']' if high and high.inclusive else ')'}"
    return f"{left}, {right} {'%' if norm.base else 'yuan'}"


def _alternative_text(other: OtherAnswer, tier: str) -> Text:
    name = other.law.tier_name(tier)
    return Text(f"若按“{other.said}”，则为“{name.zh}”", f"under the reading “{other.option}”: “{name.en}”")
