"""From checked plain data to typed forms."""

from contextlib import suppress
from functools import cache
from typing import Any, TypeVar

import msgspec

T = TypeVar("T", bound=msgspec.Struct)


def to_form(data: Any, form: type[T], *, of_one_sort: bool = False) -> T:
    """Typed form from plain data that has passed its schema. Raises ``msgspec.ValidationError``.

    ``of_one_sort``: no part of the form takes both numbers and texts, so that data are tried as they stand first.
    """
    own = data if _passes_over(form) else {key: value for key, value in data.items() if key not in _OF_FILES}
    if of_one_sort:
        with suppress(msgspec.ValidationError):  # most write the codes of items in quotes
            return msgspec.convert(own, form, strict=False)
    return msgspec.convert(_texts(own), form, strict=False)


_OF_FILES = ("kind", "$schema")


@cache
def _passes_over(form: type[msgspec.Struct]) -> bool:
    """Whether a type passes over what every file says of itself."""
    return not form.__struct_config__.forbid_unknown_fields and not any(
        name in _OF_FILES for name in form.__struct_encode_fields__
    )


def _texts(data: Any) -> Any:
    """Unquoted whole numbers as text: an item code is one, and amounts become ``Decimal`` from text anyway."""
    if isinstance(data, dict):
        return {key: _texts(value) for key, value in data.items()}
    if isinstance(data, list):
        return [_texts(value) for value in data]
    return str(data) if type(data) is int else data
