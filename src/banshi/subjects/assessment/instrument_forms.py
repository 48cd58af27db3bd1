"""What a form of an instrument is of an assessment: the facts and marks of one window in a period."""

from collections.abc import Iterator
from typing import Any

from banshi.checking.loading import Loader
from banshi.files.findings import Route
from banshi.files.schema_parts import root
from banshi.files.tables.listings import Way, listings
from banshi.law.form_places import Places
from banshi.law.instruments import PolicyVersion
from banshi.law.version_parts import Form

KIND = "assessment"
WINDOWS: Way = ("windows",)


def places(loader: Loader, _version: PolicyVersion, _form: Form) -> Places:
    """The period, and one window."""
    own = root(loader.shapes, KIND)
    return Places(own, tuple(listings(own, {})), ((), WINDOWS), {}, frozenset(("fictional",)))


def document(data: dict[str, Any], version: PolicyVersion, _form: Form) -> tuple[dict[str, Any], Route]:
    """An assessment of that window alone."""
    head = {"kind": KIND, "jurisdiction": version.jurisdiction, "centre": version.jurisdiction_name}
    [window] = data.setdefault("windows", [{}])
    window.setdefault("id", window.get("name"))
    return {**head, **data}, ()


def apart(data: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Each window by itself."""
    for window in data["windows"]:
        yield {**data, "windows": [window]}
