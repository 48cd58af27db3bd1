"""JSON of an answer that may be longer than memory: the same bytes as of the whole value, item by item."""

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

_STEP = "  "


def json_parts(value: Any, by: str = "") -> Iterator[str]:
    """A value as indented JSON in parts. An iterator in it is a list whose items are asked for one after the other.

    ``by``: what its lines but the first are indented by. Iterators may stand in mappings that stand in mappings, and
    what they give may hold iterators too.
    """
    if isinstance(value, Iterator):
        yield from _items(value, by)
    elif isinstance(value, Mapping) and _holds_more(value):
        for number, (key, held) in enumerate(value.items()):
            yield f"{',' if number else '{'}\n{by}{_STEP}{_whole(key, '')}: "
            yield from json_parts(held, by + _STEP)
        yield f"\n{by}}}"
    else:
        yield _whole(value, by)


def _items(items: Iterator[Any], by: str) -> Iterator[str]:
    before = "["
    for item in items:
        yield f"{before}\n{by}{_STEP}"
        yield from json_parts(item, by + _STEP)
        before = ","
    yield "[]" if before == "[" else f"\n{by}]"


def _holds_more(value: Mapping[str, Any]) -> bool:
    return any(
        isinstance(held, Iterator) or (isinstance(held, Mapping) and _holds_more(held)) for held in value.values()
    )


def _whole(value: Any, by: str) -> str:
    return msgspec.json.format(msgspec.json.encode(value), indent=len(_STEP)).decode().replace("\n", f"\n{by}")
