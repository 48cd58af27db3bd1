"""Kinds of norm that any instrument may hold."""

import datetime
from typing import Literal

import msgspec

from banshi.law.norms.base import Norm
from banshi.law.norms.values import Bounds, Cited, Duty, Length, Marks, Named


class Promulgation(Norm, frozen=True, tag="promulgation"):
    """Who issued, agreed, forwarded; when it was issued and came into force."""

    number: str | None = None
    issued: datetime.date | None = None
    in_force: datetime.date | None = None
    authors: tuple[str, ...] = ()
    consented_by: str | None = None
    forwarded_by: str | None = None
    addressees: tuple[str, ...] = ()


class Scope(Norm, frozen=True, tag="scope"):
    """To what, and to whom, the instrument applies; ``levels``: of the centres that its targets are set for."""

    territory: str | None = None
    subjects: tuple[str, ...] = ()
    organisers: tuple[str, ...] = ()
    funding: tuple[Named, ...] = ()
    funding_open: bool = False
    government_controlled: bool | None = None
    levels: tuple[Literal["county", "city"], ...] = ()


class Ordering(Norm, frozen=True, tag="ordering"):
    """``first`` comes before ``then``; within one tier if ``tier`` is given."""

    first: str
    then: str
    tier: str | None = None


class Enumeration(Norm, frozen=True, tag="enumeration"):
    """The values that a key may take; an open list also takes those that ``needs_explanation`` names.

    ``cases``: of which kinds of case this is said; empty: of all.
    """

    of: str
    values: tuple[Named, ...]
    open: bool
    needs_explanation: tuple[str, ...] = ()
    cases: tuple[str, ...] = ()


class Locality(Norm, frozen=True, tag="locality"):
    """Each level decides for itself; ``marks`` tells by which words an ``office`` of a level is recognised.

    ``always``: the level whose office decides on whatever level a project is.
    """

    office: str
    marks: dict[str, Marks]
    always: Literal["city", "county"] | None = None


class Duties(Norm, frozen=True, tag="duty"):
    """Who has to do what; ``of``: which question of the computations it answers, where it answers one, for these kinds of
    ``cases`` (empty: all).
    """

    duties: tuple[Duty, ...]
    of: (
        Literal["working_hours", "explaining", "carrying_papers", "seeing_records", "one_form", "published_items"]
        | None
    ) = None
    cases: tuple[str, ...] = ()


class Definition(Norm, frozen=True, tag="definition"):
    """What a term includes, and by which keys of a filing that is stated."""

    term: str
    includes: tuple[str, ...] = ()
    keys: dict[str, str] = msgspec.field(default_factory=dict)


class Period(Norm, frozen=True, tag="period"):
    """How long something lasts; the day it begins is not counted unless ``first_day`` says so.

    ``moved``: a last day of rest moves on. ``tier``: only in that tier.
    """

    of: str
    length: Length
    inclusive: bool
    first_day: Literal["next_day", "same_day"] = "next_day"
    moved: bool = False
    tier: str | None = None


class Consequence(Norm, frozen=True, tag="consequence"):
    """What follows when ``trigger`` happens, save in the cases of ``unless``; ``of``: the event, where one computes it."""

    trigger: str
    effects: tuple[str, ...]
    by: str | None = None
    subjects: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    of: Literal["outside_windows", "leave_rules_broken", "case_not_named"] | None = None


class Interpretation(Norm, frozen=True, tag="interpretation"):
    """Who interprets the instrument."""

    by: tuple[str, ...]


class Record(Norm, frozen=True, tag="record"):
    """Papers to be kept or handed in, by whom and to whom, and the kinds of attachment that show them.

    With a leave (``when`` is its kind): only with one of this ``length``, ``due`` so long after its end;
    ``insured_hospital``: it is the certificate of a hospital under medical insurance.
    """

    when: str
    papers: tuple[str, ...]
    by: str | None = None
    filed_with: str | None = None
    attachments: tuple[str, ...] = ()
    length: Bounds | None = None
    due: Length | None = None
    insured_hospital: bool = False


class FormNorm(Norm, frozen=True, tag="form"):
    """A form that belongs to the instrument, and what is filed or made public with it."""

    form: str
    of: Literal["change", "publicity", "leave", "assessment", "parallel_case"] | None = None


class CitationNorm(Norm, frozen=True, tag="citation"):
    """Documents that the text refers to, by title and number."""

    documents: tuple[Cited, ...]


class Precedence(Norm, frozen=True, tag="precedence"):
    """What gives way to this instrument where both speak, and what fills its silence."""

    over: str
    silent: str


class Information(Norm, frozen=True, tag="information"):
    """What the text reports or announces without laying anything down."""

    points: tuple[str, ...]
