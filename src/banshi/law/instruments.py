"""An instrument's version as typed data: provisions, norms, readings, errata, forms, offices."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Generic, Literal, TypeVar

import msgspec

from banshi.files.findings import Citation
from banshi.law.amending import NOT_AMENDED, Amendments, Amends, Correction
from banshi.law.norms import AnyNorm, Names, Norm
from banshi.law.parts import Part
from banshi.law.reading_effects import as_read_if_it_fits, said_by_readings

N_co = TypeVar("N_co", bound=Norm, covariant=True)


class Dates(Part, frozen=True):
    """Issued, in force, since when the text was known, its last day; what the source does not state is missing.

    ``precision: year`` says that only the year of ``in_force`` is known, and its first day stands for it.
    """

    issued: datetime.date | None = None
    in_force: datetime.date | None = None
    known: datetime.date | None = None
    ended: datetime.date | None = None
    precision: str = "day"
    note: str | None = None


class Source(Part, frozen=True):
    """Lines of the source file (None: it stands elsewhere, as the note says), and a note."""

    lines: tuple[int, int] | None = None
    note: str | None = None


class Relation(Part, frozen=True):
    """How this instrument stands to another: ``instrument`` where that one is in the library, else title and number.

    ``replaces``: norms of the other instrument, each with the norms of this one that stand in its place from ``since``.
    """

    kind: str
    title: str | None = None
    number: str | None = None
    instrument: str | None = None
    at: tuple[str, ...] = ()
    since: datetime.date | None = None
    replaces: dict[str, tuple[str, ...]] = msgspec.field(default_factory=dict)
    note: str | None = None


class Office(Part, frozen=True):
    """A role: a body or party, how it is recognised in a form, and the project's key that names it.

    ``written``: other spellings in registers. Of people: ``deputy`` stands in for it where that is a question of how the
    text is read; ``leads_group``: it heads the group that somebody is in; ``same_as``: under one reading it is the same
    as another role; ``everyone``: it means all of the staff.
    """

    name: str
    written: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    field: str | None = None
    recognised: tuple[str, ...] = ()
    name_by_level: dict[str, str] = msgspec.field(default_factory=dict)
    deputy: str | None = None
    leads_group: bool = False
    same_as: str | None = None
    everyone: bool = False


class Label(Part, frozen=True):
    """A name in Chinese and, where messages need it, in English; for papers, the words that show them in a list."""

    name: str
    name_en: str | None = None
    recognised: tuple[str, ...] = ()
    written: tuple[str, ...] = ()


class Term(Part, frozen=True):
    """A word of an instrument: its name in Chinese, in English where messages need it, and other spellings."""

    name: str
    name_en: str | None = None
    written: tuple[str, ...] = ()


class LeaveKind(Term, frozen=True):
    """A kind of leave: counted in 工作日 or 天 (calendar days); ``short``: less than half a day unless a length is given.

    ``covers``: with a short leave of this kind one may come late (arrival) or go early (departure).
    """

    unit: str = "工作日"
    short: bool = False
    covers: str | None = None


class StaffGroup(Term, frozen=True):
    """A group of the people on a register; ``at_windows``: they serve windows."""

    at_windows: bool = False


CountedMeasure = Literal["on_site_rate", "on_time_rate", "satisfaction_rate", "recorded_rate", "overdue_cases"]


class Counted(Part, frozen=True):
    """What of a case log makes a fact: a measure, of all cases or of those ``among``."""

    measure: CountedMeasure
    among: Literal["all", "parallel", "online"] = "all"


class Measure(Part, frozen=True):
    """What a fact or measure that norms speak of is called, what it is counted in, and what it is to a computation.

    ``role``: what it tells besides its own rule, for example that it counts the cases that were late. ``from_log``: how
    a case log tells it.
    """

    name: str
    unit: str = ""
    role: str = ""
    from_log: Counted | None = None


class CaseWord(Part, frozen=True):
    """A value that a case log may state: a kind, a system, an evaluation, a flag, or a class of case, with its names.

    ``good``: of an evaluation, that it counts as satisfied. ``of``: of a flag, that only cases of this kind have it.
    A class of case is of a kind (``of``) and has a flag (``flag``), or serves a project of the log's list
    (``listed_projects``).
    """

    name: str
    name_en: str | None = None
    also: tuple[str, ...] = ()
    good: bool = False
    of: str | None = None
    flag: str | None = None
    listed_projects: bool = False


FieldType = Literal[
    "text",
    "long_text",
    "date",
    "amount",
    "integer",
    "quantity",
    "yes_no",
    "choice",
    "several",
    "document_number",
    "project_code",
    "credit_code",
]


class FormField(Part, frozen=True):
    """A field of a form: its label, where its value goes (``key``; none: written by hand), and who fills it in.

    ``type`` and what belongs to it: of a form that rules its own fields. ``columns``: it is a table of rows.
    """

    label: str
    filled_by: str = ""
    key: str | None = None
    group: str = ""
    hint: str = ""
    type: FieldType | None = None
    choices: tuple[str, ...] = ()
    required: bool = False
    max_length: int | None = None
    columns: tuple["FormField", ...] = ()
    rows: int | None = None


class Form(Part, frozen=True):
    """A form; ``reconstructed`` where the original is lost.

    ``fills``: the kind of file that a filled one is a part of; empty: a file of its own (kind ``form``). ``sample``: such
    contents, made up. ``page``: paper and direction.
    """

    id: str
    title: str
    fields: tuple[FormField, ...]
    aliases: tuple[str, ...] = ()
    reconstructed: bool = False
    note: str | None = None
    fills: str = ""
    page: str = ""
    sample: dict[str, Any] = msgspec.field(default_factory=dict)


class Reading(Part, frozen=True):
    """An unclear place: the question, the readings, the one taken, and why. ``computed``: the engine obeys it.

    ``norms``: what norms say under a reading (option → norm id → fields), where that is not what they are written as.
    """

    id: str
    question: str
    options: dict[str, str]
    default: str
    ground: str
    norms: dict[str, dict[str, dict[str, Any]]] = msgspec.field(default_factory=dict)
    inventory: str | None = None
    at: tuple[str, ...] = ()
    computed: bool = False


class Erratum(Part, frozen=True):
    """An error of the source: what was found, what is taken, how sure we are; ``also_lines`` where it stands again."""

    id: str
    lines: tuple[int, int]
    found: str
    taken: str
    confidence: str
    also_lines: tuple[int, ...] = ()
    inventory: str | None = None


class Provision(Part, frozen=True):
    """An article, paragraph or item with its norms."""

    id: str
    label: str
    heading: str
    source: Source
    norms: tuple[AnyNorm, ...] = ()
    also: tuple[str, ...] = ()


class PolicyVersion(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, dict=True):
    """One version of an instrument; see ``schemas/policy.schema.json`` for each key."""

    instrument: str
    version: str
    title: str
    jurisdiction: str
    jurisdiction_name: str
    subject: str
    dates: Dates
    status: str
    validity: str
    normative: bool
    source: Source
    provisions: tuple[Provision, ...]
    kind: str = "policy"
    governs: tuple[str, ...] = ()
    number: str = ""
    aliases: tuple[str, ...] = ()
    issuers: tuple[str, ...] = ()
    forwarded_by: str | None = None
    provenance: str | None = None
    relations: tuple[Relation, ...] = ()
    offices: dict[str, Office] = {}
    tiers: dict[str, Label] = {}
    criteria: dict[str, Label] = {}
    classes: dict[str, Label] = {}
    steps: dict[str, Label] = {}
    papers: dict[str, Label] = {}
    facts: dict[str, Measure] = {}
    shifts: dict[str, Term] = {}
    leave_kinds: dict[str, LeaveKind] = {}
    staff_groups: dict[str, StaffGroup] = {}
    case_kinds: dict[str, CaseWord] = {}
    case_systems: dict[str, CaseWord] = {}
    evaluations: dict[str, CaseWord] = {}
    case_flags: dict[str, CaseWord] = {}
    case_classes: dict[str, CaseWord] = {}
    forms: tuple[Form, ...] = ()
    readings: tuple[Reading, ...] = ()
    errata: tuple[Erratum, ...] = ()
    amends: tuple[Amends, ...] = ()
    pending: str | None = None
    corrections: tuple[Correction, ...] = ()

    @cached_property
    def subjects(self) -> tuple[str, ...]:
        """What it governs: as stated, or else what its norms are about by their kinds."""
        kinds = (placed.norm.subject for placed in self.placed)
        return self.governs or tuple(dict.fromkeys(subject for subject in kinds if subject))

    @property
    def amended(self) -> "Amendments":
        """What was changed in this text by amending instruments; nothing in one as it was decided."""
        found: Amendments | None = self.__dict__.get("_amended")
        return found or NOT_AMENDED

    @property
    def begins(self) -> datetime.date:
        """The day from which the text is in force; a far day for a paper that never was."""
        return self.dates.in_force or datetime.date.max

    @property
    def cite(self) -> Citation:
        """The citation of the version as a whole."""
        return Citation(self.instrument, self.version, "", "", "", self.number, self.title)

    @cached_property
    def names(self) -> Names:
        """What the ids in its norms are called; where a tier and an office share an id, a norm means the office."""
        labels = {
            key: label.name
            for table in (self.tiers, self.criteria, self.classes, self.steps, self.papers)
            for key, label in table.items()
        }
        offices = {key: office.name for key, office in self.offices.items()}
        facts = {key: fact.name for key, fact in self.facts.items()}
        flags = {key: word.name for key, word in self.case_flags.items()}
        terms = {key: term.name for table in (self.leave_kinds, self.shifts) for key, term in table.items()}
        return {**{form.id: form.title for form in self.forms}, **flags, **facts, **terms, **labels, **offices}

    @cached_property
    def placed(self) -> "tuple[Placed[Norm], ...]":
        """Every norm with its provision, as the readings that are taken have it."""
        said = said_by_readings(self.readings)
        return tuple(
            Placed(as_read_if_it_fits(norm, said.get(norm.id)), provision, self)
            for provision in self.provisions
            for norm in provision.norms
        )

    @cached_property
    def kinds(self) -> dict[str, str]:
        """The kinds of its norms, by id."""
        return {placed.norm.id: placed.norm.kind for placed in self.placed}

    @cached_property
    def by_kind(self) -> "dict[str, list[Placed[Any]]]":
        """Its norms by their kind."""
        found: dict[str, list[Placed[Any]]] = {}
        for placed in self.placed:
            found.setdefault(placed.norm.kind, []).append(placed)
        return found

    @cached_property
    def words(self) -> frozenset[str]:
        """Every key and word that its norms use, as a file has them."""
        return frozenset(_words(msgspec.to_builtins([placed.norm for placed in self.placed])))


def _words(data: object) -> Iterator[str]:
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict):
        yield from data
        for value in data.values():
            yield from _words(value)
    elif isinstance(data, list | tuple):
        for value in data:
            yield from _words(value)


@dataclass(frozen=True, slots=True)
class Placed(Generic[N_co]):
    """A norm that knows its provision and version, so that a citation costs nothing."""

    norm: N_co
    provision: Provision
    version: PolicyVersion

    def role(self, slug: str) -> str:
        """What a fact is to computations, as its version says; empty where it says nothing."""
        fact = self.version.facts.get(slug)
        return fact.role if fact else ""

    @property
    def cite(self) -> Citation:
        """The norm's citation."""
        version, provision = self.version, self.provision
        return Citation(
            version.instrument,
            version.version,
            provision.id,
            provision.label,
            self.norm.id,
            version.number,
            version.title,
            tuple(dict.fromkeys(each.by for each in version.amended.norms.get(self.norm.id, ()))),
        )

    @property
    def statement(self) -> str:
        """The statement in words."""
        return self.norm.say(self.version.names)
