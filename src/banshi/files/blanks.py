"""Blanks in plain data: what is written and says nothing, and line ends inside of a value."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from banshi.base.patterns import late
from banshi.files.findings import Route

if TYPE_CHECKING:
    from banshi.files.schema_parts import SchemaField


def in_one_line(data: Any) -> Any:
    """The same data, each text of it in one line: for answers in lines, to which no text may add one of its own."""
    if isinstance(data, dict):
        return {k: in_one_line(v) for k, v in data.items()}
    if isinstance(data, list):
        return [in_one_line(v) for v in data]
    return _LINE_ENDS.sub(" ", data.strip("\r\n")) if isinstance(data, str) else data


_LINE_ENDS = late(r"[\r\n]+")


def drop_blanks(data: Any) -> Any:
    """The same data (themselves, where nothing is blank) without keys left blank, except where a blank has a meaning of its own."""
    return _without_blanks(data) if _blank_in(data) else data


def _blank_in(data: Any) -> bool:
    level = [data] if type(data) is dict or type(data) is list else []
    while level:
        deeper: list[Any] = []
        for box in level:
            values = box.values() if type(box) is dict else box
            if None in values:
                return True
            deeper += [value for value in values if type(value) is dict or type(value) is list]
        level = deeper
    return False


def _without_blanks(data: Any) -> Any:
    if isinstance(data, dict):
        return {k: _value_without(k, v) for k, v in data.items() if v is not None or k in _MEANINGFUL_BLANKS}
    if isinstance(data, list):
        return [_without_blanks(v) for v in data]
    return data


def _value_without(key: str, value: Any) -> Any:
    """In ``norms`` as a reading has them (by id, where provisions have a list) null takes a field away."""
    return value if key == "norms" and isinstance(value, dict) else _without_blanks(value)


def strange_blanks(data: Any, part: "SchemaField | None", where: Route = ()) -> Iterator[Route]:
    """Where what is left blank says something by standing there: a key that nobody knows, as in ``{promised： 6}``; one that
    its file names itself (a day, an item), whose value alone counts; and one that holds its value, as in ``{2012-01-05:6}``.

    ``data``: as they were read, of which ``part`` is the schema (None: any keys may stand there).
    """
    if isinstance(data, list):
        for n, value in enumerate(data):
            if isinstance(value, dict | list):
                yield from strange_blanks(value, part and part.entry, (*where, n))
    elif isinstance(data, dict):
        for key, value in data.items():
            own = part and part.of(key, data)
            if value is None:
                if key not in _MEANINGFUL_BLANKS and _says_something(key, part, own):
                    yield (*where, key)
            elif isinstance(value, dict | list):
                yield from strange_blanks(value, own, (*where, key))


def _says_something(key: str, part: "SchemaField | None", own: "SchemaField | None") -> bool:
    if part is not None and own is None and part.closed:
        return True
    if part is not None and own is not None and own is not part.others:
        return False
    return ":" in key or "：" in key or (own is not None and own.sort in _COUNTED)


_COUNTED = frozenset(("date", "integer", "boolean"))  # what a file's own keys lead to, each of which is counted


def put_back(data: Any, routes: Iterable[Route]) -> None:
    """Blanks that were left out of ``data``, at ``routes``."""
    for *way, key in routes:
        holder = data
        for step in way:
            holder = holder[step]
        holder[key] = None


# null says “there is none” in these, instead of “not filled in”.
_MEANINGFUL_BLANKS = frozenset(("competent_authority", "number", "issued", "known"))
