"""JSON that is written in parts has the bytes of the whole."""

from typing import Any

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from banshi.output.json_parts import json_parts

_TEXT = st.text(st.characters(exclude_categories=("Cs",)), max_size=8)
_PLAIN = st.none() | st.booleans() | st.integers(-9, 9) | _TEXT
_VALUES = st.recursive(
    _PLAIN, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_TEXT, inner, max_size=3), max_leaves=12
)


def in_parts(value: Any) -> Any:
    """The value with an iterator for each list that stands in a mapping, or in such a list."""
    if isinstance(value, dict):
        return {key: in_parts(held) for key, held in value.items()}
    return (in_parts(each) for each in value) if isinstance(value, list) else value


@given(_VALUES)
def test_the_bytes_are_those_of_the_whole(value: Any) -> None:
    whole = msgspec.json.format(msgspec.json.encode(value), indent=2).decode()
    assert "".join(json_parts(in_parts(value))) == whole
    assert "".join(json_parts(value)) == whole


def test_one_item_is_asked_for_after_the_other() -> None:
    asked = []
    parts = json_parts({"items": (asked.append(n) or n for n in range(3))})
    assert asked == []
    next(parts), next(parts), next(parts)
    assert asked == [0]
