"""What a new filing begins with: where the law in force declares what may be written, the first of it, not a sample's words."""

import datetime
from collections.abc import Mapping
from decimal import Decimal

from banshi.base.money import ZERO
from banshi.base.text import listed
from banshi.law.library import Law, Library
from banshi.law.norms import Definition, Scope
from banshi.law.working_days import WorkingDays
from banshi.subjects.change.declared_fields import KEYS, declared_in
from banshi.subjects.change.filing import Filing
from banshi.subjects.change.forms import Amounts, Change, Major
from banshi.subjects.change.project_forms import Contract, Project
from banshi.subjects.change.words import BASIS, CAUSE, MONEY, TYPE, words_of

_PRICE, _INCREASE = Decimal("5000000.00"), Decimal("40000.00")  # yuan, those of the starters, which are made up
_SHOWN = 8
_INCLUDES, _KEPT = "includes_provisional_sum", "contract.provisional_sum"
_FUNDING = "funding"
_NOT_TO_BE_MADE_UP = ("code", "bill_of_quantities")


def empty_filing(law: Law | None, place: str, signed_on: datetime.date, library: Library, days: WorkingDays) -> Filing:
    """A project that is begun, without forms: of the contract it holds the prices that the law asks for."""
    asked = _asked(law, signed_on)
    includes = law is not None and any(_INCLUDES in placed.norm.keys.values() for placed in law.all(Definition))
    contract = Contract(
        number="",
        signed_on=signed_on,
        bid_price=_PRICE,
        includes_provisional_sum=includes,
        provisional_sum=ZERO if _KEPT in asked or (includes and _may_hold(law, _KEPT)) else None,
        **{key: _PRICE for key in ("price", "review_price", "control_price") if f"contract.{key}" in asked},
    )
    project = Project(id="", name="", jurisdiction=place, level="", contract=contract)
    return Filing(project, (), library, days)


def project_begun(filing: Filing, law: Law) -> dict[str, object]:
    """What the starter of a project's file takes: keys and parties with their names, the money, the prices (yuan)."""
    contract = filing.project.contract
    asked = _asked(law, contract.signed_on)
    prices = {key: getattr(contract, key) for key in ("price", "provisional_sum", "review_price", "control_price")}
    own = {key: name for key, name in asked.items() if key in KEYS and "." not in key}
    return {
        "parties": {key: name for key, name in asked.items() if key not in KEYS},
        "own": {key: name for key, name in own.items() if key not in (_FUNDING, *_NOT_TO_BE_MADE_UP)},
        "to_state": {key: name for key, name in own.items() if key in _NOT_TO_BE_MADE_UP},
        "funding": _money(law) if _may_hold(law, _FUNDING) else "",
        "prices": {key: price for key, price in prices.items() if price is not None},
        "includes": contract.includes_provisional_sum,
    }


def change_begun(filing: Filing, law: Law, filed_on: datetime.date) -> dict[str, object]:
    """What the starter of a form takes: words with what else may be written, the tier that its amounts call for, the sums."""
    words = words_of(law)
    classes = {key: label.name for key, label in law.classes.items()}
    before = sum((case.change.amounts.net for case in filing.counting), ZERO)
    form = Change(
        number="",
        project=filing.project.id,
        sequence=max((case.change.sequence for case in filing.cases), default=0) + 1,
        filed_on=filed_on,
        type="",
        reason="",
        cause="",
        major_design_change=Major(is_major=False),
        change_class=next(iter(classes), None),
        criteria=() if law.criteria else None,
        items=(),
        amounts=Amounts(_INCREASE, ZERO, _INCREASE, before, before + _INCREASE),
        tier="",
        status="draft",
        consultation=(),
        opinions=(),
        attachments=(),
    )
    decision = filing.restated(filing.project, [*(case.change for case in filing.cases), form]).cases[-1].tier
    tiers = {tier: law.tier_name(tier).zh for tier in law.tiers}
    decided = [decision.value, decision.least, *decision.possible] if decision else []
    return {
        "sequence": form.sequence,
        "filed": filed_on,
        "type": _first(_names(words.get(TYPE, {}))) or "待填 # 适用文件没有列变更类型，照实写",
        "cause": _first(_names(words.get(CAUSE, {}))) or "待填 # 适用文件没有列责任归属，照实写",
        "basis": _first(_names(words.get(BASIS, {}))) or "to_be_stated # 待填，适用文件没有列作价依据，照实写标识",
        "change_class": _first(classes),
        "criteria": f"[] # 符合的写上：{_said({key: label.name for key, label in law.criteria.items()})}"
        if law.criteria
        else "",
        "tier": _first(tiers, next((tier for tier in decided if tier), ""))
        or "to_be_stated # 待填，适用文件没有列档次",
        "before": before,
        "cumulative": form.amounts.cumulative,
    }


def _asked(law: Law | None, signed_on: datetime.date) -> dict[str, str]:
    """The keys that a project must state, with their names."""
    fields = law.once(declared_in) if law else {}
    return {key: each.field.name for key, each in fields.items() if each.asked_of(signed_on)}


def _may_hold(law: Law | None, key: str) -> bool:
    """Whether a project may state it: it is declared, or nothing is."""
    fields = law.once(declared_in) if law else {}
    return not fields or key in fields


def _money(law: Law) -> str:
    """The first source of money that is declared and that the instrument applies to."""
    names, scope = _names(words_of(law).get(MONEY, {})), law.one(Scope)
    within = {each.value for each in scope.norm.funding} if scope and not scope.norm.funding_open else set()
    return next((word for word in names if not within or word in within), "待填")


def _names(words: Mapping[str, list[str]]) -> dict[str, str]:
    return {word: names[0] for word, names in words.items()}


def _first(names: Mapping[str, str], word: str = "") -> str:
    """A word (the first where none is given) as YAML, with a comment that says which there are; empty where there is none."""
    chosen = word or next(iter(names), "")
    return f"{chosen} # 可写：{_said(names)}" if chosen else ""


def _said(names: Mapping[str, str]) -> str:
    shown = [f"{word}（{' '.join(name.split())}）" for word, name in names.items()]
    return listed(shown[:_SHOWN]) + ("等" if len(shown) > _SHOWN else "")
