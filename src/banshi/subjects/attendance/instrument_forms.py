"""What a form of an instrument is of a register: one leave of one person."""

from collections.abc import Iterator
from typing import Any

from banshi.checking.loading import Loader
from banshi.files.findings import Route
from banshi.files.schema_parts import root
from banshi.files.tables.entries import Names
from banshi.files.tables.listings import Way, listings
from banshi.law.form_places import Places
from banshi.law.instruments import PolicyVersion
from banshi.law.version_parts import Form
from banshi.subjects.attendance.rulebook import SUBJECT, Rulebook
from banshi.subjects.attendance.vocabulary import RegisterWords

LEAVE: Way = ("leave",)
STAFF: Way = ("staff",)


def places(loader: Loader, version: PolicyVersion, _form: Form) -> Places:
    """The register's own values, one person and one leave."""
    own = root(loader.shapes, SUBJECT)
    words = Rulebook(loader.library, version.jurisdiction).words
    return Places(own, tuple(listings(own, {})), ((), LEAVE, STAFF), _names(words), frozenset(("fictional",)))


def _names(words: RegisterWords) -> Names:
    roles, papers = tuple(words.role_names.items()), tuple(words.paper_names.items())
    return {
        (*LEAVE, "kind"): tuple(words.kind_names.items()),
        (*LEAVE, "approver"): roles,
        (*LEAVE, "reported_to"): roles,
        (*LEAVE, "filed_with"): roles,
        (*LEAVE, "papers"): papers,
        (*STAFF, "group"): tuple(words.group_names.items()),
    }


def document(data: dict[str, Any], version: PolicyVersion, _form: Form) -> tuple[dict[str, Any], Route]:
    """A register of that leave alone; what the form does not ask for follows from it."""
    [leave], [person] = data.setdefault("leave", [{}]), data.setdefault("staff", [{}])
    if name := person.get("id") or person.get("name"):
        person["id"] = leave["staff"] = name
    head: dict[str, Any] = {"kind": SUBJECT, "jurisdiction": version.jurisdiction, "centre": version.jurisdiction_name}
    if "from" in leave:
        head |= {"from": leave["from"], "to": leave.get("to", leave["from"])}
    if window := person.get("window"):
        head["windows"] = [{"id": window, "name": window}]
    return {**head, **data}, ()


def apart(data: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The leaves of a register, each with its person."""
    people = {person["id"]: person for person in data.get("staff", ())}
    for leave in data.get("leave", ()):
        own = [people[leave["staff"]]] if leave["staff"] in people else []
        yield {**data, "leave": [leave], "staff": own}
