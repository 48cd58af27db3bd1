"""A catalogue of approval items and a case as typed values; field by field what their schemas describe."""

import datetime
from functools import cached_property
from typing import Literal

import msgspec

Handling = Literal["immediate", "promised"]
Unit = Literal["工作日", "天"]
FieldType = Literal["text", "date", "amount", "integer", "choice", "yes_no"]
MaterialForm = Literal["paper", "electronic", "both"]

FIELD_TYPES = {
    "text": "文字",
    "date": "日期",
    "amount": "金额",
    "integer": "整数",
    "choice": "选择",
    "yes_no": "是或否",
}
MATERIAL_FORMS = {"paper": "纸质", "electronic": "电子", "both": "纸质和电子"}
HANDLING = {"immediate": "即办件", "promised": "承诺件"}


class Part(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A part of a catalogue. ``None`` is always "not stated", never "no"."""


class Department(Part, frozen=True):
    """A department that decides items."""

    id: str
    name: str
    note: str | None = None


class Stage(Part, frozen=True):
    """A stage of a project; the order of the list is the order of the stages."""

    id: str
    name: str


class Published(Part, frozen=True):
    """The items that the government at this level has made public."""

    document: str
    items: tuple[str, ...]


class Limits(Part, frozen=True):
    """Statutory and promised limits in one unit (working days, or 天: calendar days); ``basis`` of the statutory one."""

    unit: Unit = "工作日"
    statutory: int | None = None
    promised: int | None = None
    basis: str | None = None


class Material(Part, frozen=True):
    """A paper to be handed in; ``from_item``: it is the result of another item; ``application_form``: it is the form."""

    id: str
    name: str
    form: MaterialForm | None = None
    copies: int | None = None
    application_form: bool | None = None
    from_item: str | None = None
    note: str | None = None


class Result(Part, frozen=True):
    """What an item ends with."""

    name: str
    kind: Literal["证照", "批文", "其他", "无"] | None = None
    sample: str | None = None


class Field(Part, frozen=True):
    """What the application form of an item asks for."""

    id: str
    name: str
    type: FieldType
    choices: tuple[str, ...] | None = None
    unit: str | None = None
    max_length: int | None = None
    note: str | None = None


class Fee(Part, frozen=True):
    """Whether a fee is charged, on which basis and by which standard."""

    charged: bool
    item: str | None = None
    basis: str | None = None
    standard: str | None = None
    online_payment: bool | None = None


class Step(Part, frozen=True):
    """A step of handling an item."""

    name: str
    by: str | None = None
    limit: str | None = None


class Question(Part, frozen=True):
    """A common question and its answer."""

    question: str
    answer: str


class Themes(Part, frozen=True):
    """Under which themes for persons, and for organisations, an item is listed."""

    persons: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()


class Item(Part, frozen=True):
    """An approval item; see ``schemas/catalogue.schema.json`` for each key.

    ``others``: departments whose opinion or approval it needs besides its own. ``requires``: items whose results are
    needed before it can be accepted.
    """

    id: str
    name: str
    department: str
    code: str | None = None
    others: tuple[str, ...] = msgspec.field(default=(), name="with")
    stage: str | None = None
    kind: str | None = None
    handling: Handling | None = None
    legal_basis: tuple[str, ...] | None = None
    level: str | None = None
    limits: Limits = Limits()
    requires: tuple[str, ...] = ()
    materials: tuple[Material, ...] = ()
    result: Result | None = None
    fields: tuple[Field, ...] = ()
    fee: Fee | None = None
    place: str | None = None
    hours: str | None = None
    phone: str | None = None
    complaint: str | None = None
    visits: int | None = None
    visits_reason: str | None = None
    online: bool | None = None
    entirely_online: bool | None = None
    courier: bool | None = None
    served: tuple[str, ...] | None = None
    themes: Themes | None = None
    conditions: tuple[str, ...] | None = None
    steps: tuple[Step, ...] | None = None
    faq: tuple[Question, ...] | None = None
    note: str | None = None

    @property
    def immediate(self) -> bool:
        """Whether it is decided on the spot."""
        return self.handling == "immediate"

    @property
    def departments(self) -> tuple[str, ...]:
        """Ids of all departments that take part, each once, its own first."""
        return tuple(dict.fromkeys((self.department, *self.others)))


class Catalogue(Part, frozen=True, dict=True):
    """A centre's catalogue of items of one kind of parallel approval; ``in_use_from``: judged by the law of that day."""

    jurisdiction: str
    centre: str
    title: str
    case_kind: str
    in_use_from: datetime.date
    departments: tuple[Department, ...]
    items: tuple[Item, ...]
    fictional: bool = False
    stages: tuple[Stage, ...] = ()
    published: Published | None = None

    @cached_property
    def by_id(self) -> dict[str, Item]:
        """Items by id; the first counts where an id stands twice."""
        found: dict[str, Item] = {}
        for item in self.items:
            found.setdefault(item.id, item)
        return found

    def department_name(self, department: str) -> str:
        """What a department is called; its id where it is not listed."""
        return next((d.name for d in self.departments if d.id == department), department)

    def stage_name(self, stage: str | None) -> str:
        """What a stage is called; empty for none."""
        return next((s.name for s in self.stages if s.id == stage), stage or "")

    def item_name(self, item: str) -> str:
        """What an item is called; its id where it is not listed."""
        return self.by_id[item].name if item in self.by_id else item


class Case(Part, frozen=True):
    """One applicant's case: some items of a catalogue (all where ``items`` is empty), and how far it has come.

    ``held``: items whose results the applicant had before. ``done``: items finished so far, with the day of each.
    ``as_of``: the day on which that is how things stood.
    """

    id: str
    name: str
    catalogue: str
    starts_on: datetime.date
    fictional: bool = False
    items: tuple[str, ...] = ()
    held: tuple[str, ...] = ()
    done: dict[str, datetime.date] = {}
    as_of: datetime.date | None = None
