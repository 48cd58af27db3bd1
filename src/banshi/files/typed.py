"""From checked plain data to typed forms."""

from typing import Any, TypeVar

import msgspec

T = TypeVar("T")


def to_form(data: Any, form: type[T]) -> T:
    """Typed form from plain data that has passed its schema. Raises ``msgspec.ValidationError``."""
    own = {key: value for key, value in data.items() if key not in ("kind", "$schema")}
    return msgspec.convert(_texts(own), form, strict=False)


def _texts(data: Any) -> Any:
    """Unquoted whole numbers as text: an item code is one, and amounts become ``Decimal`` from text anyway."""
    if isinstance(data, dict):
        return {key: _texts(value) for key, value in data.items()}
    if isinstance(data, list):
        return [_texts(value) for value in data]
    return str(data) if type(data) is int else data
