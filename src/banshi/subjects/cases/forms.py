"""A case log as typed values; field by field what ``cases.schema.json`` describes."""

import datetime
from typing import Annotated, Literal

import msgspec

Level = Literal["county", "city"]
Name = Annotated[str, msgspec.Meta(min_length=1, max_length=2000, pattern=r"\S")]


class Case(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """One case. ``None`` is always "not stated", never "no". Which kinds, systems, evaluations and flags there are, the
    instruments say: ``vocabulary.Vocabulary.case`` is a case with a key for each flag.

    ``due_on``: the last day of the promised limit; ``statutory_due_on``: that of the statutory one. ``others``: the
    departments that take part besides ``department``. ``evaluated_on``: when the applicant gave the evaluation;
    ``answered_on``: when the centre answered it. ``signed_project``: the signed fair project that it serves.
    """

    id: Name
    kind: Name
    department: Name
    window: Name
    accepted_on: datetime.date
    item: Name | None = None
    others: tuple[Name, ...] | None = msgspec.field(default=None, name="with")
    parallel: bool | None = None
    due_on: datetime.date | None = None
    statutory_due_on: datetime.date | None = None
    finished_on: datetime.date | None = None
    on_site: bool | None = None
    system: Name | None = None
    evaluation: Name | None = None
    evaluated_on: datetime.date | None = None
    answered_on: datetime.date | None = None
    online: bool | None = None
    signed_project: Name | None = None

    @property
    def limit(self) -> datetime.date | None:
        """The last day that the case may take: the promised one, else the statutory one (AMB-75)."""
        return self.due_on or self.statutory_due_on


class SignedProject(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A project signed at the fair."""

    id: str
    name: str | None = None

    @property
    def called(self) -> str:
        """The id, with the name where there is one."""
        return f"{self.id} {self.name}" if self.name else self.id


class Log(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A centre's case log; its cases stand in ``cases``, in the table ``log`` beside the file, or on lines of their own.

    ``signed_projects``: the whole list of signed fair projects (``None``: not stated). ``jurisdiction`` and ``level``
    are missing where a table stands alone. ``departments``: the whole list of the centre's departments.
    """

    jurisdiction: str | None = None
    centre: str | None = None
    level: Level | None = None
    fictional: bool = False
    as_of: datetime.date | None = None
    signed_projects: tuple[SignedProject, ...] | None = None
    departments: tuple[Name, ...] | None = None
    log: str | None = None
    cases: tuple[Case, ...] = ()
