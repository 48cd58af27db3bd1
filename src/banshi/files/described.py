"""What a field is called, what it means and how it is written, said once beside its type: ``Annotated[Words, meta("档次")]``.

Schemas are written from it (``written_schemas``), and from the schemas come forms, messages and pages. Nothing here is
enforced when typed values are made: that a file has the right shape its schema decides before.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Any

import msgspec

_CLOCK = "^([01][0-9]|2[0-3]):[0-5][0-9]$"
DOTTED = "^[a-z0-9]+([.-][a-z0-9]+)*$"
_NUMBER = r"^-?(0|[1-9][0-9]{0,11})(\.[0-9]{1,6})?$"


def meta(
    title: str = "",
    description: str = "",
    *,
    unit: str = "",
    example: str = "",
    labels: Mapping[str, str] | None = None,
    **keywords: object,
) -> msgspec.Meta:
    """A field's title (its label on forms and in messages), what it means, its unit, an example; all in Chinese.

    ``labels``: of a choice, what each value is called. ``keywords``: JSON Schema's own, such as ``minimum=1`` or
    ``min_items=1``; ``x_written`` and the like are ours.
    """
    more = holding(**keywords)
    more |= {"x-unit": unit} if unit else {}
    more |= {"x-labels": dict(labels)} if labels else {}
    return msgspec.Meta(
        title=title or None,
        description=description or None,
        examples=[example] if example else None,
        extra_json_schema=more,
    )


def narrowed(**fields: Any) -> msgspec.Meta:
    """Of a field that holds a mapping: other types for some of its keys (``unit=Literal["天"]``), or none (``year=None``)."""
    return msgspec.Meta(extra={"narrowed": fields})


def shared(name: str) -> msgspec.Meta:
    """A way of writing that all kinds of file have in common, by its name in ``schemas/common.schema.json``."""
    return msgspec.Meta(extra_json_schema={"$ref": f"common.schema.json#/$defs/{name}"})


def _keyword(name: str) -> str:
    first, *rest = name.split("_")
    return "-".join((first, *rest)) if first == "x" else first + "".join(part.capitalize() for part in rest)


def holding(**keywords: object) -> dict[str, Any]:
    """What else holds of a mapping as a whole (``holds`` of a struct), by JSON Schema's own keywords: ``min_properties=1``."""
    return {_keyword(name): value for name, value in keywords.items()}


def one_of(*keys: str) -> dict[str, Any]:
    """Exactly one of these keys is there."""
    return holding(one_of=[{"required": [key]} for key in keys])


def any_of(*keys: str) -> dict[str, Any]:
    """At least one of these keys is there."""
    return holding(any_of=[{"required": [key]} for key in keys])


def at_most_one_of(*keys: str) -> dict[str, Any]:
    """No two of these keys are there."""
    pairs = [[first, other] for n, first in enumerate(keys) for other in keys[n + 1 :]]
    return holding(all_of=[{"not": {"required": pair}} for pair in pairs])


# How the values of any kind of file are written.
FreeText = Annotated[str, shared("text")]
Words = Annotated[str, meta(min_length=1, format="text")]
Slug = Annotated[str, shared("slug")]
Dotted = Annotated[str, meta(pattern=DOTTED, format="slug")]
Place = Annotated[str, shared("jurisdiction")]
Number = Annotated[Decimal, meta(pattern=_NUMBER, format="quantity")]
Quantity = Annotated[Decimal, shared("quantity")]
Amount = Annotated[Decimal, shared("amount")]
SignedAmount = Annotated[Decimal, shared("signed_amount")]
ClockTime = Annotated[str, msgspec.Meta(pattern=_CLOCK), meta(pattern=_CLOCK, format="clock")]
