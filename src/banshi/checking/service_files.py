"""The services that a guide or a catalogue describes, as what the rules of the guide linter look at."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec
from msgspec import Struct

from banshi.checking.loaded import Subject
from banshi.checking.rules import Rule
from banshi.files.documents import Document
from banshi.files.findings import Route
from banshi.files.kinds import SUBJECTS
from banshi.files.locating import Located
from banshi.files.not_stated import without
from banshi.law.guide_elements import Service, ServiceAt

SUBJECT = "service"


class LoadedServices(Struct, frozen=True):
    """The services of a file; each is looked at by itself, for one may state what another does not."""

    services: tuple[ServiceAt, ...]
    document: Document

    @property
    def rules(self) -> str:
        """The folder of the rules that look at them."""
        return SUBJECTS[SUBJECT].rules

    @property
    def place(self) -> Located:
        """The file itself."""
        return Located(self.document)

    @property
    def sources(self) -> Mapping[str, Located]:
        """No part of them stands in a table of its own."""
        return {}

    def looked_at(self, rule: Rule) -> Sequence[Subject]:
        """Each service, where the rule looks at such."""
        return [((each,), self.place, None) for each in self.services] if rule.subject == SUBJECT else []


def load_services(document: Document) -> Iterator[LoadedServices]:
    """The services that a guide or a catalogue describes, for the rules on them. Raises ``msgspec.ValidationError``."""
    if any(way in (("service",), ("items",)) for way in document.unstated):
        return
    found = tuple(_service(document, where, data) for where, data in _described(document.to_type))
    if found:
        yield LoadedServices(found, document)


def _service(document: Document, where: Route, data: Any) -> ServiceAt:
    """A service, of which what the file does not state for certain is not stated."""
    at = len(where)
    ways = {way[at:] for way in document.unstated if way[:at] == where and len(way) > at}
    return ServiceAt(where, without(msgspec.convert(data, Service), ways, where))


def _described(data: dict[str, Any]) -> Iterator[tuple[Route, Any]]:
    if "service" in data:
        yield ("service",), data["service"]
    for index, item in enumerate(data.get("items", ())):
        yield ("items", index), item
