"""The words of a jurisdiction's instruments for registers: leave kinds, roles, groups of staff, papers, shifts.

An instrument declares its words with their Chinese names and other spellings; registers write either the slug or one of
the names. The few words that the engine itself computes with (forms of asking, the halves of a day) stand here.
"""

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any

import msgspec
from msgspec import Struct

from banshi.base.text import Text, same
from banshi.law.instruments import PolicyVersion
from banshi.law.terms import LeaveKind, Office, StaffGroup
from banshi.subjects.attendance.forms import Leave, Register

FORMS = {
    "written": Text("书面", "written"),
    "oral": Text("当面", "oral"),
    "phone": Text("电话", "by phone"),
    "report": Text("报告", "report"),
}
POSITION_NAMES = {"负责人": "leader", "副职": "deputy", "组员": "member"}  # an instrument may call them otherwise
OTHER = "other"  # somebody whom no instrument names
_OTHER = "其他人"
REST = "rest"  # what a roster says of a day on which somebody does not work
_REST = ("休息", "休")


class RegisterWords(Struct, frozen=True, eq=False, dict=True):
    """What the versions of one jurisdiction declare; of two that declare the same word the newer one counts."""

    versions: tuple[PolicyVersion, ...]

    def _table(self, name: str) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for version in self.versions:
            found.update(getattr(version, name))
        return found

    def _names(self, name: str) -> dict[str, str]:
        """Every name and spelling of a table's entries in any version; where two mean different words, the newer counts."""
        found: dict[str, str] = {}
        for version in self.versions:
            for slug, entry in getattr(version, name).items():
                found.update(dict.fromkeys((entry.name, *entry.written, *getattr(entry, "also", ())), slug))
        return found

    @cached_property
    def kinds(self) -> dict[str, LeaveKind]:
        """Kinds of leave."""
        return self._table("leave_kinds")

    @cached_property
    def short_kinds(self) -> tuple[str, ...]:
        """Kinds of leave that are shorter than half a day unless a length is declared."""
        return tuple(slug for slug, kind in self.kinds.items() if kind.short)

    @cached_property
    def offices(self) -> dict[str, Office]:
        """Roles, groups of staff among them."""
        return self._table("offices")

    @cached_property
    def kind_names(self) -> dict[str, str]:
        """Name of a kind of leave to slug: the names first, then other spellings."""
        names = {kind.name: slug for slug, kind in self.kinds.items()}
        return {**names, **{name: slug for name, slug in self._names("leave_kinds").items() if name not in names}}

    @cached_property
    def role_names(self) -> dict[str, str]:
        """Name of a role to slug; the engine's own last."""
        return {**self._names("offices"), _OTHER: OTHER}

    @cached_property
    def position_names(self) -> dict[str, str]:
        """Place in a group to its value: as an instrument calls its leaders and, with 副, their deputies; the plain words last."""
        leading = {slug for v in self.versions for slug, office in v.offices.items() if office.leads_group}
        heads = [name for name, slug in self._names("offices").items() if slug in leading]
        deputies = [f"副{name}" for name in heads]
        declared = sorted(deputies, key=lambda name: name not in self._names("offices"))
        return {**dict.fromkeys(heads, "leader"), **dict.fromkeys(declared, "deputy"), **POSITION_NAMES}

    @cached_property
    def groups(self) -> dict[str, StaffGroup]:
        """Groups of staff."""
        return self._table("staff_groups")

    @cached_property
    def group_names(self) -> dict[str, str]:
        """Name of a group of staff to slug."""
        return self._names("staff_groups")

    @cached_property
    def paper_names(self) -> dict[str, str]:
        """Name of a paper to slug."""
        return self._names("papers")

    @cached_property
    def shift_names(self) -> dict[str, str]:
        """Name of a shift to slug."""
        return {**self._names("shifts"), **dict.fromkeys(_REST, REST)}

    def kind(self, slug: str) -> Text:
        """What a kind of leave is called."""
        found = self.kinds.get(slug)
        return Text(found.name, found.name_en or slug) if found else same(slug)

    def unit(self, slug: str) -> str:
        """In which days a kind of leave is counted: 工作日 or 天."""
        found = self.kinds.get(slug)
        return found.unit if found else "工作日"

    def covers(self, slug: str) -> str | None:
        """The moment of a day that a kind of short leave excuses."""
        found = self.kinds.get(slug)
        return found.covers if found else None

    def role(self, slug: str) -> str:
        """What a role is called."""
        return _OTHER if slug == OTHER else self.offices[slug].name if slug in self.offices else slug

    def paper(self, slug: str) -> str:
        """What a paper is called."""
        found = self._table("papers").get(slug)
        return found.name if found else slug

    def group(self, slug: str) -> Text:
        """What a group of staff is called."""
        found = self.groups.get(slug)
        return Text(found.name, found.name_en or slug) if found else same(self.role(slug))

    def at_windows(self, group: str) -> bool:
        """Whether the people of a group serve windows."""
        found = self.groups.get(group)
        return found is not None and found.at_windows

    def resolved(self, register: Register) -> Register:
        """A register with slugs in place of names; a word that nobody declares stays as it is written."""
        staff = tuple(_with(p, group=_slug(self.group_names, p.group)) for p in register.staff)
        notes = tuple(_with(n, recorded_by=_slug(self.role_names, n.recorded_by)) for n in register.notes)
        roster = tuple(_with(r, shift=_slug(self.shift_names, r.shift)) for r in register.roster)
        leave = tuple(map(self.of_leave, register.leave))
        return msgspec.structs.replace(register, staff=staff, notes=notes, roster=roster, leave=leave)

    def of_leave(self, leave: Leave) -> Leave:
        """A leave with slugs in place of names, and what the instruments say of its kind."""
        kind = _slug(self.kind_names, leave.kind)
        found: Leave = _with(
            leave,
            kind=kind,
            approver=leave.approver and _slug(self.role_names, leave.approver),
            reported_to=leave.reported_to and _slug(self.role_names, leave.reported_to),
            filed_with=tuple(_slug(self.role_names, place) for place in leave.filed_with),
            papers=tuple(_slug(self.paper_names, paper) for paper in leave.papers),
            short=kind in self.short_kinds,
            covers=self.covers(kind),
            calendar_days=self.unit(kind) == "天",
        )
        return found


def _with(part: Any, **values: Any) -> Any:
    changed = {key: value for key, value in values.items() if getattr(part, key) != value}
    return msgspec.structs.replace(part, **changed) if changed else part


def _slug(names: Mapping[str, str], word: str) -> str:
    return names.get(word, word)


def words_of(versions: Iterable[PolicyVersion]) -> RegisterWords:
    """The words of some versions, whatever their order."""
    return RegisterWords(tuple(sorted(versions, key=lambda version: version.begins)))
