"""A project and its change forms as typed values; field by field what the schemas describe. Amounts are yuan."""

import datetime
from collections.abc import Iterator
from contextlib import suppress
from decimal import Decimal
from typing import Any

import msgspec

from banshi.base.money import ZERO
from banshi.files.findings import Route
from banshi.files.not_stated import NotStated


class Form(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A form or a part of one."""


class Funding(Form, frozen=True):
    """Where the money comes from, and whether government investment controls or leads."""

    sources: tuple[str, ...]
    government_controlled: bool


class Contract(Form, frozen=True):
    """The winning contract."""

    number: str
    signed_on: datetime.date
    bid_price: Decimal
    includes_provisional_sum: bool
    review_price: Decimal
    provisional_sum: Decimal | None = None
    price: Decimal | None = None
    control_price: Decimal | None = None


class Quota(Form, frozen=True):
    """The quota item behind a price: its code, labour and machinery cost."""

    code: str
    labour: Decimal
    machinery: Decimal


class BillItem(Form, frozen=True):
    """A line of the priced bill of quantities."""

    item: str
    name: str
    unit: str
    quantity: Decimal
    unit_price: Decimal
    quota: Quota | None = None


class Project(Form, frozen=True):
    """``project.yaml``."""

    id: str
    name: str
    jurisdiction: str
    level: str
    owner: str
    industry_authority: str
    approval_authority: str
    designer: str
    supervisor: str
    contractor: str
    funding: Funding
    contract: Contract
    competent_authority: str | None = None
    agent_builder: str | None = None
    bill_of_quantities: tuple[BillItem, ...] = ()
    code: str | None = None
    fictional: bool = False


class Major(Form, frozen=True):
    """Whether this is a major design change: stated by the applicant, never inferred."""

    is_major: bool
    reason: str | None = None


class EmergencyPapers(Form, frozen=True):
    """The dated acts and the records of an emergency."""

    records: tuple[str, ...]
    joint_meeting_on: datetime.date | None = None
    opinion_on: datetime.date | None = None
    government_consent_on: datetime.date | None = None
    oral_consent_on: datetime.date | None = None
    started_on: datetime.date | None = None
    papers_on: datetime.date | None = None


class Row(Form, frozen=True):
    """One line of what changes."""

    item: str
    name: str
    unit: str
    quantity_before: Decimal
    quantity_after: Decimal
    unit_price: Decimal
    pricing_basis: str
    increase: Decimal
    decrease: Decimal
    review_unit_price: Decimal | None = None
    info_price: Decimal | None = None
    reference: str | None = None
    quota: Quota | None = None


class Amounts(Form, frozen=True):
    """The totals that the applicant states."""

    increase: Decimal
    decrease: Decimal
    net: Decimal
    cumulative_before: Decimal
    cumulative: Decimal
    net_in_words: str | None = None


class Signature(Form, frozen=True):
    """A party's conclusion and signature."""

    party: str
    conclusion: str
    signed_on: datetime.date


class Pause(Form, frozen=True, rename={"start": "from", "end": "to"}):
    """Days that do not count towards a limit, both ends included, and why."""

    reason: str
    start: datetime.date
    end: datetime.date


class Opinion(Form, frozen=True):
    """What one office decided in one step; undecided while ``decided_on`` is missing."""

    step: str
    office: str
    received_on: datetime.date
    complete_on: datetime.date
    accepted_on: datetime.date | None = None
    decided_on: datetime.date | None = None
    conclusion: str | None = None
    document: str | None = None
    extension_reason: str | None = None
    pauses: tuple[Pause, ...] = ()


class Review(Form, frozen=True):
    """The fiscal evaluation's report."""

    number: str
    submitted_price: Decimal
    reviewed_price: Decimal
    reviewed_on: datetime.date


class Reply(Form, frozen=True):
    """The government's reply."""

    document: str
    date: datetime.date


class Objection(Form, frozen=True):
    """An objection received while the change was public."""

    received_on: datetime.date
    resolved_on: datetime.date | None = None
    resolution: str | None = None


class PublicityRecord(Form, frozen=True):
    """When and where the change was made public, and what came of it."""

    platform: str
    url: str
    started_on: datetime.date
    ended_on: datetime.date
    objections: tuple[Objection, ...]
    conclusion: str


class Report(Form, frozen=True):
    """A report after the fact: to whom (a role or its name), and when."""

    to: str
    on: datetime.date


class SupplementaryContract(Form, frozen=True):
    """A supplementary contract and its recording."""

    number: str
    signed_on: datetime.date
    recorded_on: datetime.date | None = None
    recorded_with: str | None = None


class Attachment(Form, frozen=True):
    """An attached file, by name."""

    kind: str
    file: str


STATUSES = {
    "draft": "草稿",
    "submitted": "已申报",
    "approved": "已批准",
    "rejected": "未批准",
    "withdrawn": "已撤回",
    "implemented": "已实施",
    "settled": "已结算",
}


class Change(Form, frozen=True):
    """One change form."""

    number: str
    project: str
    sequence: int
    filed_on: datetime.date
    type: str
    reason: str
    cause: str
    major_design_change: Major
    items: tuple[Row, ...]
    amounts: Amounts
    tier: str
    status: str
    consultation: tuple[Signature, ...]
    opinions: tuple[Opinion, ...]
    attachments: tuple[Attachment, ...]
    change_class: str | None = msgspec.field(default=None, name="class")
    criteria: tuple[str, ...] | None = None
    emergency: EmergencyPapers | None = None
    review: Review | None = None
    budget_approval: str | None = None
    government_reply: Reply | None = None
    publicity: PublicityRecord | None = None
    reports: tuple[Report, ...] = ()
    implemented_on: datetime.date | None = None
    supplementary_contract: SupplementaryContract | None = None
    fictional: bool = False

    @property
    def status_name(self) -> str:
        """The status as a clerk calls it, with the value to write: 已实施（implemented）."""
        return f"{STATUSES[self.status]}（{self.status}）"

    @property
    def absolute(self) -> Decimal:
        """Increase and decrease added up, whatever their signs (yuan)."""
        return abs(self.amounts.increase) + abs(self.amounts.decrease)

    @property
    def gross_increase(self) -> Decimal:
        """What the form adds, deductions aside (yuan)."""
        return max(self.amounts.increase, ZERO)


def dates_in(form: Any, where: Route = ()) -> Iterator[tuple[Route, datetime.date]]:
    """Every date in a form or a part of one, with its route, in the order of the form's fields."""
    if isinstance(form, datetime.date):
        yield where, form
    elif isinstance(form, Form):
        for name in form.__struct_fields__:
            with suppress(NotStated):
                yield from dates_in(getattr(form, name), (*where, name))
    elif isinstance(form, tuple):
        for n, part in enumerate(form):
            yield from dates_in(part, (*where, n))
