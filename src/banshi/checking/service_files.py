"""The services that a guide or a catalogue describes, as what the rules of the guide linter look at."""

from collections.abc import Iterator
from typing import Any

import msgspec

from banshi.checking.loaded import LoadedFile
from banshi.files.documents import Document
from banshi.files.findings import Route
from banshi.law.guide_elements import Service, ServiceAt

SUBJECT = "service"


def load_services(document: Document) -> Iterator[LoadedFile]:
    """The services that a guide or a catalogue describes, for the rules on them. Raises ``msgspec.ValidationError``."""
    found = tuple(ServiceAt(where, msgspec.convert(data, Service)) for where, data in _described(document.data))
    if found:
        yield LoadedFile(SUBJECT, found, document)


def _described(data: dict[str, Any]) -> Iterator[tuple[Route, Any]]:
    if "service" in data:
        yield ("service",), data["service"]
    for index, item in enumerate(data.get("items", ())):
        yield ("items", index), item
