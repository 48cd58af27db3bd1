"""What the fields of a form are that rules them itself: what is filled in, by the key of each."""

from collections.abc import Iterator
from typing import Any

from banshi.checking.filled_forms import OWN
from banshi.checking.loading import Loader
from banshi.files.findings import Route
from banshi.files.schema_parts import SchemaField
from banshi.files.tables.listings import listings
from banshi.law.form_fields import values_schema
from banshi.law.form_places import Places
from banshi.law.instruments import PolicyVersion
from banshi.law.version_parts import Form

VALUES = "values"


def places(loader: Loader, _version: PolicyVersion, form: Form) -> Places:
    """One table for the form itself, and one for each of its fields with columns."""
    root = SchemaField(loader.shapes, OWN, values_schema(form.fields), VALUES)
    return Places(root, tuple(listings(root, {(): form.title})))


def document(data: dict[str, Any], version: PolicyVersion, form: Form) -> tuple[dict[str, Any], Route]:
    """A filled form of the instrument's version."""
    named = {"kind": OWN, "instrument": version.instrument, "version": version.version, "form": form.id}
    return {**named, VALUES: data}, (VALUES,)


def apart(data: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """What is filled in."""
    yield data[VALUES]
