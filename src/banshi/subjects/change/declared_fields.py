"""What a project's file must hold and may hold, as the versions in force declare it (``project_fields``).

Keys are those of the file (``owner``, ``contract.review_price``), or offices of the version: parties of its own, which the
file lists under ``parties``. What every project has (its id, name, place, level, contract with number, day and bid
price) is nobody's to declare.
"""

import datetime
from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from banshi.files.findings import Citation, Route
from banshi.files.not_stated import NotStated
from banshi.law.instruments import PolicyVersion
from banshi.law.library import Law
from banshi.law.terms import ProjectField
from banshi.subjects.change.project_forms import Contract, Project

_CONTRACT = "contract"
_ALWAYS = frozenset(("fictional", "id", "name", "jurisdiction", "level", _CONTRACT, "parties"))
_ALWAYS_OF_CONTRACT = frozenset(("number", "signed_on", "bid_price", "includes_provisional_sum"))
# The keys of a project's file that versions declare; every other project has the rest too.
KEYS = (
    *(key for key in Project.__struct_fields__ if key not in _ALWAYS),
    *(f"{_CONTRACT}.{key}" for key in Contract.__struct_fields__ if key not in _ALWAYS_OF_CONTRACT),
)
# Those that projects have as a rule: a ledger without such a column does not say that there is nobody.
USUAL = frozenset(
    ("owner", "competent_authority", "industry_authority", "approval_authority", "designer", "supervisor", "contractor")
) | {f"{_CONTRACT}.review_price"}


class Declared(Struct, frozen=True):
    """A field with the version that declares it."""

    field: ProjectField
    version: PolicyVersion

    @property
    def cite(self) -> Citation:
        """The version: no provision says what a file holds."""
        return self.version.cite

    def asked_of(self, signed_on: datetime.date | None) -> bool:
        """Whether a project whose contract was signed on a day must have it; where the day is not known, it need not."""
        since = self.field.since
        return self.field.required and (since is None or (signed_on is not None and signed_on >= since))


def declared(versions: Iterable[PolicyVersion]) -> Mapping[str, Declared]:
    """The fields by key; of two versions that declare the same one the latter counts. Empty: nobody says what there may be."""
    return {key: Declared(field, version) for version in versions for key, field in version.project_fields.items()}


def undeclared(fields: Mapping[str, Declared]) -> frozenset[tuple[str, ...]]:
    """The ways in a ledger that nobody may fill in, because others are declared and these are not."""
    ways = {("project", *key.split(".")) for key in KEYS if key not in fields} if fields else set()
    return frozenset(ways | (set() if any(key not in KEYS for key in fields) else {("project", "parties")}))


def declared_in(law: Law) -> Mapping[str, Declared]:
    """The fields of a law, by key; once for all who ask ``law.once``."""
    return declared(law.versions)


def strange(project: Project, fields: Mapping[str, Declared]) -> Iterator[tuple[str, Route]]:
    """The keys that a project's file states and nobody declares, each with where it stands."""
    for key in KEYS:
        if key not in fields and _states(project, key):
            yield key, tuple(key.split("."))
    for n, each in enumerate(project.parties):
        if each.party not in fields:
            yield each.party, ("parties", n, "party")


def lacking(project: Project, fields: Mapping[str, Declared]) -> Iterator[str]:
    """The keys of those that must be there and are not; what the file has no place for is not asked."""
    theirs = {each.party for each in project.parties}
    for key, each in fields.items():
        if not each.field.required:
            continue
        there = _states(project, key) if key in KEYS else key in theirs
        if there is False and each.asked_of(_signed_on(project)):
            yield key


def _signed_on(project: Project) -> datetime.date | None:
    try:
        return project.contract.signed_on
    except NotStated:
        return None


def _states(project: Project, key: str) -> bool | None:
    """Whether something is written; None where the file has no place for it. No competent authority (null) is a statement."""
    try:
        holder, name = (project.contract, key.partition(".")[2]) if "." in key else (project, key)
        value = getattr(holder, name)
    except NotStated:
        return None
    return value != "" if key == "competent_authority" else value not in (None, ())
