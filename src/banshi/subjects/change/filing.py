"""A project with its change forms in order, and each form with the law of its own day."""

import datetime
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from decimal import Decimal
from typing import Any, TypeVar

from msgspec import Struct

from banshi.base.kept import kept
from banshi.base.money import ZERO
from banshi.files.findings import About
from banshi.files.not_stated import NotStated, as_far_as_stated, if_stated
from banshi.law.library import Law, Library
from banshi.law.working_days import WorkingDays
from banshi.subjects.change.amounts import (
    Doubt,
    bid_price_doubtful,
    contract_doubtful,
    impossible,
    net_well_written,
    own_doubts,
)
from banshi.subjects.change.forms import Change
from banshi.subjects.change.left_open import least_question, why_open
from banshi.subjects.change.missing import Missing, may_come_before
from banshi.subjects.change.pricing import Bill
from banshi.subjects.change.procedure import Procedures
from banshi.subjects.change.progress import FormProgress
from banshi.subjects.change.project_forms import Project
from banshi.subjects.change.running import Running
from banshi.subjects.change.step_forms import Opinion
from banshi.subjects.change.tier_measures import TierQuestion
from banshi.subjects.change.tiers import TierDecision, decide_tier, least_tier

SUBJECT = "change"
P = TypeVar("P")
_Prices = tuple[Decimal | None, Decimal | None, Decimal | None]

# A form that was never submitted, was refused or taken back changes nothing.
WITHOUT_EFFECT = frozenset(("draft", "rejected", "withdrawn"))
DONE = frozenset(("implemented", "settled"))
PASSED = frozenset(("approved", *DONE))
DROPPED = frozenset(("rejected", "withdrawn"))


class Filing:
    """A project's file and its forms; ``missing``: those that could not be read."""

    def __init__(
        self,
        project: Project,
        changes: Iterable[Change],
        library: Library,
        days: WorkingDays,
        *,
        missing: tuple[Missing, ...] = (),
        as_of: datetime.date | None = None,
        attached: frozenset[str] | None = None,
    ) -> None:
        """Forms may come in any order. ``as_of``: later dates lie in the future (None: do not ask).

        ``attached``: names of the attached files that exist (None: do not ask).
        """
        self.project, self.library, self.missing, self.as_of = project, library, missing, as_of
        self._all_days = days
        self.attached = attached
        self.cases = tuple(FiledForm(change, self, index) for index, change in enumerate(changes))
        self.in_order = tuple(sorted(self.cases, key=lambda case: (case.change.sequence, case.index)))
        self.laws: dict[tuple[datetime.date, datetime.date], Law | None] = {}

    def under(self, library: Library, days: WorkingDays) -> "Filing":
        """The same forms under another law."""
        return self._again(self.project, [case.change for case in self.cases], library, days)

    def restated(self, project: Project, changes: Iterable[Change]) -> "Filing":
        """Other forms in the place of these, under the same law."""
        return self._again(project, changes, self.library, self.days)

    def _again(self, project: Project, changes: Iterable[Change], library: Library, days: WorkingDays) -> "Filing":
        return Filing(project, changes, library, days, missing=self.missing, as_of=self.as_of, attached=self.attached)

    def law(self, filed_on: datetime.date, day: datetime.date) -> Law | None:
        """The law on changes in the project's jurisdiction, on ``day``, for a form that was filed earlier or that day."""
        key = filed_on, max(filed_on, day)
        if key not in self.laws:
            self.laws[key] = self.library.at(key[1], self.project.jurisdiction, filed_on=filed_on).law(SUBJECT)
        return self.laws[key]

    @kept
    def days(self) -> WorkingDays:
        """The working days of the project's place. Raises ``NotStated`` where a table has no place for it."""
        return self._all_days.in_place(self.project.jurisdiction)

    @property
    def about(self) -> About:
        """The place. Raises ``NotStated``."""
        return About(self.project.jurisdiction)

    @property
    def complete(self) -> bool:
        """Whether every form of the project could be read."""
        return not self.missing

    @kept
    def any_law(self) -> Law | None:
        """The law of the last form that has one: for what concerns the project as a whole."""
        return next((case.law for case in reversed(self.in_order) if case.law), None)

    @kept
    def law_begins(self) -> datetime.date | None:
        """The day from which any law on changes has been in force in the project's jurisdiction."""
        return self.library.begins(self.project.jurisdiction, SUBJECT)

    @kept
    def bill(self) -> Bill:
        """The project's bill of quantities."""
        return Bill(self.project.bill_of_quantities)

    @kept
    def contract_doubtful(self) -> bool:
        """Whether a price of the contract must be wrong, going by the other amounts or by what the forms come to.

        Of forms that could not be read the worst is supposed; what another place of the run says of one is known.
        """
        contract, changes = if_stated(lambda: self.project.contract), [case.change for case in self.cases]
        if contract is None:
            return False
        if contract_doubtful(contract) or impossible(contract):
            return True
        worst = [form.net is None or abs(form.net) > contract.bid_price for form in self.missing]
        return bid_price_doubtful(contract, changes, beyond=sum(worst), within=len(worst) - sum(worst))

    @kept
    def by_date(self) -> "tuple[FiledForm, ...]":
        """The forms in order of filing; those of one day by sequence."""
        return tuple(sorted(self.in_order, key=lambda case: case.change.filed_on))

    @kept
    def counting(self) -> "tuple[FiledForm, ...]":
        """The forms that count, in order."""
        return tuple(case for case in self.in_order if case.counts)

    @kept
    def claims(self) -> "Counter[int]":
        """How many forms that count claim each sequence number."""
        return Counter(case.change.sequence for case in self.cases if case.counts)

    @kept
    def falls(self) -> dict[int, Decimal]:
        """Sequence number → what the counting forms of that number take away, those that add left out (yuan, not above 0)."""
        found: dict[int, Decimal] = {}
        for case in self.counting:
            found[case.change.sequence] = found.get(case.change.sequence, ZERO) + min(case.change.amounts.net, ZERO)
        return found

    @kept
    def running(self) -> dict[int, Running]:
        """Sequence number → what the counting forms of lower numbers come to."""
        totals, current, waiting = {}, Running(), Running()
        for case in self.in_order:
            if case.change.sequence not in totals:
                current = waiting
                totals[case.change.sequence] = current
            if case.counts:
                waiting = waiting.with_form(case.change, any(doubt.grave for doubt in case.own_doubts))
        return totals

    @kept
    def places(self) -> dict[int, int]:
        """Each form's place in order, by its index among the forms as given."""
        return {case.index: place for place, case in enumerate(self.in_order)}


class FiledForm(Struct, frozen=True, dict=True):
    """One change form in its filing; ``index`` is its place among the forms as they were given."""

    change: Change
    filing: Filing
    index: int

    @property
    def project(self) -> Project:
        """The project's file."""
        return self.filing.project

    @property
    def days(self) -> WorkingDays:
        """The calendar."""
        return self.filing.days

    @kept
    def law(self) -> Law | None:
        """The law that the form is judged by, or None: that of the day of filing, and what has reached it since."""
        return self.filing.law(self.change.filed_on, self.judged_on)

    def once(self, prepare: "Callable[[FiledForm], P]") -> P:
        """What is worked out from it and nothing else: once for all who ask."""
        if prepare not in self._prepared:
            self._prepared[prepare] = prepare(self)
        found: P = self._prepared[prepare]
        return found

    @kept
    def _prepared(self) -> dict[object, Any]:
        return {}

    @property
    def judged_on(self) -> datetime.date:
        """The day of the last decision that the form states; as long as it is not through, the day one asks on."""
        change = self.change
        if self.filing.as_of is None:
            with suppress(NotStated):  # of most forms everything is stated
                decided = [opinion.decided_on for opinion in change.opinions if opinion.decided_on]
                replied = change.government_reply
                return max(change.filed_on, *decided, replied.date if replied else datetime.date.min)
        opinions = as_far_as_stated(_opinions(change))
        stated = (*map(_decided, opinions), _replied(change), self._asked_on())
        return max(change.filed_on, *(day for days in stated for day in as_far_as_stated(days)), datetime.date.min)

    def _asked_on(self) -> Iterator[datetime.date]:
        if self.filing.as_of and self.change.status not in (*PASSED, *DROPPED):
            yield self.filing.as_of

    @property
    def counts(self) -> bool:
        """Whether this form enters the cumulative amount."""
        return self.change.status not in WITHOUT_EFFECT

    @property
    def settled(self) -> bool:
        """Whether every form that may count before this one is read and in its place, so that its sums are certain."""
        missing, sequence = self.filing.missing, self.change.sequence
        return not self.shares_its_number and (not missing or not may_come_before(missing, sequence))

    @property
    def shares_its_number(self) -> bool:
        """Whether another form that counts claims the same sequence number, so that nobody knows which came first."""
        return self.filing.claims[self.change.sequence] > self.counts

    @property
    def previous(self) -> "FiledForm | None":
        """The form just before this one in order, whatever became of it."""
        place = self.filing.places[self.index]
        return self.filing.in_order[place - 1] if place else None

    @property
    def dropped(self) -> bool:
        """Whether this form was refused or taken back."""
        return self.change.status in DROPPED

    @kept
    def net_well_written(self) -> bool:
        """Whether the net amount stands in words as it should be written."""
        return net_well_written(self.change)

    @kept
    def own_doubts(self) -> list[Doubt]:
        """Figures whose unit is doubtful, going by this form alone."""
        return own_doubts(self)

    @kept
    def unit_doubtful(self) -> bool:
        """Whether a unit, here or in an earlier form that counts, is so doubtful that sums would mean nothing."""
        doubtful = self.before.doubtful or any(d.grave for d in self.own_doubts)
        return doubtful or self.filing.contract_doubtful

    @kept
    def before(self) -> Running:
        """What the forms before this one (by sequence) that count come to."""
        return self.filing.running[self.change.sequence]

    @property
    def earlier(self) -> "tuple[FiledForm, ...]":
        """The forms of the project before this one (by sequence) that count."""
        return self.filing.counting[: self.before.forms]

    @property
    def cumulative_before(self) -> Decimal:
        """Net of the earlier forms that count (yuan)."""
        return self.before.net

    @property
    def cumulative(self) -> Decimal:
        """Net of this form and of the earlier ones that count (yuan)."""
        return self.cumulative_before + self.change.amounts.net

    @kept
    def tier(self) -> TierDecision | None:
        """The tier that the amounts call for; None where no law is in force.

        Where a form before this one could not be read, the least that it may be, by what is known whether that one counts or not.
        """
        if self.law is None:
            return None
        if not self.settled:
            least = least_question(self)
            return least_tier(self.law, least or self.question, why_open(self), bounded=least is not None)
        return decide_tier(self.law, self.question)

    @kept
    def question(self) -> TierQuestion:
        """The figures that decide the tier; only where a law is in force."""
        law, project = self.law, self.project
        assert law is not None
        in_force = law.begins
        before = self.before
        late = before.first_filed is None or before.first_filed >= in_force
        governed = (
            before.net
            if late
            else sum((c.change.amounts.net for c in self.earlier if c.change.filed_on >= in_force), ZERO)
        )
        try:  # of most projects and forms all is stated
            contract = project.contract
            prices: _Prices = contract.bid_price, contract.price, _provisional_sum(project)
            classes = self.change.change_class, self.change.criteria
        except NotStated:
            prices = (
                if_stated(lambda: project.contract.bid_price),
                if_stated(lambda: project.contract.price),
                if_stated(lambda: _provisional_sum(project)),
            )
            classes = if_stated(lambda: self.change.change_class), if_stated(lambda: self.change.criteria)
        return TierQuestion(
            bid_price=prices[0],
            contract_price=prices[1],
            provisional_sum=prices[2],
            single=self.change.amounts.net,
            cumulative=self.cumulative,
            single_gross=self.change.gross_increase,
            cumulative_gross=before.gross + self.change.gross_increase,
            cumulative_governed=governed + self.change.amounts.net,
            single_absolute=self.change.absolute,
            cumulative_absolute=before.absolute + self.change.absolute,
            change_class=classes[0],
            criteria=classes[1],
        )

    @kept
    def procedures(self) -> Procedures | None:
        """The procedures of every tier under the law of this form."""
        return self.law.once(Procedures) if self.law else None

    @kept
    def progress(self) -> FormProgress | None:
        """How far the form has come on the steps of its declared tier; None where no law is in force."""
        return FormProgress(self.change, self.procedures) if self.procedures else None

    @property
    def about(self) -> About:
        """The place, the tier that is declared, and the month of filing. Raises ``NotStated``."""
        change = self.change
        return About(self.project.jurisdiction, change.tier or "", f"{change.filed_on:%Y-%m}")

    @property
    def drafted(self) -> bool:
        """Whether this form has not been submitted yet."""
        return self.change.status == "draft"

    @property
    def must_be_complete(self) -> bool:
        """Whether its status says that it was approved; an emergency may be carried out while approval is under way."""
        pending = self.change.emergency is not None and self.change.status == "implemented"
        return self.change.status in PASSED and not pending

    def opinion(self, step: str) -> Opinion | None:
        """The last opinion given in a step (a step may be repeated after 补正)."""
        return next((o for o in reversed(self.change.opinions) if o.step == step), None)


def _provisional_sum(project: Project) -> Decimal | None:
    """That in the bid price, None where nobody says how much; raises ``NotStated``."""
    contract = project.contract
    return contract.provisional_sum if contract.includes_provisional_sum else ZERO


def _opinions(change: Change) -> Iterator[Opinion]:
    yield from change.opinions


def _decided(opinion: Opinion) -> Iterator[datetime.date]:
    """The day on which an office decided."""
    if opinion.decided_on:
        yield opinion.decided_on


def _replied(change: Change) -> Iterator[datetime.date]:
    """The day of the government's reply."""
    if change.government_reply and change.government_reply.date:
        yield change.government_reply.date
